//! `waybill judge`: what a person holds of a claim, a deal or an actor.

use ledger::{Judgement, Ledger, Moment, StoredJudgement};
use waybill::linking::gather;

use super::ingest::now;
use super::table::{Cell, Table};
use super::terminal::DIM;
use super::{Ended, Failure, Global, Terminal};

/// Keep a judgement on a claim, a deal or an actor; later ones overrule, nothing is lost.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    verdict: Verdict,
    #[command(flatten)]
    by: By,
}

/// Who judges, why, and how it is told.
#[derive(Debug, clap::Args)]
struct By {
    /// Who judges.
    #[arg(long, global = true, env = "USER", default_value = "unknown", value_name = "NAME")]
    author: String,
    /// Why.
    #[arg(long, global = true, value_name = "WORDS")]
    reason: Option<String>,
    /// The judgement as one JSON object; the list as JSON lines.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Verdict {
    /// Let a claim or deal stand: it was checked.
    Accept {
        /// A claim's or deal's identifier.
        subject: String,
    },
    /// Have a claim or deal not count.
    Reject {
        /// A claim's or deal's identifier.
        subject: String,
    },
    /// Hold two actors, or two deals, to be one.
    Merge {
        /// The actor's name, or the deal's identifier.
        subject: String,
        /// The other one.
        with: String,
    },
    /// Part two actors that were held to be one, or take claims out of a deal.
    Split {
        /// The actor's name, or the deal's identifier.
        subject: String,
        /// The other actor's name, or the claims to take out.
        #[arg(required = true)]
        from: Vec<String>,
    },
    /// Take back the newest judgement on a claim, a deal or an actor.
    Undo {
        /// A claim's or deal's identifier, or an actor's name.
        subject: String,
    },
    /// List the judgements, oldest first.
    List,
}

/// What a judgement is about, and its identifier.
type Subject = (&'static str, String);

/// Runs `waybill judge`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    let reader = global.read_ledger()?;
    let (verdict, (kind, subject), detail) = match &args.verdict {
        Verdict::List => return list(&reader.judgements(None)?, args.by.json, terminal),
        Verdict::Accept { subject } => ("accept", checked(&reader, subject)?, serde_json::json!({})),
        Verdict::Reject { subject } => ("reject", checked(&reader, subject)?, serde_json::json!({})),
        Verdict::Merge { subject, with } => {
            let (one, (_, other)) = (named(&reader, subject)?, named(&reader, with)?);
            ("merge", one, serde_json::json!({ "with": other }))
        }
        Verdict::Split { subject, from } => match named(&reader, subject)? {
            one @ ("deal", _) => {
                let claims = from.iter().map(|id| Ok(checked(&reader, id)?.1));
                let claims = claims.collect::<Result<Vec<_>, Failure>>()?;
                ("split", one, serde_json::json!({ "claims": claims }))
            }
            one => ("split", one, serde_json::json!({ "with": from[0] })),
        },
        Verdict::Undo { subject } => ("undo", named(&reader, subject)?, serde_json::json!({})),
    };
    drop(reader);
    let judgement = Judgement {
        subject_kind: kind.to_owned(),
        subject,
        verdict: verdict.to_owned(),
        detail,
        author: args.by.author.clone(),
        reason: args.by.reason.clone(),
    };
    keep(judgement, args.by.json, global, terminal)
}

/// Say which names are one actor, and which are not; reversible, and kept with author and time.
#[derive(Debug, clap::Args)]
pub(crate) struct ActorArgs {
    #[command(subcommand)]
    verdict: ActorVerdict,
    #[command(flatten)]
    by: By,
}

#[derive(Debug, clap::Subcommand)]
enum ActorVerdict {
    /// Hold two names to be of one actor.
    Merge {
        /// A name, or a state's three-letter code.
        name: String,
        /// Another name of the same actor.
        with: String,
    },
    /// Hold two names to be of two actors.
    Split {
        /// A name, or a state's three-letter code.
        name: String,
        /// A name of another actor.
        from: String,
    },
}

/// Runs `waybill actor`.
pub(crate) fn run_actor(
    args: &ActorArgs,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Ended, Failure> {
    drop(global.read_ledger()?);
    let (verdict, name, other) = match &args.verdict {
        ActorVerdict::Merge { name, with } => ("merge", name, with),
        ActorVerdict::Split { name, from } => ("split", name, from),
    };
    let judgement = Judgement {
        subject_kind: "actor".to_owned(),
        subject: name.clone(),
        verdict: verdict.to_owned(),
        detail: serde_json::json!({ "with": other }),
        author: args.by.author.clone(),
        reason: args.by.reason.clone(),
    };
    keep(judgement, args.by.json, global, terminal)
}

fn keep(
    judgement: Judgement,
    json: bool,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Ended, Failure> {
    let at = now();
    let number = global.write_ledger()?.judge(&judgement, &at)?;
    if json {
        terminal.json(&StoredJudgement { number, at, judgement })?;
        return Ok(Ended::Done);
    }
    let Judgement { subject_kind, subject, verdict, author, .. } = &judgement;
    writeln!(terminal.out(), "judgement {number}: {author} says {verdict} of {subject_kind} {subject}")?;
    Ok(Ended::Done)
}

/// The claim or deal that is meant.
fn checked(ledger: &dyn Ledger, wanted: &str) -> Result<Subject, Failure> {
    if let Some(claim) = ledger.claim(wanted)? {
        return Ok(("claim", claim.id));
    }
    let deals = gather(ledger, &Moment::default())?.deals();
    let deal =
        deals.iter().find(|deal| deal.id == wanted).or_else(|| deals.iter().find(|deal| deal.is(wanted)));
    deal.map(|deal| ("deal", deal.id.clone())).ok_or_else(|| Failure::NotFound {
        what: "claim or deal",
        wanted: wanted.to_owned(),
        hint: "`waybill claims` and `waybill deals` list them",
    })
}

/// The claim, deal or actor that is meant; what is neither of the first is an actor's name.
fn named(ledger: &dyn Ledger, wanted: &str) -> Result<Subject, Failure> {
    match checked(ledger, wanted) {
        Err(Failure::NotFound { .. }) => Ok(("actor", wanted.to_owned())),
        found => found,
    }
}

fn list(all: &[StoredJudgement], json: bool, terminal: &mut Terminal) -> Result<Ended, Failure> {
    if json {
        all.iter().try_for_each(|judgement| terminal.json(judgement))?;
        return Ok(Ended::Done);
    }
    let mut table = Table::new(&["", "when", "who", "verdict", "of", "with", "why"]).numeric(0);
    for StoredJudgement { number, at, judgement: j } in all {
        let detail = if j.detail.as_object().is_some_and(|d| !d.is_empty()) {
            j.detail.to_string()
        } else {
            String::new()
        };
        let cells = vec![
            Cell::styled(number.to_string(), DIM),
            Cell::new(at),
            Cell::new(&j.author),
            Cell::new(&j.verdict),
            Cell::new(format!("{} {}", j.subject_kind, j.subject)),
            Cell::new(detail),
            Cell::new(j.reason.as_deref().unwrap_or("")),
        ];
        table.row(cells, terminal)?;
    }
    table.finish(terminal)?;
    if all.is_empty() {
        terminal.note("nobody has judged anything");
    }
    Ok(Ended::Done)
}
