//! Removals from arms programmes, and property that is blocked: measures that no noun of measure names.

use lang::Token;
use model::{Action, ActorRef, Kind};

use super::slots::Slot;
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// "Turkey was removed from the F-35 programme": a measure, by the codebook.
    pub(crate) fn removal(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        let removes = matches!(
            verb.lemma(),
            "remove" | "expel" | "eject" | "oust" | "exclude" | "kick" | "suspend" | "drop" | "bar"
        );
        let ends = matches!(
            verb.lemma(),
            "removal"
                | "expulsion"
                | "ejection"
                | "ouster"
                | "exclusion"
                | "participation"
                | "involvement"
                | "membership"
        );
        if !(removes && tree::is_verb(verb) || ends && tree::is_noun(verb)) {
            return None;
        }
        let programme = tree::objects_of(verb, &["from", "in"])
            .into_iter()
            .find(|p| matches!(p.lemma().to_lowercase().as_str(), "program" | "programme" | "project"))?;
        if tree::is_noun(verb) {
            return self.removal_named(at, verb, programme);
        }
        let goods: Vec<_> =
            programme.subtree().filter_map(|t| self.goods_headed(at, t)).map(|g| self.as_goods(g)).collect();
        let target = self.actors_of(at, &tree::patients(verb), Slot::Target);
        let outcome = self.outcome(verb, Action::Imposed);
        let mut frame = Frame::new(Kind::Measure, at, verb.index(), self.clause(at, outcome.top));
        frame.imposer = self.actors_of(at, &tree::agents(verb), Slot::Party);
        frame.instrument = Some(self.words(at, tree::bare_phrase(programme)));
        frame.action = Some(Action::Imposed);
        frame.factuality = outcome.factuality;
        let told = !goods.is_empty() && !target.is_empty() && !same(&frame.imposer, &target);
        told.then_some(Frame { goods, target, ..frame })
    }

    /// "its expulsion from the programme", "the end of its participation in the programme".
    fn removal_named(&self, at: usize, noun: Token<'_>, programme: Token<'_>) -> Option<Frame> {
        let takes_part = matches!(noun.lemma(), "participation" | "involvement" | "membership");
        let over = noun.ancestors().take(2).any(|a| {
            matches!(
                a.lemma(),
                "end" | "suspend" | "terminate" | "suspension" | "termination" | "halt" | "freeze" | "cancel"
            )
        });
        if takes_part && !over {
            return None;
        }
        let goods: Vec<_> =
            programme.subtree().filter_map(|t| self.goods_headed(at, t)).map(|g| self.as_goods(g)).collect();
        let mut who = tree::owners(noun);
        who.extend(tree::objects_of(noun, &["of"]));
        let target = self.actors_of(at, &who, Slot::Target);
        let outcome = self.outcome(noun, Action::Imposed);
        let mut frame = Frame::new(Kind::Measure, at, noun.index(), self.clause(at, outcome.top));
        frame.imposer = self.subjects(at, &outcome.verbs);
        frame.imposer.retain(|i| !target.iter().any(|t| t.id == i.id));
        frame.instrument = Some(self.words(at, tree::bare_phrase(programme)));
        frame.action =
            Some(if outcome.action == Action::Proposed { Action::Proposed } else { Action::Imposed });
        frame.factuality = outcome.factuality;
        (!goods.is_empty() && !target.is_empty()).then_some(Frame { goods, target, ..frame })
    }

    /// "blocked the property of", "froze the assets of": sanctions by another name.
    pub(crate) fn property_blocked(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        if !tree::is_verb(verb) || !matches!(verb.lemma(), "block" | "freeze") || tree::is_passive(verb) {
            return None; // "all property of the persons named above is blocked" only says what that means
        }
        let owned =
            |t: &Token<'_>| matches!(t.lemma(), "property" | "asset" | "fund" | "account" | "interest");
        let held: Vec<_> = tree::patients(verb).into_iter().filter(owned).collect();
        let mut whose: Vec<Token<'_>> = Vec::new();
        for one in held.iter().flat_map(|h| tree::conjuncts(*h)) {
            whose.extend(tree::objects_of(one, &["of", "belonging"]));
            whose.extend(tree::owners(one));
            for inside in tree::objects_of(one, &["in"]) {
                whose.extend(tree::objects_of(inside, &["of"]));
            }
        }
        let target = self.actors_of(at, &whose, Slot::Target);
        if target.is_empty() {
            return None;
        }
        let outcome = self.outcome(verb, Action::Imposed);
        let mut frame = Frame::new(Kind::Measure, at, verb.index(), self.clause(at, outcome.top));
        frame.imposer = self.actors_of(at, &tree::agents(verb), Slot::Party);
        frame.imposer.retain(|i: &ActorRef| !target.iter().any(|t| t.id == i.id));
        frame.instrument = held
            .first()
            .map(|h| self.words(at, verb.index().min(h.index())..h.index().max(verb.index()) + 1));
        frame.action = Some(outcome.action);
        frame.factuality = outcome.factuality;
        Some(Frame { target, ..frame })
    }
}
