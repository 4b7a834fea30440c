//! `waybill retry`: tries again what was set aside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use ledger::{Ledger, SetAside};
use waybill::pipeline::Summary;

use super::ingest::{How, ingest, tell};
use super::table::{Cell, Table};
use super::{Ended, Failure, Global, Terminal};

/// Try again what was set aside.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    how: How,
    /// Only list what was set aside, with the reasons.
    #[arg(long)]
    list: bool,
}

/// Runs `waybill retry`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let waiting = global.read_ledger()?.set_aside()?;
    if args.list {
        return list(&waiting, args.how.json, terminal);
    }
    if waiting.is_empty() {
        terminal.note("nothing is set aside");
        return Ok(Ended::Done);
    }
    let tools = global.coder()?;
    let mut ledger = global.write_ledger()?;
    let mut by_day: BTreeMap<Option<String>, BTreeSet<PathBuf>> = BTreeMap::new();
    for aside in &waiting {
        match &aside.path {
            Some(path) => drop(by_day.entry(aside.published.clone()).or_default().insert(path.into())),
            None => terminal.note("what came on standard input is gone: give it to `waybill ingest -` again"),
        }
    }
    let mut all = Summary::default();
    for (published, paths) in by_day {
        let how = How { published: args.how.published.clone().or(published), ..args.how };
        let paths: Vec<PathBuf> = paths.into_iter().collect();
        let summary = ingest(&paths, &how, (&tools, &mut ledger), terminal)?;
        add(&mut all, summary);
    }
    // What was read whole again and did not fail under the same name is set aside no longer.
    let failed: BTreeSet<&str> = all.set_aside.iter().map(|a| a.input.as_str()).collect();
    for aside in waiting.iter().filter(|a| a.path.is_some() && !failed.contains(a.input.as_str())) {
        ledger.resolve(&aside.input)?;
    }
    tell(&all, &args.how, false, terminal)
}

fn add(all: &mut Summary, one: Summary) {
    all.inputs += one.inputs;
    all.size_bytes += one.size_bytes;
    all.stored += one.stored;
    one.outcomes.into_iter().for_each(|(outcome, n)| *all.outcomes.entry(outcome).or_default() += n);
    all.set_aside.extend(one.set_aside);
    all.text_bytes += one.text_bytes;
    all.seconds += one.seconds;
    for step in one.steps {
        match all.steps.iter_mut().find(|s| s.step == step.step) {
            Some(sum) => sum.seconds += step.seconds,
            None => all.steps.push(step),
        }
    }
    let seconds: f64 = all.steps.iter().map(|s| s.seconds).sum::<f64>().max(f64::MIN_POSITIVE);
    all.steps.iter_mut().for_each(|s| s.share = s.seconds / seconds);
}

fn list(waiting: &[SetAside], json: bool, terminal: &mut Terminal) -> Result<Ended, Failure> {
    if json {
        waiting.iter().try_for_each(|aside| terminal.json(aside))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["input", "tried", "reason"]);
    for SetAside { input, at, reason, .. } in waiting {
        table.row(vec![Cell::new(input), Cell::new(at), Cell::new(reason)], terminal)?;
    }
    table.finish(terminal)?;
    if waiting.is_empty() {
        terminal.note("nothing is set aside");
    }
    Ok(Ended::Done)
}
