//! Violations, contacts and shortages.

use lang::Token;
use model::{ActorRef, Factuality, Kind, Phrase};

use super::slots::Slot;
use super::{Frame, Reader, chain, tree};
use crate::mentions::{ActorKind, Form};

impl Reader<'_> {
    /// Adds the violations, contacts and shortages of block `at` to `frames`.
    pub(crate) fn others(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        for token in parse.tokens() {
            frames.extend(self.violation(at, token));
            frames.extend(self.contact(at, token));
            frames.extend(self.shortage(at, token));
        }
    }

    fn violation(&self, at: usize, token: Token<'_>) -> Option<Frame> {
        let words = &self.book.violation;
        let is_verb = tree::is_verb(token) && words.verbs.iter().any(|v| v == token.lemma());
        let is_noun = tree::is_noun(token) && words.nouns.iter().any(|n| n == token.lemma());
        if !is_verb && !is_noun {
            return None;
        }
        let broken = if is_verb { tree::patients(token) } else { tree::objects_of(token, &["of"]) };
        let instrument = broken.into_iter().find(|b| self.is_instrument(at, *b))?;
        if let Some(frame) = self.breaking_transfer(at, token, instrument) {
            return Some(frame);
        }
        let mut frame = Frame::new(Kind::Violation, at, token.index(), self.clause(at, token));
        frame.instrument = Some(self.words(at, tree::bare_phrase(instrument)));
        // Kept for what is told of the embargo later.
        let on = [instrument, token].into_iter().flat_map(|t| tree::objects_of(t, &["on", "against"]));
        frame.target = self.actors_of(at, &on.collect::<Vec<_>>(), Slot::Target);
        frame.imposer = self.actors_of(at, &tree::owners(instrument), Slot::Party);
        let (actor, act) = if is_verb { self.breaker(at, token) } else { self.breaker_of_noun(at, token) };
        frame.actor = actor;
        if frame.actor.is_empty() {
            frame.actor = self.breaker_told(at, token);
        }
        frame.actor.retain(|a| a.id != "UN"); // whose embargo it is, and who watches over it
        frame.act = act;
        frame.factuality = self.violation_factuality(token);
        let told = |s: &Token<'_>| {
            self.book.noun(s.lemma()).is_some()
                || matches!(
                    s.lemma(),
                    "it" | "this" | "that" | "move" | "step" | "act" | "action" | "decision" | "which"
                )
        };
        frame.points_back = !is_verb || tree::agents(token).iter().any(told);
        let over = if token.dep() == "pobj" { token.head().head() } else { token.head() };
        if !is_verb && tree::is_verb(over) && self.passes_judgement(token, over) {
            frame.says = tree::agents(over).first().map(Token::index);
        }
        (!frame.actor.is_empty() || frame.points_back).then_some(frame)
    }

    /// "Any delivery of shells to Chad would violate the embargo": who would deliver them; both, of a deal between two.
    fn breaking_transfer(&self, at: usize, token: Token<'_>, instrument: Token<'_>) -> Option<Frame> {
        let verb = if tree::is_verb(token) { token } else { token.head() };
        let says = tree::is_verb(token) || token.dep() == "attr" || verb.lemma() == "constitute";
        let act = tree::child(verb, &["nsubj"]).filter(|n| says && tree::is_noun(*n))?;
        let word = self.book.noun(act.lemma())?.clone();
        let mut roles = super::roles::Roles { goods: vec![act], ..Default::default() };
        self.noun_args(at, act, &word, &mut roles);
        self.beside(at, act, &word, &mut roles);
        let mut actor = self.actors_of(at, &roles.supplier, Slot::Party);
        for side in self.actors_of(at, &tree::objects_of(act, &["between"]), Slot::Party) {
            if !actor.iter().any(|a| a.id == side.id) {
                actor.push(side);
            }
        }
        let recipient = self.actors_of(at, &roles.recipient, Slot::Party);
        let buys = word.shape == super::table::Shape::Get;
        if buys || !actor.is_empty() {
            actor.extend(
                recipient.iter().filter(|r| actor.iter().all(|a| a.id != r.id)).cloned().collect::<Vec<_>>(),
            );
        }
        if buys && !recipient.is_empty() {
            actor.retain(|a| recipient.iter().any(|r| r.id == a.id)); // who buys breaks it
        }
        if actor.is_empty() && recipient.is_empty() {
            return None;
        }
        let mut frame = Frame::new(Kind::Violation, at, token.index(), self.clause(at, token));
        frame.instrument = Some(self.words(at, tree::bare_phrase(instrument)));
        frame.act = Some(self.whole(at, act));
        frame.factuality = self.violation_factuality(token);
        (frame.actor, frame.recipient) = (actor, recipient);
        Some(frame)
    }

    /// A sanction, embargo or resolution; a law, treaty or rule only where it is one on arms.
    fn is_instrument(&self, at: usize, noun: Token<'_>) -> bool {
        let words = &self.book.violation;
        let is_one =
            |list: &[String]| list.iter().any(|w| w == noun.lemma() || noun.text().eq_ignore_ascii_case(w));
        if is_one(&words.instruments) {
            return true;
        }
        let arms = |t: Token<'_>| {
            let word = t.text().to_lowercase();
            words.arms.contains(&word) || self.goods_headed(at, t).is_some()
        };
        is_one(&words.general)
            && (noun.subtree().any(arms) || noun.sentence().any(|i| arms(noun.parse().token(i))))
    }

    fn breaker(&self, at: usize, verb: Token<'_>) -> (Vec<ActorRef>, Option<Phrase>) {
        let agents = tree::agents(verb);
        let actor = self.actors_of(at, &agents, Slot::Party);
        let by = verb.children().find(|c| c.dep() == "prep" && matches!(c.lemma(), "by" | "through"));
        let act = by.and_then(|b| tree::child(b, &["pcomp", "pobj"])).map(|t| self.whole(at, t));
        if !actor.is_empty() {
            return (actor, act);
        }
        for agent in agents {
            let owners = self.actors_of(at, &tree::owners(agent), Slot::Party);
            if !owners.is_empty() {
                return (owners, Some(self.whole(at, agent)));
            }
            let above = verb.is_under(agent);
            let within = if above { Vec::new() } else { self.actors_inside(at, agent) };
            if !within.is_empty() {
                return (within, Some(self.whole(at, agent)));
            }
        }
        (Vec::new(), act)
    }

    /// "This launch violates resolutions": whose launch it is was told before.
    fn breaker_told(&self, at: usize, token: Token<'_>) -> Vec<ActorRef> {
        let verb = if tree::is_verb(token) { token } else { token.head().head() };
        let verb = if tree::is_verb(verb) { verb } else { token.head() };
        let own = |n: &Token<'_>| n.index() != token.index();
        let Some(act) = tree::child(verb, &["nsubj"]).filter(|n| tree::is_noun(*n)).filter(own) else {
            return Vec::new();
        };
        for earlier in (at.saturating_sub(2)..=at).rev() {
            let parse = self.text.blocks[earlier].parse;
            let end = if earlier == at { act.index() } else { parse.len() };
            let same = |t: &Token<'_>| t.lemma() == act.lemma() && t.index() != act.index();
            for noun in (0..end).rev().map(|i| parse.token(i)).filter(same) {
                let owners = self.actors_of(earlier, &tree::owners(noun), Slot::Party);
                if !owners.is_empty() {
                    return owners;
                }
            }
            let acts = |t: &Token<'_>| {
                matches!(t.lemma(), "launch" | "fire" | "test" | "conduct" | "attack" | "send")
            };
            for verb in (0..end).rev().map(|i| parse.token(i)).filter(|t| tree::is_verb(*t) && acts(t)) {
                let agents = self.actors_of(earlier, &tree::agents(verb), Slot::Party);
                if !agents.is_empty() {
                    return agents;
                }
            }
        }
        Vec::new()
    }

    /// "in violation of" hangs on the act; "would be a violation of" is said of the act.
    fn breaker_of_noun(&self, at: usize, noun: Token<'_>) -> (Vec<ActorRef>, Option<Phrase>) {
        let owners = self.actors_of(at, &tree::owners(noun), Slot::Party);
        if !owners.is_empty() {
            return (owners, None);
        }
        let mut above = if noun.dep() == "pobj" { noun.head().head() } else { noun.head() };
        let within = noun.dep() == "pobj" && noun.head().lemma() == "in";
        let event = |t: Token<'_>| tree::is_verb(t) || self.book.noun(t.lemma()).is_some();
        if within && !event(above) {
            above = above.ancestors().find(|a| event(*a)).unwrap_or(above); // "sold to Chad in breach of", hung on Chad
        }
        if tree::is_verb(above) && self.passes_judgement(noun, above) {
            let judged = self.actors_of(at, &tree::patients(above), Slot::Party);
            return (judged, None); // who breaks it is who is accused, or did what is called so; never who says so
        }
        if above.lemma() == "be" || above.lemma() == "constitute" {
            let Some(act) = tree::child(above, &["nsubj"]) else {
                return (Vec::new(), None);
            };
            let within = self.actors_inside(at, act);
            return (within, Some(self.whole(at, act)));
        }
        let fights = matches!(
            above.lemma(),
            "crack"
                | "investigate"
                | "punish"
                | "address"
                | "prevent"
                | "stop"
                | "combat"
                | "counter"
                | "tackle"
                | "end"
                | "probe"
                | "fight"
                | "prosecute"
                | "penalize"
                | "penalise"
                | "deter"
                | "target"
                | "find"
                | "allege"
        );
        if tree::is_verb(above) && !within && fights {
            return (Vec::new(), None); // who cracks down on a breach breaks nothing
        }
        if tree::is_verb(above) {
            let agents = self.actors_of(at, &tree::agents(above), Slot::Party);
            return (agents, Some(self.whole(at, above)));
        }
        (self.actors_inside(at, above), Some(self.whole(at, above)))
    }

    /// Whether a verb over "in violation of" or "as a violation of" tells what somebody says of another's act.
    fn passes_judgement(&self, noun: Token<'_>, verb: Token<'_>) -> bool {
        let calls = matches!(
            verb.lemma(),
            "describe"
                | "call"
                | "label"
                | "brand"
                | "regard"
                | "see"
                | "view"
                | "term"
                | "consider"
                | "deem"
                | "decry"
                | "characterize"
                | "characterise"
                | "denounce"
                | "condemn"
                | "criticize"
                | "criticise"
                | "slam"
                | "dub"
                | "declare"
                | "protest"
                | "treat"
                | "cite"
                | "allege"
                | "claim"
                | "report"
        );
        let accuses = matches!(
            verb.lemma(),
            "accuse"
                | "suspect"
                | "blame"
                | "charge"
                | "convict"
                | "sanction"
                | "fine"
                | "rebuke"
                | "arrest"
                | "indict"
                | "prosecute"
                | "blacklist"
                | "detain"
                | "punish"
        );
        let own = noun.dep() == "pobj" || matches!(noun.dep(), "dobj" | "oprd" | "attr" | "ccomp");
        own && (calls || accuses)
    }

    /// Every state or named actor inside the phrase of `head`.
    fn actors_inside(&self, at: usize, head: Token<'_>) -> Vec<ActorRef> {
        let tokens: Vec<_> = head.subtree().collect();
        let mut found: Vec<ActorRef> = Vec::new();
        for token in tokens {
            if let Some(mention) = self.mention_headed(at, token.index()) {
                let actor = &self.cast.actors[mention.actor];
                if matches!(actor.kind, ActorKind::Unnamed | ActorKind::Outlet) {
                    continue;
                }
                let reference = self.reference(actor, mention.span, Slot::Party);
                found.extend(reference.filter(|r| !found.iter().any(|f| f.id == r.id)));
            }
        }
        found
    }

    fn whole(&self, at: usize, head: Token<'_>) -> Phrase {
        let (mut first, mut end) = (head.index(), head.index() + 1);
        for token in head.subtree() {
            first = first.min(token.index());
            end = end.max(token.index() + 1);
        }
        self.words(at, first..end)
    }

    fn violation_factuality(&self, token: Token<'_>) -> Factuality {
        let mut factuality = Factuality::Certain;
        let adjectives = token.children().filter(|c| c.dep() == "amod");
        for sure in adjectives.filter_map(|a| self.book.operator(&a.text().to_lowercase())?.sure) {
            factuality = sure; // "in apparent violation of"
        }
        let governing: Vec<_> = std::iter::once(token).chain(token.ancestors().take(3)).collect();
        for at in governing {
            if tree::is_negated(at) {
                factuality = match at.lemma() {
                    "evidence" | "indication" | "sign" | "proof" => Factuality::NoEvidence,
                    _ => Factuality::Denied,
                };
            }
            let modal = if tree::is_verb(at) { tree::modal(at) } else { None };
            match modal.as_deref() {
                Some("would") if factuality == Factuality::Certain => factuality = Factuality::Conditional,
                Some("may" | "might" | "could") if factuality == Factuality::Certain => {
                    factuality = Factuality::Possible
                }
                _ => {}
            }
            let ahead = matches!(modal.as_deref(), Some("will" | "would"));
            if chain::in_condition(at) || at.index() == token.index() && ahead && has_condition(at) {
                factuality = Factuality::Conditional;
            }
        }
        factuality
    }

    fn contact(&self, at: usize, token: Token<'_>) -> Option<Frame> {
        let words = &self.book.contact;
        let mut parties: Vec<Token<'_>> = Vec::new();
        if tree::is_verb(token) && words.verbs.iter().any(|v| v == token.lemma()) {
            parties.extend(tree::agents(token));
            parties.extend(tree::patients(token));
            parties.extend(tree::objects_of(token, &["with", "to"]));
            parties.extend(self.dangling(at, token));
            let greets = matches!(token.lemma(), "receive" | "welcome" | "host");
            if greets && self.actors_of(at, &tree::patients(token), Slot::Party).is_empty() {
                return None; // "received approval from Washington"
            }
            let troops =
                |t: &Token<'_>| matches!(t.lemma(), "troop" | "soldier" | "force" | "base" | "refugee");
            parties.retain(|p| !troops(p));
            let hosts = matches!(token.lemma(), "welcome" | "receive" | "host");
            let guests = self.actors_of(at, &tree::patients(token), Slot::Party);
            if hosts && !tree::is_passive(token) && guests.is_empty() {
                return None; // "welcomed the sixth aircraft"
            }
        } else if tree::is_noun(token) && words.nouns.iter().any(|n| n == token.lemma()) {
            let heeds = matches!(
                token.head().lemma(),
                "answer" | "heed" | "echo" | "repeat" | "renew" | "reiterate" | "ignore" | "reject" | "hear"
            );
            if token.lemma() == "call" && (heeds || !tree::objects_of(token, &["for", "on"]).is_empty()) {
                return None; // a demand
            }
            parties.extend(tree::owners(token));
            parties.extend(tree::objects_of(token, &["with", "between", "by", "to", "among"]));
            let over = if token.dep() == "pobj" { token.head().head() } else { token.head() };
            if matches!(token.dep(), "dobj" | "pobj") && tree::is_verb(over) {
                parties.extend(tree::agents(over));
                parties.extend(tree::objects_of(over, &["with"]));
                if matches!(over.lemma(), "follow" | "come" | "precede") {
                    parties.extend(tree::objects_of(over, &["to"])); // "follows a visit by X to Y"
                }
            }
        } else {
            return None;
        }
        if !self.is_military_clause(at, token) {
            return None;
        }
        let mut found = self.actors_of(at, &parties, Slot::Party);
        for state in parties.iter().flat_map(|p| self.states_before(at, *p)) {
            if !found.iter().any(|f| f.id == state.id) {
                found.push(state);
            }
        }
        found.retain(|p| p.id.starts_with(char::is_uppercase));
        if found.len() < 2 {
            return None;
        }
        let mut frame = Frame::new(Kind::Contact, at, token.index(), self.clause(at, token));
        frame.parties = found;
        let over =
            if tree::is_noun(token) { token.ancestors().take(2).find(|a| tree::is_verb(*a)) } else { None };
        if tree::is_negated(token) || over.is_some_and(|v| tree::is_negated(v)) {
            frame.factuality = Factuality::Denied;
        }
        Some(frame)
    }

    /// The states of officials of several: "the Iranian and Russian defence ministers".
    fn states_before(&self, at: usize, officials: Token<'_>) -> Vec<ActorRef> {
        let is_modifier = |c: &Token<'_>| matches!(c.dep(), "amod" | "compound" | "nmod");
        let parts: Vec<_> = officials.children().filter(is_modifier).flat_map(tree::conjuncts).collect();
        let state = |t: &Token<'_>| {
            let mention = self.mention_headed(at, t.index())?;
            let actor = &self.cast.actors[mention.actor];
            (actor.kind == ActorKind::State)
                .then(|| self.reference(actor, mention.span, Slot::Party))
                .flatten()
        };
        let states: Vec<ActorRef> = parts.iter().filter_map(state).collect();
        if states.len() > 1 && officials.tag() == "NNS" { states } else { Vec::new() }
    }

    /// Whom "with" names where the parser gives it no object: the next name.
    fn dangling<'p>(&self, at: usize, verb: Token<'p>) -> Option<Token<'p>> {
        let with = verb.children().find(|c| c.lemma() == "with" && tree::child(*c, &["pobj"]).is_none())?;
        let parse = verb.parse();
        let end = verb.sentence().end.min(with.index() + 12);
        let is_party = |i: &usize| {
            self.mention_headed(at, *i).is_some_and(|m| {
                m.form == Form::Name
                    && matches!(self.cast.actors[m.actor].kind, ActorKind::Person | ActorKind::State)
            })
        };
        (with.index() + 1..end).find(is_party).map(|i| parse.token(i))
    }

    /// Whether the sentence around a contact tells a military matter.
    fn is_military_clause(&self, at: usize, token: Token<'_>) -> bool {
        let parse = token.parse();
        let goods = |i: usize| self.goods_headed(at, parse.token(i)).is_some();
        if self.goods.keys().any(|(block, _)| *block == at) && token.sentence().start == 0 {
            return true; // the paragraph goes on to say what was talked about
        }
        token.sentence().any(|i| self.book.is_military(&parse.token(i).text().to_lowercase()) || goods(i))
    }

    fn shortage(&self, at: usize, token: Token<'_>) -> Option<Frame> {
        let words = &self.book.shortage;
        let lemma = token.lemma();
        let mut goods_heads: Vec<Token<'_>> = Vec::new();
        let mut actor_heads: Vec<Token<'_>> = Vec::new();
        if tree::is_noun(token) && words.nouns.iter().any(|n| n == lemma) {
            goods_heads.extend(tree::objects_of(token, &["of", "in"]));
            goods_heads.extend(token.children().filter(|c| matches!(c.dep(), "compound" | "amod" | "nmod")));
            actor_heads.extend(tree::owners(token));
            actor_heads.extend(tree::objects_of(token, &["for", "by", "among"]));
            if tree::is_verb(token.head()) && token.dep() == "dobj" {
                actor_heads.extend(tree::agents(token.head()));
            }
            if token.dep() == "pobj" && tree::is_verb(token.head().head()) {
                actor_heads.extend(tree::agents(token.head().head()));
            }
        } else if tree::is_verb(token) && words.verbs.iter().any(|v| v == lemma) {
            goods_heads.extend(tree::patients(token));
            actor_heads.extend(goods_heads.iter().flat_map(|g| tree::owners(*g)));
            actor_heads.extend(tree::agents(token));
        } else if tree::is_verb(token) && lemma == "run" {
            let (first, end) = (token.index(), (token.index() + 3).min(token.parse().len()));
            let phrase = token.parse().words(first..end).to_lowercase();
            if !words.phrases.iter().any(|p| phrase.starts_with(p.as_str())) {
                return None;
            }
            goods_heads.extend(token.subtree().filter(|t| t.dep() == "pobj"));
            actor_heads.extend(tree::agents(token));
            actor_heads.extend(tree::agents(token).into_iter().flat_map(tree::owners));
        } else if matches!(lemma, "short" | "low") && matches!(token.dep(), "acomp" | "advmod" | "oprd") {
            let verb = token.head();
            if !tree::is_verb(verb) || verb.lemma() == "run" {
                return None;
            }
            goods_heads.extend(tree::objects_of(token, &["of", "on"]));
            actor_heads.extend(tree::agents(verb));
        } else {
            return None;
        }
        let mut goods: Vec<model::Goods> = Vec::new();
        for head in goods_heads {
            goods.extend(self.goods(at, head).into_iter().map(|g| self.as_goods(g)));
        }
        let actor = self.actors_of(at, &actor_heads, Slot::Party);
        let supplies = token
            .children()
            .any(|c| c.dep() == "compound" && matches!(c.lemma(), "supply" | "equipment" | "materiel"));
        if actor.is_empty() || goods.is_empty() && !(supplies && self.is_military_clause(at, token)) {
            return None;
        }
        let mut frame = Frame::new(Kind::Shortage, at, token.index(), self.clause(at, token));
        frame.goods = goods;
        frame.actor = actor;
        frame.factuality = if tree::is_negated(token) { Factuality::Denied } else { Factuality::Certain };
        Some(frame)
    }
}

/// "If Belarus delivers these missiles, it will break the sanctions".
fn has_condition(verb: Token<'_>) -> bool {
    let opens =
        |c: Token<'_>| c.dep() == "mark" && matches!(c.text().to_lowercase().as_str(), "if" | "unless");
    verb.children().any(|c| c.dep() == "advcl" && c.children().any(opens))
}
