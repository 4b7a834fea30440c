//! The United Nations Security Council consolidated list, XML.

use std::io::Read;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::xml::{Node, Shape, read_records};

/// Reads `consolidated.xml` of the United Nations.
///
/// # Errors
/// Where the file is cut off, is another one or holds no entry; then nothing of it is returned.
pub fn read_un_xml(input: impl Read) -> Result<List, ScreeningError> {
    let shape = Shape { list: "un", root: "CONSOLIDATED_LIST", records: &["INDIVIDUAL", "ENTITY"] };
    let mut list = List { name: "un".to_owned(), date: None, entries: Vec::new() };
    read_records(input, &shape, |node| {
        match node.name.as_str() {
            "INDIVIDUAL" => list.entries.push(entry_of(&node, EntryKind::Person)),
            "ENTITY" => list.entries.push(entry_of(&node, EntryKind::Organisation)),
            _ => list.date = Some(node.attribute("dateGenerated").to_owned()).filter(|d| !d.is_empty()),
        }
        Ok(())
    })?;
    super::checked(list, "un")
}

fn entry_of(node: &Node, kind: EntryKind) -> Entry {
    let mut entry = Entry::new(node.text_of("REFERENCE_NUMBER"), kind);
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| node.text_of(part));
    entry.push_name(&parts.join(" "), NameQuality::Primary);
    entry.push_name(node.text_of("NAME_ORIGINAL_SCRIPT"), NameQuality::Strong);
    for alias in node.all("INDIVIDUAL_ALIAS").chain(node.all("ENTITY_ALIAS")) {
        let weak = alias.text_of("QUALITY").eq_ignore_ascii_case("low");
        entry.push_name(
            alias.text_of("ALIAS_NAME"),
            if weak { NameQuality::Weak } else { NameQuality::Strong },
        );
    }
    for born in node.all("INDIVIDUAL_DATE_OF_BIRTH") {
        entry.born.extend(birth_of(born));
    }
    for value in node.all("NATIONALITY").flat_map(|n| n.all("VALUE")) {
        entry.push_country(&value.text);
    }
    for address in node
        .all("INDIVIDUAL_ADDRESS")
        .chain(node.all("ENTITY_ADDRESS"))
        .chain(node.all("INDIVIDUAL_PLACE_OF_BIRTH"))
    {
        entry.push_country(address.text_of("COUNTRY"));
    }
    for document in node.all("INDIVIDUAL_DOCUMENT") {
        entry.push_identifier(document.text_of("TYPE_OF_DOCUMENT"), document.text_of("NUMBER"));
    }
    let comment = node.text_of("COMMENTS1");
    for imo in imo_numbers(comment) {
        entry.push_identifier("IMO", &imo);
    }
    entry.programmes =
        Some(node.text_of("UN_LIST_TYPE").to_owned()).filter(|p| !p.is_empty()).into_iter().collect();
    entry.listed_on = Some(node.text_of("LISTED_ON").to_owned()).filter(|d| !d.is_empty());
    entry.remarks = Some(comment.to_owned()).filter(|c| !c.is_empty());
    entry
}

fn birth_of(node: &Node) -> Option<Birth> {
    let range = (node.text_of("FROM_YEAR").parse().ok(), node.text_of("TO_YEAR").parse().ok());
    if let (Some(from), Some(to)) = range {
        return Some(Birth { from, to, month: None, day: None });
    }
    let about = node.text_of("TYPE_OF_DATE").eq_ignore_ascii_case("approximately");
    let text = [node.text_of("DATE"), node.text_of("YEAR")].into_iter().find(|t| !t.is_empty())?;
    let born = Birth::parse(text)?;
    Some(if about { Birth { from: born.from - 2, to: born.to + 2, month: None, day: None } } else { born })
}

/// The seven digits that follow `IMO` in a remark.
pub(crate) fn imo_numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("IMO") {
        let rest = text[at + 3..].trim_start_matches(|c: char| !c.is_ascii_digit() && c != ';' && c != ',');
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if digits.len() == 7 && !found.contains(&digits) {
            found.push(digits);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<?xml version="1.0"?>
<CONSOLIDATED_LIST dateGenerated="2025-01-02T00:00:00Z"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>ANTON</FIRST_NAME><SECOND_NAME>BELL &amp; CO</SECOND_NAME><UN_LIST_TYPE>TEST</UN_LIST_TYPE>
<REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER><LISTED_ON>2020-03-04</LISTED_ON>
<NATIONALITY><VALUE>Norway</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Tony</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><FIRST_NAME>BLUE BOAT</FIRST_NAME><REFERENCE_NUMBER>TSe.001</REFERENCE_NUMBER>
<COMMENTS1>IMO number: 1234567.</COMMENTS1></ENTITY></ENTITIES></CONSOLIDATED_LIST>"#;

    #[test]
    fn entries_are_read() {
        let list = read_un_xml(LIST.as_bytes()).unwrap();
        assert_eq!(list.date.as_deref(), Some("2025-01-02T00:00:00Z"));
        let person = &list.entries[0];
        assert_eq!((person.id.as_str(), person.title()), ("TSi.001", "ANTON BELL & CO"));
        assert_eq!(person.names[1].quality, NameQuality::Weak);
        assert_eq!((person.born[0].from, person.born[0].to), (1960, 1962));
        assert_eq!(list.entries[1].identifiers[0].value, "1234567");
    }

    #[test]
    fn a_file_cut_off_anywhere_is_refused() {
        for end in (0..LIST.len() - 1).filter(|e| LIST.is_char_boundary(*e)) {
            assert!(read_un_xml(&LIST.as_bytes()[..end]).is_err(), "accepted the first {end} bytes");
        }
    }

    #[test]
    fn another_file_is_refused() {
        assert!(matches!(read_un_xml(&b"<html></html>"[..]), Err(ScreeningError::NotTheList { .. })));
        assert!(matches!(read_un_xml(&b"<CONSOLIDATED_LIST/>"[..]), Err(ScreeningError::Empty { .. })));
    }

    #[test]
    fn entities_and_depth_are_refused_in_bounded_memory() {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><CONSOLIDATED_LIST><ENTITY><FIRST_NAME>&a;</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>"#;
        assert!(matches!(read_un_xml(bomb.as_bytes()), Err(ScreeningError::Malformed { .. })));
        let unknown = "<CONSOLIDATED_LIST><ENTITY><FIRST_NAME>&a;</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>";
        assert!(matches!(read_un_xml(unknown.as_bytes()), Err(ScreeningError::Malformed { .. })));
        let deep =
            std::io::Cursor::new("<CONSOLIDATED_LIST>").chain(std::io::repeat(b'<').take(0)).chain(Deep(0));
        assert!(matches!(read_un_xml(deep), Err(ScreeningError::Malformed { .. })));
        let long =
            std::io::Cursor::new("<CONSOLIDATED_LIST><ENTITY>").chain(std::io::repeat(b'x').take(200 << 20));
        assert!(matches!(read_un_xml(long), Err(ScreeningError::Malformed { .. })));
    }

    /// `<a><a><a>…` without end.
    struct Deep(usize);

    impl Read for Deep {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            for slot in buffer.iter_mut() {
                *slot = b"<a>"[self.0 % 3];
                self.0 += 1;
            }
            Ok(buffer.len())
        }
    }
}
