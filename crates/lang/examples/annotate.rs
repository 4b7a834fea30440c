//! Reads texts as JSON strings, one a line, and writes what a model makes of them as JSON lines.
//!
//! `cargo run --release -p waybill-lang --example annotate MODEL < texts.jsonl > parses.jsonl`
//! This is what `tools/parity/parity.py` compares with spaCy.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};

use lang::{Model, Parse, Workspace};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a model: a wheel or an unpacked folder")?;
    let model = Model::open(path)?;
    let mut workspace = Workspace::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut texts: Vec<String> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        texts.push(serde_json::from_str(&line?)?);
        if texts.len() == 64 {
            write_all(&model, &mut workspace, &mut texts, &mut out)?;
        }
    }
    write_all(&model, &mut workspace, &mut texts, &mut out)?;
    Ok(())
}

fn write_all(
    model: &Model,
    workspace: &mut Workspace,
    texts: &mut Vec<String>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    for parse in model.parse_batch(texts, workspace) {
        serde_json::to_writer(&mut *out, &record(&parse))?;
        out.write_all(b"\n")?;
    }
    texts.clear();
    Ok(())
}

fn record(parse: &Parse) -> serde_json::Value {
    let tokens: Vec<_> = parse
        .token_data()
        .iter()
        .map(|t| json!([t.start, t.end, t.tag, t.pos, t.morph, t.lemma, t.head, t.dep, t.sent_start]))
        .collect();
    let entities: Vec<_> =
        parse.entities().iter().map(|e| json!([e.tokens.start, e.tokens.end, e.label])).collect();
    json!({ "tokens": tokens, "entities": entities })
}
