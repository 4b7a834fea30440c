//! The codebook's tables of actors.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::book::{Files, Report};

/// One state with its names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The name that is used most.
    pub name: String,
    /// Other names and abbreviations.
    #[serde(default)]
    pub names: Vec<String>,
    /// Adjectives of it ("Russian"); the people's names where they differ ("Swedes").
    #[serde(default)]
    pub demonyms: Vec<String>,
    /// Its capital and other words that stand for its government ("the Kremlin").
    #[serde(default)]
    pub stands_in: Vec<String>,
}

/// What the codebook says of actors.
#[derive(Debug, Default)]
pub struct ActorTables {
    /// By alpha-3 code.
    pub states: BTreeMap<String, State>,
}

impl ActorTables {
    /// Reads the tables from `actors/`.
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let mut tables = ActorTables::default();
        for (_, states) in files.parts::<BTreeMap<String, State>>("actors/states", report) {
            tables.states.extend(states);
        }
        tables
    }
}
