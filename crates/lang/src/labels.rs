//! The labels of a model as small numbers, and the moves of its transition systems.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::error::LangError;
use crate::msgpack::Value;

/// The number of a label; 0 is the empty one.
pub(crate) type Label = u16;

/// All labels of a model: tags, parts of speech, dependencies, morphology.
#[derive(Debug)]
pub(crate) struct Labels {
    names: Vec<SmolStr>,
    by_name: HashMap<SmolStr, Label>,
}

impl Default for Labels {
    fn default() -> Self {
        Labels { names: vec![SmolStr::default()], by_name: HashMap::from([(SmolStr::default(), 0)]) }
    }
}

impl Labels {
    /// The number of `name`, which is added where it is new.
    pub(crate) fn add(&mut self, name: &str) -> Result<Label, LangError> {
        if let Some(&label) = self.by_name.get(name) {
            return Ok(label);
        }
        let label = Label::try_from(self.names.len())
            .map_err(|_| LangError::unsupported("the pipeline", "more than 65,535 labels"))?;
        self.names.push(name.into());
        self.by_name.insert(name.into(), label);
        Ok(label)
    }

    /// The name of a label.
    pub(crate) fn name(&self, label: Label) -> &SmolStr {
        &self.names[usize::from(label)]
    }

    /// How many labels there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Reads `parser/moves` or `ner/moves`: the action and label of every class, in the order of the classes.
pub(crate) fn read_moves(
    bytes: &[u8],
    file: &str,
    labels: &mut Labels,
) -> Result<Vec<(u8, Label)>, LangError> {
    let value = Value::read(bytes, file)?;
    let damaged = |why: &str| LangError::damaged(file, why);
    let json = value.get("moves").and_then(Value::str).ok_or_else(|| damaged("there are no moves"))?;
    let json: serde_json::Value = serde_json::from_str(json).map_err(|e| damaged(&e.to_string()))?;
    let json = json.as_object().ok_or_else(|| damaged("the moves are no map"))?;
    let mut actions: Vec<_> = json.iter().collect();
    actions.sort_by_key(|(action, _)| action.as_str());
    let mut classes = Vec::new();
    let mut added: Vec<(i64, &str, u8)> = Vec::new();
    for (action, freqs) in actions {
        let action: u8 = action.parse().map_err(|_| damaged("an action is not a number"))?;
        let freqs = freqs.as_object().ok_or_else(|| damaged("an action has no labels"))?;
        let mut sorted: Vec<(i64, &str)> =
            freqs.iter().map(|(label, freq)| (freq.as_i64().unwrap_or(0), label.as_str())).collect();
        sorted.sort_unstable();
        for &(freq, label) in sorted.iter().rev() {
            if freq < 0 {
                added.push((freq, label, action));
            } else {
                classes.push((action, labels.add(label)?));
            }
        }
    }
    // Labels that were added to a trained model come last, most frequent first.
    added.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)));
    for (_, label, action) in added {
        let class = (action, labels.add(label)?);
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    Ok(classes)
}
