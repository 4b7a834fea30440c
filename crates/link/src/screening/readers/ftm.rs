//! FollowTheMoney entities as JSON lines, as OpenSanctions and others publish them.

use std::io::{BufRead, BufReader, Read};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};

const LIST: &str = "ftm";
const MOST_LINE_BYTES: u64 = 4 << 20;

#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    properties: FxHashMap<String, Vec<serde_json::Value>>,
}

/// Reads entities that have names; other schemata (addresses, ownership, payments) are passed over.
///
/// # Errors
/// Where a line is no entity, so also where the last one is cut off, or none has a name: then nothing is returned. A
/// file cut off between two lines cannot be told from a whole one.
pub fn read_ftm(name: &str, input: impl Read) -> Result<List, ScreeningError> {
    let mut list = List { name: name.to_owned(), date: None, entries: Vec::new() };
    let mut reader = BufReader::new(input);
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        let read = reader.by_ref().take(MOST_LINE_BYTES).read_until(b'\n', &mut line);
        let read = read.map_err(|e| ScreeningError::Io { list: LIST, reason: e.to_string() })?;
        if read == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let entity: Entity = serde_json::from_slice(&line).map_err(|e| {
            let place = format!("line {number}");
            if e.is_eof() && number > 1 {
                ScreeningError::CutOff { list: LIST, at: number }
            } else if number == 1 {
                ScreeningError::NotTheList { list: LIST, found: format!("a line that is no entity ({e})") }
            } else {
                ScreeningError::Malformed { list: LIST, place, reason: e.to_string() }
            }
        })?;
        list.entries.extend(entry_of(&entity));
    }
    super::checked(list, LIST)
}

fn entry_of(entity: &Entity) -> Option<Entry> {
    let kind = match entity.schema.as_str() {
        "Person" => EntryKind::Person,
        "Company" => EntryKind::Company,
        "Organization" | "PublicBody" => EntryKind::Organisation,
        "LegalEntity" => EntryKind::Unknown,
        "Vessel" => EntryKind::Vessel,
        "Airplane" => EntryKind::Aircraft,
        _ => return None,
    };
    let texts = |property: &str| -> Vec<&str> {
        entity.properties.get(property).into_iter().flatten().filter_map(|v| v.as_str()).collect()
    };
    let mut entry = Entry::new(&entity.id, kind);
    for (at, name) in texts("name").into_iter().enumerate() {
        entry.push_name(name, if at == 0 { NameQuality::Primary } else { NameQuality::Strong });
    }
    for name in texts("alias").into_iter().chain(texts("previousName")) {
        entry.push_name(name, NameQuality::Strong);
    }
    for name in texts("weakAlias") {
        entry.push_name(name, NameQuality::Weak);
    }
    entry.born.extend(texts("birthDate").into_iter().filter_map(Birth::parse));
    for property in ["nationality", "citizenship", "country", "jurisdiction", "flag"] {
        for country in texts(property) {
            entry.push_country(country);
        }
    }
    for property in [
        "passportNumber",
        "idNumber",
        "taxNumber",
        "registrationNumber",
        "imoNumber",
        "mmsi",
        "leiCode",
        "swiftBic",
        "innCode",
        "ogrnCode",
        "registrationNumber",
    ] {
        for value in texts(property) {
            entry.push_identifier(property, value);
        }
    }
    entry.programmes = texts("programId").into_iter().chain(texts("program")).map(str::to_owned).collect();
    entry.listed_on = texts("createdAt").first().map(|d| (*d).to_owned());
    entry.remarks = texts("notes").first().map(|n| (*n).to_owned());
    (!entry.names.is_empty()).then_some(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "{\"id\":\"a1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ove Strand\"],\"birthDate\":[\"1961-02-03\"],\"nationality\":[\"no\"]}}\n\
        {\"id\":\"a2\",\"schema\":\"Ownership\",\"properties\":{}}\n{\"id\":\"a3\",\"schema\":\"Vessel\",\"properties\":{\"name\":[\"Tern\"],\"imoNumber\":[\"IMO7654321\"]}}\n";

    #[test]
    fn entities_are_read() {
        let list = read_ftm("mine", LINES.as_bytes()).unwrap();
        assert_eq!(list.entries.len(), 2);
        assert_eq!(list.entries[0].born[0].day, Some(3));
        assert_eq!(list.entries[1].identifiers[0].value, "IMO7654321");
    }

    #[test]
    fn wrong_lines_are_refused() {
        assert!(matches!(
            read_ftm("mine", &LINES.as_bytes()[..LINES.len() - 9]),
            Err(ScreeningError::CutOff { .. })
        ));
        assert!(matches!(read_ftm("mine", &b"<html>"[..]), Err(ScreeningError::NotTheList { .. })));
        assert!(matches!(read_ftm("mine", &b""[..]), Err(ScreeningError::Empty { .. })));
    }
}
