//! The field's terms as plain types: documents, claims, and what a claim is made of.
//!
//! Nothing here reads a file, a clock or the network. The names are those of the codebook
//! (`docs/codebook.md` tells what each means) and, in JSON, those of the ledger's export.

mod claim;
mod document;
mod terms;
mod when;

pub use claim::{ActorRef, Claim, Evidence, Goods, Phrase, Source};
pub use document::{Block, BlockKind, DocId, Document, Note, Span};
pub use terms::{Action, Basis, Category, Directness, Factuality, Kind, Stage, UnknownTerm};
pub use when::{When, parse_date};
