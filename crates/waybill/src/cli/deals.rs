//! `waybill deals` and `waybill deal`: what all documents say of each deal.

use anstyle::AnsiColor;
use ledger::Moment;
use link::deals::Deal;
use model::{Category, Factuality, Stage};
use waybill::linking::gather;

use super::table::{Cell, Table, cut, plain};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal, day};

/// The form of a list of deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// A table for people.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// CSV in the column order of the SIPRI trade register.
    Csv,
    /// FollowTheMoney entities as JSON lines.
    Ftm,
}

/// The ledger as it stood.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct AsOf {
    /// As it stood on this day by publication.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<String>,
    /// As it was known on this day by ingestion.
    #[arg(long, value_name = "DAY", value_parser = day)]
    known_on: Option<String>,
}

impl AsOf {
    /// The moment that is meant.
    pub(crate) fn moment(&self) -> Moment {
        Moment { published: self.as_of.clone(), ingested: self.known_on.clone() }
    }
}

/// List deals: the claims about one supplier, recipient and class of goods in one period.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Supplier: a state's three-letter code, or a name.
    #[arg(long, value_name = "ACTOR")]
    supplier: Vec<String>,
    /// Recipient: a state's three-letter code, or a name.
    #[arg(long, value_name = "ACTOR")]
    recipient: Vec<String>,
    /// Category of goods.
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    goods: Vec<Category>,
    /// Stage that the deal has reached.
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    stage: Vec<Stage>,
    /// Only those that someone denies.
    #[arg(long)]
    contested: bool,
    #[command(flatten)]
    as_of: AsOf,
    /// The form.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// JSON lines: the same as `--format jsonl`.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill deals`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    let mut deals = gather(&ledger, &args.as_of.moment())?.deals();
    deals.retain(|deal| {
        is_one(&args.supplier, &deal.supplier)
            && is_one(&args.recipient, &deal.recipient)
            && (args.goods.is_empty() || args.goods.contains(&deal.category))
            && (args.stage.is_empty() || args.stage.contains(&deal.stage))
            && (!args.contested || deal.flags.contested)
    });
    let text = match if args.json { Format::Jsonl } else { args.format } {
        Format::Table => {
            table(&deals, terminal)?;
            return Ok(Ended::Done);
        }
        Format::Jsonl => link::exports::json_lines(&deals)?,
        Format::Csv => link::exports::register(&deals)?,
        Format::Ftm => link::exports::json_lines(&link::exports::follow_the_money(&deals))?,
    };
    terminal.out().write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// Shows all deals of a ledger.
pub(crate) fn show_all(ledger: &dyn ledger::Ledger, terminal: &mut Terminal) -> Result<(), Failure> {
    table(&gather(ledger, &Moment::default())?.deals(), terminal)
}

fn is_one(wanted: &[String], actor: &Option<String>) -> bool {
    let is = |w: &String| actor.as_ref().is_some_and(|a| a.eq_ignore_ascii_case(w));
    wanted.is_empty() || wanted.iter().any(is)
}

fn table(deals: &[Deal], terminal: &mut Terminal) -> Result<(), Failure> {
    let head = [
        "deal",
        "first",
        "last",
        "from → to",
        "goods",
        "stage",
        "factuality",
        "flags",
        "documents",
        "sources",
    ];
    let mut table = Table::new(&head).numeric(8).numeric(9);
    for deal in deals {
        let (first, last) = &deal.days;
        let day = |d: &Option<String>| d.clone().unwrap_or_else(|| "unknown".to_owned());
        let cells = vec![
            Cell::styled(&deal.id, DIM),
            Cell::new(day(first)),
            Cell::new(day(last)),
            Cell::styled(cut(&parties(deal), 44), BOLD),
            Cell::new(deal.category.as_str()),
            Cell::new(deal.stage.as_str()),
            Cell::new(deal.factuality.as_str()),
            Cell::styled(flags(deal).join(" "), AnsiColor::Red.on_default()),
            Cell::new(deal.docs.len().to_string()),
            Cell::new(deal.independent_sources().to_string()),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    if deals.is_empty() {
        terminal.note("no deal fits");
    }
    Ok(())
}

/// Who supplies whom.
pub(crate) fn parties(deal: &Deal) -> String {
    let name = |actor: &Option<String>| actor.clone().unwrap_or_else(|| "?".to_owned());
    format!("{} → {}", name(&deal.supplier), name(&deal.recipient))
}

fn flags(deal: &Deal) -> Vec<&'static str> {
    let f = &deal.flags;
    let all = [
        (f.contested, "contested"),
        (f.retracted, "retracted"),
        (f.no_evidence, "no_evidence"),
        (f.conditional_only, "conditional_only"),
    ];
    all.into_iter().filter(|(set, _)| *set).map(|(_, word)| word).collect()
}

/// Show one deal as a timeline by source.
#[derive(Debug, clap::Args)]
pub(crate) struct OneArgs {
    /// The deal's identifier, or its beginning.
    id: String,
    #[command(flatten)]
    as_of: AsOf,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill deal`.
pub(crate) fn run_one(args: &OneArgs, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    let deals = gather(&ledger, &args.as_of.moment())?.deals();
    let Some(deal) =
        deals.iter().find(|deal| deal.id == args.id).or_else(|| deals.iter().find(|d| d.is(&args.id)))
    else {
        return Err(Failure::NotFound {
            what: "deal",
            wanted: args.id.clone(),
            hint: "`waybill deals` lists them",
        });
    };
    if args.json {
        terminal.json(deal)?;
    } else {
        show(deal, terminal)?;
    }
    Ok(Ended::Done)
}

fn show(deal: &Deal, terminal: &mut Terminal) -> Result<(), Failure> {
    let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
    writeln!(terminal.out(), "{bold}{} · {}{bold:#} {dim}{}{dim:#}", parties(deal), deal.category, deal.id)?;
    let (documents, sources) = (deal.docs.len(), deal.independent_sources());
    let flags = flags(deal).join(", ");
    let flags = if flags.is_empty() { flags } else { format!(" · {flags}") };
    writeln!(
        terminal.out(),
        "{}, {}{flags} · {documents} documents, {sources} independent sources\n",
        deal.stage,
        deal.factuality
    )?;
    let mut table = Table::new(&["source", "holds", "factuality", "since", "documents"]);
    for state in &deal.states {
        let cells = vec![
            Cell::styled(cut(&state.source, 40), BOLD),
            Cell::new(state.stage.as_str()),
            Cell::styled(state.factuality.as_str(), doubt(state.factuality)),
            Cell::new(state.day.as_deref().unwrap_or("unknown")),
            Cell::styled(state.docs.join(", "), DIM),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    writeln!(terminal.out())?;
    let mut table = Table::new(&["day", "source", "stage", "factuality", "words", "claim"]);
    for event in &deal.history {
        let withdrawn = if event.withdrawn { " (withdrawn)" } else { "" };
        let cells = vec![
            Cell::new(event.day.as_deref().unwrap_or("unknown")),
            Cell::new(cut(&event.source, 28)),
            Cell::new(event.stage.as_str()),
            Cell::styled(format!("{}{withdrawn}", event.factuality), doubt(event.factuality)),
            Cell::new(format!("“{}”", cut(&plain(&event.words), 90))),
            Cell::styled(super::claims::short(&event.claim), DIM),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    writeln!(terminal.out())?;
    let mut table = Table::new(&["slot", "value", "said by"]);
    for (slot, values) in &deal.slots {
        for value in values {
            let cells = vec![
                Cell::styled(slot, DIM),
                Cell::new(cut(&value.value, 60)),
                Cell::new(value.sources.join("; ")),
            ];
            table.row(cells, terminal)?;
        }
    }
    table.finish(terminal)
}

fn doubt(factuality: Factuality) -> anstyle::Style {
    match factuality {
        Factuality::Certain => AnsiColor::Green.on_default(),
        Factuality::Denied | Factuality::NoEvidence => AnsiColor::Red.on_default(),
        _ => AnsiColor::Yellow.on_default(),
    }
}
