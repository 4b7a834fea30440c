//! Which claims are wanted.

use model::{Category, Factuality, Kind, Stage};

/// The ledger as it stood: nothing published or read after these days counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// Last day of publication (`2022-09-06`); documents of unknown date are left out.
    pub published: Option<String>,
    /// Last moment of reading: a day or an RFC 3339 time.
    pub ingested: Option<String>,
}

impl Moment {
    /// The time of reading as a bound that can be compared: a day means its end.
    pub(crate) fn ingested_bound(&self) -> Option<String> {
        self.ingested.as_ref().map(|t| if t.len() == 10 { format!("{t}T99") } else { t.clone() })
    }
}

/// Which claims are wanted: those that fit everything that is given; of a list, one suffices.
#[derive(Debug, Clone, Default)]
pub struct ClaimFilter {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// Supplied by one of these (identifiers, in any case of letters).
    pub suppliers: Vec<String>,
    /// Received by one of these.
    pub recipients: Vec<String>,
    /// With one of these in any slot.
    pub actors: Vec<String>,
    /// With goods of these categories.
    pub goods: Vec<Category>,
    /// At these stages.
    pub stages: Vec<Stage>,
    /// Of these factualities.
    pub factualities: Vec<Factuality>,
    /// Whose speaker or affiliation contains these words.
    pub speaker: Option<String>,
    /// Published on this day or later.
    pub since: Option<String>,
    /// Published on this day or earlier.
    pub until: Option<String>,
    /// Of the document with this identifier, name or address.
    pub doc: Option<String>,
    /// As the ledger stood then.
    pub moment: Moment,
    /// Claims of superseded versions too.
    pub all_versions: bool,
    /// Only what comes after the claim with this identifier; nothing where there is no such claim.
    pub after: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What a judgement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// `claim`, `document`, `deal`, `actor`, `listing`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}
