//! `waybill show`: a document with its claims marked, or one claim with every slot.

use anstyle::Style;
use ledger::{ClaimFilter, Ledger, StoredClaim, StoredDocument};
use model::{BlockKind, Document, Span};
use std::ops::ControlFlow;
use waybill::rows::ClaimRow;

use super::claims::{goods, parties, short};
use super::table::{Cell, Table, plain};
use super::terminal::{BOLD, DIM, kind_style};
use super::{Ended, Failure, Global, Terminal};

/// Show a document with its claims marked, or one claim with every slot.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A document's identifier, name or address, or a claim's identifier; the beginning of an identifier will do.
    #[arg(value_name = "DOC|CLAIM")]
    wanted: String,
    /// JSON lines: the document and its claims, or the claim.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill show`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    if let Some(claim) = ledger.claim(&args.wanted)? {
        if args.json {
            terminal.json(&ClaimRow::from(&claim))?;
        } else if let Some(document) = ledger.document(&claim.document)? {
            show_claim(&claim, &document.document, terminal)?;
        }
        return Ok(Ended::Done);
    }
    let Some(document) = ledger.document(&args.wanted)? else {
        return Err(Failure::NotFound {
            what: "document or claim",
            wanted: args.wanted.clone(),
            hint: "`waybill claims` and `waybill search` list identifiers",
        });
    };
    let mut claims = Vec::new();
    let filter = ClaimFilter { doc: Some(document.id.clone()), all_versions: true, ..ClaimFilter::default() };
    ledger.claims(&filter, &mut |claim| {
        claims.push(claim);
        ControlFlow::Continue(())
    })?;
    if args.json {
        terminal.json(&document_json(&document))?;
        claims.iter().try_for_each(|claim| terminal.json(&ClaimRow::from(claim)))?;
        return Ok(Ended::Done);
    }
    show_head(&document, ledger.versions(&document)?.len(), terminal)?;
    show_text(&document.document, &claims, terminal)?;
    Ok(Ended::Done)
}

fn document_json(stored: &StoredDocument) -> serde_json::Value {
    serde_json::json!({
        "id": stored.id, "names": stored.names, "ingested_at": stored.ingested_at, "outcome": stored.outcome,
        "key": stored.key, "notes": stored.notes, "document": stored.document,
    })
}

fn show_head(stored: &StoredDocument, versions: usize, terminal: &mut Terminal) -> Result<(), Failure> {
    let d = &stored.document;
    let dim = terminal.style(DIM);
    let mut line = |label: &str, value: Option<&str>| -> Result<(), Failure> {
        if let Some(value) = value {
            writeln!(terminal.out(), "{dim}{label:10}{dim:#} {}", plain(value))?;
        }
        Ok(())
    };
    line("document", Some(&format!("{}  {}", short(&stored.id), stored.names.join(", "))))?;
    line("address", d.url.as_deref())?;
    line("publisher", d.publisher.as_deref())?;
    line("author", d.author.as_deref())?;
    line("published", Some(d.published.as_deref().unwrap_or("unknown")))?;
    if versions > 1 {
        line("versions", Some(&format!("{versions} texts were read at this address")))?;
    }
    match stored.outcome {
        ledger::Outcome::Coded => {}
        ledger::Outcome::NotRelevant => line("coding", Some("none: nothing of the codebook occurs in it"))?,
        ledger::Outcome::OtherLanguage => {
            let language = d.language.as_deref().unwrap_or("unknown");
            line("coding", Some(&format!("none: its language is {language}")))?;
        }
    }
    writeln!(terminal.out())?;
    Ok(())
}

/// A stretch of evidence with the number of its claim.
struct Mark {
    span: Span,
    number: usize,
    style: Style,
}

/// Writes the text block by block, evidence coloured and numbered, and under each block its claims.
pub(crate) fn show_text(
    document: &Document,
    claims: &[StoredClaim],
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let mut marks = Vec::new();
    for (n, claim) in claims.iter().enumerate() {
        let style = kind_style(claim.claim.kind);
        let spans = claim.claim.evidence.iter().map(|e| e.span);
        marks.extend(spans.map(|span| Mark { span, number: n + 1, style }));
    }
    marks.sort_by_key(|m| (m.span.start, m.span.end, m.number));
    let mut told = vec![false; claims.len()];
    for block in &document.blocks {
        let (before, style) = match block.kind {
            BlockKind::Headline => ("", terminal.style(BOLD)),
            BlockKind::Bullet => ("• ", Style::new()),
            BlockKind::Paragraph => ("", Style::new()),
            BlockKind::Caption | BlockKind::Other => ("┆ ", terminal.style(DIM)),
        };
        write!(terminal.out(), "{style}{before}{style:#}")?;
        marked(document, block.span, (&marks, style), terminal)?;
        writeln!(terminal.out())?;
        for mark in marks.iter().filter(|m| block.span.contains(m.span)) {
            if !std::mem::replace(&mut told[mark.number - 1], true) {
                summary(mark.number, &claims[mark.number - 1], terminal)?;
            }
        }
        writeln!(terminal.out())?;
    }
    Ok(())
}

/// Writes the words of `block`; those of a claim in its colour, with the claim's number after them.
fn marked(
    document: &Document,
    block: Span,
    (marks, plain_style): (&[Mark], Style),
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let inside: Vec<&Mark> = marks.iter().filter(|m| block.contains(m.span)).collect();
    let mut edges: Vec<u32> = inside.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    edges.extend([block.start, block.end]);
    edges.sort_unstable();
    edges.dedup();
    let with_colours = terminal.has_colours();
    for piece in edges.windows(2) {
        let piece = Span { start: piece[0], end: piece[1] };
        let over: Vec<&&Mark> = inside.iter().filter(|m| m.span.contains(piece)).collect();
        let style = over.first().map_or(plain_style, |m| terminal.style(m.style.underline()));
        if !with_colours && inside.iter().any(|m| m.span.start == piece.start) {
            write!(terminal.out(), "⟦")?;
        }
        write!(terminal.out(), "{style}{}{style:#}", plain(piece.of(&document.text)))?;
        let ending: Vec<String> =
            inside.iter().filter(|m| m.span.end == piece.end).map(|m| m.number.to_string()).collect();
        if !ending.is_empty() {
            let (dim, close) = (terminal.style(DIM), if with_colours { "" } else { "⟧" });
            write!(terminal.out(), "{close}{dim}[{}]{dim:#}", ending.join(","))?;
        }
    }
    Ok(())
}

fn summary(number: usize, stored: &StoredClaim, terminal: &mut Terminal) -> Result<(), Failure> {
    let claim = &stored.claim;
    let (dim, style) = (terminal.style(DIM), terminal.style(kind_style(claim.kind)));
    let far = claim.stage.map(|s| s.as_str()).or(claim.action.map(|a| a.as_str())).unwrap_or("");
    let parts: Vec<String> = [
        parties(claim),
        plain(&goods(claim)),
        far.to_owned(),
        claim.factuality.to_string(),
        format!("says {}", plain(&claim.source.speaker)),
    ]
    .into_iter()
    .filter(|p| !p.is_empty())
    .collect();
    let (kind, parts, id) = (claim.kind, parts.join(" · "), short(&stored.id));
    writeln!(terminal.out(), "  {dim}[{number}]{dim:#} {style}{kind}{style:#} {parts} {dim}{id}{dim:#}")?;
    Ok(())
}

/// One claim: every slot that is filled, with the words that filled it and where they stand, and its evidence.
pub(crate) fn show_claim(
    stored: &StoredClaim,
    document: &Document,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let (bold, dim) = (terminal.style(BOLD), terminal.style(DIM));
    writeln!(terminal.out(), "{bold}{} {}{bold:#}", stored.claim.kind, parties(&stored.claim))?;
    let (id, doc) = (&stored.id, plain(&stored.doc));
    let published = stored.published.as_deref().unwrap_or("unknown day");
    writeln!(terminal.out(), "{dim}{id} in {doc}, published {published}{dim:#}\n")?;
    let mut table = Table::new(&["slot", "value", "in the words", "at"]);
    for slot in slots(stored) {
        let at = slot.span.map_or(String::new(), |span| place(document, span));
        let words = slot.span.map(|span| span.of(&document.text)).filter(|w| !w.is_empty());
        let words = words.map_or(String::new(), |w| format!("“{w}”"));
        let cells = vec![
            Cell::styled(slot.name, DIM),
            Cell::new(slot.value),
            Cell::new(words),
            Cell::styled(at, DIM),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    writeln!(terminal.out())?;
    for evidence in &stored.claim.evidence {
        let style = terminal.style(kind_style(stored.claim.kind));
        let at = place(document, evidence.span);
        writeln!(terminal.out(), "{style}“{}”{style:#} {dim}{at}{dim:#}", plain(&evidence.text))?;
        if let Some(block) = document.blocks.get(evidence.block as usize) {
            write!(terminal.out(), "  {dim}in:{dim:#} ")?;
            let mark = Mark { span: evidence.span, number: 1, style: kind_style(stored.claim.kind) };
            marked(document, block.span, (&[mark], Style::new()), terminal)?;
            writeln!(terminal.out())?;
        }
    }
    Ok(())
}

/// Block and characters, for people to find the words.
fn place(document: &Document, span: Span) -> String {
    let block = document.blocks.iter().position(|b| b.span.contains(span));
    let (start, end) = (document.char_offset(span.start), document.char_offset(span.end));
    match block {
        Some(block) => format!("block {block}, characters {start}–{end}"),
        None => format!("characters {start}–{end}"),
    }
}

/// A filled slot.
struct Slot {
    name: &'static str,
    value: String,
    span: Option<Span>,
}

fn slots(stored: &StoredClaim) -> Vec<Slot> {
    let claim = &stored.claim;
    let mut slots = Vec::new();
    let mut slot = |name, value: &str, span| slots.push(Slot { name, value: value.to_owned(), span });
    for (name, actors) in claim.actor_slots() {
        actors.iter().for_each(|a| slot(name, &a.id, Some(a.span)));
    }
    for goods in &claim.goods {
        let range = match (goods.min, goods.max) {
            (Some(min), Some(max)) if min == max => format!(" ({min})"),
            (Some(min), Some(max)) => format!(" ({min} to {max})"),
            (Some(min), None) => format!(" ({min} and up)"),
            (None, Some(max)) => format!(" (up to {max})"),
            (None, None) => goods.quantity.as_ref().map_or(String::new(), |q| format!(" ({q})")),
        };
        slot("goods", &format!("{}{range}", goods.category), Some(goods.span));
    }
    let phrases = [
        ("price", &claim.price),
        ("instrument", &claim.instrument),
        ("act", &claim.act),
        ("where", &claim.place),
    ];
    for (name, phrase) in phrases {
        phrase.iter().for_each(|p| slot(name, &p.text, Some(p.span)));
    }
    claim.stage.iter().for_each(|s| slot("stage", s.as_str(), None));
    claim.action.iter().for_each(|a| slot("action", a.as_str(), None));
    if let Some(when) = &claim.when {
        let day = |d: &Option<String>| d.clone().unwrap_or_else(|| "…".to_owned());
        slot("when", &format!("{} to {}", day(&when.start), day(&when.end)), Some(when.span));
    }
    slot("factuality", claim.factuality.as_str(), None);
    let source = &claim.source;
    slot("speaker", &source.speaker, source.span);
    source.role.iter().for_each(|r| slot("role", r, None));
    source.affiliation.iter().for_each(|a| slot("affiliation", a, None));
    slot("basis", source.basis.as_str(), None);
    slot("directness", source.directness.as_str(), None);
    source.chain.iter().for_each(|c| slot("through", c, None));
    slots
}
