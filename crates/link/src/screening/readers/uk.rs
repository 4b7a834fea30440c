//! The United Kingdom's list as CSV: OFSI's consolidated list and the UK Sanctions List, told apart by their columns.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::table::{Row, Table};

/// Reads `ConList.csv` or `UK-Sanctions-List.csv`: one line a name of an entry.
///
/// # Errors
/// Where the file is cut off, is another one or holds no entry; then nothing of it is returned.
pub fn read_uk_csv(input: impl Read) -> Result<List, ScreeningError> {
    let table = Table::read("uk", input, b',', "Name 6")?;
    let mut list = List { name: "uk".to_owned(), date: None, entries: Vec::new() };
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.rows() {
        let id = row.first(&["Unique ID", "Group ID"]);
        if id.is_empty() {
            return Err(ScreeningError::Malformed {
                list: "uk",
                place: format!("entry {}", list.entries.len() + 1),
                reason: "it has neither `Unique ID` nor `Group ID`".to_owned(),
            });
        }
        let at = *known.entry(id.to_owned()).or_insert_with(|| {
            let kind = match row
                .first(&["Group Type", "Individual, Entity, Ship", "Designation Type"])
                .to_lowercase()
                .as_str()
            {
                "individual" => EntryKind::Person,
                "ship" => EntryKind::Vessel,
                _ => EntryKind::Organisation,
            };
            list.entries.push(Entry::new(id, kind));
            list.entries.len() - 1
        });
        add_row(&mut list.entries[at], &row);
    }
    for entry in &mut list.entries {
        entry.names.sort_by_key(|n| n.quality);
    }
    super::checked(list, "uk")
}

fn add_row(entry: &mut Entry, row: &Row<'_>) {
    let parts = ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"].map(|column| row.get(column));
    let primary = row.first(&["Alias Type", "Name type"]).to_lowercase().starts_with("primary name");
    let weak = row.first(&["Alias Quality", "Alias strength"]).to_lowercase().starts_with("low");
    let quality = match (primary && !row.get("Alias Type").to_lowercase().contains("variation"), weak) {
        (true, _) => NameQuality::Primary,
        (_, true) => NameQuality::Weak,
        _ => NameQuality::Strong,
    };
    entry.push_name(&parts.join(" "), quality);
    entry.push_name(row.first(&["Name Non-Latin Script"]), NameQuality::Strong);
    for date in row.first(&["DOB", "D.O.B"]).split([';', '|']) {
        if let Some(born) = Birth::parse(date).filter(|b| !entry.born.contains(b)) {
            entry.born.push(born);
        }
    }
    for column in [
        "Nationality",
        "Nationality(/ies)",
        "Country",
        "Address Country",
        "Country of Birth",
        "Current believed flag of ship",
    ] {
        entry.push_country(row.get(column));
    }
    for (kind, column) in [
        ("Passport", "Passport Number"),
        ("National identification", "National Identification Number"),
        ("National identification", "National Identifier number"),
        ("IMO", "IMO number"),
        ("Registration", "Business registration number (s)"),
    ] {
        entry.push_identifier(kind, row.get(column));
    }
    let regime = row.first(&["Regime", "Regime Name"]);
    if !regime.is_empty() && !entry.programmes.iter().any(|p| p == regime) {
        entry.programmes.push(regime.to_owned());
    }
    let listed = row.first(&["UK Sanctions List Date Designated", "Date Designated", "Listed On"]);
    entry.listed_on = entry.listed_on.take().or_else(|| Some(listed.to_owned()).filter(|l| !l.is_empty()));
    let remarks = row.first(&["Other Information", "UK Statement of Reasons"]);
    entry.remarks = entry.remarks.take().or_else(|| Some(remarks.to_owned()).filter(|r| !r.is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_gathered_by_entry() {
        let text = "Last Updated,01/02/2025\nName 6,Name 1,DOB,Nationality,Group Type,Alias Type,Alias Quality,Regime,Group ID\n\
            QVIST,Berta,00/00/1950,Sweden,Individual,AKA,Low,Test,7\nQVIST-HOLM,Berta,04/03/1950,Sweden,Individual,Primary name,,Test,7\n\
            GREY WORKS,,,,Entity,Primary name,,Test,8\n";
        let list = read_uk_csv(text.as_bytes()).unwrap();
        assert_eq!(list.entries[0].title(), "Berta QVIST-HOLM");
        assert_eq!(list.entries[0].names[1].quality, NameQuality::Weak);
        assert_eq!(list.entries[0].born.last().map(ToString::to_string).as_deref(), Some("1950-03-04"));
        assert_eq!(list.entries[1].kind, EntryKind::Organisation);
        assert!(read_uk_csv(&text.as_bytes()[..text.len() - 14]).is_err());
        assert!(matches!(read_uk_csv(&b"hello"[..]), Err(ScreeningError::NotTheList { .. })));
    }
}
