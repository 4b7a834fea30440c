//! Across documents: copies, actors, deals, storylines, origins, screening, embargoes.
//!
//! Pure functions over plain values: no files, clock or network. What they return can be dropped and made again.

mod article;
pub mod copies;
mod ids;
mod sets;
pub mod stories;

pub use article::{Article, day_number};
