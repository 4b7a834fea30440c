//! The server from outside, over a real listener on loopback.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod alerts;
mod api;
mod client;
mod fixture;
mod pages;
mod screening;
mod view;
mod writing;
