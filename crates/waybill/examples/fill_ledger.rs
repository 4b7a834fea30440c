//! Makes a ledger of any size to measure the server on: `cargo run --release --example fill_ledger FILE DOCUMENTS CLAIMS`.
//!
//! `CLAIMS` is how many each document makes. Everything follows from the numbers: the same ones give the same ledger.

use std::path::Path;

use ledger::{Coding, CodingKey, Entry, Ledger, Outcome, SqliteLedger};
use model::{
    ActorRef, Block, BlockKind, Category, Claim, Document, Evidence, Factuality, Goods, Kind, Source, Span,
    Stage,
};

/// States that supply and receive.
const STATES: usize = 120;

/// Documents of one transaction.
const BATCH: usize = 500;

/// A number that looks like chance and is none (SplitMix64).
fn chance(seed: u64) -> usize {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 16) as usize
}

fn state(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    ['X', letter(n / 26), letter(n)].iter().collect()
}

fn pick<T: Copy>(all: &[T], n: usize) -> T {
    all[n % all.len()]
}

/// One document of `claims` sentences, each a claim.
fn document(n: usize, claims: usize) -> Entry {
    let day = jiff::civil::date(2015, 1, 1).saturating_add(jiff::Span::new().days((n % 4000) as i64));
    let title = format!("Report {n} on arms");
    let mut text = title.clone();
    let mut blocks = vec![Block { kind: BlockKind::Headline, span: Span::new(0, title.len()) }];
    let mut found = Vec::new();
    for c in 0..claims {
        let seed = (n * 131 + c) as u64;
        let (supplier, recipient) = (state(chance(seed) % STATES), state(chance(seed + 7) % STATES));
        let (stage, factuality) =
            (pick(Stage::ALL, chance(seed + 11)), pick(Factuality::ALL, chance(seed + 13)));
        let category = pick(Category::ALL, chance(seed + 17));
        let speaker = format!("Speaker {}", chance(seed + 19) % 3000);
        let count = chance(seed + 23) % 500;
        let line =
            format!("{speaker} said that {supplier} and {recipient} had {stage} {count} {category} by then.");
        let start = text.len() + 1;
        text.push('\n');
        text.push_str(&line);
        let span = Span::new(start, text.len());
        blocks.push(Block { kind: BlockKind::Paragraph, span });
        let actor = |id: &str| vec![ActorRef { id: id.to_owned(), text: id.to_owned(), span }];
        let goods = Goods {
            text: category.to_string(),
            category,
            quantity: Some(count.to_string()),
            min: Some(count as u64),
            max: Some(count as u64),
            span,
        };
        found.push(Claim {
            supplier: actor(&supplier),
            recipient: actor(&recipient),
            goods: vec![goods],
            stage: Some(stage),
            factuality,
            source: Source { speaker, ..Source::author() },
            evidence: vec![Evidence { text: line, span, block: c as u32 + 1 }],
            ..Claim::new(Kind::Transfer)
        });
    }
    let document = Document {
        doc: format!("report-{n}"),
        url: Some(format!("https://paper.example/{n}")),
        publisher: Some(format!("Paper {}", n % 200)),
        title: Some(title),
        published: Some(day.to_string()),
        language: Some("en".to_owned()),
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        text,
        blocks,
        ..Document::default()
    };
    let key = CodingKey { codebook: "made".to_owned(), model: "made".to_owned() };
    let coding = Coding { key, outcome: Outcome::Coded, claims: found, notes: Vec::new() };
    Entry::Document { document: Box::new(document), coding }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, documents, claims] = args.as_slice() else { return Err("give FILE DOCUMENTS CLAIMS".into()) };
    let (documents, claims): (usize, usize) = (documents.parse()?, claims.parse()?);
    let mut ledger = SqliteLedger::open(Path::new(file))?;
    for first in (0..documents).step_by(BATCH) {
        let batch: Vec<Entry> = (first..documents.min(first + BATCH)).map(|n| document(n, claims)).collect();
        ledger.store(&batch, "2031-01-01T00:00:00Z")?;
    }
    Ok(())
}
