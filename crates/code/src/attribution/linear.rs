//! Linear models over named features: the weights as text, and how they are learned.
//!
//! A feature is a template and the words that fill it. Its identity is the FNV-1a hash of `template|word|word`, so that
//! no text is put together where weights are only looked up. Weights are kept as whole hundredths.

use rustc_hash::FxHashMap;

/// Whole steps of a weight in one unit.
const STEPS: f32 = 100.0;

/// Gathers the features of one decision.
#[derive(Debug, Default)]
pub(crate) struct Features {
    pub(crate) ids: Vec<u64>,
    /// The names of all features seen, gathered while learning only.
    pub(crate) names: Option<FxHashMap<u64, String>>,
}

impl Features {
    /// Adds the feature `template` filled with `words`.
    pub(crate) fn add(&mut self, template: &str, words: &[&str]) {
        let mut hash = fnv(0xcbf2_9ce4_8422_2325, template);
        for word in words {
            hash = fnv(fnv(hash, "|"), word);
        }
        self.ids.push(hash);
        if let Some(names) = &mut self.names {
            names.entry(hash).or_insert_with(|| {
                let mut name = template.to_owned();
                for word in words {
                    name.push('|');
                    name.push_str(word);
                }
                name
            });
        }
    }
}

fn fnv(seed: u64, text: &str) -> u64 {
    text.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Weights by feature.
#[derive(Debug, Default, Clone)]
pub(crate) struct Weights(FxHashMap<u64, f32>);

impl Weights {
    /// Reads lines of a whole number of steps, a tab and a feature's name; other lines are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let line = |line: &str| {
            let (steps, name) = line.split_once('\t')?;
            Some((fnv(0xcbf2_9ce4_8422_2325, name), steps.parse::<f32>().ok()? / STEPS))
        };
        Weights(text.lines().filter_map(line).collect())
    }

    /// The sum of the weights of `ids`.
    pub(crate) fn score(&self, ids: &[u64]) -> f32 {
        ids.iter().filter_map(|id| self.0.get(id)).sum()
    }
}

/// Features by dense index, with what has been learned of them.
#[derive(Debug, Default)]
pub(crate) struct Learner {
    index: FxHashMap<u64, u32>,
    ids: Vec<u64>,
    weights: Vec<f32>,
    squares: Vec<f32>,
    counts: Vec<u32>,
}

impl Learner {
    /// A learner of the features that occur in `all` at least `least` times.
    pub(crate) fn new<'i>(all: impl Iterator<Item = &'i [u64]>, least: u32) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut order = Vec::new();
        for ids in all {
            for id in ids {
                let count = counts.entry(*id).or_insert(0);
                *count += 1;
                if *count == least {
                    order.push(*id);
                }
            }
        }
        let counts = order.iter().map(|id| counts[id]).collect();
        Learner::of(order, counts)
    }

    fn of(ids: Vec<u64>, counts: Vec<u32>) -> Self {
        let index = ids.iter().enumerate().map(|(i, id)| (*id, i as u32)).collect();
        let size = ids.len();
        Learner { index, ids, weights: vec![0.0; size], squares: vec![1.0; size], counts }
    }

    /// The dense indices of those of `ids` that are learned.
    pub(crate) fn dense(&self, ids: &[u64]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.index.get(id).copied()).collect()
    }

    /// The sum of the weights of `features`.
    pub(crate) fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize]).sum()
    }

    /// One step of AdaGrad on `features` with gradient `gradient` of the loss, with a pull of `decay` to zero.
    pub(crate) fn step(&mut self, features: &[u32], gradient: f32, rate: f32, decay: f32) {
        if gradient.abs() < 1e-4 {
            return;
        }
        for &f in features {
            let f = f as usize;
            let slope = gradient + decay * self.weights[f];
            self.squares[f] += slope * slope;
            self.weights[f] -= rate * slope / self.squares[f].sqrt();
        }
    }

    /// A fresh learner of the `size` features that matter most, and the new index of each old one.
    ///
    /// A feature matters by its weight times the root of how often it is seen.
    pub(crate) fn prune(&self, size: usize) -> (Self, Vec<Option<u32>>) {
        let matters = |i: usize| self.weights[i].abs() * (self.counts[i] as f32).sqrt();
        let mut order: Vec<usize> =
            (0..self.ids.len()).filter(|&i| self.weights[i].abs() * STEPS >= 1.0).collect();
        order.sort_by(|&a, &b| matters(b).total_cmp(&matters(a)).then(a.cmp(&b)));
        order.truncate(size);
        let mut new = vec![None; self.ids.len()];
        for (i, &old) in order.iter().enumerate() {
            new[old] = Some(i as u32);
        }
        let ids = order.iter().map(|&i| self.ids[i]).collect();
        let counts = order.iter().map(|&i| self.counts[i]).collect();
        (Learner::of(ids, counts), new)
    }

    /// The weights as lines, in order of the features' names.
    pub(crate) fn write(&self, names: &FxHashMap<u64, String>) -> String {
        let mut lines: Vec<(&str, i32)> = self
            .ids
            .iter()
            .zip(&self.weights)
            .filter_map(|(id, w)| Some((names.get(id)?.as_str(), (w * STEPS).round() as i32)))
            .filter(|(name, steps)| *steps != 0 && !name.contains(['\t', '\n', '\r']))
            .collect();
        lines.sort_unstable();
        lines.iter().map(|(name, steps)| format!("{steps}\t{name}\n")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_read_from_text_is_the_one_added() {
        let weights = Weights::read("# weights\n-150\tlemma|say\n25\tbias\n");
        let mut features = Features::default();
        features.add("lemma", &["say"]);
        features.add("bias", &[]);
        features.add("lemma", &["walk"]);
        assert!((weights.score(&features.ids) + 1.25).abs() < 1e-6);
    }

    #[test]
    fn a_learner_tells_two_kinds_apart_and_keeps_it_in_text() {
        let mut features = Features { names: Some(FxHashMap::default()), ..Features::default() };
        let mut sample = |word: &str| {
            features.ids.clear();
            features.add("bias", &[]);
            features.add("word", &[word]);
            features.ids.clone()
        };
        let (yes, no) = (sample("said"), sample("ran"));
        let all = [yes.clone(), no.clone()];
        let mut learner = Learner::new(all.iter().map(Vec::as_slice), 1);
        for _ in 0..50 {
            for (ids, gold) in [(&yes, 1.0), (&no, 0.0)] {
                let dense = learner.dense(ids);
                let guess = 1.0 / (1.0 + (-learner.score(&dense)).exp());
                learner.step(&dense, guess - gold, 0.2, 0.0);
            }
        }
        let names = features.names.take().expect("names are kept");
        let weights = Weights::read(&learner.write(&names));
        assert!(weights.score(&yes) > 0.5 && weights.score(&no) < -0.5);
    }
}
