//! The register of arms embargoes, and which of them a transfer touches on a date.
//!
//! An assessment says that a transfer *touches* a measure, and why; whether it breaks one is for lawyers, so exemptions
//! stand beside every touch. What a speaker called a violation is a claim and has no place here.

mod assess;
mod register;

pub use assess::{AsOf, Touch, Transfer, assess};
pub use register::{Direction, Embargo, Period, Provision, Register, Target};

/// What went wrong with the register's files.
#[derive(Debug, thiserror::Error)]
pub enum EmbargoError {
    /// A file is not the TOML that it should be.
    #[error("codebook/embargoes/{file} cannot be read: {reason}")]
    Format {
        /// The file's name.
        file: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// An entry contradicts itself or names something unknown.
    #[error("codebook/embargoes/{file}: embargo `{id}`: {reason}")]
    Entry {
        /// The file's name.
        file: String,
        /// The embargo's identifier.
        id: String,
        /// What is wrong, and what to do.
        reason: String,
    },
}
