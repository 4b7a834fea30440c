//! Errors as the API tells them: `application/problem+json` (RFC 9457) with codes that stay.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::LedgerError;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, by a word that stays the same from version to version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A parameter is unknown, or its value cannot be used.
    BadParameter,
    /// The cursor `after` names nothing that is there (any more): begin again without it.
    BadCursor,
    /// The search has no word, or an operator without one.
    BadQuery,
    /// The body cannot be read as what it is said to be.
    BadBody,
    /// A token is needed, and none or a wrong one was given.
    Unauthorised,
    /// The token's role does not allow this.
    Forbidden,
    /// The request came from another site's page, or without the page's own mark.
    CrossSite,
    /// Nothing in the ledger is called that, or there is no such address.
    NotFound,
    /// The address is there, and does not take this method.
    MethodNotAllowed,
    /// The beginning of an identifier fits several.
    Ambiguous,
    /// The judgement says nothing about this subject, such as an undo of what nobody judged.
    Conflict,
    /// The body is larger than the server takes.
    TooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The body is of a kind that the server does not take.
    UnsupportedMediaType,
    /// The address leads into a private network, or is none of the web's.
    AddressRefused,
    /// What is at the address did not come, or was answered with an error.
    NotFetched,
    /// The name in `Host` is not this server's.
    WrongHost,
    /// Too many requests in a short time: wait as long as `Retry-After` says.
    TooManyRequests,
    /// The server has not read the ledger yet, or is not made for this.
    NotReady,
    /// No sanctions list is installed on the server.
    NoLists,
    /// Another program is writing and did not finish in time.
    Busy,
    /// The request took too long.
    Timeout,
    /// Something that should not happen; the log has it under the request's identifier.
    Internal,
}

impl Code {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::BadParameter => "bad-parameter",
            Code::BadCursor => "bad-cursor",
            Code::BadQuery => "bad-query",
            Code::BadBody => "bad-body",
            Code::Unauthorised => "unauthorised",
            Code::Forbidden => "forbidden",
            Code::CrossSite => "cross-site",
            Code::NotFound => "not-found",
            Code::MethodNotAllowed => "method-not-allowed",
            Code::Ambiguous => "ambiguous",
            Code::Conflict => "conflict",
            Code::TooLarge => "too-large",
            Code::TooSlow => "too-slow",
            Code::UnsupportedMediaType => "unsupported-media-type",
            Code::AddressRefused => "address-refused",
            Code::NotFetched => "not-fetched",
            Code::WrongHost => "wrong-host",
            Code::TooManyRequests => "too-many-requests",
            Code::NotReady => "not-ready",
            Code::NoLists => "no-lists",
            Code::Busy => "busy",
            Code::Timeout => "timeout",
            Code::Internal => "internal",
        }
    }

    /// The HTTP status that goes with it.
    pub fn status(self) -> StatusCode {
        match self {
            Code::BadParameter | Code::BadCursor | Code::BadQuery | Code::BadBody | Code::AddressRefused => {
                StatusCode::BAD_REQUEST
            }
            Code::Unauthorised => StatusCode::UNAUTHORIZED,
            Code::Forbidden | Code::CrossSite => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::Ambiguous | Code::Conflict | Code::NoLists => StatusCode::CONFLICT,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::NotFetched => StatusCode::FAILED_DEPENDENCY,
            Code::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Code::NotReady | Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Code::BadParameter => "A parameter cannot be used",
            Code::BadCursor => "The cursor names nothing",
            Code::BadQuery => "This is not a search",
            Code::BadBody => "The body cannot be read",
            Code::Unauthorised => "A token is needed",
            Code::Forbidden => "The token's role does not allow this",
            Code::CrossSite => "The request came from elsewhere",
            Code::NotFound => "There is no such thing",
            Code::MethodNotAllowed => "The address does not take this method",
            Code::Ambiguous => "The identifier fits several",
            Code::Conflict => "The judgement does not fit",
            Code::TooLarge => "The body is too large",
            Code::TooSlow => "The body came too slowly",
            Code::UnsupportedMediaType => "The body is of another kind",
            Code::AddressRefused => "The address may not be asked",
            Code::NotFetched => "The address gave nothing",
            Code::WrongHost => "This server has another name",
            Code::TooManyRequests => "Too many requests",
            Code::NotReady => "The server is not ready",
            Code::NoLists => "No sanctions list is installed",
            Code::Busy => "The ledger is being written to",
            Code::Timeout => "The request took too long",
            Code::Internal => "The server failed",
        }
    }
}

/// An error on its way to the one who asked.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What went wrong.
    pub code: Code,
    /// What, where, and what to do next.
    pub detail: String,
}

/// An error as it is written down.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// The code in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What went wrong, by a word that stays.
    code: Code,
    /// What, where, and what to do next.
    detail: String,
}

impl Problem {
    /// A problem with this code and these words.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Problem { code, detail: detail.into() }
    }

    /// Nothing in the ledger is called that.
    pub fn not_found(what: &str, wanted: &str) -> Self {
        Problem::new(Code::NotFound, format!("the ledger has no {what} {wanted}"))
    }

    /// Something that should not happen, without its inside.
    pub fn internal(words: &str) -> Self {
        Problem::new(Code::Internal, words)
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        let code = match error {
            LedgerError::BadQuery { .. } => Code::BadQuery,
            LedgerError::Ambiguous { .. } => Code::Ambiguous,
            LedgerError::Busy => Code::Busy,
            LedgerError::Missing { .. } => Code::NotReady,
            _ => Code::Internal,
        };
        // Paths and the database's own words are for the log, not for whoever asks.
        let detail = match code {
            Code::Internal => "the ledger could not be read or written".to_owned(),
            Code::NotReady => "the ledger's file is not there".to_owned(),
            _ => error.to_string(),
        };
        Problem { code, detail }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.code.status();
        let body = ProblemBody {
            kind: format!("/docs#{}", self.code.as_str()),
            title: self.code.title(),
            status: status.as_u16(),
            code: self.code,
            detail: self.detail.clone(),
        };
        // A plain struct of strings and a number always serialises.
        let body = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (status, body).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.extensions_mut().insert(self);
        response
    }
}
