//! The threads: one takes inputs in, several read and code, the caller takes the results out.

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crossbeam_channel::{Receiver, Sender, bounded};
use ledger::{Coding, CodingKey, Ledger, SetAside, document_id};
use model::Document;
use read::{Raw, ReadError};

use super::timings::{Step, Timings};

/// Stack of a worker: deeply nested pages need some.
const STACK_BYTES: usize = 8 << 20;

/// What turns a document into claims. The same document and key always give the same coding.
pub trait Coder: Sync {
    /// What its codings depend on besides the document.
    fn key(&self) -> CodingKey;

    /// Codes one document, timing its steps.
    fn code(&self, document: &Document, timings: &Timings) -> Coding;
}

/// One input to work on.
pub enum Job {
    /// Bytes, or why there are none.
    Raw(Result<Raw, ReadError>),
    /// A document that was read before.
    Document(Box<Document>),
}

/// What came of one input.
#[derive(Debug)]
pub struct Done {
    /// Number of the input, from 0 in the order that they came in.
    pub number: u64,
    /// The input, for messages: a path, `path:line`, `-`.
    pub input: String,
    /// Bytes of the input.
    pub size_bytes: u64,
    /// Its documents.
    pub items: Vec<Item>,
}

/// What came of one document of an input.
#[derive(Debug)]
pub struct Item {
    /// The input, with the document's number where it holds several (`news.json#3`).
    pub input: String,
    /// What was found.
    pub found: Found,
}

/// What came of one document.
#[derive(Debug)]
pub enum Found {
    /// It was coded.
    Coded(Box<Document>, Coding),
    /// The ledger has it with the coding that is wanted: its identifier, and its name here.
    Known(String, String),
    /// It could not be read or coded.
    SetAside(SetAside),
}

/// How the work is done.
pub struct Work<'a> {
    /// Documents to claims.
    pub coder: &'a dyn Coder,
    /// Bytes to documents.
    pub options: &'a read::Options,
    /// How many threads read and code.
    pub jobs: usize,
    /// One connection for each thread to look in for documents that are coded already; empty to code all.
    pub readers: Vec<Box<dyn Ledger>>,
    /// Clocks.
    pub timings: &'a Timings,
}

/// Works on all `jobs` and hands the results to `each`, on the caller's thread and in the order that they come.
///
/// An input on which a step panics is set aside like one that cannot be read. When `each` says no, the rest is left.
pub fn run(work: Work<'_>, jobs: impl Iterator<Item = Job> + Send, mut each: impl FnMut(Done) -> bool) {
    let threads = work.jobs.max(1);
    let (to_workers, from_inputs) = bounded::<(u64, Job)>(threads * 2);
    let (to_caller, from_workers) = bounded::<Done>(threads * 4);
    let Work { coder, options, readers, timings, .. } = work;
    let mut readers: Vec<Option<Box<dyn Ledger>>> = readers.into_iter().map(Some).collect();
    readers.resize_with(threads, || None);
    std::thread::scope(|scope| {
        scope.spawn(move || feed(jobs, &to_workers, timings));
        for reader in readers {
            let (from_inputs, to_caller) = (from_inputs.clone(), to_caller.clone());
            let worker = Worker { coder, options, timings, key: coder.key(), reader };
            let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
            let spawned = builder.spawn_scoped(scope, move || worker.work(&from_inputs, &to_caller));
            // Where the system gives no thread the ones that there are do the work.
            drop(spawned);
        }
        drop((from_inputs, to_caller));
        for done in &from_workers {
            if !each(done) {
                break;
            }
        }
        drop(from_workers);
    });
}

fn feed(mut jobs: impl Iterator<Item = Job>, to_workers: &Sender<(u64, Job)>, timings: &Timings) {
    let mut number = 0;
    while let Some(job) = timings.time(Step::Input, || jobs.next()) {
        if to_workers.send((number, job)).is_err() {
            return;
        }
        number += 1;
    }
}

struct Worker<'a> {
    coder: &'a dyn Coder,
    options: &'a read::Options,
    timings: &'a Timings,
    key: CodingKey,
    reader: Option<Box<dyn Ledger>>,
}

impl Worker<'_> {
    fn work(self, from_inputs: &Receiver<(u64, Job)>, to_caller: &Sender<Done>) {
        for (number, job) in from_inputs {
            if to_caller.send(self.one(number, job)).is_err() {
                return;
            }
        }
    }

    fn one(&self, number: u64, job: Job) -> Done {
        match job {
            Job::Document(document) => {
                let input = document.doc.clone();
                let items = vec![self.code(input.clone(), document)];
                Done { number, input, size_bytes: 0, items }
            }
            Job::Raw(Err(error)) => {
                let input = error.origin();
                let items = vec![self.aside(input.clone(), error.to_string())];
                Done { number, input, size_bytes: 0, items }
            }
            Job::Raw(Ok(raw)) => {
                let (input, size_bytes) = (raw.origin.clone(), raw.bytes.len() as u64);
                Done { number, items: self.read(&input, raw), input, size_bytes }
            }
        }
    }

    fn read(&self, input: &str, raw: Raw) -> Vec<Item> {
        let read = || self.timings.time(Step::Read, || read::documents(&raw, self.options));
        let documents = match caught(read) {
            Ok(documents) => documents,
            Err(panic) => return vec![self.aside(input.to_owned(), crashed("reading", &*panic))],
        };
        drop(raw);
        let several = documents.len() > 1;
        let mut items = Vec::with_capacity(documents.len());
        for (n, document) in documents.into_iter().enumerate() {
            let input = if several { format!("{input}#{}", n + 1) } else { input.to_owned() };
            items.push(match document {
                Ok(document) => self.code(input, Box::new(document)),
                Err(error) => self.aside(input, error.to_string()),
            });
        }
        items
    }

    fn code(&self, input: String, document: Box<Document>) -> Item {
        if let Some(id) = self.timings.time(Step::Triage, || self.known(&document)) {
            return Item { input, found: Found::Known(id, document.doc) };
        }
        match caught(|| self.coder.code(&document, self.timings)) {
            Ok(coding) => Item { input, found: Found::Coded(document, coding) },
            Err(panic) => self.aside(input, crashed("coding", &*panic)),
        }
    }

    /// The identifier of a document that the ledger has with the coding that is wanted.
    fn known(&self, document: &Document) -> Option<String> {
        let reader = self.reader.as_ref()?;
        let id = document_id(document);
        // Where the ledger cannot tell, coding again does no harm.
        reader.is_coded(&id, &self.key).unwrap_or(false).then_some(id)
    }

    fn aside(&self, input: String, reason: String) -> Item {
        let (path, published) = (path_of(&input), self.options.published.clone());
        let aside = SetAside { input: input.clone(), path, reason, published, at: String::new() };
        Item { input, found: Found::SetAside(aside) }
    }
}

/// The file that an input is in: `news.jsonl` of `news.jsonl:17` and of `news.json#3`; none for standard input.
fn path_of(input: &str) -> Option<String> {
    if input == "-" {
        return None;
    }
    let mut path = input;
    for mark in ['#', ':'] {
        if Path::new(path).exists() {
            break;
        }
        if let Some((front, number)) = path.rsplit_once(mark)
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            path = front;
        }
    }
    (path != "-").then(|| path.to_owned())
}

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread will be caught and reported as an input set aside: a panic hook can then be quiet.
pub fn is_catching() -> bool {
    CATCHING.get()
}

fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    CATCHING.set(true);
    // What `work` borrows is dropped or only read after a panic.
    let done = catch_unwind(AssertUnwindSafe(work));
    CATCHING.set(false);
    done
}

fn crashed(doing: &str, panic: &(dyn Any + Send)) -> String {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    format!(
        "waybill failed while {doing} it ({message}): this is an error in waybill, please report it with the input"
    )
}

/// Brings results back into the order of their inputs.
#[derive(Debug, Default)]
pub struct InOrder {
    next: u64,
    waiting: BTreeMap<u64, Done>,
}

impl InOrder {
    /// Takes a result and returns those whose turn has come.
    pub fn take(&mut self, done: Done) -> Vec<Done> {
        self.waiting.insert(done.number, done);
        let mut ready = Vec::new();
        while let Some(done) = self.waiting.remove(&self.next) {
            ready.push(done);
            self.next += 1;
        }
        ready
    }
}
