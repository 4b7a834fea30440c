//! A document being put together: its blocks become one text with spans, a language and a hash.

use model::{Block, BlockKind, Document, Span};

use crate::{dates, language};

/// One block before it has its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its words, white space squeezed.
    pub(crate) text: String,
    /// How many bytes at the start are a list marker, which the block's span leaves out.
    pub(crate) marker_bytes: usize,
}

impl Piece {
    /// A block without a list marker.
    pub(crate) fn new(kind: BlockKind, text: &str) -> Self {
        Piece { kind, text: squeeze(text), marker_bytes: 0 }
    }
}

/// What was read of a document, before its text is joined.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) published: Option<String>,
    /// The language that the page declares; used only where the text is too short to tell.
    pub(crate) declared_language: Option<String>,
    pub(crate) pieces: Vec<Piece>,
}

impl Draft {
    /// Joins the blocks into a document. `doc` is its name, or `None` to take the address or the hash.
    pub(crate) fn finish(self, doc: Option<&str>) -> Document {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for piece in self.pieces.iter().filter(|p| !p.text.is_empty()) {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len() + marker_end(piece);
            text.push_str(&piece.text);
            if start < text.len() {
                blocks.push(Block { kind: piece.kind, span: Span::new(start, text.len()) });
            }
        }
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        let url = self.url.map(|u| u.trim().to_owned()).filter(|u| !u.is_empty());
        let doc = doc.map(str::to_owned).or_else(|| url.clone()).unwrap_or_else(|| hash[..16].to_owned());
        let published = self.published.or_else(|| url.as_deref().and_then(dates::in_address));
        let main = main_text(&text, &blocks);
        let language = language::of(&main).or_else(|| self.declared_language.filter(|l| !l.is_empty()));
        let title = self.title.map(|t| squeeze(&t)).filter(|t| !t.is_empty());
        let author = self.author.map(|a| squeeze(&a)).filter(|a| !a.is_empty());
        let publisher = self.publisher.map(|p| squeeze(&p)).filter(|p| !p.is_empty());
        Document { doc, url, publisher, title, author, published, language, text, blocks, hash }
    }
}

/// The end of a block's list marker, on a character boundary and never past the text.
fn marker_end(piece: &Piece) -> usize {
    if piece.text.is_char_boundary(piece.marker_bytes) { piece.marker_bytes } else { 0 }
}

/// The text of the main blocks, up to a few thousand bytes: enough to tell a language.
fn main_text(text: &str, blocks: &[Block]) -> String {
    let mut main = String::new();
    for block in blocks.iter().filter(|b| b.kind.is_main()) {
        main.push_str(block.span.of(text));
        main.push('\n');
        if main.len() > 4000 {
            break;
        }
    }
    main
}

/// Makes every run of white space one space and takes it off both ends.
pub(crate) fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in
        text.split(|c: char| c.is_whitespace() || c == '\u{feff}' || ('\u{1c}'..='\u{1f}').contains(&c))
    {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}
