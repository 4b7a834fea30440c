//! Storylines: made on a thread of their own, for they take longest and nothing waits for them.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use link::stories::{Stories, Story, Told};

use super::digits::Digits;
use super::state::App;
use crate::linking::day_text;

/// How long a new view waits for the storylines of what is new in it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Documents that are put to their storylines between two looks.
const BATCH: usize = 500;

/// All storylines, with what leads to each.
#[derive(Default)]
pub struct Storylines {
    /// Storylines, by first day.
    pub all: Vec<Story>,
    /// Storylines of two documents and more.
    pub running: usize,
    /// How many documents are still to be put to a storyline.
    pub waiting: usize,
    ids: Digits,
    of_doc: HashMap<String, u32>,
    /// For each storyline the first and last day of publication that is known.
    days: Vec<(Option<String>, Option<String>)>,
}

impl Storylines {
    fn of(all: Vec<Story>, days: &HashMap<String, i32>, waiting: usize) -> Self {
        let told = all.iter().enumerate();
        let of_doc =
            told.flat_map(|(n, story)| story.docs.iter().map(move |doc| (doc.clone(), n as u32))).collect();
        let between = |story: &Story| {
            let found = || story.docs.iter().filter_map(|doc| days.get(doc).copied());
            (found().min().map(day_text), found().max().map(day_text))
        };
        Storylines {
            running: all.iter().filter(|story| story.docs.len() > 1).count(),
            ids: Digits::of(all.iter().enumerate().map(|(n, story)| (story.id.as_str(), n as u32))),
            days: all.iter().map(between).collect(),
            waiting,
            of_doc,
            all,
        }
    }

    /// Where the storyline with this identifier, or its beginning, stands among all.
    pub fn place(&self, wanted: &str) -> Option<usize> {
        let found = || self.ids.beginning(wanted).map(|n| n as usize);
        let begins = |n: &usize| wanted.len() > 3 && self.all[*n].id.starts_with(wanted);
        found().find(|n| self.all[*n].id == wanted).or_else(|| found().filter(begins).min())
    }

    /// The storyline with this identifier, or its beginning.
    pub fn get(&self, wanted: &str) -> Option<&Story> {
        self.place(wanted).map(|n| &self.all[n])
    }

    /// The storyline that a document belongs to.
    pub fn of_document(&self, doc: &str) -> Option<&Story> {
        self.of_doc.get(doc).map(|n| &self.all[*n as usize])
    }

    /// The first and the last day on which a document of a storyline was published, as far as that is known.
    pub fn days(&self, story: &Story) -> (Option<String>, Option<String>) {
        let number = story.docs.first().and_then(|doc| self.of_doc.get(doc));
        number.map_or((None, None), |n| self.days[*n as usize].clone())
    }
}

/// What the teller is told.
pub(super) enum News {
    /// Everything is told anew.
    Whole,
    /// More documents, each with whether its day is that of publication.
    More(Vec<(Told, bool)>),
}

/// What whoever makes views shares with the teller.
#[derive(Default)]
pub(super) struct Telling {
    sent: u64,
    done: u64,
    now: Arc<Storylines>,
}

/// The teller as others see it.
pub(super) struct Teller {
    news: Sender<News>,
    taken: Mutex<Option<Receiver<News>>>,
    telling: Mutex<Telling>,
    changed: Condvar,
}

impl Teller {
    /// One that has been told nothing.
    pub(super) fn new() -> Self {
        let (news, taken) = channel();
        let taken = Mutex::new(Some(taken));
        Teller { news, taken, telling: Mutex::default(), changed: Condvar::new() }
    }

    /// Tells it of documents.
    pub(super) fn tell(&self, news: News) {
        let count = if let News::More(more) = &news { more.len() as u64 } else { 0 };
        self.telling.lock().unwrap_or_else(PoisonError::into_inner).sent += count;
        // Where nobody takes it any more the server is stopping.
        let _stopping = self.news.send(news);
    }

    /// The storylines, once all that was told is in them or it takes too long.
    pub(super) fn storylines(&self) -> Arc<Storylines> {
        let telling = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        let behind = |telling: &mut Telling| telling.done < telling.sent;
        let waited = self.changed.wait_timeout_while(telling, PATIENCE, behind);
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner).0.now)
    }

    /// Puts documents to storylines, until the server stops.
    pub(super) fn keep_telling(&self, app: &App) {
        let Some(news) = self.taken.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let (mut stories, mut days, mut waiting) = (Stories::new(), HashMap::new(), Vec::<Told>::new());
        while !app.stopping.load(Ordering::SeqCst) {
            let next = if waiting.is_empty() {
                news.recv_timeout(Duration::from_secs(1))
            } else {
                news.try_recv().map_err(|_| RecvTimeoutError::Timeout)
            };
            match next {
                Ok(News::Whole) => {
                    let mut telling = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
                    // What was told before and has not been put anywhere never will be.
                    (telling.sent, telling.done) = (telling.sent - telling.done - waiting.len() as u64, 0);
                    (stories, days, waiting) = (Stories::new(), HashMap::new(), Vec::new());
                }
                Ok(News::More(more)) => {
                    let dated = more.iter().filter(|(_, dated)| *dated);
                    days.extend(dated.map(|(told, _)| (told.doc.clone(), told.day)));
                    waiting.extend(more.into_iter().map(|(told, _)| told));
                    // The earliest first, so that hardly any day is told twice.
                    waiting.sort_by(|a, b| (b.day, &b.doc).cmp(&(a.day, &a.doc)));
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) if waiting.is_empty() => {}
                Err(RecvTimeoutError::Timeout) => {
                    let batch = waiting.split_off(waiting.len().saturating_sub(BATCH));
                    let (count, start) = (batch.len() as u64, Instant::now());
                    stories.add(batch);
                    self.show(app, (&stories, &days, waiting.len()), count);
                    if !waiting.is_empty() {
                        // A long way to go takes half a core, not a whole one.
                        std::thread::sleep(start.elapsed());
                    }
                }
            }
        }
    }

    /// Lets others see how far it has got: at the end, and now and then on the way.
    fn show(
        &self,
        app: &App,
        (stories, days, waiting): (&Stories, &HashMap<String, i32>, usize),
        count: u64,
    ) {
        let now_and_then = waiting == 0 || (waiting / BATCH).is_multiple_of(20);
        let made = now_and_then.then(|| Arc::new(Storylines::of(stories.stories(), days, waiting)));
        let mut telling = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        telling.done += count;
        if let Some(made) = made {
            telling.now = Arc::clone(&made);
            if let Some(view) = app.view.borrow().as_ref() {
                view.tell(made);
            }
        }
        self.changed.notify_all();
    }
}
