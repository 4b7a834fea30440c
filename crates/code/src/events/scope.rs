//! What a measure covers: its goods, and the state that those are for.

use lang::Token;
use model::ActorRef;

use super::slots::Slot;
use super::{Reader, tree};

impl Reader<'_> {
    /// The state that the goods of a control are said to be for: "equipment that supports Russia's refineries".
    pub(crate) fn states_below(&self, at: usize, noun: Token<'_>, imposer: &[ActorRef]) -> Vec<ActorRef> {
        let over = if noun.dep() == "dobj" { noun.head() } else { noun };
        let inside = over.subtree().filter(|t| t.index() > noun.index());
        let owners: Vec<_> = inside.filter(|t| t.dep() == "poss").collect();
        let mut found = self.actors_of(at, &owners, Slot::Party);
        found.retain(|a| super::slots::is_state_code(&a.id) && !imposer.iter().any(|i| i.id == a.id));
        found.truncate(1);
        found
    }

    pub(crate) fn measure_goods(&self, at: usize, noun: Token<'_>) -> Vec<model::Goods> {
        let mut heads = tree::objects_of(noun, &["on", "of", "for"]);
        if tree::is_verb(noun.head()) && noun.dep() == "dobj" {
            heads.extend(tree::objects_of(noun.head(), &["on"]));
        }
        heads.extend(noun.children().filter(|c| matches!(c.dep(), "compound" | "nmod" | "amod")));
        let mut goods = Vec::new();
        for head in heads {
            for mention in self.goods(at, head) {
                let one = self.as_goods(mention);
                if !goods.contains(&one) {
                    goods.push(one);
                }
            }
        }
        goods
    }
}
