//! Getting documents, claims and judgements out of the file.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::rows;
use crate::record::{CodingKey, Judgement, SetAside, StoredClaim, StoredDocument, StoredJudgement};
use crate::{ClaimFilter, Each, LedgerError, Moment, Subject};

/// Whether a document is there with a coding under `key`.
pub(super) fn is_coded(
    connection: &Connection,
    document: &str,
    key: &CodingKey,
) -> Result<bool, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM documents d JOIN codings k ON k.document = d.row
         WHERE d.id = ?1 AND k.codebook = ?2 AND k.model = ?3",
    )?;
    Ok(statement.exists(params![document, key.codebook, key.model])?)
}

/// Documents coded under another key, by identifier.
pub(super) fn outdated(connection: &Connection, key: &CodingKey) -> Result<Vec<String>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT d.id FROM documents d LEFT JOIN codings k ON k.document = d.row
         WHERE k.document IS NULL OR k.codebook <> ?1 OR k.model <> ?2 ORDER BY d.id",
    )?;
    let found = statement.query_map(params![key.codebook, key.model], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

const FROM_DOCUMENTS: &str = "FROM documents d LEFT JOIN codings k ON k.document = d.row";

/// Of several documents of one name or address the newest comes first.
const NEWEST_FIRST: &str = "ORDER BY ifnull(d.published, '') DESC, d.ingested_at DESC, d.id DESC";

/// The document with this identifier, name or address.
pub(super) fn document(connection: &Connection, wanted: &str) -> Result<Option<StoredDocument>, LedgerError> {
    let by_name = format!(
        "SELECT {} {FROM_DOCUMENTS} WHERE d.id = ?1 OR d.url = ?1
         OR d.row IN (SELECT document FROM names WHERE name = ?1) {NEWEST_FIRST} LIMIT 1",
        rows::DOCUMENT
    );
    if let Some(found) = some_documents(connection, &by_name, &[wanted])?.pop() {
        return Ok(Some(found));
    }
    let Some((from, to)) = beginning(wanted, 'd') else {
        return Ok(None);
    };
    let by_beginning =
        format!("SELECT {} {FROM_DOCUMENTS} WHERE d.id >= ?1 AND d.id < ?2 LIMIT 2", rows::DOCUMENT);
    one_of(some_documents(connection, &by_beginning, &[&from, &to])?, wanted, "documents")
}

/// The range of identifiers that begin like `wanted`, which names one with `letter` in front.
fn beginning(wanted: &str, letter: char) -> Option<(String, String)> {
    let digits = wanted.strip_prefix(letter)?;
    let fits = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    fits.then(|| (wanted.to_owned(), format!("{wanted}g")))
}

fn one_of<T>(mut found: Vec<T>, wanted: &str, what: &'static str) -> Result<Option<T>, LedgerError> {
    if found.len() > 1 {
        return Err(LedgerError::Ambiguous { wanted: wanted.to_owned(), count: found.len(), what });
    }
    Ok(found.pop())
}

fn some_documents(
    connection: &Connection,
    sql: &str,
    with: &[&str],
) -> Result<Vec<StoredDocument>, LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(with))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(rows::document(connection, row)?);
    }
    Ok(found)
}

/// Every version of a document, oldest first.
pub(super) fn versions(
    connection: &Connection,
    of: &StoredDocument,
) -> Result<Vec<StoredDocument>, LedgerError> {
    let Some(url) = &of.document.url else {
        return Ok(vec![of.clone()]);
    };
    let sql = format!(
        "SELECT {} {FROM_DOCUMENTS} WHERE d.url = ?1 AND ifnull(d.title, '') = ?2 AND ifnull(d.published, '') = ?3
         ORDER BY d.ingested_at, d.id",
        rows::DOCUMENT
    );
    let title = of.document.title.as_deref().unwrap_or("");
    some_documents(connection, &sql, &[url, title, of.document.published.as_deref().unwrap_or("")])
}

/// Every document as of a moment, by identifier.
pub(super) fn documents(
    connection: &Connection,
    moment: &Moment,
    each: Each<'_, StoredDocument>,
) -> Result<(), LedgerError> {
    let mut conditions = Conditions::default();
    conditions.moment("d", moment);
    let sql = format!("SELECT {} {FROM_DOCUMENTS} {} ORDER BY d.id", rows::DOCUMENT, conditions.sql());
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    while let Some(row) = rows.next()? {
        if each(rows::document(connection, row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// A growing WHERE clause with its values.
#[derive(Default)]
struct Conditions {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// `column` is one of `words`; no condition where none is given.
    fn one_of<'a>(&mut self, column: &str, words: impl Iterator<Item = &'a str>) {
        let list: Vec<String> = words.map(|w| self.value(w.to_owned())).collect();
        if !list.is_empty() {
            self.parts.push(format!("{column} IN ({})", list.join(", ")));
        }
    }

    /// One of `actors` stands in one of `slots` of the claim.
    fn actors(&mut self, slots: &str, actors: &[String]) {
        if actors.is_empty() {
            return;
        }
        let list: Vec<String> = actors.iter().map(|a| self.value(a.clone())).collect();
        self.parts.push(format!(
            "c.row IN (SELECT a.claim FROM claim_actors a JOIN actors n ON n.row = a.actor
             WHERE n.id COLLATE NOCASE IN ({}) {slots})",
            list.join(", ")
        ));
    }

    fn moment(&mut self, table: &str, moment: &Moment) {
        if let Some(day) = &moment.published {
            let day = self.value(day.clone());
            self.parts.push(format!("{table}.published <= {day}"));
        }
        if let Some(bound) = moment.ingested_bound() {
            let bound = self.value(bound);
            self.parts.push(format!("{table}.ingested_at <= {bound}"));
        }
    }

    fn sql(&self) -> String {
        if self.parts.is_empty() { String::new() } else { format!("WHERE {}", self.parts.join(" AND ")) }
    }
}

fn conditions(filter: &ClaimFilter) -> Conditions {
    let mut c = Conditions::default();
    c.one_of("c.kind", filter.kinds.iter().map(|k| k.as_str()));
    c.one_of("c.stage", filter.stages.iter().map(|s| s.as_str()));
    c.one_of("c.factuality", filter.factualities.iter().map(|f| f.as_str()));
    c.actors("AND a.slot = 'supplier'", &filter.suppliers);
    c.actors("AND a.slot = 'recipient'", &filter.recipients);
    c.actors("", &filter.actors);
    if !filter.goods.is_empty() {
        let list: Vec<String> = filter.goods.iter().map(|g| c.value(g.as_str().to_owned())).collect();
        let list = list.join(", ");
        c.parts.push(format!("c.row IN (SELECT claim FROM claim_goods WHERE category IN ({list}))"));
    }
    if let Some(words) = &filter.speaker {
        let words = c.value(words.to_lowercase());
        c.parts.push(format!(
            "(instr(lower(c.speaker), {words}) > 0 OR instr(lower(ifnull(c.affiliation, '')), {words}) > 0)"
        ));
    }
    if let Some(day) = &filter.since {
        let day = c.value(day.clone());
        c.parts.push(format!("d.published >= {day}"));
    }
    if let Some(day) = &filter.until {
        let day = c.value(day.clone());
        c.parts.push(format!("d.published <= {day}"));
    }
    if let Some(doc) = &filter.doc {
        let doc = c.value(doc.clone());
        c.parts.push(format!(
            "(d.id = {doc} OR d.url = {doc} OR d.row IN (SELECT document FROM names WHERE name = {doc}))"
        ));
    }
    if let Some(after) = &filter.after {
        let after = c.value(after.clone());
        c.parts.push(format!(
            "(ifnull(d.published, ''), d.name, d.id, c.position, c.id) >
             (SELECT ifnull(e.published, ''), e.name, e.id, b.position, b.id
              FROM claims b JOIN documents e ON e.row = b.document WHERE b.id = {after})"
        ));
    }
    c.moment("d", &filter.moment);
    if !filter.all_versions {
        c.superseded(&filter.moment);
    }
    c
}

impl Conditions {
    /// Leaves out documents of which there is a newer version: same address, title and day, read later.
    fn superseded(&mut self, moment: &Moment) {
        let mut known = String::new();
        if let Some(bound) = moment.ingested_bound() {
            known = format!("AND n.ingested_at <= {}", self.value(bound));
        }
        self.parts.push(format!(
            "NOT EXISTS (SELECT 1 FROM documents n WHERE n.url = d.url AND n.title IS d.title
             AND n.published IS d.published AND (n.ingested_at, n.id) > (d.ingested_at, d.id) {known})"
        ));
    }
}

/// The claims that a filter lets through.
pub(super) fn claims(
    connection: &Connection,
    filter: &ClaimFilter,
    each: Each<'_, StoredClaim>,
) -> Result<(), LedgerError> {
    let conditions = conditions(filter);
    let limit = filter.limit.map_or(String::new(), |n| format!("LIMIT {n}"));
    let sql = format!(
        "SELECT {} FROM claims c JOIN documents d ON d.row = c.document {}
         ORDER BY ifnull(d.published, ''), d.name, d.id, c.position, c.id {limit}",
        rows::CLAIM,
        conditions.sql()
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(&conditions.values))?;
    while let Some(row) = rows.next()? {
        if each(rows::claim(connection, row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// The claim with this identifier, or its beginning.
pub(super) fn claim(connection: &Connection, wanted: &str) -> Result<Option<StoredClaim>, LedgerError> {
    let Some((from, to)) = beginning(wanted, 'c') else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT {} FROM claims c JOIN documents d ON d.row = c.document WHERE c.id >= ?1 AND c.id < ?2 LIMIT 2",
        rows::CLAIM
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![from, to])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(rows::claim(connection, row)?);
    }
    one_of(found, wanted, "claims")
}

/// Judgements, oldest first.
pub(super) fn judgements(
    connection: &Connection,
    subject: Option<&Subject>,
) -> Result<Vec<StoredJudgement>, LedgerError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, at, subject_kind, subject, verdict, detail, author, reason FROM judgements
         WHERE ?1 IS NULL OR (subject_kind = ?1 AND subject = ?2) ORDER BY number",
    )?;
    let with = params![subject.map(|s| &s.kind), subject.map(|s| &s.id)];
    let found = statement.query_map(with, |row| {
        let detail: String = row.get(5)?;
        Ok(StoredJudgement {
            number: row.get(0)?,
            at: row.get(1)?,
            judgement: Judgement {
                subject_kind: row.get(2)?,
                subject: row.get(3)?,
                verdict: row.get(4)?,
                detail: serde_json::from_str(&detail).unwrap_or_default(),
                author: row.get(6)?,
                reason: row.get(7)?,
            },
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Inputs that were set aside.
pub(super) fn set_aside(connection: &Connection) -> Result<Vec<SetAside>, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT input, path, reason, published, at FROM set_aside ORDER BY input")?;
    let found = statement.query_map([], |row| {
        Ok(SetAside {
            input: row.get(0)?,
            path: row.get(1)?,
            reason: row.get(2)?,
            published: row.get(3)?,
            at: row.get(4)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The number that `sql` counts.
pub(super) fn number(connection: &Connection, sql: &str) -> Result<u64, LedgerError> {
    let found: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(0).max(0) as u64)
}
