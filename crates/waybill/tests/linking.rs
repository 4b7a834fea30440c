//! The samples from files to storylines, copies and deals; whatever the order, and with judgements.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use ledger::{Coding, CodingKey, Entry, Judgement, Ledger, Moment, Outcome, SqliteLedger};
use model::{ActorRef, Category, Claim, Document, Evidence, Goods, Kind, Source, Span, Stage};
use waybill::linking::{day_text, gather, relink};

const AT: &str = "2031-12-01T10:00:00Z";

/// What a person wrote down of some samples: name, speaker, parties, stage and factuality; all of the class given.
const CLAIMS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("shells-1-agency", "two Maltese officials", "MKD→LBY", "ammunition", "intercepted", "certain"),
    ("shells-1-agency", "Salem Ghariani", "MKD→LBY", "ammunition", "agreed", "denied"),
    ("shells-2-copy", "two Maltese officials", "MKD→LBY", "ammunition", "intercepted", "certain"),
    ("shells-2-copy", "Salem Ghariani", "MKD→LBY", "ammunition", "agreed", "denied"),
    ("shells-3-short", "two Maltese officials", "MKD→LBY", "ammunition", "intercepted", "certain"),
    ("shells-4-denial", "Elena Trajkova", "MKD→LBY", "ammunition", "delivered", "denied"),
    ("drones-1-sought", "Peter Lokwang", "TUR→KEN", "drones", "sought", "certain"),
    ("drones-3-signed", "Ministry of Defence", "TUR→KEN", "drones", "agreed", "certain"),
    ("airdefence-2-denied", "Darya Kunitskaya", "BLR→MMR", "air_defence", "offered", "denied"),
];

fn claims(document: &Document) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (doc, speaker, parties, category, stage, factuality) in CLAIMS {
        if *doc != document.doc {
            continue;
        }
        let (supplier, recipient) = parties.split_once('→').unwrap();
        let actor = |id: &str| ActorRef { id: id.to_owned(), text: id.to_owned(), span: Span::default() };
        let category: Category = category.parse().unwrap();
        let mut claim = Claim::new(Kind::Transfer);
        claim.supplier = vec![actor(supplier)];
        claim.recipient = vec![actor(recipient)];
        claim.goods = vec![Goods {
            text: category.to_string(),
            category,
            quantity: None,
            min: None,
            max: None,
            span: Span::default(),
        }];
        claim.stage = Some(stage.parse::<Stage>().unwrap());
        claim.factuality = factuality.parse().unwrap();
        claim.source = Source { speaker: (*speaker).to_owned(), ..Source::author() };
        let span = document.blocks[0].span;
        claim.evidence = vec![Evidence { text: span.of(&document.text).to_owned(), span, block: 0 }];
        claims.push(claim);
    }
    claims
}

/// The samples that are dated news, as entries.
fn entries() -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let options = read::Options::default();
    let mut entries = Vec::new();
    for raw in read::sources(&[folder], std::io::empty(), &options).filter_map(Result::ok) {
        for document in read::documents(&raw, &options).into_iter().filter_map(Result::ok) {
            if document.doc == "README" {
                continue;
            }
            let key = CodingKey { codebook: "by hand".to_owned(), model: "none".to_owned() };
            let coding =
                Coding { key, outcome: Outcome::Coded, claims: claims(&document), notes: Vec::new() };
            entries.push(Entry::Document { document: Box::new(document), coding });
        }
    }
    entries
}

/// Copies, storylines and deals in one line each.
fn summary(ledger: &dyn Ledger, moment: &Moment) -> String {
    let gathered = gather(ledger, moment).unwrap();
    let mut lines = Vec::new();
    for group in gathered.repeats().groups {
        lines.push(format!("copies: {}", group.join(", ")));
    }
    for story in gathered.stories().into_iter().filter(|story| story.docs.len() > 1) {
        lines.push(format!("storyline: {}", story.docs.join(", ")));
    }
    for deal in gathered.deals() {
        let flags = if deal.flags.contested { ", contested" } else { "" };
        lines.push(format!(
            "deal: {}→{} {} {} {}, {} documents, {} sources{flags}",
            deal.supplier.as_deref().unwrap_or("?"),
            deal.recipient.as_deref().unwrap_or("?"),
            deal.category,
            deal.stage,
            deal.factuality,
            deal.docs.len(),
            deal.independent_sources()
        ));
    }
    lines.join("\n")
}

#[test]
fn the_samples_become_three_running_stories() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    ledger.store(&entries(), AT).unwrap();
    insta::assert_snapshot!(summary(&ledger, &Moment::default()));
}

#[test]
fn rebuilt_equals_incremental_and_judgements_survive() {
    let folder = tempfile::tempdir().unwrap();
    let mut whole = SqliteLedger::open(&folder.path().join("whole.db")).unwrap();
    whole.store(&entries(), AT).unwrap();
    let all = Moment::default();
    let fresh = gather(&whole, &all).unwrap();
    let mut parts = SqliteLedger::open(&folder.path().join("parts.db")).unwrap();
    let mut backwards = entries();
    backwards.reverse();
    for batch in backwards.chunks(4) {
        parts.store(batch, AT).unwrap();
        relink(&mut parts).unwrap();
    }
    let kept = gather(&parts, &all).unwrap();
    assert_eq!(kept.repeats().links, fresh.repeats().links);
    assert_eq!(kept.stories(), fresh.stories());
    assert_eq!(kept.deals(), fresh.deals());
    let deals = fresh.deals();
    let deal = deals.iter().find(|deal| deal.flags.contested).unwrap();
    let denial = deal.history.iter().find(|event| event.factuality == model::Factuality::Denied).unwrap();
    let judgement = Judgement {
        subject_kind: "claim".to_owned(),
        subject: denial.claim.clone(),
        verdict: "reject".to_owned(),
        detail: serde_json::Value::Null,
        author: "ana".to_owned(),
        reason: None,
    };
    parts.judge(&judgement, AT).unwrap();
    let judged = gather(&parts, &all).unwrap().deals();
    assert_ne!(judged, deals);
    relink(&mut parts).unwrap();
    assert_eq!(gather(&parts, &all).unwrap().deals(), judged);
}

#[test]
fn the_ledger_as_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    ledger.store(&entries(), AT).unwrap();
    let then = Moment { published: Some("2031-03-04".to_owned()), ingested: None };
    let deals: Vec<String> =
        summary(&ledger, &then).lines().filter(|l| l.starts_with("deal")).map(str::to_owned).collect();
    assert_eq!(
        deals,
        [
            "deal: TUR→KEN drones sought certain, 1 documents, 1 sources",
            "deal: MKD→LBY ammunition intercepted certain, 3 documents, 2 sources, contested",
        ]
    );
    let unread = Moment { published: None, ingested: Some("2031-11-30".to_owned()) };
    assert_eq!(summary(&ledger, &unread), "");
}

#[test]
fn a_day_of_arrival_is_no_day_of_publication() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    ledger.store(&entries(), "2026-01-01T10:00:00Z").unwrap();
    let gathered = gather(&ledger, &Moment::default()).unwrap();
    let stories = gathered.stories();
    let undated =
        stories.iter().position(|story| story.docs.iter().any(|d| d == "airdefence-1-pasted")).unwrap();
    let (first, last) = gathered.published_days(&stories)[undated];
    let known = |day: i32| day_text(day).starts_with("2031-");
    let alone = stories[undated].docs.len() == 1;
    assert!(alone && first.is_none() || first.is_some_and(known), "{first:?}");
    assert!(alone && last.is_none() || last.is_some_and(known), "{last:?}");
}
