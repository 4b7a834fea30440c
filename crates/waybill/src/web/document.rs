//! One document: its text with the evidence marked, and its claims beside it.

use std::ops::ControlFlow;

use axum::extract::{Extension, State};
use axum::response::Html;
use ledger::{ClaimFilter, StoredClaim, StoredDocument};
use maud::{Markup, html};
use model::{Block, BlockKind, Claim, Document, Kind, Span};

use super::differences::between;
use super::layout::page;
use super::text::{count, cut, day, encoded, factuality, label, said, visible, word};
use crate::api::ask::filled;
use crate::serve::{Asked, Caller, Named, Problem, Shared, View};

/// Longest text that is shown, in bytes; of a longer one the beginning is.
const SHOWN: usize = 400_000;

/// What of a document is wanted besides itself.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Another document, to see the differences.
    with: Option<String>,
}

/// Shows one document.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let with = wanted.with;
    let view = app.view().await?;
    // Deals name documents that share a name apart; the ledger knows each by its identifier.
    let wanted = view.doc(&id).map_or(id, |head| head.id.clone());
    let (stored, versions, claims) = app
        .pool
        .read(move |ledger| {
            let stored = ledger.document(&wanted)?.ok_or_else(|| Problem::not_found("document", &wanted))?;
            let filter =
                ClaimFilter { doc: Some(stored.id.clone()), all_versions: true, ..ClaimFilter::default() };
            let mut claims = Vec::new();
            ledger.claims(&filter, &mut |claim| {
                claims.push(claim);
                ControlFlow::Continue(())
            })?;
            let versions = ledger.versions(&stored)?;
            Ok((stored, versions, claims))
        })
        .await?;
    let differences = match filled(&with) {
        Some(with) => between(&app, &view, &stored, with).await?,
        None => html! {},
    };
    let title = stored.document.title.as_deref().unwrap_or(&stored.document.doc);
    let main = html! {
        h1 { (said(&cut(title, 200))) }
        (head(&stored, &versions, &view))
        (differences)
        div.reading {
            article aria-label="Text" { (text(&stored.document, &claims)) }
            aside aria-label="Claims" {
                h2 { (count(claims.len(), "claim")) }
                @for (n, claim) in claims.iter().enumerate() { (card(n + 1, claim, &view)) }
                @if claims.is_empty() { p.none { "Nothing is claimed here that the codebook knows." } }
            }
        }
        (copies(&stored, &view))
    };
    Ok(page(Some(&caller), &visible(&cut(title, 80)), "", &main))
}

fn head(stored: &StoredDocument, versions: &[StoredDocument], view: &View) -> Markup {
    let d = &stored.document;
    let told = view.told();
    // Only what is plainly an address of the web becomes a link.
    let address = d.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        dl.glance {
            div { dt { "Published" } dd { (day(d.published.as_deref())) } }
            @if let Some(publisher) = &d.publisher { div { dt { "Publisher" } dd { (said(&cut(publisher, 120))) } } }
            @if let Some(author) = &d.author { div { dt { "Author" } dd { (said(&cut(author, 120))) } } }
            @if let Some(url) = address {
                div { dt { "Address" } dd { a href=(url) rel="noreferrer noopener external" { (said(&cut(url, 100))) } } }
            }
            div { dt { "Coded" } dd { (word(stored.outcome.as_str())) } }
            @if let Some(story) = view.doc_by_id(&stored.id).and_then(|head| told.of_document(&head.doc)) {
                div { dt { "Storyline" } dd { a href={ "/stories/" (story.id) } { (count(story.docs.len(), "document")) } } }
            }
        }
        @if versions.len() > 1 {
            p.small {
                "Texts read at this address: "
                @for version in versions {
                    @if version.id == stored.id { strong { (day(Some(&version.ingested_at))) } } @else {
                        a href={ "/documents/" (version.id) } { (day(Some(&version.ingested_at))) }
                        " (" a href={ "/documents/" (stored.id) "?with=" (version.id) "#differences" } { "differences" } ")"
                    } " "
                }
            }
        }
    }
}

/// A stretch of evidence with the number of its claim.
struct Mark<'a> {
    span: Span,
    number: usize,
    claim: &'a StoredClaim,
}

fn text(document: &Document, claims: &[StoredClaim]) -> Markup {
    let mut marks = Vec::new();
    for (n, claim) in claims.iter().enumerate() {
        marks.extend(claim.claim.evidence.iter().map(|e| Mark { span: e.span, number: n + 1, claim }));
    }
    let shown = |block: &&Block| (block.span.end as usize) <= SHOWN;
    html! {
        @for block in document.blocks.iter().filter(shown) {
            @match block.kind {
                BlockKind::Headline => h2 { (marked(document, block.span, &marks)) },
                BlockKind::Bullet => p.bullet { (marked(document, block.span, &marks)) },
                BlockKind::Paragraph => p { (marked(document, block.span, &marks)) },
                BlockKind::Caption | BlockKind::Other => p.aside { (marked(document, block.span, &marks)) },
            }
        }
        @if document.blocks.iter().any(|block| !shown(&block)) {
            p.none { "The rest is too long to be shown here; the API has it." }
        }
    }
}

/// The words of a block, those of evidence marked and led to their claims.
fn marked(document: &Document, block: Span, marks: &[Mark<'_>]) -> Markup {
    let inside: Vec<&Mark<'_>> = marks.iter().filter(|m| block.contains(m.span)).collect();
    let mut edges: Vec<u32> = inside.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    edges.extend([block.start, block.end]);
    edges.sort_unstable();
    edges.dedup();
    html! {
        bdi {
            @for piece in edges.windows(2) {
                @let piece = Span { start: piece[0], end: piece[1] };
                @let over: Vec<&&Mark<'_>> = inside.iter().filter(|m| m.span.contains(piece)).collect();
                @match over.first() {
                    None => (visible(piece.of(&document.text))),
                    Some(mark) => {
                        mark class={ "kind " (mark.claim.claim.kind.as_str()) } data-claim=(numbers(&over)) { (visible(piece.of(&document.text))) }
                        @for mark in over.iter().filter(|m| m.span.end == piece.end) {
                            a.note href={ "#" (mark.claim.id) } id=[is_first(mark).then(|| format!("w{}", mark.number))] aria-label={ "Claim " (mark.number) } { (mark.number) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a mark is its claim's first: the one that the claim leads back to.
fn is_first(mark: &Mark<'_>) -> bool {
    mark.claim.claim.evidence.first().is_some_and(|evidence| evidence.span == mark.span)
}

fn numbers(marks: &[&&Mark<'_>]) -> String {
    marks.iter().map(|m| m.number.to_string()).collect::<Vec<_>>().join(" ")
}

fn names(actors: &[model::ActorRef]) -> String {
    if actors.is_empty() {
        return "unknown".to_owned();
    }
    actors.iter().map(|a| label(&a.id)).collect::<Vec<_>>().join(", ")
}

/// Who and whom.
fn who(claim: &Claim) -> String {
    match claim.kind {
        Kind::Transfer => format!("{} → {}", names(&claim.supplier), names(&claim.recipient)),
        Kind::Measure => format!("{} ⊣ {}", names(&claim.imposer), names(&claim.target)),
        Kind::Violation | Kind::Shortage => names(&claim.actor),
        Kind::Contact => names(&claim.parties),
    }
}

fn card(number: usize, stored: &StoredClaim, view: &View) -> Markup {
    let claim = &stored.claim;
    let far = claim.stage.map(|s| s.as_str()).or(claim.action.map(|a| a.as_str()));
    let goods = claim.goods.iter().map(|g| match &g.quantity {
        Some(quantity) if !g.text.contains(quantity.as_str()) => format!("{quantity} {}", g.text),
        _ => g.text.clone(),
    });
    let what = goods.chain(claim.instrument.iter().map(|i| i.text.clone())).collect::<Vec<_>>().join("; ");
    html! {
        section.claim id=(stored.id) data-claim=(number) tabindex="-1" {
            h3 {
                a.note href={ "#w" (number) } aria-label={ "To the words of claim " (number) } { (number) } " "
                span class={ "kind " (claim.kind.as_str()) } { (claim.kind.as_str()) } " " (said(&cut(&who(claim), 120)))
            }
            p {
                @if let Some(far) = far { span.stage { (word(far)) } " " } (factuality(claim.factuality))
                @if !what.is_empty() { " · " (said(&cut(&what, 160))) }
            }
            p.small {
                @if claim.source.speaker == "author" { "in the document’s own words" } @else { "says " (said(&cut(&claim.source.speaker, 100))) }
                @if let Some(role) = &claim.source.role { ", " (said(&cut(role, 100))) }
                @if let Some(when) = &claim.when { " · when: " (said(&cut(&when.text, 60))) }
                @if let Some(price) = &claim.price { " · price: " (said(&cut(&price.text, 60))) }
            }
            @for deal in view.deals_of_claim(&stored.id).take(4) {
                p.small { a href={ "/deals/" (deal.id) } { "Deal: " (said(&super::text::title(deal))) } }
            }
        }
    }
}

fn copies(stored: &StoredDocument, view: &View) -> Markup {
    let Some(head) = view.doc_by_id(&stored.id) else { return html! {} };
    let links: Vec<_> = view.links(&head.doc).take(50).collect();
    html! {
        @if !links.is_empty() {
            section aria-labelledby="copies" {
                h2 id="copies" { "Copies and versions" }
                ul {
                    @for link in links {
                        li {
                            (doc_link(&link.doc)) " " (link.relation.words()) " " (doc_link(&link.of)) ": "
                            @let other = if link.doc == head.doc { &link.of } else { &link.doc };
                            a href={ "/documents/" (encoded(&stored.id)) "?with=" (encoded(other)) "#differences" } { "differences" }
                            span.small { " (" (link.shared_words) " words of " (link.words.0) " and " (link.words.1) ")" }
                        }
                    }
                }
            }
        }
    }
}

fn doc_link(doc: &str) -> Markup {
    html! { a href={ "/documents/" (encoded(doc)) } { (said(&cut(doc, 60))) } }
}
