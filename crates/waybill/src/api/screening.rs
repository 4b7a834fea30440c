//! `/api/v1/screening`: names against the installed sanctions lists.

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Page, all_filled, json};
use crate::serve::{Asked, Code, Problem, ProblemBody, Screened, Shared, reasons};

/// Most names of one question.
const NAMES: usize = 100;

/// Which names are to be screened.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ScreeningQuery {
    /// A name, in any script; up to a hundred, each in a `name` of its own.
    #[serde(default)]
    #[param(required = true)]
    name: Vec<String>,
}

/// A name with the entries that may be who is meant, the likeliest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScreenedRow<'a> {
    name: &'a str,
    hits: Vec<HitRow<'a>>,
}

/// An entry of a list that may be who is meant.
#[derive(Debug, Serialize, ToSchema)]
struct HitRow<'a> {
    list: &'a str,
    entry: &'a str,
    /// The name that matched.
    name: &'a str,
    /// The name that the entry is listed under.
    title: &'a str,
    /// How sure the match is, from 0 to 1.
    score: f32,
    /// Which part matched which.
    reasons: Vec<String>,
    /// Whether people have judged that this is someone else.
    rejected: bool,
}

fn row(screened: &Screened) -> ScreenedRow<'_> {
    ScreenedRow { name: &screened.name, hits: screened.hits.iter().map(hit).collect() }
}

fn hit((hit, rejected): &(link::screening::Hit, bool)) -> HitRow<'_> {
    HitRow {
        list: &hit.list,
        entry: &hit.entry,
        name: &hit.name,
        title: &hit.title,
        score: hit.score,
        reasons: reasons(hit),
        rejected: *rejected,
    }
}

/// Screen names against the installed sanctions lists, with the reason for each match.
#[utoipa::path(get, path = "/api/v1/screening", tag = "screening", params(ScreeningQuery), responses(
    (status = 200, description = "The names with their matches; there is one page.", body = Page<ScreenedRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<ScreeningQuery>,
) -> Result<Response, Problem> {
    let names = all_filled(&query.name);
    if names.is_empty() || names.len() > NAMES {
        return Err(Problem::new(Code::BadParameter, format!("name: give from 1 to {NAMES} names")));
    }
    let rejected = app.view().await?.rejections.clone();
    let found = app.lists.screen(names, rejected).await?;
    json(&Page { items: found.iter().map(row).collect(), next: None })
}
