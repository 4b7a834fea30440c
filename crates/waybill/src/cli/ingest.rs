//! `waybill ingest`: reads, codes and keeps articles.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ledger::{Ledger, SetAside, SqliteLedger};
use waybill::pipeline::{self, Found, Ingest, Job, Progress, Summary, Timings, Work};

use super::table::{Cell, Table, plain};
use super::terminal::DIM;
use super::{Ended, Failure, Global, Terminal, day};
use waybill::coder::DocumentCoder;

/// Reasons that are told one by one; of more, the number is told.
const REASONS: usize = 20;

/// Read articles, code them and keep what they claim.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files and folders (text, HTML, JSON, JSON lines, also gzipped); `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
    /// Read and code, but keep nothing.
    #[arg(long)]
    dry_run: bool,
}

/// How to ingest.
#[derive(Debug, clap::Args)]
pub(crate) struct How {
    /// Threads that read and code [default: as many as there are cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Day of publication of inputs that do not tell theirs.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) published: Option<String>,
    /// Tell how long each step took and how much memory was held.
    #[arg(long)]
    pub(crate) timings: bool,
    /// The summary as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

impl How {
    /// How inputs are read.
    pub(crate) fn options(&self) -> read::Options {
        read::Options { published: self.published.clone(), ..read::Options::default() }
    }

    /// How many threads.
    pub(crate) fn jobs(&self) -> usize {
        self.jobs.map_or_else(all_cores, usize::from)
    }
}

/// As many threads as the machine runs at once.
pub(crate) fn all_cores() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get())
}

/// Runs `waybill ingest`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    // Before the threads that work are started.
    waybill::priority::give_way();
    let tools = global.coder()?;
    let summary = if args.dry_run {
        dry_run(args, &tools, global, terminal)?
    } else {
        let mut ledger = global.write_ledger()?;
        ingest(&args.paths, &args.how, (&tools, &mut ledger), terminal)?
    };
    tell(&summary, &args.how, args.dry_run, terminal)
}

/// Ingests `paths` into the ledger with a bar on the terminal.
pub(crate) fn ingest(
    paths: &[PathBuf],
    how: &How,
    (tools, ledger): (&DocumentCoder, &mut SqliteLedger),
    terminal: &Terminal,
) -> Result<Summary, Failure> {
    let bar = Bar::new(terminal, Some(size_of(paths)));
    let (at, options) = (now(), how.options());
    let ingest = Ingest { coder: tools, options: &options, jobs: how.jobs(), at: &at };
    let jobs = read::sources(paths, std::io::stdin(), &options).map(Job::Raw);
    let summary = pipeline::ingest(&ingest, ledger, jobs, &mut |progress| bar.tell(progress))?;
    bar.finish();
    Ok(summary)
}

/// The same without a ledger to write to; one that is there tells what is known.
fn dry_run(
    args: &Args,
    tools: &DocumentCoder,
    global: &Global,
    terminal: &Terminal,
) -> Result<Summary, Failure> {
    let mut readers: Vec<Box<dyn Ledger>> = Vec::new();
    if global.ledger.exists() {
        let ledger = global.read_ledger()?;
        for _ in 0..args.how.jobs() {
            readers.push(ledger.reader()?);
        }
    }
    let bar = Bar::new(terminal, Some(size_of(&args.paths)));
    let (timings, options) = (Timings::default(), args.how.options());
    let work = Work { coder: tools, options: &options, jobs: args.how.jobs(), readers, timings: &timings };
    let (mut summary, mut progress) = (Summary::default(), Progress::default());
    let start = std::time::Instant::now();
    let jobs = read::sources(&args.paths, std::io::stdin(), &options).map(Job::Raw);
    pipeline::run(work, jobs, |done| {
        summary.inputs += 1;
        summary.size_bytes += done.size_bytes;
        for item in done.items {
            match item.found {
                Found::Coded(document, coding) => {
                    summary.stored.documents += 1;
                    summary.stored.claims += coding.claims.len() as u64;
                    summary.text_bytes += document.text.len() as u64;
                    *summary.outcomes.entry(coding.outcome.as_str()).or_default() += 1;
                }
                Found::Known(..) => summary.stored.known += 1,
                Found::SetAside(aside) => summary.set_aside.push(aside),
            }
        }
        progress.inputs = summary.inputs;
        progress.size_bytes = summary.size_bytes;
        progress.claims = summary.stored.claims;
        progress.set_aside = summary.set_aside.len() as u64;
        bar.tell(progress);
        true
    });
    bar.finish();
    summary.set_aside.sort_by(|a, b| a.input.cmp(&b.input));
    summary.seconds = start.elapsed().as_secs_f64();
    summary.steps = timings.steps();
    Ok(summary)
}

/// Now, as the ledger notes it.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_else(|_| jiff::Timestamp::now()).to_string()
}

/// Bytes of all files under some paths, as far as they can be told.
fn size_of(paths: &[PathBuf]) -> u64 {
    fn of(path: &Path, depth: usize) -> u64 {
        let Ok(metadata) = std::fs::metadata(path) else { return 0 };
        if !metadata.is_dir() || depth > 32 {
            return metadata.len();
        }
        let entries = std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
        entries.map(|entry| of(&entry.path(), depth + 1)).sum()
    }
    paths.iter().map(|path| of(path, 0)).sum()
}

/// A bar on standard error, drawn only on a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar over so many bytes, or one without an end.
    pub(crate) fn new(terminal: &Terminal, size_bytes: Option<u64>) -> Self {
        let target = if terminal.draws_progress() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(size_bytes.filter(|n| *n > 0), target);
        let template = match size_bytes {
            Some(_) => "{bar:30} {percent:>3}% {msg} {elapsed} (left {eta})",
            None => "{spinner} {msg} {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(bar)
    }

    /// Draws how far it has got.
    pub(crate) fn tell(&self, now: Progress) {
        let Progress { inputs, claims, set_aside, size_bytes } = now;
        self.0.set_position(size_bytes);
        let aside = if set_aside > 0 { format!(", {set_aside} set aside") } else { String::new() };
        self.0.set_message(format!("{inputs} read, {claims} claims{aside}"));
    }

    /// Takes the bar away.
    pub(crate) fn finish(self) {
        self.0.finish_and_clear();
    }
}

/// Tells what was done, and how the command ends.
pub(crate) fn tell(
    summary: &Summary,
    how: &How,
    dry_run: bool,
    terminal: &mut Terminal,
) -> Result<Ended, Failure> {
    for SetAside { input, reason, .. } in summary.set_aside.iter().take(REASONS) {
        let reason =
            if reason.starts_with(input.as_str()) { reason.clone() } else { format!("{input}: {reason}") };
        terminal.note(&format!("set aside: {}", plain(&reason)));
    }
    let more = summary.set_aside.len().saturating_sub(REASONS);
    if more > 0 {
        terminal.note(&format!("… and {more} more"));
    }
    if !summary.set_aside.is_empty() && !dry_run {
        terminal.note("`waybill retry` tries again what was set aside");
    }
    if how.json {
        let mut value = serde_json::to_value(summary)?;
        value["peak_memory_bytes"] = pipeline::peak_memory_bytes().into();
        terminal.json(&value)?;
    } else {
        write(summary, dry_run, terminal)?;
        if how.timings {
            write_timings(summary, terminal)?;
        }
    }
    Ok(if summary.set_aside.is_empty() { Ended::Done } else { Ended::SomeSetAside })
}

fn write(summary: &Summary, dry_run: bool, terminal: &mut Terminal) -> Result<(), Failure> {
    let stored = &summary.stored;
    let mut parts = vec![format!("{} documents", stored.documents)];
    let of = |outcome: &str| summary.outcomes.get(outcome).copied().unwrap_or(0);
    for (outcome, words) in [("not_relevant", "not relevant"), ("other_language", "in another language")] {
        if of(outcome) > 0 {
            parts.push(format!("{} {words}", of(outcome)));
        }
    }
    if stored.versions > 0 {
        parts.push(format!("{} newer versions", stored.versions));
    }
    parts.push(format!("{} claims", stored.claims));
    if stored.known > 0 {
        parts.push(format!("{} known before", stored.known));
    }
    if !summary.set_aside.is_empty() {
        parts.push(format!("{} set aside", summary.set_aside.len()));
    }
    let verb = if dry_run { "would keep" } else { "kept" };
    writeln!(terminal.out(), "{verb} {}", parts.join(", "))?;
    Ok(())
}

fn write_timings(summary: &Summary, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut table = Table::new(&["step", "seconds", "share"]).numeric(1).numeric(2);
    for step in &summary.steps {
        let (seconds, share) = (format!("{:.3}", step.seconds), format!("{:.1}%", step.share * 100.0));
        table.row(vec![Cell::styled(step.step, DIM), Cell::new(seconds), Cell::new(share)], terminal)?;
    }
    table.finish(terminal)?;
    let seconds = summary.seconds.max(f64::MIN_POSITIVE);
    let documents: u64 = summary.outcomes.values().sum();
    let (rate, bytes) = (documents as f64 / seconds, summary.text_bytes as f64 / seconds / 1e3);
    writeln!(
        terminal.out(),
        "{documents} documents in {seconds:.2} s: {rate:.1} a second, {bytes:.0} kB of text a second"
    )?;
    if let Some(peak) = pipeline::peak_memory_bytes() {
        writeln!(terminal.out(), "peak memory {:.0} MB", peak as f64 / 1e6)?;
    }
    Ok(())
}
