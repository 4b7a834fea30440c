//! Finds cues, their sources and their contents with the learned models.

use std::ops::Range;
use std::sync::OnceLock;

use super::chain::Scores;
use super::content_model::{Describer, IsCue, Link, window};
use super::cues::CueTable;
use super::flow::Flow;
use super::linear::{Features, Weights};
use super::{Stance, cue_model, source_model};

/// A cue is taken for one from this score on; chosen on PolNeAR, by `whole`.
const THRESHOLD: f32 = 0.0;

/// So much less is asked of a verb that the codebook lists as one of statements, with a clause for its object.
///
/// The models learned from news on politics, where a few verbs are far more common than the rest.
const LISTED: f32 = 1.5;

/// A quotation of at most so many words, marks included, may be a part of what is said.
const SHORT_QUOTE: usize = 5;

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
            let listed = if states_a_clause(flow, table, i) { LISTED } else { 0.0 };
            models.cues.score(&features.ids) + listed > models.threshold
        })
        .collect();
    (0..flow.words.len())
        .filter(|&i| is_cue[i])
        .filter_map(|cue| {
            let source = choose_source(flow, table, models, cue);
            let source_words = source.map_or(cue..cue, |s| source_words(flow, s, cue));
            let link = Link { cue, source, source_words };
            let mut content = find_content(flow, table, models, &link, &is_cue);
            if content.is_empty() && states_a_clause(flow, table, cue) {
                content = clause(flow, cue);
            }
            let content = whole_quotes(flow, cue, content);
            (!content.is_empty()).then_some(Found { link, content })
        })
        .collect()
}

/// Whether word `i` is a verb of statements with what is stated: "says that", "suspects of selling", "denies the claim".
fn states_a_clause(flow: &Flow<'_>, table: &CueTable, i: usize) -> bool {
    let word = &flow.words[i];
    let states = || match table.stance(&word.lemma, "VERB") {
        Some(Stance::Urges | Stance::Intends | Stance::Asks) | None => false,
        Some(_) => {
            !matches!(word.lemma.as_str(), "see" | "know" | "find" | "show" | "read" | "prove" | "continue")
        }
    };
    let of_doing = || doing(flow, i).is_some();
    let denies =
        || word.lemma == "deny" && flow.child(i, "dobj").is_some() && flow.child(i, "dative").is_none();
    word.pos == "VERB" && states() && (flow.child(i, "ccomp").is_some() || of_doing() || denies())
}

/// The deed after "of" or "to" that verb `i` tells of: "suspects him of selling", "admits to having sold".
fn doing(flow: &Flow<'_>, i: usize) -> Option<usize> {
    let owns = matches!(flow.words[i].lemma.as_str(), "admit" | "confess" | "own");
    let preposition = |&&c: &&usize| {
        let word = &flow.words[c];
        word.dep == "prep" && (word.lower == "of" || owns && word.lower == "to")
    };
    let of = flow.children(i).iter().find(preposition)?;
    flow.child(*of, "pcomp")
}

/// The clause, or else the noun, that is the object of verb `i`.
fn clause(flow: &Flow<'_>, i: usize) -> Vec<Range<usize>> {
    let object = flow.child(i, "ccomp").or(flow.child(i, "dobj")).or_else(|| doing(flow, i));
    let clause = object.map(|c| flow.words[c].edges);
    clause.filter(|e| !(e.0..=e.1).contains(&i)).map(|e| e.0..e.1 + 1).into_iter().collect()
}

/// The content with the rest of each quotation of which it has half, and with the paragraphs that go on with it.
fn whole_quotes(flow: &Flow<'_>, cue: usize, content: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if content.is_empty() {
        return content;
    }
    let mut is_content = vec![false; flow.words.len()];
    content.into_iter().for_each(|run| is_content[run].fill(true));
    let mut last_taken = false;
    for quote in &flow.quotes {
        let words = quote.words.clone();
        let taken = is_content[words.clone()].iter().filter(|c| **c).count();
        let long = words.len() > SHORT_QUOTE && !words.contains(&cue);
        last_taken = long && (2 * taken >= words.len() || (quote.goes_on && last_taken));
        if last_taken {
            is_content[words].fill(true);
        }
    }
    runs(&is_content, 0)
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

#[cfg(test)]
mod tests {
    use super::super::check::{check, check_all};

    #[test]
    fn indirect_speech() {
        check_all(
            "The minister said that Norway had sent missiles to Ukraine.",
            &["minister / said / that Norway had sent missiles to Ukraine / Asserts"],
        );
        check(
            "Iran has delivered 200 drones to Russia, according to the Ukrainian defence ministry.",
            "Ukrainian defence ministry / according / Iran has delivered 200 drones to Russia / Asserts",
        );
        check("Sudan denies buying weapons from Iran.", "SDN / denies / buying weapons from Iran / Denies");
        check(
            "The United States suspects him of selling missiles to rebels.",
            "USA / suspects / him of selling missiles to rebels / Believes",
        );
        check(
            "An analyst described the deal as a breach of the embargo.",
            "analyst / described / the deal as a breach of the embargo / Asserts",
        );
    }

    #[test]
    fn direct_speech_over_sentences_and_paragraphs() {
        check(
            "\"We have sold no drones to Russia,\" the ambassador told reporters on Monday. \"That report is false.\"",
            "ambassador / told / \"We have sold no drones to Russia,\" … \"That report is false.\" / Asserts direct",
        );
        check(
            "\"We shipped the tanks,\" Mr Brandt said, \"and we will ship more.\"",
            "Brandt / said / \"We shipped the tanks,\" … \"and we will ship more.\" / Asserts direct",
        );
        check(
            "Minister Eva Lund said: \"The radar has arrived.\n\"The crews are being trained.\"",
            "Eva Lund / said / \"The radar has arrived. … \"The crews are being trained.\" / Asserts direct",
        );
        check(
            "\"The deal is done,\" said Anna Berg, a spokeswoman for the ministry. \"It will not be undone.\"",
            "Anna Berg / said / \"The deal is done,\" … \"It will not be undone.\" / Asserts direct",
        );
    }

    #[test]
    fn what_is_nobodys_statement() {
        check_all("The train crossed the border at night with 40 wagons.", &[]);
        check_all("The ship carried engines from Odesa to Lagos.", &[]);
    }
}
