//! The pages, rendered here: good without script, better with the little that `assets/page.js` adds.
//!
//! One file a page; `text` shows what articles and people wrote, and nothing of it is ever markup.

mod actor;
mod assets;
mod brief;
mod deal;
mod differences;
mod docs;
mod document;
mod feeds;
mod flow;
mod following;
mod forms;
mod layout;
mod overview;
mod registers;
mod screening;
mod search;
mod story;
mod text;
mod timeline;

use axum::Router;
use axum::response::Html;
use axum::routing::{get, post};
use maud::html;

use crate::serve::{Problem, Shared};

pub use overview::make_ready;

/// The routes of the pages.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(overview::show))
        .route("/deals", get(overview::list))
        .route("/deals/{id}", get(deal::show))
        .route("/deals/{id}/brief", get(brief::html_page))
        .route("/deals/{id}/brief.md", get(brief::markdown))
        .route("/documents/{id}", get(document::show))
        .route("/stories", get(story::list))
        .route("/stories/{id}", get(story::show))
        .route("/actors/{id}", get(actor::show))
        .route("/search", get(search::show))
        .route("/embargoes", get(registers::embargoes))
        .route("/screening", get(screening::show))
        .route("/sources", get(registers::sources))
        .route("/following", get(following::show).post(following::add))
        .route("/following/{id}/remove", post(following::remove))
        .route("/judgements", post(forms::judge))
        .route("/login", get(forms::login_page).post(forms::login))
        .route("/logout", post(forms::logout))
        .route("/docs", get(docs::show))
        .route("/feeds/deals/{id}", get(feeds::deal))
        .route("/feeds/search", get(feeds::search))
        .merge(assets::routes())
}

/// A problem as a page.
pub fn problem_page(problem: &Problem) -> Html<String> {
    let main = html! {
        h1 { (problem.code.status().as_u16()) " " (text::word(problem.code.as_str()).replace('-', " ")) }
        p { (text::said(&problem.detail)) }
        p { a href="/" { "To the overview" } }
    };
    layout::page(None, "Problem", "", &main)
}
