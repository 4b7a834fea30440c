//! The files of a codebook, and the errors found in them, each with its line.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::BookError;

/// One file of a codebook.
#[derive(Debug, Clone)]
pub struct File {
    /// Path inside the codebook's folder, with `/` between its parts: `actors/states.toml`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl File {
    /// The line, from 1, of byte `offset`.
    pub fn line(&self, offset: usize) -> usize {
        let upto = offset.min(self.text.len());
        self.text.as_bytes()[..upto].iter().filter(|&&b| b == b'\n').count() + 1
    }

    /// The line, from 1, where `words` first stand; 1 where they do not.
    pub fn line_of(&self, words: &str) -> usize {
        self.text.find(words).map_or(1, |at| self.line(at))
    }
}

/// All files of a codebook, in order of their names.
#[derive(Debug, Clone)]
pub struct Files(Vec<File>);

impl Files {
    /// The files `(name, text)`.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Files {
        let mut files: Vec<File> = files.into_iter().map(|(name, text)| File { name, text }).collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Files(files)
    }

    /// Every `.toml` file in and below the folder `dir`.
    ///
    /// # Errors
    /// [`BookError::Unreadable`] where the folder or a file in it cannot be read.
    pub fn from_dir(dir: &Path) -> Result<Files, BookError> {
        let mut found = Vec::new();
        collect(dir, "", &mut found)?;
        Ok(Files::new(found))
    }

    /// BLAKE3 of all names and texts, in hexadecimal.
    pub fn version(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for file in &self.0 {
            for part in [&file.name, &file.text] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The files, in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// Reads every file whose name begins with `prefix` as a `T`; one that does not fit goes into `report`.
    ///
    /// A table's files are read in order of their names. No such file at all is an error too.
    pub fn parts<T: DeserializeOwned>(&self, prefix: &str, report: &mut Report) -> Vec<(&File, T)> {
        let mut parts = Vec::new();
        let mut any = false;
        for file in self.iter().filter(|f| f.name.starts_with(prefix)) {
            any = true;
            match toml::from_str::<T>(&file.text) {
                Ok(value) => parts.push((file, value)),
                Err(error) => {
                    let line = error.span().map_or(1, |s| file.line(s.start));
                    report.add(file, line, with_nearest(error.message()));
                }
            }
        }
        if !any {
            let file = File { name: format!("{prefix}.toml"), text: String::new() };
            report.add(&file, 1, "the file is missing: copy it from the codebook that waybill comes with");
        }
        parts
    }
}

fn collect(dir: &Path, prefix: &str, found: &mut Vec<(String, String)>) -> Result<(), BookError> {
    let unreadable = |cause: std::io::Error| BookError::Unreadable {
        file: dir.display().to_string(),
        cause: cause.to_string(),
    };
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(leaf) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        if path.is_dir() {
            collect(&path, &format!("{prefix}{leaf}/"), found)?;
        } else if leaf.ends_with(".toml") {
            let text = std::fs::read_to_string(&path).map_err(|cause| BookError::Unreadable {
                file: path.display().to_string(),
                cause: cause.to_string(),
            })?;
            found.push((format!("{prefix}{leaf}"), text));
        }
    }
    Ok(())
}

/// The errors found so far in a codebook.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order in which the tables were read.
    pub errors: Vec<BookError>,
}

impl Report {
    /// Adds an error at line `line`, from 1, of `file`.
    pub fn add(&mut self, file: &File, line: usize, message: impl Into<String>) {
        self.errors.push(BookError::Invalid { file: file.name.clone(), line, message: message.into() });
    }

    /// Adds that `word` is not one of `known`, at the line where it first stands, and names the nearest.
    pub fn unknown<'a>(
        &mut self,
        file: &File,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let hint = nearest(word, known).map(|n| format!(": did you mean `{n}`?")).unwrap_or_default();
        self.add(file, file.line_of(word), format!("`{word}` is not a {what}{hint}"));
    }
}

/// The word of `known` that is most like `word`, if one is at all like it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|k| (strsim::jaro_winkler(word, k), k))
        .filter(|(score, _)| *score > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k)
}

/// Adds the nearest known word to serde's message on an unknown field or value.
fn with_nearest(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let word = quoted.next().filter(|_| message.starts_with("unknown "));
    match word.and_then(|w| nearest(w, quoted)) {
        Some(known) => format!("{message}: did you mean `{known}`?"),
        None => message.to_owned(),
    }
}
