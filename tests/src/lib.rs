//! Holds the house rules: which crate may use which, and how long a file or a function may be.
