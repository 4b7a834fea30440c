//! The codebook: the vocabulary that an analyst edits, as tables.
//!
//! A table is a type of the module that uses it, with a function `read(&Files, &mut Report) -> Self`. To add one: put
//! its file under `codebook/`, name the file in [`EMBEDDED`] and the start of its name in [`TABLES`], add a field to
//! [`Codebook`] and a line to [`Codebook::read`].

mod files;

use std::path::Path;
use std::sync::OnceLock;

pub use files::{File, Files, Report, nearest};

use crate::attribution::CueTable;
use crate::events::EventTable;
use crate::mentions::{ActorTables, GoodsTables};
use crate::triage::Triage;

/// An error in a codebook file: which file, which line, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// The file is not valid TOML, or has a key or value that is not known.
    #[error("{file}:{line}: {message}")]
    Invalid {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// A file could not be read.
    #[error("cannot read codebook file {file}: {cause}: check the folder given with --codebook")]
    Unreadable {
        /// The file's path.
        file: String,
        /// The system's reason.
        cause: String,
    },
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../../codebook/", $name)))),*] };
}

/// The files of the codebook that waybill comes with.
const EMBEDDED: &[(&str, &str)] = embedded![
    "actors/blocs.toml",
    "actors/firms.toml",
    "actors/groups.toml",
    "actors/leaders.toml",
    "actors/nouns.toml",
    "actors/offices.toml",
    "actors/outlets.toml",
    "actors/persons.toml",
    "actors/states.toml",
    "cues.toml",
    "events/measures.toml",
    "events/operators.toml",
    "events/others.toml",
    "events/transfers.toml",
    "goods/families.toml",
    "goods/systems.toml",
    "goods/words.toml",
];

/// Folders of the codebook that other parts read: the register of embargoes, the words of screening.
const ELSEWHERE: &[&str] = &["embargoes/", "screening/"];

/// What the names of the tables' files begin with; a file with another name is an error.
const TABLES: &[&str] = &[
    "actors/blocs",
    "actors/firms",
    "actors/groups",
    "actors/leaders",
    "actors/nouns",
    "actors/offices",
    "actors/outlets",
    "actors/persons",
    "actors/states",
    "cues",
    "events/measures",
    "events/operators",
    "events/others",
    "events/transfers",
    "goods/families",
    "goods/systems",
    "goods/words",
];

/// The tables of the codebook.
#[derive(Debug)]
pub struct Codebook {
    /// BLAKE3 of all files, in hexadecimal: claims are cached by it.
    pub version: String,
    /// States, bodies, persons, firms.
    pub actors: ActorTables,
    /// Words of transfer, measure, violation, contact, shortage.
    pub events: EventTable,
    /// Goods by category, named systems.
    pub goods: GoodsTables,
    /// Words that tie a statement to its source.
    pub cues: CueTable,
    /// Tells the documents that can hold no claim.
    pub triage: Triage,
}

impl Codebook {
    /// The codebook that waybill comes with.
    ///
    /// # Errors
    /// The first error in its files; a test holds that there is none.
    pub fn load_default() -> Result<Codebook, BookError> {
        Codebook::load(&embedded())
    }

    /// The codebook in the folder `dir`, which holds all files that the embedded one has, and may hold more.
    ///
    /// # Errors
    /// The first error found; [`check`] gives all.
    pub fn load_dir(dir: &Path) -> Result<Codebook, BookError> {
        Codebook::load(&Files::from_dir(dir)?)
    }

    /// The embedded codebook, read once: for tests and examples.
    ///
    /// # Panics
    /// Where an embedded file has an error.
    pub fn shared() -> &'static Codebook {
        static BOOK: OnceLock<Codebook> = OnceLock::new();
        BOOK.get_or_init(|| Codebook::load_default().unwrap_or_else(|error| panic!("{error}")))
    }

    fn load(files: &Files) -> Result<Codebook, BookError> {
        let mut report = Report::default();
        let book = Codebook::read(files, &mut report);
        match report.errors.into_iter().next() {
            Some(error) => Err(error),
            None => Ok(book),
        }
    }

    fn read(files: &Files, report: &mut Report) -> Codebook {
        for file in files.iter().filter(|f| !TABLES.iter().chain(ELSEWHERE).any(|t| f.name.starts_with(t))) {
            report.unknown(file, "file of the codebook", &file.name, EMBEDDED.iter().map(|(name, _)| *name));
        }
        let (events, goods) = (EventTable::read(files, report), GoodsTables::read(files, report));
        let triage = Triage::new(goods.names().chain(events.arms_words()));
        Codebook {
            version: files.version(),
            actors: ActorTables::read(files, report),
            events,
            goods,
            triage,
            cues: CueTable::read(files, report),
        }
    }
}

/// Every error in the codebook in folder `dir`, in order of the tables; none where it can be used.
pub fn check(dir: &Path) -> Vec<BookError> {
    match Files::from_dir(dir) {
        Ok(files) => check_files(&files),
        Err(error) => vec![error],
    }
}

fn check_files(files: &Files) -> Vec<BookError> {
    let mut report = Report::default();
    Codebook::read(files, &mut report);
    report.errors
}

fn embedded() -> Files {
    Files::new(EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The errors of the embedded codebook with `file` put in place of the one of its name, or added.
    fn check_with(name: &str, text: &str) -> Vec<String> {
        let others =
            EMBEDDED.iter().filter(|(n, _)| *n != name).map(|(n, t)| ((*n).to_owned(), (*t).to_owned()));
        let files = Files::new(others.chain([(name.to_owned(), text.to_owned())]));
        check_files(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_embedded_codebook_has_no_error() {
        assert_eq!(check_files(&embedded()), []);
    }

    #[test]
    fn a_file_of_no_table_names_the_nearest() {
        let errors = check_with("actors/sates.toml", "");
        assert_eq!(
            errors,
            [
                "actors/sates.toml:1: `actors/sates.toml` is not a file of the codebook: did you mean `actors/states.toml`?"
            ]
        );
    }

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest() {
        let errors = check_with("actors/states.toml", "\nAAA = { name = \"A\", nmaes = [\"B\"] }\n");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].starts_with("actors/states.toml:2: unknown field `nmaes`"), "{errors:?}");
        assert!(errors[0].ends_with("did you mean `names`?"), "{errors:?}");
    }

    #[test]
    fn the_version_follows_the_text() {
        let one = Files::new([("a.toml".to_owned(), "x = 1".to_owned())]);
        let two = Files::new([("a.toml".to_owned(), "x = 2".to_owned())]);
        assert_ne!(one.version(), two.version());
        assert_eq!(one.version(), Files::new([("a.toml".to_owned(), "x = 1".to_owned())]).version());
    }

    #[test]
    fn a_missing_folder_says_what_to_check() {
        let errors = check(Path::new("/nonexistent/codebook"));
        assert!(errors[0].to_string().contains("check the folder given with --codebook"), "{errors:?}");
    }
}
