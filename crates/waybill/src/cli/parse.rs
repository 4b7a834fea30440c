//! `waybill parse`: tokens, tags, heads and entities of a text, as a drawing or as CoNLL-U.

use waybill::plain;

use super::explain::given;
use super::{Ended, Failure, Global, Terminal};

/// Parse a text and show its trees, or CoNLL-U.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The text, each line a paragraph; `-` is standard input.
    text: String,
    /// Write CoNLL-U instead of drawings.
    #[arg(long)]
    conllu: bool,
}

/// Runs `waybill parse`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let coder = global.coder()?;
    let document = plain::document("text", &given(&args.text)?);
    for parse in coder.parse(&document).into_iter().flatten() {
        match args.conllu {
            true => parse.write_conllu(&mut terminal.out())?,
            false => parse.write_tree(&mut terminal.out())?,
        }
    }
    Ok(Ended::Done)
}
