//! PolNeAR's files for the examples: raw texts cut into blocks at line breaks, with their parses.

use std::path::Path;

use lang::{Entity, Parse, TokenData};
use model::{Block, BlockKind, Document, Span};

/// A text with the parses of its blocks.
pub(crate) struct Parsed {
    /// The file's name without its ending.
    pub(crate) id: String,
    /// The text with its blocks.
    pub(crate) document: Document,
    /// A parse for each block.
    pub(crate) parses: Vec<Option<Parse>>,
}

/// Reads all texts of the folder `texts`, with the parses that `dump` holds of them.
pub(crate) fn load(texts: &Path, dump: &Path) -> std::io::Result<Vec<Parsed>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(texts)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let id = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
            let text = std::fs::read_to_string(path)?;
            let tsv = std::fs::read_to_string(dump.join(format!("{id}.tsv")))?;
            Ok(parsed(id, text, &tsv))
        })
        .collect()
}

fn parsed(id: String, text: String, tsv: &str) -> Parsed {
    let mut blocks = Vec::new();
    let mut parses = Vec::new();
    for part in tsv.strip_prefix("B\t").unwrap_or("").split("\nB\t") {
        let mut lines = part.lines();
        let mut numbers =
            lines.next().unwrap_or_default().split('\t').map(|n| n.parse::<usize>().unwrap_or(0));
        let (start, size) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + size) });
        let (mut tokens, mut entities) = (Vec::new(), Vec::new());
        for line in lines {
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
        parses.push(Some(Parse::new(text[start..start + size].to_owned(), tokens, entities)));
    }
    let document = Document { doc: id.clone(), text, blocks, ..Document::default() };
    Parsed { id, document, parses }
}
