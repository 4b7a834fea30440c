//! Whoever looks at the ledger: one thread that makes a new view of it whenever something was written.

use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use ledger::{Ledger, LedgerError, SqliteLedger};

use super::basis::Basis;
use super::ingest::now;
use super::state::App;
use super::view::View;

/// How often the ledger is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What is kept from one look to the next.
#[derive(Default)]
struct Eye {
    ledger: Option<SqliteLedger>,
    writes: Option<i64>,
    basis: Basis,
}

/// Looks at the ledger again and again, until the server stops.
pub(super) fn keep_looking(app: &Arc<App>) {
    let Some(asking) = app.asking.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
    let (mut eye, mut told) = (Eye::default(), String::new());
    while !app.stopping.load(Ordering::SeqCst) {
        let round = app.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let start = Instant::now();
        match look(app, &mut eye) {
            Ok(()) => told.clear(),
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    app.log(&error);
                }
                told = error;
                eye = Eye::default();
            }
        }
        app.done.send_replace(round);
        // While others write, at most half of one core goes into looking.
        if asking.recv_timeout(LOOK.max(start.elapsed())) == Err(RecvTimeoutError::Disconnected) {
            break;
        }
    }
}

fn look(app: &App, eye: &mut Eye) -> Result<(), LedgerError> {
    let ledger = match &eye.ledger {
        Some(ledger) => ledger,
        None => eye.ledger.insert(SqliteLedger::open_existing(app.pool.path())?),
    };
    let writes = ledger.writes()?;
    if eye.writes == Some(writes) {
        return Ok(());
    }
    if eye.basis.read(ledger, &app.teller)? {
        let view = Arc::new(View::of(&mut eye.basis, app.teller.storylines(), now()));
        crate::web::make_ready(&view);
        app.view.send_replace(Some(Arc::clone(&view)));
        // After the view is there: whoever is told finds what it is told of.
        super::alerts::look(app.pool.path(), ledger, &view)?;
    }
    eye.writes = Some(writes);
    Ok(())
}
