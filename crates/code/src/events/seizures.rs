//! What is stopped on its way: whence and whither the load went, who stopped it, loads that are struck.

use lang::Token;
use model::{ActorRef, Factuality, Stage};

use super::chain::{Step, Verdict};
use super::slots::{Slot, is_state_code};
use super::table::{Shape, Word};
use super::transfers::same;
use super::{Frame, Reader, tree};
use crate::mentions::ActorKind;

impl Reader<'_> {
    /// "the seizure of arms en route to X", "rifles smuggled into the country from Y": the way of a load, wherever the
    /// parser hangs it in the sentence.
    pub(crate) fn way_of_load(&self, frame: &mut Frame) {
        let parse = self.text.blocks[frame.at].parse;
        let trigger = parse.token(frame.trigger);
        for word in trigger.sentence().map(|i| parse.token(i)) {
            let route = matches!(word.lemma(), "route" | "way") && matches!(word.dep(), "pobj" | "npadvmod");
            let moved = tree::is_verb(word)
                && matches!(word.lemma(), "smuggle" | "ship" | "traffic" | "transport")
                && (tree::is_passive(word) || word.dep() == "acl");
            let made = matches!(word.lemma(), "originate" | "stem" | "hail");
            if !(route || moved || made) {
                continue;
            }
            let from: Vec<_> = word.subtree().flat_map(|t| tree::objects_of(t, &["from"])).collect();
            let to: Vec<_> = tree::objects_of(word, &["to", "for", "into"]);
            self.fill_way(frame, &from, &to);
        }
    }

    /// "a ship with a cache of arms from X": the state that a stopped load comes from.
    pub(crate) fn load_aboard(&self, frame: &mut Frame) {
        let parse = self.text.blocks[frame.at].parse;
        let words = parse.token(frame.trigger).sentence().map(|i| parse.token(i));
        let at = frame.at;
        for word in words.filter(|t| aboard(*t) && self.goods_headed(at, *t).is_some()) {
            let mut from = tree::objects_of(word, &["from"]);
            from.retain(|t| self.actors(frame.at, *t, Slot::Party).iter().all(|a| is_state_code(&a.id)));
            self.fill_way(frame, &from, &[]);
        }
    }

    /// Fills the open sides of a seizure, where they are states or groups and not who made it.
    fn fill_way(&self, frame: &mut Frame, from: &[Token<'_>], to: &[Token<'_>]) {
        let named = |heads: &[Token<'_>]| {
            let mut found = self.actors_of(frame.at, heads, Slot::Party);
            found.retain(|a| is_state_code(&a.id) || a.id.starts_with(char::is_uppercase));
            found
        };
        let (whence, whither) = (named(from), named(to));
        if frame.supplier.is_empty() && !same(&whence, &frame.recipient) && !same(&whence, &frame.by) {
            frame.supplier = whence;
        }
        if frame.recipient.is_empty() && !same(&whither, &frame.supplier) && !same(&whither, &frame.by) {
            frame.recipient = whither;
        }
    }

    /// What a transfer says of goods on their way that who stopped or fetched them tells; whether it is one at all.
    pub(crate) fn on_its_way(
        &self,
        trigger: Token<'_>,
        word: &Word,
        steps: &[Step<'_, '_>],
        frame: &mut Frame,
    ) -> bool {
        self.foiled(trigger, steps, frame);
        self.fetched(frame.at, trigger, word, frame);
        !self.is_booty(trigger, word, frame)
    }

    /// "thwarted an attempt to smuggle arms to X": stopped on the way, by who thwarted it.
    fn foiled(&self, trigger: Token<'_>, steps: &[Step<'_, '_>], frame: &mut Frame) {
        let moves = matches!(
            trigger.lemma(),
            "smuggle" | "traffic" | "ship" | "transport" | "smuggling" | "trafficking" | "shipment"
        );
        let foils = |t: Token<'_>| {
            matches!(
                t.lemma(),
                "thwart" | "foil" | "prevent" | "intercept" | "bust" | "frustrate" | "disrupt"
            )
        };
        let Some(step) = steps.iter().find(|s| moves && tree::is_verb(s.token) && foils(s.token)) else {
            return;
        };
        if tree::modal(step.token).is_some() || step.token.tag() == "VB" {
            return;
        }
        frame.stage = Some(Stage::Intercepted);
        frame.factuality = Factuality::Certain;
        let by = self.actors_of(frame.at, &tree::agents(step.token), Slot::Party);
        if same(&by, &frame.supplier) {
            frame.supplier.clear();
        }
        frame.by = by;
    }

    /// "Hezbollah smuggled missiles from Syria into Lebanon": a group that fetches its arms itself receives them.
    fn fetched(&self, at: usize, verb: Token<'_>, word: &Word, frame: &mut Frame) {
        let kind = |a: &ActorRef| self.cast.actors.iter().find(|c| c.id == a.id).map(|c| c.kind);
        let group =
            |slot: &[ActorRef]| !slot.is_empty() && slot.iter().all(|a| kind(a) == Some(ActorKind::Group));
        let fetches =
            matches!(verb.lemma(), "smuggle" | "transfer" | "move" | "bring" | "transport" | "ship");
        if !fetches || word.shape != Shape::Give || !group(&frame.supplier) {
            return;
        }
        let objects = tree::patients(verb);
        let from = self.parties_after(at, verb, &objects, &["from"]);
        let mut from = self.actors_of(at, &from, Slot::Party);
        from.retain(|a| is_state_code(&a.id));
        if !from.is_empty() {
            frame.recipient = std::mem::replace(&mut frame.supplier, from);
        }
    }

    /// "fighters, who seized tanks when they took the city": what a group captures in battle was on its way to nobody.
    fn is_booty(&self, trigger: Token<'_>, word: &Word, frame: &Frame) -> bool {
        let kind = |a: &ActorRef| self.cast.actors.iter().find(|c| c.id == a.id).map(|c| c.kind);
        let group = !frame.by.is_empty() && frame.by.iter().all(|a| kind(a) == Some(ActorKind::Group));
        let open = frame.supplier.is_empty() && frame.recipient.is_empty();
        let load = tree::patients(trigger).iter().any(|p| super::goods::is_craft(*p));
        word.shape == Shape::Take && group && open && !load
    }
}

/// "warplanes strike a shipment of missiles", "bombed a convoy carrying arms": a load that is hit is stopped on its way.
pub(crate) fn strike(noun: Token<'_>, verdict: &mut Verdict) {
    let load =
        matches!(noun.lemma(), "shipment" | "consignment" | "cargo" | "convoy" | "delivery" | "transfer");
    let hits = matches!(
        noun.head().lemma(),
        "strike" | "hit" | "bomb" | "attack" | "destroy" | "target" | "bombard" | "shell" | "raid" | "pound"
    );
    if load && hits && tree::is_verb(noun.head()) && matches!(noun.dep(), "dobj" | "nsubjpass") {
        verdict.stage = Stage::Intercepted;
    }
}

/// Whether goods are told to be on a craft: "a ship with a cache of arms", "a plane carrying guns".
fn aboard(goods: Token<'_>) -> bool {
    let mut at = goods;
    while at.dep() == "pobj" && at.head().lemma() == "of" && tree::is_noun(at.head().head()) {
        at = at.head().head();
    }
    let with = at.dep() == "pobj" && at.head().lemma() == "with";
    with || at.dep() == "dobj" && matches!(at.head().lemma(), "carry" | "transport" | "hold" | "contain")
}

/// Whether a noun tells no transfer of its own: a seizure that is only weighed, an order from abroad.
pub(crate) fn is_no_event(noun: Token<'_>, word: &Word) -> bool {
    let export = |c: Token<'_>| c.dep() == "compound" && c.lemma() == "export";
    let order = noun.lemma() == "order" && noun.children().any(export); // whose order it is is another's
    order || word.shape == Shape::Take && is_weighed(noun)
}

/// "it was the agency's largest weapons seizure": what was told before is only weighed.
fn is_weighed(noun: Token<'_>) -> bool {
    let verb = noun.head();
    let back = tree::child(verb, &["nsubj"]).is_some_and(|s| {
        matches!(s.text().to_lowercase().as_str(), "it" | "this" | "that") && s.index() < noun.index()
    });
    noun.dep() == "attr" && verb.lemma() == "be" && back
}

/// "could be vetoed by Congress", "unless the sale is revoked": a stop that may come says nothing of the deal.
pub(crate) fn may_stop(verdict: &Verdict, steps: &[Step<'_, '_>]) -> bool {
    let open = matches!(verdict.factuality, Factuality::Conditional | Factuality::Possible);
    let vetoes = |s: &Step<'_, '_>| {
        matches!(s.token.lemma(), "veto" | "block" | "disapprove" | "revoke" | "reject" | "overturn")
            && tree::is_passive(s.token)
    };
    verdict.stage == Stage::Halted && open && steps.iter().any(vetoes)
}
