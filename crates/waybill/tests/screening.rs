//! Sanctions lists, screening and embargoes from outside: standard output, standard error and exit status together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use ledger::{Coding, CodingKey, Entry, Ledger, Outcome, SqliteLedger};
use model::{ActorRef, Category, Claim, Document, Evidence, Goods, Kind, Phrase, Source, Span, Stage};

const UN: &str = r#"<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2031-01-02"><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>OTTOKAR</FIRST_NAME><SECOND_NAME>BRANDWEIN</SECOND_NAME><REFERENCE_NUMBER>BOi.001</REFERENCE_NUMBER>
<INDIVIDUAL_DATE_OF_BIRTH><YEAR>1961</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY>
<FIRST_NAME>GREY HERON ARMS TRADING</FIRST_NAME><REFERENCE_NUMBER>BOe.002</REFERENCE_NUMBER></ENTITY></ENTITIES></CONSOLIDATED_LIST>"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("un.xml"), UN).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waybill"));
    let command = command.args(args).current_dir(folder).env_clear().env("HOME", folder).stdin(Stdio::null());
    command.output().unwrap()
}

/// What a run says on standard output, having ended well.
fn said(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a run complains of, having failed.
fn refused(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(1), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_list_is_added_told_and_asked() {
    let folder = folder();
    let folder = folder.path();
    let none = refused(folder, &["screen", "Ottokar Brandwein"]);
    assert!(none.contains("waybill lists add"), "{none}");
    assert_eq!(said(folder, &["lists", "add", "un.xml"]), "added un: 2 entries\n");
    let status: serde_json::Value =
        serde_json::from_str(&said(folder, &["lists", "status", "--json"])).unwrap();
    assert_eq!(
        (&status["name"], &status["entries"], &status["date"]),
        (&"un".into(), &2.into(), &"2031-01-02".into())
    );
    assert_eq!(status["sha256"].as_str().unwrap().len(), 64);
    assert!(folder.join(".local/share/waybill/lists/un.json").exists());
    let told = said(folder, &["screen", "Brandwein, Otokar", "--type", "person", "--born", "1961"]);
    assert!(told.contains("OTTOKAR BRANDWEIN") && told.contains("BOi.001"), "{told}");
    let json = said(folder, &["screen", "Grey Heron Arms Trading Ltd", "Ida Quist", "--json"]);
    let lines: Vec<serde_json::Value> = json.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["hits"][0]["entry"], "BOe.002");
    assert!(lines[0]["hits"][0]["score"].as_f64().unwrap() > 0.5);
    assert_eq!(lines[1]["hits"].as_array().unwrap().len(), 0);
}

#[test]
fn a_wrong_or_cut_off_file_leaves_the_list_as_it_was() {
    let folder = folder();
    let folder = folder.path();
    said(folder, &["lists", "add", "un.xml", "--lists", "kept"]);
    let before = std::fs::read(folder.join("kept/un.json")).unwrap();
    std::fs::write(folder.join("cut.xml"), &UN[..UN.len() - 30]).unwrap();
    std::fs::write(folder.join("login.html"), "<html><body>Log in</body></html>").unwrap();
    for file in ["cut.xml", "login.html", "missing.xml"] {
        let told = refused(folder, &["lists", "add", file, "--lists", "kept"]);
        assert!(told.contains(file), "{told}");
    }
    assert_eq!(std::fs::read(folder.join("kept/un.json")).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.join("kept")).unwrap().count(), 1);
}

#[test]
fn two_versions_of_a_list_are_compared() {
    let folder = folder();
    let folder = folder.path();
    said(folder, &["lists", "add", "un.xml"]);
    let newer = UN.replace("OTTOKAR", "OTTO").replace("BOe.002", "BOe.003");
    std::fs::write(folder.join("newer.xml"), newer).unwrap();
    let diff = said(folder, &["lists", "diff", "un", "newer.xml"]);
    assert!(diff.contains("+ BOe.003") && diff.contains("- BOe.002") && diff.contains("~ BOi.001"), "{diff}");
}

#[test]
fn a_rejected_match_stays_rejected_until_its_entry_changes() {
    let folder = folder();
    let folder = folder.path();
    said(folder, &["lists", "add", "un.xml"]);
    let hits = || {
        let json = said(folder, &["screen", "Otokar Brandwein", "--json"]);
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["hits"].as_array().unwrap().len()
    };
    assert_eq!(hits(), 1);
    let reject = [
        "screen",
        "Otokar Brandwein",
        "--reject",
        "un/BOi.001",
        "--author",
        "ana",
        "--reason",
        "another man",
    ];
    said(folder, &reject);
    assert_eq!(hits(), 0);
    let judged = said(folder, &["judge", "list"]);
    assert!(judged.contains("ana") && judged.contains("another man"), "{judged}");
    std::fs::write(folder.join("un.xml"), UN.replace("1961", "1962")).unwrap();
    said(folder, &["lists", "add", "un.xml"]);
    assert_eq!(hits(), 1, "the entry has changed");
    said(folder, &reject);
    assert_eq!(hits(), 0);
    said(folder, &["screen", "Otokar Brandwein", "--restore", "un/BOi.001"]);
    assert_eq!(hits(), 1, "the judgement was taken back");
}

#[test]
fn names_of_a_file_are_screened() {
    let folder = folder();
    let folder = folder.path();
    said(folder, &["lists", "add", "un.xml"]);
    std::fs::write(
        folder.join("names.csv"),
        "id,name,born,type\n1,Ottokar Brandwein,1961,person\n2,Ottokar Brandwein,1999,person\n3,Mimi Ott,,person\n",
    )
    .unwrap();
    let json = said(folder, &["screen", "--file", "names.csv", "--json"]);
    let scores: Vec<f64> = json
        .lines()
        .map(|l| {
            serde_json::from_str::<serde_json::Value>(l).unwrap()["hits"][0]["score"].as_f64().unwrap_or(0.0)
        })
        .collect();
    assert_eq!(scores.len(), 3);
    assert!(scores[0] > scores[1] && scores[2] == 0.0, "{scores:?}");
}

/// Serves `body` under the length that it says, once for each request, on a port of this machine.
fn serve(body: &'static str, said_bytes: usize, requests: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(requests) {
            let mut stream = stream.unwrap();
            let mut asked = [0; 2048];
            let _ = stream.read(&mut asked).unwrap();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Length: {said_bytes}\r\nConnection: close\r\n\r\n{body}"
            )
            .unwrap();
        }
    });
    format!("http://{address}/un.xml")
}

#[test]
fn a_list_is_fetched_and_a_broken_transfer_refused() {
    let folder = folder();
    let folder = folder.path();
    let whole = serve(UN, UN.len(), 1);
    assert_eq!(said(folder, &["lists", "add", &whole]), "added un: 2 entries\n");
    assert!(said(folder, &["lists", "status"]).contains("127.0.0.1"));
    let broken = serve(UN, UN.len() + 500, 1);
    assert!(refused(folder, &["lists", "add", &broken]).contains("what was kept before stays"));
    let huge = serve(UN, usize::MAX / 2, 1);
    assert!(refused(folder, &["lists", "add", &huge]).contains("bytes"));
    assert!(said(folder, &["lists", "status"]).contains("un"));
}

#[test]
fn embargoes_are_listed_for_a_day_and_a_party() {
    let folder = folder();
    let folder = folder.path();
    let before = run(folder, &["embargoes", "--on", "2006-10-13", "--party", "PRK"]);
    let told = String::from_utf8(before.stdout).unwrap();
    assert!(!told.contains("1718"), "{told}");
    let after = said(folder, &["embargoes", "--on", "2022-09-06", "--party", "PRK"]);
    assert!(after.contains("1718 (2006)") && after.contains("8(b)"), "{after}");
    let json = said(folder, &["embargoes", "--on", "2022-09-06", "--party", "PRK", "--json"]);
    for line in json.lines() {
        let embargo: serde_json::Value = serde_json::from_str(line).unwrap();
        for provision in embargo["provisions"].as_array().unwrap() {
            assert!(!provision["source"].as_str().unwrap().is_empty());
            assert!(!provision["paragraph"].as_str().unwrap().is_empty());
        }
    }
}

const TEXT: &str = "Grey Heron Arms Trading has shipped mortar shells from North Korea to Russia, a trader said.\n\
    Norway called that a violation of the embargo by Russia.\n";

fn actor(id: &str, words: &str) -> Vec<ActorRef> {
    let start = TEXT.find(words).unwrap();
    vec![ActorRef { id: id.to_owned(), text: words.to_owned(), span: Span::new(start, start + words.len()) }]
}

/// A ledger in which a listed firm carries shells from one state to another, and someone calls that a violation.
fn ledger(folder: &Path) {
    let span = |words: &str| {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let evidence = |words: &str, block| vec![Evidence { text: words.to_owned(), span: span(words), block }];
    let shells = Goods {
        text: "mortar shells".to_owned(),
        category: Category::Ammunition,
        quantity: None,
        min: None,
        max: None,
        span: span("mortar shells"),
    };
    let transfer = Claim {
        supplier: actor("PRK", "North Korea"),
        recipient: actor("RUS", "Russia"),
        via: actor("Grey Heron Arms Trading", "Grey Heron Arms Trading"),
        goods: vec![shells],
        stage: Some(Stage::Shipped),
        source: Source { speaker: "a trader".to_owned(), ..Source::author() },
        evidence: evidence("Grey Heron Arms Trading has shipped mortar shells from North Korea to Russia", 0),
        ..Claim::new(Kind::Transfer)
    };
    let violation = Claim {
        actor: actor("RUS", "Russia"),
        instrument: Some(Phrase { text: "the embargo".to_owned(), span: span("the embargo") }),
        source: Source { speaker: "Norway".to_owned(), ..Source::author() },
        evidence: evidence("Norway called that a violation of the embargo by Russia", 1),
        ..Claim::new(Kind::Violation)
    };
    let document =
        Document { published: Some("2023-03-04".to_owned()), ..waybill::plain::document("heron", TEXT) };
    let key = CodingKey { codebook: "book".to_owned(), model: "model".to_owned() };
    let coding = Coding { key, outcome: Outcome::Coded, claims: vec![transfer, violation], notes: vec![] };
    let mut ledger = SqliteLedger::open(&folder.join("waybill.db")).unwrap();
    ledger
        .store(&[Entry::Document { document: Box::new(document), coding }], "2023-03-05T08:00:00Z")
        .unwrap();
}

#[test]
fn a_deal_tells_what_it_touches_and_who_is_listed() {
    let folder = folder();
    let folder = folder.path();
    ledger(folder);
    let bare: serde_json::Value = serde_json::from_str(&said(folder, &["deals", "--json"])).unwrap();
    assert_eq!(bare["screened"], serde_json::Value::Null);
    said(folder, &["lists", "add", "un.xml"]);
    let deal: serde_json::Value = serde_json::from_str(&said(folder, &["deals", "--json"])).unwrap();
    let touches = deal["touches"].as_array().unwrap();
    let un = touches.iter().find(|t| t["embargo"] == "un-north-korea").unwrap();
    assert!(un["why"].as_str().unwrap().starts_with("RUS is the recipient of ammunition from PRK"), "{un}");
    assert_eq!(un["as_of"]["of"], "claim");
    assert_eq!(deal["called_violations"][0]["speaker"], "Norway");
    assert_eq!(deal["screened"][0]["hits"][0]["entry"], "BOe.002");
    let id = deal["id"].as_str().unwrap();
    let shown = said(folder, &["deal", id]);
    for words in
        ["touches", "1718 (2006)", "called a violation", "Norway: the embargo", "GREY HERON ARMS TRADING"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    said(folder, &["screen", "Grey Heron Arms Trading", "--reject", "un/BOe.002"]);
    let deal: serde_json::Value = serde_json::from_str(&said(folder, &["deals", "--json"])).unwrap();
    assert_eq!(deal["screened"][0]["hits"].as_array().unwrap().len(), 0, "rejected");
}
