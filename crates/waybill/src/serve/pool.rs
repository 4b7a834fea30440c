//! Connections that read, a few at a time, off the threads that answer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ledger::{Alerts, Ledger, LedgerError, SqliteLedger};
use tokio::sync::Semaphore;

use super::problem::Problem;

/// A small pool of connections that read.
pub struct Pool {
    path: PathBuf,
    spare: Arc<Mutex<Vec<SqliteLedger>>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// At most `size` connections at once to the ledger at `path`.
    pub fn new(path: &Path, size: usize) -> Self {
        Pool { path: path.to_owned(), spare: Arc::default(), permits: Arc::new(Semaphore::new(size.max(1))) }
    }

    /// The ledger's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` on one state of the ledger, on a thread that may wait for the disk.
    ///
    /// # Errors
    /// What `work` says, or that the ledger cannot be opened.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.connected(move |ledger| {
            let (mut work, mut found) = (Some(work), None);
            ledger.snapshot(&mut |still| {
                found = work.take().map(|work| work(still));
                Ok(())
            })?;
            found.unwrap_or_else(|| Err(Problem::internal("the ledger was not read")))
        })
        .await
    }

    /// Runs `work` on the watches and their calls.
    ///
    /// # Errors
    /// What `work` says, or that the ledger cannot be opened.
    pub async fn alerts<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Alerts) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.with(move |ledger| work(ledger)).await
    }

    /// Runs `work` on a connection of its own that writes.
    ///
    /// # Errors
    /// What `work` says, or that the ledger cannot be opened or is written to by another program for too long.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut SqliteLedger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let path = self.path.clone();
        let done = tokio::task::spawn_blocking(move || work(&mut SqliteLedger::open(&path)?));
        done.await.unwrap_or_else(|_| Err(Problem::internal("a step of the request failed")))
    }

    /// Runs `work` on a connection, each of its questions by itself.
    ///
    /// # Errors
    /// What `work` says, or that the ledger cannot be opened.
    pub async fn connected<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.with(move |ledger| work(ledger)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&SqliteLedger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let closed = |_| Problem::internal("the server is stopping");
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(closed)?;
        let (path, spare) = (self.path.clone(), Arc::clone(&self.spare));
        let done = tokio::task::spawn_blocking(move || {
            let _one_of_few = permit;
            let ledger = take(&spare, &path)?;
            let found = work(&ledger);
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(ledger);
            found
        });
        done.await.unwrap_or_else(|_| Err(Problem::internal("a step of the request failed")))
    }
}

fn take(spare: &Mutex<Vec<SqliteLedger>>, path: &Path) -> Result<SqliteLedger, LedgerError> {
    let waiting = spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
    waiting.map_or_else(|| SqliteLedger::open_existing(path), Ok)
}
