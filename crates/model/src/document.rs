//! Documents: one article or statement as published.

use serde::{Deserialize, Serialize};

use crate::When;

/// A half-open range of bytes in a document's main text (or, in `lang`, in the parsed text).
///
/// Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }

    /// The bytes as a range, to index a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` that this span covers; empty where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span further on, by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Span {
        Span { start: self.start + offset as u32, end: self.end + offset as u32 }
    }

    /// Whether all of `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// What a block of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The title, and headings inside the story.
    Headline,
    /// A key point, or an item of a list.
    Bullet,
    /// Body text.
    Paragraph,
    /// A caption or a picture credit. Nothing is claimed from it.
    Caption,
    /// Prompts, share buttons, related links, address lines. Nothing is claimed from it.
    Other,
}

impl BlockKind {
    /// Whether this block belongs to the main text: only such blocks are coded.
    pub fn is_main(self) -> bool {
        !matches!(self, BlockKind::Caption | BlockKind::Other)
    }
}

/// A block of a document's text: a headline, a bullet, a paragraph, or what is not the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Document::text`], without the white space around it.
    pub span: Span,
}

/// Which document: the file's name without its ending, or the address, as the exports give it.
pub type DocId = String;

/// One article or statement as published, read and cut into blocks.
///
/// `text` holds every block in order, so that offsets into it are stable; `blocks` are disjoint and in order.
/// What is not known is `None`: today's date is never taken for a document's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Document {
    /// The file's name without its ending, or the address.
    pub doc: DocId,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it, in words.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it: persons, or a body; not an address.
    pub author: Option<String>,
    /// The day of publication, ISO 8601 (`2022-09-06`), where it is known.
    pub published: Option<String>,
    /// ISO 639-1 code of the text's language, where it can be told.
    pub language: Option<String>,
    /// The text: the title, then the blocks, each apart by a line break.
    pub text: String,
    /// What the text consists of.
    pub blocks: Vec<Block>,
    /// BLAKE3 of the text, in hexadecimal: the same text is the same document.
    pub hash: String,
}

impl Document {
    /// The words of one block.
    pub fn block_text(&self, block: &Block) -> &str {
        block.span.of(&self.text)
    }

    /// The character offset (Unicode scalar values) of a byte offset into the text.
    pub fn char_offset(&self, byte: u32) -> usize {
        self.text.get(..byte as usize).map_or(0, |t| t.chars().count())
    }
}

/// Something that a reader or coder noticed and that is not an error: a quote with no speaker, a date not read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What was noticed, in one line.
    pub message: String,
    /// Where in the text, if at one place.
    pub span: Option<Span>,
}

impl Note {
    /// A note on the words at `span`.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Note { message: message.into(), span: Some(span) }
    }
}

impl Document {
    /// The publication date as a time, or `None` where it is unknown or not a date.
    pub fn published_when(&self) -> Option<When> {
        let text = self.published.clone()?;
        let day = crate::parse_date(&text)?;
        Some(When { text, start: Some(day.to_string()), end: Some(day.to_string()), span: Span::default() })
    }
}
