//! Whom a measure aims at by its own parts, and measures that are only judged.

use lang::Token;

use super::{Reader, tree};

impl Reader<'_> {
    /// Whom the prepositions `on` of a measure and its own parts and clauses name: "sanctions, including a ban, on X", "controls that cut X off".
    pub(crate) fn aimed_in<'p>(&self, noun: Token<'p>, on: &[&str]) -> Vec<Token<'p>> {
        let mut heads = tree::objects_of(noun, on);
        let lists = |c: &Token<'_>| c.dep() == "prep" && c.text().eq_ignore_ascii_case("including");
        for part in noun.children().filter(lists).filter_map(|c| tree::child(c, &["pobj"])) {
            for one in tree::conjuncts(part) {
                heads.extend(tree::objects_of(one, &["on", "against", "upon"]));
            }
        }
        for state in
            tree::objects_of(noun, &["in"]).into_iter().filter(|o| matches!(o.lemma(), "force" | "place"))
        {
            heads.extend(tree::objects_of(state, on)); // "the embargo in force against"
        }
        if noun.dep() == "pobj" && noun.head().text().eq_ignore_ascii_case("including") {
            heads.extend(tree::objects_of(noun.head().head(), &["on", "against"])); // "measures against X, including a ban"
        }
        let hits = |c: &Token<'_>| {
            matches!(c.dep(), "relcl" | "acl")
                && matches!(
                    c.lemma(),
                    "cut"
                        | "bar"
                        | "prevent"
                        | "prohibit"
                        | "deprive"
                        | "deny"
                        | "target"
                        | "hit"
                        | "affect"
                        | "aim"
                        | "forbid"
                        | "isolate"
                        | "include"
                        | "exclude"
                )
        };
        for clause in noun.children().filter(hits) {
            heads.extend(tree::objects_of(clause, &["at", "against"]));
            heads.extend(clause.children().filter(|c| c.dep() == "dobj"));
        }
        heads
    }

    /// "the House voted to bar Chad from": what one chamber of a congress passes is a bill still.
    pub(crate) fn is_vote_of_chamber(&self, verb: Token<'_>) -> bool {
        let passes = matches!(verb.lemma(), "vote" | "pass" | "approve" | "adopt");
        let chamber = |a: Token<'_>| {
            let body = a.subtree().map(|t| t.text()).collect::<Vec<_>>().join(" ");
            ["House", "Senate", "House of Representatives", "Committee"].iter().any(|c| body.ends_with(c))
                && !body.contains("White")
        };
        passes && self.is_legislators() && tree::agents(verb).into_iter().any(chamber)
    }

    /// "condemns the sanctions": what is only judged was told before.
    pub(crate) fn is_judged(&self, noun: Token<'_>) -> bool {
        let judges = matches!(
            noun.head().lemma(),
            "condemn"
                | "criticize"
                | "criticise"
                | "welcome"
                | "denounce"
                | "praise"
                | "applaud"
                | "slam"
                | "decry"
                | "protest"
                | "deplore"
                | "hail"
                | "call"
                | "describe"
                | "dismiss"
                | "reject"
                | "regret"
                | "mock"
                | "blast"
                | "blame"
                | "defend"
                | "oppose"
        );
        let definite = noun
            .children()
            .any(|c| c.dep() == "det" && matches!(c.lemma(), "the" | "these" | "this" | "those"));
        judges && noun.dep() == "dobj" && definite && noun.children().all(|c| c.dep() != "prep")
    }
}

/// "the administration announced that it would waive the sanctions": a government's own act to come.
pub(crate) fn is_by_government(verb: Token<'_>) -> bool {
    let governs = |t: Token<'_>| {
        matches!(
            t.lemma().to_lowercase().as_str(),
            "administration" | "government" | "department" | "ministry" | "white"
        )
    };
    let told =
        matches!(verb.head().lemma(), "announce" | "say" | "confirm" | "declare") && verb.dep() == "ccomp";
    told && tree::agents(verb.head()).into_iter().any(governs)
}

/// "voting on whether to sanction": what is only put to the vote.
pub(crate) fn is_voted_on(verb: Token<'_>) -> bool {
    let whether = verb.children().any(|c| c.lemma().eq_ignore_ascii_case("whether"));
    verb.tag() == "VB" && whether && verb.children().any(|c| c.tag() == "TO")
}
