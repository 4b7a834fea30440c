//! What bears on a deal: the embargoes that it touches, and whom of its parties sanctions lists name.
//!
//! Nothing here is a claim of a document. What speakers called a violation stands beside it, apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ledger::{StoredClaim, StoredJudgement};
use link::deals::Deal;
use link::embargo::{AsOf, EmbargoError, Register, Touch, Transfer, assess};
use link::judgements::{Judged, in_force};
use link::screening::{Hit, Query, Screener, ScreeningError, Vocabulary, Weights};
use model::{Claim, Factuality, Kind, parse_date};
use serde::Serialize;

use crate::linking::{Gathered, judged};
use crate::lists::{self, ListsError};

/// What went wrong before anything could be assessed or screened.
#[derive(Debug, thiserror::Error)]
pub enum LawError {
    /// The register of embargoes.
    #[error(transparent)]
    Register(#[from] EmbargoError),
    /// The installed lists.
    #[error(transparent)]
    Lists(#[from] ListsError),
    /// The tables of screening.
    #[error(transparent)]
    Tables(#[from] ScreeningError),
}

/// What a judgement on a match is about.
pub const LISTING: &str = "listing";

/// The identifier of a match in judgements: the list, the entry, and the name that was asked for.
pub fn listing(list: &str, entry: &str, asked: &str) -> String {
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    format!("{list}/{entry} ~ {asked}")
}

/// Matches that people have rejected, with the version of the entry that they saw.
#[derive(Debug, Clone, Default)]
pub struct Rejections(BTreeMap<String, String>);

impl Rejections {
    /// Those that stand: a later judgement on the same match overrules.
    pub fn of(judgements: Vec<StoredJudgement>) -> Self {
        let all: Vec<Judged> = judgements.into_iter().map(judged).collect();
        let mut found = BTreeMap::new();
        for judged in in_force(&all).into_iter().filter(|j| j.subject_kind == LISTING) {
            let version = judged.detail.get("version").and_then(|v| v.as_str()).map(str::to_owned);
            match (judged.verdict.as_str(), version) {
                ("reject", Some(version)) => found.insert(judged.subject, version),
                _ => found.remove(&judged.subject),
            };
        }
        Rejections(found)
    }

    /// Whether a match was rejected, and its entry has not changed since.
    pub fn has(&self, asked: &str, hit: &Hit) -> bool {
        self.0.get(&listing(&hit.list, &hit.entry, asked)).is_some_and(|version| *version == hit.version)
    }
}

/// Makes the installed lists ready to be asked.
///
/// # Errors
/// Where none is installed, or one cannot be read.
pub fn screener(folder: &Path) -> Result<Screener, LawError> {
    let lists = lists::load(folder)?;
    if lists.is_empty() {
        return Err(ListsError::NoneInstalled { folder: folder.to_owned() }.into());
    }
    Ok(Screener::new(lists, Vocabulary::bundled()?, Weights::bundled()?))
}

/// A measure that a deal touches, and the claims by which it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealTouch {
    /// The measure.
    #[serde(flatten)]
    pub touch: Touch,
    /// Identifiers of the claims.
    pub claims: Vec<String>,
}

/// What a speaker called a violation: a claim, not an assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Called {
    /// The claim's identifier.
    pub claim: String,
    /// Who says so.
    pub speaker: String,
    /// Who is said to violate something.
    pub actors: Vec<String>,
    /// What is said to be violated, as written.
    pub instrument: Option<String>,
    /// How sure the speaker is.
    pub factuality: Factuality,
    /// The words.
    pub words: String,
}

/// A party of a deal and the entries of lists that may be it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// The party.
    pub party: String,
    /// The entries, the likeliest first; rejected ones are left out.
    pub hits: Vec<Hit>,
}

/// A deal with what bears on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessed {
    /// The deal.
    #[serde(flatten)]
    pub deal: Deal,
    /// The embargoes that it touches, in the register's order.
    pub touches: Vec<DealTouch>,
    /// What speakers of its documents called a violation by its parties.
    pub called_violations: Vec<Called>,
    /// Its parties that are no states, screened; nothing where no list is installed.
    pub screened: Option<Vec<Screened>>,
}

/// The register and, where lists are installed, what screens parties; each party is screened once.
pub struct Law {
    register: Register,
    screener: Option<Screener>,
    rejections: Rejections,
    known: BTreeMap<String, Vec<Hit>>,
}

impl Law {
    /// Loads the register, and the lists in `folder` if a party of `deals` is to be screened against them.
    ///
    /// # Errors
    /// Where an installed list cannot be read.
    pub fn open(folder: Option<&Path>, deals: &[Deal], rejections: Rejections) -> Result<Self, LawError> {
        let installed = match folder {
            Some(folder) if !lists::status_names(folder)?.is_empty() => Some(folder),
            _ => None,
        };
        let needed = deals.iter().any(|deal| !parties(deal).is_empty());
        let screener = match installed {
            Some(folder) if needed => Some(screener(folder)?),
            Some(_) => Some(Screener::new(Vec::new(), Vocabulary::bundled()?, Weights::bundled()?)),
            None => None,
        };
        Ok(Law { register: Register::bundled()?, screener, rejections, known: BTreeMap::new() })
    }

    /// A deal with everything that bears on it.
    pub fn assess(&mut self, deal: Deal, gathered: &Gathered) -> Assessed {
        let touches = self.touches(&deal, gathered);
        let called_violations = called(&deal, gathered);
        let screened = self.screened(&deal);
        Assessed { deal, touches, called_violations, screened }
    }

    fn touches(&self, deal: &Deal, gathered: &Gathered) -> Vec<DealTouch> {
        let claims = of_deal(deal, gathered);
        let mut found: Vec<DealTouch> = Vec::new();
        for stored in claims {
            let Some(as_of) = day_of(stored) else { continue };
            let suppliers: Vec<String> = deal.supplier.iter().cloned().collect();
            let recipients: Vec<String> = deal.recipient.iter().cloned().collect();
            let via: Vec<String> = stored.claim.via.iter().map(|a| a.id.clone()).collect();
            let transfer = Transfer {
                suppliers: &suppliers,
                recipients: &recipients,
                via: &via,
                goods: &[deal.category],
                stage: stored.claim.stage,
                as_of,
            };
            for touch in assess(&self.register, &transfer) {
                let same = |t: &Touch| (t.embargo.clone(), t.instrument.clone(), t.paragraph.clone());
                match found.iter_mut().find(|known| same(&known.touch) == same(&touch)) {
                    Some(known) => known.claims.push(stored.id.clone()),
                    None => found.push(DealTouch { touch, claims: vec![stored.id.clone()] }),
                }
            }
        }
        let place = |t: &DealTouch| self.register.embargoes.iter().position(|e| e.id == t.touch.embargo);
        found.sort_by_key(place);
        found
    }

    fn screened(&mut self, deal: &Deal) -> Option<Vec<Screened>> {
        let screener = self.screener.as_ref()?;
        let mut found = Vec::new();
        for party in parties(deal) {
            let hits = self.known.entry(party.clone()).or_insert_with(|| {
                let query = Query { name: party.clone(), ..Query::default() };
                let hits = screener.screen(&query, screener.threshold());
                hits.into_iter().filter(|hit| !self.rejections.has(&party, hit)).collect()
            });
            found.push(Screened { hits: hits.clone(), party });
        }
        Some(found)
    }
}

/// The claims of a deal that still stand, those of a dated event first, then by publication.
fn of_deal<'a>(deal: &Deal, gathered: &'a Gathered) -> Vec<&'a StoredClaim> {
    let wanted: BTreeSet<&str> =
        deal.history.iter().filter(|e| !e.withdrawn).map(|e| e.claim.as_str()).collect();
    let mut claims: Vec<&StoredClaim> =
        gathered.claims.values().flatten().filter(|c| wanted.contains(c.id.as_str())).collect();
    let rank =
        |c: &StoredClaim| (!matches!(day_of(c), Some(AsOf::Event(_))), c.published.clone(), c.id.clone());
    claims.sort_by_key(|c| rank(c));
    claims.dedup_by_key(|c| c.id.clone());
    claims
}

/// The day of the event, and where that is unknown the claim's.
fn day_of(stored: &StoredClaim) -> Option<AsOf> {
    let when = stored.claim.when.as_ref();
    let event = when.and_then(|w| w.end.as_deref().or(w.start.as_deref())).and_then(parse_date);
    let told = || stored.published.as_deref().and_then(parse_date).map(AsOf::Claim);
    event.map(AsOf::Event).or_else(told)
}

/// The parties that a list may name: states are on none.
pub fn parties(deal: &Deal) -> Vec<String> {
    let slots = ["via", "by"].iter().filter_map(|slot| deal.slots.get(*slot)).flatten().map(|v| &v.value);
    let is_state = |name: &str| name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase());
    let mut found: Vec<String> = Vec::new();
    for name in deal.supplier.iter().chain(&deal.recipient).chain(slots).filter(|name| !is_state(name)) {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

fn called(deal: &Deal, gathered: &Gathered) -> Vec<Called> {
    let is_party = |claim: &Claim| {
        let mut actors = claim.actor.iter().map(|a| Some(&a.id));
        actors.any(|id| id == deal.supplier.as_ref() || id == deal.recipient.as_ref())
    };
    let claims = deal.docs.iter().filter_map(|doc| gathered.claims.get(doc)).flatten();
    let violations = claims.filter(|c| c.claim.kind == Kind::Violation && is_party(&c.claim));
    violations
        .map(|stored| Called {
            claim: stored.id.clone(),
            speaker: stored.claim.source.speaker.clone(),
            actors: stored.claim.actor.iter().map(|a| a.id.clone()).collect(),
            instrument: stored.claim.instrument.as_ref().map(|i| i.text.clone()),
            factuality: stored.claim.factuality,
            words: stored.claim.evidence.first().map(|e| e.text.clone()).unwrap_or_default(),
        })
        .collect()
}
