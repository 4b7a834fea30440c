//! Bytes → documents: plain text, HTML, JSON and JSON lines, from files, folders and standard input.
//!
//! Two steps, so that a program can run the second on many threads: [`sources`] reads bytes in order, [`documents`] is
//! a pure function of one input. A [`model::Document`] holds every block of the input in order, each with its kind;
//! captions, prompts and links are kept as such, so that nothing is lost and nothing is claimed from them.

mod dates;
mod decode;
mod draft;
mod error;
mod format;
mod furniture;
mod html;
mod json;
mod language;
mod sources;
mod text;

use model::Document;

pub use error::ReadError;
pub use format::Format;
pub use sources::{Raw, Sources, sources};

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The publication date (ISO 8601) of documents that do not tell their own.
    pub published: Option<String>,
    /// Most bytes of one input, after decompression; of one line in JSON lines.
    pub max_input_bytes: u64,
    /// Most bytes of one document's text.
    pub max_text_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { published: None, max_input_bytes: 64 << 20, max_text_bytes: 4 << 20 }
    }
}

/// Reads the documents in one input.
///
/// The result depends on `raw` and `options` alone. Odd text is never an error; an input that is no text, has no
/// words, or passes a cap is one.
pub fn documents(raw: &Raw, options: &Options) -> Vec<Result<Document, ReadError>> {
    if raw.bytes.len() as u64 > options.max_input_bytes {
        return vec![Err(ReadError::TooLarge {
            origin: raw.origin.clone(),
            cap_bytes: options.max_input_bytes,
        })];
    }
    if let Some(what) = format::not_text(&raw.bytes) {
        return vec![Err(ReadError::NotText { origin: raw.origin.clone(), what })];
    }
    let content = decode::text(&raw.bytes, raw.charset.as_deref());
    let stem = raw.stem.as_deref();
    let given = draft::Draft { url: raw.url.clone(), ..draft::Draft::default() };
    let found = match raw.format.unwrap_or_else(|| format::of_text(&content)) {
        Format::Text => vec![Ok(text::document(&content, stem, given))],
        Format::Html => vec![Ok(html::document(&content, stem, given))],
        Format::Json => json::documents(&content, &raw.origin, stem),
        Format::JsonRow(line) => vec![json::row(&content, &raw.origin, line)],
    };
    found.into_iter().map(|document| checked(document?, raw, options)).collect()
}

/// Holds a document to the caps and gives it the caller's date where it has none.
fn checked(mut document: Document, raw: &Raw, options: &Options) -> Result<Document, ReadError> {
    if !document.text.chars().any(char::is_alphabetic) {
        return Err(ReadError::Empty { origin: raw.origin.clone() });
    }
    if document.text.len() > options.max_text_bytes {
        return Err(ReadError::TextTooLong {
            origin: raw.origin.clone(),
            text_bytes: document.text.len(),
            cap_bytes: options.max_text_bytes,
        });
    }
    if document.published.is_none() {
        document.published = options.published.clone();
    }
    Ok(document)
}

#[cfg(test)]
mod tests;
