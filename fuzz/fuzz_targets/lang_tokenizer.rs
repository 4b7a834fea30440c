//! Tokenizes any text with the rules of the tiny model, of which the input may replace one expression,
//! and with those of the wheel that LANG_MODEL names, where it is set.
#![no_main]

#[path = "../../crates/lang/tests/tiny/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod tiny;

use std::sync::LazyLock;

use lang::Model;
use libfuzzer_sys::fuzz_target;

static TINY: LazyLock<Model> = LazyLock::new(|| open(None));
static REAL: LazyLock<Option<Model>> =
    LazyLock::new(|| std::env::var_os("LANG_MODEL").map(|path| Model::open(path).expect("LANG_MODEL")));

fuzz_target!(|data: &[u8]| {
    let [how, rest @ ..] = data else { return };
    let rest = String::from_utf8_lossy(rest);
    if how % 4 == 0
        && let Some((pattern, text)) = rest.split_once('\0')
    {
        let field =
            ["prefix_search", "suffix_search", "infix_finditer", "url_match"][usize::from(how / 4) % 4];
        let tokenizer = tiny::map(vec![(field, tiny::text(pattern))]).bytes();
        if let Some(model) = try_open(Some(tokenizer)) {
            check(&model, text);
        }
        return;
    }
    check(&TINY, &rest);
    if let Some(real) = &*REAL {
        check(real, &rest);
    }
});

fn check(model: &Model, text: &str) {
    let mut end = 0;
    for token in model.tokenize(text) {
        assert!(matches!(&text[end..token.start], "" | " ") && !token.is_empty());
        end = token.end;
    }
    assert!(matches!(&text[end..], "" | " "));
}

fn try_open(tokenizer: Option<Vec<u8>>) -> Option<Model> {
    let mut files = tiny::files();
    files.insert("config.cfg".into(), b"[nlp]\nlang = \"en\"\npipeline = []\n".into());
    files.extend(tokenizer.map(|bytes| ("tokenizer".to_owned(), bytes)));
    Model::from_wheel(tiny::wheel(&files, zip::CompressionMethod::Stored)).ok()
}

fn open(tokenizer: Option<Vec<u8>>) -> Model {
    try_open(tokenizer).expect("the tiny model")
}
