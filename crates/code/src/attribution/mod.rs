//! Who says what: source, cue, content (PolNeAR's scheme), over quotes, reporting verbs and nouns.

mod chain;
mod content_model;
mod cue_model;
mod cues;
mod find;
mod flow;
pub mod learn;
mod linear;
mod source_model;

use model::{Basis, Directness, Note};

pub use cues::CueTable;
pub use find::Models;

use crate::mentions::Cast;
use crate::text::{Place, Text};
use find::Found;
use flow::Flow;

/// What a cue says of how sure its source is of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stance {
    /// said, announced, confirmed, accused: the source holds it to be so.
    Asserts,
    /// believes, suspects, estimates, fears.
    Believes,
    /// denied, dismissed, rejected, called it fake.
    Denies,
    /// has seen no evidence, no indication that.
    NoEvidence,
    /// declined to comment, neither confirmed nor denied.
    Withholds,
    /// asked, wondered, questioned whether.
    Asks,
    /// called for, urged, demanded, proposed: the content is wished for.
    Urges,
    /// plans, intends, promises, threatens: the source's own future act.
    Intends,
    /// alleges, claims, reportedly: said, and the writer keeps a distance.
    Alleges,
}

/// One statement: who is cited for what.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The words that name the source; `None` where the text names none ("reportedly", a bare passive).
    pub source: Option<Place>,
    /// Index into [`crate::mentions::Cast::actors`] of the source, after resolution, where it could be told.
    pub actor: Option<usize>,
    /// The words that link source and content.
    pub cue: Vec<Place>,
    /// The words that are attributed; may run over sentences and blocks.
    pub content: Vec<Place>,
    /// What the cue says of how sure the source is.
    pub stance: Stance,
    /// Whether the cue is negated ("did not say that").
    pub negated: bool,
    /// What the content is said to rest on, where the cue or its adjuncts say.
    pub basis: Basis,
    /// How the content is given.
    pub directness: Directness,
    /// Outlets or persons that it came through, nearest first.
    pub chain: Vec<String>,
    /// Index of the attribution in whose content this one stands.
    pub parent: Option<usize>,
}

fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Believes => "believes",
        Stance::Denies => "denies",
        Stance::NoEvidence => "no_evidence",
        Stance::Withholds => "withholds",
        Stance::Asks => "asks",
        Stance::Urges => "urges",
        Stance::Intends => "intends",
        Stance::Alleges => "alleges",
    }
}

/// Finds who is cited for what in a document.
///
/// Cues, sources and contents are found by small models learned on PolNeAR (Newell et al. 2018); what a cue means is
/// read from `table`, and who its source is from `cast`.
pub fn attribute(text: &Text<'_>, cast: &Cast, table: &CueTable) -> (Vec<Attribution>, Vec<Note>) {
    attribute_with(text, cast, table, Models::shared())
}

/// As [`attribute`], with other models than those that waybill comes with.
pub fn attribute_with(
    text: &Text<'_>,
    cast: &Cast,
    table: &CueTable,
    models: &Models,
) -> (Vec<Attribution>, Vec<Note>) {
    let flow = Flow::new(text);
    let found = find::find(&flow, table, models);
    let attributions = found.iter().map(|f| settle(&flow, cast, table, f)).collect();
    (attributions, Vec::new())
}

fn settle(flow: &Flow<'_>, cast: &Cast, table: &CueTable, found: &Found) -> Attribution {
    let link = &found.link;
    let word = &flow.words[link.cue];
    let actor =
        link.source.and_then(|s| cast.mention_at(flow.words[s].block, flow.words[s].token)).map(|m| m.actor);
    Attribution {
        source: flow.places(link.source_words.clone()).into_iter().next(),
        actor,
        cue: flow.places(link.cue..link.cue + 1),
        content: found.content.iter().flat_map(|r| flow.places(r.clone())).collect(),
        stance: table.stance(&word.lemma, word.pos).unwrap_or(Stance::Asserts),
        negated: flow.child(link.cue, "neg").is_some(),
        basis: Basis::NoneGiven,
        directness: Directness::Indirect,
        chain: Vec::new(),
        parent: None,
    }
}
