//! `waybill serve`: the ledger in a browser and behind an API.

use std::net::SocketAddr;
use std::path::PathBuf;

use waybill::coder::DocumentCoder;
use waybill::models;
use waybill::pipeline::Coder;
use waybill::serve::{Coders, Options, ServeError, Server};

use super::ingest::all_cores;
use super::{Ended, Failure, Global, Terminal};

/// Serve the ledger to browsers and programs until interrupted.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to listen. Any address but loopback asks for tokens: see `waybill token`.
    #[arg(long, default_value = "127.0.0.1:7070", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// A name besides localhost under which browsers may reach it on loopback, such as that of a proxy.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Ask for a token on loopback too.
    #[arg(long)]
    require_token: bool,
    /// Requests a second that one address may make.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// Connections that read the ledger at the same time.
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    readers: u16,
    /// A host of a private network that webhooks and fetches may ask all the same; all others are refused.
    #[arg(long, value_name = "HOST")]
    allow_private: Vec<String>,
}

/// Runs `waybill serve`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let options = Options {
        ledger: global.ledger.clone(),
        listen: args.listen,
        hosts: args.host.clone(),
        require_token: args.require_token,
        per_second: args.rate,
        readers: usize::from(args.readers),
        jobs: all_cores(),
        lists: global.lists_folder().ok(),
        coder: coders(global.codebook.clone(), global.model.clone()),
        allow_private: args.allow_private.clone(),
        log: Box::new(|line| anstream::eprintln!("waybill: {line}")),
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Output)?;
    runtime.block_on(async {
        let server = Server::bind(options).await?;
        if let Some(address) = server.address() {
            terminal.note(&format!("serving {} at http://{address}/ (Ctrl-C ends)", global.ledger.display()));
        }
        server.run(interrupted()).await;
        Ok::<(), ServeError>(())
    })?;
    Ok(Ended::Done)
}

/// What codes documents that are handed in: made when the first one comes, for it takes memory.
fn coders(codebook: Option<PathBuf>, model: Option<PathBuf>) -> Coders {
    Box::new(move || {
        let book = waybill::coder::codebook(codebook.as_deref()).map_err(|error| error.to_string())?;
        let wheel = models::find(model.as_deref(), models::folder()).map_err(|error| error.to_string())?;
        let coder = DocumentCoder::open(&wheel, book).map_err(|error| error.to_string())?;
        Ok(Box::new(coder) as Box<dyn Coder + Send + Sync>)
    })
}

/// Ends with the first interrupt or request to terminate.
#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        let _ended = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

/// Ends with the first interrupt.
#[cfg(not(unix))]
async fn interrupted() {
    let _ended = tokio::signal::ctrl_c().await;
}
