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
use link::stories::{Stories, Told, terms};

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
        articles.push(read_article(&corpus.join("dev").join(format!("{}.json", row.doc)), &row.doc)?);
    }
    measure_copies(&mut out, &rows, &articles, &shown)?;
    measure_stories(&mut out, &rows, &articles, &shown)
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
            Row { doc: cell(slug), storyline: cell(storyline), group: cell(group) }
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
            pairs.extend(group.iter().filter(|b| a < *b).map(|b| (a.clone(), b.clone())));
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
    for row in rows.iter().filter(|row| row.group.starts_with("dup-") || row.group.starts_with("part-")) {
        gold.entry(&row.group).or_default().push(row.doc.clone());
    }
    let gold = pairs(&gold.into_values().collect::<Vec<_>>());
    let found = pairs(&copies.groups());
    let right = gold.intersection(&found).count();
    let label: BTreeMap<&str, &str> = rows.iter().map(|r| (r.doc.as_str(), r.group.as_str())).collect();
    let show = |doc: &str| shown.iter().any(|prefix| label[doc].starts_with(prefix.as_str()));
    for (a, b) in gold.symmetric_difference(&found).filter(|(a, b)| show(a) || show(b)) {
        let what = if gold.contains(&(a.clone(), b.clone())) { "missed" } else { "wrong" };
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

/// B-cubed precision and recall (Bagga and Baldwin 1998) over labelled documents.
fn b_cubed(gold: &BTreeMap<&str, &str>, found: &BTreeMap<&str, &str>) -> (f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (doc, label) in gold {
        let together = gold.keys().filter(|other| found[*other] == found[doc]).count();
        let alike = gold.values().filter(|other| *other == label).count();
        let both = gold.iter().filter(|(other, l)| *l == label && found[*other] == found[doc]).count();
        precision += both as f64 / together as f64;
        recall += both as f64 / alike as f64;
    }
    (precision / gold.len() as f64, recall / gold.len() as f64)
}

fn measure_stories(
    out: &mut impl Write,
    rows: &[Row],
    articles: &[Article],
    shown: &[String],
) -> std::io::Result<()> {
    let started = std::time::Instant::now();
    let mut stories = Stories::new();
    let told = |a: &Article| Told { doc: a.doc.clone(), day: a.day, terms: terms(a, &[]) };
    stories.add(articles.iter().map(told).collect());
    let elapsed = started.elapsed();
    let stories = stories.stories();
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for story in &stories {
        found.extend(story.docs.iter().map(|doc| (doc.as_str(), story.id.as_str())));
    }
    for row in rows
        .iter()
        .filter(|r| shown.iter().any(|p| !r.storyline.is_empty() && r.storyline.starts_with(p.as_str())))
    {
        writeln!(out, "  {} {} {}", found[row.doc.as_str()], row.storyline, row.doc)?;
    }
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.storyline.is_empty()) {
        *sizes.entry(&row.storyline).or_default() += 1;
    }
    for least in [4, 1] {
        let labelled = rows.iter().filter(|r| sizes.get(r.storyline.as_str()).is_some_and(|&n| n >= least));
        let gold: BTreeMap<&str, &str> = labelled.map(|r| (r.doc.as_str(), r.storyline.as_str())).collect();
        let (precision, recall) = b_cubed(&gold, &found);
        let f1 = 2.0 * precision * recall / (precision + recall);
        writeln!(
            out,
            "storylines of {least} and more: {} documents, B-cubed precision {precision:.3} recall {recall:.3} F1 {f1:.3}",
            gold.len()
        )?;
    }
    let largest = stories.iter().map(|s| s.docs.len()).max().unwrap_or(0);
    writeln!(out, "{} storylines, the largest of {largest} documents, in {elapsed:.2?}", stories.len())
}
