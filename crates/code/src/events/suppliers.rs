//! Who is called a supplier or buyer of another: "Italy is Qatar's largest arms supplier".

use lang::Token;
use model::{ActorRef, Factuality, Goods, Kind, Stage};

use super::slots::{Slot, is_state_code};
use super::transfers::same;
use super::{Frame, Reader, chain, tree};

impl Reader<'_> {
    /// Adds what block `at` says of suppliers and buyers of arms to `frames`: deliveries, none of them dated.
    pub(crate) fn suppliers(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        for token in parse.tokens().filter(|t| tree::is_noun(*t)) {
            frames.extend(self.called(at, token));
        }
    }

    fn called(&self, at: usize, noun: Token<'_>) -> Option<Frame> {
        let sells = matches!(noun.lemma(), "supplier" | "provider" | "seller" | "exporter" | "source");
        let buys =
            matches!(noun.lemma(), "buyer" | "customer" | "purchaser" | "importer" | "recipient" | "client");
        if !sells && !buys {
            return None;
        }
        let goods = self.traded(at, noun);
        if goods.is_empty() {
            return None;
        }
        let (who, verb) = self.bearer(at, noun)?;
        let other = self.counterpart(at, noun, &goods);
        let state = |a: &ActorRef| is_state_code(&a.id);
        if other.is_empty() || same(&who, &other) || !who.iter().chain(&other).any(state) {
            return None;
        }
        let mut frame = Frame::new(Kind::Transfer, at, noun.index(), self.clause(at, verb.unwrap_or(noun)));
        (frame.supplier, frame.recipient) = if sells { (who, other) } else { (other, who) };
        frame.goods = goods;
        frame.stage = Some(Stage::Delivered);
        frame.factuality = verb.map_or(Factuality::Certain, certainty);
        Some(frame)
    }

    /// The goods of a trade: "arms supplier", "supplier of missiles", "recipient of military aid".
    fn traded(&self, at: usize, noun: Token<'_>) -> Vec<Goods> {
        let of = tree::objects_of(noun, &["of"]);
        let mut found = self.goods_in(at, &of);
        let before = noun.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod"));
        for goods in before.filter_map(|c| self.goods_headed(at, c)).map(|g| self.as_goods(g)) {
            if !found.contains(&goods) {
                found.push(goods);
            }
        }
        found
    }

    /// Who is called so, and the verb that says it, where one does.
    fn bearer<'p>(&self, at: usize, noun: Token<'p>) -> Option<(Vec<ActorRef>, Option<Token<'p>>)> {
        let portion = |t: Token<'_>| matches!(t.lemma(), "one" | "part" | "some") || t.tag() == "CD";
        let above = noun.head().head();
        let of_several = noun.dep() == "pobj"
            && matches!(noun.head().lemma(), "of" | "among")
            && (portion(above) || noun.head().lemma() == "among");
        let place = if of_several && noun.head().lemma() == "of" { above } else { noun };
        let verb = if of_several && noun.head().lemma() == "among" { above } else { place.head() };
        let states = |heads: &[Token<'_>]| self.actors_of(at, heads, Slot::Party);
        let says = matches!(verb.lemma(), "be" | "become" | "remain" | "represent") && tree::is_verb(verb);
        if says && !matches!(place.dep(), "nsubj" | "nsubjpass") {
            let who = states(&tree::agents(verb));
            return (!who.is_empty()).then_some((who, Some(verb)));
        }
        if place.dep() == "appos" {
            let who = states(&[verb]);
            return (!who.is_empty()).then_some((who, None));
        }
        let after: Vec<_> = place.children().filter(|c| c.dep() == "appos").collect();
        let who = states(&after);
        (!who.is_empty()).then_some((who, None))
    }

    /// The other side of the trade: an owner, who stands after `to`, `for` or `of`, or whose the goods are.
    fn counterpart(&self, at: usize, noun: Token<'_>, goods: &[Goods]) -> Vec<ActorRef> {
        let owners: Vec<_> = noun.children().filter(|c| c.dep() == "poss").collect();
        let owners = self.actors_of(at, &owners, Slot::Party);
        if !owners.is_empty() {
            return owners;
        }
        let mut named = tree::objects_of(noun, &["to", "for", "of"]);
        for moved in tree::objects_of(noun, &["of"]) {
            named.extend(tree::objects_of(moved, &["to", "for", "from"]));
        }
        named.retain(|t| self.goods_headed(at, *t).is_none());
        let named = self.actors_of(at, &named, Slot::Party);
        if named.is_empty() { self.origins(at, goods) } else { named }
    }
}

fn certainty(verb: Token<'_>) -> Factuality {
    match tree::modal(verb).as_deref() {
        _ if tree::is_negated(verb) => Factuality::Denied,
        Some("may" | "might" | "could" | "would") => Factuality::Possible,
        _ if chain::in_condition(verb) => Factuality::Conditional,
        _ => Factuality::Certain,
    }
}

/// "China accounts for most of Sudan's imports of arms": the verb whose subject supplies them.
pub(crate) fn share_of(imports: Token<'_>) -> Option<Token<'_>> {
    let verb = imports.ancestors().take(8).find(|a| tree::is_verb(*a))?;
    let bought = matches!(imports.lemma(), "import" | "purchase" | "procurement" | "acquisition");
    let whole = imports.dep() == "pobj" && imports.head().lemma() == "of";
    (bought && whole && verb.lemma() == "account").then_some(verb)
}
