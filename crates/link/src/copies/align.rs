//! Lays one text along another and tells which words are the same.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::words::{SHINGLE, Word, shingles};

/// A stretch of two texts, by word: the same on both sides, or changed (either side may be empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) same: bool,
    pub(super) left: Range<usize>,
    pub(super) right: Range<usize>,
}

/// A shingle that occurs more often than this in one text is no seed.
const SEED_REPEATS: usize = 4;
/// A gap is compared word by word up to this many cells; a larger one is changed as a whole.
const GAP_CELLS: usize = 40_000;

/// The alignment of two texts, in order, covering both.
///
/// Shared shingles are seeds; the longest rising chain of them is kept (the patience method), widened to whole runs,
/// and the small gaps between the runs are filled by a longest common subsequence. Time grows with the lengths.
pub(super) fn align(left: &[Word], right: &[Word]) -> Vec<Stretch> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let (mut done_left, mut done_right) = (0, 0);
    for (at_left, at_right) in chain(&seeds(left, right)) {
        if at_left < done_left || at_right < done_right {
            continue;
        }
        let mut back = 0;
        while at_left - back > done_left
            && at_right - back > done_right
            && left[at_left - back - 1].hash == right[at_right - back - 1].hash
        {
            back += 1;
        }
        let mut length = back;
        while at_left - back + length < left.len()
            && at_right - back + length < right.len()
            && left[at_left - back + length].hash == right[at_right - back + length].hash
        {
            length += 1;
        }
        gap(left, right, (done_left..at_left - back, done_right..at_right - back), &mut runs);
        runs.push((at_left - back, at_right - back, length));
        (done_left, done_right) = (at_left - back + length, at_right - back + length);
    }
    gap(left, right, (done_left..left.len(), done_right..right.len()), &mut runs);
    stretches(&runs, left.len(), right.len())
}

/// Pairs of places where both texts have the same shingle, by the left place, then by the right one downwards, so
/// that a strictly rising chain takes at most one right place for a left one.
fn seeds(left: &[Word], right: &[Word]) -> Vec<(usize, usize)> {
    if left.len() < SHINGLE || right.len() < SHINGLE {
        return Vec::new();
    }
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, shingle) in shingles(right).into_iter().enumerate() {
        places.entry(shingle).or_default().push(at);
    }
    let mut repeats: FxHashMap<u64, usize> = FxHashMap::default();
    let shingles = shingles(left);
    for &shingle in &shingles {
        *repeats.entry(shingle).or_default() += 1;
    }
    let mut seeds = Vec::new();
    for (at, shingle) in shingles.iter().enumerate() {
        let Some(found) = places.get(shingle) else {
            continue;
        };
        if found.len() <= SEED_REPEATS && repeats[shingle] <= SEED_REPEATS {
            seeds.extend(found.iter().rev().map(|&right| (at, right)));
        }
    }
    seeds
}

/// The longest chain of seeds that rises on both sides, by patience sorting: n log n.
fn chain(seeds: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; seeds.len()];
    for (i, seed) in seeds.iter().enumerate() {
        let at = tails.partition_point(|&tail| seeds[tail].1 < seed.1);
        before[i] = at.checked_sub(1).map(|previous| tails[previous]);
        if at == tails.len() {
            tails.push(i);
        } else {
            tails[at] = i;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(i) = next {
        chain.push(seeds[i]);
        next = before[i];
    }
    chain.reverse();
    chain
}

/// Fills a gap with the longest common subsequence of its words, as runs.
fn gap(
    left: &[Word],
    right: &[Word],
    (a, b): (Range<usize>, Range<usize>),
    runs: &mut Vec<(usize, usize, usize)>,
) {
    let (rows, columns) = (a.len(), b.len());
    if rows == 0 || columns == 0 || rows * columns > GAP_CELLS {
        return;
    }
    let width = columns + 1;
    let mut best = vec![0u16; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            best[i * width + j] = if left[a.start + i].hash == right[b.start + j].hash {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        if left[a.start + i].hash == right[b.start + j].hash {
            match runs.last_mut() {
                Some(run) if run.0 + run.2 == a.start + i && run.1 + run.2 == b.start + j => run.2 += 1,
                _ => runs.push((a.start + i, b.start + j, 1)),
            }
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn stretches(runs: &[(usize, usize, usize)], left: usize, right: usize) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let (mut at_left, mut at_right) = (0, 0);
    for &(from_left, from_right, length) in runs.iter().chain(std::iter::once(&(left, right, 0))) {
        if from_left > at_left || from_right > at_right {
            found.push(Stretch { same: false, left: at_left..from_left, right: at_right..from_right });
        }
        (at_left, at_right) = (from_left + length, from_right + length);
        match found.last_mut() {
            _ if length == 0 => {}
            Some(last) if last.same => {
                last.left.end = at_left;
                last.right.end = at_right;
            }
            _ => found.push(Stretch { same: true, left: from_left..at_left, right: from_right..at_right }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;
    use proptest::prelude::*;

    /// The alignment as text: what is the same bare, what is gone in `[-…-]`, what is new in `{+…+}`.
    fn check(left: &str, right: &str, expected: &str) {
        let (a, b) = (words(left), words(right));
        let take = |text: &str, words: &[Word], range: Range<usize>| {
            if range.is_empty() {
                return String::new();
            }
            text[words[range.start].start as usize..words[range.end - 1].end as usize].to_owned()
        };
        let mut shown = Vec::new();
        for stretch in align(&a, &b) {
            if stretch.same {
                shown.push(take(left, &a, stretch.left));
                continue;
            }
            if !stretch.left.is_empty() {
                shown.push(format!("[-{}-]", take(left, &a, stretch.left)));
            }
            if !stretch.right.is_empty() {
                shown.push(format!("{{+{}+}}", take(right, &b, stretch.right)));
            }
        }
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn shows_what_changed() {
        check(
            "The ship carried forty crates of shells to the port of Odrin on Friday.",
            "The ship carried fifty crates of shells to the port of Odrin late on Friday.",
            "The ship carried [-forty-] {+fifty+} crates of shells to the port of Odrin {+late+} on Friday",
        );
        check("", "All new.", "{+All new+}");
        check("One two three.", "Four five.", "[-One two three-] {+Four five+}");
    }

    proptest! {
        #[test]
        fn covers_both_texts(a in "[abc ]{0,80}", b in "[abc ]{0,80}") {
            let (left, right) = (words(&a), words(&b));
            let (mut x, mut y) = (0, 0);
            for stretch in align(&left, &right) {
                prop_assert_eq!((stretch.left.start, stretch.right.start), (x, y));
                (x, y) = (stretch.left.end, stretch.right.end);
                if stretch.same {
                    prop_assert_eq!(stretch.left.len(), stretch.right.len());
                    for (i, j) in stretch.left.zip(stretch.right) {
                        prop_assert_eq!(left[i].hash, right[j].hash);
                    }
                }
            }
            prop_assert_eq!((x, y), (left.len(), right.len()));
        }
    }
}
