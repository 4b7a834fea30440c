//! What the steps across documents need to know of one document.

use jiff::civil::Date;
use model::{BlockKind, Document, parse_date};

/// One document as `copies`, `stories` and `origins` see it.
///
/// Articles are put in order by [`Article::place`]: the day of publication (the day of arrival where that is
/// unknown), then the document's name. Arrival within a day therefore changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Which document.
    pub doc: String,
    /// The day that it is filed under, in days since 1970-01-01: of publication, or of arrival.
    pub day: i32,
    /// Whether `day` is the day of publication.
    pub dated: bool,
    /// Its address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title; empty for none.
    pub title: String,
    /// The story without its title.
    pub body: String,
}

impl Article {
    /// The article in a document that arrived on the day `arrived`.
    ///
    /// Captions, prompts and the block that repeats the title are left out of the body.
    pub fn new(document: &Document, arrived: Date) -> Self {
        let published = document.published.as_deref().and_then(parse_date);
        let title = document.title.clone().unwrap_or_default();
        let mut body = String::with_capacity(document.text.len());
        for (i, block) in document.blocks.iter().enumerate() {
            let words = document.block_text(block);
            let heads = i == 0 && block.kind == BlockKind::Headline && words.trim() == title.trim();
            if block.kind.is_main() && !heads {
                body.push_str(words);
                body.push('\n');
            }
        }
        Article {
            doc: document.doc.clone(),
            day: day_number(published.unwrap_or(arrived)),
            dated: published.is_some(),
            url: document.url.clone(),
            publisher: document.publisher.clone(),
            title,
            body,
        }
    }

    /// Where the article stands in the order of all articles.
    pub fn place(&self) -> (i32, &str) {
        (self.day, &self.doc)
    }
}

/// The days from 1970-01-01 to `date`; negative before it.
pub fn day_number(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Block, Span};

    #[test]
    fn leaves_out_the_title_and_captions() {
        let text = "Shells sail\nA photo\nThe ship left on Monday.";
        let block = |kind, words: &str| {
            let start = text.find(words).unwrap();
            Block { kind, span: Span::new(start, start + words.len()) }
        };
        let document = Document {
            doc: "a".into(),
            title: Some("Shells sail".into()),
            published: Some("1970-01-11".into()),
            text: text.into(),
            blocks: vec![
                block(BlockKind::Headline, "Shells sail"),
                block(BlockKind::Caption, "A photo"),
                block(BlockKind::Paragraph, "The ship left on Monday."),
            ],
            ..Document::default()
        };
        let article = Article::new(&document, Date::constant(2030, 1, 1));
        assert_eq!(article.body, "The ship left on Monday.\n");
        assert_eq!((article.day, article.dated), (10, true));
    }
}
