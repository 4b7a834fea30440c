//! `/api/v1/documents`: articles and statements as published.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use ledger::StoredDocument;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Listed, Page, PageQuery, day, filled, json, linked, wants_csv};
use crate::serve::{DocHead, Named, Problem, ProblemBody, Shared, csv};

/// Which documents are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DocumentQuery {
    /// Words of the publisher's name.
    publisher: Option<String>,
    /// Published on this day or later.
    since: Option<String>,
    /// Published on this day or earlier.
    until: Option<String>,
}

/// A document without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentRow<'a> {
    id: &'a str,
    doc: &'a str,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    ingested_at: &'a str,
    outcome: &'a str,
    claims: usize,
}

impl<'a> From<&'a DocHead> for DocumentRow<'a> {
    fn from(head: &'a DocHead) -> Self {
        DocumentRow {
            id: &head.id,
            doc: &head.doc,
            url: head.url.as_deref(),
            publisher: head.publisher.as_deref(),
            title: head.title.as_deref(),
            author: head.author.as_deref(),
            published: head.published.as_deref(),
            language: head.language.as_deref(),
            ingested_at: &head.ingested_at,
            outcome: head.outcome.as_str(),
            claims: head.claims,
        }
    }
}

const CSV_HEAD: [&str; 9] =
    ["id", "doc", "published", "publisher", "title", "author", "url", "outcome", "claims"];

fn csv_row(head: &DocHead) -> [String; 9] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        head.id.clone(),
        head.doc.clone(),
        text(&head.published),
        text(&head.publisher),
        text(&head.title),
        text(&head.author),
        text(&head.url),
        head.outcome.as_str().to_owned(),
        head.claims.to_string(),
    ]
}

/// List documents, by day of publication.
#[utoipa::path(get, path = "/api/v1/documents", tag = "documents", params(DocumentQuery, PageQuery), responses(
    (status = 200, description = "A page of documents.", content((Page<DocumentRow> = "application/json"), (String = "text/csv"))),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Listed { query, paging, format }: Listed<DocumentQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let view = app.view().await?;
    let (since, until) = (day("since", &query.since)?, day("until", &query.until)?);
    let publisher = filled(&query.publisher).map(str::to_lowercase);
    let fits = |head: &&Arc<DocHead>| {
        let by = |words: &String| head.publisher.as_ref().is_some_and(|p| p.to_lowercase().contains(words));
        publisher.as_ref().is_none_or(by)
            && since.as_ref().is_none_or(|day| head.published.as_ref().is_some_and(|p| p >= day))
            && until.as_ref().is_none_or(|day| head.published.as_ref().is_some_and(|p| p <= day))
    };
    let first = paging.place(|after| view.doc_place(after))?.map_or(0, |last| last + 1);
    let (items, next) = paging.fill(view.docs[first..].iter().filter(fits), |head| &head.id);
    if wants_csv(format, &headers) {
        return Ok(linked(csv(&CSV_HEAD, items.into_iter().map(|head| csv_row(head)))?, next.as_deref()));
    }
    let items: Vec<DocumentRow<'_>> = items.into_iter().map(|head| DocumentRow::from(&**head)).collect();
    Ok(linked(json(&Page { items, next: next.clone() })?, next.as_deref()))
}

/// A document with its text; `start` and `end` are in bytes of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentBody<'a> {
    id: &'a str,
    names: &'a [String],
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    ingested_at: &'a str,
    outcome: &'a str,
    codebook: &'a str,
    model: &'a str,
    text: &'a str,
    blocks: Vec<BlockRow>,
    versions: Vec<String>,
}

/// A block of a document's text.
#[derive(Debug, Serialize, ToSchema)]
struct BlockRow {
    /// `headline`, `bullet`, `paragraph`; `caption` and `other` are not the story.
    #[schema(value_type = String)]
    kind: model::BlockKind,
    start: u32,
    end: u32,
}

fn body(stored: &StoredDocument, versions: Vec<String>) -> DocumentBody<'_> {
    let d = &stored.document;
    let block = |b: &model::Block| BlockRow { kind: b.kind, start: b.span.start, end: b.span.end };
    DocumentBody {
        id: &stored.id,
        names: &stored.names,
        url: d.url.as_deref(),
        publisher: d.publisher.as_deref(),
        title: d.title.as_deref(),
        author: d.author.as_deref(),
        published: d.published.as_deref(),
        language: d.language.as_deref(),
        ingested_at: &stored.ingested_at,
        outcome: stored.outcome.as_str(),
        codebook: &stored.key.codebook,
        model: &stored.key.model,
        text: &d.text,
        blocks: d.blocks.iter().map(block).collect(),
        versions,
    }
}

/// Show one document with its text.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents",
    params(("id" = String, Path, description = "Identifier (or its beginning), name or address.")), responses(
    (status = 200, description = "The document.", body = DocumentBody),
    (status = "default", description = "What went wrong.", body = ProblemBody, content_type = "application/problem+json"),
))]
pub(super) async fn one(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    app.pool
        .read(move |ledger| {
            let stored = ledger.document(&id)?.ok_or_else(|| Problem::not_found("document", &id))?;
            let versions = ledger.versions(&stored)?.into_iter().map(|version| version.id).collect();
            json(&body(&stored, versions))
        })
        .await
}
