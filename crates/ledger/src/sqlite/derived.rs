//! What is derived across documents, kept beside them.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::LedgerError;

/// A word for the documents and codings there are: another one as soon as any of them changes.
pub(super) fn state(connection: &Connection) -> Result<String, LedgerError> {
    let documents: String = connection.query_row(
        "SELECT count(*) || '.' || coalesce(max(row), 0) || '.' || (SELECT count(*) FROM names) FROM documents",
        [],
        |row| row.get(0),
    )?;
    let claims: String =
        connection
            .query_row("SELECT count(*) || '.' || coalesce(max(row), 0) FROM claims", [], |row| row.get(0))?;
    let codings: String = connection.query_row(
        "SELECT count(*) || '.' || coalesce(max(coded_at), '') || '.' || coalesce(group_concat(DISTINCT codebook), '')
         FROM codings",
        [],
        |row| row.get(0),
    )?;
    Ok(format!("{documents} {claims} {codings}"))
}

/// Replaces what is kept of one kind, in one transaction.
pub(super) fn keep(
    connection: &mut Connection,
    what: &str,
    state: &str,
    rows: &[String],
) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM derived WHERE what = ?1", [what])?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO derived (what, number, body) VALUES (?1, ?2, ?3)")?;
        for (number, body) in rows.iter().enumerate() {
            insert.execute((what, number as i64, body))?;
        }
    }
    transaction
        .execute("INSERT OR REPLACE INTO derived_states (what, state) VALUES (?1, ?2)", [what, state])?;
    transaction.commit()?;
    Ok(())
}

/// What is kept of one kind, if it was derived from this state.
pub(super) fn kept(
    connection: &Connection,
    what: &str,
    state: &str,
) -> Result<Option<Vec<String>>, LedgerError> {
    let of: Option<String> = connection
        .query_row("SELECT state FROM derived_states WHERE what = ?1", [what], |row| row.get(0))
        .optional()?;
    if of.as_deref() != Some(state) {
        return Ok(None);
    }
    let mut statement = connection.prepare("SELECT body FROM derived WHERE what = ?1 ORDER BY number")?;
    let rows = statement.query_map([what], |row| row.get(0))?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}
