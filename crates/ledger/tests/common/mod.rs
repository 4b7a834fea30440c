//! Documents and claims to fill ledgers with.

#![allow(dead_code, reason = "each test file uses some of this")]

use ledger::{Coding, CodingKey, Entry, Outcome};
use model::{
    ActorRef, Block, BlockKind, Category, Claim, Document, Evidence, Goods, Kind, Note, Source, Span, Stage,
    When,
};

pub(crate) const DAY: &str = "2024-05-01T10:00:00Z";

pub(crate) fn key(codebook: &str) -> CodingKey {
    CodingKey { codebook: codebook.to_owned(), model: "small-1".to_owned() }
}

/// A document of a title and one paragraph.
pub(crate) fn document(doc: &str, title: &str, body: &str) -> Document {
    let text = format!("{title}\n{body}");
    let blocks = vec![
        Block { kind: BlockKind::Headline, span: Span::new(0, title.len()) },
        Block { kind: BlockKind::Paragraph, span: Span::new(title.len() + 1, text.len()) },
    ];
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let title = Some(title.to_owned());
    Document { doc: doc.to_owned(), title, text, blocks, hash, ..Document::default() }
}

/// That the whole body says that `supplier` has got so far with shells for `recipient`.
pub(crate) fn transfer(document: &Document, supplier: &str, recipient: &str, stage: Stage) -> Claim {
    let span = document.blocks[1].span;
    let actor = |id: &str| vec![ActorRef { id: id.to_owned(), text: id.to_owned(), span }];
    let goods = Goods {
        text: "shells".to_owned(),
        category: Category::Ammunition,
        quantity: Some("2,000".to_owned()),
        min: Some(2000),
        max: Some(2000),
        span,
    };
    Claim {
        supplier: actor(supplier),
        recipient: actor(recipient),
        goods: vec![goods],
        stage: Some(stage),
        when: Some(When { text: "in May".to_owned(), start: Some("2024-05-01".to_owned()), end: None, span }),
        source: Source {
            speaker: "Ada Poe".to_owned(),
            affiliation: Some("FRA".to_owned()),
            ..Source::author()
        },
        evidence: vec![Evidence { text: span.of(&document.text).to_owned(), span, block: 1 }],
        ..Claim::new(Kind::Transfer)
    }
}

pub(crate) fn coding(key: CodingKey, claims: Vec<Claim>) -> Coding {
    let notes = vec![Note { message: "a quote without a speaker".to_owned(), span: None }];
    Coding { key, outcome: Outcome::Coded, claims, notes }
}

/// A document with one claim of a transfer, as an entry.
pub(crate) fn entry(number: usize) -> Entry {
    let (supplier, stage) =
        [("PRK", Stage::Sought), ("IRN", Stage::Delivered), ("KOR", Stage::Agreed)][number % 3];
    let body = format!(
        "Shipment {number} of shells from {supplier} was told of. {}",
        "More is known. ".repeat(number)
    );
    let mut document = document(&format!("doc-{number}"), &format!("Shells – part {number}"), &body);
    document.url = Some(format!("https://paper.example/{number}"));
    document.publisher = Some("The Paper".to_owned());
    document.published = Some(format!("2024-05-{:02}", number % 28 + 1));
    let claims = vec![transfer(&document, supplier, "RUS", stage)];
    Entry::Document { document: document.into(), coding: coding(key("book-1"), claims) }
}

pub(crate) fn entries(count: usize) -> Vec<Entry> {
    (0..count).map(entry).collect()
}
