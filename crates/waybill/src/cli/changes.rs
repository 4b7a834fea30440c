//! `waybill changes`: what is new since a day.

use anstyle::AnsiColor;
use ledger::Moment;
use link::deals::{ChangeKind, changes};
use waybill::linking::gather;

use super::deals::parties;
use super::table::{Cell, Table, cut};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal, day};

/// List what changed since a day: new deals, changes of stage, denials, retractions.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The day whose end is compared with now.
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: String,
    /// Compare by what was known on that day, not by what was published.
    #[arg(long)]
    known: bool,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill changes`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    let then = if args.known {
        Moment { ingested: Some(args.since.clone()), published: None }
    } else {
        Moment { published: Some(args.since.clone()), ingested: None }
    };
    let before = gather(&ledger, &then)?.deals();
    let after = gather(&ledger, &Moment::default())?.deals();
    let found = changes(&before, &after);
    if args.json {
        found.iter().try_for_each(|change| terminal.json(change))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["change", "deal", "from → to", "goods", "before", "now"]);
    for change in &found {
        let deal = after.iter().find(|deal| deal.id == change.deal);
        let (word, style) = match change.kind {
            ChangeKind::NewDeal => ("new deal", AnsiColor::Green.on_default()),
            ChangeKind::Stage => ("stage", AnsiColor::Yellow.on_default()),
            ChangeKind::Denial => ("denial", AnsiColor::Red.on_default()),
            ChangeKind::Retraction => ("retraction", AnsiColor::Red.on_default()),
            ChangeKind::Merged => ("merged", AnsiColor::Cyan.on_default()),
        };
        let cells = vec![
            Cell::styled(word, style),
            Cell::styled(&change.deal, DIM),
            Cell::styled(cut(&deal.map_or_else(String::new, parties), 44), BOLD),
            Cell::new(deal.map_or("", |deal| deal.category.as_str())),
            Cell::new(&change.before),
            Cell::new(&change.after),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    if found.is_empty() {
        terminal.note("nothing changed");
    }
    Ok(Ended::Done)
}
