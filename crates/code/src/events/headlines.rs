//! Headlines: what they say again in other words than the story.

use model::{ActorRef, BlockKind, Claim, Kind, Stage};

use super::Reader;

impl Reader<'_> {
    /// Whether a block is a headline.
    pub(crate) fn is_headline(&self, at: usize) -> bool {
        self.text.blocks[at].kind == BlockKind::Headline
    }
}

/// Whether a headline says in short what the story says: of the same parties, though it names fewer of them, gives no
/// source or another stage.
pub(crate) fn retells(title: &Claim, told: &Claim) -> bool {
    let apart = |a: &[ActorRef], b: &[ActorRef]| {
        let named = a.iter().filter(|x| x.id.starts_with(char::is_uppercase));
        let named: Vec<&ActorRef> = named.collect();
        !named.is_empty() && !b.is_empty() && !named.iter().any(|x| b.iter().any(|y| x.id == y.id))
    };
    if title.kind == Kind::Measure && told.stage == Some(Stage::Halted) {
        return !apart(&title.target, &told.recipient); // "bans exports" of what it did not let go
    }
    let given = [told.supplier.clone(), told.by.clone()].concat();
    let split = match title.kind {
        Kind::Transfer => apart(&title.supplier, &given) || apart(&title.recipient, &told.recipient),
        Kind::Measure => apart(&title.imposer, &told.imposer) || apart(&title.target, &told.target),
        Kind::Violation | Kind::Shortage => apart(&title.actor, &told.actor),
        Kind::Contact => apart(&title.parties, &told.parties),
    };
    title.kind == told.kind && !split
}
