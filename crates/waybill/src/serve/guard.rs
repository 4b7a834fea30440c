//! What every request passes on its way in and every answer on its way out.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::access::{COOKIE, Caller, bearer, cookie};
use super::problem::{Code, Problem};
use super::reply::tagged;
use super::state::{App, Shared};
use super::tokens::random_hex;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a request's body may take to come in.
const BODY: Duration = Duration::from_secs(20);

/// Most bytes of a request's body.
pub(super) const BODY_BYTES: usize = 32 << 20;

/// Nothing but this server's own files; no script or style inside pages; no frames.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // With `no-referrer` browsers would send `Origin: null` with the pages' own forms.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("vary", "accept, authorization, cookie"),
];

/// Where a request came from; put there by whoever accepted the connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Checks a request, has it answered, and finishes the answer.
pub(super) async fn guard(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = request_id(request.headers());
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let (mut cookie_to_set, state) = (None, app.state());
    let answer = match admit(&app, &mut request, &mut cookie_to_set) {
        Err(refused) => *refused,
        Ok(()) => match whole(request).await {
            Err(problem) => problem.into_response(),
            Ok(request) => match tokio::time::timeout(PATIENCE, next.run(request)).await {
                Ok(answer) => answer,
                Err(_) => {
                    Problem::new(Code::Timeout, "the answer took too long: ask for less").into_response()
                }
            },
        },
    };
    let mut answer = readable(answer, &headers, &path);
    if method == Method::GET {
        answer = tagged(&headers, answer).await;
    }
    finish(&mut answer, &id, cookie_to_set.as_deref());
    let as_of = state.map(|state| HeaderValue::from_str(&format!("{} {}", state.word, state.at)));
    if let Some(Ok(as_of)) = as_of {
        answer.headers_mut().insert("waybill-state", as_of);
    }
    let status = answer.status().as_u16();
    // Whoever waits for a server to be ready asks often.
    if status >= 500 && path != "/readyz" {
        let why = answer.extensions().get::<Problem>().map_or("", |problem| problem.detail.as_str());
        app.log(&format!("request {id}: {method} {path:?} was answered {status}: {why}"));
    }
    app.metrics.count(method.as_str(), route.as_deref().unwrap_or("unmatched"), status, start.elapsed());
    answer
}

/// The request with its body read, which may be neither too long nor too slow.
async fn whole(request: Request) -> Result<Request, Problem> {
    if request.method().is_safe() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let too_slow = |_| Problem::new(Code::TooSlow, "the body did not come in time");
    let read = tokio::time::timeout(BODY, to_bytes(body, BODY_BYTES)).await.map_err(too_slow)?;
    // Whether it was too long or broke off, the rest of it is not waited for.
    let words = || format!("the body is over {BODY_BYTES} bytes, or broke off");
    let bytes = read.map_err(|_| Problem::new(Code::TooLarge, words()))?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// The asker's own identifier where it is a plain word, else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        !id.is_empty()
            && id.len() <= 64
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let given = headers.get("x-request-id").and_then(|id| id.to_str().ok()).filter(plain);
    given.map_or_else(|| random_hex::<8>().unwrap_or_default(), str::to_owned)
}

/// Lets a request in, with its [`Caller`] beside it, or refuses it.
fn admit(
    app: &Arc<App>,
    request: &mut Request,
    set_cookie: &mut Option<String>,
) -> Result<(), Box<Response>> {
    let refuse = |problem: Problem| Box::new(problem.into_response());
    let headers = request.headers();
    if app.access.is_open() {
        own_host(app, headers).map_err(refuse)?;
    }
    if let Some(Peer(peer)) = request.extensions().get::<Peer>()
        && let Err(seconds) = app.limiter.take(peer.ip(), Instant::now())
    {
        let words = format!("wait {seconds} s before the next request");
        let mut answer = Problem::new(Code::TooManyRequests, words).into_response();
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Err(Box::new(answer));
    }
    if !request.method().is_safe() {
        same_site(request.method(), headers).map_err(refuse)?;
    }
    let path = request.uri().path();
    let page = is_page(path);
    let mut caller = app.access.caller(headers);
    if page && bearer(headers).is_none() && cookie(headers).is_none() {
        *set_cookie = app.access.fresh_cookie();
        // The forms of this very page must carry the mark of the cookie that it sets.
        if let (Some(caller), Some(cookie)) = (&mut caller, &set_cookie) {
            caller.csrf = app.access.csrf(cookie);
        }
    }
    if caller.is_none() && !is_public(path) {
        if page && request.method() == Method::GET {
            return Err(Box::new(Redirect::to("/login").into_response()));
        }
        let mut answer =
            Problem::new(Code::Unauthorised, "send `Authorization: Bearer TOKEN`").into_response();
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        return Err(Box::new(answer));
    }
    let mark = set_cookie.as_deref().or_else(|| cookie(headers)).map(|cookie| app.access.csrf(cookie));
    request.extensions_mut().insert(FormMark(mark.unwrap_or_default()));
    if let Some(mut caller) = caller {
        caller.state = app.state();
        request.extensions_mut().insert::<Caller>(caller);
    }
    Ok(())
}

/// What the forms of a page carry, for strangers too.
#[derive(Debug, Clone)]
pub struct FormMark(pub String);

fn is_page(path: &str) -> bool {
    let folders = ["/api/", "/assets/", "/feeds/"];
    !folders.iter().any(|folder| path.starts_with(folder))
        && !["/healthz", "/readyz", "/metrics"].contains(&path)
}

fn is_public(path: &str) -> bool {
    path.starts_with("/assets/") || ["/healthz", "/readyz", "/login"].contains(&path)
}

/// Where no token is needed, another site's name must not lead here (DNS rebinding).
fn own_host(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if app.hosts.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    Err(Problem::new(Code::WrongHost, "this server answers to localhost and the names given with --host"))
}

/// What writes must come from this server's own pages, or from a program.
fn same_site(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let cross = || Problem::new(Code::CrossSite, "this request came from another site's page");
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text(HeaderName::from_static("sec-fetch-site"))
        .is_some_and(|site| site != "same-origin" && site != "none")
    {
        return Err(cross());
    }
    let origin = text(header::ORIGIN);
    if let Some(origin) = origin {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        let host = text(header::HOST);
        return if authority.is_some() && authority == host { Ok(()) } else { Err(cross()) };
    }
    if method != Method::POST {
        return Ok(());
    }
    // Browsers send forms and plain text across sites without asking first; programs can name another kind.
    let kind =
        text(header::CONTENT_TYPE).unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let simple = ["", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
    if bearer(headers).is_none() && simple.contains(&kind.as_str()) {
        let words =
            "without a token or an Origin, a body must be of a kind that browsers do not send across sites";
        return Err(Problem::new(Code::CrossSite, words));
    }
    Ok(())
}

/// Problems as pages for people.
fn readable(answer: Response, asked: &HeaderMap, path: &str) -> Response {
    let wants_page = is_page(path)
        && asked.get(header::ACCEPT).and_then(|a| a.to_str().ok()).is_some_and(|a| a.contains("text/html"));
    match answer.extensions().get::<Problem>() {
        Some(problem) if wants_page => {
            let (status, page) = (answer.status(), crate::web::problem_page(problem));
            let mut page = (status, page).into_response();
            page.extensions_mut().insert(problem.clone());
            page
        }
        _ => answer,
    }
}

fn finish(answer: &mut Response, id: &str, cookie: Option<&str>) {
    let headers = answer.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let private = HeaderValue::from_static("private, no-cache");
    headers.entry(header::CACHE_CONTROL).or_insert(private);
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
    if let Some(cookie) = cookie
        && !headers.contains_key(header::SET_COOKIE)
        && let Ok(value) = HeaderValue::from_str(&cookie_header(cookie))
    {
        headers.insert(header::SET_COOKIE, value);
    }
}

/// A cookie that no script sees and no other site sends.
pub fn cookie_header(value: &str) -> String {
    format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200")
}
