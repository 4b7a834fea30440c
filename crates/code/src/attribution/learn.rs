//! Learns the three models from annotated texts; `examples/train_attribution.rs` is the command.
//!
//! All steps are deterministic: the order of the samples is that given, shuffled by a fixed generator.

use std::ops::Range;

use model::Span;
use rustc_hash::FxHashMap;

use super::chain::Scores;
use super::content_model::{Describer, Link, window};
use super::cue_model;
use super::cues::CueTable;
use super::find::source_words;
use super::flow::Flow;
use super::linear::{Features, Learner};
use super::source_model;
use crate::text::Text;

/// One annotated attribution: bytes of the document's text.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The source's words; none where the text names no source.
    pub source: Vec<Span>,
    /// The cue's words.
    pub cue: Vec<Span>,
    /// The content's words.
    pub content: Vec<Span>,
}

/// A text with its annotations.
#[derive(Debug)]
pub struct Sample<'a> {
    /// The text.
    pub text: Text<'a>,
    /// Its attributions.
    pub gold: Vec<Gold>,
}

/// What was learned, as the texts of the three files of weights.
#[derive(Debug)]
pub struct Learned {
    /// `weights/cues.txt`.
    pub cues: String,
    /// `weights/sources.txt`.
    pub sources: String,
    /// `weights/contents.txt`.
    pub contents: String,
}

/// How large the models may be and how long is learned.
const CUE_FEATURES: usize = 24_000;
const SOURCE_FEATURES: usize = 8_000;
const CONTENT_FEATURES: usize = 24_000;
const EPOCHS: usize = 8;
/// Features that are seen fewer times are not learned.
const LEAST: u32 = 3;
const RATE: f32 = 0.3;
const DECAY: f32 = 1e-5;

/// An annotation found again in a flow.
struct Known {
    link: Link,
    content: Vec<bool>,
}

/// Learns the three models from `samples`.
pub fn learn(samples: &[Sample<'_>], table: &CueTable) -> Learned {
    let flows: Vec<(Flow<'_>, Vec<Known>)> = samples
        .iter()
        .map(|sample| {
            let flow = Flow::new(&sample.text);
            let known = sample.gold.iter().filter_map(|g| find_again(&flow, &sample.text, g)).collect();
            (flow, known)
        })
        .collect();
    Learned {
        cues: learn_cues(&flows, table),
        sources: learn_sources(&flows, table),
        contents: learn_contents(&flows, table),
    }
}

/// The words that share a byte with `spans`.
fn words_of(flow: &Flow<'_>, text: &Text<'_>, spans: &[Span]) -> Vec<bool> {
    flow.words
        .iter()
        .map(|word| {
            let span = text.blocks[word.block].span(word.token..word.token + 1);
            spans.iter().any(|s| s.start < span.end && span.start < s.end)
        })
        .collect()
}

/// The word among `words` whose head is not among them; a verb before others, the first among several.
fn head_of(flow: &Flow<'_>, words: &[bool]) -> Option<usize> {
    let heads = |i: &usize| words[*i] && (flow.words[*i].head == *i || !words[flow.words[*i].head]);
    let all: Vec<usize> = (0..words.len()).filter(heads).collect();
    let verb = all.iter().copied().find(|&i| flow.words[i].pos == "VERB");
    let word = all.iter().copied().find(|&i| flow.words[i].pos != "PUNCT");
    verb.or(word).or(all.first().copied())
}

fn find_again(flow: &Flow<'_>, text: &Text<'_>, gold: &Gold) -> Option<Known> {
    let cue = head_of(flow, &words_of(flow, text, &gold.cue))?;
    let source = head_of(flow, &words_of(flow, text, &gold.source));
    let source_words = source.map_or(cue..cue, |s| source_words(flow, s, cue));
    let content = words_of(flow, text, &gold.content);
    Some(Known { link: Link { cue, source, source_words }, content })
}

/// Numbers from 0 up in an order that depends on `seed` alone (SplitMix64, Fisher-Yates).
fn shuffled(size: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut order: Vec<usize> = (0..size).collect();
    for i in (1..size).rev() {
        order.swap(i, (next() % (i as u64 + 1)) as usize);
    }
    order
}

fn naming() -> Features {
    Features { names: Some(FxHashMap::default()), ..Features::default() }
}

fn taken(features: &mut Features) -> Vec<u64> {
    std::mem::take(&mut features.ids)
}

/// A word, and whether it is the head of a cue.
struct CueExample<F> {
    features: Vec<F>,
    gold: bool,
}

impl<F> CueExample<F> {
    fn lists(&self) -> impl Iterator<Item = &Vec<F>> {
        std::iter::once(&self.features)
    }
}

/// The candidates for a source with the place of the right one.
struct SourceExample<F> {
    candidates: Vec<Vec<F>>,
    gold: usize,
}

impl<F> SourceExample<F> {
    fn lists(&self) -> impl Iterator<Item = &Vec<F>> {
        self.candidates.iter()
    }
}

/// The words of a window, and the changes before each, with the right labels.
struct ContentExample<F> {
    yes: Vec<Vec<F>>,
    begin: Vec<Vec<F>>,
    end: Vec<Vec<F>>,
    gold: Vec<bool>,
}

impl<F> ContentExample<F> {
    fn lists(&self) -> impl Iterator<Item = &Vec<F>> {
        self.yes.iter().chain(&self.begin).chain(&self.end)
    }
}

impl<F> CueExample<F> {
    fn map<G>(&self, f: &impl Fn(&[F]) -> Vec<G>) -> CueExample<G> {
        CueExample { features: f(&self.features), gold: self.gold }
    }
}

impl<F> SourceExample<F> {
    fn map<G>(&self, f: &impl Fn(&[F]) -> Vec<G>) -> SourceExample<G> {
        SourceExample { candidates: self.candidates.iter().map(|c| f(c)).collect(), gold: self.gold }
    }
}

impl<F> ContentExample<F> {
    fn map<G>(&self, f: &impl Fn(&[F]) -> Vec<G>) -> ContentExample<G> {
        let all = |lists: &[Vec<F>]| lists.iter().map(|l| f(l)).collect();
        ContentExample {
            yes: all(&self.yes),
            begin: all(&self.begin),
            end: all(&self.end),
            gold: self.gold.clone(),
        }
    }
}

/// Passes over the examples in a new order each time, with a falling rate.
fn run<T>(learner: &mut Learner, examples: &[T], pass: impl Fn(&mut Learner, &T, f32)) {
    for epoch in 0..EPOCHS {
        let rate = RATE / (1.0 + epoch as f32 * 0.5);
        for i in shuffled(examples.len(), epoch as u64) {
            pass(learner, &examples[i], rate);
        }
    }
}

/// Learns with all features, keeps the `size` that matter most, and learns again with these.
macro_rules! learn_twice {
    ($examples:expr, $size:expr, $pass:expr) => {{
        let mut learner = Learner::new($examples.iter().flat_map(|e| e.lists()).map(Vec::as_slice), LEAST);
        let dense: Vec<_> = $examples.iter().map(|e| e.map(&|ids: &[u64]| learner.dense(ids))).collect();
        drop($examples);
        run(&mut learner, &dense, $pass);
        let (mut kept, new) = learner.prune($size);
        let renew = |old: &[u32]| -> Vec<u32> { old.iter().filter_map(|&f| new[f as usize]).collect() };
        let dense: Vec<_> = dense.iter().map(|e| e.map(&renew)).collect();
        run(&mut kept, &dense, $pass);
        kept
    }};
}

fn learn_cues(flows: &[(Flow<'_>, Vec<Known>)], table: &CueTable) -> String {
    let mut features = naming();
    let mut examples = Vec::new();
    for (flow, known) in flows {
        let mut is_cue = vec![false; flow.words.len()];
        known.iter().for_each(|k| is_cue[k.link.cue] = true);
        for i in (0..flow.words.len()).filter(|&i| cue_model::is_candidate(flow, i)) {
            cue_model::describe(flow, table, i, &mut features);
            examples.push(CueExample { features: taken(&mut features), gold: is_cue[i] });
        }
    }
    let learned = learn_twice!(examples, CUE_FEATURES, learn_cue);
    learned.write(&features.names.unwrap_or_default())
}

fn learn_cue(learner: &mut Learner, example: &CueExample<u32>, rate: f32) {
    let guess = 1.0 / (1.0 + (-learner.score(&example.features)).exp());
    learner.step(&example.features, guess - number(example.gold), rate, DECAY);
}

fn number(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

fn learn_sources(flows: &[(Flow<'_>, Vec<Known>)], table: &CueTable) -> String {
    let mut features = naming();
    let mut examples = Vec::new();
    for (flow, known) in flows {
        for Known { link, .. } in known {
            let mut candidates = vec![None];
            candidates.extend(source_model::candidates(flow, link.cue).into_iter().map(Some));
            let Some(gold) = candidates.iter().position(|c| *c == link.source) else {
                continue;
            };
            let described = candidates.iter().map(|c| {
                source_model::describe(flow, table, link.cue, *c, &mut features);
                taken(&mut features)
            });
            examples.push(SourceExample { candidates: described.collect(), gold });
        }
    }
    let learned = learn_twice!(examples, SOURCE_FEATURES, learn_source);
    learned.write(&features.names.unwrap_or_default())
}

fn learn_source(learner: &mut Learner, example: &SourceExample<u32>, rate: f32) {
    let scores: Vec<f32> = example.candidates.iter().map(|c| learner.score(c)).collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    for (i, candidate) in example.candidates.iter().enumerate() {
        let guess = (scores[i] - top).exp() / total;
        learner.step(candidate, guess - number(i == example.gold), rate, DECAY);
    }
}

fn describe_window(
    flow: &Flow<'_>,
    table: &CueTable,
    known: &Known,
    is_cue: &[bool],
    features: &mut Features,
) -> ContentExample<u64> {
    let range: Range<usize> = window(flow, known.link.cue);
    let describer = Describer::new(flow, table, &known.link, is_cue);
    let gold = known.content[range.clone()].to_vec();
    let mut out = ContentExample { yes: Vec::new(), begin: Vec::new(), end: Vec::new(), gold };
    for i in range.clone() {
        describer.describe(i, features);
        out.yes.push(taken(features));
        describer.describe_change(i, &range, "B", features);
        out.begin.push(taken(features));
        describer.describe_change(i, &range, "E", features);
        out.end.push(taken(features));
    }
    describer.describe_change(range.end, &range, "E", features);
    out.end.push(taken(features));
    out
}

fn learn_contents(flows: &[(Flow<'_>, Vec<Known>)], table: &CueTable) -> String {
    let mut features = naming();
    let mut examples = Vec::new();
    for (flow, known) in flows {
        let mut is_cue = vec![false; flow.words.len()];
        known.iter().for_each(|k| is_cue[k.link.cue] = true);
        for known in known {
            examples.push(describe_window(flow, table, known, &is_cue, &mut features));
        }
    }
    let learned = learn_twice!(examples, CONTENT_FEATURES, learn_content);
    learned.write(&features.names.unwrap_or_default())
}

fn learn_content(learner: &mut Learner, example: &ContentExample<u32>, rate: f32) {
    let score = |all: &[Vec<u32>]| -> Vec<f32> { all.iter().map(|d| learner.score(d)).collect() };
    let scores = Scores { yes: score(&example.yes), begin: score(&example.begin), end: score(&example.end) };
    let odds = scores.odds();
    let n = example.gold.len();
    for i in 0..=n {
        let last = i > 0 && example.gold[i - 1];
        let this = i < n && example.gold[i];
        learner.step(&example.end[i], odds.end[i] - number(last && !this), rate, DECAY);
        if i < n {
            learner.step(&example.yes[i], odds.yes[i] - number(this), rate, DECAY);
            learner.step(&example.begin[i], odds.begin[i] - number(this && !last), rate, DECAY);
        }
    }
}
