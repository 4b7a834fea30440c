//! Which claims are about one deal.

use std::collections::BTreeMap;

use model::{Category, Kind, parse_date};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Said;
use crate::actors::{Actors, is_state};
use crate::day_number;
use crate::judgements::{Judged, pairs};
use crate::sets::Sets;

/// Claims on the same parties and goods further apart than this are about two deals.
const PERIOD_DAYS: i32 = 365;

/// Supplier, recipient and class of goods.
type Place = (Option<String>, Option<String>, Option<Category>);

/// One claim seen as being about one supplier, recipient and class of goods; each may be unknown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strand {
    /// Which claim, by place.
    pub(super) claim: usize,
    pub(super) supplier: Option<String>,
    pub(super) recipient: Option<String>,
    /// `None` for goods that are not told, or told as `weapons` only.
    pub(super) category: Option<Category>,
    /// The day of the event, or else of publication, where either is known.
    day: Option<i32>,
}

/// The strands of one deal, by day and claim: the first one founds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Group {
    pub(super) strands: Vec<Strand>,
    pub(super) supplier: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) category: Option<Category>,
    days: Option<(i32, i32)>,
}

impl Group {
    fn new(supplier: Option<String>, recipient: Option<String>, category: Option<Category>) -> Self {
        Group { supplier, recipient, category, ..Group::default() }
    }

    fn push(&mut self, strand: Strand) {
        if let Some(day) = strand.day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.strands.push(strand);
    }

    /// Whether a strand of that day falls in the period of this deal; an unknown day does.
    fn in_period(&self, day: Option<i32>) -> bool {
        match (self.days, day) {
            (Some((first, last)), Some(day)) => day >= first - PERIOD_DAYS && day <= last + PERIOD_DAYS,
            _ => true,
        }
    }

    /// Whether nothing that the strand tells contradicts this deal.
    fn fits(&self, strand: &Strand) -> bool {
        let agree = |own: &Option<String>, told: &Option<String>| told.is_none() || own == told;
        agree(&self.supplier, &strand.supplier)
            && agree(&self.recipient, &strand.recipient)
            && (strand.category.is_none() || self.category == strand.category)
            && self.in_period(strand.day)
    }
}

/// The identifier that a deal has when this strand is its first.
pub(super) fn strand_id(strand: &Strand, claims: &[&Said]) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_default();
    let category = strand.category.unwrap_or(Category::Weapons);
    crate::ids::id(
        "w",
        &[&claims[strand.claim].id, &side(&strand.supplier), &side(&strand.recipient), category.as_str()],
    )
}

/// Gathers claims into deals.
///
/// Those that tell both sides and the class come first and are parted by period. One that leaves something open then
/// joins the deal that it fits: the only one there is, or the only one that its own document also speaks of. What
/// fits several, or none, makes a deal of its own with that side unknown.
pub(super) fn gather(claims: &[&Said], actors: &Actors, standing: &[Judged]) -> Vec<Group> {
    let parted = parted_claims(standing);
    let (mut told, mut open): (Vec<Strand>, Vec<Strand>) = strands(claims, actors)
        .into_iter()
        .filter(|strand| !parted.contains_key(claims[strand.claim].id.as_str()))
        .partition(|s| s.supplier.is_some() && s.recipient.is_some() && s.category.is_some());
    let mut groups = of_states(by_period(std::mem::take(&mut told)), claims);
    // The fewer things are open the earlier: a deal between two known parties can then take up the vaguer claims.
    open.sort_by_key(|s| usize::from(s.supplier.is_none()) + usize::from(s.recipient.is_none()));
    for unknown_sides in 0..=1 {
        let (now, later): (Vec<Strand>, Vec<Strand>) = open.into_iter().partition(|s| {
            usize::from(s.supplier.is_none()) + usize::from(s.recipient.is_none()) == unknown_sides
        });
        open = later;
        place(now, claims, &mut groups);
    }
    // A strand only ever joins a deal of its own document: who is known by document stays true meanwhile.
    let known = Known::of(&groups, claims);
    for strand in open {
        if let Some(at) = of_its_document(&strand, claims, &known, &groups) {
            groups[at].push(strand);
        }
    }
    groups.extend(split_off(claims, actors, &parted));
    let mut groups = merged(groups, claims, standing);
    for group in &mut groups {
        group.strands.sort_by_key(|s| (s.day.is_none(), s.day, s.claim));
        let mut seen = FxHashSet::default();
        group.strands.retain(|strand| seen.insert(strand.claim));
    }
    groups
}

/// Deals by what they tell of and by document, so that an open strand meets only those that it may fit.
struct Known<'a> {
    by_supplier: FxHashMap<String, Vec<usize>>,
    by_recipient: FxHashMap<String, Vec<usize>>,
    by_category: FxHashMap<Option<Category>, Vec<usize>>,
    by_doc: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Known<'a> {
    fn of(groups: &[Group], claims: &[&'a Said]) -> Self {
        let mut known = Known {
            by_supplier: FxHashMap::default(),
            by_recipient: FxHashMap::default(),
            by_category: FxHashMap::default(),
            by_doc: FxHashMap::default(),
        };
        for (at, group) in groups.iter().enumerate() {
            if let Some(supplier) = &group.supplier {
                known.by_supplier.entry(supplier.clone()).or_default().push(at);
            }
            if let Some(recipient) = &group.recipient {
                known.by_recipient.entry(recipient.clone()).or_default().push(at);
            }
            known.by_category.entry(group.category).or_default().push(at);
            for strand in &group.strands {
                let of = known.by_doc.entry(&claims[strand.claim].doc).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        known
    }

    /// The deal that a strand fits where it fits a single one.
    fn single(&self, strand: &Strand, groups: &[Group]) -> Option<usize> {
        let mut lists: Vec<Option<&Vec<usize>>> = Vec::new();
        lists.extend(strand.supplier.as_ref().map(|name| self.by_supplier.get(name)));
        lists.extend(strand.recipient.as_ref().map(|name| self.by_recipient.get(name)));
        lists.extend(strand.category.map(|category| self.by_category.get(&Some(category))));
        let one = |fitting: &mut dyn Iterator<Item = usize>| {
            let mut fitting = fitting.filter(|&at| groups[at].fits(strand));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        match lists.into_iter().min_by_key(|list| list.map_or(0, Vec::len)) {
            Some(shortest) => one(&mut shortest.into_iter().flatten().copied()),
            None => one(&mut (0..groups.len())),
        }
    }
}

/// Puts strands that leave something open into the deals that they fit, and the rest into deals of their own.
fn place(strands: Vec<Strand>, claims: &[&Said], groups: &mut Vec<Group>) {
    let before = groups.clone();
    let known = Known::of(&before, claims);
    let mut left = Vec::new();
    for strand in strands {
        let single = known.single(&strand, &before);
        match single.or_else(|| of_its_document(&strand, claims, &known, &before)) {
            Some(at) => groups[at].push(strand),
            None => left.push(strand),
        }
    }
    groups.extend(by_period(left));
}

/// The only deal of those that a strand fits of which its own document speaks too.
fn of_its_document(strand: &Strand, claims: &[&Said], known: &Known<'_>, groups: &[Group]) -> Option<usize> {
    let own = known.by_doc.get(claims[strand.claim].doc.as_str())?;
    let mut fitting = own.iter().copied().filter(|&at| groups[at].fits(strand));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Deals of a firm or a body put into the deal of a state that the same documents tell of.
///
/// "Turkey's Toros" and "Turkey" are one side of one deal. Texts often leave out whose a firm is, so it is taken to be
/// of the only state that has a deal with the other side, in that class and period, in a document that names the firm.
fn of_states(mut groups: Vec<Group>, claims: &[&Said]) -> Vec<Group> {
    for of_supplier in [true, false] {
        let side = |group: &Group| if of_supplier { group.supplier.clone() } else { group.recipient.clone() };
        let other =
            |group: &Group| if of_supplier { group.recipient.clone() } else { group.supplier.clone() };
        let state = |group: &Group| side(group).is_some_and(|name| is_state(&name));
        let docs: Vec<FxHashSet<&str>> =
            groups.iter().map(|g| g.strands.iter().map(|s| claims[s.claim].doc.as_str()).collect()).collect();
        let home = |firm: usize| {
            let mut homes = (0..groups.len()).filter(|&at| {
                let (a, b) = (&groups[at], &groups[firm]);
                state(a)
                    && other(a) == other(b)
                    && a.category == b.category
                    && b.days.is_none_or(|days| a.in_period(Some(days.0)) || a.in_period(Some(days.1)))
                    && !docs[at].is_disjoint(&docs[firm])
            });
            homes.next().filter(|_| homes.next().is_none())
        };
        let moves: Vec<(usize, usize)> = (0..groups.len())
            .filter(|&at| !state(&groups[at]))
            .filter_map(|at| Some((at, home(at)?)))
            .collect();
        for &(from, to) in &moves {
            for strand in std::mem::take(&mut groups[from].strands) {
                groups[to].push(strand);
            }
        }
        groups.retain(|group| !group.strands.is_empty());
    }
    groups
}

/// Strands with the same parties and class, cut where nothing is said for a whole period.
fn by_period(strands: Vec<Strand>) -> Vec<Group> {
    let mut alike: BTreeMap<Place, Vec<Strand>> = BTreeMap::new();
    for strand in strands {
        let place = (strand.supplier.clone(), strand.recipient.clone(), strand.category);
        alike.entry(place).or_default().push(strand);
    }
    let mut groups = Vec::new();
    for ((supplier, recipient, category), mut strands) in alike {
        strands.sort_by_key(|s| (s.day.is_none(), s.day, s.claim));
        let first = groups.len();
        for strand in strands {
            let apart = match (groups.get(first..).and_then(<[Group]>::last), strand.day) {
                (None, _) => true,
                (Some(Group { days: Some((_, last)), .. }), Some(day)) => day - last > PERIOD_DAYS,
                _ => false,
            };
            if apart {
                groups.push(Group::new(supplier.clone(), recipient.clone(), category));
            }
            if let Some(group) = groups.last_mut() {
                group.push(strand);
            }
        }
    }
    groups
}

/// Everything that the transfers among the claims are about, one strand for each supplier, recipient and class.
fn strands(claims: &[&Said], actors: &Actors) -> Vec<Strand> {
    let mut found = Vec::new();
    for (at, said) in claims.iter().enumerate().filter(|(_, s)| s.claim.kind == Kind::Transfer) {
        let claim = &said.claim;
        let names = |slot: &[model::ActorRef]| -> Vec<Option<String>> {
            let mut names: Vec<Option<String>> =
                slot.iter().map(|a| Some(actors.resolve(&a.id).to_owned())).collect();
            // A firm that is named beside a state is of that state: "Norrland Dynamics of Norway".
            if names.iter().flatten().any(|name| is_state(name)) {
                names.retain(|name| name.as_ref().is_some_and(|name| is_state(name)));
            }
            names.sort();
            names.dedup();
            if names.is_empty() { vec![None] } else { names }
        };
        let mut categories: Vec<Option<Category>> = claim
            .goods
            .iter()
            .map(|goods| Some(goods.category).filter(|&category| category != Category::Weapons))
            .collect();
        categories.sort();
        categories.dedup();
        // Beside goods that are told, "weapons" says nothing more.
        if categories.iter().any(Option::is_some) {
            categories.retain(Option::is_some);
        }
        if categories.is_empty() {
            categories.push(None);
        }
        let event = claim.when.as_ref().and_then(|w| w.start.clone().or_else(|| w.end.clone()));
        let day = event.or_else(|| said.published.clone()).as_deref().and_then(parse_date).map(day_number);
        for supplier in names(&claim.supplier) {
            for recipient in names(&claim.recipient) {
                found.extend(categories.iter().map(|&category| Strand {
                    claim: at,
                    supplier: supplier.clone(),
                    recipient: recipient.clone(),
                    category,
                    day,
                }));
            }
        }
    }
    found
}

/// Claims that a person took out of a deal, each with the judgement that did it last.
fn parted_claims(standing: &[Judged]) -> FxHashMap<&str, i64> {
    let mut parted = FxHashMap::default();
    for judged in standing.iter().filter(|j| j.subject_kind == "deal" && j.verdict == "split") {
        let listed = judged.detail.get("claims").and_then(|claims| claims.as_array());
        for claim in listed.into_iter().flatten().filter_map(|claim| claim.as_str()) {
            parted.insert(claim, judged.number);
        }
    }
    parted
}

/// The deals that people made of claims that they took out of others: one for each judgement.
fn split_off(claims: &[&Said], actors: &Actors, parted: &FxHashMap<&str, i64>) -> Vec<Group> {
    let mut made: BTreeMap<(i64, Place), Group> = BTreeMap::new();
    for strand in strands(claims, actors) {
        let Some(&number) = parted.get(claims[strand.claim].id.as_str()) else { continue };
        let place = (number, (strand.supplier.clone(), strand.recipient.clone(), strand.category));
        let new = || Group::new(strand.supplier.clone(), strand.recipient.clone(), strand.category);
        made.entry(place).or_insert_with(new).push(strand);
    }
    made.into_values().collect()
}

/// Deals after the merges that people made: the one named first keeps its parties and class.
fn merged(groups: Vec<Group>, claims: &[&Said], standing: &[Judged]) -> Vec<Group> {
    let merges = pairs(standing, "deal", "merge");
    if merges.is_empty() {
        return groups;
    }
    let ids: Vec<Vec<String>> =
        groups.iter().map(|g| g.strands.iter().map(|s| strand_id(s, claims)).collect()).collect();
    let find = |wanted: &str| ids.iter().position(|of| of.iter().any(|id| id.starts_with(wanted)));
    let mut sets = Sets::new(groups.len());
    let mut heads: FxHashMap<usize, usize> = FxHashMap::default();
    for (_, into, other) in merges {
        if let (Some(into), Some(other)) = (find(into), find(other)) {
            let head = heads.get(&sets.find(into)).copied().unwrap_or(into);
            sets.join(into, other);
            heads.insert(sets.find(into), head);
        }
    }
    let mut result = Vec::new();
    for set in sets.groups() {
        let head = heads.get(&set[0]).copied().unwrap_or(set[0]);
        let mut group = groups[head].clone();
        for &other in set.iter().filter(|&&other| other != head) {
            for strand in &groups[other].strands {
                group.push(strand.clone());
            }
        }
        result.push(group);
    }
    result
}
