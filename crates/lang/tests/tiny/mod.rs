//! A pipeline with all kinds of components and four numbers a word, made anew for every test.
//!
//! Its weights are noise: it is for what must hold whatever a model says. The fuzz targets use it, too.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// How many numbers a word has.
const WIDTH: usize = 4;

/// A value to be written as MessagePack.
#[derive(Clone)]
pub(crate) enum Pack {
    Bool(bool),
    Int(i64),
    Str(String),
    Bytes(Vec<u8>),
    List(Vec<Pack>),
    Map(Vec<(Pack, Pack)>),
}

impl Pack {
    /// The bytes of the value.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        let head = |out: &mut Vec<u8>, kind: u8, len: usize| {
            out.push(kind);
            out.extend_from_slice(&(len as u32).to_be_bytes());
        };
        match self {
            Pack::Bool(b) => out.push(0xc2 + u8::from(*b)),
            Pack::Int(i) => {
                out.push(0xd3);
                out.extend_from_slice(&i.to_be_bytes());
            }
            Pack::Str(s) => {
                head(out, 0xdb, s.len());
                out.extend_from_slice(s.as_bytes());
            }
            Pack::Bytes(b) => {
                head(out, 0xc6, b.len());
                out.extend_from_slice(b);
            }
            Pack::List(items) => {
                head(out, 0xdd, items.len());
                items.iter().for_each(|item| item.write(out));
            }
            Pack::Map(pairs) => {
                head(out, 0xdf, pairs.len());
                for (key, value) in pairs {
                    key.write(out);
                    value.write(out);
                }
            }
        }
    }
}

/// Text.
pub(crate) fn text(s: &str) -> Pack {
    Pack::Str(s.to_owned())
}

/// A list of texts.
pub(crate) fn texts(items: &[&str]) -> Pack {
    Pack::List(items.iter().map(|s| text(s)).collect())
}

/// A map with text keys.
pub(crate) fn map(pairs: Vec<(&str, Pack)>) -> Pack {
    Pack::Map(pairs.into_iter().map(|(k, v)| (text(k), v)).collect())
}

/// An array of noise.
pub(crate) fn array(shape: &[usize]) -> Pack {
    let len: usize = shape.iter().product();
    let noise = |i: usize| ((i * 2_654_435_761 + len * 97) % 1009) as f32 / 504.5 - 1.0;
    let data = (0..len).flat_map(|i| noise(i).to_le_bytes()).collect();
    let key = |s: &str| Pack::Bytes(s.as_bytes().to_vec());
    Pack::Map(vec![
        (key("nd"), Pack::Bool(true)),
        (key("type"), text("<f4")),
        (key("kind"), Pack::Bytes(Vec::new())),
        (key("shape"), Pack::List(shape.iter().map(|&n| Pack::Int(n as i64)).collect())),
        (key("data"), Pack::Bytes(data)),
    ])
}

/// A node of a thinc model.
#[derive(Clone, Default)]
pub(crate) struct Node {
    pub(crate) name: &'static str,
    pub(crate) refs: Vec<(&'static str, usize)>,
    pub(crate) attrs: Vec<(&'static str, Pack)>,
    pub(crate) params: Vec<(&'static str, Vec<usize>)>,
}

/// The file of a thinc model.
pub(crate) fn graph(nodes: &[Node]) -> Vec<u8> {
    let node = |(i, n): (usize, &Node)| {
        let refs = n.refs.iter().map(|&(k, v)| (k, Pack::Int(v as i64))).collect();
        map(vec![
            ("index", Pack::Int(i as i64)),
            ("name", text(n.name)),
            ("dims", map(vec![])),
            ("refs", map(refs)),
        ])
    };
    let attrs = |n: &Node| map(n.attrs.iter().map(|(k, v)| (*k, Pack::Bytes(v.bytes()))).collect());
    let params = |n: &Node| map(n.params.iter().map(|(k, shape)| (*k, array(shape))).collect());
    map(vec![
        ("nodes", Pack::List(nodes.iter().enumerate().map(node).collect())),
        ("attrs", Pack::List(nodes.iter().map(attrs).collect())),
        ("params", Pack::List(nodes.iter().map(params).collect())),
        ("shims", Pack::List(nodes.iter().map(|_| Pack::List(Vec::new())).collect())),
    ])
    .bytes()
}

/// The nodes of an embedding with one layer.
pub(crate) fn embedding() -> Vec<Node> {
    let hash = |column: i64, rows: usize| Node {
        name: "hashembed",
        attrs: vec![("column", Pack::Int(column)), ("seed", Pack::Int(8 + column))],
        params: vec![("E", vec![rows, WIDTH])],
        ..Node::default()
    };
    let maxout = |inputs: usize| Node {
        name: "maxout",
        params: vec![("W", vec![WIDTH, 2, inputs]), ("b", vec![WIDTH, 2])],
        ..Node::default()
    };
    let norm =
        Node { name: "layernorm", params: vec![("G", vec![WIDTH]), ("b", vec![WIDTH])], ..Node::default() };
    vec![
        Node {
            name: "extract_features",
            attrs: vec![("columns", texts(&["NORM", "SPACY"]))],
            ..Node::default()
        },
        hash(0, 7),
        hash(1, 5),
        maxout(2 * WIDTH),
        norm.clone(),
        Node { name: "expand_window", attrs: vec![("window_size", Pack::Int(1))], ..Node::default() },
        maxout(3 * WIDTH),
        norm,
    ]
}

/// The nodes of a network that scores moves.
pub(crate) fn moves(features: usize, classes: usize) -> Vec<Node> {
    let linear = |name, outputs| Node {
        name,
        params: vec![("W", vec![outputs, WIDTH]), ("b", vec![outputs])],
        ..Node::default()
    };
    vec![
        Node { name: "parser_model", refs: vec![("lower", 1), ("upper", 2)], ..Node::default() },
        Node {
            name: "precomputable_affine",
            params: vec![
                ("W", vec![features, WIDTH, 2, WIDTH]),
                ("b", vec![WIDTH, 2]),
                ("pad", vec![1, features, WIDTH, 2]),
            ],
            ..Node::default()
        },
        linear("linear", classes),
        linear("linear", WIDTH),
    ]
}

/// A classifier with some classes over vectors of some width.
pub(crate) fn classifier(classes: usize, width: usize) -> Vec<Node> {
    vec![
        Node { name: "tagger", refs: vec![("softmax", 1)], ..Node::default() },
        Node {
            name: "softmax",
            params: vec![("W", vec![classes, width]), ("b", vec![classes])],
            ..Node::default()
        },
    ]
}

fn tokenizer() -> Vec<u8> {
    let part = |orth: &str, norm: Option<&str>| {
        let mut pairs = vec![(Pack::Int(65), text(orth))];
        pairs.extend(norm.map(|n| (Pack::Int(67), text(n))));
        Pack::Map(pairs)
    };
    let exceptions = map(vec![
        ("don't", Pack::List(vec![part("do", None), part("n't", Some("not"))])),
        ("a.m.", Pack::List(vec![part("a.m.", None)])),
        (":-)", Pack::List(vec![part(":-)", None)])),
        (" ", Pack::List(vec![part(" ", None)])),
    ]);
    map(vec![
        ("prefix_search", text(r#"^\(|^"|^'|^:|^\+(?![0-9])"#)),
        ("suffix_search", text(r#"\)$|"$|'$|\.\.+$|(?<=[0-9])km$|(?<=[a-z])\.$|-$"#)),
        ("infix_finditer", text(r"\.\.+|(?<=[a-z0-9])-(?=[a-z])|(?<=['’])(?=[a-z])")),
        ("url_match", text(r"(?u)^(?:\w+://)?(?:\S+@)?\w+(?:\.\w{2,5})+(?:/\S*)?$")),
        ("exceptions", exceptions),
        ("faster_heuristics", Pack::Bool(true)),
    ])
    .bytes()
}

fn patterns() -> Vec<u8> {
    let rule = |patterns: Vec<Pack>, attrs: Vec<(&str, Pack)>, index: i64| {
        let patterns = Pack::List(vec![Pack::List(patterns)]);
        map(vec![("patterns", patterns), ("attrs", map(attrs)), ("index", Pack::Int(index))])
    };
    let regex = map(vec![("LOWER", map(vec![("REGEX", text("^a[bc]?$"))]))]);
    let tags = map(vec![("TAG", map(vec![("IN", texts(&["NN", "VB"]))]))]);
    Pack::List(vec![
        rule(vec![map(vec![("TAG", text("NN"))])], vec![("POS", text("NOUN")), ("MORPH", text("_"))], 0),
        rule(vec![regex, tags], vec![("LEMMA", text("x"))], 1),
        rule(vec![map(vec![("IS_SPACE", Pack::Bool(true))])], vec![("TAG", text("_SP"))], 0),
    ])
    .bytes()
}

/// The files of the pipeline by their path.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let named = |moves: &str| map(vec![("moves", text(moves))]).bytes();
    let mut ner = moves(3, 6);
    ner.extend(embedding());
    let lookups = map(vec![("lemma_lookup", map(vec![("tanks", texts(&["tank"]))]))]);
    let cfg = br#"{"beam_width": 1}"#;
    let config = concat!(
        "[nlp]\nlang = \"en\"\n",
        "pipeline = [\"tok2vec\",\"tagger\",\"parser\",\"attribute_ruler\",\"lemmatizer\",\"ner\"]\n",
        "disabled = []\n\n[components.lemmatizer]\nfactory = \"lemmatizer\"\nmode = \"lookup\"\n",
    );
    let files: [(&str, Vec<u8>); 15] = [
        ("config.cfg", config.into()),
        ("meta.json", br#"{"name": "tiny", "version": "1.0", "license": "MIT"}"#.into()),
        ("tokenizer", tokenizer()),
        ("vocab/lookups.bin", map(vec![("lexeme_norm", map(vec![]))]).bytes()),
        ("tok2vec/model", graph(&embedding())),
        ("tagger/cfg", br#"{"labels": ["NN", "VB", "_SP"], "overwrite": false}"#.into()),
        ("tagger/model", graph(&classifier(3, WIDTH))),
        ("parser/cfg", cfg.into()),
        ("parser/model", graph(&moves(8, 7))),
        (
            "parser/moves",
            named(
                r#"{"0":{"":9},"1":{"":8},"2":{"nsubj":3,"dep":0},"3":{"dep||nsubj":2,"dobj":1},"4":{"ROOT":5}}"#,
            ),
        ),
        ("attribute_ruler/patterns", patterns()),
        ("lemmatizer/lookups/lookups.bin", lookups.bytes()),
        ("ner/cfg", cfg.into()),
        ("ner/model", graph(&ner)),
        (
            "ner/moves",
            named(r#"{"0":{},"1":{"ORG":2},"2":{"ORG":2},"3":{"ORG":2},"4":{"ORG":2,"":1},"5":{"":1}}"#),
        ),
    ];
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// A wheel with the files.
pub(crate) fn wheel(files: &BTreeMap<String, Vec<u8>>, method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        archive.start_file(format!("tiny/tiny-1.0/{name}"), options).expect("a file in memory");
        archive.write_all(bytes).expect("a file in memory");
    }
    archive.finish().expect("a file in memory").into_inner()
}
