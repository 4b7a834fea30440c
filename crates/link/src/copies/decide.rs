//! Whether two aligned texts are copies, one inside the other, or two fillings of one template.

use std::ops::Range;

use super::align::Stretch;
use super::{Relation, Side};

/// An equal run shorter than this is chance: it is not counted as shared.
const RUN: usize = 6;
/// Words that must be the same on both sides of a change for it to be a change inside shared text.
const FLANK: usize = 4;
/// A change longer than this on either side is a rewritten passage, not another fact in the same place.
const PLACE: usize = 14;
/// Days apart within which one text is passed on; later, shared wording is more often a template.
const NEAR_DAYS: i32 = 3;

/// What the alignment of two texts measures.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Measures {
    /// Words in equal runs of at least [`RUN`].
    pub(super) shared: usize,
    /// The longest equal run.
    pub(super) longest: usize,
    /// Words of the left text and of the right one.
    pub(super) left: usize,
    pub(super) right: usize,
    /// Places inside shared text where the two have different numbers, ordinals, months or days.
    pub(super) figures: usize,
    /// Places inside shared text where the two have different names.
    pub(super) names: usize,
}

impl Measures {
    fn of_shorter(&self) -> f64 {
        self.shared as f64 / self.left.min(self.right).max(1) as f64
    }

    /// Different facts in a hundred shared words; a name counts half, as house style changes it more often.
    fn conflicts(&self) -> f64 {
        (self.figures as f64 + self.names as f64 / 2.0) * 100.0 / self.shared.max(1) as f64
    }
}

/// Measures an alignment of two sides.
pub(super) fn measure(left: &Side<'_>, right: &Side<'_>, stretches: &[Stretch]) -> Measures {
    let mut measures = Measures { left: left.words.len(), right: right.words.len(), ..Measures::default() };
    let merged = without_chance(stretches);
    for (i, stretch) in merged.iter().enumerate() {
        if stretch.same {
            measures.shared += stretch.left.len();
            measures.longest = measures.longest.max(stretch.left.len());
            continue;
        }
        let inside = i > 0
            && merged[i - 1].left.len() >= FLANK
            && merged.get(i + 1).is_some_and(|next| next.left.len() >= FLANK);
        let both = !stretch.left.is_empty() && !stretch.right.is_empty();
        if !inside || !both || stretch.left.len() > PLACE || stretch.right.len() > PLACE {
            continue;
        }
        if differ(figures(left, &stretch.left), figures(right, &stretch.right)) {
            measures.figures += 1;
        } else if differ(names(left, &stretch.left), names(right, &stretch.right)) {
            measures.names += 1;
        }
    }
    measures
}

/// What two texts are to each other, or `None` where they are different texts.
///
/// `apart` is how many days lie between them. Near in time, a long shared passage with the same facts is a copy even
/// inside new text; further apart nearly the whole of the shorter text must be there, since that is how weekly
/// notices and monthly reports look too.
pub(super) fn decide(measures: &Measures, apart: i32, same_publisher: bool) -> Option<Relation> {
    let cover = measures.of_shorter();
    let shorter = measures.left.min(measures.right);
    if shorter < 12 || measures.shared < 12 {
        return None;
    }
    let near = apart.abs() <= NEAR_DAYS;
    let whole = cover >= 0.8;
    let enough = whole || (near && (cover >= 0.5 && measures.shared >= 30 || passage(measures)));
    let one_edit = near && measures.figures + measures.names <= 1 && cover >= 0.85;
    let allowed = match (near, same_publisher) {
        (true, _) => 1.0,
        (false, false) => 0.4,
        (false, true) => 0.0,
    };
    if !enough || (measures.conflicts() > allowed && !one_edit) {
        return None;
    }
    let (of_left, of_right) =
        (measures.shared * 100 / measures.left.max(1), measures.shared * 100 / measures.right.max(1));
    Some(match (of_left >= 60, of_right >= 60) {
        (true, false) => Relation::Within,
        (false, true) => Relation::Contains,
        (true, true) => Relation::Copy,
        (false, false) => Relation::Passage,
    })
}

/// Whether the texts share a passage that is too long to be a quoted sentence or a house phrase.
fn passage(measures: &Measures) -> bool {
    measures.longest >= 50 && measures.shared >= 65
}

/// The stretches with equal runs of one or two words between changes counted as changed.
fn without_chance(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let same = stretch.same && stretch.left.len() >= RUN.min(3);
        match merged.last_mut() {
            Some(last) if !last.same && !same => {
                last.left.end = stretch.left.end;
                last.right.end = stretch.right.end;
            }
            _ => merged.push(Stretch { same, left: stretch.left.clone(), right: stretch.right.clone() }),
        }
    }
    merged
}

/// Whether both have something and nothing in common.
fn differ(left: Vec<String>, right: Vec<String>) -> bool {
    !left.is_empty() && !right.is_empty() && !left.iter().any(|fact| right.contains(fact))
}

fn figures(side: &Side<'_>, range: &Range<usize>) -> Vec<String> {
    side.words[range.clone()]
        .iter()
        .map(|&word| side.of(word))
        .filter(|word| is_figure(word))
        .map(|word| word.to_lowercase().replace(',', ""))
        .collect()
}

fn names(side: &Side<'_>, range: &Range<usize>) -> Vec<String> {
    side.words[range.clone()]
        .iter()
        .map(|&word| side.of(word))
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect()
}

/// Whether a word is a number, an ordinal, a month or a day of the week.
fn is_figure(word: &str) -> bool {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return true;
    }
    let word = word.to_ascii_lowercase();
    FIGURES.contains(&word.as_str())
}

const FIGURES: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
