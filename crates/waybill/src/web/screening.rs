//! Screening: a name against the installed sanctions lists, with the reasons for each match.

use axum::extract::{Extension, State};
use axum::response::Html;
use link::deals::Deal;
use maud::{Markup, html};

use super::layout::{field, page};
use super::text::{cut, said};
use crate::api::ask::filled;
use crate::law::Rejections;
use crate::serve::{App, Asked, Caller, Code, Problem, Screened, Shared, View, reasons};

/// Most matches of a name that are shown.
const MOST: usize = 10;

/// Whom to screen.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    name: Option<String>,
}

/// Shows the form, and who a name may be.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let name = filled(&wanted.name).unwrap_or("").to_owned();
    let view = app.view().await?;
    let found = if name.is_empty() {
        html! {}
    } else {
        found(&app, &view, vec![name.clone()]).await?
    };
    let main = html! {
        h1 { "Screening" }
        form.filters action="/screening" role="search" aria-label="Name" {
            (field("Name", "name", &name, "text"))
            button { "Screen" }
        }
        p.small { "Against the sanctions lists that are installed on this server. A match is a question, not an answer." }
        (found)
    };
    Ok(page(Some(&caller), "Screening", "/screening", &main))
}

/// The parties of a deal that a list may name, screened.
pub(super) async fn of_deal(app: &App, view: &View, deal: &Deal) -> Result<Markup, Problem> {
    let names = crate::law::parties(deal);
    if names.is_empty() {
        return Ok(
            html! { p.none { "Its parties are states; lists name persons, firms, bodies and ships." } },
        );
    }
    found(app, view, names).await
}

async fn found(app: &App, view: &View, names: Vec<String>) -> Result<Markup, Problem> {
    let rejected = Rejections::of(view.judgements.clone());
    match app.lists.screen(names, rejected).await {
        Ok(all) => Ok(html! { @for one in &all { (hits(one)) } }),
        Err(problem) if problem.code == Code::NotReady => Ok(html! { p.none { (problem.detail) } }),
        Err(problem) => Err(problem),
    }
}

fn hits(screened: &Screened) -> Markup {
    html! {
        h3 { (said(&cut(&screened.name, 120))) }
        @if screened.hits.is_empty() { p.none { "No entry is near." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Matches" {
                table {
                    thead { tr { th.number scope="col" { "Score" } th scope="col" { "Entry" } th scope="col" { "List" } th scope="col" { "Why" } } }
                    tbody {
                        @for (hit, rejected) in screened.hits.iter().take(MOST) {
                            tr {
                                td.number { (format!("{:.2}", hit.score)) }
                                th scope="row" { (said(&hit.title)) @if hit.name != hit.title { div.small { "as " (said(&hit.name)) } } }
                                td { (said(&hit.list)) " " code { (hit.entry) } @if *rejected { " (judged to be someone else)" } }
                                td.small { (said(&reasons(hit).join("; "))) }
                            }
                        }
                    }
                }
            }
        }
    }
}
