//! Lemmas by tables of exceptions and suffix rules, or by a plain table.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::chars;
use crate::config::Config;
use crate::error::LangError;
use crate::hash::string_id;
use crate::labels::{Label, Labels};
use crate::lexicon::Word;
use crate::msgpack::Value;

/// The languages whose rules are not spaCy's usual ones (but for English and French, which are here).
const OTHER_RULES: &[&str] = &["ca", "el", "es", "ga", "ht", "it", "mk", "nl", "pl", "ru", "uk"];

/// The parts of speech that the French rules are for.
const FRENCH_RULES: &[&str] =
    &["noun", "verb", "adj", "adp", "adv", "aux", "cconj", "det", "pron", "punct", "sconj"];

/// How lemmas are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Lookup,
    Rule,
    English,
    French,
}

/// The tables for one part of speech.
#[derive(Debug, Default)]
struct Tables {
    /// The numbers of all words known.
    index: FxHashSet<u64>,
    /// By the number of a form, where its lemmas lie in the list of lemmas.
    exceptions: FxHashMap<u64, (u32, u32)>,
    rules: Vec<(SmolStr, SmolStr)>,
}

impl Tables {
    fn is_empty(&self) -> bool {
        self.index.is_empty() && self.exceptions.is_empty() && self.rules.is_empty()
    }
}

/// A lemmatizer with its tables.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    mode: Mode,
    /// Whether it replaces lemmas that are set.
    pub(crate) overwrite: bool,
    by_pos: FxHashMap<u64, Tables>,
    lemmas: Vec<SmolStr>,
    lookup: FxHashMap<u64, (u32, u32)>,
}

impl Lemmatizer {
    /// Reads `lemmatizer/lookups/lookups.bin` for the component called `name`.
    pub(crate) fn read(bytes: &[u8], config: &Config, name: &str) -> Result<Self, LangError> {
        let section = format!("components.{name}");
        let lang = config.str("nlp", "lang").unwrap_or("");
        let mode = match (config.str(&section, "mode").unwrap_or("lookup"), lang) {
            ("lookup", _) => Mode::Lookup,
            ("rule", "en") => Mode::English,
            ("rule", "fr") => Mode::French,
            ("rule", lang) if !OTHER_RULES.contains(&lang) => Mode::Rule,
            (mode, lang) => {
                let what = format!("the mode `{mode}` for the language `{lang}`");
                return Err(LangError::unsupported("the lemmatizer", what));
            }
        };
        let overwrite = config.get(&section, "overwrite").and_then(|v| v.as_bool()).unwrap_or(false);
        let mut lemmatizer = Lemmatizer {
            mode,
            overwrite,
            by_pos: FxHashMap::default(),
            lemmas: Vec::new(),
            lookup: FxHashMap::default(),
        };
        let tables = Value::read(bytes, "lemmatizer/lookups/lookups.bin")?;
        for (key, lemmas) in tables.get("lemma_lookup").and_then(Value::map).unwrap_or_default() {
            let range = lemmatizer.add_lemmas(lemmas)?;
            lemmatizer.lookup.insert(key_id(key)?, range);
        }
        lemmatizer.read_index(&tables)?;
        lemmatizer.read_exceptions(&tables)?;
        lemmatizer.read_rules(&tables)?;
        Ok(lemmatizer)
    }

    fn read_index(&mut self, tables: &Value<'_>) -> Result<(), LangError> {
        for (pos, words) in tables.get("lemma_index").and_then(Value::map).unwrap_or_default() {
            let index = &mut self.by_pos.entry(key_id(pos)?).or_default().index;
            match words {
                Value::Array(words) => index.extend(words.iter().filter_map(|w| Some(string_id(w.str()?)))),
                Value::Map(words) => {
                    index.extend(words.iter().filter_map(|(w, _)| Some(string_id(w.str()?))))
                }
                _ => return Err(damaged("an index is no list")),
            }
        }
        Ok(())
    }

    fn read_exceptions(&mut self, tables: &Value<'_>) -> Result<(), LangError> {
        for (pos, forms) in tables.get("lemma_exc").and_then(Value::map).unwrap_or_default() {
            let pos = key_id(pos)?;
            let forms = forms.map().ok_or_else(|| damaged("exceptions are no map"))?;
            let mut exceptions = FxHashMap::with_capacity_and_hasher(forms.len(), Default::default());
            for (form, lemmas) in forms {
                exceptions.insert(key_id(form)?, self.add_lemmas(lemmas)?);
            }
            self.by_pos.entry(pos).or_default().exceptions = exceptions;
        }
        Ok(())
    }

    fn read_rules(&mut self, tables: &Value<'_>) -> Result<(), LangError> {
        for (pos, rules) in tables.get("lemma_rules").and_then(Value::map).unwrap_or_default() {
            let to = &mut self.by_pos.entry(key_id(pos)?).or_default().rules;
            for rule in rules.array().ok_or_else(|| damaged("rules are no list"))? {
                let pair = rule.array().unwrap_or_default();
                let [Some(old), Some(new)] = [pair.first(), pair.get(1)].map(|v| v.and_then(Value::str))
                else {
                    return Err(damaged("a rule is no pair"));
                };
                to.push((old.into(), new.into()));
            }
        }
        Ok(())
    }

    fn add_lemmas(&mut self, lemmas: &Value<'_>) -> Result<(u32, u32), LangError> {
        let from = self.lemmas.len() as u32;
        match lemmas {
            Value::Array(lemmas) => {
                self.lemmas.extend(lemmas.iter().filter_map(Value::str).map(SmolStr::from))
            }
            lemma => self.lemmas.push(lemma.str().ok_or_else(|| damaged("a lemma is no text"))?.into()),
        }
        Ok((from, self.lemmas.len() as u32))
    }

    fn lemmas(&self, range: Option<&(u32, u32)>) -> &[SmolStr] {
        range.map_or(&[], |&(from, to)| &self.lemmas[from as usize..to as usize])
    }

    /// The lemma of a word with a part of speech and morphology.
    pub(crate) fn lemma(&self, word: &Word, pos: Label, morph: Label, labels: &Labels) -> SmolStr {
        let pos = labels.name(pos).to_lowercase();
        match self.mode {
            Mode::Lookup => self.looked_up(&word.text, &word.text),
            Mode::French => self.french(word, &pos),
            Mode::English if is_base_form(&pos, labels.name(morph)) => word.lower.clone(),
            Mode::Rule | Mode::English => self.by_rules(word, &pos),
        }
    }

    fn looked_up(&self, key: &str, default: &SmolStr) -> SmolStr {
        self.lemmas(self.lookup.get(&string_id(key))).first().unwrap_or(default).clone()
    }

    fn by_rules(&self, word: &Word, pos: &str) -> SmolStr {
        if matches!(pos, "" | "eol" | "space") {
            return word.lower.clone();
        }
        let Some(tables) = self.by_pos.get(&string_id(pos)).filter(|t| !t.is_empty()) else {
            return if pos == "propn" { word.text.clone() } else { word.lower.clone() };
        };
        // spaCy puts each form that is in the index, and each exception, before all others.
        let exceptions = self.lemmas(tables.exceptions.get(&string_id(&word.lower)));
        let (forms, unknown) = apply_rules(tables, &word.lower, true);
        if let Some(last) = exceptions.iter().rev().find(|e| !forms.contains(e)) {
            return last.clone();
        }
        forms.into_iter().chain(unknown).next().unwrap_or_else(|| word.text.clone())
    }

    fn french(&self, word: &Word, pos: &str) -> SmolStr {
        if matches!(pos, "" | "eol" | "space") {
            return word.lower.clone();
        }
        if !FRENCH_RULES.contains(&pos) {
            return self.looked_up(&word.text, &word.text);
        }
        let empty = Tables::default();
        let tables = self.by_pos.get(&string_id(pos)).unwrap_or(&empty);
        if tables.index.contains(&string_id(&word.lower)) {
            return word.lower.clone();
        }
        if let Some(lemma) = self.lemmas(tables.exceptions.get(&string_id(&word.lower))).first() {
            return lemma.clone();
        }
        let (forms, unknown) = apply_rules(tables, &word.lower, false);
        let form = forms.into_iter().chain(unknown).next();
        form.unwrap_or_else(|| self.looked_up(&word.lower, &word.lower))
    }
}

/// The forms that rules make which are known (or not only letters), and those that are not known.
fn apply_rules(tables: &Tables, word: &str, known_first: bool) -> (Vec<SmolStr>, Vec<SmolStr>) {
    let (mut forms, mut unknown) = (Vec::new(), Vec::new());
    for (old, new) in &tables.rules {
        let Some(stem) = word.strip_suffix(old.as_str()) else {
            continue;
        };
        let form = SmolStr::from_iter([stem, new.as_str()]);
        if form.is_empty() {
            continue;
        }
        let known = tables.index.contains(&string_id(&form));
        if known && known_first {
            forms.insert(0, form);
        } else if known || !form.chars().all(chars::is_alpha) {
            forms.push(form);
        } else {
            unknown.push(form);
        }
    }
    (forms, unknown)
}

/// Whether English morphology says that the word is its own lemma.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        morph.split('|').find_map(|f| f.split_once('=').filter(|(n, _)| *n == name).map(|(_, value)| value))
    };
    let form = feature("VerbForm");
    match pos {
        "noun" if feature("Number") == Some("Sing") => true,
        "verb" if form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none() => {
            true
        }
        _ => matches!(form, Some("Inf" | "None")) || feature("Degree") == Some("Pos"),
    }
}

fn damaged(why: &str) -> LangError {
    LangError::damaged("lemmatizer/lookups/lookups.bin", why)
}

/// The number of a key that is either a string or already its number.
fn key_id(key: &Value<'_>) -> Result<u64, LangError> {
    match (key.str(), key.int()) {
        (Some(text), _) => Ok(string_id(text)),
        (None, Some(id)) => Ok(id as u64),
        _ => Err(damaged("a key is neither text nor number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_forms() {
        assert!(is_base_form("noun", "Number=Sing"));
        assert!(!is_base_form("propn", "Number=Sing"));
        assert!(is_base_form("aux", "VerbForm=Inf"));
        assert!(is_base_form("verb", "Tense=Pres|VerbForm=Fin"));
        assert!(!is_base_form("verb", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"));
        assert!(is_base_form("adj", "Degree=Pos"));
        assert!(!is_base_form("", ""));
    }
}
