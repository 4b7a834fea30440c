//! What every ledger must do, whichever store keeps it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::ops::ControlFlow;

use common::{DAY, coding, document, entries, key, transfer};
use ledger::{
    ClaimFilter, Entry, FoundKind, Judgement, Ledger, Moment, SetAside, SqliteLedger, Stored, digest,
};
use model::{Category, Kind, Stage};

/// Runs a check on an empty ledger of every kind of store.
fn check(test: impl Fn(&mut dyn Ledger)) {
    let folder = tempfile::tempdir().unwrap();
    let mut sqlite = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    test(&mut sqlite);
}

fn claims(ledger: &dyn Ledger, filter: ClaimFilter) -> Vec<String> {
    let mut found = Vec::new();
    ledger
        .claims(&filter, &mut |c| {
            let stage = c.claim.stage.unwrap();
            found.push(format!("{} {}→{} {stage}", c.doc, c.claim.supplier[0].id, c.claim.recipient[0].id));
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn all() -> ClaimFilter {
    ClaimFilter::default()
}

#[test]
fn what_goes_in_comes_out() {
    check(|ledger| {
        let batch = entries(3);
        let stored = ledger.store(&batch, DAY).unwrap();
        assert_eq!(stored, Stored { documents: 3, claims: 3, ..Stored::default() });
        let Entry::Document { document, coding } = &batch[1] else { panic!("a document") };
        let kept = ledger.document("doc-1").unwrap().unwrap();
        assert_eq!(kept.document, **document);
        assert_eq!(
            (kept.key, kept.notes, kept.ingested_at.as_str()),
            (coding.key.clone(), coding.notes.clone(), DAY)
        );
        let id = ledger::claim_id(&kept.id, &coding.claims[0]);
        let claim = ledger.claim(&id).unwrap().unwrap();
        assert_eq!(claim.claim, coding.claims[0]);
        let (start, end) = claim.evidence_chars[0];
        let chars: Vec<char> = document.text.chars().collect();
        let words: String = chars[start as usize..end as usize].iter().collect();
        assert_eq!(words, claim.claim.evidence[0].text, "offsets are in characters");
        assert_eq!(ledger.claim(&id[..8]).unwrap().unwrap().id, id);
        assert_eq!(ledger.document(&kept.id[..8]).unwrap().unwrap().id, kept.id);
        assert_eq!(ledger.document("https://paper.example/1").unwrap().unwrap().id, kept.id);
        assert!(ledger.document("nothing").unwrap().is_none() && ledger.claim("c0000").unwrap().is_none());
    });
}

#[test]
fn the_same_again_changes_nothing() {
    check(|ledger| {
        let batch = entries(4);
        ledger.store(&batch, DAY).unwrap();
        let before = digest(ledger).unwrap();
        let stored = ledger.store(&batch, "2024-06-01T00:00:00Z").unwrap();
        assert_eq!(stored, Stored { known: 4, ..Stored::default() });
        assert_eq!(digest(ledger).unwrap(), before);
        assert_eq!(ledger.document("doc-0").unwrap().unwrap().ingested_at, DAY);
    });
}

#[test]
fn the_same_content_in_two_files_is_one_document_by_its_first_name() {
    check(|ledger| {
        let with_name = |name: &str| {
            let d = document(name, "Shells", "France sends shells.");
            Entry::Document { document: d.into(), coding: coding(key("book-1"), vec![]) }
        };
        ledger.store(&[with_name("b"), with_name("a")], DAY).unwrap();
        let kept = ledger.document("b").unwrap().unwrap();
        assert_eq!((kept.document.doc.as_str(), kept.names), ("a", vec!["a".to_owned(), "b".to_owned()]));
        let known = Entry::Known { document: kept.id, name: "0".to_owned() };
        let unknown = Entry::Known { document: "d0".to_owned(), name: "c".to_owned() };
        assert_eq!(ledger.store(&[known, unknown], DAY).unwrap(), Stored { known: 1, ..Stored::default() });
        assert_eq!(ledger.document("a").unwrap().unwrap().document.doc, "0");
        assert_eq!(ledger.counts().unwrap().documents, 1);
    });
}

#[test]
fn a_changed_text_at_one_address_is_a_new_version() {
    check(|ledger| {
        let version = |body: &str, stage: Stage| {
            let mut d = document("shells", "Shells", body);
            d.url = Some("https://paper.example/shells".to_owned());
            let claims = vec![transfer(&d, "FRA", "POL", stage)];
            Entry::Document { document: d.into(), coding: coding(key("book-1"), claims) }
        };
        ledger.store(&[version("France offers shells.", Stage::Offered)], DAY).unwrap();
        let later = "2024-05-03T00:00:00Z";
        let stored = ledger.store(&[version("France sent shells.", Stage::Delivered)], later).unwrap();
        assert_eq!((stored.documents, stored.versions), (1, 1));
        let newest = ledger.document("shells").unwrap().unwrap();
        assert_eq!(newest.ingested_at, later);
        let texts: Vec<_> = ledger.versions(&newest).unwrap().into_iter().map(|v| v.document.text).collect();
        assert_eq!(texts, ["Shells\nFrance offers shells.", "Shells\nFrance sent shells."]);
        assert_eq!(claims(ledger, all()), ["shells FRA→POL delivered"]);
        assert_eq!(claims(ledger, ClaimFilter { all_versions: true, ..all() }).len(), 2);
        let moment = Moment { ingested: Some("2024-05-02".to_owned()), published: None };
        assert_eq!(claims(ledger, ClaimFilter { moment, ..all() }), ["shells FRA→POL offered"]);
    });
}

#[test]
fn another_codebook_replaces_the_coding() {
    check(|ledger| {
        ledger.store(&entries(3), DAY).unwrap();
        assert!(ledger.outdated(&key("book-1")).unwrap().is_empty());
        let outdated = ledger.outdated(&key("book-2")).unwrap();
        assert_eq!(outdated.len(), 3);
        let old = ledger.document(&outdated[0]).unwrap().unwrap().document;
        let claims_now = vec![transfer(&old, "FRA", "POL", Stage::Halted)];
        let again = Entry::Document { document: old.into(), coding: coding(key("book-2"), claims_now) };
        assert_eq!(ledger.store(&[again], DAY).unwrap(), Stored { known: 1, claims: 1, ..Stored::default() });
        assert_eq!(ledger.outdated(&key("book-2")).unwrap(), outdated[1..]);
        let before = claims(ledger, all());
        ledger.outdate().unwrap();
        assert_eq!(ledger.outdated(&key("book-2")).unwrap(), outdated, "all are");
        assert_eq!(claims(ledger, all()), before);
        let old = ledger.document(&outdated[0]).unwrap().unwrap().document;
        let same = vec![transfer(&old, "FRA", "POL", Stage::Halted)];
        let again = Entry::Document { document: old.into(), coding: coding(key("book-2"), same) };
        ledger.store(&[again], DAY).unwrap();
        assert!(ledger.is_coded(&outdated[0], &key("book-2")).unwrap());
        assert!(!ledger.is_coded(&outdated[1], &key("book-2")).unwrap());
        assert_eq!(claims(ledger, all()).len(), 3);
        assert_eq!(claims(ledger, ClaimFilter { stages: vec![Stage::Halted], ..all() }).len(), 1);
        assert_eq!(
            ledger.search("POL", 9).unwrap().len(),
            1,
            "the old words are forgotten, the new ones found"
        );
    });
}

#[test]
fn filters_let_through_what_fits() {
    check(|ledger| {
        ledger.store(&entries(6), DAY).unwrap();
        let of = |filter: ClaimFilter| claims(ledger, filter).len();
        assert_eq!(of(ClaimFilter { suppliers: vec!["prk".to_owned()], ..all() }), 2);
        assert_eq!(of(ClaimFilter { suppliers: vec!["PRK".to_owned(), "IRN".to_owned()], ..all() }), 4);
        assert_eq!(of(ClaimFilter { recipients: vec!["PRK".to_owned()], ..all() }), 0);
        assert_eq!(of(ClaimFilter { actors: vec!["RUS".to_owned()], ..all() }), 6);
        assert_eq!(of(ClaimFilter { kinds: vec![Kind::Measure], ..all() }), 0);
        assert_eq!(of(ClaimFilter { goods: vec![Category::Ammunition], ..all() }), 6);
        assert_eq!(of(ClaimFilter { goods: vec![Category::Drones], ..all() }), 0);
        assert_eq!(of(ClaimFilter { stages: vec![Stage::Agreed, Stage::Sought], ..all() }), 4);
        assert_eq!(of(ClaimFilter { speaker: Some("poe".to_owned()), ..all() }), 6);
        assert_eq!(of(ClaimFilter { speaker: Some("%".to_owned()), ..all() }), 0);
        assert_eq!(of(ClaimFilter { since: Some("2024-05-05".to_owned()), ..all() }), 2);
        assert_eq!(of(ClaimFilter { until: Some("2024-05-02".to_owned()), ..all() }), 2);
        assert_eq!(of(ClaimFilter { doc: Some("doc-3".to_owned()), ..all() }), 1);
        assert_eq!(of(ClaimFilter { limit: Some(4), ..all() }), 4);
        let moment = Moment { published: Some("2024-05-03".to_owned()), ingested: None };
        assert_eq!(of(ClaimFilter { moment, ..all() }), 3);
    });
}

#[test]
fn a_list_goes_on_after_any_claim() {
    check(|ledger| {
        ledger.store(&entries(7), DAY).unwrap();
        let ids = |filter: ClaimFilter| {
            let mut ids = Vec::new();
            ledger
                .claims(&filter, &mut |claim| {
                    ids.push(claim.id);
                    ControlFlow::Continue(())
                })
                .unwrap();
            ids
        };
        let whole = ids(all());
        let mut paged: Vec<String> = Vec::new();
        loop {
            let page = ids(ClaimFilter { after: paged.last().cloned(), limit: Some(2), ..all() });
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        assert_eq!(paged, whole);
        assert!(ids(ClaimFilter { after: Some("c0".to_owned()), ..all() }).is_empty());
    });
}

#[test]
fn search_finds_documents_and_claims() {
    check(|ledger| {
        ledger.store(&entries(3), DAY).unwrap();
        let found = ledger.search("shell \"from IRN\"", 10).unwrap();
        let kinds: Vec<_> = found.iter().map(|f| (f.kind, f.doc.as_str())).collect();
        assert_eq!(kinds, [(FoundKind::Document, "doc-1"), (FoundKind::Claim, "doc-1")]);
        assert!(found[0].snippet.contains("\u{2}shells\u{3}"), "{}", found[0].snippet);
        assert!(ledger.search("submarine", 10).unwrap().is_empty());
        assert!(ledger.search("NOT", 10).unwrap_err().to_string().contains("is not a search"));
    });
}

#[test]
fn judgements_are_only_added() {
    check(|ledger| {
        let reject = Judgement {
            subject_kind: "claim".to_owned(),
            subject: "c1".to_owned(),
            verdict: "reject".to_owned(),
            detail: serde_json::json!({ "slot": "supplier" }),
            author: "ada".to_owned(),
            reason: Some("a caption".to_owned()),
        };
        let undo = Judgement { verdict: "undo".to_owned(), ..reject.clone() };
        assert_eq!(ledger.judge(&reject, DAY).unwrap(), 1);
        assert_eq!(ledger.judge(&undo, "2024-05-02T00:00:00Z").unwrap(), 2);
        let subject = ledger::Subject { kind: "claim".to_owned(), id: "c1".to_owned() };
        let kept = ledger.judgements(Some(&subject)).unwrap();
        assert_eq!(kept.iter().map(|j| &j.judgement).collect::<Vec<_>>(), [&reject, &undo]);
        let other = ledger::Subject { id: "c2".to_owned(), ..subject };
        assert!(ledger.judgements(Some(&other)).unwrap().is_empty());
    });
}

#[test]
fn inputs_set_aside_wait_until_they_are_read() {
    check(|ledger| {
        let aside = SetAside {
            input: "news.jsonl#17".to_owned(),
            path: Some("news.jsonl".to_owned()),
            reason: "line 17 is no JSON".to_owned(),
            published: None,
            at: String::new(),
        };
        let newer = SetAside { reason: "line 17 ends early".to_owned(), ..aside.clone() };
        ledger.store(&[Entry::SetAside(aside)], DAY).unwrap();
        assert_eq!(ledger.store(&[Entry::SetAside(newer.clone())], DAY).unwrap().set_aside, 1);
        assert_eq!(ledger.set_aside().unwrap(), [SetAside { at: DAY.to_owned(), ..newer }]);
        ledger.resolve("news.jsonl#17").unwrap();
        assert!(ledger.set_aside().unwrap().is_empty());
    });
}

#[test]
fn counts_add_up() {
    check(|ledger| {
        let empty = document("empty", "Weather", "It rains.");
        ledger
            .store(&[Entry::Document { document: empty.into(), coding: coding(key("b"), vec![]) }], DAY)
            .unwrap();
        ledger.store(&entries(4), DAY).unwrap();
        let counts = ledger.counts().unwrap();
        assert_eq!((counts.documents, counts.without_claims, counts.claims, counts.actors), (5, 1, 4, 4));
        assert_eq!(counts.suppliers[0], ("PRK".to_owned(), 2));
        assert_eq!(counts.published, Some(("2024-05-01".to_owned(), "2024-05-04".to_owned())));
        assert!(counts.size_bytes > 0);
    });
}

#[test]
fn what_is_derived_counts_until_something_changes() {
    check(|ledger| {
        let rows = ["a".to_owned(), "b".to_owned()];
        let before = ledger.state().unwrap();
        ledger.keep_derived("copies", &before, &rows).unwrap();
        assert_eq!(ledger.derived("copies", &before).unwrap().unwrap(), rows);
        assert_eq!(ledger.derived("stories", &before).unwrap(), None);
        ledger.store(&entries(2), DAY).unwrap();
        let after = ledger.state().unwrap();
        assert_eq!(ledger.derived("copies", &after).unwrap(), None);
        ledger.keep_derived("copies", &after, &rows[..1]).unwrap();
        assert_eq!(ledger.derived("copies", &after).unwrap().unwrap(), rows[..1]);
        ledger.store(&entries(2), DAY).unwrap();
        assert_eq!(ledger.state().unwrap(), after, "the same again changes nothing");
    });
}

#[test]
fn what_has_come_since_is_read_alone() {
    check(|ledger| {
        let read = |ledger: &dyn Ledger, mark: &ledger::Mark| {
            let (mut documents, mut claims) = (Vec::new(), 0);
            let only_longer = ledger
                .arrivals(
                    mark,
                    &mut |d| {
                        documents.push(d.document.doc);
                        ControlFlow::Continue(())
                    },
                    &mut |_| {
                        claims += 1;
                        ControlFlow::Continue(())
                    },
                )
                .unwrap();
            (only_longer, documents, claims)
        };
        let all = entries(3);
        ledger.store(&all[..1], DAY).unwrap();
        let start = ledger.mark().unwrap();
        assert_eq!(read(ledger, &ledger::Mark::default()), (true, vec!["doc-0".to_owned()], 1));
        assert_eq!(read(ledger, &start), (true, vec![], 0));
        ledger.store(&all, DAY).unwrap();
        assert_eq!(read(ledger, &start), (true, vec!["doc-1".to_owned(), "doc-2".to_owned()], 2));
        let later = ledger.mark().unwrap();
        // Another name of what is there, another coding: what was read before is no longer how it is.
        let Entry::Document { document, coding } = &all[0] else { panic!("a document") };
        let id = ledger::document_id(document);
        ledger.store(&[Entry::Known { document: id, name: "another".to_owned() }], DAY).unwrap();
        assert!(!read(ledger, &later).0);
        let later = ledger.mark().unwrap();
        let mut anew = coding.clone();
        anew.key.codebook = "newer".to_owned();
        ledger.store(&[Entry::Document { document: document.clone(), coding: anew }], DAY).unwrap();
        assert!(!read(ledger, &later).0);
    });
}

#[test]
fn beginnings_are_found_by_all_their_words() {
    check(|ledger| {
        ledger.store(&entries(30), DAY).unwrap();
        let count = |query: &str| ledger.search(query, 1000).unwrap().len();
        assert_eq!((count("shipment"), count("ship*"), count("sh*")), (60, 60, 60));
        assert_eq!((count("ship* iran"), count("ship* irn"), count("zzz*")), (0, 20, 0));
        assert_eq!(count("ship* NOT irn"), 40);
        assert!(ledger.search("ship*", 1).unwrap()[0].snippet.contains("\u{2}Shipment\u{3}"));
    });
}

#[test]
fn of_common_words_the_newest_places_are_found() {
    check(|ledger| {
        let key = key("book-1");
        let one = |n: usize| {
            let document = Box::new(document(&format!("note-{n}"), &format!("Note {n}"), "Guns were seen."));
            Entry::Document { document, coding: coding(key.clone(), Vec::new()) }
        };
        ledger.store(&(0..2100).map(one).collect::<Vec<_>>(), DAY).unwrap();
        let found: Vec<String> =
            ledger.search("guns", 3).unwrap().into_iter().map(|found| found.doc).collect();
        assert_eq!(found, ["note-2099", "note-2098", "note-2097"]);
        assert_eq!(ledger.search("guns 17", 3).unwrap()[0].doc, "note-17");
    });
}
