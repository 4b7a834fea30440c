//! The words around what was found, with what was sought marked: what FTS5's `snippet()` gives, at a fraction of its cost.
//!
//! `snippet()` folds and stems every word of a text twice and looks at all its matches again for each of them. Here a
//! word is stemmed only where it begins like one that is sought. What is found is the index's affair alone.

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::stem::stem;

/// Words of an excerpt.
const WORDS: usize = 24;

/// How far a text is looked at from the first place on, in bytes: further on in a long one there may be a better piece.
const FAR: usize = 8 << 10;

/// How far it is looked at in front of the first place: more than an excerpt has.
const NEAR: usize = 2 << 10;

/// What an excerpt that begins with a sentence is worth; at the beginning of the text more.
const SENTENCE: usize = 100;
const BEGINNING: usize = 120;

/// A word or phrase that is sought, as stems.
struct Phrase {
    stems: Vec<Vec<u8>>,
    /// Whether the last one is only the beginning of a word.
    beginning: bool,
}

/// What is sought; where one of several will do (`OR`), all of them are marked.
pub(super) struct Sought {
    phrases: Vec<Phrase>,
    /// Finds where words begin that the phrases may end with.
    likely: Option<AhoCorasick>,
}

/// A place where a phrase stands: the number of its first word, how many words it has, and which phrase it is.
#[derive(Clone, Copy)]
struct Place {
    word: usize,
    words: usize,
    phrase: usize,
}

/// The words of a text as far as it was read: where each stands, and which ones begin sentences.
#[derive(Default)]
struct Words {
    spans: Vec<(usize, usize)>,
    sentences: Vec<usize>,
    /// From where and how far it was read, in bytes.
    from: usize,
    at: usize,
}

impl Sought {
    /// The quoted phrases of an FTS5 expression, but for those that must not occur.
    pub(super) fn of(expression: &str) -> Self {
        let (mut phrases, mut rest, mut unwanted) = (Vec::new(), expression, false);
        while let Some((before, quoted)) = rest.split_once('"') {
            let (phrase, after) = until_quote(quoted);
            let mut words = Words::default();
            let mut stems = Vec::new();
            while let Some((start, end)) = words.next(&phrase) {
                stems.push(stemmed(&phrase[start..end]));
            }
            unwanted = before.ends_with("NOT (") || (unwanted && !before.contains(')'));
            if !unwanted && !before.ends_with("NOT ") && !stems.is_empty() {
                phrases.push(Phrase { stems, beginning: after.starts_with('*') });
            }
            rest = after;
        }
        let beginnings: Option<Vec<&[u8]>> = phrases.iter().map(Phrase::likely).collect();
        let likely = beginnings.and_then(|all| {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(all).ok()
        });
        Sought { phrases, likely }
    }

    /// The best piece of the text, the phrases in it between U+0002 and U+0003.
    pub(super) fn excerpt(&self, text: &str) -> String {
        let mut words = Words::from(self.near(text));
        let places = self.places(text, &mut words);
        let start = best(&words, &places);
        marked(text, &words, start, &places)
    }

    /// A place before which nothing is likely to be found.
    fn near(&self, text: &str) -> usize {
        let Some(likely) = &self.likely else { return 0 };
        let bytes = text.as_bytes();
        let first = likely.find_iter(text).map(|found| found.start()).find(|&start| {
            let begins = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
            begins
                && Words::from(start).next(text).is_some_and(|(start, end)| {
                    let own = stemmed(&text[start..end]);
                    self.phrases.iter().any(|phrase| phrase.ends_with(&own))
                })
        });
        let before = first.unwrap_or(0).saturating_sub(NEAR);
        let blank = bytes[before..].iter().position(u8::is_ascii_whitespace);
        if before == 0 { 0 } else { blank.map_or(0, |blank| before + blank) }
    }

    /// Where the phrases stand, in order; `words` gets the words as far as the text is looked at.
    fn places(&self, text: &str, words: &mut Words) -> Vec<Place> {
        let mut seconds = [0; 256];
        for last in self.phrases.iter().filter_map(|phrase| phrase.stems.last()) {
            seconds[usize::from(last[0])] |= letter(last.get(1));
        }
        let (mut found, mut until) = (Vec::<Place>::new(), usize::MAX);
        while let Some((start, end)) = words.next(text) {
            if start > until {
                break;
            }
            let word = &text.as_bytes()[start..end];
            // What letters beyond ASCII are folded to is seen later.
            if word[0].is_ascii()
                && seconds[usize::from(word[0].to_ascii_lowercase())] & letter(word.get(1)) == 0
            {
                continue;
            }
            let own = stemmed(&text[start..end]);
            for (number, phrase) in self.phrases.iter().enumerate() {
                if phrase.ends(&own, text, &words.spans) {
                    let length = phrase.stems.len();
                    found.push(Place { word: words.spans.len() - length, words: length, phrase: number });
                    until = until.min(start + FAR);
                }
            }
        }
        found.sort_by_key(|place| (place.word, place.phrase));
        found
    }
}

/// A letter as a bit, all bits for what is none; `y` is `i`, for stemming makes it that.
fn letter(byte: Option<&u8>) -> u32 {
    match byte.map(u8::to_ascii_lowercase) {
        Some(b'y') => 1 << 8,
        Some(small @ b'a'..=b'z') => 1 << (small - b'a'),
        _ => u32::MAX,
    }
}

impl Phrase {
    /// How words begin that have its last stem; stemming leaves the first three letters, but for a `y` at the end.
    fn likely(&self) -> Option<&[u8]> {
        let last = self.stems.last()?;
        let sure = last.strip_suffix(b"i").unwrap_or(last);
        let beginning = &sure[..sure.len().min(3)];
        (!beginning.is_empty() && beginning.is_ascii()).then_some(beginning)
    }

    /// Whether this stem is its last.
    fn ends_with(&self, own: &[u8]) -> bool {
        self.stems.last().is_some_and(|last| own == last || (self.beginning && own.starts_with(last)))
    }

    /// Whether the phrase ends with this stem, which is the last of these words.
    fn ends(&self, own: &[u8], text: &str, spans: &[(usize, usize)]) -> bool {
        let Some((_, before)) = self.stems.split_last() else { return false };
        let Some(first) = spans.len().checked_sub(self.stems.len()) else { return false };
        self.ends_with(own)
            && before
                .iter()
                .zip(&spans[first..])
                .all(|(stem, &(start, end))| *stem == stemmed(&text[start..end]))
    }
}

impl Words {
    /// None yet, to be read from there.
    fn from(from: usize) -> Self {
        Words { from, at: from, ..Words::default() }
    }

    /// Reads the next word.
    fn next(&mut self, text: &str) -> Option<(usize, usize)> {
        let start = self.skip(text, false);
        let end = self.skip(text, true);
        if start == end {
            return None;
        }
        let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        let before = &text.as_bytes()[..start];
        let ends = || before.iter().rev().find(|b| !blank(b)).is_some_and(|b| matches!(b, b'.' | b':'));
        if self.spans.is_empty() || (before.last().is_some_and(blank) && ends()) {
            self.sentences.push(self.spans.len());
        }
        self.spans.push((start, end));
        Some((start, end))
    }

    /// Reads on while there are letters and digits, or while there are none.
    fn skip(&mut self, text: &str, letters: bool) -> usize {
        let kind = if letters { LETTER } else { OTHER };
        loop {
            let rest = &text.as_bytes()[self.at..];
            self.at += rest.iter().take_while(|byte| KINDS[usize::from(**byte)] == kind).count();
            let Some(c) = text[self.at..].chars().next().filter(|c| !c.is_ascii()) else { break };
            let mark = ('\u{2010}'..='\u{2027}').contains(&c);
            if (!mark && c.is_alphanumeric() || (letters && is_combining_mark(c))) != letters {
                break;
            }
            self.at += c.len_utf8();
        }
        self.at
    }
}

/// Kinds of bytes: what is no letter, ASCII's letters and digits, parts of what is beyond ASCII.
const OTHER: u8 = 0;
const LETTER: u8 = 1;
const BEYOND: u8 = 2;

const KINDS: [u8; 256] = {
    let mut kinds = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = if (byte as u8).is_ascii_alphanumeric() { LETTER } else { OTHER };
        byte += 1;
    }
    kinds
};

/// Until the quotation mark that ends a quoted string, where two stand for one.
fn until_quote(quoted: &str) -> (String, &str) {
    let (mut words, mut rest) = (String::new(), quoted);
    while let Some((front, after)) = rest.split_once('"') {
        words.push_str(front);
        match after.strip_prefix('"') {
            Some(more) => {
                words.push('"');
                rest = more;
            }
            None => return (words, after),
        }
    }
    (words + rest, "")
}

/// A word as the index has it: small letters, Latin ones without diacritics, stemmed.
fn stemmed(word: &str) -> Vec<u8> {
    let mut folded = Vec::with_capacity(word.len() + 1);
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase() as u8);
        } else if !is_combining_mark(c) {
            let base = std::iter::once(c).nfd().next().unwrap_or(c);
            let plain = if base.is_ascii() { base } else { c };
            let small = plain.to_lowercase().next().unwrap_or(plain);
            folded.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    stem(&mut folded);
    folded
}

/// The word with which the best piece begins.
fn best(words: &Words, places: &[Place]) -> usize {
    let (mut start, mut most) = (0, 0);
    let count = words.spans.len();
    for (n, place) in places.iter().enumerate() {
        let (worth, end) = worth(&places[n..], place.word);
        if worth > most {
            let spare = WORDS as isize - (end - place.word) as isize;
            let middle = place.word as isize - spare / 2;
            (most, start) = (worth, middle.min(count as isize - WORDS as isize).max(0) as usize);
        }
        let sentences = words.sentences.partition_point(|first| *first <= place.word);
        let Some(&first) = words.sentences[..sentences].last() else { continue };
        if count > WORDS && first < place.word {
            let from = places.partition_point(|place| place.word < first);
            let worth = self::worth(&places[from..], first).0 + if first == 0 { BEGINNING } else { SENTENCE };
            if worth > most {
                (most, start) = (worth, first);
            }
        }
    }
    start
}

/// What the places are worth that stand in a piece from this word on, and the word after the last of them.
fn worth(places: &[Place], from: usize) -> (usize, usize) {
    let (mut seen, mut worth, mut end) = (Vec::new(), 0, from);
    for place in places.iter().take_while(|place| place.word < from + WORDS) {
        if seen.contains(&place.phrase) {
            worth += 1;
        } else {
            worth += 1000;
            seen.push(place.phrase);
        }
        end = place.word + place.words;
    }
    (worth, end)
}

/// The piece of the text that begins with a word, marked; what is left out is shown by an ellipsis.
fn marked(text: &str, words: &Words, start: usize, places: &[Place]) -> String {
    let spans = words.spans.as_slice();
    let last = start + WORDS - 1;
    let mut out = String::new();
    let mut at = 0;
    if start > 0 || words.from > 0 {
        out.push('…');
        at = spans.get(start).map_or(words.from, |span| span.0);
    }
    for (first, end) in joined(places).into_iter().filter(|(first, _)| (start..=last).contains(first)) {
        let until = spans[end.min(last)].1;
        out.push_str(&text[at..spans[first].0]);
        out.push('\u{2}');
        out.push_str(&text[spans[first].0..until]);
        out.push('\u{3}');
        at = until;
    }
    let (until, more) = match spans.get(last) {
        Some((_, end)) if last + 1 < spans.len() => (*end, true),
        _ if words.at < text.len() => (words.at, true),
        _ => (text.len(), false),
    };
    out.push_str(&text[at..until]);
    if more {
        out.push('…');
    }
    out
}

/// First and last words of the places, those that overlap as one.
fn joined(places: &[Place]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for place in places {
        let end = place.word + place.words - 1;
        match found.last_mut() {
            Some(last) if place.word <= last.1 => last.1 = last.1.max(end),
            _ => found.push((place.word, end)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::Sought;

    /// What the index itself shows of a text in which it finds the words.
    fn theirs(text: &str, expression: &str) -> Option<String> {
        let index = Connection::open_in_memory().unwrap();
        index
            .execute_batch(
                "CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')",
            )
            .unwrap();
        index.execute("INSERT INTO words (text) VALUES (?1)", [text]).unwrap();
        let sql = "SELECT snippet(words, 0, char(2), char(3), '…', 24) FROM words WHERE words MATCH ?1";
        index.query_row(sql, [expression], |row| row.get(0)).ok()
    }

    fn check(text: &str, expression: &str, wanted: &str) {
        let ours = Sought::of(expression).excerpt(text).replace('\u{2}', "[").replace('\u{3}', "]");
        assert_eq!(ours, wanted);
        let theirs = theirs(text, expression).unwrap_or_else(|| text.to_owned());
        assert_eq!(theirs.replace('\u{2}', "[").replace('\u{3}', "]"), wanted);
    }

    #[test]
    fn what_is_sought_is_marked() {
        check("Guns were shipped, no gun came.", "\"gun\"", "[Guns] were shipped, no [gun] came.");
        check("The Gûns – ‘shipped’ on.", "\"guns ships\"", "The [Gûns – ‘shipped]’ on.");
        check("Shipment of ships.", "\"shi\"*", "[Shipment] of [ships].");
        check("Guns and ships.", "\"guns\" NOT (\"tank\" OR \"shell\")", "[Guns] and ships.");
        check("He said \"so\" twice.", "\"a \"\"so\"\"\" OR \"\"\"twice\"", "He said \"so\" [twice].");
        check(
            "Nothing of the kind, it stands in the title.",
            "\"gun\"",
            "Nothing of the kind, it stands in the title.",
        );
    }

    #[test]
    fn the_best_piece_of_a_long_text_is_shown() {
        let filler = "They met again and talked about many other things of no use here. ".repeat(9);
        let text = format!("A gun was seen. {filler}In the end they sold forty drones and a gun. {filler}");
        check(
            &text,
            "\"drones\" AND \"guns\"",
            "…In the end they sold forty [drones] and a [gun]. They met again and talked about many other things of no use here. They…",
        );
    }

    #[test]
    fn a_very_long_text_is_not_looked_at_to_its_end() {
        let filler = "They met again. ".repeat(super::FAR);
        let text = format!("{filler}He saw a gun there. {filler}Guns and drones.");
        let found = Sought::of("\"gun\" AND \"drone\"").excerpt(&text);
        assert!(
            found.starts_with("…He saw a \u{2}gun\u{3} there. They met") && found.ends_with('…'),
            "{found}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn excerpts_are_those_of_the_index(
            text in "((gun|Guns|ship|shipped|Shipping|the|a|Drone|drônes|été|Зенит|x1)(\\. |: |, | |\n|’|-)){0,90}",
            beginning in "\"(gu|sh|dr|the s)\"\\*",
            phrases in prop::collection::vec("\"(gun|ships|drone|été|зенит|gun ship|the drone|a)\"", 0..4),
            operator in prop::sample::select(vec![" AND ", " OR "]),
            begin in any::<bool>(),
        ) {
            let beginning = (begin || phrases.is_empty()).then_some(beginning);
            let expression = phrases.into_iter().chain(beginning).collect::<Vec<_>>().join(operator);
            if let Some(theirs) = theirs(&text, &expression) {
                prop_assert_eq!(Sought::of(&expression).excerpt(&text), theirs, "{}", expression);
            }
        }
    }
}
