//! Transfers: verbs and nouns of supply and purchase, and operators that take goods as their object.

use lang::Token;
use model::{ActorRef, Factuality, Goods, Kind, Stage};

use super::asides::confirmer;
use super::chain::{self, Step, Verdict};
use super::pointing::{
    is_any, is_anybody, is_aside, is_asked_about, is_costed, is_declared, is_inducted, is_licence,
    is_on_the_way, is_pointer, is_requested, is_scheduled, is_unsigned, may_point, may_return, points_back,
    taken_stage, takes,
};
use super::roles::Roles;
use super::slots::Slot;
use super::table::{Fills, MeasureRole, Operator, Shape, Word};
use super::{Frame, Reader, seizures, tree};
use crate::mentions::GoodsMention;
use crate::text::Place;

/// A trigger with what stands around it and over it.
struct Found<'p, 'b> {
    trigger: Token<'p>,
    word: Word,
    roles: Roles<'p>,
    goods: Vec<Goods>,
    verdict: Verdict,
    steps: Vec<Step<'p, 'b>>,
}

impl Reader<'_> {
    /// Adds the transfers of block `at` to `frames`.
    pub(crate) fn transfers(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        let mut taken = vec![false; parse.len()];
        for token in parse.tokens().filter(|t| super::awards::is_award(*t)) {
            if let Some(frame) = self.award(at, token, &mut taken) {
                frames.push(frame);
            }
        }
        if let Some(frame) = self.listed(at, frames) {
            frames.push(frame);
        }
        for token in parse.tokens().filter(|t| tree::is_verb(*t)) {
            if taken[token.index()] {
                continue;
            }
            let built = |taken: &mut Vec<bool>| self.built(at, token, taken);
            if let Some(frame) = self.verb_transfer(at, token, &mut taken).or_else(|| built(&mut taken)) {
                frames.push(frame);
            }
        }
        for token in parse.tokens().filter(|t| tree::is_noun(*t)) {
            if taken[token.index()] {
                continue;
            }
            if let Some(frame) = self.noun_transfer(at, token, &mut taken) {
                frames.push(frame);
            }
        }
        for goods in self.cast.goods_in(at) {
            if !taken[goods.head]
                && let Some(frame) = self.bare_goods(at, goods)
            {
                frames.push(frame);
            }
        }
    }

    fn verb_transfer(&self, at: usize, verb: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        let mut word = match self.book.transfer_verb(verb) {
            Some(word) => word.clone(),
            None if is_inducted(verb) => Word::plain(Shape::Get, Stage::Delivered),
            None if is_on_the_way(verb) => Word::plain(Shape::Move, Stage::Shipped),
            None if tree::available(verb).is_some() => Word::plain(Shape::Give, Stage::Authorised),
            None => self.direct(verb)?,
        };
        if self.is_no_transfer(at, verb, &word) {
            return None;
        }
        if is_aside(verb) {
            verb.subtree().chain([verb.head()]).for_each(|t| taken[t.index()] = true);
            return None;
        }
        let mut roles = self.verb_roles(at, verb, &mut word);
        let mut goods = self.goods_in(at, &roles.goods);
        self.other_supplier(at, verb, &word, &mut roles);
        if matches!(word.shape, Shape::Give | Shape::Get) {
            self.or_forces(at, &roles, &mut goods);
        }
        if verb.lemma() == "secure" && self.actors_of(at, &roles.supplier, Slot::Party).is_empty() {
            return None; // "secure stray weapons"
        }
        let event = roles.goods.iter().copied().find(|g| self.book.noun(g.lemma()).is_some());
        if let Some(event) = event {
            self.noun_args(at, event, &word, &mut roles);
        }
        if is_no_deal_in(verb, &goods, &word, &roles) {
            return None;
        }
        if goods.is_empty() && roles.goods.iter().any(|g| super::goods::is_part(*g)) {
            goods = self.goods_in(at, &tree::objects_of(verb, &["for"])); // "sells parts to Chad for its jets"
        }
        let pointed = goods.is_empty() && word.goods.is_none();
        if pointed && !(roles.goods.iter().any(|g| is_pointer(*g)) && may_point(verb, &word)) {
            return None;
        }
        if let Some(category) = word.goods.filter(|_| goods.is_empty()) {
            goods.push(self.goods_of_word(at, verb, category));
        }
        self.beside(at, verb, &word, &mut roles);
        for head in &roles.goods {
            taken[head.index()] = true;
            for clause in tree::loads(*head).into_iter().filter(|_| word.shape == Shape::Take) {
                taken[clause.index()] = true; // the voyage that was cut short is told by the seizure
            }
        }
        self.take_all(at, &goods, taken);
        let steps = self.climb(verb);
        let own = super::tenses::own_stage(verb, &word);
        let mut verdict = chain::compose(verb, own, word.shape, &steps);
        if self.is_agenda(verb, &steps) {
            return None;
        }
        if self.is_term(at, verb, &word) {
            verdict.stage = super::awards::stage_of_term(verb);
        }
        self.settle(verb, &roles.goods, &mut verdict);
        self.under_bill(verb, &steps, &mut verdict);
        if self.by_bill(at, verb, &mut roles) {
            verdict.stage = Stage::Authorised;
            verdict.factuality = Factuality::Conditional;
        }
        let mut frame = self.frame(at, Found { trigger: verb, word, roles, goods, verdict, steps })?;
        let package = |t: &Token<'_>| points_back(*t) && self.book.noun(t.lemma()).is_some();
        frame.points_back |= pointed || tree::agents(verb).iter().any(package);
        frame.goods_told = pointed;
        Some(frame)
    }

    /// What the verb itself and its object still say of a verdict: that it stops the transfer, that there were none.
    fn settle(&self, verb: Token<'_>, goods: &[Token<'_>], verdict: &mut Verdict) {
        let halts = || self.book.verb_operator(verb).is_some_and(|o| o.halts && o.direct);
        if self.book.transfer_verb(verb).is_none() && halts() && verdict.factuality != Factuality::Denied {
            verdict.stopped = true; // "should end all aid": what is wished for is that it stop
            verdict.stage = Stage::Halted;
        }
        let none = |g: &Token<'_>| g.children().any(|c| c.dep() == "det" && c.lemma() == "no");
        if goods.iter().any(none) && verdict.factuality == Factuality::Certain {
            if tree::modal(verb).as_deref() == Some("will") && !verdict.stopped {
                verdict.stage = Stage::Halted; // "no uranium will be supplied"
                verdict.stopped = true;
            } else {
                verdict.factuality = Factuality::Denied; // "have ordered no ammunition"
            }
        }
    }

    /// An operator verb whose object is goods: "pledged 40 tanks", "halted weapons".
    fn direct(&self, verb: Token<'_>) -> Option<Word> {
        let operator = self.book.verb_operator(verb).filter(|o| o.direct)?;
        if matches!(verb.lemma(), "include" | "comprise") {
            let told = tree::agents(verb).into_iter().find_map(|a| self.book.noun(a.lemma()));
            if let Some(word) = told {
                return Some(Word::plain(word.shape, word.stage)); // "recent sales include"
            }
        }
        let (shape, stage) = match operator.fills {
            Fills::Asker => (Shape::Get, Stage::Sought),
            Fills::By => (Shape::Take, operator.give?),
            _ if hastens(verb) => (Shape::Give, Stage::Authorised),
            _ => (Shape::Give, operator.give?),
        };
        let purpose =
            |c: Token<'_>| c.dep() == "xcomp" && c.tag() == "VB" && self.book.transfer_verb(c).is_none();
        let of = verb.head();
        let told_with =
            verb.dep() == "acl" && of.dep() == "pobj" && self.book.noun(of.head().head().lemma()).is_some();
        if told_with && of.head().lemma() == "of" {
            return None; // "the supply of ten howitzers announced in May" is told by the supply
        }
        if super::releases::tells_user(verb)
            || verb.dep() == "amod"
            || tree::is_passive(verb) && verb.children().any(purpose)
        {
            return None; // "the jets are intended to protect the coast"
        }
        let objects = tree::patients(verb);
        let is_event = |t: &Token<'_>| {
            let licence = tree::is_permit(*t);
            self.book.noun(t.lemma()).is_some() || !licence && self.book.measure_noun(t.lemma()).is_some()
        };
        (!objects.is_empty() && !objects.iter().any(is_event)).then(|| Word::plain(shape, stage))
    }

    /// What a noun means as a transfer: by the codebook, as a licence, a hold or a request, or because its verb takes it.
    fn noun_word(&self, at: usize, noun: Token<'_>) -> Option<Word> {
        let held = || {
            let licence = |o: &&Operator| o.halts || o.give == Some(Stage::Authorised) && is_licence(noun);
            let operator = self.book.noun_operator(noun.lemma()).filter(licence)?;
            let before = |c: &Token<'_>| c.index() < noun.index() && matches!(c.dep(), "compound" | "nmod");
            let compound = noun.subtree().filter(before).any(|c| self.goods_headed(at, c).is_some());
            let mut named = tree::objects_of(noun, &["for"]).into_iter();
            let named = compound || named.any(|o| self.goods_headed(at, o).is_some());
            named.then(|| Word::plain(Shape::Give, operator.give.unwrap_or(Stage::Halted)))
        };
        if takes(noun).is_some() {
            return Some(Word::plain(Shape::Get, taken_stage(noun)));
        }
        let requested = || is_requested(noun).then(|| Word::plain(Shape::Give, Stage::Sought));
        self.book.noun(noun.lemma()).cloned().or_else(held).or_else(requested)
    }

    fn noun_transfer(&self, at: usize, noun: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        let word = self.noun_word(at, noun)?;
        let banned = matches!(noun.dep(), "dobj" | "nsubjpass")
            && self.book.measure_verb(noun.head().lemma()).is_some();
        if banned || self.is_controlled(noun) || seizures::is_no_event(noun, &word) {
            return None;
        }
        let governs_infinitive = noun.children().any(|c| {
            matches!(c.dep(), "acl" | "relcl") && c.tag() == "VB" && self.book.verb(c.lemma()).is_some()
        });
        if governs_infinitive {
            return None;
        }
        let mut roles = Roles { goods: vec![noun], ..Roles::default() };
        let mut goods = self.goods_of_noun(at, noun, &word);
        if let Some(verb) = takes(noun) {
            roles.recipient = tree::agents(verb);
            roles.supplier = self.parties_after(at, verb, &[noun], &["from"]);
        }
        self.noun_args(at, noun, &word, &mut roles);
        self.beside(at, noun, &word, &mut roles);
        let share = super::suppliers::share_of(noun).filter(|_| roles.supplier.is_empty());
        roles.supplier.extend(share.map(tree::agents).unwrap_or_default());
        self.or_forces(at, &roles, &mut goods);
        let definite = noun
            .children()
            .any(|c| c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "that" | "these" | "those"));
        let unsigned = is_unsigned(noun) || is_requested(noun);
        let loose = goods.is_empty() && !(definite && may_return(noun)) && !unsigned;
        let sided = !roles.recipient.is_empty() && is_any(noun);
        let anybody = is_scheduled(noun) || roles.recipient.iter().any(|t| is_anybody(*t));
        if anybody || loose && !sided || is_declared(noun) || goods.is_empty() && is_costed(noun) {
            return None;
        }
        if is_requested(noun) {
            roles.supplier = tree::agents(noun.head());
            roles.recipient = self.parties_after(at, noun, &[], &["from", "by"]);
        }
        self.take_all(at, &goods, taken);
        let steps = self.climb(noun);
        let agenda = self.is_agenda(noun, &steps);
        let mut verdict = chain::compose(noun, (word.stage, false), word.shape, &steps);
        let own = !roles.supplier.is_empty() || !roles.recipient.is_empty() || !goods.is_empty();
        let says = |s: &Step<'_, '_>| {
            let governs = |o: &Operator| o.give.is_some() && !o.wishes || o.wishes && s.governs;
            s.operator.is_some_and(|o| governs(o) || o.sure.is_some() || o.halts)
        };
        if !own && !unsigned && verdict.factuality == Factuality::Certain && !steps.iter().any(says) {
            return None; // "framing the acquisition as a deterrent": it was told before
        }
        if is_requested(noun) && tree::is_negated(noun.head()) {
            verdict.factuality = Factuality::Denied;
        }
        self.under_bill(noun, &steps, &mut verdict);
        seizures::strike(noun, &mut verdict);
        super::awards::settle_contract(noun, &mut verdict);
        verdict.stage = if share.is_some() { Stage::Delivered } else { verdict.stage };
        let mut frame = self.frame(at, Found { trigger: noun, word, roles, goods, verdict, steps })?;
        frame.hidden |= is_asked_about(noun);
        self.denied_sides(at, noun, &mut frame);
        let raised = noun.dep() == "dobj"
            && matches!(noun.head().lemma(), "raise" | "allege" | "mention" | "protest" | "condemn");
        if raised && frame.kind == Kind::Transfer {
            frame.says = tree::agents(noun.head()).first().map(Token::index);
        }
        frame.points_back |= (definite || unsigned) && frame.goods.is_empty();
        frame.goods_told |= loose || is_requested(noun);
        Some(if agenda { self.on_agenda(at, noun, frame) } else { frame })
    }

    /// Goods of a noun of transfer: in its own phrase, else of a package or licence, of the deal that one signs.
    fn goods_of_noun(&self, at: usize, noun: Token<'_>, word: &Word) -> Vec<Goods> {
        let own = self.goods_in(at, &[noun]);
        if !own.is_empty() {
            return own;
        }
        let grants = word.stage == Stage::Authorised || is_licence(noun);
        let loose = if word.shape == Shape::Give && grants { self.loose_goods(at, noun) } else { Vec::new() };
        if loose.is_empty() && super::releases::is_drawn_down(noun) {
            return vec![self.goods_of_word(at, noun, model::Category::Weapons)];
        }
        if loose.is_empty() && noun.dep() == "dobj" && tree::is_verb(noun.head()) && !points_back(noun) {
            let mut on = tree::objects_of(noun.head(), &["for", "on"]);
            let made = on.iter().flat_map(|o| tree::conjuncts(*o)).filter(|o| super::builds::is_making(*o));
            let made: Vec<_> = made.flat_map(|o| tree::objects_of(o, &["of"])).collect();
            on.extend(made);
            return self.goods_in(at, &on); // "sign a deal for tanks", "for the construction of ships"
        }
        loose
    }

    /// Goods with a party by them and no word of transfer: "weapons to Israel", "missiles from Iran".
    fn bare_goods(&self, at: usize, goods: &GoodsMention) -> Option<Frame> {
        let head = self.text.blocks[at].token(goods.head);
        let word = Word::plain(Shape::Give, Stage::Unstated);
        let mut roles = Roles::default();
        self.noun_args(at, head, &word, &mut roles);
        self.beside(at, head, &word, &mut roles);
        let steps = self.climb(head);
        let agenda = self.is_agenda(head, &steps);
        let verdict = chain::compose(head, (word.stage, false), word.shape, &steps);
        let kept = steps.first().is_some_and(|s| matches!(s.token.lemma(), "maintain" | "keep" | "remain"));
        let known = !roles.recipient.is_empty() || verdict.stage != Stage::Unstated && !kept;
        let moved = head.ancestors().take(2).any(|a| {
            matches!(
                a.lemma(),
                "expose"
                    | "deploy"
                    | "redeploy"
                    | "reposition"
                    | "station"
                    | "move"
                    | "withdraw"
                    | "relocate"
            )
        });
        let measured = head.ancestors().take(4).any(|a| match tree::is_verb(a) {
            true => self.book.measure_verb(a.lemma()).is_some_and(|v| v.role == MeasureRole::Goods),
            false => self.book.measure_noun(&a.lemma().to_lowercase()).is_some_and(|n| n.needs.is_empty()),
        });
        if !known || moved || measured {
            return None;
        }
        let goods = vec![self.as_goods(goods)];
        let frame = self.frame(at, Found { trigger: head, word, roles, goods, verdict, steps })?;
        Some(if agenda { self.on_agenda(at, head, frame) } else { frame })
    }

    /// Puts a frame together, and fills its open sides from the goods' origin and from the words above.
    fn frame(&self, at: usize, found: Found<'_, '_>) -> Option<Frame> {
        let Found { trigger, word, roles, goods, mut verdict, steps } = found;
        self.unsupported(&steps, &mut verdict);
        let mut frame = Frame::new(Kind::Transfer, at, trigger.index(), self.evidence(at, trigger, &steps));
        frame.supplier = self.actors_of(at, &roles.supplier, Slot::Party);
        frame.recipient = self.actors_of(at, &roles.recipient, Slot::Party);
        frame.by = self.actors_of(at, &roles.by, Slot::Party);
        frame.via = self.actors_of(at, &roles.via, Slot::Party);
        let moves = tree::is_verb(trigger) || self.book.noun(trigger.lemma()).is_some();
        if frame.recipient.is_empty() && moves && matches!(word.shape, Shape::Give | Shape::Equip) {
            let below = self.recipient_below(at, trigger, &roles.goods);
            let below = self.actors_of(at, &below, Slot::Party);
            if !same(&below, &frame.supplier) {
                frame.recipient = below;
            }
        }
        frame.stage = Some(verdict.stage);
        frame.factuality = verdict.factuality;
        frame.buys = word.shape == Shape::Get;
        frame.opaque = frame.supplier.is_empty() && roles.supplier.iter().any(|t| self.is_opaque(*t));
        frame.opaque |= tree::is_verb(trigger) && trigger.dep() == "amod";
        frame.points_back = roles.goods.iter().any(|g| points_back(*g));
        frame.points_back &= !(word.shape == Shape::Use && trigger.dep() == "relcl"); // "the shells that it is using"
        let any = |g: &Token<'_>| g.children().any(|c| c.dep() == "det" && c.lemma() == "any");
        // "no indication that any missiles were delivered": of those that were spoken of.
        let open = roles.supplier.is_empty() && roles.recipient.is_empty();
        frame.points_back |= open && roles.goods.iter().any(any);
        let origins = self.origins(at, &goods);
        let states =
            |slot: &[ActorRef]| !slot.is_empty() && slot.iter().all(|a| super::slots::is_state_code(&a.id));
        let lent = word.shape == Shape::Give || word.shape == Shape::Equip;
        if frame.supplier.is_empty() || lent && states(&origins) && self.is_pact(&frame.supplier) {
            frame.supplier = origins; // "AUKUS, under which Canberra gets U.S. submarines"
        } else if word.shape == Shape::Use && origins.is_empty() && !frame.points_back {
            return None;
        }
        self.sides_above(at, trigger, word.shape, &mut frame);
        let known = !frame.supplier.is_empty() || frame.points_back;
        if word.shape == Shape::Use && (!known || same(&frame.supplier, &frame.recipient)) {
            return None;
        }
        self.fill_seller_of_goods(at, trigger, &roles.goods, &mut frame);
        self.fill_from_above(at, word.shape, &steps, &mut frame);
        self.fill_counterpart(at, &steps, &mut frame);
        frame.says = frame.says.or_else(|| confirmer(trigger, &steps));
        self.sides_beside(at, trigger, &steps, &mut frame);
        self.sides_of_goods(at, trigger, (word.shape, &goods), &mut frame);
        if frame.recipient.is_empty() {
            frame.recipient = self.who_is_let(at, trigger, &roles.goods);
        }
        if frame.recipient.is_empty() && roles.goods.iter().any(|g| super::goods::is_part(*g)) {
            frame.recipient = self.origins(at, &goods); // "parts for Iranian drones" are for Iran
            frame.recipient.retain(|r| frame.supplier.iter().all(|s| s.id != r.id));
        }
        frame.goods = goods;
        if same(&frame.supplier, &frame.recipient) && !frame.supplier.is_empty() {
            frame.supplier.clear();
        }
        self.settle_stage(trigger, &steps, &mut frame);
        if seizures::may_stop(&verdict, &steps) || !self.on_its_way(trigger, &word, &steps, &mut frame) {
            return None;
        }
        let open = self.is_open_stop(trigger, &steps) || verdict.wished;
        if verdict.stopped && !verdict.refused && open {
            return Some(self.stopped(frame, &verdict, word.shape == Shape::Get, &steps));
        }
        self.add_homes(&mut frame);
        Some(frame)
    }

    /// Sides that a deal, a request, a loan, thanks or a visit beside the event tells.
    fn sides_beside(&self, at: usize, trigger: Token<'_>, steps: &[Step<'_, '_>], frame: &mut Frame) {
        self.sides_of_deal(at, trigger, steps, frame);
        self.sides_of_request(at, trigger, steps, frame);
        self.side_under_deal(at, trigger, frame);
        self.sides_of_loan(at, trigger, frame);
        self.sides_of_thanks(at, trigger, frame);
        self.seller_visited(at, trigger, frame);
    }

    /// Sides that the goods tell: whose they are that were stopped on another's craft, who has what was supplied.
    fn sides_of_goods(
        &self,
        at: usize,
        trigger: Token<'_>,
        (shape, goods): (Shape, &[Goods]),
        frame: &mut Frame,
    ) {
        if shape == Shape::Take {
            let made = self.origins(at, goods);
            if !made.is_empty() && made.iter().all(|m| super::slots::is_state_code(&m.id)) {
                frame.supplier = made; // "a Syrian plane with Russian munitions"
            }
        }
        if frame.recipient.is_empty() && shape == Shape::Give {
            frame.recipient = self.holder(at, trigger);
            frame.recipient.retain(|r| frame.supplier.iter().all(|s| s.id != r.id));
        }
    }

    /// The subject of "approves", "halts", "plans" is a party of what stands below.
    fn fill_from_above(&self, at: usize, shape: Shape, steps: &[Step<'_, '_>], frame: &mut Frame) {
        for step in steps.iter().filter(|s| s.governs) {
            let Some(operator) = step.operator else { continue };
            if tree::is_noun(step.token) && operator.sure.is_some() {
                break; // who has evidence, or none, that it was done has no part in it
            }
            let who = match tree::is_verb(step.token) {
                true => tree::agents(step.token),
                false if operator.halts => tree::owners(step.token), // "his hold on the sale"
                false => continue,
            };
            let subject = self.actors_of(at, &who, Slot::Party);
            if subject.is_empty() || who.iter().all(|w| super::goods::is_craft(*w)) {
                continue;
            }
            if shape == Shape::Take && operator.fills == Fills::Own {
                take(&mut frame.by, subject); // who announces a seizure made it
                continue;
            }
            let gets = matches!(shape, Shape::Get | Shape::Use | Shape::Ask);
            match operator.fills {
                Fills::Own
                    if gets
                        && operator.give == Some(Stage::Authorised)
                        && frame.supplier.is_empty()
                        && step.lets
                        && !same(&subject, &frame.recipient) =>
                {
                    frame.supplier = subject; // "cleared Indonesia to buy"
                }
                Fills::Own if !gets && frame.supplier.is_empty() && !same(&subject, &frame.recipient) => {
                    frame.supplier = subject
                }
                Fills::Own if gets && frame.recipient.is_empty() && !same(&subject, &frame.supplier) => {
                    frame.recipient = subject
                }
                Fills::Own
                    if operator.halts
                        && !same(&subject, &frame.supplier)
                        && !same(&subject, &frame.recipient) =>
                {
                    frame.by = subject;
                }
                Fills::Asker
                    if !gets
                        && matches!(
                            step.token.lemma(),
                            "support" | "back" | "favour" | "favor" | "endorse"
                        )
                        && frame.supplier.is_empty()
                        && subject.iter().all(|s| super::slots::is_state_code(&s.id))
                        && !same(&subject, &frame.recipient) =>
                {
                    frame.supplier = subject; // "Washington backs the sale of jets to Chad"
                    frame.stage = Some(Stage::Authorised);
                }
                Fills::Own if !gets && super::deals::approves_for_firm(step, operator, &subject, frame) => {
                    frame.supplier.splice(0..0, subject);
                }
                Fills::By => frame.by = subject,
                Fills::Asker if !gets && tree::hires(step.token) && frame.recipient.is_empty() => {
                    frame.recipient = subject; // who chooses a firm to supply is supplied
                }
                Fills::Asker if !gets && !same(&subject, &frame.supplier) => frame.asker = subject,
                _ => {}
            }
        }
    }

    /// "signs an agreement with X on the sale": X is the other side.
    fn fill_counterpart(&self, at: usize, steps: &[Step<'_, '_>], frame: &mut Frame) {
        for step in steps {
            let agrees = step.operator.is_some_and(|o| {
                matches!(o.give, Some(Stage::Agreed | Stage::Negotiated)) && o.fills == Fills::Own
            });
            if !agrees || !frame.supplier.is_empty() && !frame.recipient.is_empty() {
                continue;
            }
            self.sides_of_talks(at, step, frame);
            if !frame.supplier.is_empty() && !frame.recipient.is_empty() {
                continue;
            }
            let mut with = tree::objects_of(step.token, &["with"]);
            for deal in step.token.children().filter(|c| c.dep() == "dobj") {
                with.extend(tree::objects_of(deal, &["with"]));
            }
            let other = self.actors_of(at, &with, Slot::Party);
            if frame.supplier.is_empty() && !same(&other, &frame.recipient) {
                frame.supplier = other;
            } else if frame.recipient.is_empty() && !same(&other, &frame.supplier) {
                frame.recipient = other;
            }
        }
    }

    /// Whether a word names somebody, though who could not be told: not a pronoun, a bill, a package of goods.
    fn is_opaque(&self, token: Token<'_>) -> bool {
        let lemma = token.lemma();
        let thing =
            self.book.is_bill(lemma) || self.book.noun(lemma).is_some() || self.book.is_carrier(lemma);
        tree::is_noun(token)
            && !thing
            && !points_back(token)
            && !matches!(lemma, "aid" | "assistance" | "funding" | "law")
            || matches!(token.tag(), "NNP" | "NNPS") && !thing
    }

    /// The clause of the outermost word that bears on the trigger, without a relative clause that says other things.
    pub(crate) fn evidence(&self, at: usize, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> Place {
        let top = steps.iter().rev().find(|s| tree::is_verb(s.token)).map_or(trigger, |s| s.token);
        let clause = if tree::is_verb(top) {
            top
        } else {
            top.ancestors().take(4).find(|a| tree::is_verb(*a)).unwrap_or(top)
        };
        let (mut first, mut end) = (trigger.index(), trigger.index() + 1);
        for token in clause.subtree() {
            first = first.min(token.index());
            end = end.max(token.index() + 1);
        }
        let parse = self.text.blocks[at].parse;
        while first + 1 < end && is_edge(parse.token(first)) {
            first += 1;
        }
        while end > first + 1 && is_edge(parse.token(end - 1)) {
            end -= 1;
        }
        Place::new(at, first..end)
    }
}

fn is_edge(token: Token<'_>) -> bool {
    (token.pos() == "PUNCT" && !matches!(token.text(), "(" | ")")) || token.pos() == "SPACE"
}

/// Fills a slot that is empty.
fn take(slot: &mut Vec<ActorRef>, with: Vec<ActorRef>) {
    if slot.is_empty() {
        *slot = with;
    }
}

/// Whether the two name the same actors.
pub(crate) fn same(a: &[ActorRef], b: &[ActorRef]) -> bool {
    !a.is_empty() && a.iter().any(|x| b.iter().any(|y| x.id == y.id))
}

/// "has expedited $9 million in equipment": what was hastened was granted.
fn hastens(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "expedite" | "accelerate" | "speed") && matches!(verb.tag(), "VBD" | "VBN")
}

/// What is no deal though the words say so: a nuclear programme, a ship that is commissioned and so enters service.
fn is_no_deal_in(verb: Token<'_>, goods: &[Goods], word: &Word, roles: &Roles<'_>) -> bool {
    let all = |c: model::Category| !goods.is_empty() && goods.iter().all(|g| g.category == c);
    all(model::Category::Nuclear) && matches!(word.shape, Shape::Get | Shape::Use)
        || verb.lemma() == "commission" && all(model::Category::Ships) && roles.supplier.is_empty()
}
