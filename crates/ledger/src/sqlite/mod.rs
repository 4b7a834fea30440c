//! The ledger in one SQLite file.

mod alerts;
mod arrivals;
mod counts;
mod derived;
mod excerpt;
mod query;
mod rows;
mod schema;
mod search;
mod stem;
mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::{
    ClaimFilter, CodingKey, Counts, Each, Entry, Found, Judgement, Ledger, LedgerError, Look, Mark, Moment,
    SetAside, Stored, StoredClaim, StoredDocument, StoredJudgement, Subject,
};

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(60);

/// A ledger in one SQLite file, with a write-ahead log beside it while it is in use.
pub struct SqliteLedger {
    connection: Connection,
    path: PathBuf,
}

impl SqliteLedger {
    /// Opens the ledger at `path` to read and write, makes it where there is none, and upgrades an older format.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let open_error = |source| LedgerError::Open { path: path.to_owned(), source };
        let mut connection = Connection::open(path).map_err(open_error)?;
        connection.busy_timeout(PATIENCE)?;
        schema::check(&connection, path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // Each batch is on the disk before the next begins, so that a power cut loses no finished document either.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", false)?;
        schema::upgrade(&mut connection, path)?;
        Self::ready(connection, path)
    }

    /// Opens the ledger at `path` to read it; an error where there is none.
    pub fn open_existing(path: &Path) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|source| LedgerError::Open { path: path.to_owned(), source })?;
        connection.busy_timeout(PATIENCE)?;
        if schema::check(&connection, path)? < schema::newest() {
            // An older format has to be upgraded before it can be read.
            drop(connection);
            return Self::open(path);
        }
        Self::ready(connection, path)
    }

    fn ready(connection: Connection, path: &Path) -> Result<Self, LedgerError> {
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", -16_384)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(SqliteLedger { connection, path: path.to_owned() })
    }
}

impl Ledger for SqliteLedger {
    fn schema_version(&self) -> Result<u32, LedgerError> {
        Ok(schema::version(&self.connection)?)
    }

    fn reader(&self) -> Result<Box<dyn Ledger>, LedgerError> {
        Ok(Box::new(Self::open_existing(&self.path)?))
    }

    fn snapshot(&self, work: Look<'_>) -> Result<(), LedgerError> {
        // Dropped, the transaction ends; it has written nothing.
        let _one_state = self.connection.unchecked_transaction()?;
        work(self)
    }

    fn store(&mut self, batch: &[Entry], at: &str) -> Result<Stored, LedgerError> {
        write::store(&mut self.connection, batch, at)
    }

    fn is_coded(&self, document: &str, key: &CodingKey) -> Result<bool, LedgerError> {
        query::is_coded(&self.connection, document, key)
    }

    fn outdated(&self, key: &CodingKey) -> Result<Vec<String>, LedgerError> {
        query::outdated(&self.connection, key)
    }

    fn outdate(&mut self) -> Result<(), LedgerError> {
        self.connection.execute("UPDATE codings SET codebook = ''", [])?;
        Ok(())
    }

    fn document(&self, wanted: &str) -> Result<Option<StoredDocument>, LedgerError> {
        query::document(&self.connection, wanted)
    }

    fn versions(&self, document: &StoredDocument) -> Result<Vec<StoredDocument>, LedgerError> {
        query::versions(&self.connection, document)
    }

    fn documents(&self, moment: &Moment, each: Each<'_, StoredDocument>) -> Result<(), LedgerError> {
        query::documents(&self.connection, moment, each)
    }

    fn claims(&self, filter: &ClaimFilter, each: Each<'_, StoredClaim>) -> Result<(), LedgerError> {
        query::claims(&self.connection, filter, each)
    }

    fn claim(&self, wanted: &str) -> Result<Option<StoredClaim>, LedgerError> {
        query::claim(&self.connection, wanted)
    }

    fn search(&self, query: &str, limit: usize) -> Result<Vec<Found>, LedgerError> {
        search::search(&self.connection, query, limit)
    }

    fn judge(&mut self, judgement: &Judgement, at: &str) -> Result<i64, LedgerError> {
        write::judge(&self.connection, judgement, at)
    }

    fn judgements(&self, subject: Option<&Subject>) -> Result<Vec<StoredJudgement>, LedgerError> {
        query::judgements(&self.connection, subject)
    }

    fn set_aside(&self) -> Result<Vec<SetAside>, LedgerError> {
        query::set_aside(&self.connection)
    }

    fn resolve(&mut self, input: &str) -> Result<(), LedgerError> {
        self.connection.execute("DELETE FROM set_aside WHERE input = ?1", [input])?;
        Ok(())
    }

    fn counts(&self) -> Result<Counts, LedgerError> {
        counts::counts(&self.connection)
    }

    fn state(&self) -> Result<String, LedgerError> {
        derived::state(&self.connection)
    }

    fn writes(&self) -> Result<i64, LedgerError> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    fn mark(&self) -> Result<Mark, LedgerError> {
        arrivals::mark(&self.connection)
    }

    fn arrivals(
        &self,
        mark: &Mark,
        documents: Each<'_, StoredDocument>,
        claims: Each<'_, StoredClaim>,
    ) -> Result<bool, LedgerError> {
        arrivals::arrivals(&self.connection, mark, documents, claims)
    }

    fn keep_derived(&mut self, what: &str, state: &str, rows: &[String]) -> Result<(), LedgerError> {
        derived::keep(&mut self.connection, what, state, rows)
    }

    fn derived(&self, what: &str, state: &str) -> Result<Option<Vec<String>>, LedgerError> {
        derived::kept(&self.connection, what, state)
    }
}
