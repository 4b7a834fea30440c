//! The register of arms embargoes, read from `codebook/embargoes/`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use model::Category;
use serde::{Deserialize, Serialize};

use super::EmbargoError;

const GROUPS: &str = include_str!("../../../../codebook/embargoes/groups.toml");
const FILES: [(&str, &str); 3] = [
    ("un.toml", include_str!("../../../../codebook/embargoes/un.toml")),
    ("eu.toml", include_str!("../../../../codebook/embargoes/eu.toml")),
    ("national.toml", include_str!("../../../../codebook/embargoes/national.toml")),
];

/// Which way the goods go that a provision bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the target.
    To,
    /// From the target.
    From,
    /// Both.
    Both,
}

/// Whom a provision is aimed at. States are ISO 3166-1 alpha-3 codes; former ones keep theirs (`YUG`, `SCG`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// States as wholes, and groups in them by name.
    States(Vec<String>, Vec<String>),
    /// A part of a state or some in it: in words, the state, and groups by name.
    Part(String, String, Vec<String>),
    /// Armed groups by name, and the states that they are in.
    Groups(Vec<String>, Vec<String>),
}

impl Target {
    /// The states that it names or lies in.
    pub fn states(&self) -> Vec<&str> {
        match self {
            Target::States(states, _) | Target::Groups(_, states) => {
                states.iter().map(String::as_str).collect()
            }
            Target::Part(_, of, _) => vec![of],
        }
    }

    /// The groups that it names.
    pub fn groups(&self) -> &[String] {
        match self {
            Target::States(_, groups) | Target::Part(_, _, groups) | Target::Groups(groups, _) => groups,
        }
    }
}

/// A time from `start` on, until the day before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// The day from which on it is over, where it is.
    pub end: Option<Date>,
}

impl Period {
    /// Whether a day is in it.
    pub fn has(&self, day: Date) -> bool {
        self.start <= day && self.end.is_none_or(|end| day < end)
    }
}

/// One measure of an embargo: what is barred, from when to when, by which paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provision {
    /// Whom it is aimed at.
    pub target: Target,
    /// Which way the goods go.
    pub direction: Direction,
    /// Whether it binds, or calls upon.
    pub binding: bool,
    /// The goods that it covers.
    pub goods: BTreeSet<Category>,
    /// Those of `goods` that it covers only in part.
    pub unsure: BTreeSet<Category>,
    /// When it was in force.
    pub period: Period,
    /// When it was suspended meanwhile.
    pub suspended: Vec<Period>,
    /// The resolution, decision or regulation.
    pub instrument: String,
    /// The paragraph, article or section in it.
    pub paragraph: String,
    /// What it says, in one clause.
    pub why: String,
    /// What changed it.
    pub amended: Vec<String>,
    /// What it does not cover, in words.
    pub exemptions: Option<String>,
    /// Where these facts are from.
    pub source: String,
    /// What of them is not certain.
    pub certainty: Option<String>,
    /// The address of the page that they were laid beside; nobody has checked them where there is none.
    pub verified: Option<String>,
}

impl Provision {
    /// Whether it was in force, and not suspended, on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.period.has(day) && !self.suspended.iter().any(|s| s.has(day))
    }
}

/// An embargo of one imposer on one target, with everything that it has barred over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Embargo {
    /// Short and stable, such as `un-north-korea`.
    pub id: String,
    /// Who imposed it: `UN`, `EU`, `US`, `UK`, `OSCE`, `ECOWAS`, `AL`.
    pub by: String,
    /// The target in words.
    pub name: String,
    /// Its measures, as the file orders them.
    pub provisions: Vec<Provision>,
}

/// Every embargo, and whom an imposer's embargoes bind.
#[derive(Debug, Clone)]
pub struct Register {
    /// The embargoes in the files' order: United Nations, European Union, others.
    pub embargoes: Vec<Embargo>,
    /// The day as of which provisions without an end are thought to be in force.
    pub as_of: Option<String>,
    bound: BTreeMap<String, Vec<Bound>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bound {
    states: Vec<String>,
    from: String,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsFile {
    goods: BTreeMap<String, Vec<String>>,
    unsure: BTreeMap<String, Vec<String>>,
    bound: BTreeMap<String, Vec<Bound>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmbargoFile {
    as_of: String,
    embargo: Vec<EmbargoRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmbargoRow {
    id: String,
    by: String,
    name: String,
    provision: Vec<ProvisionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionRow {
    target: TargetRow,
    direction: Direction,
    #[serde(default = "yes")]
    binding: bool,
    goods: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    start: String,
    end: Option<String>,
    #[serde(default)]
    suspended: Vec<Period>,
    instrument: String,
    paragraph: String,
    why: String,
    #[serde(default)]
    amended: Vec<String>,
    exemptions: Option<String>,
    source: String,
    certainty: Option<String>,
    verified: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetRow {
    state: Option<String>,
    #[serde(default)]
    and: Vec<String>,
    part: Option<String>,
    of: Option<String>,
    group: Option<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    within: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Register {
    /// The register that ships with waybill.
    ///
    /// # Errors
    /// Only where the files in `codebook/embargoes/` were edited into something that does not hold.
    pub fn bundled() -> Result<Self, EmbargoError> {
        Self::parse(GROUPS, &FILES)
    }

    /// Reads the groups of goods and of bound states, and the files of embargoes, each with its name.
    ///
    /// # Errors
    /// [`EmbargoError`] where a file is no such TOML, an identifier is there twice, a date is none or out of order, or
    /// a group of goods or an imposer is unknown.
    pub fn parse(groups: &str, files: &[(&str, &str)]) -> Result<Self, EmbargoError> {
        let groups: GroupsFile = read("groups.toml", groups)?;
        let mut register = Register { embargoes: Vec::new(), as_of: None, bound: groups.bound.clone() };
        let mut ids = BTreeSet::new();
        for (file, text) in files {
            let rows: EmbargoFile = read(file, text)?;
            register.as_of = register.as_of.max(Some(rows.as_of));
            for row in rows.embargo {
                let fail = |reason: String| EmbargoError::Entry {
                    file: (*file).to_owned(),
                    id: row.id.clone(),
                    reason,
                };
                if !ids.insert(row.id.clone()) {
                    return Err(fail("it is there twice: rename one".to_owned()));
                }
                if !groups.bound.contains_key(&row.by) {
                    return Err(fail(format!("`{}` is not in [bound] of groups.toml: add it", row.by)));
                }
                let mut provisions = Vec::new();
                for provision in row.provision {
                    provisions.push(provision_of(provision, &groups).map_err(fail)?);
                }
                register.embargoes.push(Embargo { id: row.id, by: row.by, name: row.name, provisions });
            }
        }
        Ok(register)
    }

    /// Whether an imposer's embargoes bound a state on a day. The United Nations' bind every state.
    pub fn binds(&self, by: &str, state: &str, day: Date) -> bool {
        let Some(bound) = self.bound.get(by) else { return false };
        let in_time = |b: &Bound| {
            let from = b.from.parse().is_ok_and(|from: Date| from <= day);
            let to = b.to.as_ref().is_none_or(|to| to.parse().is_ok_and(|to: Date| day <= to));
            from && to
        };
        bound.is_empty() || bound.iter().any(|b| b.states.iter().any(|s| s == state) && in_time(b))
    }

    /// Embargoes with a provision in force on a day, those of one state or group only where `party` is given.
    pub fn in_force(&self, day: Option<Date>, party: Option<&str>) -> Vec<(&Embargo, Vec<&Provision>)> {
        let mut found = Vec::new();
        for embargo in &self.embargoes {
            let provisions: Vec<&Provision> = embargo
                .provisions
                .iter()
                .filter(|p| day.is_none_or(|day| p.in_force(day)))
                .filter(|p| party.is_none_or(|party| names(&p.target, party)))
                .collect();
            if !provisions.is_empty() {
                found.push((embargo, provisions));
            }
        }
        found
    }
}

/// Whether a target is, lies in, or names a party.
fn names(target: &Target, party: &str) -> bool {
    target.states().contains(&party) || target.groups().iter().any(|g| super::assess::same_group(g, party))
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, EmbargoError> {
    toml::from_str(text).map_err(|e| EmbargoError::Format { file: file.to_owned(), reason: e.to_string() })
}

fn provision_of(row: ProvisionRow, groups: &GroupsFile) -> Result<Provision, String> {
    let date = |text: &str| {
        text.parse::<Date>().map_err(|_| format!("`{text}` is not a date: write it as 2006-10-14"))
    };
    let period = Period { start: date(&row.start)?, end: row.end.as_deref().map(date).transpose()? };
    for p in row.suspended.iter().chain([&period]) {
        if p.end.is_some_and(|end| end <= p.start) {
            return Err(format!("it ends on or before its first day, {}: correct the dates", p.start));
        }
    }
    for (key, text) in [
        ("instrument", &row.instrument),
        ("paragraph", &row.paragraph),
        ("source", &row.source),
        ("why", &row.why),
    ] {
        if text.trim().is_empty() {
            return Err(format!("`{key}` is empty: fill it, or say `not checked`"));
        }
    }
    let (mut goods, mut unsure) = (BTreeSet::new(), BTreeSet::new());
    for word in &row.goods {
        goods.extend(categories(word, &groups.goods)?);
        if groups.unsure.contains_key(word) {
            unsure.extend(categories(word, &groups.unsure)?);
        }
    }
    for word in &row.except {
        for category in categories(word, &groups.goods)? {
            goods.remove(&category);
        }
    }
    Ok(Provision {
        target: target_of(row.target)?,
        direction: row.direction,
        binding: row.binding,
        goods,
        unsure,
        period,
        suspended: row.suspended,
        instrument: row.instrument,
        paragraph: row.paragraph,
        why: row.why,
        amended: row.amended,
        exemptions: row.exemptions,
        source: row.source,
        certainty: row.certainty,
        verified: row.verified,
    })
}

/// The categories of a group of goods, or the one category that a word is.
fn categories(word: &str, groups: &BTreeMap<String, Vec<String>>) -> Result<Vec<Category>, String> {
    let words = groups.get(word).cloned().unwrap_or_else(|| vec![word.to_owned()]);
    words.iter().map(|w| w.parse::<Category>().map_err(|e| e.to_string())).collect()
}

fn target_of(row: TargetRow) -> Result<Target, String> {
    match (row.state, row.part, row.of, row.group) {
        (Some(state), None, None, None) => {
            let mut states = vec![state];
            states.extend(row.and);
            Ok(Target::States(states, row.groups))
        }
        (None, Some(part), Some(of), None) => Ok(Target::Part(part, of, row.groups)),
        (None, None, None, Some(group)) => {
            let mut groups = vec![group];
            groups.extend(row.groups);
            Ok(Target::Groups(groups, row.within))
        }
        _ => Err("a target has `state`, or `part` and `of`, or `group`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_register_holds() {
        let register = Register::bundled().unwrap();
        assert!(register.embargoes.len() >= 100, "{} embargoes", register.embargoes.len());
        for by in ["UN", "EU", "US", "UK", "OSCE", "ECOWAS", "AU", "AL"] {
            assert!(register.embargoes.iter().any(|e| e.by == by), "none by {by}");
        }
        for embargo in &register.embargoes {
            for provision in &embargo.provisions {
                let states = provision.target.states();
                assert!(
                    states.iter().all(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase())),
                    "{}",
                    embargo.id
                );
            }
        }
    }

    #[test]
    fn mistakes_are_told_with_file_and_entry() {
        let row = |body: &str| {
            format!(
                "as_of = \"2026-01-01\"\n[[embargo]]\nid = \"t\"\nby = \"UN\"\nname = \"T\"\n[[embargo.provision]]\ntarget = {{ state = \"AAA\" }}\n\
                 direction = \"to\"\ninstrument = \"i\"\nparagraph = \"p\"\nwhy = \"w\"\nsource = \"s\"\n{body}"
            )
        };
        let check = |body: &str, expected: &str| {
            let message =
                Register::parse(GROUPS, &[("t.toml", &row(body))]).map(|_| ()).unwrap_err().to_string();
            assert!(message.contains(expected), "{body}: {message}");
        };
        assert!(
            Register::parse(GROUPS, &[("t.toml", &row("goods = [\"arms\"]\nstart = \"2000-01-01\""))])
                .is_ok()
        );
        check("goods = [\"armz\"]\nstart = \"2000-01-01\"", "`armz` is not a goods category");
        check("goods = [\"arms\"]\nstart = \"2000-13-01\"", "`2000-13-01` is not a date");
        check("goods = [\"arms\"]\nstart = \"2000-02-01\"\nend = \"2000-01-01\"", "ends on or before");
        check(
            "goods = [\"arms\"]\nstart = \"2000-02-01\"\nexcemptions = \"x\"",
            "unknown field `excemptions`",
        );
    }

    #[test]
    fn members_are_bound_while_they_are_members() {
        let register = Register::bundled().unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert!(register.binds("EU", "GBR", day("2020-12-31")));
        assert!(!register.binds("EU", "GBR", day("2021-01-01")));
        assert!(!register.binds("EU", "POL", day("2003-01-01")));
        assert!(register.binds("UN", "CHE", day("1999-01-01")));
    }

    #[test]
    fn embargoes_are_listed_by_day_and_party() {
        let register = Register::bundled().unwrap();
        let ids = |day: &str, party: &str| -> Vec<String> {
            register
                .in_force(Some(day.parse().unwrap()), Some(party))
                .iter()
                .map(|(e, _)| e.id.clone())
                .collect()
        };
        assert_eq!(ids("2010-01-01", "PRK"), ["un-north-korea", "eu-north-korea", "us-north-korea"]);
        assert_eq!(ids("2010-01-01", "Hezbollah"), ["un-lebanon", "eu-lebanon"]);
    }
}
