//! Finds a spaCy pipeline in a wheel or a folder and hands out its files.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;

use crate::error::LangError;

/// The largest file that we read out of a model.
const MAX_FILE_BYTES: u64 = 1 << 30;
/// A packed file may say that it is this large whatever its packed size is.
const MAX_FREE_BYTES: u64 = 64 << 20;
/// Beyond that, how many times its packed size it may be.
const MAX_RATIO: u64 = 100;

/// What an archive is read from.
trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

type Archive = ZipArchive<Box<dyn Input>>;

/// The files of one pipeline, by their path below the folder that holds `config.cfg`.
pub(crate) struct Source {
    path: PathBuf,
    /// The wheel itself where it is in memory and not at `path`.
    bytes: Option<Arc<[u8]>>,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Wheel { archive: RefCell<Archive>, prefix: String },
}

impl Source {
    /// Opens the wheel or folder at `path`.
    pub(crate) fn open(path: &Path) -> Result<Self, LangError> {
        let io = |source| LangError::Io { path: path.to_owned(), source };
        let place = if std::fs::metadata(path).map_err(io)?.is_dir() {
            Place::Folder(find_folder(path)?)
        } else {
            let file = BufReader::new(File::open(path).map_err(io)?);
            open_archive(path, Box::new(file))?
        };
        Ok(Source { path: path.to_owned(), bytes: None, place })
    }

    /// Opens a wheel that is in memory.
    pub(crate) fn from_wheel(bytes: Vec<u8>) -> Result<Self, LangError> {
        Source::from_shared(bytes.into())
    }

    fn from_shared(bytes: Arc<[u8]>) -> Result<Self, LangError> {
        let path = PathBuf::from("the wheel");
        let place = open_archive(&path, Box::new(Cursor::new(bytes.clone())))?;
        Ok(Source { path, bytes: Some(bytes), place })
    }

    /// The same files once more, for another thread.
    pub(crate) fn again(&self) -> Result<Self, LangError> {
        self.bytes
            .as_ref()
            .map_or_else(|| Source::open(&self.path), |bytes| Source::from_shared(bytes.clone()))
    }

    /// The content of `name`, which must be there.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, LangError> {
        self.read_if_there(name)?.ok_or_else(|| LangError::NotAModel {
            path: self.path.clone(),
            why: format!("there is no {name}"),
        })
    }

    /// The content of `name`, or nothing where there is no such file.
    pub(crate) fn read_if_there(&self, name: &str) -> Result<Option<Vec<u8>>, LangError> {
        match &self.place {
            Place::Folder(folder) => self.read_in_folder(folder, name),
            Place::Wheel { archive, prefix } => self.read_in_wheel(archive, prefix, name),
        }
    }

    fn read_in_folder(&self, folder: &Path, name: &str) -> Result<Option<Vec<u8>>, LangError> {
        let path = folder.join(name);
        let io = |source| LangError::Io { path: path.clone(), source };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(io(e)),
        };
        let size = file.metadata().map_err(io)?.len();
        read_capped(file, size, name).map(Some)
    }

    fn read_in_wheel(
        &self,
        archive: &RefCell<Archive>,
        prefix: &str,
        name: &str,
    ) -> Result<Option<Vec<u8>>, LangError> {
        let mut archive = archive.borrow_mut();
        let entry = match archive.by_name(&format!("{prefix}{name}")) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(LangError::damaged(name, e.to_string())),
        };
        let size = entry.size();
        let limit_bytes = MAX_FREE_BYTES.max(entry.compressed_size().saturating_mul(MAX_RATIO));
        if size > limit_bytes {
            return Err(LangError::TooLarge { file: name.to_owned(), limit_bytes });
        }
        read_capped(entry, size, name).map(Some)
    }
}

fn open_archive(path: &Path, input: Box<dyn Input>) -> Result<Place, LangError> {
    let archive =
        ZipArchive::new(input).map_err(|e| LangError::Wheel { path: path.to_owned(), why: e.to_string() })?;
    let names = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let prefix = find_prefix(path, &names)?;
    Ok(Place::Wheel { archive: RefCell::new(archive), prefix })
}

/// Reads all of `from`, which says that it holds `size` bytes; no more than that and the limit are read.
fn read_capped(from: impl Read, size: u64, name: &str) -> Result<Vec<u8>, LangError> {
    if size > MAX_FILE_BYTES {
        return Err(LangError::TooLarge { file: name.to_owned(), limit_bytes: MAX_FILE_BYTES });
    }
    let mut bytes = Vec::with_capacity(size.min(64 << 20) as usize);
    from.take(size + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| LangError::damaged(name, format!("after {} bytes: {e}", bytes.len())))?;
    if bytes.len() as u64 != size {
        return Err(LangError::damaged(name, format!("it does not hold the {size} bytes that it says")));
    }
    Ok(bytes)
}

/// The folder at or below `path` (three levels at most) that holds `config.cfg` and `tokenizer`.
fn find_folder(path: &Path) -> Result<PathBuf, LangError> {
    let mut level = vec![path.to_owned()];
    for _ in 0..4 {
        let mut next = Vec::new();
        for folder in level {
            if folder.join("config.cfg").is_file() && folder.join("tokenizer").is_file() {
                return Ok(folder);
            }
            let entries = std::fs::read_dir(&folder)
                .map_err(|source| LangError::Io { path: folder.clone(), source })?;
            next.extend(entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()));
        }
        next.sort();
        next.truncate(256);
        level = next;
    }
    Err(LangError::NotAModel { path: path.to_owned(), why: "there is no config.cfg with a tokenizer".into() })
}

/// The part of the names before `config.cfg` where a `tokenizer` lies beside it.
fn find_prefix(path: &Path, names: &BTreeSet<String>) -> Result<String, LangError> {
    let mut found: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_suffix("config.cfg"))
        .filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
        .filter(|prefix| names.contains(&format!("{prefix}tokenizer")))
        .collect();
    found.sort_by_key(|prefix| prefix.len());
    match found.first() {
        Some(prefix) => Ok((*prefix).to_owned()),
        None => Err(LangError::NotAModel {
            path: path.to_owned(),
            why: "there is no config.cfg with a tokenizer".into(),
        }),
    }
}
