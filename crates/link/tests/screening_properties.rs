//! Properties of screening: no bytes make a reader panic, a name matches itself, the order of two names does not matter.

use link::screening::readers::{
    OfacFiles, read_eu_csv, read_eu_xml, read_ftm, read_ofac_csv, read_ofac_xml, read_uk_csv, read_un_xml,
};
use link::screening::{
    Birth, Entry, EntryKind, List, ListedName, Name, NameQuality, Query, Screener, Vocabulary, Weights, score,
};
use proptest::prelude::*;

fn tables() -> (Vocabulary, Weights) {
    (
        Vocabulary::bundled().expect("the bundled words are valid"),
        Weights::bundled().expect("the bundled weights are valid"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn readers_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_un_xml(&bytes[..]);
        let _ = read_eu_xml(&bytes[..]);
        let _ = read_ofac_xml("x", &bytes[..]);
        let _ = read_eu_csv(&bytes[..]);
        let _ = read_uk_csv(&bytes[..]);
        let _ = read_ftm("x", &bytes[..]);
        let _ = read_ofac_csv("x", OfacFiles { primary: &bytes[..], alternate: Some(&bytes[..]), addresses: Some(&bytes[..]) });
    }

    #[test]
    fn scores_stay_in_range_whatever_the_names(a in ".{0,40}", b in ".{0,40}") {
        let (vocabulary, weights) = tables();
        for kind in [EntryKind::Person, EntryKind::Company] {
            let (x, y) = (Name::new(&a, kind, &vocabulary), Name::new(&b, kind, &vocabulary));
            let got = score(&x, &y, &weights);
            prop_assert!((0.0..=1.0).contains(&got), "{a} {b} {got}");
        }
    }

    #[test]
    fn a_name_matches_itself_in_any_order_of_its_parts(a in "[a-z]{5,9}", b in "[a-z]{5,9}") {
        prop_assume!(a != b);
        let (vocabulary, weights) = tables();
        let one = Name::new(&format!("{a} {b}"), EntryKind::Person, &vocabulary);
        let other = Name::new(&format!("{b}, {a}"), EntryKind::Person, &vocabulary);
        prop_assert!(score(&one, &one, &weights) > 0.9);
        prop_assert!(score(&one, &other, &weights) > 0.9);
    }
}

#[test]
fn a_hit_tells_which_part_matched_which() {
    let (vocabulary, weights) = tables();
    let mut entry = Entry::new("T-1", EntryKind::Person);
    entry
        .names
        .push(ListedName { text: "AKSELROD, Nikolai Petrovich".to_owned(), quality: NameQuality::Primary });
    entry.born.push(Birth::year(1960));
    let list = List { name: "test".to_owned(), date: None, entries: vec![entry] };
    let screener = Screener::new(vec![list], vocabulary, weights);
    let ask = |name: &str, born: Option<&str>| {
        let query = Query {
            name: name.to_owned(),
            kind: EntryKind::Person,
            born: born.and_then(Birth::parse),
            ..Query::default()
        };
        screener.screen(&query, screener.threshold())
    };
    let hits = ask("Николай Аксельрод", None);
    assert_eq!(hits.len(), 1, "{hits:?}");
    assert!(hits[0].steps.iter().any(|s| s.query == "akselrod" && s.entry == "akselrod"), "{hits:?}");
    let (with, against) = (ask("Nikolai Akselrod", Some("1960")), ask("Nikolai Akselrod", Some("1990")));
    assert!(with[0].score > hits[0].score * 0.9);
    assert!(against.is_empty() || against[0].score < with[0].score);
    assert!(ask("Nikolai Petrenko", None).is_empty());
}
