//! Search: words in documents and claims, with the findings' words marked.

use std::collections::BTreeMap;

use axum::extract::{Extension, State};
use axum::response::Html;
use ledger::{Found, FoundKind};
use maud::{Markup, html};

use super::following::follow;
use super::layout::{field, page};
use super::text::{count, cut, day, encoded, said, visible};
use crate::api::ask::filled;
use crate::serve::{Asked, Caller, Code, Problem, Shared};

/// Most findings of each kind.
const MOST: usize = 100;

/// What the page says where there are more.
const CUT: &str = "There are more. Of documents and of claims the first 100 are shown, those that fit best; where words \
    stand in more than 2,000 of them, the newest. More words narrow it down.";

/// What is sought, and which of the findings are shown.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    q: Option<String>,
    kind: Option<String>,
    year: Option<String>,
}

/// Shows the form, and what was found.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let q = filled(&wanted.q).unwrap_or("").to_owned();
    let (mut wrong, mut found, mut more) = (None, Vec::new(), false);
    if !q.is_empty() {
        let sought = q.clone();
        match app.pool.read(move |ledger| Ok(ledger.search(&sought, MOST + 1)?)).await {
            Ok(all) => (found, more) = first(all),
            Err(problem) if problem.code == Code::BadQuery => wrong = Some(problem.detail),
            Err(problem) => return Err(problem),
        }
    }
    let (kind, year) = (filled(&wanted.kind), filled(&wanted.year));
    let shown: Vec<&Found> = found
        .iter()
        .filter(|f| {
            kind.is_none_or(|kind| kind == kind_word(f)) && year.is_none_or(|year| year == year_of(f))
        })
        .collect();
    let wrong_free = wrong.is_none();
    let main = html! {
        h1 { "Search" }
        form.filters action="/search" role="search" {
            (field("Words", "q", &q, "search"))
            button { "Search" }
        }
        p.small { "All words must occur; “a phrase” in quotation marks, beginning*, OR, NOT." }
        @if let Some(wrong) = wrong { p role="alert" { (visible(&wrong)) } }
        @if !q.is_empty() {
            p aria-live="polite" { (count(shown.len(), "finding")) "." }
            @if more { p.small { (CUT) } }
            (facets(&found, &q, &wanted))
            ol.found { @for found in shown { (finding(found)) } }
            @if wrong_free {
                div.row {
                    span.small { "Follow this search: " a href={ "/feeds/search?q=" (encoded(&q)) } { "Atom feed" } }
                    (follow(&caller, "search", (&q, &q), "Save this search"))
                }
            }
        }
    };
    Ok(page(Some(&caller), "Search", "/search", &main))
}

/// The first findings of each kind, and whether there are more.
fn first(mut found: Vec<Found>) -> (Vec<Found>, bool) {
    let (all, mut documents, mut claims) = (found.len(), 0, 0);
    found.retain(|one| {
        let count = if one.kind == FoundKind::Document { &mut documents } else { &mut claims };
        *count += 1;
        *count <= MOST
    });
    let more = found.len() < all;
    (found, more)
}

fn kind_word(found: &Found) -> &'static str {
    match found.kind {
        FoundKind::Document => "document",
        FoundKind::Claim => "claim",
    }
}

fn year_of(found: &Found) -> &str {
    found.published.as_deref().and_then(|day| day.get(..4)).unwrap_or("unknown")
}

fn facets(found: &[Found], q: &str, wanted: &Wanted) -> Markup {
    let (mut kinds, mut years): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for one in found {
        *kinds.entry(kind_word(one)).or_default() += 1;
        *years.entry(year_of(one)).or_default() += 1;
    }
    let facet = |name: &str, all: &BTreeMap<&str, usize>, chosen: Option<&str>| {
        html! {
            @if all.len() > 1 || chosen.is_some() {
                span { (name) ": " }
                @for (value, n) in all {
                    a href={ "/search?q=" (encoded(q)) "&" (name) "=" (encoded(value)) } aria-current=[(chosen == Some(value)).then_some("true")] { (value) " (" (n) ")" } " "
                }
                @if chosen.is_some() { a href={ "/search?q=" (encoded(q)) } { "all" } " " }
            }
        }
    };
    html! {
        nav.facets aria-label="Facets" {
            (facet("kind", &kinds, filled(&wanted.kind)))
            (facet("year", &years, filled(&wanted.year)))
        }
    }
}

fn finding(found: &Found) -> Markup {
    let title = found.title.as_deref().unwrap_or(&found.doc);
    let place = match found.kind {
        FoundKind::Document => format!("/documents/{}", encoded(&found.id)),
        FoundKind::Claim => format!("/documents/{}#{}", encoded(&found.doc), found.id),
    };
    html! {
        li {
            a href=(place) { (said(&cut(title, 140))) }
            div.small { (kind_word(found)) ", " (day(found.published.as_deref())) ", " (said(&cut(&found.doc, 60))) }
            p { (snippet(&found.snippet)) }
        }
    }
}

/// The words around a finding; what was sought is marked.
fn snippet(text: &str) -> Markup {
    html! {
        bdi {
            @for (n, piece) in text.split(['\u{2}', '\u{3}']).enumerate() {
                @if n % 2 == 1 { mark { (visible(piece)) } } @else { (visible(piece)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_are_shown_is_told() {
        let some = |kind, n| {
            let one = move |n: usize| Found {
                kind,
                id: n.to_string(),
                doc: "note".to_owned(),
                title: None,
                published: None,
                snippet: String::new(),
                rank: 0.0,
            };
            (0..n).map(one)
        };
        let check = |documents, claims, kept, more| {
            let all = some(FoundKind::Document, documents).chain(some(FoundKind::Claim, claims));
            let (found, told) = first(all.collect());
            assert_eq!((found.len(), told), (kept, more), "{documents} documents, {claims} claims");
        };
        check(3, 0, 3, false);
        check(MOST, MOST, 2 * MOST, false);
        check(MOST + 1, 7, MOST + 7, true);
        check(0, MOST + 1, MOST, true);
    }
}
