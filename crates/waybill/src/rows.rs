//! Claims as rows of the exports: one JSON object, or one line of a table, with the codebook's names.

use ledger::StoredClaim;
use model::{ActorRef, Claim, Evidence, Goods, Phrase, Source, When};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::schema;

/// A claim as one JSON object: the codebook's fields, with actors by their identifiers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimRow<'a> {
    id: &'a str,
    doc: &'a str,
    document: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    #[schema(schema_with = schema::kind)]
    kind: model::Kind,
    supplier: Vec<&'a str>,
    recipient: Vec<&'a str>,
    via: Vec<&'a str>,
    by: Vec<&'a str>,
    goods: Vec<GoodsRow<'a>>,
    price: Option<&'a str>,
    #[schema(schema_with = schema::stage)]
    stage: Option<model::Stage>,
    imposer: Vec<&'a str>,
    target: Vec<&'a str>,
    instrument: Option<&'a str>,
    #[schema(schema_with = schema::action)]
    action: Option<model::Action>,
    actor: Vec<&'a str>,
    act: Option<&'a str>,
    parties: Vec<&'a str>,
    when: Option<WhenRow<'a>>,
    #[serde(rename = "where")]
    place: Option<&'a str>,
    #[schema(schema_with = schema::factuality)]
    factuality: model::Factuality,
    source: SourceRow<'a>,
    evidence: Vec<EvidenceRow<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct GoodsRow<'a> {
    text: &'a str,
    #[schema(schema_with = schema::category)]
    category: model::Category,
    quantity: Option<&'a str>,
    min: Option<u64>,
    max: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct WhenRow<'a> {
    text: &'a str,
    start: Option<&'a str>,
    end: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SourceRow<'a> {
    speaker: &'a str,
    role: Option<&'a str>,
    affiliation: Option<&'a str>,
    #[schema(schema_with = schema::basis)]
    basis: model::Basis,
    #[schema(schema_with = schema::directness)]
    directness: model::Directness,
    chain: &'a [String],
}

/// Words of evidence; `start` and `end` are in characters (Unicode scalar values) of the document's text.
#[derive(Debug, Serialize, ToSchema)]
struct EvidenceRow<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    block: u32,
}

impl<'a> From<&'a StoredClaim> for ClaimRow<'a> {
    fn from(stored: &'a StoredClaim) -> Self {
        let claim = &stored.claim;
        ClaimRow {
            id: &stored.id,
            doc: &stored.doc,
            document: &stored.document,
            title: stored.title.as_deref(),
            published: stored.published.as_deref(),
            kind: claim.kind,
            supplier: ids(&claim.supplier),
            recipient: ids(&claim.recipient),
            via: ids(&claim.via),
            by: ids(&claim.by),
            goods: claim.goods.iter().map(goods_row).collect(),
            price: words(&claim.price),
            stage: claim.stage,
            imposer: ids(&claim.imposer),
            target: ids(&claim.target),
            instrument: words(&claim.instrument),
            action: claim.action,
            actor: ids(&claim.actor),
            act: words(&claim.act),
            parties: ids(&claim.parties),
            when: claim.when.as_ref().map(when_row),
            place: words(&claim.place),
            factuality: claim.factuality,
            source: source_row(&claim.source),
            evidence: claim.evidence.iter().zip(&stored.evidence_chars).map(evidence_row).collect(),
        }
    }
}

fn ids(actors: &[ActorRef]) -> Vec<&str> {
    actors.iter().map(|a| a.id.as_str()).collect()
}

fn words(phrase: &Option<Phrase>) -> Option<&str> {
    phrase.as_ref().map(|p| p.text.as_str())
}

fn goods_row(goods: &Goods) -> GoodsRow<'_> {
    let Goods { text, category, quantity, min, max, .. } = goods;
    GoodsRow { text, category: *category, quantity: quantity.as_deref(), min: *min, max: *max }
}

fn when_row(when: &When) -> WhenRow<'_> {
    WhenRow { text: &when.text, start: when.start.as_deref(), end: when.end.as_deref() }
}

fn source_row(source: &Source) -> SourceRow<'_> {
    SourceRow {
        speaker: &source.speaker,
        role: source.role.as_deref(),
        affiliation: source.affiliation.as_deref(),
        basis: source.basis,
        directness: source.directness,
        chain: &source.chain,
    }
}

fn evidence_row<'a>((evidence, chars): (&'a Evidence, &(u32, u32))) -> EvidenceRow<'a> {
    EvidenceRow { text: &evidence.text, start: chars.0, end: chars.1, block: evidence.block }
}

/// What a search found: the snippet without its marks, and where they were, in characters.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundRow<'a> {
    doc: &'a str,
    id: &'a str,
    #[schema(value_type = String)]
    kind: ledger::FoundKind,
    marks: Vec<[usize; 2]>,
    published: Option<&'a str>,
    snippet: String,
    title: Option<&'a str>,
}

impl<'a> From<&'a ledger::Found> for FoundRow<'a> {
    fn from(found: &'a ledger::Found) -> Self {
        let mut snippet = String::new();
        let (mut marks, mut start, mut at) = (Vec::new(), 0, 0);
        for c in found.snippet.chars() {
            match c {
                '\u{2}' => start = at,
                '\u{3}' => marks.push([start, at]),
                c => {
                    snippet.push(c);
                    at += 1;
                }
            }
        }
        let (title, published) = (found.title.as_deref(), found.published.as_deref());
        FoundRow { kind: found.kind, id: &found.id, doc: &found.doc, title, published, snippet, marks }
    }
}

/// A claim that is in no ledger as if it were in one.
pub fn loose(document: &model::Document, claim: Claim) -> StoredClaim {
    let id = ledger::document_id(document);
    let chars = |e: &Evidence| {
        let start = document.char_offset(e.span.start);
        (start as u32, (start + e.span.of(&document.text).chars().count()) as u32)
    };
    StoredClaim {
        id: ledger::claim_id(&id, &claim),
        document: id,
        doc: document.doc.clone(),
        published: document.published.clone(),
        title: document.title.clone(),
        ingested_at: String::new(),
        evidence_chars: claim.evidence.iter().map(chars).collect(),
        claim,
    }
}

/// Heads of the columns of [`csv_row`].
pub const CSV_HEAD: [&str; 29] = [
    "id",
    "doc",
    "document",
    "published",
    "kind",
    "supplier",
    "recipient",
    "via",
    "by",
    "goods",
    "category",
    "quantity",
    "price",
    "stage",
    "imposer",
    "target",
    "instrument",
    "action",
    "actor",
    "act",
    "parties",
    "when",
    "when_start",
    "when_end",
    "where",
    "factuality",
    "speaker",
    "affiliation",
    "evidence",
];

/// A claim as one line of a table; several values of a slot are separated by `; `.
pub fn csv_row(stored: &StoredClaim) -> [String; 29] {
    let claim = &stored.claim;
    let list = |actors: &[ActorRef]| ids(actors).join("; ");
    let one = |phrase: &Option<Phrase>| words(phrase).unwrap_or_default().to_owned();
    let goods = |of: &dyn Fn(&Goods) -> String| claim.goods.iter().map(of).collect::<Vec<_>>().join("; ");
    let when = |of: &dyn Fn(&When) -> Option<String>| claim.when.as_ref().and_then(of).unwrap_or_default();
    [
        stored.id.clone(),
        stored.doc.clone(),
        stored.document.clone(),
        stored.published.clone().unwrap_or_default(),
        claim.kind.to_string(),
        list(&claim.supplier),
        list(&claim.recipient),
        list(&claim.via),
        list(&claim.by),
        goods(&|g| g.text.clone()),
        goods(&|g| g.category.to_string()),
        goods(&|g| g.quantity.clone().unwrap_or_default()),
        one(&claim.price),
        claim.stage.map(|s| s.to_string()).unwrap_or_default(),
        list(&claim.imposer),
        list(&claim.target),
        one(&claim.instrument),
        claim.action.map(|a| a.to_string()).unwrap_or_default(),
        list(&claim.actor),
        one(&claim.act),
        list(&claim.parties),
        when(&|w| Some(w.text.clone())),
        when(&|w| w.start.clone()),
        when(&|w| w.end.clone()),
        one(&claim.place),
        claim.factuality.to_string(),
        claim.source.speaker.clone(),
        claim.source.affiliation.clone().unwrap_or_default(),
        claim.evidence.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join(" […] "),
    ]
}
