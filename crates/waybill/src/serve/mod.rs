//! The server: one ledger behind an API ([`crate::api`]) and pages ([`crate::web`]).
//!
//! Requests read through a small pool of connections and a [`View`] of what all documents say together, which one
//! thread makes anew whenever the ledger has changed. Only judgements and ingests write.

mod access;
mod alerts;
mod basis;
mod digits;
mod guard;
mod ingest;
mod limit;
mod listen;
mod lists;
mod maker;
mod metrics;
mod outside;
mod pool;
mod problem;
mod reply;
mod sign;
mod state;
mod teller;
mod tokens;
mod view;

pub use access::{Access, Caller, Role};
pub use guard::{FormMark, cookie_header};
pub use ingest::{Aside, Coders, Ingests, Job, JobState, now};
pub use limit::Limiter;
pub use listen::{ServeError, Server};
pub use lists::{Lists, Screened, reasons};
pub use metrics::Metrics;
pub use outside::{Fetched, Outside, OutsideError};
pub use pool::Pool;
pub use problem::{Code, Problem, ProblemBody};
pub use reply::{Asked, Named, asked, csv, tagged};
pub use sign::signature;
pub use state::{App, Options, Shared};
pub use teller::Storylines;
pub use tokens::{Token, TokenError, Tokens, random_word, token_file};
pub use view::{ActorHead, DocHead, View};
