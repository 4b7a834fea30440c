//! The joint of `ledger` and `link`: what all documents say together.
//!
//! It is made anew from the ledger whenever it is asked for; copies and storylines, which take the longest, are taken
//! from what [`relink`] kept where nothing has changed since.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use ledger::{ClaimFilter, Ledger, LedgerError, Moment, StoredClaim, StoredDocument, StoredJudgement};
use link::copies::{Copies, Link, groups};
use link::deals::{Deal, Said};
use link::judgements::Judged;
use link::origins::carriers;
use link::stories::{Stories, Story, Told, terms};
use link::{Article, day_number};
use model::{Claim, parse_date};

/// The documents of a ledger at one moment, as the steps across documents see them.
///
/// Documents go by their names; of two with one name, each has the beginning of its identifier behind it.
pub struct Gathered {
    /// The documents, by identifier.
    pub articles: Vec<Article>,
    /// Identifier of each document by its name here.
    pub ids: BTreeMap<String, String>,
    /// The claims of each document by its name here.
    pub claims: BTreeMap<String, Vec<StoredClaim>>,
    /// Names here of documents whose text a newer version has replaced, with the newest one's.
    superseded: BTreeMap<String, String>,
    judged: Vec<Judged>,
    /// Copies and storylines that are kept and still hold.
    kept: Option<Kept>,
}

/// Copies and storylines as `relink` kept them.
type Kept = (Vec<Link>, Vec<Story>);

/// What the ledger calls the rows that are kept.
const COPIES: &str = "copies";
const STORIES: &str = "stories";

/// Copies among the documents.
pub struct Repeats {
    /// Who repeats whom.
    pub links: Vec<Link>,
    /// Groups of documents that repeat each other, the earliest first.
    pub groups: Vec<Vec<String>>,
}

/// Takes everything out of the ledger that was there at `moment`.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn gather(ledger: &dyn Ledger, moment: &Moment) -> Result<Gathered, LedgerError> {
    gather_from(&documents(ledger, moment)?, ledger, moment)
}

/// The documents of a ledger at one moment.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn documents(ledger: &dyn Ledger, moment: &Moment) -> Result<Vec<StoredDocument>, LedgerError> {
    let mut documents = Vec::new();
    ledger.documents(moment, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    })?;
    Ok(documents)
}

/// [`gather`] with the documents that [`documents`] gave for the same moment.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn gather_from(
    documents: &[StoredDocument],
    ledger: &dyn Ledger,
    moment: &Moment,
) -> Result<Gathered, LedgerError> {
    let names = names(documents);
    let mut claims: BTreeMap<String, Vec<StoredClaim>> = BTreeMap::new();
    let filter = ClaimFilter { moment: moment.clone(), all_versions: true, ..ClaimFilter::default() };
    ledger.claims(&filter, &mut |claim| {
        if let Some(name) = names.get(&claim.document) {
            claims.entry(name.clone()).or_default().push(claim);
        }
        ControlFlow::Continue(())
    })?;
    let articles = documents.iter().map(|d| article(d, &names)).collect();
    let superseded = superseded(documents, &names);
    let ids = names.into_iter().map(|(id, name)| (name, id)).collect();
    let judged = ledger.judgements(None)?.into_iter().map(judged).collect();
    let kept = if *moment == Moment::default() { kept(ledger)? } else { None };
    Ok(Gathered { articles, ids, claims, superseded, judged, kept })
}

/// Drops the copies and storylines that are kept, makes them anew and keeps them: how many of each there are.
///
/// # Errors
/// Where the ledger cannot be read or written.
pub fn relink(ledger: &mut dyn Ledger) -> Result<(usize, usize), LedgerError> {
    let state = ledger.state()?;
    let gathered = Gathered { kept: None, ..gather(ledger, &Moment::default())? };
    let (links, stories) = (gathered.repeats().links, gathered.stories());
    ledger.keep_derived(COPIES, &state, &rows(&links))?;
    ledger.keep_derived(STORIES, &state, &rows(&stories))?;
    Ok((links.len(), stories.len()))
}

fn rows<T: serde::Serialize>(items: &[T]) -> Vec<String> {
    // Plain structs of strings and numbers always serialise.
    items.iter().filter_map(|item| serde_json::to_string(item).ok()).collect()
}

/// What is kept, if it was made of what the ledger holds now.
fn kept(ledger: &dyn Ledger) -> Result<Option<Kept>, LedgerError> {
    let state = ledger.state()?;
    let (Some(links), Some(stories)) = (ledger.derived(COPIES, &state)?, ledger.derived(STORIES, &state)?)
    else {
        return Ok(None);
    };
    let links: Result<Vec<Link>, _> = links.iter().map(|row| serde_json::from_str(row)).collect();
    let stories: Result<Vec<Story>, _> = stories.iter().map(|row| serde_json::from_str(row)).collect();
    // What an older program kept in another form is made anew.
    Ok(links.ok().zip(stories.ok()))
}

fn names(documents: &[StoredDocument]) -> BTreeMap<String, String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for d in documents {
        *count.entry(&d.document.doc).or_default() += 1;
    }
    let name = |d: &StoredDocument| match count.get(d.document.doc.as_str()) {
        Some(1) | None => d.document.doc.clone(),
        Some(_) => format!("{} {}", d.document.doc, d.id.get(..8).unwrap_or(&d.id)),
    };
    documents.iter().map(|d| (d.id.clone(), name(d))).collect()
}

fn article(stored: &StoredDocument, names: &BTreeMap<String, String>) -> Article {
    // The ledger notes every time of reading; the beginning of 1970 stands for one that is no date.
    let arrived = parse_date(&stored.ingested_at).unwrap_or(jiff::civil::date(1970, 1, 1));
    let mut article = Article::new(&stored.document, arrived);
    if let Some(name) = names.get(&stored.id) {
        article.doc.clone_from(name);
    }
    article
}

/// Replaced versions: those of one address, title and day, but for the last one read.
fn superseded(documents: &[StoredDocument], names: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    type Place<'a> = (&'a str, Option<&'a str>, Option<&'a str>);
    let mut by_place: BTreeMap<Place<'_>, Vec<&StoredDocument>> = BTreeMap::new();
    for stored in documents {
        let d = &stored.document;
        if let Some(url) = &d.url {
            by_place.entry((url, d.title.as_deref(), d.published.as_deref())).or_default().push(stored);
        }
    }
    let mut found = BTreeMap::new();
    for mut versions in by_place.into_values().filter(|v| v.len() > 1) {
        versions.sort_by_key(|v| (&v.ingested_at, &v.id));
        if let Some((newest, older)) = versions.split_last() {
            found.extend(older.iter().map(|old| (names[&old.id].clone(), names[&newest.id].clone())));
        }
    }
    found
}

/// A judgement as `link` takes it.
pub fn judged(stored: StoredJudgement) -> Judged {
    let judgement = stored.judgement;
    Judged {
        number: stored.number,
        at: stored.at,
        author: judgement.author,
        subject_kind: judgement.subject_kind,
        subject: judgement.subject,
        verdict: judgement.verdict,
        detail: judgement.detail,
    }
}

impl Gathered {
    /// Who repeats whom.
    pub fn repeats(&self) -> Repeats {
        if let Some((links, _)) = &self.kept {
            let mut order: Vec<(i32, &str)> = self.articles.iter().map(Article::place).collect();
            order.sort_unstable();
            let order: Vec<&str> = order.into_iter().map(|(_, doc)| doc).collect();
            return Repeats { groups: groups(&order, links.iter()), links: links.clone() };
        }
        let by_doc: BTreeMap<&str, &Article> = self.articles.iter().map(|a| (a.doc.as_str(), a)).collect();
        let mut copies = Copies::new();
        copies.add(self.articles.clone(), &mut |doc| by_doc.get(doc).map(|a| (*a).clone()));
        Repeats { links: copies.links().cloned().collect(), groups: copies.groups() }
    }

    /// The claims as the deals take them, each with the voice that its document's own words have.
    pub fn said(&self) -> Vec<Said> {
        self.said_under(&self.repeats())
    }

    fn said_under(&self, repeats: &Repeats) -> Vec<Said> {
        let voices = carriers(&self.articles, &repeats.groups);
        let mut said = Vec::new();
        for carrier in &voices {
            for stored in self.claims.get(&carrier.doc).into_iter().flatten() {
                said.push(Said {
                    id: stored.id.clone(),
                    doc: carrier.doc.clone(),
                    published: stored.published.clone(),
                    ingested_at: stored.ingested_at.clone(),
                    voice: carrier.voice.clone(),
                    withdrawn: self.is_withdrawn(&carrier.doc, &stored.claim),
                    claim: stored.claim.clone(),
                });
            }
        }
        said
    }

    /// Whether the newest version of a replaced document no longer makes the claim.
    fn is_withdrawn(&self, doc: &str, claim: &Claim) -> bool {
        let Some(newest) = self.superseded.get(doc) else { return false };
        let now = self.claims.get(newest).into_iter().flatten();
        let mut same = now.filter(|stored| core(&stored.claim) == core(claim));
        same.next().is_none()
    }

    /// The deals, under the judgements of people.
    pub fn deals(&self) -> Vec<Deal> {
        link::deals::deals(&self.said(), &self.judged)
    }

    /// The same where it is known already who repeats whom.
    pub fn deals_under(&self, repeats: &Repeats) -> Vec<Deal> {
        link::deals::deals(&self.said_under(repeats), &self.judged)
    }

    /// The storylines, by their first day.
    pub fn stories(&self) -> Vec<Story> {
        if let Some((_, stories)) = &self.kept {
            return stories.clone();
        }
        let told = |article: &Article| {
            let claims: Vec<Claim> = self
                .claims
                .get(&article.doc)
                .into_iter()
                .flatten()
                .map(|stored| stored.claim.clone())
                .collect();
            Told { doc: article.doc.clone(), day: article.day, terms: terms(article, &claims) }
        };
        let mut stories = Stories::new();
        stories.add(self.articles.iter().map(told).collect());
        stories.stories()
    }

    /// The first and the last day on which a document of each of `stories` was published, as far as that is known.
    pub fn published_days(&self, stories: &[Story]) -> Vec<(Option<i32>, Option<i32>)> {
        let dated = self.articles.iter().filter(|article| article.dated);
        let days: HashMap<&str, i32> = dated.map(|article| (article.doc.as_str(), article.day)).collect();
        let of = |story: &Story| {
            let days = || story.docs.iter().filter_map(|doc| days.get(doc.as_str()).copied());
            (days().min(), days().max())
        };
        stories.iter().map(of).collect()
    }

    /// The name here of the document with this identifier (or its beginning), name or address.
    pub fn find(&self, wanted: &str) -> Option<&str> {
        let named = self.ids.iter().find(|(name, id)| *name == wanted || *id == wanted);
        let named = named.or_else(|| {
            let begins = |id: &str| wanted.len() > 5 && id.starts_with(wanted);
            self.ids.iter().find(|(_, id)| begins(id))
        });
        let addressed =
            || self.articles.iter().find(|a| a.url.as_deref() == Some(wanted)).map(|a| a.doc.as_str());
        named.map(|(name, _)| name.as_str()).or_else(addressed)
    }
}

/// What makes two claims of two versions one: all but the words.
pub(crate) fn core(claim: &Claim) -> impl PartialEq + use<> {
    let ids = |actors: &[model::ActorRef]| actors.iter().map(|a| a.id.clone()).collect::<BTreeSet<_>>();
    let goods: BTreeSet<_> = claim.goods.iter().map(|g| g.category).collect();
    let parties =
        [&claim.supplier, &claim.recipient, &claim.imposer, &claim.target, &claim.actor, &claim.parties];
    let parties: Vec<_> = parties.into_iter().map(|p| ids(p)).collect();
    (claim.kind, parties, goods, claim.stage, claim.action, claim.factuality, claim.source.speaker.clone())
}

/// A day as a number to the calendar's writing.
pub fn day_text(day: i32) -> String {
    let zero = jiff::civil::date(1970, 1, 1);
    debug_assert_eq!(day_number(zero), 0);
    zero.checked_add(jiff::Span::new().days(day)).map_or_else(|_| "unknown".to_owned(), |d| d.to_string())
}
