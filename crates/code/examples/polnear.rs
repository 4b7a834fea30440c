//! Writes the attributions of a split of PolNeAR as `score_polnear.py` reads them.
//!
//! `cargo run --release -p waybill-code --example polnear -- SPLIT DUMP [WEIGHTS [THRESHOLD]] > predictions.jsonl`

#[path = "support/mod.rs"]
mod support;

use std::io::Write;
use std::path::Path;

use code::Codebook;
use code::attribution::{Models, attribute_with};
use code::mentions::Cast;
use code::text::{Place, Text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [split, dump, ..] = args.as_slice() else {
        return Err("SPLIT DUMP [WEIGHTS [THRESHOLD]]".into());
    };
    let own;
    let models = match args.get(2) {
        None => Models::shared(),
        Some(dir) => {
            let read = |name: &str| std::fs::read_to_string(Path::new(dir).join(name));
            let mut models = Models::read(&read("cues.txt")?, &read("sources.txt")?, &read("contents.txt")?);
            if let Some(threshold) = args.get(3) {
                models.threshold = threshold.parse()?;
            }
            own = models;
            &own
        }
    };
    let mut out = std::io::stdout().lock();
    let all = support::load(&Path::new(split).join("text"), Path::new(dump))?;
    let started = std::time::Instant::now();
    for parsed in &all {
        let text = Text::new(&parsed.document, &parsed.parses);
        let (attributions, _) = attribute_with(&text, &Cast::default(), &Codebook::shared().cues, models);
        let pairs = |places: &[Place]| -> String {
            let pair = |p: &Place| {
                let span = text.blocks[p.at].span(p.tokens());
                let char = |byte| parsed.document.char_offset(byte);
                format!("[{},{}]", char(span.start), char(span.end))
            };
            format!("[{}]", places.iter().map(pair).collect::<Vec<_>>().join(","))
        };
        let lines: Vec<String> = attributions
            .iter()
            .map(|a| {
                let source = a.source.as_ref().map_or("null".to_owned(), |s| pairs(std::slice::from_ref(s)));
                format!("{{\"source\":{source},\"cue\":{},\"content\":{}}}", pairs(&a.cue), pairs(&a.content))
            })
            .collect();
        writeln!(out, "{{\"id\":{:?},\"attributions\":[{}]}}", parsed.id, lines.join(","))?;
    }
    writeln!(std::io::stderr(), "{} texts in {:?}", all.len(), started.elapsed())?;
    Ok(())
}
