//! What is said to have happened: transfers, measures, violations, contacts, shortages.
//!
//! A word of the codebook (a *trigger*) opens a [`Frame`]; roles are read off the dependencies around it ([`tree`]),
//! the words over it tell stage and factuality ([`chain`]), what is left open is filled from earlier frames
//! ([`fill`]), and frames become claims with their sources ([`assemble`]).

mod access;
mod aims;
mod alongside;
mod answers;
mod asides;
mod assemble;
mod awards;
mod bans;
mod bills;
mod blame;
mod builds;
mod chain;
mod deals;
mod decrees;
mod denials;
mod fill;
mod forces;
mod goods;
mod headlines;
mod house;
mod irrealis;
mod measures;
mod officials;
mod origins;
mod others;
mod pairs;
mod pointing;
mod receivers;
mod releases;
mod removals;
mod requests;
mod retold;
mod roles;
mod scope;
mod seizures;
#[cfg(test)]
mod sentences;
mod slots;
mod suppliers;
pub mod table;
mod tenses;
mod transfers;
pub(crate) mod tree;
mod voyages;

use model::{Action, ActorRef, Claim, Factuality, Goods, Kind, Note, Phrase, Stage};

use crate::attribution::Attribution;
use crate::dates::{self, Dated};
use rustc_hash::FxHashMap;

use crate::mentions::{ActorKind, Cast, Mention};
use crate::text::{Place, Text};

pub(crate) use goods::is_craft;
pub use table::EventTable;

/// What one trigger says, before its source is known and before it is joined with its likes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) kind: Kind,
    /// Index into the text's blocks.
    pub(crate) at: usize,
    /// The trigger's token.
    pub(crate) trigger: usize,
    pub(crate) supplier: Vec<ActorRef>,
    pub(crate) recipient: Vec<ActorRef>,
    pub(crate) via: Vec<ActorRef>,
    pub(crate) by: Vec<ActorRef>,
    pub(crate) goods: Vec<Goods>,
    pub(crate) stage: Option<Stage>,
    pub(crate) imposer: Vec<ActorRef>,
    pub(crate) target: Vec<ActorRef>,
    pub(crate) instrument: Option<Phrase>,
    pub(crate) action: Option<Action>,
    pub(crate) actor: Vec<ActorRef>,
    pub(crate) act: Option<Phrase>,
    pub(crate) parties: Vec<ActorRef>,
    pub(crate) place: Option<Phrase>,
    pub(crate) factuality: Factuality,
    /// The words that say it.
    pub(crate) evidence: Place,
    /// Whether the trigger points back: "the sale", "those weapons".
    pub(crate) points_back: bool,
    /// Whether the text names a supplier that could not be told: nothing may be filled in for it.
    pub(crate) opaque: bool,
    /// Whether it denies, or takes up, what was told before: "denied the accusation".
    pub(crate) echoes: bool,
    /// The head of the words that name its speaker, where the trigger's own clause does.
    pub(crate) says: Option<usize>,
    /// Who asks for it, where nobody is said to receive it.
    pub(crate) asker: Vec<ActorRef>,
    /// Whether it is told from the recipient's side.
    pub(crate) buys: bool,
    /// Whether it is no claim itself and only fills what is told later.
    pub(crate) hidden: bool,
    /// Whether it answers a question with no words of its own for what was asked: "no indication that it has".
    pub(crate) answers: bool,
    /// Whether its goods are only pointed to ("received any of them"): dropped where nothing was told before.
    pub(crate) goods_told: bool,
    /// How far the deal has got that a measure would stop: "the proposed sale", which is told too.
    pub(crate) deal: Option<Stage>,
}

impl Frame {
    pub(crate) fn new(kind: Kind, at: usize, trigger: usize, evidence: Place) -> Self {
        Frame {
            kind,
            at,
            trigger,
            supplier: Vec::new(),
            recipient: Vec::new(),
            via: Vec::new(),
            by: Vec::new(),
            goods: Vec::new(),
            stage: None,
            imposer: Vec::new(),
            target: Vec::new(),
            instrument: None,
            action: None,
            actor: Vec::new(),
            act: None,
            parties: Vec::new(),
            place: None,
            factuality: Factuality::Certain,
            evidence,
            points_back: false,
            opaque: false,
            echoes: false,
            says: None,
            asker: Vec::new(),
            buys: false,
            answers: false,
            hidden: false,
            goods_told: false,
            deal: None,
        }
    }
}

/// What the events are read from.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) cast: &'a Cast,
    pub(crate) attributions: &'a [Attribution],
    pub(crate) book: &'a EventTable,
    /// The state that the publisher speaks for, where it is a body of one.
    pub(crate) publisher: Option<String>,
    /// The times that the document names, by its publication date.
    pub(crate) times: Vec<Dated>,
    /// Mentions by block and head token, the shortest of several.
    heads: FxHashMap<(usize, usize), usize>,
    /// Goods by block and head token.
    goods: FxHashMap<(usize, usize), usize>,
}

impl<'a> Reader<'a> {
    fn new(
        text: &'a Text<'a>,
        cast: &'a Cast,
        attributions: &'a [Attribution],
        book: &'a EventTable,
    ) -> Self {
        let publisher = cast.home.and_then(|home| cast.side(home).or(Some(cast.actors[home].id.as_str())));
        let publisher = publisher.filter(|id| slots::is_state_code(id)).map(str::to_owned);
        let mut heads: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for (index, mention) in cast.mentions.iter().enumerate() {
            let length = |i: usize| cast.mentions[i].place.tokens().len();
            let best = heads.entry((mention.place.at, mention.head)).or_insert(index);
            let kind = |i: usize| cast.actors[cast.mentions[i].actor].kind;
            // "Acme Defence Australia" is no state
            let firm = |long: usize, short: usize| {
                length(long) > length(short) && kind(short) == ActorKind::State && is_branch(cast, long)
            };
            if firm(index, *best) || length(index) < length(*best) && !firm(*best, index) {
                *best = index;
            }
        }
        let goods = cast.goods.iter().enumerate().map(|(i, g)| ((g.place.at, g.head), i)).collect();
        let published = text.document.published.as_deref().and_then(model::parse_date);
        let times =
            text.blocks.iter().enumerate().flat_map(|(at, b)| dates::find(b, at, published)).collect();
        Reader { text, cast, attributions, book, publisher, times, heads, goods }
    }

    /// The mention headed by token `token` of block `at`.
    pub(crate) fn mention_headed(&self, at: usize, token: usize) -> Option<&'a Mention> {
        self.heads.get(&(at, token)).map(|i| &self.cast.mentions[*i])
    }
}

impl Reader<'_> {
    /// Whether a frame stands in a sentence that asks: "Will you send tanks?"
    fn is_asked(&self, frame: &Frame) -> bool {
        let block = &self.text.blocks[frame.at];
        let sentence = block.token(frame.trigger).sentence();
        let ends = (sentence.clone()).rev().map(|i| block.token(i)).find(|t| !t.text().trim().is_empty());
        let inverted = sentence.clone().any(|i| {
            let subject = block.token(i);
            let verb = subject.head();
            let opens = |c: lang::Token<'_>| matches!(c.dep(), "aux" | "auxpass") && c.index() < i;
            let main = verb.is_root() || matches!(verb.dep(), "conj" | "ccomp" | "appos" | "dep" | "acl");
            let plain = verb.lemma() == "be" && verb.index() < i;
            matches!(subject.dep(), "nsubj" | "nsubjpass") && main && (plain || verb.children().any(opens))
        });
        ends.is_some_and(|t| t.text() == "?") && inverted
    }

    /// Whether the document is the record of a chamber.
    pub(crate) fn is_record(&self) -> bool {
        let publisher = self.text.document.publisher.as_deref().unwrap_or_default();
        ["Hansard", "Parliament", "Congressional Record"].iter().any(|w| publisher.contains(w))
    }

    /// What a reporter's turn raises: what it asks, else what it tells. Neither claims anything before it is answered.
    fn raised(&self, frames: Vec<Frame>) -> Vec<Frame> {
        let (asked, told): (Vec<Frame>, Vec<Frame>) = frames.into_iter().partition(|f| self.is_asked(f));
        self.fill(if asked.is_empty() { told } else { asked })
    }
}

/// Whether a name is that of a firm or body that ends in its country's: "Acme Defence Australia".
fn is_branch(cast: &Cast, mention: usize) -> bool {
    let mention = &cast.mentions[mention];
    let body = matches!(cast.actors[mention.actor].kind, ActorKind::Firm | ActorKind::Organisation);
    let name = &cast.actors[mention.actor].id;
    let plain = !name.contains([',', '–', '—', ':', '(']) && !name.contains(" - "); // no dateline
    body && plain && mention.form == crate::mentions::Form::Name && mention.head + 1 == mention.place.end
}

/// "asked whether it would lift the embargo": what is asked is not told.
fn wonders(trigger: lang::Token<'_>) -> bool {
    let asks =
        |v: lang::Token<'_>| matches!(v.lemma(), "ask" | "inquire" | "enquire" | "wonder" | "question");
    let open = |t: lang::Token<'_>| {
        let whether = |c: lang::Token<'_>| {
            matches!(c.dep(), "mark" | "advmod")
                && matches!(c.lemma().to_lowercase().as_str(), "whether" | "if")
        };
        let doubt = |n: lang::Token<'_>| {
            matches!(
                n.lemma(),
                "controversy" | "question" | "doubt" | "debate" | "dispute" | "uncertainty" | "row"
            )
        };
        let doubted = t.dep() == "pcomp" && doubt(t.head().head());
        t.children().any(|c| whether(c) && c.lemma() == "whether") && doubted
            || t.children().any(whether) && !t.is_root() && asks(t.head()) && t.dep() != "advcl"
            || t.children().any(|c| whether(c) && c.lemma() == "whether") && t.ancestors().take(2).any(asks)
    };
    std::iter::once(trigger).chain(trigger.ancestors().take(6)).any(open)
}

/// Reads the claims of one document.
///
/// The claims come in order of their first evidence.
pub fn claims(
    text: &Text<'_>,
    cast: &Cast,
    attributions: &[Attribution],
    book: &EventTable,
) -> (Vec<Claim>, Vec<Note>) {
    let reader = Reader::new(text, cast, attributions, book);
    let mut frames = Vec::new();
    let mut raised: Vec<Frame> = Vec::new();
    for at in 0..text.blocks.len() {
        let before = frames.len();
        reader.transfers(at, &mut frames);
        reader.measures(at, &mut frames);
        reader.others(at, &mut frames);
        reader.claimed_by_others(at, &mut frames);
        reader.denials(at, &mut frames);
        reader.suppliers(at, &mut frames);
        reader.punished(at, &mut frames[before..]);
        frames.retain(|f| !reader.is_resolve(f));
        if reader.is_question(at) {
            raised = reader.raised(frames.drain(before..).collect());
        } else {
            if reader.is_record() {
                let told: Vec<Frame> = frames.drain(before..).filter(|f| !reader.is_asked(f)).collect();
                frames.extend(told); // what members ask each other in a chamber
            }
            let (open, told): (Vec<Frame>, Vec<Frame>) =
                frames.drain(before..).partition(|f| wonders(reader.text.blocks[f.at].token(f.trigger)));
            frames.extend(told);
            match open.is_empty() {
                true => frames.extend(reader.answer(at, &mut raised)),
                false => raised = reader.fill(open),
            }
        }
        frames[before..].sort_by_key(|f| (f.trigger, f.kind));
    }
    reader.fold_measures(&mut frames);
    reader.voyages(&mut frames);
    let frames = reader.fill(frames);
    reader.assemble(frames)
}
