//! `waybill deals` and `waybill deal`: what all documents say of each deal.

use anstyle::AnsiColor;
use ledger::Moment;
use link::deals::Deal;
use model::{Category, Factuality, Stage};
use waybill::law::{Assessed, Law, Rejections};
use waybill::linking::{Gathered, gather};

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
    let gathered = gather(&ledger, &args.as_of.moment())?;
    let mut deals = gathered.deals();
    deals.retain(|deal| {
        is_one(&args.supplier, &deal.supplier)
            && is_one(&args.recipient, &deal.recipient)
            && (args.goods.is_empty() || args.goods.contains(&deal.category))
            && (args.stage.is_empty() || args.stage.contains(&deal.stage))
            && (!args.contested || deal.flags.contested)
    });
    let text = match if args.json { Format::Jsonl } else { args.format } {
        Format::Table => {
            table(&assessed(deals, &gathered, global)?, terminal)?;
            return Ok(Ended::Done);
        }
        Format::Jsonl => link::exports::json_lines(&assessed(deals, &gathered, global)?)?,
        Format::Csv => link::exports::register(&deals)?,
        Format::Ftm => link::exports::json_lines(&link::exports::follow_the_money(&deals))?,
    };
    terminal.out().write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// Shows all deals of a ledger.
pub(crate) fn show_all(ledger: &dyn ledger::Ledger, terminal: &mut Terminal) -> Result<(), Failure> {
    let gathered = gather(ledger, &Moment::default())?;
    let deals = gathered.deals();
    let mut law = Law::open(None, &deals, Rejections::default())?;
    let deals: Vec<Assessed> = deals.into_iter().map(|deal| law.assess(deal, &gathered)).collect();
    table(&deals, terminal)
}

/// Deals with what bears on them.
fn assessed(deals: Vec<Deal>, gathered: &Gathered, global: &Global) -> Result<Vec<Assessed>, Failure> {
    // Without a home there is no folder of lists; deals can be told all the same.
    let folder = global.lists_folder().ok();
    let mut law = Law::open(folder.as_deref(), &deals, global.rejections()?)?;
    Ok(deals.into_iter().map(|deal| law.assess(deal, gathered)).collect())
}

fn is_one(wanted: &[String], actor: &Option<String>) -> bool {
    let is = |w: &String| actor.as_ref().is_some_and(|a| a.eq_ignore_ascii_case(w));
    wanted.is_empty() || wanted.iter().any(is)
}

fn table(deals: &[Assessed], terminal: &mut Terminal) -> Result<(), Failure> {
    let head = [
        "deal",
        "first",
        "last",
        "from → to",
        "goods",
        "stage",
        "factuality",
        "flags",
        "touches",
        "documents",
        "sources",
    ];
    let mut table = Table::new(&head).numeric(9).numeric(10);
    for found in deals {
        let deal = &found.deal;
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
            Cell::new(touched(found)),
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

/// The embargoes that a deal touches, and its listed parties, in few words.
fn touched(found: &Assessed) -> String {
    let mut ids: Vec<&str> = found.touches.iter().map(|t| t.touch.embargo.as_str()).collect();
    ids.dedup();
    let more = ids.len().saturating_sub(2);
    let mut words = ids.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    if more > 0 {
        words.push_str(&format!(" +{more}"));
    }
    let listed = found.screened.iter().flatten().filter(|s| !s.hits.is_empty()).count();
    if listed > 0 {
        words.push_str(&format!(" {listed} listed"));
    }
    words.trim().to_owned()
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
    let gathered = gather(&ledger, &args.as_of.moment())?;
    let deals = gathered.deals();
    let Some(deal) =
        deals.iter().find(|deal| deal.id == args.id).or_else(|| deals.iter().find(|d| d.is(&args.id)))
    else {
        return Err(Failure::NotFound {
            what: "deal",
            wanted: args.id.clone(),
            hint: "`waybill deals` lists them",
        });
    };
    for found in assessed(vec![deal.clone()], &gathered, global)? {
        if args.json {
            terminal.json(&found)?;
        } else {
            show(&found.deal, terminal)?;
            show_law(&found, terminal)?;
        }
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

/// What bears on a deal: embargoes, then what speakers called a violation, then sanctions lists.
fn show_law(found: &Assessed, terminal: &mut Terminal) -> Result<(), Failure> {
    let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
    let out = terminal.out();
    if !found.touches.is_empty() {
        writeln!(
            out,
            "\n{bold}touches{bold:#} {dim}(waybill's assessment; whether it breaks them is not told){dim:#}"
        )?;
    }
    for told in &found.touches {
        let touch = &told.touch;
        let binding = if touch.binding { "" } else { ", not binding" };
        writeln!(
            out,
            "  {bold}{}{bold:#} {}, {} ({}{binding})",
            touch.embargo, touch.instrument, touch.paragraph, touch.by
        )?;
        let of = match touch.as_of {
            link::embargo::AsOf::Event(day) => format!("as of the event, {day}"),
            link::embargo::AsOf::Claim(day) => format!("as of the claim, {day}"),
        };
        writeln!(out, "    {} {dim}({of}){dim:#}", touch.why)?;
        if let Some(exemptions) = &touch.exemptions {
            writeln!(out, "    exempt: {exemptions}")?;
        }
        for doubt in touch.doubts.iter().chain(&touch.certainty) {
            writeln!(out, "    {dim}not certain: {doubt}{dim:#}")?;
        }
    }
    if !found.called_violations.is_empty() {
        writeln!(out, "\n{bold}called a violation{bold:#} {dim}(by speakers, not by waybill){dim:#}")?;
    }
    for called in &found.called_violations {
        let instrument = called.instrument.as_deref().unwrap_or("not named");
        let (speaker, factuality, words) =
            (&called.speaker, called.factuality, cut(&plain(&called.words), 90));
        writeln!(out, "  {speaker}: {instrument} ({factuality}) “{words}”")?;
    }
    show_screened(found, terminal)
}

fn show_screened(found: &Assessed, terminal: &mut Terminal) -> Result<(), Failure> {
    let Some(screened) = &found.screened else {
        terminal.note(
            "its parties were not screened, for no list is installed: run `waybill lists add FILE|URL`",
        );
        return Ok(());
    };
    let bold = terminal.style(BOLD);
    for party in screened {
        let out = terminal.out();
        if party.hits.is_empty() {
            writeln!(out, "\n{bold}{}{bold:#}: on no installed list", party.party)?;
            continue;
        }
        writeln!(out, "\n{bold}{}{bold:#} may be", party.party)?;
        for hit in &party.hits {
            let why = super::screen::why(hit);
            writeln!(out, "  {:.2} {} ({}/{}): {why}", hit.score, hit.title, hit.list, hit.entry)?;
        }
    }
    Ok(())
}

fn doubt(factuality: Factuality) -> anstyle::Style {
    match factuality {
        Factuality::Certain => AnsiColor::Green.on_default(),
        Factuality::Denied | Factuality::NoEvidence => AnsiColor::Red.on_default(),
        _ => AnsiColor::Yellow.on_default(),
    }
}
