//! What spaCy 3.8 with en_core_web_sm 3.8.0 says of sentences written for this project.
//!
//! `frozen.jsonl` is written by `tools/parity/freeze.py`; no Python is needed to run this.

use std::path::{Path, PathBuf};

use lang::{Model, Parse, Workspace};
use serde_json::{Value, json};

/// The fetched wheel of the small English model.
fn wheel() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let wheels = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let named =
        |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("en_core_web_sm"));
    let found = wheels.filter(|p| p.extension().is_some_and(|e| e == "whl")).find(named);
    found.unwrap_or_else(|| panic!("there is no en_core_web_sm*.whl in {}: run make model", folder.display()))
}

fn frozen() -> Vec<Value> {
    include_str!("frozen.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn record(parse: &Parse) -> Value {
    let tokens: Vec<Value> = parse
        .token_data()
        .iter()
        .map(|t| json!([t.start, t.end, t.tag, t.pos, t.morph, t.lemma, t.head, t.dep, t.sent_start]))
        .collect();
    let entities: Vec<Value> =
        parse.entities().iter().map(|e| json!([e.tokens.start, e.tokens.end, e.label])).collect();
    json!({ "text": parse.text(), "tokens": tokens, "entities": entities })
}

#[test]
fn every_annotation_is_spacys() {
    let model = Model::open(wheel()).unwrap();
    assert_eq!((model.meta().lang.as_str(), model.meta().version.as_str()), ("en", "3.8.0"));
    for expected in frozen() {
        let parse = model.parse(expected["text"].as_str().unwrap());
        assert_eq!(record(&parse), expected);
    }
}

#[test]
fn batches_threads_and_order_change_nothing() {
    let model = Model::open(wheel()).unwrap();
    let frozen = frozen();
    let texts: Vec<&str> = frozen.iter().map(|r| r["text"].as_str().unwrap()).collect();
    let alone: Vec<Parse> = texts.iter().map(|text| model.parse(text)).collect();
    let together = model.parse_batch(&texts, &mut Workspace::default());
    assert_eq!(alone, together);
    let backwards: Vec<&str> = texts.iter().rev().copied().collect();
    let threads: Vec<Vec<Parse>> = std::thread::scope(|scope| {
        let work = || model.parse_batch(&backwards, &mut Workspace::default());
        let handles: Vec<_> = (0..3).map(|_| scope.spawn(work)).collect();
        handles.into_iter().map(|h| h.join().unwrap()).collect()
    });
    for mut parses in threads {
        parses.reverse();
        assert_eq!(alone, parses);
    }
}

#[test]
fn odd_texts_go_through_with_exact_offsets() {
    let model = Model::open(wheel()).unwrap();
    let long_word = "x".repeat(20_000);
    let long_line = "((a-b)) ".repeat(300);
    let texts = [
        "",
        " ",
        "\n\n\t\u{1c}\u{85}\u{2028}",
        "\0\u{1}\u{7f}",
        "👩‍👩‍👧🇺🇦e\u{301}",
        "שלום עולם، مرحبا بالعالم",
        "\u{feff}a\u{200b}b\u{202e}c",
        &long_word,
        &long_line,
    ];
    for text in texts {
        let parse = model.parse(text);
        assert_eq!(parse.text(), text);
        let mut end = 0;
        for token in parse.tokens() {
            let range = token.range();
            assert!(matches!(&text[end..range.start], "" | " "), "{text:.40?}");
            assert!(!token.text().is_empty() && !token.dep().is_empty());
            end = range.end;
        }
        assert!(matches!(&text[end..], "" | " "), "{text:.40?}");
    }
}
