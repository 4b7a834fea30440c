//! The rules of the house as functions of files' texts; `tests/house.rs` holds the repository to them.
//!
//! Every rule returns the offences that it found, each with where it is and what to do.

use std::collections::{BTreeMap, BTreeSet};

/// Most lines of a function, its signature included.
pub const MAX_FUNCTION: usize = 70;
/// Most lines of a source file before its tests.
pub const MAX_FILE: usize = 600;
/// Most bytes of any file in the repository.
pub const MAX_BYTES: u64 = 1 << 20;

/// What must not be left behind in code, with what to do about it.
///
/// Written in two halves, so that this file does not offend.
const BANNED: &[(&str, &str, &str)] = &[
    ("todo", "!(", "write it"),
    ("unimplemented", "!(", "write it"),
    ("dbg", "!(", "take it out"),
    ("#[ign", "ore", "make the test pass, or take it out"),
    ("assert!(", "true)", "a test must be able to fail"),
    ("FIX", "ME", "mend it, or say what is so"),
    ("XX", "X:", "mend it, or say what is so"),
];

/// Which crate may use which, by the table of ARCHITECTURE.md whose head is `| crate | may use |`.
pub fn allowed_edges(architecture: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut edges = BTreeMap::new();
    let rows = architecture.lines().skip_while(|l| !l.starts_with("| crate | may use")).skip(2);
    for row in rows.take_while(|l| l.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(|c| c.trim().trim_matches('`')).collect();
        let names = cells.get(1).unwrap_or(&"").split(',').map(|n| n.trim().trim_matches('`').to_owned());
        edges.insert(cells[0].to_owned(), names.filter(|n| !n.is_empty()).collect());
    }
    edges
}

/// Edges of one crate's manifest that the table does not allow. `crates` are the names of all of waybill's parts.
pub fn wrong_edges(
    name: &str,
    manifest: &toml::Table,
    allowed: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let Some(may) = allowed.get(name) else {
        return vec![format!(
            "{name}: not in the table of ARCHITECTURE.md: add a row that says what it may use"
        )];
    };
    let used = dependencies(manifest).map(|(dependency, _)| dependency);
    let wrong = used.filter(|d| allowed.contains_key(*d) && !may.contains(*d) && *d != name);
    wrong.map(|d| format!("{name} uses {d}: the table of ARCHITECTURE.md does not allow it")).collect()
}

/// Dependencies whose version is not pinned in the root manifest, and missing lints.
pub fn loose_manifest(name: &str, manifest: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (dependency, value) in dependencies(manifest) {
        let inherits = value.get("workspace").and_then(toml::Value::as_bool) == Some(true);
        if !inherits {
            found.push(format!(
                "{name}: pin {dependency} in the root Cargo.toml and write `{dependency}.workspace = true`"
            ));
        }
    }
    let lints = manifest.get("lints").and_then(|l| l.get("workspace")).and_then(toml::Value::as_bool);
    if lints != Some(true) {
        found.push(format!("{name}: opt into the workspace's lints with `[lints] workspace = true`"));
    }
    found
}

fn dependencies(manifest: &toml::Table) -> impl Iterator<Item = (&String, &toml::Value)> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    tables.into_iter().filter_map(|t| manifest.get(t).and_then(toml::Value::as_table)).flatten()
}

/// Functions that do not fit a screen. The source must be formatted by rustfmt: a function ends with the first `}` that
/// stands as far in as its `fn`.
pub fn long_functions(path: &str, source: &str) -> Vec<String> {
    let lines: Vec<&str> = before_tests(source);
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[i..]
            .iter()
            .position(|l| {
                *l == end || (l.len() > indent && l.ends_with(';') && !l.starts_with(&" ".repeat(indent + 1)))
            })
            .map_or(1, |n| n + 1);
        if length > MAX_FUNCTION {
            found.push(format!(
                "{path}:{}: `{name}` has {length} lines, {MAX_FUNCTION} fit a screen: cut it up",
                i + 1
            ));
        }
    }
    found
}

/// The name of the function whose signature starts on this line.
fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async ", "unsafe "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let name = rest.strip_prefix("fn ")?;
    name.split(|c: char| !c.is_alphanumeric() && c != '_').next()
}

/// The lines of a file before its tests.
fn before_tests(source: &str) -> Vec<&str> {
    source.lines().take_while(|l| l.trim() != "#[cfg(test)]").collect()
}

/// A file that is longer than a sitting before its tests.
pub fn long_file(path: &str, source: &str) -> Option<String> {
    let lines = before_tests(source).len();
    (lines > MAX_FILE).then(|| {
        format!("{path}: {lines} lines before its tests, {MAX_FILE} at most: cut it up by what it is about")
    })
}

/// Stubs, skipped tests and notes to self.
pub fn banned_words(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (i, line) in source.lines().enumerate() {
        for (head, tail, advice) in BANNED {
            if line.contains(&format!("{head}{tail}")) {
                found.push(format!("{path}:{}: `{head}{tail}`: {advice}", i + 1));
            }
        }
    }
    found
}

/// A file that is too large, or no text.
pub fn not_for_a_repository(path: &str, bytes: &[u8]) -> Option<String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Some(format!("{path}: {} bytes, {MAX_BYTES} at most: fetch it instead", bytes.len()));
    }
    bytes.contains(&0).then(|| format!("{path}: holds zero bytes: fetch it, or write it as text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Map\n\n| crate | may use | why |\n| --- | --- | --- |\n| `model` | | |\n| `lang` | `model` | |\n\
                         | `code` | `model`, `lang` | |\n\nMore text | with | bars\n";

    fn manifest(text: &str) -> toml::Table {
        text.parse().expect("a manifest")
    }

    #[test]
    fn reads_the_table() {
        let edges = allowed_edges(TABLE);
        assert_eq!(edges.keys().collect::<Vec<_>>(), ["code", "lang", "model"]);
        assert_eq!(edges["code"].iter().collect::<Vec<_>>(), ["lang", "model"]);
        assert!(edges["model"].is_empty());
    }

    #[test]
    fn finds_wrong_edges() {
        let check = |name: &str, text: &str| wrong_edges(name, &manifest(text), &allowed_edges(TABLE)).len();
        assert_eq!(check("code", "[dependencies]\nlang.workspace = true\nserde.workspace = true"), 0);
        assert_eq!(check("lang", "[dev-dependencies]\ncode.workspace = true"), 1);
        assert_eq!(check("new", ""), 1);
    }

    #[test]
    fn finds_loose_manifests() {
        let check = |text: &str| loose_manifest("a", &manifest(text)).len();
        assert_eq!(check("[dependencies]\nserde.workspace = true\n[lints]\nworkspace = true"), 0);
        assert_eq!(check("[dependencies]\nserde = \"1\"\n[lints]\nworkspace = true"), 1);
        assert_eq!(check("[dependencies]\nserde.workspace = true"), 1);
    }

    #[test]
    fn measures_functions() {
        let function = |lines: usize| {
            format!("impl A {{\n    pub fn a(\n    ) {{\n{}    }}\n}}\n", "        b();\n".repeat(lines - 3))
        };
        assert!(long_functions("a.rs", &function(MAX_FUNCTION)).is_empty());
        let found = long_functions("a.rs", &function(MAX_FUNCTION + 1));
        assert_eq!(found, ["a.rs:2: `a` has 71 lines, 70 fit a screen: cut it up"]);
        assert!(long_functions("a.rs", &format!("#[cfg(test)]\n{}", function(200))).is_empty());
        assert!(
            long_functions("a.rs", &format!("trait A {{\n    fn a();\n}}\n{}", "// b\n".repeat(100)))
                .is_empty()
        );
    }

    #[test]
    fn measures_files() {
        assert!(long_file("a.rs", &"// a\n".repeat(MAX_FILE)).is_none());
        assert!(long_file("a.rs", &"// a\n".repeat(MAX_FILE + 1)).is_some());
        assert!(long_file("a.rs", &format!("#[cfg(test)]\n{}", "// a\n".repeat(MAX_FILE + 1))).is_none());
    }

    #[test]
    fn finds_stubs_and_blobs() {
        assert_eq!(
            banned_words("a.rs", &format!("fn a() {{\n    {}{}\n}}", "to", "do!()")),
            [format!("a.rs:2: `{}{}`: write it", "to", "do!(")]
        );
        assert!(banned_words("a.rs", "// to do it well").is_empty());
        assert!(not_for_a_repository("a.bin", b"a\0b").is_some());
        assert!(not_for_a_repository("a.txt", &vec![b'a'; MAX_BYTES as usize + 1]).is_some());
        assert!(not_for_a_repository("a.txt", b"a").is_none());
    }
}
