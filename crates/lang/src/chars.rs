//! Characters as Python's `str` methods and spaCy's lexical attributes see them.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Numbers outside the category Nd that Python calls digits: superscripts, circled and bracketed digits.
const OTHER_DIGITS: &[(u32, u32)] = &[
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];

/// `str.isspace` of one character.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `str.isalpha` of one character.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.general_category_group() == GeneralCategoryGroup::Letter
}

/// `str.isdecimal` of one character, which is also `\d`.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    c.is_numeric() && c.general_category() == GeneralCategory::DecimalNumber
}

/// `str.isdigit` of one character.
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c) || OTHER_DIGITS.iter().any(|&(from, to)| (from..=to).contains(&u32::from(c)))
}

/// Whether `\w` matches.
pub(crate) fn is_word(c: char) -> bool {
    c == '_' || is_alpha(c) || c.is_numeric()
}

/// Whether `\s` matches.
pub(crate) fn is_pattern_space(c: char) -> bool {
    is_space(c)
}

/// spaCy's word shape: `Xxxx`, `dd`, other characters as they are, runs cut after four.
pub(crate) fn shape(word: &str) -> String {
    if word.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(8);
    let mut last = '\0';
    let mut run = 0;
    for c in word.chars() {
        let class = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        if class == last && !shape.is_empty() {
            run += 1;
        } else {
            run = 0;
            last = class;
        }
        if run < 4 {
            shape.push(class);
        }
    }
    shape
}

/// The first character.
pub(crate) fn prefix(word: &str) -> &str {
    word.chars().next().map_or("", |c| &word[..c.len_utf8()])
}

/// The last three characters, or the whole word where it is shorter.
pub(crate) fn suffix(word: &str) -> &str {
    let at = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("Kyiv", "Xxxx"),
            ("F-16s", "X-ddx"),
            ("internationally", "xxxx"),
            ("100000", "dddd"),
            ("......", "...."),
            ("ÉTÉ²", "XXXd"),
            ("", ""),
        ] {
            assert_eq!(shape(word), expected);
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn affixes_count_characters() {
        assert_eq!((prefix("été"), suffix("étés"), suffix("é")), ("é", "tés", "é"));
        assert_eq!((prefix(""), suffix("")), ("", ""));
    }
}
