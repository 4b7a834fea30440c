//! Sparse vectors of unit length, in order of term.

use super::terms::{Terms, common};

/// At most so many terms of a document take part in comparing.
const TOP: usize = 100;
/// What the counts over general news weigh against the documents seen: as many documents as this.
const BACKGROUND: f32 = 400.0;

/// A sparse vector, in order of term.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Vector {
    pub(super) entries: Vec<(u32, f32)>,
}

/// The weighted vector of a document (tf-idf, length 1), given in how many of `seen` documents a term occurs.
pub(super) fn weigh(terms: &Terms, seen: u32, frequency: impl Fn(u32) -> u32) -> Vector {
    let all = BACKGROUND + seen as f32;
    let mut entries: Vec<(u32, f32)> = terms
        .counts
        .iter()
        .map(|&(term, n)| {
            let with = common(term) / 1000.0 * BACKGROUND + frequency(term) as f32 + BACKGROUND / 400.0;
            (term, n * (all / with).ln().max(0.0))
        })
        .collect();
    entries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    entries.truncate(TOP);
    let length = entries.iter().map(|&(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        entries.iter_mut().for_each(|entry| entry.1 /= length);
    }
    entries.sort_unstable_by_key(|&(term, _)| term);
    Vector { entries }
}

impl Vector {
    /// The product with `other`, term by term.
    pub(super) fn dot(&self, other: &Vector) -> f32 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.entries.get(i), other.entries.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a.1 * b.1;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }

    /// Adds `other` to this vector.
    pub(super) fn add(&mut self, other: &Vector) {
        let mut entries = Vec::with_capacity(self.entries.len() + other.entries.len());
        let (mut i, mut j) = (0, 0);
        while i < self.entries.len() || j < other.entries.len() {
            let a = self.entries.get(i).copied();
            let b = other.entries.get(j).copied();
            match (a, b) {
                (Some(a), Some(b)) if a.0 == b.0 => {
                    entries.push((a.0, a.1 + b.1));
                    i += 1;
                    j += 1;
                }
                (Some(a), b) if b.is_none_or(|b| a.0 < b.0) => {
                    entries.push(a);
                    i += 1;
                }
                (_, Some(b)) => {
                    entries.push(b);
                    j += 1;
                }
                (_, None) => break,
            }
        }
        self.entries = entries;
    }

    /// The length.
    pub(super) fn length(&self) -> f32 {
        self.entries.iter().map(|&(_, w)| w * w).sum::<f32>().sqrt()
    }

    /// The `n` heaviest terms, heaviest first.
    pub(super) fn heaviest(&self, n: usize) -> Vec<u32> {
        let mut entries = self.entries.clone();
        entries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        entries.truncate(n);
        entries.into_iter().map(|(term, _)| term).collect()
    }
}
