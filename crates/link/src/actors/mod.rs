//! Actors across documents: one person or firm under several spellings, and people's judgements on who is who.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::judgements::{Judged, pairs};
use crate::sets::Sets;

/// Spellings of words at least this alike (Jaro-Winkler) are one, where the rest of the name is the same.
const ALIKE: f64 = 0.94;
/// A word shorter than this must be spelt the same.
const LONG: usize = 6;

/// An actor with all its spellings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The spelling that stands for it: the commonest, of equals the longest.
    pub name: String,
    /// All spellings, sorted.
    pub spellings: Vec<String>,
}

/// Which spelling stands for which actor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actors {
    names: FxHashMap<String, String>,
    actors: Vec<Actor>,
}

impl Actors {
    /// Puts spellings together, each given with how often it occurs; `standing` are the judgements in force.
    ///
    /// States (three capitals) are only ever joined by judgement. A merge joins whatever it names; a split keeps two
    /// spellings apart against the rules here; of a merge and a split of the same two the later one counts.
    pub fn new(counts: &BTreeMap<String, usize>, standing: &[Judged]) -> Self {
        let mut names: BTreeMap<&str, usize> = counts.iter().map(|(name, &n)| (name.as_str(), n)).collect();
        let merged = pairs(standing, "actor", "merge");
        let parted = pairs(standing, "actor", "split");
        for &(_, a, b) in merged.iter().chain(&parted) {
            names.entry(a).or_default();
            names.entry(b).or_default();
        }
        let order: Vec<&str> = names.keys().copied().collect();
        let at = |name: &str| order.binary_search(&name).unwrap_or(0);
        let latest = |a: &str, b: &str, of: &[(i64, &str, &str)]| {
            of.iter()
                .filter(|&&(_, x, y)| (x, y) == (a, b) || (x, y) == (b, a))
                .map(|p| p.0)
                .max()
                .unwrap_or(i64::MIN)
        };
        let apart: Vec<(usize, usize)> = parted
            .iter()
            .filter(|&&(number, a, b)| number > latest(a, b, &merged))
            .map(|&(_, a, b)| (at(a), at(b)))
            .collect();
        let mut sets = Sets::new(order.len());
        for &(number, a, b) in &merged {
            if number > latest(a, b, &parted) {
                sets.join(at(a), at(b));
            }
        }
        for (a, b) in alike(&order) {
            join_unless(&mut sets, a, b, &apart);
        }
        Self::from_groups(&order, &names, &sets.groups())
    }

    fn from_groups(order: &[&str], counts: &BTreeMap<&str, usize>, groups: &[Vec<usize>]) -> Self {
        let mut actors = Actors::default();
        for group in groups {
            let spellings: Vec<String> = group.iter().map(|&i| order[i].to_owned()).collect();
            let best = group.iter().map(|&i| order[i]).max_by_key(|name| {
                (is_state(name), counts[name], name.chars().count(), std::cmp::Reverse(*name))
            });
            let name = best.unwrap_or_default().to_owned();
            for spelling in &spellings {
                actors.names.insert(spelling.clone(), name.clone());
            }
            actors.actors.push(Actor { name, spellings });
        }
        actors.actors.sort_by(|a, b| a.name.cmp(&b.name));
        actors
    }

    /// The spelling that stands for `name`; `name` itself where it is not known.
    pub fn resolve<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }

    /// All actors, by name.
    pub fn all(&self) -> &[Actor] {
        &self.actors
    }
}

/// Whether a name is the code of a state.
pub(crate) fn is_state(name: &str) -> bool {
    name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// Joins two unless that would put together two that a person keeps apart.
fn join_unless(sets: &mut Sets, a: usize, b: usize, apart: &[(usize, usize)]) {
    let (x, y) = (sets.find(a), sets.find(b));
    let kept = apart.iter().any(|&(p, q)| {
        let (p, q) = (sets.find(p), sets.find(q));
        (p, q) == (x, y) || (p, q) == (y, x)
    });
    if !kept {
        sets.join(a, b);
    }
}

/// Pairs of names that are spellings of one.
fn alike(order: &[&str]) -> Vec<(usize, usize)> {
    let mut by_words: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut found = Vec::new();
    let mut blocks: BTreeMap<(usize, Option<char>), BTreeSet<Vec<String>>> = BTreeMap::new();
    for (i, name) in order.iter().enumerate().filter(|(_, name)| !is_state(name)) {
        let words = words(name);
        if words.is_empty() {
            continue;
        }
        match by_words.get(&words) {
            Some(&first) => found.push((first, i)),
            None => {
                blocks.entry((words.len(), words[0].chars().next())).or_default().insert(words.clone());
                by_words.insert(words, i);
            }
        }
    }
    for block in blocks.values() {
        let block: Vec<&Vec<String>> = block.iter().collect();
        for (n, a) in block.iter().enumerate() {
            for b in block[n + 1..].iter().filter(|b| differ_by_a_slip(a.as_slice(), b.as_slice())) {
                found.push((by_words[*a], by_words[*b]));
            }
        }
    }
    found
}

/// Whether two names of as many words differ by the spelling of one long word only.
fn differ_by_a_slip(a: &[String], b: &[String]) -> bool {
    let mut other = a.iter().zip(b).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (other.next(), other.next()) else { return false };
    let digits = x.bytes().chain(y.bytes()).any(|b| b.is_ascii_digit());
    a.len() > 1 && !digits && x.len().min(y.len()) >= LONG && strsim::jaro_winkler(x, y) >= ALIKE
}

/// The words that make a name: folded to ASCII, without titles, forms of firms and `the`; `Surname, Name` turned.
pub(crate) fn words(name: &str) -> Vec<String> {
    let turned = match name.split_once(", ") {
        Some((last, first)) if !is_form(first) && !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    let plain = any_ascii::any_ascii(&turned).to_ascii_lowercase().replace(['.', '\''], "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let kept: Vec<String> =
        words.clone().filter(|w| !TITLES.contains(w) && !is_form(w)).map(str::to_owned).collect();
    if kept.is_empty() { words.map(str::to_owned).collect() } else { kept }
}

/// A name as one key: the same for all spellings that [`words`] makes equal.
pub(crate) fn key(name: &str) -> String {
    words(name).join(" ")
}

fn is_form(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace('.', "");
    FORMS.contains(&word.as_str())
}

const TITLES: &[&str] = &[
    "the",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "president",
    "minister",
    "prime",
    "secretary",
    "general",
    "gen",
    "senator",
    "sen",
    "representative",
    "rep",
    "admiral",
    "adm",
    "colonel",
    "col",
    "ambassador",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "us",
];
const FORMS: &[&str] = &[
    "inc",
    "ltd",
    "llc",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "sa",
    "ao",
    "oao",
    "pao",
    "ooo",
    "jsc",
    "pjsc",
    "limited",
    "incorporated",
    "fze",
    "fzco",
    "spa",
    "bv",
    "nv",
    "ab",
    "oy",
    "as",
    "aps",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgements::tests::judged;
    use serde_json::json;

    /// Spellings on the left; the actors on the right, spellings parted by `=`, actors by `;`.
    fn check(names: &[&str], standing: &[Judged], expected: &str) {
        let mut counts = BTreeMap::new();
        for name in names {
            *counts.entry((*name).to_owned()).or_default() += 1;
        }
        let actors = Actors::new(&counts, standing);
        let shown: Vec<String> = actors.all().iter().map(|a| a.spellings.join("=")).collect();
        assert_eq!(shown.join("; "), expected);
    }

    #[test]
    fn joins_spellings() {
        check(&["Norrland Dynamics AB", "Norrland Dynamics"], &[], "Norrland Dynamics=Norrland Dynamics AB");
        check(
            &["Tessel, Marko", "Marko Tessel", "Mr. Marko Tessel"],
            &[],
            "Marko Tessel=Mr. Marko Tessel=Tessel, Marko",
        );
        check(&["Viktor Andreyev", "Viktor Andreiev"], &[], "Viktor Andreiev=Viktor Andreyev");
        check(&["Plant 1205", "Plant 1206", "IRN", "IRQ"], &[], "IRN; IRQ; Plant 1205; Plant 1206");
        check(&["Ana Tessel", "Marko Tessel"], &[], "Ana Tessel; Marko Tessel");
    }

    #[test]
    fn judgements_overrule() {
        let merge = judged(1, "actor", "Falke Werke", "merge", json!({"with": "Norrland Dynamics"}));
        let split = judged(2, "actor", "Falke Werke", "split", json!({"with": "Norrland Dynamics"}));
        let names = ["Falke Werke", "Norrland Dynamics"];
        check(&names, std::slice::from_ref(&merge), "Falke Werke=Norrland Dynamics");
        check(&names, &[merge, split], "Falke Werke; Norrland Dynamics");
        let apart = judged(3, "actor", "Norrland Dynamics AB", "split", json!({"with": "Norrland Dynamics"}));
        check(
            &["Norrland Dynamics AB", "Norrland Dynamics"],
            &[apart],
            "Norrland Dynamics; Norrland Dynamics AB",
        );
    }

    #[test]
    fn the_commonest_spelling_stands_for_all() {
        let counts = BTreeMap::from([("Marko Tessel".to_owned(), 3), ("Tessel, Marko".to_owned(), 1)]);
        let actors = Actors::new(&counts, &[]);
        assert_eq!(actors.resolve("Tessel, Marko"), "Marko Tessel");
        assert_eq!(actors.resolve("nobody"), "nobody");
    }
}
