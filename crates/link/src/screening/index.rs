//! Finding who may be meant before comparing: an index over the parts of all listed names.
//!
//! A part is found by its consonants, by its consonants with one left out (on both sides, after SymSpell), and by the
//! groups of variants that it is in. Parts found are compared with the part asked for, and names are kept when their
//! parts in common could be enough for a match. Neighbouring parts are indexed joined, too.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::EntryKind;
use super::distance::{How, compare_parts};
use super::entry::{List, NameQuality};
use super::normalise::{Name, Part, PartKind, skeleton};
use super::vocabulary::Vocabulary;
use super::weights::{Feature, Weights};

/// Which name of which entry of which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Index of the list.
    pub list: u16,
    /// Index of the entry in it.
    pub entry: u32,
    /// Index of the name in the entry.
    pub name: u16,
}

pub(crate) struct Listed {
    pub(crate) place: Place,
    pub(crate) kind: EntryKind,
    pub(crate) quality: NameQuality,
    pub(crate) name: Name,
    own: f32,
}

struct Token {
    part: Part,
    vowelless: bool,
    /// The names that have it, and the weight that it has in them.
    names: Vec<(u32, f32)>,
}

/// An index over the names of several lists.
pub struct Index {
    pub(crate) names: Vec<Listed>,
    tokens: Vec<Token>,
    keys: FxHashMap<u64, Vec<u32>>,
}

/// How many candidates are compared at most.
const MOST_CANDIDATES: usize = 1500;

/// What the parts found so far say of a name.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// One more than the query's part that found it last.
    part: u32,
    /// Mass of the parts in common; joined ones count beside their parts, so it may be too much, never too little.
    matched: f32,
    /// Edits a letter in them.
    cost: f32,
}

impl Found {
    /// Log-odds that a name with these parts in common can hardly exceed.
    fn most_odds(self, weights: &Weights, (asked, listed): (f32, f32), person: bool) -> f32 {
        let both = asked.min(listed);
        let missing = (both - self.matched).max(0.0);
        let extra = (asked.max(listed) - both).min(3.0);
        let total = asked.max(listed).max(0.1);
        let weight = |feature: Feature| weights.values[feature as usize];
        let lone = person && both.min(self.matched) < 1.3 && extra + missing > 0.7;
        let cost = (self.cost - 0.3 * (self.matched - both).max(0.0)).max(0.0);
        weights.bias
            + weight(Feature::Conflict) * (missing - 0.3).max(0.0)
            + weight(Feature::Extra) * extra
            + weight(Feature::ExtraShare) * extra / total
            + weight(Feature::Ratio) * cost * 0.5
            + if lone { weight(Feature::Lone) } else { 0.0 }
            + SLACK
    }
}

/// By how much the estimate may be too low: parts that match by initials or acronyms are not counted in it.
const SLACK: f32 = 0.6;

impl Index {
    /// Indexes every name of every list.
    pub fn new(lists: &[List], vocabulary: &Vocabulary) -> Index {
        let mut names = Vec::new();
        for (list, l) in lists.iter().enumerate() {
            for (entry, e) in l.entries.iter().enumerate() {
                for (name, n) in e.names.iter().enumerate() {
                    let place = Place { list: list as u16, entry: entry as u32, name: name as u16 };
                    let prepared = Name::new(&n.text, e.kind, vocabulary);
                    if !prepared.parts.is_empty() {
                        let own = own_mass(&prepared);
                        names.push(Listed { place, kind: e.kind, quality: n.quality, name: prepared, own });
                    }
                }
            }
        }
        let mut index = Index { names, tokens: Vec::new(), keys: FxHashMap::default() };
        index.add_tokens();
        index
    }

    /// How many names are indexed.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether nothing is indexed.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn add_tokens(&mut self) {
        let mut known: FxHashMap<(SmolStr, bool, PartKind), u32> = FxHashMap::default();
        for id in 0..self.names.len() {
            let name = &self.names[id].name;
            let vowelless = name.scripts.vowelless;
            let mut found = searchable(name);
            found.extend(joined_parts(name));
            for (part, weight) in found {
                let key = (part.text.clone(), vowelless, part.kind);
                let token = *known.entry(key).or_insert_with(|| {
                    self.tokens.push(Token { part, vowelless, names: Vec::new() });
                    (self.tokens.len() - 1) as u32
                });
                let names = &mut self.tokens[token as usize].names;
                if names.last().is_none_or(|(last, _)| *last != id as u32) {
                    names.push((id as u32, weight));
                }
            }
        }
        for (id, token) in self.tokens.iter().enumerate() {
            for key in keys(&token.part) {
                self.keys.entry(key).or_default().push(id as u32);
            }
        }
    }

    /// Names that may reach `least` log-odds, by position in the index, the likeliest first.
    pub(crate) fn candidates(
        &self,
        query: &Name,
        kind: EntryKind,
        weights: &Weights,
        least: f32,
    ) -> Vec<u32> {
        let mut found = vec![Found::default(); self.names.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut parts = searchable(query);
        parts.extend(joined_parts(query));
        for (at, (part, weight)) in parts.iter().enumerate() {
            let at = at as u32 + 1;
            for (token, ratio) in self.like(part, query.scripts.vowelless) {
                for &(name, listed_weight) in &self.tokens[token as usize].names {
                    let found = &mut found[name as usize];
                    if found.part == at {
                        continue;
                    }
                    if found.part == 0 {
                        touched.push(name);
                    }
                    let weight = weight.max(listed_weight);
                    found.part = at;
                    found.matched += weight;
                    found.cost += ratio * weight.min(1.0);
                }
            }
        }
        let own = own_mass(query);
        let mut ranked: Vec<(i32, u32)> = Vec::new();
        for id in touched {
            let listed = &self.names[id as usize];
            if listed.name.person != query.person || !kind.may_be(listed.kind) {
                continue;
            }
            let odds = found[id as usize].most_odds(weights, (own, listed.own), query.person);
            if odds >= least {
                ranked.push(((odds * -1000.0) as i32, id));
            }
        }
        if ranked.len() > MOST_CANDIDATES {
            ranked.select_nth_unstable(MOST_CANDIDATES);
            ranked.truncate(MOST_CANDIDATES);
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| id).collect()
    }

    /// Tokens like a part, the likest first.
    fn like(&self, part: &Part, vowelless: bool) -> Vec<(u32, f32)> {
        let mut ids: Vec<u32> =
            keys(part).iter().filter_map(|k| self.keys.get(k)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found: Vec<(u32, f32)> = ids
            .into_iter()
            .filter_map(|id| {
                let token = &self.tokens[id as usize];
                let likeness = compare_parts(part, &token.part, vowelless != token.vowelless);
                (likeness.is_match() && likeness.how != How::Initial).then_some((id, likeness.ratio))
            })
            .collect();
        found.sort_by(|x, y| x.1.total_cmp(&y.1));
        found
    }
}

fn own_mass(name: &Name) -> f32 {
    name.parts.iter().filter(|p| is_own(p)).map(|p| p.kind.weight()).sum()
}

fn is_own(part: &Part) -> bool {
    !matches!(part.kind, PartKind::Particle | PartKind::Honorific | PartKind::Number | PartKind::Initial)
}

fn searchable(name: &Name) -> Vec<(Part, f32)> {
    name.parts.iter().filter(|p| is_own(p)).map(|p| (p.clone(), p.kind.weight())).collect()
}

/// Runs of two and three parts, and the whole name, each as one word.
fn joined_parts(name: &Name) -> Vec<(Part, f32)> {
    let count = name.parts.len();
    let mut found = Vec::new();
    for length in 2..=count.min(3) {
        for run in name.parts.windows(length) {
            let text: String = run.iter().map(|p| p.text.as_str()).collect();
            let weight = run.iter().filter(|p| is_own(p)).map(|p| p.kind.weight()).sum::<f32>();
            if text.len() >= 4 && text.len() <= 30 && weight > 0.0 {
                let part = Part {
                    skeleton: skeleton(&text),
                    text: SmolStr::new(text),
                    kind: PartKind::Word,
                    groups: Vec::new(),
                };
                found.push((part, weight));
            }
        }
    }
    found
}

/// Keys of a part: its skeleton, the skeleton without each of its letters, its groups.
fn keys(part: &Part) -> Vec<u64> {
    let mut keys = Vec::with_capacity(part.skeleton.len() + 2);
    let bytes = part.skeleton.as_bytes();
    keys.push(hash(bytes, usize::MAX));
    if bytes.len() >= 3 && bytes.len() <= 12 {
        keys.extend((0..bytes.len()).map(|left_out| hash(bytes, left_out)));
    }
    keys.extend(part.groups.iter().map(|g| u64::from(*g) | 1 << 63));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// FNV-1a of the bytes without the one at `left_out`; the highest bit is clear.
fn hash(bytes: &[u8], left_out: usize) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for (i, b) in bytes.iter().enumerate() {
        if i != left_out {
            hash = (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash & !(1 << 63)
}
