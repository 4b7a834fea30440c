//! Files, folders and standard input → raw inputs, one after the other, each within its cap.

use std::{
    collections::VecDeque,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;

use crate::{
    Format, Options, ReadError,
    format::{of_name, strip_ending},
};

/// The path that stands for standard input.
const STDIN: &str = "-";

/// One input as it was found: a file, a line of a JSON-lines file, or standard input. Plain bytes, not yet read.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it comes from, for messages: a path, `path:line`, or `-`.
    pub origin: String,
    /// The file's name without its ending; `None` where the input holds many documents or has no name.
    pub stem: Option<String>,
    /// Its address, where the place it comes from tells it.
    pub url: Option<String>,
    /// What it is; `None` to look at the bytes.
    pub format: Option<Format>,
    /// The charset that the place it comes from declares.
    pub charset: Option<String>,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
}

impl Raw {
    /// Some bytes from nowhere, such as a text given on the command line.
    pub fn new(origin: impl Into<String>, bytes: Vec<u8>) -> Self {
        Raw { origin: origin.into(), stem: None, url: None, format: None, charset: None, bytes }
    }
}

/// The inputs under some paths, in order. See [`sources`].
pub struct Sources<'a> {
    paths: VecDeque<PathBuf>,
    stdin: Option<Box<dyn Read + Send + 'a>>,
    folder: Option<walkdir::IntoIter>,
    rows: Option<Rows>,
    options: Options,
}

/// Goes through `paths` in order: files, folders (all below them, sorted by name; hidden files and files whose ending
/// is not one of a readable format are passed over), and `-` for `stdin`.
///
/// A path that cannot be read is an `Err` among the inputs and stops nothing. JSON-lines files are read line by
/// line, so that a large one is never held in memory. The same paths give the same inputs in the same order.
pub fn sources<'a>(paths: &[PathBuf], stdin: impl Read + Send + 'a, options: &Options) -> Sources<'a> {
    Sources {
        paths: paths.iter().cloned().collect(),
        stdin: Some(Box::new(stdin)),
        folder: None,
        rows: None,
        options: options.clone(),
    }
}

impl Iterator for Sources<'_> {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(rows) = &mut self.rows {
                match rows.next(self.options.max_input_bytes) {
                    Some(row) => return Some(row),
                    None => self.rows = None,
                }
            }
            if let Some(found) = self.next_in_folder() {
                match found {
                    Ok(path) => match self.file(&path) {
                        Some(raw) => return Some(raw),
                        None => continue,
                    },
                    Err(error) => return Some(Err(error)),
                }
            }
            let path = self.paths.pop_front()?;
            if path.as_os_str() == STDIN {
                return Some(self.standard_input());
            }
            if path.is_dir() {
                self.folder = Some(walkdir::WalkDir::new(&path).sort_by_file_name().into_iter());
            } else if let Some(raw) = self.file(&path) {
                return Some(raw);
            }
        }
    }
}

impl Sources<'_> {
    /// The next readable file of the folder that is being walked.
    fn next_in_folder(&mut self) -> Option<Result<PathBuf, ReadError>> {
        let walk = self.folder.as_mut()?;
        loop {
            match walk.next() {
                None => {
                    self.folder = None;
                    return None;
                }
                Some(Err(error)) => {
                    let path = error.path().map(Path::to_owned).unwrap_or_default();
                    let source = error
                        .into_io_error()
                        .unwrap_or_else(|| std::io::Error::other("a link points back to a folder above it"));
                    return Some(Err(ReadError::Io { path, source }));
                }
                Some(Ok(entry)) => {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if name.starts_with('.') && entry.depth() > 0 {
                        if entry.file_type().is_dir() {
                            walk.skip_current_dir();
                        }
                    } else if !entry.file_type().is_dir() && of_name(&name).0.is_some() {
                        return Some(Ok(entry.into_path()));
                    }
                }
            }
        }
    }

    /// Reads a file whole, or starts on its lines and returns `None`.
    fn file(&mut self, path: &Path) -> Option<Result<Raw, ReadError>> {
        let origin = path.display().to_string();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let reader = match open(path) {
            Ok(reader) => reader,
            Err(error) => return Some(Err(error)),
        };
        let (format, stem) = of_name(&name);
        let bare = strip_ending(&name, "gz").unwrap_or(&name);
        if ["jsonl", "ndjson"].iter().any(|e| strip_ending(bare, e).is_some()) {
            self.rows = Some(Rows { origin, reader: BufReader::new(reader), line: 0 });
            return None;
        }
        let stem = Some(stem.to_owned());
        let read = read_capped(reader, &origin, self.options.max_input_bytes);
        Some(read.map(|bytes| Raw { stem, format, ..Raw::new(origin, bytes) }))
    }

    fn standard_input(&mut self) -> Result<Raw, ReadError> {
        let Some(stdin) = self.stdin.take() else {
            return Ok(Raw::new(STDIN, Vec::new()));
        };
        let bytes = read_capped(stdin, STDIN, self.options.max_input_bytes)?;
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            read_capped(MultiGzDecoder::new(bytes.as_slice()), STDIN, self.options.max_input_bytes)?
        } else {
            bytes
        };
        Ok(Raw::new(STDIN, bytes))
    }
}

/// A file's bytes, decompressed where its name ends in `.gz`.
fn open(path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
    let file = File::open(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let gz = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    Ok(if gz { Box::new(MultiGzDecoder::new(BufReader::new(file))) } else { Box::new(file) })
}

/// All bytes, or an error where there are more than the cap (which a compressed file may hide).
fn read_capped(reader: impl Read, origin: &str, cap_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    reader.take(cap_bytes + 1).read_to_end(&mut bytes).map_err(|e| failed(origin, e))?;
    if bytes.len() as u64 > cap_bytes {
        return Err(ReadError::TooLarge { origin: origin.to_owned(), cap_bytes });
    }
    Ok(bytes)
}

fn failed(origin: &str, source: std::io::Error) -> ReadError {
    match source.kind() {
        std::io::ErrorKind::InvalidInput
        | std::io::ErrorKind::InvalidData
        | std::io::ErrorKind::UnexpectedEof => ReadError::Compression { origin: origin.to_owned(), source },
        _ => ReadError::Io { path: PathBuf::from(origin), source },
    }
}

/// The lines of a JSON-lines file.
struct Rows {
    origin: String,
    reader: BufReader<Box<dyn Read + Send>>,
    line: usize,
}

impl Rows {
    /// The next line that is not empty. A line over the cap is an error and ends the file.
    fn next(&mut self, cap_bytes: u64) -> Option<Result<Raw, ReadError>> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.reader).take(cap_bytes + 1).read_until(b'\n', &mut bytes);
            self.line += 1;
            let origin = format!("{}:{}", self.origin, self.line);
            match read {
                Ok(0) => return None,
                Ok(size) if size as u64 > cap_bytes => {
                    self.reader = BufReader::new(Box::new(std::io::empty()));
                    return Some(Err(ReadError::TooLarge { origin, cap_bytes }));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => {
                    let format = Some(Format::JsonRow(self.line));
                    return Some(Ok(Raw { format, ..Raw::new(self.origin.clone(), bytes) }));
                }
                Err(error) => {
                    self.reader = BufReader::new(Box::new(std::io::empty()));
                    return Some(Err(failed(&origin, error)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn found(paths: &[PathBuf], stdin: &'static [u8], options: &Options) -> Vec<String> {
        let show = |r: Result<Raw, ReadError>| match r {
            Ok(raw) => format!(
                "{} {}",
                raw.stem.unwrap_or("?".to_owned()),
                String::from_utf8_lossy(&raw.bytes).trim()
            ),
            Err(error) => format!("ERR {error}"),
        };
        sources(paths, stdin, options).map(show).collect()
    }

    #[test]
    fn folders_are_sorted_and_deep() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        };
        write("b.txt", b"two");
        write("a/z.html", b"one");
        write("c.jsonl", b"{\"text\":1}\n\n{\"text\":2}\n");
        write("README.md", b"not read");
        write(".hidden.txt", b"not read");
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(b"three").expect("bytes");
        write("d.txt.gz", &gz.finish().expect("bytes"));
        let got = found(&[folder.path().to_owned(), PathBuf::from("-")], b"in", &Options::default());
        assert_eq!(got, ["z one", "b two", "? {\"text\":1}", "? {\"text\":2}", "d three", "? in"]);
    }

    #[test]
    fn caps_and_missing_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "0123456789").expect("a file");
        let options = Options { max_input_bytes: 9, ..Options::default() };
        let got = found(&[path.clone(), folder.path().join("none.txt")], b"", &options);
        assert_eq!(
            got[0],
            format!("ERR {} is larger than 9 bytes: split it, or raise the cap", path.display())
        );
        assert!(got[1].contains("none.txt: "), "{}", got[1]);
    }

    #[test]
    fn damaged_compression_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt.gz");
        std::fs::write(&path, b"\x1f\x8b\x08\0\0\0\0\0\0\xff").expect("a file");
        let mut inputs = sources(&[path], std::io::empty(), &Options::default());
        assert!(matches!(inputs.next(), Some(Err(ReadError::Compression { .. }))));
    }
}
