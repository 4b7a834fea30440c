//! Sides that stand beside a frame and not in it: who announces a measure, who is given to in the same breath.

use lang::Token;
use model::{ActorRef, Kind, Stage};

use super::slots::is_state_code;
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// Fills the imposer of a measure that names none with who announces it.
    pub(super) fn fill_announcer(&self, frame: &mut Frame) {
        if frame.imposer.is_empty() && !frame.target.is_empty() {
            frame.imposer = self.announcer(frame);
        }
    }

    /// Who announces a measure that names no authority: "the ministry announces that Chad is being removed from".
    fn announcer(&self, frame: &Frame) -> Vec<ActorRef> {
        let holds =
            |a: &&crate::attribution::Attribution| a.content.iter().any(|c| c.holds(frame.at, frame.trigger));
        let over = self.attributions.iter().filter(holds);
        let announces = |a: &crate::attribution::Attribution| {
            let place = a.cue.first()?;
            let block = &self.text.blocks[place.at];
            let acts = ["announce", "declare", "confirm", "threaten", "vow", "warn", "pledge", "unveil"];
            place.tokens().any(|i| acts.contains(&block.token(i).lemma())).then_some(())?;
            let actor = &self.cast.actors[a.actor?];
            let own = is_state_code(&actor.id).then(|| actor.id.clone());
            let state = own.or_else(|| actor.stands_for.clone()).or_else(|| actor.affiliation.clone())?;
            let known = is_state_code(&state) || matches!(state.as_str(), "UN" | "EU" | "NATO");
            let source = a.source.as_ref().filter(|_| known && frame.target.iter().all(|t| t.id != state))?;
            let span = self.text.blocks[source.at].span(source.tokens());
            Some(ActorRef { id: state, text: span.of(&self.text.document.text).to_owned(), span })
        };
        over.into_iter().find_map(announces).into_iter().collect()
    }

    /// "Turkey's ministry said the delivery of the Russian systems was complete": who says so receives them.
    pub(super) fn fill_receiver_speaking(&self, frame: &mut Frame) {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let comes = matches!(trigger.lemma(), "delivery" | "arrival" | "handover" | "arrive");
        let open = frame.recipient.is_empty() && !frame.supplier.is_empty() && !frame.goods.is_empty();
        let told = matches!(frame.stage, Some(Stage::Delivered | Stage::Shipped));
        if !(comes && open && told) || frame.opaque {
            return;
        }
        let holds =
            |a: &&crate::attribution::Attribution| a.content.iter().any(|c| c.holds(frame.at, frame.trigger));
        let says = |a: &crate::attribution::Attribution| {
            let actor = &self.cast.actors[a.actor?];
            let own = is_state_code(&actor.id).then(|| actor.id.clone());
            let state = own.or_else(|| actor.stands_for.clone()).or_else(|| actor.affiliation.clone())?;
            let source = a.source.as_ref().filter(|_| is_state_code(&state))?;
            let span = self.text.blocks[source.at].span(source.tokens());
            Some(ActorRef { id: state, text: span.of(&self.text.document.text).to_owned(), span })
        };
        let speaker = self.attributions.iter().filter(holds).find_map(says);
        frame.recipient =
            speaker.into_iter().filter(|s| frame.supplier.iter().all(|x| x.id != s.id)).collect();
    }

    /// "200 radios will be shipped next month": between the two of whom alone the paragraphs before tell deliveries.
    pub(super) fn fill_pair(&self, frame: &mut Frame, done: &[Frame]) {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let moves = matches!(
            trigger.lemma(),
            "deliver" | "ship" | "transfer" | "send" | "supply" | "hand" | "arrive"
        );
        let open = frame.supplier.is_empty() && frame.recipient.is_empty() && !frame.opaque;
        if !open
            || !moves
            || !tree::is_verb(trigger)
            || frame.goods.is_empty()
            || !tree::agents(trigger).is_empty()
        {
            return;
        }
        let near = done.iter().filter(|f| f.kind == Kind::Transfer && f.at + 4 >= frame.at);
        let sided = |f: &&Frame| f.supplier.len() == 1 && f.recipient.len() == 1;
        let mut pairs: Vec<&Frame> = near.filter(|f| !f.recipient.is_empty()).collect();
        let known = !pairs.is_empty() && pairs.iter().all(sided);
        if !known {
            return;
        }
        pairs.dedup_by_key(|f| (f.supplier[0].id.clone(), f.recipient[0].id.clone()));
        if let [told] = pairs[..] {
            frame.supplier.clone_from(&told.supplier);
            frame.recipient.clone_from(&told.recipient);
        }
    }

    /// "Chad's acquisition of the jets", of which more was told before: only named again.
    pub(super) fn is_retold(&self, frame: &Frame, done: &[Frame]) -> bool {
        let noun = self.text.blocks[frame.at].token(frame.trigger);
        let named = frame.kind == Kind::Transfer
            && tree::is_noun(noun)
            && matches!(
                noun.lemma(),
                "purchase" | "acquisition" | "procurement" | "delivery" | "order" | "buy"
            );
        let definite = noun.children().any(|c| {
            c.dep() == "poss"
                || c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "that" | "these" | "those")
        });
        let plain = matches!(frame.stage, Some(Stage::Agreed | Stage::Delivered));
        let told = |f: &Frame| {
            f.kind == Kind::Transfer
                && f.factuality == frame.factuality
                && same(&f.recipient, &frame.recipient)
                && (same(&f.supplier, &frame.supplier) || frame.supplier.is_empty())
                && super::fill::goods_agree(&f.goods, &frame.goods)
                && matches!(f.stage, Some(Stage::Agreed | Stage::Delivered | Stage::Shipped))
        };
        named && definite && plain && done.iter().any(told)
    }

    /// "Germany will send tanks to Ukraine, and Poland will provide jets": to the same side, where none is named.
    pub(super) fn fill_alongside(&self, frame: &mut Frame, done: &[Frame]) {
        let gives = !frame.buys && frame.recipient.is_empty() && !frame.goods.is_empty() && !frame.opaque;
        let stage = |f: &Frame| {
            matches!(
                f.stage,
                Some(Stage::Authorised | Stage::Shipped | Stage::Delivered | Stage::Agreed | Stage::Offered)
            )
        };
        if !gives || frame.supplier.is_empty() || !stage(frame) {
            return;
        }
        let start = self.text.blocks[frame.at].token(frame.trigger).sentence().start;
        let near = |f: &&Frame| {
            let sentence = self.text.blocks[f.at].token(f.trigger).sentence();
            f.at == frame.at && (sentence.start == start || sentence.end == start)
        };
        let told = done.iter().rev().filter(|f| f.kind == Kind::Transfer).filter(near);
        let fits = |f: &&Frame| {
            stage(f)
                && !f.buys
                && !f.recipient.is_empty()
                && !f.supplier.is_empty()
                && !same(&f.recipient, &frame.supplier)
        };
        if let Some(earlier) = told.into_iter().find(fits) {
            frame.recipient.clone_from(&earlier.recipient);
        }
    }
}

/// "will halt deliveries if it invades", "would sell them unless": what hangs on a condition that stands beside it.
pub(crate) fn under_condition(verb: Token<'_>) -> bool {
    let ahead = matches!(tree::modal(verb).as_deref(), Some("will" | "would" | "could" | "may" | "might"))
        || verb.tag() == "VB";
    let opens = |c: Token<'_>| {
        c.dep() == "mark"
            && matches!(c.text().to_lowercase().as_str(), "if" | "unless")
            && !c.children().any(|x| matches!(x.lemma(), "even" | "as"))
    };
    let even = |c: Token<'_>| c.children().any(|x| x.lemma() == "even");
    tree::is_verb(verb)
        && ahead
        && verb.children().any(|c| c.dep() == "advcl" && c.children().any(opens) && !even(c))
}

/// "allow the firm to resume sales", "let it sell": leave that is given to another.
pub(crate) fn is_leave(step: &super::chain::Step<'_, '_>) -> bool {
    step.lets
        && step.governs
        && matches!(step.token.lemma(), "allow" | "permit" | "let" | "clear" | "enable")
        && !tree::is_negated(step.token)
}
