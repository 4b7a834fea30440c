//! Routes, pages of lists, forms, errors.

use std::collections::BTreeSet;

use crate::client::{Answer, ask, get};
use crate::fixture::{HOSTILE, serve};

/// Every route of the API. A new one is added here, and its handler's attribute describes it.
const ROUTES: &[&str] = &[
    "get /api/v1/actors",
    "get /api/v1/actors/{id}",
    "get /api/v1/changes",
    "get /api/v1/claims",
    "get /api/v1/claims/{id}",
    "get /api/v1/deals",
    "get /api/v1/deals/{id}",
    "get /api/v1/deals/{id}/embargoes",
    "get /api/v1/documents",
    "get /api/v1/documents/{id}",
    "get /api/v1/embargoes",
    "get /api/v1/ingests/{id}",
    "get /api/v1/judgements",
    "get /api/v1/openapi.json",
    "get /api/v1/screening",
    "get /api/v1/search",
    "get /api/v1/stories",
    "get /api/v1/stories/{id}",
    "get /api/v1/watches",
    "get /api/v1/watches/{id}",
    "delete /api/v1/watches/{id}",
    "get /healthz",
    "get /metrics",
    "get /readyz",
    "post /api/v1/documents",
    "post /api/v1/fetches",
    "post /api/v1/judgements",
    "post /api/v1/watches",
];

#[test]
fn the_openapi_document_lists_the_routes_and_the_routes_are_there() {
    let served = serve();
    let document = get(served.at, "/api/v1/openapi.json").json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    let mut listed = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            listed.insert(format!("{method} {path}"));
            let words = operation["summary"].as_str().unwrap_or("");
            assert!(!words.is_empty(), "{method} {path} says what it does");
        }
    }
    assert_eq!(listed, ROUTES.iter().map(|r| (*r).to_owned()).collect());
    for route in ROUTES {
        let (method, path) = route.split_once(' ').unwrap();
        let path = path.replace("{id}", "none");
        let there =
            ask(served.at, &method.to_uppercase(), &path, &[("Content-Type", "application/json")], b"");
        let unknown = there.status == 404 && there.body.contains("there is nothing at");
        assert!(!unknown && there.status != 405, "{route}: {there:?}");
        let other = if ROUTES.contains(&format!("post {}", route.split_once(' ').unwrap().1).as_str()) {
            "PUT"
        } else {
            "POST"
        };
        let wrong = ask(served.at, other, &path, &[("Content-Type", "application/json")], b"{}");
        assert_eq!((wrong.status, wrong.code().as_str()), (405, "method-not-allowed"), "{other} {path}");
    }
}

#[test]
fn every_reference_of_the_openapi_document_leads_somewhere() {
    let document = get(serve().at, "/api/v1/openapi.json");
    let (text, value) = (&document.body, document.json());
    let mut count = 0;
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(value.pointer(pointer).is_some(), "{pointer}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

fn ids(answer: &Answer) -> Vec<String> {
    let id = |item: &serde_json::Value| item["id"].as_str().unwrap().to_owned();
    answer.json()["items"].as_array().unwrap().iter().map(id).collect()
}

#[test]
fn pages_put_together_are_the_whole_list() {
    let served = serve();
    for list in [
        "claims",
        "documents",
        "deals",
        "actors",
        "embargoes",
        "stories?least=1&",
        "changes?since=2031-05-03&",
    ] {
        let base = format!("/api/v1/{list}{}", if list.contains('?') { "" } else { "?" });
        let whole = ids(&get(served.at, &format!("{base}limit=1000")));
        assert!(!whole.is_empty(), "{list}");
        let (mut paged, mut after) = (Vec::new(), String::new());
        loop {
            let answer = get(served.at, &format!("{base}limit=1{after}"));
            paged.extend(ids(&answer));
            let Some(next) = answer.json()["next"].as_str().map(str::to_owned) else { break };
            assert!(answer.header("link").contains("rel=\"next\""));
            after = format!("&after={}", waybill::api::ask::encoded(&next));
        }
        assert_eq!(paged, whole, "{list}");
    }
}

#[test]
fn filters_are_those_of_the_command_line() {
    let served = serve();
    let count = |query: &str| ids(&get(served.at, &format!("/api/v1/{query}"))).len();
    assert_eq!(count("claims?supplier=bor"), 2);
    assert_eq!(count("claims?supplier=bor&factuality=denied"), 1);
    assert_eq!(count("claims?stage=agreed,delivered"), 3);
    assert_eq!(count("claims?stage=agreed&stage=delivered"), 3);
    assert_eq!(count("claims?speaker=ada"), 1);
    assert_eq!(count("claims?until=2031-05-02"), 1);
    assert_eq!(count("claims?as_of=2031-05-09"), 2);
    assert_eq!(count("claims?doc=sale"), 1);
    assert_eq!(count("deals?supplier=BOR&contested=true"), 1);
    assert_eq!(count("deals?supplier=BOR&contested=true&as_of=2031-05-03"), 0);
    assert_eq!(count("documents?publisher=gazette"), 1);
    assert_eq!(count("search?q=howitzers"), 4);
    assert_eq!(count("claims?supplier="), 3, "forms send empty fields");
}

#[test]
fn rows_have_the_names_of_the_codebook() {
    let served = serve();
    let claims = get(served.at, "/api/v1/claims?supplier=BOR&factuality=certain").json();
    let claim = &claims["items"][0];
    assert_eq!(claim["supplier"], serde_json::json!(["BOR"]));
    assert_eq!(claim["goods"][0]["category"], "artillery");
    assert_eq!(claim["source"]["speaker"], "Ada Poe");
    assert_eq!(
        claim["evidence"][0]["text"],
        "Borduria has agreed to sell 40 howitzers to Syldavia, Ada Poe said."
    );
    let deals = get(served.at, "/api/v1/deals?supplier=BOR").json();
    let id = deals["items"][0]["id"].as_str().unwrap();
    let deal = get(served.at, &format!("/api/v1/deals/{id}")).json();
    assert_eq!(deal["flags"]["contested"], true);
    assert_eq!(deal["independent_sources"], 2);
    assert_eq!(deal["history"].as_array().unwrap().len(), 2);
    let one = get(served.at, &format!("/api/v1/claims/{}", claim["id"].as_str().unwrap())).json();
    assert_eq!(one, *claim);
    let document = get(served.at, "/api/v1/documents/sale").json();
    assert_eq!(document["id"], claim["document"]);
}

#[test]
fn tables_are_csv_and_formulas_are_not() {
    let served = serve();
    for list in ["claims", "documents", "deals", "stories", "actors", "changes"] {
        let since = if list == "changes" { "&since=2031-05-01" } else { "" };
        let answer = get(served.at, &format!("/api/v1/{list}?format=csv{since}"));
        assert_eq!(
            (answer.status, answer.header("content-type").split(';').next()),
            (200, Some("text/csv")),
            "{list}"
        );
        assert!(answer.body.lines().count() > 0);
    }
    let by_kind = ask(served.at, "GET", "/api/v1/claims", &[("Accept", "text/csv")], b"");
    assert!(by_kind.body.starts_with("id,doc,document,published,kind"), "{by_kind:?}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let served = serve();
    for path in ["/api/v1/claims", "/api/v1/deals", "/api/v1/openapi.json", "/api/v1/claims?format=csv"] {
        let first = get(served.at, path);
        let tag = first.header("etag").to_owned();
        assert!(tag.len() > 10, "{path}: {first:?}");
        let again = ask(served.at, "GET", path, &[("If-None-Match", &tag)], b"");
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        let other = ask(served.at, "GET", path, &[("If-None-Match", "\"another\"")], b"");
        assert_eq!(other.status, 200);
    }
}

#[test]
fn errors_have_codes_that_stay() {
    let served = serve();
    let check = |path: &str, status: u16, code: &str| {
        let answer = get(served.at, path);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path}: {}", answer.body);
    };
    check("/api/v1/claims?stage=gone", 400, "bad-parameter");
    check("/api/v1/claims?stages=agreed", 400, "bad-parameter");
    check("/api/v1/claims?since=May", 400, "bad-parameter");
    check("/api/v1/claims?limit=0", 400, "bad-parameter");
    check("/api/v1/claims?limit=-1", 400, "bad-parameter");
    check("/api/v1/claims?after=c00000000000000000000", 400, "bad-cursor");
    check("/api/v1/deals?after=none", 400, "bad-cursor");
    check("/api/v1/search?q=OR", 400, "bad-query");
    check("/api/v1/search", 400, "bad-query");
    check("/api/v1/changes", 400, "bad-parameter");
    check("/api/v1/deals/none", 404, "not-found");
    check("/api/v1/documents/none", 404, "not-found");
    check("/api/v1/documents/..%2f..%2fetc%2fpasswd", 404, "not-found");
    check("/api/v1/nothing", 404, "not-found");
    check("/api/v1/claims/%ff", 400, "bad-parameter");
    let answer = ask(served.at, "GET", "/api/v1/claims?stage=x", &[("X-Request-Id", "my-id.1")], b"");
    assert_eq!(answer.header("x-request-id"), "my-id.1");
    assert!(answer.body.contains("use one of sought, offered"), "{}", answer.body);
    let forged = ask(served.at, "GET", "/healthz", &[("X-Request-Id", "a b<c>")], b"");
    assert!(forged.header("x-request-id").bytes().all(|b| b.is_ascii_hexdigit()), "{forged:?}");
}

#[test]
fn every_answer_is_held_to_one_policy() {
    let served = serve();
    for path in ["/healthz", "/api/v1/claims", "/api/v1/nothing", "/nothing", "/"] {
        let answer = get(served.at, path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert!(!answer.header("x-request-id").is_empty());
    }
}

#[test]
fn health_and_metrics_are_told() {
    let served = serve();
    assert_eq!(get(served.at, "/healthz").body, "ok\n");
    get(served.at, "/api/v1/deals");
    assert_eq!(get(served.at, "/readyz").body, "ready\n");
    get(served.at, "/api/v1/deals/none");
    let metrics = get(served.at, "/metrics").body;
    let line = "waybill_http_requests_total{method=\"GET\",route=\"/api/v1/deals/{id}\",status=\"404\"} 1";
    assert!(metrics.contains(line), "{metrics}");
    assert!(metrics.contains("waybill_documents 3"), "{metrics}");
}

#[test]
fn the_words_of_a_hostile_article_come_as_they_are() {
    let served = serve();
    let document = get(served.at, "/api/v1/documents/hostile").json();
    assert_eq!(document["title"], HOSTILE);
    let answer = get(served.at, "/api/v1/documents/hostile");
    assert_eq!(answer.header("content-type"), "application/json");
}
