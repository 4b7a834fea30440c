//! What all requests share.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ledger::{Judgement, Ledger, Moment, SqliteLedger};
use link::deals::Deal;
use tokio::sync::{Notify, watch};

use super::access::Access;
use super::ingest::{Coders, Ingests};
use super::limit::Limiter;
use super::listen::ServeError;
use super::lists::Lists;
use super::metrics::Metrics;
use super::pool::Pool;
use super::problem::{Code, Problem};
use super::tokens::token_file;
use super::view::{View, stamp};
use crate::linking::gather;

/// How often the ledger is looked at for changes that others made.
const LOOK: Duration = Duration::from_secs(1);

/// How long whoever wrote something waits to see it.
const SEEN: Duration = Duration::from_secs(5);

/// How long a request waits for the first look at the ledger.
const FIRST: Duration = Duration::from_secs(20);

/// How to serve.
pub struct Options {
    /// The ledger's file; it must be there.
    pub ledger: PathBuf,
    /// Where to listen. Any address but loopback needs tokens.
    pub listen: SocketAddr,
    /// Names besides the address under which browsers may reach the server.
    pub hosts: Vec<String>,
    /// Whether a token is needed on loopback too.
    pub require_token: bool,
    /// Requests a second that one address may make.
    pub per_second: u32,
    /// Connections that read at the same time.
    pub readers: usize,
    /// Threads that code documents handed in.
    pub jobs: usize,
    /// The folder of the sanctions lists that names are screened against.
    pub lists: Option<PathBuf>,
    /// What codes documents handed in.
    pub coder: Coders,
    /// Where a line goes that an operator should see.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

/// What all requests share.
pub struct App {
    /// Connections that read.
    pub pool: Pool,
    /// Tokens and sessions.
    pub access: Access,
    /// How often one address may ask.
    pub limiter: Limiter,
    /// Counters.
    pub metrics: Metrics,
    /// The sanctions lists.
    pub lists: Arc<Lists>,
    /// Documents handed in.
    pub ingests: Ingests,
    /// Names under which browsers may reach the server where no token is needed.
    pub hosts: Vec<String>,
    log: Box<dyn Fn(&str) + Send + Sync>,
    view: watch::Sender<Option<Arc<View>>>,
    asked: Notify,
    begun: AtomicU64,
    done: watch::Sender<u64>,
}

/// The same for all requests.
pub type Shared = Arc<App>;

impl App {
    /// Opens the ledger once, so that what is wrong with it is told at the start, and reads the tokens.
    pub(super) fn new(options: Options) -> Result<Self, ServeError> {
        SqliteLedger::open_existing(&options.ledger)?;
        let open = options.listen.ip().is_loopback() && !options.require_token;
        let access = Access::new(token_file(&options.ledger), open)?;
        if !open && access.tokens() == 0 {
            return Err(ServeError::NoToken { listen: options.listen });
        }
        let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        hosts.extend(options.hosts);
        Ok(App {
            pool: Pool::new(&options.ledger, options.readers),
            access,
            limiter: Limiter::new(options.per_second),
            metrics: Metrics::default(),
            lists: Arc::new(Lists::new(options.lists)),
            ingests: Ingests::start(options.ledger, options.coder, options.jobs),
            hosts,
            log: options.log,
            view: watch::Sender::new(None),
            asked: Notify::new(),
            begun: AtomicU64::new(0),
            done: watch::Sender::new(0),
        })
    }

    /// Tells the operator.
    pub fn log(&self, line: &str) {
        (self.log)(line);
    }

    /// What all documents say together, as of the last look; waits only where there was none yet.
    ///
    /// # Errors
    /// Where the ledger has not been read in time.
    pub async fn view(&self) -> Result<Arc<View>, Problem> {
        let now = self.view.borrow().clone();
        if let Some(view) = now {
            return Ok(view);
        }
        let mut coming = self.view.subscribe();
        let first = tokio::time::timeout(FIRST, coming.wait_for(Option::is_some)).await;
        let seen = first.ok().and_then(Result::ok).and_then(|seen| seen.clone());
        seen.ok_or_else(|| Problem::new(Code::NotReady, "the ledger has not been read yet: try again soon"))
    }

    /// Whether the ledger has been read.
    pub fn is_ready(&self) -> bool {
        self.view.borrow().is_some()
    }

    /// The deals as they stood at `moment`.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub async fn deals_at(&self, moment: Moment) -> Result<Arc<Vec<Deal>>, Problem> {
        let view = self.view().await?;
        if moment == Moment::default() {
            return Ok(Arc::clone(&view.deals));
        }
        if let Some(deals) = view.past(&moment) {
            return Ok(deals);
        }
        let at = moment.clone();
        let deals = self.pool.read(move |ledger| Ok(gather(ledger, &at)?.deals())).await?;
        let deals = Arc::new(deals);
        view.keep_past(moment, &deals);
        Ok(deals)
    }

    /// Keeps a judgement and waits until it is seen.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub async fn judge(&self, judgement: Judgement) -> Result<i64, Problem> {
        let path = self.pool.path().to_owned();
        let kept = tokio::task::spawn_blocking(move || {
            SqliteLedger::open(&path)?.judge(&judgement, &super::ingest::now())
        });
        let number = kept.await.map_err(|_| Problem::internal("the judgement was not kept"))??;
        self.refresh().await;
        Ok(number)
    }

    /// Has the ledger looked at now, and waits a while for that.
    pub async fn refresh(&self) {
        let mut done = self.done.subscribe();
        // A look that is under way may have begun before the change: the next one counts.
        let wanted = self.begun.load(Ordering::SeqCst) + 1;
        self.asked.notify_one();
        // Where it takes long the page shows what was seen before; the next look will have it.
        let _seen_in_time = tokio::time::timeout(SEEN, done.wait_for(|done| *done >= wanted)).await;
    }

    /// Looks at the ledger again and again, for as long as the server runs.
    pub(super) async fn keep_looking(self: Arc<Self>) {
        let mut told = String::new();
        loop {
            let round = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            let start = Instant::now();
            match self.look().await {
                Ok(()) => told.clear(),
                Err(problem) if problem.detail != told => {
                    self.log(&problem.detail);
                    told = problem.detail;
                }
                Err(_) => {}
            }
            let took = start.elapsed();
            self.done.send_replace(round);
            // While others write, at most a third of one core goes into looking.
            tokio::select! {
                () = self.asked.notified() => {}
                () = tokio::time::sleep(LOOK.max(took * 2)) => {}
            }
        }
    }

    async fn look(&self) -> Result<(), Problem> {
        let seen = self.view.borrow().as_ref().map(|view| view.stamp.clone());
        let made = self
            .pool
            .read(move |ledger| {
                if seen.is_some_and(|seen| stamp(ledger).is_ok_and(|now| now == seen)) {
                    return Ok(None);
                }
                Ok(Some(View::of(ledger)?))
            })
            .await?;
        if let Some(view) = made {
            self.view.send_replace(Some(Arc::new(view)));
        }
        Ok(())
    }
}
