//! `config.cfg`: sections with values in JSON.

use std::collections::HashMap;

use serde_json::Value;

use crate::error::LangError;

/// The settings of a pipeline by section and key.
#[derive(Debug, Default)]
pub(crate) struct Config {
    sections: HashMap<String, HashMap<String, Value>>,
}

impl Config {
    /// Reads the bytes of `config.cfg`. Values that are not JSON (`${...}` within text) are kept as strings.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, LangError> {
        let text = std::str::from_utf8(bytes).map_err(|e| LangError::damaged("config.cfg", e.to_string()))?;
        let mut config = Config::default();
        let mut section = String::new();
        for line in text.lines() {
            let line = line.trim();
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name.to_owned();
                config.sections.entry(section.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=') {
                let value = value.trim();
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
                let entry = config.sections.entry(section.clone()).or_default();
                entry.insert(key.trim().to_owned(), value);
            }
        }
        Ok(config)
    }

    /// One value.
    pub(crate) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.sections.get(section)?.get(key)
    }

    /// One string.
    pub(crate) fn str(&self, section: &str, key: &str) -> Option<&str> {
        self.get(section, key)?.as_str()
    }

    /// A list of strings, empty where there is none.
    pub(crate) fn list(&self, section: &str, key: &str) -> Vec<&str> {
        let items = self.get(section, key).and_then(Value::as_array);
        items.map_or(Vec::new(), |items| items.iter().filter_map(Value::as_str).collect())
    }
}
