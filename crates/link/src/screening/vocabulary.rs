//! What the names of persons and companies are made of: legal forms, particles, titles, names that stand for others.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use super::ScreeningError;
use super::normalise::fold_words;

const LEGAL_FORMS: &str = include_str!("../../../../codebook/screening/legal_forms.toml");
const WORDS: &str = include_str!("../../../../codebook/screening/words.toml");
const VARIANTS: &str = include_str!("../../../../codebook/screening/variants.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalFile {
    form: Vec<LegalForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalForm {
    class: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    particles: Vec<String>,
    honorifics: Vec<String>,
    generic: Vec<String>,
    stop: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantsFile {
    nicknames: Vec<String>,
    romanisations: Vec<String>,
}

/// The words that name comparison knows, read from `codebook/screening/`.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub(crate) particles: FxHashSet<SmolStr>,
    pub(crate) honorifics: FxHashSet<SmolStr>,
    pub(crate) generic: FxHashSet<SmolStr>,
    pub(crate) stop: FxHashSet<SmolStr>,
    pub(crate) numbers: FxHashMap<SmolStr, u32>,
    /// A legal form's words, joined by spaces, to the number of its class.
    pub(crate) legal: FxHashMap<SmolStr, u8>,
    /// How many words the longest legal form has.
    pub(crate) legal_words: usize,
    /// A name to the groups that it is in: even numbers are nicknames, odd ones romanisations.
    pub(crate) groups: FxHashMap<SmolStr, Vec<u16>>,
}

impl Vocabulary {
    /// The vocabulary that ships with waybill.
    ///
    /// # Errors
    /// Only where the files in `codebook/screening/` were edited into something that is not their format.
    pub fn bundled() -> Result<Self, ScreeningError> {
        Self::parse(LEGAL_FORMS, WORDS, VARIANTS)
    }

    /// Reads the three TOML files: legal forms, words of little weight, names that stand for one another.
    ///
    /// # Errors
    /// [`ScreeningError::Vocabulary`], naming the file and the line.
    pub fn parse(legal_forms: &str, words: &str, variants: &str) -> Result<Self, ScreeningError> {
        let forms: LegalFile = read("legal_forms.toml", legal_forms)?;
        let words: WordsFile = read("words.toml", words)?;
        let variants: VariantsFile = read("variants.toml", variants)?;
        let mut vocabulary = Vocabulary {
            particles: fold_set(&words.particles),
            honorifics: fold_set(&words.honorifics),
            generic: fold_set(&words.generic),
            stop: fold_set(&words.stop),
            numbers: words.numbers.iter().map(|(w, n)| (SmolStr::new(w), *n)).collect(),
            ..Vocabulary::default()
        };
        let mut classes: Vec<String> = Vec::new();
        for form in &forms.form {
            let class = match classes.iter().position(|c| *c == form.class) {
                Some(found) => found,
                None => {
                    classes.push(form.class.clone());
                    classes.len() - 1
                }
            };
            for name in &form.names {
                let folded = fold_words(name);
                vocabulary.legal_words = vocabulary.legal_words.max(folded.len());
                vocabulary.legal.insert(SmolStr::new(folded.join(" ")), class as u8);
            }
        }
        let nicknames = variants.nicknames.iter().enumerate().map(|(i, line)| (2 * i as u16, line));
        let romanised = variants.romanisations.iter().enumerate().map(|(i, line)| (2 * i as u16 + 1, line));
        for (group, line) in nicknames.chain(romanised) {
            for name in line.split_whitespace() {
                let name = fold_words(name).concat();
                let groups = vocabulary.groups.entry(SmolStr::new(name)).or_default();
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        Ok(vocabulary)
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, ScreeningError> {
    toml::from_str(text).map_err(|e| ScreeningError::Vocabulary { file, reason: e.to_string() })
}

fn fold_set(words: &[String]) -> FxHashSet<SmolStr> {
    words.iter().map(|w| SmolStr::new(fold_words(w).concat())).collect()
}
