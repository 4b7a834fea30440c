//! `waybill embargoes`: the arms embargoes in force on a day.

use link::embargo::{Direction, Embargo, Provision, Register};

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
    /// Everything that the register says: goods, exemptions, amendments, sources, and what is not certain.
    #[arg(long, conflicts_with = "json")]
    full: bool,
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
    if args.full {
        found.iter().try_for_each(|(embargo, provisions)| show(embargo, provisions, terminal))?;
        tell(&found, day, &register, terminal);
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
    unsure(&found, terminal)?;
    tell(&found, day, &register, terminal);
    Ok(Ended::Done)
}

/// How far the register can be relied on, or that it has nothing.
fn tell(
    found: &[(&Embargo, Vec<&Provision>)],
    day: Option<jiff::civil::Date>,
    register: &Register,
    terminal: &mut Terminal,
) {
    match (found.is_empty(), day) {
        (true, Some(day)) => {
            return terminal.note(&format!("the register has no such embargo in force on {day}"));
        }
        (true, None) => return terminal.note("the register has no such embargo"),
        _ => {}
    }
    let all: Vec<&&Provision> = found.iter().flat_map(|(_, provisions)| provisions).collect();
    let verified = all.iter().filter(|p| p.verified.is_some()).count();
    let as_of = register.as_of.as_deref().unwrap_or("an unknown day");
    terminal.note(&format!(
        "as of {as_of}; {verified} of these {} provisions were laid beside a published page, which may show less than all of \
         it: read the instrument before you rely on it",
        all.len()
    ));
}

/// What of the facts listed is not certain.
fn unsure(found: &[(&Embargo, Vec<&Provision>)], terminal: &mut Terminal) -> Result<(), Failure> {
    let dim = terminal.style(DIM);
    let mut head = "\nnot certain:\n";
    for (embargo, provisions) in found {
        for provision in provisions {
            let Some(doubt) = &provision.certainty else { continue };
            writeln!(terminal.out(), "{head}  {} {} {dim}{doubt}{dim:#}", embargo.id, provision.paragraph)?;
            head = "";
        }
    }
    Ok(())
}

/// Everything about one embargo.
fn show(embargo: &Embargo, provisions: &[&Provision], terminal: &mut Terminal) -> Result<(), Failure> {
    let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
    let out = terminal.out();
    writeln!(out, "{bold}{}: {}{bold:#} {dim}{}{dim:#}", embargo.by, embargo.name, embargo.id)?;
    for provision in provisions {
        let goods: Vec<&str> = provision.goods.iter().map(|g| g.as_str()).collect();
        let period = provision.period;
        let end = period.end.map_or_else(|| "in force".to_owned(), |end| format!("until {end}"));
        writeln!(out, "  {}, {}", provision.instrument, provision.paragraph)?;
        writeln!(
            out,
            "    arms {}, from {} on, {end}: {}",
            direction(provision),
            period.start,
            provision.why
        )?;
        writeln!(out, "    goods: {}", goods.join(", "))?;
        let amended = provision.amended.iter().map(|a| ("amended", a));
        let exempt = provision.exemptions.iter().map(|e| ("exempt", e));
        let doubt = provision.certainty.iter().map(|c| ("not certain", c));
        for (label, text) in amended.chain(exempt).chain([("source", &provision.source)]).chain(doubt) {
            writeln!(out, "    {dim}{label}:{dim:#} {text}")?;
        }
        let verified = provision.verified.as_deref().unwrap_or("by nobody; read the instrument");
        writeln!(out, "    {dim}verified:{dim:#} {verified}")?;
    }
    Ok(())
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
