//! One document to its claims, by the codebook.
//!
//! The steps run one way: [`mentions`] finds who and what is named, [`attribution`] who says what,
//! [`events`] what is said to have happened, and the claims are put together from all three. Every step takes plain
//! values and returns plain values; what was noticed and is not an error comes back as notes.

pub mod attribution;
pub mod book;
mod coder;
pub mod dates;
pub mod events;
pub mod lexicon;
mod mend;
pub mod mentions;
mod rehang;
pub mod text;
pub mod triage;

pub use book::{BookError, Codebook};
pub use coder::{Coded, Coder};
