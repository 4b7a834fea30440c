//! Finding who may be meant before comparing: an index over the parts of all listed names.
//!
//! A part is found by its consonants, by its consonants with one left out (on both sides, after SymSpell), and by the
//! groups of variants that it is in. Parts found are compared with the part asked for, and names are kept when their
//! parts in common could be enough for a match. Neighbouring parts are indexed joined, too.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::EntryKind;
use super::compare::{FirstLetters, first_letters};
use super::distance::{How, Letters, MATCH_RATIO, compare_parts, least_edits};
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
}

struct Token {
    part: Part,
    vowelless: bool,
    /// The names that have it.
    names: Vec<u32>,
}

/// What rules a token out, apart from the token, so that many fit into the processor's cache.
#[derive(Debug, Clone, Copy)]
struct Outline {
    letters: Letters,
    length: u16,
    /// Weight of the parts in it, at least as a query's part may weigh.
    mass: f32,
    joined: bool,
    /// Whether letters cannot rule it out: it is in a table of variants, or in a script read by its sounds or without
    /// vowels.
    open: bool,
}

/// What rules a name out, likewise.
#[derive(Debug, Clone, Copy)]
struct Outward {
    kind: EntryKind,
    mass: Mass,
}

/// An index over the names of several lists.
pub struct Index {
    pub(crate) names: Vec<Listed>,
    outward: Vec<Outward>,
    tokens: Vec<Token>,
    outlines: Vec<Outline>,
    keys: FxHashMap<u64, Vec<u32>>,
    /// Tokens of bodies for several words each, by the words' first letters.
    acronyms: FxHashMap<SmolStr, Vec<u32>>,
    /// Tokens of bodies that are a short word each.
    words: FxHashMap<SmolStr, Vec<u32>>,
    /// The tokens of parts that were looked up before: nothing that the answer depends on.
    known: RwLock<FxHashMap<Asked, Tokens>>,
}

/// A part that was asked for: its text and kind, flags that matter to it, and the bits of the budget.
type Asked = (SmolStr, PartKind, [bool; 3], u32);

/// Tokens, each with what the edits to it cost, the cheapest first.
type Tokens = Arc<[(u32, f32)]>;

/// How many parts are remembered before all are forgotten: some tens of megabytes.
const MOST_KNOWN: usize = 20_000;
/// How many candidates are compared at most.
const MOST_CANDIDATES: usize = 1500;

/// How much of a name there is to match.
#[derive(Debug, Clone, Copy)]
struct Mass {
    /// Weight of the parts that are the name's own.
    own: f32,
    /// How many initials it has: each may stand for a part of the other name.
    initials: f32,
}

/// Log-odds that two names can hardly exceed where the parts in `mark` match and no others but by initials.
fn most_odds(weights: &Weights, (asked, listed): (Mass, Mass), found: (f32, Mark), person: bool) -> f32 {
    let (covered, mark) = found;
    let left_asked = (asked.own - covered - listed.initials).max(0.0);
    let left_listed = (listed.own - mark.listed - asked.initials).max(0.0);
    let matched = covered.max(mark.listed);
    let conflict = left_asked.min(left_listed);
    let extra = left_asked.max(left_listed) - conflict;
    let total = (matched + left_asked.max(left_listed)).max(0.1);
    // Where more parts match than the name has, some matches are chance, and nobody can say what the others cost.
    let cost = if covered > listed.own + 0.3 { 0.0 } else { mark.cost };
    let weight = |feature: Feature| weights.values[feature as usize];
    let lone = person && matched < 1.3 && extra + conflict > 0.7;
    weights.bias
        + weight(Feature::Conflict) * (conflict - 0.3).clamp(0.0, 2.0)
        + weight(Feature::ConflictShare) * (conflict - 0.3).max(0.0) / total
        + weight(Feature::Extra) * extra.min(3.0)
        + weight(Feature::ExtraShare) * extra / total
        - cost
        + if lone { weight(Feature::Lone) } else { 0.0 }
        + SLACK
}

/// By how much the estimate may be too low: acronyms are not counted in it.
const SLACK: f32 = 0.6;

/// What of the query was found in a name.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    /// A bit for each of the query's parts.
    cover: u32,
    /// Weight of the name's parts that they match.
    listed: f32,
    /// What their edits cost, in log-odds.
    cost: f32,
}

impl Index {
    /// Indexes every name of every list.
    pub fn new(lists: &[List], vocabulary: &Vocabulary) -> Index {
        let (mut names, mut outward) = (Vec::new(), Vec::new());
        for (list, l) in lists.iter().enumerate() {
            for (entry, e) in l.entries.iter().enumerate() {
                for (name, n) in e.names.iter().enumerate() {
                    let place = Place { list: list as u16, entry: entry as u32, name: name as u16 };
                    let prepared = Name::new(&n.text, e.kind, vocabulary);
                    if !prepared.parts.is_empty() {
                        outward.push(Outward { kind: e.kind, mass: mass_of(&prepared) });
                        names.push(Listed { place, kind: e.kind, quality: n.quality, name: prepared });
                    }
                }
            }
        }
        let (tokens, outlines, keys) = (Vec::new(), Vec::new(), FxHashMap::default());
        let (acronyms, words) = (FxHashMap::default(), FxHashMap::default());
        let mut index =
            Index { names, outward, tokens, outlines, keys, acronyms, words, known: RwLock::default() };
        index.add_tokens();
        index.add_acronyms();
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
        let mut known: FxHashMap<(SmolStr, [bool; 4], PartKind), u32> = FxHashMap::default();
        for id in 0..self.names.len() {
            let name = &self.names[id].name;
            let (vowelless, sounded, person) = (name.scripts.vowelless, name.scripts.sounded, name.person);
            let own = own_weights(name);
            for (part, cover) in searchable(name) {
                let joined = cover.count_ones() > 1;
                let key = (part.text.clone(), [vowelless, sounded, joined, person], part.kind);
                let token = *known.entry(key).or_insert_with(|| {
                    let id = self.tokens.len() as u32;
                    for key in keys(&part, person) {
                        self.keys.entry(key).or_default().push(id);
                    }
                    let open = vowelless || sounded || !part.groups.is_empty();
                    let length = part.text.len() as u16;
                    let mass =
                        own.iter().enumerate().filter(|(i, _)| cover & (1 << i) != 0).map(|(_, w)| w).sum();
                    self.outlines.push(Outline { letters: part.letters, length, mass, joined, open });
                    self.tokens.push(Token { part, vowelless, names: Vec::new() });
                    id
                });
                let names = &mut self.tokens[token as usize].names;
                if names.last() != Some(&(id as u32)) {
                    names.push(id as u32);
                }
            }
        }
    }

    /// Adds the words of bodies that may be first letters, and what first letters their words have.
    fn add_acronyms(&mut self) {
        for id in 0..self.names.len() {
            let name = &self.names[id].name;
            if name.person {
                continue;
            }
            let own = own_weights(name);
            let mut found: Vec<(SmolStr, f32, bool)> = Vec::new();
            for (text, cover) in runs_of_letters(name) {
                let mass =
                    own.iter().enumerate().filter(|(i, _)| cover & (1 << i) != 0).map(|(_, w)| w).sum();
                found.push((text, mass, true));
            }
            let short = name.parts.iter().zip(&own).filter(|(p, _)| (3..=6).contains(&p.text.len()));
            found.extend(short.map(|(part, weight)| (part.text.clone(), *weight, false)));
            for (text, mass, of_words) in found {
                let token = self.tokens.len() as u32;
                let map = if of_words { &mut self.acronyms } else { &mut self.words };
                map.entry(text.clone()).or_default().push(token);
                let letters = Letters::of(&text);
                let (length, joined) = (text.len() as u16, of_words);
                self.outlines.push(Outline { letters, length, mass, joined, open: false });
                let part = Part {
                    skeleton: skeleton(&text),
                    letters,
                    text,
                    kind: PartKind::Word,
                    groups: Vec::new(),
                };
                self.tokens.push(Token { part, vowelless: false, names: vec![id as u32] });
            }
        }
    }

    /// Names that may reach `least` log-odds, by position in the index, the likeliest first.
    ///
    /// First every name is marked with the query's parts that share a key with one of its own, which needs no
    /// comparison; only names that could do if all of those matched are looked at part by part.
    pub(crate) fn candidates(
        &self,
        query: &Name,
        kind: EntryKind,
        weights: &Weights,
        least: f32,
    ) -> Vec<u32> {
        let own = own_weights(query);
        let own_bits = (0..own.len()).filter(|i| own[*i] > 0.0).fold(0u32, |bits, i| bits | 1 << i);
        let mut marks = vec![Mark::default(); self.names.len()];
        let mut touched = Vec::new();
        let scale = Scale::new(weights, least);
        // The cheapest first, so that a part counts by its best match whatever else it is like.
        let mut found: Vec<(f32, u32, u32)> = Vec::new();
        for (part, cover) in searchable(query) {
            let tokens = self.look_up(&part, cover.count_ones() > 1, query, &scale);
            found.extend(tokens.iter().map(|&(token, cost)| (cost, cover, token)));
        }
        found.extend(self.acronyms(query));
        found.sort_by(|x, y| x.0.total_cmp(&y.0));
        for (cost, cover, token) in found {
            let token = token as usize;
            for &name in &self.tokens[token].names {
                let mark = &mut marks[name as usize];
                if mark.cover == 0 {
                    touched.push(name);
                }
                // Particles in a run that is otherwise known are nothing new.
                let new = cover & !mark.cover;
                if new & own_bits != 0 || (new != 0 && cover & own_bits == 0) {
                    mark.cost += cost;
                    mark.listed += self.outlines[token].mass;
                    mark.cover |= cover;
                }
            }
        }
        let asked = mass_of(query);
        let mut ranked: Vec<(i32, u32)> = Vec::new();
        for id in touched {
            let listed = self.outward[id as usize];
            let mark = marks[id as usize];
            let matched: f32 = (0..own.len()).filter(|i| mark.cover & (1 << i) != 0).map(|i| own[i]).sum();
            let odds = most_odds(weights, (asked, listed.mass), (matched, mark), query.person);
            if odds >= least && kind.may_be(listed.kind) {
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

    /// Tokens of bodies that are the first letters of several words of the query, or that a word of it is those of.
    fn acronyms(&self, query: &Name) -> Vec<(f32, u32, u32)> {
        if query.person {
            return Vec::new();
        }
        let single = query.parts.iter().enumerate().map(|(i, part)| (part.text.clone(), 1 << i));
        let of_words = single.filter_map(|(text, cover)| Some((self.acronyms.get(&text)?, cover)));
        let runs = runs_of_letters(query);
        let of_letters = runs.iter().filter_map(|(text, cover)| Some((self.words.get(text)?, *cover)));
        of_words
            .chain(of_letters)
            .flat_map(|(ids, cover)| ids.iter().map(move |id| (0.0, cover, *id)))
            .collect()
    }

    /// The tokens that match a part, the likest first, each with what its edits cost; those of single words are
    /// remembered, for names share them.
    fn look_up(&self, part: &Part, joined: bool, query: &Name, scale: &Scale) -> Tokens {
        if joined {
            return self.compare_tokens(part, joined, query, scale).into();
        }
        let flags = [query.scripts.vowelless, query.scripts.sounded, query.person];
        let key = (part.text.clone(), part.kind, flags, scale.budget.to_bits());
        // A lock that another thread's panic has poisoned still guards whole entries.
        if let Some(found) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(found);
        }
        let found: Tokens = self.compare_tokens(part, joined, query, scale).into();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, Arc::clone(&found));
        found
    }

    fn compare_tokens(&self, part: &Part, joined: bool, query: &Name, scale: &Scale) -> Vec<(u32, f32)> {
        let open = query.scripts.vowelless || query.scripts.sounded;
        let length = part.text.len() as u16;
        let firm = part.kind.weight().min(1.0);
        let may = |id: &u32| {
            let token = self.outlines[*id as usize];
            if open || token.open {
                return true;
            }
            let (longer, apart) = (length.max(token.length), length.abs_diff(token.length));
            let least = least_edits(part.letters, token.letters);
            if joined || token.joined {
                apart <= 2 && least <= 0.2 * f32::from(longer)
            } else {
                least <= (MATCH_RATIO * f32::from(longer)).min(scale.most_edits(longer, firm))
            }
        };
        let found = keys(part, query.person);
        let found = found.iter().filter_map(|k| self.keys.get(k)).flatten().copied().filter(may);
        let mut ids: Vec<u32> = found.collect();
        ids.sort_unstable();
        ids.dedup();
        let compared = ids.into_iter().filter_map(|id| {
            let token = &self.tokens[id as usize];
            let likeness = compare_parts(part, &token.part, query.scripts.vowelless != token.vowelless);
            let weight = if matches!(likeness.how, How::Spelling | How::Sound) { firm } else { 0.0 };
            let cost = weight * (scale.edits * likeness.edits.min(4.0) + scale.ratio * likeness.ratio);
            let worst = weight * scale.worst * likeness.ratio;
            let outline = self.outlines[id as usize];
            let run = (joined || outline.joined) && !open && !outline.open;
            let longer = length.max(outline.length);
            if run && likeness.edits > 0.2 * f32::from(longer) + 0.01 {
                return None;
            }
            let fits = likeness.is_match() && likeness.how != How::Initial && cost + worst <= scale.budget;
            fits.then_some((id, cost))
        });
        let mut found: Vec<(u32, f32)> = compared.collect();
        found.sort_by(|x, y| x.1.total_cmp(&y.1));
        found
    }
}

/// What edits cost, in log-odds, and how much of that a match can bear.
struct Scale {
    edits: f32,
    ratio: f32,
    /// The same for the worst part of a name alone.
    worst: f32,
    budget: f32,
}

impl Scale {
    fn new(weights: &Weights, least: f32) -> Self {
        let weight = |feature: Feature| -weights.values[feature as usize];
        let budget = (weights.bias + SLACK - least).max(0.0);
        let (edits, ratio, worst) = (weight(Feature::Edits), weight(Feature::Ratio), weight(Feature::Worst));
        Scale { edits, ratio, worst, budget }
    }

    /// Letters of two words that may differ where their consonants do not sound the same; those count 0.7.
    fn most_edits(&self, letters: u16, weight: f32) -> f32 {
        self.budget / (0.7 * weight * (self.edits + (self.ratio + self.worst) / f32::from(letters))).max(1e-6)
    }
}

/// The first letters of every run of three to six words, with a bit for each part.
fn runs_of_letters(name: &Name) -> Vec<(SmolStr, u32)> {
    let of = |length: usize| first_letters(name, length);
    let bits = |run: &FirstLetters| ((1u32 << (run.to - run.from)) - 1) << run.from;
    (3..=name.parts.len().min(6)).flat_map(of).map(|run| (SmolStr::new(&run.letters), bits(&run))).collect()
}

/// The weight of each part that is the name's own, 0 for others.
fn own_weights(name: &Name) -> Vec<f32> {
    name.parts.iter().map(|p| if is_own(p) { p.kind.weight() } else { 0.0 }).collect()
}

fn mass_of(name: &Name) -> Mass {
    let own = name.parts.iter().filter(|p| is_own(p)).map(|p| p.kind.weight()).sum();
    let letters = |p: &Part| match p.kind {
        PartKind::Initial => 1,
        // `JC` may be two initials.
        PartKind::Word if name.person && p.text.len() <= 3 && !has_vowel(&p.text) => p.text.len(),
        _ => 0,
    };
    let initials: usize = name.parts.iter().map(letters).sum();
    Mass { own, initials: initials as f32 }
}

fn has_vowel(word: &str) -> bool {
    word.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

fn is_own(part: &Part) -> bool {
    !matches!(part.kind, PartKind::Particle | PartKind::Honorific | PartKind::Number | PartKind::Initial)
}

/// Runs of two and three parts, each as one word, and then the parts that are the name's own, with a bit for each part.
///
/// Runs come first: where one matches at all it costs less than its parts do alone.
fn searchable(name: &Name) -> Vec<(Part, u32)> {
    // A title may be somebody's name.
    let own = |(_, p): &(usize, &Part)| is_own(p) || p.kind == PartKind::Honorific;
    let mut found: Vec<(Part, u32)> = Vec::new();
    for length in 2..=name.parts.len().min(3) {
        for (from, run) in name.parts.windows(length).enumerate() {
            let text: String = run.iter().map(|p| p.text.as_str()).collect();
            if text.len() >= 4 && text.len() <= 30 {
                let part = Part {
                    skeleton: skeleton(&text),
                    letters: Letters::of(&text),
                    text: SmolStr::new(text),
                    kind: PartKind::Word,
                    groups: Vec::new(),
                };
                found.push((part, ((1 << length) - 1) << from));
            }
        }
    }
    found.extend(name.parts.iter().enumerate().filter(own).map(|(i, p)| (p.clone(), 1 << i)));
    found
}

/// Keys of a part of a person's or another name: its skeleton, the skeleton without each of its letters, its groups.
fn keys(part: &Part, person: bool) -> Vec<u64> {
    let mut keys = Vec::with_capacity(part.skeleton.len() + 2);
    let bytes = part.skeleton.as_bytes();
    keys.push(hash(bytes, usize::MAX));
    if bytes.len() >= 3 && bytes.len() <= 12 {
        keys.extend((0..bytes.len()).map(|left_out| hash(bytes, left_out)));
    }
    keys.extend(part.groups.iter().map(|g| u64::from(*g) | 1 << 63));
    if person {
        keys.iter_mut().for_each(|key| *key ^= 1 << 62);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// FNV-1a of the bytes without the one at `left_out`; the two highest bits are clear.
fn hash(bytes: &[u8], left_out: usize) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for (i, b) in bytes.iter().enumerate() {
        if i != left_out {
            hash = (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash & !(0b11 << 62)
}
