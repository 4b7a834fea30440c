//! Sanctions lists on disk: fetched or given, checked whole, kept in one file each, loaded together.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use link::screening::readers::{
    OfacFiles, read_eu_csv, read_eu_xml, read_ftm, read_ofac_csv, read_ofac_xml, read_uk_csv, read_un_xml,
};
use link::screening::{List, ScreeningError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What went wrong with lists.
#[derive(Debug, thiserror::Error)]
pub enum ListsError {
    /// A file could not be read or written.
    #[error("cannot read or write {path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not a list, or not whole.
    #[error("{origin} was refused, and what was kept before stays: {source}")]
    Refused {
        /// The file or address.
        origin: String,
        /// Why.
        source: ScreeningError,
    },
    /// An address could not be fetched.
    #[error("{url} cannot be fetched, and what was kept before stays: {reason}")]
    Fetch {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// A kept list is in another form than this program's.
    #[error("{path} is not a list as this waybill keeps them: run `waybill lists add` with its file again")]
    Kept {
        /// Its file.
        path: PathBuf,
    },
    /// No list is installed.
    #[error(
        "no sanctions list is installed in {folder}: run `waybill lists add FILE|URL`, such as `waybill lists add sdn.csv`"
    )]
    NoneInstalled {
        /// Where lists are looked for.
        folder: PathBuf,
    },
    /// Neither `XDG_DATA_HOME` nor `HOME` tells where lists are kept.
    #[error("neither XDG_DATA_HOME nor HOME is set: set one, or name a folder with --lists")]
    NoFolder,
}

/// The form that lists are kept in; a file of another one is refused with what to do.
const FORM: u32 = 1;
/// An address may give so many bytes at most.
const MOST_BYTES: u64 = 1 << 30;
/// An address may take so long at most.
const MOST_TIME: Duration = Duration::from_secs(600);

/// What is known of an installed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its short name.
    pub name: String,
    /// How many entries it has.
    pub entries: usize,
    /// The day or time that it says it was made.
    pub date: Option<String>,
    /// SHA-256 of the bytes that were given: of the primary file first where there are several.
    pub sha256: String,
    /// The file or address that it is from.
    pub origin: String,
    /// When it was added (RFC 3339).
    pub added_at: String,
}

/// A list as it is kept: one JSON file, replaced whole.
#[derive(Serialize, Deserialize)]
struct Kept {
    form: u32,
    status: Status,
    list: List,
}

fn io_error(path: &Path) -> impl FnOnce(std::io::Error) -> ListsError {
    let path = path.to_owned();
    move |source| ListsError::Io { path, source }
}

/// The folder that lists are kept in: `$XDG_DATA_HOME/waybill/lists`, or `~/.local/share/waybill/lists`.
///
/// # Errors
/// Where the environment tells of neither.
pub fn folder() -> Result<PathBuf, ListsError> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let data = set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")));
    Ok(data.ok_or(ListsError::NoFolder)?.join("waybill/lists"))
}

/// Reads a list's file and says how its bytes hash; for OFAC's CSV the files beside it are read with it.
///
/// # Errors
/// Where the file is cut off, is no list or cannot be read.
pub fn read(path: &Path) -> Result<(List, String), ListsError> {
    let mut hash = Sha256::new();
    hash_file(path, &mut hash)?;
    let mut head = Vec::new();
    File::open(path).and_then(|f| f.take(4096).read_to_end(&mut head)).map_err(io_error(path))?;
    let file = File::open(path).map_err(io_error(path))?;
    let refused = |source| ListsError::Refused { origin: path.display().to_string(), source };
    let head = String::from_utf8_lossy(&head).into_owned();
    let stem = path.file_stem().map(|s| s.to_string_lossy().to_lowercase()).unwrap_or_default();
    let list = match format(&head) {
        Format::UnXml => read_un_xml(file),
        Format::EuXml => read_eu_xml(file),
        Format::OfacXml => read_ofac_xml(if stem.contains("cons") { "ofac-cons" } else { "ofac-sdn" }, file),
        Format::Ftm => read_ftm(&stem, file),
        Format::EuCsv => read_eu_csv(file),
        Format::UkCsv => read_uk_csv(file),
        Format::OfacCsv => {
            let (alternate, addresses) = (File::open(beside(path, "alt")), File::open(beside(path, "add")));
            for path in [beside(path, "alt"), beside(path, "add")].iter().filter(|p| p.exists()) {
                hash_file(path, &mut hash)?;
            }
            let files = OfacFiles { primary: file, alternate: alternate.ok(), addresses: addresses.ok() };
            read_ofac_csv(if stem.contains("cons") { "ofac-cons" } else { "ofac-sdn" }, files)
        }
    };
    let hash = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok((list.map_err(refused)?, hash))
}

fn hash_file(path: &Path, hash: &mut Sha256) -> Result<(), ListsError> {
    let mut file = File::open(path).map_err(io_error(path))?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(io_error(path))? {
            0 => return Ok(()),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// The file of other names (`alt`) or of addresses (`add`) that belongs to one of OFAC's primary files.
pub fn beside(primary: &Path, what: &str) -> PathBuf {
    let name = primary.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let lower = name.to_lowercase();
    let other = ["sdn", "prim"].iter().find_map(|word| lower.find(word).map(|at| (at, word.len())));
    let other = other.map(|(at, length)| format!("{}{what}{}", &name[..at], &name[at + length..]));
    primary.with_file_name(other.unwrap_or_else(|| format!("{what}.csv")))
}

enum Format {
    UnXml,
    EuXml,
    OfacXml,
    OfacCsv,
    EuCsv,
    UkCsv,
    Ftm,
}

/// By the first bytes: XML by its root element, CSV by its header, JSON lines by the brace.
fn format(head: &str) -> Format {
    let has = |word: &str| head.contains(word);
    let first = head.trim_start_matches('\u{feff}').trim_start();
    if first.starts_with('{') {
        Format::Ftm
    } else if has("<CONSOLIDATED_LIST") {
        Format::UnXml
    } else if has("<export") {
        Format::EuXml
    } else if first.starts_with('<') {
        Format::OfacXml
    } else if has("Entity_LogicalId") {
        Format::EuCsv
    } else if has("Name 6") {
        Format::UkCsv
    } else {
        Format::OfacCsv
    }
}

/// Adds a list from a file or an address to `folder`, in place of the one of its name; `now` is the time (RFC 3339).
///
/// # Errors
/// Where it cannot be read, or not whole: then nothing has changed.
pub fn add(origin: &str, folder: &Path, now: &str) -> Result<Status, ListsError> {
    if !(origin.starts_with("http://") || origin.starts_with("https://")) {
        return keep(read(Path::new(origin))?, origin, folder, now);
    }
    let into = tempfile::tempdir().map_err(io_error(&std::env::temp_dir()))?;
    let clean = origin.split(['?', '#']).next().unwrap_or(origin);
    let (place, last) = clean.rsplit_once('/').unwrap_or((clean, ""));
    let path = into.path().join(if last.is_empty() { "list" } else { last });
    fetch(origin, &path)?;
    let mut head = [0u8; 4096];
    let n = File::open(&path).and_then(|mut f| f.read(&mut head)).map_err(io_error(&path))?;
    if matches!(format(&String::from_utf8_lossy(&head[..n])), Format::OfacCsv) {
        for other in [beside(&path, "alt"), beside(&path, "add")] {
            let name = other.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            fetch(&format!("{place}/{name}"), &other)?;
        }
    }
    let found = read(&path).map_err(|error| match error {
        ListsError::Refused { source, .. } => ListsError::Refused { origin: origin.to_owned(), source },
        other => other,
    })?;
    keep(found, origin, folder, now)
}

/// Writes a list beside the one it replaces and then renames it, so that one of the two is always there whole.
fn keep(
    (list, sha256): (List, String),
    origin: &str,
    folder: &Path,
    now: &str,
) -> Result<Status, ListsError> {
    let status = Status {
        name: list.name.clone(),
        entries: list.entries.len(),
        date: list.date.clone(),
        sha256,
        origin: origin.to_owned(),
        added_at: now.to_owned(),
    };
    std::fs::create_dir_all(folder).map_err(io_error(folder))?;
    let path = folder.join(format!("{}.json", file_name(&list.name)));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io_error(folder))?;
    let kept = Kept { form: FORM, status: status.clone(), list };
    let text =
        serde_json::to_vec(&kept).map_err(|e| ListsError::Io { path: path.clone(), source: e.into() })?;
    file.write_all(&text).and_then(|()| file.as_file().sync_all()).map_err(io_error(&path))?;
    file.persist(&path).map_err(|e| ListsError::Io { path: path.clone(), source: e.error })?;
    Ok(status)
}

fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// Fetches an address into a file, with limits on its size and time.
fn fetch(url: &str, into: &Path) -> Result<(), ListsError> {
    let fail = |reason: String| ListsError::Fetch { url: url.to_owned(), reason };
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(MOST_TIME))
        .user_agent(concat!("waybill/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut response = agent.get(url).call().map_err(|e| fail(e.to_string()))?;
    let told = response.headers().get("content-length").and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|n| n > MOST_BYTES) {
        return Err(fail(format!("it has more than {MOST_BYTES} bytes")));
    }
    let mut body = response.body_mut().as_reader().take(MOST_BYTES + 1);
    let mut file = File::create(into).map_err(io_error(into))?;
    let n = std::io::copy(&mut body, &mut file).map_err(|e| fail(e.to_string()))?;
    if n > MOST_BYTES {
        return Err(fail(format!("it has more than {MOST_BYTES} bytes")));
    }
    if told.is_some_and(|told| n < told) {
        return Err(fail(format!("it ended after {n} of {} bytes", told.unwrap_or_default())));
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, ListsError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
        let path = entry.map_err(io_error(folder))?.path();
        if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn open(path: &Path) -> Result<Kept, ListsError> {
    let text = std::fs::read(path).map_err(io_error(path))?;
    let kept = serde_json::from_slice::<Kept>(&text).ok().filter(|kept| kept.form == FORM);
    kept.ok_or_else(|| ListsError::Kept { path: path.to_owned() })
}

/// The files of the installed lists, none of them read.
///
/// # Errors
/// Where the folder cannot be read.
pub fn status_names(folder: &Path) -> Result<Vec<PathBuf>, ListsError> {
    files(folder)
}

/// What is known of the installed lists, by name.
///
/// # Errors
/// Where the folder cannot be read.
pub fn status(folder: &Path) -> Result<Vec<Status>, ListsError> {
    files(folder)?.iter().map(|path| Ok(open(path)?.status)).collect()
}

/// The installed lists, by name.
///
/// # Errors
/// Where one of them cannot be read.
pub fn load(folder: &Path) -> Result<Vec<List>, ListsError> {
    files(folder)?.iter().map(|path| Ok(open(path)?.list)).collect()
}

/// The list of this name in `folder`, or in the file of this path.
///
/// # Errors
/// Where there is neither.
pub fn named(wanted: &str, folder: &Path) -> Result<List, ListsError> {
    let path = folder.join(format!("{}.json", file_name(wanted)));
    if path.exists() { Ok(open(&path)?.list) } else { Ok(read(Path::new(wanted))?.0) }
}
