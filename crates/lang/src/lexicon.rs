//! What a word is apart from its context: its norm, affixes and shape as the numbers that the model hashes.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::chars;
use crate::error::LangError;
use crate::hash::string_id;
use crate::msgpack::Value;

/// Words whose norm is set in every language unless the model's own table says otherwise (spaCy's BASE_NORMS).
const BASE_NORMS: &[(&str, &str)] = &[
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

/// A lexical attribute that a model can embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Orth,
    Norm,
    Lower,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows: of the token, not of the word.
    Space,
    IsSpace,
}

impl Attribute {
    /// The attribute with spaCy's name or number.
    pub(crate) fn read(value: &Value<'_>) -> Result<Self, LangError> {
        let found = match (value.str(), value.int()) {
            (Some("ORTH"), _) | (_, Some(65)) => Attribute::Orth,
            (Some("LOWER"), _) | (_, Some(66)) => Attribute::Lower,
            (Some("NORM"), _) | (_, Some(67)) => Attribute::Norm,
            (Some("SHAPE"), _) | (_, Some(68)) => Attribute::Shape,
            (Some("PREFIX"), _) | (_, Some(69)) => Attribute::Prefix,
            (Some("SUFFIX"), _) | (_, Some(70)) => Attribute::Suffix,
            (Some("SPACY"), _) | (_, Some(77)) => Attribute::Space,
            (Some("IS_SPACE"), _) | (_, Some(6)) => Attribute::IsSpace,
            _ => {
                return Err(LangError::unsupported("the embedding", format!("the attribute {value:?}")));
            }
        };
        Ok(found)
    }
}

/// The number of a word in a [`Lexicon`].
pub(crate) type WordId = u32;

/// A word with the norm that it has where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As written.
    pub(crate) text: SmolStr,
    /// In lower case.
    pub(crate) lower: SmolStr,
    /// Whether it is white space.
    pub(crate) is_space: bool,
    orth: u64,
    norm: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
}

impl Word {
    /// The number that is embedded for `attribute`.
    pub(crate) fn attribute(&self, attribute: Attribute, space_after: bool) -> u64 {
        match attribute {
            Attribute::Orth => self.orth,
            Attribute::Norm => self.norm,
            Attribute::Lower => string_id(&self.lower),
            Attribute::Prefix => self.prefix,
            Attribute::Suffix => self.suffix,
            Attribute::Shape => self.shape,
            Attribute::Space => u64::from(space_after),
            Attribute::IsSpace => u64::from(self.is_space),
        }
    }

    /// The number of the word as written.
    pub(crate) fn orth(&self) -> u64 {
        self.orth
    }
}

/// The norms that a model's tables give to words.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    table: FxHashMap<u64, SmolStr>,
    base: HashMap<&'static str, &'static str>,
}

impl Norms {
    /// Reads `vocab/lookups.bin`, which may be empty.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, LangError> {
        let mut norms = Norms { table: FxHashMap::default(), base: BASE_NORMS.iter().copied().collect() };
        if bytes.is_empty() {
            return Ok(norms);
        }
        let tables = Value::read(bytes, "vocab/lookups.bin")?;
        for (key, norm) in tables.get("lexeme_norm").and_then(Value::map).unwrap_or_default() {
            if let (Some(key), Some(norm)) = (key.int(), norm.str()) {
                norms.table.insert(key as u64, norm.into());
            }
        }
        Ok(norms)
    }

    fn norm(&self, text: &str, orth: u64, lower: &str) -> u64 {
        if let Some(norm) = self.table.get(&orth) {
            return string_id(norm);
        }
        string_id(self.base.get(text).copied().unwrap_or(lower))
    }
}

/// The words met so far. It only remembers: a word's features never depend on what else is in it.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: Vec<Word>,
    plain: FxHashMap<SmolStr, WordId>,
    with_norm: FxHashMap<(SmolStr, SmolStr), WordId>,
}

impl Lexicon {
    /// The number of `text` with its usual norm, or with `norm`.
    pub(crate) fn add(&mut self, text: &str, norm: Option<&str>, norms: &Norms) -> WordId {
        let found = match norm {
            None => self.plain.get(text),
            Some(norm) => self.with_norm.get(&(text.into(), norm.into())),
        };
        if let Some(&id) = found {
            return id;
        }
        let orth = string_id(text);
        let lower: SmolStr = text.to_lowercase().into();
        let id = self.words.len() as WordId;
        self.words.push(Word {
            text: text.into(),
            is_space: !text.is_empty() && text.chars().all(chars::is_space),
            orth,
            norm: norm.map_or_else(|| norms.norm(text, orth, &lower), string_id),
            prefix: string_id(chars::prefix(text)),
            suffix: string_id(chars::suffix(text)),
            shape: string_id(&chars::shape(text)),
            lower,
        });
        match norm {
            None => self.plain.insert(text.into(), id),
            Some(norm) => self.with_norm.insert((text.into(), norm.into()), id),
        };
        id
    }

    /// The word with a number that [`Lexicon::add`] gave.
    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}
