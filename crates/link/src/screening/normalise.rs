//! A name taken apart: its parts in ASCII lower case, each with its kind and its weight.

use smol_str::SmolStr;

use super::EntryKind;
use super::distance::Letters;
use super::script::{Scripts, to_latin};
use super::vocabulary::Vocabulary;

/// What a part of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// A word of the name's own.
    Word,
    /// One letter.
    Initial,
    /// A number, in digits; words and Roman figures are rewritten.
    Number,
    /// `al`, `bin`, `van`, `of`.
    Particle,
    /// `Dr`, `Mullah`, `Jr`.
    Honorific,
    /// A Slavic patronymic, by its ending.
    Patronymic,
    /// `Group`, `Trading`: a word that many companies have.
    Generic,
}

impl PartKind {
    /// How much of a name such a part is, from 0 to 1.
    pub fn weight(self) -> f32 {
        match self {
            PartKind::Word => 1.0,
            PartKind::Initial => 0.7,
            PartKind::Number => 0.8,
            PartKind::Patronymic => 0.8,
            PartKind::Generic => 0.6,
            PartKind::Honorific => 0.3,
            PartKind::Particle => 0.15,
        }
    }
}

/// One part of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The part in ASCII lower case.
    pub text: SmolStr,
    /// Its consonants, with look-alike sounds made one.
    pub skeleton: SmolStr,
    /// What it is.
    pub kind: PartKind,
    /// The groups of [`Vocabulary`] that it is in.
    pub groups: Vec<u16>,
    /// The letters that it has.
    pub(crate) letters: Letters,
}

/// A name ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The name as it was written.
    pub text: String,
    /// Its parts, given names first where a comma told the order; legal forms are not among them.
    pub parts: Vec<Part>,
    /// Classes of the legal forms that it has, in order, none twice.
    pub legal: Vec<u8>,
    /// The scripts it is written in.
    pub scripts: Scripts,
    /// Whether it is a person's: parts then have another order and other words of little weight.
    pub person: bool,
    /// Whether its kind was told.
    pub told: bool,
    /// Whether it has a legal form or a word that many bodies have, such as `Bank`.
    pub bodily: bool,
    /// Sum of the weights of the parts.
    pub mass: f32,
    /// All letters and digits of the parts, joined.
    pub joined: String,
    /// Two neighbouring parts that are one name of the vocabulary when read together, and its groups.
    pub(crate) joints: Vec<((usize, usize), Vec<u16>)>,
}

const MAX_CHARS: usize = 400;
const MAX_PARTS: usize = 14;

impl Name {
    /// Takes a name apart. Only the first 400 characters and 14 parts count.
    pub fn new(text: &str, kind: EntryKind, vocabulary: &Vocabulary) -> Name {
        let cut: String = text.chars().take(MAX_CHARS).collect();
        let person = matches!(kind, EntryKind::Person);
        let (latin, scripts) = to_latin(&cut);
        let latin =
            if person || kind == EntryKind::Unknown { given_names_first(&latin, person) } else { latin };
        let mut words = split_words(&latin);
        let mut legal = Vec::new();
        if !person {
            strip_legal_forms(&mut words, vocabulary, &mut legal);
        }
        let mut parts = classify(&words, kind, vocabulary, scripts);
        parts.truncate(MAX_PARTS);
        let mass = parts.iter().map(|p| p.kind.weight()).sum();
        let joined = parts.iter().map(|p| p.text.as_str()).collect();
        let joints = joints(&parts, vocabulary);
        let told = kind != EntryKind::Unknown;
        let bodily = !legal.is_empty() || words.iter().any(|word| vocabulary.generic.contains(word.as_str()));
        Name { text: text.to_owned(), parts, legal, scripts, person, told, bodily, mass, joined, joints }
    }
}

fn joints(parts: &[Part], vocabulary: &Vocabulary) -> Vec<((usize, usize), Vec<u16>)> {
    let pair = |(i, w): (usize, &[Part])| {
        let groups = vocabulary.groups.get(format!("{}{}", w[0].text, w[1].text).as_str())?;
        Some(((i, i + 2), groups.clone()))
    };
    parts.windows(2).enumerate().filter_map(pair).collect()
}

/// `SMITH, John` as `John SMITH`; a name with several commas, or with nothing but a legal form behind one, stays.
fn given_names_first(latin: &str, person: bool) -> String {
    let Some((surname, given)) = latin.split_once(',') else {
        return latin.to_owned();
    };
    let tail = given.trim().to_ascii_lowercase();
    let suffix =
        matches!(tail.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv" | "phd" | "md" | "esq");
    if !person || suffix || tail.is_empty() || given.contains(',') {
        return latin.replace(',', " ");
    }
    format!("{} {}", given.trim(), surname.trim())
}

/// Words in ASCII lower case: letters and digits, without apostrophes; dotted letters are one word.
pub(crate) fn fold_words(text: &str) -> Vec<String> {
    split_words(&to_latin(text).0)
}

fn split_words(latin: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let latin = latin.replace('&', " and ");
    for chunk in latin.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '/' | ',' | ';' | ':' | '"' | '(' | ')' | '_' | '+')
    }) {
        push_chunk(&mut words, chunk);
    }
    join_single_letters(&mut words, &latin);
    words
}

/// One run without blanks: `S.A.` is `sa`, `Corp.` is `corp`, `Bank's` is `bank`, `A.Khamenei` is two words.
fn push_chunk(words: &mut Vec<String>, chunk: &str) {
    let lower = chunk.to_ascii_lowercase();
    let lower = lower.strip_suffix("'s").unwrap_or(&lower);
    let pieces: Vec<String> = lower
        .split('.')
        .map(|piece| piece.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|piece| !piece.is_empty())
        .collect();
    if pieces.len() > 1 && pieces.iter().all(|p| p.len() <= 2) {
        words.push(pieces.concat());
        return;
    }
    for piece in pieces {
        push_split_digits(words, &piece);
    }
}

/// `ar16` stays one word of letters and one of digits, so that the number can be compared as a number.
fn push_split_digits(words: &mut Vec<String>, piece: &str) {
    let bytes = piece.as_bytes();
    let at = bytes.windows(2).position(|w| w[0].is_ascii_alphabetic() && w[1].is_ascii_digit());
    match at {
        Some(i) if bytes[i + 1..].iter().all(u8::is_ascii_digit) => {
            words.push(piece[..=i].to_owned());
            words.push(piece[i + 1..].to_owned());
        }
        _ => words.push(piece.to_owned()),
    }
}

/// `s a r l` written apart is one word, in company names and in persons' initials alike.
fn join_single_letters(words: &mut Vec<String>, latin: &str) {
    let spaced = latin.contains(". ") && latin.contains('.');
    let mut at = 0;
    while at < words.len() {
        let run =
            words[at..].iter().take_while(|w| w.len() == 1 && w.as_bytes()[0].is_ascii_alphabetic()).count();
        if run >= 3 || (run == 2 && !spaced) {
            let joined = words[at..at + run].concat();
            words.splice(at..at + run, [joined]);
        }
        at += run.max(1);
    }
}

/// Takes legal forms out of `words`, the longest first, unless nothing of the name's own would be left.
fn strip_legal_forms(words: &mut Vec<String>, vocabulary: &Vocabulary, legal: &mut Vec<u8>) {
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=vocabulary.legal_words.min(words.len() - at)).rev().find_map(|n| {
            let class = *vocabulary.legal.get(words[at..at + n].join(" ").as_str())?;
            let edge = at == 0 || at + n == words.len() || words[at..at + n].concat().len() > 2;
            (edge && n < words.len()).then_some((n, class))
        });
        match longest {
            Some((n, class)) => {
                let rest_is_own = words.iter().enumerate().any(|(i, w)| {
                    (i < at || i >= at + n)
                        && !vocabulary.stop.contains(w.as_str())
                        && !vocabulary.generic.contains(w.as_str())
                });
                if !rest_is_own {
                    at += n;
                    continue;
                }
                words.drain(at..at + n);
                if !legal.contains(&class) {
                    legal.push(class);
                }
            }
            None => at += 1,
        }
    }
}

fn classify(words: &[String], kind: EntryKind, vocabulary: &Vocabulary, scripts: Scripts) -> Vec<Part> {
    let person = kind == EntryKind::Person;
    let mut parts = Vec::with_capacity(words.len());
    let mut pending: Option<u32> = None;
    for (at, word) in words.iter().enumerate() {
        if !person {
            if let Some(value) = number_of(word, at, vocabulary) {
                pending = match pending {
                    Some(tens) if tens >= 20 && tens % 10 == 0 && value < 10 => {
                        parts.pop();
                        Some(tens + value)
                    }
                    _ => Some(value),
                };
                let digits = pending.map_or_else(String::new, |v| v.to_string());
                parts.push(part(&digits, PartKind::Number, vocabulary));
                continue;
            }
            pending = None;
        }
        if scripts.vowelless && word.len() > 3 && word.starts_with("al") && word != "allh" {
            parts.push(part("al", PartKind::Particle, vocabulary));
            parts.push(part(&word[2..], PartKind::Word, vocabulary));
            continue;
        }
        parts.push(part(word, kind_of(word, person, words.len(), vocabulary), vocabulary));
    }
    let own =
        parts.iter().any(|p| matches!(p.kind, PartKind::Word | PartKind::Patronymic | PartKind::Number));
    if !own {
        for part in &mut parts {
            part.kind = PartKind::Word;
        }
    }
    parts
}

fn kind_of(word: &str, person: bool, words: usize, vocabulary: &Vocabulary) -> PartKind {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return PartKind::Number;
    }
    if person {
        if words > 1 && vocabulary.honorifics.contains(word) {
            return PartKind::Honorific;
        }
        if words > 1 && vocabulary.particles.contains(word) {
            return PartKind::Particle;
        }
        if word.len() == 1 {
            return PartKind::Initial;
        }
        if words > 2 && is_patronymic(word) {
            return PartKind::Patronymic;
        }
        return PartKind::Word;
    }
    if vocabulary.stop.contains(word) {
        PartKind::Particle
    } else if vocabulary.generic.contains(word) {
        PartKind::Generic
    } else if word.len() == 1 {
        PartKind::Initial
    } else {
        PartKind::Word
    }
}

fn is_patronymic(word: &str) -> bool {
    word.len() > 6
        && [
            "ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovych", "yivna", "ivna", "ovic", "evic",
            "ogly", "oglu", "qizi",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
}

fn number_of(word: &str, at: usize, vocabulary: &Vocabulary) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    if let Some(value) = vocabulary.numbers.get(word) {
        return Some(*value);
    }
    if at == 0 || word.len() > 5 {
        return None;
    }
    roman(word)
}

/// Roman figures from ii to xxxix, and v, x; not i, which is a word.
fn roman(word: &str) -> Option<u32> {
    if word == "i" || !word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) {
        return None;
    }
    let value_of = |b: u8| match b {
        b'i' => 1,
        b'v' => 5,
        _ => 10,
    };
    let bytes = word.as_bytes();
    let mut total = 0u32;
    for (i, &b) in bytes.iter().enumerate() {
        let value = value_of(b);
        if bytes.get(i + 1).is_some_and(|&next| value_of(next) > value) {
            total = total.checked_sub(value).unwrap_or(total + 100 - value);
        } else {
            total += value;
        }
    }
    Some(total % 100)
}

fn part(text: &str, kind: PartKind, vocabulary: &Vocabulary) -> Part {
    let groups = vocabulary.groups.get(text).cloned().unwrap_or_default();
    let text = sounded_x(text);
    Part { skeleton: skeleton(&text), letters: Letters::of(&text), text, kind, groups }
}

/// A word with `x` between vowels, or after one at its end, as it sounds: `Axelrod` is `Akselrod`. Before `i` and `u` it
/// may be Chinese and stays.
fn sounded_x(word: &str) -> SmolStr {
    let bytes = word.as_bytes();
    let vowel = |at: usize, of: &[u8]| bytes.get(at).is_some_and(|b| of.contains(b));
    let sounds = |at: usize| {
        at > 0
            && bytes[at] == b'x'
            && vowel(at - 1, b"aeiou")
            && (at + 1 == bytes.len() || vowel(at + 1, b"aeo"))
    };
    let Some(at) = (0..bytes.len()).find(|&at| sounds(at)) else { return SmolStr::new(word) };
    SmolStr::from_iter([&word[..at], "ks", &word[at + 1..]])
}

/// The consonants of a word with look-alike sounds made one: `mohammed` and `muhamad` are `mmt`.
///
/// In the manner of Metaphone, but coarser and for transliterated names of any language: k/q/g/c, s/z/sh/zh/ts/j/ch,
/// t/d/th/dh, p/b, f/v/ph/w are one sound each; h, y and vowels are left out except at the beginning.
pub(crate) fn skeleton(word: &str) -> SmolStr {
    let bytes = word.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let (sound, used) = match (bytes[at], next) {
            (b'k' | b'g', b'h') => ('k', 2),
            (b'p', b'h') => ('f', 2),
            (b's' | b'c' | b'z' | b't', b'h') if bytes[at] != b't' => ('s', 2),
            (b't', b'h') | (b'd', b'h') => ('t', 2),
            (b't', b's' | b'z') | (b'd', b'z' | b'j') => ('s', 2),
            (b'c', b'k') => ('k', 2),
            (b'c', b'e' | b'i' | b'y') => ('s', 1),
            (b'k' | b'q' | b'g' | b'c', _) => ('k', 1),
            (b's' | b'z' | b'j' | b'x', _) => ('s', 1),
            (b't' | b'd', _) => ('t', 1),
            (b'p' | b'b', _) => ('p', 1),
            (b'f' | b'v', _) => ('f', 1),
            (b'w', _) if at == 0 => ('f', 1),
            (b'm', _) => ('m', 1),
            (b'n', _) => ('n', 1),
            (b'l', _) => ('l', 1),
            (b'r', _) => ('r', 1),
            (d, _) if d.is_ascii_digit() => (d as char, 1),
            (b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h', _) if at == 0 => ('a', 1),
            _ => (' ', 1),
        };
        if sound != ' ' && (!out.ends_with(sound) || sound.is_ascii_digit()) {
            out.push(sound);
        }
        at += used;
    }
    SmolStr::new(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: EntryKind, expected: &str) {
        let vocabulary = Vocabulary::bundled().unwrap();
        let name = Name::new(text, kind, &vocabulary);
        let got: Vec<String> = name
            .parts
            .iter()
            .map(|p| match p.kind {
                PartKind::Word => p.text.to_string(),
                other => format!("{}:{}", p.text, format!("{other:?}").to_lowercase()),
            })
            .collect();
        assert_eq!(got.join(" "), expected, "{text}");
    }

    #[test]
    fn persons_are_taken_apart() {
        use EntryKind::Person;
        check("PETROV, Ivan Sergeyevich", Person, "ivan sergeyevich:patronymic petrov");
        check("Dr. Amina al-Zahrani", Person, "dr:honorific amina al:particle zahrani");
        check("J. K. Okello", Person, "j:initial k:initial okello");
        check("Ra'id Qasim", Person, "raid qasim");
        check("محمد الصالح", Person, "mhmd al:particle salh");
        check("Bin", Person, "bin");
    }

    #[test]
    fn companies_lose_their_legal_form() {
        use EntryKind::Company;
        check("Borealis Shipping S.A.R.L.", Company, "borealis shipping:generic");
        check("JSC \"Volna-44\"", Company, "volna 44:number");
        check("ООО «Заря»", Company, "zarya");
        check("Falcon Fund IX L.P.", Company, "falcon fund:generic 9:number");
        check("Guard Unit Forty-Two", Company, "guard unit 42:number");
        check("Trading Company", Company, "trading company");
    }

    #[test]
    fn skeletons_hear_one_sound() {
        for (a, b) in
            [("mohammed", "muhamad"), ("qadhafi", "kadafi"), ("zhukov", "jukov"), ("hussein", "husayn")]
        {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("petrov"), skeleton("pavlov"));
    }
}
