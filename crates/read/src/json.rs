//! JSON and JSON lines: objects with `url`, `title`, `publisher`, `published` and `text`.

use model::Document;
use serde_json::{Map, Value};

use crate::{ReadError, dates, draft::Draft, html, language, text};

/// Reads one object, an array of them, or one a line. A bad line is an error of its own.
pub(crate) fn documents(input: &str, origin: &str, stem: Option<&str>) -> Vec<Result<Document, ReadError>> {
    match serde_json::from_str::<Value>(input) {
        Ok(Value::Array(rows)) => {
            rows.iter().enumerate().map(|(i, row)| one(row, &numbered(origin, i + 1), None)).collect()
        }
        Ok(row) => vec![one(&row, origin, stem)],
        Err(whole) => {
            let rows: Vec<(usize, &str)> =
                input.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).collect();
            let first_is_row = rows.first().is_some_and(|(_, l)| serde_json::from_str::<Value>(l).is_ok());
            if !first_is_row {
                return vec![Err(broken(origin, whole.line(), &whole))];
            }
            rows.into_iter().map(|(i, row)| self::row(row, origin, i + 1)).collect()
        }
    }
}

/// Reads one line of a JSON-lines file; `line` counts from 1.
pub(crate) fn row(row: &str, origin: &str, line: usize) -> Result<Document, ReadError> {
    let value = serde_json::from_str::<Value>(row).map_err(|e| broken(origin, line, &e))?;
    one(&value, &numbered(origin, line), None)
}

fn numbered(origin: &str, number: usize) -> String {
    format!("{origin}:{number}")
}

fn broken(origin: &str, line: usize, error: &serde_json::Error) -> ReadError {
    ReadError::Json { origin: origin.to_owned(), line, reason: error.to_string() }
}

/// The first of these fields that holds words; a list of names is joined.
fn field(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| object.get(*name)).find_map(words)
}

fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Value::Object(object) => field(object, &["name", "value", "text"])?,
        _ => return None,
    };
    Some(text).filter(|t| !t.trim().is_empty())
}

fn one(value: &Value, origin: &str, stem: Option<&str>) -> Result<Document, ReadError> {
    let no_text = || ReadError::NoText { origin: origin.to_owned() };
    let object = value.as_object().ok_or_else(no_text)?;
    let mut draft = Draft {
        url: field(object, &["url", "link", "canonical_url", "address", "source_url"]),
        publisher: field(object, &["publisher", "site_name", "sitename", "source", "outlet", "hostname"]),
        title: field(object, &["title", "headline"]),
        author: field(object, &["author", "authors", "byline"]),
        published: field(
            object,
            &["published", "date_published", "datePublished", "published_at", "pub_date", "date"],
        )
        .and_then(|d| dates::parse(&d)),
        declared_language: field(object, &["language", "lang"]).and_then(|l| language::declared(&l)),
        pieces: Vec::new(),
    };
    let name = stem.map(str::to_owned).or_else(|| field(object, &["doc", "slug"]));
    let plain = field(object, &["text", "body", "content", "articleBody", "maintext", "main_text"]);
    let markup = field(object, &["html", "content_html", "raw_html"]);
    match (plain, markup) {
        (Some(plain), _) => text::compose(&mut draft, text::paragraphs(&plain)),
        (None, Some(markup)) => return Ok(html::document(&markup, name.as_deref(), draft)),
        (None, None) if draft.title.is_some() => text::compose(&mut draft, Vec::new()),
        (None, None) => return Err(no_text()),
    }
    Ok(draft.finish(name.as_deref()))
}

#[cfg(test)]
mod tests {
    use model::BlockKind;

    use super::*;

    fn read(input: &str) -> Vec<Result<Document, ReadError>> {
        documents(input, "a.json", Some("a"))
    }

    #[test]
    fn an_object_with_all_fields() {
        let input = r#"{"url":"https://news.example/1","title":"Ship leaves","publisher":"Harbour Post",
            "published":"2031-01-02","text":"Ship leaves\n\nThe ship left on Monday.\nNobody saw it go."}"#;
        let doc = read(input).remove(0).expect("the object is whole");
        assert_eq!((doc.doc.as_str(), doc.published.as_deref()), ("a", Some("2031-01-02")));
        assert_eq!(doc.text, "Ship leaves\nShip leaves\nThe ship left on Monday.\nNobody saw it go.");
        let kinds: Vec<BlockKind> = doc.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Headline, BlockKind::Other, BlockKind::Paragraph, BlockKind::Paragraph]
        );
    }

    #[test]
    fn a_title_cut_from_the_text_is_not_a_headline() {
        let input = r#"{"title":"The ship left on Monday with el","text":"The ship left on Monday with eleven crates."}"#;
        let doc = read(input).remove(0).expect("the object is whole");
        assert_eq!(doc.blocks[0].kind, BlockKind::Other);
        assert_eq!(doc.title.as_deref(), Some("The ship left on Monday with el"));
    }

    #[test]
    fn lines_fail_one_by_one() {
        let input = "{\"url\":\"https://news.example/1\",\"text\":\"The ship left.\"}\n{broken\n{\"text\":\"It came back.\"}\n";
        let found = read(input);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].as_ref().map(|d| d.doc.as_str()).ok(), Some("https://news.example/1"));
        assert!(matches!(found[1], Err(ReadError::Json { line: 2, .. })));
        assert_eq!(found[2].as_ref().map(|d| d.doc.len()).ok(), Some(16));
    }

    #[test]
    fn no_text_is_an_error() {
        assert!(matches!(read("{\"url\":\"https://news.example/1\"}")[0], Err(ReadError::NoText { .. })));
        assert!(matches!(read("{\"text\":")[0], Err(ReadError::Json { .. })));
    }
}
