//! `waybill code`: claims straight from files, without a ledger.

use std::path::PathBuf;

use ledger::SetAside;
use waybill::pipeline::{self, Found, InOrder, Job, Timings, Work};
use waybill::rows::loose;

use super::claims::Rows;
use super::ingest::How;
use super::table::plain;
use super::{Ended, Failure, Global, Terminal};

/// Code files and list their claims, without a ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// Runs `waybill code`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let tools = global.coder()?;
    let (timings, options) = (Timings::default(), args.how.options());
    let work = Work {
        coder: &tools,
        options: &options,
        jobs: args.how.jobs(),
        readers: Vec::new(),
        timings: &timings,
    };
    let jobs = read::sources(&args.paths, std::io::stdin(), &options).map(Job::Raw);
    let (mut rows, mut order, mut ended) = (Rows::new(args.how.json), InOrder::default(), Ended::Done);
    let mut failed = None;
    pipeline::run(work, jobs, |done| {
        for item in order.take(done).into_iter().flat_map(|done| done.items) {
            match item.found {
                Found::Coded(document, coding) => {
                    for claim in coding.claims {
                        failed = rows.row(&loose(&document, claim), terminal).err();
                        if failed.is_some() {
                            return false;
                        }
                    }
                }
                Found::Known(..) => {}
                Found::SetAside(SetAside { input, reason, .. }) => {
                    terminal.note(&format!("set aside: {}: {}", plain(&input), plain(&reason)));
                    ended = Ended::SomeSetAside;
                }
            }
        }
        true
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    rows.finish(terminal)?;
    Ok(ended)
}
