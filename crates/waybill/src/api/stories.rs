//! `/api/v1/stories`: the documents about one developing matter.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use link::stories::Story;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Format, Page, Paging, json, linked, wants_csv};
use crate::serve::{Asked, Named, Problem, ProblemBody, Shared, View, csv};

/// Which storylines are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct StoryQuery {
    /// Only storylines of at least so many documents; 2 where this is not given.
    least: Option<usize>,
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// The cursor of the page before.
    after: Option<String>,
    /// `json` or `csv`; else as `Accept` says.
    #[param(inline)]
    format: Option<Format>,
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
    fn new(view: &View, story: &'a Story) -> Self {
        let (first, last) = view.story_days(story);
        StoryRow { id: &story.id, first, last, docs: &story.docs }
    }
}

/// List storylines, by first day.
#[utoipa::path(get, path = "/api/v1/stories", tag = "stories", params(StoryQuery), responses(
    (status = 200, description = "A page of storylines.", body = Page<StoryRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<StoryQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let view = app.view().await?;
    let least = query.least.unwrap_or(2);
    let paging = Paging::new(query.limit, &query.after)?;
    let wanted = view.stories.iter().filter(|story| story.docs.len() >= least);
    let (items, next) = paging.cut(wanted, |story| &story.id)?;
    let items: Vec<StoryRow<'_>> = items.into_iter().map(|story| StoryRow::new(&view, story)).collect();
    if wants_csv(query.format, &headers) {
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
    let story = view.story(&id).ok_or_else(|| Problem::not_found("storyline", &id))?;
    json(&StoryRow::new(&view, story))
}
