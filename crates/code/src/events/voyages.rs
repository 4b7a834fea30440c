//! Voyages that are cut short: a ship is seized, and what it carried, whence and whither, is told beside it.
//!
//! "Chad's navy stops the freighter *Salome*, which was carrying rifles to Mali. The arms had come from Chile."

use lang::Token;
use model::{ActorRef, Factuality, Kind, Stage};

use super::slots::{Slot, is_state_code};
use super::table::Shape;
use super::transfers::same;
use super::{Frame, Reader, fill, goods, tree};
use crate::mentions::ActorKind;

/// A craft that is stopped.
struct Stop {
    /// Index of the block.
    at: usize,
    /// The verb that says so.
    verb: usize,
    by: Vec<ActorRef>,
    /// Whose craft it is, or whence it came: "a Chilean freighter".
    origin: Vec<ActorRef>,
    /// Whither it went: "bound for Chad".
    bound: Vec<ActorRef>,
}

/// How many sentences after the stop may still tell of the voyage.
const NEAR: usize = 2;
/// How many frames away one may stand that tells of the same load.
const NEAREST: usize = 12;

impl Reader<'_> {
    /// The sides of what a seized ship, lorry or parcel held.
    pub(crate) fn sides_of_load<'p>(
        &self,
        at: usize,
        seized: &[Token<'p>],
        roles: &mut super::roles::Roles<'p>,
    ) {
        for clause in seized.iter().flat_map(|p| tree::loads(*p)) {
            let load: Vec<_> = clause.children().filter(|c| c.dep() == "dobj").collect();
            roles.supplier.extend(self.parties_after(at, clause, &load, &["from"]));
            roles.recipient.extend(self.parties_after(at, clause, &load, &["to", "for"]));
        }
        for load in seized.iter().flat_map(|p| tree::objects_of(*p, &["with"])) {
            let bound = tree::objects_of(load, &["to", "for"]).into_iter();
            roles.recipient.extend(bound.filter(|t| !self.actors(at, *t, Slot::Party).is_empty()));
        }
    }

    /// Makes what a craft carried that was stopped something intercepted, with the sides that are told beside it.
    pub(crate) fn voyages(&self, frames: &mut Vec<Frame>) {
        let stops: Vec<Stop> = (0..self.text.blocks.len()).flat_map(|at| self.stops(at)).collect();
        for stop in &stops {
            for frame in frames.iter_mut().filter(|f| self.is_voyage(stop, f)) {
                frame.stage = Some(Stage::Intercepted);
                let vessel = |a: &ActorRef| !is_state_code(&a.id) && self.is_vessel_id(&a.id);
                if frame.supplier.iter().any(vessel) {
                    frame.via.append(&mut frame.supplier);
                }
                if same(&frame.supplier, &stop.by) {
                    frame.supplier.clear(); // "they were found to be carrying": the planes, not who stopped them
                }
                if frame.supplier.is_empty() && !same(&stop.origin, &frame.recipient) {
                    frame.supplier.clone_from(&stop.origin);
                }
                if frame.recipient.is_empty() && !same(&stop.bound, &frame.supplier) {
                    frame.recipient.clone_from(&stop.bound);
                }
                if frame.by.is_empty() && !same(&stop.by, &frame.supplier) {
                    frame.by.clone_from(&stop.by);
                }
                if frame.at == stop.at {
                    frame.trigger = stop.verb;
                }
            }
        }
        let seized = |f: &&mut Frame| f.stage == Some(Stage::Intercepted);
        for frame in frames.iter_mut().filter(seized) {
            self.load_aboard(frame);
        }
        self.told_by_seizure(frames);
        for frame in frames.iter_mut().filter(seized) {
            self.sides_ahead(frame);
            self.way_of_load(frame);
        }
    }

    /// The crafts that block `at` says are stopped.
    fn stops(&self, at: usize) -> Vec<Stop> {
        let parse = self.text.blocks[at].parse;
        let verbs = parse.tokens().filter(|t| tree::is_verb(*t) && self.is_stop(*t));
        verbs.filter_map(|verb| self.stop(at, verb)).collect()
    }

    fn is_stop(&self, verb: Token<'_>) -> bool {
        let takes = self.book.transfer_verb(verb).is_some_and(|w| w.shape == Shape::Take);
        let turned = verb.children().filter(|c| matches!(c.dep(), "xcomp" | "advcl" | "ccomp")).any(|c| {
            matches!(c.lemma(), "land" | "turn" | "return" | "dock" | "divert" | "head" | "sail" | "put")
        });
        takes
            || turns_back(verb)
            || matches!(verb.lemma(), "stop" | "search" | "inspect" | "escort" | "divert" | "raid")
            || matches!(verb.lemma(), "force" | "order" | "compel") && turned
    }

    fn stop(&self, at: usize, verb: Token<'_>) -> Option<Stop> {
        let turned = turns_back(verb);
        let halted = if turned { tree::agents(verb) } else { tree::patients(verb) };
        let heads = halted.into_iter().flat_map(tree::conjuncts);
        let craft = heads.into_iter().find(|t| self.is_craft_named(at, *t))?;
        let flagged = |t: &Token<'_>| {
            let named = self.cast.mention_at(at, t.index());
            let next = named.map_or(t.index() + 1, |m| m.place.end);
            next < t.parse().len() && t.parse().token(next).text() == "-"
        };
        let owners: Vec<_> = tree::owners(craft).into_iter().filter(|o| !flagged(o)).collect();
        let mut origin = self.actors_of(at, &owners, Slot::Party);
        origin.retain(|o| is_state_code(&o.id));
        let by = if turned { Vec::new() } else { self.actors_of(at, &tree::agents(verb), Slot::Party) };
        let (mut from, mut to) = (Vec::new(), Vec::new());
        for word in craft.subtree().filter(|w| w.index() > craft.index()) {
            let (comes, goes) = way(word);
            if comes {
                from.extend(tree::objects_of(word, &["from"]));
            }
            if goes {
                to.extend(tree::objects_of(word, &["to", "for"]));
            }
        }
        let mut bound = self.actors_of(at, &to, Slot::Party);
        bound.retain(|b| by.iter().all(|a| a.id != b.id));
        let whence = self.actors_of(at, &from, Slot::Party);
        let mut origin = if origin.is_empty() { whence } else { origin };
        self.told_before(at, craft, &mut origin, &mut bound);
        Some(Stop { at, verb: verb.index(), by, origin, bound })
    }

    /// "searched four Libyan planes on their way to X. The planes were detained": whose they are was told before.
    fn told_before(
        &self,
        at: usize,
        craft: Token<'_>,
        origin: &mut Vec<ActorRef>,
        bound: &mut Vec<ActorRef>,
    ) {
        let parse = self.text.blocks[at].parse;
        let definite = craft.children().any(|c| c.dep() == "det" && c.lemma() == "the");
        let same_craft = |t: &Token<'_>| definite && t.lemma() == craft.lemma() && tree::is_noun(*t);
        for earlier in (0..craft.index()).rev().map(|i| parse.token(i)).filter(same_craft) {
            if origin.is_empty() {
                *origin = self.actors_of(at, &tree::owners(earlier), Slot::Party);
                origin.retain(|o| is_state_code(&o.id));
            }
            if bound.is_empty() {
                let rest = earlier.sentence().filter(|i| *i > earlier.index()).map(|i| parse.token(i));
                let ways = rest.filter(|t| matches!(t.lemma(), "way" | "route") && t.dep() == "pobj");
                let to: Vec<_> = ways.flat_map(|w| tree::objects_of(w, &["to"])).collect();
                *bound = self.actors_of(at, &to, Slot::Party);
            }
        }
    }

    /// Whether a noun is a craft by its word or is the name of one.
    fn is_craft_named(&self, at: usize, noun: Token<'_>) -> bool {
        let named = |t: Token<'_>| {
            let mention = self.mention_headed(at, t.index());
            mention.is_some_and(|m| self.cast.actors[m.actor].kind == ActorKind::Vessel)
        };
        let vessel = goods::is_craft(noun) && !matches!(noun.lemma(), "cargo" | "consignment" | "shipment");
        vessel || named(noun) || noun.children().any(|c| c.dep() == "appos" && named(c))
    }

    fn is_vessel_id(&self, id: &str) -> bool {
        self.cast.actors.iter().any(|a| a.id == id && a.kind == ActorKind::Vessel)
    }

    /// Whether a frame tells what the stopped craft carried.
    fn is_voyage(&self, stop: &Stop, frame: &Frame) -> bool {
        let moves = matches!(
            frame.stage,
            Some(
                Stage::Shipped
                    | Stage::Delivered
                    | Stage::Unstated
                    | Stage::Authorised
                    | Stage::Offered
                    | Stage::Intercepted
            )
        );
        let said =
            matches!(frame.factuality, Factuality::Certain | Factuality::Probable | Factuality::Possible);
        if frame.kind != Kind::Transfer
            || !said
            || !moves
            || frame.goods.is_empty()
            || !self.is_near(stop, frame)
        {
            return false;
        }
        let verb = self.text.blocks[frame.at].token(frame.trigger);
        if frame.stage == Some(Stage::Intercepted) {
            let open = frame.supplier.is_empty() || frame.recipient.is_empty();
            let other = frame.at != stop.at || frame.trigger != stop.verb;
            return open && other && (frame.by.is_empty() || same(&frame.by, &stop.by));
        }
        let craft = |t: &Token<'_>| {
            self.is_craft_named(frame.at, *t)
                || t.tag() == "PRP"
                || self.is_vessel_id(&self.whose(frame.at, *t))
        };
        tree::is_verb(verb)
            && tree::is_carrying(verb)
            && (tree::is_passive(verb) || tree::agents(verb).iter().all(craft))
    }

    fn whose(&self, at: usize, token: Token<'_>) -> String {
        let mention = self.mention_headed(at, token.index());
        mention.map(|m| self.cast.actors[m.actor].id.clone()).unwrap_or_default()
    }

    /// Whether a frame stands in the sentence of the stop or in one of the next, of its block or at the head of the one after.
    fn is_near(&self, stop: &Stop, frame: &Frame) -> bool {
        let parse = self.text.blocks[stop.at].parse;
        let after = |i: usize| {
            parse.sentences().filter(|s| s.range().start > stop.verb && s.range().start <= i).count()
        };
        match frame.at {
            at if at == stop.at => {
                let start = parse.token(stop.verb).sentence().start;
                frame.trigger >= start && after(frame.trigger) <= NEAR
            }
            at if at == stop.at + 1 => {
                let next = self.text.blocks[at].parse.token(frame.trigger).sentence();
                next.start == 0 && after(parse.len()) < NEAR
            }
            _ => false,
        }
    }

    /// Takes the sides of a voyage into the seizure that ended it, where both tell of the same goods in one sentence.
    fn told_by_seizure(&self, frames: &mut Vec<Frame>) {
        let seized: Vec<usize> = (0..frames.len())
            .filter(|&i| frames[i].kind == Kind::Transfer && frames[i].stage == Some(Stage::Intercepted))
            .collect();
        let mut gone = vec![false; frames.len()];
        for &i in &seized {
            for j in i.saturating_sub(NEAREST)..frames.len().min(i + NEAREST) {
                if i == j || gone[j] || gone[i] || !self.is_same_load(&frames[i], &frames[j]) {
                    continue;
                }
                let told = frames[j].clone();
                let seizure = &mut frames[i];
                if seizure.supplier.is_empty() {
                    seizure.supplier = told.supplier;
                }
                if seizure.recipient.is_empty() {
                    seizure.recipient = told.recipient;
                }
                if seizure.by.is_empty() {
                    seizure.by = told.by;
                }
                gone[j] = true;
            }
        }
        let mut gone = gone.into_iter();
        frames.retain(|_| !gone.next().unwrap_or(false));
    }

    /// Whether a frame tells, in the same sentence, of the way of the very goods that were seized.
    fn is_same_load(&self, seizure: &Frame, told: &Frame) -> bool {
        let way = matches!(told.stage, Some(Stage::Shipped | Stage::Intercepted | Stage::Unstated));
        if told.kind != Kind::Transfer || !way || told.at != seizure.at || told.trigger < seizure.trigger {
            return false;
        }
        let block = &self.text.blocks[told.at];
        let (verb, taken) = (block.token(told.trigger), block.token(seizure.trigger));
        let relative =
            std::iter::once(verb).chain(verb.ancestors()).any(|a| matches!(a.dep(), "relcl" | "acl"));
        let one = taken.sentence() == verb.sentence() && verb.is_under(taken) && relative;
        let goods = told.goods.is_empty()
            || told.goods.iter().any(|g| seizure.goods.iter().any(|s| s.span == g.span));
        let apart = |a: &[ActorRef], b: &[ActorRef]| !a.is_empty() && !b.is_empty() && !same(a, b);
        let agree = !apart(&seizure.supplier, &told.supplier) && !apart(&seizure.recipient, &told.recipient);
        one && goods && agree && fill::goods_agree(&seizure.goods, &told.goods)
    }

    /// "The vessel came from Chile and the arms were meant for rebels": sides of a seizure that are told after it.
    fn sides_ahead(&self, frame: &mut Frame) {
        if !frame.supplier.is_empty() && !frame.recipient.is_empty() {
            return;
        }
        let block = &self.text.blocks[frame.at];
        let parse = block.parse;
        let start = parse.token(frame.trigger).sentence().start;
        let sentences = parse.sentences().filter(|s| s.range().start >= start).take(NEAR + 1);
        let verbs = sentences.flat_map(|s| s.range()).map(|i| parse.token(i)).filter(|t| tree::is_verb(*t));
        for verb in verbs.filter(|v| v.index() != frame.trigger) {
            let (from, to) = way(verb);
            let subjects = if tree::is_passive(verb) { tree::patients(verb) } else { tree::agents(verb) };
            let load = |t: &Token<'_>| {
                self.is_craft_named(frame.at, *t)
                    || goods::is_craft(*t)
                    || matches!(t.lemma(), "haul" | "cache" | "load")
                    || self.goods_headed(frame.at, *t).is_some()
            };
            if !(from || to) || !subjects.iter().any(load) || tree::is_negated(verb) {
                continue;
            }
            if from && frame.supplier.is_empty() {
                let whence = self.parties_after(frame.at, verb, &[], &["from", "in"]);
                let whence = self.actors_of(frame.at, &whence, Slot::Party);
                if !same(&whence, &frame.by) && !same(&whence, &frame.recipient) {
                    frame.supplier = whence;
                }
            }
            if to && frame.recipient.is_empty() {
                let whither = self.parties_after(frame.at, verb, &[], &["for", "to"]);
                let whither = self.actors_of(frame.at, &whither, Slot::Party);
                if !same(&whither, &frame.supplier) && !same(&whither, &frame.by) {
                    frame.recipient = whither;
                }
            }
        }
    }
}

/// "a ship carrying helicopters turns back", "is returning home": it does not arrive.
fn turns_back(verb: Token<'_>) -> bool {
    let back = |c: Token<'_>| {
        matches!(c.dep(), "prt" | "advmod") && matches!(c.lemma(), "back" | "around" | "home" | "round")
    };
    let turns = matches!(verb.lemma(), "turn" | "return" | "sail" | "head" | "go");
    turns && verb.children().any(back) && verb.children().all(|c| c.dep() != "dobj")
}

/// Whether a verb tells whence, and whether it tells whither, a craft or its load goes.
fn way(verb: Token<'_>) -> (bool, bool) {
    match verb.lemma() {
        "come" | "originate" | "depart" | "leave" | "set" | "hail" => (true, false),
        "sail" | "fly" | "travel" | "go" | "send" | "ship" | "smuggle" | "load" | "export" => (true, true),
        "head" | "bind" | "intend" | "destine" | "mean" | "route" | "earmark" | "address" => (false, true),
        _ => (false, false),
    }
}
