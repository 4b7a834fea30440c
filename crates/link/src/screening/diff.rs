//! What changed between two versions of a list.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::entry::{Entry, List};

/// An entry that is in both versions and differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The entry's identifier.
    pub id: String,
    /// The name it is listed under now.
    pub title: String,
    /// What differs, one line each: `name added: …`, `country removed: …`.
    pub lines: Vec<String>,
}

/// What changed between two versions of a list, each part in the order of the list that it is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Diff {
    /// Entries that only the new version has: identifier and name.
    pub added: Vec<(String, String)>,
    /// Entries that only the old version has.
    pub removed: Vec<(String, String)>,
    /// Entries that differ.
    pub changed: Vec<Change>,
}

/// Compares two versions of a list by the entries' identifiers.
pub fn diff(old: &List, new: &List) -> Diff {
    let by_id = |list: &'_ List| -> FxHashMap<String, usize> {
        list.entries.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect()
    };
    let (old_ids, new_ids) = (by_id(old), by_id(new));
    let named = |e: &Entry| (e.id.clone(), e.title().to_owned());
    let mut found = Diff {
        removed: old.entries.iter().filter(|e| !new_ids.contains_key(&e.id)).map(named).collect(),
        ..Diff::default()
    };
    for entry in &new.entries {
        match old_ids.get(&entry.id) {
            None => found.added.push(named(entry)),
            Some(&at) => {
                let lines = lines(&old.entries[at], entry);
                if !lines.is_empty() {
                    found.changed.push(Change {
                        id: entry.id.clone(),
                        title: entry.title().to_owned(),
                        lines,
                    });
                }
            }
        }
    }
    found
}

fn lines(old: &Entry, new: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    let mut sets = |what: &str, old: Vec<String>, new: Vec<String>| {
        lines.extend(new.iter().filter(|n| !old.contains(n)).map(|n| format!("{what} added: {n}")));
        lines.extend(old.iter().filter(|o| !new.contains(o)).map(|o| format!("{what} removed: {o}")));
    };
    let names = |e: &Entry| e.names.iter().map(|n| n.text.clone()).collect();
    sets("name", names(old), names(new));
    let born = |e: &Entry| e.born.iter().map(ToString::to_string).collect();
    sets("birth", born(old), born(new));
    sets("country", old.countries.clone(), new.countries.clone());
    let identifiers = |e: &Entry| e.identifiers.iter().map(|i| format!("{} {}", i.kind, i.value)).collect();
    sets("identifier", identifiers(old), identifiers(new));
    sets("programme", old.programmes.clone(), new.programmes.clone());
    if old.remarks != new.remarks {
        lines.push("remarks changed".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::entry::{EntryKind, NameQuality};
    use super::*;

    #[test]
    fn additions_removals_and_changes_are_told() {
        let entry = |id: &str, name: &str| {
            let mut entry = Entry::new(id, EntryKind::Person);
            entry.push_name(name, NameQuality::Primary);
            entry
        };
        let list = |entries| List { name: "t".to_owned(), date: None, entries };
        let mut changed = entry("2", "Ove Strand");
        changed.push_country("Norway");
        let found = diff(
            &list(vec![entry("1", "Berta Qvist"), entry("2", "Ove Strand")]),
            &list(vec![changed, entry("3", "Grey Works")]),
        );
        assert_eq!(found.added, [("3".to_owned(), "Grey Works".to_owned())]);
        assert_eq!(found.removed, [("1".to_owned(), "Berta Qvist".to_owned())]);
        assert_eq!(found.changed[0].lines, ["country added: Norway"]);
    }
}
