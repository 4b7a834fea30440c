//! Whose goods are: makers, owners and givers that stand in the goods' own phrase.

use lang::Token;
use model::{ActorRef, Goods, Stage};

use super::slots::{Slot, is_state_code};
use super::{Frame, Reader, tree};
use crate::mentions::{ActorKind, Form, GoodsMention};

impl Reader<'_> {
    /// From whom the goods of another verb were bought: "received the last of four frigates bought from Chile".
    pub(crate) fn bought_from(&self, at: usize, trigger: Token<'_>, goods: &[Token<'_>]) -> Vec<ActorRef> {
        let bought = |t: &Token<'_>| {
            matches!(t.dep(), "acl" | "relcl")
                && t.index() != trigger.index()
                && matches!(
                    t.lemma(),
                    "buy" | "purchase" | "order" | "acquire" | "procure" | "lease" | "import" | "supply"
                )
        };
        let below = goods.iter().flat_map(|g| g.subtree());
        let sellers: Vec<_> = below
            .filter(bought)
            .flat_map(|t| self.parties_after(at, t, &[], &["from", "by"]))
            .take(1)
            .collect();
        self.actors_of(at, &sellers, Slot::Party)
    }

    /// Fills the supplier with whom the goods were bought from, also where a brand names the maker: "Acme jets that it
    /// ordered from Chile".
    pub(crate) fn fill_seller_of_goods(
        &self,
        at: usize,
        trigger: Token<'_>,
        goods: &[Token<'_>],
        frame: &mut Frame,
    ) {
        if frame.supplier.is_empty() && frame.buys {
            frame.supplier = self.seller_by_programme(at, trigger);
        }
        if frame.supplier.is_empty() && frame.stage == Some(Stage::Delivered) {
            frame.supplier = self.giver_beside(at, trigger);
            frame.supplier.retain(|s| frame.recipient.iter().all(|r| r.id != s.id));
        }
        if frame.supplier.iter().any(|s| is_state_code(&s.id)) {
            return;
        }
        let mut seller = self.bought_from(at, trigger, goods);
        seller.retain(|s| frame.recipient.iter().all(|r| r.id != s.id));
        if !seller.is_empty() {
            frame.supplier = seller;
        }
    }

    /// Who gives, where the way that goods came tells it: "received jets in US military assistance", "got arms in secret
    /// shipments from Chile".
    fn giver_beside(&self, at: usize, trigger: Token<'_>) -> Vec<ActorRef> {
        let way = |t: &Token<'_>| {
            matches!(
                t.lemma(),
                "assistance"
                    | "aid"
                    | "donation"
                    | "grant"
                    | "shipment"
                    | "delivery"
                    | "consignment"
                    | "package"
            )
        };
        let mut found = Vec::new();
        let by_way = |t: &Token<'_>| {
            t.dep() == "pobj" && matches!(t.head().lemma(), "in" | "as" | "under" | "through" | "via")
        };
        let later = trigger.subtree().filter(|t| t.index() > trigger.index());
        for way in later.filter(by_way).filter(way) {
            let mut whose = tree::objects_of(way, &["from", "by"]);
            whose.extend(way.children().filter(|c| {
                c.index() < way.index() && matches!(c.dep(), "nmod" | "amod" | "compound" | "poss")
            }));
            found.extend(self.actors_of(at, &whose, Slot::Party));
        }
        found.retain(|a| is_state_code(&a.id));
        found
    }

    /// Adds the state whose firm or dealer a supplier is said to be, in its own phrase: "Chile's arms exporter Famae".
    pub(crate) fn add_homes(&self, frame: &mut Frame) {
        let mut homes: Vec<ActorRef> = Vec::new();
        for supplier in frame.supplier.iter().filter(|s| !is_state_code(&s.id)) {
            let block = &self.text.blocks[frame.at];
            let inside = |t: &Token<'_>| supplier.span.contains(block.span(t.index()..t.index() + 1));
            let Some(head) = block.parse.tokens().rfind(inside) else { continue };
            if self.mention_headed(frame.at, head.index()).is_some_and(|m| !self.is_business(m)) {
                continue;
            }
            let modifies = |t: &Token<'_>| {
                matches!(t.dep(), "amod" | "poss" | "nmod" | "compound") && t.index() < head.index()
            };
            let owners: Vec<_> = head.subtree().filter(modifies).collect();
            homes.extend(self.actors_of(frame.at, &owners, Slot::Party));
        }
        let told = |id: &String| frame.recipient.iter().chain(&frame.supplier).any(|a| &a.id == id);
        homes.retain(|h| is_state_code(&h.id) && !told(&h.id));
        homes.dedup_by(|a, b| a.id == b.id);
        frame.supplier.extend(homes.into_iter().take(1));
    }

    fn is_business(&self, mention: &crate::mentions::Mention) -> bool {
        let kind = self.cast.actors[mention.actor].kind;
        matches!(kind, ActorKind::Firm | ActorKind::Unnamed | ActorKind::Organisation)
    }

    /// Whose the goods are said to be: "Iranian drones", "drones made in Iran", "guns donated by Norway".
    pub(crate) fn origins(&self, at: usize, goods: &[Goods]) -> Vec<ActorRef> {
        let mentions: Vec<&GoodsMention> =
            self.cast.goods_in(at).iter().filter(|g| goods.iter().any(|x| x.span == g.span)).collect();
        let mut found: Vec<ActorRef> = Vec::new();
        for mention in &mentions {
            let head = self.text.blocks[at].token(mention.head);
            let owners = if mention.origin.is_none() { self.owners_of_goods(at, head) } else { Vec::new() };
            let origin = mention.origin.and_then(|origin| self.nearest_mention(at, origin, mention));
            for one in owners.into_iter().chain(origin) {
                if !found.iter().any(|f| f.id == one.id) {
                    found.push(one);
                }
            }
        }
        found.retain(|f| !self.is_thing(at, f));
        if found.is_empty() {
            for mention in &mentions {
                found.extend(self.makers(at, self.text.blocks[at].token(mention.head)));
            }
        }
        found
    }

    fn nearest_mention(&self, at: usize, origin: usize, goods: &GoodsMention) -> Option<ActorRef> {
        if self.cast.actors[origin].id == "SUN" {
            return None; // "Soviet-era guns" are somebody else's to give by now
        }
        let place = self
            .cast
            .mentions_in(at)
            .iter()
            .filter(|m| m.actor == origin)
            .min_by_key(|m| m.span.start.abs_diff(goods.span.start))?;
        self.reference(&self.cast.actors[origin], place.span, Slot::Party)
    }

    fn owners_of_goods(&self, at: usize, head: Token<'_>) -> Vec<ActorRef> {
        let before = head
            .children()
            .filter(|c| c.index() < head.index() && matches!(c.dep(), "amod" | "nmod" | "compound" | "poss"));
        let mut found = Vec::new();
        for owner in before {
            let mention = self.mention_headed(at, owner.index());
            let named = mention
                .filter(|m| self.cast.actors[m.actor].kind == ActorKind::State)
                .filter(|m| m.form == Form::Demonym || owner.dep() == "poss");
            found.extend(named.and_then(|m| self.reference(&self.cast.actors[m.actor], m.span, Slot::Party)));
        }
        found
    }

    /// "corvettes donated by South Korea", "drones made in Iran", "guns that Norway had supplied".
    fn makers(&self, at: usize, head: Token<'_>) -> Vec<ActorRef> {
        let mut found = Vec::new();
        for clause in head.children().filter(|c| is_buying(*c)) {
            found.extend(self.actors_of(at, &tree::objects_of(clause, &["from"]), Slot::Party));
        }
        for clause in head.children().filter(|c| is_making(*c)) {
            let who = match clause.dep() {
                "acl" => tree::objects_of(clause, &["by", "in"]),
                "relcl" if tree::is_passive(clause) => tree::objects_of(clause, &["by", "in"]),
                _ => clause.children().filter(|c| c.dep() == "nsubj").map(tree::through_relative).collect(),
            };
            found.extend(self.actors_of(at, &who, Slot::Party));
        }
        found
    }
}

/// A participle or relative clause that tells from whom the goods were bought.
fn is_buying(clause: Token<'_>) -> bool {
    let buys = matches!(
        clause.lemma(),
        "order" | "buy" | "purchase" | "acquire" | "receive" | "get" | "import" | "procure" | "obtain"
    );
    buys && matches!(clause.dep(), "acl" | "relcl")
}

/// A participle or relative clause that tells who made or gave the goods.
fn is_making(clause: Token<'_>) -> bool {
    const MAKES: &[&str] = &[
        "make",
        "build",
        "supply",
        "produce",
        "manufacture",
        "provide",
        "donate",
        "sell",
        "deliver",
        "design",
        "develop",
        "send",
        "give",
        "furnish",
        "export",
        "gift",
        "ship",
        "transfer",
        "promise",
        "pledge",
        "approve",
        "authorise",
        "authorize",
        "clear",
        "license",
    ];
    let reduced = clause.dep() == "acl" && clause.tag() == "VBN";
    (reduced || clause.dep() == "relcl") && MAKES.contains(&clause.lemma())
}
