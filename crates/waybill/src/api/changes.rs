//! `/api/v1/changes`: what is new since a day.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use ledger::Moment;
use link::deals::{Change, ChangeKind, changes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Listed, Page, PageQuery, day, json, linked, wants_csv};
use crate::serve::{App, Code, Problem, ProblemBody, Shared, csv};

/// Which changes are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ChangeQuery {
    /// The day whose end is compared with now.
    #[param(required = true)]
    since: Option<String>,
    /// Compare by what was known on that day, not by what was published.
    #[serde(default)]
    known: bool,
}

/// A change in one deal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeRow {
    /// Where it stands in this list: the cursor.
    id: String,
    /// `new_deal`, `stage`, `denial`, `retraction` or `merged`.
    #[schema(value_type = String)]
    kind: ChangeKind,
    deal: String,
    before: String,
    after: String,
    claims: Vec<String>,
}

/// What changed in the deals since the end of a day: by publication, or by when it was known.
///
/// # Errors
/// Where the ledger cannot be read.
pub async fn since(app: &App, day: String, known: bool) -> Result<Vec<Change>, Problem> {
    let then = if known {
        Moment { ingested: Some(day), published: None }
    } else {
        Moment { published: Some(day), ingested: None }
    };
    let (before, after) = (app.deals_at(then).await?, app.deals_at(Moment::default()).await?);
    Ok(changes(&before, &after))
}

/// List what changed since a day: new deals, changes of stage, denials, retractions.
#[utoipa::path(get, path = "/api/v1/changes", tag = "deals", params(ChangeQuery, PageQuery), responses(
    (status = 200, description = "A page of changes.", content((Page<ChangeRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Listed { query, paging, format }: Listed<ChangeQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let day = day("since", &query.since)?;
    let day = day.ok_or_else(|| Problem::new(Code::BadParameter, "since: give the day to compare with"))?;
    let found = since(&app, day, query.known).await?;
    let row = |(n, c): (usize, Change)| ChangeRow {
        id: format!("{n}.{}", c.deal),
        kind: c.kind,
        deal: c.deal,
        before: c.before,
        after: c.after,
        claims: c.claims,
    };
    let rows: Vec<ChangeRow> = found.into_iter().enumerate().map(row).collect();
    let (items, next) = paging.cut(rows.iter(), |row| &row.id)?;
    if wants_csv(format, &headers) {
        let row = |c: &ChangeRow| {
            let kind = serde_json::to_value(c.kind).ok().and_then(|v| v.as_str().map(str::to_owned));
            [kind.unwrap_or_default(), c.deal.clone(), c.before.clone(), c.after.clone(), c.claims.join("; ")]
        };
        let head = ["kind", "deal", "before", "after", "claims"];
        return Ok(linked(csv(&head, items.into_iter().map(row))?, next.as_deref()));
    }
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}
