//! `waybill demo`: the articles written for this project, read into a ledger and shown.

use std::path::PathBuf;

use ledger::{Ledger, SqliteLedger};

use super::claims::Rows;
use super::ingest::{How, ingest, tell};
use super::terminal::BOLD;
use super::{Ended, Failure, Global, Terminal};

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../../samples/", $name)) as &[u8])),*]
    };
}

/// The articles, by name.
const SAMPLES: &[(&str, &[u8])] = samples![
    "airdefence-1-pasted.txt",
    "airdefence-2-denied.txt",
    "airdefence-3-measures.json",
    "airdefence-4-briefing.txt",
    "drones-1-sought.json",
    "drones-2-talks.html",
    "drones-3-signed.txt",
    "drones-4-delivered.jsonl",
    "german-notice.html",
    "none-1-football.html",
    "none-2-harbour.txt",
    "none-3-chips.json",
    "shells-1-agency.txt",
    "shells-2-copy.html",
    "shells-3-short.json",
    "shells-4-denial.txt",
    "shells-5-council.html",
];

/// Read the sample articles into a ledger and show it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Keep the ledger in this file.
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
}

/// Runs `waybill demo`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let coder = global.coder()?;
    let folder = tempfile::tempdir().map_err(Failure::Output)?;
    let articles = folder.path().join("samples");
    std::fs::create_dir(&articles).map_err(Failure::Output)?;
    for (name, bytes) in SAMPLES {
        std::fs::write(articles.join(name), bytes).map_err(Failure::Output)?;
    }
    let file = args.keep.clone().unwrap_or_else(|| folder.path().join("demo.db"));
    let mut ledger = SqliteLedger::open(&file)?;
    let how = How { jobs: None, published: None, timings: false, json: false };
    heading("Reading the sample articles", terminal)?;
    let summary = ingest(&[articles], &how, (&coder, &mut ledger), terminal)?;
    let ended = tell(&summary, &how, false, terminal)?;
    heading("What they claim (waybill claims)", terminal)?;
    show_claims(&ledger, terminal)?;
    heading("What they say together (waybill deals)", terminal)?;
    super::deals::show_all(&ledger, terminal)?;
    if let Some(kept) = &args.keep {
        let kept = kept.display();
        terminal
            .note(&format!("the ledger is in {kept}: try `waybill --ledger {kept} show shells-1-agency`"));
    } else {
        terminal.note("`waybill demo --keep demo.db` keeps the ledger to look further");
    }
    Ok(ended)
}

fn heading(words: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let bold = terminal.style(BOLD);
    writeln!(terminal.out(), "\n{bold}{words}{bold:#}")?;
    Ok(())
}

fn show_claims(ledger: &dyn Ledger, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut rows = Rows::new(false);
    let mut failed = None;
    ledger.claims(&ledger::ClaimFilter::default(), &mut |claim| {
        failed = rows.row(&claim, terminal).err();
        if failed.is_some() { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    })?;
    failed.map_or(Ok(()), Err)?;
    rows.finish(terminal)
}

#[cfg(test)]
mod tests {
    use super::SAMPLES;

    #[test]
    fn every_sample_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");
        let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<String> = files.filter(|name| name != "README.md").collect();
        files.sort();
        assert_eq!(files, SAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
