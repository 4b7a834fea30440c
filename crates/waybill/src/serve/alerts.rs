//! Alerts: what is new for each watch, and the calls of webhooks, kept in the ledger until they are taken.

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use ledger::{Alerts, Call, LedgerError, SqliteLedger, Tried, Watch, WatchKind};
use serde::Serialize;

use super::outside::{Outside, OutsideError};
use super::sign::signature;
use super::state::App;
use super::view::View;

/// Most items of one call; what is more is told as such.
const ITEMS: usize = 50;

/// Tries before a call is given up: over half a day, with what [`pause`] puts between them.
const TRIES: u32 = 9;

/// Calls that are made at the same time.
const AT_ONCE: usize = 4;

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What a webhook is told.
#[derive(Debug, Serialize)]
struct Told<'a> {
    watch: &'a str,
    name: &'a str,
    kind: &'static str,
    subject: &'a str,
    at: &'a str,
    items: Vec<Item>,
    /// Whether there is more than these items.
    more: bool,
}

/// Something new.
#[derive(Debug, Serialize)]
struct Item {
    kind: &'static str,
    id: String,
    doc: String,
    words: String,
    /// Where it is on this server.
    path: String,
}

/// Looks what is new for every watch, notes it and how far was looked.
///
/// # Errors
/// Where the ledger cannot be read or written.
pub(super) fn look(path: &Path, ledger: &SqliteLedger, view: &View) -> Result<(), LedgerError> {
    let (watches, now) = (ledger.watches()?, ledger.seen()?);
    if watches.iter().all(|watch| watch.seen == now) {
        return Ok(());
    }
    let mut writing = SqliteLedger::open(path)?;
    for watch in watches.iter().filter(|watch| watch.seen != now) {
        let body = if watch.address.is_some() { body(ledger, view, watch)? } else { None };
        writing.looked(&watch.id, now, body.as_deref())?;
    }
    Ok(())
}

/// What is to be told of a watch; `None` for nothing new.
fn body(ledger: &SqliteLedger, view: &View, watch: &Watch) -> Result<Option<String>, LedgerError> {
    let mut items = match watch.kind {
        WatchKind::Search => found(ledger, watch)?,
        WatchKind::Deal => said(view, &watch.subject, &ledger.claims_since(watch.seen)?),
    };
    if items.is_empty() {
        return Ok(None);
    }
    let more = items.len() > ITEMS;
    items.truncate(ITEMS);
    let Watch { id, name, kind, subject, .. } = watch;
    let told = Told { watch: id, name, kind: kind.as_str(), subject, at: &view.at, items, more };
    // A plain struct of strings always serialises.
    Ok(serde_json::to_string(&told).ok())
}

fn found(ledger: &SqliteLedger, watch: &Watch) -> Result<Vec<Item>, LedgerError> {
    let found = match ledger.found_since(&watch.subject, watch.seen, ITEMS + 1) {
        // A search that was taken once is not refused later, unless another program wrote it.
        Err(LedgerError::BadQuery { .. }) => Vec::new(),
        found => found?,
    };
    let item = |one: ledger::Found| Item {
        path: match one.kind {
            ledger::FoundKind::Document => format!("/documents/{}", one.id),
            ledger::FoundKind::Claim => {
                format!("/documents/{}#{}", crate::api::ask::encoded(&one.doc), one.id)
            }
        },
        kind: if one.kind == ledger::FoundKind::Document { "document" } else { "claim" },
        id: one.id,
        doc: one.doc,
        words: one.snippet.replace(['\u{2}', '\u{3}'], ""),
    };
    Ok(found.into_iter().map(item).collect())
}

/// What is new in a deal.
fn said(view: &View, deal: &str, new: &[String]) -> Vec<Item> {
    let Some(deal) = view.deal(deal) else { return Vec::new() };
    let new: HashSet<&str> = new.iter().map(String::as_str).collect();
    let fresh = deal.history.iter().rev().filter(|event| new.contains(event.claim.as_str()));
    let item = |event: &link::deals::Event| Item {
        kind: "claim",
        id: event.claim.clone(),
        doc: event.doc.clone(),
        words: event.words.clone(),
        path: format!("/deals/{}#claim-{}", deal.id, event.claim),
    };
    fresh.map(item).collect()
}

/// Makes the calls that are due, again and again, until the server stops.
pub(super) fn keep_calling(app: &App, outside: &Outside) {
    let mut told = String::new();
    while !app.stopping.load(Ordering::SeqCst) {
        match call_due(app.pool.path(), outside) {
            Ok(()) => told.clear(),
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    app.log(&error);
                }
                told = error;
            }
        }
        std::thread::sleep(LOOK);
    }
}

fn call_due(path: &Path, outside: &Outside) -> Result<(), LedgerError> {
    let due = SqliteLedger::open_existing(path)?.due(seconds(), AT_ONCE)?;
    if due.is_empty() {
        return Ok(());
    }
    let tried: Vec<(i64, Tried)> = std::thread::scope(|threads| {
        let calls: Vec<_> =
            due.iter().map(|call| (call.number, threads.spawn(move || call_one(call, outside)))).collect();
        let failed = |_| Tried::GivenUp("a step of the call failed".to_owned());
        calls.into_iter().map(|(number, call)| (number, call.join().unwrap_or_else(failed))).collect()
    });
    let mut ledger = SqliteLedger::open(path)?;
    for (number, what) in tried {
        ledger.tried(number, &what)?;
    }
    Ok(())
}

fn call_one(call: &Call, outside: &Outside) -> Tried {
    let time = seconds();
    let (number, signed) = (call.number.to_string(), signature(&call.secret, time, &call.body));
    let time_text = time.to_string();
    let headers = [
        ("Waybill-Timestamp", time_text.as_str()),
        ("Waybill-Signature", signed.as_str()),
        ("Waybill-Delivery", number.as_str()),
    ];
    match outside.post(&call.address, &headers, &call.body) {
        Ok(()) => Tried::Taken,
        Err(OutsideError::Refused(words)) => Tried::GivenUp(words),
        Err(OutsideError::Failed(words)) if call.tries + 1 >= TRIES => Tried::GivenUp(words),
        Err(OutsideError::Failed(words)) => Tried::Later(time + pause(call.tries), words),
    }
}

/// Seconds between one try and the next: 5, 20, 80, … and never more than six hours.
fn pause(tries: u32) -> i64 {
    5_i64.saturating_mul(4_i64.saturating_pow(tries)).min(6 * 3600)
}

fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_tried_for_more_than_half_a_day() {
        assert_eq!((0..4).map(pause).collect::<Vec<_>>(), [5, 20, 80, 320]);
        let all: i64 = (0..TRIES - 1).map(pause).sum();
        assert!(all > 12 * 3600 && pause(40) == 6 * 3600, "{all}");
    }
}
