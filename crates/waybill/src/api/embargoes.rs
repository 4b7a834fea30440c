//! `/api/v1/embargoes`: the register of arms embargoes, and what of it a deal touches.

use std::sync::LazyLock;

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use link::deals::Deal;
use link::embargo::{AsOf, Embargo, Provision, Register, Touch, Transfer, assess};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Page, Paging, day, filled, json, linked};
use crate::serve::{Asked, Named, Problem, ProblemBody, Shared};

/// The register that is built in.
static REGISTER: LazyLock<Result<Register, String>> =
    LazyLock::new(|| Register::bundled().map_err(|error| error.to_string()));

/// The register of embargoes.
///
/// # Errors
/// Where the files that were built in are wrong; a test of `link` holds that they are not.
pub fn register() -> Result<&'static Register, Problem> {
    REGISTER.as_ref().map_err(|_| Problem::internal("the register of embargoes cannot be read"))
}

/// What a deal touches, on each day on which something was said of it; each paragraph once.
///
/// # Errors
/// Where the register cannot be read.
pub fn touches(deal: &Deal) -> Result<Vec<Touch>, Problem> {
    let register = register()?;
    let parties = |side: &Option<String>| side.iter().cloned().collect::<Vec<_>>();
    let (suppliers, recipients) = (parties(&deal.supplier), parties(&deal.recipient));
    let via: Vec<String> =
        deal.slots.get("via").into_iter().flatten().map(|value| value.value.clone()).collect();
    let mut days: Vec<Date> =
        deal.history.iter().filter_map(|event| model::parse_date(event.day.as_deref()?)).collect();
    days.sort_unstable();
    days.dedup();
    let mut found: Vec<Touch> = Vec::new();
    for day in days {
        let transfer = Transfer {
            suppliers: &suppliers,
            recipients: &recipients,
            via: &via,
            goods: &[deal.category],
            stage: Some(deal.stage),
            as_of: AsOf::Claim(day),
        };
        for touch in assess(register, &transfer) {
            let same = |t: &Touch| {
                (&t.embargo, &t.paragraph, &t.why) == (&touch.embargo, &touch.paragraph, &touch.why)
            };
            if !found.iter().any(same) {
                found.push(touch);
            }
        }
    }
    Ok(found)
}

/// Which embargoes are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EmbargoQuery {
    /// Against this state (three-letter code) or group.
    target: Option<String>,
    /// In force on this day.
    on: Option<String>,
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// The cursor of the page before.
    after: Option<String>,
}

/// An embargo.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EmbargoRow<'a> {
    id: &'a str,
    by: &'a str,
    name: &'a str,
    provisions: Vec<ProvisionRow<'a>>,
}

/// What an embargo bars, from when to when, by which paragraph.
#[derive(Debug, Serialize, ToSchema)]
struct ProvisionRow<'a> {
    instrument: &'a str,
    paragraph: &'a str,
    why: &'a str,
    binding: bool,
    /// States that it is aimed at, or lies in.
    states: Vec<&'a str>,
    groups: &'a [String],
    goods: Vec<&'static str>,
    start: String,
    end: Option<String>,
    exemptions: Option<&'a str>,
    source: &'a str,
}

fn provision(p: &Provision) -> ProvisionRow<'_> {
    ProvisionRow {
        instrument: &p.instrument,
        paragraph: &p.paragraph,
        why: &p.why,
        binding: p.binding,
        states: p.target.states(),
        groups: p.target.groups(),
        goods: p.goods.iter().map(|goods| goods.as_str()).collect(),
        start: p.period.start.to_string(),
        end: p.period.end.map(|end| end.to_string()),
        exemptions: p.exemptions.as_deref(),
        source: &p.source,
    }
}

/// The embargoes against a target, in force on a day; of each, the provisions that are.
///
/// # Errors
/// Where the register cannot be read, or the day is none.
pub fn in_force(
    target: &Option<String>,
    on: &Option<String>,
) -> Result<Vec<(&'static Embargo, Vec<&'static Provision>)>, Problem> {
    let on = day("on", on)?.and_then(|day| model::parse_date(&day));
    Ok(register()?.in_force(on, filled(target)))
}

/// List embargoes, in the register's order.
#[utoipa::path(get, path = "/api/v1/embargoes", tag = "embargoes", params(EmbargoQuery), responses(
    (status = 200, description = "A page of embargoes.", body = Page<EmbargoRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(Asked(query): Asked<EmbargoQuery>) -> Result<Response, Problem> {
    let paging = Paging::new(query.limit, &query.after)?;
    let found = in_force(&query.target, &query.on)?;
    let (items, next) = paging.cut(found.iter(), |(embargo, _)| &embargo.id)?;
    let row = |(e, provisions): &(&'static Embargo, Vec<&'static Provision>)| EmbargoRow {
        id: &e.id,
        by: &e.by,
        name: &e.name,
        provisions: provisions.iter().map(|p| provision(p)).collect(),
    };
    let items = items.into_iter().map(row).collect();
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// A measure that a deal touches.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TouchRow<'a> {
    embargo: &'a str,
    by: &'a str,
    instrument: &'a str,
    paragraph: &'a str,
    binding: bool,
    why: &'a str,
    exemptions: Option<&'a str>,
    doubts: &'a [String],
    certainty: Option<&'a str>,
    /// The day for which this was looked up.
    day: String,
}

/// List the measures that a deal touches, as of the days of its claims; whether it breaks one is for lawyers.
#[utoipa::path(get, path = "/api/v1/deals/{id}/embargoes", tag = "embargoes",
    params(("id" = String, Path, description = "The deal's identifier.")), responses(
    (status = 200, description = "The measures.", body = Page<TouchRow>),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn touched(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    let found = touches(deal)?;
    json(&Page { items: found.iter().map(touch_row).collect(), next: None })
}

fn touch_row(t: &Touch) -> TouchRow<'_> {
    TouchRow {
        embargo: &t.embargo,
        by: &t.by,
        instrument: &t.instrument,
        paragraph: &t.paragraph,
        binding: t.binding,
        why: &t.why,
        exemptions: t.exemptions.as_deref(),
        doubts: &t.doubts,
        certainty: t.certainty.as_deref(),
        day: t.as_of.day().to_string(),
    }
}
