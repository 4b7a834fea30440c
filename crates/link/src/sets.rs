//! Disjoint sets of numbers, joined pair by pair.

/// Disjoint sets over `0..n` (union-find with path halving; the least member stands for its set).
#[derive(Debug, Clone)]
pub(crate) struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    /// `n` sets of one member each.
    pub(crate) fn new(n: usize) -> Self {
        Sets { parent: (0..n).collect() }
    }

    /// The least member of the set of `at`.
    pub(crate) fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Makes one set of those of `a` and `b`.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// All sets, by least member, each in rising order.
    pub(crate) fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut at = vec![usize::MAX; self.parent.len()];
        for i in 0..self.parent.len() {
            let root = self.find(i);
            if at[root] == usize::MAX {
                at[root] = groups.len();
                groups.push(Vec::new());
            }
            groups[at[root]].push(i);
        }
        groups
    }
}
