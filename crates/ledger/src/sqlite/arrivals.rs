//! What has come since somebody last read.

use rusqlite::{Connection, params};

use super::query::number;
use super::rows;
use crate::record::{Mark, StoredClaim, StoredDocument};
use crate::{Each, LedgerError};

/// How far the ledger goes.
pub(super) fn mark(connection: &Connection) -> Result<Mark, LedgerError> {
    let last = |table: &str| number(connection, &format!("SELECT coalesce(max(row), 0) FROM {table}"));
    let count = |table: &str| number(connection, &format!("SELECT count(*) FROM {table}"));
    let last = (last("documents")? as i64, last("claims")? as i64);
    let counts = (count("documents")?, count("names")?, count("claims")?);
    Ok(Mark { last, counts, codings: codings(connection, last.0)? })
}

/// What the documents up to one were coded with, and when: another word as soon as one is coded anew.
fn codings(connection: &Connection, last: i64) -> Result<String, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) || ' ' || coalesce(max(coded_at), '') || ' ' ||
             coalesce(min(codebook) || ' ' || max(codebook) || ' ' || min(model) || ' ' || max(model), '')
         FROM codings WHERE document <= ?1",
    )?;
    Ok(statement.query_row([last], |row| row.get(0))?)
}

/// Whether nothing that was there at `mark` has changed.
fn is_only_longer(connection: &Connection, mark: &Mark) -> Result<bool, LedgerError> {
    let (document, claim) = mark.last;
    let count = |sql: &str| -> Result<u64, LedgerError> {
        let mut statement = connection.prepare_cached(sql)?;
        Ok(statement.query_row([document], |row| row.get::<_, i64>(0))?.max(0) as u64)
    };
    let now = self::mark(connection)?.counts;
    let documents = count("SELECT count(*) FROM documents WHERE row > ?1")?;
    let names = count("SELECT count(*) FROM names WHERE document > ?1")?;
    let claims: (i64, i64) = connection
        .prepare_cached("SELECT count(*), coalesce(sum(document <= ?1), 0) FROM claims WHERE row > ?2")?
        .query_row(params![document, claim], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let then = mark.counts;
    let grown = (then.0 + documents, then.1 + names, then.2 + claims.0.max(0) as u64);
    Ok(claims.1 == 0 && now == grown && codings(connection, document)? == mark.codings)
}

/// What has come since `mark`; see [`crate::Ledger::arrivals`].
pub(super) fn arrivals(
    connection: &Connection,
    mark: &Mark,
    documents: Each<'_, StoredDocument>,
    claims: Each<'_, StoredClaim>,
) -> Result<bool, LedgerError> {
    if *mark != Mark::default() && !is_only_longer(connection, mark)? {
        return Ok(false);
    }
    let sql = format!(
        "SELECT {} FROM documents d LEFT JOIN codings k ON k.document = d.row WHERE d.row > ?1 ORDER BY d.row",
        rows::DOCUMENT
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([mark.last.0])?;
    while let Some(row) = found.next()? {
        if documents(rows::document(connection, row)?).is_break() {
            return Ok(true);
        }
    }
    let sql = format!(
        "SELECT {} FROM claims c JOIN documents d ON d.row = c.document WHERE c.row > ?1 ORDER BY c.row",
        rows::CLAIM
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query([mark.last.1])?;
    while let Some(row) = found.next()? {
        if claims(rows::claim(connection, row)?).is_break() {
            break;
        }
    }
    Ok(true)
}
