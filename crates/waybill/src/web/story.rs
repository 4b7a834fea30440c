//! Storylines: the documents about one developing matter.

use axum::extract::{Extension, State};
use axum::response::Html;
use maud::{Markup, html};

use super::layout::page;
use super::text::{count, cut, day, encoded, said};
use crate::api::ask::Paging;
use crate::serve::{Asked, Caller, Named, Problem, Shared, View};

/// Which page of the list.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    after: Option<String>,
}

/// Shows the storylines of two documents and more, the newest first.
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let paging = Paging::new(Some(100), &wanted.after)?;
    let told = view.told();
    let end = paging.place(|after| told.place(after))?.unwrap_or(told.all.len());
    let all = told.all[..end].iter().rev().filter(|story| story.docs.len() > 1);
    let (stories, next) = paging.fill(all, |story| &story.id);
    let main = html! {
        h1 { "Storylines" }
        @if told.waiting > 0 { p.small { (count(told.waiting, "document")) " are still to be put to a storyline." } }
        @if stories.is_empty() { p.none { "No two documents tell of one matter." } }
        ul.stories {
            @for story in stories {
                @let (first, last) = told.days(story);
                li {
                    a href={ "/stories/" (story.id) } { (heading(&view, story.docs.first())) }
                    div.small {
                        (count(story.docs.len(), "document")) ", " (day(first.as_deref())) " – " (day(last.as_deref()))
                    }
                }
            }
        }
        @if let Some(next) = next { p { a rel="next" href={ "/stories?after=" (next) } { "Earlier storylines" } } }
    };
    Ok(page(Some(&caller), "Storylines", "/stories", &main))
}

fn heading(view: &View, doc: Option<&String>) -> Markup {
    let title = doc.and_then(|doc| view.doc(doc)).and_then(|head| head.title.as_deref());
    said(&cut(title.or(doc.map(String::as_str)).unwrap_or("?"), 140))
}

/// Shows one storyline.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let told = view.told();
    let story = told.get(&id).ok_or_else(|| Problem::not_found("storyline", &id))?;
    let main = html! {
        h1 { "Storyline: " (heading(&view, story.docs.first())) }
        div.scroll tabindex="0" role="region" aria-label="Documents" {
            table {
                thead { tr { th scope="col" { "Day" } th scope="col" { "Title" } th scope="col" { "Publisher" } th.number scope="col" { "Claims" } } }
                tbody {
                    @for doc in &story.docs {
                        @let head = view.doc(doc);
                        tr {
                            td.day { (day(head.and_then(|h| h.published.as_deref()))) }
                            th scope="row" { a href={ "/documents/" (encoded(doc)) } { (heading(&view, Some(doc))) } }
                            td { (said(&cut(head.and_then(|h| h.publisher.as_deref()).unwrap_or(""), 60))) }
                            td.number { (head.map_or(0, |h| h.claims)) }
                        }
                    }
                }
            }
        }
    };
    Ok(page(Some(&caller), "Storyline", "/stories", &main))
}
