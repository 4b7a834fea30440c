//! Inputs into the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use ledger::{Entry, Ledger, LedgerError, SetAside, Stored};

use super::timings::{Step, StepTime, Timings};
use super::workers::{Coder, Done, Found, Job, Work, run};

/// Most entries of one transaction.
const BATCH_ENTRIES: usize = 64;

/// Most bytes of text in one transaction.
const BATCH_BYTES: usize = 8 << 20;

/// Longest time that a finished document waits to be stored.
const BATCH_TIME: Duration = Duration::from_millis(500);

/// How to ingest.
pub struct Ingest<'a> {
    /// Documents to claims.
    pub coder: &'a dyn Coder,
    /// Bytes to documents.
    pub options: &'a read::Options,
    /// How many threads read and code.
    pub jobs: usize,
    /// The time to note as that of reading (RFC 3339).
    pub at: &'a str,
}

/// How far an ingest has got.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Inputs done.
    pub inputs: u64,
    /// Their bytes.
    pub size_bytes: u64,
    /// Claims found.
    pub claims: u64,
    /// Inputs set aside.
    pub set_aside: u64,
}

/// What an ingest did.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Summary {
    /// Inputs done.
    pub inputs: u64,
    /// Their bytes.
    pub size_bytes: u64,
    /// What changed in the ledger.
    pub stored: Stored,
    /// Documents worked on by what became of them; those that were there already are not among them.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Inputs set aside, in order.
    pub set_aside: Vec<SetAside>,
    /// Bytes of text that was worked on.
    pub text_bytes: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Time of each step over all threads.
    pub steps: Vec<StepTime>,
}

/// Reads, codes and stores all `jobs`; `progress` is called after each input.
///
/// Every finished document is stored at the latest half a second later, in batches of one transaction each: whenever
/// the program is killed, a later run goes on where this one ended. Inputs that had been set aside and can be read now
/// are set aside no longer.
///
/// # Errors
/// Where the ledger cannot be written. What was stored until then stays.
pub fn ingest(
    how: &Ingest<'_>,
    ledger: &mut dyn Ledger,
    jobs: impl Iterator<Item = Job> + Send,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, LedgerError> {
    let readers = (0..how.jobs.max(1)).map(|_| ledger.reader()).collect::<Result<Vec<_>, _>>()?;
    let waiting = ledger.set_aside()?.into_iter().map(|a| a.input).collect();
    let timings = Timings::default();
    let work = Work { coder: how.coder, options: how.options, jobs: how.jobs, readers, timings: &timings };
    let mut writer = Writer::new(ledger, how.at, &timings, waiting);
    let start = Instant::now();
    let mut failed = None;
    run(work, jobs, |done| match writer.take(done) {
        Ok(now) => {
            progress(now);
            true
        }
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let mut summary = writer.finish()?;
    summary.seconds = start.elapsed().as_secs_f64();
    summary.steps = timings.steps();
    Ok(summary)
}

/// Codes again every document whose coding has another key than the coder's, or all; see [`ingest`].
///
/// # Errors
/// Where the ledger cannot be read or written.
pub fn recode(
    how: &Ingest<'_>,
    ledger: &mut dyn Ledger,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, LedgerError> {
    let outdated = ledger.outdated(&how.coder.key())?;
    let reader = ledger.reader()?;
    let jobs = outdated.into_iter().filter_map(move |id| {
        let document = reader.document(&id).ok()??;
        Some(Job::Document(Box::new(document.document)))
    });
    ingest(how, ledger, jobs, progress)
}

/// The one writer: gathers finished documents and stores them batch by batch.
struct Writer<'a> {
    ledger: &'a mut dyn Ledger,
    at: &'a str,
    timings: &'a Timings,
    /// Inputs that had been set aside before.
    waiting: BTreeSet<String>,
    batch: Vec<Entry>,
    batch_bytes: usize,
    batch_since: Instant,
    summary: Summary,
    progress: Progress,
}

impl<'a> Writer<'a> {
    fn new(ledger: &'a mut dyn Ledger, at: &'a str, timings: &'a Timings, waiting: BTreeSet<String>) -> Self {
        Writer {
            ledger,
            at,
            timings,
            waiting,
            batch: Vec::new(),
            batch_bytes: 0,
            batch_since: Instant::now(),
            summary: Summary::default(),
            progress: Progress::default(),
        }
    }

    fn take(&mut self, done: Done) -> Result<Progress, LedgerError> {
        self.summary.inputs += 1;
        self.summary.size_bytes += done.size_bytes;
        let mut resolved = Vec::new();
        for item in done.items {
            if !matches!(item.found, Found::SetAside(_)) && self.waiting.contains(&item.input) {
                resolved.push(item.input);
            }
            self.add(item.found);
        }
        if self.batch.len() >= BATCH_ENTRIES
            || self.batch_bytes >= BATCH_BYTES
            || self.batch_since.elapsed() >= BATCH_TIME
            || !resolved.is_empty()
        {
            self.store()?;
        }
        for input in resolved {
            self.ledger.resolve(&input)?;
            self.waiting.remove(&input);
        }
        self.progress.inputs = self.summary.inputs;
        self.progress.size_bytes = self.summary.size_bytes;
        Ok(self.progress)
    }

    fn add(&mut self, found: Found) {
        self.batch.push(match found {
            Found::Coded(document, coding) => {
                self.batch_bytes += document.text.len();
                self.progress.claims += coding.claims.len() as u64;
                *self.summary.outcomes.entry(coding.outcome.as_str()).or_default() += 1;
                self.summary.text_bytes += document.text.len() as u64;
                Entry::Document { document, coding }
            }
            Found::Known(document, name) => Entry::Known { document, name },
            Found::SetAside(aside) => {
                self.progress.set_aside += 1;
                self.summary.set_aside.push(aside.clone());
                Entry::SetAside(aside)
            }
        });
    }

    fn store(&mut self) -> Result<(), LedgerError> {
        if !self.batch.is_empty() {
            let stored = self.timings.time(Step::Store, || self.ledger.store(&self.batch, self.at))?;
            self.summary.stored += stored;
            self.batch.clear();
            self.batch_bytes = 0;
        }
        self.batch_since = Instant::now();
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, LedgerError> {
        self.store()?;
        self.summary.set_aside.sort_by(|a, b| a.input.cmp(&b.input));
        Ok(self.summary)
    }
}
