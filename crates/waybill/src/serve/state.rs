//! What all requests share.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ledger::{Judgement, Ledger, Moment, SqliteLedger};
use link::deals::Deal;
use tokio::sync::watch;

use super::access::{Access, State};
use super::ingest::{Coders, Ingests};
use super::limit::Limiter;
use super::listen::ServeError;
use super::lists::Lists;
use super::metrics::Metrics;
use super::outside::{Fetched, Outside, OutsideError, check_host};
use super::pool::Pool;
use super::problem::{Code, Problem};
use super::teller::Teller;
use super::tokens::token_file;
use super::view::{Asked, View};
use crate::linking::gather;

/// How long whoever wrote something waits to see it.
const SEEN: Duration = Duration::from_secs(5);

/// How long a request waits for the first look at the ledger.
const FIRST: Duration = Duration::from_secs(20);

/// How often whoever waits for a past that another request works out looks whether it is there.
const ANOTHER_LOOK: Duration = Duration::from_millis(200);

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
    /// Hosts of private networks that webhooks and fetches may ask all the same.
    pub allow_private: Vec<String>,
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
    /// The client for the world outside.
    pub outside: Outside,
    allow_private: Vec<String>,
    log: Box<dyn Fn(&str) + Send + Sync>,
    pub(super) view: watch::Sender<Option<Arc<View>>>,
    /// Number of the look at the ledger that has begun last, and of the last that is done.
    pub(super) begun: AtomicU64,
    pub(super) done: watch::Sender<u64>,
    pub(super) stopping: AtomicBool,
    pub(super) teller: Teller,
    asked: SyncSender<()>,
    /// For whoever looks at the ledger, who takes it.
    pub(super) asking: Mutex<Option<Receiver<()>>>,
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
        let (asked, asking) = sync_channel(1);
        Ok(App {
            pool: Pool::new(&options.ledger, options.readers),
            access,
            limiter: Limiter::new(options.per_second),
            metrics: Metrics::default(),
            lists: Arc::new(Lists::new(options.lists)),
            ingests: Ingests::start(options.ledger, options.coder, options.jobs),
            hosts,
            outside: Outside::new(&options.allow_private),
            allow_private: options.allow_private,
            log: options.log,
            view: watch::Sender::new(None),
            begun: AtomicU64::new(0),
            done: watch::Sender::new(0),
            stopping: AtomicBool::new(false),
            teller: Teller::new(),
            asked,
            asking: Mutex::new(Some(asking)),
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

    /// Which state of the ledger is shown.
    pub(super) fn state(&self) -> Option<State> {
        self.view.borrow().as_ref().map(|view| State { word: view.state.clone(), at: view.at.clone() })
    }

    /// Whether the ledger has been read.
    pub fn is_ready(&self) -> bool {
        self.view.borrow().is_some()
    }

    /// The deals as they stood at `moment`; of a large ledger that takes minutes, and goes on when the asker has left, so
    /// that who asks again finds them.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub async fn deals_at(&self, moment: Moment) -> Result<Arc<Vec<Deal>>, Problem> {
        let view = self.view().await?;
        if moment == Moment::default() {
            return Ok(Arc::clone(&view.deals));
        }
        loop {
            if let Some(deals) = view.past(&moment) {
                return Ok(deals);
            }
            if let Some(mine) = Asked::first(&view, &moment) {
                return self
                    .pool
                    .read(move |ledger| Ok(mine.answer(gather(ledger, mine.moment())?.deals())))
                    .await;
            }
            tokio::time::sleep(ANOTHER_LOOK).await; // somebody else asked the same
        }
    }

    /// Keeps a judgement and waits until it is seen.
    ///
    /// # Errors
    /// Where the ledger cannot be written.
    pub async fn judge(&self, judgement: Judgement) -> Result<i64, Problem> {
        let number =
            self.pool.write(move |ledger| Ok(ledger.judge(&judgement, &super::ingest::now())?)).await?;
        self.refresh().await;
        Ok(number)
    }

    /// Holds a webhook's address to the rules, its host looked up.
    ///
    /// # Errors
    /// Where it may not be called.
    pub async fn check_webhook(&self, address: String) -> Result<(), Problem> {
        let allowed = self.allow_private.clone();
        let checked = tokio::task::spawn_blocking(move || check_host(&address, &allowed));
        let checked = checked.await.map_err(|_| Problem::internal("the address was not looked up"))?;
        checked.map_err(|error| Problem::new(Code::AddressRefused, format!("webhook: {error}")))
    }

    /// Fetches what is at an address.
    ///
    /// # Errors
    /// Where it may not be asked, or nothing good came back.
    pub async fn fetch(&self, address: String) -> Result<Fetched, Problem> {
        let outside = self.outside.clone();
        let fetched = tokio::task::spawn_blocking(move || outside.fetch(&address));
        let fetched = fetched.await.map_err(|_| Problem::internal("the address was not fetched"))?;
        fetched.map_err(|error| match error {
            OutsideError::Refused(words) => Problem::new(Code::AddressRefused, words),
            OutsideError::Failed(words) => Problem::new(Code::NotFetched, words),
        })
    }

    /// Has the ledger looked at now, and waits a while for that.
    pub async fn refresh(&self) {
        let mut done = self.done.subscribe();
        // A look that is under way may have begun before the change: the next one counts.
        let wanted = self.begun.load(Ordering::SeqCst) + 1;
        self.look_now();
        // Where it takes long the page shows what was seen before; the next look will have it.
        let _seen_in_time = tokio::time::timeout(SEEN, done.wait_for(|done| *done >= wanted)).await;
    }

    /// Wakes whoever looks at the ledger.
    fn look_now(&self) {
        // Where one waits already, that one does.
        let _waits_already = self.asked.try_send(());
    }

    /// Has whoever looks at the ledger end.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.look_now();
    }
}
