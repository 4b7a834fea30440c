//! The pipeline with a coder of its own: order, threads, batches, crashes and kills change nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use ledger::{Coding, CodingKey, Ledger, Outcome, SqliteLedger, digest};
use model::{ActorRef, Claim, Document, Evidence, Kind, Span, Stage};
use waybill::pipeline::{Coder, Ingest, Job, Step, Summary, Timings, ingest, recode};

const AT: &str = "2024-05-01T10:00:00Z";

/// Claims a transfer from each capitalised word that "sends"; fails on "crash".
struct Sends {
    codebook: &'static str,
    coded: AtomicUsize,
}

fn sends(codebook: &'static str) -> Sends {
    Sends { codebook, coded: AtomicUsize::new(0) }
}

impl Coder for Sends {
    fn key(&self) -> CodingKey {
        CodingKey { codebook: self.codebook.to_owned(), model: "none".to_owned() }
    }

    fn code(&self, document: &Document, timings: &Timings) -> Coding {
        assert!(!document.text.contains("crash"), "a word that this coder cannot take");
        self.coded.fetch_add(1, Ordering::Relaxed);
        let claims = timings.time(Step::Code, || {
            let words: Vec<(usize, &str)> = document.text.match_indices(" sends ").collect();
            words.iter().map(|(at, _)| claim(document, *at)).collect()
        });
        Coding { key: self.key(), outcome: Outcome::Coded, claims, notes: vec![] }
    }
}

fn claim(document: &Document, at: usize) -> Claim {
    let start = document.text[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |n| n + 1);
    let span = Span::new(start, at + " sends".len());
    let text = document.text[start..at].to_owned();
    let block = document.blocks.iter().position(|b| b.span.contains(span)).unwrap() as u32;
    Claim {
        supplier: vec![ActorRef { id: text.to_uppercase(), text, span: Span::new(start, at) }],
        stage: Some(Stage::Shipped),
        evidence: vec![Evidence { text: span.of(&document.text).to_owned(), span, block }],
        ..Claim::new(Kind::Transfer)
    }
}

/// Articles as files: texts, a page, JSON and JSON lines.
fn articles(folder: &Path) -> Vec<PathBuf> {
    let states = ["Borduria", "Syldavia", "Ruritania", "Grand Fenwick", "Zubrowka"];
    for (n, state) in states.iter().enumerate() {
        let text = format!(
            "{state} answers a call\n\nOn day {n} {state} sends shells to its neighbour, the ministry said.\n"
        );
        std::fs::write(folder.join(format!("text-{n}.txt")), text).unwrap();
        let row = |part: usize| {
            let text = format!(
                "The army of {state} sends rifles abroad for the {part}th time, an officer told the press."
            );
            serde_json::json!({ "url": format!("https://paper.example/{n}/{part}"), "title": format!("{state}, {part}"), "published": "2024-04-30", "text": text }).to_string()
        };
        let rows: Vec<String> = (0..7).map(row).collect();
        std::fs::write(folder.join(format!("rows-{n}.jsonl")), rows.join("\n")).unwrap();
        std::fs::write(folder.join(format!("one-{n}.json")), row(99)).unwrap();
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

fn run(ledger: &mut dyn Ledger, coder: &Sends, paths: &[PathBuf], jobs: usize) -> Summary {
    let options = read::Options::default();
    let how = Ingest { coder, options: &options, jobs, at: AT };
    let inputs = read::sources(paths, std::io::empty(), &options).map(Job::Raw);
    ingest(&how, ledger, inputs, &mut |_| {}).unwrap()
}

struct Folders {
    articles: tempfile::TempDir,
    ledgers: tempfile::TempDir,
}

fn folders() -> (Folders, Vec<PathBuf>) {
    let folders = Folders { articles: tempfile::tempdir().unwrap(), ledgers: tempfile::tempdir().unwrap() };
    let paths = articles(folders.articles.path());
    (folders, paths)
}

impl Folders {
    fn ledger(&self, name: &str) -> SqliteLedger {
        SqliteLedger::open(&self.ledgers.path().join(name)).unwrap()
    }
}

#[test]
fn order_and_threads_do_not_change_the_ledger() {
    let (folders, mut paths) = folders();
    let mut first = folders.ledger("first.db");
    let summary = run(&mut first, &sends("1"), &paths, 1);
    assert_eq!((summary.stored.documents, summary.stored.claims, summary.set_aside.len()), (45, 45, 0));
    let wanted = digest(&first).unwrap();
    for (n, jobs) in [1, 2, 5, 16].into_iter().enumerate() {
        // A shuffle that is the same in every run.
        let middle = (n * 4 + 3) % paths.len();
        paths.rotate_left(middle);
        paths.reverse();
        let mut ledger = folders.ledger(&format!("{n}.db"));
        run(&mut ledger, &sends("1"), &paths, jobs);
        assert_eq!(digest(&ledger).unwrap(), wanted, "{jobs} threads");
    }
}

#[test]
fn what_is_known_is_not_coded_again() {
    let (folders, paths) = folders();
    let mut ledger = folders.ledger("a.db");
    run(&mut ledger, &sends("1"), &paths[..7], 2);
    let before = ledger.counts().unwrap().documents;
    let coder = sends("1");
    let summary = run(&mut ledger, &coder, &paths, 2);
    assert_eq!((summary.stored.known, summary.stored.documents), (before, 45 - before));
    assert_eq!(coder.coded.load(Ordering::Relaxed) as u64, 45 - before);
}

#[test]
fn a_crash_sets_one_document_aside_and_stops_nothing() {
    let (folders, mut paths) = folders();
    let bad = folders.articles.path().join("bad.txt");
    std::fs::write(&bad, "A strange article\n\nIt makes the coder crash at once, as the test wants it to.\n")
        .unwrap();
    let missing = folders.articles.path().join("missing.txt");
    paths.insert(3, bad.clone());
    paths.insert(9, missing.clone());
    let mut ledger = folders.ledger("a.db");
    let summary = run(&mut ledger, &sends("1"), &paths, 2);
    assert_eq!((summary.stored.documents, summary.stored.set_aside), (45, 2));
    let waiting = ledger.set_aside().unwrap();
    assert_eq!(waiting[0].path.as_deref(), bad.to_str());
    assert!(waiting[0].reason.contains("a word that this coder cannot take"), "{}", waiting[0].reason);
    assert!(waiting[1].reason.contains("missing.txt"), "{}", waiting[1].reason);
    std::fs::write(&bad, "A strange article\n\nBorduria sends shells now, and the coder can take it.\n")
        .unwrap();
    let summary = run(&mut ledger, &sends("1"), &[bad], 2);
    assert_eq!((summary.stored.documents, summary.stored.claims), (1, 1));
    assert_eq!(ledger.set_aside().unwrap().len(), 1, "what was read is set aside no longer");
}

#[test]
fn another_codebook_codes_again() {
    let (folders, paths) = folders();
    let mut ledger = folders.ledger("a.db");
    run(&mut ledger, &sends("1"), &paths, 2);
    let mut fresh = folders.ledger("fresh.db");
    run(&mut fresh, &sends("2"), &paths, 2);
    assert_ne!(digest(&ledger).unwrap(), digest(&fresh).unwrap(), "the key is part of the content");
    let (coder, options) = (sends("2"), read::Options::default());
    let how = Ingest { coder: &coder, options: &options, jobs: 2, at: AT };
    let summary = recode(&how, &mut ledger, &mut |_| {}).unwrap();
    assert_eq!((summary.inputs, summary.stored.claims), (45, 45));
    assert_eq!(digest(&ledger).unwrap(), digest(&fresh).unwrap());
    assert_eq!(recode(&how, &mut ledger, &mut |_| {}).unwrap().inputs, 0);
}

/// An ingest that ends at the `n`-th input, as a kill between two batches would end it, and is then run again.
#[test]
fn an_ingest_that_ends_early_goes_on_where_it_was() {
    let (folders, paths) = folders();
    let mut whole = folders.ledger("whole.db");
    run(&mut whole, &sends("1"), &paths, 2);
    let wanted = digest(&whole).unwrap();
    for n in [1, 2, 5, 11] {
        let mut ledger = folders.ledger(&format!("{n}.db"));
        run(&mut ledger, &sends("1"), &paths[..n], 2);
        drop(ledger);
        let mut ledger = folders.ledger(&format!("{n}.db"));
        run(&mut ledger, &sends("1"), &paths, 2);
        assert_eq!(digest(&ledger).unwrap(), wanted, "ended after {n} inputs");
    }
}
