//! `/api/v1/judgements`: what people hold of claims, deals and actors; kept for ever, the later overruling.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ledger::{Judgement, StoredJudgement};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Page, Paging, filled, json, linked};
use crate::law::{LISTING, listing};
use crate::serve::{App, Asked, Caller, Code, Problem, ProblemBody, Role, Shared, View};

/// Longest reason, in characters.
const REASON: usize = 2000;

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was checked and stands.
    Accept,
    /// It does not count.
    Reject,
    /// Two deals, or two names, are one.
    Merge,
    /// Claims do not belong to the deal, or two names are of two actors.
    Split,
    /// Takes back the newest judgement on the same subject.
    Undo,
}

impl Verdict {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
            Verdict::Merge => "merge",
            Verdict::Split => "split",
            Verdict::Undo => "undo",
        }
    }
}

/// A judgement as it is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// What is held.
    pub verdict: Verdict,
    /// A claim's or deal's identifier, an actor's name, or a match with a sanctions list: `LIST/ENTRY ~ NAME`.
    pub subject: String,
    /// To merge: the other deal or name. To split two names: the other one.
    pub with: Option<String>,
    /// To split a deal: the claims to take out.
    #[serde(default)]
    pub claims: Vec<String>,
    /// Why, in words.
    pub reason: Option<String>,
}

/// A judgement that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JudgementRow<'a> {
    number: i64,
    at: &'a str,
    subject_kind: &'a str,
    subject: &'a str,
    verdict: &'a str,
    #[schema(value_type = Object)]
    detail: &'a serde_json::Value,
    author: &'a str,
    reason: Option<&'a str>,
}

impl<'a> From<&'a StoredJudgement> for JudgementRow<'a> {
    fn from(stored: &'a StoredJudgement) -> Self {
        let j = &stored.judgement;
        JudgementRow {
            number: stored.number,
            at: &stored.at,
            subject_kind: &j.subject_kind,
            subject: &j.subject,
            verdict: &j.verdict,
            detail: &j.detail,
            author: &j.author,
            reason: j.reason.as_deref(),
        }
    }
}

/// What a judgement is about, and its identifier.
type Subject = (&'static str, String);

/// The claim or deal that is meant, else an actor's name.
async fn subject(app: &App, view: &View, wanted: &str) -> Result<Subject, Problem> {
    if let Some(deal) = view.deal(wanted) {
        return Ok(("deal", deal.id.clone()));
    }
    let asked = wanted.to_owned();
    let claim = app.pool.read(move |ledger| Ok(ledger.claim(&asked)?)).await?;
    if let Some(claim) = claim {
        return Ok(("claim", claim.id));
    }
    if let Some(actor) = view.actor(wanted) {
        return Ok(("actor", actor.id.clone()));
    }
    Err(Problem::not_found("claim, deal or actor", wanted))
}

/// Finds what a judgement is about and puts it into the ledger's form.
///
/// # Errors
/// Where the subject is not there, or the verdict says nothing about such a one.
pub async fn judgement(app: &App, wanted: Wanted, author: &str) -> Result<Judgement, Problem> {
    let view = app.view().await?;
    if let Some((entry, name)) = wanted.subject.split_once(" ~ ") {
        return on_match(app, &view, (entry, name), &wanted, author).await;
    }
    let conflict = |words: &str| Problem::new(Code::Conflict, words);
    let (kind, id) = subject(app, &view, &wanted.subject).await?;
    let detail = match (wanted.verdict, kind) {
        (Verdict::Accept | Verdict::Reject, "actor") => {
            return Err(conflict(
                "a claim or a deal can be accepted or rejected; names can be merged or split",
            ));
        }
        (Verdict::Accept | Verdict::Reject, _) => serde_json::json!({}),
        (Verdict::Undo, _) => {
            can_be_undone(&view, kind, &id)?;
            serde_json::json!({})
        }
        (Verdict::Split, "deal") if !wanted.claims.is_empty() => {
            let mut claims = Vec::new();
            for claim in &wanted.claims {
                match subject(app, &view, claim).await? {
                    ("claim", id) => claims.push(id),
                    _ => return Err(conflict("only claims can be taken out of a deal")),
                }
            }
            serde_json::json!({ "claims": claims })
        }
        (Verdict::Merge, "deal" | "actor") | (Verdict::Split, "actor") => {
            let with = filled(&wanted.with).ok_or_else(|| conflict("with: name the other one"))?;
            let (other, with) = subject(app, &view, with).await?;
            if other != kind || with == id {
                return Err(conflict("with: name another one of the same kind"));
            }
            serde_json::json!({ "with": with })
        }
        (Verdict::Split, "deal") => return Err(conflict("claims: name the claims to take out")),
        _ => return Err(conflict("a claim can be accepted or rejected")),
    };
    let reason = filled(&wanted.reason).map(|reason| reason.chars().take(REASON).collect());
    let (verdict, author) = (wanted.verdict.as_str().to_owned(), author.to_owned());
    Ok(Judgement { subject_kind: kind.to_owned(), subject: id, verdict, detail, author, reason })
}

/// Whether there is a judgement on a subject that is not taken back yet.
fn can_be_undone(view: &View, kind: &str, id: &str) -> Result<(), Problem> {
    let mut count = 0_i64;
    let same =
        view.judgements.iter().map(|j| &j.judgement).filter(|j| j.subject_kind == kind && j.subject == id);
    same.for_each(|j| count = if j.verdict == "undo" { (count - 1).max(0) } else { count + 1 });
    if count == 0 {
        return Err(Problem::new(Code::Conflict, "there is no judgement on it that could be taken back"));
    }
    Ok(())
}

/// A judgement on a match with a sanctions list: that the entry is someone else, until the entry changes.
async fn on_match(
    app: &App,
    view: &View,
    (entry, name): (&str, &str),
    wanted: &Wanted,
    author: &str,
) -> Result<Judgement, Problem> {
    let (list, entry) = entry.split_once('/').ok_or_else(|| Problem::not_found("match", &wanted.subject))?;
    let subject = listing(list, entry, name);
    let detail = match wanted.verdict {
        Verdict::Undo => {
            can_be_undone(view, LISTING, &subject)?;
            serde_json::json!({})
        }
        Verdict::Reject => {
            let screened = app.lists.screen(vec![name.to_owned()], view.rejections.clone()).await?;
            let hits = screened.iter().flat_map(|screened| &screened.hits).map(|(hit, _)| hit);
            let hit = hits.into_iter().find(|hit| hit.list == list && hit.entry == entry);
            let hit = hit.ok_or_else(|| Problem::not_found("match", &wanted.subject))?;
            serde_json::json!({ "version": hit.version, "title": hit.title, "score": hit.score })
        }
        _ => return Err(Problem::new(Code::Conflict, "a match can be rejected, or that taken back")),
    };
    let reason = filled(&wanted.reason).map(|reason| reason.chars().take(REASON).collect());
    let (verdict, author) = (wanted.verdict.as_str().to_owned(), author.to_owned());
    Ok(Judgement { subject_kind: LISTING.to_owned(), subject, verdict, detail, author, reason })
}

/// Which judgements are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct JudgementQuery {
    /// On the claim, deal or actor with this identifier.
    subject: Option<String>,
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// The cursor of the page before: its last `number`.
    after: Option<String>,
}

/// List judgements, oldest first.
#[utoipa::path(get, path = "/api/v1/judgements", tag = "judgements", params(JudgementQuery), responses(
    (status = 200, description = "A page of judgements.", body = Page<JudgementRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<JudgementQuery>,
) -> Result<Response, Problem> {
    let view = app.view().await?;
    let paging = Paging::new(query.limit, &query.after)?;
    let wanted = filled(&query.subject);
    let fits = |j: &&StoredJudgement| wanted.is_none_or(|subject| j.judgement.subject == subject);
    let named: Vec<(String, &StoredJudgement)> =
        view.judgements.iter().filter(fits).map(|j| (j.number.to_string(), j)).collect();
    let (items, next) = paging.cut(named.iter(), |(number, _)| number)?;
    let items: Vec<JudgementRow<'_>> = items.into_iter().map(|(_, j)| JudgementRow::from(*j)).collect();
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// Keep a judgement. It is seen in deals at once; `undo` takes it back, nothing is lost.
#[utoipa::path(post, path = "/api/v1/judgements", tag = "judgements", request_body = Wanted, responses(
    (status = 201, description = "It is kept.", body = JudgementRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Analyst)?;
    let body = body.map_err(|error| Problem::new(Code::TooLarge, error.body_text()))?;
    let wanted: Wanted = serde_json::from_slice(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the body is no judgement: {error}")))?;
    let judgement = judgement(&app, wanted, &caller.name).await?;
    let number = app.judge(judgement.clone()).await?;
    let stored = StoredJudgement { number, at: String::new(), judgement };
    let view = app.view().await?;
    let stored = view.judgements.iter().find(|kept| kept.number == number).unwrap_or(&stored);
    Ok((StatusCode::CREATED, json(&JudgementRow::from(stored))?).into_response())
}
