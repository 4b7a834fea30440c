//! Full text search over documents and claims (SQLite's FTS5).

use rusqlite::{Connection, params};

use crate::LedgerError;
use crate::record::{Found, FoundKind};

/// Finds documents and claims, best first; see [`crate::Ledger::search`].
pub(super) fn search(connection: &Connection, query: &str, limit: usize) -> Result<Vec<Found>, LedgerError> {
    let expression = expression(query).ok_or_else(|| LedgerError::BadQuery { query: query.to_owned() })?;
    let documents = "SELECT d.id, d.name, d.title, d.published,
            snippet(document_words, 1, char(2), char(3), '…', 24), bm25(document_words, 4.0, 1.0)
        FROM document_words JOIN documents d ON d.row = document_words.rowid
        WHERE document_words MATCH ?1 ORDER BY 6, d.id LIMIT ?2";
    let claims = "SELECT c.id, d.name, d.title, d.published,
            snippet(claim_words, 0, char(2), char(3), '…', 24), bm25(claim_words)
        FROM claim_words JOIN claims c ON c.row = claim_words.rowid JOIN documents d ON d.row = c.document
        WHERE claim_words MATCH ?1 ORDER BY 6, c.id LIMIT ?2";
    let mut found = Vec::new();
    for (kind, sql) in [(FoundKind::Document, documents), (FoundKind::Claim, claims)] {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![expression, limit as i64], |row| {
            Ok(Found {
                kind,
                id: row.get(0)?,
                doc: row.get(1)?,
                title: row.get(2)?,
                published: row.get(3)?,
                snippet: row.get(4)?,
                rank: row.get(5)?,
            })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// What a user typed as an FTS5 expression that cannot fail: every word and phrase quoted, `OR`, `NOT` and a final
/// `*` kept. `None` where nothing is sought, or an operator has nothing to work on.
fn expression(query: &str) -> Option<String> {
    let mut out = String::new();
    let mut operator = "";
    for term in terms(query) {
        if term == "OR" || term == "NOT" {
            if out.is_empty() || !operator.is_empty() {
                return None;
            }
            operator = if term == "OR" { " OR " } else { " NOT " };
            continue;
        }
        let (words, star) = match term.strip_suffix('*') {
            Some(beginning) => (beginning, "*"),
            None => (term, ""),
        };
        let words = words.trim_matches('"');
        if !words.chars().any(char::is_alphanumeric) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(if operator.is_empty() { " AND " } else { operator });
        }
        operator = "";
        out.push_str(&format!("\"{}\"{star}", words.replace('"', "\"\"")));
    }
    (operator.is_empty() && !out.is_empty()).then_some(out)
}

/// The words and "quoted phrases" of a query.
fn terms(query: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let end = if let Some(inside) = rest.strip_prefix('"') {
            inside.find('"').map_or(rest.len(), |at| at + 2)
        } else {
            rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len())
        };
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::expression;

    fn check(query: &str, wanted: Option<&str>) {
        assert_eq!(expression(query).as_deref(), wanted, "{query}");
    }

    #[test]
    fn queries_become_expressions() {
        check("shells", Some("\"shells\""));
        check("artillery shells", Some("\"artillery\" AND \"shells\""));
        check("\"artillery shells\" Ruritania", Some("\"artillery shells\" AND \"Ruritania\""));
        check("how* OR gun", Some("\"how\"* OR \"gun\""));
        check("gun NOT drone", Some("\"gun\" NOT \"drone\""));
        check("a:b (c) -d ^e", Some("\"a:b\" AND \"(c)\" AND \"-d\" AND \"^e\""));
        check("\"open", Some("\"open\""));
        check("it's", Some("\"it's\""));
    }

    #[test]
    fn what_seeks_nothing_is_refused() {
        for query in ["", "  ", "\"\"", "OR", "gun OR", "NOT gun", "gun OR NOT drone", "*", "--"] {
            check(query, None);
        }
    }
}
