//! Which goods a noun phrase names.

use lang::Token;
use model::{Category, Goods};

use super::{Reader, tree};
use crate::mentions::{Form, GoodsMention, Mention};

impl Reader<'_> {
    /// The goods whose head is `token`.
    pub(crate) fn goods_headed(&self, at: usize, token: Token<'_>) -> Option<&GoodsMention> {
        let goods = self.goods.get(&(at, token.index())).map(|i| &self.cast.goods[*i])?;
        let covers = |m: &&Mention| {
            m.place.at == at
                && m.form == Form::Name
                && m.place.first <= goods.place.first
                && goods.head < m.place.end
                && m.place.tokens().len() > goods.place.tokens().len()
        };
        let in_name = self.mention_headed(at, token.index()).filter(covers).is_some()
            || self.cast.mentions_in(at).iter().any(|m| covers(&m) && m.place.end > goods.head + 1);
        (!in_name).then_some(goods)
    }

    /// All goods that the noun phrase headed by `head` names: its own, its conjuncts', "a batch of", "including".
    pub(crate) fn goods(&self, at: usize, head: Token<'_>) -> Vec<&GoodsMention> {
        let mut found = Vec::new();
        for part in tree::conjuncts(head) {
            self.collect_goods(at, part, 4, &mut found);
        }
        found.sort_by_key(|g: &&GoodsMention| g.head);
        found.dedup_by_key(|g| g.head);
        found
    }

    fn collect_goods<'s>(
        &'s self,
        at: usize,
        head: Token<'_>,
        depth: usize,
        found: &mut Vec<&'s GoodsMention>,
    ) {
        if depth == 0 {
            return;
        }
        let own = self.goods_headed(at, head);
        found.extend(own);
        for held in self.held_by(head, own.is_some()) {
            for one in tree::conjuncts(held) {
                self.collect_goods(at, one, depth - 1, found);
            }
        }
        let names_it = self.passes(head)
            || self.book.noun_operator(head.lemma()).is_some_and(|o| o.halts)
            || super::pointing::is_licence(head)
            || self.book.measure_noun(head.lemma()).is_some()
            || self.book.is_bill(head.lemma());
        for part in head.children() {
            let inner = matches!(part.dep(), "compound" | "nmod" | "amod") && own.is_none() && names_it;
            if inner || matches!(part.dep(), "appos" | "acl") && tree::is_noun(part) {
                found.extend(self.goods_headed(at, part));
                if inner && self.book.noun(part.lemma()).is_some() {
                    let deep = part.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod"));
                    found.extend(deep.filter_map(|c| self.goods_headed(at, c))); // "an arms export package"
                }
                for linked in part.children().filter(|c| c.dep() == "conj") {
                    found.extend(self.goods_headed(at, linked));
                }
            }
        }
        if own.is_none()
            && let Some(covering) = self.cast.goods_at(at, head.index())
        {
            found.push(covering);
        }
    }

    /// Whether the goods of a noun stand after its "of": a transfer, a batch, a number.
    fn passes(&self, head: Token<'_>) -> bool {
        self.book.noun(head.lemma()).is_some()
            || self.book.is_carrier(head.lemma())
            || matches!(head.tag(), "CD" | "DT" | "PDT" | "$")
            || matches!(head.text(), "%" | "percent" | "cent")
            || matches!(
                head.lemma(),
                "first" | "last" | "second" | "remainder" | "most" | "many" | "several" | "one"
            )
    }

    /// The nouns inside a phrase that may name the goods of its head: "a batch of X", "an order for X", "a ship full of X".
    fn held_by<'p>(&self, head: Token<'p>, is_goods: bool) -> Vec<Token<'p>> {
        let passes = self.passes(head);
        let orders = self.book.noun(head.lemma()).is_some()
            || is_part(head)
            || is_offer(head)
            || super::pointing::is_licence(head);
        let mut held: Vec<Token<'p>> = Vec::new();
        for part in head.children() {
            let preposition = part.dep() == "prep";
            let listed = preposition
                && (matches!(part.lemma(), "include" | "like" | "as")
                    || part.text().eq_ignore_ascii_case("including"));
            let of =
                matches!(part.lemma(), "of" | "worth" | "in") && passes || part.lemma() == "for" && orders;
            let to = preposition
                && matches!(part.lemma(), "to" | "from")
                && self.book.noun(head.lemma()).is_some();
            if to && let Some(side) = tree::child(part, &["pobj"]) {
                held.extend(tree::objects_of(side, &["of"])); // "a sale to Chad of rifles"
            }
            if preposition && part.lemma() == "in" {
                let form = tree::child(part, &["pobj"]).filter(|f| matches!(f.lemma(), "form" | "shape"));
                held.extend(form.into_iter().flat_map(|f| tree::objects_of(f, &["of"]))); // "aid in the form of"
            }
            if listed || preposition && of {
                let near = |t: &Token<'_>| t.dep() == "pobj" && t.head().index() <= part.index() + 3;
                held.extend(part.subtree().filter(near));
                let made = tree::objects_of(head, &[part.lemma()]).into_iter().flat_map(tree::conjuncts);
                let made = made.filter(|m| orders && super::builds::is_making(*m));
                held.extend(made.flat_map(|m| tree::objects_of(m, &["of"])));
            }
            let full = part.lemma() == "full" || preposition && part.lemma() == "with" && is_craft(head);
            if full && !is_goods {
                held.extend(tree::objects_of(part, &["of", "with"])); // "a boat full of arms"
                held.extend(tree::child(part, &["pobj"])); // "a boat with a cache of arms"
            }
            if part.dep() == "appos" && is_goods && self.book.is_carrier(part.lemma()) {
                held.push(part); // "systems, hundreds of rifles and"
            }
        }
        for load in tree::loads(head) {
            held.extend(load.children().filter(|c| c.dep() == "dobj"));
            held.extend(tree::objects_of(load, &["with"]));
        }
        held
    }

    pub(crate) fn goods_in(&self, at: usize, heads: &[Token<'_>]) -> Vec<Goods> {
        let mut found: Vec<Goods> = Vec::new();
        for head in heads {
            for mention in self.goods(at, *head) {
                let goods = self.as_goods(mention);
                if !found.contains(&goods) {
                    found.push(goods);
                }
            }
        }
        found
    }

    /// Words that are goods where a package or drawdown brings them: "equipment", "support".
    pub(crate) fn loose_goods(&self, at: usize, noun: Token<'_>) -> Vec<Goods> {
        let below: Vec<usize> = noun.subtree().map(|t| t.index()).collect();
        let inside = self.cast.possible_goods.iter().filter(|g| g.place.at == at && below.contains(&g.head));
        inside.map(|g| self.as_goods(g)).collect()
    }

    /// Goods as the claim gives them.
    pub(crate) fn as_goods(&self, mention: &GoodsMention) -> Goods {
        Goods {
            text: mention.span.of(&self.text.document.text).to_owned(),
            category: mention.category,
            quantity: mention.quantity.clone(),
            min: mention.min,
            max: mention.max,
            span: mention.span,
        }
    }

    /// Goods that a word brings with it: "arming the rebels".
    pub(crate) fn goods_of_word(&self, at: usize, token: Token<'_>, category: Category) -> Goods {
        Goods {
            text: token.text().to_owned(),
            category,
            quantity: None,
            min: None,
            max: None,
            span: self.text.blocks[at].span(token.index()..token.index() + 1),
        }
    }

    pub(crate) fn take_all(&self, at: usize, goods: &[Goods], taken: &mut [bool]) {
        for mention in self.cast.goods_in(at) {
            if goods.iter().any(|g| g.span == mention.span) {
                taken[mention.head] = true;
            }
        }
    }
}

/// A noun that takes its class from what it is for: "parts for drones".
pub(crate) fn is_part(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "part" | "component" | "engine" | "technology" | "material" | "equipment" | "spare" | "chip"
    )
}

/// What carries goods.
pub(crate) fn is_craft(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "ship"
            | "vessel"
            | "boat"
            | "dhow"
            | "freighter"
            | "plane"
            | "aircraft"
            | "truck"
            | "lorry"
            | "container"
            | "car"
            | "vehicle"
            | "convoy"
            | "cargo"
            | "trawler"
            | "tanker"
            | "flight"
            | "train"
            | "consignment"
            | "shipment"
            | "crate"
            | "yacht"
            | "barge"
            | "canoe"
            | "speedboat"
            | "skiff"
            | "sailboat"
            | "airliner"
            | "airplane"
            | "aeroplane"
            | "van"
            | "trailer"
            | "steamer"
    )
}

/// A noun for what is asked or offered, whose goods stand after its "for".
fn is_offer(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "offer"
            | "quote"
            | "quotation"
            | "bid"
            | "tender"
            | "proposal"
            | "option"
            | "request"
            | "licence"
            | "need"
    )
}
