//! Atom feeds (RFC 4287) of a deal and of a search, so that either can be followed.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};

use super::text::{cut, encoded, title, visible, word};
use crate::api::ask::filled;
use crate::serve::{Asked, Code, Named, Problem, Shared};

/// Most entries of a feed.
const MOST: usize = 100;

/// One entry: identifier, title, address, time, words.
struct Entry {
    id: String,
    title: String,
    place: String,
    updated: String,
    words: String,
}

fn feed(id: &str, name: &str, mut entries: Vec<Entry>) -> Response {
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(MOST);
    // A feed of nothing was last changed before there was anything.
    let updated = entries.first().map_or("1970-01-01T00:00:00Z", |entry| entry.updated.as_str());
    let entry = |e: &Entry| -> Markup {
        html! {
            entry {
                id { "urn:waybill:" (e.id) }
                title { (visible(&e.title)) }
                link href=(e.place) {}
                updated { (e.updated) }
                content type="text" { (visible(&e.words)) }
            }
        }
    };
    let body = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" {
            id { "urn:waybill:" (id) }
            title { (visible(name)) }
            author { name { "waybill" } }
            updated { (updated) }
            @for e in &entries { (entry(e)) }
        }
    };
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], body.into_string()).into_response()
}

/// Everything said of a deal, the newest first.
pub(super) async fn deal(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    let entries = deal.history.iter().map(|event| Entry {
        id: format!("{}:{}", deal.id, event.claim),
        title: format!(
            "{}: {}, {}",
            cut(&event.source, 80),
            word(event.stage.as_str()),
            word(event.factuality.as_str())
        ),
        place: format!("/deals/{}#claim-{}", deal.id, event.claim),
        updated: view
            .doc(&event.doc)
            .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |head| head.ingested_at.clone()),
        words: event.words.clone(),
    });
    Ok(feed(&deal.id, &title(deal), entries.collect()))
}

/// What is sought.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    q: Option<String>,
}

/// What a search finds, the last read first.
pub(super) async fn search(
    State(app): State<Shared>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let q = filled(&wanted.q)
        .ok_or_else(|| Problem::new(Code::BadQuery, "q: give words to search for"))?
        .to_owned();
    let view = app.view().await?;
    let sought = q.clone();
    let found = app.pool.read(move |ledger| Ok(ledger.search(&sought, MOST)?)).await?;
    let entries = found.into_iter().map(|found| Entry {
        title: found.title.unwrap_or_else(|| found.doc.clone()),
        place: match found.kind {
            ledger::FoundKind::Document => format!("/documents/{}", encoded(&found.id)),
            ledger::FoundKind::Claim => format!("/documents/{}#{}", encoded(&found.doc), found.id),
        },
        updated: view
            .doc(&found.doc)
            .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |head| head.ingested_at.clone()),
        words: found.snippet.replace(['\u{2}', '\u{3}'], ""),
        id: found.id,
    });
    Ok(feed(&format!("search:{}", encoded(&q)), &format!("Search: {q}"), entries.collect()))
}
