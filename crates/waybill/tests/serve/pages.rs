//! The pages: whole without script, and nothing that an article says is markup.

use crate::client::{Answer, ask, get};
use crate::fixture::{HOSTILE, Served, With, serve, serve_with, token};
use waybill::api::ask::encoded;
use waybill::serve::Role;

/// Every element that a page may consist of; none of them runs anything.
const ELEMENTS: &[&str] = &[
    "!DOCTYPE",
    "a",
    "article",
    "aside",
    "bdi",
    "body",
    "button",
    "circle",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "g",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "input",
    "ins",
    "label",
    "li",
    "line",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "path",
    "q",
    "rect",
    "script",
    "section",
    "select",
    "span",
    "strong",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
];

/// The tags of a page as they are written.
fn tags(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in page.split('<').skip(1) {
        found.push(piece.split('>').next().unwrap());
    }
    found
}

/// Holds a page to what a page may be.
#[track_caller]
fn sound(answer: &Answer, path: &str) {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    for tag in tags(&answer.body) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        assert!(ELEMENTS.contains(&name), "{path}: <{tag}>");
        if name == "script" && !tag.starts_with('/') {
            assert_eq!(tag, "script type=\"module\" src=\"/assets/page.js\"", "{path}");
        }
        // Outside the quotes of its values a tag has no handler and no style.
        let bare: String = tag.split('"').step_by(2).collect();
        let odd = bare.split_whitespace().skip(1).any(|a| a.starts_with("on") || a.starts_with("style"));
        assert!(!odd, "{path}: <{tag}>");
        assert!(!tag.contains("=\"javascript:"), "{path}: <{tag}>");
    }
    // A hidden field is not shown, and must send back the very name.
    let shown: String = answer
        .body
        .split("<input type=\"hidden\"")
        .map(|p| p.split_once('>').map_or(p, |(_, rest)| rest))
        .collect();
    let turned = shown.contains(['\u{202e}', '\u{2066}']);
    assert!(!turned, "{path}: a text turns what follows around");
    assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
    assert!(answer.body.contains("<main id=\"main\""), "{path}");
}

fn deal_id(served: &Served, supplier: &str) -> String {
    let path = format!("/api/v1/deals?supplier={}", encoded(supplier));
    get(served.at, &path).json()["items"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn nothing_that_an_article_says_is_markup() {
    let served = serve();
    let (deal, odd) = (deal_id(&served, "BOR"), deal_id(&served, HOSTILE));
    let query = encoded(HOSTILE);
    let paths = [
        "/".to_owned(),
        format!("/?supplier={query}"),
        "/deals".to_owned(),
        format!("/deals/{deal}"),
        format!("/deals/{odd}"),
        format!("/deals/{odd}/brief"),
        "/documents/hostile".to_owned(),
        "/documents/sale".to_owned(),
        "/stories".to_owned(),
        format!("/actors/{query}"),
        "/actors/SYL".to_owned(),
        format!("/search?q={query}"),
        "/search?q=alert".to_owned(),
        "/embargoes".to_owned(),
        "/sources".to_owned(),
        format!("/screening?name={query}"),
        "/login".to_owned(),
        "/docs".to_owned(),
    ];
    for path in paths {
        let answer = ask(served.at, "GET", &path, &[("Accept", "text/html")], b"");
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        sound(&answer, &path);
    }
    for path in [
        format!("/deals/{query}"),
        format!("/{query}"),
        format!("/documents/{query}"),
        format!("/?stage={query}"),
    ] {
        let answer = ask(served.at, "GET", &path, &[("Accept", "text/html")], b"");
        assert!(answer.status == 404 || answer.status == 400, "{path}: {}", answer.status);
        sound(&answer, &path);
    }
    let page = get(served.at, "/documents/hostile").body;
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("⟨U+202E⟩"), "{page}");
}

#[test]
fn a_line_of_ten_megabytes_is_text_too() {
    let served = serve();
    let long = format!("<b>{}", "x ".repeat(5 << 20));
    let headers = [("Content-Type", "text/plain"), ("Sec-Fetch-Site", "same-origin"), ("Origin", "")];
    let own = format!("http://localhost:{}", served.at.port());
    let headers = [headers[0], headers[1], ("Origin", own.as_str())];
    let answer = ask(served.at, "POST", "/api/v1/documents?name=long", &headers, long.as_bytes());
    assert_eq!(answer.status, 202, "{answer:?}");
    let place = answer.header("location").to_owned();
    let start = std::time::Instant::now();
    while !["done", "failed"].contains(&get(served.at, &place).json()["state"].as_str().unwrap()) {
        assert!(start.elapsed().as_secs() < 60);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let job = get(served.at, &place).json();
    assert_eq!(job["set_aside"].as_array().unwrap().len(), 1, "over the cap of a document's text: {job}");
}

#[test]
fn a_deal_is_shown_with_its_words_and_who_denies() {
    let served = serve();
    let id = deal_id(&served, "BOR");
    let page = get(served.at, &format!("/deals/{id}")).body;
    for words in [
        "contested",
        "Who denies",
        "Ben Roe",
        "2 May 2031",
        "Borduria has agreed to sell 40 howitzers to Syldavia, Ada Poe said.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("class=\"lane\"").count(), 2, "one lane a source");
    let link = page.split("href=\"/documents/sale#").nth(1).unwrap();
    let claim = link.split('"').next().unwrap();
    let document = get(served.at, "/documents/sale").body;
    assert!(
        document.contains(&format!("id=\"{claim}\"")) && document.contains("<mark class=\"kind transfer\""),
        "{document}"
    );
    let brief = get(served.at, &format!("/deals/{id}/brief.md"));
    assert_eq!(brief.header("content-type"), "text/markdown; charset=utf-8");
    assert!(
        brief.body.contains("Ben Roe denies that it was agreed") && brief.body.contains("[^2]: The Gazette"),
        "{}",
        brief.body
    );
}

#[test]
fn filters_stay_in_the_address() {
    let served = serve();
    let page = get(served.at, "/?supplier=BOR&stage=agreed&contested=true").body;
    for words in [
        "value=\"BOR\"",
        "value=\"agreed\" selected",
        "checked",
        "/deals?supplier=BOR&amp;stage=agreed&amp;contested=true",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("1 deal<"), "{page}");
}

#[test]
fn feeds_are_atom() {
    let served = serve();
    let odd = deal_id(&served, HOSTILE);
    for path in [
        format!("/feeds/deals/{odd}"),
        "/feeds/search?q=howitzers".to_owned(),
        "/feeds/search?q=alert".to_owned(),
    ] {
        let feed = get(served.at, &path);
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        assert!(feed.body.starts_with("<?xml") && feed.body.contains("<entry>"), "{}", feed.body);
        assert!(!feed.body.contains("<script") && !feed.body.contains("<svg"), "{}", feed.body);
    }
}

/// The value of a page's first hidden field of this name.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{page}"));
    field.split('"').next().unwrap().to_owned()
}

pub(crate) fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{answer:?}");
    set.split(';').next().unwrap().to_owned()
}

pub(crate) const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

#[test]
fn a_form_that_is_not_the_pages_own_is_refused() {
    let served = serve();
    let id = deal_id(&served, "BOR");
    let page = get(served.at, &format!("/deals/{id}"));
    let (cookie, csrf) = (cookie(&page), hidden(&page.body, "csrf"));
    let own = format!("http://localhost:{}", served.at.port());
    let body = |csrf: &str| format!("csrf={csrf}&verdict=accept&subject={id}&back=/deals/{id}").into_bytes();
    let send =
        |headers: &[(&str, &str)], csrf: &str| ask(served.at, "POST", "/judgements", headers, &body(csrf));
    let stranger = "0".repeat(64);
    assert_eq!(
        send(&[FORM, ("Cookie", &cookie), ("Origin", "https://elsewhere.example")], &csrf).code(),
        "cross-site"
    );
    assert_eq!(send(&[FORM, ("Cookie", &cookie)], &csrf).code(), "cross-site", "a form without an origin");
    assert_eq!(send(&[FORM, ("Cookie", &cookie), ("Origin", &own)], "").code(), "cross-site");
    assert_eq!(send(&[FORM, ("Cookie", &cookie), ("Origin", &own)], &stranger).code(), "cross-site");
    assert_eq!(send(&[FORM, ("Origin", &own)], &csrf).code(), "cross-site", "without the cookie");
    let kept = send(&[FORM, ("Cookie", &cookie), ("Origin", &own)], &csrf);
    assert_eq!((kept.status, kept.header("location")), (303, format!("/deals/{id}").as_str()), "{kept:?}");
    let again = ask(served.at, "GET", &format!("/deals/{id}"), &[("Cookie", &cookie)], b"").body;
    assert!(again.contains("accepted"), "{again}");
    let away = format!("csrf={csrf}&verdict=undo&subject={id}&back=//elsewhere.example/");
    let led = ask(
        served.at,
        "POST",
        "/judgements",
        &[FORM, ("Cookie", &cookie), ("Origin", &own)],
        away.as_bytes(),
    );
    assert_eq!((led.status, led.header("location")), (303, "/deals"), "{led:?}");
}

#[test]
fn a_browser_comes_in_with_a_token_and_goes() {
    let served = serve_with(With { require_token: true, ..With::default() });
    let secret = token(&served.ledger, Role::Reader);
    std::thread::sleep(std::time::Duration::from_millis(1200));
    let page = get(served.at, "/login");
    let (before, csrf) = (cookie(&page), hidden(&page.body, "csrf"));
    let own = format!("http://localhost:{}", served.at.port());
    let give = |token: &str| {
        let body = format!("csrf={csrf}&token={token}");
        ask(served.at, "POST", "/login", &[FORM, ("Cookie", &before), ("Origin", &own)], body.as_bytes())
    };
    assert_eq!(give("wb_wrong").status, 401);
    let come = give(&secret);
    assert_eq!((come.status, come.header("location")), (303, "/"), "{come:?}");
    let session = cookie(&come);
    assert_ne!(session, before, "a session has a new cookie");
    let with = |cookie: &str| ask(served.at, "GET", "/deals", &[("Cookie", cookie)], b"");
    assert_eq!((with(&session).status, with(&before).status), (200, 303));
    let page = with(&session).body;
    assert!(page.contains("desk reader") && !page.contains("action=\"/judgements\""), "{page}");
    let csrf = hidden(&page, "csrf");
    let body = format!("csrf={csrf}&verdict=reject&subject=SYL");
    let judged = ask(
        served.at,
        "POST",
        "/judgements",
        &[FORM, ("Cookie", &session), ("Origin", &own)],
        body.as_bytes(),
    );
    assert_eq!(judged.code(), "forbidden");
    let body = format!("csrf={csrf}");
    let gone =
        ask(served.at, "POST", "/logout", &[FORM, ("Cookie", &session), ("Origin", &own)], body.as_bytes());
    assert_eq!((gone.status, with(&session).status), (303, 303));
}

#[test]
fn files_are_known_by_their_kinds() {
    let served = serve();
    for (path, kind) in [
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/page.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let file = get(served.at, path);
        assert_eq!((file.status, file.header("content-type")), (200, kind));
        let again = ask(served.at, "GET", path, &[("If-None-Match", file.header("etag"))], b"");
        assert_eq!(again.status, 304);
    }
    assert_eq!(get(served.at, "/assets/..%2f..%2fCargo.toml").status, 404);
}

#[test]
fn two_texts_are_shown_with_their_differences() {
    let served = serve();
    let page = get(served.at, "/documents/sale?with=denial").body;
    assert!(
        page.contains("<ins>") && page.contains("<del>") && page.contains("id=\"differences\""),
        "{page}"
    );
    sound(&get(served.at, "/documents/hostile?with=sale"), "differences of a hostile text");
    let same = get(served.at, "/documents/sale?with=sale").body;
    assert!(same.contains("The texts are the same"), "{same}");
    assert_eq!(get(served.at, "/documents/sale?with=none").code(), "not-found");
}

#[test]
fn a_search_is_saved_and_a_deal_followed_from_their_pages() {
    let served = serve();
    let id = deal_id(&served, "BOR");
    let own = format!("http://localhost:{}", served.at.port());
    let page = get(served.at, "/search?q=howitzers");
    let (cookie, csrf) = (cookie(&page), hidden(&page.body, "csrf"));
    let send = |path: &str, body: String| {
        ask(served.at, "POST", path, &[FORM, ("Cookie", &cookie), ("Origin", &own)], body.as_bytes())
    };
    assert_eq!(send("/following", "csrf=0&kind=search&subject=guns".to_owned()).code(), "cross-site");
    for (kind, subject) in [("search", "howitzers"), ("deal", id.as_str())] {
        let kept = send("/following", format!("csrf={csrf}&kind={kind}&subject={subject}&name=%3Cb%3E"));
        assert_eq!((kept.status, kept.header("location")), (303, "/following"), "{kept:?}");
    }
    let page = get(served.at, "/following");
    sound(&page, "/following");
    assert!(
        page.body.contains("/feeds/search?q=howitzers") && page.body.contains(&format!("/feeds/deals/{id}"))
    );
    let remove =
        page.body.split("action=\"/following/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(send(&format!("/following/{remove}"), format!("csrf={csrf}")).status, 303);
    assert_eq!(get(served.at, "/following").body.matches("/feeds/").count(), 1);
}
