//! What a government's release or briefing leaves out of its own supplies: that it is the supplier, and to whom.

use model::{ActorRef, Kind, Stage};

use super::slots::is_state_code;
use super::{Frame, Reader, tree};
use crate::mentions::{ActorKind, Form};

impl Reader<'_> {
    /// Whom the document's measures hit and who breaks what: its house does not arm them.
    pub(crate) fn foes(&self, frames: &[Frame]) -> Vec<String> {
        if self.publisher.is_none() {
            return Vec::new();
        }
        let stopped = |f: &&Frame| {
            let stands = matches!(f.action, Some(model::Action::Imposed | model::Action::Extended));
            f.kind == Kind::Violation || stands && f.deal.is_none()
        };
        let armed = |id: &String| {
            let by_house = |f: &Frame| f.supplier.iter().any(|s| Some(&s.id) == self.publisher.as_ref());
            frames
                .iter()
                .any(|f| f.kind == Kind::Transfer && by_house(f) && f.recipient.iter().any(|r| &r.id == id))
        };
        let of = |f: &Frame| match f.kind {
            Kind::Measure => f.target.clone(),
            Kind::Violation => f.actor.clone(),
            _ => Vec::new(),
        };
        let ours = |id: &String| Some(id) == self.publisher.as_ref();
        let mut found: Vec<String> = frames.iter().filter(stopped).flat_map(of).map(|a| a.id).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|id| !ours(id) && !armed(id));
        found
    }

    /// Takes the house for the supplier of what it tells of supplies that name none: "Chad will receive six jets".
    ///
    /// Armed groups, and states that its measures hit, get theirs from others.
    pub(crate) fn house_supplies(&self, frame: &mut Frame, foes: &[String]) {
        let official = matches!(
            frame.stage,
            Some(
                Stage::Authorised
                    | Stage::Sought
                    | Stage::Shipped
                    | Stage::Delivered
                    | Stage::Halted
                    | Stage::Unstated
                    | Stage::Offered
            )
        );
        let Some(home) = &self.publisher else { return };
        let through = frame.buys && !frame.via.is_empty(); // who procures for another gets it elsewhere
        let asked = frame.buys && (frame.answers || self.is_question(frame.at)); // "India takes delivery": of whose?
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let procures = frame.buys
            && matches!(
                trigger.lemma(),
                "procure"
                    | "procurement"
                    | "acquire"
                    | "acquisition"
                    | "obtain"
                    | "source"
                    | "buy"
                    | "purchase"
            )
            && self.is_sanctions_release(); // what the punished bought was not bought here
        if !official
            || procures
            || through
            || asked
            || !frame.supplier.is_empty()
            || frame.opaque
            || frame.recipient.is_empty()
        {
            return;
        }
        let group = |r: &ActorRef| {
            let is_one = |a: &&crate::mentions::Actor| a.id == r.id && a.kind == ActorKind::Group;
            self.cast.actors.iter().any(|a| is_one(&a))
        };
        let foe = |r: &ActorRef| foes.contains(&r.id) || group(r) && frame.stage != Some(Stage::Authorised);
        if frame.recipient.iter().any(|r| &r.id == home || foe(r)) {
            return;
        }
        let span = frame.goods.first().map(|g| g.span).unwrap_or_default();
        let text = span.of(&self.text.document.text).to_owned();
        frame.supplier = vec![ActorRef { id: home.clone(), text, span }];
    }

    /// "We have provided radars", said of the one state that the paragraph, or the one before it, is about.
    pub(crate) fn house_gives_whom(&self, frame: &mut Frame) {
        let Some(home) = &self.publisher else { return };
        let given = matches!(
            frame.stage,
            Some(Stage::Shipped | Stage::Delivered | Stage::Authorised | Stage::Offered | Stage::Halted)
        );
        let ours = frame.supplier.len() == 1 && &frame.supplier[0].id == home;
        let open = frame.recipient.is_empty() && !frame.opaque && !frame.goods.is_empty();
        if !given || !ours || !open || frame.buys || self.names_receiver(frame) {
            return;
        }
        let before = |at: usize, end: usize| {
            let mut found: Vec<ActorRef> = Vec::new();
            for mention in self.cast.mentions_in(at).iter().filter(|m| m.place.end <= end) {
                let actor = &self.cast.actors[mention.actor];
                let state = actor.kind == ActorKind::State && mention.form != Form::Pronoun;
                if state && &actor.id != home && found.iter().all(|f| f.id != actor.id) {
                    let text = mention.span.of(&self.text.document.text).to_owned();
                    found.push(ActorRef { id: actor.id.clone(), text, span: mention.span });
                }
            }
            found
        };
        let mut told = before(frame.at, frame.trigger);
        if told.is_empty() && frame.at > 0 {
            told = before(frame.at - 1, usize::MAX);
        }
        if told.len() == 1 && is_state_code(&told[0].id) {
            frame.recipient = told;
        }
    }

    /// Whether the words after the trigger say to whom, though nobody could tell who that is: "to our partners".
    fn names_receiver(&self, frame: &Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let near = std::iter::once(trigger).chain(tree::patients(trigger));
        near.flat_map(|t| tree::objects_of(t, &["to", "for"])).any(tree::is_noun)
            || !tree::is_verb(trigger)
            || trigger.children().any(|c| c.dep() == "dative")
    }
}
