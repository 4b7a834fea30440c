//! Saved searches and followed deals.

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ledger::{CallState, Watch, WatchKind};
use maud::{Markup, html};
use serde::Deserialize;

use super::forms::{own_form, own_page};
use super::layout::{mark, page};
use super::text::{count, cut, day, encoded, said};
use crate::api::watches::{Kind, NewWatch, feed, forget, keep, of};
use crate::serve::{Caller, Code, Problem, Role, Shared};

/// Shows what somebody follows.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Result<Html<String>, Problem> {
    let all = of(&app, &caller).await?;
    let main = html! {
        h1 { "Following" }
        p.small {
            "Saved searches and followed deals. Each has an Atom feed; a webhook is called with what is new, signed, and "
            "again until it answers."
        }
        @if all.is_empty() { p.none { "Nothing yet: save a search below or on its page, or follow a deal on its page." } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="Saved searches and followed deals" {
                table {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Kind" } th scope="col" { "Since" } th scope="col" { "Feed" } th scope="col" { "Webhook" } th scope="col" { "Remove" } } }
                    tbody { @for (watch, state) in &all { (row(watch, state, &caller)) } }
                }
            }
        }
        section aria-labelledby="new" {
            h2 id="new" { "Save a search" }
            form.filters method="post" action="/following" {
                (mark(&caller))
                input type="hidden" name="kind" value="search";
                label { span { "Words" } input name="subject" required maxlength="200" autocomplete="off"; }
                @if caller.role >= Role::Analyst {
                    label { span { "Webhook (optional)" } input type="url" name="webhook" placeholder="https://…" autocomplete="off"; }
                }
                button { "Save" }
            }
        }
    };
    Ok(page(Some(&caller), "Following", "/following", &main))
}

fn row(watch: &Watch, state: &CallState, caller: &Caller) -> Markup {
    let (place, kind) = match watch.kind {
        WatchKind::Deal => (format!("/deals/{}", encoded(&watch.subject)), "deal"),
        WatchKind::Search => (format!("/search?q={}", encoded(&watch.subject)), "search"),
    };
    html! {
        tr {
            th scope="row" { a href=(place) { (said(&cut(&watch.name, 120))) } }
            td { (kind) @if watch.owner != caller.name { div.small { "of " (said(&watch.owner)) } } }
            td.day { (day(watch.at.get(..10))) }
            td { a href=(feed(watch)) { "Atom" } }
            td {
                @if let Some(address) = &watch.address {
                    (said(&cut(address, 80)))
                    @if state.waiting > 0 { div.small { (count(state.waiting as usize, "call")) " waiting" } }
                    @if state.given_up > 0 { div.small { (count(state.given_up as usize, "call")) " given up" } }
                    @if let Some(error) = &state.error { div.small { "last: " (said(&cut(error, 160))) } }
                } @else { span.none { "none" } }
            }
            td {
                form.inline method="post" action={ "/following/" (watch.id) "/remove" } {
                    (mark(caller))
                    button { "Remove" }
                }
            }
        }
    }
}

/// A form of one button that follows something from its page.
pub(super) fn follow(caller: &Caller, kind: &str, (subject, name): (&str, &str), label: &str) -> Markup {
    html! {
        form.inline method="post" action="/following" {
            (mark(caller))
            input type="hidden" name="kind" value=(kind);
            input type="hidden" name="subject" value=(subject);
            input type="hidden" name="name" value=(name);
            button { (label) }
        }
    }
}

/// What is to be followed, as a form sends it.
#[derive(Debug, Deserialize)]
struct Sent {
    #[serde(default)]
    csrf: String,
    kind: Kind,
    subject: String,
    name: Option<String>,
    webhook: Option<String>,
}

/// Keeps a saved search or a followed deal; the secret of a webhook is shown this once.
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let sent: Sent = serde_html_form::from_bytes(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the form is not of this page: {error}")))?;
    own_form(&app, &headers, &sent.csrf)?;
    let Sent { kind, subject, name, webhook, .. } = sent;
    let watch = keep(&app, &caller, NewWatch { kind, subject, name, webhook }).await?;
    let Some(secret) = &watch.secret else { return Ok(Redirect::to("/following").into_response()) };
    let main = html! {
        h1 { "The webhook’s secret" }
        p { "Calls are signed with it. It is shown this once:" }
        p { code { (secret) } }
        p { a href="/following" { "To all that you follow" } }
    };
    Ok(own_page(page(Some(&caller), "The webhook’s secret", "/following", &main)))
}

/// The mark of a form.
#[derive(Debug, Deserialize)]
struct Marked {
    #[serde(default)]
    csrf: String,
}

/// Forgets one.
pub(super) async fn remove(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    crate::serve::Named(id): crate::serve::Named,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Redirect, Problem> {
    let sent: Marked = serde_html_form::from_bytes(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the form is not of this page: {error}")))?;
    own_form(&app, &headers, &sent.csrf)?;
    forget(&app, &caller, &id).await?;
    Ok(Redirect::to("/following"))
}
