//! Fills slots: which actors and goods a noun phrase names.

use lang::Token;
use model::{ActorRef, BlockKind, Phrase, Span};

use super::officials::{is_facility, is_foreign_rule, is_office, is_unit};
use super::{Reader, tree};
use crate::mentions::{Actor, ActorKind, Form, GoodsMention, Mention};

/// In which role an actor is wanted: that decides whether an office stands for its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Supplier, recipient, imposer, actor: offices and leaders stand for their state.
    Party,
    /// Whom a measure hits: persons and bodies are named themselves.
    Target,
}

/// Bodies and people who act for the state that owns them.
const BODIES: &[&str] = &[
    "government",
    "army",
    "military",
    "force",
    "forces",
    "administration",
    "regime",
    "authority",
    "official",
    "navy",
    "troop",
    "troops",
    "people",
    "ministry",
    "leader",
    "leadership",
    "side",
    "ambassador",
    "envoy",
    "police",
    "pilot",
    "soldier",
    "partner",
    "counterpart",
    "defender",
    "ally",
    "minister",
    "department",
    "diplomat",
    "negotiator",
    "personnel",
    "servicemember",
    "parliament",
    "state",
    "senate",
    "congress",
    "president",
    "premier",
    "master",
    "ruler",
    "dictator",
    "dictatorship",
    "junta",
    "monarchy",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "delegation",
    "intelligence",
    "friend",
    "chief",
    "commander",
    "command",
    "general",
    "chancellor",
    "king",
    "diplomacy",
    "warplane",
    "agency",
    "embassy",
    "industry",
    "warship",
    "battleship",
    "frigate",
    "aircraft",
    "customs",
    "officer",
    "cadet",
    "trainee",
    "recruit",
    "crew",
    "sailor",
    "airman",
    "marine",
    "gunner",
    "paratrooper",
    "commando",
    "serviceman",
    "fleet",
    "battalion",
    "regiment",
    "brigade",
    "coastguard",
    "guard",
    "cabinet",
    "directorate",
    "unit",
    "operative",
    "squadron",
    "battalion",
    "brigade",
];

impl Reader<'_> {
    /// The actors that the noun phrase headed by `head` of block `at` names, with its conjuncts.
    pub(crate) fn actors(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        let mut found: Vec<ActorRef> = Vec::new();
        let listed = self.listed_parties(at, head, slot);
        if !listed.is_empty() {
            return listed;
        }
        for part in tree::conjuncts(head) {
            for actor in self.one_actor(at, part, slot) {
                if self.is_thing(at, &actor) {
                    continue;
                }
                if !found.iter().any(|f| f.id == actor.id) {
                    found.push(actor);
                }
            }
        }
        found
    }

    /// Whether a party is what goods are called: "six MiG-29 fighters" are nobody.
    pub(crate) fn is_thing(&self, at: usize, actor: &ActorRef) -> bool {
        let goods = |g: &crate::mentions::GoodsMention| {
            let same = || g.span.of(&self.text.document.text) == actor.id;
            g.span.end == actor.span.end && (g.span.start <= actor.span.start || same())
        };
        !is_state_code(&actor.id) && self.cast.goods_in(at).iter().any(goods)
    }

    /// "14 countries, including Canada and Iran": those that are named.
    fn listed_parties(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        let several = matches!(
            head.lemma(),
            "country" | "nation" | "state" | "buyer" | "customer" | "government" | "client"
        );
        if head.tag() != "NNS" || !several {
            return Vec::new();
        }
        let lists = |c: &Token<'_>| {
            c.dep() == "prep" && matches!(c.text().to_lowercase().as_str(), "including" | "like" | "as")
        };
        let named: Vec<Token<'_>> =
            head.children().filter(lists).filter_map(|c| tree::child(c, &["pobj"])).collect();
        let mut found = self.actors_of(at, &named, slot);
        found.retain(|a| is_state_code(&a.id));
        found
    }

    /// The actors of all `heads`, each once.
    pub(crate) fn actors_of(&self, at: usize, heads: &[Token<'_>], slot: Slot) -> Vec<ActorRef> {
        let mut found: Vec<ActorRef> = Vec::new();
        for head in heads {
            for actor in self.actors(at, *head, slot) {
                if !found.iter().any(|f| f.id == actor.id) {
                    found.push(actor);
                }
            }
        }
        found
    }

    fn one_actor(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        if let Some(actor) = self.first_person(at, head) {
            return vec![actor];
        }
        if head.text() == "authority"
            && !head.children().any(|c| matches!(c.dep(), "compound" | "amod" | "poss"))
        {
            return Vec::new(); // "the authority to direct", which is nobody
        }
        let among = self.named_among(at, head, slot);
        let among = if among.is_empty() { self.pair_before(at, head, slot) } else { among };
        let among = if among.is_empty() { self.they_together(at, head, slot) } else { among };
        if !among.is_empty() {
            return among;
        }
        if let Some(mention) = self.mention_headed(at, head.index()).filter(|m| self.is_sound(at, m)) {
            if let Some(state) = self.state_after_office(at, mention, slot) {
                return vec![state];
            }
            let actor = &self.cast.actors[mention.actor];
            if mention.form == Form::Description
                && let Some(named) = self.name_beside(at, head, mention.place.end)
            {
                return self
                    .reference(&self.cast.actors[named.actor], named.span, slot)
                    .into_iter()
                    .collect();
            }
            if mention.form == Form::Description && self.goods_headed(at, head).is_some() {
                return Vec::new(); // "Rafale fighters"
            }
            let described = mention.form == Form::Description
                && head.children().any(|c| c.dep() == "appos" && c.index() == mention.place.end);
            if slot == Slot::Target
                && mention.form == Form::Description
                && let Some(named) = self.named_after(at, head)
            {
                return vec![named]; // "the leader of the group, Amin Doe"
            }
            if slot == Slot::Party
                && actor.kind == ActorKind::Unnamed
                && let Some(state) = actor.stands_for.clone().filter(|s| is_state_code(s) && is_office(actor))
            {
                let text = mention.span.of(&self.text.document.text).to_owned();
                return vec![ActorRef { id: state, text, span: mention.span }]; // "the Minister for Defence" of who writes
            }
            if !described && actor.kind != ActorKind::Unnamed || mention.form == Form::Pronoun {
                return self.reference(actor, mention.span, slot).into_iter().collect();
            }
        }
        if self.goods_headed(at, head).is_some() {
            return Vec::new();
        }
        if let Some(owner) = self.owner_of_body(at, head, slot) {
            return vec![owner];
        }
        let named = head.children().find(|c| c.dep() == "appos" && c.index() > head.index());
        let named = named.and_then(|n| self.mention_headed(at, n.index())).filter(|m| {
            let kind = self.cast.actors[m.actor].kind;
            m.form == Form::Name && matches!(kind, ActorKind::State | ActorKind::Firm | ActorKind::Group)
        });
        if let Some(found) = named.and_then(|m| self.reference(&self.cast.actors[m.actor], m.span, slot)) {
            return vec![found]; // "its former ally Sudan"
        }
        let found = self.covering(at, head, slot).or_else(|| self.unnamed(at, head, slot));
        if found.is_none() && slot == Slot::Target && head.dep() == "appos" {
            return self.one_actor(at, head.head(), slot); // "Acme, an arm of the army that they sanctioned"
        }
        found.into_iter().collect()
    }

    /// The person or body whose name stands in apposition to a description.
    fn named_after(&self, at: usize, head: Token<'_>) -> Option<ActorRef> {
        let after = head.children().filter(|c| c.dep() == "appos" && c.index() > head.index());
        let mentions = after.filter_map(|c| self.mention_headed(at, c.index()));
        let named = mentions.filter(|m| m.form == Form::Name).find(|m| {
            let kind = self.cast.actors[m.actor].kind;
            matches!(kind, ActorKind::Person | ActorKind::Organisation | ActorKind::Firm | ActorKind::Group)
        })?;
        self.reference(&self.cast.actors[named.actor], named.span, Slot::Target)
    }

    /// The states that a plural names: "three allies, Latvia, Kenya and Chile", "regimes such as Chad's".
    fn named_among(&self, at: usize, head: Token<'_>, slot: Slot) -> Vec<ActorRef> {
        let several = head.tag() == "NNS" && self.book.is_party(head.lemma())
            || matches!(head.lemma(), "country" | "nation" | "state" | "regime" | "government" | "power");
        if !several || head.tag() != "NNS" {
            return Vec::new();
        }
        let after = head.children().filter(|c| c.index() > head.index());
        let mut named: Vec<Token<'_>> = after.clone().filter(|c| c.dep() == "appos").collect();
        let lists = |c: &Token<'_>| {
            c.dep() == "prep"
                && (matches!(c.lemma(), "include" | "like")
                    || c.text().eq_ignore_ascii_case("including")
                    || c.lemma() == "as" && c.children().any(|s| s.lemma() == "such"))
        };
        let mut listed: Vec<Token<'_>> = after.filter(lists).collect();
        let clauses = head.children().filter(|c| matches!(c.dep(), "relcl" | "acl"));
        listed.extend(clauses.flat_map(|c| c.children()).filter(lists));
        named.extend(listed.iter().filter_map(|c| tree::child(*c, &["pobj"])));
        let state = |t: &Token<'_>| {
            let mention = self.mention_headed(at, t.index()).filter(|m| m.form == Form::Name)?;
            let actor = &self.cast.actors[mention.actor];
            (actor.kind == ActorKind::State).then(|| self.reference(actor, mention.span, slot)).flatten()
        };
        let mut found: Vec<ActorRef> = Vec::new();
        for one in named.into_iter().flat_map(tree::conjuncts).filter_map(|t| state(&t)) {
            if !found.iter().any(|f| f.id == one.id) {
                found.push(one);
            }
        }
        found
    }

    /// The name that follows a description at token `end`: "the Turkish company Toros Aerospace", "its owner, Jane Roe".
    fn name_beside(&self, at: usize, head: Token<'_>, end: usize) -> Option<&Mention> {
        if head.tag() != "NN" && head.tag() != "NNP" {
            return None;
        }
        let follows = |c: &Token<'_>| {
            let first = c.subtree().next().map_or(c.index(), |t| t.index());
            let comma = first == end + 1 && self.text.blocks[at].token(end).text() == ",";
            c.dep() == "appos" && (first == end || comma)
        };
        let name = head.children().find(follows)?;
        let found = self.mention_headed(at, name.index()).filter(|m| m.form == Form::Name)?;
        let named = matches!(
            self.cast.actors[found.actor].kind,
            ActorKind::Firm
                | ActorKind::Organisation
                | ActorKind::Group
                | ActorKind::Person
                | ActorKind::Vessel
        );
        named.then_some(found)
    }

    /// Whether a mention is no part of the goods' own name, and not the parser's guess at a headline's capitals.
    fn is_sound(&self, at: usize, mention: &Mention) -> bool {
        let actor = &self.cast.actors[mention.actor];
        let head = self.text.blocks[at].token(mention.head);
        if mention.place.tokens().len() > 1
            && mention.form == Form::Name
            && matches!(
                head.lemma().to_lowercase().as_str(),
                "sale" | "sales" | "drawdown" | "transfer" | "package"
            )
        {
            return false; // "Foreign Military Sale"
        }
        let sure =
            matches!(actor.kind, ActorKind::State | ActorKind::Bloc | ActorKind::Office | ActorKind::Group);
        if sure || actor.id == "UN" {
            return true;
        }
        let outside = |g: &GoodsMention| {
            mention.place.first <= g.place.first
                && g.place.end <= mention.place.end
                && g.place.tokens().len() < mention.place.tokens().len()
        };
        let in_goods = mention.form != Form::Demonym
            && self.cast.goods_in(at).iter().any(|g| g.place.holds(at, mention.head) && !outside(g));
        let headline = |at: usize| self.text.blocks[at].kind == BlockKind::Headline;
        let elsewhere =
            || self.cast.mentions.iter().any(|m| m.actor == mention.actor && !headline(m.place.at));
        !in_goods && (!headline(at) || elsewhere())
    }

    /// A state's body without a name of its own: "the Russian army", "the government of Haiti", "Kyiv's forces".
    fn owner_of_body(&self, at: usize, head: Token<'_>, slot: Slot) -> Option<ActorRef> {
        if slot == Slot::Target && is_official_word(head.lemma()) {
            return None; // sanctions hit the officials, not their state
        }
        if !BODIES.contains(&head.lemma()) && !BODIES.contains(&head.text().to_lowercase().as_str()) {
            return None;
        }
        let mut owners: Vec<_> =
            head.children().filter(|c| matches!(c.dep(), "amod" | "compound" | "nmod")).collect();
        let bodies: Vec<_> = owners.iter().filter(|o| BODIES.contains(&o.lemma())).copied().collect();
        owners.extend(bodies.iter().flat_map(|b| b.children().filter(|c| c.dep() == "amod")));
        owners.extend(tree::owners(head));
        owners.extend(tree::objects_of(head, &["of", "in"]));
        let own = |t: Token<'_>| self.cast.mention_at(at, t.index()).is_some_and(|m| m.head == head.index());
        owners.into_iter().filter(|o| !own(*o)).find_map(|owner| {
            let found = self.one_actor_named(at, owner, slot)?;
            Some(ActorRef { text: found.text, ..found })
        })
    }

    fn one_actor_named(&self, at: usize, head: Token<'_>, slot: Slot) -> Option<ActorRef> {
        if let Some(actor) = self.first_person(at, head) {
            return Some(actor);
        }
        let mention = self.cast.mention_at(at, head.index())?;
        self.reference(&self.cast.actors[mention.actor], mention.span, slot)
    }

    /// A mention that covers the head without being headed by it, as an entity that the parser cut otherwise.
    fn covering(&self, at: usize, head: Token<'_>, slot: Slot) -> Option<ActorRef> {
        if let Some(named) = self.described(at, head).filter(|_| slot == Slot::Target) {
            return Some(named);
        }
        let mention = self.cast.mention_at(at, head.index())?;
        let actor = &self.cast.actors[mention.actor];
        if mention.form == Form::Demonym || actor.kind == ActorKind::Unnamed || !self.is_sound(at, mention) {
            return None;
        }
        self.reference(actor, mention.span, slot)
    }

    /// A party without a name: "jihadist groups", "our partners".
    fn unnamed(&self, at: usize, head: Token<'_>, slot: Slot) -> Option<ActorRef> {
        let person = slot == Slot::Target && is_official_word(head.lemma());
        let is_party =
            person || self.book.is_party(head.lemma()) || self.book.is_party(&head.text().to_lowercase());
        if !is_party || head.tag() == "PRP" {
            return self.capitals(at, head).filter(|_| slot == Slot::Target);
        }
        let range = tree::bare_phrase(head);
        let span = self.text.blocks[at].span(range.clone());
        let text = self.text.blocks[at].parse.words(range).to_owned();
        let ours = is_unit(&text) && self.is_government();
        if let Some(home) = self.publisher.clone().filter(|_| ours) {
            return Some(ActorRef { id: home, text, span });
        }
        Some(ActorRef { id: text.clone(), text, span })
    }

    /// An actor as a slot names it: an office by its state where it acts for it.
    pub(crate) fn reference(&self, actor: &Actor, span: Span, slot: Slot) -> Option<ActorRef> {
        let text = span.of(&self.text.document.text).to_owned();
        let acts_for_state = match slot {
            Slot::Party => matches!(actor.kind, ActorKind::Office | ActorKind::Person),
            Slot::Target => false,
        };
        let united = slot == Slot::Party
            && matches!(actor.kind, ActorKind::Office | ActorKind::Organisation)
            && (actor.affiliation.as_deref() == Some("UN") || is_un_council(&actor.id));
        if united {
            return Some(ActorRef { id: "UN".to_owned(), text, span });
        }
        if slot == Slot::Party
            && let Some(state) = self.ruled_by(actor).or_else(|| self.own_council(actor))
        {
            return Some(ActorRef { id: state, text, span });
        }
        if let Some(state) = self.government_of(actor, slot) {
            return Some(ActorRef { id: state, text, span });
        }
        let own = matches!(
            actor.id.as_str(),
            "Defence" | "Defense" | "Army" | "Navy" | "House" | "Senate" | "Congress"
        );
        if own && let Some(home) = self.publisher.as_ref() {
            return Some(ActorRef { id: home.clone(), text, span });
        }
        if matches!(actor.id.as_str(), "Military" | "Weapons" | "Arms" | "Missiles" | "Defence" | "Defense") {
            return None;
        }
        if slot == Slot::Party && is_facility(&actor.id) {
            return None; // where a thing arrived, which is nobody
        }
        let nobody = actor.stands_for.is_none() && actor.affiliation.is_none();
        if slot == Slot::Party
            && actor.kind == ActorKind::Office
            && nobody
            && !is_foreign_rule(&actor.id)
            && let Some(home) = self.publisher.as_ref()
        {
            return Some(ActorRef { id: home.clone(), text, span }); // "Cabinet", "the department" of who writes
        }
        if slot == Slot::Party
            && self.is_own(actor)
            && let Some(home) = self.publisher.as_ref()
        {
            return Some(ActorRef { id: home.clone(), text, span }); // "Brig. Gen. Roe", "the Airlift Group" of who writes
        }
        let side =
            actor.stands_for.as_ref().or_else(|| actor.affiliation.as_ref().filter(|_| is_official(actor)));
        let ruled = acts_for_state || matches!(actor.kind, ActorKind::Organisation);
        let home = self.publisher.as_ref().filter(|_| {
            slot == Slot::Party
                && ruled
                && [" Government", " Administration"].iter().any(|e| actor.id.ends_with(e))
        });
        let id = match side.or(home) {
            _ if home.is_some() && side.is_none() => home.cloned().unwrap_or_default(),
            Some(state) if acts_for_state && is_state_code(state) => state.clone(),
            _ => actor.id.clone(),
        };
        if actor.kind == ActorKind::Outlet && slot == Slot::Party {
            return None;
        }
        Some(ActorRef { id, text, span })
    }

    /// "we", "our", "us": the state that the speaker or the document's publisher speaks for.
    fn first_person(&self, at: usize, token: Token<'_>) -> Option<ActorRef> {
        let word = token.text().to_lowercase();
        let is_body = matches!(word.as_str(), "administration" | "government" | "country" | "nation");
        let is_ours = |t: &Token<'_>| matches!(t.text().to_lowercase().as_str(), "our" | "your" | "my");
        let named =
            matches!(word.as_str(), "we" | "our" | "us" | "ours" | "ourselves" | "i" | "your" | "you")
                || (is_body && token.children().any(|c| c.dep() == "poss" && is_ours(&c)));
        if !named || word == "us" && token.text() == "US" {
            return None;
        }
        let asked = matches!(word.as_str(), "you" | "your") && self.is_question(at);
        let state = match asked {
            true => self.publisher.clone()?, // a reporter's "you" is the house, whomever the question cites
            false => self.state_speaking(at, token.index())?,
        };
        Some(ActorRef {
            id: state,
            text: token.text().to_owned(),
            span: self.text.blocks[at].span(token.index()..token.index() + 1),
        })
    }

    /// The state for which the words at a token are spoken: of the innermost speaker, else of the publisher.
    pub(crate) fn state_speaking(&self, at: usize, token: usize) -> Option<String> {
        let quoted = self
            .attributions
            .iter()
            .filter(|a| a.content.iter().any(|c| c.holds(at, token)))
            .filter(|a| a.directness != model::Directness::Indirect) // "offered to lend us": the writer's own
            .filter(|a| !(self.is_turn(a) && self.is_record())) // a member speaks for its own state
            .filter_map(|a| a.actor.map(|i| &self.cast.actors[i]))
            .find_map(|actor| actor.stands_for.clone().or_else(|| actor.affiliation.clone()));
        quoted.filter(|s| is_state_code(s)).or_else(|| self.publisher.clone())
    }

    /// Some tokens of block `at` as words with their place.
    pub(crate) fn words(&self, at: usize, tokens: std::ops::Range<usize>) -> Phrase {
        let block = &self.text.blocks[at];
        Phrase { text: block.parse.words(tokens.clone()).to_owned(), span: block.span(tokens) }
    }
}

/// People who may be sanctioned for themselves.
fn is_official_word(lemma: &str) -> bool {
    matches!(
        lemma,
        "official"
            | "general"
            | "officer"
            | "judge"
            | "minister"
            | "member"
            | "executive"
            | "director"
            | "leader"
            | "elite"
            | "commander"
            | "propagandist"
            | "lawmaker"
            | "deputy"
            | "governor"
            | "relative"
            | "associate"
            | "agent"
            | "scientist"
            | "facilitator"
            | "financier"
            | "supplier"
            | "vessel"
            | "ship"
            | "tanker"
            | "subsidiary"
            | "institution"
    )
}

/// The Security Council of the United Nations, not a state's own.
pub(crate) fn is_un_council(id: &str) -> bool {
    let id = id.trim_start_matches("the ").trim_start_matches("The ");
    id == "Security Council"
        || id.ends_with("Security Council")
            && (id.starts_with("U.N") || id.starts_with("UN") || id.starts_with("United Nations"))
}

/// Whether a person acts for the state that it belongs to: not a dealer, an agent, a man of business.
fn is_official(actor: &Actor) -> bool {
    const PRIVATE: &[&str] = &[
        "dealer",
        "trafficker",
        "business",
        "broker",
        "smuggler",
        "agent",
        "oligarch",
        "executive",
        "chief executive",
        "owner",
        "financier",
        "citizen",
        "national",
        "smuggling",
        "terrorist",
        "ceo",
    ];
    let role = actor.role.as_deref().unwrap_or("").to_lowercase();
    !PRIVATE.iter().any(|p| role.contains(p))
}

/// Whether an identifier is a state's alpha-3 code.
pub(crate) fn is_state_code(id: &str) -> bool {
    id.len() == 3 && id.bytes().all(|b| b.is_ascii_uppercase())
}
