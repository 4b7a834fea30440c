//! Why a command failed, and which exit status that is.

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// The language model.
    #[error(transparent)]
    Model(#[from] waybill::models::ModelError),
    /// The codebook.
    #[error(transparent)]
    Codebook(#[from] code::BookError),
    /// Screening.
    #[error(transparent)]
    Screening(#[from] link::screening::ScreeningError),
    /// Sanctions lists on disk.
    #[error(transparent)]
    Lists(#[from] waybill::lists::ListsError),
    /// What bears on deals.
    #[error(transparent)]
    Law(#[from] waybill::law::LawError),
    /// The register of embargoes.
    #[error(transparent)]
    Embargoes(#[from] link::embargo::EmbargoError),
    /// The server.
    #[error(transparent)]
    Serve(#[from] waybill::serve::ServeError),
    /// The server's tokens.
    #[error(transparent)]
    Token(#[from] waybill::serve::TokenError),
    /// Nothing in the ledger is called that.
    #[error("the ledger has no {what} {wanted}: {hint}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// What it was called.
        wanted: String,
        /// Where to look.
        hint: &'static str,
    },
    /// An input could not be read.
    #[error("cannot read {path}: {source}")]
    Input {
        /// Which.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The output could not be written.
    #[error("cannot write the output: {0}")]
    Output(std::io::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Output(error)
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Failure::Output(error),
            other => Failure::Output(std::io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Output(error.into())
    }
}

impl Failure {
    /// Whether the reader of the output has gone away.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// 2 where the command line asks for what cannot be, else 1.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::Ledger(ledger::LedgerError::BadQuery { .. }) => 2,
            _ => 1,
        }
    }
}
