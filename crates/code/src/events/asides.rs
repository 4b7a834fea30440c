//! What stands beside a transfer: what was only talked about, what cut it short, who confirms it, who is let have it.

use lang::Token;
use model::{ActorRef, Stage};

use super::chain::Step;
use super::pointing::{is_assurance, is_warned};
use super::slots::{Slot, is_state_code};
use super::table::{Shape, Word};
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// "A ship carrying rifles is turned back": the voyage is told by what ended it.
    pub(crate) fn is_cut_short(&self, clause: Token<'_>) -> bool {
        let craft = clause.head();
        if clause.dep() == "xcomp" && matches!(craft.lemma(), "force" | "order" | "oblige" | "compel") {
            return self.book.transfer_verb(clause).is_some_and(|w| w.shape == Shape::Move); // "forced to land"
        }
        tree::carries(clause)
            && matches!(craft.dep(), "dobj" | "nsubjpass")
            && self.book.transfer_verb(craft.head()).is_some_and(|w| w.shape == Shape::Take)
    }

    /// "orders the suspension of deliveries": nothing is bought.
    pub(crate) fn is_command(&self, verb: Token<'_>) -> bool {
        let event = |t: &Token<'_>| {
            self.book.noun_operator(t.lemma()).is_some() || self.book.noun(t.lemma()).is_some()
        };
        verb.lemma() == "order" && tree::patients(verb).iter().any(event)
    }

    /// "met to discuss aid for X", "spoke about deliveries": what a contact was about, which is no deal yet.
    pub(crate) fn is_agenda(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        let contact = |t: Token<'_>| {
            t.dep() == "advcl" && self.book.contact.verbs.iter().any(|v| v == t.head().lemma())
        };
        let discusses = |t: Token<'_>| matches!(t.lemma(), "discuss" | "consult" | "talk") && contact(t);
        discusses(trigger) || steps.iter().any(|s| discusses(s.token))
    }

    /// What two meet to talk about: no claim, but what is told of it later is filled from it. One of the two is a side.
    pub(crate) fn on_agenda(&self, at: usize, trigger: Token<'_>, mut frame: Frame) -> Frame {
        let meets =
            |t: &Token<'_>| tree::is_verb(*t) && self.book.contact.verbs.iter().any(|v| v == t.lemma());
        let verbs: Vec<_> = trigger.ancestors().filter(meets).collect();
        let heads: Vec<_> = verbs
            .iter()
            .flat_map(|v| {
                tree::agents(*v).into_iter().chain(tree::patients(*v)).chain(tree::objects_of(*v, &["with"]))
            })
            .collect();
        let parties = self.actors_of(at, &heads, Slot::Party);
        let other = |known: &[ActorRef]| -> Vec<ActorRef> {
            parties.iter().filter(|p| known.iter().all(|k| k.id != p.id)).cloned().collect()
        };
        if frame.supplier.is_empty() && parties.iter().any(|p| frame.recipient.iter().any(|r| r.id == p.id)) {
            frame.supplier = other(&frame.recipient);
        } else if frame.recipient.is_empty()
            && parties.iter().any(|p| frame.supplier.iter().any(|r| r.id == p.id))
        {
            frame.recipient = other(&frame.supplier);
        }
        frame.hidden = true;
        frame
    }

    /// Whether a side is a pact, programme or other body, which has no arms of its own.
    pub(crate) fn is_pact(&self, slot: &[ActorRef]) -> bool {
        let kind = |a: &ActorRef| self.cast.actors.iter().find(|c| c.id == a.id).map(|c| c.kind);
        slot.iter().all(|a| kind(a) == Some(crate::mentions::ActorKind::Organisation) && a.id != "UN")
    }

    /// "The purchase permits Chad to defend itself": Chad receives.
    pub(crate) fn who_is_let(&self, at: usize, trigger: Token<'_>, goods: &[Token<'_>]) -> Vec<ActorRef> {
        let over = trigger.head();
        let lets = matches!(over.lemma(), "permit" | "allow" | "enable" | "let" | "help");
        if !lets || trigger.dep() != "nsubj" {
            return self.meant_for(at, goods); // "components intended for X"
        }
        let object = over.children().filter(|c| matches!(c.dep(), "dobj" | "ccomp" | "xcomp" | "nsubj"));
        let inside = object
            .filter(|c| c.index() > over.index())
            .flat_map(|c| std::iter::once(c).chain(c.children().filter(|s| s.dep() == "nsubj")));
        let who: Vec<_> = inside.filter(|t| tree::is_noun(*t)).collect();
        self.actors_of(at, &who, Slot::Party)
    }

    /// "the ban on arms exports", "imposed licence requirements on exports": what a measure is on.
    pub(crate) fn is_controlled(&self, noun: Token<'_>) -> bool {
        if super::access::is_reviewed(noun) {
            return true;
        }
        if noun.dep() != "pobj" || !matches!(noun.head().lemma(), "on" | "of" | "against" | "for") {
            return false;
        }
        let above = noun.head().head();
        let measure = |t: Token<'_>| {
            let licence = tree::is_permit(t) && t.head().lemma() != "require";
            tree::is_noun(t) && !licence && self.book.measure_noun(&t.lemma().to_lowercase()).is_some()
        };
        let beside = above.children().any(|c| c.dep() == "dobj" && measure(c));
        measure(above) || noun.head().lemma() == "on" && tree::is_verb(above) && beside
    }

    /// What the sides themselves say of the stage: a firm that will deliver has agreed to; who opposes has not stopped it.
    pub(crate) fn settle_stage(&self, trigger: Token<'_>, steps: &[Step<'_, '_>], frame: &mut Frame) {
        let is_firm = |a: &ActorRef| !is_state_code(&a.id) && a.id.starts_with(char::is_uppercase);
        let firms = !frame.supplier.is_empty() && frame.supplier.iter().all(is_firm);
        let ahead = tree::is_verb(trigger) && tree::modal(trigger).is_some();
        if firms && frame.stage == Some(Stage::Authorised) && ahead {
            frame.stage = Some(Stage::Agreed);
        }
        // "Chad's acquisition of jets would worry its neighbours": what it would do, if it comes to that.
        let effect = trigger.dep() == "nsubj"
            && tree::is_noun(trigger)
            && matches!(tree::modal(trigger.head()).as_deref(), Some("would" | "could" | "might"));
        if effect && frame.stage == Some(Stage::Agreed) && steps.iter().all(|s| s.operator.is_none()) {
            frame.stage = Some(Stage::Unstated);
        }
        let opposed = steps.iter().any(|s| matches!(s.token.lemma(), "oppose" | "opposition"));
        let aside =
            !frame.by.is_empty() && !same(&frame.by, &frame.recipient) && !same(&frame.by, &frame.supplier);
        if opposed && aside && self.publisher.is_none() && frame.stage == Some(Stage::Halted) {
            frame.stage = Some(Stage::Unstated);
            frame.by.clear();
        }
    }

    /// What only looks like a transfer: "gave approval for the sale", where leave is given; "providing the navy with
    /// missiles" of what a sale is good for; "its ability to buy weapons".
    fn is_no_deed(&self, verb: Token<'_>) -> bool {
        let leave = |t: Token<'_>| {
            let word = matches!(
                t.lemma(),
                "approval"
                    | "clearance"
                    | "permission"
                    | "go-ahead"
                    | "nod"
                    | "consent"
                    | "blessing"
                    | "light"
                    | "assent"
            );
            word && matches!(t.dep(), "dobj" | "nsubjpass")
        };
        let deal = |t: &Token<'_>| self.book.noun(t.lemma()).is_some();
        let effect = verb.tag() == "VBG" && verb.dep() == "advcl" && tree::agents(verb).iter().any(deal);
        let told = verb.dep() == "acl"
            && matches!(verb.tag(), "VBN" | "VBD")
            && matches!(verb.lemma(), "buy" | "purchase" | "order" | "acquire" | "procure" | "lease")
            && verb
                .ancestors()
                .take(5)
                .any(|a| tree::is_verb(a) && matches!(a.lemma(), "receive" | "deliver" | "arrive" | "hand")); // "received four frigates bought from Chile"
        let able = verb.dep() == "acl" && matches!(verb.head().lemma(), "ability" | "capacity");
        let restrained = verb.dep() == "pcomp"
            && matches!(
                verb.head().head().lemma(),
                "restraint" | "caution" | "vigilance" | "moderation" | "care"
            );
        // "sending it to the President's desk": a bill
        let tabled = tree::objects_of(verb, &["to"])
            .iter()
            .any(|t| matches!(t.lemma(), "desk" | "floor" | "committee"));
        effect || able || told || restrained || tabled || verb.children().any(leave)
    }

    /// Whether a verb of transfer tells none: "warned against buying", "forced to land", "orders the suspension".
    pub(crate) fn is_no_transfer(&self, at: usize, verb: Token<'_>, word: &Word) -> bool {
        let modifies = verb.dep() == "amod" && verb.head().index() > verb.index();
        let bare = tree::child(verb, &["nsubjpass", "mark"]).is_none();
        let participle = word.shape == Shape::Use && verb.dep() == "acl" && bare && tree::is_passive(verb);
        let nobody = participle && tree::agents(verb).is_empty(); // "missiles deployed in the East"
        let idle = modifies && word.shape != Shape::Give || self.is_command(verb) || nobody;
        let of_event = |t: &Token<'_>| {
            self.book.noun_operator(t.lemma()).is_some() || self.book.noun(t.lemma()).is_some()
        };
        let commands = verb.lemma() == "order" && tree::patients(verb).iter().any(of_event);
        idle || self.is_no_deed(verb)
            || is_policy(verb)
            || is_becoming(verb)
            || commands // "orders the suspension of shipments"
            || is_warned(verb)
            || super::pointing::is_landing(verb)
            || self.is_cut_short(verb)
            || is_assurance(verb, word)
            || is_lesson(verb, word)
            || self.is_by_goods(at, verb, word)
            || super::releases::gives_means(verb, word)
            || super::releases::is_retail(verb, word)
    }

    /// "the helicopters will train pilots": what goods do with whom.
    fn is_by_goods(&self, at: usize, verb: Token<'_>, word: &Word) -> bool {
        let teaches = word.goods == Some(model::Category::Training);
        let machine =
            |p: Token<'_>| matches!(p.lemma(), "model" | "algorithm" | "network" | "ai" | "AI" | "system");
        let learns = teaches && tree::patients(verb).into_iter().any(machine);
        learns || teaches && tree::agents(verb).into_iter().any(|a| self.goods_headed(at, a).is_some())
    }
}

/// "trains pilots to operate the aircraft", "a long time coming": nobody has used it, nothing came.
fn is_lesson(verb: Token<'_>, word: &Word) -> bool {
    let teaches = |t: Token<'_>| matches!(t.lemma(), "train" | "teach" | "learn" | "instruct" | "qualify");
    let infinitive = verb.tag() == "VB" && matches!(verb.dep(), "xcomp" | "ccomp" | "advcl" | "acl" | "conj");
    let taught = word.shape == Shape::Use && infinitive && verb.ancestors().take(2).any(teaches);
    let coming = verb.lemma() == "come"
        && (verb.head().lemma() == "time"
            || verb.children().any(|c| c.dep() == "npadvmod" && c.lemma() == "time"));
    let feared = word.shape == Shape::Use
        && (super::chain::in_condition(verb) || tree::is_negated(verb) && tree::modal(verb).is_some());
    let topic = verb.lemma() == "come"
        && verb.children().any(|c| c.dep() == "nsubj" && c.lemma() == "it")
        && verb.children().any(|c| c.lemma() == "when"); // "when it comes to"
    taught || coming || feared || topic
}

/// Who confirms or admits a deal that is told by a noun: "Petro confirmed a deal to buy jets".
pub(crate) fn confirmer(trigger: Token<'_>, steps: &[Step<'_, '_>]) -> Option<usize> {
    let top = steps.iter().rev().find(|s| s.governs).map_or(trigger, |s| s.token);
    let noun = std::iter::once(top).chain(top.ancestors().take(1)).find(|t| t.dep() == "dobj")?;
    let verb = noun.head();
    let tells =
        matches!(verb.lemma(), "confirm" | "acknowledge" | "admit" | "disclose" | "reveal" | "report");
    let plain = tells && !tree::is_negated(verb) && tree::modal(verb).is_none();
    tree::agents(verb).first().filter(|_| plain).map(Token::index)
}

/// "what it is going to end up looking like": nothing arrives.
fn is_becoming(verb: Token<'_>) -> bool {
    let becomes = |c: Token<'_>| matches!(c.dep(), "xcomp" | "acomp" | "advcl") && c.tag() == "VBG";
    matches!(verb.lemma(), "end" | "wind" | "come" | "go") && verb.children().any(becomes)
}

/// "exports arms only in accordance with the law": what somebody does as a rule tells of no deal.
fn is_policy(verb: Token<'_>) -> bool {
    let rule = |t: Token<'_>| matches!(t.lemma(), "accordance" | "compliance" | "conformity");
    let present = matches!(verb.tag(), "VBZ" | "VBP") && tree::child(verb, &["aux"]).is_none();
    present && verb.subtree().any(rule)
}
