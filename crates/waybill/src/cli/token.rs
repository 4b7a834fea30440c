//! `waybill token`: who may come in through `waybill serve`.

use waybill::serve::{Role, Tokens, token_file};

use super::ingest::now;
use super::table::{Cell, Table};
use super::terminal::DIM;
use super::{Ended, Failure, Global, Terminal};

/// Make, list or revoke tokens; they are kept beside the ledger, hashed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Make a token and show it, this once.
    Create {
        /// What it allows: to read, to judge too, to ingest too.
        #[arg(long, value_enum)]
        role: Role,
        /// Whose it is, or what it is for; judgements have it for their author.
        #[arg(long, default_value = "unnamed", value_name = "WORDS")]
        name: String,
    },
    /// List the tokens that are in force.
    List {
        /// JSON lines.
        #[arg(long)]
        json: bool,
    },
    /// Have a token count no longer.
    Revoke {
        /// The token's identifier, from `waybill token list`.
        id: String,
    },
}

/// Runs `waybill token`.
pub(crate) fn run(args: &Args, global: &Global, terminal: &mut Terminal) -> Result<Ended, Failure> {
    drop(global.read_ledger()?);
    let mut tokens = Tokens::open(&token_file(&global.ledger))?;
    match &args.what {
        What::Create { role, name } => {
            let (token, secret) = tokens.create(name, *role, &now())?;
            writeln!(terminal.out(), "{secret}")?;
            let (id, role) = (&token.id, role.as_str());
            terminal.note(&format!(
                "token {id} ({role}): it is shown this once; `waybill token revoke {id}` ends it"
            ));
        }
        What::List { json: true } => {
            for token in tokens.all() {
                let (id, name, role) = (&token.id, &token.name, token.role);
                let row = serde_json::json!({ "id": id, "name": name, "role": role, "created_at": token.created_at });
                terminal.json(&row)?;
            }
        }
        What::List { json: false } => {
            let mut table = Table::new(&["token", "role", "made", "for"]);
            for token in tokens.all() {
                let cells = vec![
                    Cell::styled(&token.id, DIM),
                    Cell::new(token.role.as_str()),
                    Cell::new(&token.created_at),
                    Cell::new(&token.name),
                ];
                table.row(cells, terminal)?;
            }
            table.finish(terminal)?;
        }
        What::Revoke { id } => {
            let token = tokens.revoke(id)?;
            writeln!(terminal.out(), "token {} ({}) counts no longer", token.id, token.name)?;
        }
    }
    Ok(Ended::Done)
}
