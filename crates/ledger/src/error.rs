//! What can go wrong with a ledger.

use std::path::PathBuf;

/// Why a ledger could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file, and it was not to be made.
    #[error(
        "there is no ledger at {path}: make one with `waybill ingest PATH`, or name another with --ledger"
    )]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is there and is no ledger.
    #[error("{path} is not a waybill ledger: name another file with --ledger")]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later program.
    #[error(
        "{path} has format {found}, this program knows up to {known}: use the newer waybill that wrote it"
    )]
    TooNew {
        /// The file.
        path: PathBuf,
        /// The file's format.
        found: u32,
        /// The newest format that this program knows.
        known: u32,
    },
    /// The file could not be opened or made.
    #[error("cannot open the ledger {path}: {source}: check that its folder exists and may be written")]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// Someone else is writing and did not finish in time.
    #[error("another program is writing to the ledger: wait for it to end and try again")]
    Busy,
    /// An identifier's beginning fits several.
    #[error("`{wanted}` fits {count} of the ledger's {what}: give more of the identifier")]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// How many fit.
        count: usize,
        /// `documents` or `claims`.
        what: &'static str,
    },
    /// A search without a word in it, or with an operator that has nothing to work on.
    #[error("`{query}` is not a search: give words, \"a phrase\", beginning*, OR, NOT")]
    BadQuery {
        /// What was asked.
        query: String,
    },
    /// A stored row cannot be read back.
    #[error("the ledger's {what} {id} cannot be read ({source}): run `waybill recode --all`")]
    BadRow {
        /// `claim` or `document`.
        what: &'static str,
        /// Which.
        id: String,
        /// What was wrong.
        source: serde_json::Error,
    },
    /// Anything else that SQLite reports.
    #[error("the ledger could not be read or written: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                LedgerError::Busy
            }
            _ => LedgerError::Sqlite(error),
        }
    }
}
