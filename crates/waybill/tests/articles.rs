//! Whole samples, sentence by sentence with the claims that are read from each.
//!
//! A rule's side effects show here. Look at the differences, and where they are right, take them over with
//! `INSTA_UPDATE=always cargo test -p waybill --test articles`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ledger::{Coding, CodingKey, Entry, Ledger, Moment, Outcome, SqliteLedger};
use link::deals::Deal;
use model::{ActorRef, Claim, Document, Kind};
use waybill::coder::{DocumentCoder, codebook};
use waybill::linking::gather;
use waybill::pipeline::Timings;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn coder() -> &'static DocumentCoder {
    static CODER: OnceLock<DocumentCoder> = OnceLock::new();
    CODER.get_or_init(|| {
        let files = std::fs::read_dir(root().join("models")).unwrap();
        let wheel = files
            .map(|f| f.unwrap().path())
            .find(|p| p.extension().is_some_and(|e| e == "whl"))
            .expect("no language model in models/: run `make model`");
        DocumentCoder::open(&wheel, codebook(None).unwrap()).unwrap()
    })
}

fn ids(slot: &[ActorRef]) -> String {
    if slot.is_empty() {
        "?".to_owned()
    } else {
        slot.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join("+")
    }
}

/// One claim in a line: kind, who, what, how far, how sure, who says so.
fn line(claim: &Claim) -> String {
    let c = claim;
    let goods = c
        .goods
        .iter()
        .map(|g| format!("{} ({})", g.text, g.category.as_str()))
        .collect::<Vec<_>>()
        .join(", ");
    let who = match c.kind {
        Kind::Transfer => {
            let stage = c.stage.map_or("-", model::Stage::as_str);
            format!("{} → {} [{goods}] {stage}", ids(&c.supplier), ids(&c.recipient))
        }
        Kind::Measure => {
            let action = c.action.map_or("-", model::Action::as_str);
            format!("{} ⊣ {} [{goods}] {action}", ids(&c.imposer), ids(&c.target))
        }
        Kind::Violation => ids(&c.actor),
        Kind::Contact => ids(&c.parties),
        Kind::Shortage => format!("{} [{goods}]", ids(&c.actor)),
    };
    let side = c.source.affiliation.as_deref().map(|a| format!(" ({a})")).unwrap_or_default();
    format!("{} {who} {}, by {}{side}", c.kind, c.factuality, c.source.speaker)
}

/// The main text, a sentence a line, with what is claimed from it below; a claim stands under its first evidence.
fn annotated(document: &Document) -> String {
    let coded = coder().read(document, &Timings::default());
    let mut out = String::new();
    for (block, parse) in document.blocks.iter().zip(&coded.parses) {
        let Some(parse) = parse else { continue };
        for sentence in parse.sentences() {
            let Some(first) = sentence.tokens().next() else { continue };
            let start = block.span.start as usize + first.range().start;
            let end = block.span.start as usize + sentence.tokens().last().unwrap().range().end;
            writeln!(out, "{}", sentence.text().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap();
            for claim in &coded.claims {
                let at = claim.evidence.iter().map(|e| e.span.start as usize).min().unwrap_or_default();
                if (start..end).contains(&at) {
                    writeln!(out, "    {}", line(claim)).unwrap();
                }
            }
        }
    }
    out
}

/// The files of `samples/`, by name, each with its documents.
fn sample_files() -> Vec<(String, Vec<Document>)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join("samples")).unwrap().map(|f| f.unwrap().path()).collect();
    paths.retain(|p| p.file_name().is_some_and(|n| n != "README.md"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let raw = read::Raw::new(name.clone(), std::fs::read(&path).unwrap());
        let documents = read::documents(&raw, &read::Options::default());
        (name, documents.into_iter().map(Result::unwrap).collect())
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn samples() {
    for (name, documents) in sample_files() {
        let text: Vec<String> = documents.iter().map(annotated).collect();
        insta::assert_snapshot!(name, text.join("\n---\n"));
    }
}

/// A deal with what each source holds of it and the values on which they differ.
fn told(deal: &Deal) -> String {
    let flag = |on: bool, name: &'static str| on.then_some(name);
    let flags: Vec<&str> = [
        flag(deal.flags.contested, "contested"),
        flag(deal.flags.retracted, "retracted"),
        flag(deal.flags.no_evidence, "no evidence"),
        flag(deal.flags.conditional_only, "conditional only"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "?".to_owned());
    let mut out = format!(
        "{} → {} · {}: {}, {}; {} documents, {} independent sources; {}\n",
        side(&deal.supplier),
        side(&deal.recipient),
        deal.category,
        deal.stage,
        deal.factuality,
        deal.docs.len(),
        deal.independent_sources(),
        if flags.is_empty() { "no flags".to_owned() } else { flags.join(", ") },
    );
    for event in &deal.history {
        let day = event.day.as_deref().unwrap_or("unknown day");
        let (stage, factuality) = (event.stage, event.factuality);
        writeln!(out, "    {day} {stage} {factuality}, {}: “{}”", event.source, event.words).unwrap();
    }
    for (slot, values) in &deal.slots {
        let values: Vec<&str> = values.iter().map(|v| v.value.as_str()).collect();
        writeln!(out, "    {slot}: {}", values.join(" | ")).unwrap();
    }
    out
}

#[test]
fn the_samples_come_to_these_deals() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    let key = CodingKey { codebook: "own".to_owned(), model: "own".to_owned() };
    let options = read::Options::default();
    for raw in read::sources(&[root().join("samples")], std::io::empty(), &options).map(Result::unwrap) {
        let documents = read::documents(&raw, &options).into_iter().map(Result::unwrap);
        for document in documents.filter(|document| document.doc != "README") {
            let claims = coder().read(&document, &Timings::default()).claims;
            let coding = Coding { key: key.clone(), outcome: Outcome::Coded, claims, notes: Vec::new() };
            let entry = Entry::Document { document: Box::new(document), coding };
            ledger.store(&[entry], "2031-12-01T10:00:00Z").unwrap();
        }
    }
    let gathered = gather(&ledger, &Moment::default()).unwrap();
    let deals: Vec<String> = gathered.deals().iter().map(told).collect();
    insta::assert_snapshot!("deals", deals.join("\n"));
}
