//! What a ledger in one file must stand: any order, several writers and readers, a kill at any byte, foreign files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::path::{Path, PathBuf};

use common::{DAY, entries};
use ledger::{Entry, Ledger, SqliteLedger, digest};
use proptest::prelude::*;

fn digest_of(batches: &[&[Entry]]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = SqliteLedger::open(&folder.path().join("a.db")).unwrap();
    for batch in batches {
        ledger.store(batch, DAY).unwrap();
    }
    digest(&ledger).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn order_and_batches_do_not_matter(shuffled in Just(entries(12)).prop_shuffle(), size in 1usize..12) {
        let wanted = digest_of(&[&entries(12)]);
        prop_assert_eq!(digest_of(&shuffled.chunks(size).collect::<Vec<_>>()), wanted);
    }
}

fn log_of(path: &Path) -> PathBuf {
    path.with_extension("db-wal")
}

/// A process killed while it writes leaves the write-ahead log cut anywhere. Whatever is left: every document that was
/// finished is there, none is there in part, and going on gives the ledger of an undisturbed run.
#[test]
fn a_log_cut_anywhere_leaves_whole_documents() {
    let all = entries(9);
    let wanted = digest_of(&[&all]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("whole.db");
    let mut ledger = SqliteLedger::open(&path).unwrap();
    let mut finished = vec![(std::fs::metadata(log_of(&path)).unwrap().len(), 0)];
    for (n, batch) in all.chunks(3).enumerate() {
        ledger.store(batch, DAY).unwrap();
        finished.push((std::fs::metadata(log_of(&path)).unwrap().len(), (n as u64 + 1) * 3));
    }
    let (base, log) = (std::fs::read(&path).unwrap(), std::fs::read(log_of(&path)).unwrap());
    drop(ledger);
    let first = finished[0].0 as usize;
    for cut in (first..=log.len()).step_by(1777).chain([log.len() - 1, log.len()]) {
        let path = folder.path().join(format!("cut-{cut}.db"));
        std::fs::write(&path, &base).unwrap();
        std::fs::write(log_of(&path), &log[..cut]).unwrap();
        let mut ledger = SqliteLedger::open(&path).unwrap();
        let counts = ledger.counts().unwrap();
        let least = finished.iter().rev().find(|(end, _)| *end <= cut as u64).unwrap().1;
        assert!(counts.documents >= least && counts.documents.is_multiple_of(3), "cut at {cut}: {counts:?}");
        assert_eq!((counts.claims, counts.without_claims), (counts.documents, 0), "cut at {cut}");
        ledger.store(&all, DAY).unwrap();
        assert_eq!(digest(&ledger).unwrap(), wanted, "cut at {cut}");
    }
}

#[test]
fn a_reader_goes_on_while_another_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut writer = SqliteLedger::open(&path).unwrap();
    writer.store(&entries(2), DAY).unwrap();
    let reader = writer.reader().unwrap();
    let mut seen = Vec::new();
    let read = std::thread::spawn(move || {
        let mut most = 0;
        while most < 400 {
            let counts = reader.counts().unwrap();
            assert_eq!(counts.documents, counts.claims, "a batch is seen whole");
            if counts.documents != most {
                most = counts.documents;
                seen.push(most);
            }
        }
        seen
    });
    for batch in entries(400).chunks(20) {
        writer.store(batch, DAY).unwrap();
    }
    let seen = read.join().unwrap();
    assert!(seen.iter().all(|n| *n == 2 || n.is_multiple_of(20)), "{seen:?}");
}

#[test]
fn a_snapshot_stands_still() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut writer = SqliteLedger::open(&path).unwrap();
    writer.store(&entries(2), DAY).unwrap();
    let reader = writer.reader().unwrap();
    reader
        .snapshot(&mut |ledger| {
            let before = ledger.state()?;
            writer.store(&entries(6), DAY)?;
            assert_eq!(ledger.state()?, before);
            Ok(())
        })
        .unwrap();
    assert_eq!(reader.state().unwrap(), writer.state().unwrap());
}

#[test]
fn two_writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    SqliteLedger::open(&path).unwrap();
    let all = entries(40);
    std::thread::scope(|scope| {
        for half in all.chunks(20) {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = SqliteLedger::open(path).unwrap();
                for batch in half.chunks(3) {
                    ledger.store(batch, DAY).unwrap();
                }
            });
        }
    });
    assert_eq!(digest(&SqliteLedger::open_existing(&path).unwrap()).unwrap(), digest_of(&[&all]));
}

fn error(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let error = SqliteLedger::open_existing(path).err().unwrap().to_string();
    error.replace(path.to_str().unwrap(), name)
}

#[test]
fn a_file_that_is_no_ledger_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    insta::assert_snapshot!(error(&path("none.db")), @"there is no ledger at none.db: make one with `waybill ingest PATH`, or name another with --ledger");
    std::fs::write(path("text.db"), "Not a database at all, but long enough to have a header. ".repeat(40))
        .unwrap();
    insta::assert_snapshot!(error(&path("text.db")), @"text.db is not a waybill ledger: name another file with --ledger");
    let other = rusqlite::Connection::open(path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE things (n INTEGER)").unwrap();
    insta::assert_snapshot!(error(&path("other.db")), @"other.db is not a waybill ledger: name another file with --ledger");
    drop(SqliteLedger::open(&path("new.db")).unwrap());
    let newer = rusqlite::Connection::open(path("new.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    insta::assert_snapshot!(error(&path("new.db")), @"new.db has format 99, this program knows up to 3: use the newer waybill that wrote it");
}

#[test]
fn a_ledger_opens_again_with_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    SqliteLedger::open(&path).unwrap().store(&entries(3), DAY).unwrap();
    let again = SqliteLedger::open_existing(&path).unwrap();
    assert_eq!((again.schema_version().unwrap(), again.counts().unwrap().documents), (3, 3));
    assert_eq!(digest(&again).unwrap(), digest_of(&[&entries(3)]));
}
