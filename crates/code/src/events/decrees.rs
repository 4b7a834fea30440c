//! Bills, resolutions and decrees that stand over a measure: in force, vetoed, or whose they are.

use lang::Token;
use model::{Action, ActorRef, Factuality};

use super::measures::Outcome;
use super::slots::Slot;
use super::{Reader, tree};

impl Reader<'_> {
    /// "vetoed a resolution that would have imposed an embargo": it is blocked, by whose resolution it was.
    pub(crate) fn vetoed<'p>(&self, top: Token<'p>, found: &mut Vec<Action>, outcome: &mut Outcome<'p>) {
        let bill = top.head();
        if !matches!(top.dep(), "relcl" | "acl") || !self.book.is_bill(bill.lemma()) || bill.is_root() {
            return;
        }
        let verb = bill.head();
        let blocks = tree::is_verb(verb)
            && matches!(bill.dep(), "dobj" | "nsubjpass")
            && self.book.actions(verb.lemma()).first() == Some(&Action::Blocked);
        if blocks {
            found.push(Action::Blocked);
            outcome.verbs.push(verb);
            outcome.nouns.push(bill);
            outcome.top = verb;
            outcome.factuality = Factuality::Certain;
        }
    }

    /// Whether a bill or resolution that acts is in force: "signed a law that bans", "the measures include".
    pub(crate) fn is_enacted(&self, bill: Token<'_>) -> bool {
        let verb = bill.head();
        let decided = match verb.lemma() {
            "sign" | "enact" | "adopt" | "ratify" | "issue" => true,
            "pass" | "approve" | "endorse" => bill.lemma() == "resolution" && !is_chamber(verb),
            _ => false,
        };
        let plural = bill.lemma() == "measure" && bill.tag() == "NNS";
        let numbered = bill.lemma().eq_ignore_ascii_case("resolution")
            && bill.children().any(|c| c.tag() == "CD" || c.dep() == "nummod");
        let council = bill.children().any(|c| {
            c.dep() == "compound" && matches!(c.lemma(), "Council" | "UN" | "U.N." | "UNSC" | "Nations")
        });
        let open = bill.children().any(|c| matches!(c.lemma(), "draft" | "propose" | "proposed"));
        let would = tree::is_verb(verb) && matches!(tree::modal(verb).as_deref(), Some("would" | "could"));
        decided || plural || numbered || council && bill.dep() == "nsubj" && !open && !would
    }

    /// Whose decree, law or resolution a noun is: its owner, who stands after "by", or who signs or adopts it.
    pub(crate) fn decreeing(&self, at: usize, order: Token<'_>) -> Vec<ActorRef> {
        if !tree::is_noun(order) {
            return Vec::new();
        }
        let mut heads = tree::owners(order);
        heads.extend(tree::objects_of(order, &["by", "from"]));
        let verb = if order.dep() == "pobj" { order.head().head() } else { order.head() };
        if tree::is_verb(verb) && matches!(order.dep(), "dobj" | "pobj" | "nsubjpass") {
            heads.extend(tree::agents(verb));
        }
        self.actors_of(at, &heads, Slot::Party)
    }
}

/// Whether a verb's subject is a chamber of a legislature, whose vote is not the last.
fn is_chamber(verb: Token<'_>) -> bool {
    tree::agents(verb).iter().any(|a| {
        matches!(
            a.lemma(),
            "Senate" | "House" | "Congress" | "Parliament" | "parliament" | "senate" | "committee"
        )
    })
}
