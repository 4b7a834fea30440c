//! The network that scores the moves of the parser and of the entity recogniser.

use crate::error::LangError;
use crate::nn::graph::Graph;
use crate::nn::kernel::Isa;
use crate::nn::layers::{Linear, Rows};
use crate::tok2vec::Tok2Vec;
use crate::vectors::Vectors;

/// Scores the moves in a state from the vectors of a few tokens.
#[derive(Debug)]
pub(crate) struct MoveNet {
    /// The embedding of its own, where it does not use the pipeline's.
    pub(crate) tok2vec: Option<Tok2Vec>,
    narrow: Linear,
    lower: Linear,
    /// What a missing token adds: [feature][piece][hidden].
    missing: Vec<f32>,
    /// [piece][hidden]
    bias: Vec<f32>,
    upper: Option<Linear>,
    features: usize,
    pieces: usize,
    hidden: usize,
}

/// How many tokens in a row have what they add worked out together.
const BLOCK_TOKENS: usize = 32;
/// How many such blocks are kept.
const BLOCKS: usize = 64;

/// Buffers that are used again from state to state.
#[derive(Debug, Default)]
pub(crate) struct MoveBuffers {
    narrow: Vec<f32>,
    /// What tokens add in every place: [kept block][token][feature][piece][hidden].
    added: Vec<f32>,
    /// The number of the block that is kept in each place, plus one.
    kept: Vec<usize>,
    sums: Vec<f32>,
    scores: Vec<f32>,
}

impl MoveNet {
    /// Reads `parser/model` or `ner/model`, which must score `classes` moves.
    pub(crate) fn read(graph: &Graph<'_>, vectors: &Vectors, classes: usize) -> Result<Self, LangError> {
        let part = |name: &str| graph.reference(0, name);
        let lower = part("lower").ok_or_else(|| graph.error("there is no lower layer"))?;
        // A network without an upper layer has a node there that does nothing.
        let upper = part("upper").filter(|at| !graph.named("noop").contains(at));
        let linears: Vec<usize> = graph.named("linear").into_iter().filter(|&i| Some(i) != upper).collect();
        let [narrow] = linears[..] else {
            return Err(graph.error("it has not one linear layer after the embedding"));
        };
        let weights = graph.array(lower, "W", 4)?;
        let &[features, hidden, pieces, inputs] = weights.shape.as_slice() else {
            return Err(graph.error("the lower layer has not four dimensions"));
        };
        let bias = graph.array(lower, "b", 2)?;
        let missing = graph.array(lower, "pad", 4)?;
        if bias.shape != [hidden, pieces] || missing.shape != [1, features, hidden, pieces] {
            return Err(graph.error("the lower layer's parameters do not fit"));
        }
        // From [hidden][piece] to [piece][hidden], so that pieces lie side by side.
        let turn = |data: &[f32], row: usize| -> Vec<f32> {
            let mut turned = Vec::with_capacity(data.len());
            for block in data.chunks_exact(hidden * pieces * row) {
                for piece in 0..pieces {
                    for unit in 0..hidden {
                        turned.extend_from_slice(&block[(unit * pieces + piece) * row..][..row]);
                    }
                }
            }
            turned
        };
        let weights = turn(&weights.data, inputs);
        let net = MoveNet {
            tok2vec: Tok2Vec::read(graph, vectors)?,
            narrow: Linear::read(graph, narrow)?,
            lower: Linear::new(&weights, &vec![0.0; features * hidden * pieces], inputs),
            missing: turn(&missing.data, 1),
            bias: turn(&bias.data, 1),
            upper: upper.map(|at| Linear::read(graph, at)).transpose()?,
            features,
            pieces,
            hidden,
        };
        net.check(graph, classes)?;
        Ok(net)
    }

    fn check(&self, graph: &Graph<'_>, classes: usize) -> Result<(), LangError> {
        if self.lower.inputs() != self.narrow.outputs() {
            return Err(graph.error("the lower layer does not fit the layer before it"));
        }
        if let Some(own) = &self.tok2vec {
            self.check_width(graph, own.width())?;
        }
        let outputs = match &self.upper {
            Some(upper) if upper.inputs() == self.hidden => upper.outputs(),
            Some(_) => return Err(graph.error("the upper layer does not fit the lower one")),
            None => self.hidden,
        };
        if outputs != classes {
            return Err(graph.error(format!("it scores {outputs} moves, but there are {classes}")));
        }
        Ok(())
    }

    /// Checks that the network takes vectors of `width` numbers.
    pub(crate) fn check_width(&self, graph: &Graph<'_>, width: usize) -> Result<(), LangError> {
        if self.narrow.inputs() != width {
            return Err(graph.error("it does not fit the pipeline's embedding"));
        }
        Ok(())
    }

    /// How many tokens it looks at.
    pub(crate) fn features(&self) -> usize {
        self.features
    }

    /// Takes the vectors of a batch's tokens.
    pub(crate) fn prepare(&self, isa: Isa, vectors: &[f32], buffers: &mut MoveBuffers) {
        let width = self.narrow.inputs();
        let rows = Rows { data: vectors, stride: width, len: vectors.len() / width };
        self.narrow.apply(isa, rows, &mut buffers.narrow);
        buffers.kept.clear();
        buffers.kept.resize(BLOCKS, 0);
        buffers.added.resize(BLOCKS * BLOCK_TOKENS * self.lower.outputs(), 0.0);
    }

    /// Makes sure that what `token` adds is at the place that is returned.
    fn place(&self, isa: Isa, token: usize, buffers: &mut MoveBuffers) -> usize {
        let (block, slot) = (token / BLOCK_TOKENS, token / BLOCK_TOKENS % BLOCKS);
        let outputs = self.lower.outputs();
        if buffers.kept[slot] != block + 1 {
            let width = self.lower.inputs();
            let data = &buffers.narrow[block * BLOCK_TOKENS * width..];
            let len = BLOCK_TOKENS.min(data.len() / width);
            let rows = Rows { data, stride: width, len };
            self.lower.apply_to(isa, rows, &mut buffers.added[slot * BLOCK_TOKENS * outputs..]);
            buffers.kept[slot] = block + 1;
        }
        (slot * BLOCK_TOKENS + token % BLOCK_TOKENS) * outputs
    }

    /// The scores of all moves in the state that shows `tokens`, which are -1 where there is none.
    pub(crate) fn scores<'b>(&self, isa: Isa, tokens: &[i32], buffers: &'b mut MoveBuffers) -> &'b [f32] {
        let width = self.pieces * self.hidden;
        buffers.sums.clear();
        buffers.sums.resize(width, 0.0);
        for (feature, &token) in tokens.iter().enumerate() {
            let added = match usize::try_from(token) {
                Ok(token) => {
                    let place = self.place(isa, token, buffers);
                    &buffers.added[place + feature * width..][..width]
                }
                Err(_) => &self.missing[feature * width..][..width],
            };
            buffers.sums.iter_mut().zip(added).for_each(|(sum, x)| *sum += x);
        }
        buffers.sums.iter_mut().zip(&self.bias).for_each(|(sum, x)| *sum += x);
        let (first, rest) = buffers.sums.split_at_mut(self.hidden);
        for piece in rest.chunks_exact(self.hidden) {
            first.iter_mut().zip(piece).for_each(|(best, &x)| *best = if x > *best { x } else { *best });
        }
        match &self.upper {
            Some(upper) => {
                let rows = Rows { data: first, stride: self.hidden, len: 1 };
                upper.apply(isa, rows, &mut buffers.scores);
                &buffers.scores
            }
            None => first,
        }
    }
}
