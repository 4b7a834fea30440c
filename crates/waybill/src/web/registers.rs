//! The register of embargoes, and the sources that the ledger rests on.

use std::collections::BTreeMap;

use axum::extract::{Extension, State};
use axum::response::Html;
use link::embargo::{Embargo, Provision};
use maud::{Markup, html};

use super::layout::{field, page};
use super::text::{actor, count, cut, day, said, word};
use crate::api::ask::filled;
use crate::api::embargoes::in_force;
use crate::serve::{Asked, Caller, Problem, Shared};

/// Which embargoes are shown.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    target: Option<String>,
    on: Option<String>,
}

/// Shows the register.
pub(super) async fn embargoes(
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let found = in_force(&wanted.target, &wanted.on)?;
    let main = html! {
        h1 { "Embargoes" }
        form.filters action="/embargoes" role="search" aria-label="Filters" {
            (field("Target (state’s code or group)", "target", filled(&wanted.target).unwrap_or(""), "text"))
            (field("In force on", "on", filled(&wanted.on).unwrap_or(""), "date"))
            button { "Show" }
        }
        p { (count(found.len(), "embargo").replace("embargos", "embargoes")) "." }
        @for (embargo, provisions) in &found { (one(embargo, provisions)) }
    };
    Ok(page(Some(&caller), "Embargoes", "/embargoes", &main))
}

fn one(embargo: &Embargo, provisions: &[&Provision]) -> Markup {
    html! {
        details.embargo id=(embargo.id) {
            summary { strong { (embargo.by) } " on " (embargo.name) " (" (count(provisions.len(), "provision")) ")" }
            ul {
                @for p in provisions {
                    li {
                        (p.instrument) ", " (p.paragraph) ": " (p.why) ". "
                        span.small {
                            (day(Some(&p.period.start.to_string()))) " – "
                            @match p.period.end { Some(end) => (day(Some(&end.to_string()))), None => "in force" }
                            @if !p.binding { "; calls upon, does not bind" }
                            "; " @for state in p.target.states() { (actor(Some(state))) " " }
                        }
                        @if let Some(exemptions) = &p.exemptions { div.small { "Does not cover: " (exemptions) } }
                    }
                }
            }
        }
    }
}

/// Shows who publishes what the ledger rests on, and who speaks in it.
pub(super) async fn sources(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let mut publishers: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for head in &view.docs {
        let entry = publishers.entry(head.publisher.as_deref().unwrap_or("unknown")).or_default();
        entry.0 += 1;
        entry.1 += head.claims;
    }
    let mut publishers: Vec<_> = publishers.into_iter().collect();
    publishers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut speakers: Vec<_> =
        view.actors.iter().filter_map(|a| a.slots.get("speaker").map(|n| (a.id.as_str(), *n))).collect();
    speakers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    view.docs.iter().for_each(|head| *outcomes.entry(head.outcome.as_str()).or_default() += 1);
    let main = html! {
        h1 { "Sources" }
        p { @for (n, (outcome, times)) in outcomes.iter().enumerate() { @if n > 0 { ", " } (count(*times, "document")) " " (word(outcome)) } "." }
        div.columns {
            section.card {
                h2 { "Publishers" }
                table {
                    thead { tr { th scope="col" { "Publisher" } th.number scope="col" { "Documents" } th.number scope="col" { "Claims" } } }
                    tbody { @for (name, (documents, claims)) in publishers.iter().take(100) {
                        tr { th scope="row" { (said(&cut(name, 80))) } td.number { (documents) } td.number { (claims) } }
                    } }
                }
            }
            section.card {
                h2 { "Speakers" }
                table {
                    thead { tr { th scope="col" { "Speaker" } th.number scope="col" { "Claims" } } }
                    tbody { @for (name, claims) in speakers.iter().take(100) {
                        tr { th scope="row" { (actor(Some(name))) } td.number { (claims) } }
                    } }
                }
            }
        }
    };
    Ok(page(Some(&caller), "Sources", "/sources", &main))
}
