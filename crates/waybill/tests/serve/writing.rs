//! Judgements and ingests, and what readers see meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ledger::{Ledger, SqliteLedger};
use model::{Factuality, Stage};
use serde_json::{Value, json};

use crate::client::{Answer, ask, get};
use crate::fixture::{Served, at_once, document, entry, serve, transfer};

fn post(served: &Served, path: &str, body: &Value) -> Answer {
    ask(served.at, "POST", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

fn judge(served: &Served, body: Value) -> Answer {
    post(served, "/api/v1/judgements", &body)
}

fn deal(served: &Served) -> Value {
    let id =
        get(served.at, "/api/v1/deals?supplier=BOR").json()["items"][0]["id"].as_str().unwrap().to_owned();
    get(served.at, &format!("/api/v1/deals/{id}")).json()
}

#[test]
fn a_judgement_is_seen_at_once_and_can_be_taken_back() {
    let served = serve();
    let before = deal(&served);
    let denial = before["history"].as_array().unwrap().iter().find(|e| e["factuality"] == "denied").unwrap();
    let rejected =
        judge(&served, json!({ "verdict": "reject", "subject": denial["claim"], "reason": "a misreading" }));
    assert_eq!(rejected.status, 201, "{rejected:?}");
    assert_eq!(rejected.json()["author"], "local");
    assert_eq!(deal(&served)["flags"]["contested"], false);
    let undone = judge(&served, json!({ "verdict": "undo", "subject": denial["claim"] }));
    assert_eq!(undone.status, 201, "{undone:?}");
    assert_eq!(deal(&served), before);
    let again = judge(&served, json!({ "verdict": "undo", "subject": denial["claim"] }));
    assert_eq!((again.status, again.code().as_str()), (409, "conflict"));
    assert_eq!(get(served.at, "/api/v1/judgements").json()["items"].as_array().unwrap().len(), 2);
    let accepted = judge(&served, json!({ "verdict": "accept", "subject": before["id"] }));
    assert_eq!((accepted.status, deal(&served)["verdict"].as_str()), (201, Some("accepted")));
}

#[test]
fn judgements_that_say_nothing_are_refused() {
    let served = serve();
    let (deal, claim) = {
        let deal = deal(&served);
        (deal["id"].clone(), deal["history"][0]["claim"].clone())
    };
    let check = |body: Value, code: &str| assert_eq!(judge(&served, body.clone()).code(), code, "{body}");
    check(json!({ "verdict": "accept", "subject": "nobody" }), "not-found");
    check(json!({ "verdict": "accept", "subject": "SYL" }), "conflict");
    check(json!({ "verdict": "merge", "subject": deal }), "conflict");
    check(json!({ "verdict": "merge", "subject": deal, "with": deal }), "conflict");
    check(json!({ "verdict": "merge", "subject": deal, "with": "SYL" }), "conflict");
    check(json!({ "verdict": "split", "subject": deal }), "conflict");
    check(json!({ "verdict": "split", "subject": claim, "claims": [claim] }), "conflict");
    assert_eq!(get(served.at, "/api/v1/judgements").json()["items"], json!([]));
}

fn wait_for_job(served: &Served, answer: &Answer) -> Value {
    assert_eq!(answer.status, 202, "{answer:?}");
    let place = answer.header("location").to_owned();
    let start = Instant::now();
    loop {
        let job = get(served.at, &place).json();
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{job}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn documents_are_handed_in_one_by_one_and_in_batches() {
    let served = serve();
    let one = post(
        &served,
        "/api/v1/documents?published=2031-06-01",
        &json!({ "title": "One", "text": "A word of news." }),
    );
    let job = wait_for_job(&served, &one);
    assert_eq!((&job["documents"], &job["state"]), (&json!(1), &json!("done")), "{job}");
    let again = post(
        &served,
        "/api/v1/documents?published=2031-06-01",
        &json!({ "title": "One", "text": "A word of news." }),
    );
    assert_eq!(wait_for_job(&served, &again)["known"], 1);
    let lines = b"{\"title\":\"Two\",\"text\":\"Other words.\"}\n\n{broken\n{\"title\":\"Three\",\"text\":\"More words.\"}\n";
    let batch = ask(
        served.at,
        "POST",
        "/api/v1/documents?name=batch",
        &[("Content-Type", "application/x-ndjson")],
        lines,
    );
    let job = wait_for_job(&served, &batch);
    assert_eq!((&job["inputs"], &job["documents"]), (&json!(3), &json!(2)), "{job}");
    assert_eq!(job["set_aside"][0]["input"], "api/batch:3", "{job}");
    let start = Instant::now();
    while get(served.at, "/api/v1/documents").json()["items"].as_array().unwrap().len() < 6 {
        assert!(start.elapsed() < Duration::from_secs(10), "new documents are seen");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(get(served.at, "/api/v1/ingests/99").code(), "not-found");
}

/// Each batch brings a deal two documents, an assertion and a denial: whoever sees the one sees the other.
#[test]
fn a_second_reader_never_sees_a_half_written_deal() {
    let served = serve();
    let (at, path) = (served.at, served.ledger.clone());
    let over = Arc::new(AtomicBool::new(false));
    let ended = Arc::clone(&over);
    let writer = std::thread::spawn(move || {
        let mut ledger = SqliteLedger::open(&path).unwrap();
        for n in 0..40 {
            let supplier = format!("S{n:02}");
            let both = ["says", "denies"].map(|verb| {
                let line = format!("{supplier} {verb} a sale of 40 howitzers to Syldavia.");
                let name = format!("{verb}-{n}");
                let d = document(&name, "2031-07-01", verb, [&name, &line]);
                let sure = if verb == "says" { Factuality::Certain } else { Factuality::Denied };
                let claim = transfer(&d, (&supplier, "SYL"), (Stage::Agreed, sure), verb);
                entry(d, vec![claim])
            });
            ledger.store(&both, "2031-07-02T00:00:00Z").unwrap();
            std::thread::sleep(Duration::from_millis(60));
        }
        ended.store(true, Ordering::SeqCst);
    });
    at_once(2, move |_| {
        let mut last = false;
        while !last {
            last = over.load(Ordering::SeqCst);
            let deals = get(at, "/api/v1/deals?limit=1000").json();
            for deal in deals["items"].as_array().unwrap() {
                if deal["supplier"].as_str().is_some_and(|s| s.starts_with('S')) {
                    assert_eq!(deal["docs"].as_array().unwrap().len(), 2, "{deal}");
                    assert_eq!(deal["flags"]["contested"], true, "{deal}");
                }
            }
            let claims = get(at, "/api/v1/claims?limit=1000").json()["items"].as_array().unwrap().len();
            assert!(claims % 2 == 1, "three, and two with each batch: {claims}");
        }
    });
    writer.join().unwrap();
}

#[test]
fn a_server_that_is_told_to_stop_stops() {
    let mut served = serve();
    assert_eq!(get(served.at, "/api/v1/deals").status, 200);
    let start = Instant::now();
    served.stop();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(std::net::TcpStream::connect(served.at).is_err());
}
