//! Writes the attributions of a split of PolNeAR as `score_polnear.py` reads them.
//!
//! `cargo run --release -p waybill-code --example polnear -- SPLIT [KEPT [WEIGHTS [THRESHOLD]]] > predictions.jsonl`; parses are kept in KEPT,
//! weights read from WEIGHTS.

#[path = "support/mod.rs"]
mod support;

use std::io::Write;
use std::path::Path;

use code::attribution::{Models, attribute_with};
use code::text::{Place, Text};
use code::{Codebook, mentions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let split = args.first().ok_or("name a split of PolNeAR")?;
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
    let all = support::load(&Path::new(split).join("text"), args.get(1).map(Path::new))?;
    let started = std::time::Instant::now();
    for parsed in &all {
        let text = Text::new(&parsed.document, &parsed.parses);
        let (cast, _) = mentions::find(&text, Codebook::shared());
        let (attributions, _) = attribute_with(&text, &cast, &Codebook::shared().cues, models);
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
                let (cue, content) = (pairs(&a.cue), pairs(&a.content));
                let actor = a.actor.map(|i| (&cast.actors[i].id, &cast.actors[i].affiliation));
                let how = format!("{:?}", (actor, a.stance, a.negated, a.basis, a.directness, &a.chain));
                let statement = a.is_statement();
                [
                    format!("{{\"source\":{source},\"cue\":{cue},\"content\":{content}"),
                    format!("\"how\":{how:?},\"statement\":{statement}}}"),
                ]
                .join(",")
            })
            .collect();
        writeln!(out, "{{\"id\":{:?},\"attributions\":[{}]}}", parsed.id, lines.join(","))?;
    }
    writeln!(std::io::stderr(), "{} texts in {:?}", all.len(), started.elapsed())?;
    Ok(())
}
