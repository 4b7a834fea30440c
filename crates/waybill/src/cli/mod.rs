//! The command line: one file a command.

mod attributions;
mod changes;
mod claims;
mod code;
mod codebook;
mod completions;
mod deals;
mod demo;
mod embargoes;
mod explain;
mod export;
mod failure;
mod filters;
mod ingest;
mod judge;
mod lists;
mod model;
mod parse;
mod recode;
mod relink;
mod retry;
mod screen;
mod search;
mod serve;
mod show;
mod stats;
mod stories;
mod table;
mod terminal;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ledger::SqliteLedger;
use waybill::coder::DocumentCoder;
use waybill::models;

pub(crate) use failure::Failure;
pub(crate) use terminal::{Colours, Terminal};

/// Reads the news and keeps a sourced ledger of reported arms transfers.
#[derive(Debug, Parser)]
#[command(
    name = "waybill",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 done, 1 failed, 2 bad command line, 3 done with some input set aside."
)]
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
    /// The language model: a wheel, or the name of an installed one.
    #[arg(long, global = true, env = "WAYBILL_MODEL", value_name = "WHEEL|NAME")]
    pub(crate) model: Option<PathBuf>,
    /// The folder that sanctions lists are kept in; else waybill/lists in the user's data directory.
    #[arg(long, global = true, env = "WAYBILL_LISTS", value_name = "DIR")]
    pub(crate) lists: Option<PathBuf>,
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = Colours::Auto, value_name = "WHEN")]
    pub(crate) color: Colours,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles, code them and keep what they claim.
    Ingest(ingest::Args),
    /// Code files and list their claims, without a ledger.
    Code(code::Args),
    /// List claims.
    Claims(claims::Args),
    /// Show a document with its claims marked, or one claim with every slot.
    Show(show::Args),
    /// Show how a text was read: tokens, mentions, attributions, claims.
    Explain(explain::Args),
    /// Parse a text: drawings of its trees, or CoNLL-U.
    Parse(parse::Args),
    /// List who says what in plain texts, as JSON lines.
    Attributions(attributions::Args),
    /// List deals: what all documents say of one supplier, recipient and class of goods.
    Deals(deals::Args),
    /// Show one deal as a timeline by source.
    Deal(deals::OneArgs),
    /// List storylines: the documents about one developing matter.
    Stories(stories::Args),
    /// Show one storyline.
    Story(stories::OneArgs),
    /// List the documents that repeat a document, with the differences marked.
    Copies(stories::CopiesArgs),
    /// List what changed since a day: new deals, changes of stage, denials, retractions.
    Changes(changes::Args),
    /// Keep a judgement on a claim, a deal or an actor.
    Judge(judge::Args),
    /// Say which names are one actor, and which are not.
    Actor(judge::ActorArgs),
    /// Make the copies and storylines that are kept anew.
    Relink(relink::Args),
    /// Search the words of documents and claims.
    Search(search::Args),
    /// Serve the ledger to browsers and programs.
    Serve(serve::Args),
    /// Make, list or revoke tokens for `waybill serve`.
    Token(token::Args),
    /// Write claims as JSON lines or CSV.
    Export(export::Args),
    /// Count what is in the ledger.
    Stats(stats::Args),
    /// Code again the documents that another codebook or model had coded.
    Recode(recode::Args),
    /// Try again what was set aside.
    Retry(retry::Args),
    /// Install a language model, or list those that are installed.
    Model(model::Args),
    /// Check a codebook.
    Codebook(codebook::Args),
    /// Read the sample articles into a ledger and show it.
    Demo(demo::Args),
    /// Add sanctions lists, list those that are installed, compare two versions of one.
    Lists(lists::Args),
    /// Screen names against the installed sanctions lists.
    Screen(screen::Args),
    /// List the arms embargoes in force on a day.
    Embargoes(embargoes::Args),
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
        Command::Ingest(args) => ingest::run(args, global, terminal),
        Command::Code(args) => code::run(args, global, terminal),
        Command::Recode(args) => recode::run(args, global, terminal),
        Command::Retry(args) => retry::run(args, global, terminal),
        Command::Model(args) => model::run(args, global, terminal),
        Command::Claims(args) => claims::run(args, global, terminal),
        Command::Show(args) => show::run(args, global, terminal),
        Command::Explain(args) => explain::run(args, global, terminal),
        Command::Parse(args) => parse::run(args, global, terminal),
        Command::Attributions(args) => attributions::run(args, global, terminal),
        Command::Deals(args) => deals::run(args, global, terminal),
        Command::Deal(args) => deals::run_one(args, global, terminal),
        Command::Stories(args) => stories::run(args, global, terminal),
        Command::Story(args) => stories::run_one(args, global, terminal),
        Command::Copies(args) => stories::run_copies(args, global, terminal),
        Command::Changes(args) => changes::run(args, global, terminal),
        Command::Judge(args) => judge::run(args, global, terminal),
        Command::Actor(args) => judge::run_actor(args, global, terminal),
        Command::Relink(args) => relink::run(args, global, terminal),
        Command::Search(args) => search::run(args, global, terminal),
        Command::Serve(args) => serve::run(args, global, terminal),
        Command::Token(args) => token::run(args, global, terminal),
        Command::Export(args) => export::run(args, global, terminal),
        Command::Stats(args) => stats::run(args, global, terminal),
        Command::Codebook(args) => codebook::run(args, global, terminal),
        Command::Demo(args) => demo::run(args, global, terminal),
        Command::Lists(args) => lists::run(args, global, terminal),
        Command::Screen(args) => screen::run(args, global, terminal),
        Command::Embargoes(args) => embargoes::run(args, global, terminal),
        Command::Completions(args) => completions::run(args, terminal),
    }
}

impl Global {
    /// The language model and the codebook.
    pub(crate) fn coder(&self) -> Result<DocumentCoder, Failure> {
        let book = waybill::coder::codebook(self.codebook.as_deref())?;
        let wheel = models::find(self.model.as_deref(), models::folder())?;
        Ok(DocumentCoder::open(&wheel, book)?)
    }

    /// The ledger, to read it.
    pub(crate) fn read_ledger(&self) -> Result<SqliteLedger, Failure> {
        Ok(SqliteLedger::open_existing(&self.ledger)?)
    }

    /// The folder that sanctions lists are kept in.
    pub(crate) fn lists_folder(&self) -> Result<PathBuf, Failure> {
        self.lists.clone().map_or_else(|| Ok(waybill::lists::folder()?), Ok)
    }

    /// The matches that people have rejected; none where there is no ledger yet.
    pub(crate) fn rejections(&self) -> Result<waybill::law::Rejections, Failure> {
        if !self.ledger.exists() {
            return Ok(waybill::law::Rejections::default());
        }
        Ok(waybill::law::Rejections::of(ledger::Ledger::judgements(&self.read_ledger()?, None)?))
    }

    /// The ledger, to write to it; made where there is none.
    pub(crate) fn write_ledger(&self) -> Result<SqliteLedger, Failure> {
        Ok(SqliteLedger::open(&self.ledger)?)
    }
}

/// Accepts a day (`2022-09-06`) on the command line.
pub(crate) fn day(text: &str) -> Result<String, String> {
    match ::model::parse_date(text) {
        Some(day) if text.len() == 10 => Ok(day.to_string()),
        _ => Err("give a day of the calendar as YYYY-MM-DD, such as 2022-09-06".to_owned()),
    }
}

/// The command line's grammar, for completions and tests.
pub(crate) fn grammar() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_grammar_is_sound() {
        super::grammar().debug_assert();
    }
}
