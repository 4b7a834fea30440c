//! Identifiers that follow from content: the same content has the same one in every ledger.

use model::{Block, Claim, Document};
use serde::Serialize;

/// Hexadecimal digits of an identifier: 80 bits, so that a billion documents meet by chance once in two million.
const DIGITS: usize = 20;

/// What makes a document the document that it is: all but the name of the file that it came in.
#[derive(Serialize)]
struct Content<'a> {
    url: &'a Option<String>,
    publisher: &'a Option<String>,
    title: &'a Option<String>,
    author: &'a Option<String>,
    published: &'a Option<String>,
    text: &'a str,
    blocks: &'a [Block],
}

/// The identifier of a document: `d` and twenty hexadecimal digits.
///
/// Two files with the same content are one document; the same text at two addresses is two, for a copy is a finding.
pub fn document_id(document: &Document) -> String {
    let Document { url, publisher, title, author, published, text, blocks, .. } = document;
    let content = Content { url, publisher, title, author, published, text, blocks };
    hashed('d', &[&json(&content)])
}

/// The identifier of a claim of the document `document`: `c` and twenty hexadecimal digits.
///
/// It covers every slot, so that a judgement is about what was judged: a claim that is coded otherwise is another.
pub fn claim_id(document: &str, claim: &Claim) -> String {
    hashed('c', &[document.as_bytes(), &json(claim)])
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Plain structs of strings and numbers always serialise.
    serde_json::to_vec(value).unwrap_or_default()
}

fn hashed(letter: char, parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let hex = hasher.finalize().to_hex();
    format!("{letter}{}", &hex[..DIGITS])
}
