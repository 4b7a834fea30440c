//! Claims: one proposition, asserted by one source, about one event.

use serde::{Deserialize, Serialize};

use crate::{Action, Basis, Category, Directness, Factuality, Kind, Span, Stage, When};

/// An actor in a slot: who, as what it was written, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActorRef {
    /// ISO 3166-1 alpha-3 code of a state, or the name in the document's fullest form.
    pub id: String,
    /// The words that named it.
    pub text: String,
    /// Where those words stand in the document's text.
    pub span: Span,
}

/// Words of the document that fill a slot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phrase {
    /// The words, as written.
    pub text: String,
    /// Where they stand in the document's text.
    pub span: Span,
}

/// Goods of a claim, with how many.
///
/// `min` and `max` are counts, both included; a weight keeps its unit in `quantity` and has neither. "Millions" is
/// `min` 2,000,000 and no `max` (codebook, "Goods").
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goods {
    /// The words, as written.
    pub text: String,
    /// The class.
    pub category: Category,
    /// The words of the quantity.
    pub quantity: Option<String>,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Where the words stand in the document's text.
    pub span: Span,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The person or body in its fullest form, or `author` for the document's own statements.
    pub speaker: String,
    /// What the speaker is, in the document's words.
    pub role: Option<String>,
    /// The state (alpha-3) or organisation spoken for.
    pub affiliation: Option<String>,
    /// What the claim is said to rest on.
    pub basis: Basis,
    /// How the words are given.
    pub directness: Directness,
    /// Outlets or persons the statement came through, nearest first.
    pub chain: Vec<String>,
    /// Where the speaker is named, unless it is the author.
    pub span: Option<Span>,
}

impl Source {
    /// The document's own voice.
    pub fn author() -> Self {
        Source {
            speaker: "author".to_owned(),
            role: None,
            affiliation: None,
            basis: Basis::NoneGiven,
            directness: Directness::Indirect,
            chain: Vec::new(),
            span: None,
        }
    }
}

/// Words that a reader would accept as saying the claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The words, verbatim.
    pub text: String,
    /// Where they stand in the document's text.
    pub span: Span,
    /// Index of the block.
    pub block: u32,
}

/// One proposition, asserted by one source, about one event.
///
/// The slots of other kinds than `kind` are empty. Nothing is filled that the text does not say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What the proposition is about.
    pub kind: Kind,
    /// Transfer: who supplies.
    #[serde(default)]
    pub supplier: Vec<ActorRef>,
    /// Transfer: who receives.
    #[serde(default)]
    pub recipient: Vec<ActorRef>,
    /// Transfer: brokers, carriers, transit states.
    #[serde(default)]
    pub via: Vec<ActorRef>,
    /// Transfer: who approves, finances, intercepts or halts it, where that is neither party.
    #[serde(default)]
    pub by: Vec<ActorRef>,
    /// Transfer, measure, shortage: the goods.
    #[serde(default)]
    pub goods: Vec<Goods>,
    /// Transfer: money or barter.
    pub price: Option<Phrase>,
    /// Transfer: the furthest point that this claim says has been reached.
    pub stage: Option<Stage>,
    /// Measure: the authority that acts or would act.
    #[serde(default)]
    pub imposer: Vec<ActorRef>,
    /// Measure: whom it hits.
    #[serde(default)]
    pub target: Vec<ActorRef>,
    /// Measure, violation: the sanction, embargo, resolution, law.
    pub instrument: Option<Phrase>,
    /// Measure: what is done with it.
    pub action: Option<Action>,
    /// Violation, shortage: who.
    #[serde(default)]
    pub actor: Vec<ActorRef>,
    /// Violation: the transfer or other act said to break the instrument.
    pub act: Option<Phrase>,
    /// Contact: who meets.
    #[serde(default)]
    pub parties: Vec<ActorRef>,
    /// When the event was.
    pub when: Option<When>,
    /// Where the event was.
    #[serde(rename = "where")]
    pub place: Option<Phrase>,
    /// How sure the source is.
    pub factuality: Factuality,
    /// Who says so.
    pub source: Source,
    /// The words that say it; at least one.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

impl Claim {
    /// The slots that hold actors, by their names in the codebook.
    pub fn actor_slots(&self) -> [(&'static str, &[ActorRef]); 8] {
        [
            ("supplier", &self.supplier),
            ("recipient", &self.recipient),
            ("via", &self.via),
            ("by", &self.by),
            ("imposer", &self.imposer),
            ("target", &self.target),
            ("actor", &self.actor),
            ("parties", &self.parties),
        ]
    }

    /// An empty claim of one kind, certain and the author's own, without evidence yet.
    pub fn new(kind: Kind) -> Self {
        Claim {
            kind,
            supplier: Vec::new(),
            recipient: Vec::new(),
            via: Vec::new(),
            by: Vec::new(),
            goods: Vec::new(),
            price: None,
            stage: None,
            imposer: Vec::new(),
            target: Vec::new(),
            instrument: None,
            action: None,
            actor: Vec::new(),
            act: None,
            parties: Vec::new(),
            when: None,
            place: None,
            factuality: Factuality::Certain,
            source: Source::author(),
            evidence: Vec::new(),
        }
    }
}
