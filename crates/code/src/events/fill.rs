//! Fills what a frame leaves open from what the document told before: "the purchase", "those weapons", "the embargo".

use model::{Action, ActorRef, BlockKind, Category, Factuality, Goods, Kind, Stage};

use super::irrealis::{has_acted, is_class, is_unasserted};
use super::slots::is_state_code;
use super::transfers::same;
use super::{Frame, Reader, retold};

impl Reader<'_> {
    /// Fills open sides and drops what says too little to be a claim.
    pub(crate) fn fill(&self, frames: Vec<Frame>) -> Vec<Frame> {
        let mut done: Vec<Frame> = Vec::new();
        let mut bare: Vec<Frame> = Vec::new();
        let foes = self.foes(&frames);
        let mut frames = frames;
        retold::buyers_by_document(&mut frames);
        for mut frame in frames {
            if !self.is_said(&mut frame) {
                continue;
            }
            let named = frame.clone();
            if frame.echoes && !self.echo(&mut frame, &done) {
                continue;
            }
            match frame.kind {
                Kind::Transfer => {
                    self.fill_transfer(&mut frame, &done, &bare, &foes);
                    self.goods_meant(&mut frame, &done);
                    self.same_buyer(&mut frame, &done);
                    self.own_purchase(&mut frame);
                }
                Kind::Measure => self.fill_measure(&mut frame, &done),
                Kind::Violation => fill_violation(&mut frame, &done),
                _ => {}
            }
            if named.points_back && retold::is_retold(&named, &frame, &done) {
                continue;
            }
            let trigger = self.text.blocks[frame.at].token(frame.trigger);
            let open = frame.supplier.is_empty() && frame.recipient.is_empty();
            let found = open && !is_seized(trigger.lemma()) && !super::tree::is_passive(trigger);
            let words = self.text.blocks[frame.at].span(frame.evidence.tokens()).of(&self.text.document.text);
            let own = |id: &String| frame.recipient.len() == 1 && &frame.recipient[0].id == id;
            let ours = frame.stage == Some(Stage::Used) && self.is_government();
            if ours && self.publisher.as_ref().is_some_and(own) {
                continue; // a government's own forces use what they have
            }
            if self.is_retold(&frame, &done) {
                continue;
            }
            if !found && says_enough(&frame, self.text.blocks[frame.at].kind, words.contains("export")) {
                done.extend(
                    deal_of(&frame).filter(|_| self.text.blocks[frame.at].kind != BlockKind::Headline),
                );
                done.push(frame);
            } else if self.text.blocks[frame.at].kind != BlockKind::Headline {
                bare.push(named);
            }
        }
        done.retain(|f| !f.hidden);
        done.extend(self.disapproval(&done));
        for frame in done.iter_mut().filter(|f| f.kind == Kind::Violation) {
            frame.target.clear();
            frame.imposer.clear();
        }
        done
    }

    /// Whether a frame is said to be so, of somebody: a party that is only a class is no party of a deal.
    fn is_said(&self, frame: &mut Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        if frame.kind != Kind::Contact && is_unasserted(trigger) {
            return false;
        }
        const MEANT: &[&str] = &["accused", "involved", "suspected", "linked", "responsible"];
        let sides = frame.kind == Kind::Transfer;
        let block = &self.text.blocks[frame.at];
        let acted = |a: &ActorRef| {
            // "individuals who have sold them drones"
            let word = a.id.split_whitespace().next_back().unwrap_or_default();
            let tokens = (0..block.parse.len()).map(|i| block.token(i));
            frame.action == Some(Action::Imposed)
                && tokens.into_iter().any(|t| t.text() == word && has_acted(t))
        };
        let told = |a: &ActorRef| {
            let before = self.text.document.text.get(..a.span.start as usize).unwrap_or_default();
            let before = before.split_whitespace().next_back().unwrap_or_default();
            let first = a.text.split_whitespace().next().unwrap_or_default();
            let after = self.text.document.text.get(a.span.end as usize..).unwrap_or_default();
            let after = after.split_whitespace().take(3).any(|w| MEANT.contains(&w)); // "firms and banks accused of"
            after
                || [before, first]
                    .iter()
                    .any(|w| w.eq_ignore_ascii_case("the") || w.starts_with(|c: char| c.is_ascii_digit()))
        };
        for slot in [&mut frame.supplier, &mut frame.recipient, &mut frame.target] {
            let named = !slot.is_empty();
            slot.retain(|a| !is_class(a) || !sides && (told(a) || acted(a))); // "the bank", "33 entities"
            if named && slot.is_empty() && sides {
                return false;
            }
        }
        true
    }

    /// The United Nations where the document names them: an embargo that names no authority is theirs.
    pub(crate) fn united_nations(&self) -> Option<ActorRef> {
        let is_one = |id: &str| id == "UN" || super::slots::is_un_council(id);
        let mention = self.cast.mentions.iter().find(|m| is_one(&self.cast.actors[m.actor].id))?;
        let text = mention.span.of(&self.text.document.text).to_owned();
        Some(ActorRef { id: "UN".to_owned(), text, span: mention.span })
    }

    /// The state whose legislature is named last before a bill or call that names no authority.
    pub(crate) fn legislating(&self, frame: &Frame) -> Option<ActorRef> {
        const CHAMBERS: &[&str] = &[
            "Congress",
            "Senate",
            "House",
            "Parliament",
            "parliament",
            "Commons",
            "Lords",
            "Bundestag",
            "Knesset",
            "Diet",
            "Committee",
        ];
        let before =
            |m: &&crate::mentions::Mention| (m.place.at, m.place.first) <= (frame.at, frame.evidence.end);
        let chamber = |m: &&crate::mentions::Mention| {
            let actor = &self.cast.actors[m.actor];
            let words = m.span.of(&self.text.document.text);
            let member = actor.role.as_deref().is_some_and(super::measures::is_legislator);
            member
                || CHAMBERS.iter().any(|c| words.contains(c))
                || super::officials::names_members(&words.to_lowercase())
        };
        let mention = self.cast.mentions.iter().filter(before).rev().find(chamber)?;
        let actor = &self.cast.actors[mention.actor];
        let state =
            actor.stands_for.clone().or_else(|| actor.affiliation.clone()).filter(|s| is_state_code(s))?;
        let told = frame.target.iter().all(|t| t.id != state);
        let text = mention.span.of(&self.text.document.text).to_owned();
        told.then_some(ActorRef { id: state, text, span: mention.span })
    }

    /// Fills a denial from the claim that it denies: the last told within two blocks that is not a denial itself.
    fn echo(&self, frame: &mut Frame, done: &[Frame]) -> bool {
        let near = |f: &&Frame| {
            let open = matches!(f.factuality, Factuality::Denied | Factuality::NoEvidence); // asserts nothing to deny
            f.at + 2 >= frame.at && f.kind == Kind::Transfer && !open
        };
        let Some(told) = done.iter().rev().find(near) else { return false };
        if !frame.supplier.is_empty() && !same(&frame.supplier, &told.supplier) {
            return false; // who denies its part denies what it is said to have given
        }
        let denial = frame.clone();
        *frame = told.clone();
        frame.at = denial.at;
        frame.trigger = denial.trigger;
        frame.evidence = denial.evidence;
        frame.factuality = denial.factuality;
        frame.says = denial.says;
        frame.echoes = true;
        true
    }

    /// Who asks another for goods asks for itself, by the word ("begs") or because it was told to receive such.
    fn fill_asker(&self, frame: &mut Frame, done: &[Frame]) {
        if !frame.recipient.is_empty() || frame.asker.is_empty() || frame.supplier.is_empty() {
            return;
        }
        let is_state = frame.asker.iter().all(|a| is_state_code(&a.id));
        let ours = self.publisher.as_ref().is_some_and(|id| frame.asker.iter().any(|a| &a.id == id));
        let received = done.iter().any(|f| f.kind == Kind::Transfer && same(&f.recipient, &frame.asker));
        let supplies = done.iter().any(|f| f.kind == Kind::Transfer && same(&f.supplier, &frame.asker));
        if is_state && !ours && (received || !supplies) {
            frame.recipient = frame.asker.clone();
        }
    }

    /// Who is told of a supply that names no recipient: "informed him that his country would send tanks".
    fn fill_told(&self, frame: &mut Frame) {
        if !frame.recipient.is_empty() || frame.supplier.is_empty() {
            return;
        }
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let tells = |t: &lang::Token<'_>| {
            matches!(t.lemma(), "inform" | "tell" | "assure" | "promise" | "notify" | "reassure" | "brief")
        };
        let Some(verb) = trigger.ancestors().take(4).find(tells) else { return };
        let told: Vec<_> = verb
            .children()
            .filter(|c| matches!(c.dep(), "dobj" | "dative") && c.index() < frame.trigger)
            .collect();
        let told = self.actors_of(frame.at, &told, super::slots::Slot::Party);
        if told.iter().all(|t| is_state_code(&t.id)) && !same(&told, &frame.supplier) {
            frame.recipient = told;
        }
    }

    /// "a regime at war with its people", "the country": the state that the story is about in that place.
    fn fill_described(frame: &mut Frame, done: &[Frame]) {
        let is_one = |a: &ActorRef| {
            let last = a.id.rsplit(' ').next().unwrap_or_default();
            matches!(
                last,
                "regime"
                    | "country"
                    | "nation"
                    | "kingdom"
                    | "dictatorship"
                    | "government"
                    | "ally"
                    | "junta"
            )
        };
        let known = |slot: &[ActorRef]| slot.iter().all(|a| is_state_code(&a.id)) && !slot.is_empty();
        let told = done.iter().rev().filter(|f| f.kind == Kind::Transfer);
        if frame.recipient.len() == 1 && is_one(&frame.recipient[0]) {
            let fits = |f: &&Frame| {
                known(&f.recipient) && (frame.supplier.is_empty() || same(&f.supplier, &frame.supplier))
            };
            if let Some(earlier) = told.clone().find(fits) {
                frame.recipient.clone_from(&earlier.recipient);
            }
        }
        if frame.supplier.len() == 1 && is_one(&frame.supplier[0]) {
            let fits = |f: &&Frame| known(&f.supplier) && same(&f.recipient, &frame.recipient);
            if let Some(earlier) = told.clone().find(fits) {
                frame.supplier.clone_from(&earlier.supplier);
            }
        }
    }

    fn fill_transfer(&self, frame: &mut Frame, done: &[Frame], bare: &[Frame], foes: &[String]) {
        Self::fill_described(frame, done);
        self.fill_told(frame);
        self.fill_asker(frame, done);
        if (frame.supplier.is_empty() || frame.recipient.is_empty() || frame.goods.is_empty())
            && !frame.opaque
        {
            let at = frame.at;
            let habit = is_habit(self.text.blocks[at].token(frame.trigger));
            let near = |f: &&Frame| f.kind == Kind::Transfer && f.at + 6 >= at && !habit;
            for earlier in done.iter().rev().filter(near) {
                let maker = maker_fits(frame, earlier);
                if !(fits(frame, earlier) && self.one_system(&frame.goods, &earlier.goods) || maker) {
                    continue;
                }
                let bare = frame.supplier.is_empty() && frame.recipient.is_empty();
                if bare && frame.stage == Some(Stage::Authorised) && earlier.stage == Some(Stage::Agreed) {
                    frame.stage = earlier.stage; // "the first will be delivered in May": of what was ordered
                }
                take(&mut frame.supplier, &earlier.supplier);
                take(&mut frame.recipient, &earlier.recipient);
                take_goods(frame, earlier);
                if !frame.supplier.is_empty() && !frame.recipient.is_empty() {
                    break;
                }
            }
        }
        let sided = !frame.supplier.is_empty() && !frame.recipient.is_empty();
        if sided && frame.goods_told && frame.goods.is_empty() {
            let told = |f: &&Frame| f.kind == Kind::Transfer && f.at == frame.at && !f.goods.is_empty();
            if let Some(earlier) = done.iter().rev().find(told) {
                frame.goods.clone_from(&earlier.goods); // "which has supplied similar systems to"
            }
        }
        fill_receiver(frame, bare);
        self.fill_pair(frame, done);
        self.fill_alongside(frame, done);
        self.fill_receiver_speaking(frame);
        self.fill_seller(frame);
        self.house_gives_whom(frame);
        self.house_supplies(frame, foes);
        self.firm_sells(frame);
        self.state_sells(frame);
    }

    /// What a government says that it buys, or that its forces are to have, it buys for itself.
    fn own_purchase(&self, frame: &mut Frame) {
        let Some(home) = &self.publisher else { return };
        if frame.buys && frame.recipient.is_empty() && self.is_ours(frame) {
            let span = frame.goods.first().map(|g| g.span).unwrap_or_default();
            let text = span.of(&self.text.document.text).to_owned();
            frame.recipient = vec![ActorRef { id: home.clone(), text, span }];
        }
        self.firm_delivers(frame);
        let ours = |slot: &[ActorRef]| slot.len() == 1 && &slot[0].id == home;
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let equips = matches!(trigger.lemma(), "equip" | "outfit" | "reequip" | "re-equip" | "provide");
        let settled = matches!(frame.stage, Some(Stage::Authorised)) && equips && ours(&frame.recipient);
        let settled = settled && super::tree::is_passive(trigger);
        if frame.supplier.is_empty() && settled {
            frame.stage = Some(Stage::Agreed); // "the army will be equipped with"
        }
    }

    /// Whether the publisher is a state's government or forces, and no member or record of its legislature.
    pub(crate) fn is_government(&self) -> bool {
        let publisher = self.text.document.publisher.as_deref().unwrap_or_default().to_lowercase();
        let chambers =
            ["congress", "parliament", "house of", "senate", "hansard", "legislat", "lords", "commons"];
        self.publisher.is_some()
            && self.cast.author.is_none()
            && !chambers.iter().any(|c| publisher.contains(c))
    }

    /// Whether a purchase of which no buyer is named is the publisher's: "eight aircraft are being bought".
    fn is_ours(&self, frame: &Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let other = frame.supplier.iter().any(|s| Some(&s.id) == self.publisher.as_ref());
        let named = match super::tree::is_verb(trigger) {
            true => super::tree::agents(trigger),
            false => super::tree::owners(trigger)
                .into_iter()
                .chain(super::tree::objects_of(trigger, &["by"]))
                .collect(),
        };
        let settled = matches!(
            frame.stage,
            Some(Stage::Agreed | Stage::Authorised | Stage::Delivered | Stage::Negotiated)
        );
        self.is_government() && !other && named.is_empty() && settled && !frame.goods.is_empty()
    }

    /// What another state is said to have asked for by the agency that sells to other states, it asks that one for.
    fn fill_seller(&self, frame: &mut Frame) {
        let asked = frame.stage == Some(Stage::Sought) && frame.supplier.is_empty() && !frame.opaque;
        if !asked || frame.recipient.is_empty() {
            return;
        }
        let holds =
            |a: &&crate::attribution::Attribution| a.content.iter().any(|c| c.holds(frame.at, frame.trigger));
        let over = self.attributions.iter().filter(holds).filter_map(|a| a.actor.zip(a.source.as_ref()));
        let sells = |(actor, place): (usize, &crate::text::Place)| {
            let actor = &self.cast.actors[actor];
            let agency = actor.id == "Defense Security Cooperation Agency" || actor.id == "DSCA";
            let state = actor.stands_for.clone().filter(|s| agency && is_state_code(s))?;
            let span = self.text.blocks[place.at].span(place.tokens());
            Some(ActorRef { id: state, text: span.of(&self.text.document.text).to_owned(), span })
        };
        let seller = over.filter_map(sells).find(|s| frame.recipient.iter().all(|r| r.id != s.id));
        frame.supplier = seller.into_iter().collect();
    }

    /// Whether two transfers may be of the same goods by the systems that they name: not "Rafale" and "F-15".
    pub(crate) fn one_system(&self, a: &[Goods], b: &[Goods]) -> bool {
        let systems = |goods: &[Goods]| -> Vec<&str> {
            let named = |g: &Goods| {
                self.cast.goods.iter().find(|m| m.span == g.span).and_then(|m| m.system.as_deref())
            };
            goods.iter().filter_map(named).collect()
        };
        let (a, b) = (systems(a), systems(b));
        a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x))
    }

    fn fill_measure(&self, frame: &mut Frame, done: &[Frame]) {
        let earlier = done.iter().rev().filter(|f| matches!(f.kind, Kind::Measure | Kind::Violation));
        if frame.target.is_empty() && frame.points_back {
            let told = done.iter().rev().find(|f| {
                f.kind == Kind::Transfer && !f.recipient.is_empty() && same(&f.supplier, &frame.imposer)
            });
            let asked = frame.action == Some(model::Action::Proposed);
            let fits = |f: &&Frame| {
                let whose = asked || frame.imposer.is_empty() || same(&f.imposer, &frame.imposer);
                !f.target.is_empty() && whose
            };
            let named = |f: &&Frame| fits(f) && last_word(f) == last_word(frame);
            let embargo = last_word(frame).is_some_and(|w| w == "embargo");
            let other = || earlier.clone().find(fits).filter(|_| !asked && !embargo);
            let found = earlier.clone().find(named).or_else(other);
            if let Some(found) = found {
                frame.target = found.target.clone();
                if asked && last_word(found) == last_word(frame) {
                    frame.imposer.clone_from(&found.imposer); // who wants it extended is not who would do it
                }
                take(&mut frame.imposer, &found.imposer);
            } else if let Some(told) = told {
                frame.target.clone_from(&told.recipient); // "called on Turkey to halt the remaining deliveries"
            }
        }
        if frame.target.is_empty() && frame.goods.is_empty() && !frame.imposer.is_empty() {
            // "called again for sanctions": on whom they were told to be just before
            let fits = |f: &&Frame| f.at + 1 >= frame.at && same(&f.imposer, &frame.imposer);
            if let Some(found) = earlier.clone().take(1).find(fits) {
                frame.target = found.target.clone();
            }
        }
        self.fill_imposer(frame, done);
    }
}

/// "the sale": to whom, where that was all that was told of it ("concerns about the sale of rifles to Chad").
fn fill_receiver(frame: &mut Frame, bare: &[Frame]) {
    if !frame.points_back || !frame.recipient.is_empty() || frame.opaque {
        return;
    }
    let told = bare.iter().rev().take_while(|f| f.at + 6 >= frame.at);
    let one = |f: &&Frame| {
        let named = !f.recipient.is_empty() && f.supplier.is_empty();
        let goods = frame.goods.is_empty() || goods_agree(&frame.goods, &f.goods);
        f.kind == Kind::Transfer && named && goods && !same(&f.recipient, &frame.supplier)
    };
    if let Some(earlier) = told.into_iter().find(one) {
        frame.recipient.clone_from(&earlier.recipient);
        take_goods(frame, earlier);
    }
}

fn take_goods(frame: &mut Frame, earlier: &Frame) {
    if frame.goods.is_empty() {
        frame.goods.clone_from(&earlier.goods);
    }
}

/// The deal that a measure would stop, as a transfer of which no stage is told.
fn deal_of(measure: &Frame) -> Option<Frame> {
    let (supplier, recipient) = (measure.imposer.clone(), measure.target.clone());
    let deal = Frame {
        kind: Kind::Transfer,
        stage: measure.deal,
        action: None,
        instrument: None,
        imposer: Vec::new(),
        target: Vec::new(),
        factuality: Factuality::Certain,
        supplier,
        recipient,
        ..measure.clone()
    };
    let states = deal.recipient.iter().all(|r| is_state_code(&r.id));
    (measure.deal.is_some() && measure.kind == Kind::Measure && states && !deal.supplier.is_empty())
        .then_some(deal)
}

/// The last word of the instrument, in small letters: "embargo".
fn last_word(frame: &Frame) -> Option<String> {
    let words = frame.instrument.as_ref()?.text.to_lowercase();
    words.split_whitespace().next_back().map(|w| w.trim_end_matches('s').to_owned())
}

/// Who breaks an embargo by "any delivery to X" is who was told to deliver there.
fn fill_violation(frame: &mut Frame, done: &[Frame]) {
    let craft = |a: &ActorRef| !is_state_code(&a.id) && a.id.starts_with(char::is_lowercase);
    if frame.points_back && !frame.actor.is_empty() && frame.actor.iter().all(craft) {
        let load = |f: &&Frame| f.kind == Kind::Transfer && f.at == frame.at && !f.supplier.is_empty();
        if let Some(told) = done.iter().rev().find(load) {
            frame.actor.clone_from(&told.supplier); // "a ship carrying rifles from Chad in breach of": Chad
        }
    }
    if frame.actor.is_empty() {
        let told = done.iter().rev().filter(|f| f.kind == Kind::Transfer && !f.supplier.is_empty());
        let near = |f: &&Frame| frame.points_back && frame.recipient.is_empty() && f.at + 1 >= frame.at;
        if let Some(told) = told.clone().find(|f| same(&f.recipient, &frame.recipient) || near(f)) {
            frame.actor.clone_from(&told.supplier);
        }
    }
    frame.recipient.clear();
}

/// Whether an earlier transfer is the one that a firm is now told to have made: its state was named for the supplier.
fn maker_fits(frame: &Frame, earlier: &Frame) -> bool {
    let firm = |slot: &[ActorRef]| {
        slot.iter().any(|a| !is_state_code(&a.id) && a.id.starts_with(char::is_uppercase))
    };
    let state = |slot: &[ActorRef]| slot.iter().any(|a| is_state_code(&a.id));
    let pair = firm(&frame.supplier) && state(&earlier.supplier)
        || state(&frame.supplier) && firm(&earlier.supplier);
    let goods = !frame.goods.is_empty() && goods_agree(&frame.goods, &earlier.goods);
    pair && goods
        && frame.points_back
        && frame.recipient.is_empty()
        && !same(&frame.supplier, &earlier.recipient)
}

/// "Belarus exports military goods only under licence": what a state does in general, which is no deal told before.
fn is_habit(verb: lang::Token<'_>) -> bool {
    let bare = |c: lang::Token<'_>| {
        c.dep() == "dobj"
            && c.tag() == "NNS"
            && !c.children().any(|d| matches!(d.dep(), "det" | "nummod" | "poss"))
    };
    matches!(verb.tag(), "VBZ" | "VBP")
        && !verb.children().any(|c| c.dep() == "aux")
        && verb.dep() != "relcl"
        && verb.children().any(bare)
}

fn take(slot: &mut Vec<ActorRef>, from: &[ActorRef]) {
    if slot.is_empty() {
        *slot = from.to_vec();
    }
}

/// Whether an earlier transfer may be the one that a later one points back to.
fn fits(frame: &Frame, earlier: &Frame) -> bool {
    let sides = |a: &[ActorRef], b: &[ActorRef]| a.is_empty() || b.is_empty() || same(a, b);
    let agree = sides(&frame.supplier, &earlier.supplier) && sides(&frame.recipient, &earlier.recipient);
    let shares = same(&frame.supplier, &earlier.supplier) || same(&frame.recipient, &earlier.recipient);
    let goods =
        frame.goods.is_empty() || earlier.goods.is_empty() || goods_agree(&frame.goods, &earlier.goods);
    let crossed = same(&frame.supplier, &earlier.recipient) || same(&frame.recipient, &earlier.supplier);
    agree && !crossed && goods && (shares || frame.points_back)
}

/// Whether two lists of goods may be of the same deal.
pub(crate) fn goods_agree(a: &[Goods], b: &[Goods]) -> bool {
    let generic = |g: &[Goods]| g.is_empty() || g.iter().any(|x| x.category == Category::Weapons);
    generic(a) || generic(b) || a.iter().any(|x| b.iter().any(|y| x.category == y.category))
}

/// Whether seized goods are somebody's: what is only found lies about.
fn is_seized(trigger: &str) -> bool {
    !matches!(trigger, "find" | "discover" | "recover" | "capture")
}

fn says_enough(frame: &Frame, block: BlockKind, exports: bool) -> bool {
    match frame.kind {
        Kind::Transfer if frame.goods_told && frame.goods.is_empty() => false,
        Kind::Transfer => {
            let sides = usize::from(!frame.supplier.is_empty()) + usize::from(!frame.recipient.is_empty());
            let stage = frame.stage.unwrap_or(Stage::Unstated);
            match sides {
                2 => true,
                1 if block == BlockKind::Headline => false,
                1 => {
                    let stages =
                        [Stage::Intercepted, Stage::Agreed, Stage::Delivered, Stage::Sought, Stage::Shipped];
                    let awarded = frame.opaque && stage == Stage::Agreed;
                    let approved = frame.buys && stage == Stage::Authorised; // "Cabinet approved the purchase of"
                    (stages.contains(&stage) || approved)
                        && (!frame.recipient.is_empty() || stage == Stage::Intercepted || awarded)
                }
                _ => stage == Stage::Intercepted && !frame.goods.is_empty(),
            }
        }
        Kind::Measure => {
            let words = frame.instrument.as_ref().map(|i| i.text.to_lowercase()).unwrap_or_default();
            const MOVES: &[&str] = &[
                "export",
                "arms sale",
                "arms transfer",
                "weapons sale",
                "weapons transfer",
                "military sale",
            ];
            let export = (exports || MOVES.iter().any(|w| words.contains(w))) && !frame.goods.is_empty();
            let removed = words.ends_with("program") || words.ends_with("programme");
            (!frame.imposer.is_empty() || removed) && (!frame.target.is_empty() || export)
        }
        Kind::Violation => !frame.actor.is_empty(),
        _ => true,
    }
}
