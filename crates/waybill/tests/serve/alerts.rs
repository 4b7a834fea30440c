//! Saved searches, followed deals, webhooks and fetches.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ledger::{Ledger, SqliteLedger};
use model::{Factuality, Stage};
use serde_json::{Value, json};
use waybill::serve::signature;

use crate::client::{Answer, ask, get};
use crate::fixture::{Served, With, document, entry, serve, serve_with, transfer};

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A request as the other side got it: its head in small letters, and its body.
type Got = (String, String);

/// A listener that answers each request with the next of these answers, and the last one from then on.
fn listener(answers: &'static [&'static str]) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (send, got) = channel();
    std::thread::spawn(move || {
        for n in 0.. {
            let Ok((stream, _)) = listener.accept() else { return };
            let mut reader = BufReader::new(&stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) <= 2 {
                    break;
                }
                let line = line.to_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer = answers.get(n).or(answers.last()).unwrap();
            let _closed = (&stream).write_all(answer.as_bytes());
            if send.send((head, String::from_utf8(body).unwrap())).is_err() {
                return;
            }
        }
    });
    (address, got)
}

const FINE: &str = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
const BUSY: &str = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const MOVED: &str =
    "HTTP/1.1 302 Found\r\nLocation: http://localhost:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

fn watch(served: &Served, body: &Value) -> Answer {
    ask(served.at, "POST", "/api/v1/watches", &[JSON], body.to_string().as_bytes())
}

fn header<'a>(got: &'a Got, name: &str) -> &'a str {
    let line = got.0.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("{name}: {got:?}")).trim()
}

/// Brings the ledger one more document on the deal of Borduria and Syldavia.
fn bring(served: &Served, n: usize) {
    let line = format!("Borduria has shipped the howitzers to Syldavia, harbour worker {n} said.");
    let d = document(&format!("port-{n}"), "2031-06-02", "The Port", [&format!("Ship {n} sails"), &line]);
    let claim = transfer(&d, ("BOR", "SYL"), (Stage::Shipped, Factuality::Certain), &format!("Worker {n}"));
    let at = "2031-06-03T00:00:00Z";
    SqliteLedger::open(&served.ledger).unwrap().store(&[entry(d, vec![claim])], at).unwrap();
}

const PRIVATE: With =
    With { require_token: false, per_second: 100_000, allow_private: &["127.0.0.1"], list: None };

#[test]
fn a_webhook_is_told_of_what_is_new_signed_and_again_until_it_answers() {
    let (address, got) = listener(&[BUSY, FINE]);
    let served = serve_with(PRIVATE);
    get(served.at, "/api/v1/deals");
    let made = watch(&served, &json!({ "kind": "search", "subject": "shipped", "webhook": address }));
    assert_eq!(made.status, 201, "{made:?}");
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    bring(&served, 1);
    let first = got.recv_timeout(Duration::from_secs(20)).unwrap();
    let time: i64 = header(&first, "waybill-timestamp").parse().unwrap();
    assert_eq!(header(&first, "waybill-signature"), signature(&secret, time, &first.1));
    let told: Value = serde_json::from_str(&first.1).unwrap();
    let kinds: Vec<&str> =
        told["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!((told["subject"].as_str(), kinds), (Some("shipped"), vec!["document", "claim"]), "{told}");
    let place = told["items"][0]["path"].as_str().unwrap();
    assert_eq!(get(served.at, place).status, 200, "what is told of is there");
    let again = got.recv_timeout(Duration::from_secs(30)).unwrap();
    assert_eq!(
        (&again.1, header(&again, "waybill-delivery")),
        (&first.1, header(&first, "waybill-delivery"))
    );
    let start = Instant::now();
    while get(served.at, "/api/v1/watches").json()["items"][0]["waiting"] != 0 {
        assert!(start.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(
        made.json()["id"].as_str().is_some()
            && get(served.at, "/api/v1/watches").json()["items"][0].get("secret").is_none()
    );
}

#[test]
fn a_followed_deal_calls_and_no_redirect_is_followed() {
    let (address, got) = listener(&[MOVED, FINE]);
    let served = serve_with(PRIVATE);
    let id =
        get(served.at, "/api/v1/deals?supplier=BOR").json()["items"][0]["id"].as_str().unwrap().to_owned();
    let made =
        watch(&served, &json!({ "kind": "deal", "subject": id, "name": "the guns", "webhook": address }));
    assert_eq!(made.status, 201, "{made:?}");
    bring(&served, 2);
    let told: Value = serde_json::from_str(&got.recv_timeout(Duration::from_secs(20)).unwrap().1).unwrap();
    assert_eq!(
        (told["name"].as_str(), told["items"].as_array().unwrap().len()),
        (Some("the guns"), 1),
        "{told}"
    );
    let start = Instant::now();
    loop {
        let row = get(served.at, "/api/v1/watches").json()["items"][0].clone();
        if row["error"].as_str().is_some_and(|error| error.contains("302")) {
            break;
        }
        assert!(start.elapsed() < Duration::from_secs(10), "{row}");
        std::thread::sleep(Duration::from_millis(50));
    }
    let path = format!("/api/v1/watches/{}", made.json()["id"].as_str().unwrap());
    assert_eq!(ask(served.at, "DELETE", &path, &[], b"").status, 204);
    assert_eq!(ask(served.at, "DELETE", &path, &[], b"").code(), "not-found");
    assert_eq!(get(served.at, "/api/v1/watches").json()["items"], json!([]));
}

#[test]
fn webhooks_and_fetches_never_lead_into_private_networks() {
    let (address, got) = listener(&[FINE]);
    let served = serve();
    let port = address.rsplit(':').next().unwrap();
    for host in
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1"]
    {
        let to = format!("http://{host}:{port}/");
        let refused = watch(&served, &json!({ "kind": "search", "subject": "guns", "webhook": to }));
        assert_eq!((refused.status, refused.code().as_str()), (400, "address-refused"), "{to}: {refused:?}");
        let body = json!({ "url": to }).to_string();
        let refused = ask(served.at, "POST", "/api/v1/fetches", &[JSON], body.as_bytes());
        assert_eq!((refused.status, refused.code().as_str()), (400, "address-refused"), "{to}: {refused:?}");
    }
    for to in ["file:///etc/passwd", "ftp://127.0.0.1/", "https://a:b@paper.example/", "nothing"] {
        let body = json!({ "url": to }).to_string();
        let refused = ask(served.at, "POST", "/api/v1/fetches", &[JSON], body.as_bytes());
        assert_eq!(refused.code(), "address-refused", "{to}");
    }
    assert!(got.try_recv().is_err(), "nobody was asked");
}

#[test]
fn a_page_is_fetched_and_a_redirect_into_a_private_network_is_not_followed() {
    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 21\r\nConnection: close\r\n\r\nSome news of the day.";
    let (address, _got) = listener(&[PAGE, MOVED]);
    let served = serve_with(PRIVATE);
    let fetch = || {
        let body = json!({ "url": format!("{address}/news"), "published": "2031-06-01" }).to_string();
        ask(served.at, "POST", "/api/v1/fetches", &[JSON], body.as_bytes())
    };
    let fetched = fetch();
    assert_eq!(fetched.status, 202, "{fetched:?}");
    // `localhost` is not the host that was named, and leads to the same private network.
    let moved = fetch();
    assert_eq!((moved.status, moved.code().as_str()), (400, "address-refused"), "{moved:?}");
}

#[test]
fn watches_that_look_out_for_nothing_are_refused() {
    let served = serve();
    let check = |body: Value, code: &str| assert_eq!(watch(&served, &body).code(), code, "{body}");
    check(json!({ "kind": "search", "subject": "OR" }), "bad-query");
    check(json!({ "kind": "search", "subject": "x".repeat(500) }), "bad-query");
    check(json!({ "kind": "deal", "subject": "none" }), "not-found");
    check(json!({ "kind": "actor", "subject": "SYL" }), "bad-body");
    check(
        json!({ "kind": "search", "subject": "guns", "webhook": "mailto:a@paper.example" }),
        "address-refused",
    );
}
