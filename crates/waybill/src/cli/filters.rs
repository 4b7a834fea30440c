//! Which claims a command is about.

use ledger::{ClaimFilter, Moment};
use model::{Category, Factuality, Kind, Stage};

use super::day;

/// Filters over claims: all that are given must fit; of a repeated one, one suffices.
#[derive(Debug, clap::Args)]
pub(crate) struct Filters {
    /// transfer, measure, violation, contact or shortage.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Supplier: a state's three-letter code, or a name.
    #[arg(long, value_name = "ACTOR")]
    supplier: Vec<String>,
    /// Recipient: a state's three-letter code, or a name.
    #[arg(long, value_name = "ACTOR")]
    recipient: Vec<String>,
    /// An actor in any slot.
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    /// Category of goods, such as ammunition or air_defence.
    #[arg(long, value_name = "CATEGORY", value_delimiter = ',')]
    goods: Vec<Category>,
    /// Stage of a transfer, such as agreed or delivered.
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    stage: Vec<Stage>,
    /// How sure the source is, such as certain or denied.
    #[arg(long, value_name = "FACTUALITY", value_delimiter = ',')]
    factuality: Vec<Factuality>,
    /// Words of the speaker's name or affiliation.
    #[arg(long, value_name = "WORDS")]
    speaker: Option<String>,
    /// Published on this day or later.
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<String>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<String>,
    /// Of one document: its identifier, name or address.
    #[arg(long, value_name = "DOC")]
    doc: Option<String>,
    /// The ledger as it stood on this day by publication.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<String>,
    /// The ledger as it was known on this day by ingestion.
    #[arg(long, value_name = "DAY", value_parser = day)]
    known_on: Option<String>,
    /// Also claims of versions of a text that a newer one has replaced.
    #[arg(long)]
    all_versions: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Filters {
    /// The filter for the ledger.
    pub(crate) fn filter(&self) -> ClaimFilter {
        ClaimFilter {
            kinds: self.kind.clone(),
            suppliers: self.supplier.clone(),
            recipients: self.recipient.clone(),
            actors: self.actor.clone(),
            goods: self.goods.clone(),
            stages: self.stage.clone(),
            factualities: self.factuality.clone(),
            speaker: self.speaker.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            doc: self.doc.clone(),
            moment: Moment { published: self.as_of.clone(), ingested: self.known_on.clone() },
            all_versions: self.all_versions,
            after: None,
            limit: self.limit,
        }
    }
}
