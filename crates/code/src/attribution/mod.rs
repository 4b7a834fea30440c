//! Who says what: source, cue, content (PolNeAR's scheme), over quotes, reporting verbs and nouns.

use model::{Basis, Directness};

use crate::text::Place;

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
