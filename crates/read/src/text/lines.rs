//! Lines → paragraphs: joins what was wrapped, keeps apart what was not.

use std::sync::LazyLock;

use regex::Regex;

use crate::{draft::squeeze, furniture};

/// What the layout says of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Nothing.
    #[default]
    Plain,
    /// It is marked as a heading.
    Heading,
    /// It is an item of a list.
    Item,
    /// It belongs to a picture.
    Caption,
    /// It is a link, a row of a table, or stands in a part of the page that is not the story.
    Aside,
}

/// A paragraph, a list item, a heading or a label: one unit of the layout, not yet told what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Para {
    /// The words, white space squeezed.
    pub(crate) text: String,
    /// Bytes of the list marker at the start, 0 where there is none.
    pub(crate) marker_bytes: usize,
    /// What the layout says of it.
    pub(crate) role: Role,
}

impl Para {
    /// A paragraph with what the markup says of it; a list marker in its text is measured.
    pub(crate) fn new(text: &str, role: Role) -> Self {
        let mut para = start(text);
        if role != Role::Plain {
            para.role = role;
        }
        para
    }
}

/// A line as it stands in the file.
struct Line<'t> {
    indent: usize,
    text: &'t str,
    after_blank: bool,
}

/// Shortest line, in characters, that can be the full line of a wrapped text.
const MIN_FULL: usize = 40;
/// Longest line, in characters, that a wrapped text has.
const MAX_FULL: usize = 120;

/// "- ", "• ", "* ", "– ", "1. ", "(a) ", "2) ".
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-–—*•·▪●○◦‣∙■□►➤»]\s+|[•▪●‣■►➤]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+|\([A-Z]\)\s+)")
        .expect("the pattern is fixed and was tested")
});

/// "Q: ", "QUESTION: ", "MR. EXAMPLE: ", "Q Thank you", "MODERATOR (via phone): ".
static SPEAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:Q|A|[A-Z][A-Z.'’ -]{1,48}[A-Z.](?:\s\([^)]{1,40}\))?)\s?:(?:\s|$)|^Q\s{1,4}[A-Z“\x22(—–-]",
    )
    .expect("the pattern is fixed and was tested")
});

/// "Ms. EXAMPLE. Mr. Speaker, …": a turn in a parliament's record.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:Mr|Mrs|Ms|Dr)\. [A-Z][A-Za-z]*[A-Z]{2,}(?: of [A-Z][a-z]+)?\.\s")
        .expect("the pattern is fixed and was tested")
});

/// Cuts a text into paragraphs.
///
/// A text is hard-wrapped where its lines are short and many of them stop in the middle of a sentence; only then are
/// lines joined. Otherwise every line is a paragraph of its own, as in text pasted from a page.
pub(crate) fn paragraphs(text: &str) -> Vec<Para> {
    let lines = lines(text);
    let full = wrap_width(&lines);
    let mut out: Vec<Para> = Vec::new();
    let mut previous: Option<&Line> = None;
    let hanging = has_hanging_items(&lines);
    let mut item = None;
    for line in &lines {
        let joins = match (full, previous) {
            (Some(full), Some(before)) => continues(before, line, full, item),
            _ => false,
        };
        match out.last_mut() {
            Some(para) if joins => {
                para.text.push(' ');
                para.text.push_str(&squeeze(line.text));
            }
            _ => {
                let para = start(line.text);
                item = (para.marker_bytes > 0)
                    .then_some(Item { indent: line.indent, hanging: hanging && has_mark(line.text) });
                out.push(para);
            }
        }
        previous = Some(line);
    }
    out
}

/// The list item that a paragraph is.
#[derive(Clone, Copy)]
struct Item {
    /// The indent of its first line, in characters.
    indent: usize,
    /// Whether the further lines of the text's items stand further in than their first.
    hanging: bool,
}

/// Whether some item's second line stands further in than its first: then no line that does not is part of an item.
fn has_hanging_items(lines: &[Line]) -> bool {
    lines.windows(2).any(|pair| {
        let (item, next) = (&pair[0], &pair[1]);
        start(item.text).marker_bytes > 0
            && has_mark(item.text)
            && !next.after_blank
            && next.indent > item.indent
            && !opens_unit(next.text)
    })
}

/// Whether a list item is marked by a dash or a bullet, not by a number or a letter.
fn has_mark(item: &str) -> bool {
    !item.starts_with(|c: char| c.is_alphanumeric() || c == '(')
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let mut after_blank = true;
    for raw in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0b}', '\u{0c}']) {
        let line = raw.trim();
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        out.push(Line { indent, text: line, after_blank });
        after_blank = false;
    }
    out
}

/// A paragraph that starts with this line.
fn start(line: &str) -> Para {
    let text = squeeze(line);
    let marker_bytes = MARKER.find(&text).map_or(0, |m| m.end());
    let marker_bytes = if marker_bytes >= text.len() { 0 } else { marker_bytes };
    let role = if marker_bytes > 0 { Role::Item } else { Role::Plain };
    Para { text, marker_bytes, role }
}

/// The usual length of a full line, in characters, where the text is hard-wrapped.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let lengths: Vec<usize> = lines.iter().map(|l| l.indent + l.text.chars().count()).collect();
    let long = lengths.iter().filter(|l| **l > MAX_FULL).count();
    if long * 20 > lengths.len() {
        return None;
    }
    let mut broken: Vec<usize> = Vec::new();
    for (pair, length) in lines.windows(2).zip(&lengths) {
        if !pair[1].after_blank && *length >= MIN_FULL && breaks_off(pair[0].text) && runs_on(pair[1].text) {
            broken.push(*length);
        }
    }
    if broken.len() < 2 || broken.len() * 8 < lines.len() {
        return None;
    }
    broken.sort_unstable();
    Some(broken[broken.len() / 2])
}

fn breaks_off(line: &str) -> bool {
    !furniture::ends_sentence(line) && !line.ends_with([':', ';'])
}

fn runs_on(line: &str) -> bool {
    line.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether `line` goes on with the paragraph of the line before it, in a text whose full lines are `full` long.
fn continues(before: &Line, line: &Line, full: usize, item: Option<Item>) -> bool {
    if line.after_blank || opens_unit(line.text) || !before.text.chars().any(char::is_alphanumeric) {
        return false;
    }
    if SPEAKER.find(before.text).is_some_and(|m| m.end() == before.text.len()) {
        return false;
    }
    match item {
        Some(item) if line.indent > item.indent => return true,
        Some(item) if item.hanging => return false,
        None if line.indent >= before.indent + 2 && !both_capitals(before, line) => return false,
        _ => {}
    }
    let first_word = line.text.split_whitespace().next().map_or(0, |w| w.chars().count());
    let length = before.indent + before.text.chars().count();
    let was_full = length * 10 >= full * 8 || length + 1 + first_word > full;
    was_full || (runs_on(line.text) && breaks_off(before.text)) || both_capitals(before, line)
}

fn opens_unit(line: &str) -> bool {
    let text = squeeze(line);
    MARKER.is_match(&text)
        || SPEAKER.is_match(line)
        || TURN.is_match(line)
        || !line.chars().any(char::is_alphanumeric)
}

fn both_capitals(a: &Line, b: &Line) -> bool {
    is_capitals(a.text) && is_capitals(b.text)
}

/// Whether the line has letters and none of them is small.
pub(crate) fn is_capitals(line: &str) -> bool {
    line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase)
}

/// Whether the paragraph is a turn of a transcript, or the label of one.
pub(crate) fn is_turn(text: &str) -> bool {
    SPEAKER.is_match(text) || TURN.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let got: Vec<String> = paragraphs(text).into_iter().map(|p| p.text).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn unwrapped_lines_stay_apart() {
        check(
            "Ship leaves\n\nThe ship left the port on Monday, the harbour master said.\nIt carried grain.",
            &[
                "Ship leaves",
                "The ship left the port on Monday, the harbour master said.",
                "It carried grain.",
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "HARBOUR BOARD STATEMENT\n\n  The freighter Blue Heron left the port on Monday with eleven crates\n\
             of machine parts, and the harbour master said that he had seen no\npapers for them.\n  \
             A second ship is expected on Friday, with crates that the customs\noffice wants to open.\n",
            &[
                "HARBOUR BOARD STATEMENT",
                "The freighter Blue Heron left the port on Monday with eleven crates of machine parts, and the harbour \
                 master said that he had seen no papers for them.",
                "A second ship is expected on Friday, with crates that the customs office wants to open.",
            ],
        );
    }

    #[test]
    fn wrapped_items_and_headings_stay_apart() {
        check(
            "Sea trade:\n  - The freighter Blue Heron left the port on Monday with eleven crates of\n    machine parts. \
             (Harbour Post)\n  - Customs officers open two crates and find nothing that would need a\n    licence. (Harbour \
             Post) (Daily\n    Example)\nSport:\n  - The yacht race ends.\n",
            &[
                "Sea trade:",
                "- The freighter Blue Heron left the port on Monday with eleven crates of machine parts. (Harbour Post)",
                "- Customs officers open two crates and find nothing that would need a licence. (Harbour Post) (Daily Example)",
                "Sport:",
                "- The yacht race ends.",
            ],
        );
    }

    #[test]
    fn a_heading_after_a_hanging_item_stays_apart() {
        check(
            "  - The freighter Blue Heron left the port on Monday with eleven crates of\n    machine parts, as the harbour \
             master said. (Daily Example Post)\n  Sea and weather:\n  - Customs officers open two crates and find nothing \
             that would need a\n    licence.\n",
            &[
                "- The freighter Blue Heron left the port on Monday with eleven crates of machine parts, as the harbour \
                 master said. (Daily Example Post)",
                "Sea and weather:",
                "- Customs officers open two crates and find nothing that would need a licence.",
            ],
        );
    }

    #[test]
    fn clauses_with_an_indented_first_line_are_joined() {
        check(
            "       (a) No officer of the port may let a ship leave before its\n     crates have been opened and their papers \
             read.\n       (b) The harbour master reports to the council on every ship\n     that left before that.\n",
            &[
                "(a) No officer of the port may let a ship leave before its crates have been opened and their papers read.",
                "(b) The harbour master reports to the council on every ship that left before that.",
            ],
        );
    }

    #[test]
    fn turns_of_a_wrapped_transcript_stay_apart() {
        check(
            "MR. EXAMPLE: We have not seen the papers for the crates and we will say\nso to the council when it meets \
             on Friday.\nQUESTION: Will the ship be searched before the council meets, or only\nafter it?\nMR. EXAMPLE: \
             We will see.\n",
            &[
                "MR. EXAMPLE: We have not seen the papers for the crates and we will say so to the council when it \
                 meets on Friday.",
                "QUESTION: Will the ship be searched before the council meets, or only after it?",
                "MR. EXAMPLE: We will see.",
            ],
        );
    }

    #[test]
    fn markers_are_measured() {
        let marker = |line: &str| paragraphs(line)[0].marker_bytes;
        assert_eq!(marker("- A point"), 2);
        assert_eq!(marker("•\tA point"), "• ".len());
        assert_eq!(marker("1. A point"), 3);
        assert_eq!(marker("-40 degrees"), 0);
        assert_eq!(marker("- "), 0);
        assert_eq!(marker("2031. A year"), 0);
    }
}
