//! `/api/v1/watches`: saved searches and followed deals, and the webhooks that are told of what is new.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ledger::{Alerts, CallState, Watch, WatchKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ask::{Page, encoded, filled, json};
use crate::serve::{App, Caller, Code, Named, Problem, ProblemBody, Role, Shared, random_word};

/// Most watches of one owner.
const MOST: usize = 200;

/// Longest name and longest search, in characters.
const LONGEST: usize = 200;

/// What is looked out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words in documents and claims.
    Search,
    /// Everything said of a deal.
    Deal,
}

/// A watch as it is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWatch {
    /// What is looked out for.
    pub kind: Kind,
    /// The words of the search, or the deal's identifier.
    pub subject: String,
    /// What it is called; the subject where this is not given.
    pub name: Option<String>,
    /// An address that is told of what is new by signed POST requests; the role analyst is needed for one.
    pub webhook: Option<String>,
}

/// A watch.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WatchRow<'a> {
    id: &'a str,
    kind: Kind,
    subject: &'a str,
    name: &'a str,
    owner: &'a str,
    at: &'a str,
    /// Its Atom feed on this server.
    feed: String,
    webhook: Option<&'a str>,
    /// What calls of the webhook are signed with; shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
    /// Calls that are still to be made, and calls that were given up.
    waiting: u64,
    given_up: u64,
    /// What went wrong last.
    error: Option<&'a str>,
}

impl<'a> WatchRow<'a> {
    fn new(watch: &'a Watch, state: &'a CallState) -> Self {
        WatchRow {
            id: &watch.id,
            kind: if watch.kind == WatchKind::Deal { Kind::Deal } else { Kind::Search },
            subject: &watch.subject,
            name: &watch.name,
            owner: &watch.owner,
            at: &watch.at,
            feed: feed(watch),
            webhook: watch.address.as_deref(),
            secret: None,
            waiting: state.waiting,
            given_up: state.given_up,
            error: state.error.as_deref(),
        }
    }
}

/// Where a watch's Atom feed is.
pub fn feed(watch: &Watch) -> String {
    match watch.kind {
        WatchKind::Deal => format!("/feeds/deals/{}", encoded(&watch.subject)),
        WatchKind::Search => format!("/feeds/search?q={}", encoded(&watch.subject)),
    }
}

/// The watches that somebody may see, each with how its calls stand.
///
/// # Errors
/// Where the ledger cannot be read.
pub async fn of(app: &App, caller: &Caller) -> Result<Vec<(Watch, CallState)>, Problem> {
    let (all, name) = (caller.role == Role::Admin, caller.name.clone());
    app.pool
        .alerts(move |ledger| {
            let mut found = Vec::new();
            for watch in ledger.watches()?.into_iter().filter(|watch| all || watch.owner == name) {
                let state = ledger.call_state(&watch.id)?;
                found.push((watch, state));
            }
            Ok(found)
        })
        .await
}

/// Keeps a watch.
///
/// # Errors
/// Where it looks out for nothing, its webhook may not be called, or there are too many.
pub async fn keep(app: &App, caller: &Caller, wanted: NewWatch) -> Result<Watch, Problem> {
    let subject = wanted.subject.trim().to_owned();
    let subject = match wanted.kind {
        Kind::Deal => app.view().await?.deal(&subject).map(|deal| deal.id.clone()),
        Kind::Search if subject.chars().count() <= LONGEST => Some(subject.clone()),
        Kind::Search => return Err(Problem::new(Code::BadQuery, "subject: the search is too long")),
    }
    .ok_or_else(|| Problem::not_found("deal", &subject))?;
    if wanted.kind == Kind::Search {
        let sought = subject.clone();
        app.pool.read(move |ledger| Ok(ledger.search(&sought, 1)?)).await?;
    }
    let address = filled(&wanted.webhook).map(str::to_owned);
    if let Some(address) = address.clone() {
        caller.must_be(Role::Analyst)?;
        app.check_webhook(address).await?;
    }
    if of(app, caller).await?.iter().filter(|(watch, _)| watch.owner == caller.name).count() >= MOST {
        return Err(Problem::new(Code::Conflict, format!("there are {MOST} already: remove one first")));
    }
    let name = filled(&wanted.name).unwrap_or(&subject).chars().take(LONGEST).collect();
    let watch = Watch {
        id: random_word()?,
        kind: if wanted.kind == Kind::Deal { WatchKind::Deal } else { WatchKind::Search },
        subject,
        name,
        owner: caller.name.clone(),
        secret: if address.is_some() {
            Some(format!("whs_{}{}", random_word()?, random_word()?))
        } else {
            None
        },
        address,
        at: crate::serve::now(),
        seen: ledger::Seen::default(),
    };
    let kept = watch.clone();
    app.pool.write(move |ledger| Ok(ledger.add_watch(&kept)?)).await?;
    Ok(watch)
}

/// Forgets a watch.
///
/// # Errors
/// Where there is none of that identifier that the caller may see.
pub async fn forget(app: &App, caller: &Caller, id: &str) -> Result<(), Problem> {
    if !of(app, caller).await?.iter().any(|(watch, _)| watch.id == id) {
        return Err(Problem::not_found("watch", id));
    }
    let id = id.to_owned();
    app.pool.write(move |ledger| Ok(ledger.remove_watch(&id)?)).await?;
    Ok(())
}

/// List your saved searches and followed deals; an admin sees those of all.
#[utoipa::path(get, path = "/api/v1/watches", tag = "watches", responses(
    (status = 200, description = "The watches; there is one page.", body = Page<WatchRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Problem> {
    let found = of(&app, &caller).await?;
    json(&Page {
        items: found.iter().map(|(watch, state)| WatchRow::new(watch, state)).collect(),
        next: None,
    })
}

/// Save a search, or follow a deal: it has a feed, and can have a webhook that is told of what is new.
#[utoipa::path(post, path = "/api/v1/watches", tag = "watches", request_body = NewWatch, responses(
    (status = 201, description = "It is kept. The secret of its webhook is shown this once.", body = WatchRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|error| Problem::new(Code::TooLarge, error.body_text()))?;
    let wanted: NewWatch = serde_json::from_slice(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the body is no watch: {error}")))?;
    let watch = keep(&app, &caller, wanted).await?;
    let state = CallState::default();
    let row = WatchRow { secret: watch.secret.as_deref(), ..WatchRow::new(&watch, &state) };
    Ok((StatusCode::CREATED, json(&row)?).into_response())
}

/// Show a watch, and how its webhook's calls stand.
#[utoipa::path(get, path = "/api/v1/watches/{id}", tag = "watches",
    params(("id" = String, Path, description = "The watch's identifier.")), responses(
    (status = 200, description = "The watch.", body = WatchRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<Response, Problem> {
    let found = of(&app, &caller).await?;
    let found = found.iter().find(|(watch, _)| watch.id == id);
    let (watch, state) = found.ok_or_else(|| Problem::not_found("watch", &id))?;
    json(&WatchRow::new(watch, state))
}

/// Forget a watch, with the calls that it still had to make.
#[utoipa::path(delete, path = "/api/v1/watches/{id}", tag = "watches",
    params(("id" = String, Path, description = "The watch's identifier.")), responses(
    (status = 204, description = "It is gone."),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn remove(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<StatusCode, Problem> {
    forget(&app, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
