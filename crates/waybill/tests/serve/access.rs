//! Who comes in, and who does not.

use serde_json::json;
use waybill::serve::{Role, Tokens, token_file};

use crate::client::{ask, get};
use crate::fixture::{With, serve, serve_with, token};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn rejection() -> Vec<u8> {
    json!({ "verdict": "reject", "subject": "nobody" }).to_string().into_bytes()
}

#[test]
fn a_token_is_needed_where_it_is_asked_for() {
    let served = serve_with(With { require_token: true, ..With::default() });
    let secret = token(&served.ledger, Role::Reader);
    // The server looks at the file once a second.
    std::thread::sleep(std::time::Duration::from_millis(1200));
    let with = |secret: &str| {
        let bearer = format!("Bearer {secret}");
        ask(served.at, "GET", "/api/v1/claims", &[("Authorization", &bearer)], b"")
    };
    let without = get(served.at, "/api/v1/claims");
    assert_eq!((without.status, without.header("www-authenticate")), (401, "Bearer"));
    assert_eq!(without.code(), "unauthorised");
    assert_eq!(with("wb_wrong").status, 401);
    assert_eq!(with(&secret).status, 200);
    assert_eq!(get(served.at, "/healthz").status, 200);
    assert_eq!(get(served.at, "/metrics").status, 401);
    let page = get(served.at, "/");
    assert_eq!((page.status, page.header("location")), (303, "/login"));
    let mut tokens = Tokens::open(&token_file(&served.ledger)).unwrap();
    let id = tokens.check(&secret).unwrap().id.clone();
    tokens.revoke(&id).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1200));
    assert_eq!(with(&secret).status, 401, "a token that was taken back");
}

#[test]
fn roles_allow_what_they_say() {
    let served = serve_with(With { require_token: true, ..With::default() });
    let secrets = [Role::Reader, Role::Analyst, Role::Admin].map(|role| token(&served.ledger, role));
    std::thread::sleep(std::time::Duration::from_millis(1200));
    let statuses = |method: &str, path: &str, body: &[u8]| {
        secrets.clone().map(|secret| {
            let bearer = format!("Bearer {secret}");
            ask(served.at, method, path, &[("Authorization", &bearer), JSON], body).status
        })
    };
    assert_eq!(statuses("GET", "/api/v1/deals", b""), [200, 200, 200]);
    assert_eq!(statuses("POST", "/api/v1/judgements", &rejection()), [403, 404, 404]);
    let article = json!({ "title": "T", "text": "Some words of news." }).to_string();
    assert_eq!(statuses("POST", "/api/v1/documents", article.as_bytes()), [403, 403, 202]);
}

#[test]
fn writes_from_other_sites_are_refused() {
    let served = serve();
    let check = |headers: &[(&str, &str)], status: u16, code: &str| {
        let answer = ask(served.at, "POST", "/api/v1/judgements", headers, &rejection());
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{headers:?}");
    };
    let own = format!("http://localhost:{}", served.at.port());
    check(&[JSON, ("Origin", "https://elsewhere.example")], 403, "cross-site");
    check(&[JSON, ("Origin", "null")], 403, "cross-site");
    check(&[JSON, ("Sec-Fetch-Site", "cross-site")], 403, "cross-site");
    check(&[JSON, ("Sec-Fetch-Site", "same-site")], 403, "cross-site");
    check(&[("Content-Type", "text/plain")], 403, "cross-site");
    check(&[("Content-Type", "application/x-www-form-urlencoded")], 403, "cross-site");
    check(&[], 403, "cross-site");
    check(&[JSON, ("Origin", &own)], 404, "not-found");
    check(&[JSON], 404, "not-found");
}

#[test]
fn another_name_of_this_machine_leads_nowhere() {
    let served = serve();
    let answer = ask(served.at, "GET", "/api/v1/claims", &[("Host", "rebound.example")], b"");
    assert_eq!((answer.status, answer.code().as_str()), (421, "wrong-host"));
    let numeric = format!("127.0.0.1:{}", served.at.port());
    assert_eq!(ask(served.at, "GET", "/api/v1/claims", &[("Host", &numeric)], b"").status, 200);
}

#[test]
fn whoever_asks_too_often_has_to_wait() {
    let served = serve_with(With { per_second: 3, ..With::default() });
    let statuses: Vec<u16> = (0..12).map(|_| get(served.at, "/healthz").status).collect();
    assert!(statuses.iter().take(6).all(|status| *status == 200), "{statuses:?}");
    let refused = get(served.at, "/healthz");
    if refused.status == 429 {
        assert_eq!(refused.code(), "too-many-requests");
        assert_eq!(refused.header("retry-after"), "1");
    }
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn too_large_and_odd_bodies_are_refused() {
    let served = serve();
    let long = vec![b' '; (32 << 20) + 1];
    let answer = ask(served.at, "POST", "/api/v1/documents", &[JSON], &long);
    assert_eq!((answer.status, answer.code().as_str()), (413, "too-large"));
    let odd = ask(served.at, "POST", "/api/v1/documents", &[("Content-Type", "image/png")], b"x");
    assert_eq!((odd.status, odd.code().as_str()), (415, "unsupported-media-type"));
    let empty = ask(served.at, "POST", "/api/v1/documents", &[JSON], b" \n");
    assert_eq!(empty.code(), "bad-body");
    for body in ["{", "[]", "{\"verdict\":\"burn\",\"subject\":\"x\"}", "{\"verdict\":\"accept\"}"] {
        assert_eq!(
            ask(served.at, "POST", "/api/v1/judgements", &[JSON], body.as_bytes()).code(),
            "bad-body",
            "{body}"
        );
    }
    let head = "x".repeat(600_000);
    assert_eq!(ask(served.at, "GET", "/healthz", &[("X-Long", &head)], b"").status, 431);
}

/// Sends a piece of a request and waits for the connection's end: how long that took, and what came back.
fn dribble(to: std::net::SocketAddr, piece: &[u8]) -> (std::time::Duration, String) {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(40))).unwrap();
    let start = std::time::Instant::now();
    stream.write_all(piece).unwrap();
    let mut bytes = Vec::new();
    let _reset = stream.read_to_end(&mut bytes);
    (start.elapsed(), String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn whoever_sends_slowly_is_let_go_and_holds_up_nobody() {
    let served = serve();
    let at = served.at;
    let head =
        std::thread::spawn(move || dribble(at, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
    let body = std::thread::spawn(move || {
        dribble(
            at,
            b"POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n\
              Origin: http://localhost\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nslow",
        )
    });
    assert_eq!(get(at, "/healthz").status, 200, "others are answered meanwhile");
    let (took, answer) = head.join().unwrap();
    assert!(took.as_secs() < 25 && !answer.contains("200 OK"), "{took:?} {answer}");
    let (took, answer) = body.join().unwrap();
    assert!(took.as_secs() < 38 && answer.contains(" 408 "), "{took:?} {answer}");
}
