//! Texts that are to be taken as they are: no captions, prompts or titles are looked for in them.

use model::{Block, BlockKind, Document, Span};

/// A document whose text is `text`, unchanged; every line with words in it is a paragraph.
pub fn document(name: &str, text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let first = start + line.len() - line.trim_start().len();
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(first, first + words.len()) });
        }
        start += line.len();
    }
    Document {
        doc: name.to_owned(),
        text: text.to_owned(),
        blocks,
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        ..Document::default()
    }
}

/// Byte offsets of a text to offsets in characters (Unicode scalar values), each found in logarithmic time.
pub struct Chars {
    /// Byte offset of every character that is not one byte long, with the bytes beyond one up to and with it.
    long: Vec<(u32, u32)>,
}

impl Chars {
    /// The offsets of `text`.
    pub fn new(text: &str) -> Self {
        let mut beyond = 0;
        let wide = text.char_indices().filter(|(_, c)| c.len_utf8() > 1);
        let long = wide
            .map(|(at, c)| {
                beyond += c.len_utf8() as u32 - 1;
                (at as u32, beyond)
            })
            .collect();
        Chars { long }
    }

    /// How many characters stand before byte `byte`.
    pub fn at(&self, byte: u32) -> u32 {
        let before = self.long.partition_point(|(at, _)| *at < byte);
        byte - before.checked_sub(1).map_or(0, |last| self.long[last].1)
    }

    /// The characters of a span: first, and one past the last.
    pub fn of(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_the_text_stays() {
        let text = "  One line.\r\n\n\tTwo – lines.\n";
        let d = document("x", text);
        assert_eq!(d.text, text);
        let blocks: Vec<_> = d.blocks.iter().map(|b| d.block_text(b)).collect();
        assert_eq!(blocks, ["One line.", "Two – lines."]);
    }

    #[test]
    fn offsets_are_in_characters() {
        let text = "a–bé𝕏c";
        let chars = Chars::new(text);
        for (n, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            assert_eq!(chars.at(byte as u32), n as u32, "byte {byte}");
        }
    }
}
