//! `waybill stats`: how much there is of everything.

use ledger::{Counts, Ledger};

use super::table::{Cell, Table};
use super::terminal::DIM;
use super::{Ended, Failure, Global, Terminal};

/// Count what is in the ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One JSON object.
    #[arg(long)]
    json: bool,
    /// A hash of the whole content: equal for ledgers that hold the same, whatever the order of arrival.
    #[arg(long)]
    digest: bool,
}

/// Runs `waybill stats`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    let counts = ledger.counts()?;
    let digest = args.digest.then(|| ledger::digest(&ledger)).transpose()?;
    if args.json {
        let mut value = serde_json::to_value(&counts)?;
        if let Some(digest) = digest {
            value["digest"] = digest.into();
        }
        terminal.json(&value)?;
        return Ok(Ended::Done);
    }
    write(&counts, terminal)?;
    if let Some(digest) = digest {
        writeln!(terminal.out(), "digest           {digest}")?;
    }
    Ok(Ended::Done)
}

fn write(counts: &Counts, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut table = Table::new(&["", "", ""]).numeric(1);
    let mut line = |label: &str, n: u64, more: String| {
        table.row(vec![Cell::styled(label, DIM), Cell::new(n.to_string()), Cell::new(more)], terminal)
    };
    let list = |pairs: &[(String, u64)]| {
        pairs.iter().map(|(word, n)| format!("{word} {n}")).collect::<Vec<_>>().join(", ")
    };
    line("documents", counts.documents, list(&counts.outcomes))?;
    line("without claims", counts.without_claims, String::new())?;
    line("claims", counts.claims, list(&counts.kinds))?;
    line("  stages", counts.stages.iter().map(|s| s.1).sum(), list(&counts.stages))?;
    line("  factuality", counts.factualities.iter().map(|f| f.1).sum(), list(&counts.factualities))?;
    line("actors", counts.actors, String::new())?;
    line("  suppliers", counts.suppliers.iter().map(|s| s.1).sum(), list(&counts.suppliers))?;
    line("  recipients", counts.recipients.iter().map(|s| s.1).sum(), list(&counts.recipients))?;
    line("judgements", counts.judgements, String::new())?;
    line("set aside", counts.set_aside, String::new())?;
    line("bytes", counts.size_bytes, String::new())?;
    table.finish(terminal)?;
    if let Some((first, last)) = &counts.published {
        writeln!(terminal.out(), "published from {first} to {last}")?;
    }
    Ok(())
}
