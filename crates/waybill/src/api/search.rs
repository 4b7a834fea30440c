//! `/api/v1/search`: words in documents and claims.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ask::{Page, Paging, filled, json};
use crate::rows::FoundRow;
use crate::serve::{Asked, Code, Problem, ProblemBody, Shared};

/// What is sought.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// Words (all must occur), "a phrase", beginning*, OR, NOT.
    #[param(required = true)]
    q: Option<String>,
    /// At most so many documents, and as many claims; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// Find documents and claims in which words occur: documents first, each kind best first.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchQuery), responses(
    (status = 200, description = "What was found; there is one page.", body = Page<FoundRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Response, Problem> {
    let limit = Paging::new(query.limit, &None)?.limit;
    let q = filled(&query.q)
        .ok_or_else(|| Problem::new(Code::BadQuery, "q: give words to search for"))?
        .to_owned();
    app.pool
        .read(move |ledger| {
            let found = ledger.search(&q, limit)?;
            json(&Page { items: found.iter().map(FoundRow::from).collect(), next: None })
        })
        .await
}
