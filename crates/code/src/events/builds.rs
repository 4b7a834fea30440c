//! Deals to build: "a partnership with Acme to build nine frigates", "an agreement for the construction of submarines".

use lang::Token;
use model::{Kind, Stage};

use super::slots::{Slot, is_state_code};
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// What a firm is to build under a deal with a government, told by the government: it supplies what it builds.
    pub(crate) fn built(&self, at: usize, verb: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        let home = self.publisher.as_ref().filter(|_| self.is_government())?;
        if !makes(verb) || tree::is_negated(verb) {
            return None;
        }
        let goods = self.goods_in(at, &tree::patients(verb));
        if goods.is_empty() {
            return None;
        }
        let infinitive = verb.tag() == "VB" && matches!(verb.dep(), "acl" | "advcl" | "relcl" | "xcomp");
        let pact = |t: &Token<'_>| is_pact(*t);
        let over = verb.head();
        let near = over.children().filter(|c| matches!(c.dep(), "dobj" | "nsubjpass" | "attr"));
        let near = near.flat_map(|c| {
            [c].into_iter().chain(c.children().filter(|a| a.dep() == "appos")).collect::<Vec<_>>()
        });
        let deals: Vec<Token<'_>> = [over].into_iter().chain(near).filter(pact).collect();
        let mut with: Vec<_> = deals.iter().flat_map(|d| tree::objects_of(*d, &["with"])).collect();
        let chosen = verb.ancestors().take(4).find(|a| tree::is_verb(*a) && tree::hires(*a));
        with.extend(chosen.and_then(|c| tree::child(c, &["dobj"]))); // "selected Acme to build"
        let over = chosen.unwrap_or(over);
        let mut firms = self.actors_of(at, &with, Slot::Party);
        firms.retain(|f| f.id.starts_with(char::is_uppercase) && &f.id != home);
        if !infinitive || firms.is_empty() {
            return None;
        }
        self.take_all(at, &goods, taken);
        let mut frame = Frame::new(Kind::Transfer, at, verb.index(), self.clause(at, over));
        let text = self.words(at, tree::bare_phrase(with[0]));
        frame.recipient = vec![model::ActorRef { id: home.clone(), text: text.text, span: text.span }];
        frame.supplier = firms;
        frame.goods = goods;
        frame.stage = Some(Stage::Agreed);
        frame.buys = true;
        Some(frame)
    }

    /// "two ships which will be delivered by Acme", told by a government that names nobody else: to itself.
    pub(crate) fn firm_delivers(&self, frame: &mut Frame) {
        let Some(home) = self.publisher.clone().filter(|_| self.is_government()) else { return };
        let verb = self.text.blocks[frame.at].token(frame.trigger);
        let firm = |a: &model::ActorRef| !is_state_code(&a.id) && a.id.starts_with(char::is_uppercase);
        let by_firm = !frame.supplier.is_empty() && frame.supplier.iter().all(firm) && tree::is_passive(verb);
        let gives = matches!(verb.lemma(), "deliver" | "supply" | "provide" | "build");
        if by_firm && gives && frame.recipient.is_empty() && !frame.goods.is_empty() {
            let text = frame.supplier[0].text.clone();
            frame.recipient = vec![model::ActorRef { id: home, text, span: frame.supplier[0].span }];
            frame.stage = frame.stage.map(|s| if s == Stage::Authorised { Stage::Agreed } else { s });
        }
    }

    /// "this deal with Acme", told by a government: a firm that a government has a deal with supplies it.
    pub(crate) fn firm_sells(&self, frame: &mut Frame) {
        let Some(home) = self.publisher.as_ref().filter(|_| self.is_government()) else { return };
        let firm = |a: &model::ActorRef| !is_state_code(&a.id) && a.id.starts_with(char::is_uppercase);
        let ours = frame.supplier.len() == 1 && &frame.supplier[0].id == home;
        if ours && !frame.recipient.is_empty() && frame.recipient.iter().all(firm) {
            std::mem::swap(&mut frame.supplier, &mut frame.recipient);
            frame.buys = true;
        }
    }
}

/// Verbs of making.
fn makes(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "build" | "construct" | "manufacture" | "produce" | "design" | "assemble" | "deliver"
    )
}

/// Nouns of making, whose goods stand after their "of": "an agreement for the design and construction of".
pub(crate) fn is_making(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "design"
            | "construction"
            | "build"
            | "building"
            | "production"
            | "manufacture"
            | "development"
            | "supply"
            | "purchase"
            | "acquisition"
            | "delivery"
            | "procurement"
            | "provision"
    )
}

fn is_pact(noun: Token<'_>) -> bool {
    tree::is_noun(noun)
        && matches!(
            noun.lemma(),
            "deal" | "contract" | "agreement" | "partnership" | "alliance" | "arrangement"
        )
}
