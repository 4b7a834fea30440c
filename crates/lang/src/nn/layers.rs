//! Dense layers over packed weights.

use super::graph::Graph;
use super::kernel::{Isa, LANES, MAX_ROWS, tile};
use crate::error::LangError;

/// The most rows that one layer goes over before the next panel of weights is loaded.
const BLOCK_ROWS: usize = 256;

/// Rows of numbers, one after the other: `data[row * stride ..][.. width]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The numbers.
    pub(crate) data: &'a [f32],
    /// From one row's start to the next's.
    pub(crate) stride: usize,
    /// How many rows.
    pub(crate) len: usize,
}

/// A weight matrix in panels of `pieces` × 16 columns.
#[derive(Debug)]
struct Packed {
    /// [block of 16 outputs][input][piece][lane]
    weights: Vec<f32>,
    inputs: usize,
    outputs: usize,
    pieces: usize,
}

impl Packed {
    /// Packs `weights` in the order [output][piece][input].
    fn new(weights: &[f32], outputs: usize, pieces: usize, inputs: usize) -> Self {
        let blocks = outputs.div_ceil(LANES);
        let mut packed = vec![0.0; blocks * inputs * pieces * LANES];
        for (o, rows) in weights.chunks_exact(pieces * inputs).enumerate().take(outputs) {
            let (block, lane) = (o / LANES, o % LANES);
            for (p, row) in rows.chunks_exact(inputs).enumerate() {
                for (i, &w) in row.iter().enumerate() {
                    packed[((block * inputs + i) * pieces + p) * LANES + lane] = w;
                }
            }
        }
        Packed { weights: packed, inputs, outputs, pieces }
    }

    fn panel(&self, block: usize) -> &[f32] {
        let len = self.inputs * self.pieces * LANES;
        &self.weights[block * len..(block + 1) * len]
    }

    fn blocks(&self) -> usize {
        self.outputs.div_ceil(LANES)
    }

    /// Calls `put` with every tile: first row, number of rows, block and sums.
    fn tiles(&self, isa: Isa, rows: Rows<'_>, mut put: impl FnMut(usize, usize, usize, &[f32])) {
        let mut sums = [0.0; MAX_ROWS * 3 * LANES];
        for first in (0..rows.len).step_by(BLOCK_ROWS) {
            let last = rows.len.min(first + BLOCK_ROWS);
            for block in 0..self.blocks() {
                let panel = self.panel(block);
                for row in (first..last).step_by(MAX_ROWS) {
                    let count = (last - row).min(MAX_ROWS);
                    let a = (&rows.data[row * rows.stride..], rows.stride);
                    match self.pieces {
                        1 => tile::<1>(isa, a, count, panel, &mut sums),
                        2 => tile::<2>(isa, a, count, panel, &mut sums),
                        _ => tile::<3>(isa, a, count, panel, &mut sums),
                    }
                    put(row, count, block, &sums);
                }
            }
        }
    }
}

/// `y = W x + b`.
#[derive(Debug)]
pub(crate) struct Linear {
    packed: Packed,
    bias: Vec<f32>,
}

impl Linear {
    /// A layer from weights in the order [output][input].
    pub(crate) fn new(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let outputs = bias.len();
        let mut padded = bias.to_vec();
        padded.resize(outputs.next_multiple_of(LANES), 0.0);
        Linear { packed: Packed::new(weights, outputs, 1, inputs), bias: padded }
    }

    /// The layer of node `at`.
    pub(crate) fn read(graph: &Graph<'_>, at: usize) -> Result<Self, LangError> {
        let weights = graph.array(at, "W", 2)?;
        let bias = graph.array(at, "b", 1)?;
        if bias.data.len() != weights.shape[0] {
            return Err(graph.error("a linear layer's weights and bias do not fit"));
        }
        Ok(Linear::new(&weights.data, &bias.data, weights.shape[1]))
    }

    /// How many numbers a row of the input has.
    pub(crate) fn inputs(&self) -> usize {
        self.packed.inputs
    }

    /// How many numbers a row of the output has.
    pub(crate) fn outputs(&self) -> usize {
        self.packed.outputs
    }

    /// Applies the layer to rows; `out` becomes rows of [`Linear::outputs`] numbers without gaps.
    pub(crate) fn apply(&self, isa: Isa, rows: Rows<'_>, out: &mut Vec<f32>) {
        // All of it is written below, so what is in it need not be cleared.
        out.resize(rows.len * self.packed.outputs, 0.0);
        self.apply_to(isa, rows, out);
    }

    /// Applies the layer to rows and writes rows of [`Linear::outputs`] numbers to the start of `out`.
    pub(crate) fn apply_to(&self, isa: Isa, rows: Rows<'_>, out: &mut [f32]) {
        let outputs = self.packed.outputs;
        self.packed.tiles(isa, rows, |row, count, block, sums| {
            let from = block * LANES;
            let width = LANES.min(outputs - from);
            let bias = &self.bias[from..from + width];
            for (i, sums) in sums.chunks_exact(LANES).take(count).enumerate() {
                let out = &mut out[(row + i) * outputs + from..][..width];
                for ((out, sum), bias) in out.iter_mut().zip(sums).zip(bias) {
                    *out = sum + bias;
                }
            }
        });
    }
}

/// A maxout layer and the layer normalization after it.
#[derive(Debug)]
pub(crate) struct Maxout {
    packed: Packed,
    /// [piece][output], padded to whole blocks.
    bias: Vec<f32>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Maxout {
    /// The maxout of node `at` with the normalization of node `norm`.
    pub(crate) fn read(graph: &Graph<'_>, at: usize, norm: usize) -> Result<Self, LangError> {
        let weights = graph.array(at, "W", 3)?;
        let bias = graph.array(at, "b", 2)?;
        let gain = graph.array(norm, "G", 1)?.data;
        let shift = graph.array(norm, "b", 1)?.data;
        let &[outputs, pieces, inputs] = weights.shape.as_slice() else {
            return Err(graph.error("a maxout layer's weights have not three dimensions"));
        };
        if bias.shape != [outputs, pieces] || gain.len() != outputs || shift.len() != outputs {
            return Err(graph.error("a maxout layer's weights and biases do not fit"));
        }
        if !(1..=3).contains(&pieces) {
            return Err(LangError::unsupported("a maxout layer", format!("{pieces} pieces")));
        }
        let padded = outputs.next_multiple_of(LANES);
        let mut by_piece = vec![0.0; pieces * padded];
        for (o, row) in bias.data.chunks_exact(pieces).enumerate() {
            for (p, &b) in row.iter().enumerate() {
                by_piece[p * padded + o] = b;
            }
        }
        let packed = Packed::new(&weights.data, outputs, pieces, inputs);
        Ok(Maxout { packed, bias: by_piece, gain, shift })
    }

    /// How many numbers a row of the input has.
    pub(crate) fn inputs(&self) -> usize {
        self.packed.inputs
    }

    /// How many numbers a row of the output has.
    pub(crate) fn outputs(&self) -> usize {
        self.packed.outputs
    }

    /// Applies the layer to rows; `out` becomes rows of [`Maxout::outputs`] numbers without gaps.
    pub(crate) fn apply(&self, isa: Isa, rows: Rows<'_>, out: &mut Vec<f32>) {
        let (outputs, pieces) = (self.packed.outputs, self.packed.pieces);
        let padded = outputs.next_multiple_of(LANES);
        // All of it is written below, so what is in it need not be cleared.
        out.resize(rows.len * outputs, 0.0);
        self.packed.tiles(isa, rows, |row, count, block, sums| {
            let from = block * LANES;
            let width = LANES.min(outputs - from);
            for (i, sums) in sums.chunks_exact(pieces * LANES).take(count).enumerate() {
                let mut best = [f32::NEG_INFINITY; LANES];
                for (p, sums) in sums.chunks_exact(LANES).enumerate() {
                    let bias = &self.bias[p * padded + from..][..LANES];
                    for ((best, sum), bias) in best.iter_mut().zip(sums).zip(bias) {
                        let x = sum + bias;
                        *best = if x > *best { x } else { *best };
                    }
                }
                out[(row + i) * outputs + from..][..width].copy_from_slice(&best[..width]);
            }
        });
        for row in out.chunks_exact_mut(outputs) {
            self.normalize(row);
        }
    }

    fn normalize(&self, row: &mut [f32]) {
        let len = row.len() as f32;
        let mean = sum(row) / len;
        let mut square = [0.0f32; LANES];
        for chunk in row.chunks(LANES) {
            for (s, x) in square.iter_mut().zip(chunk) {
                *s += (x - mean) * (x - mean);
            }
        }
        let variance = sum(&square) / len + 1e-8;
        let scale = 1.0 / variance.sqrt();
        for ((x, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *x = (*x - mean) * scale * gain + shift;
        }
    }
}

/// The sum in a fixed order that suits vectors.
fn sum(row: &[f32]) -> f32 {
    let mut lanes = [0.0f32; LANES];
    for chunk in row.chunks(LANES) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x;
        }
    }
    for half in [8, 4, 2, 1] {
        let (low, high) = lanes.split_at_mut(half);
        for (a, b) in low.iter_mut().zip(high) {
            *a += *b;
        }
    }
    lanes[0]
}
