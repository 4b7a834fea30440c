//! The attributions of a raw text, by characters: what PolNeAR's scorer and other tools read.

use lang::Parse;
use model::{Block, BlockKind, Document, Span};

use super::{Attribution, Models, Stance, attribute_with};
use crate::text::{Place, Text};
use crate::{Codebook, mentions};

/// One attribution of a raw text. All pairs are half-open ranges of characters (Unicode scalar values).
#[derive(Debug, Clone, PartialEq)]
pub struct RawAttribution {
    /// The source's words, where the text names one.
    pub source: Option<(usize, usize)>,
    /// The cue's words.
    pub cue: Vec<(usize, usize)>,
    /// The content's words.
    pub content: Vec<(usize, usize)>,
    /// What the cue says of how sure the source is.
    pub stance: Stance,
    /// Who the source is, where it could be told.
    pub speaker: Option<String>,
}

/// The raw text as a document: each line that is not blank is a paragraph.
pub fn document(raw: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in raw.split_inclusive(['\n', '\r']) {
        let words = line.trim();
        if !words.is_empty() {
            let first = start + (line.len() - line.trim_start().len());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(first, first + words.len()) });
        }
        start += line.len();
    }
    Document { text: raw.to_owned(), blocks, ..Document::default() }
}

/// Finds who is cited for what in a raw text; `parse` parses the words of one paragraph.
pub fn of_raw_text(raw: &str, book: &Codebook, parse: impl Fn(&str) -> Parse) -> Vec<RawAttribution> {
    let document = document(raw);
    let parses: Vec<Option<Parse>> =
        document.blocks.iter().map(|b| Some(parse(document.block_text(b)))).collect();
    let text = Text::new(&document, &parses);
    let (cast, _) = mentions::find(&text, book);
    let (attributions, _) = attribute_with(&text, &cast, &book.cues, Models::shared());
    let characters = Characters::new(raw);
    attributions
        .iter()
        .map(|a| characters.raw(&text, a, a.actor.map(|i| cast.actors[i].id.clone())))
        .collect()
}

/// The character offset of each byte that begins one.
struct Characters(Vec<usize>);

impl Characters {
    fn new(raw: &str) -> Self {
        let mut offsets = vec![0; raw.len() + 1];
        let mut count = 0;
        for (byte, _) in raw.char_indices() {
            offsets[byte] = count;
            count += 1;
        }
        offsets[raw.len()] = count;
        Characters(offsets)
    }

    fn pair(&self, text: &Text<'_>, place: &Place) -> (usize, usize) {
        let span = text.blocks[place.at].span(place.tokens());
        (self.0[span.start as usize], self.0[span.end as usize])
    }

    fn raw(&self, text: &Text<'_>, of: &Attribution, speaker: Option<String>) -> RawAttribution {
        RawAttribution {
            source: of.source.as_ref().map(|s| self.pair(text, s)),
            cue: of.cue.iter().map(|p| self.pair(text, p)).collect(),
            content: of.content.iter().map(|p| self.pair(text, p)).collect(),
            stance: of.stance,
            speaker,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_with_words_is_a_paragraph() {
        let raw = "Title of it\r\n\n  First line – here. \nSecond.";
        let document = document(raw);
        let lines: Vec<&str> = document.blocks.iter().map(|b| document.block_text(b)).collect();
        assert_eq!(lines, ["Title of it", "First line – here.", "Second."]);
    }

    #[test]
    fn offsets_count_characters_not_bytes() {
        let characters = Characters::new("a–“b”");
        assert_eq!(characters.0[0], 0);
        assert_eq!(characters.0[1], 1);
        assert_eq!(characters.0["a–".len()], 2);
        assert_eq!(characters.0["a–“b”".len()], 5);
    }
}
