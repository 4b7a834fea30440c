//! Contracts that are awarded, and lists of goods after a colon.

use lang::Token;
use model::{ActorRef, BlockKind, Factuality, Goods, Kind, Stage};

use super::slots::{Slot, is_state_code};
use super::transfers::same;
use super::{Frame, Reader, tree};
use crate::mentions::ActorKind;

/// Whether a verb may tell that somebody got a contract.
pub(crate) fn is_award(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "award"
            | "win"
            | "receive"
            | "secure"
            | "land"
            | "clinch"
            | "obtain"
            | "get"
            | "bag"
            | "book"
            | "garner"
            | "let"
            | "place"
    )
}

impl Reader<'_> {
    /// "The army awarded X a contract for launchers", "X won an order": the firm supplies, who awards receives.
    pub(crate) fn award(&self, at: usize, verb: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        if !tree::is_verb(verb) {
            return None;
        }
        let is_contract = |t: &Token<'_>| {
            let named = |c: Token<'_>| c.dep() == "compound" && c.lemma().eq_ignore_ascii_case("contract");
            let lemma = t.lemma().to_lowercase();
            matches!(lemma.as_str(), "contract" | "order" | "deal" | "modification" | "option" | "award")
                || lemma == "action" && t.children().any(named)
        };
        let inside =
            verb.children().filter(|c| matches!(c.dep(), "dobj" | "nsubjpass" | "oprd" | "attr" | "dative"));
        let contract = inside.clone().find(is_contract)?;
        let goods = self.goods_below(at, contract, verb);
        if goods.is_empty() {
            return None;
        }
        let passive = tree::is_passive(verb);
        let lets = matches!(verb.lemma(), "let" | "place"); // "an order was placed with X", "contracts were let with X"
        if lets && !passive {
            return None;
        }
        let awards = verb.lemma() == "award" || lets;
        let (mut suppliers, mut recipients) = if awards {
            let others = inside.filter(|c| c.index() != contract.index());
            let mut firms: Vec<_> = others.chain(tree::objects_of(verb, &["to", "with"])).collect();
            firms.extend(tree::objects_of(contract, &["to", "with"]));
            (firms, tree::agents(verb))
        } else if passive {
            return None;
        } else {
            (tree::agents(verb), tree::objects_of(verb, &["from"]))
        };
        recipients.extend(tree::objects_of(contract, &["from"]));
        suppliers.retain(|s| !is_contract(s));
        let mut frame = Frame::new(Kind::Transfer, at, verb.index(), self.clause(at, verb));
        frame.supplier = self.actors_of(at, &suppliers, Slot::Party);
        frame.recipient = self.actors_of(at, &recipients, Slot::Party);
        if frame.recipient.is_empty() {
            frame.recipient = self.orderer(at, verb, contract, &goods);
        }
        frame.recipient.retain(|r| !frame.supplier.iter().any(|s| s.id == r.id));
        if frame.supplier.is_empty() || same(&frame.supplier, &frame.recipient) {
            return None;
        }
        self.take_all(at, &goods, taken);
        for noun in contract.subtree().chain([verb]) {
            taken[noun.index()] = true;
        }
        frame.stage = Some(Stage::Agreed);
        frame.factuality = match tree::is_negated(verb) {
            true => Factuality::Denied,
            false => Factuality::Certain,
        };
        frame.opaque = true;
        frame.goods = goods;
        Some(frame)
    }

    /// Whose contract it is: by the words before it, by whom the goods are for, by who tells of it.
    fn orderer(&self, at: usize, verb: Token<'_>, contract: Token<'_>, goods: &[Goods]) -> Vec<ActorRef> {
        let after: Vec<_> = goods.iter().flat_map(|g| self.heads_of(at, g)).collect();
        let buyers: Vec<_> = after.iter().flat_map(|h| tree::objects_of(*h, &["for", "to"])).collect();
        let found = self.actors_of(at, &buyers, Slot::Party);
        if !found.is_empty() {
            return found;
        }
        let state = |a: &ActorRef| is_state_code(&a.id);
        let mut before: Vec<_> = contract.children().filter(|c| c.index() < contract.index()).collect();
        before.extend(verb.children().filter(|c| c.dep() == "dative" && c.index() < contract.index()));
        let below = verb.subtree().filter(|t| t.index() > contract.index());
        let served: Vec<_> = below.flat_map(|t| tree::objects_of(t, &["for", "to"])).collect();
        for heads in [before, served] {
            let mut found = self.actors_of(at, &heads, Slot::Party);
            found.retain(state);
            if !found.is_empty() {
                return found;
            }
        }
        self.teller(at, verb).into_iter().collect()
    }

    /// The state whose department tells of a contract: it is the one that ordered.
    fn teller(&self, at: usize, verb: Token<'_>) -> Option<ActorRef> {
        let over = self.attributions.iter().filter(|a| a.content.iter().any(|c| c.holds(at, verb.index())));
        let office = over.filter_map(|a| a.actor.zip(a.source.as_ref())).find_map(|(actor, place)| {
            let actor = &self.cast.actors[actor];
            let state = actor.stands_for.clone().filter(|s| is_state_code(s))?;
            let span = self.text.blocks[place.at].span(place.tokens());
            (actor.kind == ActorKind::Office).then_some((state, span))
        });
        let (id, span) = match office {
            Some(told) => told,
            None => (self.publisher.clone()?, self.text.blocks[at].span(verb.index()..verb.index() + 1)),
        };
        Some(ActorRef { id, text: span.of(&self.text.document.text).to_owned(), span })
    }

    fn goods_below(&self, at: usize, contract: Token<'_>, verb: Token<'_>) -> Vec<Goods> {
        let below = |t: Token<'_>| t.index() > contract.index().min(verb.index());
        let tokens: Vec<Token<'_>> = verb.subtree().filter(|t| below(*t)).collect();
        let mut goods: Vec<Goods> = Vec::new();
        for mention in tokens.iter().filter_map(|t| self.goods_headed(at, *t)) {
            goods.push(self.as_goods(mention));
        }
        if goods.is_empty() {
            let inside: Vec<usize> = tokens.iter().map(|t| t.index()).collect();
            let loose =
                self.cast.possible_goods.iter().filter(|g| g.place.at == at && inside.contains(&g.head));
            goods.extend(loose.map(|g| self.as_goods(g)));
        }
        goods
    }

    fn heads_of(&self, at: usize, goods: &Goods) -> Option<Token<'_>> {
        let found = self.cast.goods_in(at).iter().find(|g| g.span == goods.span)?;
        Some(self.text.blocks[at].token(found.head))
    }

    /// Goods in the items after "the package includes:"; parties are those of the deal told last.
    pub(crate) fn listed(&self, at: usize, told: &[Frame]) -> Option<Frame> {
        if !self.is_item(at) || at > 0 && self.is_item(at - 1) {
            return None;
        }
        let lead = self.text.blocks.get(at.checked_sub(1)?)?;
        let words = lead.parse.text().trim_end();
        let opens = ["following", "include", "includes", "including", "include the following"];
        if !words.ends_with([':', '–', '—'])
            && !opens.iter().any(|o| words.trim_end_matches('.').ends_with(o))
        {
            return None;
        }
        let last = lead.parse.sentences().last()?;
        let verb = last.tokens().filter(|t| tree::is_verb(*t)).find(|t| {
            self.book.verb(t.lemma()).is_some()
                || self.book.operator(t.lemma()).is_some_and(|o| o.give.is_some())
        })?;
        let stage = match self.book.verb(verb.lemma()) {
            Some(word) => super::tenses::own_stage(verb, word).0,
            None => self.book.operator(verb.lemma()).and_then(|o| o.give)?,
        };
        let items = (at..self.text.blocks.len()).take_while(|i| self.is_item(*i));
        let end = items.last().unwrap_or(at);
        let goods: Vec<Goods> = self
            .cast
            .goods
            .iter()
            .filter(|g| (at..=end).contains(&g.place.at))
            .map(|g| self.as_goods(g))
            .collect();
        let earlier =
            told.iter().rev().find(|f| f.kind == Kind::Transfer && f.at + 4 >= at && !f.recipient.is_empty());
        let mut frame = Frame::new(Kind::Transfer, at - 1, verb.index(), self.clause(at - 1, verb));
        frame.supplier = self.actors_of(at - 1, &tree::agents(verb), Slot::Party);
        let to: Vec<_> = lead.parse.tokens().flat_map(|t| tree::objects_of(t, &["to", "for"])).collect();
        frame.recipient = self.actors_of(at - 1, &to, Slot::Party);
        if let Some(earlier) = earlier {
            if frame.supplier.is_empty() {
                frame.supplier.clone_from(&earlier.supplier);
            }
            if frame.recipient.is_empty() {
                frame.recipient.clone_from(&earlier.recipient);
            }
        }
        frame.stage = Some(stage);
        (!goods.is_empty()).then_some(Frame { goods, ..frame })
    }

    /// Whether a verb tells a term of a contract: an item under "Key points of the contract:".
    pub(crate) fn is_term(&self, at: usize, verb: Token<'_>, word: &super::table::Word) -> bool {
        if under_deal(verb) {
            return true;
        }
        let now = matches!(verb.tag(), "VBZ" | "VBP") && tree::child(verb, &["aux"]).is_none();
        if !now || !matches!(word.shape, super::table::Shape::Give | super::table::Shape::Get) {
            return false;
        }
        let lead = (at.saturating_sub(8)..at)
            .rev()
            .find(|i| self.text.blocks[*i].parse.text().trim_end().ends_with(':'));
        let items = |lead: usize| (lead + 1..=at).all(|i| self.is_item(i));
        let deal = |t: Token<'_>| matches!(t.lemma(), "contract" | "deal" | "agreement" | "order");
        lead.is_some_and(|l| items(l) && self.text.blocks[l].parse.tokens().any(deal))
    }

    /// Whether a block is an item of a list: marked as one, or a paragraph that ends as one.
    pub(crate) fn is_item(&self, at: usize) -> bool {
        let block = &self.text.blocks[at];
        let words = block.parse.text().trim();
        let ends = |w: &str| w.ends_with(';') || w.ends_with("; and") || w.ends_with(", and");
        let marked = words.starts_with(['•', '–', '-', '*', '·', '●', '▪', '○']);
        let last = || at > 0 && ends(self.text.blocks[at - 1].parse.text().trim());
        let short = block.parse.len() <= 60;
        block.kind == BlockKind::Bullet
            || block.kind == BlockKind::Paragraph && short && (ends(words) || marked || last())
    }
}

/// "a deal in which Tokyo is to provide six boats": what a deal provides for is agreed.
fn under_deal(verb: Token<'_>) -> bool {
    let clause = std::iter::once(verb).chain(verb.ancestors().take(2)).find(|t| t.dep() == "relcl");
    let Some(clause) = clause else { return false };
    let deal =
        matches!(clause.head().lemma(), "contract" | "deal" | "agreement" | "order" | "pact" | "accord");
    let which = clause.children().any(|c| {
        matches!(c.lemma(), "in" | "under" | "by")
            && c.dep() == "prep"
            && tree::child(c, &["pobj"]).is_some_and(|o| o.tag() == "WDT")
    });
    let ahead = verb.tag() == "VB" || tree::modal(verb).is_some();
    deal && which && ahead && !tree::is_negated(verb)
}

/// What a deal provides for is agreed, or still negotiated where the deal is.
pub(crate) fn stage_of_term(verb: Token<'_>) -> Stage {
    let open = |t: Token<'_>| {
        matches!(
            t.lemma(),
            "verge" | "brink" | "near" | "negotiate" | "negotiation" | "talk" | "finalise" | "finalize"
        ) || t.lemma() == "close" && t.pos() == "ADJ"
    };
    if verb.ancestors().take(8).any(open) { Stage::Negotiated } else { Stage::Agreed }
}

/// "the contract is for the supply of ten missiles": what a contract is for is agreed.
pub(crate) fn settle_contract(noun: Token<'_>, verdict: &mut super::chain::Verdict) {
    let be = noun.head().head();
    let contract = |t: Token<'_>| matches!(t.lemma(), "contract" | "deal" | "agreement" | "order" | "accord");
    let of = noun.dep() == "pobj" && matches!(noun.head().lemma(), "for" | "on");
    if of && be.lemma() == "be" && tree::child(be, &["nsubj"]).is_some_and(contract) {
        verdict.stage = Stage::Agreed;
    }
}
