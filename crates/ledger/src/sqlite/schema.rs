//! The tables, and the ordered upgrades from each format to the next.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::LedgerError;

/// Marks the file as a ledger of waybill's ("WAYB").
const APPLICATION_ID: i32 = 0x5741_5942;

/// `UPGRADES[n]` leads from format `n` to format `n + 1`. Entries are only ever added, never changed.
const UPGRADES: &[&str] =
    &[include_str!("upgrade_1.sql"), include_str!("upgrade_2.sql"), include_str!("upgrade_3.sql")];

/// The newest format that this program knows.
pub(super) fn newest() -> u32 {
    UPGRADES.len() as u32
}

/// The format of an open file; 0 for an empty one.
pub(super) fn version(connection: &Connection) -> Result<u32, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Refuses a file that is no ledger, or one that a later program wrote.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<u32, LedgerError> {
    let not_a_ledger = || LedgerError::NotALedger { path: path.to_owned() };
    let found = match version(connection) {
        Ok(found) => found,
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(not_a_ledger());
        }
        Err(e) => return Err(e.into()),
    };
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(not_a_ledger());
    }
    if found > newest() {
        return Err(LedgerError::TooNew { path: path.to_owned(), found, known: newest() });
    }
    Ok(found)
}

/// Brings a file to the newest format, all steps in one transaction.
pub(super) fn upgrade(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    if check(connection, path)? == newest() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have upgraded it while this one waited for the lock.
    let from = version(&transaction)?;
    for step in &UPGRADES[from as usize..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", newest())?;
    transaction.commit()?;
    Ok(())
}
