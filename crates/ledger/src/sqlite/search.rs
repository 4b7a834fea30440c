//! Full text search over documents and claims (SQLite's FTS5).

use rusqlite::{Connection, OptionalExtension, params};

use super::excerpt::Sought;
use crate::LedgerError;
use crate::record::{Found, FoundKind};

/// Words that occur in more places than this are common: of them the newest places are found, not the best.
const COMMON: usize = 2000;

/// Where words are sought: the index, how its columns weigh, and what is shown of its rows.
struct Place {
    kind: FoundKind,
    index: &'static str,
    weights: &'static str,
    rows: &'static str,
}

const PLACES: [Place; 2] = [
    Place {
        kind: FoundKind::Document,
        index: "document_words",
        weights: ", 4.0, 1.0",
        rows: "SELECT d.id, d.name, d.title, d.published, d.text FROM documents d WHERE d.row = ?1",
    },
    Place {
        kind: FoundKind::Claim,
        index: "claim_words",
        weights: "",
        rows: "SELECT c.id, d.name, d.title, d.published, c.words
               FROM claims c JOIN documents d ON d.row = c.document WHERE c.row = ?1",
    },
];

/// Documents and claims in which the words occur; see [`crate::Ledger::search`].
pub(super) fn search(connection: &Connection, query: &str, limit: usize) -> Result<Vec<Found>, LedgerError> {
    let expression = expression(query).ok_or_else(|| LedgerError::BadQuery { query: query.to_owned() })?;
    let mut found = Vec::new();
    for place in &PLACES {
        let expression = spelt_out(connection, place, &expression)?;
        let rows = places(connection, place, &expression, limit)?;
        found.extend(shown(connection, place, &expression, &rows)?);
    }
    Ok(found)
}

/// Most words that a beginning stands for; one that more words have is left as it is.
const SPELT_OUT: usize = 40;

/// The expression with each beginning as the words of the index that have it.
///
/// For a beginning the index gathers all places of all its words before it gives the first; words are walked through.
fn spelt_out(connection: &Connection, place: &Place, expression: &str) -> Result<String, LedgerError> {
    let mut out = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(end) = rest.find("\"*") {
        let start = rest[..end].rfind('"').unwrap_or(0);
        let beginning = &rest[start + 1..end];
        out.push_str(&rest[..start]);
        match words_like(connection, place, beginning)? {
            Some(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                out.push_str(&format!("({})", words.join(" OR ")));
            }
            None => out.push_str(&rest[start..end + 2]),
        }
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The words of the index that begin like this; `None` where there are none, too many, or not plainly one word each.
fn words_like(
    connection: &Connection,
    place: &Place,
    beginning: &str,
) -> Result<Option<Vec<String>>, LedgerError> {
    let index = place.index;
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric());
    if !plain(beginning) {
        return Ok(None);
    }
    let beginning = beginning.to_ascii_lowercase();
    let made = format!(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_vocabulary USING fts5vocab(main, {index}, instance)"
    );
    connection.execute_batch(&made)?;
    let next = format!("SELECT term FROM temp.{index}_vocabulary WHERE term >= ?1 LIMIT 1");
    let mut next = connection.prepare_cached(&next)?;
    let known = format!("SELECT 1 FROM {index} WHERE {index} MATCH ?1 LIMIT 1");
    let mut known = connection.prepare_cached(&known)?;
    let (mut words, mut from) = (Vec::new(), beginning.clone());
    while let Some(word) = next.query_row([&from], |row| row.get::<_, String>(0)).optional()? {
        if !word.starts_with(&beginning) {
            break;
        }
        // The index holds stems: one that stemming changes once more is not found by itself.
        if words.len() == SPELT_OUT || !plain(&word) || !known.exists([format!("\"{word}\"")])? {
            return Ok(None);
        }
        from = format!("{word}\u{1}");
        words.push(word);
    }
    Ok(if words.is_empty() { None } else { Some(words) })
}

/// Documents and claims after these rows in which the words occur, the newest first.
pub(super) fn since(
    connection: &Connection,
    query: &str,
    after: (i64, i64),
    limit: usize,
) -> Result<Vec<Found>, LedgerError> {
    let expression = expression(query).ok_or_else(|| LedgerError::BadQuery { query: query.to_owned() })?;
    let mut found = Vec::new();
    for (place, after) in PLACES.iter().zip([after.0, after.1]) {
        let index = place.index;
        let sql = format!(
            "SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid > ?2 ORDER BY rowid DESC LIMIT ?3"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params![expression, after, limit as i64], |row| Ok((row.get(0)?, 0.0)))?;
        let rows: Vec<(i64, f64)> = rows.collect::<Result<_, _>>()?;
        found.extend(shown(connection, place, &expression, &rows)?);
    }
    Ok(found)
}

/// The rows that count, best first, with their ranks: less is better.
///
/// Ranking reads every place in which a word occurs, so it is done where there are not too many.
fn places(
    connection: &Connection,
    place: &Place,
    expression: &str,
    limit: usize,
) -> Result<Vec<(i64, f64)>, LedgerError> {
    let Place { index, weights, .. } = place;
    let newest = format!("SELECT rowid FROM {index} WHERE {index} MATCH ?1 ORDER BY rowid DESC LIMIT ?2");
    let mut statement = connection.prepare_cached(&newest)?;
    let rows = statement.query_map(params![expression, (COMMON + 1) as i64], |row| row.get(0))?;
    let rows: Vec<i64> = rows.collect::<Result<_, _>>()?;
    if rows.len() > COMMON {
        return Ok(rows.into_iter().take(limit).map(|row| (row, 0.0)).collect());
    }
    let best = format!(
        "SELECT rowid, bm25({index}{weights}) FROM {index} WHERE {index} MATCH ?1 ORDER BY 2, rowid LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&best)?;
    let rows =
        statement.query_map(params![expression, limit as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The findings in these rows with the words around, in the order of the rows.
fn shown(
    connection: &Connection,
    place: &Place,
    expression: &str,
    places: &[(i64, f64)],
) -> Result<Vec<Found>, LedgerError> {
    let sought = Sought::of(expression);
    let mut statement = connection.prepare_cached(place.rows)?;
    let mut found = Vec::with_capacity(places.len());
    for (row, rank) in places {
        let one = statement.query_row([row], |row| {
            Ok(Found {
                kind: place.kind,
                id: row.get(0)?,
                doc: row.get(1)?,
                title: row.get(2)?,
                published: row.get(3)?,
                snippet: sought.excerpt(row.get_ref(4)?.as_str()?),
                rank: *rank,
            })
        });
        found.extend(one.optional()?);
    }
    Ok(found)
}

/// What a user typed as an FTS5 expression that cannot fail: every word and phrase quoted, `OR`, `NOT` and a final
/// `*` kept. `None` where nothing is sought, or an operator has nothing to work on.
fn expression(query: &str) -> Option<String> {
    let mut out = String::new();
    let mut operator = "";
    // To the index a NUL is the end of the expression.
    let query = query.replace('\0', " ");
    for term in terms(&query) {
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
        check("gun\0drone", Some("\"gun\" AND \"drone\""));
    }

    #[test]
    fn what_seeks_nothing_is_refused() {
        for query in ["", "  ", "\"\"", "OR", "gun OR", "NOT gun", "gun OR NOT drone", "*", "--"] {
            check(query, None);
        }
    }
}
