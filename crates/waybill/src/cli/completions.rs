//! `waybill completions`: for the shell.

use super::{Ended, Failure, Terminal};

/// Write the completions of a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which.
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Runs `waybill completions`.
pub(crate) fn run(args: &Args, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::grammar(), "waybill", &mut script);
    terminal.out().write_all(&script)?;
    Ok(Ended::Done)
}
