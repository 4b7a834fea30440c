//! One document to its claims.
