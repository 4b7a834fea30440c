//! The listener: accepts connections, has their requests answered, and ends in peace.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

use super::guard::{BODY_BYTES, Peer, guard};
use super::problem::Problem;
use super::state::{App, Options, Shared};
use super::tokens::TokenError;

/// Most connections at once.
const CONNECTIONS: usize = 512;

/// How long a request's head may take to come in.
const HEAD: Duration = Duration::from_secs(10);

/// Most bytes of a request's head.
const HEAD_BYTES: usize = 64 << 10;

/// How long requests may go on after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// The tokens.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Others could reach it, and nobody has a token.
    #[error(
        "{listen} can be reached without a token, and there is none: make one with `waybill token create --role reader`"
    )]
    NoToken {
        /// Where it was to listen.
        listen: SocketAddr,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {listen}: {source}: name another address with --listen")]
    Listen {
        /// Which.
        listen: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    app: Shared,
}

impl Server {
    /// Opens the ledger and the address.
    ///
    /// # Errors
    /// Where either cannot be opened, or a token is needed and there is none.
    pub async fn bind(options: Options) -> Result<Self, ServeError> {
        let listen = options.listen;
        let listener =
            TcpListener::bind(listen).await.map_err(|source| ServeError::Listen { listen, source })?;
        Ok(Server { listener, app: Arc::new(App::new(options)?) })
    }

    /// Where it listens.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listener.local_addr().ok()
    }

    /// What the requests share.
    pub fn app(&self) -> Shared {
        Arc::clone(&self.app)
    }

    /// Answers until `stop` is over, then lets the requests that are there end.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let app = Arc::clone(&self.app);
        let looking = std::thread::spawn(move || super::maker::keep_looking(&app));
        let app = Arc::clone(&self.app);
        let calling = std::thread::spawn(move || super::alerts::keep_calling(&app, &app.outside));
        let router = router(&self.app);
        let app = Arc::clone(&self.app);
        let telling = std::thread::spawn(move || app.teller.keep_telling(&app));
        let graceful = GracefulShutdown::new();
        let permits = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(stop);
        loop {
            // Where too many are connected, the next ones wait in the system's queue.
            let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { break };
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut stop => break,
            };
            let Ok((stream, peer)) = accepted else {
                // The system is out of something (files, memory): give it time.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let service =
                router.clone().map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
                    request.extensions_mut().insert(Peer(peer));
                    request.map(axum::body::Body::new)
                });
            let mut builder = Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
            let connection =
                builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                let _held = permit;
                // A connection that breaks is the other side's affair.
                let _broken = connection.await;
            });
        }
        drop(self.listener);
        let _in_time = tokio::time::timeout(GRACE, graceful.shutdown()).await;
        self.app.stop();
        // What it makes just now is let go: nobody asks any more.
        drop((looking, calling, telling));
    }
}

/// All routes with what goes before and after each.
fn router(app: &Shared) -> Router {
    let (api, _document) = crate::api::routes();
    let routes = api.merge(crate::web::routes()).fallback(nowhere).method_not_allowed_fallback(wrong_method);
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CatchPanicLayer::custom(failed))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(app), guard))
        .with_state(Arc::clone(app))
}

async fn nowhere(request: Request) -> Problem {
    let path = request.uri().path();
    Problem::new(super::Code::NotFound, format!("there is nothing at {path:?}: /docs lists what there is"))
}

async fn wrong_method(request: Request) -> Problem {
    let (method, path) = (request.method(), request.uri().path());
    Problem::new(super::Code::MethodNotAllowed, format!("{path:?} does not take {method}: see /docs"))
}

fn failed(_panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    Problem::internal("a step of the request failed").into_response()
}
