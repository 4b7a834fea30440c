//! `waybill screen`: names against sanctions lists.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget};
use ledger::{Judgement, Ledger};
use link::screening::{Birth, EntryKind, Hit, Query, Screener, Vocabulary, Weights};
use rayon::prelude::*;
use serde::Serialize;
use waybill::law::{LISTING, Rejections, listing};
use waybill::lists;

use super::ingest::now;
use super::table::{Cell, Table};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// Screen names against the installed sanctions lists.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The names.
    #[arg(required_unless_present = "file")]
    names: Vec<String>,
    /// A file of a list to ask in place of the installed ones; can be given several times.
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// A CSV file of names: its column `name` or `full_name`, else the first; `born` or `date_of_birth`, `country` or
    /// `nationality`, and `type` are read where they are there.
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
    #[arg(long, value_name = "SCORE", value_parser = score)]
    threshold: Option<f32>,
    /// Keep the judgement that the name is not this entry, such as `un/CDi.001`, until the entry changes.
    #[arg(long, value_name = "LIST/ENTRY", conflicts_with_all = ["file", "restore"])]
    reject: Option<String>,
    /// Take such a judgement back.
    #[arg(long, value_name = "LIST/ENTRY", conflicts_with = "file")]
    restore: Option<String>,
    /// Who judges.
    #[arg(long, env = "USER", default_value = "unknown", value_name = "NAME")]
    author: String,
    /// Why.
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
    /// Show rejected matches too.
    #[arg(long)]
    rejected: bool,
    /// JSON lines, one for each name.
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

/// A name with what was found for it.
#[derive(Serialize)]
struct Answer {
    name: String,
    hits: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    hit: Hit,
    rejected: bool,
}

fn birth(text: &str) -> Result<Birth, String> {
    Birth::parse(text).ok_or_else(|| "give a year or a day, such as 1965 or 1965-06-29".to_owned())
}

fn score(text: &str) -> Result<f32, String> {
    let score = text.parse().ok().filter(|s| (0.0..=1.0).contains(s));
    score.ok_or_else(|| "give a score from 0 to 1, such as 0.5".to_owned())
}

/// Runs `waybill screen`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let screener = if args.against.is_empty() {
        waybill::law::screener(&global.lists_folder()?)?
    } else {
        let lists = args.against.iter().map(|path| Ok(lists::read(path)?.0));
        let lists = lists.collect::<Result<Vec<_>, lists::ListsError>>()?;
        Screener::new(lists, Vocabulary::bundled()?, Weights::bundled()?)
    };
    if let Some(wanted) = args.reject.as_ref().or(args.restore.as_ref()) {
        return judge(args, wanted, &screener, global, terminal);
    }
    let rejections = global.rejections()?;
    let queries = queries(args)?;
    let threshold = args.threshold.unwrap_or_else(|| screener.threshold());
    let target =
        if terminal.draws_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = if args.file.is_some() {
        ProgressBar::with_draw_target(Some(queries.len() as u64), target)
    } else {
        ProgressBar::hidden()
    };
    let mut table = Table::new(&["name", "score", "listed as", "list", "entry", "why"]).numeric(1);
    let (mut flagged, mut hidden) = (0, 0);
    for chunk in queries.chunks(1024) {
        let found: Vec<Vec<Hit>> = chunk.par_iter().map(|query| screener.screen(query, threshold)).collect();
        bar.inc(chunk.len() as u64);
        for (query, hits) in chunk.iter().zip(found) {
            let all = hits.len();
            let answer = answer(query, hits, &rejections, args.rejected);
            hidden += all - answer.hits.len();
            flagged += usize::from(!answer.hits.is_empty());
            if args.json {
                terminal.json(&answer)?;
            } else {
                rows(&answer, &mut table, terminal)?;
            }
        }
    }
    bar.finish_and_clear();
    table.finish(terminal)?;
    tell(terminal, (queries.len(), flagged, hidden), threshold);
    Ok(Ended::Done)
}

fn tell(terminal: &mut Terminal, (names, flagged, hidden): (usize, usize, usize), threshold: f32) {
    if flagged == 0 {
        terminal.note(&format!("no entry of the lists scores {threshold} or more"));
    } else if names > 1 {
        terminal.note(&format!("{flagged} of {names} names have matches"));
    }
    if hidden > 0 {
        terminal.note(&format!("{hidden} rejected matches are not shown: --rejected shows them"));
    }
}

fn answer(query: &Query, hits: Vec<Hit>, rejections: &Rejections, all: bool) -> Answer {
    let marked = hits.into_iter().map(|hit| Found { rejected: rejections.has(&query.name, &hit), hit });
    Answer { name: query.name.clone(), hits: marked.filter(|found| all || !found.rejected).collect() }
}

fn rows(answer: &Answer, table: &mut Table, terminal: &mut Terminal) -> Result<(), Failure> {
    for Found { hit, rejected } in &answer.hits {
        let why = if *rejected { format!("rejected; {}", why(hit)) } else { why(hit) };
        let cells = vec![
            Cell::styled(&answer.name, BOLD),
            Cell::new(format!("{:.2}", hit.score)),
            Cell::new(&hit.name),
            Cell::new(&hit.list),
            Cell::styled(&hit.entry, DIM),
            Cell::new(why),
        ];
        table.row(cells, terminal)?;
    }
    Ok(())
}

/// The names on the command line, or those of a file.
fn queries(args: &Args) -> Result<Vec<Query>, Failure> {
    let one = |name: &str| Query {
        name: name.to_owned(),
        kind: kind(args.kind),
        born: args.born,
        countries: args.country.clone(),
        identifiers: args.identifier.clone(),
    };
    let mut queries: Vec<Query> = args.names.iter().map(|name| one(name)).collect();
    if let Some(path) = &args.file {
        read_names(path, &one, &mut queries)?;
    }
    queries.retain(|query| !query.name.trim().is_empty());
    Ok(queries)
}

fn read_names(path: &Path, one: &dyn Fn(&str) -> Query, queries: &mut Vec<Query>) -> Result<(), Failure> {
    let input = |source| Failure::Input { path: path.display().to_string(), source };
    let wrong = |e: csv::Error| input(std::io::Error::other(e.to_string()));
    let file = std::fs::File::open(path).map_err(input)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let head = reader.headers().map_err(wrong)?.clone();
    let column =
        |names: &[&str]| head.iter().position(|h| names.iter().any(|n| h.trim().eq_ignore_ascii_case(n)));
    let (name, born, country, kind) = (
        column(&["name", "full_name"]).unwrap_or(0),
        column(&["born", "date_of_birth"]),
        column(&["country", "nationality"]),
        column(&["type"]),
    );
    for row in reader.records() {
        let row = row.map_err(wrong)?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(str::trim).filter(|c| !c.is_empty());
        let mut query = one(cell(Some(name)).unwrap_or_default());
        query.born = cell(born).and_then(Birth::parse).or(query.born);
        query.countries.extend(cell(country).map(str::to_owned));
        let told = cell(kind).and_then(|k| <Type as clap::ValueEnum>::from_str(k, true).ok());
        query.kind = told.map_or(query.kind, self::kind);
        queries.push(query);
    }
    Ok(())
}

/// Keeps, or takes back, the judgement that a name is not an entry.
fn judge(
    args: &Args,
    wanted: &str,
    screener: &Screener,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Ended, Failure> {
    for query in queries(args)? {
        let hits = screener.screen(&query, args.threshold.unwrap_or_else(|| screener.threshold()));
        let hit = hits.iter().find(|hit| format!("{}/{}", hit.list, hit.entry) == wanted);
        let hit = hit.ok_or_else(|| Failure::NotFound {
            what: "match",
            wanted: format!("of {} with {wanted}", query.name),
            hint: "`waybill screen` lists the matches of a name",
        })?;
        let verdict = if args.reject.is_some() { "reject" } else { "undo" };
        let judgement = Judgement {
            subject_kind: LISTING.to_owned(),
            subject: listing(&hit.list, &hit.entry, &query.name),
            verdict: verdict.to_owned(),
            detail: serde_json::json!({ "version": hit.version, "title": hit.title, "score": hit.score }),
            author: args.author.clone(),
            reason: args.reason.clone(),
        };
        let number = global.write_ledger()?.judge(&judgement, &now())?;
        let Judgement { subject, author, .. } = &judgement;
        writeln!(terminal.out(), "judgement {number}: {author} says {verdict} of match {subject}")?;
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

/// What each part of a match cost, in words.
pub(crate) fn why(hit: &Hit) -> String {
    let same =
        hit.steps.iter().filter(|s| s.cost.abs() < 0.005 && !s.query.is_empty() && !s.entry.is_empty());
    let costly = hit.steps.iter().filter(|s| s.cost.abs() >= 0.005);
    let told: Vec<String> = costly
        .chain(same)
        .map(|s| {
            let how = s.how.words();
            let cost = if s.cost.abs() < 0.005 { String::new() } else { format!(" {:+.2}", -s.cost) };
            match (s.query.as_str(), s.entry.as_str()) {
                ("", "") => format!("{how}{cost}"),
                ("", entry) => format!("only listed: {entry}{cost}"),
                (query, "") => format!("only asked: {query}{cost}"),
                (query, entry) if query == entry => format!("{query} {how}{cost}"),
                (query, entry) => format!("{query} ~ {entry} {how}{cost}"),
            }
        })
        .collect();
    told.join("; ")
}
