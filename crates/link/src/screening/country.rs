//! Countries as lists and users write them, as ISO 3166-1 alpha-3 codes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::normalise::fold_words;

const COUNTRIES: &str = include_str!("../../../../codebook/screening/countries.tsv");

/// From a name, an alpha-2 or an alpha-3 code, folded, to the alpha-3 code. The table is a constant of the program.
static CODES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut codes = FxHashMap::default();
    for line in COUNTRIES.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let Some(alpha3) = fields.next().filter(|c| c.len() == 3) else {
            continue;
        };
        codes.insert(alpha3.to_ascii_lowercase(), alpha3);
        for name in fields.flat_map(|f| f.split('|')) {
            codes.insert(fold_words(name).join(" "), alpha3);
        }
    }
    codes
});

/// The alpha-3 code of a country's name or code, in any case and with or without diacritics.
pub(super) fn code(text: &str) -> Option<&'static str> {
    let words = fold_words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| *w != "the").collect();
    CODES.get(words.join(" ").as_str()).copied()
}

/// The name of a country as readers know it, such as `North Korea` for `PRK`; `None` for what is no alpha-3 code.
///
/// ISO 3166-1 with the short names of `codebook/screening/countries.tsv`.
pub fn country_name(alpha3: &str) -> Option<&'static str> {
    static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let line = |line: &'static str| {
            let mut fields = line.split('\t');
            let code = fields.next().filter(|c| c.len() == 3)?;
            Some((code, fields.nth(1)?.split('|').next()?))
        };
        COUNTRIES.lines().filter(|l| !l.starts_with('#')).filter_map(line).collect()
    });
    NAMES.get(alpha3).copied()
}

#[cfg(test)]
mod tests {
    use super::{code, country_name};

    #[test]
    fn codes_have_readable_names() {
        assert_eq!(country_name("PRK"), Some("North Korea"));
        assert_eq!(country_name("CIV"), Some("Côte d'Ivoire"));
        assert_eq!(country_name("Zenit Export"), None);
    }

    #[test]
    fn names_and_codes_are_known() {
        for (text, expected) in [
            ("kp", Some("PRK")),
            ("Korea, North", Some("PRK")),
            ("Democratic People's Republic of Korea", Some("PRK")),
            ("The Gambia", Some("GMB")),
            ("CÔTE D’IVOIRE", Some("CIV")),
            ("Iran (Islamic Republic of)", Some("IRN")),
            ("Atlantis", None),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}
