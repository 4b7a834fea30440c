//! Entries of sanctions lists: who is listed, under which names, with what is known of them.

use serde::{Deserialize, Serialize};

/// What a list entry or a queried name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A natural person.
    Person,
    /// A company.
    Company,
    /// A body that is not a company: a ministry, an armed group, an association.
    Organisation,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Not told.
    #[default]
    Unknown,
}

impl EntryKind {
    /// Whether something of this kind can be something of that kind: lists seldom tell companies from other bodies.
    pub fn may_be(self, other: EntryKind) -> bool {
        use EntryKind::{Company, Organisation, Unknown};
        self == other
            || self == Unknown
            || other == Unknown
            || matches!((self, other), (Company, Organisation) | (Organisation, Company))
    }
}

/// How good a name of an entry is, as its list rates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameQuality {
    /// The name that it is listed under.
    Primary,
    /// Another name that identifies it.
    Strong,
    /// A name that alone does not identify it: a nickname, a single common word.
    Weak,
}

/// One name of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListedName {
    /// The name as the list writes it; persons' as `Given SURNAME` or `SURNAME, Given`.
    pub text: String,
    /// How good it is.
    pub quality: NameQuality,
}

/// A number or code that identifies an entry: a passport, a tax number, an IMO number, a tail number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is, in the list's words, such as `Passport` or `IMO`.
    pub kind: String,
    /// The number.
    pub value: String,
}

/// A day, month, year or range of years of birth.
///
/// `from` and `to` are years, both included; `month` and `day` are known only where both years are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Birth {
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
    /// Month from 1 to 12.
    pub month: Option<u8>,
    /// Day of the month from 1 to 31.
    pub day: Option<u8>,
}

impl Birth {
    /// One year.
    pub fn year(year: i16) -> Self {
        Birth { from: year, to: year, month: None, day: None }
    }

    /// Reads `1965`, `1965-06`, `1965-06-29`, `29 Jun 1965`, `Jun 1965`, `circa 1965`, `1960 to 1965`, `29/06/1965`.
    ///
    /// Returns `None` where there is no year from 1800 to 2100 in it.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let years: Vec<i16> = words.iter().filter_map(|w| year_of(w)).collect();
        let (from, to) = (*years.iter().min()?, *years.iter().max()?);
        if from != to {
            return Some(Birth { from, to, month: None, day: None });
        }
        let about =
            words.iter().any(|w| matches!(*w, "circa" | "c" | "ca" | "approximately" | "about" | "between"));
        if about {
            return Some(Birth { from: from - 2, to: to + 2, month: None, day: None });
        }
        let named = words.iter().find_map(|w| month_of(w));
        let small: Vec<u8> = words.iter().filter(|w| w.len() <= 2).filter_map(|w| w.parse().ok()).collect();
        let year_first = words.first().is_some_and(|w| year_of(w).is_some());
        let (month, day) = match (named, small.as_slice()) {
            (Some(month), [day, ..]) => (Some(month), Some(*day)),
            (Some(month), []) => (Some(month), None),
            (None, [month, day]) if year_first => (Some(*month), Some(*day)),
            (None, [day, month]) => (Some(*month), Some(*day)),
            (None, [month]) => (Some(*month), None),
            _ => (None, None),
        };
        let month = month.filter(|m| (1..=12).contains(m));
        let day = day.filter(|d| month.is_some() && (1..=31).contains(d));
        Some(Birth { from, to, month, day })
    }
}

impl std::fmt::Display for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "{}-{month:02}-{day:02}", self.from),
            (Some(month), None) => write!(f, "{}-{month:02}", self.from),
            _ if self.from == self.to => write!(f, "{}", self.from),
            _ => write!(f, "{} to {}", self.from, self.to),
        }
    }
}

fn year_of(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..=2100).contains(y))
}

fn month_of(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?;
    word.bytes().all(|b| b.is_ascii_alphabetic()).then_some(())?;
    MONTHS.iter().position(|m| *m == start).map(|i| i as u8 + 1)
}

/// One entry of a list: a person, body, ship or aircraft with everything that helps to tell it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The list's own identifier of the entry, such as `CDi.001` or `12970`.
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its names, the primary one first.
    pub names: Vec<ListedName>,
    /// When it may have been born; several where the list is not sure.
    pub born: Vec<Birth>,
    /// Nationalities, flags and countries of address, as the list writes them.
    pub countries: Vec<String>,
    /// Numbers that identify it.
    pub identifiers: Vec<Identifier>,
    /// Programmes or resolutions that it is listed under.
    pub programmes: Vec<String>,
    /// The day of listing, where the list tells it.
    pub listed_on: Option<String>,
    /// What else the list says, in its words.
    pub remarks: Option<String>,
}

impl Entry {
    /// An entry with nothing but its identifier and kind.
    pub fn new(id: impl Into<String>, kind: EntryKind) -> Self {
        Entry {
            id: id.into(),
            kind,
            names: Vec::new(),
            born: Vec::new(),
            countries: Vec::new(),
            identifiers: Vec::new(),
            programmes: Vec::new(),
            listed_on: None,
            remarks: None,
        }
    }

    /// A hash of everything that the list says of it: another one as soon as the entry changes.
    pub fn version(&self) -> String {
        // An entry is strings and numbers, which always serialise.
        let text = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&text).to_hex().as_str()[..16].to_owned()
    }

    /// The name that it is listed under, or its identifier where it has none.
    pub fn title(&self) -> &str {
        self.names.first().map_or(&self.id, |n| &n.text)
    }

    /// Adds a name unless it is empty or already there.
    pub(crate) fn push_name(&mut self, text: &str, quality: NameQuality) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_alphanumeric) && !self.names.iter().any(|n| n.text == text) {
            self.names.push(ListedName { text, quality });
        }
    }

    /// Adds a country as written unless it is empty or already there.
    pub(crate) fn push_country(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !self.countries.iter().any(|c| c == text) {
            self.countries.push(text.to_owned());
        }
    }

    /// Adds an identifier unless it has no digit or is already there.
    pub(crate) fn push_identifier(&mut self, kind: &str, value: &str) {
        let value = value.trim();
        let known = self.identifiers.iter().any(|i| i.value == value);
        if value.len() > 2 && !known {
            self.identifiers.push(Identifier { kind: kind.trim().to_owned(), value: value.to_owned() });
        }
    }
}

/// A list as read from its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Short name, such as `ofac-sdn` or `un`.
    pub name: String,
    /// The day or time that the file says it was made.
    pub date: Option<String>,
    /// Its entries in the file's order.
    pub entries: Vec<Entry>,
}

#[cfg(test)]
mod tests {
    use super::Birth;

    fn check(text: &str, expected: Option<(i16, i16, Option<u8>, Option<u8>)>) {
        let got = Birth::parse(text).map(|b| (b.from, b.to, b.month, b.day));
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn dates_of_birth_are_read_as_lists_write_them() {
        check("1965", Some((1965, 1965, None, None)));
        check("1965-06-29", Some((1965, 1965, Some(6), Some(29))));
        check("29 Jun 1965", Some((1965, 1965, Some(6), Some(29))));
        check("29/06/1965", Some((1965, 1965, Some(6), Some(29))));
        check("Jun 1965", Some((1965, 1965, Some(6), None)));
        check("circa 1965", Some((1963, 1967, None, None)));
        check("1960 to 1965", Some((1960, 1965, None, None)));
        check("1974-01-32", Some((1974, 1974, Some(1), None)));
        check("unknown", None);
    }
}
