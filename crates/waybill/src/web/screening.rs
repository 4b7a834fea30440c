//! Screening: a name against the installed sanctions lists, with the reasons for each match.

use axum::extract::{Extension, State};
use axum::response::Html;
use link::deals::Deal;
use link::screening::Hit;
use maud::{Markup, html};

use super::layout::{button, field, page};
use super::text::{cut, encoded, said};
use crate::api::ask::filled;
use crate::law::listing;
use crate::serve::{App, Asked, Caller, Code, Problem, Role, Screened, Shared, View, reasons};

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
    let back = format!("/screening?name={}", encoded(&name));
    let found = if name.is_empty() {
        html! {}
    } else {
        found(&app, &view, vec![name.clone()], Judging { caller: &caller, back: &back }).await?
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
pub(super) async fn of_deal(app: &App, view: &View, deal: &Deal, caller: &Caller) -> Result<Markup, Problem> {
    let names = crate::law::parties(deal);
    if names.is_empty() {
        return Ok(
            html! { p.none { "Its parties are states; lists name persons, firms, bodies and ships." } },
        );
    }
    let back = format!("/deals/{}", deal.id);
    found(app, view, names, Judging { caller, back: &back }).await
}

/// Who may judge the matches, and where that leads back to.
#[derive(Clone, Copy)]
struct Judging<'a> {
    caller: &'a Caller,
    back: &'a str,
}

async fn found(app: &App, view: &View, names: Vec<String>, by: Judging<'_>) -> Result<Markup, Problem> {
    let rejected = view.rejections.clone();
    match app.lists.screen(names, rejected).await {
        Ok(all) => Ok(html! { @for one in &all { (hits(one, by)) } }),
        Err(problem) if problem.code == Code::NoLists => Ok(html! { p.none { (problem.detail) } }),
        Err(problem) => Err(problem),
    }
}

fn hits(screened: &Screened, by: Judging<'_>) -> Markup {
    let judges = by.caller.role >= Role::Analyst;
    html! {
        h3 { (said(&cut(&screened.name, 120))) }
        @if screened.hits.is_empty() { p.none { "No entry is near." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Matches" {
                table {
                    thead { tr { th.number scope="col" { "Score" } th scope="col" { "Entry" } th scope="col" { "List" } th scope="col" { "Why" } @if judges { th scope="col" { "Judge" } } } }
                    tbody {
                        @for (hit, rejected) in screened.hits.iter().take(MOST) {
                            tr {
                                td.number { (format!("{:.2}", hit.score)) }
                                th scope="row" { (said(&hit.title)) @if hit.name != hit.title { div.small { "as " (said(&hit.name)) } } }
                                td { (said(&hit.list)) " " code { (hit.entry) } @if *rejected { " (judged to be someone else)" } }
                                td.small { (said(&reasons(hit).join("; "))) }
                                @if judges { td { (judge(hit, *rejected, &screened.name, by)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A button that says that a match is someone else, or takes that back.
fn judge(hit: &Hit, rejected: bool, name: &str, by: Judging<'_>) -> Markup {
    let subject = listing(&hit.list, &hit.entry, name);
    let (verdict, label) = if rejected { ("undo", "Undo") } else { ("reject", "Someone else") };
    button(by.caller, &subject, verdict, by.back, label)
}
