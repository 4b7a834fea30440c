//! Values to columns and back.

use model::{Block, BlockKind, Claim, Document, Span};
use rusqlite::{Connection, Row};
use serde_json::Value;

use crate::LedgerError;
use crate::record::{CodingKey, Outcome, StoredClaim, StoredDocument};

/// Columns that [`document`] reads, from `documents d` joined with `codings k`.
pub(super) const DOCUMENT: &str = "d.row, d.id, d.name, d.url, d.publisher, d.title, d.author, d.published, \
     d.language, d.text, d.hash, d.ingested_at, k.codebook, k.model, k.outcome, k.notes";

/// Columns that [`claim`] reads, from `claims c` joined with `documents d`.
pub(super) const CLAIM: &str = "c.id, c.body, d.id, d.name, d.published, d.title, d.ingested_at, c.row";

/// A claim as JSON without what is empty: most slots of most claims are.
pub(super) fn claim_body(claim: &Claim) -> String {
    let mut body = serde_json::to_value(claim).unwrap_or_default();
    if let Value::Object(slots) = &mut body {
        slots.retain(|_, v| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()));
    }
    body.to_string()
}

/// The words of a claim that a search should find it by.
pub(super) fn claim_words(claim: &Claim) -> String {
    let mut words: Vec<&str> = claim.evidence.iter().map(|e| e.text.as_str()).collect();
    for (_, actors) in claim.actor_slots() {
        words.extend(actors.iter().map(|a| a.id.as_str()));
    }
    words.extend(claim.goods.iter().map(|g| g.category.as_str()));
    words.push(&claim.source.speaker);
    words.join("\n")
}

/// Reads a claim with its document's particulars; the columns are [`CLAIM`].
pub(super) fn claim(connection: &Connection, row: &Row<'_>) -> Result<StoredClaim, LedgerError> {
    let id: String = row.get(0)?;
    let body: String = row.get(1)?;
    let claim = serde_json::from_str::<Claim>(&body).map_err(|source| LedgerError::BadRow {
        what: "claim",
        id: id.clone(),
        source,
    })?;
    Ok(StoredClaim {
        id,
        document: row.get(2)?,
        doc: row.get(3)?,
        published: row.get(4)?,
        title: row.get(5)?,
        ingested_at: row.get(6)?,
        claim,
        evidence_chars: evidence_chars(connection, row.get(7)?)?,
    })
}

fn evidence_chars(connection: &Connection, claim: i64) -> Result<Vec<(u32, u32)>, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT char_start, char_end FROM evidence WHERE claim = ?1 ORDER BY number")?;
    let found = statement.query_map([claim], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Reads a document with its blocks and names; the columns are [`DOCUMENT`].
pub(super) fn document(connection: &Connection, row: &Row<'_>) -> Result<StoredDocument, LedgerError> {
    let number: i64 = row.get(0)?;
    let id: String = row.get(1)?;
    let notes: Option<String> = row.get(15)?;
    let notes = serde_json::from_str(notes.as_deref().unwrap_or("[]"))
        .map_err(|source| LedgerError::BadRow { what: "document", id: id.clone(), source })?;
    let document = Document {
        doc: row.get(2)?,
        url: row.get(3)?,
        publisher: row.get(4)?,
        title: row.get(5)?,
        author: row.get(6)?,
        published: row.get(7)?,
        language: row.get(8)?,
        text: row.get(9)?,
        hash: row.get(10)?,
        blocks: blocks(connection, number)?,
    };
    let outcome: Option<String> = row.get(14)?;
    Ok(StoredDocument {
        id,
        document,
        names: names(connection, number)?,
        ingested_at: row.get(11)?,
        outcome: Outcome::from_word(outcome.as_deref().unwrap_or("coded")),
        key: CodingKey {
            codebook: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
            model: row.get::<_, Option<String>>(13)?.unwrap_or_default(),
        },
        notes,
    })
}

fn blocks(connection: &Connection, document: i64) -> Result<Vec<Block>, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT kind, start, \"end\" FROM blocks WHERE document = ?1 ORDER BY number")?;
    let found = statement.query_map([document], |row| {
        let kind: String = row.get(0)?;
        let span = Span { start: row.get(1)?, end: row.get(2)? };
        Ok(Block { kind: block_kind(&kind), span })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn names(connection: &Connection, document: i64) -> Result<Vec<String>, LedgerError> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM names WHERE document = ?1 ORDER BY name")?;
    let found = statement.query_map([document], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The word for a block's kind in the ledger.
pub(super) fn block_word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Bullet => "bullet",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Other => "other",
    }
}

fn block_kind(word: &str) -> BlockKind {
    match word {
        "headline" => BlockKind::Headline,
        "bullet" => BlockKind::Bullet,
        "paragraph" => BlockKind::Paragraph,
        "caption" => BlockKind::Caption,
        _ => BlockKind::Other,
    }
}
