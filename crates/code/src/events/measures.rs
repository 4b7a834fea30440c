//! Measures: sanctions, embargoes, designations, bans and controls on exports.

use lang::Token;
use model::{Action, ActorRef, Factuality, Kind};

use super::slots::Slot;
use super::table::MeasureRole;
use super::transfers::same;
use super::{Frame, Reader, tree};
use crate::text::Place;

/// What the words over a measure make of it.
struct Outcome<'p> {
    action: Action,
    factuality: Factuality,
    /// Verbs that bear on the measure, nearest first.
    verbs: Vec<Token<'p>>,
    top: Token<'p>,
}

impl Reader<'_> {
    /// Adds the measures of block `at` to `frames`.
    pub(crate) fn measures(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        for token in parse.tokens() {
            let frame = if tree::is_noun(token) {
                self.noun_measure(at, token)
            } else if tree::is_verb(token) {
                self.verb_measure(at, token)
            } else {
                None
            };
            frames.extend(frame);
        }
    }

    fn noun_measure(&self, at: usize, noun: Token<'_>) -> Option<Frame> {
        let row = self.book.measure_noun(&noun.lemma().to_lowercase())?;
        if !row.needs.is_empty() && !stands_by(noun, &row.needs) {
            return None;
        }
        if self.is_broken(noun) {
            return None;
        }
        let outcome = self.outcome(noun, Action::Imposed);
        let mut frame = Frame::new(Kind::Measure, at, noun.index(), self.clause(at, outcome.top));
        frame.imposer = self.imposers(at, noun, &outcome);
        if outcome.action == Action::Blocked
            && let Some(verb) = outcome.verbs.last()
        {
            let who = self.actors_of(at, &tree::agents(*verb), Slot::Party);
            if !who.is_empty() {
                frame.imposer = who;
            }
        }
        frame.target = self.targets(at, noun, &outcome);
        frame.target.retain(|t| !frame.imposer.iter().any(|i| i.id == t.id));
        frame.goods = self.measure_goods(at, noun);
        frame.instrument = Some(self.words(at, tree::bare_phrase(noun)));
        frame.action = Some(outcome.action);
        frame.factuality = outcome.factuality;
        frame.points_back = noun
            .children()
            .any(|c| c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "these" | "those" | "that"));
        Some(frame)
    }

    /// Whether the measure is only named as what something breaks.
    fn is_broken(&self, noun: Token<'_>) -> bool {
        let violation = &self.book.violation;
        let over = noun.ancestors().take(3);
        let breaks = |t: Token<'_>| {
            violation.verbs.iter().any(|v| v == t.lemma()) || violation.nouns.iter().any(|n| n == t.lemma())
        };
        matches!(noun.dep(), "dobj" | "pobj" | "nsubjpass" | "compound" | "conj")
            && over.into_iter().any(breaks)
    }

    fn verb_measure(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        let row = self.book.measure_verb(verb.lemma())?;
        if verb.dep() == "amod" {
            return None;
        }
        let patients = tree::patients(verb);
        let outcome = self.outcome(verb, row.action);
        let mut frame = Frame::new(Kind::Measure, at, verb.index(), self.clause(at, outcome.top));
        match row.role {
            MeasureRole::Target => frame.target = self.actors_of(at, &patients, Slot::Target),
            MeasureRole::Goods => {
                for head in &patients {
                    frame.goods.extend(self.goods(at, *head).into_iter().map(|g| self.as_goods(g)));
                    let aimed = tree::objects_of(*head, &["to", "from"]);
                    frame.target.extend(self.actors_of(at, &aimed, Slot::Target));
                }
                if frame.goods.is_empty() {
                    return None;
                }
                let aimed = tree::objects_of(verb, &["to", "from"]);
                frame.target.extend(self.actors_of(at, &aimed, Slot::Target));
            }
        }
        if frame.target.is_empty() && row.role == MeasureRole::Target {
            return None;
        }
        frame.imposer = self.actors_of(at, &tree::agents(verb), Slot::Party);
        if frame.imposer.is_empty() && tree::is_passive(verb) {
            let by: Vec<_> = verb.subtree().flat_map(|t| tree::objects_of(t, &["by"])).collect();
            frame.imposer = self.actors_of(at, &by, Slot::Party);
        }
        if frame.imposer.is_empty() {
            frame.imposer = self.subjects(at, &outcome.verbs);
        }
        if same(&frame.imposer, &frame.target) {
            return None;
        }
        frame.instrument = Some(self.words(at, verb.index()..verb.index() + 1));
        frame.action = Some(outcome.action);
        frame.factuality = outcome.factuality;
        Some(frame)
    }

    /// Climbs over the words that say what is done with the measure.
    fn outcome<'p>(&self, start: Token<'p>, default: Action) -> Outcome<'p> {
        let mut found: Vec<Action> = Vec::new();
        let mut outcome =
            Outcome { action: default, factuality: Factuality::Certain, verbs: Vec::new(), top: start };
        let mut at = start;
        self.local(start, &mut found, &mut outcome);
        for _ in 0..8 {
            let Some(above) = above(at) else { break };
            let coordinated = matches!(at.dep(), "conj" | "appos");
            at = above;
            if coordinated {
                continue;
            }
            let actions = self.book.actions(above.lemma());
            let passes = above.lemma() == "be" || matches!(above.tag(), "DT" | "PDT" | "CD");
            if actions.is_empty() && self.book.operator(above.lemma()).is_none() && !passes {
                break;
            }
            found.extend(actions.first().copied());
            outcome.top = above;
            if tree::is_verb(above) {
                outcome.verbs.push(above);
            }
            self.local(above, &mut found, &mut outcome);
        }
        for word in start.children().filter(|c| matches!(c.dep(), "amod" | "acl" | "relcl" | "compound")) {
            if self.book.actions(word.lemma()).first() == Some(&Action::Proposed) && word.dep() == "amod" {
                found.push(Action::Proposed);
            }
            if word.dep() == "acl" {
                outcome.verbs.push(word);
                found.extend(self.book.actions(word.lemma()).first().copied());
            }
        }
        let partly = |t: &Token<'_>| t.children().any(|c| matches!(c.lemma(), "partially" | "partly"));
        if outcome.verbs.iter().any(partly) && found.contains(&Action::Lifted) {
            found.insert(0, Action::Eased);
        }
        let outer = [Action::Blocked, Action::Threatened, Action::Proposed];
        let last = found.iter().rev().find(|a| outer.contains(a));
        let first = found.iter().find(|a| !outer.contains(a) && **a != Action::Imposed);
        outcome.action = *last.or(first).unwrap_or(&default);
        outcome
    }

    fn local(&self, token: Token<'_>, found: &mut Vec<Action>, outcome: &mut Outcome<'_>) {
        if tree::is_verb(token) {
            match tree::modal(token).as_deref() {
                Some("should" | "must" | "ought") => found.push(Action::Proposed),
                Some("may" | "might" | "could") => outcome.factuality = Factuality::Possible,
                _ => {}
            }
            if tree::agents(token).iter().any(|a| self.book.is_bill(a.lemma())) {
                found.push(Action::Proposed);
            }
        }
        if tree::is_negated(token) {
            outcome.factuality = Factuality::Denied;
        }
        if super::chain::in_condition(token) {
            outcome.factuality = Factuality::Conditional;
        }
    }

    fn imposers(&self, at: usize, noun: Token<'_>, outcome: &Outcome<'_>) -> Vec<ActorRef> {
        let owners: Vec<_> = tree::owners(noun);
        let mut found = self.actors_of(at, &owners, Slot::Party);
        if found.is_empty() {
            let by = tree::objects_of(noun, &["by"]);
            found = self.actors_of(at, &by, Slot::Party);
        }
        if found.is_empty() {
            found = self.subjects(at, &outcome.verbs);
        }
        found
    }

    fn subjects(&self, at: usize, verbs: &[Token<'_>]) -> Vec<ActorRef> {
        for verb in verbs {
            if verb.lemma() == "face" {
                continue;
            }
            let wishes = self.book.operator(verb.lemma()).is_some_and(|o| o.wishes);
            if wishes {
                let asked: Vec<_> = tree::patients(*verb);
                let found = self.actors_of(at, &asked, Slot::Party);
                if !found.is_empty() {
                    return found;
                }
                continue;
            }
            let found = self.actors_of(at, &tree::agents(*verb), Slot::Party);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn targets(&self, at: usize, noun: Token<'_>, outcome: &Outcome<'_>) -> Vec<ActorRef> {
        const ON: &[&str] = &["on", "against", "upon", "with", "over", "for"];
        let mut heads = tree::objects_of(noun, ON);
        let of = tree::objects_of(noun, &["of", "on"]);
        for moved in of.iter().copied().chain(noun.children().filter(|c| c.dep() == "compound")) {
            for one in tree::conjuncts(moved) {
                heads.extend(tree::objects_of(one, &["to"]));
            }
        }
        heads.extend(tree::objects_of(noun, &["to"]));
        for verb in &outcome.verbs {
            heads.extend(tree::objects_of(*verb, &["on", "against", "upon", "to"]));
            if matches!(verb.lemma(), "face" | "evade" | "escape") {
                heads.extend(tree::agents(*verb));
            }
            if matches!(
                verb.lemma(),
                "hit" | "target" | "threaten" | "add" | "remove" | "place" | "put" | "include"
            ) {
                heads.extend(tree::patients(*verb));
            }
        }
        let head = noun.head();
        if noun.dep() == "nsubj" && tree::is_verb(head) && heads.is_empty() {
            // "sanctions have made it harder for X", "sanctions hit X"
            heads.extend(tree::patients(head));
            heads.extend(head.subtree().filter(|t| {
                t.dep() == "nsubj" && t.head().dep() == "advcl"
                    || t.dep() == "pobj" && t.head().lemma() == "for"
            }));
        }
        heads.retain(|h| self.book.measure_noun(h.lemma()).is_none());
        let found = self.actors_of(at, &heads, Slot::Target);
        if !found.is_empty() {
            return found;
        }
        let owners: Vec<_> = heads.iter().flat_map(|h| h.children().filter(|c| c.dep() == "poss")).collect();
        self.actors_of(at, &owners, Slot::Target)
    }

    fn measure_goods(&self, at: usize, noun: Token<'_>) -> Vec<model::Goods> {
        let mut heads = tree::objects_of(noun, &["on", "of", "for"]);
        heads.extend(noun.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod")));
        let mut goods = Vec::new();
        for head in heads {
            for mention in self.goods(at, head) {
                let one = self.as_goods(mention);
                if !goods.contains(&one) {
                    goods.push(one);
                }
            }
        }
        goods
    }

    /// The words of the clause of `top`.
    pub(crate) fn clause(&self, at: usize, top: Token<'_>) -> Place {
        self.evidence(at, top, &[])
    }
}

/// The word that a measure, or a word over one, hangs on.
fn above(at: Token<'_>) -> Option<Token<'_>> {
    if at.is_root() {
        return None;
    }
    match at.dep() {
        "conj" if tree::is_verb(at) && tree::child(at, &["nsubj", "nsubjpass"]).is_some() => None,
        "dobj" | "nsubjpass" | "nsubj" | "conj" | "compound" | "xcomp" | "attr" | "oprd" | "appos" => {
            Some(at.head())
        }
        "ccomp" if tree::child(at, &["mark"]).is_none() && tree::child(at, &["nsubj"]).is_none() => {
            Some(at.head())
        }
        "acl" if at.tag() == "VB" => Some(at.head()),
        "pobj" | "pcomp" if !at.head().is_root() && at.head().lemma() != "by" => Some(at.head().head()),
        _ => None,
    }
}

/// Whether one of `words` stands in the noun's phrase or as its complement.
fn stands_by(noun: Token<'_>, words: &[String]) -> bool {
    let is_one = |t: &Token<'_>| words.iter().any(|w| w == t.lemma() || t.text().eq_ignore_ascii_case(w));
    let before =
        noun.children().filter(|c| c.index() < noun.index()).any(|c| c.subtree().any(|t| is_one(&t)));
    let after = tree::objects_of(noun, &["on", "of", "for"]).iter().any(|o| o.subtree().any(|t| is_one(&t)));
    before || after
}
