//! Files texts under their keys, and finds those that share some.

use rustc_hash::FxHashMap;

/// At most so many texts are kept under one key: later ones are found by the keys that are their own.
const LIST: usize = 24;
/// At most so many candidates go to alignment.
const CANDIDATES: usize = 10;
/// The bit that tells a place in `lists` from a text.
const LISTED: u32 = 1 << 31;

/// An inverted index from keys to texts, by number, in the order of filing.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    one: FxHashMap<u32, u32>,
    lists: Vec<Vec<u32>>,
}

impl Index {
    /// Files text `number`; numbers rise from call to call.
    pub(super) fn add(&mut self, number: u32, keys: &[u32]) {
        for &key in keys {
            let next = self.lists.len() as u32 | LISTED;
            let slot = self.one.entry(key).or_insert(number);
            if *slot == number {
                continue;
            }
            if *slot & LISTED == 0 {
                self.lists.push(vec![*slot, number]);
                *slot = next;
                continue;
            }
            let list = &mut self.lists[(*slot & !LISTED) as usize];
            if list.len() < LIST {
                list.push(number);
            }
        }
    }

    /// Takes text `number` out again; it must be the last one still filed.
    pub(super) fn remove(&mut self, number: u32, keys: &[u32]) {
        for &key in keys {
            let Some(&slot) = self.one.get(&key) else { continue };
            if slot == number {
                self.one.remove(&key);
            } else if slot & LISTED != 0 {
                let list = &mut self.lists[(slot & !LISTED) as usize];
                if list.last() == Some(&number) {
                    list.pop();
                }
                if list.is_empty() {
                    self.one.remove(&key);
                }
            }
        }
    }

    /// The texts that share the most with `keys`, best first; a shared key counts less the more texts have it.
    pub(super) fn candidates(&self, keys: &[u32]) -> Vec<u32> {
        let mut scores: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for key in keys {
            let Some(slot) = self.one.get(key) else { continue };
            let single = [*slot];
            let found: &[u32] =
                if slot & LISTED == 0 { &single } else { &self.lists[(slot & !LISTED) as usize] };
            let weight = 1000 / found.len().max(1) as u32;
            for &number in found {
                let score = scores.entry(number).or_default();
                *score = (score.0 + weight, score.1 + 1);
            }
        }
        let least = if keys.len() < 6 { 1 } else { 2 };
        let mut ranked: Vec<(u32, u32)> =
            scores.into_iter().filter(|(_, s)| s.1 >= least).map(|(number, s)| (s.0, number)).collect();
        ranked.sort_unstable_by_key(|&(score, number)| (std::cmp::Reverse(score), number));
        ranked.truncate(CANDIDATES);
        ranked.into_iter().map(|(_, number)| number).collect()
    }

    /// How many keys are in use.
    pub(super) fn len(&self) -> usize {
        self.one.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_what_is_shared() {
        let mut index = Index::default();
        index.add(0, &[1, 2, 3, 4, 5, 6]);
        index.add(1, &[1, 2, 9]);
        index.add(2, &[7, 8]);
        assert_eq!(index.candidates(&[1, 2, 3, 20, 21, 22]), [0, 1]);
        assert!(index.candidates(&[40]).is_empty());
    }

    #[test]
    fn removing_the_last_restores_what_was() {
        let mut index = Index::default();
        index.add(0, &[1, 2, 3]);
        index.add(1, &[2, 3]);
        index.add(2, &[3, 4]);
        index.remove(2, &[3, 4]);
        index.remove(1, &[2, 3]);
        assert_eq!(index.candidates(&[1, 2, 3]), [0]);
        index.add(1, &[3]);
        assert_eq!(index.candidates(&[3]), [0, 1]);
        assert_eq!(index.len(), 3);
    }

    #[test]
    fn a_full_list_takes_no_more() {
        let mut index = Index::default();
        for number in 0..100 {
            index.add(number, &[1]);
        }
        assert!(index.candidates(&[1]).iter().all(|&n| n < LIST as u32));
    }
}
