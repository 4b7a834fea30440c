//! Any two names compared: the score stays within 0 and 1, and a name matches itself.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use link::screening::{EntryKind, Name, Vocabulary, Weights, score};

static TABLES: LazyLock<(Vocabulary, Weights)> =
    LazyLock::new(|| (Vocabulary::bundled().expect("the codebook holds"), Weights::bundled().expect("the codebook holds")));

fuzz_target!(|names: (&str, &str, bool)| {
    let (vocabulary, weights) = &*TABLES;
    let kind = if names.2 { EntryKind::Person } else { EntryKind::Company };
    let a = Name::new(names.0, kind, vocabulary);
    let b = Name::new(names.1, kind, vocabulary);
    assert!((0.0..=1.0).contains(&score(&a, &b, weights)));
});
