//! Two texts side by side in one: what both have, what only the earlier has, what only the later has.

use std::sync::Arc;

use ledger::StoredDocument;
use link::Article;
use link::copies::{Difference, differences};
use maud::{Markup, html};

use super::text::{cut, day, encoded, said, visible};
use crate::serve::{App, Problem, View};

/// Words that are shown of a stretch that both have, at each of its ends.
const AROUND: usize = 25;

/// Longest text that is compared, in bytes.
const COMPARED: usize = 400_000;

/// The section that shows in what a document and another one differ.
pub(super) async fn between(
    app: &App,
    view: &Arc<View>,
    stored: &StoredDocument,
    with: &str,
) -> Result<Markup, Problem> {
    let wanted = view.doc(with).map_or_else(|| with.to_owned(), |head| head.id.clone());
    let (own, seen) = (stored.clone(), with.to_owned());
    let (earlier, later, changes) = app
        .pool
        .read(move |ledger| {
            let other = ledger.document(&wanted)?.ok_or_else(|| Problem::not_found("document", &seen))?;
            let place =
                |d: &StoredDocument| (d.document.published.clone(), d.ingested_at.clone(), d.id.clone());
            let (earlier, later) = if place(&other) <= place(&own) { (other, own) } else { (own, other) };
            let body = |d: &StoredDocument| Article::new(&d.document, jiff::civil::date(1970, 1, 1)).body;
            let changes = differences(cut_off(&body(&earlier)), cut_off(&body(&later)));
            Ok((earlier, later, changes))
        })
        .await?;
    let name = |d: &StoredDocument| {
        let title = d.document.title.as_deref().unwrap_or(&d.document.doc).to_owned();
        let of = d.document.publisher.as_deref().map(|p| format!("{p}, ")).unwrap_or_default();
        html! {
            a href={ "/documents/" (encoded(&d.id)) } { (said(&cut(&title, 100))) }
            " (" (said(&cut(&of, 80))) (day(d.document.published.as_deref())) ", read " (day(d.ingested_at.get(..10))) ")"
        }
    };
    Ok(html! {
        section aria-labelledby="differences" {
            h2 id="differences" { "Differences" }
            p.small { "From " del { (name(&earlier)) } " to " ins { (name(&later)) } "." }
            @if changes.iter().all(|change| change.same) { p.none { "The texts are the same, word for word." } }
            p.changes { @for change in &changes { (stretch(change)) " " } }
        }
    })
}

/// As much of a text as is compared.
fn cut_off(body: &str) -> &str {
    let mut end = body.len().min(COMPARED);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

fn stretch(change: &Difference) -> Markup {
    if change.same {
        return html! { bdi { (visible(&shortened(&change.after))) } };
    }
    html! {
        @if !change.before.is_empty() { del { (said(&change.before)) } } " "
        @if !change.after.is_empty() { ins { (said(&change.after)) } }
    }
}

/// A stretch without its middle, where it is long.
fn shortened(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    if all.len() <= 3 * AROUND {
        return all.join(" ");
    }
    let (first, last) = (&all[..AROUND], &all[all.len() - AROUND..]);
    format!("{} […] {}", first.join(" "), last.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_lose_their_middle() {
        assert_eq!(shortened("a  b\nc"), "a b c");
        let long = shortened(&"word ".repeat(500));
        assert_eq!((long.matches("word").count(), long.contains("[…]")), (50, true));
        assert_eq!(cut_off("añb"), "añb");
    }
}
