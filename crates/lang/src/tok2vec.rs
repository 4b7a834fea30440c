//! From words to vectors in context: hashed attributes, a mixing layer, and windows of three words, four deep.

use crate::error::LangError;
use crate::hash::hash_rows;
use crate::lexicon::{Attribute, Lexicon, Word};
use crate::msgpack::Value;
use crate::nn::graph::{Array, Graph};
use crate::nn::kernel::Isa;
use crate::nn::layers::{Linear, Maxout, Rows};
use crate::tokenizer::Piece;
use crate::vectors::Vectors;

/// How many words' mixed vectors are remembered before all are forgotten.
const MAX_REMEMBERED: usize = 1 << 15;

/// A part of a word's embedding.
#[derive(Debug)]
enum Part {
    /// Four hashed rows of a table, summed.
    Hash { attribute: Attribute, seed: u32, table: Array },
    /// Rows for the bytes from both ends inwards; the table is [place][byte][number].
    Bytes { table: Array },
    /// The word's vector, projected beforehand.
    Vectors { table: Vec<f32>, width: usize },
}

impl Part {
    fn width(&self) -> usize {
        match self {
            Part::Hash { table, .. } => table.shape[1],
            Part::Bytes { table } => table.shape[0] * table.shape[2],
            Part::Vectors { width, .. } => *width,
        }
    }

    /// Writes the part's numbers for a word.
    fn put(&self, word: &Word, space_after: bool, vectors: &Vectors, out: &mut [f32]) {
        match self {
            Part::Hash { attribute, seed, table } => {
                let width = table.shape[1];
                out.fill(0.0);
                for row in hash_rows(word.attribute(*attribute, space_after), *seed, table.shape[0] as u32) {
                    let row = &table.data[row as usize * width..][..width];
                    out.iter_mut().zip(row).for_each(|(out, x)| *out += x);
                }
            }
            Part::Bytes { table } => {
                let (places, width) = (table.shape[0], table.shape[2]);
                for (place, out) in out.chunks_exact_mut(width).enumerate().take(places) {
                    let row = place * 256 + usize::from(byte_at(word.text.as_bytes(), place));
                    out.copy_from_slice(&table.data[row * width..][..width]);
                }
            }
            Part::Vectors { table, width } => match vectors.row(word.orth()) {
                Some(row) => out.copy_from_slice(&table[row as usize * width..][..*width]),
                None => out.fill(0.0),
            },
        }
    }
}

/// The byte for a place: first, last, second, last but one, and so on; 255 past the middle.
fn byte_at(bytes: &[u8], place: usize) -> u8 {
    if place >= bytes.len() {
        255
    } else if place.is_multiple_of(2) {
        bytes[place / 2]
    } else {
        bytes[bytes.len() - 1 - place / 2]
    }
}

/// A network from words to vectors.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    parts: Vec<Part>,
    mix: Maxout,
    layers: Vec<Maxout>,
    /// How many words on each side a layer sees.
    window: usize,
    /// Whether the embedding of a word depends on the space after it.
    sees_space: bool,
}

/// The mixed vectors of words met before.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    /// By word and space after it: the place in `vectors` plus one, or 0.
    places: Vec<u32>,
    vectors: Vec<f32>,
}

/// Buffers that are used again from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    features: Vec<f32>,
    mixed: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
}

impl Tok2Vec {
    /// Reads the network that is in `graph`; nothing where the graph only listens to another.
    pub(crate) fn read(graph: &Graph<'_>, vectors: &Vectors) -> Result<Option<Self>, LangError> {
        let tables = graph.named("hashembed");
        let bytes = graph.named("charembed");
        if tables.is_empty() && bytes.is_empty() {
            return Ok(None);
        }
        let mut parts = Vec::new();
        for &at in &bytes {
            let table = graph.array(at, "E", 3)?;
            if table.shape[1] != 256 {
                return Err(graph.error("a table of bytes has not 256 rows"));
            }
            parts.push(Part::Bytes { table });
        }
        let columns = read_columns(graph)?;
        for (i, &at) in tables.iter().enumerate() {
            parts.push(read_hash(graph, at, &columns, i)?);
        }
        for &at in &graph.named("static_vectors") {
            parts.push(read_vectors(graph, at, vectors)?);
        }
        let maxouts = graph.named("maxout");
        let norms = graph.named("layernorm");
        let (Some((&first, rest)), true) = (maxouts.split_first(), maxouts.len() == norms.len()) else {
            return Err(graph.error("it has not one normalization for each maxout layer"));
        };
        let mix = Maxout::read(graph, first, norms[0])?;
        let layers = rest
            .iter()
            .zip(&norms[1..])
            .map(|(&at, &norm)| Maxout::read(graph, at, norm))
            .collect::<Result<Vec<_>, _>>()?;
        let window = match graph.named("expand_window").first() {
            Some(&at) => graph.setting(at, "window_size")?.and_then(|v| v.size()).unwrap_or(1),
            None => 1,
        };
        let sees_space = columns.contains(&Attribute::Space);
        let net = Tok2Vec { parts, mix, layers, window, sees_space };
        net.check(graph)?;
        Ok(Some(net))
    }

    fn check(&self, graph: &Graph<'_>) -> Result<(), LangError> {
        let width = self.width();
        if self.parts.iter().map(Part::width).sum::<usize>() != self.mix.inputs() {
            return Err(graph.error("the embedding's tables do not fit its mixing layer"));
        }
        if self.window == 0 || self.window > 8 {
            return Err(graph.error("a window of a size that makes no sense"));
        }
        for layer in &self.layers {
            if layer.outputs() != width || layer.inputs() != width * (2 * self.window + 1) {
                return Err(graph.error("a layer's width is not the embedding's"));
            }
        }
        Ok(())
    }

    /// How many numbers a word gets.
    pub(crate) fn width(&self) -> usize {
        self.mix.outputs()
    }

    /// Makes `out` rows of [`Tok2Vec::width`] numbers, one for each piece; `ends` are where documents end.
    pub(crate) fn apply(
        &self,
        words: &Words<'_>,
        remembered: &mut Remembered,
        buffers: &mut Buffers,
        out: &mut Vec<f32>,
    ) {
        let width = self.width();
        self.embed(words, remembered, buffers);
        // Rows of zeros around every document: they go through the layers with it, as in spaCy.
        let pad = self.window * self.layers.len();
        let margin = self.window;
        let rows = 2 * margin + pad + words.pieces.len() + words.ends.len() * pad;
        let x = &mut buffers.x;
        x.clear();
        x.resize(rows * width, 0.0);
        let mut from = 0;
        for (i, &end) in words.ends.iter().enumerate() {
            let row = margin + (i + 1) * pad + from;
            for (piece, x) in words.pieces[from..end].iter().zip(x[row * width..].chunks_exact_mut(width)) {
                x.copy_from_slice(remembered.vector(self.key(piece), width));
            }
            from = end;
        }
        for layer in &self.layers {
            let input = Rows { data: x, stride: width, len: rows - 2 * margin };
            layer.apply(words.isa, input, &mut buffers.y);
            x[margin * width..].iter_mut().zip(&buffers.y).for_each(|(x, y)| *x += y);
        }
        out.clear();
        let mut from = 0;
        for (i, &end) in words.ends.iter().enumerate() {
            let row = margin + (i + 1) * pad + from;
            out.extend_from_slice(&x[row * width..(row + end - from) * width]);
            from = end;
        }
    }

    fn key(&self, piece: &Piece) -> usize {
        piece.word as usize * 2 + usize::from(self.sees_space && piece.space_after)
    }

    /// Makes sure that every piece's mixed vector is remembered.
    fn embed(&self, words: &Words<'_>, remembered: &mut Remembered, buffers: &mut Buffers) {
        let width = self.width();
        if remembered.vectors.len() > MAX_REMEMBERED * width {
            *remembered = Remembered::default();
        }
        remembered.places.resize(words.lexicon.len() * 2, 0);
        let known = remembered.vectors.len() / width;
        let mut new = 0;
        buffers.features.clear();
        for piece in words.pieces {
            let key = self.key(piece);
            if remembered.places[key] != 0 {
                continue;
            }
            new += 1;
            remembered.places[key] = (known + new) as u32;
            let word = words.lexicon.word(piece.word);
            let from = buffers.features.len();
            buffers.features.resize(from + self.mix.inputs(), 0.0);
            let mut out = &mut buffers.features[from..];
            for part in &self.parts {
                let (head, tail) = out.split_at_mut(part.width());
                part.put(word, piece.space_after, words.vectors, head);
                out = tail;
            }
        }
        if new > 0 {
            let rows = Rows { data: &buffers.features, stride: self.mix.inputs(), len: new };
            self.mix.apply(words.isa, rows, &mut buffers.mixed);
            remembered.vectors.extend_from_slice(&buffers.mixed);
        }
    }
}

impl Remembered {
    fn vector(&self, key: usize, width: usize) -> &[f32] {
        &self.vectors[(self.places[key] as usize - 1) * width..][..width]
    }
}

/// The words of a batch of documents.
#[derive(Clone, Copy)]
pub(crate) struct Words<'w> {
    /// The tokens of all documents.
    pub(crate) pieces: &'w [Piece],
    /// For each document, one past its last piece.
    pub(crate) ends: &'w [usize],
    /// What the words are.
    pub(crate) lexicon: &'w Lexicon,
    /// The model's word vectors.
    pub(crate) vectors: &'w Vectors,
    /// The instructions to use.
    pub(crate) isa: Isa,
}

fn read_columns(graph: &Graph<'_>) -> Result<Vec<Attribute>, LangError> {
    let Some(&at) = graph.named("extract_features").first() else {
        return Err(graph.error("there is no extract_features"));
    };
    let columns = graph.setting(at, "columns")?;
    let columns = columns.as_ref().and_then(Value::array).unwrap_or_default();
    columns.iter().map(Attribute::read).collect()
}

fn read_hash(graph: &Graph<'_>, at: usize, columns: &[Attribute], i: usize) -> Result<Part, LangError> {
    let column = graph.setting(at, "column")?.and_then(|v| v.size()).unwrap_or(i);
    let seed = graph.setting(at, "seed")?.and_then(|v| v.size()).and_then(|s| u32::try_from(s).ok());
    let (Some(&attribute), Some(seed)) = (columns.get(column), seed) else {
        return Err(graph.error("a table's column or seed is missing"));
    };
    Ok(Part::Hash { attribute, seed, table: graph.array(at, "E", 2)? })
}

fn read_vectors(graph: &Graph<'_>, at: usize, vectors: &Vectors) -> Result<Part, LangError> {
    let weights = graph.array(at, "W", 2)?;
    let (width, inputs) = (weights.shape[0], weights.shape[1]);
    if inputs != vectors.width {
        return Err(graph.error("it was trained with word vectors of another width"));
    }
    let project = Linear::new(&weights.data, &vec![0.0; width], inputs);
    let mut table = Vec::new();
    let rows = Rows { data: &vectors.data, stride: inputs, len: vectors.len() };
    project.apply(Isa::detect(), rows, &mut table);
    Ok(Part::Vectors { table, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_taken_from_both_ends() {
        let bytes: Vec<u8> = (0..8).map(|i| byte_at(b"jumping", i)).collect();
        assert_eq!(bytes, b"jgunmip\xff");
    }
}
