//! The European Union's consolidated financial sanctions list, XML and CSV.

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::table::Table;
use super::xml::{Node, Shape, read_records};

/// Reads `xmlFullSanctionsList` of the European Union.
///
/// # Errors
/// Where the file is cut off, is another one or holds no entry; then nothing of it is returned.
pub fn read_eu_xml(input: impl Read) -> Result<List, ScreeningError> {
    let shape = Shape { list: "eu", root: "export", records: &["sanctionEntity"] };
    let mut list = List { name: "eu".to_owned(), date: None, entries: Vec::new() };
    read_records(input, &shape, |node| {
        if node.name == "export" {
            list.date = Some(node.attribute("generationDate").to_owned()).filter(|d| !d.is_empty());
        } else {
            list.entries.push(entry_of(&node));
        }
        Ok(())
    })?;
    super::checked(list, "eu")
}

fn kind_of(code: &str) -> EntryKind {
    match code {
        "P" | "person" => EntryKind::Person,
        _ => EntryKind::Organisation,
    }
}

fn entry_of(node: &Node) -> Entry {
    let subject = node.child("subjectType").map_or("", |s| s.attribute("classificationCode"));
    let mut entry = Entry::new(node.attribute("euReferenceNumber"), kind_of(subject));
    if entry.id.is_empty() {
        node.attribute("logicalId").clone_into(&mut entry.id);
    }
    for (at, alias) in node.all("nameAlias").enumerate() {
        let parts =
            [alias.attribute("firstName"), alias.attribute("middleName"), alias.attribute("lastName")];
        let whole = alias.attribute("wholeName");
        let quality = match (at, alias.attribute("strong")) {
            (0, _) => NameQuality::Primary,
            (_, "false") => NameQuality::Weak,
            _ => NameQuality::Strong,
        };
        entry.push_name(if whole.is_empty() { parts.join(" ") } else { whole.to_owned() }.as_str(), quality);
    }
    for born in node.all("birthdate") {
        let text = [born.attribute("birthdate"), born.attribute("year")].into_iter().find(|t| !t.is_empty());
        let about = born.attribute("circa") == "true";
        entry.born.extend(
            text.and_then(|t| Birth::parse(&if about { format!("circa {t}") } else { t.to_owned() })),
        );
    }
    for place in ["citizenship", "address", "birthdate"].iter().flat_map(|name| node.all(name)) {
        let code = place.attribute("countryIso2Code");
        if code != "00" {
            entry.push_country(code);
        }
    }
    for identification in node.all("identification") {
        entry.push_identifier(
            identification.attribute("identificationTypeCode"),
            identification.attribute("number"),
        );
    }
    if let Some(regulation) = node.child("regulation") {
        entry.programmes = vec![regulation.attribute("programme").to_owned()];
        entry.listed_on =
            Some(regulation.attribute("entryIntoForceDate").to_owned()).filter(|d| !d.is_empty());
    }
    entry.remarks = Some(node.text_of("remark").to_owned()).filter(|r| !r.is_empty());
    entry
}

/// Reads `csvFullSanctionsList` of the European Union: one line a name, address, birth date or document of an entry.
///
/// # Errors
/// As [`read_eu_xml`].
pub fn read_eu_csv(input: impl Read) -> Result<List, ScreeningError> {
    let table = Table::read("eu", input, b';', "Entity_LogicalId")?;
    let mut list = List { name: "eu".to_owned(), date: None, entries: Vec::new() };
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.rows() {
        let id = row.get("Entity_LogicalId");
        if id.is_empty() {
            continue;
        }
        list.date =
            list.date.or_else(|| Some(row.get("fileGenerationDate").to_owned()).filter(|d| !d.is_empty()));
        let at = *known.entry(id.to_owned()).or_insert_with(|| {
            let reference = row.get("Entity_EU_ReferenceNumber");
            let kind = kind_of(row.get("Entity_SubjectType_ClassificationCode"));
            list.entries.push(Entry::new(if reference.is_empty() { id } else { reference }, kind));
            list.entries.len() - 1
        });
        let entry = &mut list.entries[at];
        let quality = if entry.names.is_empty() { NameQuality::Primary } else { NameQuality::Strong };
        entry.push_name(row.get("NameAlias_WholeName"), quality);
        entry.born.extend(
            Birth::parse(row.get("BirthDate_BirthDate")).or_else(|| Birth::parse(row.get("BirthDate_Year"))),
        );
        for column in ["Citizenship_CountryIso2Code", "Address_CountryIso2Code", "BirthDate_CountryIso2Code"]
        {
            if row.get(column) != "00" {
                entry.push_country(row.get(column));
            }
        }
        entry.push_identifier(row.get("Identification_TypeCode"), row.get("Identification_Number"));
        let programme = row.get("Entity_Regulation_Programme");
        if !programme.is_empty() && !entry.programmes.iter().any(|p| p == programme) {
            entry.programmes.push(programme.to_owned());
        }
    }
    super::checked(list, "eu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_entries_are_read() {
        let text = r#"<export xmlns="urn:x" generationDate="2025-01-02"><sanctionEntity euReferenceNumber="EU.1.2" logicalId="7">
            <regulation programme="TST" entryIntoForceDate="2020-01-01"/><subjectType code="person" classificationCode="P"/>
            <nameAlias wholeName="Berta Qvist" strong="true"/><nameAlias wholeName="Bee" strong="false"/>
            <birthdate circa="true" birthdate="" year="1950" countryIso2Code="SE"/>
            <identification number="X998877" identificationTypeCode="passport"/></sanctionEntity></export>"#;
        let list = read_eu_xml(text.as_bytes()).unwrap();
        let entry = &list.entries[0];
        assert_eq!(
            (entry.id.as_str(), entry.title(), entry.kind),
            ("EU.1.2", "Berta Qvist", EntryKind::Person)
        );
        assert_eq!((entry.born[0].from, entry.born[0].to), (1948, 1952));
        assert_eq!(entry.names[1].quality, NameQuality::Weak);
        assert_eq!((entry.countries[0].as_str(), entry.identifiers[0].value.as_str()), ("SE", "X998877"));
        assert!(matches!(
            read_eu_xml(&text.as_bytes()[..text.len() - 12]),
            Err(ScreeningError::CutOff { .. })
        ));
    }

    #[test]
    fn csv_lines_are_gathered_by_entry() {
        let text = "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType_ClassificationCode;NameAlias_WholeName;BirthDate_BirthDate\n\
            02/01/2025;7;EU.1.2;P;Berta Qvist;\n02/01/2025;7;EU.1.2;P;Bertha Kvist;\n02/01/2025;7;EU.1.2;P;;1950-03-04\n02/01/2025;8;EU.1.3;E;Grey Works;\n";
        let list = read_eu_csv(text.as_bytes()).unwrap();
        assert_eq!(list.entries.len(), 2);
        assert_eq!((list.entries[0].names.len(), list.entries[0].born[0].day), (2, Some(4)));
        assert!(matches!(read_eu_csv(&b"a;b\n1;2\n"[..]), Err(ScreeningError::NotTheList { .. })));
        assert!(read_eu_csv(&text.as_bytes()[..text.len() - 20]).is_err());
    }
}
