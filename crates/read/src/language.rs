//! Which language a text is in.
//!
//! `whatlang` (trigrams, 69 languages, no models to load) was chosen over `lingua` (better on single phrases, but its
//! models weigh tens of megabytes a language) and `whichlang` (16 languages only, so that Polish or Ukrainian must
//! come out as something else): a document is long enough for trigrams, and what matters is whether it is in the
//! model's language at all.

use whatlang::{Lang, Script};

/// Letters below which a text is too short to tell its language.
const MIN_LETTERS: usize = 40;

/// Latin-script texts shorter than this are taken for English where a good share of their words are English
/// function words: trigrams stumble over a sentence full of foreign names.
const SHORT_LETTERS: usize = 1500;

/// Words that hold an English sentence together and are rare in other languages' texts.
const ENGLISH: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "that",
    "for",
    "with",
    "by",
    "from",
    "has",
    "have",
    "was",
    "were",
    "is",
    "are",
    "its",
    "been",
    "will",
    "which",
    "their",
    "this",
    "at",
    "on",
    "be",
    "it",
    "as",
    "after",
    "an",
    "not",
    "said",
    "says",
    "over",
    "between",
    "including",
    "against",
    "amid",
];
/// Words that are frequent in English and in other languages too: they count once.
const SHARED: &[&str] = &["a", "in", "or", "he"];

/// ISO 639-3 and ISO 639-1 codes of the languages that can be told.
#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"), ("dan", "da"), ("deu", "de"),
    ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"),
    ("heb", "he"), ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"),
    ("jav", "jv"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"),
    ("lav", "lv"), ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"),
    ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"),
    ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"),
    ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

/// The ISO 639-1 code of the text's language; `None` where there is too little text to tell.
pub(crate) fn of(text: &str) -> Option<String> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(SHORT_LETTERS).count();
    if letters < MIN_LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    let latin = info.script() == Script::Latin;
    if latin && letters < SHORT_LETTERS && is_english_by_words(text) {
        return Some("en".to_owned());
    }
    if letters < 200 && !info.is_reliable() {
        return None;
    }
    Some(two_letters(info.lang()).to_owned())
}

/// Whether at least one word in six, and three in all, are English function words.
fn is_english_by_words(text: &str) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let hits = words.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    let hits = hits + usize::from(words.iter().any(|w| SHARED.contains(&w.as_str())));
    hits >= 3 && hits * 6 >= words.len()
}

/// ISO 639-1 code of a language; the ISO 639-3 code where there is none of two letters.
fn two_letters(lang: Lang) -> &'static str {
    let code = lang.code();
    CODES.iter().find(|(three, _)| *three == code).map_or(code, |(_, two)| two)
}

/// The first two or three letters of a declared language (`en-GB` → `en`), where they look like a code.
pub(crate) fn declared(code: &str) -> Option<String> {
    let first = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    fits.then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages() {
        let check = |text: &str, want: Option<&str>| assert_eq!(of(text).as_deref(), want, "{text}");
        check(
            "The ministry said that the ships had not left the port and that no licence was given.",
            Some("en"),
        );
        check(
            "Qatar's Al-Thani met Morocco's Bourita in Marrakesh. The visit was the first of its kind.",
            Some("en"),
        );
        check(
            "Das Ministerium erklärte, dass die Schiffe den Hafen nicht verlassen hätten und keine Lizenz bestehe.",
            Some("de"),
        );
        check(
            "Міністерство заявило, що кораблі не залишали порт і що жодної ліцензії не було видано.",
            Some("uk"),
        );
        check(
            "Kementerian itu mengatakan bahwa kapal-kapal tersebut belum meninggalkan pelabuhan kemarin pagi.",
            Some("id"),
        );
        check(
            "国防部发言人表示,这批货物尚未离开港口,目前也没有发放任何出口许可证。外交部拒绝对此发表评论,称有关各方仍在就合同条款进行谈判。",
            Some("zh"),
        );
        check(
            "Ghana's court charges an Iberian trader over an illegal shipment of crates in a port.",
            Some("en"),
        );
        check("Hello there", None);
    }

    #[test]
    fn reads_declared_codes() {
        assert_eq!(declared("en-GB").as_deref(), Some("en"));
        assert_eq!(declared("x").as_deref(), None);
        assert_eq!(declared("English").as_deref(), None);
    }
}
