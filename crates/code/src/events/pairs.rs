//! Phrases that stand for states named elsewhere: "the two countries", "the government of X", an office that its state
//! follows.

use lang::Token;
use model::ActorRef;

use super::slots::{Slot, is_state_code};
use super::{Reader, tree};
use crate::mentions::{Actor, ActorKind, Form, Mention};

impl Reader<'_> {
    /// "both countries", "the two African states": the pair of states that was named last before.
    pub(crate) fn pair_before(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        let sort =
            matches!(head.lemma(), "country" | "nation" | "state" | "neighbour" | "neighbor" | "government");
        let two = head.children().any(|c| {
            matches!(c.dep(), "nummod" | "det" | "predet" | "amod")
                && matches!(c.text().to_lowercase().as_str(), "two" | "both")
        });
        if !sort || !two || head.tag() != "NNS" {
            return Vec::new();
        }
        for earlier in (0..=at).rev().take(4) {
            let parse = self.text.blocks[earlier].parse;
            let end = if earlier == at { head.index() } else { parse.len() };
            let lone = |t: &Token<'_>| {
                t.dep() == "conj" && t.head().dep() != "conj" && t.children().all(|c| c.dep() != "conj")
            };
            for second in (0..end).rev().map(|i| parse.token(i)).filter(lone) {
                let (a, b) =
                    (self.state_named(earlier, second.head(), slot), self.state_named(earlier, second, slot));
                if let (Some(a), Some(b)) = (a, b)
                    && a.id != b.id
                {
                    return vec![a, b];
                }
            }
        }
        Vec::new()
    }

    /// "France and Germany say that they halt sales": all the states of the list whose first "they" was taken for.
    pub(crate) fn they_together(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        if !matches!(head.text(), "they" | "They") || !matches!(head.dep(), "nsubj" | "nsubjpass") {
            return Vec::new();
        }
        let Some(meant) = self.mention_headed(at, head.index()).map(|m| m.actor) else { return Vec::new() };
        for earlier in (0..=at).rev().take(2) {
            let before = |m: &&Mention| m.actor == meant && (earlier < at || m.head < head.index());
            let last = self.cast.mentions_in(earlier).iter().rev().find(before);
            let Some(last) = last.map(|m| self.text.blocks[earlier].token(m.head)) else { continue };
            if !matches!(last.dep(), "nsubj" | "nsubjpass") {
                return Vec::new();
            }
            let all: Vec<_> =
                tree::conjuncts(last).into_iter().map(|t| self.state_named(earlier, t, slot)).collect();
            let all: Option<Vec<ActorRef>> = all.into_iter().collect();
            return all.filter(|a| a.len() > 1).unwrap_or_default();
        }
        Vec::new()
    }

    fn state_named(&self, at: usize, token: Token<'_>, slot: Slot) -> Option<ActorRef> {
        let mention = self.mention_headed(at, token.index()).filter(|m| m.form == Form::Name)?;
        let actor = &self.cast.actors[mention.actor];
        let found = self.reference(actor, mention.span, slot)?;
        is_state_code(&found.id).then_some(found)
    }

    /// "the Department of National Defence of the Republic of the Philippines": the state that follows an office's name.
    pub(crate) fn state_after_office(&self, at: usize, mention: &Mention, slot: Slot) -> Option<ActorRef> {
        let office = self.cast.actors[mention.actor].kind == ActorKind::Office && mention.form == Form::Name;
        let parse = self.text.blocks[at].parse;
        let mut next = mention.place.end;
        let word = |i: usize| (i < parse.len()).then(|| parse.token(i).text());
        if !office || word(next) != Some("of") {
            return None;
        }
        while word(next).is_some_and(|w| matches!(w, "of" | "the" | "Republic" | "Kingdom")) {
            next += 1;
        }
        let state =
            self.cast.mentions_in(at).iter().find(|m| m.place.first == next && m.form == Form::Name)?;
        let found = self.reference(&self.cast.actors[state.actor], state.span, slot)?;
        is_state_code(&found.id).then_some(found)
    }
}

/// The state whose government a target is: "an embargo against the government of Chad".
pub(crate) fn governed(actor: &Actor) -> Option<String> {
    let rules = ["government", "regime", "authorities", "junta"];
    let first = actor.id.split(' ').next().unwrap_or_default().to_lowercase();
    let last = actor.id.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let state = actor.stands_for.clone().filter(|s| is_state_code(s))?;
    let one = actor.kind == ActorKind::Office
        && (rules.contains(&first.as_str()) || rules.contains(&last.as_str()));
    one.then_some(state)
}

/// The first of a list that a noun stands in: the accused of "accused Chad, Togo and Ghana of arming".
pub(crate) fn first_of_list(noun: Token<'_>) -> Token<'_> {
    let mut at = noun;
    for _ in 0..8 {
        if at.dep() != "conj" || !tree::is_noun(at.head()) {
            break;
        }
        at = at.head();
    }
    at
}
