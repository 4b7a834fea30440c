//! Deals: what all documents say of one supplier, one recipient and one class of goods in one period.
//!
//! [`deals`] is a pure function of claims and judgements: the same claims give the same deals, whatever their order.
//! Contradictions stay side by side, each with who says it; nothing is decided for the reader.

mod changes;
mod gather;
mod state;

use std::collections::BTreeMap;

use model::{Category, Claim, Factuality, Stage};
use serde::{Deserialize, Serialize};

use crate::actors::Actors;
use crate::judgements::{Judged, Verdict, in_force};

pub use changes::{Change, ChangeKind, changes};

/// A claim with what is known of the document that makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The claim's identifier.
    pub id: String,
    /// The document.
    pub doc: String,
    /// The document's day of publication, ISO 8601.
    pub published: Option<String>,
    /// When the document was first read (RFC 3339).
    pub ingested_at: String,
    /// Whose words the document's own are: see [`crate::origins::carriers`].
    pub voice: String,
    /// Whether a later version of the document no longer makes this claim.
    pub withdrawn: bool,
    /// The claim.
    pub claim: Claim,
}

/// The ledger as it stood: only what was published and read by then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AsOf {
    /// Last day of publication; a document of unknown date is left out where this is given.
    pub published: Option<String>,
    /// Last day, or moment (RFC 3339), of reading.
    pub ingested: Option<String>,
}

/// The claims that were there at that time.
pub fn as_of(said: &[Said], time: &AsOf) -> Vec<Said> {
    let published = |s: &Said| match (&time.published, &s.published) {
        (Some(last), Some(day)) => day <= last,
        (Some(_), None) => false,
        (None, _) => true,
    };
    let ingested = |s: &Said| match &time.ingested {
        Some(last) if last.len() == 10 => s.ingested_at.get(..10).is_some_and(|day| day <= last.as_str()),
        Some(last) => s.ingested_at <= *last,
        None => true,
    };
    said.iter().filter(|s| published(s) && ingested(s)).cloned().collect()
}

/// What one source holds of a deal, by what it said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceState {
    /// Who: the origin's name.
    pub source: String,
    /// The furthest stage in what it said last.
    pub stage: Stage,
    /// How sure it was of that.
    pub factuality: Factuality,
    /// The day on which it was said.
    pub day: Option<String>,
    /// Documents that carry it.
    pub docs: Vec<String>,
}

/// One thing said, in the history of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The day of publication.
    pub day: Option<String>,
    /// Who says it: the origin's name.
    pub source: String,
    /// The stage.
    pub stage: Stage,
    /// How sure the source is.
    pub factuality: Factuality,
    /// The claim.
    pub claim: String,
    /// The document.
    pub doc: String,
    /// The words, from the first piece of evidence.
    pub words: String,
    /// Whether a later version of the document no longer says it.
    pub withdrawn: bool,
}

/// A value of a slot, with everyone who gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The value: an actor's name, words of the document, or a range of counts (`500..600`, `2000000..`).
    pub value: String,
    /// The sources, sorted.
    pub sources: Vec<String>,
    /// The claims, sorted.
    pub claims: Vec<String>,
}

/// What to know before believing a deal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flags {
    /// Someone denies what another asserts.
    pub contested: bool,
    /// A source took back, or denied, what it had asserted before.
    pub retracted: bool,
    /// A source says that it has no evidence of it.
    pub no_evidence: bool,
    /// Nobody asserts it but under a condition.
    pub conditional_only: bool,
}

/// What all documents say of one supplier, one recipient and one class of goods in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deal {
    /// `w` and twelve hexadecimal digits: from its earliest claim.
    pub id: String,
    /// Who supplies; `None` where nobody says.
    pub supplier: Option<String>,
    /// Who receives; `None` where nobody says.
    pub recipient: Option<String>,
    /// The class of goods; `weapons` for unspecified ones.
    pub category: Category,
    /// First and last day of publication of what is said.
    pub days: (Option<String>, Option<String>),
    /// The furthest stage that a source holds to, of those most sure.
    pub stage: Stage,
    /// How sure the surest source is of that.
    pub factuality: Factuality,
    /// What to know before believing it.
    pub flags: Flags,
    /// Documents, sorted.
    pub docs: Vec<String>,
    /// Independent sources, sorted by name, each with what it holds.
    pub states: Vec<SourceState>,
    /// Everything said, by day.
    pub history: Vec<Event>,
    /// All values of `supplier`, `recipient`, `via`, `by`, `goods`, `quantity`, `price`, `when`, `where`.
    pub slots: BTreeMap<String, Vec<Value>>,
    /// What a person held of it.
    pub verdict: Option<Verdict>,
    /// Identifiers that this deal would have under another earliest claim: those it may have had before.
    pub aliases: Vec<String>,
}

impl Deal {
    /// How many independent sources there are.
    pub fn independent_sources(&self) -> usize {
        self.states.len()
    }

    /// Whether `wanted` is this deal's identifier, one it had, or the beginning (six and more letters) of one.
    pub fn is(&self, wanted: &str) -> bool {
        wanted.len() > 5 && std::iter::once(&self.id).chain(&self.aliases).any(|id| id.starts_with(wanted))
    }
}

/// The deals that claims make, under the judgements of people; claims that fit no deal are left out.
///
/// Deals come by first day, supplier, recipient and class. Rejected claims are left out; a rejected deal stays and
/// says so.
pub fn deals(said: &[Said], judged: &[Judged]) -> Vec<Deal> {
    let standing = in_force(judged);
    let actors = actors(said, &standing);
    let mut claims: Vec<&Said> = said
        .iter()
        .filter(|s| {
            crate::judgements::verdict_on(&standing, "claim", |id| id == s.id) != Some(Verdict::Rejected)
        })
        .collect();
    claims.sort_by(|a, b| (&a.published, &a.doc, &a.id).cmp(&(&b.published, &b.doc, &b.id)));
    claims.dedup_by(|a, b| a.id == b.id);
    let groups = gather::gather(&claims, &actors, &standing);
    let mut deals: Vec<Deal> =
        groups.iter().map(|group| state::deal(group, &claims, &actors, &standing)).collect();
    deals.sort_by(|a, b| {
        let place =
            |d: &Deal| (d.days.0.clone(), d.supplier.clone(), d.recipient.clone(), d.category, d.id.clone());
        place(a).cmp(&place(b))
    });
    deals
}

/// The actors that claims name, in any slot and as speakers.
pub fn actors(said: &[Said], standing: &[Judged]) -> Actors {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for s in said {
        let claim = &s.claim;
        let slots = [
            &claim.supplier,
            &claim.recipient,
            &claim.via,
            &claim.by,
            &claim.imposer,
            &claim.target,
            &claim.actor,
            &claim.parties,
        ];
        for actor in slots.into_iter().flatten() {
            *counts.entry(actor.id.clone()).or_default() += 1;
        }
        let speakers = claim.source.speaker.split('|').map(str::trim).filter(|name| *name != "author");
        for name in speakers.chain(claim.source.chain.iter().map(String::as_str)).chain([s.voice.as_str()]) {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    Actors::new(&counts, standing)
}

#[cfg(test)]
pub(crate) mod tests;
