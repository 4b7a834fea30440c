//! `waybill search`: words in documents and claims.

use anstyle::AnsiColor;
use ledger::{Found, FoundKind, Ledger};
use waybill::rows::FoundRow;

use super::claims::short;
use super::table::plain;
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// Search the words of documents and claims.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Words (all must occur), "a phrase", beginning*, OR, NOT.
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many documents, and as many claims.
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill search`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let found = global.read_ledger()?.search(&args.query.join(" "), args.limit)?;
    if args.json {
        for found in found {
            terminal.json(&FoundRow::from(&found))?;
        }
        return Ok(Ended::Done);
    }
    if found.is_empty() {
        terminal.note("nothing found");
    }
    for found in &found {
        write(found, terminal)?;
    }
    Ok(Ended::Done)
}

fn write(found: &Found, terminal: &mut Terminal) -> Result<(), Failure> {
    let what = match found.kind {
        FoundKind::Document => found.title.as_deref().unwrap_or(&found.doc),
        FoundKind::Claim => "claim",
    };
    let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
    let mark = terminal.style(AnsiColor::Yellow.on_default().bold());
    let published = found.published.as_deref().unwrap_or("unknown");
    let (id, doc, what) = (short(&found.id), plain(&found.doc), plain(what));
    writeln!(terminal.out(), "{dim}{id}  {published}{dim:#}  {bold}{what}{bold:#}  {dim}{doc}{dim:#}")?;
    write!(terminal.out(), "    ")?;
    for (n, piece) in found.snippet.split(['\u{2}', '\u{3}']).enumerate() {
        let piece = plain(piece);
        if n % 2 == 1 {
            write!(terminal.out(), "{mark}{piece}{mark:#}")?;
        } else {
            write!(terminal.out(), "{piece}")?;
        }
    }
    writeln!(terminal.out())?;
    Ok(())
}
