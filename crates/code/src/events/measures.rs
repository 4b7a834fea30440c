//! Measures: sanctions, embargoes, designations, bans and controls on exports.

use lang::Token;
use model::{Action, ActorRef, Factuality, Kind};

use super::aims::{is_by_government, is_voted_on};
use super::slots::Slot;
use super::{Frame, Reader, tree};
use crate::mentions::{ActorKind, Form};
use crate::text::Place;

/// What the words over a measure make of it.
pub(crate) struct Outcome<'p> {
    pub(crate) action: Action,
    pub(crate) factuality: Factuality,
    /// Verbs that bear on the measure, nearest first.
    pub(crate) verbs: Vec<Token<'p>>,
    /// Nouns that bear on it: renewal, lifting.
    pub(crate) nouns: Vec<Token<'p>>,
    pub(crate) top: Token<'p>,
}

impl Reader<'_> {
    /// Adds the measures of block `at` to `frames`.
    pub(crate) fn measures(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        for token in parse.tokens() {
            let frame = if tree::is_noun(token) {
                self.noun_measure(at, token)
            } else if tree::is_verb(token) {
                self.verb_measure(at, token)
            } else {
                None
            };
            frames.extend(frame);
            frames.extend(self.removal(at, token));
            frames.extend(self.property_blocked(at, token));
            frames.extend(self.access_limited(at, token));
            frames.extend(self.review_required(at, token));
        }
    }

    fn noun_measure(&self, at: usize, noun: Token<'_>) -> Option<Frame> {
        let row = self.book.measure_noun(&noun.lemma().to_lowercase())?;
        if !row.needs.is_empty() && !stands_by(noun, &row.needs) && !super::releases::is_laid_on(noun) {
            return None;
        }
        let licence = tree::is_permit(noun);
        if super::releases::is_kept_up(noun)
            || self.is_broken(noun)
            || self.is_judged(noun)
            || licence && noun.head().lemma() != "require"
        {
            return None;
        }
        let own = match noun.lemma() {
            "delisting" => Action::Lifted,
            _ => Action::Imposed,
        };
        let outcome = self.outcome(noun, own);
        let mut frame = Frame::new(Kind::Measure, at, noun.index(), self.clause(at, outcome.top));
        frame.imposer = self.imposers(at, noun, &outcome);
        if outcome.action == Action::Blocked
            && let Some(verb) = outcome.verbs.last()
        {
            let who = self.actors_of(at, &tree::agents(*verb), Slot::Party);
            let bills = outcome.nouns.iter().filter(|n| self.book.is_bill(n.lemma()));
            let council: Vec<_> = bills.flat_map(|b| tree::owners(*b)).collect();
            let council = self.actors_of(at, &council, Slot::Party);
            if council.iter().any(|a| a.id == "UN") {
                frame.imposer = council; // who vetoes in the council is not who would have acted
            } else if !who.is_empty() {
                frame.imposer = who;
            }
        }
        frame.target = self.targets(at, noun, &outcome);
        frame.target.retain(|t| !frame.imposer.iter().any(|i| i.id == t.id) && t.text != "Certain Persons");
        frame.goods = self.measure_goods(at, noun);
        if frame.target.is_empty() && !frame.goods.is_empty() {
            frame.target = self.states_below(at, noun, &frame.imposer);
        }
        self.listed_targets(at, noun, &mut frame.target);
        frame.instrument = Some(self.words(at, tree::bare_phrase(noun)));
        frame.action = Some(outcome.action);
        frame.factuality = outcome.factuality;
        frame.points_back = noun
            .children()
            .any(|c| c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "these" | "those" | "that"));
        Some(frame)
    }

    /// Adds whom a list names: "the following entities: A, B and C", also as the items after the paragraph.
    pub(crate) fn listed_targets(&self, at: usize, trigger: Token<'_>, target: &mut Vec<ActorRef>) {
        let block = &self.text.blocks[at];
        let words = block.parse.text();
        let start = trigger.range().start;
        let Some(colon) = words[start..].find(':').map(|i| start + i) else { return };
        let mut from = start.saturating_sub(60);
        while !words.is_char_boundary(from) {
            from -= 1;
        }
        if !words[from..colon].contains("following") && !words.trim_end().ends_with(':') {
            return;
        }
        let mut found: Vec<ActorRef> = Vec::new();
        let mut add = |mention: &crate::mentions::Mention| {
            let actor = &self.cast.actors[mention.actor];
            let named =
                mention.form == Form::Name && !matches!(actor.kind, ActorKind::State | ActorKind::Outlet);
            let one = self.reference(actor, mention.span, Slot::Target).filter(|_| named);
            found.extend(one.filter(|r| !target.iter().any(|t| t.id == r.id)));
        };
        let after = |m: &&crate::mentions::Mention| m.span.start as usize > block.offset + colon;
        self.cast.mentions_in(at).iter().filter(after).for_each(&mut add);
        for item in (at + 1..self.text.blocks.len()).take_while(|i| self.is_item(*i)) {
            let first = self.cast.mentions_in(item).iter().find(|m| m.place.first <= 2);
            first.into_iter().for_each(&mut add);
        }
        if !found.is_empty() {
            target.retain(|t| t.id.starts_with(char::is_uppercase));
            target.extend(found);
        }
    }

    /// Whether the measure is only named as what something breaks.
    fn is_broken(&self, noun: Token<'_>) -> bool {
        let violation = &self.book.violation;
        let over = noun.ancestors().take(3);
        let breaks = |t: Token<'_>| {
            violation.verbs.iter().any(|v| v == t.lemma()) || violation.nouns.iter().any(|n| n == t.lemma())
        };
        matches!(noun.dep(), "dobj" | "pobj" | "nsubjpass" | "compound" | "conj")
            && over.into_iter().any(breaks)
    }

    /// Climbs over the words that say what is done with the measure.
    pub(crate) fn outcome<'p>(&self, start: Token<'p>, default: Action) -> Outcome<'p> {
        let mut found: Vec<Action> = Vec::new();
        let mut outcome = Outcome {
            action: default,
            factuality: Factuality::Certain,
            verbs: Vec::new(),
            nouns: Vec::new(),
            top: start,
        };
        let measured = |t: Token<'_>| self.book.measure_noun(&t.lemma().to_lowercase()).is_some();
        let mut at = start;
        self.local(start, &mut found, &mut outcome);
        for _ in 0..8 {
            let Some(above) = above(at) else { break };
            let coordinated = matches!(at.dep(), "conj" | "appos");
            let at_before_of = at.dep() == "pobj" && at.head().lemma() == "of";
            let at_was_subject = at.dep() == "nsubj";
            let listed = super::releases::is_part(at);
            let against = at.head().lemma() == "against" && matches!(at.dep(), "pobj" | "pcomp");
            at = above;
            if coordinated {
                continue;
            }
            let phrasal = tree::phrasal(above);
            let phrasal = phrasal.as_deref().map_or(&[][..], |p| self.book.actions(p));
            let actions = if phrasal.is_empty() { self.book.actions(above.lemma()) } else { phrasal };
            let passes = at_before_of && is_portion(above)
                || listed && measured(above) // "sanctions, including an arms embargo"
                || matches!(above.lemma(), "be" | "subject" | "liable")
                || matches!(above.tag(), "DT" | "PDT" | "CD");
            if actions.is_empty() && self.book.operator(above.lemma()).is_none() && !passes {
                break;
            }
            let does = at_was_subject
                && matches!(actions.first(), Some(Action::Proposed | Action::Threatened))
                || above.lemma() == "oppose" && self.is_legislators();
            found.extend(actions.first().copied().filter(|_| !does)); // "the sanctions seek to"
            if against && above.lemma() == "vote" {
                found.push(Action::Blocked);
            }
            let sure = self.book.operator(above.lemma()).and_then(|o| o.sure);
            if let Some(sure) = sure.filter(|_| outcome.factuality == Factuality::Certain) {
                outcome.factuality = sure;
            }
            outcome.top = above;
            if tree::is_verb(above) {
                outcome.verbs.push(above);
            } else if tree::is_noun(above) && !self.book.is_bill(above.lemma()) {
                outcome.nouns.push(above);
            }
            self.local(above, &mut found, &mut outcome);
        }
        let outer = [Action::Blocked, Action::Threatened, Action::Proposed];
        if !found.iter().any(|a| outer.contains(a))
            && let Some(wish) = self.wish_above(at)
        {
            found.push(Action::Proposed);
            outcome.verbs.push(wish.token);
        }
        if outcome.verbs.iter().any(|v| self.purpose_of_bill(*v, &[])) {
            found.push(Action::Proposed); // "co-sponsored a bill to codify the sanctions"
        }
        if keeps_what_it_meant_to_lift(&found, &mut outcome) {
            return outcome;
        }
        self.beside_measure(start, &mut found, &mut outcome);
        self.vetoed(at, &mut found, &mut outcome);
        outcome.action = weigh(&found, &outer).unwrap_or(default);
        outcome
    }

    /// What the words beside a measure say is done with it: "proposed sanctions", "removed from the list".
    fn beside_measure<'p>(&self, start: Token<'p>, found: &mut Vec<Action>, outcome: &mut Outcome<'p>) {
        for word in start.children().filter(|c| matches!(c.dep(), "amod" | "acl" | "relcl" | "compound")) {
            if self.book.actions(word.lemma()).first() == Some(&Action::Proposed) && word.dep() == "amod" {
                found.push(Action::Proposed);
            }
            if word.dep() == "acl" || word.dep() == "relcl" && !self.book.actions(word.lemma()).is_empty() {
                outcome.verbs.push(word);
                found.extend(self.book.actions(word.lemma()).first().copied());
            }
        }
        if start.dep() == "pobj"
            && matches!(start.head().lemma(), "off" | "from")
            && !outcome.verbs.is_empty()
        {
            found.push(Action::Lifted); // "removed from the list"
        }
        let partly = |t: &Token<'_>| t.children().any(|c| matches!(c.lemma(), "partially" | "partly"));
        if outcome.verbs.iter().any(partly) && found.contains(&Action::Lifted) {
            found.insert(0, Action::Eased);
        }
    }

    fn local(&self, token: Token<'_>, found: &mut Vec<Action>, outcome: &mut Outcome<'_>) {
        if tree::is_verb(token) {
            match tree::modal(token).as_deref() {
                Some("should" | "must" | "ought") => found.push(Action::Proposed),
                Some("may" | "might" | "could") => outcome.factuality = Factuality::Possible,
                Some("will" | "would") if self.is_legislators() && !is_by_government(token) => {
                    found.push(Action::Proposed);
                }
                _ => {}
            }
            if is_voted_on(token) || self.is_vote_of_chamber(token) {
                found.push(Action::Proposed);
            }
            let enacted = |bill: &Token<'_>| self.is_enacted(*bill);
            if tree::agents(token).iter().any(|a| self.book.is_bill(a.lemma()) && !enacted(a)) {
                found.push(Action::Proposed);
            }
            let hedges =
                token.children().filter_map(super::chain::hedge).filter_map(|h| self.book.operator(h));
            if let Some(sure) = hedges.filter_map(|o| o.sure).next() {
                outcome.factuality = sure;
            }
        }
        if tree::is_negated(token) {
            outcome.factuality = Factuality::Denied;
        }
        if super::chain::in_condition(token) {
            outcome.factuality = Factuality::Conditional;
        }
    }

    fn imposers(&self, at: usize, noun: Token<'_>, outcome: &Outcome<'_>) -> Vec<ActorRef> {
        let mut owners: Vec<_> = tree::owners(noun);
        if let Some(row) = self.book.measure_noun(&noun.lemma().to_lowercase()) {
            owners.retain(|o| !row.needs.contains(&o.lemma().to_lowercase())); // the Entity List
        }
        for step in &outcome.nouns {
            owners.extend(tree::owners(*step));
            owners.extend(tree::objects_of(*step, &["by"]));
        }
        let mut found = self.actors_of(at, &owners, Slot::Party);
        if found.is_empty() {
            let faced = noun.dep() == "dobj" && noun.head().lemma() == "face"; // "faces an embargo from the US"
            let by = tree::objects_of(noun, if faced { &["by", "from"] } else { &["by"] });
            found = self.actors_of(at, &by, Slot::Party);
        }
        if found.is_empty() {
            found = self.subjects(at, &outcome.verbs);
        }
        found
    }

    pub(crate) fn subjects(&self, at: usize, verbs: &[Token<'_>]) -> Vec<ActorRef> {
        for verb in verbs {
            let looks_on = matches!(
                verb.lemma(),
                "face"
                    | "welcome"
                    | "applaud"
                    | "praise"
                    | "criticize"
                    | "criticise"
                    | "condemn"
                    | "regret"
                    | "denounce"
                    | "discuss"
                    | "debate"
                    | "await"
                    | "follow"
                    | "evade"
            );
            if looks_on {
                continue;
            }
            let wishes = self.book.operator(verb.lemma()).is_some_and(|o| o.wishes);
            if wishes {
                let asked: Vec<_> = tree::patients(*verb);
                let found = self.actors_of(at, &asked, Slot::Party);
                if !found.is_empty() {
                    return found;
                }
                let chamber = |a: &Token<'_>| {
                    matches!(
                        a.lemma(),
                        "Parliament" | "parliament" | "Senate" | "Congress" | "House" | "lawmaker"
                    )
                };
                let own: Vec<_> = tree::agents(*verb).into_iter().filter(chamber).collect();
                let found = self.actors_of(at, &own, Slot::Party);
                if !found.is_empty() {
                    return found; // a parliament that calls for a measure calls on its own side
                }
                let found = self.addressed(at, *verb);
                if !found.is_empty() {
                    return found;
                }
                continue;
            }
            let mut agents = tree::agents(*verb);
            let bills = agents.iter().filter(|a| self.book.is_bill(a.lemma()) && a.dep() == "dobj");
            agents.extend(bills.flat_map(|b| tree::agents(b.head())).collect::<Vec<_>>());
            let found = self.actors_of(at, &agents, Slot::Party);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whom a call goes to that names nobody: who gets the letter, else the state of the legislators who call.
    fn addressed(&self, at: usize, verb: Token<'_>) -> Vec<ActorRef> {
        let over = if matches!(verb.dep(), "advcl" | "acl" | "conj") { verb.head() } else { verb };
        let writes = |t: Token<'_>| matches!(t.lemma(), "write" | "send" | "letter" | "lead" | "sign");
        if writes(over) || writes(verb) {
            let mut to = tree::objects_of(over, &["to"]);
            for letter in over.children().filter(|c| matches!(c.dep(), "dobj" | "pobj")) {
                to.extend(tree::objects_of(letter, &["to"]));
            }
            let found = self.actors_of(at, &to, Slot::Party);
            if found.iter().any(|a| super::slots::is_state_code(&a.id)) {
                return found;
            }
        }
        let agents = tree::agents(verb).into_iter().flat_map(tree::conjuncts);
        let member = |t: Token<'_>| {
            let mention = self.mention_headed(at, t.index())?;
            let actor = &self.cast.actors[mention.actor];
            let role = actor.role.as_deref().is_some_and(is_legislator) || is_legislator(t.lemma());
            let state = actor.affiliation.clone().filter(|s| role && super::slots::is_state_code(s))?;
            let text = mention.span.of(&self.text.document.text).to_owned();
            Some(ActorRef { id: state, text, span: mention.span })
        };
        agents.into_iter().find_map(member).into_iter().collect()
    }

    fn targets(&self, at: usize, noun: Token<'_>, outcome: &Outcome<'_>) -> Vec<ActorRef> {
        const ON: &[&str] = &["on", "against", "upon", "with", "over", "for"];
        let mut heads = self.aimed_in(noun, ON);
        let of = tree::objects_of(noun, &["of", "on"]);
        for moved in of.iter().copied().chain(noun.children().filter(|c| c.dep() == "compound")) {
            for one in tree::conjuncts(moved) {
                heads.extend(tree::objects_of(one, &["to"]));
            }
        }
        heads.extend(tree::objects_of(noun, &["to"]));
        for word in noun.children().filter(bears_on) {
            heads.extend(tree::objects_of(word, &["to", "at", "against", "on"])); // "the embargo applicable to X"
        }
        if matches!(
            noun.lemma(),
            "embargo" | "designation" | "delisting" | "blacklisting" | "listing" | "sanctioning"
        ) {
            heads.extend(of.iter().copied());
        }
        for over in &outcome.nouns {
            heads.extend(tree::objects_of(*over, &["on", "against", "for", "to"]));
        }
        let preposition = if noun.dep() == "pobj" { noun.head().lemma() } else { "" };
        if preposition == "under" || matches!(preposition, "to") && is_subject_to(noun) {
            heads.extend(outcome.verbs.iter().take(1).flat_map(|v| tree::agents(*v)));
        }
        for verb in &outcome.verbs {
            let asks = self.book.operator(verb.lemma()).is_some_and(|o| o.wishes);
            if asks {
                continue;
            }
            heads.extend(tree::objects_of(*verb, &["on", "against", "upon", "to"]));
            if matches!(verb.lemma(), "face" | "evade" | "escape") {
                heads.extend(tree::agents(*verb));
            }
            if hits_object(*verb) {
                heads.extend(tree::patients(*verb));
            }
        }
        let head = noun.head();
        if noun.dep() == "nsubj" && tree::is_verb(head) && heads.is_empty() {
            // "sanctions have made it harder for X", "sanctions hit X"
            heads.extend(tree::patients(head));
            heads.extend(head.subtree().filter(|t| {
                t.dep() == "nsubj" && t.head().dep() == "advcl"
                    || t.dep() == "pobj" && t.head().lemma() == "for"
            }));
        }
        self.aimed_about(&mut heads);
        heads.retain(|h| self.book.measure_noun(h.lemma()).is_none());
        let found = self.actors_of(at, &heads, Slot::Target);
        let found = self.class_by_state(at, &heads, found);
        if !found.is_empty() {
            return found;
        }
        let owners: Vec<_> = heads.iter().flat_map(|h| h.children().filter(|c| c.dep() == "poss")).collect();
        let found = self.actors_of(at, &owners, Slot::Target);
        if !found.is_empty() {
            return found;
        }
        // "on the Kidal region of Mali", "against the authorities in Bamako"
        let places: Vec<_> = heads
            .iter()
            .filter(|h| tree::is_noun(**h))
            .flat_map(|h| tree::objects_of(*h, &["of", "in"]))
            .collect();
        let mut found = self.actors_of(at, &places, Slot::Target);
        found.retain(|a| super::slots::is_state_code(&a.id));
        found
    }

    /// The words of the clause of `top`.
    pub(crate) fn clause(&self, at: usize, top: Token<'_>) -> Place {
        self.evidence(at, top, &[])
    }
}

/// Whether the object of a verb over a measure is its target: "hit X with", "removed X from".
fn hits_object(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "hit"
            | "target"
            | "threaten"
            | "add"
            | "remove"
            | "place"
            | "put"
            | "include"
            | "take"
            | "strike"
            | "drop"
            | "exempt"
            | "relieve"
            | "free"
            | "spare"
    )
}

/// Whether a role is that of a member of a legislature.
pub(crate) fn is_legislator(role: &str) -> bool {
    let role = role.to_lowercase();
    ["senator", "congress", "representative", "lawmaker", "legislator", "parliament", "ranking member", "mp"]
        .iter()
        .any(|word| {
            role.split([' ', '-'])
                .any(|w| w.starts_with(word) && (w.len() < word.len() + 4 || *word == "congress"))
                || word.contains(' ') && role.contains(word)
        })
}

/// A noun that says how much of a measure: "the full force of the sanctions".
fn is_portion(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "force"
            | "weight"
            | "brunt"
            | "scope"
            | "package"
            | "round"
            | "wave"
            | "kind"
            | "lot"
            | "host"
            | "array"
            | "range"
            | "set"
            | "series"
            | "number"
            | "tranche"
            | "threat"
            | "part"
            | "most"
            | "rest"
    )
}

/// What several words over a measure come to: the outermost that only means it, else the innermost that changes it.
fn weigh(found: &[Action], outer: &[Action]) -> Option<Action> {
    let last = found.iter().rev().find(|a| outer.contains(a));
    let first = || found.iter().find(|a| !outer.contains(a) && **a != Action::Imposed);
    last.or_else(first).copied()
}

/// "shelved plans to lift the embargo": it is not lifted. Whether it is so.
fn keeps_what_it_meant_to_lift(found: &[Action], outcome: &mut Outcome<'_>) -> bool {
    let plan = outcome.nouns.iter().copied().find(|n| is_dropped(*n));
    let Some(plan) = plan.filter(|_| found.contains(&Action::Lifted)) else { return false };
    outcome.top = plan.head();
    outcome.action = Action::Lifted;
    outcome.factuality = Factuality::Denied;
    true
}

/// "shelved plans to", "dropped a proposal to".
fn is_dropped(plan: Token<'_>) -> bool {
    matches!(plan.lemma(), "plan" | "proposal" | "idea" | "move" | "decision" | "bid")
        && plan.dep() == "dobj"
        && matches!(
            plan.head().lemma(),
            "shelve" | "drop" | "abandon" | "postpone" | "delay" | "defer" | "scrap" | "reject" | "suspend"
        )
}

/// "remain subject to sanctions", "liable to".
fn is_subject_to(noun: Token<'_>) -> bool {
    matches!(noun.head().head().lemma(), "subject" | "liable")
}

/// The word that a measure, or a word over one, hangs on.
fn above(at: Token<'_>) -> Option<Token<'_>> {
    if at.is_root() {
        return None;
    }
    if let Some(measures) = super::releases::serving(at.head()).filter(|_| at.dep() == "xcomp") {
        return Some(measures);
    }
    match at.dep() {
        "conj" if tree::is_verb(at) && tree::child(at, &["nsubj", "nsubjpass"]).is_some() => None,
        "dobj" | "nsubjpass" | "nsubj" | "conj" | "compound" | "xcomp" | "attr" | "oprd" | "appos"
        | "acomp" => Some(at.head()),
        "ccomp"
            if tree::child(at, &["mark"]).is_none()
                && (tree::child(at, &["nsubj"]).is_none() || at.tag() == "VBN" && wants(at.head())) =>
        {
            Some(at.head())
        }
        "acl" => (at.tag() == "VB").then(|| at.head()),
        "relcl" => (tree::is_plan(at.head()) && at.tag() == "VB").then(|| at.head()),
        "pobj" | "pcomp" if !at.head().is_root() && !matches!(at.head().lemma(), "by" | "as" | "As") => {
            Some(placer(at).unwrap_or(at.head().head()))
        }
        _ => None,
    }
}

/// The verb in "place X and its branches on the list", where "on" hangs on the object or on a part of it.
fn placer(list: Token<'_>) -> Option<Token<'_>> {
    let noun = list.head().head();
    if list.head().lemma() != "on" || !tree::is_noun(noun) {
        return None;
    }
    let over = std::iter::once(noun).chain(noun.ancestors().take(4));
    let inside = |t: &Token<'_>| matches!(t.dep(), "conj" | "pobj" | "prep" | "dobj");
    let verb = over.take_while(inside).last().filter(|t| t.dep() == "dobj")?.head();
    matches!(verb.lemma(), "add" | "place" | "put" | "include").then_some(verb)
}

/// "the embargo applicable to X", "the sanctions required by law on X".
fn bears_on(word: &Token<'_>) -> bool {
    matches!(word.lemma(), "applicable" | "aim" | "direct" | "apply" | "relate")
        || word.dep() == "acl" && matches!(word.lemma(), "require" | "mandate")
}

/// "wanted the embargo extended".
fn wants(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "want" | "like" | "see" | "have" | "get" | "wish" | "prefer")
}

/// Whether one of `words` stands in the noun's phrase or as its complement.
fn stands_by(noun: Token<'_>, words: &[String]) -> bool {
    let is_one = |t: &Token<'_>| words.iter().any(|w| w == t.lemma() || t.text().eq_ignore_ascii_case(w));
    let before =
        noun.children().filter(|c| c.index() < noun.index()).any(|c| c.subtree().any(|t| is_one(&t)));
    let after = tree::objects_of(noun, &["on", "of", "for"]).iter().any(|o| o.subtree().any(|t| is_one(&t)));
    before || after
}
