//! Transfers: verbs and nouns of supply and purchase, and operators that take goods as their object.

use lang::Token;
use model::{ActorRef, Factuality, Goods, Kind, Stage};

use super::chain::{self, Step, Verdict};
use super::roles::Roles;
use super::slots::Slot;
use super::table::{Fills, Shape, Word};
use super::{Frame, Reader, tree};
use crate::mentions::{ActorKind, Form, GoodsMention, Mention};
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
        for token in parse.tokens().filter(|t| matches!(t.lemma(), "award" | "win" | "receive")) {
            if let Some(frame) = self.award(at, token, &mut taken) {
                frames.push(frame);
            }
        }
        if let Some(frame) = self.listed(at, frames) {
            frames.push(frame);
        }
        for token in parse.tokens().filter(|t| tree::is_verb(*t)) {
            if let Some(frame) = self.verb_transfer(at, token, &mut taken) {
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
        for goods in self.cast.goods.iter().filter(|g| g.place.at == at) {
            if !taken[goods.head]
                && let Some(frame) = self.bare_goods(at, goods)
            {
                frames.push(frame);
            }
        }
    }

    fn verb_transfer(&self, at: usize, verb: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        let word = match self.book.verb(verb.lemma()) {
            Some(word) => word.clone(),
            None => self.direct(verb)?,
        };
        if verb.dep() == "amod" && verb.head().index() > verb.index() && word.shape != Shape::Give {
            return None;
        }
        let mut word = word;
        let mut roles = self.verb_roles(at, verb, &mut word);
        let mut goods = self.goods_in(at, &roles.goods);
        self.other_supplier(at, verb, &word, &mut roles);
        let event = roles.goods.iter().copied().find(|g| self.book.noun(g.lemma()).is_some());
        if let Some(event) = event {
            self.noun_args(at, event, &word, &mut roles);
        }
        let bomb = |g: &Goods| g.category == model::Category::Nuclear;
        if !goods.is_empty() && goods.iter().all(bomb) && matches!(word.shape, Shape::Get | Shape::Use) {
            return None; // a nuclear programme is not a deal
        }
        if goods.is_empty() {
            match word.goods {
                Some(category) => goods.push(self.goods_of_word(at, verb, category)),
                None => return None,
            }
        }
        self.beside(at, verb, &word, &mut roles);
        for head in &roles.goods {
            taken[head.index()] = true;
        }
        self.take_all(at, &goods, taken);
        let steps = self.climb(verb);
        let own = chain::own_stage(verb, &word);
        let verdict = chain::compose(verb, own, word.shape, &steps);
        self.frame(at, Found { trigger: verb, word, roles, goods, verdict, steps })
    }

    /// An operator verb whose object is goods: "pledged 40 tanks", "halted weapons".
    fn direct(&self, verb: Token<'_>) -> Option<Word> {
        let operator = self.book.operator(verb.lemma()).filter(|o| o.direct)?;
        let (shape, stage) = match operator.fills {
            Fills::Asker => (Shape::Get, Stage::Sought),
            _ => (Shape::Give, operator.give?),
        };
        if verb.dep() == "amod" {
            return None;
        }
        let objects = tree::patients(verb);
        let is_event = |t: &Token<'_>| {
            self.book.noun(t.lemma()).is_some() || self.book.measure_noun(t.lemma()).is_some()
        };
        (!objects.is_empty() && !objects.iter().any(is_event)).then(|| Word::plain(shape, stage))
    }

    fn noun_transfer(&self, at: usize, noun: Token<'_>, taken: &mut [bool]) -> Option<Frame> {
        let held = || {
            let operator = self.book.noun_operator(noun.lemma()).filter(|o| o.halts)?;
            let compound = noun
                .children()
                .any(|c| matches!(c.dep(), "compound" | "nmod") && self.goods_headed(at, c).is_some());
            compound.then(|| Word::plain(Shape::Give, operator.give.unwrap_or(Stage::Halted)))
        };
        let word = self.book.noun(noun.lemma()).cloned().or_else(held)?;
        let banned = matches!(noun.dep(), "dobj" | "nsubjpass")
            && self.book.measure_verb(noun.head().lemma()).is_some();
        if banned {
            return None;
        }
        let governs_infinitive = noun.children().any(|c| {
            matches!(c.dep(), "acl" | "relcl") && c.tag() == "VB" && self.book.verb(c.lemma()).is_some()
        });
        if governs_infinitive {
            return None;
        }
        let mut roles = Roles { goods: vec![noun], ..Roles::default() };
        let goods = self.goods_in(at, &roles.goods);
        self.noun_args(at, noun, &word, &mut roles);
        self.beside(at, noun, &word, &mut roles);
        let definite = noun
            .children()
            .any(|c| c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "that" | "these" | "those"));
        if goods.is_empty() && !definite {
            return None;
        }
        self.take_all(at, &goods, taken);
        let steps = self.climb(noun);
        let verdict = chain::compose(noun, (word.stage, false), word.shape, &steps);
        let mut frame = self.frame(at, Found { trigger: noun, word, roles, goods, verdict, steps })?;
        let raised = noun.dep() == "dobj"
            && matches!(noun.head().lemma(), "raise" | "allege" | "mention" | "protest" | "condemn");
        if raised && frame.kind == Kind::Transfer {
            frame.says = tree::agents(noun.head()).first().map(Token::index);
        }
        frame.points_back |= definite && frame.goods.is_empty();
        Some(frame)
    }

    /// Goods with a party by them and no word of transfer: "weapons to Israel", "missiles from Iran".
    fn bare_goods(&self, at: usize, goods: &GoodsMention) -> Option<Frame> {
        let head = self.text.blocks[at].token(goods.head);
        let word = Word::plain(Shape::Give, Stage::Unstated);
        let mut roles = Roles::default();
        self.noun_args(at, head, &word, &mut roles);
        self.beside(at, head, &word, &mut roles);
        let steps = self.climb(head);
        let verdict = chain::compose(head, (word.stage, false), word.shape, &steps);
        let known = !roles.recipient.is_empty() || verdict.stage != Stage::Unstated;
        if !known {
            return None;
        }
        let goods = vec![self.as_goods(goods)];
        self.frame(at, Found { trigger: head, word, roles, goods, verdict, steps })
    }

    /// Puts a frame together, and fills its open sides from the goods' origin and from the words above.
    fn frame(&self, at: usize, found: Found<'_, '_>) -> Option<Frame> {
        let Found { trigger, word, roles, goods, verdict, steps } = found;
        let mut frame = Frame::new(Kind::Transfer, at, trigger.index(), self.evidence(at, trigger, &steps));
        frame.supplier = self.actors_of(at, &roles.supplier, Slot::Party);
        frame.recipient = self.actors_of(at, &roles.recipient, Slot::Party);
        frame.by = self.actors_of(at, &roles.by, Slot::Party);
        frame.stage = Some(verdict.stage);
        frame.factuality = verdict.factuality;
        frame.opaque = frame.supplier.is_empty() && roles.supplier.iter().any(|t| self.is_opaque(*t));
        frame.opaque |= tree::is_verb(trigger) && trigger.dep() == "amod";
        frame.points_back = roles.goods.iter().any(|g| points_back(*g));
        let origins = self.origins(at, &goods);
        if frame.supplier.is_empty() {
            frame.supplier = origins;
        } else if word.shape == Shape::Use && origins.is_empty() && !frame.points_back {
            return None;
        }
        let known = !frame.supplier.is_empty() || frame.points_back;
        if word.shape == Shape::Use && (!known || same(&frame.supplier, &frame.recipient)) {
            return None;
        }
        self.fill_from_above(at, word.shape, &steps, &mut frame);
        self.fill_counterpart(at, &steps, &mut frame);
        let over = trigger.head();
        let lets = matches!(over.lemma(), "permit" | "allow" | "enable" | "let" | "help")
            && trigger.dep() == "nsubj";
        if lets && frame.recipient.is_empty() {
            let object = over.children().filter(|c| matches!(c.dep(), "dobj" | "ccomp" | "xcomp" | "nsubj"));
            let inside = object
                .filter(|c| c.index() > over.index())
                .flat_map(|c| std::iter::once(c).chain(c.children().filter(|s| s.dep() == "nsubj")));
            let who: Vec<_> = inside.filter(|t| tree::is_noun(*t)).collect();
            frame.recipient = self.actors_of(at, &who, Slot::Party);
        }
        frame.goods = goods;
        if same(&frame.supplier, &frame.recipient) && !frame.supplier.is_empty() {
            frame.supplier.clear();
        }
        if verdict.stopped && (verdict.wished || self.is_legislative(trigger, &steps)) {
            return Some(self.as_measure(frame, &verdict));
        }
        Some(frame)
    }

    /// The subject of "approves", "halts", "plans" is a party of what stands below.
    fn fill_from_above(&self, at: usize, shape: Shape, steps: &[Step<'_, '_>], frame: &mut Frame) {
        for step in steps.iter().filter(|s| s.governs && tree::is_verb(s.token)) {
            let Some(operator) = step.operator else { continue };
            let subject = self.actors_of(at, &tree::agents(step.token), Slot::Party);
            if subject.is_empty() {
                continue;
            }
            let gets = matches!(shape, Shape::Get | Shape::Use | Shape::Ask);
            match operator.fills {
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
                Fills::By => frame.by = subject,
                _ => {}
            }
        }
    }

    /// Whether what stops the transfer is a bill, a resolution, a request: it would stop it.
    fn is_legislative(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        over.into_iter().any(|token| {
            let by_bill =
                tree::is_verb(token) && tree::agents(token).iter().any(|a| self.book.is_bill(a.lemma()));
            let under_bill =
                token.ancestors().take(2).any(|a| tree::is_noun(a) && self.book.is_bill(a.lemma()));
            let by_chamber = tree::is_verb(token)
                && tree::agents(token)
                    .iter()
                    .any(|a| matches!(a.lemma(), "Senate" | "House" | "Congress" | "lawmaker" | "senator"));
            by_bill
                || by_chamber && self.publisher.is_some()
                || under_bill && matches!(token.tag(), "VB" | "VBG")
                || self.book.is_bill(token.lemma()) && tree::is_noun(token)
        })
    }

    /// "signs an agreement with X on the sale": X is the other side.
    fn fill_counterpart(&self, at: usize, steps: &[Step<'_, '_>], frame: &mut Frame) {
        for step in steps {
            let agrees = step.operator.is_some_and(|o| {
                matches!(o.give, Some(Stage::Agreed | Stage::Negotiated)) && o.fills == Fills::Own
            });
            if !agrees || frame.supplier.is_empty() == frame.recipient.is_empty() {
                continue;
            }
            let other = self.actors_of(at, &tree::objects_of(step.token, &["with"]), Slot::Party);
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

    /// A wish that a transfer be stopped is a measure, proposed (codebook, "Settled cases").
    fn as_measure(&self, frame: Frame, verdict: &Verdict) -> Frame {
        let instrument = self.words(frame.at, frame.evidence.tokens());
        let factuality = match verdict.factuality {
            Factuality::Denied => Factuality::Denied,
            _ => Factuality::Certain,
        };
        Frame {
            kind: Kind::Measure,
            stage: None,
            action: Some(model::Action::Proposed),
            imposer: frame.supplier.clone(),
            target: frame.recipient.clone(),
            supplier: Vec::new(),
            recipient: Vec::new(),
            instrument: Some(instrument),
            factuality,
            ..frame
        }
    }

    /// Whose the goods are said to be.
    fn origins(&self, at: usize, goods: &[Goods]) -> Vec<ActorRef> {
        let mentions =
            self.cast.goods.iter().filter(|g| g.place.at == at && goods.iter().any(|x| x.span == g.span));
        let mut found: Vec<ActorRef> = Vec::new();
        for mention in mentions.clone().filter(|g| g.origin.is_none()) {
            let head = self.text.blocks[at].token(mention.head);
            let before = head.children().filter(|c| {
                c.index() < head.index() && matches!(c.dep(), "amod" | "nmod" | "compound" | "poss")
            });
            for owner in before {
                let demonym = self.mention_headed(at, owner.index());
                let is_state = |m: &&Mention| self.cast.actors[m.actor].kind == ActorKind::State;
                let named =
                    demonym.filter(is_state).filter(|m| m.form == Form::Demonym || owner.dep() == "poss");
                let reference =
                    named.and_then(|m| self.reference(&self.cast.actors[m.actor], m.span, Slot::Party));
                found.extend(reference.filter(|r| !found.iter().any(|f| f.id == r.id)));
            }
        }
        for (origin, span) in mentions.filter_map(|g| g.origin.map(|o| (o, g.span))) {
            let actor = &self.cast.actors[origin];
            let place = self
                .cast
                .mentions
                .iter()
                .filter(|m| m.actor == origin && m.place.at == at)
                .min_by_key(|m| m.span.start.abs_diff(span.start));
            let reference = place.and_then(|m| self.reference(actor, m.span, Slot::Party));
            found.extend(reference.filter(|r| !found.iter().any(|f| f.id == r.id)));
        }
        found
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

    pub(crate) fn take_all(&self, at: usize, goods: &[Goods], taken: &mut [bool]) {
        for mention in self.cast.goods.iter().filter(|g| g.place.at == at) {
            if goods.iter().any(|g| g.span == mention.span) {
                taken[mention.head] = true;
            }
        }
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

/// Whether a noun phrase points back to something told before.
fn points_back(noun: Token<'_>) -> bool {
    noun.children().any(|c| {
        c.dep() == "det" && matches!(c.lemma(), "this" | "that" | "these" | "those" | "such" | "the")
    }) || matches!(noun.lemma(), "it" | "they")
}

/// Whether the two name the same actors.
pub(crate) fn same(a: &[ActorRef], b: &[ActorRef]) -> bool {
    !a.is_empty() && a.iter().any(|x| b.iter().any(|y| x.id == y.id))
}
