//! How much there is of everything.

use rusqlite::{Connection, OptionalExtension};

use super::query::number;
use crate::LedgerError;
use crate::record::Counts;

/// How many names a list of the most frequent has.
const MOST: usize = 10;

/// Counts everything; see [`crate::Ledger::counts`].
pub(super) fn counts(connection: &Connection) -> Result<Counts, LedgerError> {
    // One snapshot for all figures, so that they agree while another program writes.
    let connection = &*connection.unchecked_transaction()?;
    let actors = |slot: &str| {
        let sql = format!(
            "SELECT n.id, count(*) FROM claim_actors a JOIN actors n ON n.row = a.actor WHERE a.slot = '{slot}'
             GROUP BY n.id ORDER BY count(*) DESC, n.id LIMIT {MOST}"
        );
        groups(connection, &sql)
    };
    let by = |column: &str| {
        let sql = format!(
            "SELECT {column}, count(*) FROM claims WHERE {column} IS NOT NULL
             GROUP BY {column} ORDER BY count(*) DESC, {column}"
        );
        groups(connection, &sql)
    };
    let published = connection
        .query_row("SELECT min(published), max(published) FROM documents", [], |row| {
            Ok(row.get::<_, Option<String>>(0)?.zip(row.get::<_, Option<String>>(1)?))
        })
        .optional()?
        .flatten();
    Ok(Counts {
        documents: number(connection, "SELECT count(*) FROM documents")?,
        outcomes: groups(
            connection,
            "SELECT outcome, count(*) FROM codings GROUP BY outcome ORDER BY outcome",
        )?,
        without_claims: number(
            connection,
            "SELECT count(*) FROM documents d WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE c.document = d.row)",
        )?,
        claims: number(connection, "SELECT count(*) FROM claims")?,
        kinds: by("kind")?,
        stages: by("stage")?,
        factualities: by("factuality")?,
        actors: number(connection, "SELECT count(DISTINCT actor) FROM claim_actors")?,
        suppliers: actors("supplier")?,
        recipients: actors("recipient")?,
        publishers: groups(
            connection,
            &format!(
                "SELECT publisher, count(*) FROM documents WHERE publisher IS NOT NULL
                 GROUP BY publisher ORDER BY count(*) DESC, publisher LIMIT {MOST}"
            ),
        )?,
        published,
        judgements: number(connection, "SELECT count(*) FROM judgements")?,
        set_aside: number(connection, "SELECT count(*) FROM set_aside")?,
        size_bytes: number(
            connection,
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        )?,
    })
}

fn groups(connection: &Connection, sql: &str) -> Result<Vec<(String, u64)>, LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as u64)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
