//! Across documents: copies, actors, deals, storylines, origins, screening, embargoes.
//!
//! Pure functions over plain values: no files, clock or network. What they return can be dropped and made again.

pub mod actors;
mod article;
pub mod copies;
pub mod deals;
pub mod embargo;
pub mod exports;
mod ids;
pub mod judgements;
pub mod origins;
pub mod screening;
mod sets;
pub mod stories;

pub use article::{Article, day_number};
