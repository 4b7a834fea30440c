//! Who receives, where the words that say so hang deeper than the word of transfer.

use lang::Token;

use super::slots::Slot;
use super::{Reader, tree};
use crate::mentions::{ActorKind, Form};

impl Reader<'_> {
    /// Who receives, where it hangs deeper: "a drawdown of arms from stocks for Ukraine", "aid to help Ukraine".
    pub(crate) fn recipient_below<'p>(
        &self,
        at: usize,
        trigger: Token<'p>,
        goods: &[Token<'p>],
    ) -> Vec<Token<'p>> {
        let party = |t: &Token<'p>| {
            let kind = |m: &crate::mentions::Mention| self.cast.actors[m.actor].kind;
            let sides = [ActorKind::State, ActorKind::Group, ActorKind::Bloc, ActorKind::Office];
            let named = self
                .mention_headed(at, t.index())
                .is_some_and(|m| sides.contains(&kind(m)) && m.form != Form::Pronoun);
            named && !self.actors(at, *t, Slot::Party).is_empty()
        };
        let top = if tree::is_noun(trigger) && matches!(trigger.dep(), "dobj" | "nsubjpass") {
            trigger.head()
        } else {
            trigger
        };
        let aside = |a: Token<'_>| a.dep() == "relcl" || a.dep() == "conj" && tree::is_verb(a);
        let inside =
            |t: &Token<'p>| !std::iter::once(*t).chain(t.ancestors()).take_while(|a| *a != top).any(aside);
        let words: Vec<Token<'p>> =
            top.subtree().chain(goods.iter().flat_map(|g| g.subtree())).filter(inside).collect();
        for word in &words {
            let objects = tree::objects_of(*word, &["to", "for"]);
            let owners = objects.iter().flat_map(|o| o.children().filter(|c| c.dep() == "poss"));
            let found: Vec<_> = objects.iter().copied().chain(owners).filter(party).collect();
            let aside = is_relation(*word);
            if !found.is_empty() && !aside {
                return found;
            }
        }
        let needing = goods.iter().flat_map(|g| g.subtree()).filter(|c| c.dep() == "acl" && is_need(*c));
        let needing: Vec<_> = needing.flat_map(tree::agents).filter(party).collect();
        if !needing.is_empty() {
            return needing; // "equipment required by Chad"
        }
        for verb in words.iter().filter(|t| is_help(**t)) {
            let objects = verb.children().filter(|c| matches!(c.dep(), "dobj" | "nsubj" | "ccomp"));
            let near = objects.flat_map(near);
            let found: Vec<_> = near.filter(|t| t.index() > verb.index()).filter(party).take(1).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// A word whose `to` or `for` names no receiver: "a threat to", "thanks to".
fn is_relation(word: Token<'_>) -> bool {
    matches!(
        word.lemma(),
        "threat"
            | "war"
            | "ally"
            | "partner"
            | "message"
            | "accord"
            | "according"
            | "thank"
            | "thanks"
            | "owe"
            | "due"
            | "prior"
            | "response"
            | "addition"
            | "compare"
            | "contrast"
            | "reference"
    )
}

/// A verb of help in a clause of purpose or effect, whose object receives: "aid to help Chad".
fn is_help(verb: Token<'_>) -> bool {
    let clause = matches!(verb.dep(), "advcl" | "acl" | "xcomp" | "pcomp" | "relcl");
    clause
        && matches!(
            verb.lemma(),
            "help"
                | "support"
                | "assist"
                | "bolster"
                | "meet"
                | "strengthen"
                | "back"
                | "aid"
                | "enable"
                | "increase"
                | "boost"
                | "improve"
                | "enhance"
                | "augment"
        )
}

/// "required by", "needed by".
fn is_need(clause: Token<'_>) -> bool {
    clause.tag() == "VBN" && matches!(clause.lemma(), "need" | "want" | "require" | "request")
}

/// A noun, what hangs on it, and whose it is: "meet Ukraine's battlefield needs".
fn near(noun: Token<'_>) -> Vec<Token<'_>> {
    let owner = noun.subtree().filter(|t| t.index() < noun.index() && t.dep() == "poss");
    std::iter::once(noun).chain(noun.children()).chain(owner).collect()
}
