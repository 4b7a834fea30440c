//! `POST /api/v1/documents`: documents handed in, one or many at once, and what became of them.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use read::{Format, Raw};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::ask::{day, filled, json};
use crate::serve::{Asked, Caller, Code, Job, Named, Problem, ProblemBody, Role, Shared};

/// How documents are handed in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct IngestQuery {
    /// A name for what is handed in; text and pages take it for theirs.
    name: Option<String>,
    /// The address at which it was published.
    url: Option<String>,
    /// The day of publication, where the documents do not tell theirs.
    published: Option<String>,
}

/// Hand in documents: plain text, an HTML page, a JSON object or array, or JSON lines. The address of the job that
/// works on them is in `Location`. What is there already changes nothing.
#[utoipa::path(post, path = "/api/v1/documents", tag = "documents", params(IngestQuery),
    request_body(
        content((String = "text/plain"), (String = "text/html"), (Object = "application/json"), (String = "application/x-ndjson")),
        description = "The documents; JSON takes the fields of exports: `title`, `text` or `html`, `url`, `published`, …",
    ),
    responses(
        (status = 202, description = "It will be worked on.", body = Job),
        (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(query): Asked<IngestQuery>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Admin)?;
    let body = body.map_err(|error| Problem::new(Code::TooLarge, error.body_text()))?;
    let published = day("published", &query.published)?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let inputs = inputs(&query, kind, &body)?;
    queued(&app, inputs, published)
}

/// What is to be fetched.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fetch {
    /// The address: http or https, and not of a private network.
    url: String,
    /// The day of publication, where the document does not tell its own.
    published: Option<String>,
}

/// Fetch a document and hand it in. Names are looked up once, private networks are refused, redirects are checked
/// likewise, and size and time are limited.
#[utoipa::path(post, path = "/api/v1/fetches", tag = "documents", request_body = Fetch, responses(
    (status = 202, description = "It was fetched and will be worked on.", body = Job),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn fetch(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Admin)?;
    let body = body.map_err(|error| Problem::new(Code::TooLarge, error.body_text()))?;
    let wanted: Fetch = serde_json::from_slice(&body)
        .map_err(|error| Problem::new(Code::BadBody, format!("the body names no address: {error}")))?;
    let published = day("published", &wanted.published)?;
    let fetched = app.fetch(wanted.url.clone()).await?;
    let query = IngestQuery { url: Some(wanted.url), ..IngestQuery::default() };
    let inputs = inputs(&query, &fetched.kind, &fetched.bytes)?;
    queued(&app, inputs, published)
}

/// Hands inputs to the queue: the answer that names the job.
fn queued(app: &Shared, inputs: Vec<Raw>, published: Option<String>) -> Result<Response, Problem> {
    let job = app.ingests.add(inputs, read::Options { published, ..read::Options::default() })?;
    let place = HeaderValue::from_str(&format!("/api/v1/ingests/{}", job.id));
    let mut response = (StatusCode::ACCEPTED, json(&job)?).into_response();
    if let Ok(place) = place {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// The inputs in a body: each line of JSON lines is one, anything else is one as a whole.
fn inputs(query: &IngestQuery, kind: &str, body: &[u8]) -> Result<Vec<Raw>, Problem> {
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let format = match kind.as_str() {
        "text/plain" => Format::Text,
        "text/html" | "application/xhtml+xml" => Format::Html,
        "application/json" => Format::Json,
        "application/x-ndjson" | "application/jsonl" => Format::JsonRow(1),
        _ => {
            let words = "Content-Type: send text/plain, text/html, application/json or application/x-ndjson";
            return Err(Problem::new(Code::UnsupportedMediaType, words));
        }
    };
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(Code::BadBody, "the body is empty"));
    }
    let name = filled(&query.name).unwrap_or("document").to_owned();
    let origin = format!("api/{name}");
    let raw = |origin: String, bytes: &[u8], format| Raw {
        stem: Some(name.clone()),
        url: filled(&query.url).map(str::to_owned),
        format: Some(format),
        charset: Some("utf-8".to_owned()),
        ..Raw::new(origin, bytes.to_vec())
    };
    if format != Format::JsonRow(1) {
        return Ok(vec![raw(origin, body, format)]);
    }
    let lines = body.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace));
    Ok(lines.map(|(n, line)| raw(format!("{origin}:{}", n + 1), line, Format::JsonRow(n + 1))).collect())
}

/// Show how far documents that were handed in have got.
#[utoipa::path(get, path = "/api/v1/ingests/{id}", tag = "documents",
    params(("id" = u64, Path, description = "The job's number.")), responses(
    (status = 200, description = "The job.", body = Job),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let job = id.parse().ok().and_then(|id| app.ingests.get(id));
    json(&job.ok_or_else(|| Problem::not_found("ingest", &id))?)
}
