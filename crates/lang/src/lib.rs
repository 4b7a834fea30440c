//! spaCy's CNN pipelines in pure Rust: tokens, sentences, tags, lemmas, heads, labels, entities.

mod arc_eager;
mod biluo;
mod chars;
mod config;
mod error;
mod hash;
mod labels;
mod lemmatizer;
mod lexicon;
mod load;
mod model;
mod msgpack;
mod nn;
mod notes;
mod parse;
mod pattern;
mod render;
mod ruler;
mod tagger;
mod tok2vec;
mod tokenizer;
mod transition;
mod vectors;
mod wheel;

pub use error::LangError;
pub use model::{Meta, Model, Workspace};
pub use parse::{Entity, Parse, Sentence, Token, TokenData};
