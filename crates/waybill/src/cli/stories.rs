//! `waybill stories`, `waybill story`, `waybill copies`: which documents belong together, and which repeat each other.

use anstyle::AnsiColor;
use link::copies::differences;
use link::stories::Story;
use waybill::linking::{Gathered, day_text, gather};

use super::deals::AsOf;
use super::table::{Cell, Table, cut, plain};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal};

/// List storylines: the documents about one developing matter.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only storylines of at least so many documents.
    #[arg(long, default_value_t = 2, value_name = "N")]
    least: usize,
    #[command(flatten)]
    as_of: AsOf,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill stories`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let gathered = gather(&global.read_ledger()?, &args.as_of.moment())?;
    let mut stories = gathered.stories();
    stories.retain(|story| story.docs.len() >= args.least);
    let days = gathered.published_days(&stories);
    if args.json {
        stories.iter().zip(days).try_for_each(|(story, days)| terminal.json(&json(story, days)))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["story", "first", "last", "documents", "begins with"]).numeric(3);
    for (story, (begins, ends)) in stories.iter().zip(days) {
        let first = story.docs.first().map_or("", |doc| title(&gathered, doc));
        let cells = vec![
            Cell::styled(&story.id, DIM),
            Cell::new(begins.map_or_else(unknown, day_text)),
            Cell::new(ends.map_or_else(unknown, day_text)),
            Cell::new(story.docs.len().to_string()),
            Cell::styled(cut(first, 90), BOLD),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    if stories.is_empty() {
        terminal.note("there is no storyline of so many documents");
    }
    Ok(Ended::Done)
}

fn json(story: &Story, (first, last): (Option<i32>, Option<i32>)) -> serde_json::Value {
    let (first, last) = (first.map(day_text), last.map(day_text));
    serde_json::json!({ "id": story.id, "first": first, "last": last, "docs": story.docs })
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn title<'a>(gathered: &'a Gathered, doc: &'a str) -> &'a str {
    let article = gathered.articles.iter().find(|a| a.doc == doc);
    article.map(|a| a.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(doc)
}

/// Show one storyline.
#[derive(Debug, clap::Args)]
pub(crate) struct OneArgs {
    /// The storyline's identifier, or its beginning.
    id: String,
    #[command(flatten)]
    as_of: AsOf,
    /// One JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill story`.
pub(crate) fn run_one(args: &OneArgs, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let gathered = gather(&global.read_ledger()?, &args.as_of.moment())?;
    let stories = gathered.stories();
    let Some(story) = stories.iter().find(|s| args.id.len() > 3 && s.id.starts_with(&args.id)) else {
        let (wanted, hint) = (args.id.clone(), "`waybill stories` lists them");
        return Err(Failure::NotFound { what: "storyline", wanted, hint });
    };
    if args.json {
        let days = gathered.published_days(std::slice::from_ref(story));
        days.into_iter().try_for_each(|days| terminal.json(&json(story, days)))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["day", "claims", "title", "publisher", "document"]).numeric(1);
    for doc in &story.docs {
        let article = gathered.articles.iter().find(|a| a.doc == *doc);
        let claims = gathered.claims.get(doc).map_or(0, Vec::len);
        let cells = vec![
            Cell::new(article.filter(|a| a.dated).map_or_else(unknown, |a| day_text(a.day))),
            Cell::new(claims.to_string()),
            Cell::styled(cut(title(&gathered, doc), 70), BOLD),
            Cell::new(cut(article.and_then(|a| a.publisher.as_deref()).unwrap_or(""), 30)),
            Cell::styled(doc, DIM),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    Ok(Ended::Done)
}

/// List the documents that repeat a document, with the differences marked.
#[derive(Debug, clap::Args)]
pub(crate) struct CopiesArgs {
    /// A document's identifier, name or address.
    doc: String,
    /// JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill copies`.
pub(crate) fn run_copies(
    args: &CopiesArgs,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Ended, Failure> {
    let gathered = gather(&global.read_ledger()?, &ledger::Moment::default())?;
    let Some(doc) = gathered.find(&args.doc) else {
        let (wanted, hint) = (args.doc.clone(), "`waybill search` finds documents");
        return Err(Failure::NotFound { what: "document", wanted, hint });
    };
    let repeats = gathered.repeats();
    let mut any = false;
    for link in repeats.links.iter().filter(|link| link.doc == doc || link.of == doc) {
        any = true;
        let body =
            |name: &str| gathered.articles.iter().find(|a| a.doc == name).map_or("", |a| a.body.as_str());
        let changes = differences(body(&link.of), body(&link.doc));
        if args.json {
            terminal.json(&serde_json::json!({ "link": link, "differences": changes }))?;
            continue;
        }
        let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
        let relation = link.relation.words();
        let (later, earlier, shared) = (plain(&link.doc), plain(&link.of), link.shared_words);
        writeln!(
            terminal.out(),
            "{bold}{later}{bold:#} {relation} {bold}{earlier}{bold:#} {dim}{shared} words of {} and {}{dim:#}",
            link.words.0,
            link.words.1
        )?;
        write_differences(&changes, terminal)?;
    }
    if !any {
        terminal.note("no other document repeats it");
    }
    Ok(Ended::Done)
}

/// Words of both plain (long runs shortened), cut ones as `[-…-]`, added ones as `{+…+}`.
fn write_differences(changes: &[link::copies::Difference], terminal: &mut Terminal) -> Result<(), Failure> {
    let (cut_out, added) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
    let (cut_out, added) = (terminal.style(cut_out), terminal.style(added));
    write!(terminal.out(), "  ")?;
    for change in changes {
        let (before, after) = (plain(&change.before), plain(&change.after));
        if change.same {
            write!(terminal.out(), "{} ", cut(&after, 80))?;
            continue;
        }
        if !before.is_empty() {
            write!(terminal.out(), "{cut_out}[-{before}-]{cut_out:#} ")?;
        }
        if !after.is_empty() {
            write!(terminal.out(), "{added}{{+{after}+}}{added:#} ")?;
        }
    }
    writeln!(terminal.out(), "\n")?;
    Ok(())
}
