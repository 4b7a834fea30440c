//! The coder: joins the steps.

use lang::Parse;
use model::{Claim, Document, Note};

use crate::attribution::{self, Attribution};
use crate::book::Codebook;
use crate::events;
use crate::mend;
use crate::mentions::{self, Cast};
use crate::text::Text;

/// What was read in one document.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// The claims, in order of their first evidence.
    pub claims: Vec<Claim>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// Who and what is named.
    pub cast: Cast,
    /// What was noticed and is not an error.
    pub notes: Vec<Note>,
}

/// Reads documents by a codebook; has no state of its own, so one serves all threads.
#[derive(Debug, Clone, Copy)]
pub struct Coder<'b> {
    book: &'b Codebook,
}

impl<'b> Coder<'b> {
    /// A coder by `book`.
    pub fn new(book: &'b Codebook) -> Self {
        Coder { book }
    }

    /// The claims of one document, with what they rest on.
    ///
    /// `parses` has one entry for each block of the document, `None` for those that are not main text.
    pub fn code(&self, document: &Document, parses: &[Option<Parse>]) -> Coded {
        let mended: Vec<Option<Parse>> =
            parses.iter().map(|p| p.as_ref().and_then(|p| mend::mended(p, &self.book.events))).collect();
        let text = Text::new(document, parses).with(&mended);
        let (cast, mut notes) = mentions::find(&text, self.book);
        let (attributions, more) = attribution::attribute(&text, &cast, &self.book.cues);
        notes.extend(more);
        let (claims, more) = events::claims(&text, &cast, &attributions, &self.book.events);
        notes.extend(more);
        Coded { claims, attributions, cast, notes }
    }
}
