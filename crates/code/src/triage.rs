//! Whether a document can hold a claim at all, seen from its bytes.
//!
//! Parsing takes most of the time of reading, and most of the world's news is about something else. One automaton over
//! bytes looks for goods, military words and measures; where none of them occurs there is nothing to code.

use aho_corasick::{AhoCorasick, MatchKind};

/// Letters from which on a word may stand with any ending: "missile" also in "missiles", "sanction" in "sanctioned".
const LONG_LETTERS: usize = 5;

/// Endings of shorter words: "gun" also in "guns", not in "gunnel".
const ENDINGS: &[&str] = &["", "s", "es", "ed", "ing", "ry", "er", "ers", "er's"];

/// What stands between the parts of a name: "F-16", "F 16", "F16".
const JOINTS: &[&str] = &["-", " ", ""];

/// Finds whether any word of goods, military matters or measures occurs in a text.
#[derive(Debug)]
pub struct Triage {
    automaton: Option<AhoCorasick>,
    /// For each pattern: whether its first letter must be a capital.
    capital: Vec<bool>,
}

impl Triage {
    /// Looks for `words`; a name with a capital first is found only with a capital first.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut patterns: Vec<(String, bool)> = Vec::new();
        for word in words {
            let capital = word.starts_with(char::is_uppercase);
            // "battery" is found in "batteries" by what both begin with.
            let stem = word.strip_suffix('y').filter(|stem| stem.len() > LONG_LETTERS);
            let words = stem.unwrap_or(word).to_lowercase();
            for joint in JOINTS {
                patterns.push((words.replace(['-', ' '], joint), capital));
            }
            patterns.push((words, capital)); // "dual-use item" has joints of both kinds
        }
        // The small-letter word stands before the name that is written like it: it may be found in either case.
        patterns.sort();
        patterns.dedup_by(|later, earlier| later.0 == earlier.0);
        patterns.retain(|(word, _)| word.len() > 1);
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|(word, _)| word))
            .ok();
        Triage { automaton, capital: patterns.into_iter().map(|(_, capital)| capital).collect() }
    }

    /// Whether any of the words stands in `text`.
    pub fn finds(&self, text: &str) -> bool {
        // An automaton that could not be built (more patterns than it can hold) sends all to the parser.
        let Some(automaton) = &self.automaton else { return true };
        automaton.find_overlapping_iter(text).any(|found| {
            let (start, end) = (found.start(), found.end());
            let capital = self.capital[found.pattern().as_usize()];
            (!capital || text.as_bytes()[start].is_ascii_uppercase()) && stands_alone(text, start, end)
        })
    }
}

/// Whether the bytes `start..end` of `text` are a word, but for its ending.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return false };
    if before.ends_with(char::is_alphanumeric) {
        return false;
    }
    let rest = after.find(|c: char| !c.is_alphanumeric()).map_or(after, |i| &after[..i]);
    let letters = text[start..end].ends_with(char::is_alphabetic);
    if letters && end - start >= LONG_LETTERS {
        return true;
    }
    let endings = if letters { ENDINGS } else { &["", "s"] };
    endings.contains(&rest.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Codebook;

    #[test]
    fn a_short_word_needs_its_end_and_a_long_one_does_not() {
        let triage = Triage::new(["war", "missile"]);
        assert!(triage.finds("A WAR was feared"));
        assert!(triage.finds("two wars"));
        assert!(!triage.finds("warm water, a ward, software"));
        assert!(triage.finds("old missiles"));
        assert!(triage.finds("missileers"));
    }

    #[test]
    fn a_name_needs_its_capital_and_may_be_joined_in_any_way() {
        let triage = Triage::new(["Archer", "F-16"]);
        assert!(triage.finds("eight Archer howitzers"));
        assert!(!triage.finds("an archer of note"));
        for text in ["an F-16.", "an F 16.", "four F16s"] {
            assert!(triage.finds(text), "{text}");
        }
        assert!(!triage.finds("model AF-16, F-161"));
    }

    #[test]
    fn the_common_news_is_left_and_what_touches_arms_is_taken() {
        let triage = &Codebook::shared().triage;
        for text in [
            "The striker joined the club on a four-year deal worth 30 million euros, the coach said.",
            "Heavy rain closed two schools on Monday. The mayor said that buses would run again by noon.",
            "The bank raised its rate by a quarter of a point and said that prices were easing.",
            "",
        ] {
            assert!(!triage.finds(text), "{text}");
        }
        for text in [
            "The shipment of ammunition left on Monday.",
            "Ministers agreed new sanctions.",
            "The two generals spoke of military cooperation.",
            "Nobody would say who armed the rebels.",
            "Three S-400s were seen on the road.",
            "Serbia sold Patriot batteries to Chad.",
            "Chad asked for Javelins.",
            "A licence for dual-use items was refused.",
        ] {
            assert!(triage.finds(text), "{text}");
        }
    }
}
