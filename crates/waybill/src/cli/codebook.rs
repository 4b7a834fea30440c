//! `waybill codebook`: checks a codebook.

use super::{Ended, Failure, Global, Terminal};

/// Check a codebook.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Read the codebook and point at the line of every error; --codebook names the folder.
    Check,
}

/// Runs `waybill codebook check`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let Action::Check = args.action;
    let Some(folder) = &global.codebook else {
        let book = code::Codebook::load_default()?;
        writeln!(terminal.out(), "the built-in codebook is sound; version {}", book.version)?;
        return Ok(Ended::Done);
    };
    let errors = code::book::check(folder);
    for error in &errors {
        writeln!(terminal.out(), "{error}")?;
    }
    if errors.is_empty() {
        let book = code::Codebook::load_dir(folder)?;
        writeln!(terminal.out(), "{} is sound; version {}", folder.display(), book.version)?;
        return Ok(Ended::Done);
    }
    Ok(Ended::Wanting)
}
