//! The pages' own files, built in.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::serve::Shared;

/// The routes of the files.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/assets/style.css", get(|| file("text/css; charset=utf-8", include_str!("assets/style.css"))))
        .route(
            "/assets/page.js",
            get(|| file("text/javascript; charset=utf-8", include_str!("assets/page.js"))),
        )
        .route("/assets/icon.svg", get(|| file("image/svg+xml", include_str!("assets/icon.svg"))))
}

async fn file(kind: &'static str, content: &'static str) -> Response {
    // Asked again each time, by its tag: a new program's pages never meet an old program's files.
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, content).into_response()
}
