//! The codebook's table of cues: what a cue says of how sure its source is, and what names a basis.

use std::collections::BTreeMap;

use model::Basis;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use smol_str::SmolStr;

use super::Stance;
use crate::book::{Files, Report};

/// Cue words by lemma.
#[derive(Debug, Clone, Default)]
pub struct CueTable {
    verbs: FxHashMap<SmolStr, Stance>,
    nouns: FxHashMap<SmolStr, Stance>,
    others: FxHashMap<SmolStr, Stance>,
    bases: FxHashMap<SmolStr, Basis>,
    instruments: FxHashSet<SmolStr>,
}

/// One stance's words, as the file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    verbs: Vec<SmolStr>,
    #[serde(default)]
    nouns: Vec<SmolStr>,
    #[serde(default)]
    others: Vec<SmolStr>,
}

/// The words that name a basis, as the file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bases {
    #[serde(default)]
    intelligence: Vec<SmolStr>,
    #[serde(default)]
    satellite_imagery: Vec<SmolStr>,
    #[serde(default)]
    documents: Vec<SmolStr>,
    #[serde(default)]
    physical_evidence: Vec<SmolStr>,
    #[serde(default)]
    open_sources: Vec<SmolStr>,
    #[serde(default)]
    officials: Vec<SmolStr>,
}

/// The words that name sources of a kind, as the file has them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    #[serde(default)]
    instruments: Vec<SmolStr>,
}

/// A file of cues.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    #[serde(default)]
    asserts: Words,
    #[serde(default)]
    alleges: Words,
    #[serde(default)]
    believes: Words,
    #[serde(default)]
    denies: Words,
    #[serde(default)]
    withholds: Words,
    #[serde(default)]
    asks: Words,
    #[serde(default)]
    urges: Words,
    #[serde(default)]
    intends: Words,
    #[serde(default)]
    basis: Bases,
    #[serde(default)]
    sources: Sources,
}

impl CueTable {
    /// The start of the names of this table's files.
    pub const FILES: &'static str = "cues";

    /// Reads the files of cues. A word in two stances has the one that stands last in the file's order.
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let mut table = CueTable::default();
        for (_, file) in files.parts::<CueFile>(Self::FILES, report) {
            table.add(file);
        }
        table
    }

    fn add(&mut self, file: CueFile) {
        let stances = [
            (Stance::Asserts, file.asserts),
            (Stance::Alleges, file.alleges),
            (Stance::Believes, file.believes),
            (Stance::Denies, file.denies),
            (Stance::Withholds, file.withholds),
            (Stance::Asks, file.asks),
            (Stance::Urges, file.urges),
            (Stance::Intends, file.intends),
        ];
        for (stance, words) in stances {
            self.verbs.extend(words.verbs.into_iter().map(|w| (w, stance)));
            self.nouns.extend(words.nouns.into_iter().map(|w| (w, stance)));
            self.others.extend(words.others.into_iter().map(|w| (w, stance)));
        }
        let bases: BTreeMap<Basis, Vec<SmolStr>> = BTreeMap::from([
            (Basis::Intelligence, file.basis.intelligence),
            (Basis::SatelliteImagery, file.basis.satellite_imagery),
            (Basis::Documents, file.basis.documents),
            (Basis::PhysicalEvidence, file.basis.physical_evidence),
            (Basis::OpenSources, file.basis.open_sources),
            (Basis::OfficialsUnnamed, file.basis.officials),
        ]);
        for (basis, words) in bases {
            self.bases.extend(words.into_iter().map(|w| (w, basis)));
        }
        self.instruments.extend(file.sources.instruments);
    }

    /// What the cue with lemma `lemma` and universal part of speech `pos` says, where the table has it.
    pub fn stance(&self, lemma: &str, pos: &str) -> Option<Stance> {
        let tables = match pos {
            "NOUN" | "PROPN" => [&self.nouns, &self.verbs, &self.others],
            "VERB" | "AUX" => [&self.verbs, &self.others, &self.others],
            _ => [&self.others, &self.verbs, &self.nouns],
        };
        tables.iter().find_map(|t| t.get(lemma).copied())
    }

    /// Whether `lemma` names a law or treaty, which is no speaker.
    pub fn is_instrument(&self, lemma: &str) -> bool {
        self.instruments.contains(lemma)
    }

    /// What a source of which `lemma` is a word rests on, where the table has it.
    pub fn basis(&self, lemma: &str) -> Option<Basis> {
        self.bases.get(lemma).copied()
    }
}
