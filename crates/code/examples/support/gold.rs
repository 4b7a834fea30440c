//! PolNeAR's annotations.

use std::collections::BTreeMap;
use std::path::Path;

use code::attribution::learn::Gold;
use model::Span;

/// The byte offset of each character of `text`, and of its end.
fn char_bytes(text: &str) -> Vec<usize> {
    text.char_indices().map(|(b, _)| b).chain([text.len()]).collect()
}

/// Reads the annotations (brat stand-off) of the text `id` by the annotator first in order.
pub(crate) fn golds(folder: &Path, id: &str, text: &str) -> std::io::Result<Vec<Gold>> {
    let mut names: Vec<String> = std::fs::read_dir(folder)?
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.rsplit_once('_').is_some_and(|(stem, _)| stem == id))
        .collect();
    names.sort();
    let Some(name) = names.first() else {
        return Ok(Vec::new());
    };
    let ann = std::fs::read_to_string(folder.join(name))?;
    let bytes = char_bytes(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut golds = Vec::new();
    for line in ann.split('\n') {
        let mut fields = line.split('\t');
        let (key, rest) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        if key.starts_with('T') {
            let offsets = rest.split_once(' ').map_or("", |(_, o)| o);
            let span = |o: &str| {
                let (a, b) = o.split_once(' ')?;
                Some(Span::new(*bytes.get(a.parse::<usize>().ok()?)?, *bytes.get(b.parse::<usize>().ok()?)?))
            };
            spans.insert(key, offsets.split(';').filter_map(span).collect());
        } else if key.starts_with('E') {
            let mut gold = Gold::default();
            for (role, of) in rest.split(' ').filter_map(|p| p.split_once(':')) {
                let part = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Source" => &mut gold.source,
                    "Cue" => &mut gold.cue,
                    "Content" => &mut gold.content,
                    _ => continue,
                };
                part.extend(spans.get(of).into_iter().flatten());
            }
            if !gold.cue.is_empty() && !gold.content.is_empty() {
                golds.push(gold);
            }
        }
    }
    Ok(golds)
}
