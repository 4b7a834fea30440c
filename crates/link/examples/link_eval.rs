//! Measures copies and storylines against the labels of `corpus/index.tsv`:
//! `cargo run -p waybill-link --release --example link_eval -- ../shared [GROUP-PREFIX]...`
//!
//! A missing folder is said and is not a failure. With prefixes, only labels that begin with one of them are shown
//! in detail; the totals are always over all.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use link::Article;
use link::copies::Copies;

/// A row of the index: document, storyline, group of copies.
struct Row {
    doc: String,
    storyline: String,
    group: String,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut args = std::env::args().skip(1);
    let shared = args.next().unwrap_or_else(|| "../shared".to_owned());
    let shown: Vec<String> = args.collect();
    let corpus = Path::new(&shared).join("corpus");
    if !corpus.join("index.tsv").exists() {
        return writeln!(out, "skipped: {} has no index.tsv", corpus.display());
    }
    let rows = read_index(&corpus.join("index.tsv"))?;
    let mut articles = Vec::new();
    for row in &rows {
        articles.push(read_article(
            &corpus.join("dev").join(format!("{}.json", row.doc)),
            &row.doc,
        )?);
    }
    measure_copies(&mut out, &rows, &articles, &shown)
}

fn read_index(path: &Path) -> std::io::Result<Vec<Row>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap_or(usize::MAX);
    let (slug, storyline, group) = (column("slug"), column("storyline"), column("dup_group"));
    Ok(lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |at: usize| cells.get(at).copied().unwrap_or("").to_owned();
            Row {
                doc: cell(slug),
                storyline: cell(storyline),
                group: cell(group),
            }
        })
        .collect())
}

fn read_article(path: &Path, doc: &str) -> std::io::Result<Article> {
    let value: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let text = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let date = text("published").as_deref().and_then(model::parse_date);
    Ok(Article {
        doc: doc.to_owned(),
        day: date.map_or(0, link::day_number),
        dated: date.is_some(),
        url: text("url"),
        publisher: text("publisher"),
        title: text("title").unwrap_or_default(),
        body: text("text").unwrap_or_default(),
    })
}

/// Unordered pairs of members of the same group.
fn pairs(groups: &[Vec<String>]) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for a in group {
            pairs.extend(group.iter().filter(|b| a < b).map(|b| (a.clone(), b.clone())));
        }
    }
    pairs
}

fn measure_copies(
    out: &mut impl Write,
    rows: &[Row],
    articles: &[Article],
    shown: &[String],
) -> std::io::Result<()> {
    let started = std::time::Instant::now();
    let mut copies = Copies::new();
    copies.add(articles.to_vec(), &mut |_| None);
    let mut gold: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|row| row.group.starts_with("dup-") || row.group.starts_with("part-"))
    {
        gold.entry(&row.group).or_default().push(row.doc.clone());
    }
    let gold = pairs(&gold.into_values().collect::<Vec<_>>());
    let found = pairs(&copies.groups());
    let right = gold.intersection(&found).count();
    let label: BTreeMap<&str, &str> = rows.iter().map(|r| (r.doc.as_str(), r.group.as_str())).collect();
    let show = |doc: &str| shown.iter().any(|prefix| label[doc].starts_with(prefix.as_str()));
    for (a, b) in gold
        .symmetric_difference(&found)
        .filter(|(a, b)| show(a) || show(b))
    {
        let what = if gold.contains(&(a.clone(), b.clone())) {
            "missed"
        } else {
            "wrong"
        };
        writeln!(out, "  {what}: {a} = {b}")?;
    }
    for link in copies.links().filter(|link| show(&link.doc)) {
        writeln!(
            out,
            "  {:?} {} of {} shared {} {:?}",
            link.relation, link.doc, link.of, link.shared_words, link.words
        )?;
    }
    writeln!(
        out,
        "copies: {} of {} pairs found, {} wrong; precision {:.3} recall {:.3}; {} documents in {:.2?}",
        right,
        gold.len(),
        found.len() - right,
        right as f64 / found.len().max(1) as f64,
        right as f64 / gold.len().max(1) as f64,
        articles.len(),
        started.elapsed()
    )
}
