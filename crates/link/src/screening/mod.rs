//! Screening: names against sanctions lists, with a score and the reasons for it.

mod compare;
mod country;
mod diff;
mod distance;
mod entry;
mod index;
mod normalise;
pub mod readers;
mod screen;
mod script;
mod vocabulary;
mod weights;

pub use compare::{Comparison, Step, compare, explain, score};
pub use country::country_name;
pub use diff::{Change, Diff, diff};
pub use distance::How;
pub use entry::{Birth, Entry, EntryKind, Identifier, List, ListedName, NameQuality};
pub use index::{Index, Place};
pub use normalise::{Name, Part, PartKind};
pub use screen::{Hit, Query, Screener};
pub use script::{Scripts, to_latin};
pub use vocabulary::Vocabulary;
pub use weights::{FEATURES, Feature, Weights};

/// What went wrong in screening.
#[derive(Debug, thiserror::Error)]
pub enum ScreeningError {
    /// A file of the codebook is not what it should be.
    #[error("codebook/screening/{file} cannot be read: {reason}")]
    Vocabulary {
        /// The file's name.
        file: &'static str,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// A file of a list could not be read.
    #[error("the {list} list cannot be read: {reason}")]
    Io {
        /// Which list.
        list: &'static str,
        /// What the system says.
        reason: String,
    },
    /// A file of a list ends early.
    #[error("the {list} list is cut off after {at} bytes; nothing of it was taken: fetch the file again")]
    CutOff {
        /// Which list.
        list: &'static str,
        /// How many bytes there were.
        at: u64,
    },
    /// A file is not the list that it should be.
    #[error(
        "this is not the {list} list: it begins with {found}; check the address, and that no log-in page was saved"
    )]
    NotTheList {
        /// Which list.
        list: &'static str,
        /// What was found in its place.
        found: String,
    },
    /// A file breaks its format or a limit.
    #[error("the {list} list is not as it should be at {place}: {reason}; nothing of it was taken")]
    Malformed {
        /// Which list.
        list: &'static str,
        /// Where.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// A file holds no entry.
    #[error("the {list} list has no entries; nothing was taken: fetch the file again")]
    Empty {
        /// Which list.
        list: &'static str,
    },
}
