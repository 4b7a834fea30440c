//! `waybill screen`: names against sanctions lists.

use std::fs::File;
use std::path::{Path, PathBuf};

use link::screening::readers::{
    OfacFiles, read_eu_csv, read_eu_xml, read_ftm, read_ofac_csv, read_ofac_xml, read_uk_csv, read_un_xml,
};
use link::screening::{Birth, EntryKind, Hit, List, Query, Screener, Vocabulary, Weights};

use super::table::{Cell, Table};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// Screen names against sanctions lists.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The names.
    #[arg(required_unless_present = "file")]
    names: Vec<String>,
    /// A file of a list: OFAC, UN, EU, UK or FollowTheMoney; for OFAC's CSV name sdn.csv, and alt.csv and add.csv
    /// beside it are read with it. Can be given several times.
    #[arg(long = "list", value_name = "FILE", required = true)]
    lists: Vec<PathBuf>,
    /// A CSV file whose first column holds names, under a header.
    #[arg(long, value_name = "NAMES.CSV")]
    file: Option<PathBuf>,
    /// What the names are.
    #[arg(long = "type", value_enum, default_value_t = Type::Any)]
    kind: Type,
    /// A nationality, flag or country, as a name or code.
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// A year or day of birth.
    #[arg(long, value_name = "1965|1965-06-29", value_parser = birth)]
    born: Option<Birth>,
    /// A passport, tax, IMO or other number.
    #[arg(long, value_name = "NUMBER")]
    identifier: Vec<String>,
    /// Scores from here on, from 0 to 1.
    #[arg(long, value_name = "SCORE")]
    threshold: Option<f32>,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Type {
    /// Not told.
    Any,
    /// A person.
    Person,
    /// A company.
    Company,
    /// A ministry, an armed group, an association.
    Organisation,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
}

fn birth(text: &str) -> Result<Birth, String> {
    Birth::parse(text).ok_or_else(|| "give a year or a day, such as 1965 or 1965-06-29".to_owned())
}

/// Runs `waybill screen`.
pub(crate) fn run(args: &Args, _global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let lists = args.lists.iter().map(|path| read_list(path)).collect::<Result<Vec<_>, _>>()?;
    let screener = Screener::new(lists, Vocabulary::bundled()?, Weights::bundled()?);
    let threshold = args.threshold.unwrap_or_else(|| screener.threshold());
    let mut names = args.names.clone();
    if let Some(file) = &args.file {
        for row in csv::Reader::from_reader(open(file)?).records() {
            names.extend(row?.get(0).map(str::to_owned));
        }
    }
    let mut table = Table::new(&["name", "score", "listed as", "list", "entry", "why"]).numeric(1);
    let mut any = false;
    for name in names.iter().filter(|n| !n.trim().is_empty()) {
        let query = Query {
            name: name.clone(),
            kind: kind(args.kind),
            born: args.born,
            countries: args.country.clone(),
            identifiers: args.identifier.clone(),
        };
        for hit in screener.screen(&query, threshold) {
            any = true;
            if args.json {
                terminal.json(&serde_json::json!({ "asked": name, "hit": hit }))?;
                continue;
            }
            let cells = vec![
                Cell::styled(name, BOLD),
                Cell::new(format!("{:.2}", hit.score)),
                Cell::new(&hit.name),
                Cell::new(&hit.list),
                Cell::styled(&hit.entry, DIM),
                Cell::new(why(&hit)),
            ];
            table.row(cells, terminal)?;
        }
    }
    table.finish(terminal)?;
    if !any {
        terminal.note("no listed name scores that much");
    }
    Ok(Ended::Done)
}

fn kind(kind: Type) -> EntryKind {
    match kind {
        Type::Any => EntryKind::Unknown,
        Type::Person => EntryKind::Person,
        Type::Company => EntryKind::Company,
        Type::Organisation => EntryKind::Organisation,
        Type::Vessel => EntryKind::Vessel,
        Type::Aircraft => EntryKind::Aircraft,
    }
}

/// The steps that cost something, in words.
fn why(hit: &Hit) -> String {
    let steps = hit.steps.iter().filter(|s| s.cost.abs() >= 0.005);
    let told: Vec<String> = steps
        .map(|s| {
            let how = format!("{:?}", s.how).to_lowercase();
            match (s.query.is_empty(), s.entry.is_empty()) {
                (false, false) => format!("{} ~ {} {how} {:.2}", s.query, s.entry, s.cost),
                _ => format!("{}{} {how} {:.2}", s.query, s.entry, s.cost),
            }
        })
        .collect();
    told.join("; ")
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|source| Failure::Input { path: path.display().to_string(), source })
}

/// Reads a list by its first bytes and its name: XML by its root element, CSV by its header, JSON lines by the brace.
fn read_list(path: &Path) -> Result<List, Failure> {
    use std::io::Read;
    let mut head = Vec::new();
    let input = |source| Failure::Input { path: path.display().to_string(), source };
    open(path)?.take(4096).read_to_end(&mut head).map_err(input)?;
    let head = String::from_utf8_lossy(&head);
    let has = |word: &str| head.contains(word);
    let file = open(path)?;
    let list = if has("<CONSOLIDATED_LIST") {
        read_un_xml(file)?
    } else if has("<export") {
        read_eu_xml(file)?
    } else if has("<Sanctions") {
        read_ofac_xml("ofac", file)?
    } else if head.trim_start().starts_with('{') {
        read_ftm("ftm", file)?
    } else if has("Entity_LogicalId") {
        read_eu_csv(file)?
    } else if has("Name 6") {
        read_uk_csv(file)?
    } else {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let prefix = if name.starts_with("cons_") { "cons_" } else { "" };
        let beside = |name: &str| File::open(path.with_file_name(format!("{prefix}{name}"))).ok();
        let files = OfacFiles { primary: file, alternate: beside("alt.csv"), addresses: beside("add.csv") };
        read_ofac_csv(if prefix.is_empty() { "ofac-sdn" } else { "ofac-cons" }, files)?
    };
    Ok(list)
}
