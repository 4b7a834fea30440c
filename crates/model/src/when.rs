//! The time of an event.

use serde::{Deserialize, Serialize};

use crate::Span;

/// When something is said to have happened, as written and, where it could be resolved, as days.
///
/// `start` and `end` are ISO 8601 dates, both included. Either may be unknown: "by the end of 2019" has no start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The words.
    pub text: String,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Where the words stand in the document's text.
    #[serde(default)]
    pub span: Span,
}

/// Reads the day of an ISO 8601 date or date and time (`2022-09-06`, `2022-09-06T10:00:00Z`).
///
/// Returns `None` where the first ten characters are not a day of the calendar.
pub fn parse_date(text: &str) -> Option<jiff::civil::Date> {
    text.get(..10)?.parse().ok()
}
