//! Who stands where around a word of transfer.

use lang::Token;

use super::slots::Slot;
use super::table::{Shape, Word};
use super::{Reader, tree};
use crate::mentions::{ActorKind, Form};
use model::Stage;

/// The roles around one word of transfer, as heads of noun phrases.
#[derive(Debug, Default)]
pub(crate) struct Roles<'p> {
    pub(crate) supplier: Vec<Token<'p>>,
    pub(crate) recipient: Vec<Token<'p>>,
    pub(crate) goods: Vec<Token<'p>>,
    pub(crate) by: Vec<Token<'p>>,
    pub(crate) via: Vec<Token<'p>>,
}

impl Reader<'_> {
    pub(crate) fn verb_roles<'p>(&self, at: usize, verb: Token<'p>, word: &mut Word) -> Roles<'p> {
        let agents = tree::agents(verb);
        let patients = tree::patients(verb);
        let mut with = tree::objects_of(verb, &["with"]);
        if with.is_empty() && matches!(word.shape, Shape::Give | Shape::Equip) {
            with = self.with_below(at, &patients); // "arms rebels in Chad with rifles", hung on Chad
        }
        let mut roles = Roles::default();
        let gives_with =
            word.shape == Shape::Give && !with.is_empty() && self.goods_in(at, &patients).is_empty();
        if gives_with && !self.goods_in(at, &with).is_empty() {
            word.shape = Shape::Equip;
        }
        let hires = matches!(verb.lemma(), "lease" | "rent" | "charter" | "hire");
        if hires && self.is_from_other(at, verb, &agents, &patients) {
            word.shape = Shape::Get;
            word.stage = Stage::Agreed;
        }
        self.as_gift(at, verb, &patients, word);
        match word.shape {
            Shape::Give => {
                (roles.supplier, roles.goods) = (agents, patients);
                self.sides_of_gift(at, verb, &mut roles);
            }
            Shape::Equip => {
                self.sides_of_training(at, verb, (agents, patients), &mut roles);
                roles.goods = with;
            }
            Shape::Get => {
                roles = self.sides_of_purchase(at, verb, agents, patients);
            }
            Shape::Take => {
                roles.by = agents;
                roles.supplier = self.parties_after(at, verb, &patients, &["from"]);
                if roles.supplier.is_empty() {
                    let owners = patients.iter().flat_map(|p| tree::owners(*p));
                    roles.supplier = owners.filter(|o| self.is_side(at, *o)).collect(); // not "Kalashnikov rifles"
                }
                roles.recipient = self.parties_after(at, verb, &patients, &["to", "for"]);
                self.sides_of_load(at, &patients, &mut roles);
                roles.goods = patients;
            }
            Shape::Use => {
                roles.recipient = agents;
                roles.goods = patients;
            }
            Shape::Wield => {
                word.shape = Shape::Use;
                roles.recipient = agents;
                roles.goods = with;
            }
            Shape::Ask => {
                roles.recipient = agents;
                roles.goods = tree::objects_of(verb, &["for"]);
                let asked = || tree::objects_of(verb, &["to", "on", "with"]);
                roles.supplier = if patients.is_empty() { asked() } else { patients };
            }
            Shape::Move => self.sides_of_arrival(at, verb, (agents, patients), &mut roles),
        }
        roles
    }

    /// The sides of goods that arrive, land or reach a port.
    fn sides_of_arrival<'p>(
        &self,
        at: usize,
        verb: Token<'p>,
        (agents, patients): (Vec<Token<'p>>, Vec<Token<'p>>),
        roles: &mut Roles<'p>,
    ) {
        roles.goods = if tree::is_passive(verb) { patients.clone() } else { agents }; // "were unloaded in"
        roles.recipient = self.parties_after(at, verb, &[], &["in", "to", "at"]);
        roles.recipient.retain(|t| self.is_side(at, *t));
        if roles.recipient.is_empty() && verb.lemma() == "reach" {
            roles.recipient = patients;
        }
        let mut ports = tree::objects_of(verb, &["in", "to", "at", "into"]);
        ports.extend(tree::child(verb, &["dobj"]));
        ports.retain(|p| is_place(*p));
        if self.actors_of(at, &roles.recipient, Slot::Party).is_empty() {
            let owners = ports.iter().flat_map(|p| tree::owners(*p));
            let of = ports.iter().flat_map(|p| tree::objects_of(*p, &["in", "of", "outside", "near", "at"]));
            roles.recipient = owners.chain(of).filter(|t| self.is_state(at, *t)).collect();
        }
        roles.supplier = self.parties_after(at, verb, &roles.goods, &["from"]);
        if roles.supplier.is_empty() {
            roles.supplier = roles.goods.iter().flat_map(|g| tree::owners(*g)).collect();
        }
    }

    /// Who arms, equips or trains whom: instructors stand for their state, troops for whose they are.
    fn sides_of_training<'p>(
        &self,
        at: usize,
        verb: Token<'p>,
        (agents, patients): (Vec<Token<'p>>, Vec<Token<'p>>),
        roles: &mut Roles<'p>,
    ) {
        let known = !self.actors_of(at, &agents, Slot::Party).is_empty();
        let owners = || agents.iter().flat_map(|a| tree::owners(*a)).collect();
        roles.supplier = if known { agents } else { owners() }; // "Norwegian instructors train"
        let people = |p: &Token<'p>| [tree::objects_of(*p, &["of", "from"]), tree::owners(*p)].concat();
        let plain = |p: &Token<'p>| is_troop(*p) && self.mention_headed(at, p.index()).is_none();
        let named = !self.actors_of(at, &patients, Slot::Party).is_empty();
        let mut theirs: Vec<Token<'p>> = patients.iter().flat_map(people).collect(); // "trains soldiers of Chad"
        theirs.extend(patients.iter().filter(|p| is_troop(**p)).flat_map(|p| tree::objects_of(*p, &["for"])));
        theirs.retain(|t| !self.actors(at, *t, Slot::Party).is_empty());
        let generic = patients.iter().all(plain) && !theirs.is_empty();
        roles.recipient = if named && !generic { patients.clone() } else { theirs };
        if roles.supplier.is_empty() && verb.lemma() == "train" && tree::is_passive(verb) {
            roles.supplier = self.trained_in(at, verb, &roles.recipient);
        }
    }

    /// "were trained in Nagpur, India": the state where its guests are trained trains them.
    fn trained_in<'p>(&self, at: usize, verb: Token<'p>, trained: &[Token<'p>]) -> Vec<Token<'p>> {
        let guests = self.actors_of(at, trained, Slot::Party);
        let inside = verb.subtree().filter(|t| t.dep() == "pobj" && t.head().lemma() == "in");
        let places =
            inside.flat_map(|t| std::iter::once(t).chain(t.children().filter(|c| c.dep() == "appos")));
        let other = |t: &Token<'p>| {
            let who = self.actors_of(at, &[*t], Slot::Party);
            self.is_state(at, *t) && !super::transfers::same(&who, &guests) && !guests.is_empty()
        };
        places.filter(other).take(1).collect()
    }

    /// Goods after a "with" that hangs deeper in the verb's object.
    fn with_below<'p>(&self, at: usize, patients: &[Token<'p>]) -> Vec<Token<'p>> {
        let deep = patients.iter().flat_map(|p| p.subtree());
        let found = deep.filter(|t| t.lemma() == "with" && t.dep() == "prep");
        let found = found.filter_map(|w| tree::child(w, &["pobj"]));
        found.filter(|t| !self.goods_in(at, &[*t]).is_empty()).take(1).collect()
    }

    /// The sides of a purchase; who buys for a state is a go-between.
    fn sides_of_purchase<'p>(
        &self,
        at: usize,
        verb: Token<'p>,
        agents: Vec<Token<'p>>,
        patients: Vec<Token<'p>>,
    ) -> Roles<'p> {
        let mut roles = Roles { recipient: agents, ..Roles::default() };
        roles.supplier = self.parties_after(at, verb, &patients, &["from"]);
        let mut through = self.parties_after(at, verb, &patients, &["through"]);
        through.retain(|t| !roles.supplier.contains(t));
        if roles.supplier.is_empty() && !through.iter().any(|t| self.is_state(at, *t)) {
            roles.supplier = through; // a dealer sells what it gets; a state on the way does not
        } else {
            roles.via = through;
        }
        let mut of = tree::objects_of(verb, &["for"]);
        of.extend(self.parties_after(at, verb, &patients, &["for"]));
        of.retain(|t| self.is_state(at, *t));
        self.bought_for(at, of, &mut roles);
        if matches!(verb.lemma(), "spend" | "invest" | "splurge") {
            let money = patients.iter().flat_map(|p| tree::objects_of(*p, &["on", "in"]));
            roles.goods = tree::objects_of(verb, &["on", "in"]).into_iter().chain(money).collect();
            let named = |g: &&crate::mentions::GoodsMention| g.category != model::Category::Weapons;
            let whose = |g: &Token<'p>| !self.origins(at, &self.goods_in(at, &[*g])).is_empty();
            roles.goods.retain(|g| self.goods(at, *g).iter().any(named) || whose(g));
            return roles;
        }
        if self.actors_of(at, &roles.supplier, Slot::Party).iter().all(super::irrealis::is_class) {
            let made = |t: &Token<'_>| {
                self.mention_headed(at, t.index()).is_some_and(|m| {
                    m.form == Form::Name && self.cast.actors[m.actor].kind == ActorKind::Firm
                })
            };
            let owners: Vec<_> = patients.iter().flat_map(|p| tree::owners(*p)).filter(made).collect();
            if !owners.is_empty() {
                roles.supplier = owners; // "Acme's chips, through shell companies"
            }
        }
        roles.goods = patients;
        if let Some((from, goods)) = self.goods_over(at, verb) {
            roles.goods = vec![goods]; // "planes from Poland, which Kenya ordered"
            if roles.supplier.is_empty() {
                roles.supplier = vec![from];
            }
        }
        if roles.goods.is_empty() {
            roles.goods = tree::objects_of(verb, &["for"]);
        }
        roles
    }

    /// Whether what a verb's subject leases is another's: "leased a Russian submarine", "leases jets from Spain".
    fn is_from_other(
        &self,
        at: usize,
        verb: Token<'_>,
        agents: &[Token<'_>],
        patients: &[Token<'_>],
    ) -> bool {
        let from = self.parties_after(at, verb, patients, &["from"]);
        let who = self.actors_of(at, agents, Slot::Party);
        let made = self.origins(at, &self.goods_in(at, patients));
        let to = self.parties_after(at, verb, patients, &["to"]);
        !from.is_empty() || to.is_empty() && !made.is_empty() && !super::transfers::same(&made, &who)
    }

    /// The goods that a relative clause is on, where the parser hangs it on their origin: "planes from Poland, which X ordered".
    fn goods_over<'p>(&self, at: usize, verb: Token<'p>) -> Option<(Token<'p>, Token<'p>)> {
        let from = verb.head();
        let origin = verb.dep() == "relcl" && from.dep() == "pobj" && from.head().lemma() == "from";
        let goods = from.head().head();
        let found =
            origin && self.goods_headed(at, from).is_none() && !self.goods_in(at, &[goods]).is_empty();
        found.then_some((from, goods))
    }

    /// Whether a token names a state, bloc or armed group.
    pub(crate) fn is_side(&self, at: usize, token: Token<'_>) -> bool {
        let group = self.mention_headed(at, token.index()).is_some_and(|m| {
            matches!(self.cast.actors[m.actor].kind, ActorKind::Group | ActorKind::Bloc | ActorKind::Office)
        });
        group || self.is_state(at, token) || tree::is_noun(token) && self.book.is_party(token.lemma())
    }

    fn is_state(&self, at: usize, token: Token<'_>) -> bool {
        self.actors(at, token, Slot::Party).iter().any(|a| super::slots::is_state_code(&a.id))
    }

    /// The sides of a gift or sale that its verb does not name as subject or dative.
    fn sides_of_gift<'p>(&self, at: usize, verb: Token<'p>, roles: &mut Roles<'p>) {
        let dative = |c: &Token<'_>| c.dep() == "dative" && !matches!(c.tag(), "IN" | "TO");
        roles.recipient = verb.children().filter(dative).collect();
        let given: Vec<_> = verb.children().filter(|c| c.dep() == "dobj").collect();
        if tree::is_passive(verb) && !given.is_empty() && self.goods_in(at, &roles.goods).is_empty() {
            roles.recipient = std::mem::replace(&mut roles.goods, given); // "was given tanks by Spain"
        }
        if roles.supplier.iter().any(|a| super::goods::is_craft(*a)) {
            let owners = roles.supplier.iter().flat_map(|a| tree::owners(*a)).collect();
            roles.via = std::mem::replace(&mut roles.supplier, owners); // "a Russian ship carrying helicopters"
        }
        if roles.recipient.is_empty() && roles.goods.len() > 1 {
            roles.recipient.push(roles.goods.remove(0)); // "give Ukraine tanks", two objects
        }
        if roles.recipient.is_empty() {
            roles.recipient = self.parties_after(at, verb, &roles.goods, &["to", "for", "into"]);
        }
        if roles.recipient.is_empty() && !tree::is_passive(verb) {
            roles.recipient = self.glued_recipient(at, &roles.goods);
        }
        if roles.supplier.is_empty() {
            roles.supplier = self.parties_after(at, verb, &roles.goods, &["from"]);
        }
    }

    /// "exported rifles from X to Y" by men without a name: X; "seized from a dhow": the dhow carried them.
    pub(crate) fn other_supplier<'p>(&self, at: usize, verb: Token<'p>, word: &Word, roles: &mut Roles<'p>) {
        if word.shape == Shape::Give && self.actors_of(at, &roles.supplier, Slot::Party).is_empty() {
            let from = self.parties_after(at, verb, &roles.goods, &["from"]);
            if !from.is_empty() {
                roles.supplier = from;
            }
        }
        if word.shape == Shape::Take {
            let craft = |t: &Token<'_>| {
                matches!(
                    t.lemma(),
                    "dhow"
                        | "boat"
                        | "ship"
                        | "vessel"
                        | "plane"
                        | "aircraft"
                        | "truck"
                        | "container"
                        | "stash"
                        | "freighter"
                )
            };
            roles.supplier.retain(|t| !craft(t));
        }
    }

    /// "gave Ukraine howitzers", where the parser takes the name for a part of the goods' own.
    pub(crate) fn glued_recipient<'p>(&self, at: usize, goods: &[Token<'p>]) -> Vec<Token<'p>> {
        let Some(first) = goods.first() else { return Vec::new() };
        let glued = |c: &Token<'p>| {
            let mention = self.mention_headed(at, c.index());
            let is_state = |m: &crate::mentions::Mention| self.cast.actors[m.actor].kind == ActorKind::State;
            let named = mention.is_some_and(|m| m.form == Form::Name && is_state(m));
            named && matches!(c.dep(), "compound" | "nmod") && c.text().len() > 4 && !c.text().contains('.')
        };
        let own: Vec<_> = first.children().filter(glued).collect();
        if !own.is_empty() {
            return own;
        }
        // "sell Chad Orlan drones", hung on the drones' name
        let opens = first.subtree().next().filter(|t| t.index() < first.index() && glued(t));
        opens.into_iter().collect()
    }

    /// Objects of prepositions on the verb or on its goods that are parties: `to` and `from` swing between the two.
    pub(crate) fn parties_after<'p>(
        &self,
        at: usize,
        verb: Token<'p>,
        goods: &[Token<'p>],
        names: &[&str],
    ) -> Vec<Token<'p>> {
        let mut found = tree::objects_of(verb, names);
        found.extend(tree::available(verb).into_iter().flat_map(|a| tree::objects_of(a, names)));
        if found.is_empty() && tree::is_verb(verb) && tree::child(verb, &["dobj", "nsubjpass"]).is_none() {
            let later = verb.children().filter(|c| c.dep() == "conj" && tree::is_verb(*c));
            found.extend(later.flat_map(|c| tree::objects_of(c, names))); // "lend or lease tanks to Chad"
        }
        for head in goods {
            for one in tree::conjuncts(*head) {
                found.extend(tree::objects_of(one, names));
                for of in tree::objects_of(one, &["of", "in", "worth"]) {
                    found.extend(tree::objects_of(of, names));
                }
            }
        }
        for gift in tree::objects_of(verb, &["as", "in"]).into_iter().filter(|g| is_gift(*g)) {
            found.extend(tree::objects_of(gift, names)); // "received helicopters as a gift from Jordan"
        }
        found.retain(|t| !self.actors(at, *t, Slot::Party).is_empty());
        found
    }

    /// Parties that hang on the verb over a noun ("suspended arms sales to Turkey"), or on "bound for".
    pub(crate) fn beside<'p>(&self, at: usize, trigger: Token<'p>, word: &Word, roles: &mut Roles<'p>) {
        let mut over: Vec<Token<'p>> = Vec::new();
        if tree::is_noun(trigger) {
            let above = trigger.head();
            match trigger.dep() {
                "dobj" | "nsubjpass" | "attr" => over.push(above),
                "pobj" => over.extend([above.head(), above.head().head()]),
                _ => {}
            }
            const TELLS: &[&str] = &[
                "explain", "present", "report", "submit", "notify", "announce", "say", "show", "conceal",
                "hide",
            ];
            let grants = |t: &Token<'_>| {
                self.book
                    .noun_operator(t.lemma())
                    .is_some_and(|o| o.halts || o.give == Some(Stage::Authorised))
            };
            over.retain(|t| (tree::is_verb(*t) || grants(t)) && !TELLS.contains(&t.lemma()));
        }
        let ways = trigger.subtree().filter(|t| t.lemma() == "way" && t.dep() == "pobj");
        over.extend(ways.filter(|w| w.head().lemma() == "on")); // "seized on their way from X to Y"
        for head in roles.goods.iter().chain([&trigger]) {
            let bound = |c: &Token<'_>| {
                const BOUND: &[&str] = &[
                    "bind",
                    "bound",
                    "en",
                    "destine",
                    "intend",
                    "head",
                    "mean",
                    "earmark",
                    "originate",
                    "come",
                    "hail",
                    "route",
                    "carry",
                    "load",
                    "transport",
                    "smuggle",
                ];
                matches!(c.dep(), "acl" | "amod" | "relcl" | "advcl" | "prep" | "xcomp")
                    && BOUND.contains(&c.lemma())
            };
            over.extend(head.subtree().filter(bound));
        }
        let parties = |over: Token<'p>, names: &[&str]| {
            let carried: Vec<_> = over.children().filter(|c| c.dep() == "dobj").collect();
            let carried = if tree::is_noun(trigger) { Vec::new() } else { carried };
            let mut found = self.parties_after(at, over, &carried, names);
            if trigger.dep() == "pobj" {
                found.retain(|t| t.index() > trigger.index()); // what stands before it is the verb's own
            }
            found
        };
        for token in over {
            if roles.recipient.is_empty() {
                let names: &[&str] =
                    if trigger.lemma() == "trade" { &["to", "with"] } else { &["to", "for"] };
                roles.recipient = parties(token, names);
            }
            if roles.supplier.is_empty() && word.shape != Shape::Ask {
                let names: &[&str] = if token.lemma() == "originate" { &["from", "in"] } else { &["from"] };
                roles.supplier = parties(token, names);
            }
        }
    }

    /// Parties around a noun of transfer or of goods.
    pub(crate) fn noun_args<'p>(&self, at: usize, noun: Token<'p>, word: &Word, roles: &mut Roles<'p>) {
        let owners = tree::owners(noun);
        let by = tree::objects_of(noun, &["by"]);
        let from = self.parties_after(at, noun, &[], &["from"]);
        let mut of: Vec<_> = tree::objects_of(noun, &["of", "in"]);
        of.extend(tree::objects_of(noun, &["for"]).into_iter().filter(|t| !self.goods(at, *t).is_empty()));
        let mut to = self.parties_after(at, noun, &of, &["to", "for", "into", "with"]);
        to.retain(|t| !from.contains(t));
        let gets = matches!(word.shape, Shape::Get);
        let sellers = if gets { self.parties_after(at, noun, &of, &["with"]) } else { Vec::new() };
        to.retain(|t| !sellers.contains(t));
        let (give, get) = (&mut roles.supplier, &mut roles.recipient);
        let fill = |slot: &mut Vec<Token<'p>>, with: Vec<Token<'p>>| {
            if slot.is_empty() {
                *slot = with;
            }
        };
        let owned: Vec<_> = owners
            .into_iter()
            .filter(|o| !is_kind(*o) && !self.actors(at, *o, Slot::Party).is_empty())
            .collect();
        fill(give, from);
        fill(give, sellers);
        if gets {
            fill(get, by);
            fill(get, owned);
        } else if word.shape == Shape::Take {
            fill(&mut roles.by, by);
            fill(&mut roles.by, owned); // "the navy's seizure of arms"
        } else {
            fill(give, by);
            fill(give, owned);
        }
        fill(get, to);
        let mut of_from: Vec<_> = of.iter().flat_map(|o| tree::objects_of(*o, &["from"])).collect();
        of_from.retain(|t| !self.actors(at, *t, Slot::Party).is_empty());
        fill(give, of_from);
    }
}

/// People under arms, whose they are told beside them.
fn is_troop(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "troop"
            | "soldier"
            | "fighter"
            | "force"
            | "pilot"
            | "crew"
            | "personnel"
            | "unit"
            | "recruit"
            | "officer"
    )
}

/// Where a voyage ends: "the Chadian port of X".
fn is_place(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "port"
            | "harbour"
            | "harbor"
            | "airport"
            | "base"
            | "capital"
            | "city"
            | "coast"
            | "territory"
            | "airbase"
            | "soil"
            | "border"
            | "town"
            | "airfield"
            | "shore"
    )
}

/// What goods are given as: "as a donation", "as aid".
fn is_gift(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "gift" | "aid" | "donation" | "grant" | "loan" | "part" | "present" | "assistance" | "exchange"
    )
}

/// Words in capitals that tell the kind of a sale and not whose it is: "a Foreign Military Sale".
fn is_kind(token: Token<'_>) -> bool {
    matches!(
        token.text(),
        "Foreign" | "Military" | "Direct" | "Commercial" | "Arms" | "Weapons" | "Defense" | "Defence"
    )
}
