//! What armed forces get or give: plain things ("vessels", "equipment") are military where a navy receives them or a
//! ministry of defence hands them over; and the programme through which a state sells.

use lang::Token;
use model::{ActorRef, Category, Goods, Stage};

use super::roles::Roles;
use super::slots::{Slot, is_state_code};
use super::table::{Shape, Word};
use super::{Reader, tree};
use crate::mentions::GoodsMention;

/// Names of armed forces.
const FORCES: &[&str] = &[
    "navy",
    "army",
    "air force",
    "coast guard",
    "coastguard",
    "armed forces",
    "military",
    "marines",
    "marine corps",
    "defence force",
    "defense force",
    "defence forces",
    "defense forces",
    "security forces",
    "peshmerga",
    "gendarmerie",
];

/// Names of ministries of defence.
const MINISTRIES: &[&str] = &[
    "defense department",
    "department of defense",
    "department of defence",
    "ministry of defence",
    "ministry of defense",
    "defence ministry",
    "defense ministry",
    "pentagon",
];

impl Reader<'_> {
    /// Goods by who has them, where no words name any that are military by themselves.
    pub(crate) fn or_forces(&self, at: usize, roles: &Roles<'_>, goods: &mut Vec<Goods>) {
        if goods.is_empty() {
            *goods = self.goods_of_forces(at, roles);
        }
    }

    /// "handed over 20 vessels to the navy": goods whose own words do not say that they are military.
    fn goods_of_forces(&self, at: usize, roles: &Roles<'_>) -> Vec<Goods> {
        let forces = roles
            .recipient
            .iter()
            .any(|t| self.names_one(at, *t, FORCES) || self.names_one(at, *t, MINISTRIES));
        if !forces && !roles.supplier.iter().any(|t| self.names_one(at, *t, MINISTRIES)) {
            return Vec::new();
        }
        let help =
            |g: &GoodsMention| matches!(self.text.blocks[at].token(g.head).lemma(), "assistance" | "aid");
        let things = |g: &GoodsMention| {
            help(g) || !matches!(g.category, Category::DualUse | Category::Services | Category::Training)
        };
        let heads: Vec<Token<'_>> = roles.goods.iter().flat_map(|g| tree::conjuncts(*g)).collect();
        let mut heads = heads;
        for level in 0..2 {
            let held: Vec<_> =
                heads.iter().flat_map(|h| tree::objects_of(*h, &["in", "of", "worth"])).collect();
            let held =
                held.into_iter().flat_map(tree::conjuncts).filter(|h| level == 0 || !heads.contains(h));
            let held: Vec<Token<'_>> = held.collect();
            heads.extend(held);
        }
        let heads: Vec<usize> = heads.iter().map(|t| t.index()).collect();
        let found = self.cast.possible_goods.iter();
        let found = found.filter(|g| g.place.at == at && heads.contains(&g.head) && things(g));
        found.map(|g| self.as_goods(g)).collect()
    }

    /// Whether a phrase begins or ends with one of `names`: "the Bangladesh Navy", "the Defense Department".
    fn names_one(&self, at: usize, head: Token<'_>, names: &[&str]) -> bool {
        tree::conjuncts(head).into_iter().any(|one| {
            let words = self.words(at, tree::bare_phrase(one)).text.to_lowercase();
            let known =
                self.mention_headed(at, one.index()).map(|m| self.cast.actors[m.actor].name.to_lowercase());
            let fits = |w: &str| names.iter().any(|f| w.ends_with(f) || w.starts_with(f));
            fits(&words) || known.is_some_and(|k| fits(&k)) || self.is_short_for_forces(at, one)
        })
    }

    /// "the LAF", where the document writes "Lebanese Armed Forces (LAF)".
    fn is_short_for_forces(&self, at: usize, head: Token<'_>) -> bool {
        let word = head.text();
        let text = &self.text.document.text;
        let loud = word.len() > 2 && word.chars().all(char::is_uppercase);
        let full = || text.split_once(&format!(" ({word})")).map(|(before, _)| before.to_lowercase());
        let named = loud && self.mention_headed(at, head.index()).is_some();
        named && full().is_some_and(|b| FORCES.iter().chain(MINISTRIES).any(|f| b.ends_with(f)))
    }

    /// "bought through the United States Foreign Military Sales program": whose programme it is sells.
    pub(crate) fn seller_by_programme(&self, at: usize, trigger: Token<'_>) -> Vec<ActorRef> {
        let through = |t: &Token<'_>| matches!(t.lemma(), "through" | "via" | "under") && t.dep() == "prep";
        let parse = trigger.parse();
        let words = trigger.sentence().map(|i| parse.token(i));
        let programmes = words.filter(through).filter_map(|t| tree::child(t, &["pobj"])).filter(|p| {
            let name = p.subtree().map(|t| t.text().to_lowercase()).collect::<Vec<_>>().join(" ");
            name.contains("foreign military sale")
        });
        let states = programmes.flat_map(|p| p.children().chain([p]).collect::<Vec<_>>());
        let mut found = self.actors_of(at, &states.collect::<Vec<_>>(), Slot::Party);
        found.retain(|a| is_state_code(&a.id));
        found.truncate(1);
        found
    }

    /// "get shells to the front": who gets them there gives them.
    pub(crate) fn as_gift(&self, at: usize, verb: Token<'_>, patients: &[Token<'_>], word: &mut Word) {
        let brings = verb.lemma() == "get" && !self.goods_in(at, patients).is_empty();
        if brings && self.parties_after(at, verb, patients, &["to"]).into_iter().any(|t| self.is_side(at, t))
        {
            word.shape = Shape::Give;
            word.stage = Stage::Delivered;
            word.will = Some(Stage::Offered);
        }
    }
}
