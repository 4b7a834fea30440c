//! The events part of the codebook: verbs, nouns and operators, as an analyst writes them.

use lang::Token;
use model::{Action, Category, Factuality, Stage};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::tree;
use crate::book::{Files, Report};

/// Who stands where around a word of transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// The subject supplies the object.
    Give,
    /// The subject supplies the object, a recipient, with goods.
    Equip,
    /// The subject receives the object.
    Get,
    /// The subject stops the object on its way.
    Take,
    /// The subject uses goods of somebody else.
    Use,
    /// The subject attacks with goods of somebody else.
    Wield,
    /// The subject is the goods.
    Move,
    /// The subject asks the object, or whom it turns to, for goods.
    Ask,
}

/// A word of transfer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    lemmas: Vec<String>,
    /// Who stands where.
    #[serde(rename = "frame")]
    pub shape: Shape,
    /// The stage that the word means by itself.
    pub stage: Stage,
    /// The stage when it is under way.
    pub going: Option<Stage>,
    /// The stage when it lies ahead.
    pub will: Option<Stage>,
    /// The class of goods that the word brings with it.
    pub goods: Option<Category>,
    /// Whether the word counts with no goods by it.
    #[serde(default)]
    pub bare: bool,
}

impl Word {
    /// A word of this shape that means this stage whatever its tense.
    pub(crate) fn plain(shape: Shape, stage: Stage) -> Self {
        Word { lemmas: Vec::new(), shape, stage, going: None, will: None, goods: None, bare: false }
    }
}

/// Which party the subject of an operator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Fills {
    /// The supplier of a give, the recipient of a get.
    Own,
    /// The recipient of what is asked for.
    Asker,
    /// Neither: who approves, stops, intercepts.
    By,
    /// None.
    #[default]
    None,
}

/// A word that stands over a transfer and says how far it has got or how sure it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    lemmas: Vec<String>,
    /// The stage of a transfer under it, from the supplier's side.
    pub give: Option<Stage>,
    /// The stage of a transfer under it, from the recipient's side.
    pub get: Option<Stage>,
    /// The factuality that it gives.
    pub sure: Option<Factuality>,
    /// Whether goods may be its object with no noun of transfer between.
    #[serde(default)]
    pub direct: bool,
    /// Which party its subject is.
    #[serde(default)]
    pub fills: Fills,
    /// Whether the transfer is stopped.
    #[serde(default)]
    pub halts: bool,
    /// Whether somebody wants another to act.
    #[serde(default)]
    pub wishes: bool,
    /// Whether a stop is taken away.
    #[serde(default)]
    pub frees: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TransferFile {
    verb: Vec<Word>,
    noun: Vec<Word>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    operator: Vec<Operator>,
}

/// A noun that names a measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureNoun {
    lemmas: Vec<String>,
    /// Words of which one must stand by it; empty where the noun is enough.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// What the object of a verb of measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeasureRole {
    /// Whom it hits.
    Target,
    /// What may not be moved.
    Goods,
}

/// A verb of measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureVerb {
    lemmas: Vec<String>,
    /// What its object is.
    pub role: MeasureRole,
    /// What it does.
    pub action: Action,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionWords {
    action: Action,
    lemmas: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    noun: Vec<MeasureNoun>,
    verb: Vec<MeasureVerb>,
    action: Vec<ActionWords>,
}

/// Words of violation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViolationWords {
    /// Verbs: violate, breach.
    pub verbs: Vec<String>,
    /// Nouns: violation, breach.
    pub nouns: Vec<String>,
    /// What can be broken: sanction, embargo, resolution.
    pub instruments: Vec<String>,
    /// What can be broken where it is about arms: law, treaty, rule.
    pub general: Vec<String>,
    /// Words that tell that it is.
    pub arms: Vec<String>,
}

/// Words of contact.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWords {
    /// Verbs: meet, visit.
    pub verbs: Vec<String>,
    /// Nouns: meeting, talks.
    pub nouns: Vec<String>,
}

/// Words of shortage.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortageWords {
    /// Nouns: shortage.
    pub nouns: Vec<String>,
    /// Verbs: deplete.
    pub verbs: Vec<String>,
    /// Phrases: running out of.
    pub phrases: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MilitaryWords {
    words: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartyWords {
    nouns: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OthersFile {
    violation: ViolationWords,
    contact: ContactWords,
    shortage: ShortageWords,
    military: MilitaryWords,
    parties: PartyWords,
    carriers: PartyWords,
    bills: PartyWords,
}

/// The vocabulary of events, by lemma.
#[derive(Debug)]
pub struct EventTable {
    verbs: FxHashMap<String, Word>,
    nouns: FxHashMap<String, Word>,
    operators: FxHashMap<String, Operator>,
    measure_nouns: FxHashMap<String, MeasureNoun>,
    measure_verbs: FxHashMap<String, MeasureVerb>,
    actions: FxHashMap<String, Vec<Action>>,
    /// Words of violation.
    pub violation: ViolationWords,
    /// Words of contact.
    pub contact: ContactWords,
    /// Words of shortage.
    pub shortage: ShortageWords,
    military: Vec<String>,
    people: Vec<String>,
    carriers: Vec<String>,
    bills: Vec<String>,
}

fn by_lemma<T: Clone>(rows: Vec<T>, lemmas: impl Fn(&T) -> &[String]) -> FxHashMap<String, T> {
    let mut map = FxHashMap::default();
    for row in rows {
        for lemma in lemmas(&row) {
            map.entry(lemma.clone()).or_insert_with(|| row.clone());
        }
    }
    map
}

/// The row of a lemma; the parser leaves the capitals of names ("Foreign Military Sale").
fn get<'t, T>(table: &'t FxHashMap<String, T>, lemma: &str) -> Option<&'t T> {
    table
        .get(lemma)
        .or_else(|| table.get(&lemma.to_lowercase()).filter(|_| lemma.starts_with(char::is_uppercase)))
}

fn read_one<T: serde::de::DeserializeOwned>(files: &Files, name: &str, report: &mut Report) -> Option<T> {
    files.parts::<T>(name, report).into_iter().next().map(|(_, value)| value)
}

impl EventTable {
    /// Reads the files `events/*.toml`; what does not fit goes into `report` and is left out.
    pub fn read(files: &Files, report: &mut Report) -> Self {
        let transfers = read_one::<TransferFile>(files, "events/transfers", report).unwrap_or_default();
        let operators = read_one::<OperatorFile>(files, "events/operators", report).unwrap_or_default();
        let measures = read_one::<MeasureFile>(files, "events/measures", report).unwrap_or_default();
        let others = read_one::<OthersFile>(files, "events/others", report).unwrap_or_default();
        let mut actions: FxHashMap<String, Vec<Action>> = FxHashMap::default();
        for row in measures.action {
            for lemma in row.lemmas {
                actions.entry(lemma).or_default().push(row.action);
            }
        }
        EventTable {
            verbs: by_lemma(transfers.verb, |w| &w.lemmas),
            nouns: by_lemma(transfers.noun, |w| &w.lemmas),
            operators: by_lemma(operators.operator, |o| &o.lemmas),
            measure_nouns: by_lemma(measures.noun, |n| &n.lemmas),
            measure_verbs: by_lemma(measures.verb, |v| &v.lemmas),
            actions,
            violation: others.violation,
            contact: others.contact,
            shortage: others.shortage,
            military: others.military.words,
            people: others.parties.nouns,
            carriers: others.carriers.nouns,
            bills: others.bills.nouns,
        }
    }

    /// The verb of transfer with this lemma.
    pub fn verb(&self, lemma: &str) -> Option<&Word> {
        get(&self.verbs, lemma)
    }

    /// The noun of transfer with this lemma.
    pub fn noun(&self, lemma: &str) -> Option<&Word> {
        get(&self.nouns, lemma)
    }

    /// The operator with this lemma; one meant as a noun or a verb alone stands in the file as `hold/n`, `sign/v`.
    pub fn operator(&self, lemma: &str) -> Option<&Operator> {
        get(&self.operators, lemma).or_else(|| get(&self.operators, &format!("{lemma}/v")))
    }

    /// The operator that a verb is, by itself or with its particle: "rule out", "go ahead".
    pub(crate) fn verb_operator(&self, verb: Token<'_>) -> Option<&Operator> {
        let phrasal = tree::phrasal(verb).and_then(|p| self.operators.get(&p));
        phrasal.or_else(|| self.operator(verb.lemma()))
    }

    /// The verb of transfer that a verb is, by itself or with its particle; none where the two say something else.
    pub(crate) fn transfer_verb(&self, verb: Token<'_>) -> Option<&Word> {
        if let Some(phrasal) = tree::phrasal(verb) {
            if let Some(word) = self.verbs.get(&phrasal) {
                return Some(word);
            }
            if self.operators.contains_key(&phrasal) {
                return None;
            }
        }
        self.verb(verb.lemma())
    }

    /// The operator that a noun with this lemma is.
    pub fn noun_operator(&self, lemma: &str) -> Option<&Operator> {
        get(&self.operators, &format!("{lemma}/n")).or_else(|| get(&self.operators, lemma))
    }

    /// Whether a noun is something by which a legislature, or who asks it, would act: a bill, a request.
    pub fn is_bill(&self, lemma: &str) -> bool {
        self.bills.iter().any(|b| b.eq_ignore_ascii_case(lemma))
    }

    /// Whether a noun only carries the goods that stand after its `of`: "a batch of rockets".
    pub fn is_carrier(&self, lemma: &str) -> bool {
        self.carriers.iter().any(|c| c == lemma)
    }

    /// The noun of measure with this lemma.
    pub fn measure_noun(&self, lemma: &str) -> Option<&MeasureNoun> {
        get(&self.measure_nouns, lemma)
    }

    /// The verb of measure with this lemma.
    pub fn measure_verb(&self, lemma: &str) -> Option<&MeasureVerb> {
        get(&self.measure_verbs, lemma)
    }

    /// What a word over a measure does with it; most words do none.
    pub fn actions(&self, lemma: &str) -> &[Action] {
        self.actions.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The words without which no event is one of arms: military words, measures, transfers that need no goods.
    pub fn arms_words(&self) -> impl Iterator<Item = &str> {
        let nouns =
            self.measure_nouns.iter().filter(|(_, noun)| noun.needs.is_empty()).map(|(lemma, _)| lemma);
        let verbs = self
            .measure_verbs
            .iter()
            .filter(|(_, verb)| verb.role == MeasureRole::Target)
            .map(|(lemma, _)| lemma);
        let bare = self.verbs.iter().chain(&self.nouns).filter(|(_, word)| word.bare).map(|(lemma, _)| lemma);
        nouns.chain(verbs).chain(bare).chain(&self.military).map(String::as_str)
    }

    /// Whether a word tells a military matter.
    pub fn is_military(&self, word: &str) -> bool {
        self.military.iter().any(|m| m == word)
    }

    /// Whether a noun without a name may be a party: "militias", "allies", "firms".
    pub fn is_party(&self, lemma: &str) -> bool {
        self.people.iter().any(|p| p == lemma)
    }
}
