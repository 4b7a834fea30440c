//! Plain text → blocks: as typed, as pasted from a web page, or hard-wrapped as old releases and transcripts are.

mod kinds;
mod lines;

use model::{BlockKind, Document};

use crate::{
    dates,
    draft::{Draft, Piece},
    furniture,
};

pub(crate) use kinds::classify;
pub(crate) use lines::{Para, Role, paragraphs};

/// How far into a text its date, byline and title may stand, in blocks.
const TOP_BLOCKS: usize = 8;

/// Reads a plain text. Its first headline is its title; nothing is added to the text.
pub(crate) fn document(text: &str, doc: Option<&str>, given: Draft) -> Document {
    let pieces = classify(paragraphs(text), None);
    let mut draft = given;
    if draft.title.is_none() {
        draft.title = title_of(&pieces);
    }
    fill_from_lines(&mut draft, &pieces);
    draft.pieces = pieces;
    draft.finish(doc)
}

/// Puts the title and the paragraphs, each with its kind, into the draft.
pub(crate) fn compose(draft: &mut Draft, paras: Vec<Para>) {
    let title = draft.title.as_deref().map(crate::draft::squeeze).filter(|t| !t.is_empty());
    let pieces = classify(paras, title.as_deref());
    fill_from_lines(draft, &pieces);
    if let Some(title) = title {
        let kind = if is_cut_from(&title, &pieces) { BlockKind::Other } else { BlockKind::Headline };
        draft.pieces.push(Piece::new(kind, &title));
    }
    draft.pieces.extend(pieces);
}

/// Whether the title is only the beginning of a paragraph, cut off at some length: not a headline that anyone wrote.
fn is_cut_from(title: &str, pieces: &[Piece]) -> bool {
    let title = title.trim_end_matches(['…', '.', ' ']);
    pieces.iter().any(|p| p.kind.is_main() && p.text.len() > title.len() && p.text.starts_with(title))
}

/// The headline: the first above the body text, after the label and date of a release where it has them.
fn title_of(pieces: &[Piece]) -> Option<String> {
    let body = pieces.iter().position(|p| matches!(p.kind, BlockKind::Paragraph | BlockKind::Bullet))?;
    let is_label = |p: &Piece| dates::labelled(&p.text).is_some() || furniture::is_release_label(&p.text);
    let label = pieces[..body].iter().rposition(is_label).map_or(0, |i| i + 1);
    let find = |from: usize, words: usize| {
        let heads = pieces[from..body].iter().filter(|p| p.kind == BlockKind::Headline);
        heads.map(|p| &p.text).find(|t| t.split_whitespace().count() >= words).cloned()
    };
    find(label, 3).or_else(|| find(0, 4))
}

/// Takes the address, date and author from lines that tell them, where they are not known yet.
pub(crate) fn fill_from_lines(draft: &mut Draft, pieces: &[Piece]) {
    for piece in pieces.iter().filter(|p| !p.kind.is_main()) {
        if draft.url.is_none() {
            draft.url = furniture::address(&piece.text).map(str::to_owned);
        }
    }
    let top = || pieces.iter().filter(|p| p.kind != BlockKind::Caption).take(TOP_BLOCKS);
    if draft.author.is_none() {
        draft.author = top().find_map(|p| furniture::byline(&p.text)).map(str::to_owned);
    }
    if draft.author.is_none() {
        draft.author = top().take(2).find(|p| furniture::is_name_and_office(&p.text)).map(|p| p.text.clone());
    }
    if draft.published.is_none() {
        draft.published = top().find_map(|p| {
            dates::labelled(&p.text)
                .or_else(|| dates::whole_line(&p.text))
                .or_else(|| dates::in_dateline(&p.text))
                .or_else(|| page_of_a_day(&p.text))
        });
    }
}

/// The day of a page that is about one day and named so: "Portal:Current events/2031 January 2".
fn page_of_a_day(line: &str) -> Option<String> {
    let (page, day) = line.rsplit_once('/')?;
    (page.len() < 40 && page.contains(':'))
        .then(|| dates::in_address(&format!("/{}", day.trim().replace(' ', "_"))))?
}
