//! A deal as a brief: a page that prints, and Markdown; both with footnotes to the sources.

use std::fmt::Write;

use axum::extract::{Extension, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use link::deals::{Deal, Event};
use maud::html;
use model::Factuality;

use super::layout::page;
use super::text::{count, cut, day, flags, said, title, visible, word};
use crate::serve::{Caller, Named, Problem, Shared, View};

/// A thing said with the number of its footnote.
struct Line<'a> {
    event: &'a Event,
    note: usize,
}

/// Everything said, and the documents that it is from in the order of their footnotes.
fn lines(deal: &Deal) -> (Vec<Line<'_>>, Vec<&str>) {
    let (mut lines, mut docs): (Vec<Line<'_>>, Vec<&str>) = (Vec::new(), Vec::new());
    for event in deal.history.iter().filter(|event| !event.withdrawn) {
        let known = docs.iter().position(|doc| *doc == event.doc);
        let note = known.unwrap_or_else(|| {
            docs.push(&event.doc);
            docs.len() - 1
        });
        lines.push(Line { event, note: note + 1 });
    }
    (lines, docs)
}

fn summary(deal: &Deal) -> String {
    let flags = flags(deal);
    let flags = if flags.is_empty() { String::new() } else { format!(" ({})", flags.join(", ")) };
    let (stage, sure) = (word(deal.stage.as_str()), word(deal.factuality.as_str()));
    let (sources, documents) =
        (count(deal.independent_sources(), "independent source"), count(deal.docs.len(), "document"));
    let (first, last) = (day(deal.days.0.as_deref()), day(deal.days.1.as_deref()));
    format!("Furthest stage held: {stage}, {sure}{flags}. {sources} in {documents}, {first} to {last}.")
}

fn verb(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Denied => "denies that it was",
        Factuality::NoEvidence => "has no evidence that it was",
        Factuality::Possible => "holds it possible that it was",
        Factuality::Probable => "holds it likely that it was",
        Factuality::Conditional => "says on a condition that it would be",
        Factuality::Undetermined => "leaves open whether it was",
        Factuality::Certain => "says that it was",
    }
}

/// A document as a footnote: publisher, title, day, address.
fn footnote(view: &View, doc: &str) -> Vec<String> {
    let Some(head) = view.doc(doc) else { return vec![visible(doc).into_owned()] };
    let published = day(head.published.as_deref());
    let parts =
        [head.publisher.as_deref(), head.title.as_deref(), Some(published.as_str()), head.url.as_deref()];
    parts.into_iter().flatten().map(|part| visible(&cut(part, 300)).into_owned()).collect()
}

/// The brief as a page.
pub(super) async fn html_page(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    let (lines, docs) = lines(deal);
    let main = html! {
        article.brief {
            h1 { (said(&title(deal))) }
            p { (summary(deal)) }
            h2 { "What is said" }
            ol {
                @for Line { event, note } in &lines {
                    li {
                        (day(event.day.as_deref())) ": " (said(&event.source)) " " (verb(event.factuality)) " " (word(event.stage.as_str())) ": "
                        q { (said(&event.words)) } sup { a href={ "#n" (note) } { (note) } }
                    }
                }
            }
            h2 { "Sources" }
            ol.notes { @for (n, doc) in docs.iter().enumerate() { li id={ "n" (n + 1) } { (said(&footnote(&view, doc).join(". "))) } } }
            p.small { "From a waybill ledger, deal " (deal.id) ". Reported, not established." }
        }
    };
    Ok(page(Some(&caller), &format!("Brief: {}", title(deal)), "/deals", &main))
}

/// Words that Markdown takes for nothing but words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The brief as Markdown.
pub(super) async fn markdown(State(app): State<Shared>, Named(id): Named) -> Result<Response, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    let text = written(deal, &view).map_err(|_| Problem::internal("the brief could not be written"))?;
    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

fn written(deal: &Deal, view: &View) -> Result<String, std::fmt::Error> {
    let (lines, docs) = lines(deal);
    let mut out = String::new();
    writeln!(out, "# {}\n\n{}\n\n## What is said\n", plain(&title(deal)), summary(deal))?;
    for Line { event, note } in lines {
        let (day, source) = (day(event.day.as_deref()), plain(&event.source));
        let (verb, stage, words) = (verb(event.factuality), word(event.stage.as_str()), plain(&event.words));
        writeln!(out, "- {day}: {source} {verb} {stage}: “{words}”[^{note}]")?;
    }
    writeln!(out)?;
    for (n, doc) in docs.iter().enumerate() {
        writeln!(out, "[^{}]: {}", n + 1, plain(&footnote(view, doc).join(". ")))?;
    }
    writeln!(out, "\nFrom a waybill ledger, deal {}. Reported, not established.", deal.id)?;
    Ok(out)
}
