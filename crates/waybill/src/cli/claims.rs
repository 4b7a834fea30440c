//! `waybill claims`: the ledger's claims as a table or as JSON lines.

use std::ops::ControlFlow;

use anstyle::AnsiColor;
use ledger::{Ledger, StoredClaim};
use model::{ActorRef, Claim, Factuality, Kind};
use waybill::rows::ClaimRow;

use super::filters::Filters;
use super::table::{Cell, Table, cut};
use super::terminal::{DIM, kind_style};
use super::{Ended, Failure, Global, Terminal};

/// List claims.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    filters: Filters,
    /// JSON lines with the codebook's fields.
    #[arg(long)]
    json: bool,
}

/// Runs `waybill claims`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let ledger = global.read_ledger()?;
    let mut rows = Rows::new(args.json);
    each_claim(&ledger, &args.filters, &mut |claim| rows.row(&claim, terminal))?;
    rows.finish(terminal)?;
    Ok(Ended::Done)
}

/// Hands the claims that a filter lets through to `each` until it fails.
pub(crate) fn each_claim(
    ledger: &dyn Ledger,
    filters: &Filters,
    each: &mut dyn FnMut(StoredClaim) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut failed = None;
    ledger.claims(&filters.filter(), &mut |claim| match each(claim) {
        Ok(()) => ControlFlow::Continue(()),
        Err(failure) => {
            failed = Some(failure);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}

/// Claims one after the other, as JSON lines or as a table.
pub(crate) struct Rows {
    table: Option<Table>,
    count: usize,
}

impl Rows {
    /// JSON lines or a table.
    pub(crate) fn new(json: bool) -> Self {
        let head = [
            "claim",
            "published",
            "kind",
            "from → to",
            "stage",
            "factuality",
            "goods",
            "said by",
            "document",
        ];
        Rows { table: (!json).then(|| Table::new(&head)), count: 0 }
    }

    /// One claim.
    pub(crate) fn row(&mut self, claim: &StoredClaim, terminal: &mut Terminal) -> Result<(), Failure> {
        self.count += 1;
        match &mut self.table {
            None => terminal.json(&ClaimRow::from(claim)),
            Some(table) => table.row(cells(claim), terminal),
        }
    }

    /// The end of the list.
    pub(crate) fn finish(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let Some(table) = self.table else { return Ok(()) };
        table.finish(terminal)?;
        if self.count == 0 {
            terminal.note("no claim fits");
        }
        Ok(())
    }
}

fn cells(stored: &StoredClaim) -> Vec<Cell> {
    let claim = &stored.claim;
    let far = claim.stage.map(|s| s.as_str()).or(claim.action.map(|a| a.as_str())).unwrap_or("");
    let doubt =
        if claim.factuality == Factuality::Denied { AnsiColor::Red.on_default() } else { Default::default() };
    vec![
        Cell::styled(short(&stored.id), DIM),
        Cell::new(stored.published.as_deref().unwrap_or("unknown")),
        Cell::styled(claim.kind.as_str(), kind_style(claim.kind)),
        Cell::new(cut(&parties(claim), 40)),
        Cell::new(far),
        Cell::styled(claim.factuality.as_str(), doubt),
        Cell::new(cut(&goods(claim), 44)),
        Cell::new(cut(&speaker(claim), 34)),
        Cell::styled(cut(&stored.doc, 60), DIM),
    ]
}

/// As much of an identifier as is given in tables: enough to name it in any ledger of a usual size.
pub(crate) fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

fn names(actors: &[ActorRef]) -> String {
    if actors.is_empty() {
        return "?".to_owned();
    }
    actors.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Who and whom, in one line.
pub(crate) fn parties(claim: &Claim) -> String {
    match claim.kind {
        Kind::Transfer => format!("{} → {}", names(&claim.supplier), names(&claim.recipient)),
        Kind::Measure => format!("{} ⊣ {}", names(&claim.imposer), names(&claim.target)),
        Kind::Violation | Kind::Shortage => names(&claim.actor),
        Kind::Contact => claim.parties.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join(" – "),
    }
}

/// What, in one line: the words of the goods, or the instrument.
pub(crate) fn goods(claim: &Claim) -> String {
    if claim.goods.is_empty() {
        return claim.instrument.as_ref().map(|i| i.text.clone()).unwrap_or_default();
    }
    let one = |g: &model::Goods| match &g.quantity {
        Some(quantity) if !g.text.contains(quantity.as_str()) => format!("{quantity} {}", g.text),
        _ => g.text.clone(),
    };
    claim.goods.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn speaker(claim: &Claim) -> String {
    match &claim.source.affiliation {
        Some(affiliation) if *affiliation != claim.source.speaker => {
            format!("{} ({affiliation})", claim.source.speaker)
        }
        _ => claim.source.speaker.clone(),
    }
}
