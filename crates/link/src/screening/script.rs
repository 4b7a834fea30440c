//! Names of any script in ASCII letters.
//!
//! Cyrillic and Arabic have tables of their own, near what the lists themselves write (ALA-LC without diacritics);
//! everything else goes through `any_ascii`. Han and Hangul come out one syllable a word.

use unicode_normalization::UnicodeNormalization;

/// Which scripts a name is written in, as far as comparing needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scripts {
    /// Han, Hangul or kana: a character is a syllable or a word, so one other character is another name.
    pub syllabic: bool,
    /// A foreign name in Han or kana, as the dot between its parts tells: its syllables spell its sound.
    pub sounded: bool,
    /// Arabic or Hebrew: short vowels are not written, so only consonants can be compared with Latin ones.
    pub vowelless: bool,
}

/// Rewrites a name in ASCII letters, digits, spaces and the punctuation that it had.
///
/// Apostrophes and their many look-alikes become `'`. Case is kept.
pub fn to_latin(text: &str) -> (String, Scripts) {
    let mut out = String::with_capacity(text.len() + 8);
    let mut scripts = Scripts::default();
    for ch in text.nfkc() {
        match ch {
            '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{02bb}'..='\u{02bf}'
            | '\u{02b9}'
            | '`'
            | '\u{00b4}'
            | '\u{2032}' => {
                out.push('\'');
            }
            '\u{2010}'..='\u{2015}' => out.push('-'),
            _ if ch.is_ascii() => out.push(ch),
            '\u{0400}'..='\u{052f}' => push_cyrillic(&mut out, ch),
            '\u{0600}'..='\u{06ff}' => {
                scripts.vowelless = true;
                push_arabic(&mut out, ch);
            }
            '\u{0590}'..='\u{05ff}' => {
                scripts.vowelless = true;
                out.push_str(any_ascii::any_ascii_char(ch));
            }
            '\u{3040}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => out.push_str(any_ascii::any_ascii_char(ch)),
            '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => {
                scripts.syllabic = true;
                out.push(' ');
                push_syllable(&mut out, ch);
                out.push(' ');
            }
            '\u{00b7}' | '\u{30fb}' | '\u{2022}' => {
                scripts.sounded |= scripts.syllabic;
                out.push(' ');
            }
            _ if is_break(ch) => out.push(' '),
            _ => out.push_str(any_ascii::any_ascii_char(ch)),
        }
    }
    (out, scripts)
}

/// A Han or Hangul syllable. One that ends in a stop is written with its sound at the end of a word: `pak`, not `pag`.
fn push_syllable(out: &mut String, ch: char) {
    let latin = any_ascii::any_ascii_char(ch);
    let hangul = ('\u{ac00}'..='\u{d7af}').contains(&ch);
    let (stem, end) = latin.split_at(latin.len().saturating_sub(1));
    match end {
        "g" if hangul && !stem.ends_with('n') => out.extend([stem, "k"]),
        "d" if hangul => out.extend([stem, "t"]),
        "b" if hangul => out.extend([stem, "p"]),
        _ => out.push_str(latin),
    }
}

fn is_break(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{201c}'..='\u{201f}' | '\u{00ab}' | '\u{00bb}')
}

fn push_cyrillic(out: &mut String, ch: char) {
    let low = ch.to_lowercase().next().unwrap_or(ch);
    let latin = match low {
        'ж' => "zh",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' | 'й' => "y",
        'ь' | 'ъ' => "",
        'э' | 'є' | 'ё' => "e",
        'ю' => "yu",
        'я' => "ya",
        'ў' | 'ү' | 'ұ' => "u",
        'қ' => "k",
        'ғ' | 'ґ' => "g",
        'ң' => "ng",
        'ө' => "o",
        'ә' => "a",
        'һ' => "h",
        'љ' => "lj",
        'њ' => "nj",
        'џ' => "dz",
        _ => any_ascii::any_ascii_char(low),
    };
    push_cased(out, latin, ch.is_uppercase());
}

fn push_cased(out: &mut String, latin: &str, upper: bool) {
    let mut letters = latin.chars();
    if let Some(first) = letters.next() {
        out.push(if upper { first.to_ascii_uppercase() } else { first });
        out.push_str(letters.as_str());
    }
}

fn push_arabic(out: &mut String, ch: char) {
    let latin = match ch {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ى' | 'ة' => "a",
        'ع' => "a",
        'ء' | 'ئ' | 'ؤ' => "",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' | 'ژ' => "z",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'و' => "w",
        'ي' | 'ی' | 'ې' => "y",
        '\u{0640}' | '\u{064b}'..='\u{0652}' | '\u{0670}' => "",
        '،' => ",",
        _ => any_ascii::any_ascii_char(ch),
    };
    out.push_str(latin);
}

#[cfg(test)]
mod tests {
    use super::to_latin;

    fn check(text: &str, latin: &str) {
        let got = to_latin(text).0;
        assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), latin, "{text}");
    }

    #[test]
    fn scripts_become_letters() {
        check("Хусеин", "Khusein");
        check("Щукин", "Shchukin");
        check("محمد", "mhmd");
        check("Müller", "Muller");
        check("김정은", "Gim Jeong Eun");
        check("习近平", "Xi Jin Ping");
        check("Qa’ida", "Qa'ida");
        check("Κώστας", "Kostas");
    }
}
