//! What all documents say together, made once for each state of the ledger and shared by all requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use ledger::{Moment, StoredJudgement};
use link::copies::Link;
use link::deals::Deal;

use super::basis::Basis;
use super::digits::Digits;
use super::teller::Storylines;
use crate::law::Rejections;
use crate::linking::judged;

/// How many past states of the deals are kept.
const PAST: usize = 8;

/// How many pages that many ask for are kept ready.
const READY: usize = 64;

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
    /// When it was read (RFC 3339).
    pub at: String,
    /// A short word for what the ledger held: another one as soon as that changes.
    pub state: String,
    /// Documents, by day of publication and name.
    pub docs: Vec<Arc<DocHead>>,
    /// Deals, by first day.
    pub deals: Arc<Vec<Deal>>,
    /// Actors, those with the most claims first.
    pub actors: Vec<ActorHead>,
    /// Every judgement, oldest first.
    pub judgements: Vec<StoredJudgement>,
    /// Matches with sanctions lists that people rejected.
    pub rejections: Rejections,
    /// Deals by their last day, the latest first.
    pub latest: Vec<u32>,
    /// Contested deals, those with the most sources first.
    pub contested: Vec<u32>,
    /// Deals, those with the most documents first.
    pub documented: Vec<u32>,
    links: Vec<Link>,
    links_of: HashMap<String, Vec<u32>>,
    by_doc: HashMap<String, u32>,
    by_id: HashMap<String, u32>,
    deal_ids: Digits,
    deals_of_claim: Digits,
    deals_of_actor: HashMap<String, Vec<u32>>,
    told: RwLock<Arc<Storylines>>,
    past: Mutex<Vec<(Moment, Arc<Vec<Deal>>)>>,
    asked: Mutex<Vec<Moment>>,
    ready: Mutex<HashMap<String, Arc<OnceLock<Arc<str>>>>>,
}

impl View {
    /// Puts together what was read, at the time `at`, with the storylines as far as they are told.
    pub(super) fn of(basis: &mut Basis, told: Arc<Storylines>, at: String) -> View {
        basis.settle();
        let standing: Vec<_> = basis.judgements.iter().cloned().map(judged).collect();
        let deals = link::deals::deals(&basis.said, &standing);
        let links: Vec<Link> = basis.copies.links().cloned().collect();
        let mut docs = basis.heads.clone();
        docs.sort_by(|a, b| (&a.published, &a.doc).cmp(&(&b.published, &b.doc)));
        let by = |key: fn(&DocHead) -> &String| {
            docs.iter().enumerate().map(|(n, head)| (key(head).clone(), n as u32)).collect::<HashMap<_, _>>()
        };
        let (by_doc, by_id) = (by(|head| &head.doc), by(|head| &head.id));
        let mut links_of: HashMap<String, Vec<u32>> = HashMap::new();
        for (n, link) in links.iter().enumerate() {
            for doc in [&link.doc, &link.of] {
                links_of.entry(doc.clone()).or_default().push(n as u32);
            }
        }
        let state = format!("{:?} {}", basis.mark, basis.judgements.len());
        View {
            at,
            state: blake3::hash(state.as_bytes()).to_hex()[..12].to_owned(),
            latest: ordered(&deals, |deal| deal.days.1.clone()),
            contested: ordered(&deals, |d| d.flags.contested.then(|| d.independent_sources())),
            documented: ordered(&deals, |deal| Some(deal.docs.len())),
            deal_ids: Digits::of(deals.iter().enumerate().flat_map(|(n, deal)| {
                std::iter::once(&deal.id).chain(&deal.aliases).map(move |id| (id.as_str(), n as u32))
            })),
            deals_of_claim: Digits::of(deals.iter().enumerate().flat_map(|(n, deal)| {
                deal.history.iter().map(move |event| (event.claim.as_str(), n as u32))
            })),
            deals_of_actor: by_party(&deals),
            actors: most_named(&basis.actors),
            rejections: Rejections::of(basis.judgements.clone()),
            judgements: basis.judgements.clone(),
            deals: Arc::new(deals),
            past: Mutex::default(),
            asked: Mutex::default(),
            ready: Mutex::default(),
            docs,
            links,
            links_of,
            by_doc,
            by_id,
            told: RwLock::new(told),
        }
    }

    /// The document with this name.
    pub fn doc(&self, name: &str) -> Option<&DocHead> {
        self.by_doc.get(name).map(|n| &*self.docs[*n as usize])
    }

    /// The document with this identifier.
    pub fn doc_by_id(&self, id: &str) -> Option<&DocHead> {
        self.by_id.get(id).map(|n| &*self.docs[*n as usize])
    }

    /// Where the document with this identifier stands among all.
    pub fn doc_place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).map(|n| *n as usize)
    }

    /// The day of the newest document.
    pub fn newest(&self) -> Option<&str> {
        self.docs.last().and_then(|doc| doc.published.as_deref())
    }

    /// Where the deal with this identifier, one it had, or the beginning of one, stands among all.
    pub fn deal_place(&self, wanted: &str) -> Option<usize> {
        let found = || self.deal_ids.beginning(wanted).map(|n| n as usize);
        found()
            .find(|n| self.deals[*n].id == wanted)
            .or_else(|| found().filter(|n| self.deals[*n].is(wanted)).min())
    }

    /// The deal with this identifier, one it had, or the beginning of one.
    pub fn deal(&self, wanted: &str) -> Option<&Deal> {
        self.deal_place(wanted).map(|n| &self.deals[n])
    }

    /// The deals that a claim is part of.
    pub fn deals_of_claim(&self, claim: &str) -> impl Iterator<Item = &Deal> {
        let found = self.deals_of_claim.beginning(claim).map(|n| &self.deals[n as usize]);
        found.filter(move |deal| deal.history.iter().any(|event| event.claim == claim))
    }

    /// The deals of which this actor (in any case of letters) is a side, the newest first.
    pub fn deals_of_actor(&self, actor: &str) -> impl Iterator<Item = &Deal> {
        let found = self.deals_of_actor.get(&actor.to_ascii_lowercase());
        found.into_iter().flatten().rev().map(|n| &self.deals[*n as usize])
    }

    /// The storylines, as far as they are told.
    pub fn told(&self) -> Arc<Storylines> {
        Arc::clone(&self.told.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes storylines that were told further.
    pub(super) fn tell(&self, told: Arc<Storylines>) {
        *self.told.write().unwrap_or_else(PoisonError::into_inner) = told;
    }

    /// What a document repeats, and what repeats it.
    pub fn links(&self, doc: &str) -> impl Iterator<Item = &Link> {
        self.links_of.get(doc).into_iter().flatten().map(|n| &self.links[*n as usize])
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
    fn keep_past(&self, moment: Moment, deals: &Arc<Vec<Deal>>) {
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        if past.len() >= PAST {
            past.remove(0);
        }
        past.push((moment, Arc::clone(deals)));
    }

    /// What was made of this view under that name, made now where it was not; who asks for the same meanwhile waits.
    pub fn ready(&self, name: &str, make: impl FnOnce() -> String) -> Arc<str> {
        let place = {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            if ready.len() >= READY && !ready.contains_key(name) {
                ready.clear();
            }
            Arc::clone(ready.entry(name.to_owned()).or_default())
        };
        Arc::clone(place.get_or_init(|| make().into()))
    }

    /// What was made of this view under that name, if it is there.
    pub fn made(&self, name: &str) -> Option<Arc<str>> {
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.get(name).and_then(|place| place.get()).cloned()
    }
}

/// A past of a view that is being worked out; forgotten when dropped, so that one that failed is asked for anew.
pub(super) struct Asked {
    view: Arc<View>,
    moment: Moment,
}

impl Asked {
    /// The right to work out the deals at `moment`, unless somebody has it.
    pub(super) fn first(view: &Arc<View>, moment: &Moment) -> Option<Asked> {
        let mut asked = view.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.contains(moment) {
            return None;
        }
        asked.push(moment.clone());
        Some(Asked { view: Arc::clone(view), moment: moment.clone() })
    }

    /// When it is asked for.
    pub(super) fn moment(&self) -> &Moment {
        &self.moment
    }

    /// Keeps what was worked out.
    pub(super) fn answer(&self, deals: Vec<Deal>) -> Arc<Vec<Deal>> {
        let deals = Arc::new(deals);
        self.view.keep_past(self.moment.clone(), &deals);
        deals
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        let mut asked = self.view.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|moment| *moment != self.moment);
    }
}

/// The places of the deals for which `of` gives something, those with the most of it first.
fn ordered<T: Ord>(deals: &[Deal], of: impl Fn(&Deal) -> Option<T>) -> Vec<u32> {
    let mut found: Vec<(T, u32)> =
        deals.iter().enumerate().filter_map(|(n, deal)| Some((of(deal)?, n as u32))).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| deals[a.1 as usize].id.cmp(&deals[b.1 as usize].id)));
    found.into_iter().map(|(_, n)| n).collect()
}

/// The places of deals by either side, in small letters.
fn by_party(deals: &[Deal]) -> HashMap<String, Vec<u32>> {
    let mut found: HashMap<String, Vec<u32>> = HashMap::new();
    for (n, deal) in deals.iter().enumerate() {
        for party in [&deal.supplier, &deal.recipient].into_iter().flatten() {
            let of = found.entry(party.to_ascii_lowercase()).or_default();
            if of.last() != Some(&(n as u32)) {
                of.push(n as u32);
            }
        }
    }
    found
}

fn most_named(counted: &HashMap<String, ActorHead>) -> Vec<ActorHead> {
    let mut actors: Vec<ActorHead> =
        counted.iter().map(|(id, head)| ActorHead { id: id.clone(), ..head.clone() }).collect();
    actors.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.id.cmp(&b.id)));
    actors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_works_out_a_past_and_all_find_it() {
        let view = Arc::new(View::of(&mut Basis::default(), Arc::default(), String::new()));
        let then = Moment { published: Some("2031-05-03".to_owned()), ingested: None };
        let mine = Asked::first(&view, &then).unwrap();
        assert!(Asked::first(&view, &then).is_none(), "somebody is at it");
        assert!(Asked::first(&view, &Moment::default()).is_some(), "another past is another matter");
        drop(mine);
        let again = Asked::first(&view, &then).expect("one that failed may be asked for anew");
        assert!(view.past(&then).is_none());
        again.answer(Vec::new());
        assert!(view.past(&then).is_some());
    }
}
