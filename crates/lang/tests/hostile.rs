//! Damaged and hostile models are errors, and whatever opens can parse anything.

mod tiny;

use lang::{LangError, Model};
use proptest::prelude::*;
use zip::CompressionMethod::{Deflated, Stored};

const TEXT: &str = "Don't (ab tanks) a.m. 10km-a l'eau :-) x@y.org...\n\n  Second-hand\tshells.";

/// Opens a wheel with the file `name` replaced by `bytes`.
fn open_with(name: &str, bytes: Vec<u8>) -> Result<Model, LangError> {
    let mut files = tiny::files();
    files.insert(name.to_owned(), bytes);
    Model::from_wheel(tiny::wheel(&files, Stored))
}

/// Checks that the file `name` with the content `bytes` is refused with words that contain `message`.
fn refuse(name: &str, bytes: impl Into<Vec<u8>>, message: &str) {
    let error = open_with(name, bytes.into()).expect_err("a damaged model").to_string();
    assert!(error.contains(message), "{name}: {error}");
}

fn config(pipeline: &str) -> String {
    format!("[nlp]\nlang = \"en\"\npipeline = [{pipeline}]\n[components.lemmatizer]\nmode = \"lookup\"\n")
}

/// Checks the offsets of all tokens and that heads, sentences and entities are in range.
fn check_parse(model: &Model, text: &str) {
    let parse = model.parse(text);
    assert_eq!(parse.text(), text);
    let mut end = 0;
    for token in parse.tokens() {
        assert!(matches!(&text[end..token.range().start], "" | " "), "{text:?}");
        assert!(!token.text().is_empty());
        assert!(token.head().index() < parse.len());
        end = token.range().end;
    }
    assert!(matches!(&text[end..], "" | " "), "{text:?}");
    assert!(parse.entities().iter().all(|e| e.tokens.start < e.tokens.end && e.tokens.end <= parse.len()));
    assert_eq!(parse.sentences().map(|s| s.range().len()).sum::<usize>(), parse.len());
    let ranges: Vec<_> = parse.tokens().map(|t| t.range()).collect();
    assert_eq!(model.tokenize(text), ranges);
}

#[test]
fn the_tiny_model_parses() {
    let model = Model::from_wheel(tiny::wheel(&tiny::files(), Deflated)).unwrap();
    check_parse(&model, TEXT);
    let parse = model.parse("(don't) \"tanks...\"  a.m.");
    let words: Vec<&str> = parse.tokens().map(|t| t.text()).collect();
    assert_eq!(words, ["(", "do", "n't", ")", "\"", "tanks", "...", "\"", " ", "a.m."]);
    assert_eq!(parse.token(5).lemma(), "tank");
}

#[test]
fn what_cannot_be_run_is_refused_by_name() {
    let transformer = config("\"tok2vec\", \"transformer\"");
    let error = open_with("config.cfg", transformer.into()).unwrap_err().to_string();
    assert_eq!(error, "component `transformer` of this model is not supported");
    let renamed = format!("{}[components.x]\nfactory = \"textcat\"\n", config("\"x\""));
    refuse("config.cfg", renamed, "component `textcat` of this model is not supported");
    refuse("parser/cfg", "{\"beam_width\": 8}", "a beam of 8");
    let spanish = config("\"lemmatizer\"").replace("\"en\"", "\"es\"").replace("lookup", "rule");
    refuse("config.cfg", spanish, "the lemmatizer");
    let tokenizer = format!("{}[nlp.tokenizer]\n@tokenizers = \"spacy.zh.ChineseTokenizer\"\n", config(""));
    refuse("config.cfg", tokenizer, "spacy.zh.ChineseTokenizer");
}

#[test]
fn paths_do_not_lead_out() {
    refuse("config.cfg", config("\"../../etc\""), "../../etc");
    refuse("config.cfg", config("\"a\\\\b\""), "a\\\\b");
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    refuse("tagger/model", tiny::graph(&tiny::classifier(3, 5)), "does not fit");
    refuse("tagger/model", tiny::graph(&tiny::classifier(4, 4)), "4 outputs");
    refuse("parser/model", tiny::graph(&tiny::moves(8, 6)), "6 moves");
    refuse("parser/model", tiny::graph(&tiny::moves(9, 7)), "9 state tokens");
    refuse("ner/moves", tiny::map(vec![]).bytes(), "no moves");
    let mut nodes = tiny::embedding();
    nodes[1].params[0].1 = vec![7, 5];
    refuse("tok2vec/model", tiny::graph(&nodes), "do not fit");
    nodes[1].params[0].1 = vec![0, 4];
    refuse("tok2vec/model", tiny::graph(&nodes), "not an array");
    let mut nodes = tiny::embedding();
    nodes[6].params[0].1 = vec![4, 2, 13];
    refuse("tok2vec/model", tiny::graph(&nodes), "width");
    nodes.truncate(4);
    refuse("tok2vec/model", tiny::graph(&nodes), "normalization");
}

#[test]
fn truncated_files_are_refused() {
    for (name, bytes) in tiny::files() {
        for cut in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let opened = open_with(&name, bytes[..cut].to_vec());
            // A shorter configuration may still be one, and no norms at all are allowed.
            if name != "config.cfg" && !(name == "vocab/lookups.bin" && cut == 0) {
                assert!(opened.is_err(), "{name} cut to {cut}");
            } else if let Ok(model) = opened {
                check_parse(&model, TEXT);
            }
        }
    }
}

#[test]
fn truncated_wheels_are_refused() {
    let wheel = tiny::wheel(&tiny::files(), Deflated);
    for cut in (0..wheel.len()).step_by(97) {
        assert!(Model::from_wheel(wheel[..cut].to_vec()).is_err(), "{cut}");
    }
}

#[test]
fn bombs_are_not_unpacked() {
    let mut files = tiny::files();
    files.insert("tok2vec/model".into(), vec![0; 65 << 20]);
    let error = Model::from_wheel(tiny::wheel(&files, Deflated)).unwrap_err();
    assert!(matches!(error, LangError::TooLarge { .. }), "{error}");
}

#[test]
fn folders_open_too_and_missing_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in tiny::files() {
        let path = folder.path().join("a/b").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    check_parse(&Model::open(folder.path()).unwrap(), TEXT);
    std::fs::remove_file(folder.path().join("a/b/ner/moves")).unwrap();
    let error = Model::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("ner/moves"), "{error}");
    assert!(matches!(Model::open(folder.path().join("nothing")), Err(LangError::Io { .. })));
}

#[test]
fn affixes_that_match_elsewhere_cut_whole_characters() {
    for field in ["prefix_search", "suffix_search"] {
        for (pattern, text) in [("\u{fffd}", "\u{fffd}%\u{4}"), ("%", "a%é€"), ("é€", "é€%"), ("%%", "€%%é")]
        {
            let tokenizer = tiny::map(vec![(field, tiny::text(pattern))]).bytes();
            check_parse(&open_with("tokenizer", tokenizer).unwrap(), text);
        }
    }
}

#[test]
fn a_network_without_an_upper_layer_scores_with_the_lower_one() {
    let mut nodes = tiny::moves(8, 7);
    nodes[1].params = vec![("W", vec![8, 7, 2, 4]), ("b", vec![7, 2]), ("pad", vec![1, 8, 7, 2])];
    nodes[2] = tiny::Node { name: "noop", ..tiny::Node::default() };
    check_parse(&open_with("parser/model", tiny::graph(&nodes)).unwrap(), TEXT);
    nodes[1].params[0].1 = vec![8, 6, 2, 4];
    refuse("parser/model", tiny::graph(&nodes), "do not fit");
}

#[test]
fn a_first_token_put_together_again_is_not_known_to_start_a_sentence() {
    let model = open_with("config.cfg", config("").into()).unwrap();
    let first = |text: &str| model.parse(text).token_data()[0].sent_start;
    assert!(first("tanks") && first("don't") && !first(" "));
}

#[test]
fn sizes_that_lie_are_refused() {
    let npy = |shape: &str| {
        let head = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((head.len() as u16).to_le_bytes());
        [bytes, head.into_bytes(), vec![0; 24]].concat()
    };
    refuse("vocab/vectors", npy("4294967296, 4294967296"), "does not fit its shape");
    refuse("vocab/vectors", npy("3, 3"), "does not fit its shape");
    refuse("vocab/vectors", npy("6"), "two dimensions");
    refuse("vocab/vectors", npy("3, 2"), "vocab/key2row");
    // A list of four thousand million items, in five bytes.
    refuse("attribute_ruler/patterns", [0xdd, 255, 255, 255, 255], "larger than what is left");
    refuse("tagger/model", [0xdf, 255, 255, 255, 255], "larger than what is left");
    let mut wheel = tiny::wheel(&tiny::files(), Stored);
    // The size in the archive's list of files: 20 and 24 bytes after the mark of an entry.
    let at = wheel.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    wheel[at + 20..at + 28].copy_from_slice(&[0xf0, 255, 255, 255, 0xf0, 255, 255, 255]);
    assert!(Model::from_wheel(wheel).is_err());
}

#[test]
fn names_in_a_wheel_that_lead_out_write_nothing() {
    let files = tiny::files();
    for prefix in ["../../", "/", "..\\", "a/../../b/", "C:/"] {
        let named = files.iter().map(|(name, bytes)| (format!("{prefix}{name}"), bytes.clone())).collect();
        // Whether such a wheel opens does not matter: it is only ever read.
        if let Ok(model) = Model::from_wheel(tiny::wheel(&named, Stored)) {
            check_parse(&model, TEXT);
        }
    }
}

#[test]
fn a_megabyte_in_one_line_goes_through() {
    let model = Model::from_wheel(tiny::wheel(&tiny::files(), Stored)).unwrap();
    for part in ["x", "(", "don't ", ":-)", "שלום ", "😀", "a-", "\u{1}\u{a0}"] {
        let text = part.repeat((1 << 20) / part.len());
        let tokens = model.tokenize(&text);
        assert_eq!(tokens.last().map(|t| t.end), Some(text.trim_end_matches(' ').len()), "{part:?}");
    }
    check_parse(&model, &"Six (old) tanks don't move. ".repeat(2_000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_models_never_panic(
        file in 0usize..15,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        text in "[a-c(.'\n ]{0,20}",
    ) {
        let (name, mut bytes) = tiny::files().into_iter().nth(file).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(model) = open_with(&name, bytes) {
            check_parse(&model, &text);
        }
    }

    #[test]
    fn any_text_is_tokenized(texts in prop::collection::vec("[a-z0-9.()'\" \n:-]{0,12}|\\PC{0,6}|\\s{0,3}", 0..8)) {
        let model = Model::from_wheel(tiny::wheel(&tiny::files(), Stored)).unwrap();
        check_parse(&model, &texts.concat());
    }
}
