//! CSV with a header, read by the names of its columns.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::ScreeningError;

const MOST_BYTES: u64 = 256 << 20;

/// All rows of a file whose header has a given column; lines before the header are skipped.
pub(crate) struct Table {
    columns: FxHashMap<String, usize>,
    rows: Vec<csv::StringRecord>,
}

/// One row of it.
pub(crate) struct Row<'a> {
    columns: &'a FxHashMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// A column's text, trimmed; empty where there is no such column.
    pub(crate) fn get(&self, column: &str) -> &'a str {
        self.columns.get(&column.to_lowercase()).and_then(|&i| self.record.get(i)).map_or("", str::trim)
    }

    /// The first of several columns that is not empty.
    pub(crate) fn first(&self, columns: &[&str]) -> &'a str {
        columns.iter().map(|c| self.get(c)).find(|t| !t.is_empty()).unwrap_or("")
    }
}

impl Table {
    /// Reads a file that has `key` among its columns.
    ///
    /// # Errors
    /// Where there is no such column in the first ten lines, or a row has another number of fields than the header:
    /// at the end of the file that means that it is cut off.
    pub(crate) fn read(
        list: &'static str,
        input: impl Read,
        separator: u8,
        key: &str,
    ) -> Result<Table, ScreeningError> {
        let mut bytes = Vec::new();
        input
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| ScreeningError::Io { list, reason: e.to_string() })?;
        if bytes.len() as u64 > MOST_BYTES {
            let reason = format!("the file has more than {MOST_BYTES} bytes");
            return Err(ScreeningError::Malformed { list, place: "its end".to_owned(), reason });
        }
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut table = Table { columns: FxHashMap::default(), rows: Vec::new() };
        let at = |row: usize| format!("row {}", row + 1);
        for (number, record) in reader.records().enumerate() {
            let record = record.map_err(|e| ScreeningError::Malformed {
                list,
                place: at(number),
                reason: e.to_string(),
            })?;
            if table.columns.is_empty() {
                if record.iter().any(|f| f.trim().eq_ignore_ascii_case(key)) {
                    table.columns =
                        record.iter().enumerate().map(|(i, f)| (f.trim().to_lowercase(), i)).collect();
                } else if number >= 10 {
                    break;
                }
                continue;
            }
            table.rows.push(record);
        }
        if table.columns.is_empty() {
            let first: String = text.chars().take(60).take_while(|c| *c != '\n').collect();
            return Err(ScreeningError::NotTheList { list, found: format!("`{first}`") });
        }
        table.check(list, &text)?;
        Ok(table)
    }

    fn check(&self, list: &'static str, text: &str) -> Result<(), ScreeningError> {
        let width = self.columns.len();
        let cut = ScreeningError::CutOff { list, at: text.len() as u64 };
        for (number, row) in self.rows.iter().enumerate() {
            if row.len() < width {
                let last = number + 1 == self.rows.len();
                let place = format!("row {} below the header", number + 1);
                let reason = format!("it has {} fields and the header {width}", row.len());
                return Err(if last { cut } else { ScreeningError::Malformed { list, place, reason } });
            }
        }
        if text.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
            return Err(cut);
        }
        Ok(())
    }

    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|record| Row { columns: &self.columns, record })
    }
}
