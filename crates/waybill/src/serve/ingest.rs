//! Documents handed in: a short queue, and one thread that works it off through the pipeline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use ledger::SqliteLedger;
use read::Raw;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::{Code, Problem};
use crate::pipeline::{self, Coder, Ingest};

/// Most jobs that wait.
const WAITING: usize = 16;

/// Most jobs that are remembered.
const REMEMBERED: usize = 256;

/// Makes what codes documents, once it is needed; an error in words where it cannot be made.
pub type Coders = Box<dyn Fn() -> Result<Box<dyn Coder + Send + Sync>, String> + Send>;

/// How far a job has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Others are before it.
    Waiting,
    /// It is worked on.
    Running,
    /// Everything that could be read is in the ledger.
    Done,
    /// It came to nothing, or stopped on the way.
    Failed,
}

/// Documents that were handed in together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Job {
    /// Its number.
    pub id: u64,
    /// How far it has got.
    pub state: JobState,
    /// Inputs that it holds.
    pub inputs: u64,
    /// Documents that were new.
    pub documents: u64,
    /// Documents that were there already.
    pub known: u64,
    /// Claims that were new.
    pub claims: u64,
    /// Inputs that were set aside, each with its reason.
    pub set_aside: Vec<Aside>,
    /// Why it failed.
    pub error: Option<String>,
}

/// An input that could not be read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Aside {
    /// Which.
    pub input: String,
    /// Why.
    pub reason: String,
}

struct Work {
    id: u64,
    inputs: Vec<Raw>,
    options: read::Options,
}

type Jobs = Arc<Mutex<BTreeMap<u64, Job>>>;

/// The queue, and what became of what went through it.
pub struct Ingests {
    queue: SyncSender<Work>,
    jobs: Jobs,
}

impl Ingests {
    /// Starts the thread that works the queue off; it ends when this is dropped.
    pub fn start(ledger: PathBuf, coder: Coders, threads: usize) -> Self {
        let (queue, waiting) = sync_channel(WAITING);
        let jobs = Jobs::default();
        let seen = Arc::clone(&jobs);
        std::thread::spawn(move || work_off(&waiting, &seen, (&ledger, &coder, threads)));
        Ingests { queue, jobs }
    }

    /// Takes documents in; they are worked on in their turn.
    ///
    /// # Errors
    /// Where too many wait already.
    pub fn add(&self, inputs: Vec<Raw>, options: read::Options) -> Result<Job, Problem> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let id = jobs.last_key_value().map_or(1, |(last, _)| last + 1);
        let count = inputs.len() as u64;
        let refused = |code, words| Err(Problem::new(code, words));
        match self.queue.try_send(Work { id, inputs, options }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                return refused(Code::TooManyRequests, "too many ingests wait already: try again later");
            }
            Err(TrySendError::Disconnected(_)) => {
                return refused(Code::Busy, "the server takes no documents any more");
            }
        }
        let job = Job {
            id,
            state: JobState::Waiting,
            inputs: count,
            documents: 0,
            known: 0,
            claims: 0,
            set_aside: Vec::new(),
            error: None,
        };
        jobs.insert(id, job.clone());
        while jobs.len() > REMEMBERED {
            jobs.pop_first();
        }
        Ok(job)
    }

    /// What became of a job.
    pub fn get(&self, id: u64) -> Option<Job> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

fn work_off(waiting: &Receiver<Work>, jobs: &Jobs, (ledger, coders, threads): (&Path, &Coders, usize)) {
    crate::priority::give_way();
    let mut coder = None;
    for work in waiting {
        let id = work.id;
        change(jobs, id, |job| job.state = JobState::Running);
        let done = match &coder {
            Some(coder) => one(work, (ledger, coder, threads)),
            None => coders().and_then(|made| one(work, (ledger, coder.insert(made), threads))),
        };
        change(jobs, id, |job| match done {
            Ok(summary) => {
                job.state = JobState::Done;
                job.documents = summary.stored.documents;
                job.known = summary.stored.known;
                job.claims = summary.stored.claims;
                let aside = summary.set_aside.into_iter();
                job.set_aside = aside.map(|a| Aside { input: a.input, reason: a.reason }).collect();
            }
            Err(error) => {
                job.state = JobState::Failed;
                job.error = Some(error);
            }
        });
    }
}

fn change(jobs: &Jobs, id: u64, by: impl FnOnce(&mut Job)) {
    if let Some(job) = jobs.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&id) {
        by(job);
    }
}

type Tools<'a> = (&'a Path, &'a Box<dyn Coder + Send + Sync>, usize);

fn one(work: Work, (path, coder, threads): Tools<'_>) -> Result<pipeline::Summary, String> {
    let mut ledger = SqliteLedger::open(path).map_err(|error| error.to_string())?;
    let at = now();
    let ingest = Ingest { coder: coder.as_ref(), options: &work.options, jobs: threads, at: &at };
    let inputs = work.inputs.into_iter().map(|raw| pipeline::Job::Raw(Ok(raw)));
    pipeline::ingest(&ingest, &mut ledger, inputs, &mut |_| {}).map_err(|error| error.to_string())
}

/// Now, as the ledger notes it.
pub fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_else(|_| jiff::Timestamp::now()).to_string()
}
