//! The command line: one file a command.

mod claims;
mod codebook;
mod completions;
mod export;
mod failure;
mod filters;
mod search;
mod show;
mod stats;
mod table;
mod terminal;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ledger::SqliteLedger;

pub(crate) use failure::Failure;
pub(crate) use terminal::{Colours, Terminal};

/// Reads the news and keeps a sourced ledger of reported arms transfers.
#[derive(Debug, Parser)]
#[command(name = "waybill", version, max_term_width = 100, after_help = "Exit status: 0 done, 1 failed, 2 bad command line, 3 done with some input set aside.")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    /// The ledger's file.
    #[arg(long, global = true, env = "WAYBILL_LEDGER", default_value = "waybill.db", value_name = "FILE")]
    pub(crate) ledger: PathBuf,
    /// A folder with a codebook to use in place of the built-in one.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Colours::Auto, value_name = "WHEN")]
    pub(crate) color: Colours,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List claims.
    Claims(claims::Args),
    /// Show a document with its claims marked, or one claim with every slot.
    Show(show::Args),
    /// Search the words of documents and claims.
    Search(search::Args),
    /// Write claims as JSON lines or CSV.
    Export(export::Args),
    /// Count what is in the ledger.
    Stats(stats::Args),
    /// Check a codebook.
    Codebook(codebook::Args),
    /// Write the completions of a shell.
    Completions(completions::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All was done.
    Done,
    /// All was done but for some input.
    SomeSetAside,
    /// What was asked for was looked at and found wanting; the command has said so.
    Wanting,
}

/// Runs the program on the process's arguments and streams.
pub(crate) fn main() -> ExitCode {
    quiet_panics();
    let cli = Cli::parse();
    let mut terminal = Terminal::new(cli.global.color);
    let ended = run(&cli, &mut terminal);
    let ended = match terminal.flush() {
        Err(error) if ended.is_ok() => Err(error.into()),
        _ => ended,
    };
    match ended {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::SomeSetAside) => ExitCode::from(3),
        Ok(Ended::Wanting) => ExitCode::FAILURE,
        // Whoever read the output has had enough of it.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.error(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Panics that the pipeline catches become inputs set aside: they need no trace on the screen.
fn quiet_panics() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !waybill::pipeline::is_catching() {
            loud(info);
        }
    }));
}

fn run(cli: &Cli, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let global = &cli.global;
    match &cli.command {
        Command::Claims(args) => claims::run(args, global, terminal),
        Command::Show(args) => show::run(args, global, terminal),
        Command::Search(args) => search::run(args, global, terminal),
        Command::Export(args) => export::run(args, global, terminal),
        Command::Stats(args) => stats::run(args, global, terminal),
        Command::Codebook(args) => codebook::run(args, global, terminal),
        Command::Completions(args) => completions::run(args, terminal),
    }
}

impl Global {
    /// The ledger, to read it.
    pub(crate) fn read_ledger(&self) -> Result<SqliteLedger, Failure> {
        Ok(SqliteLedger::open_existing(&self.ledger)?)
    }

    /// The ledger, to write to it; made where there is none.
    #[allow(dead_code, reason = "used by the commands that write")]
    pub(crate) fn write_ledger(&self) -> Result<SqliteLedger, Failure> {
        Ok(SqliteLedger::open(&self.ledger)?)
    }
}

/// Accepts a day (`2022-09-06`) on the command line.
pub(crate) fn day(text: &str) -> Result<String, String> {
    match model::parse_date(text) {
        Some(day) if text.len() == 10 => Ok(day.to_string()),
        _ => Err("give a day of the calendar as YYYY-MM-DD, such as 2022-09-06".to_owned()),
    }
}

/// The command line's grammar, for completions and tests.
pub(crate) fn grammar() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// Arguments that are files to read; `-` is standard input.
#[allow(dead_code, reason = "used by the commands that read files")]
pub(crate) fn paths(given: &[OsString]) -> Vec<PathBuf> {
    given.iter().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_grammar_is_sound() {
        super::grammar().debug_assert();
    }
}
