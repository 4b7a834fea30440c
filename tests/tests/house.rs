//! Holds this repository to the rules of the house.

use std::path::{Path, PathBuf};

/// Folders at the root that are made, not written.
const MADE: &[&str] = &["target", "models", "out", ".git"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// Every file of the repository as a path from its root and its bytes, sorted.
fn files() -> Vec<(String, Vec<u8>)> {
    let (root, mut folders, mut found) = (root(), vec![root()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            let made =
                MADE.contains(&name.as_str()) || name.contains("/target/") || name.ends_with("__pycache__");
            let ledger = name.ends_with(".db") || name.ends_with(".db-shm") || name.ends_with(".db-wal");
            if made || ledger || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    let rust = files().into_iter().filter(|(name, _)| name.ends_with(".rs"));
    rust.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("Rust is UTF-8"))).collect()
}

/// The manifests of the workspace's members by the short name that the others use (`model`, not `waybill-model`).
fn manifests() -> Vec<(String, toml::Table)> {
    let mut found = Vec::new();
    for (name, bytes) in files() {
        let Some(folder) = name.strip_suffix("/Cargo.toml") else { continue };
        // Fuzz targets are workspaces of their own: they need another compiler.
        if folder.split('/').any(|part| part == "fuzz") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("a manifest is UTF-8");
        found.push((
            folder.rsplit('/').next().expect("a folder").to_owned(),
            text.parse().expect("a manifest is TOML"),
        ));
    }
    assert!(found.len() >= 8, "the members of the workspace were found");
    found
}

#[track_caller]
fn none(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn crates_use_only_what_the_architecture_allows() {
    let architecture = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let allowed = tidy::allowed_edges(&architecture);
    let crates = manifests();
    none(crates.iter().flat_map(|(name, manifest)| tidy::wrong_edges(name, manifest, &allowed)).collect());
    for name in allowed.keys() {
        assert!(
            crates.iter().any(|(c, _)| c == name),
            "{name} is in the table of ARCHITECTURE.md and is no crate"
        );
    }
}

#[test]
fn manifests_take_versions_and_lints_from_the_root() {
    none(manifests().iter().flat_map(|(name, manifest)| tidy::loose_manifest(name, manifest)).collect());
}

#[test]
fn functions_fit_a_screen() {
    let written = sources().into_iter().filter(|(path, _)| !path.contains("/tests/"));
    none(written.flat_map(|(path, source)| tidy::long_functions(&path, &source)).collect());
}

#[test]
fn files_fit_a_sitting() {
    none(sources().iter().filter_map(|(path, source)| tidy::long_file(path, source)).collect());
}

#[test]
fn nothing_is_left_unfinished() {
    none(sources().iter().flat_map(|(path, source)| tidy::banned_words(path, source)).collect());
}

#[test]
fn nothing_large_or_binary_is_kept() {
    none(files().iter().filter_map(|(path, bytes)| tidy::not_for_a_repository(path, bytes)).collect());
}

#[test]
fn functions_take_five_arguments_at_most() {
    let clippy = std::fs::read_to_string(root().join("clippy.toml")).expect("clippy.toml");
    let clippy: toml::Table = clippy.parse().expect("clippy.toml is TOML");
    assert_eq!(clippy["too-many-arguments-threshold"].as_integer(), Some(5));
}
