//! OFAC's lists as advanced XML (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`).

use std::io::Read;

use rustc_hash::FxHashMap;

use super::super::ScreeningError;
use super::super::entry::{Birth, Entry, EntryKind, List, NameQuality};
use super::xml::{Node, Shape, read_records};

/// What the file's parts say of one another by number.
#[derive(Default)]
struct References {
    features: FxHashMap<String, String>,
    countries: FxHashMap<String, String>,
    documents: FxHashMap<String, String>,
    subtypes: FxHashMap<String, EntryKind>,
    places: FxHashMap<String, String>,
    /// Of an identity's number: kind and number of its documents.
    numbers: FxHashMap<String, Vec<(String, String)>>,
}

/// Reads OFAC's advanced XML as the list called `name`.
///
/// # Errors
/// Where the file is cut off, is another one or holds no entry; then nothing of it is returned.
pub fn read_ofac_xml(name: &str, input: impl Read) -> Result<List, ScreeningError> {
    let records = [
        "DateOfIssue",
        "FeatureType",
        "Country",
        "IDRegDocType",
        "PartySubType",
        "Location",
        "IDRegDocument",
        "DistinctParty",
        "SanctionsEntry",
    ];
    let shape = Shape { list: "ofac", root: "Sanctions", records: &records };
    let mut list = List { name: name.to_owned(), date: None, entries: Vec::new() };
    let mut known = References::default();
    let mut profiles: FxHashMap<String, usize> = FxHashMap::default();
    read_records(input, &shape, |node| {
        let id = node.attribute("ID").to_owned();
        let text = node.text.trim().to_owned();
        match node.name.as_str() {
            "DateOfIssue" => list.date = Some(date_text(&node)),
            "FeatureType" => drop(known.features.insert(id, text)),
            "Country" => drop(known.countries.insert(id, text)),
            "IDRegDocType" => drop(known.documents.insert(id, text)),
            "PartySubType" => drop(known.subtypes.insert(id, kind_of(&text, node.attribute("PartyTypeID")))),
            "Location" => {
                let country = node.child("LocationCountry").map_or("", |c| c.attribute("CountryID"));
                if let Some(country) = known.countries.get(country) {
                    known.places.insert(id, country.clone());
                }
            }
            "IDRegDocument" => {
                let kind = known.documents.get(node.attribute("IDRegDocTypeID")).cloned().unwrap_or_default();
                let number = node.text_of("IDRegistrationNo").to_owned();
                known
                    .numbers
                    .entry(node.attribute("IdentityID").to_owned())
                    .or_default()
                    .push((kind, number));
            }
            "DistinctParty" => {
                if let Some(profile) = node.child("Profile") {
                    profiles.insert(profile.attribute("ID").to_owned(), list.entries.len());
                    list.entries.push(party(node.attribute("FixedRef"), profile, &known));
                }
            }
            "SanctionsEntry" => {
                if let Some(&at) = profiles.get(node.attribute("ProfileID")) {
                    add_sanctions(&mut list.entries[at], &node);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    super::checked(list, "ofac")
}

/// The sub-type's name where it says something, else that of the type by its number in the file.
fn kind_of(subtype: &str, party_type: &str) -> EntryKind {
    match (subtype.to_lowercase().as_str(), party_type) {
        ("vessel", _) => EntryKind::Vessel,
        ("aircraft", _) => EntryKind::Aircraft,
        (_, "1") => EntryKind::Person,
        (_, "2") => EntryKind::Organisation,
        _ => EntryKind::Unknown,
    }
}

/// `Year`, `Month` and `Day` of a node as an ISO 8601 date, as far as they are there.
fn date_text(node: &Node) -> String {
    let two = |name: &str| node.text_of(name).parse::<u8>().ok().map(|n| format!("-{n:02}"));
    let mut text = node.text_of("Year").to_owned();
    if let Some(month) = two("Month") {
        text.push_str(&month);
        text.push_str(&two("Day").unwrap_or_default());
    }
    text
}

fn party(reference: &str, profile: &Node, known: &References) -> Entry {
    let kind = known.subtypes.get(profile.attribute("PartySubTypeID")).copied().unwrap_or_default();
    let mut entry = Entry::new(reference, kind);
    for identity in profile.all("Identity") {
        for alias in identity.all("Alias") {
            let quality = match (alias.attribute("Primary"), alias.attribute("LowQuality")) {
                ("true", _) => NameQuality::Primary,
                (_, "true") => NameQuality::Weak,
                _ => NameQuality::Strong,
            };
            for documented in alias.all("DocumentedName") {
                entry.push_name(&documented_name(documented, kind), quality);
            }
        }
        for (kind, number) in known.numbers.get(identity.attribute("ID")).into_iter().flatten() {
            entry.push_identifier(kind, number);
        }
    }
    entry.names.sort_by_key(|n| n.quality);
    for feature in profile.all("Feature") {
        add_feature(&mut entry, feature, known);
    }
    entry
}

/// The parts of a name; a person's last name, which stands first, is set off by a comma.
fn documented_name(node: &Node, kind: EntryKind) -> String {
    let parts: Vec<&str> = node
        .all("DocumentedNamePart")
        .flat_map(|p| p.all("NamePartValue"))
        .map(|v| v.text.trim())
        .filter(|t| !t.is_empty())
        .collect();
    match parts.split_first() {
        Some((surname, given)) if kind == EntryKind::Person && !given.is_empty() => {
            format!("{surname}, {}", given.join(" "))
        }
        _ => parts.join(" "),
    }
}

fn add_feature(entry: &mut Entry, feature: &Node, known: &References) {
    let Some(name) = known.features.get(feature.attribute("FeatureTypeID")) else { return };
    for version in feature.all("FeatureVersion") {
        let place =
            version.child("VersionLocation").and_then(|l| known.places.get(l.attribute("LocationID")));
        let detail = version.text_of("VersionDetail");
        match name.as_str() {
            "Birthdate" => entry.born.extend(version.child("DatePeriod").and_then(birth)),
            "Location" | "Nationality Country" | "Citizenship Country" | "Vessel Flag" => {
                entry.push_country(place.map_or(detail, String::as_str));
            }
            "Vessel Call Sign" | "IMO Number" | "SWIFT/BIC" | "MMSI" => entry.push_identifier(name, detail),
            _ if name.contains("Aircraft") && name.contains("Number") => entry.push_identifier(name, detail),
            _ => {}
        }
    }
}

fn birth(period: &Node) -> Option<Birth> {
    let start = Birth::parse(&date_text(period.child("Start")?.child("From")?))?;
    let end = period.child("End").and_then(|e| e.child("To")).and_then(|to| Birth::parse(&date_text(to)));
    match end {
        Some(end) if end != start => {
            Some(Birth { from: start.from, to: end.to.max(start.from), month: None, day: None })
        }
        _ => Some(start),
    }
}

fn add_sanctions(entry: &mut Entry, node: &Node) {
    entry.listed_on =
        node.child("EntryEvent").and_then(|e| e.child("Date")).map(date_text).filter(|d| !d.is_empty());
    for measure in node.all("SanctionsMeasure") {
        let programme = measure.text_of("Comment");
        if !programme.is_empty() && !entry.programmes.iter().any(|p| p == programme) {
            entry.programmes.push(programme.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<Sanctions xmlns="urn:x"><DateOfIssue><Year>2025</Year><Month>1</Month><Day>2</Day></DateOfIssue>
<ReferenceValueSets><CountryValues><Country ID="5">Sweden</Country></CountryValues><FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType></FeatureTypeValues><IDRegDocTypeValues><IDRegDocType ID="71">Passport</IDRegDocType></IDRegDocTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType></PartySubTypeValues></ReferenceValueSets>
<Locations><Location ID="30"><LocationCountry CountryID="5"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="71" IdentityID="40"><IDRegistrationNo>X998877</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="9"><Profile ID="9" PartySubTypeID="4"><Identity ID="40"><Alias Primary="true"><DocumentedName>
<DocumentedNamePart><NamePartValue>QVIST</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Berta</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature FeatureTypeID="8"><FeatureVersion><DatePeriod><Start><From><Year>1950</Year><Month>3</Month><Day>4</Day></From></Start><End><To><Year>1950</Year><Month>3</Month><Day>4</Day></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion><VersionLocation LocationID="30"/></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="9"><EntryEvent><Date><Year>2020</Year><Month>5</Month><Day>6</Day></Date></EntryEvent><SanctionsMeasure><Comment>TEST</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>"#;

    #[test]
    fn entries_are_put_together() {
        let list = read_ofac_xml("ofac-sdn", LIST.as_bytes()).unwrap();
        let entry = &list.entries[0];
        assert_eq!(
            (entry.title(), entry.kind, list.date.as_deref()),
            ("QVIST, Berta", EntryKind::Person, Some("2025-01-02"))
        );
        assert_eq!(entry.born[0].to_string(), "1950-03-04");
        assert_eq!((entry.countries[0].as_str(), entry.identifiers[0].value.as_str()), ("Sweden", "X998877"));
        assert_eq!((entry.programmes[0].as_str(), entry.listed_on.as_deref()), ("TEST", Some("2020-05-06")));
    }

    #[test]
    fn a_file_cut_off_is_refused() {
        for end in [LIST.len() - 1, LIST.len() / 2, 40] {
            assert!(
                read_ofac_xml("ofac-sdn", &LIST.as_bytes()[..end]).is_err(),
                "accepted the first {end} bytes"
            );
        }
    }
}
