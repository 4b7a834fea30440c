//! Who asks, and what they may do.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::http::{HeaderMap, header};
use serde::{Deserialize, Serialize};

use super::problem::{Code, Problem};
use super::tokens::{TokenError, Tokens, random_hex};

/// How long somebody stays logged in.
const SESSION_TIME: Duration = Duration::from_secs(12 * 3600);

/// Most sessions at once; the oldest goes.
const SESSIONS: usize = 1024;

/// The cookie that marks a browser.
pub(super) const COOKIE: &str = "waybill";

/// How often the file of tokens is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What a token allows; each role allows what those before it allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// To read.
    Reader,
    /// To judge claims, deals and actors.
    Analyst,
    /// To ingest documents.
    Admin,
}

impl Role {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Analyst => "analyst",
            Role::Admin => "admin",
        }
    }
}

/// Whoever made a request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// What they may do.
    pub role: Role,
    /// The token's name, or `local`: the author of their judgements.
    pub name: String,
    /// What a page's forms must send back; empty for programs.
    pub csrf: String,
    /// Whether they are logged in with a token.
    pub session: bool,
    /// The state of the ledger that they are shown.
    pub state: Option<State>,
}

/// Which state of the ledger an answer is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// A short word for what the ledger held.
    pub word: String,
    /// When it was read (RFC 3339).
    pub at: String,
}

impl Caller {
    /// Whether they may do what `role` may do.
    ///
    /// # Errors
    /// Where they may not.
    pub fn must_be(&self, role: Role) -> Result<(), Problem> {
        if self.role >= role {
            return Ok(());
        }
        let (has, needs) = (self.role.as_str(), role.as_str());
        Err(Problem::new(Code::Forbidden, format!("this needs the role {needs}, and the token has {has}")))
    }
}

struct Session {
    token: String,
    until: Instant,
}

struct Known {
    tokens: Tokens,
    changed: Option<SystemTime>,
    looked: Instant,
}

/// Tokens, sessions, and the secret that marks forms.
pub struct Access {
    /// Whether anybody may come in without a token: on loopback, unless it was asked for.
    open: bool,
    path: PathBuf,
    known: Mutex<Known>,
    sessions: Mutex<HashMap<blake3::Hash, Session>>,
    secret: [u8; 32],
}

impl Access {
    /// Takes the tokens from `path`; `open` lets everybody in as admin.
    ///
    /// # Errors
    /// Where the file cannot be read, or the system gives no chance numbers.
    pub fn new(path: PathBuf, open: bool) -> Result<Self, TokenError> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|error| TokenError::Random(error.to_string()))?;
        let known = Known { tokens: Tokens::open(&path)?, changed: changed(&path), looked: Instant::now() };
        Ok(Access { open, path, known: Mutex::new(known), sessions: Mutex::default(), secret })
    }

    /// Whether nobody needs a token.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// How many tokens are in force.
    pub fn tokens(&self) -> usize {
        self.with_tokens(|tokens| tokens.all().len())
    }

    fn with_tokens<T>(&self, look: impl FnOnce(&Tokens) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.looked.elapsed() >= LOOK {
            known.looked = Instant::now();
            let now = changed(&self.path);
            if now != known.changed {
                // A file that cannot be read lets nobody in.
                known.tokens = Tokens::open(&self.path).unwrap_or_default();
                known.changed = now;
            }
        }
        look(&known.tokens)
    }

    /// Who asks, by token or cookie; `None` for strangers.
    pub fn caller(&self, headers: &HeaderMap) -> Option<Caller> {
        if let Some(secret) = bearer(headers) {
            let token = self.with_tokens(|tokens| tokens.check(secret).cloned())?;
            return Some(Caller {
                role: token.role,
                name: token.name,
                csrf: String::new(),
                session: false,
                state: None,
            });
        }
        let cookie = cookie(headers);
        let csrf = cookie.map_or_else(String::new, |cookie| self.csrf(cookie));
        let session = cookie.and_then(|cookie| self.session(cookie));
        if let Some(token) = session {
            return Some(Caller { role: token.0, name: token.1, csrf, session: true, state: None });
        }
        let local =
            || Caller { role: Role::Admin, name: "local".to_owned(), csrf, session: false, state: None };
        self.open.then(local)
    }

    fn session(&self, cookie: &str) -> Option<(Role, String)> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get(&blake3::hash(cookie.as_bytes())).filter(|s| s.until > Instant::now())?;
        self.with_tokens(|tokens| tokens.get(&session.token).map(|token| (token.role, token.name.clone())))
    }

    /// Lets a browser in that gave a token: the cookie's new value; `None` where the token is wrong.
    pub fn log_in(&self, secret: &str) -> Option<String> {
        let token = self.with_tokens(|tokens| tokens.check(secret.trim()).map(|token| token.id.clone()))?;
        let cookie = self.fresh_cookie()?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.until > Instant::now());
        if sessions.len() >= SESSIONS
            && let Some(oldest) =
                sessions.iter().min_by_key(|(_, session)| session.until).map(|(key, _)| *key)
        {
            sessions.remove(&oldest);
        }
        let session = Session { token, until: Instant::now() + SESSION_TIME };
        sessions.insert(blake3::hash(cookie.as_bytes()), session);
        Some(cookie)
    }

    /// Forgets the session of a browser.
    pub fn log_out(&self, headers: &HeaderMap) {
        if let Some(cookie) = cookie(headers) {
            let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.remove(&blake3::hash(cookie.as_bytes()));
        }
    }

    /// A new value for the cookie.
    pub fn fresh_cookie(&self) -> Option<String> {
        random_hex::<32>().ok()
    }

    /// What a form must send back, for the browser with this cookie.
    pub fn csrf(&self, cookie: &str) -> String {
        blake3::keyed_hash(&self.secret, cookie.as_bytes()).to_hex().to_string()
    }

    /// Whether a form sent back what this browser's forms carry.
    pub fn is_own_form(&self, headers: &HeaderMap, sent: &str) -> bool {
        let Some(cookie) = cookie(headers) else { return false };
        let wanted = blake3::keyed_hash(&self.secret, cookie.as_bytes());
        blake3::Hash::from_hex(sent).is_ok_and(|sent| sent == wanted)
    }
}

fn changed(path: &std::path::Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// The token in `Authorization: Bearer …`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The value of the cookie that marks a browser, if it looks like one.
pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)?;
    (value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())).then_some(value)
}
