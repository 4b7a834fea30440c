//! Watches and the queue of their calls.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{DAY, entries};
use ledger::{Alerts, Call, CallState, Ledger, Seen, SqliteLedger, Tried, Watch, WatchKind};

fn watch(id: &str, address: Option<&str>) -> Watch {
    Watch {
        id: id.to_owned(),
        kind: WatchKind::Search,
        subject: "shells".to_owned(),
        name: id.to_owned(),
        owner: "ada".to_owned(),
        address: address.map(str::to_owned),
        secret: address.map(|_| "s".to_owned()),
        at: DAY.to_owned(),
        seen: Seen::default(),
    }
}

#[test]
fn calls_outlive_a_restart_until_they_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut ledger = SqliteLedger::open(&path).unwrap();
    let all = entries(4);
    ledger.store(&all[..2], DAY).unwrap();
    ledger.add_watch(&watch("a", Some("https://paper.example/"))).unwrap();
    ledger.add_watch(&watch("b", None)).unwrap();
    let kept = ledger.watches().unwrap();
    let start = kept[0].seen;
    assert_eq!((start, start.claim), (ledger.seen().unwrap(), 2), "it looks out from now on");
    ledger.store(&all, DAY).unwrap();
    assert_eq!(ledger.claims_since(start).unwrap().len(), 2);
    for id in ["a", "b"] {
        ledger.looked(id, ledger.seen().unwrap(), Some("{}")).unwrap();
    }
    drop(ledger);

    let mut ledger = SqliteLedger::open(&path).unwrap();
    let call = Call {
        number: 1,
        address: "https://paper.example/".to_owned(),
        secret: "s".to_owned(),
        body: "{}".to_owned(),
        tries: 0,
    };
    assert_eq!(ledger.due(0, 10).unwrap(), std::slice::from_ref(&call), "one without an address has none");
    assert_eq!(ledger.watches().unwrap()[0].seen, ledger.seen().unwrap());
    ledger.tried(1, &Tried::Later(100, "busy".to_owned())).unwrap();
    assert_eq!(ledger.due(99, 10).unwrap(), []);
    assert_eq!(ledger.due(100, 10).unwrap(), [Call { tries: 1, ..call }]);
    let state = CallState { waiting: 1, given_up: 0, error: Some("busy".to_owned()) };
    assert_eq!(ledger.call_state("a").unwrap(), state);
    ledger.tried(1, &Tried::GivenUp("gone".to_owned())).unwrap();
    assert_eq!(ledger.due(1000, 10).unwrap(), []);
    assert_eq!(ledger.call_state("a").unwrap().given_up, 1);
    ledger.looked("a", ledger.seen().unwrap(), Some("{}")).unwrap();
    ledger.tried(2, &Tried::Taken).unwrap();
    assert_eq!(ledger.call_state("a").unwrap().waiting, 0);
    assert!(ledger.remove_watch("a").unwrap() && !ledger.remove_watch("a").unwrap());
    assert_eq!(ledger.call_state("a").unwrap(), CallState::default());
}
