//! What a page says about itself: meta elements, JSON-LD, `<time>`, the canonical address.

use dom_query::Document as Dom;
use serde_json::Value;

use crate::{
    dates,
    draft::{Draft, squeeze},
    furniture, language,
};

/// JSON-LD nested deeper than this is not looked into.
const MAX_NESTING: usize = 6;

/// Meta elements that hold the publication date, most trusted first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datePublished",
    "date_published",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "article.published",
    "article_date_original",
    "cXenseParse:recs:publishtime",
    "rnews:datePublished",
    "og:article:published_time",
    "date",
];
const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
];
const PUBLISHERS: &[&str] =
    &["og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title"];

/// Fills what the draft does not know yet.
pub(crate) fn fill(draft: &mut Draft, dom: &Dom) {
    let linked = linked_data(dom);
    let from = |value: Option<String>| value.map(|v| squeeze(&v)).filter(|v| !v.is_empty());
    if draft.url.is_none() {
        draft.url = canonical(dom).or_else(|| meta(dom, &["og:url"])).filter(|u| u.starts_with("http"));
    }
    if draft.title.is_none() {
        draft.title = from(linked.title.or_else(|| meta(dom, TITLES)).or_else(|| single_h1(dom)));
    }
    if draft.publisher.is_none() {
        draft.publisher = from(linked.publisher.or_else(|| meta(dom, PUBLISHERS)));
    }
    if draft.author.is_none() {
        let author = linked.author.or_else(|| meta(dom, AUTHORS)).map(|a| clean_author(&a));
        draft.author = author.filter(|a| !a.is_empty() && !a.starts_with("http"));
    }
    if draft.published.is_none() {
        draft.published = linked.published.or_else(|| meta_date(dom)).or_else(|| time_element(dom));
    }
    if draft.declared_language.is_none() {
        let declared = dom.select("html[lang]").attr("lang").map(|l| l.to_string());
        draft.declared_language = declared.and_then(|l| language::declared(&l));
    }
}

/// The names of a byline without "By" and without an address.
pub(crate) fn clean_author(author: &str) -> String {
    let line = squeeze(author);
    let line = furniture::byline(&line).map_or(line.clone(), str::to_owned);
    line.split(' ').filter(|w| !w.contains('@') && !w.contains("://")).collect::<Vec<_>>().join(" ")
}

fn canonical(dom: &Dom) -> Option<String> {
    dom.select("link[rel=\"canonical\"]").attr("href").map(|h| h.trim().to_owned())
}

fn single_h1(dom: &Dom) -> Option<String> {
    let found = dom.select("h1");
    (found.nodes().len() == 1).then(|| found.text().to_string())
}

/// The content of the first of these meta elements that has one; `names` are in order of trust.
fn meta(dom: &Dom, names: &[&str]) -> Option<String> {
    metas(dom, names).into_iter().next()
}

fn metas(dom: &Dom, names: &[&str]) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for node in dom.select("meta[content]").iter() {
        for key in ["property", "name", "itemprop"] {
            let Some(name) = node.attr(key) else { continue };
            let rank = names.iter().position(|n| n.eq_ignore_ascii_case(name.trim()));
            let content = node.attr("content").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty());
            found.extend(rank.zip(content));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, content)| content).collect()
}

fn meta_date(dom: &Dom) -> Option<String> {
    metas(dom, DATES).iter().find_map(|content| dates::parse(content))
}

/// The date of the story's `<time>`: one that says so, the first inside the article, or the page's only one.
fn time_element(dom: &Dom) -> Option<String> {
    for marked in [
        "time[itemprop=\"datePublished\"]",
        "time[pubdate]",
        "article header time",
        "article time",
        "main time",
    ] {
        let first = dom.select(marked);
        if let Some(node) = first.nodes().first() {
            let value = node.attr("datetime").map_or_else(|| node.text().to_string(), |d| d.to_string());
            return dates::parse(&value);
        }
    }
    let times = dom.select("time[datetime]");
    let mut days: Vec<String> =
        times.nodes().iter().filter_map(|n| n.attr("datetime")).filter_map(|d| dates::parse(&d)).collect();
    days.dedup();
    if days.len() == 1 { days.pop() } else { None }
}

/// What the page's JSON-LD says of the article.
#[derive(Default)]
struct Linked {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

fn linked_data(dom: &Dom) -> Linked {
    for script in dom.select("script[type=\"application/ld+json\"]").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else {
            continue;
        };
        if let Some(article) = article_in(&value, 0) {
            let text = |key: &str| article.get(key).and_then(name_of);
            return Linked {
                title: text("headline").or_else(|| text("name")),
                author: text("author").or_else(|| text("creator")),
                publisher: text("publisher"),
                published: text("datePublished")
                    .or_else(|| text("dateCreated"))
                    .and_then(|d| dates::parse(&d)),
            };
        }
    }
    Linked::default()
}

/// The first object that is some kind of article or report.
fn article_in(value: &Value, nesting: usize) -> Option<&Value> {
    if nesting > MAX_NESTING {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| article_in(item, nesting + 1)),
        Value::Object(object) => {
            let kinds: Vec<&str> = match object.get("@type") {
                Some(Value::String(kind)) => vec![kind],
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            let is_article =
                kinds.iter().any(|k| k.ends_with("Article") || k.ends_with("Posting") || *k == "Report");
            if is_article {
                return Some(value);
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .iter()
                .filter_map(|k| object.get(*k))
                .find_map(|v| article_in(v, nesting + 1))
        }
        _ => None,
    }
}

/// A string, an object's `name`, or the names of a list.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(items) => {
            let names: Vec<String> = items
                .iter()
                .filter_map(|item| match item {
                    Value::String(text) => Some(text.clone()),
                    other => other.get("name").and_then(Value::as_str).map(str::to_owned),
                })
                .collect();
            Some(names.join(", "))
        }
        _ => None,
    }
    .filter(|t| !t.trim().is_empty())
}
