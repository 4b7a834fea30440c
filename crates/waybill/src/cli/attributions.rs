//! `waybill attributions`: who says what in plain texts, with offsets in characters.

use std::path::{Path, PathBuf};

use code::text::{Place, Text};
use waybill::pipeline::Timings;
use waybill::plain::{self, Chars};

use super::{Ended, Failure, Global, Terminal};

/// List who says what in plain texts, as JSON lines.
///
/// Each file is taken as it stands: `start` and `end` are characters of the file, and nothing is taken for a caption
/// or a prompt.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Text files (UTF-8), and folders of them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs `waybill attributions`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let coder = global.coder()?;
    let timings = Timings::default();
    for path in texts(&args.paths)? {
        let bytes = std::fs::read(&path).map_err(|source| input_error(&path, source))?;
        let text = String::from_utf8_lossy(&bytes);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let document = plain::document(&name, &text);
        let coded = coder.read(&document, &timings);
        let text = Text::new(&document, &coded.parses);
        let chars = Chars::new(&document.text);
        let span = |place: &Place| chars.of(text.blocks[place.at].span(place.tokens()));
        let spans = |places: &[Place]| places.iter().map(span).collect::<Vec<_>>();
        let found: Vec<_> = coded
            .attributions
            .iter()
            .map(|a| {
                serde_json::json!({
                    "source": a.source.as_ref().map(span), "cue": spans(&a.cue), "content": spans(&a.content),
                })
            })
            .collect();
        terminal.json(&serde_json::json!({ "id": name, "attributions": found }))?;
    }
    Ok(Ended::Done)
}

fn input_error(path: &Path, source: std::io::Error) -> Failure {
    Failure::Input { path: path.display().to_string(), source }
}

/// The files themselves, and the `.txt` files right in the folders, by name.
fn texts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|source| input_error(path, source))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        inside.retain(|p| p.extension().is_some_and(|ending| ending == "txt"));
        inside.sort();
        found.extend(inside);
    }
    Ok(found)
}
