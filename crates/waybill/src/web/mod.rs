//! The pages, rendered here and good without script.

use axum::Router;
use maud::html;

use crate::serve::{Problem, Shared};

/// The routes of the pages.
pub fn routes() -> Router<Shared> {
    Router::new()
}

/// A problem as a page.
pub fn problem_page(problem: &Problem) -> axum::response::Html<String> {
    axum::response::Html(html! { p { (problem.detail) } }.into_string())
}
