//! Who acts for a state though its name does not say so: officers, units, offices; and what is only a place.

use super::Reader;
use super::slots::Slot;
use crate::mentions::{Actor, ActorKind};

impl Reader<'_> {
    /// The state whose government is meant: a target, or one that the parser cuts ("the Government of Bosnia | and
    /// Herzegovina").
    pub(crate) fn government_of(&self, actor: &Actor, slot: Slot) -> Option<String> {
        let whole = || {
            let name = actor.id.strip_prefix("Government of ")?.trim_start_matches("the ");
            let state =
                |a: &&Actor| a.kind == ActorKind::State && a.name.starts_with(&format!("{name} and "));
            self.cast.actors.iter().find(state).map(|a| a.id.clone())
        };
        let target = if slot == Slot::Target { super::pairs::governed(actor) } else { None };
        target.or_else(whole)
    }

    /// Whether an officer, a unit or a party in power belongs to the state that publishes the document.
    pub(crate) fn is_own(&self, actor: &Actor) -> bool {
        let governs = matches!(actor.id.as_str(), "Labor" | "Labour" | "Coalition" | "the Coalition");
        let side = actor.affiliation.as_ref().filter(|a| **a != actor.id);
        let own = actor.stands_for.is_none() && side.is_none_or(|s| Some(s) == self.publisher.as_ref());
        let name = actor.id.to_lowercase();
        let chamber = self.is_legislators() && names_members(&name);
        own && (self.is_government() && is_own_unit(actor) || governs || chamber)
    }
}

/// Whether a name in small letters is of many members of a legislature: "kenyan lawmakers".
pub(crate) fn names_members(name: &str) -> bool {
    ["senators", "lawmakers", "congressmen", "representatives", "legislators"]
        .iter()
        .any(|m| name.ends_with(m))
}

/// Whether somebody without a name holds an office of state: "the Minister for Defence".
pub(crate) fn is_office(actor: &Actor) -> bool {
    const OFFICES: &[&str] =
        &["minister", "secretary", "president", "premier", "chancellor", "treasurer", "ambassador"];
    actor.role.as_deref().is_some_and(|r| OFFICES.iter().any(|o| r.to_lowercase().contains(o)))
}

/// Whether a name is that of a unit or directorate of forces: "Airlift Group", "Naval Systems Command".
pub(crate) fn is_unit(name: &str) -> bool {
    const UNITS: &[&str] = &[
        "airlift group",
        "operations group",
        "expeditionary group",
        "strike group",
        "support group",
        "command",
        "wing",
        "squadron",
        "brigade",
        "directorate",
        "regiment",
        "battalion",
        "task force",
        "program office",
    ];
    let words = name.to_lowercase();
    name.starts_with(char::is_uppercase) && UNITS.iter().any(|u| words.ends_with(u))
}

/// Whether a name without a state is that of an officer or a unit, which in a government's release are its own.
fn is_own_unit(actor: &Actor) -> bool {
    const RANKS: &[&str] = &[
        "gen",
        "general",
        "col",
        "colonel",
        "adm",
        "admiral",
        "maj",
        "major",
        "capt",
        "captain",
        "lt",
        "lieutenant",
        "sgt",
        "sergeant",
        "cmdr",
        "commander",
        "brig",
        "marshal",
        "minister",
        "secretary",
        "ambassador",
    ];
    let role = actor.role.as_deref().unwrap_or("").to_lowercase();
    let ranked = role.split(|c: char| !c.is_alphabetic()).any(|w| RANKS.contains(&w));
    match actor.kind {
        ActorKind::Person => ranked,
        ActorKind::Organisation | ActorKind::Office | ActorKind::Firm => is_unit(&actor.id),
        _ => false,
    }
}

/// Whether a name is that of a place where things arrive: "Laikipia air base", "the port of Hodeida".
pub(crate) fn is_facility(name: &str) -> bool {
    const PLACES: &[&str] = &[
        "drawdown authority",
        "assistance initiative",
        "base",
        "airbase",
        "airport",
        "airfield",
        "port",
        "harbour",
        "harbor",
        "depot",
        "warehouse",
        "shipyard",
    ];
    let name = name.to_lowercase();
    PLACES.iter().any(|word| name.ends_with(&format!(" {word}")) || name.starts_with(&format!("{word} of ")))
}

/// Whether an office without a state is hardly one's own: "a regime", "other governments".
pub(crate) fn is_foreign_rule(id: &str) -> bool {
    let last = id.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let rules =
        ["regime", "junta", "dictatorship", "monarchy", "kingdom", "leadership", "council", "commission"];
    last.ends_with('s') && last != "customs" && last != "forces" || rules.contains(&last.as_str())
}
