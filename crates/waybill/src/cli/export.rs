//! `waybill export`: claims as JSON lines or CSV.

use waybill::rows::{CSV_HEAD, ClaimRow, csv_row};

use super::claims::each_claim;
use super::filters::Filters;
use super::{Ended, Failure, Global, Terminal};

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object a line, with the codebook's fields.
    Jsonl,
    /// A table with a head, values of one slot separated by "; ".
    Csv,
}

/// Write claims as JSON lines or CSV.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The form.
    #[arg(long, value_enum)]
    format: Format,
    #[command(flatten)]
    filters: Filters,
}

/// Runs `waybill export`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    match args.format {
        Format::Jsonl => {
            each_claim(&ledger, &args.filters, &mut |claim| terminal.json(&ClaimRow::from(&claim)))?
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(terminal.out());
            csv.write_record(CSV_HEAD)?;
            each_claim(&ledger, &args.filters, &mut |claim| {
                Ok(csv.write_record(csv_row(&claim).map(harmless))?)
            })?;
            csv.flush()?;
        }
    }
    Ok(Ended::Done)
}

/// A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe in front.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_become_text() {
        assert_eq!(harmless("=HYPERLINK(1)".to_owned()), "'=HYPERLINK(1)");
        assert_eq!(harmless("shells".to_owned()), "shells");
    }
}
