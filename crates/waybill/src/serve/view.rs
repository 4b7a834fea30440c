//! What all documents say together, made once for each state of the ledger and shared by all requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use ledger::{Ledger, LedgerError, Moment, StoredDocument, StoredJudgement};
use link::copies::Link;
use link::deals::Deal;
use link::stories::Story;

use crate::linking::{Gathered, day_text, documents, gather_from};

/// How many past states of the deals are kept.
const PAST: usize = 8;

/// What a list needs to know of a document.
#[derive(Debug, Clone)]
pub struct DocHead {
    /// Its identifier.
    pub id: String,
    /// Its name, as deals and storylines have it.
    pub doc: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// When it was first read.
    pub ingested_at: String,
    /// What became of it.
    pub outcome: ledger::Outcome,
    /// How many claims it makes.
    pub claims: usize,
}

/// An actor of the ledger.
#[derive(Debug, Clone, Default)]
pub struct ActorHead {
    /// The state's code, or the name.
    pub id: String,
    /// In how many claims it stands, by slot; `speaker` is who says so.
    pub slots: BTreeMap<&'static str, usize>,
    /// In how many claims it stands at all, as a party or as a speaker.
    pub claims: usize,
}

/// The ledger as it stood at one moment, seen whole.
pub struct View {
    /// What the ledger called its state, and how many judgements there were.
    pub stamp: String,
    /// Documents, by name.
    pub docs: Vec<DocHead>,
    /// Deals, by first day.
    pub deals: Arc<Vec<Deal>>,
    /// Storylines, by first day.
    pub stories: Vec<Story>,
    /// Who repeats whom.
    pub links: Vec<Link>,
    /// Actors, those with the most claims first.
    pub actors: Vec<ActorHead>,
    /// Every judgement, oldest first.
    pub judgements: Vec<StoredJudgement>,
    by_doc: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    deals_of_claim: HashMap<String, Vec<usize>>,
    story_of_doc: HashMap<String, usize>,
    /// For each storyline the first and last day that is known.
    story_days: Vec<(Option<i32>, Option<i32>)>,
    past: Mutex<Vec<(Moment, Arc<Vec<Deal>>)>>,
}

/// A word for the state of a ledger, judgements included.
///
/// # Errors
/// Where the ledger cannot be read.
pub(super) fn stamp(ledger: &dyn Ledger) -> Result<String, LedgerError> {
    let judged = ledger.judgements(None)?.last().map_or(0, |judgement| judgement.number);
    Ok(format!("{} {judged}", ledger.state()?))
}

impl View {
    /// Reads everything; `ledger` must stand still meanwhile (see [`Ledger::snapshot`]).
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub fn of(ledger: &dyn Ledger) -> Result<View, LedgerError> {
        let stamp = stamp(ledger)?;
        let documents = documents(ledger, &Moment::default())?;
        let gathered = gather_from(&documents, ledger, &Moment::default())?;
        let repeats = gathered.repeats();
        let deals = Arc::new(gathered.deals_under(&repeats));
        let stories = gathered.stories();
        let story_days = gathered.published_days(&stories);
        let docs = heads(documents, &gathered);
        let actors = actors(&gathered);
        let judgements = ledger.judgements(None)?;
        let by_doc = docs.iter().enumerate().map(|(n, head)| (head.doc.clone(), n)).collect();
        let by_id = docs.iter().enumerate().map(|(n, head)| (head.id.clone(), n)).collect();
        let mut deals_of_claim: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, deal) in deals.iter().enumerate() {
            for event in &deal.history {
                let found = deals_of_claim.entry(event.claim.clone()).or_default();
                if found.last() != Some(&n) {
                    found.push(n);
                }
            }
        }
        let told = stories.iter().enumerate();
        let story_of_doc = told.flat_map(|(n, story)| story.docs.iter().map(move |doc| (doc.clone(), n)));
        Ok(View {
            stamp,
            story_of_doc: story_of_doc.collect(),
            story_days,
            links: repeats.links,
            past: Mutex::default(),
            docs,
            deals,
            stories,
            actors,
            judgements,
            by_doc,
            by_id,
            deals_of_claim,
        })
    }

    /// The document with this name.
    pub fn doc(&self, name: &str) -> Option<&DocHead> {
        self.by_doc.get(name).map(|n| &self.docs[*n])
    }

    /// The document with this identifier.
    pub fn doc_by_id(&self, id: &str) -> Option<&DocHead> {
        self.by_id.get(id).map(|n| &self.docs[*n])
    }

    /// The deal with this identifier, one it had, or the beginning of one.
    pub fn deal(&self, wanted: &str) -> Option<&Deal> {
        self.deals.iter().find(|d| d.id == wanted).or_else(|| self.deals.iter().find(|d| d.is(wanted)))
    }

    /// The deals that a claim is part of.
    pub fn deals_of_claim(&self, claim: &str) -> impl Iterator<Item = &Deal> {
        self.deals_of_claim.get(claim).into_iter().flatten().map(|n| &self.deals[*n])
    }

    /// The storyline with this identifier, or its beginning.
    pub fn story(&self, wanted: &str) -> Option<&Story> {
        let begins = || self.stories.iter().find(|s| wanted.len() > 3 && s.id.starts_with(wanted));
        self.stories.iter().find(|s| s.id == wanted).or_else(begins)
    }

    /// The storyline that a document belongs to.
    pub fn story_of(&self, doc: &str) -> Option<&Story> {
        self.story_of_doc.get(doc).map(|n| &self.stories[*n])
    }

    /// The first and the last day on which a document of a storyline was published, as far as that is known.
    pub fn story_days(&self, story: &Story) -> (Option<String>, Option<String>) {
        let number = story.docs.first().and_then(|doc| self.story_of_doc.get(doc));
        let (first, last) = number.map_or((None, None), |n| self.story_days[*n]);
        (first.map(day_text), last.map(day_text))
    }

    /// The actor with this name or code.
    pub fn actor(&self, wanted: &str) -> Option<&ActorHead> {
        self.actors.iter().find(|actor| actor.id.eq_ignore_ascii_case(wanted))
    }

    /// The deals as they stood at `moment`, if they are kept.
    pub fn past(&self, moment: &Moment) -> Option<Arc<Vec<Deal>>> {
        let past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        past.iter().find(|(at, _)| at == moment).map(|(_, deals)| Arc::clone(deals))
    }

    /// Keeps the deals as they stood at `moment`; the oldest kept ones go.
    pub fn keep_past(&self, moment: Moment, deals: &Arc<Vec<Deal>>) {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        if past.len() >= PAST {
            past.remove(0);
        }
        past.push((moment, Arc::clone(deals)));
    }
}

fn heads(documents: Vec<StoredDocument>, gathered: &Gathered) -> Vec<DocHead> {
    let names: HashMap<&str, &str> =
        gathered.ids.iter().map(|(name, id)| (id.as_str(), name.as_str())).collect();
    let mut heads = Vec::new();
    for stored in documents {
        let d = stored.document;
        let doc = names.get(stored.id.as_str()).map_or_else(|| d.doc.clone(), |name| (*name).to_owned());
        heads.push(DocHead {
            claims: gathered.claims.get(&doc).map_or(0, Vec::len),
            id: stored.id,
            doc,
            url: d.url,
            publisher: d.publisher,
            title: d.title,
            author: d.author,
            published: d.published,
            language: d.language,
            ingested_at: stored.ingested_at,
            outcome: stored.outcome,
        });
    }
    heads.sort_by(|a, b| (&a.published, &a.doc).cmp(&(&b.published, &b.doc)));
    heads
}

fn actors(gathered: &Gathered) -> Vec<ActorHead> {
    let mut found: BTreeMap<&str, ActorHead> = BTreeMap::new();
    for stored in gathered.claims.values().flatten() {
        let claim = &stored.claim;
        let parties = claim
            .actor_slots()
            .into_iter()
            .flat_map(|(slot, who)| who.iter().map(move |a| (slot, a.id.as_str())));
        let speaker = claim.source.speaker.split('|').map(|name| ("speaker", name.trim()));
        let mut named: Vec<(&str, &'static str)> =
            parties.chain(speaker).filter(|(_, id)| *id != "author").map(|(slot, id)| (id, slot)).collect();
        named.sort_unstable();
        named.dedup();
        let mut last = None;
        for (id, slot) in named {
            let head = found.entry(id).or_default();
            *head.slots.entry(slot).or_default() += 1;
            head.claims += usize::from(last != Some(id));
            last = Some(id);
        }
    }
    let mut actors: Vec<ActorHead> =
        found.into_iter().map(|(id, head)| ActorHead { id: id.to_owned(), ..head }).collect();
    actors.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.id.cmp(&b.id)));
    actors
}
