//! `waybill embargoes`: the arms embargoes in force on a day.

use link::embargo::{Direction, Provision, Register};

use super::table::{Cell, Table};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// List the arms embargoes in force on a day.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The day; today where it is not given.
    #[arg(long, value_name = "DAY", value_parser = super::day, conflicts_with = "all")]
    on: Option<String>,
    /// Only those on, in or naming this state (alpha-3 code) or group.
    #[arg(long, value_name = "PRK|NAME")]
    party: Option<String>,
    /// Every embargo of the register, in force or not.
    #[arg(long)]
    all: bool,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill embargoes`.
pub(crate) fn run(args: &Args, _global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let register = Register::bundled()?;
    let today = || jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = args.on.as_deref().and_then(::model::parse_date);
    let day = if args.all { None } else { Some(day.unwrap_or_else(today)) };
    let found = register.in_force(day, args.party.as_deref());
    if args.json {
        for (embargo, provisions) in &found {
            let (id, by, name) = (&embargo.id, &embargo.by, &embargo.name);
            terminal
                .json(&serde_json::json!({ "id": id, "by": by, "name": name, "provisions": provisions }))?;
        }
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["by", "target", "arms", "from day", "until", "paragraph", "instrument"]);
    for (embargo, provisions) in &found {
        for provision in provisions {
            let end = provision.period.end.map_or_else(String::new, |end| end.to_string());
            let cells = vec![
                Cell::new(&embargo.by),
                Cell::styled(&embargo.name, BOLD),
                Cell::new(direction(provision)),
                Cell::new(provision.period.start.to_string()),
                Cell::new(end),
                Cell::new(&provision.paragraph),
                Cell::styled(&provision.instrument, DIM),
            ];
            table.row(cells, terminal)?;
        }
    }
    table.finish(terminal)?;
    match (found.is_empty(), day) {
        (true, Some(day)) => terminal.note(&format!("the register has no such embargo in force on {day}")),
        (true, None) => terminal.note("the register has no such embargo"),
        _ => {}
    }
    Ok(Ended::Done)
}

fn direction(provision: &Provision) -> &'static str {
    match (provision.direction, provision.binding) {
        (Direction::To, true) => "to",
        (Direction::From, true) => "from",
        (Direction::Both, true) => "to and from",
        (Direction::To, false) => "to (call)",
        (Direction::From, false) => "from (call)",
        (Direction::Both, false) => "to and from (call)",
    }
}
