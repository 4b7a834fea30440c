//! Paragraphs → blocks with their kind.

use std::collections::HashSet;

use model::BlockKind;

use super::{
    Para,
    lines::{Role, is_capitals, is_turn},
};
use crate::{dates, draft::Piece, furniture};

/// Most words that a headline has.
const MAX_HEADLINE_WORDS: usize = 25;
/// Most words of a heading inside the story that is not all in capitals.
const MAX_HEADING_WORDS: usize = 14;
/// Most words of a label above the headline, such as a section's name.
const MAX_LABEL_WORDS: usize = 2;
/// How long a pull quote is, in bytes.
const PULL_QUOTE: std::ops::Range<usize> = 40..300;
/// Paragraphs are compared with each other only where that takes no more than so many steps.
const MAX_COMPARED: usize = 400_000_000;
/// So many short lines in a row make a list.
const MIN_LIST: usize = 3;
/// A paragraph said twice is a pull quote or a copy only from this length on, in bytes.
const MIN_REPEAT: usize = 25;

/// Tells what each paragraph is. `title` is the document's title where it is known apart from the text.
pub(crate) fn classify(paras: Vec<Para>, title: Option<&str>) -> Vec<Piece> {
    let mut kinds: Vec<BlockKind> = Vec::with_capacity(paras.len());
    for (i, para) in paras.iter().enumerate() {
        kinds.push(kind_alone(para, paras.get(i + 1)));
    }
    mark_labels(&paras, &mut kinds, title.is_some());
    mark_lists(&paras, &mut kinds);
    mark_repeats(&paras, &mut kinds, title);
    mark_pull_quotes(&paras, &mut kinds);
    mark_tail(&paras, &mut kinds);
    let pieces = paras.into_iter().zip(kinds);
    pieces.map(|(p, kind)| Piece { kind, text: p.text, marker_bytes: p.marker_bytes }).collect()
}

/// What a paragraph is by itself and by what follows it.
fn kind_alone(para: &Para, next: Option<&Para>) -> BlockKind {
    let line = para.text.get(para.marker_bytes..).unwrap_or(&para.text);
    if para.role == Role::Caption || furniture::is_caption(line) {
        return BlockKind::Caption;
    }
    if para.role == Role::Aside
        || furniture::is_furniture(line)
        || is_dated(line)
        || furniture::byline(line).is_some()
    {
        return BlockKind::Other;
    }
    match para.role {
        Role::Heading => BlockKind::Headline,
        Role::Item => BlockKind::Bullet,
        _ if is_heading(line, next) => BlockKind::Headline,
        _ => BlockKind::Paragraph,
    }
}

/// Whether a line is there to tell the date: nothing but a date, or one behind a label.
fn is_dated(line: &str) -> bool {
    dates::whole_line(line).is_some() || dates::labelled(line).is_some()
}

/// Whether a line reads as a headline or a heading: short, no full stop, and body text or a list after it.
fn is_heading(line: &str, next: Option<&Para>) -> bool {
    let Some(next) = next else { return false };
    let words = line.split_whitespace().count();
    if words > MAX_HEADLINE_WORDS || furniture::ends_sentence(line) || line.ends_with([',', ';', '-', '–'])
    {
        return false;
    }
    if is_turn(line) || line.starts_with("Dear ") || furniture::is_name_and_office(line) {
        return false;
    }
    if !line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let before_list = next.role == Role::Item && words <= MAX_HEADING_WORDS;
    if line.ends_with(':') {
        return before_list && words <= 5;
    }
    let before_text = next.text.len() > line.len() || !furniture::ends_sentence(&next.text);
    before_list
        || (before_text && words <= MAX_HEADING_WORDS)
        || (before_text && is_capitals(line))
        || next.text.len() > 2 * line.len()
}

/// A line of one or two words above the headline is a section's name ("Analysis"), not part of the story.
fn mark_labels(paras: &[Para], kinds: &mut [BlockKind], titled: bool) {
    let Some(first) = kinds.iter().position(|k| k.is_main()) else {
        return;
    };
    let words = |i: usize| paras[i].text.split_whitespace().count();
    if titled || kinds[first] != BlockKind::Headline || words(first) > MAX_LABEL_WORDS {
        return;
    }
    let next = (first + 1..kinds.len()).find(|i| kinds[*i].is_main());
    if next.is_some_and(|n| kinds[n] == BlockKind::Headline && words(n) > MAX_LABEL_WORDS) {
        kinds[first] = BlockKind::Other;
    }
}

/// Short lines one below the other inside the story, without marks before them, are a list.
fn mark_lists(paras: &[Para], kinds: &mut [BlockKind]) {
    let is_line = |i: usize| kinds[i] == BlockKind::Headline && paras[i].role == Role::Plain;
    let Some(body) = kinds.iter().position(|k| *k == BlockKind::Paragraph) else {
        return;
    };
    let mut runs = Vec::new();
    let mut start = body;
    for i in body..=kinds.len() {
        if i == kinds.len() || !is_line(i) {
            if i - start >= MIN_LIST {
                runs.push(start..i);
            }
            start = i + 1;
        }
    }
    for run in runs {
        kinds[run].fill(BlockKind::Bullet);
    }
}

/// The same words again are a caption given twice, a pull quote, or the headline once more: not the story.
fn mark_repeats(paras: &[Para], kinds: &mut [BlockKind], title: Option<&str>) {
    let mut seen: HashSet<String> = HashSet::new();
    let title = title.map(fold);
    for i in 0..paras.len() {
        let folded = fold(&paras[i].text);
        if title.as_ref().is_some_and(|t| *t == folded && i < 6) && kinds[i].is_main() {
            kinds[i] = BlockKind::Other;
        }
        let twin_above = i > 0 && fold(&paras[i - 1].text) == folded && folded.len() >= 3;
        if twin_above && i > 1 && kinds[i - 1].is_main() && !furniture::ends_sentence(&paras[i].text) {
            kinds[i - 1] = BlockKind::Caption;
            kinds[i] = BlockKind::Caption;
        }
        if !seen.insert(folded)
            && paras[i].text.len() >= MIN_REPEAT
            && kinds[i].is_main()
            && !is_turn(&paras[i].text)
        {
            kinds[i] = BlockKind::Other;
        }
    }
}

/// A paragraph whose words stand in a longer one is set in large type to draw the eye: the story says them once.
fn mark_pull_quotes(paras: &[Para], kinds: &mut [BlockKind]) {
    let total: usize = paras.iter().map(|p| p.text.len()).sum();
    if total.saturating_mul(paras.len()) > MAX_COMPARED {
        return;
    }
    let texts: Vec<String> = paras.iter().map(|p| fold(&p.text)).collect();
    for i in 0..paras.len() {
        let words = texts[i].trim_matches(|c: char| !c.is_alphanumeric());
        if kinds[i] != BlockKind::Paragraph || !PULL_QUOTE.contains(&words.len()) || is_turn(&paras[i].text) {
            continue;
        }
        let said = |j: usize| {
            kinds[j] == BlockKind::Paragraph && texts[j].len() > texts[i].len() && texts[j].contains(words)
        };
        if (0..paras.len()).any(said) {
            kinds[i] = BlockKind::Other;
        }
    }
}

/// The text as it is compared: small letters, straight quotation marks.
fn fold(text: &str) -> String {
    text.to_lowercase().replace(['’', '‘'], "'").replace(['“', '”'], "\"")
}

/// After a release's end mark ("###", "ENDS") stand notes about the office, not the story; and a prompt between two
/// prompts at the end is one too.
fn mark_tail(paras: &[Para], kinds: &mut [BlockKind]) {
    let is_end = |p: &Para| {
        let bare: String = p.text.chars().filter(|c| !c.is_whitespace()).collect();
        let hashes = bare.trim_matches('-');
        (hashes.len() >= 3 && hashes.chars().all(|c| c == '#'))
            || matches!(bare.as_str(), "ENDS" | "[ends]" | "-30-")
    };
    let Some(end) = paras.iter().rposition(is_end) else {
        return;
    };
    let total: usize = paras.iter().map(|p| p.text.len()).sum();
    let after: usize = paras[end + 1..].iter().map(|p| p.text.len()).sum();
    if after * 4 <= total {
        kinds[end + 1..].iter_mut().filter(|k| k.is_main()).for_each(|k| *k = BlockKind::Other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs;

    /// One letter a block: headline, bullet, paragraph, caption, other.
    #[track_caller]
    fn check(text: &str, want: &str) {
        let pieces = classify(paragraphs(text), None);
        let letter = |kind: BlockKind| match kind {
            BlockKind::Headline => 'h',
            BlockKind::Bullet => 'b',
            BlockKind::Paragraph => 'p',
            BlockKind::Caption => 'c',
            BlockKind::Other => 'o',
        };
        let got: String = pieces.iter().map(|p| letter(p.kind)).collect();
        assert_eq!(got, want, "{pieces:#?}");
    }

    #[test]
    fn a_pasted_page() {
        check(
            "Analysis\n\nFreighter leaves with crates that nobody will name\n\nThe council wants to know what was on \
             board before it meets on Friday.\n\nCranes at the northern quay. Picture: Harbour Post\nCranes at the \
             northern quay. Picture: Harbour Post\n\nThe freighter Blue Heron left on Monday, the harbour master \
             said.\n\nBlue Heron\nBlue Heron\n\nHe had seen no papers for the crates.\n\nRead related topics:Shipping\n\n\
             Add your comment to this story\n\nOriginal URL: https://news.example/a/b",
            "ohpccpccpooo",
        );
    }

    #[test]
    fn key_points() {
        check(
            "Key Points\n- The freighter left on Monday.\n- Nobody has seen papers\nThe freighter Blue Heron left on \
             Monday, the harbour master said.",
            "hbbp",
        );
    }

    #[test]
    fn a_release() {
        check(
            "FOR IMMEDIATE RELEASE\n\nJune 28, 2031\n\nMinister welcomes new rules for the sale of patrol boats\n\n\
             VALLETTA – The Minister of Trade said on Tuesday that the rules were overdue.\n\n\"They were overdue,\" she \
             said.\n\n###\n\nAbout the Office",
            "oohppoo",
        );
    }

    #[test]
    fn a_transcript() {
        check(
            "Briefing on shipping\n\nHarbour House\n\n3:50 P.M. EDT\n\nMR. EXAMPLE: Good afternoon, everybody.\n\nQ Thank \
             you. Was the ship searched?\n\nMR. EXAMPLE: It was.",
            "hhoppp",
        );
    }

    #[test]
    fn a_pull_quote_out_of_a_paragraph() {
        check(
            "The freighter left on Monday.\n“Nobody has seen any papers for the eleven crates,” she told the council on \
             Friday.\nNobody has seen any papers for the eleven crates.\nThe search goes on.",
            "ppop",
        );
    }

    #[test]
    fn a_list_without_marks() {
        check(
            "The order is for the following, the yard said in a statement on Monday morning.\n\nTwo patrol boats\n\nFour \
             spare engines\n\nOne simulator\n\nThe yard will deliver all of it by the end of next year.",
            "pbbbp",
        );
    }

    #[test]
    fn a_pull_quote_is_not_said_twice() {
        check(
            "The freighter left on Monday.\n\"Nobody has seen papers for it,\" she said.\nThe search goes on.\n\"Nobody has \
             seen papers for it,\" she said.",
            "pppo",
        );
    }
}
