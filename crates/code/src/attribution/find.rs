//! Finds cues, their sources and their contents with the learned models.

use std::ops::Range;
use std::sync::OnceLock;

use super::chain::Scores;
use super::content_model::{Describer, IsCue, Link, window};
use super::cues::CueTable;
use super::flow::Flow;
use super::linear::{Features, Weights};
use super::{cue_model, source_model};

/// A cue is taken for one from this score on; chosen on PolNeAR's train part, by `whole`.
const THRESHOLD: f32 = -0.2;

/// The weights of the three models.
#[derive(Debug)]
pub struct Models {
    cues: Weights,
    sources: Weights,
    contents: Weights,
    /// A word is taken for a cue from this score (log odds) on.
    pub threshold: f32,
}

impl Models {
    /// The models from the texts of their weights.
    pub fn read(cues: &str, sources: &str, contents: &str) -> Self {
        Models {
            cues: Weights::read(cues),
            sources: Weights::read(sources),
            contents: Weights::read(contents),
            threshold: THRESHOLD,
        }
    }

    /// The models that waybill comes with.
    pub fn shared() -> &'static Models {
        static MODELS: OnceLock<Models> = OnceLock::new();
        MODELS.get_or_init(|| {
            Models::read(
                include_str!("weights/cues.txt"),
                include_str!("weights/sources.txt"),
                include_str!("weights/contents.txt"),
            )
        })
    }
}

/// A cue with its source and content, by words of the flow.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) link: Link,
    /// Runs of words, in order.
    pub(crate) content: Vec<Range<usize>>,
}

/// Every attribution that the models find, in order of the cues; one without content is left out.
pub(crate) fn find(flow: &Flow<'_>, table: &CueTable, models: &Models) -> Vec<Found> {
    let mut features = Features::default();
    let is_cue: Vec<bool> = (0..flow.words.len())
        .map(|i| {
            if !cue_model::is_candidate(flow, i) {
                return false;
            }
            features.ids.clear();
            cue_model::describe(flow, table, i, &mut features);
            models.cues.score(&features.ids) > models.threshold
        })
        .collect();
    (0..flow.words.len())
        .filter(|&i| is_cue[i])
        .filter_map(|cue| {
            let source = choose_source(flow, table, models, cue);
            let source_words = source.map_or(cue..cue, |s| source_words(flow, s, cue));
            let link = Link { cue, source, source_words };
            let content = find_content(flow, table, models, &link, &is_cue);
            (!content.is_empty()).then_some(Found { link, content })
        })
        .collect()
}

fn choose_source(flow: &Flow<'_>, table: &CueTable, models: &Models, cue: usize) -> Option<usize> {
    let mut features = Features::default();
    let mut score = |source: Option<usize>| {
        features.ids.clear();
        source_model::describe(flow, table, cue, source, &mut features);
        models.sources.score(&features.ids)
    };
    let mut best = (None, score(None));
    for candidate in source_model::candidates(flow, cue) {
        let found = score(Some(candidate));
        if found > best.1 {
            best = (Some(candidate), found);
        }
    }
    best.0
}

fn find_content(
    flow: &Flow<'_>,
    table: &CueTable,
    models: &Models,
    link: &Link,
    is_cue: &IsCue,
) -> Vec<Range<usize>> {
    let window = window(flow, link.cue);
    let describer = Describer::new(flow, table, link, is_cue);
    let mut features = Features::default();
    let mut scores = Scores::default();
    for i in window.clone() {
        features.ids.clear();
        describer.describe(i, &mut features);
        scores.yes.push(models.contents.score(&features.ids));
        features.ids.clear();
        describer.describe_change(i, &window, "B", &mut features);
        scores.begin.push(models.contents.score(&features.ids));
        features.ids.clear();
        describer.describe_change(i, &window, "E", &mut features);
        scores.end.push(models.contents.score(&features.ids));
    }
    features.ids.clear();
    describer.describe_change(window.end, &window, "E", &mut features);
    scores.end.push(models.contents.score(&features.ids));
    runs(&scores.best(), window.start)
}

/// The runs of `true` in `labels`, the first of which stands at `start`.
pub(crate) fn runs(labels: &[bool], start: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in labels.iter().enumerate().filter(|(_, label)| **label) {
        match runs.last_mut() {
            Some(run) if run.end == start + i => run.end += 1,
            _ => runs.push(start + i..start + i + 1),
        }
    }
    runs
}

/// The words of the noun phrase with head `head`, without a clause that hangs on it and without the cue.
pub(crate) fn source_words(flow: &Flow<'_>, head: usize, cue: usize) -> Range<usize> {
    let (mut start, mut end) = (head, head + 1);
    for &child in flow.children(head) {
        let (first, last) = flow.words[child].edges;
        if (first..=last).contains(&cue) {
            if child > head {
                break;
            }
            continue;
        }
        if child < head {
            if !matches!(flow.words[child].dep, "punct" | "cc" | "mark" | "advmod" | "prep" | "advcl") {
                start = start.min(first);
            }
        } else if matches!(flow.words[child].dep, "relcl" | "advcl" | "acl") {
            break;
        } else if flow.words[child].dep != "punct" {
            end = end.max(last + 1);
        }
    }
    start..end
}
