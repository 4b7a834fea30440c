//! Frames become claims: each with its source, and once per source.

use model::{
    ActorRef, Basis, BlockKind, Claim, Directness, Evidence, Factuality, Kind, Note, Phrase, Source, Stage,
};

use super::fill::goods_agree;
use super::slots::is_state_code;
use super::{Frame, Reader, headlines};
use crate::attribution::{Attribution, Stance};
use crate::mentions::ActorKind;
use crate::text::Place;

impl Reader<'_> {
    /// Finds the source of every frame and joins those that say the same.
    pub(crate) fn assemble(&self, frames: Vec<Frame>) -> (Vec<Claim>, Vec<Note>) {
        let mut claims: Vec<Claim> = Vec::new();
        let (titles, body): (Vec<Frame>, Vec<Frame>) =
            frames.into_iter().partition(|f| self.is_headline(f.at));
        for (is_title, frame) in
            body.into_iter().map(|f| (false, f)).chain(titles.into_iter().map(|f| (true, f)))
        {
            let capitals = is_title && self.is_title_case(frame.at);
            let claim = self.claim(frame);
            let known = claims.iter().any(|c| says_the_same(c, &claim));
            if is_title && !known && claims.iter().any(|c| headlines::retells(&claim, c)) {
                continue;
            }
            if capitals && !claims.is_empty() && !known {
                continue; // capitals in a title mislead the parser: it is taken where the story says so too
            }
            match claims
                .iter_mut()
                .find(|c| says_the_same(c, &claim) && self.one_system(&c.goods, &claim.goods))
            {
                Some(earlier) => join(earlier, claim),
                None => claims.push(claim),
            }
        }
        drop_unstated(&mut claims);
        claims.sort_by_key(|c| c.evidence.iter().map(|e| e.span).min());
        (claims, Vec::new())
    }

    /// Whether a block is a headline in which most long words have a capital.
    fn is_title_case(&self, at: usize) -> bool {
        let block = &self.text.blocks[at];
        let long = || {
            block
                .parse
                .tokens()
                .filter(|t| t.text().chars().count() > 3 && t.text().chars().all(char::is_alphabetic))
        };
        let capital = long().filter(|t| t.text().starts_with(char::is_uppercase)).count();
        block.kind == BlockKind::Headline && capital * 5 >= long().count() * 4
    }

    fn claim(&self, frame: Frame) -> Claim {
        let over = self.over(&frame);
        let mut claim = Claim::new(frame.kind);
        claim.factuality = frame.factuality;
        for attribution in &over {
            if frame.answers || frame.stage == Some(Stage::Halted) && self.cue_refuses(attribution) {
                continue; // "ruled out sending": refused, which is no denial
            }
            if attribution.stance == Stance::Believes && self.is_first_person(attribution) {
                continue; // "I believe that this package of sanctions is solid": an opinion, no doubt
            }
            let doubts = matches!(attribution.stance, Stance::Denies | Stance::NoEvidence);
            if doubts && self.is_presupposed(&frame) {
                continue; // "no evidence that X ordered the shells that Y seized": Y did seize them
            }
            claim.factuality = under_stance(attribution, claim.factuality);
        }
        claim.source = self.source(&over);
        if frame.action == Some(model::Action::Blocked) {
            claim.factuality = frame.factuality; // who rejects a measure denies nothing
        }
        if frame.answers {
            claim.factuality = frame.factuality;
        } else if frame.echoes {
            claim.factuality = Factuality::Denied;
        }
        if let Some(head) = frame.says
            && let Some(mention) = self.cast.mention_at(frame.at, head)
        {
            claim.source = self.named_source(mention.actor, mention.span);
        } else if let Some(head) = frame.says
            && let Some(state) = self.body_speaking(frame.at, head)
        {
            claim.source = state;
        }
        let block = &self.text.blocks[frame.evidence.at];
        let span = block.span(frame.evidence.tokens());
        claim.evidence =
            vec![Evidence { text: span.of(&self.text.document.text).to_owned(), span, block: block.block }];
        claim.supplier = frame.supplier;
        claim.recipient = frame.recipient;
        claim.via = frame.via;
        claim.by = frame.by;
        claim.goods = frame.goods;
        claim.stage = frame.stage;
        claim.imposer = frame.imposer;
        claim.target = frame.target;
        claim.instrument = frame.instrument;
        claim.action = frame.action;
        claim.actor = frame.actor;
        claim.act = frame.act;
        claim.parties = frame.parties;
        claim.place = frame.place;
        claim.when = self.time_of(frame.at, frame.trigger, &frame.evidence);
        if claim.kind == Kind::Transfer {
            claim.price = self.price_of(frame.at, frame.trigger, &frame.evidence);
        }
        claim
    }

    /// The time expression in the claim's own words that stands nearest its trigger, in the same sentence.
    fn time_of(&self, at: usize, trigger: usize, evidence: &Place) -> Option<model::When> {
        let sentence = self.text.blocks[at].token(trigger).sentence();
        let inside = |p: &Place| p.at == at && evidence.holds(at, p.first) && sentence.contains(&p.first);
        let near =
            self.times.iter().filter(|d| inside(&d.place)).min_by_key(|d| d.place.first.abs_diff(trigger));
        near.map(|d| d.when.clone())
    }

    /// The sum of money, or what is given in exchange, in the claim's own words.
    fn price_of(&self, at: usize, trigger: usize, evidence: &Place) -> Option<Phrase> {
        let sentence = self.text.blocks[at].token(trigger).sentence();
        let inside = |p: &Place| p.at == at && evidence.holds(at, p.first) && sentence.contains(&p.first);
        let near = self
            .cast
            .prices
            .iter()
            .filter(|p| inside(&p.place))
            .min_by_key(|p| p.place.first.abs_diff(trigger))?;
        Some(Phrase { text: near.span.of(&self.text.document.text).to_owned(), span: near.span })
    }

    /// The attributions whose content holds the trigger, innermost first; intentions and wishes are not statements.
    fn over(&self, frame: &Frame) -> Vec<&Attribution> {
        let holds = |a: &&Attribution| a.content.iter().any(|c| c.holds(frame.at, frame.trigger));
        let size = |a: &Attribution| a.content.iter().map(|c| c.end - c.first).sum::<usize>();
        let mut over: Vec<&Attribution> = self.attributions.iter().filter(holds).collect();
        if over.is_empty() {
            over.extend(self.attributions.iter().find(|a| self.closes_sentence(a, frame)));
        }
        over.retain(|a| match a.stance {
            Stance::Intends | Stance::Asks => false,
            Stance::Urges
                if matches!(self.cue_lemma(a), "reject" | "veto" | "defeat" | "approve" | "vote") =>
            {
                false
            }
            _ if matches!(
                self.cue_lemma(a),
                "observe"
                    | "respect"
                    | "honour"
                    | "honor"
                    | "comply"
                    | "adhere"
                    | "abide"
                    | "implement"
                    | "enforce"
            ) =>
            {
                false // who keeps an embargo does not state it
            }
            Stance::Urges => self.urger_is_outside(a, frame),
            _ => true,
        });
        over.sort_by_key(|a| size(a));
        over
    }

    /// "X broke the embargo and it is likely that Y did, according to experts": who closes a sentence says all of it.
    fn closes_sentence(&self, attribution: &Attribution, frame: &Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        attribution.cue.first().is_some_and(|p| {
            let cue = self.text.blocks[p.at].token(p.first);
            let here = p.at == frame.at && trigger.sentence() == cue.sentence() && p.first > frame.trigger;
            here && cue.text() == "according" && attribution.is_statement()
        })
    }

    /// Whether the trigger stands in a relative clause on a definite noun: that much is taken for granted.
    fn is_presupposed(&self, frame: &Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let definite = |n: lang::Token<'_>| n.children().any(|c| c.dep() == "det" && c.lemma() == "the");
        trigger.dep() == "relcl" && definite(trigger.head())
    }

    fn cue_lemma(&self, attribution: &Attribution) -> &str {
        let Some(place) = attribution.cue.first() else { return "" };
        let block = &self.text.blocks[place.at];
        let verb = |t: &lang::Token<'_>| super::tree::is_verb(*t) && !matches!(t.dep(), "aux" | "auxpass");
        place.tokens().map(|i| block.token(i)).find(verb).map_or("", |t| t.lemma())
    }

    fn cue_refuses(&self, attribution: &Attribution) -> bool {
        matches!(self.cue_lemma(attribution), "rule" | "refuse" | "decline" | "reject")
    }

    /// "The senators urge the White House to deliver": the urger speaks, unless it is itself a party.
    fn urger_is_outside(&self, attribution: &Attribution, frame: &Frame) -> bool {
        let Some(actor) = attribution.actor.map(|i| &self.cast.actors[i]) else {
            return false;
        };
        let id = actor.stands_for.as_ref().unwrap_or(&actor.id);
        let party = |slot: &[ActorRef]| slot.iter().any(|a| &a.id == id || a.id == actor.id);
        frame.kind == Kind::Measure || !party(&frame.recipient)
    }

    /// An actor as the source of what it says.
    fn named_source(&self, actor: usize, span: model::Span) -> Source {
        let actor = &self.cast.actors[actor];
        let own = is_state_code(&actor.id).then(|| actor.id.clone());
        let speaker =
            if own.is_some() { span.of(&self.text.document.text).to_owned() } else { actor.id.clone() };
        let affiliation = own.or_else(|| actor.affiliation.clone()).or_else(|| actor.stands_for.clone());
        Source { speaker, role: actor.role.clone(), affiliation, span: Some(span), ..Source::author() }
    }

    /// A body without a name as the source: "your administration", "the ministry".
    fn body_speaking(&self, at: usize, head: usize) -> Option<Source> {
        let token = self.text.blocks[at].token(head);
        let found = self.actors(at, token, super::slots::Slot::Party).into_iter().next()?;
        let words = self.words(at, super::tree::bare_phrase(token));
        let affiliation = is_state_code(&found.id).then(|| found.id.clone());
        Some(Source { speaker: words.text, affiliation, span: Some(words.span), ..Source::author() })
    }

    /// Whether the source is the body or person whose release it is: "we", "the senators" of their own letter.
    fn is_house_voice(&self, attribution: &Attribution) -> bool {
        if self.publisher.is_none() {
            return false;
        }
        if attribution.actor.is_some() && attribution.actor == self.cast.author {
            return true;
        }
        let Some(place) = &attribution.source else { return false };
        let words = self.text.blocks[place.at].parse.words(place.tokens()).to_lowercase();
        let plural = ["senators", "members", "lawmakers", "congressmen", "representatives"];
        let plain = |i: usize| {
            let actor = &self.cast.actors[i];
            actor.kind == ActorKind::Unnamed || actor.id.starts_with(char::is_lowercase)
        };
        let unnamed = attribution.actor.is_none_or(plain);
        unnamed && (matches!(words.as_str(), "we" | "i") || plural.iter().any(|p| words.ends_with(p)))
    }

    /// Whether the source is "I" or "we".
    fn is_first_person(&self, attribution: &Attribution) -> bool {
        let words = |p: &Place| self.text.blocks[p.at].parse.words(p.tokens()).to_lowercase();
        attribution.source.as_ref().is_some_and(|p| matches!(words(p).as_str(), "i" | "we"))
    }

    /// Whether an attribution is a speaker's turn in a transcript or record.
    pub(crate) fn is_turn(&self, attribution: &Attribution) -> bool {
        let word = |p: &Place| self.text.blocks[p.at].token(p.first).text();
        attribution.cue.first().is_some_and(|p| word(p) == "." || word(p).ends_with(':'))
    }

    /// Whether a source speaks for the publisher's state: a member in its chamber's record, whoever else bears the name;
    /// who answers on a ministry's page; nobody that has a name.
    fn is_of_house(&self, inner: &Attribution, source: &Source) -> bool {
        let kind = |is: ActorKind| inner.actor.is_some_and(|i| self.cast.actors[i].kind == is);
        let word = inner.cue.first().map(|c| self.text.blocks[c.at].token(c.first).text());
        let answers = word.is_some_and(|w| w.ends_with(':')) && kind(ActorKind::Person);
        let plain = self.is_turn(inner) || inner.actor.is_none() || kind(ActorKind::Unnamed) || answers;
        let member = self.is_turn(inner) && self.is_record() && self.publisher.is_some();
        let itself = |a: &String| *a == source.speaker && self.is_turn(inner); // "MR. DOE:", of whom nothing is told
        let department = source.affiliation.as_deref().is_some_and(super::releases::is_department);
        member
            || department && self.publisher.is_some()
            || source.affiliation.as_ref().is_none_or(itself) && plain
    }

    /// Who says so: the innermost source that is named, the outer ones as the chain.
    fn source(&self, over: &[&Attribution]) -> Source {
        let mut source = Source { affiliation: self.publisher.clone(), ..Source::author() };
        let mut spoken = over.iter().filter(|a| a.actor.is_some() || a.source.is_some());
        let Some(inner) = spoken.next() else { return source };
        source.basis = inner.basis;
        source.directness = inner.directness;
        source.chain = inner.chain.clone();
        match inner.actor.map(|i| &self.cast.actors[i]) {
            Some(actor) => {
                source.speaker = actor.id.clone();
                source.role = actor.role.clone();
                source.affiliation = actor.affiliation.clone().or_else(|| actor.stands_for.clone());
                if is_state_code(&actor.id) {
                    source.affiliation = Some(actor.id.clone());
                }
            }
            None => source.affiliation = None,
        }
        if self.is_house_voice(inner) {
            source.speaker = "author".to_owned();
            source.affiliation.clone_from(&self.publisher);
            return source;
        }
        if self.is_of_house(inner, &source) {
            source.affiliation.clone_from(&self.publisher);
        }
        if let Some(place) = &inner.source {
            let span = self.text.blocks[place.at].span(place.tokens());
            source.span = Some(span);
            let named = inner.actor.is_some_and(|i| !is_state_code(&self.cast.actors[i].id));
            if !named {
                source.speaker = span.of(&self.text.document.text).to_owned();
            }
            let pronoun = matches!(
                source.speaker.as_str(),
                "which" | "who" | "that" | "it" | "It" | "he" | "she" | "they" | "They"
            );
            if let Some(actor) = inner.actor.filter(|_| !named && pronoun) {
                source.speaker.clone_from(&self.cast.actors[actor].name);
            } else if pronoun
                && let Some(noun) = super::tree::antecedent(self.text.blocks[place.at].token(place.first))
            {
                let words = self.words(place.at, super::tree::bare_phrase(noun)); // "documents that suggest that"
                source.speaker = words.text;
                source.span = Some(words.span);
            }
        }
        for outer in spoken {
            if let Some(actor) = outer.actor.map(|i| &self.cast.actors[i])
                && actor.id != source.speaker
                && !source.chain.contains(&actor.id)
            {
                source.chain.push(actor.id.clone());
            }
        }
        if source.basis == Basis::NoneGiven {
            source.basis =
                over.iter().map(|a| a.basis).find(|b| *b != Basis::NoneGiven).unwrap_or(Basis::NoneGiven);
        }
        source
    }
}

/// What a source's stance makes of the factuality of what it says.
fn under_stance(attribution: &Attribution, inner: Factuality) -> Factuality {
    let stance = match (attribution.stance, attribution.negated) {
        (Stance::Denies, true) => Stance::Withholds,
        (stance, _) => stance,
    };
    match (stance, inner) {
        (Stance::Denies, Factuality::Denied) => Factuality::Denied,
        (Stance::Denies, _) => Factuality::Denied,
        (Stance::NoEvidence, _) => Factuality::NoEvidence,
        (Stance::Withholds, _) => Factuality::Undetermined,
        (Stance::Believes, Factuality::Certain) => Factuality::Probable,
        (Stance::Alleges, Factuality::Certain) if attribution.source.is_none() => Factuality::Probable,
        (_, inner) => inner,
    }
}

fn ids(slot: &[ActorRef]) -> Vec<&str> {
    let mut ids: Vec<&str> = slot.iter().map(|a| a.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

/// Whether two claims are one proposition of one source.
fn says_the_same(a: &Claim, b: &Claim) -> bool {
    let house = |c: &Claim| c.source.speaker == "author" && c.source.affiliation.is_some();
    let one_house = a.source.affiliation == b.source.affiliation && (house(a) || house(b));
    let same_source = a.source.speaker == b.source.speaker || one_house;
    let head = a.kind == b.kind && same_source && a.factuality == b.factuality;
    let slots = |f: fn(&Claim) -> &Vec<ActorRef>| {
        let (x, y) = (ids(f(a)), ids(f(b)));
        x == y
    };
    head && match a.kind {
        Kind::Transfer => {
            a.stage == b.stage
                && slots(|c| &c.supplier)
                && slots(|c| &c.recipient)
                && goods_agree(&a.goods, &b.goods)
                && !apart(a, b)
        }
        Kind::Measure => a.action == b.action && slots(|c| &c.imposer) && slots(|c| &c.target),
        Kind::Violation => slots(|c| &c.actor),
        Kind::Contact => slots(|c| &c.parties),
        Kind::Shortage => slots(|c| &c.actor) && goods_agree(&a.goods, &b.goods),
    }
}

/// Whether two transfers are told of different times: "six jets in 2019", "four helicopters in 2021".
fn apart(a: &Claim, b: &Claim) -> bool {
    let times = |c: &Claim| c.when.as_ref().and_then(|w| w.start.clone().zip(w.end.clone()));
    let known = |c: &Claim| !c.goods.is_empty() && c.goods.iter().all(|g| g.quantity.is_some());
    let done = matches!(a.stage, Some(Stage::Delivered | Stage::Shipped | Stage::Agreed));
    let (Some(x), Some(y)) = (times(a), times(b)) else { return false };
    done && (known(a) || known(b)) && (x.1 < y.0 || y.1 < x.0)
}

/// Adds the evidence and the goods of a repeat.
fn join(earlier: &mut Claim, repeat: Claim) {
    for evidence in repeat.evidence {
        if !earlier.evidence.contains(&evidence) {
            earlier.evidence.push(evidence);
        }
    }
    for goods in repeat.goods {
        let known = earlier.goods.iter().any(|g| g.text.eq_ignore_ascii_case(&goods.text));
        if !known {
            earlier.goods.push(goods);
        }
    }
    earlier.when = earlier.when.take().or(repeat.when);
    earlier.price = earlier.price.take().or(repeat.price);
    for by in repeat.by {
        if !earlier.by.iter().any(|b| b.id == by.id) {
            earlier.by.push(by);
        }
    }
    if earlier.source.directness != repeat.source.directness {
        earlier.source.directness = Directness::Mixed;
    }
}

/// A bare "arms sales" says nothing beside a claim on the same sale that tells its stage.
fn drop_unstated(claims: &mut Vec<Claim>) {
    claims.retain(|c| c.stage != Some(Stage::Unstated) || c.factuality != Factuality::Conditional);
    claims.retain(|c| c.kind != Kind::Transfer || !c.goods.is_empty()); // "has approved the export": of what?
    let told: Vec<Claim> = claims
        .iter()
        .filter(|c| c.kind == Kind::Transfer && c.stage != Some(Stage::Unstated))
        .cloned()
        .collect();
    claims.retain(|c| {
        let bare = c.kind == Kind::Transfer && c.stage == Some(Stage::Unstated);
        !bare
            || !told.iter().any(|t| {
                ids(&t.supplier) == ids(&c.supplier)
                    && ids(&t.recipient) == ids(&c.recipient)
                    && goods_agree(&t.goods, &c.goods)
            })
    });
}
