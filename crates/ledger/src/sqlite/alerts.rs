//! Watches and their calls in the file.

use rusqlite::{Row, params};

use super::{SqliteLedger, search};
use crate::LedgerError;
use crate::alerts::{Alerts, Call, CallState, Seen, Tried, Watch, WatchKind};
use crate::record::Found;

fn watch(row: &Row<'_>) -> rusqlite::Result<Watch> {
    let kind: String = row.get(1)?;
    Ok(Watch {
        id: row.get(0)?,
        kind: if kind == WatchKind::Deal.as_str() { WatchKind::Deal } else { WatchKind::Search },
        subject: row.get(2)?,
        name: row.get(3)?,
        owner: row.get(4)?,
        address: row.get(5)?,
        secret: row.get(6)?,
        at: row.get(7)?,
        seen: Seen { document: row.get(8)?, claim: row.get(9)? },
    })
}

impl Alerts for SqliteLedger {
    fn watches(&self) -> Result<Vec<Watch>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, kind, subject, name, owner, address, secret, at, seen_document, seen_claim
             FROM watches ORDER BY at, id",
        )?;
        Ok(statement.query_map([], watch)?.collect::<Result<_, _>>()?)
    }

    fn add_watch(&mut self, w: &Watch) -> Result<(), LedgerError> {
        self.connection.execute(
            "INSERT INTO watches (id, kind, subject, name, owner, address, secret, at, seen_document, seen_claim)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT coalesce(max(row), 0) FROM documents),
                 (SELECT coalesce(max(row), 0) FROM claims))",
            params![w.id, w.kind.as_str(), w.subject, w.name, w.owner, w.address, w.secret, w.at],
        )?;
        Ok(())
    }

    fn remove_watch(&mut self, id: &str) -> Result<bool, LedgerError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("DELETE FROM calls WHERE watch = ?1", [id])?;
        let gone = transaction.execute("DELETE FROM watches WHERE id = ?1", [id])?;
        transaction.commit()?;
        Ok(gone > 0)
    }

    fn seen(&self) -> Result<Seen, LedgerError> {
        let last = |table: &str| -> Result<i64, LedgerError> {
            let sql = format!("SELECT coalesce(max(row), 0) FROM {table}");
            Ok(self.connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
        };
        Ok(Seen { document: last("documents")?, claim: last("claims")? })
    }

    fn found_since(&self, query: &str, seen: Seen, limit: usize) -> Result<Vec<Found>, LedgerError> {
        search::since(&self.connection, query, (seen.document, seen.claim), limit)
    }

    fn claims_since(&self, seen: Seen) -> Result<Vec<String>, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM claims WHERE row > ?1 ORDER BY row")?;
        Ok(statement.query_map([seen.claim], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn looked(&mut self, id: &str, seen: Seen, body: Option<&str>) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "UPDATE watches SET seen_document = ?2, seen_claim = ?3 WHERE id = ?1",
            params![id, seen.document, seen.claim],
        )?;
        if let Some(body) = body {
            transaction.execute(
                "INSERT INTO calls (watch, body, tries, due, error, given_up)
                 SELECT id, ?2, 0, 0, NULL, 0 FROM watches WHERE id = ?1 AND address IS NOT NULL",
                params![id, body],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn due(&self, now: i64, limit: usize) -> Result<Vec<Call>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT k.number, w.address, w.secret, k.body, k.tries FROM calls k JOIN watches w ON w.id = k.watch
             WHERE k.given_up = 0 AND k.due <= ?1 AND w.address IS NOT NULL ORDER BY k.number LIMIT ?2",
        )?;
        let found = statement.query_map(params![now, limit as i64], |row| {
            Ok(Call {
                number: row.get(0)?,
                address: row.get(1)?,
                secret: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                body: row.get(3)?,
                tries: row.get(4)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn tried(&mut self, number: i64, what: &Tried) -> Result<(), LedgerError> {
        match what {
            Tried::Taken => self.connection.execute("DELETE FROM calls WHERE number = ?1", [number])?,
            Tried::Later(due, why) => self.connection.execute(
                "UPDATE calls SET tries = tries + 1, due = ?2, error = ?3 WHERE number = ?1",
                params![number, due, why],
            )?,
            Tried::GivenUp(why) => self.connection.execute(
                "UPDATE calls SET tries = tries + 1, given_up = 1, error = ?2 WHERE number = ?1",
                params![number, why],
            )?,
        };
        Ok(())
    }

    fn call_state(&self, id: &str) -> Result<CallState, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(sum(given_up = 0), 0), coalesce(sum(given_up), 0),
                 (SELECT error FROM calls WHERE watch = ?1 AND error IS NOT NULL ORDER BY number DESC LIMIT 1)
             FROM calls WHERE watch = ?1",
        )?;
        let state = statement.query_row([id], |row| {
            let count = |n: i64| n.max(0) as u64;
            Ok(CallState { waiting: count(row.get(0)?), given_up: count(row.get(1)?), error: row.get(2)? })
        });
        Ok(state?)
    }
}
