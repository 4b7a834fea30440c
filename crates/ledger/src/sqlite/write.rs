//! Putting things into the file: one batch, one transaction.

use model::{Claim, Document};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::rows;
use crate::record::{Coding, Entry, Judgement, SetAside, Stored};
use crate::{LedgerError, claim_id, document_id};

/// Keeps a batch; see [`crate::Ledger::store`].
pub(super) fn store(connection: &mut Connection, batch: &[Entry], at: &str) -> Result<Stored, LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut stored = Stored::default();
    for entry in batch {
        match entry {
            Entry::Document { document, coding } => stored += keep(&transaction, document, coding, at)?,
            Entry::Known { document, name } => {
                if let Some((row, first)) = known(&transaction, document)? {
                    add_name(&transaction, row, name, Some(&first))?;
                    stored.known += 1;
                }
            }
            Entry::SetAside(aside) => {
                set_aside(&transaction, aside, at)?;
                stored.set_aside += 1;
            }
        }
    }
    transaction.commit()?;
    Ok(stored)
}

fn keep(tx: &Transaction<'_>, document: &Document, coding: &Coding, at: &str) -> Result<Stored, LedgerError> {
    let id = document_id(document);
    let mut stored = Stored::default();
    let row = match known(tx, &id)? {
        Some((row, first)) => {
            stored.known = 1;
            add_name(tx, row, &document.doc, Some(&first))?;
            row
        }
        None => {
            stored.documents = 1;
            stored.versions = u64::from(is_known_address(tx, document)?);
            let row = insert_document(tx, &id, document, at)?;
            add_name(tx, row, &document.doc, None)?;
            row
        }
    };
    if replaces_coding(tx, row, coding)? {
        stored.claims = insert_coding(tx, (row, &id), (&document.text, coding), at)?;
    }
    Ok(stored)
}

/// The row of a document that is there, with its first name.
fn known(tx: &Transaction<'_>, id: &str) -> Result<Option<(i64, String)>, LedgerError> {
    let mut statement = tx.prepare_cached("SELECT row, name FROM documents WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Adds a name of a document that had `first` as its first one.
fn add_name(tx: &Transaction<'_>, row: i64, name: &str, first: Option<&str>) -> Result<(), LedgerError> {
    tx.prepare_cached("INSERT OR IGNORE INTO names (document, name) VALUES (?1, ?2)")?
        .execute(params![row, name])?;
    if first.is_some_and(|first| name < first) {
        tx.prepare_cached("UPDATE documents SET name = ?2 WHERE row = ?1")?.execute(params![row, name])?;
    }
    Ok(())
}

fn is_known_address(tx: &Transaction<'_>, document: &Document) -> Result<bool, LedgerError> {
    let Some(url) = &document.url else {
        return Ok(false);
    };
    Ok(tx
        .prepare_cached("SELECT 1 FROM documents WHERE url = ?1 AND title IS ?2 LIMIT 1")?
        .exists(params![url, document.title])?)
}

fn insert_document(tx: &Transaction<'_>, id: &str, d: &Document, at: &str) -> Result<i64, LedgerError> {
    tx.prepare_cached(
        "INSERT INTO documents (id, name, url, publisher, title, author, published, language, text, hash, ingested_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id, d.doc, d.url, d.publisher, d.title, d.author, d.published, d.language, d.text, d.hash, at
    ])?;
    let row = tx.last_insert_rowid();
    tx.prepare_cached("INSERT INTO document_words (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![row, d.title, d.text])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO blocks (document, number, kind, start, \"end\") VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (number, block) in d.blocks.iter().enumerate() {
        let kind = rows::block_word(block.kind);
        insert.execute(params![row, number as i64, kind, block.span.start, block.span.end])?;
    }
    Ok(row)
}

/// Whether a coding is to be stored; drops the one that it replaces.
fn replaces_coding(tx: &Transaction<'_>, document: i64, coding: &Coding) -> Result<bool, LedgerError> {
    let found: Option<(String, String)> = tx
        .prepare_cached("SELECT codebook, model FROM codings WHERE document = ?1")?
        .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        None => return Ok(true),
        Some((codebook, model)) if codebook == coding.key.codebook && model == coding.key.model => {
            return Ok(false);
        }
        Some(_) => {}
    }
    let old: Vec<(i64, String)> = tx
        .prepare_cached("SELECT row, words FROM claims WHERE document = ?1")?
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (claim, words) in old {
        tx.prepare_cached("INSERT INTO claim_words (claim_words, rowid, words) VALUES ('delete', ?1, ?2)")?
            .execute(params![claim, words])?;
        for table in ["evidence", "claim_actors", "claim_goods"] {
            tx.prepare_cached(&format!("DELETE FROM {table} WHERE claim = ?1"))?.execute([claim])?;
        }
        tx.prepare_cached("DELETE FROM claims WHERE row = ?1")?.execute([claim])?;
    }
    tx.prepare_cached("DELETE FROM codings WHERE document = ?1")?.execute([document])?;
    Ok(true)
}

fn insert_coding(
    tx: &Transaction<'_>,
    (document, id): (i64, &str),
    (text, coding): (&str, &Coding),
    at: &str,
) -> Result<u64, LedgerError> {
    let notes = serde_json::to_string(&coding.notes).unwrap_or_else(|_| "[]".to_owned());
    tx.prepare_cached(
        "INSERT INTO codings (document, codebook, model, outcome, notes, coded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![document, coding.key.codebook, coding.key.model, coding.outcome.as_str(), notes, at])?;
    let mut count = 0;
    for claim in &coding.claims {
        count += u64::from(insert_claim(tx, document, (&claim_id(id, claim), claim), text)?);
    }
    Ok(count)
}

/// Keeps one claim; `false` where the document has an equal one already.
fn insert_claim(
    tx: &Transaction<'_>,
    document: i64,
    (id, claim): (&str, &Claim),
    text: &str,
) -> Result<bool, LedgerError> {
    let words = rows::claim_words(claim);
    let position = claim.evidence.iter().map(|e| e.span.start).min().unwrap_or(0);
    let changed = tx
        .prepare_cached(
            "INSERT OR IGNORE INTO claims (id, document, position, kind, stage, action, factuality, speaker,
                 affiliation, starts, ends, body, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            id,
            document,
            position,
            claim.kind.as_str(),
            claim.stage.map(|s| s.as_str()),
            claim.action.map(|a| a.as_str()),
            claim.factuality.as_str(),
            claim.source.speaker,
            claim.source.affiliation,
            claim.when.as_ref().and_then(|w| w.start.as_ref()),
            claim.when.as_ref().and_then(|w| w.end.as_ref()),
            rows::claim_body(claim),
            words,
        ])?;
    if changed == 0 {
        return Ok(false);
    }
    let row = tx.last_insert_rowid();
    tx.prepare_cached("INSERT INTO claim_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![row, words])?;
    insert_evidence(tx, row, claim, text)?;
    insert_slots(tx, row, claim)?;
    Ok(true)
}

fn insert_evidence(tx: &Transaction<'_>, row: i64, claim: &Claim, text: &str) -> Result<(), LedgerError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO evidence (claim, number, block, start, \"end\", char_start, char_end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (number, e) in claim.evidence.iter().enumerate() {
        let char_start = text.get(..e.span.start as usize).map_or(0, |before| before.chars().count());
        let char_end = char_start + e.span.of(text).chars().count();
        let (number, char_start, char_end) = (number as i64, char_start as i64, char_end as i64);
        insert.execute(params![row, number, e.block, e.span.start, e.span.end, char_start, char_end])?;
    }
    Ok(())
}

fn insert_slots(tx: &Transaction<'_>, row: i64, claim: &Claim) -> Result<(), LedgerError> {
    for (slot, actors) in claim.actor_slots() {
        for actor in actors {
            let number = actor_row(tx, &actor.id)?;
            tx.prepare_cached("INSERT OR IGNORE INTO claim_actors (actor, slot, claim) VALUES (?1, ?2, ?3)")?
                .execute(params![number, slot, row])?;
        }
    }
    for goods in &claim.goods {
        tx.prepare_cached("INSERT OR IGNORE INTO claim_goods (category, claim) VALUES (?1, ?2)")?
            .execute(params![goods.category.as_str(), row])?;
    }
    Ok(())
}

fn actor_row(tx: &Transaction<'_>, id: &str) -> Result<i64, LedgerError> {
    let found = tx
        .prepare_cached("SELECT row FROM actors WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(row) = found {
        return Ok(row);
    }
    tx.prepare_cached("INSERT INTO actors (id) VALUES (?1)")?.execute([id])?;
    Ok(tx.last_insert_rowid())
}

fn set_aside(tx: &Transaction<'_>, aside: &SetAside, at: &str) -> Result<(), LedgerError> {
    tx.prepare_cached(
        "INSERT INTO set_aside (input, path, reason, published, at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (input) DO UPDATE SET path = ?2, reason = ?3, published = ?4, at = ?5",
    )?
    .execute(params![aside.input, aside.path, aside.reason, aside.published, at])?;
    Ok(())
}

/// Keeps a judgement and returns its number.
pub(super) fn judge(connection: &Connection, judgement: &Judgement, at: &str) -> Result<i64, LedgerError> {
    let Judgement { subject_kind, subject, verdict, detail, author, reason } = judgement;
    connection.execute(
        "INSERT INTO judgements (subject_kind, subject, verdict, detail, author, reason, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![subject_kind, subject, verdict, detail.to_string(), author, reason, at],
    )?;
    Ok(connection.last_insert_rowid())
}
