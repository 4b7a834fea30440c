//! `/api/v1/actors`: states, bodies, firms and persons that claims name.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Listed, Page, PageQuery, filled, json, linked, wants_csv};
use crate::serve::{ActorHead, Named, Problem, ProblemBody, Shared, csv};

/// Which actors are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ActorQuery {
    /// Letters of the name.
    name: Option<String>,
}

/// An actor.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ActorRow<'a> {
    /// A state's ISO 3166-1 alpha-3 code, or the name in its fullest form.
    id: &'a str,
    /// Claims that name it.
    claims: usize,
    /// Of these, how many in which slot; `speaker` is who says so.
    slots: &'a BTreeMap<&'static str, usize>,
}

impl<'a> From<&'a ActorHead> for ActorRow<'a> {
    fn from(actor: &'a ActorHead) -> Self {
        ActorRow { id: &actor.id, claims: actor.claims, slots: &actor.slots }
    }
}

/// List actors, those with the most claims first.
#[utoipa::path(get, path = "/api/v1/actors", tag = "actors", params(ActorQuery, PageQuery), responses(
    (status = 200, description = "A page of actors.", content((Page<ActorRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Listed { query, paging, format }: Listed<ActorQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let view = app.view().await?;
    let name = filled(&query.name).map(str::to_lowercase);
    let wanted = |actor: &&ActorHead| name.as_ref().is_none_or(|name| actor.id.to_lowercase().contains(name));
    let (items, next) = paging.cut(view.actors.iter().filter(wanted), |actor| &actor.id)?;
    if wants_csv(format, &headers) {
        let slots = |a: &ActorHead| a.slots.iter().map(|(slot, n)| format!("{slot} {n}")).collect::<Vec<_>>();
        let row = |a: &ActorHead| [a.id.clone(), a.claims.to_string(), slots(a).join("; ")];
        return Ok(linked(csv(&["id", "claims", "slots"], items.into_iter().map(row))?, next.as_deref()));
    }
    let items: Vec<ActorRow<'_>> = items.into_iter().map(ActorRow::from).collect();
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// Show one actor.
#[utoipa::path(get, path = "/api/v1/actors/{id}", tag = "actors",
    params(("id" = String, Path, description = "A state's code, or the name, in any case of letters.")), responses(
    (status = 200, description = "The actor.", body = ActorRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let actor = view.actor(&id).ok_or_else(|| Problem::not_found("actor", &id))?;
    json(&ActorRow::from(actor))
}
