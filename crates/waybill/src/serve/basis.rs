//! What views are made of, kept from one view to the next so that only what is new is read and compared.

use std::collections::{BTreeMap, HashMap};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use ledger::{Ledger, LedgerError, Mark, StoredClaim, StoredDocument, StoredJudgement};
use link::Article;
use link::copies::Copies;
use link::deals::Said;
use link::origins::{Voice, carried};
use link::stories::{Told, terms};
use model::{Claim, parse_date};

use super::teller::{News, Teller};
use super::view::{ActorHead, DocHead};
use crate::linking::core;

/// Everything that was read so far, in the order of arrival.
#[derive(Default)]
pub(super) struct Basis {
    pub(super) mark: Mark,
    pub(super) heads: Vec<Arc<DocHead>>,
    pub(super) said: Vec<Said>,
    pub(super) copies: Copies,
    pub(super) judgements: Vec<StoredJudgement>,
    pub(super) actors: HashMap<String, ActorHead>,
    /// The claims of each document, by its place in `heads`.
    claims: Vec<Range<usize>>,
    voices: Vec<Voice>,
    /// Place in `heads` by the document's name.
    places: HashMap<String, usize>,
    /// Names as the ledger has them: two documents may share one.
    taken: HashMap<String, usize>,
}

/// What was read of the ledger in one go.
#[derive(Default)]
struct Arrived {
    documents: Vec<StoredDocument>,
    claims: Vec<StoredClaim>,
    mark: Mark,
    judgements: Vec<StoredJudgement>,
    /// Whether this is all that there is, and not only what is new.
    whole: bool,
}

impl Basis {
    /// Reads what is new, and tells the teller of it; whether anything is.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub(super) fn read(&mut self, ledger: &dyn Ledger, teller: &Teller) -> Result<bool, LedgerError> {
        let mut arrived = Arrived::default();
        // The ledger stands still for the reading only, not for what is made of it.
        ledger.snapshot(&mut |still| {
            arrived = arrived_since(still, &self.mark)?;
            Ok(())
        })?;
        if !arrived.whole && self.renames(&arrived.documents) {
            ledger.snapshot(&mut |still| {
                arrived = arrived_since(still, &Mark::default())?;
                Ok(())
            })?;
        }
        let judged = arrived.judgements.len() != self.judgements.len();
        if arrived.documents.is_empty() && arrived.claims.is_empty() && !judged && arrived.mark == self.mark {
            return Ok(false);
        }
        if arrived.whole {
            *self = Basis::default();
            teller.tell(News::Whole);
        }
        self.mark = std::mem::take(&mut arrived.mark);
        self.judgements = std::mem::take(&mut arrived.judgements);
        self.take(arrived, ledger, teller);
        Ok(true)
    }

    /// Whether one of these documents has a name that another has: then both are called otherwise from now on.
    fn renames(&self, documents: &[StoredDocument]) -> bool {
        let mut new: HashMap<&str, usize> = HashMap::new();
        documents.iter().any(|stored| {
            let times = new.entry(&stored.document.doc).or_default();
            *times += 1;
            *times > 1 || self.taken.contains_key(&stored.document.doc)
        })
    }

    fn take(&mut self, arrived: Arrived, ledger: &dyn Ledger, teller: &Teller) {
        for stored in &arrived.documents {
            *self.taken.entry(stored.document.doc.clone()).or_default() += 1;
        }
        let mut claims: HashMap<String, Vec<StoredClaim>> = HashMap::new();
        for claim in arrived.claims {
            claims.entry(claim.document.clone()).or_default().push(claim);
        }
        let (mut articles, mut told) = (Vec::new(), Vec::new());
        for stored in arrived.documents {
            let own = claims.remove(&stored.id).unwrap_or_default();
            let article = self.article(&stored);
            let bare: Vec<Claim> = own.iter().map(|stored| stored.claim.clone()).collect();
            let one = Told { doc: article.doc.clone(), day: article.day, terms: terms(&article, &bare) };
            told.push((one, article.dated));
            self.voices.push(Voice::of(&article));
            self.places.insert(article.doc.clone(), self.heads.len());
            self.heads.push(Arc::new(head(stored, &article, own.len())));
            let first = self.said.len();
            own.into_iter().for_each(|claim| self.say(claim, &article.doc));
            self.claims.push(first..self.said.len());
            articles.push(article);
        }
        teller.tell(News::More(told));
        let Basis { copies, heads, places, taken, .. } = self;
        copies.add(articles, &mut |doc| {
            // A document that was read before and is no longer there is not compared.
            let stored = ledger.document(&heads.get(*places.get(doc)?)?.id).ok().flatten()?;
            Some(named(&stored, taken))
        });
    }

    fn article(&self, stored: &StoredDocument) -> Article {
        named(stored, &self.taken)
    }

    fn say(&mut self, stored: StoredClaim, doc: &str) {
        count(&mut self.actors, &stored.claim);
        let mut claim = stored.claim;
        slim(&mut claim);
        self.said.push(Said {
            id: stored.id,
            doc: doc.to_owned(),
            published: stored.published,
            ingested_at: stored.ingested_at,
            voice: String::new(),
            withdrawn: false,
            claim,
        });
    }

    /// Settles whose words each document carries, and which claims a newer version has taken back.
    pub(super) fn settle(&mut self) {
        let carriers = carried(&self.voices, &self.copies.groups());
        for (carrier, claims) in carriers.iter().zip(&self.claims) {
            for said in &mut self.said[claims.clone()] {
                if said.voice != carrier.voice {
                    said.voice.clone_from(&carrier.voice);
                }
            }
        }
        for (older, newest) in self.superseded() {
            let now: Vec<_> = self.said[self.claims[newest].clone()].iter().map(|s| core(&s.claim)).collect();
            for said in &mut self.said[self.claims[older].clone()] {
                let own = core(&said.claim);
                said.withdrawn = now.iter().all(|claim| *claim != own);
            }
        }
    }

    /// Replaced versions, each with the newest: of one address, title and day, but for the last one read.
    fn superseded(&self) -> Vec<(usize, usize)> {
        type Place<'a> = (&'a str, Option<&'a str>, Option<&'a str>);
        let mut by_place: HashMap<Place<'_>, Vec<usize>> = HashMap::new();
        for (at, head) in self.heads.iter().enumerate() {
            if let Some(url) = &head.url {
                by_place.entry((url, head.title.as_deref(), head.published.as_deref())).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        for mut versions in by_place.into_values().filter(|versions| versions.len() > 1) {
            versions.sort_by_key(|&at| (&self.heads[at].ingested_at, &self.heads[at].id));
            if let Some((newest, older)) = versions.split_last() {
                found.extend(older.iter().map(|older| (*older, *newest)));
            }
        }
        found
    }
}

fn arrived_since(still: &dyn Ledger, mark: &Mark) -> Result<Arrived, LedgerError> {
    let mut arrived = Arrived {
        mark: still.mark()?,
        judgements: still.judgements(None)?,
        whole: *mark == Mark::default(),
        ..Arrived::default()
    };
    if arrived.mark == *mark {
        return Ok(arrived);
    }
    let Arrived { documents, claims, .. } = &mut arrived;
    let mut each_document = |document| {
        documents.push(document);
        ControlFlow::Continue(())
    };
    let mut each_claim = |claim| {
        claims.push(claim);
        ControlFlow::Continue(())
    };
    if !still.arrivals(mark, &mut each_document, &mut each_claim)? {
        still.arrivals(&Mark::default(), &mut each_document, &mut each_claim)?;
        arrived.whole = true;
    }
    Ok(arrived)
}

/// A document's article under the name that it has among the others.
fn named(stored: &StoredDocument, taken: &HashMap<String, usize>) -> Article {
    // The ledger notes every time of reading; the beginning of 1970 stands for one that is no date.
    let read = parse_date(&stored.ingested_at).unwrap_or(jiff::civil::date(1970, 1, 1));
    let mut article = Article::new(&stored.document, read);
    if taken.get(&article.doc).is_some_and(|times| *times > 1) {
        article.doc = format!("{} {}", article.doc, stored.id.get(..8).unwrap_or(&stored.id));
    }
    article
}

fn head(stored: StoredDocument, article: &Article, claims: usize) -> DocHead {
    let d = stored.document;
    DocHead {
        claims,
        id: stored.id,
        doc: article.doc.clone(),
        url: d.url,
        publisher: d.publisher,
        title: d.title,
        author: d.author,
        published: d.published,
        language: d.language,
        ingested_at: stored.ingested_at,
        outcome: stored.outcome,
    }
}

/// Gives back what a claim does not need while it is kept: deals show the first piece of its evidence.
fn slim(claim: &mut Claim) {
    let Claim { supplier, recipient, via, by, imposer, target, actor, parties, .. } = claim;
    for slot in [supplier, recipient, via, by, imposer, target, actor, parties] {
        slot.shrink_to_fit();
    }
    claim.goods.shrink_to_fit();
    claim.evidence.truncate(1);
    claim.evidence.shrink_to_fit();
}

/// Counts in which slots a claim names whom.
fn count(actors: &mut HashMap<String, ActorHead>, claim: &Claim) {
    let parties = claim
        .actor_slots()
        .into_iter()
        .flat_map(|(slot, who)| who.iter().map(move |a| (slot, a.id.as_str())));
    let speaker = claim.source.speaker.split('|').map(|name| ("speaker", name.trim()));
    let named = parties.chain(speaker).filter(|(_, id)| *id != "author");
    let mut slots: BTreeMap<&str, Vec<&'static str>> = BTreeMap::new();
    for (slot, id) in named {
        let slots = slots.entry(id).or_default();
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }
    for (id, slots) in slots {
        let head = actors.entry(id.to_owned()).or_default();
        head.claims += 1;
        for slot in slots {
            *head.slots.entry(slot).or_default() += 1;
        }
    }
}
