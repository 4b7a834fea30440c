//! `/api/v1/deals`: what all documents say of one supplier, one recipient and one class of goods.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use link::deals::{Deal, Event, Flags, SourceState, Value};
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::{DealQuery, Page, Paging, json, linked, wants_csv};
use super::schema;
use crate::serve::{Asked, Named, Problem, ProblemBody, Shared};

/// A deal at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DealRow<'a> {
    id: &'a str,
    supplier: Option<&'a str>,
    recipient: Option<&'a str>,
    #[schema(schema_with = schema::category)]
    category: model::Category,
    /// First and last day of publication of what is said.
    days: [Option<&'a str>; 2],
    #[schema(schema_with = schema::deal_stage)]
    stage: model::Stage,
    #[schema(schema_with = schema::factuality)]
    factuality: model::Factuality,
    flags: FlagsRow,
    docs: &'a [String],
    independent_sources: usize,
    /// `accepted` or `rejected`, where a person judged.
    verdict: Option<&'static str>,
}

/// What to know before believing a deal.
#[derive(Debug, Serialize, ToSchema)]
struct FlagsRow {
    contested: bool,
    retracted: bool,
    no_evidence: bool,
    conditional_only: bool,
}

impl<'a> From<&'a Deal> for DealRow<'a> {
    fn from(deal: &'a Deal) -> Self {
        let Flags { contested, retracted, no_evidence, conditional_only } = deal.flags;
        DealRow {
            id: &deal.id,
            supplier: deal.supplier.as_deref(),
            recipient: deal.recipient.as_deref(),
            category: deal.category,
            days: [deal.days.0.as_deref(), deal.days.1.as_deref()],
            stage: deal.stage,
            factuality: deal.factuality,
            flags: FlagsRow { contested, retracted, no_evidence, conditional_only },
            docs: &deal.docs,
            independent_sources: deal.independent_sources(),
            verdict: deal.verdict.map(|verdict| match verdict {
                link::judgements::Verdict::Accepted => "accepted",
                link::judgements::Verdict::Rejected => "rejected",
            }),
        }
    }
}

/// A deal with everything that is said of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DealBody<'a> {
    #[serde(flatten)]
    head: DealRow<'a>,
    states: Vec<StateRow<'a>>,
    history: Vec<EventRow<'a>>,
    /// All values of each slot, with who gives them.
    slots: BTreeMap<&'a str, Vec<ValueRow<'a>>>,
    aliases: &'a [String],
}

/// What one source holds, by what it said last.
#[derive(Debug, Serialize, ToSchema)]
struct StateRow<'a> {
    source: &'a str,
    #[schema(schema_with = schema::deal_stage)]
    stage: model::Stage,
    #[schema(schema_with = schema::factuality)]
    factuality: model::Factuality,
    day: Option<&'a str>,
    docs: &'a [String],
}

/// One thing said.
#[derive(Debug, Serialize, ToSchema)]
struct EventRow<'a> {
    day: Option<&'a str>,
    source: &'a str,
    #[schema(schema_with = schema::deal_stage)]
    stage: model::Stage,
    #[schema(schema_with = schema::factuality)]
    factuality: model::Factuality,
    claim: &'a str,
    doc: &'a str,
    words: &'a str,
    withdrawn: bool,
}

/// A value of a slot, with everyone who gives it.
#[derive(Debug, Serialize, ToSchema)]
struct ValueRow<'a> {
    value: &'a str,
    sources: &'a [String],
    claims: &'a [String],
}

fn state(state: &SourceState) -> StateRow<'_> {
    let SourceState { source, stage, factuality, day, docs } = state;
    StateRow { source, stage: *stage, factuality: *factuality, day: day.as_deref(), docs }
}

fn event(event: &Event) -> EventRow<'_> {
    let Event { day, source, stage, factuality, claim, doc, words, withdrawn } = event;
    EventRow {
        day: day.as_deref(),
        source,
        stage: *stage,
        factuality: *factuality,
        claim,
        doc,
        words,
        withdrawn: *withdrawn,
    }
}

fn value(value: &Value) -> ValueRow<'_> {
    ValueRow { value: &value.value, sources: &value.sources, claims: &value.claims }
}

impl<'a> From<&'a Deal> for DealBody<'a> {
    fn from(deal: &'a Deal) -> Self {
        DealBody {
            head: DealRow::from(deal),
            states: deal.states.iter().map(state).collect(),
            history: deal.history.iter().map(event).collect(),
            slots: deal
                .slots
                .iter()
                .map(|(slot, all)| (slot.as_str(), all.iter().map(value).collect()))
                .collect(),
            aliases: &deal.aliases,
        }
    }
}

/// List deals, by first day.
#[utoipa::path(get, path = "/api/v1/deals", tag = "deals", params(DealQuery), responses(
    (status = 200, description = "A page of deals.", content((Page<DealRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Asked(query): Asked<DealQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let filter = query.filter()?;
    let paging = Paging::new(query.limit, &query.after)?;
    let deals = app.deals_at(filter.moment.clone()).await?;
    let view = app.view().await?;
    // Of the deals as they are now the place is known; those of a past day are looked through for it.
    let place = |after: &str| match Arc::ptr_eq(&deals, &view.deals) {
        true => view.deal_place(after),
        false => deals.iter().position(|deal| deal.id == after),
    };
    let first = paging.place(place)?.map_or(0, |last| last + 1);
    let (items, next) = paging.fill(deals[first..].iter().filter(|deal| filter.fits(deal)), |deal| &deal.id);
    if wants_csv(query.format, &headers) {
        let items: Vec<Deal> = items.into_iter().cloned().collect();
        let table = link::exports::register(&items);
        let table = table.map_err(|_| Problem::internal("the table could not be written"))?;
        let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
        return Ok(linked(([(header::CONTENT_TYPE, kind)], table).into_response(), next.as_deref()));
    }
    let items: Vec<DealRow<'_>> = items.into_iter().map(DealRow::from).collect();
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// Show one deal with its history and all values.
#[utoipa::path(get, path = "/api/v1/deals/{id}", tag = "deals",
    params(("id" = String, Path, description = "Identifier, one it had, or the beginning of one.")), responses(
    (status = 200, description = "The deal.", body = DealBody),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    json(&DealBody::from(deal))
}
