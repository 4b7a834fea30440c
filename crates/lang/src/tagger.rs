//! Components that give every token the best of a list of labels: tagger, morphologizer, senter.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::error::LangError;
use crate::labels::{Label, Labels};
use crate::nn::graph::Graph;
use crate::nn::kernel::Isa;
use crate::nn::layers::{Linear, Rows};
use crate::notes::Notes;
use crate::ruler::normal_morph;
use crate::tok2vec::Tok2Vec;
use crate::vectors::Vectors;

/// A linear layer over word vectors whose largest output is the answer.
#[derive(Debug)]
pub(crate) struct Classifier {
    /// The embedding of its own, where it does not use the pipeline's.
    pub(crate) tok2vec: Option<Tok2Vec>,
    output: Linear,
}

impl Classifier {
    /// Reads a tagger's model, which must have `classes` outputs.
    pub(crate) fn read(graph: &Graph<'_>, vectors: &Vectors, classes: usize) -> Result<Self, LangError> {
        let tok2vec = Tok2Vec::read(graph, vectors)?;
        let output = graph.reference(0, "softmax").or_else(|| graph.named("softmax").first().copied());
        let output = output.ok_or_else(|| graph.error("there is no output layer"))?;
        let output = Linear::read(graph, output)?;
        if output.outputs() != classes {
            let why = format!("it has {} outputs, but there are {classes} labels", output.outputs());
            return Err(graph.error(why));
        }
        let classifier = Classifier { tok2vec, output };
        if let Some(own) = &classifier.tok2vec {
            classifier.check_width(graph, own.width())?;
        }
        Ok(classifier)
    }

    /// Checks that it takes vectors of `width` numbers.
    pub(crate) fn check_width(&self, graph: &Graph<'_>, width: usize) -> Result<(), LangError> {
        if self.output.inputs() != width {
            return Err(graph.error("it does not fit the pipeline's embedding"));
        }
        Ok(())
    }

    /// The number of the best class for every row of `vectors`; the first of equals.
    pub(crate) fn classes(&self, isa: Isa, vectors: &[f32], scores: &mut Vec<f32>, out: &mut Vec<u32>) {
        let width = self.output.inputs();
        self.output.apply(isa, Rows { data: vectors, stride: width, len: vectors.len() / width }, scores);
        out.clear();
        out.extend(scores.chunks_exact(self.output.outputs()).map(|scores| {
            let mut best = 0;
            for (i, score) in scores.iter().enumerate() {
                if *score > scores[best] {
                    best = i;
                }
            }
            best as u32
        }));
    }
}

/// What a class of a tagger or morphologizer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A fine tag.
    Tag(Label),
    /// Morphology and part of speech.
    Morph(Label, Label),
    /// Whether a sentence starts.
    Start(bool),
}

/// A classifier with the meaning of its classes.
#[derive(Debug)]
pub(crate) struct Tagger {
    pub(crate) classifier: Classifier,
    pub(crate) meanings: Vec<Meaning>,
    /// Whether it replaces what is set.
    pub(crate) overwrite: bool,
}

impl Tagger {
    /// Writes the answers for one document.
    pub(crate) fn put(&self, classes: &[u32], notes: &mut Notes) {
        for (at, &class) in classes.iter().enumerate() {
            match self.meanings[class as usize] {
                Meaning::Tag(tag) if notes.tag[at] == 0 || self.overwrite => notes.tag[at] = tag,
                Meaning::Morph(morph, pos) => {
                    if notes.morph[at] == 0 || self.overwrite {
                        notes.morph[at] = morph;
                    }
                    if notes.pos[at] == 0 || self.overwrite {
                        notes.pos[at] = pos;
                    }
                }
                Meaning::Start(start) if notes.start[at] == 0 || self.overwrite => {
                    notes.start[at] = if start { 1 } else { -1 };
                }
                _ => {}
            }
        }
    }
}

/// The labels in a tagger's `cfg`.
pub(crate) fn read_tags(cfg: &[u8], file: &str, labels: &mut Labels) -> Result<Vec<Meaning>, LangError> {
    let cfg = read_cfg(cfg, file)?;
    let tags = cfg.get("labels").and_then(Json::as_array);
    let tags = tags.ok_or_else(|| LangError::damaged(file, "there are no labels"))?;
    tags.iter().map(|tag| Ok(Meaning::Tag(labels.add(tag.as_str().unwrap_or(""))?))).collect()
}

/// The labels in a morphologizer's `cfg`.
pub(crate) fn read_morphs(cfg: &[u8], file: &str, labels: &mut Labels) -> Result<Vec<Meaning>, LangError> {
    // The classes are the keys of `labels_morph` in the order of the file, which a sorted map would lose.
    let cfg: Cfg = serde_json::from_slice(cfg).map_err(|e| LangError::damaged(file, e.to_string()))?;
    let mut meanings = Vec::new();
    for (class, morph) in cfg.labels_morph.0 {
        let pos = cfg.labels_pos.get(&class).copied().unwrap_or(0);
        let pos = u64::try_from(pos).ok().and_then(crate::hash::symbol).unwrap_or("");
        meanings.push(Meaning::Morph(labels.add(&normal_morph(&morph))?, labels.add(pos)?));
    }
    Ok(meanings)
}

/// Reads a component's `cfg`.
pub(crate) fn read_cfg(cfg: &[u8], file: &str) -> Result<Json, LangError> {
    serde_json::from_slice(cfg).map_err(|e| LangError::damaged(file, e.to_string()))
}

#[derive(serde::Deserialize)]
struct Cfg {
    labels_morph: Pairs,
    labels_pos: HashMap<String, i64>,
}

/// The pairs of a JSON map in the order of the file.
struct Pairs(Vec<(String, String)>);

impl<'de> serde::Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map of text to text")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
