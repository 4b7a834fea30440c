//! A name against whole lists: candidates from the index, compared, weighed with what else is known.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::compare::{Step, compare, explain};
use super::distance::How;
use super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::index::{Index, Place};
use super::normalise::{Name, fold_words};
use super::vocabulary::Vocabulary;
use super::weights::{Weights, sigmoid};

/// Who or what is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The name, in any script.
    pub name: String,
    /// What it is, where known.
    pub kind: EntryKind,
    /// When the person was born, where known.
    pub born: Option<Birth>,
    /// Nationalities, flags or countries, as names or ISO codes.
    pub countries: Vec<String>,
    /// Passport, tax, IMO and other numbers.
    pub identifiers: Vec<String>,
}

/// An entry that may be who was asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The list's short name.
    pub list: String,
    /// The entry's identifier in it.
    pub entry: String,
    /// The name that matched.
    pub name: String,
    /// The name that the entry is listed under.
    pub title: String,
    /// The version of the entry that matched: see [`Entry::version`].
    pub version: String,
    /// How sure the match is, from 0 to 1.
    pub score: f32,
    /// Which part matched which, and what it cost.
    pub steps: Vec<Step>,
}

/// Lists ready to be asked.
pub struct Screener {
    lists: Vec<List>,
    index: Index,
    vocabulary: Vocabulary,
    weights: Weights,
    identifiers: FxHashMap<String, Vec<(u16, u32)>>,
}

/// Log-odds for what is known beside the name.
mod odds {
    pub(super) const BORN_DAY: f32 = 1.5;
    pub(super) const BORN_NEAR: f32 = 0.5;
    pub(super) const BORN_FAR: f32 = -3.0;
    pub(super) const COUNTRY_SAME: f32 = 0.5;
    pub(super) const COUNTRY_OTHER: f32 = -0.7;
    pub(super) const WEAK_NAME: f32 = -1.0;
    pub(super) const IDENTIFIER: f32 = 6.0;
}

impl Screener {
    /// Indexes lists.
    pub fn new(lists: Vec<List>, vocabulary: Vocabulary, weights: Weights) -> Screener {
        let index = Index::new(&lists, &vocabulary);
        let mut identifiers: FxHashMap<String, Vec<(u16, u32)>> = FxHashMap::default();
        for (l, list) in lists.iter().enumerate() {
            for (e, entry) in list.entries.iter().enumerate() {
                for identifier in &entry.identifiers {
                    identifiers.entry(bare(&identifier.value)).or_default().push((l as u16, e as u32));
                }
            }
        }
        identifiers.remove("");
        Screener { lists, index, vocabulary, weights, identifiers }
    }

    /// The lists, in the order given.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// How many names are indexed.
    pub fn names(&self) -> usize {
        self.index.len()
    }

    /// The score from which on something is a match where the user says nothing else.
    pub fn threshold(&self) -> f32 {
        self.weights.threshold
    }

    /// Entries that score at least `threshold`, the best first, each once, with their explanations.
    pub fn screen(&self, query: &Query, threshold: f32) -> Vec<Hit> {
        self.best(query, threshold, false).into_iter().map(|(place, _)| self.hit(query, place)).collect()
    }

    /// The same by comparing with every name: slow, to measure the index by.
    pub fn screen_exhaustively(&self, query: &Query, threshold: f32) -> Vec<Hit> {
        self.best(query, threshold, true).into_iter().map(|(place, _)| self.hit(query, place)).collect()
    }

    /// The best-scoring name of each entry that reaches the threshold.
    fn best(&self, query: &Query, threshold: f32, exhaustive: bool) -> Vec<(Place, f32)> {
        let mut best: FxHashMap<(u16, u32), (Place, f32)> = FxHashMap::default();
        let beside = odds::BORN_DAY * f32::from(u8::from(query.born.is_some()))
            + odds::COUNTRY_SAME * f32::from(u8::from(!query.countries.is_empty()));
        let least = (threshold / (1.0 - threshold).max(1e-6)).max(1e-6).ln() - beside - 1e-3;
        for (name, kind) in self.readings(query) {
            let candidates = if exhaustive {
                (0..self.index.len() as u32).collect()
            } else {
                self.index.candidates(&name, kind, &self.weights, least)
            };
            for id in candidates {
                let listed = &self.index.names[id as usize];
                if listed.name.person != name.person || !kind.may_be(listed.kind) {
                    continue;
                }
                let z = self.weights.log_odds(&compare(&name, &listed.name).features);
                if z < least - odds::IDENTIFIER * query.identifiers.len() as f32 {
                    continue;
                }
                let entry = &self.lists[usize::from(listed.place.list)].entries[listed.place.entry as usize];
                let score = sigmoid(z + self.odds_beside(query, entry, listed.quality));
                if score < threshold {
                    continue;
                }
                let slot =
                    best.entry((listed.place.list, listed.place.entry)).or_insert((listed.place, score));
                if score > slot.1 || (score == slot.1 && listed.place < slot.0) {
                    *slot = (listed.place, score);
                }
            }
        }
        for identifier in query.identifiers.iter().map(|i| bare(i)).filter(|i| i.len() > 3) {
            for &(list, entry) in self.identifiers.get(&identifier).into_iter().flatten() {
                let place = Place { list, entry, name: 0 };
                best.entry((list, entry)).or_insert((place, sigmoid(odds::IDENTIFIER)));
            }
        }
        let mut hits: Vec<(Place, f32)> = best.into_values().collect();
        hits.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        hits
    }

    /// The query's name as a person's and as a body's, as far as its kind leaves that open.
    fn readings(&self, query: &Query) -> Vec<(Name, EntryKind)> {
        let kinds: &[EntryKind] = match query.kind {
            EntryKind::Unknown => &[EntryKind::Person, EntryKind::Unknown],
            _ => std::slice::from_ref(&query.kind),
        };
        kinds.iter().map(|kind| (Name::new(&query.name, *kind, &self.vocabulary), *kind)).collect()
    }

    /// What speaks for and against beside the name, summed, in log-odds.
    fn odds_beside(&self, query: &Query, entry: &Entry, quality: NameQuality) -> f32 {
        let weak = if quality == NameQuality::Weak { odds::WEAK_NAME } else { 0.0 };
        let same = query.identifiers.iter().filter(|i| same_identifier(entry, i).is_some()).count();
        weak + born_odds(query, entry) + place_odds(query, entry) + odds::IDENTIFIER * same as f32
    }

    /// The same one by one, with what was compared.
    fn beside(&self, query: &Query, entry: &Entry, quality: NameQuality) -> Vec<(Step, f32)> {
        let mut found = Vec::new();
        let mut push = |how: How, query: String, entry: String, odds: f32| {
            if odds != 0.0 {
                found.push((Step { query, entry, how, cost: 0.0 }, odds));
            }
        };
        if quality == NameQuality::Weak {
            push(How::WeakName, String::new(), String::new(), odds::WEAK_NAME);
        }
        if let Some(born) = query.born {
            let listed: Vec<String> = entry.born.iter().map(Birth::to_string).collect();
            push(How::Born, born.to_string(), listed.join(", "), born_odds(query, entry));
        }
        let places = (query.countries.join(", "), entry.countries.join(", "));
        push(How::Country, places.0, places.1, place_odds(query, entry));
        for identifier in &query.identifiers {
            if let Some(same) = same_identifier(entry, identifier) {
                push(How::Identifier, identifier.clone(), same.to_owned(), odds::IDENTIFIER);
            }
        }
        found
    }

    /// A hit with its explanation.
    fn hit(&self, query: &Query, place: Place) -> Hit {
        let list = &self.lists[usize::from(place.list)];
        let entry = &list.entries[place.entry as usize];
        let listed = &entry.names[usize::from(place.name)];
        // As the query was read when the entry was found: see `readings`.
        let kind = match query.kind {
            EntryKind::Unknown if entry.kind == EntryKind::Person => EntryKind::Person,
            kind => kind,
        };
        let asked = Name::new(&query.name, kind, &self.vocabulary);
        let name = Name::new(&listed.text, entry.kind, &self.vocabulary);
        let comparison = compare(&asked, &name);
        let z = self.weights.log_odds(&comparison.features);
        let (_, mut steps) = explain(&asked, &name, &comparison, &self.weights);
        let beside = self.beside(query, entry, listed.quality);
        let total = z + beside.iter().map(|(_, odds)| odds).sum::<f32>();
        for (mut step, odds) in beside {
            step.cost = sigmoid(total - odds) - sigmoid(total);
            steps.push(step);
        }
        let identified = steps.iter().any(|s| s.how == How::Identifier);
        let score = if identified { sigmoid(total).max(sigmoid(odds::IDENTIFIER)) } else { sigmoid(total) };
        Hit {
            list: list.name.clone(),
            entry: entry.id.clone(),
            name: listed.text.clone(),
            title: entry.title().to_owned(),
            version: entry.version(),
            score,
            steps,
        }
    }
}

/// The number of an entry that is the one asked for.
fn same_identifier<'a>(entry: &'a Entry, asked: &str) -> Option<&'a str> {
    let asked = bare(asked);
    entry.identifiers.iter().map(|i| i.value.as_str()).find(|value| bare(value) == asked)
}

fn born_odds(query: &Query, entry: &Entry) -> f32 {
    let Some(born) = query.born else { return 0.0 };
    entry.born.iter().map(|b| birth_odds(born, *b)).reduce(f32::max).unwrap_or(0.0)
}

fn place_odds(query: &Query, entry: &Entry) -> f32 {
    if query.countries.is_empty() || entry.countries.is_empty() {
        return 0.0;
    }
    country_odds(&query.countries, &entry.countries)
}

fn birth_odds(asked: Birth, listed: Birth) -> f32 {
    let apart = (asked.from - listed.to).max(listed.from - asked.to).max(0);
    let day = |b: Birth| b.month.zip(b.day);
    if apart == 0 && day(asked).is_some() && day(asked) == day(listed) {
        return odds::BORN_DAY;
    }
    match apart {
        0 => odds::BORN_NEAR,
        1..=2 => 0.0,
        3..=5 => odds::BORN_FAR / 3.0,
        _ => odds::BORN_FAR,
    }
}

fn country_odds(asked: &[String], listed: &[String]) -> f32 {
    let code = |c: &String| super::country::code(c).map_or_else(|| fold_words(c).join(" "), str::to_owned);
    let listed: Vec<String> = listed.iter().map(code).collect();
    if asked.iter().map(code).any(|c| listed.contains(&c)) { odds::COUNTRY_SAME } else { odds::COUNTRY_OTHER }
}

/// An identifier's letters and digits in capitals.
fn bare(identifier: &str) -> String {
    let bare: String =
        identifier.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    bare.strip_prefix("IMO").map(str::to_owned).unwrap_or(bare)
}
