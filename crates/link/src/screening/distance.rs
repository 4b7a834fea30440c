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

impl How {
    /// It in words.
    pub fn words(self) -> &'static str {
        match self {
            How::Same => "same",
            How::Romanisation => "other romanisation",
            How::Nickname => "nickname or translation",
            How::Spelling => "spelling",
            How::Sound => "same sound",
            How::Initial => "initial",
            How::Joined => "joined",
            How::Acronym => "acronym",
            How::Different => "different",
            How::Missing => "missing",
            How::Order => "other order",
            How::Number => "other number",
            How::LegalForm => "other legal form",
            How::WeakName => "the list calls the name weak",
            How::Born => "birth",
            How::Country => "country",
            How::Identifier => "same number",
            How::Whole => "the names as wholes",
        }
    }
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
    if !may_match(a, b) {
        return best;
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

/// Whether two parts in scripts with vowels can match, by their letters and lengths; by a table they always may.
fn may_match(a: &Part, b: &Part) -> bool {
    let longer = a.text.len().max(b.text.len()) as f32;
    least_edits(a.letters, b.letters) <= MATCH_RATIO * longer || a.groups.iter().any(|g| b.groups.contains(g))
}

/// The letters that a word has, a bit each, and those that they are confused with.
///
/// Both are empty for a word longer than what is compared, so that nothing is ruled out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Letters {
    own: u32,
    near: u32,
}

impl Letters {
    /// The letters of a word.
    pub(crate) fn of(word: &str) -> Self {
        let known = word.bytes().filter(|b| b.is_ascii_lowercase() && word.len() <= MAX_LETTERS);
        known
            .map(|b| usize::from(b - b'a'))
            .fold(Self::default(), |set, i| Letters { own: set.own | 1 << i, near: set.near | CONFUSED[i] })
    }

    /// The letters of both; none where one of them has none.
    pub(crate) fn and(self, other: Self) -> Self {
        if self.own == 0 || other.own == 0 {
            return Self::default();
        }
        Letters { own: self.own | other.own, near: self.near | other.near }
    }
}

/// Edits that two words need at least, by the letters that only one of them has.
///
/// A letter that the other word lacks costs 0.5 at least, and 1 where it is a consonant other than `h` and the other
/// word has none that it is confused with.
#[inline]
pub(crate) fn least_edits(a: Letters, b: Letters) -> f32 {
    if a.own == 0 || b.own == 0 {
        return 0.0;
    }
    let one_sided = |own: Letters, other: Letters| {
        let lacking = own.own & !other.own;
        let whole = lacking & FIRM & !other.near;
        lacking.count_ones() + whole.count_ones()
    };
    one_sided(a, b).max(one_sided(b, a)) as f32 * 0.5
}

/// Consonants but `h`, `w` and `y`.
const FIRM: u32 = {
    let mut set = (1u32 << 26) - 1;
    let mut i = 0;
    let soft = b"aeiouyhw";
    while i < soft.len() {
        set &= !(1 << (soft[i] - b'a'));
        i += 1;
    }
    set
};

/// For each letter, those that it is confused with.
const CONFUSED: [u32; 26] = {
    let mut table = [0u32; 26];
    let mut i = 0;
    while i < 26 {
        let mut j = 0;
        while j < 26 {
            if WRITTEN.swap[i][j] < 20 {
                table[i] |= 1 << j;
            }
            j += 1;
        }
        i += 1;
    }
    table
};

const MAX_LETTERS: usize = 48;

/// Optimal string alignment with costs in which a slip of the pen is cheaper than another letter: a whole other
/// consonant is 1, a vowel for a vowel or a confusable consonant 0.5, a doubled letter 0.3, `h` 0.5, a transposition 0.6.
///
/// Only the first 48 letters count. `None` where the distance is more than `most`.
fn align_letters(a: &[u8], b: &[u8], costs: &Costs, most: f32) -> Option<f32> {
    let (a, b) = (&a[..a.len().min(MAX_LETTERS)], &b[..b.len().min(MAX_LETTERS)]);
    let most = (most * 20.0) as u16;
    let mut columns = [(0u16, 0usize, 0u8); MAX_LETTERS];
    let mut rows = [[0u16; MAX_LETTERS + 1]; 3];
    for j in 0..b.len() {
        columns[j] = (costs.gap(b, j), code(b[j]), b[j]);
        rows[0][j + 1] = rows[0][j] + columns[j].0;
    }
    let columns = &columns[..b.len()];
    let [mut above, mut row, mut before] = rows.each_mut();
    let mut last_lowest = 0;
    for i in 0..a.len() {
        let gap_a = costs.gap(a, i);
        let swaps = &costs.swap[code(a[i])];
        let turns = i > 0 && a[i] != a[i - 1];
        let mut left = above[0] + gap_a;
        row[0] = left;
        let mut lowest = left;
        for (j, &(gap_b, code_b, letter_b)) in columns.iter().enumerate() {
            let mut best = above[j] + u16::from(swaps[code_b]);
            best = best.min(above[j + 1] + gap_a).min(left + gap_b);
            if turns && j > 0 && a[i] == columns[j - 1].2 && a[i - 1] == letter_b {
                best = best.min(before[j - 1] + 12);
            }
            left = best;
            row[j + 1] = best;
            lowest = lowest.min(best);
        }
        if lowest.min(last_lowest + 12) > most {
            return None;
        }
        last_lowest = lowest;
        (before, above, row) = (above, row, before);
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
    #[inline]
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
    use super::{Letters, WRITTEN, align_letters, least_edits};

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

    #[test]
    fn the_least_edits_are_never_more_than_the_edits() {
        let words =
            ["petrov", "petrow", "james", "sams", "hassan", "asan", "kim", "qim", "zhukov", "jukof", "yn"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            let edits = align_letters(a.as_bytes(), b.as_bytes(), &WRITTEN, 99.0).unwrap();
            let least = least_edits(Letters::of(a), Letters::of(b));
            assert!(least <= edits, "{a} {b}: {least} > {edits}");
        }
        assert!(least_edits(Letters::of("petrov"), Letters::of("james")) >= 3.0);
    }
}
