//! Storylines: the documents about one developing matter, clustered as they come, day by day.
//!
//! A document joins the storyline that it is nearest to (half its middle, half its nearest document; the further away
//! in time, the less), or begins one. Two storylines become one when later documents lie between them; one that has
//! fallen apart, because what held it together has become common, is split. A day is taken as a whole and in order of
//! document, so the order of arrival within a day changes nothing; a late document takes the days since its own back
//! and plays them again.

mod terms;
mod vector;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use terms::{Terms, terms};
use vector::{Vector, weigh};

/// A document nearer than this to a storyline joins it.
const JOIN: f32 = 0.165;
/// Two storylines whose middles are nearer than this, and between which a document lies, become one.
const MERGE: f32 = 0.42;
/// Documents of a storyline nearer than this hold together.
const HOLD: f32 = 0.05;
/// What stays of nearness after a long time.
const FLOOR: f32 = 0.65;
/// Days after which nearness has lost most of what time takes.
const DECAY_DAYS: f32 = 90.0;
/// Heaviest terms of a document by which candidates are found.
const LOOKED_UP: usize = 24;
/// Documents that one term brings up, the latest.
const BROUGHT_UP: usize = 64;
/// A storyline is looked over for falling apart when it reaches these sizes.
const REVIEWED: &[usize] = &[8, 16, 32, 64];

/// A document as the clustering takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Which document.
    pub doc: String,
    /// The day that it is filed under, in days since 1970-01-01.
    pub day: i32,
    /// What it is about.
    pub terms: Terms,
}

/// The documents about one developing matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// `s` and twelve hexadecimal digits: from the first document.
    pub id: String,
    /// The documents, by day and name.
    pub docs: Vec<String>,
    /// First and last day, in days since 1970-01-01.
    pub days: (i32, i32),
}

/// A document in the fold.
#[derive(Debug, Clone)]
struct Member {
    told: Told,
    vector: Vector,
    story: usize,
}

/// A storyline in the fold: members by number, in order, and the sum of their vectors.
#[derive(Debug, Clone, Default)]
struct Cluster {
    members: Vec<usize>,
    sum: Vector,
    last: i32,
}

/// A change of membership, so that a day can be taken back.
#[derive(Debug, Clone, Copy)]
struct Move {
    day: i32,
    member: usize,
    from: usize,
}

/// The storylines so far. What comes out depends on the documents alone, not on the order or portions of arrival.
#[derive(Debug, Clone, Default)]
pub struct Stories {
    members: Vec<Member>,
    clusters: Vec<Cluster>,
    /// Day on which each cluster was begun.
    begun: Vec<i32>,
    frequency: FxHashMap<u32, u32>,
    postings: FxHashMap<u32, Vec<u32>>,
    moves: Vec<Move>,
}

impl Stories {
    /// No documents yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds documents in any order.
    pub fn add(&mut self, batch: Vec<Told>) {
        let Some(first) = batch.iter().map(|told| told.day).min() else {
            return;
        };
        let mut waiting: FxHashMap<String, Told> = self.take_back(first);
        waiting.extend(batch.into_iter().map(|told| (told.doc.clone(), told)));
        let mut order: Vec<Told> = waiting.into_values().collect();
        order.sort_by(|a, b| (a.day, &a.doc).cmp(&(b.day, &b.doc)));
        for day in order.chunk_by(|a, b| a.day == b.day) {
            self.play(day);
        }
    }

    /// Takes back every day from `first` on, and gives the documents of those days.
    fn take_back(&mut self, first: i32) -> FxHashMap<String, Told> {
        let mut touched = BTreeSet::new();
        while let Some(undone) = self.moves.pop_if(|m| m.day >= first) {
            touched.insert(self.members[undone.member].story);
            touched.insert(undone.from);
            self.members[undone.member].story = undone.from;
        }
        let mut taken = FxHashMap::default();
        while let Some(member) = self.members.pop_if(|m| m.told.day >= first) {
            touched.insert(member.story);
            for &(term, _) in &member.told.terms.counts {
                if let Some(n) = self.frequency.get_mut(&term) {
                    *n -= 1;
                }
            }
            for term in member.vector.heaviest(LOOKED_UP) {
                if let Some(list) = self.postings.get_mut(&term) {
                    list.pop();
                }
            }
            taken.insert(member.told.doc.clone(), member.told);
        }
        let kept = self.begun.partition_point(|&day| day < first);
        self.begun.truncate(kept);
        self.clusters.truncate(kept);
        let mut left: FxHashMap<usize, Vec<usize>> = touched
            .into_iter()
            .filter(|&cluster| cluster < kept)
            .map(|cluster| (cluster, Vec::new()))
            .collect();
        for (number, member) in self.members.iter().enumerate() {
            if let Some(members) = left.get_mut(&member.story) {
                members.push(number);
            }
        }
        for (cluster, members) in left {
            self.fill(cluster, members);
        }
        taken
    }

    /// Makes a cluster of members, in order.
    fn fill(&mut self, cluster: usize, members: Vec<usize>) {
        let mut sum = Vector::default();
        for &member in &members {
            sum.add(&self.members[member].vector);
        }
        let last = members.iter().map(|&m| self.members[m].told.day).max().unwrap_or(i32::MIN);
        self.clusters[cluster] = Cluster { members, sum, last };
    }

    /// Takes in the documents of one day, which come in order of document.
    fn play(&mut self, day: &[Told]) {
        for told in day {
            for &(term, _) in &told.terms.counts {
                *self.frequency.entry(term).or_default() += 1;
            }
        }
        let seen = (self.members.len() + day.len()) as u32;
        let mut touched = BTreeSet::new();
        let mut between = BTreeSet::new();
        for told in day {
            let vector = weigh(&told.terms, seen, |term| self.frequency.get(&term).copied().unwrap_or(0));
            let ranked = self.nearest(&vector, told.day);
            let number = self.members.len();
            let story = match ranked.first() {
                Some(&(near, story)) if near >= JOIN => story,
                _ => {
                    self.clusters.push(Cluster::default());
                    self.begun.push(told.day);
                    self.clusters.len() - 1
                }
            };
            if let Some(&(near, second)) = ranked.get(1)
                && near >= JOIN
            {
                between.insert((story.min(second), story.max(second)));
            }
            for term in vector.heaviest(LOOKED_UP) {
                self.postings.entry(term).or_default().push(number as u32);
            }
            let cluster = &mut self.clusters[story];
            cluster.members.push(number);
            cluster.sum.add(&vector);
            cluster.last = told.day;
            self.members.push(Member { told: told.clone(), vector, story });
            touched.insert(story);
        }
        let Some(today) = day.first().map(|told| told.day) else {
            return;
        };
        for (elder, younger) in between {
            self.merge_if_near(elder, younger, today);
        }
        for story in touched {
            if REVIEWED.contains(&self.clusters[story].members.len()) {
                self.split(story, today);
            }
        }
    }

    /// The storylines near a vector, nearest first; the elder of two equally near.
    fn nearest(&self, vector: &Vector, day: i32) -> Vec<(f32, usize)> {
        let mut best: FxHashMap<usize, f32> = FxHashMap::default();
        let mut met: BTreeSet<u32> = BTreeSet::new();
        for term in vector.heaviest(LOOKED_UP) {
            let Some(list) = self.postings.get(&term) else {
                continue;
            };
            met.extend(&list[list.len().saturating_sub(BROUGHT_UP)..]);
        }
        for number in met {
            let member = &self.members[number as usize];
            let near = vector.dot(&member.vector);
            let slot = best.entry(member.story).or_default();
            *slot = slot.max(near);
        }
        let mut ranked: Vec<(f32, usize)> = best
            .into_iter()
            .map(|(story, nearest)| {
                let cluster = &self.clusters[story];
                let middle = vector.dot(&cluster.sum) / cluster.sum.length().max(f32::MIN_POSITIVE);
                let gap = (day - cluster.last).max(0) as f32;
                let lasting = FLOOR + (1.0 - FLOOR) * (-gap / DECAY_DAYS).exp();
                ((middle + nearest) / 2.0 * lasting, story)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
    }

    fn merge_if_near(&mut self, elder: usize, younger: usize, day: i32) {
        let (a, b) = (&self.clusters[elder], &self.clusters[younger]);
        if a.members.is_empty() || b.members.is_empty() {
            return;
        }
        if a.sum.dot(&b.sum) / (a.sum.length() * b.sum.length()) < MERGE {
            return;
        }
        let moved = std::mem::take(&mut self.clusters[younger].members);
        let mut members = std::mem::take(&mut self.clusters[elder].members);
        members.extend(&moved);
        members.sort_unstable();
        self.reassign(&moved, elder, day);
        self.fill(younger, Vec::new());
        self.fill(elder, members);
    }

    fn reassign(&mut self, members: &[usize], to: usize, day: i32) {
        for &member in members {
            self.moves.push(Move { day, member, from: self.members[member].story });
            self.members[member].story = to;
        }
    }

    /// Splits a storyline whose documents, weighed as of today, no longer hold together.
    fn split(&mut self, story: usize, day: i32) {
        let members = self.clusters[story].members.clone();
        let seen = self.members.len() as u32;
        let vectors: Vec<Vector> = members
            .iter()
            .map(|&m| {
                weigh(&self.members[m].told.terms, seen, |term| {
                    self.frequency.get(&term).copied().unwrap_or(0)
                })
            })
            .collect();
        let mut sets = crate::sets::Sets::new(members.len());
        for i in 0..members.len() {
            for j in i + 1..members.len() {
                if vectors[i].dot(&vectors[j]) >= HOLD {
                    sets.join(i, j);
                }
            }
        }
        let groups = sets.groups();
        for group in groups.iter().skip(1) {
            let moved: Vec<usize> = group.iter().map(|&i| members[i]).collect();
            self.clusters.push(Cluster::default());
            self.begun.push(day);
            let to = self.clusters.len() - 1;
            self.reassign(&moved, to, day);
            self.fill(to, moved);
        }
        if groups.len() > 1 {
            self.fill(story, groups[0].iter().map(|&i| members[i]).collect());
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// All storylines, those of one document too, by first document.
    pub fn stories(&self) -> Vec<Story> {
        let mut filled: Vec<&Cluster> = self.clusters.iter().filter(|c| !c.members.is_empty()).collect();
        filled.sort_by_key(|cluster| cluster.members[0]);
        filled
            .into_iter()
            .map(|cluster| {
                let docs: Vec<String> =
                    cluster.members.iter().map(|&m| self.members[m].told.doc.clone()).collect();
                Story {
                    id: crate::ids::id("s", &[&docs[0]]),
                    days: (self.members[cluster.members[0]].told.day, cluster.last),
                    docs,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;
    use proptest::prelude::*;

    fn told(doc: &str, day: i32, body: &str) -> Told {
        let article = Article {
            doc: doc.into(),
            day,
            dated: true,
            url: None,
            publisher: None,
            title: String::new(),
            body: body.into(),
        };
        Told { doc: doc.into(), day, terms: terms(&article, &[]) }
    }

    /// Three matters over some weeks, and something else.
    fn weeks() -> Vec<Told> {
        vec![
            told(
                "a1",
                10,
                "Sources in Odrin say that Verania wants to buy Falke drones from Norrland Dynamics.",
            ),
            told(
                "a2",
                12,
                "Norrland Dynamics denies talks with Verania on Falke drones, the Odrin daily writes.",
            ),
            told(
                "a3",
                19,
                "Verania signed for sixty Falke drones, its air force said; Norrland Dynamics will ship them.",
            ),
            told(
                "b1",
                10,
                "The parliament in Lys votes on an embargo on rifles for Sorland after the border shooting.",
            ),
            told(
                "b2",
                11,
                "Sorland protests at the embargo on rifles that the parliament of Lys has voted for.",
            ),
            told(
                "b3",
                25,
                "Lys extends its embargo on rifles for Sorland by a year, the parliament decided.",
            ),
            told(
                "c1",
                12,
                "A dealer, Marko Tessel, was arrested at Kestrin airport with mortar parts in his luggage.",
            ),
            told(
                "c2",
                19,
                "Marko Tessel, the dealer held at Kestrin, says that the mortar parts were not his.",
            ),
            told(
                "d1",
                11,
                "Heavy rain has closed the mountain railway, and hikers were told to stay in the valley.",
            ),
        ]
    }

    fn check(batches: &[Vec<Told>], expected: &[&[&str]]) {
        let mut stories = Stories::new();
        for batch in batches {
            stories.add(batch.clone());
        }
        let found: Vec<Vec<String>> = stories.stories().into_iter().map(|story| story.docs).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn follows_each_matter() {
        check(&[weeks()], &[&["a1", "a2", "a3"], &["b1", "b2", "b3"], &["d1"], &["c1", "c2"]]);
    }

    #[test]
    fn nothing_gives_nothing() {
        check(&[vec![]], &[]);
    }

    proptest! {
        #[test]
        fn order_and_portions_change_nothing(
            order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
            first in 0usize..9,
            second in 0usize..9,
        ) {
            let all = weeks();
            let mut whole = Stories::new();
            whole.add(all.clone());
            let mut parts = Stories::new();
            let (first, second) = (first.min(second), first.max(second));
            for portion in [&order[..first], &order[first..second], &order[second..]] {
                parts.add(portion.iter().map(|&i| all[i].clone()).collect());
            }
            prop_assert_eq!(whole.stories(), parts.stories());
        }
    }
}
