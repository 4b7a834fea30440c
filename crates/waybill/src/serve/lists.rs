//! The installed sanctions lists, loaded when the first name is screened and again when the folder changes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use link::screening::{Hit, Query, Screener};

use super::problem::{Code, Problem};
use crate::law::{LawError, Rejections, screener};
use crate::lists::ListsError;

/// A screener, and when the folder that it was loaded from was last changed.
type Loaded = (Option<SystemTime>, Arc<Screener>);

/// A name with the entries that may be who is meant.
#[derive(Debug, Clone)]
pub struct Screened {
    /// The name that was asked for.
    pub name: String,
    /// The entries, the likeliest first, each with whether people rejected the match.
    pub hits: Vec<(Hit, bool)>,
}

/// The lists in one folder.
pub struct Lists {
    folder: Option<PathBuf>,
    loaded: Mutex<Option<Loaded>>,
}

impl Lists {
    /// The lists in `folder`, none of which is read yet.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Lists { folder, loaded: Mutex::default() }
    }

    /// Screens names, on a thread that may take its time.
    ///
    /// # Errors
    /// Where no list is installed, or one cannot be read.
    pub async fn screen(
        self: &Arc<Self>,
        names: Vec<String>,
        rejected: Rejections,
    ) -> Result<Vec<Screened>, Problem> {
        let lists = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let screener = lists.screener()?;
            let one = |name: String| {
                let query = Query { name: name.clone(), ..Query::default() };
                let hits = screener.screen(&query, screener.threshold()).into_iter();
                let hits =
                    hits.map(|hit| (rejected.has(&name, &hit), hit)).map(|(no, hit)| (hit, no)).collect();
                Screened { name, hits }
            };
            Ok(names.into_iter().map(one).collect())
        });
        done.await.unwrap_or_else(|_| Err(Problem::internal("the names were not screened")))
    }

    fn screener(&self) -> Result<Arc<Screener>, Problem> {
        let none = || {
            Problem::new(Code::NoLists, "no sanctions list is installed: `waybill lists add` installs one")
        };
        let folder = self.folder.as_ref().ok_or_else(none)?;
        let changed = std::fs::metadata(folder).and_then(|folder| folder.modified()).ok();
        // Held while it loads: whoever asks meanwhile waits for the same lists.
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, screener)) = loaded.as_ref()
            && *at == changed
        {
            return Ok(Arc::clone(screener));
        }
        let made = screener(folder).map_err(|error| match error {
            LawError::Lists(ListsError::NoneInstalled { .. }) => none(),
            _ => Problem::internal("the sanctions lists cannot be read"),
        })?;
        let made = Arc::new(made);
        *loaded = Some((changed, Arc::clone(&made)));
        Ok(made)
    }
}

/// Why an entry matched, part by part.
pub fn reasons(hit: &Hit) -> Vec<String> {
    let step = |step: &link::screening::Step| {
        let how = step.how.words();
        match (step.query.as_str(), step.entry.as_str()) {
            ("", "") => how.to_owned(),
            ("", entry) => format!("only listed: {entry}"),
            (query, "") => format!("only asked: {query}"),
            (query, entry) if query == entry => format!("{query} {how}"),
            (query, entry) => format!("{query} ~ {entry} {how}"),
        }
    };
    hit.steps.iter().map(step).collect()
}
