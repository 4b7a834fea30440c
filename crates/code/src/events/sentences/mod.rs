//! Sentences with the claims that must be read from them, a table for each kind, stage and factuality.
//!
//! A row is a sentence and its claims, joined by `; `, each as `transfer SUPPLIER→RECIPIENT goods stage factuality`,
//! `measure IMPOSER⊣TARGET action factuality`, `violation ACTOR factuality`, `contact PARTIES factuality` or
//! `shortage ACTOR goods factuality`, with ` by SPEAKER` where it is not the author. No claim is the empty string.

mod anew;
mod bills;
mod briefs;
mod bulletins;
mod constructions;
mod denied;
mod digests;
mod factuality;
mod governments;
mod institutions;
mod kinds;
mod news;
mod releases;
mod stages;
mod wires;

use std::path::Path;
use std::sync::OnceLock;

use lang::Model;
use model::{ActorRef, Block, BlockKind, Claim, Document, Kind, Span};

use crate::{Codebook, Coder};

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let wheel = std::fs::read_dir(&folder).ok().and_then(|files| {
            files.flatten().map(|f| f.path()).find(|p| p.extension().is_some_and(|e| e == "whl"))
        });
        let wheel =
            wheel.unwrap_or_else(|| panic!("no language model in {}: run `make model`", folder.display()));
        Model::open(&wheel).unwrap_or_else(|e| panic!("{e}"))
    })
}

fn ids(slot: &[ActorRef]) -> String {
    slot.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join(",")
}

fn goods(claim: &Claim) -> String {
    let mut found: Vec<&str> = claim.goods.iter().map(|g| g.category.as_str()).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { "-".to_owned() } else { found.join(",") }
}

fn line(claim: &Claim) -> String {
    let c = claim;
    let words = match c.kind {
        Kind::Transfer => format!(
            "{}→{} {} {}",
            ids(&c.supplier),
            ids(&c.recipient),
            goods(c),
            c.stage.map_or("-", model::Stage::as_str)
        ),
        Kind::Measure => {
            format!("{}⊣{} {}", ids(&c.imposer), ids(&c.target), c.action.map_or("-", model::Action::as_str))
        }
        Kind::Violation => ids(&c.actor),
        Kind::Contact => {
            let mut parties: Vec<&str> = c.parties.iter().map(|p| p.id.as_str()).collect();
            parties.sort_unstable();
            parties.join(",")
        }
        Kind::Shortage => format!("{} {}", ids(&c.actor), goods(c)),
    };
    let by = match c.source.speaker.as_str() {
        "author" => String::new(),
        speaker => format!(" by {speaker}"),
    };
    format!("{} {words} {}{by}", c.kind, c.factuality)
}

/// The claims of a document that consists of `paragraphs` (`# ` opens a headline), published on 14 March 2023 by `publisher`.
fn claims(publisher: Option<&str>, paragraphs: &str) -> Vec<String> {
    let published = Some("2023-03-14".to_owned());
    let publisher = publisher.map(str::to_owned);
    let mut document = Document { published, publisher, ..Document::default() };
    for words in paragraphs.split('\n') {
        let start = document.text.len();
        let (kind, words) = match words.strip_prefix("# ") {
            Some(title) => (BlockKind::Headline, title),
            None => (BlockKind::Paragraph, words),
        };
        document.text.push_str(words);
        document.blocks.push(Block { kind, span: Span::new(start, start + words.len()) });
        document.text.push('\n');
    }
    let parses: Vec<_> = document
        .blocks
        .iter()
        .map(|b| Some(model().parse(crate::text::told(document.block_text(b)))))
        .collect();
    let coder = Coder::new(Codebook::shared());
    coder.code(&document, &parses).claims.iter().map(line).collect()
}

/// Checks every row of a table, and shows all rows that are read otherwise.
fn check(rows: &[(&str, &str)]) {
    check_rows(None, rows);
}

/// The same for releases of `publisher`.
fn check_of(publisher: &str, rows: &[(&str, &str)]) {
    check_rows(Some(publisher), rows);
}

fn check_rows(publisher: Option<&str>, rows: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (words, expected) in rows {
        let mut got = claims(publisher, words);
        let mut want: Vec<String> =
            expected.split("; ").filter(|w| !w.is_empty()).map(str::to_owned).collect();
        got.sort();
        want.sort();
        if got != want {
            wrong.push_str(&format!("{words}\n  want {}\n  got  {}\n", want.join("; "), got.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
