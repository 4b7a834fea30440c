//! What goes into a ledger, and what comes out.

use model::{Claim, Document, Note};
use serde::Serialize;

/// What a document's claims depend on besides its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CodingKey {
    /// Version of the codebook: a hash of its files.
    pub codebook: String,
    /// Version of the language model, such as `en_core_web_sm-3.8.0`.
    pub model: String,
}

/// What became of a document in coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was parsed and coded.
    Coded,
    /// None of the codebook's goods, deals and measures occurs in it: it was not parsed.
    NotRelevant,
    /// It is in another language than the model's: it was not parsed.
    OtherLanguage,
}

impl Outcome {
    /// The word for it in the ledger and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Coded => "coded",
            Outcome::NotRelevant => "not_relevant",
            Outcome::OtherLanguage => "other_language",
        }
    }

    pub(crate) fn from_word(word: &str) -> Outcome {
        match word {
            "not_relevant" => Outcome::NotRelevant,
            "other_language" => Outcome::OtherLanguage,
            _ => Outcome::Coded,
        }
    }
}

/// What the coder made of one document under one key.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// Under which codebook and model.
    pub key: CodingKey,
    /// What became of it.
    pub outcome: Outcome,
    /// The claims; equal ones count once.
    pub claims: Vec<Claim>,
    /// What the coder noticed.
    pub notes: Vec<Note>,
}

/// One thing to keep.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A document with its coding.
    Document {
        /// The document as read.
        document: Box<Document>,
        /// What was made of it.
        coding: Coding,
    },
    /// A document that is there already, coded under the key that is wanted: only its name is kept.
    Known {
        /// Identifier of the document.
        document: String,
        /// The name under which it was read.
        name: String,
    },
    /// An input that could not be read or coded.
    SetAside(SetAside),
}

/// An input that could not be read or coded, kept with its reason so that it can be tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Which: a path, with the record inside it where there are several (`news.jsonl#17`).
    pub input: String,
    /// The file to read again; `None` for standard input.
    pub path: Option<String>,
    /// Why, and what to do.
    pub reason: String,
    /// Publication date that the user had given for it.
    pub published: Option<String>,
    /// When it was last tried (RFC 3339); empty when handed in.
    pub at: String,
}

/// What a batch changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// Documents that were new.
    pub documents: u64,
    /// Documents that were there already.
    pub known: u64,
    /// Of the new ones, those that are a later text of an address that was there.
    pub versions: u64,
    /// Claims that were new.
    pub claims: u64,
    /// Inputs set aside.
    pub set_aside: u64,
}

impl std::ops::AddAssign for Stored {
    fn add_assign(&mut self, other: Stored) {
        self.documents += other.documents;
        self.known += other.known;
        self.versions += other.versions;
        self.claims += other.claims;
        self.set_aside += other.set_aside;
    }
}

/// A document as the ledger holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDocument {
    /// Its identifier.
    pub id: String,
    /// The document; its `doc` is the first of `names`.
    pub document: Document,
    /// Names under which it was read, sorted.
    pub names: Vec<String>,
    /// When it was first read (RFC 3339).
    pub ingested_at: String,
    /// What became of it, and under which key.
    pub outcome: Outcome,
    /// The key of the coding.
    pub key: CodingKey,
    /// What the coder noticed.
    pub notes: Vec<Note>,
}

/// A claim as the ledger holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredClaim {
    /// Its identifier.
    pub id: String,
    /// Identifier of its document.
    pub document: String,
    /// Name of its document.
    pub doc: String,
    /// Day of publication of its document.
    pub published: Option<String>,
    /// Title of its document.
    pub title: Option<String>,
    /// When its document was first read (RFC 3339).
    pub ingested_at: String,
    /// The claim.
    pub claim: Claim,
    /// Where its evidence stands, in characters (Unicode scalar values) of the text: first, and one past the last.
    pub evidence_chars: Vec<(u32, u32)>,
}

/// Where a search found its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// In a document's title or text.
    Document,
    /// In a claim's evidence or slots.
    Claim,
}

/// A search's finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Where.
    pub kind: FoundKind,
    /// Identifier of the document or claim.
    pub id: String,
    /// Name of the document.
    pub doc: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// The words around the finding; what was sought stands between U+0002 and U+0003.
    pub snippet: String,
    /// The better the smaller (BM25).
    pub rank: f64,
}

/// What a person holds of something in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// What it is about: `claim`, `document`, `deal`, `actor`, `listing`.
    pub subject_kind: String,
    /// Its identifier.
    pub subject: String,
    /// What is held: `accept`, `reject`, `merge`, `split`, `undo`.
    pub verdict: String,
    /// What the verdict needs besides, such as the actor to merge with.
    pub detail: serde_json::Value,
    /// Who holds it.
    pub author: String,
    /// Why, in words.
    pub reason: Option<String>,
}

/// A judgement with its number and time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredJudgement {
    /// Running number.
    pub number: i64,
    /// When (RFC 3339).
    pub at: String,
    /// The judgement.
    #[serde(flatten)]
    pub judgement: Judgement,
}

/// How much there is of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents, all versions.
    pub documents: u64,
    /// Documents that were coded, by outcome.
    pub outcomes: Vec<(String, u64)>,
    /// Documents without any claim.
    pub without_claims: u64,
    /// Claims.
    pub claims: u64,
    /// Claims by kind.
    pub kinds: Vec<(String, u64)>,
    /// Transfers by stage.
    pub stages: Vec<(String, u64)>,
    /// Claims by factuality.
    pub factualities: Vec<(String, u64)>,
    /// Actors.
    pub actors: u64,
    /// Suppliers with the most claims.
    pub suppliers: Vec<(String, u64)>,
    /// Recipients with the most claims.
    pub recipients: Vec<(String, u64)>,
    /// Documents by publisher, the most frequent first.
    pub publishers: Vec<(String, u64)>,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// Judgements.
    pub judgements: u64,
    /// Inputs set aside.
    pub set_aside: u64,
    /// Bytes of the ledger.
    pub size_bytes: u64,
}

/// How far somebody has read a ledger: see [`crate::Ledger::arrivals`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// The last document and the last claim, by order of arrival.
    pub(crate) last: (i64, i64),
    /// How many documents, names and claims there were.
    pub(crate) counts: (u64, u64, u64),
    /// What the codings were made with, and when the last one was made.
    pub(crate) codings: String,
}
