//! Measures that a verb tells: "sanctioned the firm", "banned the sale of rifles to", "prohibit exports to".

use lang::Token;
use model::{Action, ActorRef, Kind};

use super::slots::Slot;
use super::table::MeasureRole;
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// A verb whose object a measure hits, or whose object is what may not be moved: "sanctioned", "prohibit exports to".
    pub(crate) fn verb_measure(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        let (role, action) = match self.book.measure_verb(verb.lemma()) {
            Some(row) => (row.role, row.action),
            None if verb.lemma() == "target" && self.is_sanctions_release() => {
                (MeasureRole::Target, Action::Imposed)
            }
            None => return None,
        };
        let power = matches!(verb.head().lemma(), "authority" | "power" | "order" | "program" | "programme");
        if verb.dep() == "amod" || verb.lemma() == "target" && verb.dep() == "acl" && power {
            return None; // "an authority targeting proliferators" says whom it is for
        }
        let patients = tree::patients(verb);
        let outcome = self.outcome(verb, action);
        let mut frame = Frame::new(Kind::Measure, at, verb.index(), self.clause(at, outcome.top));
        match role {
            MeasureRole::Target => frame.target = self.actors_of(at, &patients, Slot::Target),
            MeasureRole::Goods => {
                for head in &patients {
                    frame.goods.extend(self.goods(at, *head).into_iter().map(|g| self.as_goods(g)));
                    if frame.goods.is_empty() {
                        let below = head.subtree().filter_map(|t| self.goods_headed(at, t));
                        frame.goods.extend(below.map(|g| self.as_goods(g))); // "the transit of weapons"
                    }
                    let aimed = tree::objects_of(*head, &["to", "from", "with"]);
                    frame.target.extend(self.actors_of(at, &aimed, Slot::Target));
                    frame.target.extend(self.whose_trade(at, *head).into_iter().filter(|_| aimed.is_empty()));
                }
                let aimed = tree::objects_of(verb, &["to", "from"]);
                frame.target.extend(self.actors_of(at, &aimed, Slot::Target));
                self.barred(at, verb, &patients, &mut frame);
                if frame.goods.is_empty()
                    && !(patients.iter().any(is_trade) && frame.target.iter().any(is_state))
                {
                    return None;
                }
            }
        }
        if role == MeasureRole::Target {
            self.listed_targets(at, verb, &mut frame.target);
        }
        if frame.target.is_empty() && role == MeasureRole::Target {
            return None;
        }
        frame.imposer = self.actors_of(at, &tree::agents(verb), Slot::Party);
        if frame.imposer.is_empty() && tree::is_passive(verb) {
            let by: Vec<_> = verb.subtree().flat_map(|t| tree::objects_of(t, &["by"])).collect();
            frame.imposer = self.actors_of(at, &by, Slot::Party);
        }
        if frame.imposer.is_empty() {
            frame.imposer = self.subjects(at, &outcome.verbs);
        }
        if frame.imposer.is_empty() && matches!(verb.dep(), "acl" | "relcl") {
            frame.imposer = self.decreeing(at, verb.head()); // "signs a decree banning", "a resolution by X that bars"
        }
        if same(&frame.imposer, &frame.target) || frame.imposer.is_empty() && is_elsewhere(verb) {
            return None;
        }
        if self.is_fought(verb, &frame) {
            return None; // in war, to target somebody is something else
        }
        let end = patients.iter().filter(|_| role == MeasureRole::Goods).map(|p| tree::end_of(*p)).max();
        frame.instrument = Some(self.words(at, verb.index()..end.unwrap_or(0).max(verb.index() + 1)));
        frame.action = Some(self.fate_of_rule(verb).unwrap_or(outcome.action));
        frame.factuality = outcome.factuality;
        Some(frame)
    }

    /// Whether to target is to fight: by others than the house, or against a state.
    fn is_fought(&self, verb: Token<'_>, frame: &Frame) -> bool {
        let ours = |a: &ActorRef| Some(&a.id) == self.publisher.as_ref();
        let state = |a: &ActorRef| super::slots::is_state_code(&a.id);
        verb.lemma() == "target" && (!frame.imposer.iter().any(ours) || frame.target.iter().any(state))
    }

    /// Whom a ban keeps from what: "bars Chad from receiving training"; "prohibits the army from buying drones made in
    /// states like Iran", where it is on those.
    fn barred(&self, at: usize, verb: Token<'_>, patients: &[Token<'_>], frame: &mut Frame) {
        let buyers = self.buyers_banned(at, &[verb]);
        if !buyers.is_empty() && frame.target.iter().all(super::irrealis::is_class) {
            frame.target = buyers;
            return;
        }
        let from = verb.children().filter(|c| c.dep() == "prep" && c.lemma() == "from");
        let Some(act) = from.filter_map(|c| tree::child(c, &["pcomp"])).next() else { return };
        let such = self.actors_of(at, &tree::objects_of(act, &["like"]), Slot::Target);
        if frame.target.is_empty() && !such.is_empty() {
            frame.target = such;
            return;
        }
        let gets = matches!(
            act.lemma(),
            "receive" | "buy" | "purchase" | "acquire" | "obtain" | "import" | "get" | "procure"
        );
        let whom = self.actors_of(at, patients, Slot::Target);
        let goods = self.goods_in(at, &tree::patients(act));
        let ours = |a: &ActorRef| Some(&a.id) == self.publisher.as_ref();
        let own = self.actors_of(at, patients, Slot::Party).iter().any(ours);
        if gets && frame.target.is_empty() && !goods.is_empty() && !own {
            frame.target = whom;
            frame.goods = goods;
        }
    }

    /// "bans all Chadian arms exports": whose trade is banned.
    fn whose_trade(&self, at: usize, trade: Token<'_>) -> Vec<ActorRef> {
        let event = self.book.noun(trade.lemma()).is_some();
        if event { self.actors_of(at, &tree::owners(trade), Slot::Target) } else { Vec::new() }
    }

    /// Whether the document is a state's own release on sanctions: there, to target somebody is to sanction them.
    pub(crate) fn is_sanctions_release(&self) -> bool {
        let words = ["sanction", "designat", "Executive Order", "OFAC", "E.O. "];
        self.publisher.is_some() && words.iter().any(|w| self.text.document.text.contains(w))
    }
}

/// "is blacklisted in other countries": by whom, nobody says.
fn is_elsewhere(verb: Token<'_>) -> bool {
    let vague = |c: Token<'_>| matches!(c.lemma(), "other" | "several" | "some" | "many");
    tree::objects_of(verb, &["in", "by"]).iter().any(|t| t.tag() == "NNS" && t.children().any(vague))
}

/// A noun for goods that cross a border, whatever they are: "prohibit exports to Chad".
fn is_trade(noun: &Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "export"
            | "sale"
            | "shipment"
            | "transfer"
            | "delivery"
            | "supply"
            | "trade"
            | "import"
            | "exportation"
    )
}

fn is_state(actor: &ActorRef) -> bool {
    super::slots::is_state_code(&actor.id)
}
