//! What the lists are asked with: filters, pages, formats.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use link::deals::Deal;
use model::{Category, Stage};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::serve::{Code, Problem, asked};

/// Items of a page where nobody says how many.
const LIMIT: usize = 50;

/// Most items of a page.
const MOST: usize = 1000;

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object with the page's items.
    #[default]
    Json,
    /// A table with a head.
    Csv,
}

/// Which page of a list, in which form.
#[derive(Debug, Default)]
pub struct Paging {
    /// Most items.
    pub limit: usize,
    /// The cursor: where the page before ended.
    pub after: Option<String>,
}

impl Paging {
    /// The page that is meant.
    ///
    /// # Errors
    /// Where the limit is none.
    pub fn new(limit: Option<usize>, after: &Option<String>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(LIMIT);
        if !(1..=MOST).contains(&limit) {
            return Err(Problem::new(Code::BadParameter, format!("limit: give a number from 1 to {MOST}")));
        }
        Ok(Paging { limit, after: filled(after).map(str::to_owned) })
    }

    /// The place of the item that the page before ended with, where there was one.
    ///
    /// # Errors
    /// Where the cursor names nothing that `find` finds.
    pub fn place<T>(&self, find: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(after) = &self.after else { return Ok(None) };
        let words = || format!("after: {after:?} is not in this list: begin again without it");
        find(after).map(Some).ok_or_else(|| Problem::new(Code::BadCursor, words()))
    }

    /// The items of this page out of `rest`, and the cursor of the next one.
    pub fn fill<'a, T>(
        &self,
        mut rest: impl Iterator<Item = &'a T>,
        key: impl Fn(&T) -> &str,
    ) -> (Vec<&'a T>, Option<String>) {
        let items: Vec<&T> = rest.by_ref().take(self.limit).collect();
        let more = rest.next().is_some();
        let next = items.last().filter(|_| more).map(|item| key(item).to_owned());
        (items, next)
    }

    /// The items of this page out of all, and the cursor of the next one.
    ///
    /// # Errors
    /// Where the cursor names none of `all`.
    pub fn cut<'a, T>(
        &self,
        mut all: impl Iterator<Item = &'a T>,
        key: impl Fn(&T) -> &str,
    ) -> Result<(Vec<&'a T>, Option<String>), Problem> {
        if let Some(after) = &self.after
            && !all.any(|item| key(item) == after)
        {
            self.place(|_| None::<()>)?;
        }
        Ok(self.fill(all, key))
    }
}

/// Which page of a list, in which form: asked of every list beside its own filters.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// The cursor of the page before.
    after: Option<String>,
    /// `json` or `csv`; else as `Accept` says.
    #[param(inline)]
    format: Option<Format>,
}

/// A list's own filters with the page and the form that are wanted.
#[derive(Debug)]
pub struct Listed<T> {
    /// The filters.
    pub query: T,
    /// The page.
    pub paging: Paging,
    /// The form.
    pub format: Option<Format>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Listed<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        // Read apart, so that both can refuse what they do not know.
        let of_page =
            |part: &&str| ["limit", "after", "format"].contains(&part.split('=').next().unwrap_or(""));
        let all = parts.uri.query().unwrap_or("").split('&');
        let (page, own): (Vec<&str>, Vec<&str>) = all.partition(of_page);
        let page: PageQuery = asked(&page.join("&"))?;
        let paging = Paging::new(page.limit, &page.after)?;
        Ok(Listed { query: asked(&own.join("&"))?, paging, format: page.format })
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor to ask for the next page with; `null` on the last one.
    pub next: Option<String>,
}

/// A page as JSON.
///
/// # Errors
/// Where it cannot be written.
pub fn json(value: &impl Serialize) -> Result<Response, Problem> {
    let bytes =
        serde_json::to_vec(value).map_err(|_| Problem::internal("the answer could not be written"))?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// Says in `Link` where the next page is.
pub fn linked(mut response: Response, next: Option<&str>) -> Response {
    let cursor = next.map(|next| format!("<?after={}>; rel=\"next\"", encoded(next)));
    if let Some(Ok(link)) = cursor.map(|link| HeaderValue::from_str(&link)) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// A word as part of an address.
pub fn encoded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a table is wanted: by `format`, or else by `Accept`.
pub fn wants_csv(format: Option<Format>, headers: &HeaderMap) -> bool {
    format.map_or_else(
        || {
            headers
                .get(header::ACCEPT)
                .and_then(|a| a.to_str().ok())
                .is_some_and(|a| a.starts_with("text/csv"))
        },
        |format| format == Format::Csv,
    )
}

/// A value that is not left empty; forms send empty ones.
pub fn filled(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

/// Values that are not left empty.
pub fn all_filled(values: &[String]) -> Vec<String> {
    values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// Words of a closed vocabulary, repeated or separated by commas.
///
/// # Errors
/// Where one is unknown; the known ones are told.
pub fn words<T: FromStr<Err: Display>>(name: &str, values: &[String]) -> Result<Vec<T>, Problem> {
    let given =
        values.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let word = |word: &str| {
        word.parse().map_err(|error: T::Err| Problem::new(Code::BadParameter, format!("{name}: {error}")))
    };
    given.map(word).collect()
}

/// A day of the calendar.
///
/// # Errors
/// Where it is none.
pub fn day(name: &str, value: &Option<String>) -> Result<Option<String>, Problem> {
    let Some(text) = filled(value) else { return Ok(None) };
    match model::parse_date(text) {
        Some(day) if text.len() == 10 => Ok(Some(day.to_string())),
        _ => Err(Problem::new(
            Code::BadParameter,
            format!("{name}: give a day as YYYY-MM-DD, such as 2022-09-06"),
        )),
    }
}

/// Which deals are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DealQuery {
    /// Supplier: a state's three-letter code, or a name. May be repeated.
    #[serde(default)]
    pub supplier: Vec<String>,
    /// Recipient: a state's three-letter code, or a name. May be repeated.
    #[serde(default)]
    pub recipient: Vec<String>,
    /// Category of goods, such as `ammunition`. May be repeated, or separated by commas.
    #[serde(default)]
    pub goods: Vec<String>,
    /// Stage that the deal has reached, such as `agreed`. May be repeated, or separated by commas.
    #[serde(default)]
    pub stage: Vec<String>,
    /// Only those that someone denies.
    #[serde(default)]
    pub contested: bool,
    /// As the ledger stood on this day by publication.
    pub as_of: Option<String>,
    /// As the ledger was known on this day by ingestion.
    pub known_on: Option<String>,
    /// At most so many, up to 1000; 50 where this is not given.
    #[param(minimum = 1, maximum = 1000)]
    pub limit: Option<usize>,
    /// The cursor of the page before.
    pub after: Option<String>,
    /// `json` or `csv`; else as `Accept` says. CSV has the columns of the SIPRI trade register.
    #[param(inline)]
    pub format: Option<Format>,
}

/// Which deals are wanted, checked.
#[derive(Debug, Default)]
pub struct DealFilter {
    suppliers: Vec<String>,
    recipients: Vec<String>,
    goods: Vec<Category>,
    stages: Vec<Stage>,
    contested: bool,
    /// As of when.
    pub moment: ledger::Moment,
}

impl DealQuery {
    /// The filter that is meant.
    ///
    /// # Errors
    /// Where a word or a day is unknown.
    pub fn filter(&self) -> Result<DealFilter, Problem> {
        Ok(DealFilter {
            suppliers: all_filled(&self.supplier),
            recipients: all_filled(&self.recipient),
            goods: words("goods", &self.goods)?,
            stages: words("stage", &self.stage)?,
            contested: self.contested,
            moment: ledger::Moment {
                published: day("as_of", &self.as_of)?,
                ingested: day("known_on", &self.known_on)?,
            },
        })
    }
}

impl DealFilter {
    /// Whether a deal is among those wanted.
    pub fn fits(&self, deal: &Deal) -> bool {
        let is_one = |wanted: &[String], actor: &Option<String>| {
            let is = |w: &String| actor.as_ref().is_some_and(|a| a.eq_ignore_ascii_case(w));
            wanted.is_empty() || wanted.iter().any(is)
        };
        is_one(&self.suppliers, &deal.supplier)
            && is_one(&self.recipients, &deal.recipient)
            && (self.goods.is_empty() || self.goods.contains(&deal.category))
            && (self.stages.is_empty() || self.stages.contains(&deal.stage))
            && (!self.contested || deal.flags.contested)
    }
}
