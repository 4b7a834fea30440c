//! What pages send: judgements, and a token to come in with.

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;

use super::layout::page;
use crate::api::{Verdict, Wanted, judgement};
use crate::serve::{Caller, Code, FormMark, Problem, Role, Shared, cookie_header};

/// A judgement as a page's form sends it.
#[derive(Debug, Deserialize)]
struct Judged {
    #[serde(default)]
    csrf: String,
    verdict: Verdict,
    subject: String,
    with: Option<String>,
    #[serde(default)]
    claims: Vec<String>,
    reason: Option<String>,
    #[serde(default)]
    back: String,
}

pub(super) fn own_form(app: &Shared, headers: &HeaderMap, csrf: &str) -> Result<(), Problem> {
    if app.access.is_own_form(headers, csrf) {
        return Ok(());
    }
    Err(Problem::new(
        Code::CrossSite,
        "the form is not one of this server's own, or too old: load the page again",
    ))
}

/// Keeps a judgement and leads back to the page.
pub(super) async fn judge(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let sent: Judged = serde_html_form::from_bytes(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the form is no judgement: {error}")))?;
    own_form(&app, &headers, &sent.csrf)?;
    caller.must_be(Role::Analyst)?;
    let Judged { verdict, subject, with, claims, reason, back, .. } = sent;
    let judgement = judgement(&app, Wanted { verdict, subject, with, claims, reason }, &caller.name).await?;
    let deal = judgement.subject_kind == "deal";
    app.judge(judgement).await?;
    // Only to this server's own pages; a deal may have got another identifier, then its list is next.
    let own = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    let gone = match back.strip_prefix("/deals/") {
        Some(id) => app.view().await?.deal(id).is_none(),
        None => false,
    };
    let to = if own && !gone {
        back.as_str()
    } else if deal || gone {
        "/deals"
    } else {
        "/"
    };
    Ok(Redirect::to(to).into_response())
}

/// A page that is the answer to a form, and that no history should keep.
pub(super) fn own_page(page: Html<String>) -> Response {
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], page).into_response()
}

/// Shows where a token is given.
pub(super) async fn login_page(
    caller: Option<Extension<Caller>>,
    Extension(mark): Extension<FormMark>,
) -> Html<String> {
    form(caller.as_deref(), &mark.0, None)
}

fn form(caller: Option<&Caller>, mark: &str, wrong: Option<&str>) -> Html<String> {
    let main = html! {
        h1 { "Log in" }
        @if let Some(wrong) = wrong { p role="alert" { (wrong) } }
        form.login method="post" action="/login" {
            input type="hidden" name="csrf" value=(mark);
            label { span { "Token" } input type="password" name="token" required autocomplete="current-password"; }
            button { "Log in" }
        }
        p.small { "Whoever runs this server makes tokens with " code { "waybill token create" } "." }
    };
    page(caller, "Log in", "", &main)
}

/// A token as the form sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    token: String,
}

/// Lets a browser in.
pub(super) async fn login(
    State(app): State<Shared>,
    Extension(mark): Extension<FormMark>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, Problem> {
    own_form(&app, &headers, &given.csrf)?;
    let Some(cookie) = app.access.log_in(&given.token) else {
        let status = Code::Unauthorised.status();
        return Ok(
            (status, form(None, &mark.0, Some("That token is not one of this server's."))).into_response()
        );
    };
    let mut response = Redirect::to("/").into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie_header(&cookie)) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// The mark of a form without anything else.
#[derive(Debug, Deserialize)]
pub(super) struct Marked {
    #[serde(default)]
    csrf: String,
}

/// Forgets a browser.
pub(super) async fn logout(
    State(app): State<Shared>,
    headers: HeaderMap,
    Form(marked): Form<Marked>,
) -> Result<Response, Problem> {
    own_form(&app, &headers, &marked.csrf)?;
    app.access.log_out(&headers);
    let mut response = Redirect::to("/login").into_response();
    let gone = HeaderValue::from_static("waybill=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    response.headers_mut().insert(header::SET_COOKIE, gone);
    Ok(response)
}
