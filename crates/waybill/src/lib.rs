//! The parts joined: many inputs to a ledger, on all cores.
//!
//! This library knows no terminal: it takes values, calls back, and returns values. `src/cli` is the program; `serve`
//! holds what the server's `api` and `web` pages stand on.

pub mod api;
pub mod coder;
pub mod law;
pub mod linking;
pub mod lists;
pub mod models;
pub mod pipeline;
pub mod plain;
pub mod priority;
pub mod rows;
pub mod serve;
pub mod web;
