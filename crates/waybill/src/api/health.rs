//! Whether the server runs, what it counts, and what its API is.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::ask::json;
use crate::serve::{Code, Problem, ProblemBody, Shared};

/// Whether the server runs.
#[utoipa::path(get, path = "/healthz", tag = "server", security(()), responses(
    (status = 200, description = "It runs.", body = String, content_type = "text/plain"),
))]
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// Whether the ledger has been read, so that questions are answered at once.
#[utoipa::path(get, path = "/readyz", tag = "server", security(()), responses(
    (status = 200, description = "It is ready.", body = String, content_type = "text/plain"),
    (status = "default", description = "It is not.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn ready(State(app): State<Shared>) -> Result<&'static str, Problem> {
    if app.is_ready() {
        return Ok("ready\n");
    }
    Err(Problem::new(Code::NotReady, "the ledger has not been read yet"))
}

/// Counters in Prometheus's text form.
#[utoipa::path(get, path = "/metrics", tag = "server", responses(
    (status = 200, description = "The counters.", body = String, content_type = "text/plain"),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn metrics(State(app): State<Shared>) -> Result<Response, Problem> {
    let view = app.view().await?;
    let memory = crate::pipeline::peak_memory_bytes().unwrap_or(0);
    let gauges = [
        ("waybill_documents", "Documents in the ledger.", view.docs.len() as f64),
        ("waybill_deals", "Deals that their claims make.", view.deals.len() as f64),
        ("waybill_judgements", "Judgements of people.", view.judgements.len() as f64),
        ("waybill_peak_memory_bytes", "Most memory held so far.", memory as f64),
    ];
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], app.metrics.text(&gauges)).into_response())
}

/// The OpenAPI document of these routes, made once.
static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(|| super::routes().1);

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "server", responses(
    (status = 200, description = "The OpenAPI document.", body = Object),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn document() -> Result<Response, Problem> {
    json(&*DOCUMENT)
}
