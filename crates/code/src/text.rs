//! A document as the coder sees it: its main blocks with their parses.

use std::ops::Range;

use lang::{Parse, Token};
use model::{BlockKind, Document, Span};

/// The words of a block without the outlets that a digest names in brackets behind them, and the heading that a broken page
/// leaves after these: "…to Chad. (Harbour Post) (AFP via Daily Quay) Law and crime:".
///
/// They are no part of a sentence, and mislead the parser about the last one.
pub fn told(block: &str) -> &str {
    let mut words = block.trim_end();
    if let Some(close) = words.rfind(')').filter(|_| words.ends_with(':')) {
        let heading = &words[close + 1..];
        if heading.split_whitespace().count() <= 6 && !heading.contains(['.', '"']) {
            words = &words[..=close];
        }
    }
    let mut rest = words;
    loop {
        rest = rest.trim_end_matches([' ', ',', ';']);
        if !rest.ends_with(')') {
            break;
        }
        let Some(open) = rest.rfind('(') else { return block };
        let name = &rest[open + 1..rest.len() - 1];
        let outlet = name.len() <= 80 && name.contains(char::is_uppercase) && !name.ends_with('.');
        if !outlet || open == 0 {
            return block;
        }
        rest = &rest[..open];
    }
    let sentence = rest.ends_with(['.', '!', '?', '"', '”', '’']);
    if sentence && rest.len() < block.len() { rest } else { block }
}

/// One main block with its parse. Token indices are of this block's parse.
#[derive(Debug, Clone, Copy)]
pub struct Parsed<'a> {
    /// Index of the block in [`Document::blocks`].
    pub block: u32,
    /// What the block is.
    pub kind: BlockKind,
    /// Byte offset of the parsed text in [`Document::text`].
    pub offset: usize,
    /// The parse of the block's words.
    pub parse: &'a Parse,
}

impl<'a> Parsed<'a> {
    /// Where tokens `tokens` stand in the document's text.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::new(self.offset, self.offset);
        }
        let (first, last) = (self.parse.token(tokens.start), self.parse.token(tokens.end - 1));
        Span::new(self.offset + first.range().start, self.offset + last.range().end)
    }

    /// The token at `index`.
    pub fn token(&self, index: usize) -> Token<'a> {
        self.parse.token(index)
    }
}

/// The main blocks of a document, in order, each parsed apart.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its main blocks; captions, prompts and the like are not here.
    pub blocks: Vec<Parsed<'a>>,
}

impl<'a> Text<'a> {
    /// Joins a document with the parses of its blocks: one for each block, `None` for those that are not main text.
    pub fn new(document: &'a Document, parses: &'a [Option<Parse>]) -> Self {
        let blocks = document
            .blocks
            .iter()
            .zip(parses)
            .enumerate()
            .filter(|(_, (block, _))| block.kind.is_main())
            .filter_map(|(i, (block, parse))| {
                let parse = parse.as_ref()?;
                Some(Parsed { block: i as u32, kind: block.kind, offset: block.span.start as usize, parse })
            })
            .collect();
        Text { document, blocks }
    }

    /// The same with the parses in `mended` in place of the first ones, by the document's blocks.
    pub(crate) fn with(mut self, mended: &'a [Option<Parse>]) -> Self {
        for block in &mut self.blocks {
            if let Some(parse) = &mended[block.block as usize] {
                block.parse = parse;
            }
        }
        self
    }
}

/// Some tokens of one main block: `at` indexes [`Text::blocks`], `tokens` that block's parse.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Which of [`Text::blocks`].
    pub at: usize,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

impl Place {
    /// The tokens `tokens` of block `at`.
    pub fn new(at: usize, tokens: Range<usize>) -> Self {
        Place { at, first: tokens.start, end: tokens.end }
    }

    /// The tokens.
    pub fn tokens(&self) -> Range<usize> {
        self.first..self.end
    }

    /// Whether token `token` of block `at` is among them.
    pub fn holds(&self, at: usize, token: usize) -> bool {
        self.at == at && self.tokens().contains(&token)
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn outlets_in_brackets_are_not_told() {
        for tail in [
            " (Reuters)",
            " (Harbour Post) (AFP via Daily Quay)",
            " (AP), (BBC)",
            " (Reuters) Law and crime:",
            "(BBC)",
        ] {
            let words = "Chad orders six drones.";
            assert_eq!(told(&format!("{words}{tail}")), words, "{tail}");
        }
        for words in [
            "Chad orders six drones (and a radar).",
            "Chad orders six drones from the Air Works (AW)",
            "Chad orders six drones. (It had asked for ten.)",
            "(Reuters)",
            "",
        ] {
            assert_eq!(told(words), words);
        }
    }
}
