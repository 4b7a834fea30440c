//! One actor: where it is named, and its deals as supplier and as recipient.

use axum::extract::{Extension, State};
use axum::response::Html;
use link::deals::Deal;
use maud::html;

use super::layout::{mark, page};
use super::overview::table;
use super::text::{count, cut, encoded, label, said, visible, word};
use crate::serve::{Caller, Named, Problem, Role, Shared};

/// Most deals of a list.
const MOST: usize = 200;

/// Shows one actor.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let is = |actor: &Option<String>| actor.as_ref().is_some_and(|actor| actor.eq_ignore_ascii_case(&id));
    let of = |side: fn(&Deal) -> &Option<String>| -> Vec<&Deal> {
        view.deals_of_actor(&id).filter(|deal| is(side(deal))).take(MOST).collect()
    };
    let (supplies, receives) = (of(|deal| &deal.supplier), of(|deal| &deal.recipient));
    let head = view.actor(&id);
    // A merged actor's name may stand in deals only.
    if head.is_none() && supplies.is_empty() && receives.is_empty() {
        return Err(Problem::not_found("actor", &id));
    }
    let name = head.map_or(id.as_str(), |head| head.id.as_str());
    let main = html! {
        h1 { (said(&cut(label(name), 200))) @if label(name) != name { " " span.small { (name) } } }
        @if let Some(head) = head {
            p { "Named in " (count(head.claims, "claim")) ": "
                @for (n, (slot, times)) in head.slots.iter().enumerate() { @if n > 0 { ", " } (word(slot)) " in " (times) } "." }
        }
        p { a href={ "/search?q=" (encoded(&format!("\"{}\"", label(name)))) } { "Search for the name" } }
        @if caller.role >= Role::Analyst {
            details.judging {
                summary { "Merge with, or split from, another name" }
                @for verdict in ["merge", "split"] {
                    form.inline method="post" action="/judgements" {
                        (mark(&caller))
                        input type="hidden" name="subject" value=(name);
                        input type="hidden" name="verdict" value=(verdict);
                        input type="hidden" name="back" value={ "/actors/" (encoded(name)) };
                        label { span { (if verdict == "merge" { "Is one with" } else { "Is not" }) } input name="with" required autocomplete="off"; }
                        button { (if verdict == "merge" { "Merge" } else { "Split" }) }
                    }
                }
            }
        }
        section aria-labelledby="supplies" { h2 id="supplies" { "As supplier" } (table(&supplies)) }
        section aria-labelledby="receives" { h2 id="receives" { "As recipient" } (table(&receives)) }
    };
    Ok(page(Some(&caller), &visible(&cut(label(name), 80)), "", &main))
}
