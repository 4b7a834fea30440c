//! `/api/v1/stories`: the documents about one developing matter.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use link::stories::Story;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Listed, Page, PageQuery, json, linked, wants_csv};
use crate::serve::{Named, Problem, ProblemBody, Shared, Storylines, csv};

/// Which storylines are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct StoryQuery {
    /// Only storylines of at least so many documents; 2 where this is not given.
    least: Option<usize>,
}

/// A storyline.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StoryRow<'a> {
    id: &'a str,
    /// The first day of publication among its documents; null where none is known.
    first: Option<String>,
    /// The last one.
    last: Option<String>,
    docs: &'a [String],
}

impl<'a> StoryRow<'a> {
    fn new(told: &Storylines, story: &'a Story) -> Self {
        let (first, last) = told.days(story);
        StoryRow { id: &story.id, first, last, docs: &story.docs }
    }
}

/// List storylines, by first day.
#[utoipa::path(get, path = "/api/v1/stories", tag = "stories", params(StoryQuery, PageQuery), responses(
    (status = 200, description = "A page of storylines.", content((Page<StoryRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Listed { query, paging, format }: Listed<StoryQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let told = app.view().await?.told();
    let least = query.least.unwrap_or(2);
    let first = paging.place(|after| told.place(after))?.map_or(0, |last| last + 1);
    let wanted = told.all[first..].iter().filter(|story| story.docs.len() >= least);
    let (items, next) = paging.fill(wanted, |story| &story.id);
    let items: Vec<StoryRow<'_>> = items.into_iter().map(|story| StoryRow::new(&told, story)).collect();
    if wants_csv(format, &headers) {
        let row = |s: &StoryRow<'_>| {
            [
                s.id.to_owned(),
                s.first.clone().unwrap_or_default(),
                s.last.clone().unwrap_or_default(),
                s.docs.join("; "),
            ]
        };
        return Ok(linked(csv(&["id", "first", "last", "docs"], items.iter().map(row))?, next.as_deref()));
    }
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// Show one storyline.
#[utoipa::path(get, path = "/api/v1/stories/{id}", tag = "stories",
    params(("id" = String, Path, description = "Identifier, or its beginning.")), responses(
    (status = 200, description = "The storyline.", body = StoryRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let told = view.told();
    let story = told.get(&id).ok_or_else(|| Problem::not_found("storyline", &id))?;
    json(&StoryRow::new(&told, story))
}
