//! The codebook's tables of actors: who there is, under which names, and which nouns say what someone is.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{ActorKind, Form};
use crate::book::{File, Files, Report};
use crate::lexicon::{Lexicon, folded};

/// One state with its names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The name that is used most.
    pub name: String,
    /// Other names and abbreviations.
    #[serde(default)]
    pub names: Vec<String>,
    /// Adjectives, and names of the people.
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Its capital and other words that stand for its government ("the Kremlin").
    #[serde(default)]
    pub stands_in: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    kind: BodyKind,
    #[serde(default)]
    names: Vec<String>,
    part_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BodyKind {
    Bloc,
    Organisation,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[serde(default)]
    names: Vec<String>,
    state: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outlets {
    outlets: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Brokers {
    brokers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NounLists {
    roles: Vec<String>,
    spokesmen: Vec<String>,
    members: Vec<String>,
    people: Vec<String>,
    groups: Vec<String>,
    blocs: Vec<String>,
    offices: Vec<String>,
    firms: Vec<String>,
    organisations: Vec<String>,
    outlets: Vec<String>,
    vessels: Vec<String>,
    titles: Vec<String>,
    firm_endings: Vec<String>,
    outlet_endings: Vec<String>,
}

/// What a noun says that its phrase's actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A person in an office who acts for a state or body: "foreign minister".
    Role,
    /// A person who speaks for another: "spokesman".
    Spokesman,
    /// A member of a legislature: "senator".
    Member,
    /// People: "officials".
    People,
    /// Armed people: "rebels".
    Group,
    /// States: "allies".
    Bloc,
    /// A body of a state: "ministry".
    Office,
    /// A firm: "company".
    Firm,
    /// Another body: "think tank".
    Organisation,
    /// Press: "newspaper".
    Outlet,
    /// A ship or aircraft: "dhow".
    Vessel,
}

/// An actor that the codebook knows by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Alpha-3 code of a state, or the usual name.
    pub id: String,
    /// What it is.
    pub kind: ActorKind,
    /// What a person holds or held.
    pub role: Option<String>,
    /// The state or organisation that it belongs to.
    pub affiliation: Option<String>,
    /// The state or bloc that it acts for.
    pub stands_for: Option<String>,
}

/// What one of the codebook's names stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Index into [`ActorTables::entries`].
    pub entry: usize,
    /// Whether the name is a demonym.
    pub form: Form,
    /// Whether the name stands for a government and is another thing itself ("the Kremlin", "Tokyo").
    pub stand_in: bool,
}

/// What the codebook says of actors.
#[derive(Debug, Default)]
pub struct ActorTables {
    /// Every actor that has a name in the codebook.
    pub entries: Vec<Entry>,
    /// Their names.
    pub names: Lexicon<Naming>,
    /// Nouns that say what an actor is.
    pub nouns: Lexicon<Noun>,
    /// By alpha-3 code.
    pub states: BTreeMap<String, State>,
    by_id: FxHashMap<String, usize>,
    surnames: FxHashMap<String, Vec<usize>>,
    titles: rustc_hash::FxHashSet<String>,
    firm_endings: rustc_hash::FxHashSet<String>,
    outlet_endings: rustc_hash::FxHashSet<String>,
    shared: rustc_hash::FxHashSet<String>,
}

impl ActorTables {
    /// What the names of the files begin with.
    pub const FILES: &str = "actors/";

    /// Reads the tables from `actors/`.
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let mut tables = ActorTables::default();
        tables.read_states(files, report);
        tables.read_blocs(files, report);
        tables.read_groups(files, report);
        tables.read_bodies(files, "actors/offices", ActorKind::Office, report);
        tables.read_bodies(files, "actors/firms", ActorKind::Firm, report);
        tables.read_outlets(files, report);
        tables.read_leaders(files, report);
        tables.read_persons(files, report);
        tables.read_nouns(files, report);
        tables
    }

    /// The entry with identifier `id`.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&at| &self.entries[at])
    }

    /// The index of the entry with identifier `id`.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The leader with this surname, where only one has it.
    pub fn by_surname(&self, surname: &str) -> Option<&Entry> {
        match self.surnames.get(&folded(surname))?.as_slice() {
            [only] => Some(&self.entries[*only]),
            [first, rest @ ..] => {
                // Several of one family name: whom they stand for is told where it is the same for all.
                let one = &self.entries[*first];
                let same = rest.iter().all(|r| {
                    let other = &self.entries[*r];
                    other.stands_for == one.stands_for && other.affiliation == one.affiliation
                });
                same.then_some(one)
            }
            [] => None,
        }
    }

    /// Whether `word`, without its dot, is a title before a person's name.
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(&word.trim_end_matches('.').to_lowercase())
    }

    /// Whether `word`, without its dot, ends the names of firms.
    pub fn ends_firm(&self, word: &str) -> bool {
        self.firm_endings.contains(&word.trim_end_matches('.').to_lowercase())
    }

    /// Whether `name` ends as newspapers, agencies and stations are named: "Meridian Press", "Harbour Post".
    pub fn is_outlet_name(&self, name: &str) -> bool {
        let last = name.split_whitespace().next_back().unwrap_or_default();
        name.contains(' ') && self.outlet_endings.contains(&last.to_lowercase())
    }

    /// Whether many states have an office of this name ("Senate"), marked by a question mark in the codebook.
    pub fn is_shared(&self, name: &str) -> bool {
        self.shared.contains(&folded(name))
    }

    fn add(&mut self, entry: Entry) -> usize {
        let at = self.entries.len();
        self.by_id.entry(entry.id.clone()).or_insert(at);
        self.entries.push(entry);
        at
    }

    fn name(&mut self, name: &str, entry: usize, form: Form, stand_in: bool) {
        let naming = Naming { entry, form, stand_in };
        if form == Form::Demonym {
            self.names.add_noun(name, naming);
        } else {
            self.names.add(name, naming);
        }
    }

    fn read_states(&mut self, files: &Files, report: &mut Report) {
        for (file, states) in files.parts::<BTreeMap<String, State>>("actors/states", report) {
            for (code, state) in states {
                if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
                    report.add(
                        file,
                        file.line_of(&code),
                        format!("`{code}` is not a code of three capitals"),
                    );
                }
                let at = self.add(Entry {
                    id: code.clone(),
                    kind: ActorKind::State,
                    role: None,
                    affiliation: Some(code.clone()),
                    stands_for: Some(code.clone()),
                });
                self.name(&state.name, at, Form::Name, false);
                state.names.iter().for_each(|n| self.name(n, at, Form::Name, false));
                state.demonyms.iter().for_each(|n| self.name(n, at, Form::Demonym, false));
                state.stands_in.iter().for_each(|n| self.name(n, at, Form::Name, true));
                self.states.insert(code, state);
            }
        }
    }

    fn read_blocs(&mut self, files: &Files, report: &mut Report) {
        for (file, bodies) in files.parts::<BTreeMap<String, Body>>("actors/blocs", report) {
            let known: Vec<String> = bodies.keys().cloned().collect();
            for (id, body) in &bodies {
                if let Some(whole) = &body.part_of
                    && !known.contains(whole)
                {
                    report.unknown(file, "bloc", whole, known.iter().map(String::as_str));
                }
                let kind =
                    if body.kind == BodyKind::Bloc { ActorKind::Bloc } else { ActorKind::Organisation };
                let acts_for = body.part_of.clone().unwrap_or_else(|| id.clone());
                let at = self.add(Entry {
                    id: id.clone(),
                    kind,
                    role: None,
                    affiliation: Some(acts_for.clone()),
                    stands_for: Some(acts_for),
                });
                for name in std::iter::once(id).chain(&body.names) {
                    let form = if name == "Western" { Form::Demonym } else { Form::Name };
                    self.name(name, at, form, false);
                }
            }
        }
    }

    fn read_groups(&mut self, files: &Files, report: &mut Report) {
        for (file, groups) in files.parts::<BTreeMap<String, Group>>("actors/groups", report) {
            for (id, group) in groups {
                if !group.state.is_empty() {
                    self.check_state(file, &group.state, report);
                }
                let at = self.add(Entry {
                    id: id.clone(),
                    kind: ActorKind::Group,
                    role: None,
                    affiliation: Some(id.clone()),
                    stands_for: None,
                });
                self.name(&id, at, Form::Name, false);
                group.names.iter().for_each(|n| self.name(n, at, Form::Name, false));
            }
        }
    }

    /// Files of lists by state: `"usual name | other names"`.
    fn read_bodies(&mut self, files: &Files, prefix: &str, kind: ActorKind, report: &mut Report) {
        for (file, bodies) in files.parts::<BTreeMap<String, Vec<String>>>(prefix, report) {
            for (state, lines) in bodies {
                self.check_state(file, &state, report);
                let office = kind == ActorKind::Office;
                for line in lines {
                    self.add_names(&line, |id| Entry {
                        affiliation: Some(if office { state.clone() } else { id.clone() }),
                        stands_for: office.then(|| state.clone()),
                        id,
                        kind,
                        role: None,
                    });
                }
            }
        }
    }

    fn read_outlets(&mut self, files: &Files, report: &mut Report) {
        for (_, list) in files.parts::<Outlets>("actors/outlets", report) {
            for line in list.outlets {
                self.add_names(&line, |id| Entry {
                    affiliation: None,
                    stands_for: None,
                    id,
                    kind: ActorKind::Outlet,
                    role: None,
                });
            }
        }
    }

    fn read_leaders(&mut self, files: &Files, report: &mut Report) {
        type Offices = BTreeMap<String, Vec<String>>;
        for (file, leaders) in files.parts::<BTreeMap<String, Offices>>("actors/leaders", report) {
            for (body, offices) in leaders {
                if self.entry(&body).is_none() {
                    self.check_state(file, &body, report);
                }
                for (role, lines) in offices {
                    for line in lines {
                        let at = self.add_names(&line, |id| Entry {
                            affiliation: Some(body.clone()),
                            stands_for: Some(body.clone()),
                            id,
                            kind: ActorKind::Person,
                            role: Some(role.replace('-', " ")),
                        });
                        self.add_surname(&line, at);
                    }
                }
            }
        }
    }

    fn read_persons(&mut self, files: &Files, report: &mut Report) {
        for (_, list) in files.parts::<Brokers>("actors/persons", report) {
            for line in list.brokers {
                let entry = |id| Entry {
                    affiliation: None,
                    stands_for: None,
                    id,
                    kind: ActorKind::Person,
                    role: None,
                };
                self.add_names(&line, entry);
            }
        }
    }

    fn read_nouns(&mut self, files: &Files, report: &mut Report) {
        for (_, lists) in files.parts::<NounLists>("actors/nouns", report) {
            for (noun, list) in [
                (Noun::Role, &lists.roles),
                (Noun::Spokesman, &lists.spokesmen),
                (Noun::Member, &lists.members),
                (Noun::People, &lists.people),
                (Noun::Group, &lists.groups),
                (Noun::Bloc, &lists.blocs),
                (Noun::Office, &lists.offices),
                (Noun::Firm, &lists.firms),
                (Noun::Organisation, &lists.organisations),
                (Noun::Outlet, &lists.outlets),
                (Noun::Vessel, &lists.vessels),
            ] {
                list.iter().for_each(|word| self.nouns.add_noun(word, noun));
            }
            self.titles.extend(lists.titles);
            self.firm_endings.extend(lists.firm_endings);
            self.outlet_endings.extend(lists.outlet_endings);
        }
    }

    /// Adds the entry of a line `"usual name | other names"`.
    fn add_names(&mut self, line: &str, entry: impl FnOnce(String) -> Entry) -> usize {
        let names: Vec<&str> = line.split('|').map(str::trim).filter(|n| !n.is_empty()).collect();
        self.shared.extend(names.iter().filter_map(|n| n.strip_suffix('?')).map(folded));
        let names: Vec<&str> = names.into_iter().map(|n| n.trim_end_matches('?')).collect();
        let at = self.add(entry(names.first().copied().unwrap_or_default().to_owned()));
        names.iter().for_each(|n| self.name(n, at, Form::Name, false));
        at
    }

    fn add_surname(&mut self, line: &str, at: usize) {
        let chinese_or_korean =
            matches!(self.entries[at].affiliation.as_deref(), Some("CHN" | "PRK" | "KOR" | "TWN"));
        for name in line.split('|').map(str::trim) {
            let mut words = name.split(' ');
            let surname = if chinese_or_korean { words.next() } else { words.next_back() };
            let Some(surname) = surname else { continue };
            let of = self.surnames.entry(folded(surname)).or_default();
            let same = of.iter().any(|&o| o == at || self.entries[o].id == self.entries[at].id);
            if !same {
                of.push(at);
            }
        }
    }

    fn check_state(&self, file: &File, code: &str, report: &mut Report) {
        // Where the states could not be read, that is the one error to mend.
        if !self.states.is_empty() && !self.states.contains_key(code) {
            report.unknown(file, "state of actors/states.toml", code, self.states.keys().map(String::as_str));
        }
    }
}
