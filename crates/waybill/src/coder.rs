//! The joint of `lang` and `code`: one document to its coding.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use code::attribution::Attribution;
use code::mentions::Cast;
use code::{BookError, Codebook};
use lang::{Model, Parse, Workspace};
use ledger::{Coding, CodingKey, Outcome};
use model::{Claim, Document, Note};

use crate::models::ModelError;
use crate::pipeline::{Coder, Step, Timings};

/// Digits of the codebook's hash that a coding keeps.
const VERSION_DIGITS: usize = 16;

/// A language model and a codebook, ready to code documents on any number of threads.
pub struct DocumentCoder {
    model: Model,
    book: Codebook,
    key: CodingKey,
    /// Workspaces that no thread uses just now.
    spare: Mutex<Vec<Workspace>>,
}

/// What was made of one document, step by step.
pub struct Coded {
    /// One parse for each block; `None` for those that are not main text.
    pub parses: Vec<Option<Parse>>,
    /// Who and what is named.
    pub cast: Cast,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

fn open(wheel: &Path) -> Result<Model, ModelError> {
    let damaged =
        |error: lang::LangError| ModelError::Damaged { path: wheel.to_owned(), cause: error.to_string() };
    Model::open(wheel).map_err(damaged)
}

/// Opens a model to see whether it can be used.
///
/// # Errors
/// Where it is no model, or is damaged.
pub fn check_model(wheel: &Path) -> Result<(), ModelError> {
    open(wheel).map(drop)
}

/// The codebook in folder `dir`, or the built-in one.
///
/// # Errors
/// The first error in its files.
pub fn codebook(dir: Option<&Path>) -> Result<Codebook, BookError> {
    dir.map_or_else(Codebook::load_default, Codebook::load_dir)
}

impl DocumentCoder {
    /// Opens the model in `wheel`.
    ///
    /// # Errors
    /// Where it is no model, or is damaged.
    pub fn open(wheel: &Path, book: Codebook) -> Result<Self, ModelError> {
        let model = open(wheel)?;
        let meta = model.meta();
        let digits = book.version.get(..VERSION_DIGITS).unwrap_or(&book.version);
        let key = CodingKey {
            // The rules that read the codebook are the program's.
            codebook: format!("{digits}/{}", env!("CARGO_PKG_VERSION")),
            model: format!("{}_{}-{}", meta.lang, meta.name, meta.version),
        };
        Ok(DocumentCoder { model, book, key, spare: Mutex::default() })
    }

    /// The language model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Parses the main blocks of a document, each apart.
    pub fn parse(&self, document: &Document) -> Vec<Option<Parse>> {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut workspace = spare.unwrap_or_default();
        let main = || document.blocks.iter().filter(|block| block.kind.is_main());
        let texts: Vec<&str> = main().map(|block| code::text::told(document.block_text(block))).collect();
        let mut parses = self.model.parse_batch(&texts, &mut workspace).into_iter();
        self.spare.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
        document.blocks.iter().map(|block| if block.kind.is_main() { parses.next() } else { None }).collect()
    }

    /// Whether goods, military words or measures occur in the main text at all.
    fn is_relevant(&self, document: &Document) -> bool {
        let mut main = document.blocks.iter().filter(|block| block.kind.is_main());
        main.any(|block| self.book.triage.finds(document.block_text(block)))
    }

    /// Parses and codes a document whatever its words and language, timing both.
    pub fn read(&self, document: &Document, timings: &Timings) -> Coded {
        let parses = timings.time(Step::Parse, || self.parse(document));
        timings.time(Step::Code, || self.read_parsed(document, parses))
    }

    fn read_parsed(&self, document: &Document, parses: Vec<Option<Parse>>) -> Coded {
        let code::Coded { cast, attributions, claims, notes } =
            code::Coder::new(&self.book).code(document, &parses);
        Coded { parses, cast, attributions, claims, notes }
    }
}

impl Coder for DocumentCoder {
    fn key(&self) -> CodingKey {
        self.key.clone()
    }

    fn code(&self, document: &Document, timings: &Timings) -> Coding {
        let language = document.language.as_deref();
        if language.is_some_and(|language| language != self.model.meta().lang) {
            let (claims, notes) = (Vec::new(), Vec::new());
            return Coding { key: self.key(), outcome: Outcome::OtherLanguage, claims, notes };
        }
        if !timings.time(Step::Triage, || self.is_relevant(document)) {
            let (claims, notes) = (Vec::new(), Vec::new());
            return Coding { key: self.key(), outcome: Outcome::NotRelevant, claims, notes };
        }
        let Coded { claims, notes, .. } = self.read(document, timings);
        Coding { key: self.key(), outcome: Outcome::Coded, claims, notes }
    }
}
