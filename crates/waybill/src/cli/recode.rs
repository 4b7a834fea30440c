//! `waybill recode`: codes again what another codebook or model had coded.

use ledger::Ledger;
use waybill::pipeline::{self, Ingest};

use super::ingest::{Bar, How, now, tell};
use super::{Ended, Failure, Global, Terminal};

/// Code again the documents that another codebook or model had coded.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    how: How,
    /// Code all documents again, also those that this codebook and model have coded.
    #[arg(long)]
    all: bool,
}

/// Runs `waybill recode`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let tools = global.coder()?;
    // A ledger that is not there is not to be made.
    drop(global.read_ledger()?);
    let mut ledger = global.write_ledger()?;
    if args.all {
        ledger.outdate()?;
    }
    let bar = Bar::new(terminal, None);
    let (at, options) = (now(), args.how.options());
    let ingest = Ingest { coder: &tools, options: &options, jobs: args.how.jobs(), at: &at };
    let summary = pipeline::recode(&ingest, &mut ledger, &mut |progress| bar.tell(progress))?;
    bar.finish();
    if summary.inputs == 0 {
        terminal.note("every document is coded under this codebook and model");
    }
    tell(&summary, &args.how, false, terminal)
}
