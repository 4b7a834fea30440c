//! spaCy's CNN pipelines in pure Rust: tokens, sentences, tags, lemmas, heads, labels, entities.

mod parse;

pub use parse::{Entity, Parse, Sentence, Token, TokenData};
