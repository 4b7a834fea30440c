//! What is kept from one view to the next comes to the same as reading everything anew.

use std::time::{Duration, Instant};

use ledger::{Entry, Ledger, Moment, SqliteLedger};
use model::{Factuality, Stage};
use serde_json::{Value, json};
use waybill::linking::gather;

use crate::client::get;
use crate::fixture::{Served, document, entry, serve, transfer};

const STORY: &str = "Borduria has shipped forty howitzers to the army of Syldavia, three workers in the port of Lys told \
    the Harbour Gazette on Monday night, and the crates were seen on the quay by a photographer of the paper.";

fn items(served: &Served, path: &str) -> Vec<Value> {
    get(served.at, path).json()["items"].as_array().unwrap().clone()
}

/// Waits until the server has seen all documents, and holds its deals and storylines to those made of the whole ledger.
#[track_caller]
fn check(served: &Served, step: &str) {
    let ledger = SqliteLedger::open_existing(&served.ledger).unwrap();
    let gathered = gather(&ledger, &Moment::default()).unwrap();
    let wanted: Vec<Value> = gathered
        .deals()
        .iter()
        .map(|d| {
            json!([
                d.id,
                d.stage.as_str(),
                d.factuality.as_str(),
                d.docs,
                d.independent_sources(),
                d.flags.retracted
            ])
        })
        .collect();
    let stories: Vec<Value> = gathered.stories().iter().map(|s| json!([s.id, s.docs])).collect();
    let start = Instant::now();
    loop {
        let deal = |d: &Value| {
            json!([
                d["id"],
                d["stage"],
                d["factuality"],
                d["docs"],
                d["independent_sources"],
                d["flags"]["retracted"]
            ])
        };
        let found: Vec<Value> = items(served, "/api/v1/deals?limit=1000").iter().map(deal).collect();
        let told: Vec<Value> = items(served, "/api/v1/stories?limit=1000&least=1")
            .iter()
            .map(|s| json!([s["id"], s["docs"]]))
            .collect();
        if found == wanted && told == stories {
            return;
        }
        let late = start.elapsed() > Duration::from_secs(15);
        assert!(!late, "{step}: {found:#?}\ninstead of {wanted:#?}\n{told:#?}\ninstead of {stories:#?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn told(name: &str, day: &str, publisher: &str, line: &str) -> Entry {
    let d = document(name, day, publisher, ["Guns for Syldavia", line]);
    let claim = transfer(&d, ("BOR", "SYL"), (Stage::Shipped, Factuality::Certain), "author");
    entry(d, vec![claim])
}

#[test]
fn what_comes_piece_by_piece_is_the_same_as_all_at_once() {
    let served = serve();
    let store = |entries: &[Entry], at: &str| {
        SqliteLedger::open(&served.ledger).unwrap().store(entries, at).unwrap();
    };
    check(&served, "at the start");
    store(&[told("b", "2031-06-02", "The Gazette", STORY)], "2031-06-03T00:00:00Z");
    check(&served, "one more");
    // A copy that is earlier, so that the first one's words turn out to be another's.
    let copy = STORY.replace("on Monday night", "late on Monday");
    store(&[told("a", "2031-06-01", "The Port", &copy)], "2031-06-04T00:00:00Z");
    check(&served, "an earlier copy");
    // The same name once more, and a newer version at one address that no longer says it.
    let Entry::Document { document, mut coding } =
        told("b", "2031-06-02", "The Gazette", &format!("{STORY} It was late."))
    else {
        panic!("a document");
    };
    coding.claims.clear();
    store(&[Entry::Document { document, coding }], "2031-06-05T00:00:00Z");
    check(&served, "a version without the claim");
    let Entry::Document { document, mut coding } = told("a", "2031-06-01", "The Port", &copy) else {
        panic!("a document");
    };
    coding.key.codebook = "newer".to_owned();
    coding.claims[0].stage = Some(Stage::Delivered);
    store(&[Entry::Document { document, coding }], "2031-06-06T00:00:00Z");
    check(&served, "coded anew");
}
