//! OFAC's SDN and consolidated lists as CSV: `sdn.csv` with `alt.csv` and `add.csv` (or `cons_prim.csv` and so on).
//!
//! The files have no headers, write `-0-` for nothing, and end with the byte 0x1A when they are whole in the old form.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::un::imo_numbers;

const LIST: &str = "ofac";
const MOST_BYTES: u64 = 256 << 20;

/// The three files of one list. Without `alt` the list has no other names than those in remarks, without `add` no addresses.
pub struct OfacFiles<P, A, D> {
    /// `sdn.csv` or `cons_prim.csv`.
    pub primary: P,
    /// `alt.csv` or `cons_alt.csv`.
    pub alternate: Option<A>,
    /// `add.csv` or `cons_add.csv`.
    pub addresses: Option<D>,
}

/// Reads OFAC's CSV files as the list called `name`.
///
/// # Errors
/// Where a row has another number of fields than its file should, an identifier is no number, an alias belongs to no
/// entry, or there is no entry: then nothing is returned.
pub fn read_ofac_csv<P: Read, A: Read, D: Read>(
    name: &str,
    files: OfacFiles<P, A, D>,
) -> Result<List, ScreeningError> {
    let mut list = List { name: name.to_owned(), date: None, entries: Vec::new() };
    let mut by_id: FxHashMap<u64, usize> = FxHashMap::default();
    for_each_row(files.primary, ("the primary file", 12), |id, row| {
        by_id.insert(id, list.entries.len());
        list.entries.push(primary(row));
        Ok(())
    })?;
    if list.entries.is_empty() {
        return Err(ScreeningError::Empty { list: LIST });
    }
    let find = |id: u64, row: u64, file: &str| {
        by_id.get(&id).copied().ok_or_else(|| ScreeningError::Malformed {
            list: LIST,
            place: format!("row {row} of {file}"),
            reason: format!("entry {id} is not in the primary file: use files of one day"),
        })
    };
    let mut rows = 0;
    if let Some(alternate) = files.alternate {
        for_each_row(alternate, ("the file of other names", 5), |id, row| {
            rows += 1;
            let entry = &mut list.entries[find(id, rows, "the file of other names")?];
            entry.push_name(&row[3], NameQuality::Strong);
            Ok(())
        })?;
    }
    if let Some(addresses) = files.addresses {
        rows = 0;
        for_each_row(addresses, ("the file of addresses", 6), |id, row| {
            rows += 1;
            let entry = &mut list.entries[find(id, rows, "the file of addresses")?];
            entry.push_country(&row[4]);
            Ok(())
        })?;
    }
    super::checked(list, LIST)
}

/// Hands over every row with its identifier, `-0-` made empty.
fn for_each_row(
    input: impl Read,
    (file, fields): (&str, usize),
    mut take: impl FnMut(u64, &[String]) -> Result<(), ScreeningError>,
) -> Result<(), ScreeningError> {
    let wrong = |row: u64, reason: String| ScreeningError::Malformed {
        list: LIST,
        place: format!("row {row} of {file}"),
        reason,
    };
    let mut text = Vec::new();
    input
        .take(MOST_BYTES + 1)
        .read_to_end(&mut text)
        .map_err(|e| ScreeningError::Io { list: LIST, reason: e.to_string() })?;
    if text.len() as u64 > MOST_BYTES {
        return Err(wrong(0, format!("the file has more than {MOST_BYTES} bytes")));
    }
    let end = text.iter().rposition(|b| !matches!(b, 0x1a | b'\r' | b'\n' | b' ')).map_or(0, |i| i + 1);
    let text = &text[..end];
    if text.iter().filter(|b| **b == b'"').count() % 2 == 1 {
        return Err(ScreeningError::CutOff { list: LIST, at: end as u64 });
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    for (at, row) in reader.byte_records().enumerate() {
        let at = at as u64 + 1;
        let row = row.map_err(|e| wrong(at, e.to_string()))?;
        let fields_found = row.len();
        if fields_found != fields {
            let last =
                row.position().is_some_and(|p| p.byte() as usize + row.as_slice().len() + 64 >= text.len());
            if fields_found < fields && last && at > 1 {
                return Err(ScreeningError::CutOff { list: LIST, at: end as u64 });
            }
            return Err(wrong(at, format!("it has {fields_found} fields and should have {fields}")));
        }
        let row: Vec<String> = row.iter().map(clean).collect();
        let id = row[0].parse().map_err(|_| wrong(at, format!("`{}` is not an identifier", row[0])))?;
        take(id, &row)?;
    }
    Ok(())
}

fn clean(field: &[u8]) -> String {
    let text = match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => field.iter().map(|b| char::from(*b)).collect(),
    };
    let text = text.trim();
    if text == "-0-" { String::new() } else { text.to_owned() }
}

fn primary(row: &[String]) -> Entry {
    let kind = match row[2].as_str() {
        "individual" => EntryKind::Person,
        "vessel" => EntryKind::Vessel,
        "aircraft" => EntryKind::Aircraft,
        _ => EntryKind::Organisation,
    };
    let mut entry = Entry::new(&row[0], kind);
    entry.push_name(&row[1], NameQuality::Primary);
    entry.programmes = row[3]
        .split("] [")
        .map(|p| p.trim_matches(['[', ']', ' ']).to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    entry.push_identifier("call sign", &row[5]);
    if kind == EntryKind::Vessel {
        entry.push_country(&row[9]);
    }
    remarks(&mut entry, &row[11]);
    entry
}

/// Reads what remarks hold as `DOB 12 Mar 1960; nationality Iran; Passport 123 (Iran); a.k.a. 'X'; …`.
fn remarks(entry: &mut Entry, text: &str) {
    if text.is_empty() {
        return;
    }
    for item in text.trim_end_matches('.').split(';').map(str::trim) {
        let item = item.strip_prefix("alt. ").unwrap_or(item);
        if let Some(date) = item.strip_prefix("DOB ") {
            entry.born.extend(Birth::parse(date));
        } else if let Some(country) =
            item.strip_prefix("nationality ").or_else(|| item.strip_prefix("citizen "))
        {
            entry.push_country(country);
        } else if let Some(place) = item.strip_prefix("POB ") {
            entry.push_country(place.rsplit(", ").next().unwrap_or(place));
        } else if let Some(name) = item.strip_prefix("a.k.a. ").or_else(|| item.strip_prefix("f.k.a. ")) {
            entry.push_name(name.trim_matches('\''), NameQuality::Weak);
        } else {
            identifiers(entry, item);
        }
    }
    for imo in imo_numbers(text) {
        entry.push_identifier("IMO", &imo);
    }
    entry.remarks = Some(text.to_owned());
}

/// `Passport A1234567 (Iran) expires …`, `Tax ID No. 123`, `RUC # 45-6`: the words up to the number, and the number.
fn identifiers(entry: &mut Entry, item: &str) {
    const WORDS: [&str; 16] = [
        "Passport", "No.", "Number", "RUC", "NIT", "R.F.C.", "C.U.R.P.", "Cedula", "Tax", "ID", "MMSI",
        "SWIFT", "D.N.I.", "RTN", "#", "OGRN",
    ];
    if !WORDS.iter().any(|w| item.contains(w)) || item.starts_with("Linked To") {
        return;
    }
    let words: Vec<&str> = item.split_whitespace().collect();
    let number = words.iter().position(|w| {
        w.bytes().filter(u8::is_ascii_digit).count() >= 4 || w.len() >= 8 && w.contains(char::is_numeric)
    });
    if let Some(at) = number {
        entry.push_identifier(&words[..at].join(" "), words[at].trim_matches([',', '.', '(', ')']));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIMARY: &str = "10,\"NORDLYS, Kari\",\"individual\",\"TEST] [OTHER\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 03 May 1970; nationality Norway; Passport N1234567 (Norway); a.k.a. 'KN'.\"\r\n\
        11,\"GREY HERON\",\"vessel\",\"TEST\",-0- ,\"ABC12\",\"Tanker\",-0- ,-0- ,\"Panama\",-0- ,\"Vessel Registration Identification IMO 7654321.\"\r\n\x1a";
    const OTHER: &str = "10,1,\"aka\",\"NORDLIS, Karin\",-0- \r\n\x1a";

    fn read(primary: &str, other: &str) -> Result<List, ScreeningError> {
        let files = OfacFiles {
            primary: primary.as_bytes(),
            alternate: Some(other.as_bytes()),
            addresses: None::<&[u8]>,
        };
        read_ofac_csv("ofac-sdn", files)
    }

    #[test]
    fn entries_are_read() {
        let list = read(PRIMARY, OTHER).unwrap();
        let person = &list.entries[0];
        assert_eq!(person.programmes, ["TEST", "OTHER"]);
        assert_eq!(
            person.names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(),
            ["NORDLYS, Kari", "KN", "NORDLIS, Karin"]
        );
        assert_eq!(person.born[0].day, Some(3));
        assert_eq!(person.countries, ["Norway"]);
        assert_eq!(person.identifiers[0].value, "N1234567");
        let ship = &list.entries[1];
        assert_eq!((ship.kind, ship.countries[0].as_str()), (EntryKind::Vessel, "Panama"));
        assert!(ship.identifiers.iter().any(|i| i.value == "7654321"));
    }

    #[test]
    fn wrong_files_are_refused() {
        assert!(matches!(read("", OTHER), Err(ScreeningError::Empty { .. })));
        assert!(matches!(read(OTHER, OTHER), Err(ScreeningError::Malformed { .. })));
        assert!(matches!(read(PRIMARY, "99,1,\"aka\",\"X Y\",-0- "), Err(ScreeningError::Malformed { .. })));
        assert!(matches!(read(&PRIMARY[..PRIMARY.len() - 30], OTHER), Err(ScreeningError::CutOff { .. })));
        assert!(read("<html><body>moved, permanently</body></html>", OTHER).is_err());
    }
}
