//! The main blocks of a document as one run of words, with the quotations over them.

use std::ops::Range;

use smol_str::{SmolStr, StrExt};

use crate::text::{Place, Text};

/// One token of the run. All indices but `token` are into the run.
#[derive(Debug, Clone)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) lower: SmolStr,
    pub(crate) lemma: SmolStr,
    pub(crate) tag: &'a str,
    pub(crate) pos: &'a str,
    pub(crate) dep: &'a str,
    pub(crate) head: usize,
    /// Index into [`Flow::sentences`].
    pub(crate) sentence: usize,
    /// Index into [`Text::blocks`].
    pub(crate) block: usize,
    /// Index in the block's parse.
    pub(crate) token: usize,
    /// Label of the entity that the word belongs to, or an empty string.
    pub(crate) entity: &'a str,
    /// Whether white space, or nothing, stands before it.
    pub(crate) apart: bool,
    /// Index into [`Flow::quotes`], marks included.
    pub(crate) quote: Option<usize>,
    /// First and last word of its subtree.
    pub(crate) edges: (usize, usize),
}

/// A document's words in order, its sentences, and its quotations.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    pub(crate) words: Vec<Word<'a>>,
    pub(crate) sentences: Vec<Range<usize>>,
    /// Quotations, marks included; one that runs over several paragraphs has a piece in each.
    pub(crate) quotes: Vec<Quote>,
    children: Vec<Vec<usize>>,
}

/// A piece of a quotation within one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The words, marks included.
    pub(crate) words: Range<usize>,
    /// Whether it goes on a quotation that the block before left open.
    pub(crate) goes_on: bool,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(text: &Text<'a>) -> Self {
        let mut flow =
            Flow { words: Vec::new(), sentences: Vec::new(), quotes: Vec::new(), children: Vec::new() };
        for block in 0..text.blocks.len() {
            flow.add_block(text, block);
        }
        flow.children = vec![Vec::new(); flow.words.len()];
        for i in 0..flow.words.len() {
            let head = flow.words[i].head;
            if head != i {
                flow.children[head].push(i);
            }
        }
        flow.set_edges();
        flow.find_quotes();
        flow
    }

    fn add_block(&mut self, text: &Text<'a>, block: usize) {
        let parse = text.blocks[block].parse;
        let base = self.words.len();
        let mut entity = vec![""; parse.len()];
        for e in parse.entities() {
            entity[e.tokens.clone()].fill(e.label.as_str());
        }
        let first_sentence = self.sentences.len();
        self.sentences.extend(parse.sentences().map(|s| base + s.range().start..base + s.range().end));
        let mut sentence = first_sentence;
        let mut last_end = None;
        for token in parse.tokens() {
            let i = token.index();
            while self.sentences[sentence].end <= base + i {
                sentence += 1;
            }
            self.words.push(Word {
                text: token.text(),
                lower: token.text().to_lowercase_smolstr(),
                lemma: token.lemma().to_lowercase_smolstr(),
                tag: token.tag(),
                pos: token.pos(),
                dep: token.dep(),
                head: base + token.head().index(),
                sentence,
                block,
                token: i,
                entity: entity[i],
                apart: last_end != Some(token.range().start),
                quote: None,
                edges: (base + i, base + i),
            });
            last_end = Some(token.range().end);
        }
    }

    fn set_edges(&mut self) {
        for i in 0..self.words.len() {
            let mut at = i;
            for _ in 0..self.words.len() {
                let head = self.words[at].head;
                if head == at {
                    break;
                }
                let edges = &mut self.words[head].edges;
                if edges.0 <= i && i <= edges.1 {
                    break;
                }
                *edges = (edges.0.min(i), edges.1.max(i));
                at = head;
            }
        }
    }

    /// The lemma of word `i` for a feature; of names and numbers only that they are such, so that no person is learned.
    pub(crate) fn plain(&self, i: usize) -> &str {
        let word = &self.words[i];
        match word.pos {
            "PROPN" => "NAME",
            "NUM" => "NUM",
            _ => &word.lemma,
        }
    }

    /// The words that depend on word `i` directly, in order of the text.
    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// The first child of `i` with label `dep`.
    pub(crate) fn child(&self, i: usize, dep: &str) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| self.words[c].dep == dep)
    }

    /// Whether `i` is `above` or stands below it.
    pub(crate) fn is_under(&self, i: usize, above: usize) -> bool {
        let mut at = i;
        loop {
            if at == above {
                return true;
            }
            let head = self.words[at].head;
            if head == at || self.words[at].sentence != self.words[above].sentence {
                return false;
            }
            at = head;
        }
    }

    /// The places of the words `range`, one for each block that it touches.
    pub(crate) fn places(&self, range: Range<usize>) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for word in &self.words[range] {
            match places.last_mut() {
                Some(place) if place.at == word.block && place.end == word.token => place.end += 1,
                _ => places.push(Place::new(word.block, word.token..word.token + 1)),
            }
        }
        places
    }
}

/// What a word that may be a quotation mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Either,
}

impl Flow<'_> {
    fn mark(&self, i: usize) -> Option<Mark> {
        match self.words[i].text {
            "“" | "``" | "„" => Some(Mark::Open),
            "”" | "''" => Some(Mark::Close),
            "\"" => {
                let next_apart =
                    self.words.get(i + 1).is_none_or(|w| w.apart || w.block != self.words[i].block);
                match (self.words[i].apart, next_apart) {
                    (true, false) => Some(Mark::Open),
                    (false, true) => Some(Mark::Close),
                    _ => Some(Mark::Either),
                }
            }
            _ => None,
        }
    }

    /// Matches the marks within each block; a quotation left open goes on where the next block opens with a mark.
    fn find_quotes(&mut self) {
        let mut open: Option<usize> = None;
        let mut left_open = false;
        let mut goes_on = false;
        for i in 0..self.words.len() {
            let starts_block = i == 0 || self.words[i - 1].block != self.words[i].block;
            if starts_block {
                if let Some(start) = open.take() {
                    self.add_quote(start..i, goes_on);
                    left_open = true;
                }
                goes_on = false;
            }
            match (self.mark(i), open) {
                (Some(Mark::Open | Mark::Either), None) => {
                    open = Some(i);
                    goes_on = starts_block && left_open;
                }
                (Some(Mark::Close | Mark::Either), Some(start)) => {
                    self.add_quote(start..i + 1, goes_on);
                    open = None;
                }
                _ => {}
            }
            if starts_block {
                left_open = false;
            }
        }
        if let Some(start) = open {
            self.add_quote(start..self.words.len(), goes_on);
        }
        self.find_single_quotes();
    }

    /// Quotations in single marks, outside the double ones: most headlines have them so.
    fn find_single_quotes(&mut self) {
        let mut open: Option<usize> = None;
        for i in 0..self.words.len() {
            if open.is_some_and(|o| self.words[o].block != self.words[i].block)
                || self.words[i].quote.is_some()
            {
                open = None;
            }
            if self.words[i].quote.is_some() || !matches!(self.words[i].text, "'" | "‘" | "’") {
                continue;
            }
            let closes = !self.words[i].apart && self.words[i].tag != "POS" && self.words[i].text != "‘";
            match open {
                Some(start) if closes && i - start > 1 => {
                    self.add_quote(start..i + 1, false);
                    open = None;
                }
                _ if self.words[i].apart && self.words[i].text != "’" => open = Some(i),
                _ => {}
            }
        }
    }

    fn add_quote(&mut self, words: Range<usize>, goes_on: bool) {
        let index = self.quotes.len();
        for word in &mut self.words[words.clone()] {
            word.quote = Some(index);
        }
        self.quotes.push(Quote { words, goes_on });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lang::{Parse, TokenData};
    use model::{Block, BlockKind, Document, Span};

    /// The quotations of blocks whose tokens are given apart by spaces; `~` glues a token to the one before.
    fn quotes(blocks: &[&str]) -> Vec<String> {
        let mut document = Document::default();
        let mut parses = Vec::new();
        for block in blocks {
            let start = document.text.len();
            let (mut text, mut tokens) = (String::new(), Vec::new());
            for token in block.split(' ') {
                let glued = token.strip_prefix('~');
                if glued.is_none() && !text.is_empty() {
                    text.push(' ');
                }
                let first = text.len() as u32;
                text.push_str(glued.unwrap_or(token));
                tokens.push(TokenData { start: first, end: text.len() as u32, ..TokenData::default() });
            }
            document.text.push_str(&text);
            document.text.push('\n');
            let span = Span::new(start, start + text.len());
            document.blocks.push(Block { kind: BlockKind::Paragraph, span });
            parses.push(Some(Parse::new(text, tokens, Vec::new())));
        }
        let text = Text::new(&document, &parses);
        let flow = Flow::new(&text);
        let show = |q: &Quote| {
            let words: Vec<&str> = flow.words[q.words.clone()].iter().map(|w| w.text).collect();
            format!("{}{}", if q.goes_on { "+" } else { "" }, words.join(" "))
        };
        flow.quotes.iter().map(show).collect()
    }

    #[test]
    fn marks_are_matched() {
        assert_eq!(quotes(&["“ ~No ~, ~” she said ."]), ["“ No , ”"]);
        assert_eq!(quotes(&["\" ~No ~, ~\" she said , \" ~never ~. ~\""]), ["\" No , \"", "\" never . \""]);
        assert_eq!(quotes(&["Minister : ‘ ~We paid ~’"]), ["‘ We paid ’"]);
        assert_eq!(quotes(&["The ship ~'s crew left"]), Vec::<String>::new());
    }

    #[test]
    fn a_quotation_goes_on_where_the_next_block_opens_with_a_mark() {
        assert_eq!(quotes(&["“ ~One ~.", "“ ~Two ~. ~”"]), ["“ One .", "+“ Two . ”"]);
        assert_eq!(quotes(&["“ ~One ~.", "Two ~."]), ["“ One ."]);
    }
}
