//! `waybill relink`: copies and storylines made anew from the documents and claims.

use super::{Ended, Failure, Global, Terminal};

/// Drop what is kept across documents and make it anew; judgements stay in force.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill relink`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    // A ledger that is not there is an error: it is not made here.
    drop(global.read_ledger()?);
    let (links, stories) = waybill::linking::relink(&mut global.write_ledger()?)?;
    if args.json {
        terminal.json(&serde_json::json!({ "links": links, "stories": stories }))?;
    } else {
        writeln!(
            terminal.out(),
            "{links} links between documents that repeat each other, {stories} storylines"
        )?;
    }
    Ok(Ended::Done)
}
