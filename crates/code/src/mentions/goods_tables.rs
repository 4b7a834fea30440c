//! The codebook's tables of goods: words by category, named systems, and phrases that are none.

use std::collections::BTreeMap;

use model::Category;
use serde::Deserialize;

use crate::book::{Files, Report};
use crate::lexicon::Lexicon;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    nouns: Vec<String>,
    carriers: Vec<String>,
    weak: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    generic: Vec<String>,
    military: Vec<String>,
    aside: Vec<String>,
    traps: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Systems {
    Names(Vec<String>),
    Weak(BTreeMap<Category, Vec<String>>),
}

/// What a word or name says of goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoodsWord {
    /// Names goods by itself: "shell".
    Noun(Category),
    /// Names goods by itself, and takes the category of a goods word before it: "missile".
    Carrier(Category),
    /// Names goods only with a military word before it: "vehicle".
    Weak(Category),
    /// A named system: category and usual name.
    System(Category, String),
    /// A named system that is also a common word: "Patriot".
    WeakSystem(Category, String),
    /// Takes the category of the goods word before it: "battery".
    Generic,
    /// Makes a weak noun military: "lethal".
    Military,
    /// A phrase that holds a goods word and is none: "arms control".
    Trap,
}

impl GoodsWord {
    /// The category that the word has by itself.
    pub fn category(&self) -> Option<Category> {
        match self {
            GoodsWord::Noun(c) | GoodsWord::Carrier(c) | GoodsWord::Weak(c) => Some(*c),
            GoodsWord::System(c, _) | GoodsWord::WeakSystem(c, _) => Some(*c),
            GoodsWord::Generic | GoodsWord::Military | GoodsWord::Trap => None,
        }
    }
}

/// What the codebook says of goods.
#[derive(Debug, Default)]
pub struct GoodsTables {
    /// All words and names.
    pub words: Lexicon<GoodsWord>,
    /// What names goods by itself, for [`Triage`](crate::triage::Triage).
    names: Vec<String>,
    aside: rustc_hash::FxHashSet<String>,
}

impl GoodsTables {
    /// Reads the tables from `goods/`.
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let mut tables = GoodsTables::default();
        for (_, families) in files.parts::<BTreeMap<Category, Family>>("goods/families", report) {
            for (category, family) in families {
                family.nouns.iter().for_each(|n| tables.words.add_noun(n, GoodsWord::Noun(category)));
                family.carriers.iter().for_each(|n| tables.words.add_noun(n, GoodsWord::Carrier(category)));
                family.weak.iter().for_each(|n| tables.words.add_noun(n, GoodsWord::Weak(category)));
                tables.names.extend(family.nouns.into_iter().chain(family.carriers));
            }
        }
        for (file, systems) in files.parts::<BTreeMap<String, Systems>>("goods/systems", report) {
            for (key, systems) in systems {
                match (key.parse::<Category>(), systems) {
                    (Ok(category), Systems::Names(names)) => {
                        names.iter().for_each(|line| tables.add_system(line, category, false));
                    }
                    (Err(_), Systems::Weak(by_category)) if key == "weak" => {
                        for (category, names) in by_category {
                            names.iter().for_each(|line| tables.add_system(line, category, true));
                        }
                    }
                    _ => {
                        report.unknown(file, "goods category", &key, Category::ALL.iter().map(|c| c.as_str()))
                    }
                }
            }
        }
        for (_, words) in files.parts::<Words>("goods/words", report) {
            words.generic.iter().for_each(|w| tables.words.add_noun(w, GoodsWord::Generic));
            words.military.iter().for_each(|w| tables.words.add(w, GoodsWord::Military));
            words.traps.iter().for_each(|w| tables.words.add(w, GoodsWord::Trap));
            tables.aside.extend(words.aside);
        }
        tables
    }

    /// The words and names that name goods by themselves; those that are common words too only in the plural.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether a noun after a goods word makes it something else: "test" in "missile test".
    pub fn is_aside(&self, lemma: &str) -> bool {
        self.aside.contains(lemma)
    }

    /// Adds the system of a line `"name | other names"`.
    fn add_system(&mut self, line: &str, category: Category, weak: bool) {
        let names: Vec<&str> = line.split('|').map(str::trim).filter(|n| !n.is_empty()).collect();
        let Some(id) = names.first().map(|n| (*n).to_owned()) else { return };
        for name in names {
            let word = if weak {
                GoodsWord::WeakSystem(category, id.clone())
            } else {
                GoodsWord::System(category, id.clone())
            };
            self.words.add_noun(name, word);
            // A name that is a common word too counts in the plural: "Javelins".
            self.names.push(if weak { format!("{name}s") } else { name.to_owned() });
        }
    }
}
