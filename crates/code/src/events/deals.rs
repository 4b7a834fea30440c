//! Who buys and who sells where two sign, or one asks: "signed a deal with France for jets", "refused a request for rifles".

use lang::Token;
use model::{ActorRef, Stage};

use super::chain::Step;
use super::slots::{Slot, is_state_code};
use super::table::Operator;
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// "X signed a deal with Y for tanks", "X and the firm Y are close to a deal for tanks": who signs buys, a firm sells.
    pub(crate) fn sides_of_deal(
        &self,
        at: usize,
        trigger: Token<'_>,
        steps: &[Step<'_, '_>],
        frame: &mut Frame,
    ) {
        let for_supply =
            trigger.dep() == "pobj" && trigger.head().lemma() == "for" && is_deal(trigger.head().head());
        let home = self.publisher.as_ref().filter(|id| id.as_str() != "USA" && self.is_government());
        let ours = frame.supplier.len() == 1 && home == Some(&frame.supplier[0].id);
        if for_supply && ours && frame.recipient.iter().all(|r| is_state_code(&r.id)) {
            std::mem::swap(&mut frame.supplier, &mut frame.recipient); // "we signed an agreement with X for the supply of jets"
            frame.buys = true;
            return;
        }
        if is_deal(trigger) {
            self.firm_sells(frame);
        }
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        let over = over.flat_map(|t| std::iter::once(t).chain(t.children()));
        let event = self.book.noun(trigger.lemma()).is_some() && !is_deal(trigger);
        let known = !frame.supplier.is_empty() && !frame.recipient.is_empty();
        let told = frame.buys
            || tree::is_verb(trigger)
            || event && known && !same(&frame.supplier, &frame.recipient);
        let Some(deal) = over.into_iter().find(|t| is_deal(*t)).filter(|_| !told) else { return };
        let verb = deal.ancestors().take(3).find(|a| tree::is_verb(*a));
        let does = |v: &Token<'_>| {
            let operator = self.book.verb_operator(*v);
            deal.dep() == "dobj" && operator.is_some_and(|o| o.halts || o.give.is_some() && !o.wishes)
        };
        let verb = verb.filter(|v| makes_deal(*v, deal) || does(v));
        let noun = deal.ancestors().take(2).find(|a| tree::is_noun(*a) && is_making(*a));
        let Some(maker) = noun.or(verb) else { return };
        let with: Vec<_> = [deal, maker].iter().flat_map(|t| tree::objects_of(*t, &["with"])).collect();
        let with = if event { Vec::new() } else { self.actors_of(at, &with, Slot::Party) };
        let between = self.actors_of(at, &tree::objects_of(deal, &["between"]), Slot::Party);
        let by = match noun {
            Some(noun) => tree::owners(noun).into_iter().chain(tree::objects_of(noun, &["by"])).collect(),
            None => tree::agents(maker),
        };
        let mut signers = self.actors_of(at, &by, Slot::Party);
        if signers.is_empty() {
            // "a contract for frigates was signed between Peru and Chile"
            let between: Vec<_> =
                [deal, maker].iter().flat_map(|t| tree::objects_of(*t, &["between"])).collect();
            signers = self.actors_of(at, &between, Slot::Party);
        }
        let (sellers, buyers) = if between.len() > 1 {
            split(between, frame)
        } else if !with.is_empty() {
            let sells = !signers.is_empty() && signers.iter().all(is_firm) && !with.iter().any(is_firm)
                || sells_abroad(&signers, &with, deal, maker);
            if sells { (signers, with) } else { (with, signers) }
        } else if signers.len() > 1 {
            split(signers, frame)
        } else {
            return;
        };
        if !sellers.is_empty() && !buyers.is_empty() && !same(&sellers, &buyers) {
            (frame.supplier, frame.recipient) = (sellers, buyers);
            frame.buys = true;
        } else if with_none(&frame.supplier, &sellers, &buyers) {
            frame.supplier.clear();
        }
    }

    /// "an agreement between Australia and France for submarines", told by either: of two states, the exporter sells.
    pub(crate) fn state_sells(&self, frame: &mut Frame) {
        let deal = self.text.blocks[frame.at].token(frame.trigger);
        let both =
            [&frame.supplier, &frame.recipient].iter().all(|s| s.len() == 1 && is_state_code(&s[0].id));
        let joint = deal.children().any(|c| c.dep() == "prep" && c.lemma() == "between");
        if both && joint && is_deal(deal) {
            let signers = [frame.supplier[0].clone(), frame.recipient[0].clone()];
            let (sellers, buyers) = split(
                signers.to_vec(),
                &Frame { supplier: Vec::new(), recipient: Vec::new(), ..frame.clone() },
            );
            if !sellers.is_empty() && !buyers.is_empty() {
                (frame.supplier, frame.recipient) = (sellers, buyers);
                frame.buys = true;
            }
        }
    }

    /// "holds talks in Accra on the purchase of jets", "is in Accra for talks about": who talks buys, of whom it visits.
    pub(crate) fn sides_of_talks(&self, at: usize, step: &Step<'_, '_>, frame: &mut Frame) {
        let talks = matches!(step.token.lemma(), "talk" | "talks" | "negotiation" | "discussion" | "meeting");
        if !talks || !tree::is_noun(step.token) || !frame.buys {
            return;
        }
        let Some(verb) = step.token.ancestors().take(3).find(|a| tree::is_verb(*a)) else { return };
        let who = self.actors_of(at, &tree::agents(verb), Slot::Party);
        if frame.recipient.is_empty()
            && who.iter().any(|w| is_state_code(&w.id))
            && !same(&who, &frame.supplier)
        {
            frame.recipient = who;
        }
        let mut with = tree::objects_of(step.token, &["with"]);
        with.extend(tree::objects_of(verb, &["with"]));
        with.extend([step.token, verb].iter().flat_map(|t| tree::objects_of(*t, &["in", "to"])));
        let mut with = self.actors_of(at, &with, Slot::Party);
        with.retain(|w| is_state_code(&w.id));
        if frame.supplier.is_empty() && !same(&with, &frame.recipient) {
            frame.supplier = with;
        }
    }

    /// "lends Chad two billion for the purchase of tanks", "offers Chad a loan to buy arms": who lends sells.
    pub(crate) fn sides_of_loan(&self, at: usize, trigger: Token<'_>, frame: &mut Frame) {
        if !frame.buys || !frame.supplier.is_empty() {
            return;
        }
        let lends = |t: &Token<'_>| {
            let loan = |c: Token<'_>| {
                matches!(c.dep(), "dobj" | "pobj")
                    && matches!(
                        c.lemma(),
                        "loan" | "credit" | "billion" | "million" | "line" | "dollar" | "financing"
                    )
            };
            let gives = matches!(
                t.lemma(),
                "offer" | "grant" | "give" | "extend" | "provide" | "approve" | "promise"
            );
            t.lemma() == "lend" || gives && t.children().any(loan)
        };
        if let Some((lender, borrower)) = self.credit(at, trigger) {
            if frame.recipient.is_empty() || same(&frame.recipient, &borrower) {
                (frame.supplier, frame.recipient) = (lender, borrower);
            }
            return;
        }
        let over = trigger.ancestors().take(4).find(|a| tree::is_verb(*a) && lends(a));
        let Some(verb) = over.filter(|v| v.index() < trigger.index()) else { return };
        let given = verb.children().filter(|c| matches!(c.dep(), "dative" | "dobj"));
        let mut to: Vec<_> = given.collect();
        to.extend(tree::objects_of(verb, &["to", "for"]));
        let (lender, borrower) = (tree::agents(verb), self.actors_of(at, &to, Slot::Party));
        let lender = self.actors_of(at, &lender, Slot::Party);
        if lender.is_empty() || borrower.is_empty() || same(&lender, &borrower) {
            return;
        }
        (frame.supplier, frame.recipient) = (lender, borrower);
        if verb.lemma() == "offer" {
            frame.stage = Some(model::Stage::Offered);
        }
    }

    /// "bought through a dealer for Chad": who buys for a state is a go-between, a state that buys for another gives.
    pub(crate) fn bought_for<'p>(&self, at: usize, of: Vec<Token<'p>>, roles: &mut super::roles::Roles<'p>) {
        let state = |t: &Token<'_>| self.actors(at, *t, Slot::Party).iter().any(|a| is_state_code(&a.id));
        let states = roles.recipient.iter().filter(|t| state(t)).count();
        if of.is_empty() {
            return;
        }
        if states == 0 {
            roles.via = std::mem::replace(&mut roles.recipient, of);
            return;
        }
        let (whom, who) =
            (self.actors_of(at, &of, Slot::Party), self.actors_of(at, &roles.recipient, Slot::Party));
        let other = whom.iter().all(|w| is_state_code(&w.id) && who.iter().all(|x| x.id != w.id));
        if other && states == roles.recipient.len() && roles.supplier.is_empty() {
            roles.supplier = std::mem::replace(&mut roles.recipient, of); // "Norway will buy shells for Ukraine"
        }
    }

    /// "the shipment may have been meant for rebels": of the goods that were told of last.
    pub(crate) fn goods_meant(&self, frame: &mut Frame, done: &[Frame]) {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let definite =
            |c: Token<'_>| c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "that" | "these");
        if !frame.goods.is_empty() || !tree::is_noun(trigger) || !trigger.children().any(definite) {
            return;
        }
        let told =
            |f: &&Frame| f.kind == model::Kind::Transfer && !f.goods.is_empty() && f.at + 6 >= frame.at;
        let Some(last) = done.iter().rev().find(told) else { return };
        let new = |now: &[ActorRef], then: &[ActorRef]| !now.is_empty() && !same(now, then);
        if new(&frame.recipient, &last.recipient) || new(&frame.supplier, &last.supplier) {
            frame.goods = last.goods.clone(); // a side of its own: else it only tells the deal again
        }
    }

    /// "purchases of shells from X, as well as a deal to purchase drones from Y": who buys both.
    pub(crate) fn same_buyer(&self, frame: &mut Frame, done: &[Frame]) {
        if !frame.buys || !frame.recipient.is_empty() || frame.supplier.is_empty() || frame.opaque {
            return;
        }
        let sentence = self.text.blocks[frame.at].token(frame.trigger).sentence();
        let beside = |f: &&Frame| {
            f.at == frame.at && f.buys && sentence.contains(&f.trigger) && f.trigger < frame.trigger
        };
        if let Some(other) = done.iter().rev().find(beside).filter(|f| !same(&f.recipient, &frame.supplier)) {
            frame.recipient = other.recipient.clone();
        }
    }

    /// "thanked Norway for its delivery of tanks": who thanks was given them.
    pub(crate) fn sides_of_thanks(&self, at: usize, trigger: Token<'_>, frame: &mut Frame) {
        if !frame.recipient.is_empty() || frame.supplier.is_empty() {
            return;
        }
        let thanks = |v: &Token<'_>| matches!(v.lemma(), "thank") && tree::is_verb(*v);
        let Some(verb) = trigger.ancestors().take(4).find(thanks) else { return };
        let who = self.actors_of(at, &tree::agents(verb), Slot::Party);
        if who.iter().any(|w| is_state_code(&w.id)) && !same(&who, &frame.supplier) {
            frame.recipient = who;
        }
    }

    /// "has stockpiled rockets supplied by Syria": who has them.
    pub(crate) fn holder(&self, at: usize, trigger: Token<'_>) -> Vec<ActorRef> {
        let goods = trigger.head();
        let verb = goods.head();
        let passive =
            trigger.tag() == "VBN" && matches!(trigger.dep(), "acl" | "relcl") && tree::is_noun(goods);
        let holds = matches!(
            verb.lemma(),
            "have"
                | "possess"
                | "hold"
                | "stockpile"
                | "own"
                | "store"
                | "keep"
                | "hide"
                | "amass"
                | "acquire"
                | "operate"
                | "deploy"
                | "field"
                | "fly"
                | "display"
                | "parade"
                | "unveil"
                | "show"
        );
        if !passive || !holds || goods.dep() != "dobj" || !tree::is_verb(verb) {
            return Vec::new();
        }
        self.actors_of(at, &tree::agents(verb), Slot::Party)
    }

    /// "flew to Pyongyang to buy shells": who is visited would sell.
    pub(crate) fn seller_visited(&self, at: usize, trigger: Token<'_>, frame: &mut Frame) {
        if !frame.buys || !frame.supplier.is_empty() || frame.recipient.is_empty() {
            return;
        }
        let verb = trigger.head();
        let purpose = trigger.tag() == "VB" && matches!(trigger.dep(), "advcl" | "xcomp");
        let goes = matches!(verb.lemma(), "fly" | "travel" | "go" | "visit" | "arrive" | "head" | "come");
        if !purpose || !goes || verb.index() > trigger.index() {
            return;
        }
        let mut to = tree::objects_of(verb, &["to", "in", "for"]);
        to.extend(tree::child(verb, &["dobj"]));
        let mut visited = self.actors_of(at, &to, Slot::Party);
        visited.retain(|v| is_state_code(&v.id));
        if !same(&visited, &frame.recipient) {
            frame.supplier = visited;
        }
    }

    /// "will use a Chilean credit line to buy jets": whose the credit is, and who uses it.
    fn credit(&self, at: usize, trigger: Token<'_>) -> Option<(Vec<ActorRef>, Vec<ActorRef>)> {
        let verb = trigger.ancestors().take(3).find(|a| tree::is_verb(*a))?;
        let money = |c: &Token<'_>| {
            c.dep() == "dobj" && matches!(c.lemma(), "loan" | "credit" | "line" | "financing" | "grant")
        };
        let uses = matches!(verb.lemma(), "use" | "draw" | "receive" | "take" | "get" | "obtain" | "secure");
        let credit = verb.children().find(money).filter(|_| uses)?;
        let mut lender = tree::owners(credit);
        lender.extend(tree::objects_of(credit, &["from", "by"]));
        let lender = self.actors_of(at, &lender, Slot::Party);
        let borrower = self.actors_of(at, &tree::agents(verb), Slot::Party);
        let told = lender.iter().any(|l| is_state_code(&l.id)) && !borrower.is_empty();
        (told && !same(&lender, &borrower)).then_some((lender, borrower))
    }

    /// "X and Y signed an agreement under which X is to receive jets": Y is the other side.
    pub(crate) fn side_under_deal(&self, at: usize, trigger: Token<'_>, frame: &mut Frame) {
        if frame.supplier.is_empty() == frame.recipient.is_empty() {
            return;
        }
        let clauses = std::iter::once(trigger).chain(trigger.ancestors().take(3));
        let Some(deal) =
            clauses.into_iter().filter(|c| c.dep() == "relcl").map(|c| c.head()).find(|n| is_deal(*n))
        else {
            return;
        };
        let Some(verb) = deal.ancestors().take(3).find(|a| tree::is_verb(*a)) else { return };
        let mut heads = tree::agents(verb);
        heads.extend([deal, verb].iter().flat_map(|t| tree::objects_of(*t, &["with", "between"])));
        let mut signers = self.actors_of(at, &heads, Slot::Party);
        let known = if frame.supplier.is_empty() { &frame.recipient } else { &frame.supplier };
        let count = signers.len();
        signers.retain(|s| known.iter().all(|k| k.id != s.id));
        if signers.len() + 1 != count || signers.is_empty() {
            return;
        }
        if frame.supplier.is_empty() {
            frame.supplier = signers;
        } else {
            frame.recipient = signers;
        }
    }

    /// "refused a request from Sudan for rifles": who asks would receive, who is asked would supply.
    pub(crate) fn sides_of_request(
        &self,
        at: usize,
        trigger: Token<'_>,
        steps: &[Step<'_, '_>],
        frame: &mut Frame,
    ) {
        let mut below = if tree::is_verb(trigger) { tree::patients(trigger) } else { vec![trigger] };
        if frame.buys && matches!(trigger.dep(), "acl" | "relcl") && trigger.tag() == "VB" {
            below.push(trigger.head()); // "is weighing a request by Chad to buy jets"
        }
        let over = steps.iter().map(|s| s.token).filter(|_| !tree::is_verb(trigger));
        let Some(request) = below.into_iter().chain(over).find(|t| tree::is_request(*t)) else { return };
        let mut asking = tree::owners(request);
        asking.extend(tree::objects_of(request, &["from", "by"]));
        let verb = request.head();
        let made = request.dep() == "dobj" && tree::is_verb(verb);
        if made && tree::makes_request(verb) {
            asking.extend(tree::agents(verb));
        }
        let asking = self.actors_of(at, &asking, Slot::Party);
        let mut asked = tree::objects_of(request, &["to"]);
        if made && !tree::makes_request(verb) {
            asked.extend(tree::agents(verb));
        } else if request.dep() == "nsubjpass" {
            asked.extend(tree::objects_of(verb, &["by"]));
        }
        let asked = self.actors_of(at, &asked, Slot::Party);
        if frame.recipient.is_empty() || same(&frame.recipient, &asked) {
            frame.recipient = asking;
        }
        if !asked.is_empty() && !same(&asked, &frame.recipient) {
            frame.supplier = asked;
        } else if same(&frame.supplier, &frame.recipient) {
            frame.supplier.clear();
        }
    }
}

/// "Washington approves the sale of jets built by Acme": the state supplies beside the firm. Whether it is so.
pub(crate) fn approves_for_firm(
    step: &Step<'_, '_>,
    operator: &Operator,
    subject: &[ActorRef],
    frame: &Frame,
) -> bool {
    let state = |s: &ActorRef| is_state_code(&s.id);
    let approves = operator.give == Some(Stage::Authorised) && !operator.halts;
    approves
        && step.token.lemma() != "announce"
        && subject.iter().all(state)
        && !frame.supplier.iter().any(state)
        && !same(subject, &frame.recipient)
}

/// A noun for what two sides agree, or talk, on.
fn is_deal(noun: Token<'_>) -> bool {
    tree::is_noun(noun)
        && matches!(noun.lemma(), "deal" | "contract" | "agreement" | "pact" | "accord" | "memorandum")
}

/// "Australia's cancellation of a deal with Paris".
fn is_making(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "cancellation"
            | "signing"
            | "conclusion"
            | "termination"
            | "signature"
            | "suspension"
            | "finalisation"
    )
}

/// Whether the verb over a deal is one by which two come to it: "sign", "be close to", "finalise".
fn makes_deal(verb: Token<'_>, deal: Token<'_>) -> bool {
    let direct = matches!(deal.dep(), "dobj" | "nsubjpass" | "conj");
    let signs = matches!(
        verb.lemma(),
        "sign"
            | "reach"
            | "strike"
            | "ink"
            | "conclude"
            | "seal"
            | "finalise"
            | "finalize"
            | "make"
            | "clinch"
            | "agree"
            | "near"
            | "negotiate"
            | "discuss"
            | "announce"
            | "close"
            | "have"
            | "win"
            | "land"
            | "cut"
            | "approve"
            | "pursue"
            | "seek"
            | "complete"
    );
    let close = verb.lemma() == "be"
        && verb.children().any(|c| matches!(c.lemma(), "close" | "near" | "about" | "on" | "in"));
    direct && signs
        || close && deal.dep() == "pobj"
        || deal.dep() == "pobj" && matches!(verb.lemma(), "agree" | "come" | "work" | "move" | "negotiate")
}

/// Whether of two states the one that signs sells: the deal is "for the sale of", or only it is known to export arms.
fn sells_abroad(signers: &[ActorRef], with: &[ActorRef], deal: Token<'_>, maker: Token<'_>) -> bool {
    let states = |side: &[ActorRef]| side.len() == 1 && is_state_code(&side[0].id);
    if !states(signers) || !states(with) {
        return false;
    }
    let of: Vec<_> = [deal, maker].iter().flat_map(|t| tree::objects_of(*t, &["for", "on"])).collect();
    let any = |words: &[&str]| of.iter().any(|o| words.contains(&o.lemma()));
    if any(&["sale", "export"]) {
        return true;
    }
    let buys = EXPORTERS.iter().take(10).all(|e| *e != with[0].id);
    if signers[0].id == EXPORTERS[0] && buys && !any(&["purchase", "acquisition", "procurement", "lease"]) {
        return true; // the first of exporters seldom buys
    }
    let known = |a: &ActorRef| EXPORTERS.contains(&a.id.as_str());
    !any(&["purchase", "acquisition", "procurement", "lease"]) && known(&signers[0]) && !known(&with[0])
}

fn is_firm(actor: &ActorRef) -> bool {
    !is_state_code(&actor.id) && actor.id.starts_with(char::is_uppercase)
}

/// Whether a side is some of those who sign, of whom nobody can tell who sells.
fn with_none(side: &[ActorRef], sellers: &[ActorRef], buyers: &[ActorRef]) -> bool {
    side.len() > 1 && side.iter().all(|s| sellers.iter().chain(buyers).any(|b| b.id == s.id))
}

/// Who of several that sign together sells, and who buys: a firm sells to a state; else who is known for either.
fn split(signers: Vec<ActorRef>, frame: &Frame) -> (Vec<ActorRef>, Vec<ActorRef>) {
    if signers.iter().any(is_firm) {
        return signers.into_iter().partition(is_firm);
    }
    let sells = |a: &ActorRef| frame.supplier.len() == 1 && frame.supplier[0].id == a.id;
    let gets = |a: &ActorRef| frame.recipient.iter().any(|r| r.id == a.id);
    if signers.iter().any(sells) {
        signers.into_iter().partition(sells)
    } else if signers.iter().any(gets) {
        signers.into_iter().partition(|a| !gets(a))
    } else {
        // Of two states that sign for arms, the one that the world buys from sells.
        let rank = |a: &ActorRef| EXPORTERS.iter().position(|e| *e == a.id).unwrap_or(EXPORTERS.len());
        let first = signers.iter().map(rank).min().unwrap_or(EXPORTERS.len());
        match first < EXPORTERS.len() && signers.len() == 2 {
            true => signers.into_iter().partition(|a| rank(a) == first),
            false => (Vec::new(), signers),
        }
    }
}

/// States by how much they export of arms, most first (after the SIPRI fact sheets).
const EXPORTERS: &[&str] = &[
    "USA", "RUS", "FRA", "CHN", "DEU", "ITA", "ISR", "GBR", "KOR", "SWE", "ESP", "NLD", "CHE", "UKR", "BLR",
    "TUR", "IRN", "PRK", "NOR", "CZE", "POL", "CAN", "ZAF",
];
