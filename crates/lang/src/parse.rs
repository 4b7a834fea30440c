//! What a model makes of a text, and borrowed views of it.

use std::ops::Range;

use smol_str::SmolStr;

/// What is known of one token. Indices are into the parse's tokens, offsets are bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenData {
    /// First byte of the token.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Index of the syntactic head; the token's own index for a root.
    pub head: u32,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Fine part-of-speech tag (`VBZ`).
    pub tag: SmolStr,
    /// Universal part of speech (`VERB`).
    pub pos: SmolStr,
    /// Morphology in UD form (`Number=Sing|Person=3`), empty for none.
    pub morph: SmolStr,
    /// Lemma.
    pub lemma: SmolStr,
    /// Dependency label (`nsubj`; `ROOT` for a root).
    pub dep: SmolStr,
}

/// A named entity: a range of tokens with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The tokens, by index.
    pub tokens: Range<usize>,
    /// The label (`PERSON`, `GPE`, `ORG`).
    pub label: SmolStr,
}

/// A text with its tokens, sentences, dependencies and entities.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parse {
    text: String,
    tokens: Vec<TokenData>,
    sentences: Vec<Range<usize>>,
    entities: Vec<Entity>,
}

impl Parse {
    /// Puts a parse together from its parts; sentences follow from `sent_start`.
    ///
    /// `tokens` are in order of the text, their heads in range, `entities` in order and disjoint.
    pub fn new(text: String, tokens: Vec<TokenData>, entities: Vec<Entity>) -> Self {
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            if i == 0 || token.sent_start {
                sentences.push(i..i);
            }
            if let Some(last) = sentences.last_mut() {
                last.end = i + 1;
            }
        }
        Parse { text, tokens, sentences, entities }
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at `index`.
    ///
    /// # Panics
    /// Where `index` is not below [`Parse::len`].
    pub fn token(&self, index: usize) -> Token<'_> {
        assert!(index < self.tokens.len(), "token {index} of {}", self.tokens.len());
        Token { parse: self, index }
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator + Clone {
        (0..self.tokens.len()).map(move |index| Token { parse: self, index })
    }

    /// The plain records of the tokens.
    pub fn token_data(&self) -> &[TokenData] {
        &self.tokens
    }

    /// All sentences in order.
    pub fn sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        self.sentences.iter().map(move |range| Sentence { parse: self, range: range.clone() })
    }

    /// All entities in order.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The words between the first and the last token of `tokens`.
    pub fn words(&self, tokens: Range<usize>) -> &str {
        if tokens.is_empty() || tokens.end > self.tokens.len() {
            return "";
        }
        &self.text[self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize]
    }
}

/// A sentence: a range of tokens.
#[derive(Debug, Clone)]
pub struct Sentence<'p> {
    parse: &'p Parse,
    range: Range<usize>,
}

impl<'p> Sentence<'p> {
    /// The tokens, by index.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The tokens.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'p>> + ExactSizeIterator + use<'p> {
        let parse = self.parse;
        self.range.clone().map(move |index| Token { parse, index })
    }

    /// The words.
    pub fn text(&self) -> &'p str {
        self.parse.words(self.range.clone())
    }

    /// The first root in it.
    pub fn root(&self) -> Option<Token<'p>> {
        self.tokens().find(Token::is_root)
    }
}

/// A token of a parse.
#[derive(Clone, Copy)]
pub struct Token<'p> {
    parse: &'p Parse,
    index: usize,
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.parse, other.parse)
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}/{}→{}", self.index, self.text(), self.tag(), self.dep(), self.data().head)
    }
}

impl<'p> Token<'p> {
    fn data(&self) -> &'p TokenData {
        &self.parse.tokens[self.index]
    }

    /// Its index in the parse.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The parse that it belongs to.
    pub fn parse(&self) -> &'p Parse {
        self.parse
    }

    /// The bytes of the parse's text that it covers.
    pub fn range(&self) -> Range<usize> {
        self.data().start as usize..self.data().end as usize
    }

    /// The word as written.
    pub fn text(&self) -> &'p str {
        &self.parse.text[self.range()]
    }

    /// The lemma.
    pub fn lemma(&self) -> &'p str {
        &self.data().lemma
    }

    /// The fine part-of-speech tag.
    pub fn tag(&self) -> &'p str {
        &self.data().tag
    }

    /// The universal part of speech.
    pub fn pos(&self) -> &'p str {
        &self.data().pos
    }

    /// The morphology in UD form, empty for none.
    pub fn morph(&self) -> &'p str {
        &self.data().morph
    }

    /// The dependency label.
    pub fn dep(&self) -> &'p str {
        &self.data().dep
    }

    /// The head; the token itself for a root.
    pub fn head(&self) -> Token<'p> {
        Token { parse: self.parse, index: self.data().head as usize }
    }

    /// Whether it has no head but itself.
    pub fn is_root(&self) -> bool {
        self.data().head as usize == self.index
    }

    /// Whether a sentence starts here.
    pub fn is_sent_start(&self) -> bool {
        self.data().sent_start
    }

    /// The index range of its sentence.
    pub fn sentence(&self) -> Range<usize> {
        let at = self.parse.sentences.partition_point(|s| s.end <= self.index);
        self.parse.sentences[at].clone()
    }

    /// The tokens that depend on this one directly, in order of the text.
    pub fn children(&self) -> impl Iterator<Item = Token<'p>> + Clone + use<'p> {
        let (parse, index) = (self.parse, self.index);
        self.sentence()
            .filter(move |&i| i != index && parse.tokens[i].head as usize == index)
            .map(move |index| Token { parse, index })
    }

    /// The heads above this token, nearest first, the root last.
    pub fn ancestors(&self) -> impl Iterator<Item = Token<'p>> + use<'p> {
        let mut at = *self;
        let mut steps = self.parse.tokens.len();
        std::iter::from_fn(move || {
            if at.is_root() || steps == 0 {
                return None;
            }
            steps -= 1;
            at = at.head();
            Some(at)
        })
    }

    /// Whether `other` is this token or stands above it.
    pub fn is_under(&self, other: Token<'_>) -> bool {
        self.index == other.index || self.ancestors().any(|a| a.index == other.index)
    }

    /// This token and all below it, in order of the text.
    pub fn subtree(&self) -> impl Iterator<Item = Token<'p>> + use<'p> {
        let root = *self;
        let parse = self.parse;
        self.sentence().map(move |index| Token { parse, index }).filter(move |t| t.is_under(root))
    }
}
