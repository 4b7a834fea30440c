//! The program from outside: standard output, standard error and exit status together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use ledger::{Coding, CodingKey, Entry, Ledger, Outcome, SetAside, SqliteLedger};
use model::{
    Action, ActorRef, Category, Claim, Document, Evidence, Factuality, Goods, Kind, Phrase, Source, Span,
    Stage, When,
};

const TEXT: &str = "Borduria – “no deal” with Syldavia\n\
    Borduria has sold 40 howitzers to Syldavia for $2 million, its ministry said in May.\n\
    Foreign minister Ada Poe denied that Ruritania lifted the arms embargo.\n";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn actor(id: &str, words: &str) -> Vec<ActorRef> {
    vec![ActorRef { id: id.to_owned(), text: words.to_owned(), span: span(words) }]
}

fn evidence(words: &str, block: u32) -> Vec<Evidence> {
    vec![Evidence { text: words.to_owned(), span: span(words), block }]
}

fn document() -> Document {
    Document {
        url: Some("https://paper.example/borduria".to_owned()),
        title: Some("Borduria – “no deal” with Syldavia".to_owned()),
        publisher: Some("The Paper".to_owned()),
        published: Some("2024-05-02".to_owned()),
        language: Some("en".to_owned()),
        ..waybill::plain::document("borduria", TEXT)
    }
}

fn claims() -> Vec<Claim> {
    let goods = Goods {
        text: "howitzers".to_owned(),
        category: Category::Artillery,
        quantity: Some("40".to_owned()),
        min: Some(40),
        max: Some(40),
        span: span("howitzers"),
    };
    let when = When {
        text: "in May".to_owned(),
        start: Some("2024-05-01".to_owned()),
        end: Some("2024-05-31".to_owned()),
        span: span("in May"),
    };
    let sale = Claim {
        supplier: actor("BOR", "Borduria has")
            .into_iter()
            .map(|a| ActorRef { text: "Borduria".to_owned(), ..a })
            .collect(),
        recipient: actor("SYL", "Syldavia for"),
        goods: vec![goods],
        price: Some(Phrase { text: "$2 million".to_owned(), span: span("$2 million") }),
        stage: Some(Stage::Delivered),
        when: Some(when),
        source: Source {
            speaker: "its ministry".to_owned(),
            affiliation: Some("BOR".to_owned()),
            ..Source::author()
        },
        evidence: evidence("Borduria has sold 40 howitzers to Syldavia for $2 million", 1),
        ..Claim::new(Kind::Transfer)
    };
    let poe = Source {
        speaker: "Ada Poe".to_owned(),
        role: Some("Foreign minister".to_owned()),
        span: Some(span("Ada Poe")),
        ..Source::author()
    };
    let embargo = Claim {
        imposer: actor("Ruritania", "Ruritania"),
        instrument: Some(Phrase { text: "the arms embargo".to_owned(), span: span("the arms embargo") }),
        action: Some(Action::Lifted),
        factuality: Factuality::Denied,
        source: poe,
        evidence: evidence("Ruritania lifted the arms embargo", 2),
        ..Claim::new(Kind::Measure)
    };
    vec![sale, embargo]
}

/// A folder with a ledger of one document, two claims and one input set aside.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let key = CodingKey { codebook: "book".to_owned(), model: "model".to_owned() };
    let coding = Coding { key, outcome: Outcome::Coded, claims: claims(), notes: vec![] };
    let aside = SetAside {
        input: "notes.docx".to_owned(),
        path: Some("notes.docx".to_owned()),
        reason: "not a text (an office file): export it as text or HTML first".to_owned(),
        published: None,
        at: String::new(),
    };
    let mut ledger = SqliteLedger::open(&folder.path().join("waybill.db")).unwrap();
    let batch = [Entry::Document { document: Box::new(document()), coding }, Entry::SetAside(aside)];
    ledger.store(&batch, "2024-05-03T08:00:00Z").unwrap();
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waybill"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder).stdin(Stdio::null());
    command
}

/// What a run of the program says and how it ends, in one text.
fn shown(folder: &Path, args: &[&str]) -> String {
    let output = command(folder, args).output().unwrap();
    let mut shown = format!("$ waybill {}\n", args.join(" "));
    shown.push_str(&String::from_utf8(output.stdout).unwrap());
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        writeln!(shown, "stderr: {line}").unwrap();
    }
    writeln!(shown, "exit status {}", output.status.code().unwrap()).unwrap();
    shown.replace(folder.to_str().unwrap(), "FOLDER")
}

/// Several runs, one after the other.
fn check(folder: &Path, runs: &[&[&str]]) -> String {
    runs.iter().map(|args| shown(folder, args)).collect::<Vec<_>>().join("\n")
}

#[test]
fn claims_are_listed_and_filtered() {
    let folder = folder();
    let runs: &[&[&str]] = &[
        &["claims"],
        &["claims", "--kind", "transfer", "--json"],
        &["claims", "--supplier", "bor", "--goods", "artillery", "--stage", "delivered", "--doc", "borduria"],
        &["claims", "--factuality", "possible"],
        &["claims", "--as-of", "2024-05-01"],
        &["claims", "--known-on", "2024-05-03", "--speaker", "poe"],
    ];
    insta::assert_snapshot!("claims", check(folder.path(), runs));
}

#[test]
fn a_document_and_a_claim_are_shown() {
    let folder = folder();
    let id = ledger::claim_id(&ledger::document_id(&document()), &claims()[0]);
    let runs: &[&[&str]] = &[
        &["show", "borduria"],
        &["show", "https://paper.example/borduria", "--color", "always"],
        &["show", &id[..9]],
        &["show", &id, "--json"],
        &["show", "nothing"],
    ];
    insta::assert_snapshot!("show", check(folder.path(), runs));
}

#[test]
fn words_are_found() {
    let folder = folder();
    let runs: &[&[&str]] = &[
        &["search", "howitzer"],
        &["search", "embargo", "--json"],
        &["search", "submarine"],
        &["search", "NOT"],
    ];
    insta::assert_snapshot!("search", check(folder.path(), runs));
}

#[test]
fn exports_and_counts() {
    let folder = folder();
    let runs: &[&[&str]] = &[
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl", "--kind", "measure"],
        &["stats", "--digest"],
        &["retry", "--list"],
    ];
    let shown = check(folder.path(), runs);
    // The size of the file is SQLite's affair.
    let lines: Vec<&str> = shown.lines().filter(|line| !line.starts_with("bytes")).collect();
    insta::assert_snapshot!("export", lines.join("\n"));
}

/// The identifier of the ledger's only deal.
fn deal(folder: &Path) -> String {
    let output = command(folder, &["deals", "--json"]).output().unwrap();
    let deal: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    deal["id"].as_str().unwrap().to_owned()
}

#[test]
fn deals_storylines_and_copies() {
    let folder = folder();
    let id = deal(folder.path());
    let runs: &[&[&str]] = &[
        &["deals"],
        &["deals", "--recipient", "SYL", "--format", "csv"],
        &["deals", "--supplier", "SYL"],
        &["deal", &id[..8]],
        &["deal", "w000000"],
        &["stories", "--least", "1"],
        &["copies", "borduria"],
        &["changes", "--since", "2024-05-01"],
        &["changes", "--since", "2024-05-02", "--json"],
    ];
    insta::assert_snapshot!("deals", check(folder.path(), runs));
}

#[test]
fn a_judgement_counts_until_it_is_undone() {
    let folder = folder();
    let (id, claim) =
        (deal(folder.path()), ledger::claim_id(&ledger::document_id(&document()), &claims()[0]));
    let runs: &[&[&str]] = &[
        &["judge", "reject", &claim[..8], "--author", "ada", "--reason", "a joke"],
        &["deals"],
        &["judge", "undo", &claim, "--author", "ada"],
        &["judge", "accept", &id, "--author", "bob"],
        &["deals"],
        &["judge", "merge", "BOR", "Borduria", "--author", "bob"],
        &["actor", "split", "BOR", "Borduria", "--author", "bob"],
        &["judge", "reject", "c0000000"],
        &["relink"],
        &["deals"],
    ];
    insta::assert_snapshot!("judge", check(folder.path(), runs));
    let listed = shown(folder.path(), &["judge", "list", "--json"]);
    assert_eq!(listed.matches("\"author\":\"ada\"").count(), 2, "{listed}");
}

#[test]
fn errors_say_what_to_do() {
    let folder = folder();
    std::fs::write(folder.path().join("bad.whl"), "no wheel").unwrap();
    std::fs::write(folder.path().join("a.txt"), "Borduria sends shells to Syldavia.").unwrap();
    let runs: &[&[&str]] = &[
        &["--ledger", "none.db", "claims"],
        &["--ledger", "bad.whl", "claims"],
        &["ingest", "a.txt"],
        &["ingest", "a.txt", "--model", "missing.whl"],
        &["ingest", "a.txt", "--model", "bad.whl"],
        &["model", "install", "bad.whl"],
        &["model", "list"],
        &["codebook", "check", "--codebook", "nowhere"],
        &["claims", "--kind", "transfers"],
        &["claims", "--since", "yesterday"],
        &["claims", "--no-such-option"],
    ];
    insta::assert_snapshot!("errors", check(folder.path(), runs));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder();
    for args in [&["claims", "--json"][..], &["export", "--format", "csv"], &["completions", "bash"]] {
        let mut child =
            command(folder.path(), args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}: {:?}", output.status);
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}

#[test]
fn colours_are_for_terminals_and_obey_no_color() {
    let folder = folder();
    let plain = command(folder.path(), &["claims"]).output().unwrap().stdout;
    assert!(!plain.contains(&0x1b), "a pipe gets no colours");
    let no_color = command(folder.path(), &["claims"]).env("NO_COLOR", "1").output().unwrap().stdout;
    assert_eq!(plain, no_color);
    let always = command(folder.path(), &["claims", "--color", "always"]).output().unwrap().stdout;
    assert!(always.contains(&0x1b));
}

#[test]
fn completions_name_the_commands() {
    let folder = folder();
    let bash =
        String::from_utf8(command(folder.path(), &["completions", "bash"]).output().unwrap().stdout).unwrap();
    assert!(bash.contains("ingest") && bash.contains("claims"));
}

/// The repository's own model, where it has been fetched (`make model`).
fn model() -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let wheels = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let mut wheels: Vec<_> = wheels.filter(|p| p.extension().is_some_and(|e| e == "whl")).collect();
    wheels.sort();
    Some(wheels.pop()?.to_str()?.to_owned())
}

#[test]
fn articles_become_a_ledger() {
    let Some(model) = model() else {
        std::io::stderr().write_all(b"skipped: no model in models/, run `make model`\n").unwrap();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("news")).unwrap();
    let article = "Ukraine has received 40 howitzers from Poland, the defence ministry in Warsaw said on Monday.\n\nThe guns arrived by train.\n";
    std::fs::write(at.join("news/guns.txt"), article).unwrap();
    std::fs::write(at.join("news/guns-again.txt"), article).unwrap();
    std::fs::write(at.join("news/broken.json"), "{\"text\": ").unwrap();
    let run = |args: &[&str]| {
        let output = command(at, args).env("WAYBILL_MODEL", &model).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, said) = run(&["ingest", "news"]);
    assert_eq!(status, 3, "one input is set aside: {said}");
    assert!(
        said.starts_with("kept 1 documents, ") && said.ends_with(" 1 known before, 1 set aside\n"),
        "{said}"
    );
    let (_, digest) = run(&["stats", "--digest"]);
    let (status, said) = run(&["ingest", "news", "--jobs", "3"]);
    assert_eq!((status, said.as_str()), (3, "kept 0 documents, 0 claims, 2 known before, 1 set aside\n"));
    assert_eq!(run(&["stats", "--digest"]).1, digest, "the same again changes nothing");
    std::fs::remove_file(at.join("news/broken.json")).unwrap();
    std::fs::write(
        at.join("news/broken.json"),
        "{\"text\": \"Nothing more was said in the capital today.\"}",
    )
    .unwrap();
    let (status, said) = run(&["retry"]);
    assert_eq!((status, said.as_str()), (0, "kept 1 documents, 1 not relevant, 0 claims\n"));
    assert!(run(&["show", "broken"]).1.contains("Nothing more was said"), "it is kept all the same");
    assert!(run(&["retry", "--list"]).1.is_empty());
    let (_, from_ledger) = run(&["claims", "--json", "--doc", "guns"]);
    let (_, from_file) = run(&["code", "--json", "news/guns.txt"]);
    assert_eq!(from_ledger.replace("\"doc\":\"guns-again\"", "\"doc\":\"guns\""), from_file);
}
