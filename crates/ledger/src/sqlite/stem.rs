//! Stems of English words as the index has them: Porter's (1980) in the form that SQLite's FTS5 gives it.

/// Longest and shortest word that is stemmed, in bytes.
const STEMMED: std::ops::RangeInclusive<usize> = 3..=64;

type Rule = (&'static str, &'static str);

const STEP_2: [Rule; 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("logi", "log"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
];

const STEP_3: [Rule; 7] = [
    ("ical", "ic"),
    ("ness", ""),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ful", ""),
    ("ative", ""),
    ("alize", "al"),
];

const STEP_4: [&str; 19] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
];

/// Makes a word, in small letters, its stem.
pub(super) fn stem(word: &mut Vec<u8>) {
    if !STEMMED.contains(&word.len()) {
        return;
    }
    plural(word);
    past(word);
    if word.last() == Some(&b'y') && has_vowel(&word[..word.len() - 1]) {
        word.pop();
        word.push(b'i');
    }
    let measured = |stem: &[u8]| measure(stem) > 0;
    first(word, &STEP_2, measured);
    first(word, &STEP_3, measured);
    if let Some(suffix) = STEP_4.iter().find(|suffix| has_suffix(word, suffix)) {
        let ion = *suffix == "ion";
        swap(word, (*suffix, ""), |stem| {
            measure(stem) > 1 && (!ion || matches!(stem.last(), Some(b's' | b't')))
        });
    }
    if let Some((b'e', stem)) = word.split_last()
        && (measure(stem) > 1 || (measure(stem) == 1 && !is_short(stem)))
    {
        word.pop();
    }
    if word.ends_with(b"ll") && measure(&word[..word.len() - 1]) > 1 {
        word.pop();
    }
}

/// Step 1a: "arms", "batteries".
fn plural(word: &mut Vec<u8>) {
    if word.ends_with(b"sses") && word.len() > 4 || word.ends_with(b"ies") && word.len() > 3 {
        word.truncate(word.len() - 2);
    } else if word.ends_with(b"s") && !word.ends_with(b"ss") {
        word.pop();
    }
}

/// Step 1b: "agreed", "shipped", "shipping".
fn past(word: &mut Vec<u8>) {
    if has_suffix(word, "eed") {
        swap(word, ("eed", "ee"), |stem| measure(stem) > 0);
        return;
    }
    let cut = ["ed", "ing"].iter().find(|suffix| has_suffix(word, suffix));
    if !cut.is_some_and(|suffix| swap(word, (*suffix, ""), has_vowel)) {
        return;
    }
    if let Some(rule) = [("at", "ate"), ("bl", "ble"), ("iz", "ize")].iter().find(|r| has_suffix(word, r.0)) {
        swap(word, *rule, |_| true);
        return;
    }
    match word.as_slice() {
        [.., a, b] if a == b && !is_vowel(*b, false) && !b"lsz".contains(b) => {
            word.pop();
        }
        stem if measure(stem) == 1 && is_short(stem) => word.push(b'e'),
        _ => {}
    }
}

/// Whether something is left in front of the suffix.
fn has_suffix(word: &[u8], suffix: &str) -> bool {
    word.len() > suffix.len() && word.ends_with(suffix.as_bytes())
}

/// Applies the first rule whose suffix the word has, or none.
fn first(word: &mut Vec<u8>, rules: &[Rule], holds: impl Fn(&[u8]) -> bool) {
    if let Some(rule) = rules.iter().find(|rule| has_suffix(word, rule.0)) {
        swap(word, *rule, holds);
    }
}

/// Swaps a suffix where what is in front of it allows that.
fn swap(word: &mut Vec<u8>, (suffix, by): Rule, holds: impl Fn(&[u8]) -> bool) -> bool {
    let front = word.len() - suffix.len();
    let may = front > 0 && holds(&word[..front]);
    if may {
        word.truncate(front);
        word.extend_from_slice(by.as_bytes());
    }
    may
}

fn is_vowel(letter: u8, after_consonant: bool) -> bool {
    b"aeiou".contains(&letter) || (after_consonant && letter == b'y')
}

fn has_vowel(stem: &[u8]) -> bool {
    stem.iter().enumerate().any(|(n, letter)| is_vowel(*letter, n > 0))
}

/// How many times a consonant follows a vowel.
fn measure(stem: &[u8]) -> usize {
    let (mut times, mut consonant, mut after_vowel) = (0, false, false);
    for &letter in stem {
        consonant = !is_vowel(letter, consonant);
        times += usize::from(consonant && after_vowel);
        after_vowel = !consonant;
    }
    times
}

/// Whether it ends in consonant, vowel, consonant, the last one neither w, x nor y.
fn is_short(stem: &[u8]) -> bool {
    let mut consonant = false;
    let kinds: Vec<bool> = stem
        .iter()
        .map(|letter| {
            consonant = !is_vowel(*letter, consonant);
            consonant
        })
        .collect();
    kinds.ends_with(&[true, false, true]) && !matches!(stem.last(), Some(b'w' | b'x' | b'y'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::stem;

    /// What the index makes of each word.
    fn theirs(words: &[String]) -> Vec<String> {
        let index = Connection::open_in_memory().unwrap();
        index
            .execute_batch(
                "CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'porter unicode61 remove_diacritics 2');
                 CREATE VIRTUAL TABLE terms USING fts5vocab(words, instance); BEGIN",
            )
            .unwrap();
        for (row, word) in words.iter().enumerate() {
            index.execute("INSERT INTO words (rowid, word) VALUES (?1, ?2)", (row as i64, word)).unwrap();
        }
        let mut terms = index.prepare("SELECT term FROM terms ORDER BY doc").unwrap();
        terms.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    fn check(words: &[String]) {
        for (word, theirs) in words.iter().zip(theirs(words)) {
            let mut ours = word.as_bytes().to_vec();
            stem(&mut ours);
            assert_eq!(String::from_utf8(ours).unwrap(), theirs, "{word}");
        }
    }

    #[test]
    fn words_of_the_field() {
        let words = "arms deliveries delivered missiles batteries sanctioned agreed shipping shipped howitzers denies \
            relational negotiation capabilities possibly hopping falling filing sized ties dies ies gas sky say ss eed \
            feed freed controlling roll adjustment national organizer electricity formalize usefulness";
        check(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn stems_are_those_of_the_index(
            words in prop::collection::vec(
                "[a-z]{1,4}([aeiouy][bcdlnstz]){0,3}(ational|tional|enci|izer|logi|bli|alli|entli|eli|ousli|ization|\
                 ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|ical|ness|icate|iciti|ful|ative|alize|al|\
                 ance|ence|er|ic|able|ible|ant|ement|ment|ent|ion|ou|ism|ate|iti|ous|ive|ize|e|ll|y|)(s|es|ed|ing|eed|ies|sses|)",
                200,
            ),
        ) {
            check(&words);
        }
    }
}
