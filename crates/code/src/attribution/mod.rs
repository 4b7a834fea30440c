//! Who says what: source, cue, content (PolNeAR's scheme), over quotes, reporting verbs and nouns.

mod chain;
#[cfg(test)]
mod check;
mod content_model;
mod cue_model;
mod cues;
mod find;
mod flow;
pub mod learn;
mod linear;
mod nest;
pub mod raw;
mod settle;
mod source_model;
mod stance;
mod supplement;
mod turns;

use model::{Basis, Directness, Note};

pub use cues::CueTable;
pub use find::Models;

use crate::mentions::Cast;
use crate::text::{Place, Text};
use find::Found;
use flow::Flow;

/// A quotation of so many words, marks included, is somebody's.
const LONG_QUOTE: usize = 10;

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
    /// Whether the source is a law, bill, treaty, or a letter or report without a writer: no speaker of its own.
    pub by_instrument: bool,
}

impl Attribution {
    /// Whether somebody states, finds or holds something to be so or not, rather than asks, wishes or intends it.
    pub fn is_statement(&self) -> bool {
        !self.by_instrument && !matches!(self.stance, Stance::Asks | Stance::Urges | Stance::Intends)
    }
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
    let flow = Flow::new(text);
    let mut found = find::find(&flow, table, Models::shared());
    supplement::add(&flow, table, &mut found);
    settled(text, &flow, cast, table, &found)
}

/// What the models alone find, in PolNeAR's sense: [`attribute`] adds what PolNeAR does not have for attributions.
pub fn attribute_with(
    text: &Text<'_>,
    cast: &Cast,
    table: &CueTable,
    models: &Models,
) -> (Vec<Attribution>, Vec<Note>) {
    let flow = Flow::new(text);
    let found = find::find(&flow, table, models);
    settled(text, &flow, cast, table, &found)
}

fn settled(
    text: &Text<'_>,
    flow: &Flow<'_>,
    cast: &Cast,
    table: &CueTable,
    found: &[Found],
) -> (Vec<Attribution>, Vec<Note>) {
    let mut attributions: Vec<Attribution> = turns::find(flow, cast);
    let of_turns: Vec<Vec<Place>> = attributions.iter().map(|a| a.cue.clone()).collect();
    let settled = found.iter().map(|f| settle::settle(flow, cast, table, f));
    attributions.extend(settled.filter(|a| !of_turns.contains(&a.cue)));
    nest::set_parents(&mut attributions);
    nest::set_chains(&mut attributions, cast);
    nest::set_makers(&mut attributions, text, cast, table);
    nest::spread_bases(&mut attributions);
    let notes = notes(text, flow, &attributions);
    (attributions, notes)
}

/// A note for each long quotation that nobody is found to have said.
fn notes(text: &Text<'_>, flow: &Flow<'_>, attributions: &[Attribution]) -> Vec<Note> {
    let mut notes = Vec::new();
    for quote in flow.quotes.iter().filter(|q| q.words.len() >= LONG_QUOTE) {
        let middle = &flow.words[(quote.words.start + quote.words.end) / 2];
        let said = |a: &Attribution| a.content.iter().any(|p| p.holds(middle.block, middle.token));
        if !attributions.iter().any(said) {
            let span = flow.places(quote.words.clone()).first().map(|p| text.blocks[p.at].span(p.tokens()));
            notes.extend(
                span.map(|s| Note::at(s, "a quotation without a speaker: it is taken for the author's")),
            );
        }
    }
    notes
}
