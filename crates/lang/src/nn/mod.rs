//! The neural layers: dense products, maxout with layer normalization, and the graph that thinc saves.

pub(crate) mod graph;
pub(crate) mod kernel;
pub(crate) mod layers;
