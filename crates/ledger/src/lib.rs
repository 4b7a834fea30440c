//! The ledger: documents, their claims, and what people judged of them, kept for good.
//!
//! [`Ledger`] is what a store must do; [`SqliteLedger`] keeps it in one file. The ledger is told everything: it reads
//! no clock and no article. What it holds depends on what was put in, never on the order: identifiers are hashes of
//! content, and [`digest`] is the same for the same content.

mod alerts;
mod digest;
mod error;
mod filter;
mod ids;
mod record;
mod sqlite;

pub use alerts::{Alerts, Call, CallState, Seen, Tried, Watch, WatchKind};
pub use digest::{digest, dump};
pub use error::LedgerError;
pub use filter::{ClaimFilter, Moment, Subject};
pub use ids::{claim_id, document_id};
pub use record::{
    Coding, CodingKey, Counts, Entry, Found, FoundKind, Judgement, Mark, Outcome, SetAside, Stored,
    StoredClaim, StoredDocument, StoredJudgement,
};
pub use sqlite::SqliteLedger;

/// A function that is handed one row after another and says whether it wants more.
pub type Each<'a, T> = &'a mut dyn FnMut(T) -> std::ops::ControlFlow<()>;

/// A function that looks at a ledger that stands still.
pub type Look<'a> = &'a mut dyn FnMut(&dyn Ledger) -> Result<(), LedgerError>;

/// What a store of documents and claims can do.
///
/// There is one writer at a time; any number of readers go on meanwhile and see whole batches only. Every method that
/// writes does so in one transaction: after a crash all of it is there, or nothing.
pub trait Ledger: Send {
    /// The version of the stored format, from 1 on.
    fn schema_version(&self) -> Result<u32, LedgerError>;

    /// Another connection to the same ledger that only reads, for use on another thread.
    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError>;

    /// Runs `work` on the ledger as it is at this moment: what others write meanwhile is not seen, whatever is asked.
    ///
    /// Inside, [`Ledger::counts`] and what writes fail: they begin a transaction of their own.
    fn snapshot(&self, work: Look<'_>) -> Result<(), LedgerError>;

    /// Keeps a batch of documents with their claims, and of inputs that were set aside; `at` is the time (RFC 3339).
    ///
    /// What is there already changes nothing, except that a coding under another key replaces the older one.
    fn store(&mut self, batch: &[Entry], at: &str) -> Result<Stored, LedgerError>;

    /// Whether a document is there with a coding under `key`.
    fn is_coded(&self, document: &str, key: &CodingKey) -> Result<bool, LedgerError>;

    /// Identifiers of the documents that are coded under another key than `key`, in order of identifier.
    fn outdated(&self, key: &CodingKey) -> Result<Vec<String>, LedgerError>;

    /// Has every document count as coded under another key, so that [`Ledger::outdated`] gives all. No claim is lost.
    fn outdate(&mut self) -> Result<(), LedgerError>;

    /// The document with this identifier (or its beginning), name or address; the newest version of it.
    fn document(&self, wanted: &str) -> Result<Option<StoredDocument>, LedgerError>;

    /// Every version of the document that `document` is a version of, oldest first.
    fn versions(&self, document: &StoredDocument) -> Result<Vec<StoredDocument>, LedgerError>;

    /// Every document as of `moment`, in order of identifier.
    fn documents(&self, moment: &Moment, each: Each<'_, StoredDocument>) -> Result<(), LedgerError>;

    /// The claims that `filter` lets through, in order of publication, document and place in the text.
    fn claims(&self, filter: &ClaimFilter, each: Each<'_, StoredClaim>) -> Result<(), LedgerError>;

    /// The claim with this identifier, or its beginning.
    fn claim(&self, wanted: &str) -> Result<Option<StoredClaim>, LedgerError>;

    /// Documents and claims in which the words of `query` occur, best first; of words that occur in more
    /// than 2000 of either, the newest ones.
    ///
    /// `query` takes words (all must occur), "phrases", `beginning*`, `OR` and `NOT`.
    fn search(&self, query: &str, limit: usize) -> Result<Vec<Found>, LedgerError>;

    /// Keeps a judgement; judgements are never changed, a later one overrules.
    fn judge(&mut self, judgement: &Judgement, at: &str) -> Result<i64, LedgerError>;

    /// Judgements on `subject`, or all, oldest first.
    fn judgements(&self, subject: Option<&Subject>) -> Result<Vec<StoredJudgement>, LedgerError>;

    /// Inputs that were set aside and have not been read since, in order of input.
    fn set_aside(&self) -> Result<Vec<SetAside>, LedgerError>;

    /// Forgets that an input was set aside, once it has been read.
    fn resolve(&mut self, input: &str) -> Result<(), LedgerError>;

    /// How much there is of everything.
    fn counts(&self) -> Result<Counts, LedgerError>;

    /// A word for the documents and codings that are there: another one as soon as any of them changes.
    fn state(&self) -> Result<String, LedgerError>;

    /// A number that is another one as soon as another connection has written.
    fn writes(&self) -> Result<i64, LedgerError>;

    /// How far the ledger goes now.
    fn mark(&self) -> Result<Mark, LedgerError>;

    /// What has come since `mark`, in order of arrival: documents, then claims. `false`, and nothing, where something
    /// that was there has changed too (another name, another coding): then everything has to be read.
    fn arrivals(
        &self,
        mark: &Mark,
        documents: Each<'_, StoredDocument>,
        claims: Each<'_, StoredClaim>,
    ) -> Result<bool, LedgerError>;

    /// Keeps what was derived across documents, of the kind `what` and in this order, in place of what was kept
    /// before; `state` is what [`Ledger::state`] said before it was derived.
    fn keep_derived(&mut self, what: &str, state: &str, rows: &[String]) -> Result<(), LedgerError>;

    /// What was kept of the kind `what`, in order; `None` where it was derived from another state.
    fn derived(&self, what: &str, state: &str) -> Result<Option<Vec<String>>, LedgerError>;
}
