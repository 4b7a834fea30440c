//! `/api/v1/claims`: one proposition, asserted by one source, about one event.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use ledger::{ClaimFilter, Moment};
use serde::Deserialize;
use utoipa::IntoParams;

use super::ask::{Format, Page, Paging, all_filled, day, filled, json, linked, wants_csv, words};
use crate::rows::{CSV_HEAD, ClaimRow, csv_row};
use crate::serve::{Asked, Code, Named, Problem, ProblemBody, Shared, csv};

/// Which claims are wanted: all that is given must fit; of what is repeated, one suffices.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClaimQuery {
    /// `transfer`, `measure`, `violation`, `contact` or `shortage`; repeated or separated by commas.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Supplier: a state's three-letter code, or a name.
    #[serde(default)]
    pub supplier: Vec<String>,
    /// Recipient: a state's three-letter code, or a name.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// An actor in any slot.
    #[serde(default)]
    pub actor: Vec<String>,
    /// Category of goods, such as `ammunition`.
    #[serde(default)]
    pub goods: Vec<String>,
    /// Stage of a transfer, such as `agreed`.
    #[serde(default)]
    pub stage: Vec<String>,
    /// How sure the source is, such as `denied`.
    #[serde(default)]
    pub factuality: Vec<String>,
    /// Words of the speaker's name or affiliation.
    pub speaker: Option<String>,
    /// Published on this day or later.
    pub since: Option<String>,
    /// Published on this day or earlier.
    pub until: Option<String>,
    /// Of one document: its identifier, name or address.
    pub doc: Option<String>,
    /// The ledger as it stood on this day by publication.
    pub as_of: Option<String>,
    /// The ledger as it was known on this day by ingestion.
    pub known_on: Option<String>,
    /// Also claims of versions of a text that a newer one has replaced.
    #[serde(default)]
    pub all_versions: bool,
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<usize>,
    /// The cursor of the page before.
    pub after: Option<String>,
    /// `json` or `csv`; else as `Accept` says.
    #[param(inline)]
    pub format: Option<Format>,
}

impl ClaimQuery {
    /// The filter for the ledger, with the page in it.
    ///
    /// # Errors
    /// Where a word or a day is unknown.
    pub fn filter(&self) -> Result<ClaimFilter, Problem> {
        let paging = Paging::new(self.limit, &self.after)?;
        Ok(ClaimFilter {
            kinds: words("kind", &self.kind)?,
            suppliers: all_filled(&self.supplier),
            recipients: all_filled(&self.recipient),
            actors: all_filled(&self.actor),
            goods: words("goods", &self.goods)?,
            stages: words("stage", &self.stage)?,
            factualities: words("factuality", &self.factuality)?,
            speaker: filled(&self.speaker).map(str::to_owned),
            since: day("since", &self.since)?,
            until: day("until", &self.until)?,
            doc: filled(&self.doc).map(str::to_owned),
            moment: Moment {
                published: day("as_of", &self.as_of)?,
                ingested: day("known_on", &self.known_on)?,
            },
            all_versions: self.all_versions,
            after: paging.after,
            limit: Some(paging.limit),
        })
    }
}

/// List claims, by day of publication, document and place in the text.
#[utoipa::path(get, path = "/api/v1/claims", tag = "claims", params(ClaimQuery), responses(
    (status = 200, description = "A page of claims.", content((Page<ClaimRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<ClaimQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut filter = query.filter()?;
    let as_csv = wants_csv(query.format, &headers);
    app.pool
        .read(move |ledger| {
            if let Some(after) = &filter.after
                && ledger.claim(after)?.is_none_or(|claim| claim.id != *after)
            {
                let words = format!("after: there is no claim {after:?}: begin again without it");
                return Err(Problem::new(Code::BadCursor, words));
            }
            let limit = filter.limit.unwrap_or(usize::MAX);
            // One more tells whether there is a next page.
            filter.limit = filter.limit.map(|limit| limit + 1);
            let mut found = Vec::new();
            ledger.claims(&filter, &mut |claim| {
                found.push(claim);
                ControlFlow::Continue(())
            })?;
            let more = found.len() > limit;
            found.truncate(limit);
            let next = found.last().filter(|_| more).map(|claim| claim.id.clone());
            let response = if as_csv {
                csv(&CSV_HEAD, found.iter().map(csv_row))?
            } else {
                json(&Page { items: found.iter().map(ClaimRow::from).collect(), next: next.clone() })?
            };
            Ok(linked(response, next.as_deref()))
        })
        .await
}

/// Show one claim.
#[utoipa::path(get, path = "/api/v1/claims/{id}", tag = "claims",
    params(("id" = String, Path, description = "Identifier, or its beginning.")), responses(
    (status = 200, description = "The claim.", body = ClaimRow),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    app.pool
        .read(move |ledger| {
            let claim = ledger.claim(&id)?.ok_or_else(|| Problem::not_found("claim", &id))?;
            json(&ClaimRow::from(&claim))
        })
        .await
}
