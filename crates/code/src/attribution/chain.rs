//! A chain of yes-or-no labels (a linear-chain CRF with two labels): the best chain, and the odds for learning.
//!
//! Lafferty, McCallum, Pereira 2001. A chain has for each item the score of `yes` over `no`, and before each item the
//! score of a change from `no` to `yes` (`begin`) and back (`end`); staying scores nothing. Before the first item and
//! after the last the label is `no`.

/// The scores of one chain. `begin` has one entry for each item, `end` one more: for the change after the last.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) yes: Vec<f32>,
    pub(crate) begin: Vec<f32>,
    pub(crate) end: Vec<f32>,
}

/// How likely each label and change is.
#[derive(Debug, Default)]
pub(crate) struct Odds {
    pub(crate) yes: Vec<f32>,
    pub(crate) begin: Vec<f32>,
    pub(crate) end: Vec<f32>,
}

impl Scores {
    fn step(&self, i: usize, from: bool, to: bool) -> f32 {
        match (from, to) {
            (false, true) => self.begin[i] + self.yes[i],
            (true, true) => self.yes[i],
            (true, false) => self.end[i],
            (false, false) => 0.0,
        }
    }

    /// The labels with the best score.
    pub(crate) fn best(&self) -> Vec<bool> {
        let n = self.yes.len();
        let mut scores = [0.0f32, f32::NEG_INFINITY];
        let mut back = vec![[false; 2]; n];
        for (i, from) in back.iter_mut().enumerate() {
            let mut next = [f32::NEG_INFINITY; 2];
            for to in [false, true] {
                let no = scores[0] + self.step(i, false, to);
                let yes = scores[1] + self.step(i, true, to);
                next[usize::from(to)] = no.max(yes);
                from[usize::from(to)] = yes > no;
            }
            scores = next;
        }
        let mut label = n > 0 && scores[1] + self.end[n] > scores[0];
        let mut labels = vec![false; n];
        for i in (0..n).rev() {
            labels[i] = label;
            label = back[i][usize::from(label)];
        }
        labels
    }

    /// How likely each label and change is, by the forward and backward sums.
    pub(crate) fn odds(&self) -> Odds {
        let n = self.yes.len();
        let mut forward = vec![[0.0f32, f32::NEG_INFINITY]];
        for i in 0..n {
            let last = forward[i];
            let sum = |to| add_logs(last[0] + self.step(i, false, to), last[1] + self.step(i, true, to));
            forward.push([sum(false), sum(true)]);
        }
        let mut backward = vec![[0.0f32; 2]; n + 1];
        backward[n] = [0.0, self.end[n]];
        for i in (0..n).rev() {
            let next = backward[i + 1];
            let sum =
                |from| add_logs(self.step(i, from, false) + next[0], self.step(i, from, true) + next[1]);
            backward[i] = [sum(false), sum(true)];
        }
        let total = backward[0][0];
        let share = |score: f32| (score - total).exp();
        let mut odds = Odds::default();
        for i in 0..n {
            let (last, next) = (forward[i], backward[i + 1]);
            odds.yes.push(share(forward[i + 1][1] + next[1]));
            odds.begin.push(share(last[0] + self.step(i, false, true) + next[1]));
            odds.end.push(share(last[1] + self.step(i, true, false) + next[0]));
        }
        odds.end.push(share(forward[n][1] + self.end[n]));
        odds
    }
}

fn add_logs(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores() -> Scores {
        Scores {
            yes: vec![-1.0, 2.0, 0.5, -0.2, 1.5],
            begin: vec![0.0, -0.5, -2.0, -2.0, -2.5],
            end: vec![0.0, 0.0, -1.0, -0.3, 0.2, 0.1],
        }
    }

    fn score(scores: &Scores, labels: &[bool]) -> f32 {
        let mut last = false;
        let mut sum = 0.0;
        for (i, &label) in labels.iter().enumerate() {
            sum += scores.step(i, last, label);
            last = label;
        }
        sum + if last { scores.end[labels.len()] } else { 0.0 }
    }

    fn all(n: usize) -> Vec<Vec<bool>> {
        (0..1u32 << n).map(|bits| (0..n).map(|i| bits >> i & 1 == 1).collect()).collect()
    }

    #[test]
    fn the_best_chain_is_the_best_of_all() {
        let scores = scores();
        let best = all(5)
            .into_iter()
            .max_by(|a, b| score(&scores, a).total_cmp(&score(&scores, b)))
            .expect("there are chains");
        assert_eq!(scores.best(), best);
    }

    #[test]
    fn the_odds_are_the_sums_over_all_chains() {
        let scores = scores();
        let total: f32 = all(5).iter().map(|l| score(&scores, l).exp()).sum();
        let odds = scores.odds();
        for i in 0..5 {
            let yes: f32 = all(5).iter().filter(|l| l[i]).map(|l| score(&scores, l).exp()).sum();
            assert!((odds.yes[i] - yes / total).abs() < 1e-4, "yes {i}");
            let begins = |l: &&Vec<bool>| l[i] && (i == 0 || !l[i - 1]);
            let begin: f32 = all(5).iter().filter(begins).map(|l| score(&scores, l).exp()).sum();
            assert!((odds.begin[i] - begin / total).abs() < 1e-4, "begin {i}");
        }
    }
}
