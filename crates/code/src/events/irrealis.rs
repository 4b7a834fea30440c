//! What is not said to be so: acts that are only wished for higher up, conditions to be met, parties that are only a class.

use lang::Token;
use model::ActorRef;

use super::chain::Step;
use super::slots::{Slot, is_state_code};
use super::{Reader, tree};
use crate::mentions::{Actor, ActorKind};

/// Nouns that name parties only by class: "weapons to countries that", "sanctions on any person".
const CLASSES: &[&str] = &[
    "country",
    "countries",
    "nation",
    "nations",
    "state",
    "states",
    "government",
    "governments",
    "regime",
    "regimes",
    "person",
    "persons",
    "individual",
    "individuals",
    "people",
    "resident",
    "residents",
    "citizen",
    "citizens",
    "company",
    "companies",
    "firm",
    "firms",
    "business",
    "businesses",
    "entity",
    "entities",
    "contractor",
    "contractors",
    "manufacturer",
    "manufacturers",
    "buyer",
    "buyers",
    "customer",
    "customers",
    "client",
    "clients",
    "partner",
    "partners",
    "ally",
    "allies",
    "neighbor",
    "neighbors",
    "neighbour",
    "neighbours",
    "adversary",
    "adversaries",
    "dictator",
    "dictators",
    "dictatorship",
    "dictatorships",
    "actor",
    "actors",
    "bank",
    "banks",
    "enterprise",
    "enterprises",
    "user",
    "users",
    "monarchy",
    "junta",
];

/// "five firms", "a company": as many as that, not all of a state's.
fn is_counted(class: Token<'_>) -> bool {
    class.children().any(|c| {
        c.dep() == "nummod" || c.dep() == "det" && matches!(c.text().to_lowercase().as_str(), "a" | "an")
    })
}

/// Whether a party is only a class of parties: "foreign governments", "a regime", not "our partners".
pub(crate) fn is_class(actor: &ActorRef) -> bool {
    let words: Vec<&str> = actor.id.split_whitespace().collect();
    let Some(last) = words.last() else { return false };
    let opens = matches!(
        words[0],
        "Foreign" | "Other" | "more" | "More" | "Some" | "Many" | "Most" | "Such" | "Certain" | "All"
    );
    let words = if opens { &words[1..] } else { &words[..] };
    if matches!(*last, "residents" | "citizens" | "civilians" | "people" | "lawmakers") {
        return true; // "U.S. residents": nobody who buys arms
    }
    let plain = |w: &&str| {
        !w.contains(char::is_uppercase) // "the al-Sisi regime" is no class
            && !matches!(*w, "our" | "its" | "their" | "his" | "her" | "my" | "your" | "these" | "those")
            && !NUMBERS.contains(w)
    };
    let further = matches!(words.first(), Some(&"more")) || actor.id.starts_with("more ");
    !is_state_code(&actor.id) && CLASSES.contains(last) && (further || words.iter().all(plain))
}

const NUMBERS: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "several"];

/// "accused of", "involved in", "that it says": what tells apart those of a class that are meant.
fn is_accused(clause: Token<'_>) -> bool {
    let trades = clause.dep() == "acl"
        && clause.tag() == "VBG"
        && matches!(clause.lemma(), "buy" | "purchase" | "sell" | "trade" | "deal" | "do" | "import");
    trades
        || matches!(clause.dep(), "acl" | "relcl")
            && matches!(
                clause.lemma(),
                "accuse" | "involve" | "suspect" | "allege" | "link" | "connect" | "tie" | "say"
            )
}

impl<'b> Reader<'b> {
    /// Iran, for "any person that sells arms to Iran": a class of targets by the state that its words name first.
    pub(crate) fn class_by_state(
        &self,
        at: usize,
        heads: &[Token<'_>],
        found: Vec<ActorRef>,
    ) -> Vec<ActorRef> {
        if found.is_empty() || !found.iter().all(is_class) || heads.iter().any(|h| has_acted(*h)) {
            return found;
        }
        if heads.iter().any(|h| h.children().any(is_accused)) {
            return found; // "on firms accused of arming Chad": not on Chad
        }
        if heads.iter().any(|h| is_counted(*h)) {
            return found; // "on five firms in Chad" hits the five
        }
        let below = heads.iter().flat_map(|h| h.subtree());
        let named: Vec<_> = below.filter(|t| matches!(t.dep(), "pobj" | "dobj" | "poss")).collect();
        let mut states = self.actors_of(at, &named, Slot::Party);
        states.retain(|a| is_state_code(&a.id));
        states.truncate(1);
        if states.is_empty() { found } else { states }
    }

    /// "the Putin regime": the state of the person whose it is.
    pub(crate) fn ruled_by(&self, actor: &Actor) -> Option<String> {
        let (name, body) = actor.id.rsplit_once(' ')?;
        let rules = matches!(body, "regime" | "government" | "administration" | "junta" | "dictatorship");
        if !rules || actor.stands_for.is_some() {
            return None;
        }
        let name = name.trim_end_matches("'s").trim_end_matches("’s");
        let ruler =
            |a: &&Actor| a.kind == ActorKind::Person && (a.id == name || a.id.ends_with(&format!(" {name}")));
        let state = self.cast.actors.iter().find(ruler)?;
        state.stands_for.clone().or_else(|| state.affiliation.clone()).filter(|s| is_state_code(s))
    }

    /// The wish under which the words above `at` stand, where all between is non-finite: "urge you to use every
    /// authority to expedite the delivery", "asked that he take action to delay".
    pub(crate) fn wish_above<'p>(&self, start: Token<'p>) -> Option<Step<'p, 'b>> {
        let mut at = start;
        for _ in 0..8 {
            if at.is_root() {
                return None;
            }
            if let Some(word) = called_for(at) {
                let operator = self.book.operator("imperative");
                return Some(Step { token: word, operator, lets: false, governs: true });
            }
            if !is_open(at) {
                return None;
            }
            let above = match at.dep() {
                "pobj" | "pcomp" => at.head().head(),
                _ => at.head(),
            };
            let operator = match tree::is_noun(above) {
                true => self.book.noun_operator(above.lemma()),
                false => self.book.verb_operator(above),
            };
            let asks = operator.filter(|o| o.wishes && !is_soft(above.lemma()));
            if asks.is_some() && at.dep() != "nsubj" {
                return Some(Step { token: above, operator: asks, lets: false, governs: true });
            }
            at = above;
        }
        None
    }
}

/// Whether a class is of some who did a thing, and no rule for whoever may: "individuals who have attempted to sell".
pub(crate) fn has_acted(class: Token<'_>) -> bool {
    let done = |verb: Token<'_>| {
        verb.tag() == "VBD"
            || verb.children().any(|c| c.dep() == "aux" && matches!(c.text(), "has" | "have" | "had"))
    };
    class.children().any(|c| c.dep() == "relcl" && done(c))
}

/// "it is crucial that you provide", "it is vital to deliver": the adjective that calls for what the clause says.
fn called_for(clause: Token<'_>) -> Option<Token<'_>> {
    let calls = |t: &Token<'_>| {
        matches!(
            t.lemma(),
            "crucial"
                | "critical"
                | "vital"
                | "essential"
                | "imperative"
                | "necessary"
                | "incumbent"
                | "urgent"
        )
    };
    let head = clause.head();
    let word = if calls(&head) { Some(head) } else { tree::child(head, &["acomp"]).filter(calls) }?;
    let verb = if tree::is_verb(head) { head } else { head.head() };
    let empty = tree::child(verb, &["nsubj", "expl"]).is_some_and(|s| s.text().eq_ignore_ascii_case("it"));
    let below = matches!(clause.dep(), "ccomp" | "xcomp" | "advcl" | "acl") && tree::is_verb(clause);
    (below && empty && !tree::is_negated(verb) && !tree::is_negated(clause)).then_some(word)
}

/// Words of wishing that as often only tell what is so: "supports", "needs".
fn is_soft(lemma: &str) -> bool {
    matches!(
        lemma,
        "support" | "need" | "require" | "encourage" | "plea" | "imperative" | "time" | "campaign"
    )
}

/// Whether a wish over the word would reach what is under it: no clause with a tense of its own, no reason.
fn is_open(at: Token<'_>) -> bool {
    if matches!(at.dep(), "relcl" | "appos" | "parataxis" | "nsubj" | "nsubjpass" | "csubj") {
        return false;
    }
    if matches!(at.dep(), "pobj" | "pcomp") && !matches!(at.head().lemma(), "to" | "by" | "for") {
        return false;
    }
    if at.dep() == "pcomp" && at.head().lemma() != "by" {
        return false; // "criticised for selling", "the danger of selling"
    }
    if !tree::is_verb(at) {
        return true;
    }
    let tense = |c: Token<'_>| matches!(c.tag(), "VBZ" | "VBP" | "VBD" | "MD") && c.dep().starts_with("aux");
    let bound = |c: Token<'_>| c.dep() == "mark" && c.lemma() != "that";
    let acl = at.dep() == "acl" && at.tag() != "VB";
    let asked = matches!(at.head().lemma(), "ask" | "urge" | "request" | "demand" | "recommend" | "insist");
    let bare = at.tag() == "VBP" && at.dep() == "ccomp" && asked; // "we ask that you place"
    (bare || matches!(at.tag(), "VB" | "VBG" | "VBN")) && !acl && !at.children().any(|c| tense(c) || bound(c))
}

/// Whether a clause is only what somebody must certify, or see to, or wait for: "until it certifies that X is not
/// arming Y", "to ensure that weapons do not reach Y".
pub(crate) fn is_unasserted(trigger: Token<'_>) -> bool {
    std::iter::once(trigger).chain(trigger.ancestors().take(8)).any(|at| {
        is_awaited(at)
            || is_choice(at)
            || is_before(at)
            || matches!(at.dep(), "ccomp" | "acl" | "relcl") && is_certified(at)
    })
}

/// "a choice between buying the rifles and": of two things at most one happens.
fn is_choice(at: Token<'_>) -> bool {
    let over = at.head();
    matches!(at.dep(), "pcomp" | "pobj")
        && over.lemma() == "between"
        && matches!(over.head().lemma(), "choice" | "choose" | "decide" | "alternative")
}

/// "before you approve this sale", "must act before sealing the deal": what is not done yet.
fn is_before(clause: Token<'_>) -> bool {
    let marks = |c: Token<'_>| c.lemma() == "before" && matches!(c.dep(), "mark" | "advmod");
    let ahead = matches!(clause.tag(), "VBP" | "VBZ") && tree::child(clause, &["aux"]).is_none();
    let gerund = clause.dep() == "pcomp" && clause.tag() == "VBG" && clause.head().lemma() == "before" && {
        let over = clause.head().head();
        matches!(tree::modal(over).as_deref(), Some("must" | "should" | "will" | "would"))
            || over.tag() == "VB"
    };
    clause.dep() == "advcl" && ahead && clause.children().any(marks) || gerund
}

/// "until the fighting stops": what has not happened.
fn is_awaited(clause: Token<'_>) -> bool {
    let marks = |c: Token<'_>| {
        matches!(c.dep(), "mark" | "advmod" | "prep") && matches!(c.lemma(), "until" | "till" | "lest")
    };
    clause.dep() == "advcl" && clause.children().any(|c| c.index() < clause.index() && marks(c))
}

fn is_certified(clause: Token<'_>) -> bool {
    let head = clause.head();
    let subject = tree::child(clause, &["nsubj", "nsubjpass"]).is_some();
    let sees = matches!(head.lemma(), "ensure" | "guarantee" | "sure" | "certain" | "insure");
    let told = matches!(
        head.lemma(),
        "certify" | "verify" | "determine" | "demonstrate" | "prove" | "assure" | "certifie" | "attest"
    );
    let open = matches!(head.tag(), "VB" | "VBG") || tree::modal(head).is_some();
    let awaited = std::iter::once(head).chain(head.ancestors().take(3)).any(|a| {
        a.dep() == "advcl"
            && a.children().any(|c| {
                matches!(c.lemma(), "until" | "unless" | "before" | "if" | "till") && c.index() < a.index()
            })
    });
    subject && (sees || told && (open || awaited))
}
