//! What changed in the deals between two times.

use std::collections::BTreeSet;

use model::Factuality;
use serde::{Deserialize, Serialize};

use super::Deal;

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A deal that was not there.
    NewDeal,
    /// The deal's stage, or how sure its surest source is, is another.
    Stage,
    /// A source denies that had not.
    Denial,
    /// A source took back what it had asserted.
    Retraction,
    /// Two deals became one.
    Merged,
}

/// A change in one deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind.
    pub kind: ChangeKind,
    /// The deal, by its identifier now.
    pub deal: String,
    /// What was before; empty for what is new.
    pub before: String,
    /// What is now.
    pub after: String,
    /// The claims that show it, sorted.
    pub claims: Vec<String>,
}

/// The changes from `before` to `after`, by the order of deals in `after`, then by kind.
pub fn changes(before: &[Deal], after: &[Deal]) -> Vec<Change> {
    let mut found = Vec::new();
    for deal in after {
        let claims: BTreeSet<&str> = deal.history.iter().map(|event| event.claim.as_str()).collect();
        let same = |old: &&Deal| {
            (&old.supplier, &old.recipient, old.category) == (&deal.supplier, &deal.recipient, deal.category)
        };
        let shares = |old: &&Deal| old.history.iter().any(|event| claims.contains(event.claim.as_str()));
        // A claim with several goods is in several deals: the deal with the same parties and class is meant, if any.
        let mut earlier: Vec<&Deal> = before.iter().filter(shares).filter(same).collect();
        if earlier.is_empty() {
            earlier =
                before.iter().filter(|old| deal.aliases.contains(&old.id) || deal.id == old.id).collect();
        }
        match earlier.as_slice() {
            [] => found.push(change(ChangeKind::NewDeal, deal, String::new(), claims.into_iter().collect())),
            [old, others @ ..] => {
                compare(old, deal, &mut found);
                if !others.is_empty() {
                    let ids: Vec<&str> = earlier.iter().map(|old| old.id.as_str()).collect();
                    found.push(change(ChangeKind::Merged, deal, ids.join(" "), Vec::new()));
                }
            }
        }
    }
    found
}

fn change(kind: ChangeKind, deal: &Deal, before: String, claims: Vec<&str>) -> Change {
    Change {
        kind,
        deal: deal.id.clone(),
        before,
        after: format!("{} {}", deal.stage, deal.factuality),
        claims: claims.into_iter().map(str::to_owned).collect(),
    }
}

fn compare(old: &Deal, new: &Deal, found: &mut Vec<Change>) {
    let known: BTreeSet<&str> = old.history.iter().map(|event| event.claim.as_str()).collect();
    let fresh: Vec<_> = new.history.iter().filter(|event| !known.contains(event.claim.as_str())).collect();
    if (old.stage, old.factuality) != (new.stage, new.factuality) {
        let showing =
            fresh.iter().filter(|event| event.stage == new.stage).map(|event| event.claim.as_str()).collect();
        found.push(change(ChangeKind::Stage, new, format!("{} {}", old.stage, old.factuality), showing));
    }
    let denied = |deal: &Deal, source: &str| {
        deal.history.iter().any(|event| event.source == source && event.factuality == Factuality::Denied)
    };
    let denials: Vec<_> = fresh
        .iter()
        .filter(|event| event.factuality == Factuality::Denied && !denied(old, &event.source))
        .collect();
    let sources: BTreeSet<&str> = denials.iter().map(|event| event.source.as_str()).collect();
    for source in sources {
        let claims = denials.iter().filter(|event| event.source == source).map(|event| event.claim.as_str());
        let mut change = change(ChangeKind::Denial, new, String::new(), claims.collect());
        change.after = format!("{source} denies");
        found.push(change);
    }
    if new.flags.retracted && !old.flags.retracted {
        let claims = fresh.iter().map(|event| event.claim.as_str()).collect();
        found.push(change(ChangeKind::Retraction, new, String::new(), claims));
    }
}
