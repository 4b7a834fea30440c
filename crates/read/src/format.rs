//! What kind of input some bytes are.

/// A form of input that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// An HTML page, or a part of one.
    Html,
    /// One JSON object, an array of objects, or one object a line.
    Json,
    /// One line of a JSON-lines file, with its number from 1.
    JsonRow(usize),
}

/// Endings of files that are picked up from folders, with what they hold. A further `.gz` is allowed.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("text", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::Json),
    ("ndjson", Format::Json),
];

/// The format that a file's name tells, and its name without its ending.
pub(crate) fn of_name(name: &str) -> (Option<Format>, &str) {
    let bare = strip_ending(name, "gz").unwrap_or(name);
    for (ending, format) in ENDINGS {
        if let Some(stem) = strip_ending(bare, ending) {
            return (Some(*format), stem);
        }
    }
    let stem = match bare.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= 5 => stem,
        _ => bare,
    };
    (None, stem)
}

/// The name without `.ending`, in any case of letters.
pub(crate) fn strip_ending<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let cut = name.len().checked_sub(ending.len() + 1)?;
    let tail = name.get(cut..)?;
    (cut > 0 && tail.starts_with('.') && tail[1..].eq_ignore_ascii_case(ending)).then(|| &name[..cut])
}

/// The format of a text whose name tells nothing.
pub(crate) fn of_text(text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with(['{', '[']) {
        let first_line = start.lines().next().unwrap_or("");
        let is_json = serde_json::from_str::<serde_json::Value>(start).is_ok()
            || serde_json::from_str::<serde_json::Value>(first_line).is_ok();
        return if is_json { Format::Json } else { Format::Text };
    }
    let head: String = start.chars().take(2000).collect::<String>().to_ascii_lowercase();
    let tags = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<p ",
        "<h1",
        "<table",
    ];
    if start.starts_with('<') && tags.iter().any(|t| head.contains(t)) { Format::Html } else { Format::Text }
}

/// What some bytes are, where they are surely not text.
pub(crate) fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let magic: [(&[u8], &str); 9] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an office file"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7FELF", "a program"),
        (b"\xD0\xCF\x11\xE0", "an old office file"),
        (b"7z\xBC\xAF", "a 7z archive"),
    ];
    if let Some((_, what)) = magic.iter().find(|(m, _)| bytes.starts_with(m)) {
        return Some(what);
    }
    let has_mark =
        encoding_rs::Encoding::for_bom(bytes).is_some() || crate::decode::without_mark(bytes).is_some();
    let zeros = bytes.iter().take(4096).filter(|b| **b == 0).count();
    (!has_mark && zeros > 0).then_some("it holds zero bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(of_name("a.b.txt"), (Some(Format::Text), "a.b"));
        assert_eq!(of_name("a.HTML.gz"), (Some(Format::Html), "a"));
        assert_eq!(of_name("README.md"), (None, "README"));
        assert_eq!(of_name("no ending"), (None, "no ending"));
        assert_eq!(of_name(".txt"), (None, ".txt"));
    }

    #[test]
    fn texts() {
        assert_eq!(of_text("{\"text\": \"a\"}"), Format::Json);
        assert_eq!(of_text("[Page 3] The ship left"), Format::Text);
        assert_eq!(of_text("\u{feff}<!DOCTYPE html><p>a"), Format::Html);
        assert_eq!(of_text("<The ship> left"), Format::Text);
    }

    #[test]
    fn pictures_are_not_text() {
        assert_eq!(not_text(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(not_text(b"a\0\0\0\0\0\0\0\0\0b"), Some("it holds zero bytes"));
        assert_eq!(not_text(b"caf\xE9"), None);
        assert_eq!(not_text(b"S\0h\0i\0p\0s\0 \0g\0o\0"), None);
    }
}
