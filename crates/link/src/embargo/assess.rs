//! Which embargoes a transfer touches on a date, with the paragraph and the reason.

use jiff::civil::Date;
use model::{Category, Stage};
use serde::Serialize;

use super::register::{Direction, Embargo, Provision, Register, Target};

/// The day that an assessment is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "of", content = "day")]
pub enum AsOf {
    /// The day of the event.
    Event(Date),
    /// The day of the claim, because that of the event is not known.
    Claim(Date),
}

impl AsOf {
    /// The day.
    pub fn day(self) -> Date {
        match self {
            AsOf::Event(day) | AsOf::Claim(day) => day,
        }
    }
}

/// What is to be assessed: who is said to supply whom with what.
///
/// Parties are ISO 3166-1 alpha-3 codes or names. Unknown parties and goods are left empty.
#[derive(Debug, Clone, Copy)]
pub struct Transfer<'a> {
    /// Who supplies.
    pub suppliers: &'a [String],
    /// Who receives.
    pub recipients: &'a [String],
    /// Brokers, carriers and transit states.
    pub via: &'a [String],
    /// Classes of the goods.
    pub goods: &'a [Category],
    /// How far it is said to have got.
    pub stage: Option<Stage>,
    /// For which day.
    pub as_of: AsOf,
}

/// A measure that a transfer touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touch {
    /// The embargo's identifier.
    pub embargo: String,
    /// Who imposed it.
    pub by: String,
    /// The resolution, decision or regulation.
    pub instrument: String,
    /// The paragraph, article or section in it.
    pub paragraph: String,
    /// Whether it binds, or calls upon.
    pub binding: bool,
    /// Who stands where to whom, and what the paragraph says of that.
    pub why: String,
    /// What the measure does not cover, in words: for a reader to weigh.
    pub exemptions: Option<String>,
    /// What keeps this from being plain: goods covered in part, a part of a state, parties not named.
    pub doubts: Vec<String>,
    /// What the register itself is not certain of.
    pub certainty: Option<String>,
    /// The day used, and whose it is.
    pub as_of: AsOf,
}

/// Lists the measures that a transfer touches, in the register's order.
///
/// Measures of the United Nations count whoever supplies; others only where a state that they bind is a party.
pub fn assess(register: &Register, transfer: &Transfer<'_>) -> Vec<Touch> {
    let mut touches = Vec::new();
    let day = transfer.as_of.day();
    for embargo in &register.embargoes {
        for provision in embargo.provisions.iter().filter(|p| p.in_force(day)) {
            let to = matches!(provision.direction, Direction::To | Direction::Both);
            let from = matches!(provision.direction, Direction::From | Direction::Both);
            let sides = [
                (to, transfer.recipients, transfer.suppliers, true),
                (from, transfer.suppliers, transfer.recipients, false),
            ];
            for (_, targets, others, inward) in sides.into_iter().filter(|(applies, ..)| *applies) {
                let side = Side { targets, others, inward };
                touches.extend(touch(register, transfer, (embargo, provision), &side));
            }
        }
    }
    touches
}

/// The parties on the barred side of a transfer and those across from them.
struct Side<'a> {
    targets: &'a [String],
    others: &'a [String],
    inward: bool,
}

fn touch(
    register: &Register,
    transfer: &Transfer<'_>,
    (embargo, provision): (&Embargo, &Provision),
    side: &Side<'_>,
) -> Option<Touch> {
    let (party, partly) =
        side.targets.iter().find_map(|p| reached(&provision.target, p).map(|partly| (p, partly)))?;
    let day = transfer.as_of.day();
    let across: Vec<&String> = side.others.iter().filter(|o| *o != party).collect();
    if across.is_empty() && !side.others.is_empty() {
        return None;
    }
    let bound = embargo.by == "UN"
        || across.iter().copied().chain(transfer.via).any(|p| register.binds(&embargo.by, p, day));
    if !bound {
        return None;
    }
    let mut doubts = goods_doubts(provision, transfer.goods)?;
    if let Some(part) = partly {
        doubts.push(format!("it covers only {part}, and {party} is named as a whole"));
    }
    if across.is_empty() {
        let role = if side.inward { "supplier" } else { "recipient" };
        doubts.push(format!("the {role} is not named"));
    }
    let why = sentence(transfer, provision, (party, &across), side.inward);
    Some(Touch {
        embargo: embargo.id.clone(),
        by: embargo.by.clone(),
        instrument: provision.instrument.clone(),
        paragraph: provision.paragraph.clone(),
        binding: provision.binding,
        why,
        exemptions: provision.exemptions.clone(),
        doubts,
        certainty: provision.certainty.clone(),
        as_of: transfer.as_of,
    })
}

/// Whether a target reaches a party: `Some(None)` wholly, `Some(Some(part))` only a part of it.
fn reached<'a>(target: &'a Target, party: &str) -> Option<Option<&'a str>> {
    if target.groups().iter().any(|group| same_group(group, party)) {
        return Some(None);
    }
    match target {
        Target::States(states, _) => states.iter().any(|s| s == party).then_some(None),
        Target::Part(part, of, _) => (of == party).then_some(Some(part)),
        Target::Groups(..) => None,
    }
}

/// Whether a party's name is a group's: the same words, or the group's words in a row within it.
pub(crate) fn same_group(group: &str, party: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        split.filter(|w| !w.is_empty() && !matches!(w.as_str(), "the" | "al")).collect()
    };
    let (group, party) = (words(group), words(party));
    !group.is_empty() && party.windows(group.len()).any(|run| run == group.as_slice())
}

/// What is doubtful about the goods; `None` where the provision covers none of them.
fn goods_doubts(provision: &Provision, goods: &[Category]) -> Option<Vec<String>> {
    if goods.is_empty() {
        return Some(vec!["the goods are not told".to_owned()]);
    }
    let covered: Vec<Category> = goods.iter().copied().filter(|g| provision.goods.contains(g)).collect();
    if covered.is_empty() {
        return None;
    }
    if covered.iter().all(|g| provision.unsure.contains(g)) {
        let words: Vec<&str> = covered.iter().map(|g| g.as_str()).collect();
        return Some(vec![format!("it covers {} only in part", words.join(", "))]);
    }
    Some(Vec::new())
}

fn sentence(
    transfer: &Transfer<'_>,
    provision: &Provision,
    (party, across): (&String, &[&String]),
    inward: bool,
) -> String {
    let other = if across.is_empty() {
        "someone not named".to_owned()
    } else {
        across.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(" and ")
    };
    let (recipient, supplier) =
        if inward { (party.as_str(), other.as_str()) } else { (other.as_str(), party.as_str()) };
    let is = match transfer.stage {
        Some(Stage::Shipped | Stage::Delivered | Stage::Used) | None => "is",
        Some(Stage::Halted | Stage::Intercepted) => "would have been",
        Some(_) => "would be",
    };
    let covered: Vec<&str> =
        transfer.goods.iter().filter(|g| provision.goods.contains(g)).map(|g| g.as_str()).collect();
    let goods =
        if covered.is_empty() { "goods not told".to_owned() } else { covered.join(", ").replace('_', " ") };
    format!("{recipient} {is} the recipient of {goods} from {supplier}: {}", provision.why)
}

#[cfg(test)]
mod tests;
