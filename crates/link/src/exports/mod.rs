//! Deals in the forms that others read: the SIPRI register's columns, FollowTheMoney entities, JSON lines.
//!
//! `docs/exports.md` holds the mapping of every field.

mod money;
mod register;

use serde::Serialize;

use crate::deals::Deal;

pub use money::follow_the_money;
pub use register::{COLUMNS, register};

/// One JSON object a line, in order.
pub fn json_lines<T: Serialize>(items: &[T]) -> Result<String, serde_json::Error> {
    let mut lines = String::new();
    for item in items {
        lines.push_str(&serde_json::to_string(item)?);
        lines.push('\n');
    }
    Ok(lines)
}

/// The values of a slot, as strings.
fn values<'a>(deal: &'a Deal, slot: &str) -> Vec<&'a str> {
    deal.slots.get(slot).into_iter().flatten().map(|value| value.value.as_str()).collect()
}
