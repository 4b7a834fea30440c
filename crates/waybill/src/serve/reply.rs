//! Questions as they come in and answers as they go out: query strings, pages of lists, JSON, CSV, ETags.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::problem::{Code, Problem};

/// Longest body that gets an ETag, in bytes: longer ones are lists that nobody asks for twice.
const TAGGED: usize = 16 << 20;

/// The query string as a `T`; a repeated key makes a list, an unknown one is an error.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        asked(parts.uri.query().unwrap_or("")).map(Asked)
    }
}

/// A query string as a `T`.
///
/// # Errors
/// Where a key is unknown or a value is none of its kind.
pub fn asked<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let asked = serde_html_form::from_str(query);
    asked.map_err(|error| Problem::new(Code::BadParameter, format!("in the query: {error}")))
}

/// The one word in a route's path, decoded.
#[derive(Debug)]
pub struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        name.map(|Path(name)| Named(name))
            .map_err(|error| Problem::new(Code::BadParameter, format!("in the path: {}", error.body_text())))
    }
}

/// A table as `text/csv`, with its head; cells that a spreadsheet would take for formulas are quoted for it.
///
/// # Errors
/// Where the table cannot be written.
pub fn csv<R: AsRef<[String]>>(head: &[&str], rows: impl Iterator<Item = R>) -> Result<Response, Problem> {
    let failed = |_| Problem::internal("the table could not be written");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).map_err(failed)?;
    for row in rows {
        writer.write_record(row.as_ref().iter().map(|cell| harmless(cell))).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|_| Problem::internal("the table could not be written"))?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    let mut response = Body::from(bytes).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

/// A cell with an apostrophe in front where it begins like a formula.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

/// Gives an answer the tag of its content, and answers with that alone where the asker has it already.
pub async fn tagged(asked: &HeaderMap, response: Response) -> Response {
    if response.status() != StatusCode::OK || response.headers().contains_key(header::ETAG) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, TAGGED).await else {
        return Problem::internal("the answer is too long: ask for less at once").into_response();
    };
    let hash = blake3::hash(&bytes).to_hex();
    let tag = format!("\"{}\"", &hash[..32]);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    if asked.get_all(header::IF_NONE_MATCH).iter().any(|value| has_tag(value, &tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn has_tag(value: &HeaderValue, tag: &str) -> bool {
    let Ok(value) = value.to_str() else { return false };
    value.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_words() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("40 howitzers"), "40 howitzers");
    }

    #[test]
    fn tags_are_found_in_lists() {
        let value = HeaderValue::from_static("\"a\", W/\"b\"");
        assert!(has_tag(&value, "\"a\"") && has_tag(&value, "\"b\"") && !has_tag(&value, "\"c\""));
    }
}
