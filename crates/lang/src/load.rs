//! Reads the components of a pipeline from its files.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::arc_eager::Parser;
use crate::biluo::Recogniser;
use crate::config::Config;
use crate::error::LangError;
use crate::labels::{Labels, read_moves};
use crate::lemmatizer::Lemmatizer;
use crate::model::{Component, Meta};
use crate::msgpack::Value;
use crate::nn::graph::Graph;
use crate::ruler::Ruler;
use crate::tagger::{Classifier, Meaning, Tagger, read_cfg, read_morphs, read_tags};
use crate::tok2vec::Tok2Vec;
use crate::transition::MoveNet;
use crate::vectors::Vectors;
use crate::wheel::Source;

/// How much is read ahead of its turn.
const AHEAD_BYTES: usize = 64 << 20;

/// Reads `meta.json` and the list of components that run.
pub(crate) fn meta(source: &Source, config: &Config) -> Result<Meta, LangError> {
    let json = match source.read_if_there("meta.json")? {
        Some(bytes) => read_cfg(&bytes, "meta.json")?,
        None => Json::Null,
    };
    let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
    let disabled = config.list("nlp", "disabled");
    let pipeline = config.list("nlp", "pipeline").into_iter().filter(|name| !disabled.contains(name));
    let lang = config.str("nlp", "lang").unwrap_or("").to_owned();
    if let Some(tokenizer) = tokenizer_name(config)
        && tokenizer != "spacy.Tokenizer.v1"
    {
        return Err(LangError::unsupported("the tokenizer", tokenizer));
    }
    Ok(Meta {
        name: text("name"),
        version: text("version"),
        lang,
        license: text("license"),
        pipeline: pipeline.map(str::to_owned).collect(),
    })
}

fn tokenizer_name(config: &Config) -> Option<String> {
    let inline = config.get("nlp", "tokenizer").and_then(|t| t.get("@tokenizers")).and_then(Json::as_str);
    inline.or_else(|| config.str("nlp.tokenizer", "@tokenizers")).map(str::to_owned)
}

/// Reads the word vectors, where there are any.
pub(crate) fn vectors(source: &Source) -> Result<Vectors, LangError> {
    let config = source.read_if_there("vocab/vectors.cfg")?.unwrap_or_default();
    let key2row = source.read_if_there("vocab/key2row")?.unwrap_or_default();
    match source.read_if_there("vocab/vectors")? {
        Some(vectors) => Vectors::read(&vectors, &key2row, &config),
        None => Ok(Vectors::default()),
    }
}

/// Reads the components named in `pipeline`, in order.
pub(crate) fn components(
    source: &Source,
    config: &Config,
    vectors: &Vectors,
    labels: &mut Labels,
    pipeline: &[String],
) -> Result<Vec<Component>, LangError> {
    let mut load = |ahead: &mut dyn FnMut(&str) -> Option<Vec<u8>>| {
        let mut loader = Loader { source, config, vectors, labels, width: None, ahead };
        pipeline.iter().map(|name| loader.component(name)).collect()
    };
    // Inflating the two large networks is half of the work: the second is done beside the first.
    std::thread::scope(|scope| match source.again() {
        Ok(other) => {
            let reader = scope.spawn(move || read_ahead(&other, pipeline.get(1..).unwrap_or_default()));
            let mut reader = Some(reader);
            let mut read = BTreeMap::new();
            load(&mut |file| {
                if !pipeline.first().is_some_and(|first| file.starts_with(first.as_str()))
                    && let Some(reader) = reader.take()
                {
                    read = reader.join().unwrap_or_default();
                }
                read.remove(file)
            })
        }
        Err(_) => load(&mut |_| None),
    })
}

/// The networks of some components, up to a size; what cannot be read is left to be read, and told of, in its turn.
fn read_ahead(source: &Source, pipeline: &[String]) -> BTreeMap<String, Vec<u8>> {
    let mut read = BTreeMap::new();
    let mut size = 0;
    for name in pipeline.iter().filter(|name| is_plain(name)) {
        let file = format!("{name}/model");
        if let Ok(Some(bytes)) = source.read_if_there(&file) {
            size += bytes.len();
            read.insert(file, bytes);
        }
        if size > AHEAD_BYTES {
            break;
        }
    }
    read
}

/// Whether the name of a component may be the name of a folder.
fn is_plain(name: &str) -> bool {
    !(name.contains(['/', '\\']) || name.starts_with('.'))
}

struct Loader<'l> {
    source: &'l Source,
    config: &'l Config,
    vectors: &'l Vectors,
    labels: &'l mut Labels,
    /// The width of the embedding that components share.
    width: Option<usize>,
    /// Hands out what was read ahead, by its name.
    ahead: &'l mut dyn FnMut(&str) -> Option<Vec<u8>>,
}

impl Loader<'_> {
    fn component(&mut self, name: &str) -> Result<Component, LangError> {
        if !is_plain(name) {
            return Err(LangError::damaged("config.cfg", format!("a component is called {name:?}")));
        }
        let factory = self.config.str(&format!("components.{name}"), "factory").unwrap_or(name).to_owned();
        match factory.as_str() {
            "tok2vec" => self.tok2vec(name),
            "tagger" | "morphologizer" | "senter" => self.tagger(name, &factory),
            "parser" | "ner" => self.moves(name, &factory),
            "attribute_ruler" => {
                let bytes = self.source.read(&format!("{name}/patterns"))?;
                Ok(Component::Ruler(Ruler::read(&bytes, self.labels)?))
            }
            "lemmatizer" => {
                let bytes = self.source.read(&format!("{name}/lookups/lookups.bin"))?;
                Ok(Component::Lemmatizer(Lemmatizer::read(&bytes, self.config, name)?))
            }
            _ => Err(LangError::UnsupportedComponent { name: factory }),
        }
    }

    /// The content of a network's file.
    fn model(&mut self, file: &str) -> Result<Vec<u8>, LangError> {
        (self.ahead)(file).map_or_else(|| self.source.read(file), Ok)
    }

    fn tok2vec(&mut self, name: &str) -> Result<Component, LangError> {
        let file = format!("{name}/model");
        let bytes = self.model(&file)?;
        let value = Value::read(&bytes, &file)?;
        let graph = Graph::read(&value, &file)?;
        let net = Tok2Vec::read(&graph, self.vectors)?;
        let net = net.ok_or_else(|| graph.error("there is no embedding that we know in it"))?;
        self.width = Some(net.width());
        Ok(Component::Tok2Vec(net))
    }

    fn tagger(&mut self, name: &str, factory: &str) -> Result<Component, LangError> {
        let cfg_file = format!("{name}/cfg");
        let cfg = self.source.read(&cfg_file)?;
        let meanings = match factory {
            "tagger" => read_tags(&cfg, &cfg_file, self.labels)?,
            "morphologizer" => read_morphs(&cfg, &cfg_file, self.labels)?,
            _ => vec![Meaning::Start(false), Meaning::Start(true)],
        };
        let cfg = read_cfg(&cfg, &cfg_file)?;
        let flag = |key: &str| cfg.get(key).and_then(Json::as_bool).unwrap_or(false);
        if flag("extend") {
            return Err(LangError::unsupported(&format!("component `{name}`"), "`extend = true`"));
        }
        let file = format!("{name}/model");
        let bytes = self.model(&file)?;
        let value = Value::read(&bytes, &file)?;
        let graph = Graph::read(&value, &file)?;
        let classifier = Classifier::read(&graph, self.vectors, meanings.len())?;
        if classifier.tok2vec.is_none() {
            classifier.check_width(&graph, self.shared_width(name)?)?;
        }
        Ok(Component::Tagger(Tagger { classifier, meanings, overwrite: flag("overwrite") }))
    }

    fn moves(&mut self, name: &str, factory: &str) -> Result<Component, LangError> {
        let cfg_file = format!("{name}/cfg");
        let cfg = read_cfg(&self.source.read(&cfg_file)?, &cfg_file)?;
        let beam = cfg.get("beam_width").and_then(Json::as_i64).unwrap_or(1);
        if beam > 1 {
            return Err(LangError::unsupported(&format!("component `{name}`"), format!("a beam of {beam}")));
        }
        let moves_file = format!("{name}/moves");
        let mut classes = read_moves(&self.source.read(&moves_file)?, &moves_file, self.labels)?;
        if factory == "ner" {
            // The recogniser has no class for a missing move, and one only for being outside.
            classes.retain(|&(action, label)| action != 0 && (action != 5 || label == 0));
        }
        let file = format!("{name}/model");
        let bytes = self.model(&file)?;
        let value = Value::read(&bytes, &file)?;
        let graph = Graph::read(&value, &file)?;
        let net = MoveNet::read(&graph, self.vectors, classes.len())?;
        if net.tok2vec.is_none() {
            net.check_width(&graph, self.shared_width(name)?)?;
        }
        Ok(match factory {
            "parser" => Component::Parser(Box::new(Parser::new(net, classes)?)),
            _ => Component::Recogniser(Box::new(Recogniser::new(net, classes)?)),
        })
    }

    fn shared_width(&self, name: &str) -> Result<usize, LangError> {
        self.width.ok_or_else(|| {
            LangError::damaged(
                "config.cfg",
                format!("component `{name}` has no tok2vec before it to listen to"),
            )
        })
    }
}
