//! `waybill lists`: adds sanctions lists, tells which are installed, and compares two versions of one.

use waybill::lists;

use super::ingest::now;
use super::table::{Cell, Table};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// Add sanctions lists, list those that are installed, compare two versions of one.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add lists, each in place of the one of its name: OFAC, UN, EU, UK or FollowTheMoney.
    ///
    /// For OFAC's CSV name sdn.csv or cons_prim.csv: alt.csv and add.csv beside it are read with it. A file that is
    /// cut off or another one is refused whole.
    Add {
        /// Files or addresses.
        #[arg(required = true, value_name = "FILE|URL")]
        origins: Vec<String>,
    },
    /// List the installed lists: name, entries, date, hash.
    Status {
        /// JSON lines.
        #[arg(long)]
        json: bool,
    },
    /// List what changed from one version of a list to another.
    Diff {
        /// The older version: a file, or the name of an installed list.
        old: String,
        /// The newer version.
        new: String,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

/// Runs `waybill lists`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let folder = global.lists_folder()?;
    match &args.action {
        Action::Add { origins } => {
            for origin in origins {
                let status = lists::add(origin, &folder, &now())?;
                writeln!(terminal.out(), "added {}: {} entries", status.name, status.entries)?;
                let ofac = status.name.starts_with("ofac") && origin.to_lowercase().ends_with(".csv");
                if ofac && !origin.contains("://") && !lists::beside(origin.as_ref(), "alt").exists() {
                    let missing = lists::beside(origin.as_ref(), "alt");
                    terminal.note(&format!("other names are missing: {} is not there", missing.display()));
                }
            }
            Ok(Ended::Done)
        }
        Action::Status { json } => status(&lists::status(&folder)?, *json, terminal),
        Action::Diff { old, new, json } => {
            let diff = link::screening::diff(&lists::named(old, &folder)?, &lists::named(new, &folder)?);
            if *json {
                terminal.json(&diff)?;
            } else {
                show(&diff, terminal)?;
            }
            Ok(Ended::Done)
        }
    }
}

fn status(found: &[lists::Status], json: bool, terminal: &mut Terminal) -> Result<Ended, Failure> {
    if json {
        found.iter().try_for_each(|list| terminal.json(list))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["list", "entries", "date", "added", "sha256", "from"]).numeric(1);
    for list in found {
        let cells = vec![
            Cell::styled(&list.name, BOLD),
            Cell::new(list.entries.to_string()),
            Cell::new(list.date.as_deref().unwrap_or("not told")),
            Cell::new(&list.added_at),
            Cell::styled(list.sha256.get(..12).unwrap_or(&list.sha256), DIM),
            Cell::styled(&list.origin, DIM),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    if found.is_empty() {
        terminal.note("no sanctions list is installed: run `waybill lists add FILE|URL`");
    }
    Ok(Ended::Done)
}

fn show(diff: &link::screening::Diff, terminal: &mut Terminal) -> Result<(), Failure> {
    let out = terminal.out();
    for (id, name) in &diff.added {
        writeln!(out, "+ {id} {name}")?;
    }
    for (id, name) in &diff.removed {
        writeln!(out, "- {id} {name}")?;
    }
    for change in &diff.changed {
        writeln!(out, "~ {} {}", change.id, change.title)?;
        for line in &change.lines {
            writeln!(out, "    {line}")?;
        }
    }
    let (added, removed, changed) = (diff.added.len(), diff.removed.len(), diff.changed.len());
    terminal.note(&format!("{added} added, {removed} removed, {changed} changed"));
    Ok(())
}
