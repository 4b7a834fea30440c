//! What a deal's claims come to: a state for each source, a history, all values, and flags.

use std::collections::{BTreeMap, BTreeSet};

use model::{Category, Claim, Factuality, Goods, Stage, parse_date};

use super::gather::{Group, strand_id};
use super::{Deal, Event, Flags, Said, SourceState, Value};
use crate::actors::Actors;
use crate::day_number;
use crate::judgements::{Judged, verdict_on};
use crate::origins::origins;

/// An assertion this many days after a denial does not contradict it.
const MOVED_ON_DAYS: i32 = 60;

/// Puts a deal together from its strands.
pub(super) fn deal(group: &Group, all: &[&Said], actors: &Actors, standing: &[Judged]) -> Deal {
    let claims: Vec<&Said> = group.strands.iter().map(|strand| all[strand.claim]).collect();
    let sources = source_names(&claims, actors);
    let mut history: Vec<Event> =
        claims.iter().zip(&sources).map(|(said, source)| event(said, source)).collect();
    history.sort_by(|a, b| {
        (a.day.is_none(), &a.day, reach(a.stage), &a.claim).cmp(&(
            b.day.is_none(),
            &b.day,
            reach(b.stage),
            &b.claim,
        ))
    });
    let states = states(&history);
    let (stage, factuality) = headline(&history);
    let mut ids: Vec<String> = group.strands.iter().map(|strand| strand_id(strand, all)).collect();
    let id = ids.remove(0);
    ids.sort();
    ids.dedup();
    let days: Vec<&String> = history.iter().filter_map(|event| event.day.as_ref()).collect();
    let docs: BTreeSet<&str> = claims.iter().filter(|s| !s.withdrawn).map(|s| s.doc.as_str()).collect();
    Deal {
        supplier: group.supplier.clone(),
        recipient: group.recipient.clone(),
        category: group.category.unwrap_or(Category::Weapons),
        days: (days.first().map(|d| (*d).clone()), days.last().map(|d| (*d).clone())),
        stage,
        factuality,
        flags: flags(&history, &states),
        docs: docs.into_iter().map(str::to_owned).collect(),
        slots: slots(group, &claims, &sources, actors),
        verdict: verdict_on(standing, "deal", |wanted| {
            wanted.len() > 5 && std::iter::once(&id).chain(&ids).any(|id| id.starts_with(wanted))
        }),
        id,
        aliases: ids,
        states,
        history,
    }
}

/// The origin's name of each claim.
fn source_names(claims: &[&Said], actors: &Actors) -> Vec<String> {
    let given: Vec<(&Claim, &str)> = claims.iter().map(|said| (&said.claim, said.voice.as_str())).collect();
    let mut names = vec![String::new(); claims.len()];
    for origin in origins(&given, actors) {
        for at in origin.claims {
            names[at].clone_from(&origin.name);
        }
    }
    names
}

fn event(said: &Said, source: &str) -> Event {
    Event {
        day: said.published.clone(),
        source: source.to_owned(),
        stage: said.claim.stage.unwrap_or(Stage::Unstated),
        factuality: said.claim.factuality,
        claim: said.id.clone(),
        doc: said.doc.clone(),
        words: said.claim.evidence.first().map_or(String::new(), |evidence| evidence.text.clone()),
        withdrawn: said.withdrawn,
    }
}

/// How far a stage reaches: one that is further implies that the nearer ones were passed.
pub(super) fn reach(stage: Stage) -> u8 {
    match stage {
        Stage::Unstated => 0,
        Stage::Sought | Stage::Offered => 1,
        Stage::Negotiated => 2,
        Stage::Agreed | Stage::Authorised => 3,
        Stage::Halted => 4,
        Stage::Shipped | Stage::Intercepted => 5,
        Stage::Delivered => 6,
        Stage::Used => 7,
    }
}

/// Whether a source stands behind what it says, be it only as possible.
pub(super) fn asserts(factuality: Factuality) -> bool {
    matches!(factuality, Factuality::Certain | Factuality::Probable | Factuality::Possible)
}

/// What each source holds: of what it said on the last day on which it spoke, the furthest that it asserts.
fn states(history: &[Event]) -> Vec<SourceState> {
    let mut by_source: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in history.iter().filter(|event| !event.withdrawn) {
        by_source.entry(&event.source).or_default().push(event);
    }
    by_source
        .into_iter()
        .filter_map(|(source, events)| {
            let last = events.iter().map(|event| &event.day).max()?;
            let said = events.iter().filter(|event| &event.day == last);
            let chief = said
                .max_by_key(|e| (asserts(e.factuality), reach(e.stage), sureness(e.factuality), &e.claim))?;
            let docs: BTreeSet<&str> = events.iter().map(|event| event.doc.as_str()).collect();
            Some(SourceState {
                source: source.to_owned(),
                stage: chief.stage,
                factuality: chief.factuality,
                day: chief.day.clone(),
                docs: docs.into_iter().map(str::to_owned).collect(),
            })
        })
        .collect()
}

fn sureness(factuality: Factuality) -> u8 {
    match factuality {
        Factuality::Certain => 6,
        Factuality::Probable => 5,
        Factuality::Possible => 4,
        Factuality::Conditional => 3,
        Factuality::Denied => 2,
        Factuality::NoEvidence => 1,
        Factuality::Undetermined => 0,
    }
}

/// The state that stands for the deal: the furthest stage that is held as likely or sure, else the surest of the rest.
///
/// What a source itself denied later is not held any more. A halt told on the same day as the furthest stage or later
/// stands above it, unless the goods had arrived.
fn headline(history: &[Event]) -> (Stage, Factuality) {
    let held: Vec<&Event> =
        history.iter().filter(|event| !event.withdrawn && !taken_back(event, history)).collect();
    let likely = |e: &&&Event| matches!(e.factuality, Factuality::Certain | Factuality::Probable);
    let furthest = held
        .iter()
        .filter(likely)
        .max_by_key(|e| (reach(e.stage), sureness(e.factuality)))
        .or_else(|| held.iter().max_by_key(|e| (sureness(e.factuality), reach(e.stage))));
    let Some(furthest) = furthest else { return (Stage::Unstated, Factuality::Undetermined) };
    // A text that tells of a seizure or halt says by it what became of the goods that it calls sold or sent.
    let ends = |e: &&&Event| {
        stops(e.stage)
            && e.day >= furthest.day
            && (reach(furthest.stage) <= reach(Stage::Shipped)
                || (e.doc == furthest.doc && furthest.stage == Stage::Delivered))
    };
    let stopped = held.iter().filter(likely).rfind(ends);
    let chief = stopped.unwrap_or(furthest);
    (chief.stage, chief.factuality)
}

/// Whether the source of an assertion denied it later.
fn taken_back(event: &Event, history: &[Event]) -> bool {
    asserts(event.factuality)
        && history.iter().any(|later| {
            later.factuality == Factuality::Denied
                && later.source == event.source
                && later.day > event.day
                && contradicts(later.stage, event.stage)
        })
}

/// Whether a denial of `denied` contradicts the assertion of `asserted`: who asserts a stage asserts those before it.
///
/// "None was delivered" leaves an order untouched; "we never agreed" does not leave a delivery.
fn contradicts(denied: Stage, asserted: Stage) -> bool {
    denied == Stage::Unstated || denied == asserted || (reach(asserted) >= reach(denied) && !stops(denied))
}

/// Whether a denial is so much older than an assertion that things have gone on since: "no contract has been signed".
fn moved_on(denial: &Event, assertion: &Event) -> bool {
    let day = |event: &Event| event.day.as_deref().and_then(parse_date).map(day_number);
    matches!((day(denial), day(assertion)), (Some(before), Some(after)) if after - before > MOVED_ON_DAYS)
}

/// Whether a source denies a stage of a part of the goods only, for it asserts that stage of others on the same day.
fn of_a_part(denial: &Event, history: &[&Event]) -> bool {
    let same = |event: &&&Event| event.source == denial.source && event.day == denial.day;
    history.iter().filter(same).any(|event| asserts(event.factuality) && event.stage == denial.stage)
}

/// Stages that end a deal: to deny them is to say that it goes on.
fn stops(stage: Stage) -> bool {
    matches!(stage, Stage::Halted | Stage::Intercepted)
}

fn flags(history: &[Event], states: &[SourceState]) -> Flags {
    let standing: Vec<&Event> = history.iter().filter(|event| !event.withdrawn).collect();
    let denials: Vec<&&Event> = standing.iter().filter(|e| e.factuality == Factuality::Denied).collect();
    let mut flags = Flags {
        no_evidence: standing.iter().any(|e| e.factuality == Factuality::NoEvidence),
        conditional_only: !standing.is_empty()
            && standing.iter().any(|e| e.factuality == Factuality::Conditional)
            && !standing.iter().any(|e| asserts(e.factuality)),
        ..Flags::default()
    };
    for event in standing.iter().filter(|event| asserts(event.factuality)) {
        for denial in denials.iter().filter(|denial| contradicts(denial.stage, event.stage)) {
            flags.contested |=
                denial.source != event.source && !moved_on(denial, event) && !of_a_part(denial, &standing);
            flags.retracted |= denial.source == event.source && event.day.is_some() && denial.day > event.day;
        }
    }
    let held = |event: &Event| states.iter().any(|s| s.source == event.source && asserts(s.factuality));
    flags.retracted |= history.iter().any(|e| e.withdrawn && asserts(e.factuality) && !held(e));
    flags
}

/// All values of all slots, each with its sources; slots and values in order.
fn slots(
    group: &Group,
    claims: &[&Said],
    sources: &[String],
    actors: &Actors,
) -> BTreeMap<String, Vec<Value>> {
    type Given<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>);
    let mut found: BTreeMap<(&str, String), Given<'_>> = BTreeMap::new();
    for (said, source) in claims.iter().zip(sources) {
        let mut put = |slot: &'static str, value: String| {
            let entry = found.entry((slot, value)).or_default();
            entry.0.insert(source.as_str());
            entry.1.insert(said.id.as_str());
        };
        let claim = &said.claim;
        let parties = [
            ("supplier", &claim.supplier),
            ("recipient", &claim.recipient),
            ("via", &claim.via),
            ("by", &claim.by),
        ];
        for (slot, named) in parties {
            named.iter().for_each(|actor| put(slot, actors.resolve(&actor.id).to_owned()));
        }
        for goods in claim.goods.iter().filter(|g| belongs(g, group.category)) {
            put("goods", goods.text.clone());
            if let Some(quantity) = quantity(goods) {
                put("quantity", quantity);
            }
        }
        if let Some(price) = &claim.price {
            put("price", price.text.clone());
        }
        if let Some(when) = &claim.when {
            put("when", days(when));
        }
        if let Some(place) = &claim.place {
            put("where", place.text.clone());
        }
    }
    let mut slots: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for ((slot, value), (sources, claims)) in found {
        let all = |set: BTreeSet<&str>| set.into_iter().map(str::to_owned).collect();
        slots.entry(slot.to_owned()).or_default().push(Value {
            value,
            sources: all(sources),
            claims: all(claims),
        });
    }
    slots
}

/// Whether goods of a claim are those of a deal of this class.
fn belongs(goods: &Goods, category: Option<Category>) -> bool {
    category.is_none_or(|category| goods.category == category || goods.category == Category::Weapons)
}

/// How many, as a range where it is known and else in the document's words.
fn quantity(goods: &Goods) -> Option<String> {
    match (goods.min, goods.max) {
        (Some(min), Some(max)) if min == max => Some(min.to_string()),
        (Some(min), Some(max)) => Some(format!("{min}..{max}")),
        (Some(min), None) => Some(format!("{min}..")),
        (None, Some(max)) => Some(format!("..{max}")),
        (None, None) => goods.quantity.clone(),
    }
}

fn days(when: &model::When) -> String {
    match (&when.start, &when.end) {
        (Some(start), Some(end)) if start == end => start.clone(),
        (None, None) => when.text.clone(),
        (start, end) => {
            format!("{}..{}", start.as_deref().unwrap_or_default(), end.as_deref().unwrap_or_default())
        }
    }
}
