//! How far one part of a name is from another, and why.

use serde::Serialize;

use super::normalise::{Part, PartKind};

/// Why two parts of a name were taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Letter for letter, after folding.
    Same,
    /// Spellings of one name in other romanisations, by the table of variants.
    Romanisation,
    /// A nickname, or the name in another language, by the table of variants.
    Nickname,
    /// A few letters differ.
    Spelling,
    /// Other letters, the same consonants.
    Sound,
    /// One letter for a name that begins with it.
    Initial,
    /// Written as one word here and as several there.
    Joined,
    /// The first letters of several words.
    Acronym,
    /// Different words in the same place.
    Different,
    /// Only one of the two names has it.
    Missing,
    /// The order of the parts differs.
    Order,
    /// Other numbers.
    Number,
    /// Other legal forms.
    LegalForm,
    /// The list itself calls the name weak.
    WeakName,
    /// Dates of birth.
    Born,
    /// Nationalities and countries.
    Country,
    /// The same number: a passport, an IMO number.
    Identifier,
    /// What follows from the names as wholes: how much of them the parts in common are.
    Whole,
}

/// How like two parts are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likeness {
    /// Edits, a whole other letter being 1.
    pub(crate) edits: f32,
    /// Edits a letter, from 0 to 1.
    pub(crate) ratio: f32,
    /// By what rule.
    pub(crate) how: How,
}

impl Likeness {
    const NONE: Likeness = Likeness { edits: 9.0, ratio: 1.0, how: How::Different };

    /// Whether the two can be the same part at all.
    pub(crate) fn is_match(self) -> bool {
        self.ratio <= MATCH_RATIO
    }
}

/// Above so many edits a letter, two parts are different parts.
pub(crate) const MATCH_RATIO: f32 = 0.41;

/// Compares two parts; `vowelless` where one of the names is in a script that leaves vowels out.
pub(crate) fn compare_parts(a: &Part, b: &Part, vowelless: bool) -> Likeness {
    if a.text == b.text {
        return Likeness { edits: 0.0, ratio: 0.0, how: How::Same };
    }
    if a.kind == PartKind::Number || b.kind == PartKind::Number {
        return Likeness::NONE;
    }
    if (a.kind == PartKind::Particle) != (b.kind == PartKind::Particle) {
        return Likeness::NONE;
    }
    if a.kind == PartKind::Initial || b.kind == PartKind::Initial {
        let same = a.text.as_bytes().first() == b.text.as_bytes().first();
        let one = a.text.len() == 1 || b.text.len() == 1;
        return if same && one {
            Likeness { edits: 0.0, ratio: 0.3, how: How::Initial }
        } else {
            Likeness::NONE
        };
    }
    let mut best = Likeness::NONE;
    if let Some(group) = a.groups.iter().filter(|g| b.groups.contains(g)).max() {
        let how = if group % 2 == 1 { How::Romanisation } else { How::Nickname };
        let ratio = if how == How::Romanisation { 0.05 } else { 0.15 };
        best = Likeness { edits: 0.3, ratio, how };
    }
    if vowelless {
        let heard = compare_vowelless(a.text.as_bytes(), b.text.as_bytes());
        return if heard.ratio < best.ratio { heard } else { best };
    }
    let spelled = compare_letters(a.text.as_bytes(), b.text.as_bytes());
    if spelled.ratio < best.ratio {
        best = spelled;
        if a.skeleton == b.skeleton && a.skeleton.len() > 1 {
            best.ratio *= 0.7;
            best.edits *= 0.7;
            best.how = How::Sound;
        }
    }
    best
}

/// Compares a word from a script without short vowels with one from another script.
///
/// `a`, `e`, `i`, `o`, `u` of the fuller word may be left out for little; `w` and `y` may stand for vowels.
fn compare_vowelless(a: &[u8], b: &[u8]) -> Likeness {
    let longer = a.len().max(b.len());
    if longer == 0 || a.len().abs_diff(b.len()) * 5 > longer * 3 {
        return Likeness::NONE;
    }
    let Some(edits) = align_letters(a, b, &HEARD, longer as f32 * MATCH_RATIO) else {
        return Likeness::NONE;
    };
    Likeness { edits, ratio: (0.03 + edits / longer as f32).min(1.0), how: How::Sound }
}

/// Compares two runs of letters by edit distance alone.
pub(crate) fn compare_letters(a: &[u8], b: &[u8]) -> Likeness {
    let longer = a.len().max(b.len());
    if longer == 0 || a.len().abs_diff(b.len()) as f32 > 1.5 + longer as f32 * 0.45 {
        return Likeness::NONE;
    }
    match align_letters(a, b, &WRITTEN, longer as f32 * MATCH_RATIO) {
        Some(edits) => Likeness { edits, ratio: edits / longer as f32, how: How::Spelling },
        None => Likeness::NONE,
    }
}

const MAX_LETTERS: usize = 48;

/// Optimal string alignment with costs in which a slip of the pen is cheaper than another letter: a whole other
/// consonant is 1, a vowel for a vowel or a confusable consonant 0.5, a doubled letter 0.3, `h` 0.5, a transposition 0.6.
///
/// Only the first 48 letters count. `None` where the distance is more than `most`.
fn align_letters(a: &[u8], b: &[u8], costs: &Costs, most: f32) -> Option<f32> {
    let (a, b) = (&a[..a.len().min(MAX_LETTERS)], &b[..b.len().min(MAX_LETTERS)]);
    let most = (most * 20.0) as u16;
    let (mut gap_b, mut code_b) = ([0u16; MAX_LETTERS], [0usize; MAX_LETTERS]);
    let mut before = [0u16; MAX_LETTERS + 1];
    let mut above = [0u16; MAX_LETTERS + 1];
    let mut row = [0u16; MAX_LETTERS + 1];
    for j in 0..b.len() {
        gap_b[j] = costs.gap(b, j);
        code_b[j] = code(b[j]);
        above[j + 1] = above[j] + gap_b[j];
    }
    let mut last_lowest = 0;
    for i in 0..a.len() {
        let gap_a = costs.gap(a, i);
        let swaps = &costs.swap[code(a[i])];
        row[0] = above[0] + gap_a;
        let mut lowest = row[0];
        for j in 0..b.len() {
            let mut best = above[j] + u16::from(swaps[code_b[j]]);
            best = best.min(above[j + 1] + gap_a).min(row[j] + gap_b[j]);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != a[i - 1] {
                best = best.min(before[j - 1] + 12);
            }
            row[j + 1] = best;
            lowest = lowest.min(best);
        }
        if lowest.min(last_lowest + 12) > most {
            return None;
        }
        last_lowest = lowest;
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    (above[b.len()] <= most).then(|| f32::from(above[b.len()]) / 20.0)
}

/// What leaving out a letter and writing one for another cost, in twentieths.
struct Costs {
    vowel_gap: u16,
    glide_gap: u16,
    h_gap: u16,
    double_gap: u16,
    /// Whether a first letter is as cheap to leave out as others of its kind.
    first_too: bool,
    swap: [[u8; CODES]; CODES],
}

/// Letters are 0 to 25, digits 26 to 35, anything else 36.
const CODES: usize = 37;

fn code(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => usize::from(byte - b'a'),
        b'0'..=b'9' => usize::from(byte - b'0') + 26,
        _ => 36,
    }
}

impl Costs {
    fn gap(&self, s: &[u8], i: usize) -> u16 {
        if i > 0 && s[i] == s[i - 1] {
            return self.double_gap;
        }
        if i == 0 && !self.first_too {
            return 20;
        }
        match s[i] {
            b'h' => self.h_gap,
            b'a' | b'e' | b'i' | b'o' | b'u' => self.vowel_gap,
            b'y' => self.glide_gap,
            b'w' if self.first_too => self.glide_gap,
            _ => 20,
        }
    }
}

/// Names as they are written in Latin letters.
const WRITTEN: Costs = Costs {
    vowel_gap: 13,
    glide_gap: 13,
    h_gap: 10,
    double_gap: 6,
    first_too: false,
    swap: swaps(&[b""; 0]),
};

/// A name without short vowels against one with them.
const HEARD: Costs = Costs {
    vowel_gap: 3,
    glide_gap: 8,
    h_gap: 8,
    double_gap: 3,
    first_too: true,
    swap: swaps(&[b"wo", b"wu", b"wv", b"yi", b"ye", b"yj", b"jg"]),
};

/// Costs of swapping letters: 10 within a class of confusable ones, 2 for the pairs given, 20 otherwise.
const fn swaps<const N: usize>(cheap: &[&[u8]; N]) -> [[u8; CODES]; CODES] {
    const CLASSES: [&[u8]; 9] = [b"aeiouy", b"kqcgx", b"szcxj", b"td", b"pb", b"fvwu", b"yjig", b"kh", b"mn"];
    let mut table = [[20u8; CODES]; CODES];
    let mut c = 0;
    while c < CODES {
        table[c][c] = 0;
        c += 1;
    }
    let mut g = 0;
    while g < CLASSES.len() {
        mark(&mut table, CLASSES[g], 10);
        g += 1;
    }
    g = 0;
    while g < N {
        mark(&mut table, cheap[g], 2);
        g += 1;
    }
    table
}

const fn mark(table: &mut [[u8; CODES]; CODES], class: &[u8], cost: u8) {
    let mut i = 0;
    while i < class.len() {
        let mut j = 0;
        while j < class.len() {
            if i != j {
                table[(class[i] - b'a') as usize][(class[j] - b'a') as usize] = cost;
            }
            j += 1;
        }
        i += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{WRITTEN, align_letters};

    fn check(a: &str, b: &str, expected: f32) {
        let distance = |a: &str, b: &str| align_letters(a.as_bytes(), b.as_bytes(), &WRITTEN, 99.0).unwrap();
        let got = distance(a, b);
        assert!((got - expected).abs() < 0.01, "{a} {b}: {got}, expected {expected}");
        assert_eq!(got, distance(b, a), "{a} {b} is not symmetric");
    }

    #[test]
    fn slips_cost_less_than_other_letters() {
        check("petrov", "petrov", 0.0);
        check("petrov", "petrow", 0.5);
        check("anna", "ana", 0.3);
        check("tahir", "tair", 0.5);
        check("marta", "matra", 0.6);
        check("baker", "balker", 1.0);
        check("", "ab", 2.0);
    }

    #[test]
    fn a_bound_gives_up_and_nothing_else() {
        assert_eq!(align_letters(b"petrov", b"ivanov", &WRITTEN, 1.0), None);
        assert_eq!(align_letters(b"marta", b"matra", &WRITTEN, 0.6), Some(0.6));
    }
}
