//! Finds many names at once in a text, whatever their hyphens, dots, accents and letter case.
//!
//! A text is cut into pieces: runs of letters, runs of digits, and single signs. Hyphens inside words and dots after
//! single letters are dropped, so "F-16", "F16" and "F 16" are one name, and "U.S." is "US" in two pieces. Names are
//! paths of a trie over pieces; one walk from each piece finds the longest.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// How the letters of a name must be written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// In any way: the name is listed in small letters.
    Any,
    /// With a capital first.
    Initial,
    /// In capitals, but for a plural s.
    Capitals,
}

impl Case {
    fn of(name: &str) -> Case {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        if letters().all(char::is_lowercase) || name.starts_with(char::is_lowercase) {
            Case::Any
        } else if letters().all(char::is_uppercase) && letters().count() <= 5 {
            Case::Capitals
        } else {
            Case::Initial
        }
    }

    fn fits(self, words: &str) -> bool {
        match self {
            Case::Any => true,
            Case::Initial => words.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase),
            Case::Capitals => !words.trim_end_matches('s').chars().any(char::is_lowercase),
        }
    }
}

/// A piece of a text: bytes, and whether it is letters, digits or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    bytes: Range<usize>,
    key: String,
}

#[derive(Debug, Clone)]
struct End<V> {
    case: Case,
    value: V,
}

/// Names with what they stand for.
#[derive(Debug, Clone)]
pub struct Lexicon<V> {
    words: FxHashMap<String, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    ends: FxHashMap<u32, Vec<End<V>>>,
    nodes: u32,
}

impl<V> Default for Lexicon<V> {
    fn default() -> Self {
        Lexicon {
            words: FxHashMap::default(),
            edges: FxHashMap::default(),
            ends: FxHashMap::default(),
            nodes: 1,
        }
    }
}

impl<V: Clone> Lexicon<V> {
    /// Adds `name`, which stands for `value`.
    pub fn add(&mut self, name: &str, value: V) {
        let mut node = 0;
        for piece in pieces(name) {
            let fresh = self.words.len() as u32;
            let word = *self.words.entry(piece.key).or_insert(fresh);
            let nodes = &mut self.nodes;
            node = *self.edges.entry((node, word)).or_insert_with(|| {
                *nodes += 1;
                *nodes - 1
            });
        }
        if node != 0 {
            self.ends.entry(node).or_default().push(End { case: Case::of(name), value });
        }
    }

    /// Adds the noun `name` and its plural.
    pub fn add_noun(&mut self, name: &str, value: V) {
        self.add(name, value.clone());
        self.add(&plural(name), value);
    }

    /// The names in `text`: the longest at each place, none inside another, in order; bytes and values.
    pub fn find<'l>(&'l self, text: &str) -> Vec<(Range<usize>, Vec<&'l V>)> {
        let pieces: Vec<(Range<usize>, Option<u32>)> =
            pieces(text).map(|p| (p.bytes, self.words.get(&p.key).copied())).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            match self.longest(text, &pieces[at..]) {
                Some((count, values)) => {
                    let last = &pieces[at + count - 1].0;
                    found.push((pieces[at].0.start..with_dot(text, last), values));
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    /// What the whole of `text` stands for.
    pub fn get<'l>(&'l self, text: &str) -> Option<&'l V> {
        let found = self.find(text);
        let (bytes, values) = found.first()?;
        (bytes.start == 0 && bytes.end >= text.trim_end_matches('.').len()).then(|| values[0])
    }

    fn longest<'l>(
        &'l self,
        text: &str,
        pieces: &[(Range<usize>, Option<u32>)],
    ) -> Option<(usize, Vec<&'l V>)> {
        let mut node = 0;
        let mut best = None;
        for (i, (bytes, word)) in pieces.iter().enumerate() {
            let Some(&next) = word.and_then(|w| self.edges.get(&(node, w))) else { break };
            node = next;
            let Some(ends) = self.ends.get(&node) else { continue };
            let words = &text[pieces[0].0.start..bytes.end];
            let values: Vec<&V> = ends.iter().filter(|e| e.case.fits(words)).map(|e| &e.value).collect();
            if !values.is_empty() {
                best = Some((i + 1, values));
            }
        }
        best
    }
}

/// The end of a name whose last piece is `last`, with the dot that belongs to it: "U.S.".
fn with_dot(text: &str, last: &Range<usize>) -> usize {
    let initial = last.len() == 1 && text[..last.start].ends_with('.');
    if initial && text[last.end..].starts_with('.') { last.end + 1 } else { last.end }
}

/// The pieces of a text, in order.
fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut at = 0;
    let mut letter_before = false;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let first = rest.chars().next()?;
            let start = at;
            if first.is_alphanumeric() {
                let digits = first.is_numeric();
                let length = rest
                    .find(|c: char| !c.is_alphanumeric() || c.is_numeric() != digits)
                    .unwrap_or(rest.len());
                at += length;
                letter_before = !digits && length == first.len_utf8();
                return Some(Piece { bytes: start..at, key: folded(&text[start..at]) });
            }
            at += first.len_utf8();
            let inside = is_hyphen(first) && !text[..start].ends_with(' ') && !text[at..].starts_with(' ');
            if first.is_whitespace() || inside || (first == '.' && letter_before) {
                letter_before = false;
                continue;
            }
            letter_before = false;
            let key = if first == '\u{2019}' { "'".to_owned() } else { first.to_string() };
            return Some(Piece { bytes: start..at, key });
        }
    })
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}')
}

/// A word in small letters, without accents.
pub(crate) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    any_ascii::any_ascii(word).to_lowercase()
}

/// The plural of a noun phrase whose last word is its head.
fn plural(name: &str) -> String {
    let consonant_y = name.ends_with('y') && !name.ends_with(['a', 'e', 'o']) && {
        let before = name[..name.len() - 1].chars().next_back();
        before.is_some_and(|c| c.is_alphabetic() && !"aeiou".contains(c))
    };
    if consonant_y {
        format!("{}ies", &name[..name.len() - 1])
    } else if name.ends_with("sman") || name.ends_with("swoman") || name.ends_with("gunman") {
        format!("{}en", &name[..name.len() - 2])
    } else if name.ends_with('s') || name.ends_with('x') || name.ends_with("ch") || name.ends_with("sh") {
        format!("{name}es")
    } else {
        format!("{name}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], text: &str, expected: &[&str]) {
        let mut lexicon = Lexicon::default();
        for name in names {
            lexicon.add_noun(name, ());
        }
        let found: Vec<&str> = lexicon.find(text).into_iter().map(|(bytes, _)| &text[bytes]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn hyphens_and_spaces_are_one() {
        check(&["F-16"], "Four F-16s, an F16 and an F 16 flew.", &["F-16s", "F16", "F 16"]);
        check(&["surface-to-air missile"], "surface to air missiles", &["surface to air missiles"]);
    }

    #[test]
    fn the_longest_name_wins() {
        check(&["Korea", "North Korea"], "North Korea and Korea", &["North Korea", "Korea"]);
        check(&["artillery", "artillery shell"], "artillery shelling", &["artillery"]);
    }

    #[test]
    fn capitals_are_asked_for_where_the_name_has_them() {
        check(&["US", "arms", "Turkey"], "US arms for us, Arms and turkey", &["US", "arms", "Arms"]);
    }

    #[test]
    fn dots_and_possessives_and_accents() {
        check(&["U.S.", "US"], "The U.S.-made and US made", &["U.S.", "US"]);
        check(
            &["Côte d'Ivoire", "Abdullah Gül"],
            "Cote d’Ivoire's Abdullah Gul",
            &["Cote d’Ivoire", "Abdullah Gul"],
        );
    }

    #[test]
    fn plurals() {
        assert_eq!(plural("battery"), "batteries");
        assert_eq!(plural("spokesman"), "spokesmen");
        assert_eq!(plural("torch"), "torches");
        assert_eq!(plural("convoy"), "convoys");
    }
}
