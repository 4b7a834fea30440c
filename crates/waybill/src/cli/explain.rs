//! `waybill explain`: how a text was read, from tokens to claims.

use std::io::Read;

use code::text::{Place, Text};
use lang::Token;
use waybill::coder::Coded;
use waybill::pipeline::Timings;
use waybill::plain;
use waybill::rows::{ClaimRow, loose};

use super::show::{show_claim, show_text};
use super::table::{Cell, Table};
use super::terminal::{BOLD, DIM};
use super::{Ended, Failure, Global, Terminal, day};

/// Show how a text was read: tokens, mentions, attributions, claims.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The text, each line a paragraph; `-` is standard input.
    text: String,
    /// Day of publication, to resolve dates against.
    #[arg(long, value_name = "DAY", value_parser = day)]
    published: Option<String>,
    /// Only the claims, as JSON lines.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill explain`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let coder = global.coder()?;
    let mut document = plain::document("text", &given(&args.text)?);
    document.published = args.published.clone();
    let coded = coder.read(&document, &Timings::default());
    let claims: Vec<_> = coded.claims.iter().map(|claim| loose(&document, claim.clone())).collect();
    if args.json {
        claims.iter().try_for_each(|claim| terminal.json(&ClaimRow::from(claim)))?;
        return Ok(Ended::Done);
    }
    let text = Text::new(&document, &coded.parses);
    tokens(&text, terminal)?;
    actors(&text, &coded, terminal)?;
    attributions(&text, &coded, terminal)?;
    heading("claims", terminal)?;
    show_text(&document, &claims, terminal)?;
    for claim in &claims {
        show_claim(claim, &document, terminal)?;
        writeln!(terminal.out())?;
    }
    for note in &coded.notes {
        let words = note.span.map_or(String::new(), |span| format!(" “{}”", span.of(&document.text)));
        terminal.note(&format!("note: {}{}", note.message, super::table::plain(&words)));
    }
    Ok(Ended::Done)
}

/// The text of an argument, or standard input where it is `-`.
pub(crate) fn given(text: &str) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut bytes = Vec::new();
    let failed = |source| Failure::Input { path: "standard input".to_owned(), source };
    std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn heading(words: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let bold = terminal.style(BOLD);
    writeln!(terminal.out(), "\n{bold}{words}{bold:#}")?;
    Ok(())
}

fn tokens(text: &Text<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
    for block in &text.blocks {
        for sentence in block.parse.sentences() {
            heading(&format!("tokens of: {}", super::table::plain(sentence.text())), terminal)?;
            let mut table =
                Table::new(&["", "token", "lemma", "pos", "tag", "label", "head", "entity"]).numeric(0);
            for token in sentence.tokens() {
                let head = if token.is_root() { String::new() } else { head_words(token) };
                let cells = vec![
                    Cell::styled(token.index().to_string(), DIM),
                    Cell::styled(token.text(), BOLD),
                    Cell::new(token.lemma()),
                    Cell::new(token.pos()),
                    Cell::new(token.tag()),
                    Cell::new(token.dep()),
                    Cell::new(head),
                    Cell::new(entity(token)),
                ];
                table.row(cells, terminal)?;
            }
            table.finish(terminal)?;
        }
    }
    Ok(())
}

fn head_words(token: Token<'_>) -> String {
    format!("{} {}", token.head().index(), token.head().text())
}

fn entity(token: Token<'_>) -> &str {
    let entities = token.parse().entities();
    entities.iter().find(|e| e.tokens.contains(&token.index())).map_or("", |e| &e.label)
}

fn words<'a>(text: &Text<'a>, place: &Place) -> &'a str {
    text.blocks.get(place.at).map_or("", |block| block.parse.words(place.tokens()))
}

fn several(text: &Text<'_>, places: &[Place]) -> String {
    places.iter().map(|place| words(text, place)).collect::<Vec<_>>().join(" … ")
}

fn actors(text: &Text<'_>, coded: &Coded, terminal: &mut Terminal) -> Result<(), Failure> {
    heading("actors", terminal)?;
    let cast = &coded.cast;
    let mut table = Table::new(&["", "actor", "kind", "role", "of", "stands for", "mentioned as"]).numeric(0);
    for (n, actor) in cast.actors.iter().enumerate() {
        let mentions = cast.mentions.iter().filter(|m| m.actor == n);
        let mentioned: Vec<String> = mentions.map(|m| format!("“{}”", words(text, &m.place))).collect();
        let cells = vec![
            Cell::styled(n.to_string(), DIM),
            Cell::styled(&actor.id, BOLD),
            Cell::new(format!("{:?}", actor.kind).to_lowercase()),
            Cell::new(actor.role.as_deref().unwrap_or("")),
            Cell::new(actor.affiliation.as_deref().unwrap_or("")),
            Cell::new(actor.stands_for.as_deref().unwrap_or("")),
            Cell::new(mentioned.join(", ")),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    heading("goods", terminal)?;
    let mut table = Table::new(&["words", "category", "quantity", "least", "most", "whose"]);
    for goods in &cast.goods {
        let number = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
        let whose = goods.origin.and_then(|actor| cast.actors.get(actor)).map_or("", |actor| &actor.id);
        let cells = vec![
            Cell::styled(words(text, &goods.place), BOLD),
            Cell::new(goods.category.as_str()),
            Cell::new(goods.quantity.as_deref().unwrap_or("")),
            Cell::new(number(goods.min)),
            Cell::new(number(goods.max)),
            Cell::new(whose),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)
}

fn attributions(text: &Text<'_>, coded: &Coded, terminal: &mut Terminal) -> Result<(), Failure> {
    heading("attributions", terminal)?;
    let mut table = Table::new(&["source", "who", "cue", "stance", "basis", "content"]);
    for a in &coded.attributions {
        let who = a.actor.and_then(|actor| coded.cast.actors.get(actor)).map_or("", |actor| &actor.id);
        let not = if a.negated { "not " } else { "" };
        let cells = vec![
            Cell::new(a.source.as_ref().map_or("", |source| words(text, source))),
            Cell::new(who),
            Cell::styled(several(text, &a.cue), BOLD),
            Cell::new(format!("{not}{:?}", a.stance).to_lowercase()),
            Cell::new(a.basis.as_str()),
            Cell::new(several(text, &a.content)),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)
}
