//! The attribute ruler: rules that look at one token or a few and set its tag, part of speech, morphology,
//! lemma or label. All rules look at the document as it was before; later rules win.

use smol_str::SmolStr;

use crate::error::LangError;
use crate::labels::{Label, Labels};
use crate::lexicon::{Lexicon, Word};
use crate::msgpack::Value;
use crate::notes::Notes;
use crate::pattern::Pattern;
use crate::tokenizer::Piece;

/// A condition on a label.
#[derive(Debug, Default)]
struct OneOf {
    one_of: Option<Vec<Label>>,
    none_of: Vec<Label>,
}

impl OneOf {
    fn allows(&self, label: Label) -> bool {
        self.one_of.as_ref().is_none_or(|l| l.contains(&label)) && !self.none_of.contains(&label)
    }
}

/// A condition on a word.
#[derive(Debug, Default)]
struct Text {
    one_of: Option<Vec<SmolStr>>,
    none_of: Vec<SmolStr>,
    pattern: Option<Pattern>,
}

impl Text {
    fn allows(&self, text: &str) -> bool {
        self.one_of.as_ref().is_none_or(|l| l.iter().any(|t| t == text))
            && !self.none_of.iter().any(|t| t == text)
            && self.pattern.as_ref().is_none_or(|p| p.search(text).is_some())
    }
}

/// What a token must be.
#[derive(Debug, Default)]
struct Condition {
    tag: OneOf,
    pos: OneOf,
    dep: OneOf,
    lower: Text,
    orth: Text,
    is_space: Option<bool>,
}

impl Condition {
    fn holds(&self, word: &Word, notes: &Notes, at: usize) -> bool {
        self.tag.allows(notes.tag[at])
            && self.pos.allows(notes.pos[at])
            && self.dep.allows(notes.dep[at])
            && self.is_space.is_none_or(|wanted| wanted == word.is_space)
            && self.lower.allows(&word.lower)
            && self.orth.allows(&word.text)
    }
}

/// What a rule sets, and on which token of those that it looks at.
#[derive(Debug, Default)]
struct Change {
    index: usize,
    tag: Option<Label>,
    pos: Option<Label>,
    morph: Option<Label>,
    dep: Option<Label>,
    lemma: Option<SmolStr>,
}

/// One way for a rule to apply.
#[derive(Debug)]
struct Rule {
    conditions: Vec<Condition>,
    change: usize,
}

/// The rules of a model.
#[derive(Debug, Default)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    changes: Vec<Change>,
    /// By tag, the rules whose first token can have it.
    by_tag: Vec<Vec<u32>>,
}

impl Ruler {
    /// Reads `attribute_ruler/patterns`.
    pub(crate) fn read(bytes: &[u8], labels: &mut Labels) -> Result<Self, LangError> {
        let value = Value::read(bytes, "attribute_ruler/patterns")?;
        let mut ruler = Ruler::default();
        for entry in value.array().ok_or_else(|| damaged("it is no list"))? {
            let patterns = entry.get("patterns").and_then(Value::array).unwrap_or_default();
            let attrs = entry.get("attrs").and_then(Value::map).unwrap_or_default();
            let index = entry.get("index").and_then(Value::int).unwrap_or(0);
            for pattern in patterns {
                let pattern = pattern.array().ok_or_else(|| damaged("a pattern is no list"))?;
                let conditions =
                    pattern.iter().map(|c| read_condition(c, labels)).collect::<Result<Vec<_>, _>>()?;
                let index = if index < 0 { index + conditions.len() as i64 } else { index };
                let index = usize::try_from(index).ok().filter(|&i| i < conditions.len());
                let index = index.ok_or_else(|| damaged("a rule's index is outside its pattern"))?;
                ruler.rules.push(Rule { conditions, change: ruler.changes.len() });
                ruler.changes.push(read_change(attrs, index, labels)?);
            }
        }
        Ok(ruler)
    }

    /// Sorts the rules by the tags that they can start at; to be called when all labels are known.
    pub(crate) fn index(&mut self, labels: &Labels) {
        self.by_tag = (0..labels.len())
            .map(|tag| {
                let starts = |rule: &Rule| rule.conditions[0].tag.allows(tag as Label);
                (0..self.rules.len() as u32).filter(|&i| starts(&self.rules[i as usize])).collect()
            })
            .collect();
    }

    /// Applies all rules to a document.
    pub(crate) fn apply(&self, pieces: &[Piece], lexicon: &Lexicon, notes: &mut Notes) {
        let mut matches: Vec<(u32, usize)> = Vec::new();
        for at in 0..pieces.len() {
            for &i in &self.by_tag[usize::from(notes.tag[at])] {
                let conditions = &self.rules[i as usize].conditions;
                let holds =
                    |(k, c): (usize, &Condition)| c.holds(lexicon.word(pieces[at + k].word), notes, at + k);
                if at + conditions.len() <= pieces.len() && conditions.iter().enumerate().all(holds) {
                    matches.push((i, at));
                }
            }
        }
        matches.sort_unstable();
        for (i, at) in matches {
            let change = &self.changes[self.rules[i as usize].change];
            let at = at + change.index;
            let set = |to: &mut Label, from: Option<Label>| *to = from.unwrap_or(*to);
            set(&mut notes.tag[at], change.tag);
            set(&mut notes.pos[at], change.pos);
            set(&mut notes.morph[at], change.morph);
            set(&mut notes.dep[at], change.dep);
            if let Some(lemma) = &change.lemma {
                notes.lemma[at] = lemma.clone();
            }
        }
    }
}

fn damaged(why: &str) -> LangError {
    LangError::damaged("attribute_ruler/patterns", why)
}

fn unsupported(what: String) -> LangError {
    LangError::unsupported("the attribute ruler", what)
}

fn read_condition(value: &Value<'_>, labels: &mut Labels) -> Result<Condition, LangError> {
    let mut condition = Condition::default();
    let keys = value.map().ok_or_else(|| damaged("a condition is no map"))?;
    if keys.is_empty() {
        return Ok(condition);
    }
    for (key, value) in keys {
        match key.str().unwrap_or("?") {
            "TAG" => condition.tag = read_one_of(value, labels)?,
            "POS" => condition.pos = read_one_of(value, labels)?,
            "DEP" => condition.dep = read_one_of(value, labels)?,
            "LOWER" => condition.lower = read_text(value)?,
            "ORTH" | "TEXT" => condition.orth = read_text(value)?,
            "IS_SPACE" => condition.is_space = Some(value == &Value::Bool(true)),
            other => return Err(unsupported(format!("a pattern on {other}"))),
        }
    }
    Ok(condition)
}

/// The strings of a condition: what must be one of them, what must be none, and an expression.
type Strings<'v> = (Option<Vec<&'v str>>, Vec<&'v str>, Option<&'v str>);

fn read_strings<'v>(value: &'v Value<'_>) -> Result<Strings<'v>, LangError> {
    if let Some(text) = value.str() {
        return Ok((Some(vec![text]), Vec::new(), None));
    }
    let mut strings: Strings<'v> = (None, Vec::new(), None);
    for (key, value) in value.map().ok_or_else(|| damaged("a condition is neither text nor map"))? {
        let list = || value.array().map(|items| items.iter().filter_map(Value::str).collect::<Vec<_>>());
        match key.str() {
            Some("IN") => strings.0 = Some(list().unwrap_or_default()),
            Some("NOT_IN") => strings.1 = list().unwrap_or_default(),
            Some("REGEX") => strings.2 = value.str(),
            other => return Err(unsupported(format!("the operator {other:?}"))),
        }
    }
    Ok(strings)
}

fn read_one_of(value: &Value<'_>, labels: &mut Labels) -> Result<OneOf, LangError> {
    let (one_of, none_of, pattern) = read_strings(value)?;
    if pattern.is_some() {
        return Err(unsupported("an expression on a label".into()));
    }
    let mut add = |names: Vec<&str>| names.into_iter().map(|n| labels.add(n)).collect::<Result<Vec<_>, _>>();
    Ok(OneOf { one_of: one_of.map(&mut add).transpose()?, none_of: add(none_of)? })
}

fn read_text(value: &Value<'_>) -> Result<Text, LangError> {
    let (one_of, none_of, pattern) = read_strings(value)?;
    let own = |names: Vec<&str>| names.into_iter().map(SmolStr::from).collect::<Vec<_>>();
    let pattern = pattern.map(|p| Pattern::new(p, "the attribute ruler")).transpose()?;
    Ok(Text { one_of: one_of.map(own), none_of: own(none_of), pattern })
}

fn read_change(
    attrs: &[(Value<'_>, Value<'_>)],
    index: usize,
    labels: &mut Labels,
) -> Result<Change, LangError> {
    let mut change = Change { index, ..Change::default() };
    for (key, value) in attrs {
        let value = value.str().ok_or_else(|| damaged("a rule sets something that is not text"))?;
        match key.str().unwrap_or("?") {
            "TAG" => change.tag = Some(labels.add(value)?),
            "POS" => change.pos = Some(labels.add(value)?),
            "MORPH" => change.morph = Some(labels.add(&normal_morph(value))?),
            "DEP" => change.dep = Some(labels.add(value)?),
            "LEMMA" => change.lemma = Some(value.into()),
            other => return Err(unsupported(format!("setting {other}"))),
        }
    }
    Ok(change)
}

/// Morphology in the order of its features; empty for `_`.
pub(crate) fn normal_morph(morph: &str) -> String {
    if morph == "_" {
        return String::new();
    }
    let mut features: Vec<String> = morph
        .split('|')
        .filter_map(|feature| {
            let (name, values) = feature.split_once('=')?;
            let mut values: Vec<&str> = values.split(',').collect();
            values.sort_unstable();
            Some(format!("{name}={}", values.join(",")))
        })
        .collect();
    features.sort_unstable();
    features.join("|")
}
