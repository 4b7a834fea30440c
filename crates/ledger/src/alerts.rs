//! What people look out for, and what has still to be told to whom.

use crate::{Found, LedgerError};

/// What is looked out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchKind {
    /// Words in documents and claims.
    Search,
    /// Everything said of a deal.
    Deal,
}

impl WatchKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            WatchKind::Search => "search",
            WatchKind::Deal => "deal",
        }
    }
}

/// How far the ledger has been looked through: the last document and the last claim by order of arrival.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Of documents.
    pub document: i64,
    /// Of claims.
    pub claim: i64,
}

/// A search that is saved, or a deal that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Its identifier.
    pub id: String,
    /// What it looks out for.
    pub kind: WatchKind,
    /// The words, or the deal's identifier.
    pub subject: String,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub owner: String,
    /// The webhook's address.
    pub address: Option<String>,
    /// What the webhook's calls are signed with.
    pub secret: Option<String>,
    /// When it was made (RFC 3339).
    pub at: String,
    /// How far it has looked.
    pub seen: Seen,
}

/// A call of a webhook that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its number: the same for every try.
    pub number: i64,
    /// Where to.
    pub address: String,
    /// What it is signed with.
    pub secret: String,
    /// What is sent.
    pub body: String,
    /// How often it was tried.
    pub tries: u32,
}

/// How the calls of a watch stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallState {
    /// Calls that are still to be made.
    pub waiting: u64,
    /// Calls that were given up.
    pub given_up: u64,
    /// What went wrong last.
    pub error: Option<String>,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It was taken.
    Taken,
    /// It was not, and is tried again at this second since 1970.
    Later(i64, String),
    /// It was not, and is not tried again.
    GivenUp(String),
}

/// What a store of watches and their calls can do; each writing is one transaction.
pub trait Alerts {
    /// All watches, the oldest first.
    fn watches(&self) -> Result<Vec<Watch>, LedgerError>;

    /// Keeps a watch; it looks out from now on, whatever its `seen` says.
    fn add_watch(&mut self, watch: &Watch) -> Result<(), LedgerError>;

    /// Forgets a watch with its calls; whether there was one.
    fn remove_watch(&mut self, id: &str) -> Result<bool, LedgerError>;

    /// How far the ledger goes.
    fn seen(&self) -> Result<Seen, LedgerError>;

    /// Documents and claims that came after `seen` and in which the words of `query` occur, the newest first.
    fn found_since(&self, query: &str, seen: Seen, limit: usize) -> Result<Vec<Found>, LedgerError>;

    /// Identifiers of the claims that came after `seen`, in order of arrival.
    fn claims_since(&self, seen: Seen) -> Result<Vec<String>, LedgerError>;

    /// Notes how far a watch has looked and, in the same transaction, what its webhook is to be told.
    fn looked(&mut self, id: &str, seen: Seen, body: Option<&str>) -> Result<(), LedgerError>;

    /// Calls that are due at this second since 1970, the oldest first.
    fn due(&self, now: i64, limit: usize) -> Result<Vec<Call>, LedgerError>;

    /// Notes what became of a try.
    fn tried(&mut self, number: i64, what: &Tried) -> Result<(), LedgerError>;

    /// How the calls of a watch stand.
    fn call_state(&self, id: &str) -> Result<CallState, LedgerError>;
}
