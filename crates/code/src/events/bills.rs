//! Bills, resolutions and requests: what they would bring about, and what they would stop.

use lang::Token;
use model::{Factuality, Kind, Stage};

use super::chain::{Step, Verdict};
use super::roles::Roles;
use super::slots::{Slot, is_state_code};
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// What a wish or bill that a transfer be stopped comes to: a measure, proposed, or blocked by who rejects it.
    pub(crate) fn stopped(
        &self,
        frame: Frame,
        verdict: &Verdict,
        buys: bool,
        steps: &[Step<'_, '_>],
    ) -> Frame {
        let at = frame.at;
        let trigger = self.text.blocks[at].token(frame.trigger);
        let by_bill = self.is_legislative(trigger, steps);
        let rejecter = self.rejecter(trigger, steps);
        let mut measure = self.as_measure(frame, verdict, buys);
        if let Some(verb) = rejecter {
            measure.action = Some(model::Action::Blocked);
            measure.factuality = Factuality::Certain;
            let who = self.actors_of(at, &tree::agents(verb), Slot::Party);
            measure.imposer = if who.is_empty() { measure.imposer } else { who };
        }
        if self.is_vetoed(trigger, steps) {
            measure.action = Some(model::Action::Blocked);
        }
        let state = measure.imposer.iter().any(|a| is_state_code(&a.id));
        if by_bill && !state && self.publisher.is_some() {
            measure.imposer.clear(); // a bill is its state's, whoever sells
        }
        measure
    }

    /// "The Act would speed the delivery": what a bill would bring about is authorised, if it comes to that.
    pub(crate) fn under_bill(&self, trigger: Token<'_>, steps: &[Step<'_, '_>], verdict: &mut Verdict) {
        let brings = |t: Token<'_>| {
            tree::is_verb(t)
                && matches!(tree::modal(t).as_deref(), Some("would" | "will"))
                && tree::agents(t).iter().any(|a| self.book.is_bill(a.lemma()))
        };
        let aims = || !verdict.wished && self.purpose_of_bill(trigger, steps);
        if !verdict.stopped && (steps.iter().any(|s| brings(s.token)) || aims()) {
            verdict.stage = Stage::Authorised;
            verdict.factuality = Factuality::Conditional;
        }
    }

    /// "introduced legislation to speed the delivery": as [`Self::under_bill`], of an infinitive. Whether it is so.
    pub(crate) fn purpose_of_bill(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        let mut aims = over.filter(|t| tree::is_verb(*t) && t.tag() == "VB" && tree::modal(*t).is_none());
        aims.any(|t| {
            let bill = self.bill_over(t).filter(|b| b.index() < t.index());
            bill.is_some_and(|b| {
                matches!(b.lemma(), "bill" | "legislation" | "act" | "Act" | "amendment" | "H.R." | "package")
            })
        })
    }

    /// "I would not support the sale", of a legislator: as good as opposing it.
    pub(crate) fn unsupported(&self, steps: &[Step<'_, '_>], verdict: &mut Verdict) {
        let withholds = |s: &Step<'_, '_>| {
            matches!(s.token.lemma(), "support" | "back" | "approve")
                && s.governs
                && tree::is_negated(s.token)
        };
        let mine = |s: &Step<'_, '_>| {
            tree::agents(s.token).iter().any(|a| matches!(a.text().to_lowercase().as_str(), "i" | "we"))
        };
        if self.is_legislators() && steps.iter().any(|s| withholds(s) && mine(s)) {
            (verdict.stopped, verdict.wished, verdict.factuality) = (true, true, Factuality::Certain);
        }
    }

    /// Whether a stop is none yet: a bill's, a legislator's who means it or opposes the sale.
    pub(crate) fn is_open_stop(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        let minds = |s: &Step<'_, '_>| matches!(s.token.lemma(), "oppose" | "opposition" | "disapproval");
        self.is_legislators() && steps.iter().any(minds)
            || self.is_legislative(trigger, steps)
            || self.is_ahead(trigger, steps)
    }

    /// A stop that a legislator only means to bring about: "I will try to block any sale", "by withholding arms".
    pub(crate) fn is_ahead(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        if !self.is_legislators() {
            return false;
        }
        let mut verbs = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        let Some(top) = verbs.rfind(|t| tree::is_verb(*t)) else { return false };
        let ahead = |t: Token<'_>| {
            matches!(tree::modal(t).as_deref(), Some("will" | "would" | "can" | "could" | "may"))
                || t.tag() == "VB" && !t.children().any(|c| c.dep() == "aux" && c.lemma() == "do")
        };
        let decides = steps.iter().any(|s| {
            matches!(
                s.token.lemma(),
                "decide" | "decision" | "agree" | "announce" | "refuse" | "begin" | "move"
            )
        });
        let means = top.tag() == "VBG" && top.dep() == "pcomp" && top.head().lemma() == "by" && {
            let over = top.head().head();
            ahead(over) || over.tag() == "VB"
        };
        let held = top.lemma() == "be" && tree::objects_of(top, &["on"]).iter().any(|o| o.lemma() == "hold");
        !decides && !held && (ahead(top) || means)
    }

    /// Whether the document is a release of a member or body of a legislature.
    pub(crate) fn is_legislators(&self) -> bool {
        let publisher = self.text.document.publisher.as_deref().unwrap_or_default();
        ["Congress", "Senat", "Parliament", "House of"].iter().any(|w| publisher.contains(w))
    }

    /// "a bill that would provide aid": who passes it provides it, if it comes to that. Whether it is so.
    pub(crate) fn by_bill<'p>(&self, at: usize, verb: Token<'p>, roles: &mut Roles<'p>) -> bool {
        let is_bill = |t: &Token<'_>| {
            tree::is_noun(*t)
                && self.book.is_bill(t.lemma())
                && !matches!(t.lemma(), "request" | "letter" | "call")
        };
        let Some(bill) = roles.supplier.iter().copied().find(is_bill) else { return false };
        if tree::modal(verb).is_none() && verb.tag() != "VB" {
            return false;
        }
        let over = bill.head();
        let mut who = tree::owners(bill);
        if tree::is_verb(over) && bill.dep() == "dobj" {
            who.extend(tree::agents(over));
        }
        who.retain(|t| self.actors(at, *t, Slot::Party).iter().any(|a| is_state_code(&a.id)));
        roles.supplier = who;
        true
    }

    /// Whether what stops the transfer is a bill, a resolution, a request: it would stop it.
    pub(crate) fn is_legislative(&self, trigger: Token<'_>, steps: &[Step<'_, '_>]) -> bool {
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        over.into_iter().any(|token| {
            let by_bill =
                tree::is_verb(token) && tree::agents(token).iter().any(|a| self.book.is_bill(a.lemma()));
            let under_bill = self.bill_over(token).is_some();
            let did = token.tag() == "VBD"
                && tree::agents(token).iter().all(|a| a.lemma() == "senator" && a.tag() == "NN");
            let by_chamber = tree::is_verb(token)
                && !did
                && tree::agents(token).iter().any(|a| {
                    matches!(
                        a.lemma(),
                        "Senate" | "House" | "Congress" | "lawmaker" | "senator" | "colleague" | "member"
                    ) || tree::objects_of(*a, &["of"]).iter().any(|o| o.lemma() == "colleague")
                });
            let voting = |t: Token<'_>| tree::is_verb(t) && t.lemma() == "vote";
            let votes = voting(token) || matches!(token.dep(), "xcomp" | "advcl") && voting(token.head());
            by_bill
                || by_chamber && (self.publisher.is_some() || votes)
                || under_bill && matches!(token.tag(), "VB" | "VBG")
                || self.book.is_bill(token.lemma()) && tree::is_noun(token)
        })
    }

    /// The bill that `token` is the content of: "a resolution to block", also where the parser hangs "to block" on
    /// the verb before ("introduced a resolution to block").
    fn bill_over<'p>(&self, token: Token<'p>) -> Option<Token<'p>> {
        let package = |t: &Token<'_>| {
            let laws = |c: Token<'_>| matches!(c.lemma(), "legislative" | "legislation" | "sanctions");
            t.lemma() == "package" && t.children().any(laws)
        };
        let is_bill = |t: &Token<'_>| tree::is_noun(*t) && (self.book.is_bill(t.lemma()) || package(t));
        let above = std::iter::once(token).chain(token.ancestors().take(3)).find(is_bill);
        above.or_else(|| {
            let purpose = token.dep() == "advcl" && token.tag() == "VB";
            let objects = token.head().children().filter(|c| matches!(c.dep(), "dobj" | "nsubjpass"));
            purpose.then(|| objects.filter(|o| o.index() < token.index()).find(is_bill)).flatten()
        })
    }

    /// "the veto of a bill to block": whether what stands over the bill is its end.
    fn is_vetoed<'p>(&self, trigger: Token<'p>, steps: &[Step<'p, '_>]) -> bool {
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        let ends = |t: Token<'_>| tree::is_noun(t) && matches!(t.lemma(), "veto" | "rejection" | "defeat");
        over.filter_map(|t| self.bill_over(t)).any(|b| b.dep() == "pobj" && ends(b.head().head()))
    }

    /// The verb that rejects the bill by which a transfer would be stopped.
    fn rejecter<'p>(&self, trigger: Token<'p>, steps: &[Step<'p, '_>]) -> Option<Token<'p>> {
        let over = std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
        let over: Vec<Token<'p>> = over.collect();
        let tries =
            |t: &Token<'p>| matches!(t.lemma(), "attempt" | "effort" | "bid" | "move" | "push" | "measure");
        let attempts = over.iter().copied().filter(|t| tree::is_noun(*t) && tries(t)).map(|t| t.head());
        let bills = over.iter().filter_map(|t| self.bill_over(*t)).map(|b| b.head());
        let mut verbs = bills.chain(attempts);
        verbs.find(|v| {
            tree::is_verb(*v)
                && (matches!(v.lemma(), "reject" | "defeat" | "veto" | "block" | "kill") || votes_down(*v))
                && !tree::is_negated(*v)
        })
    }

    /// "introduced a joint resolution of disapproval": of the deal that is told nearest to it.
    pub(crate) fn disapproval(&self, told: &[Frame]) -> Option<Frame> {
        let stops = |f: &Frame| {
            f.kind == Kind::Measure
                && matches!(f.action, Some(model::Action::Proposed | model::Action::Blocked))
        };
        if told.iter().any(stops) {
            return None;
        }
        let (at, noun) = (0..self.text.blocks.len()).find_map(|at| {
            let parse = self.text.blocks[at].parse;
            parse.tokens().find(|t| is_disapproval(*t)).map(|t| (at, t))
        })?;
        let sides = |f: &&Frame| {
            let states =
                |slot: &[model::ActorRef]| !slot.is_empty() && slot.iter().all(|a| is_state_code(&a.id));
            f.kind == Kind::Transfer && states(&f.supplier) && !f.recipient.is_empty()
        };
        let deal = told.iter().filter(sides).min_by_key(|f| f.at.abs_diff(at))?;
        let mut frame = Frame::new(Kind::Measure, at, noun.index(), self.clause(at, noun));
        frame.imposer.clone_from(&deal.supplier);
        frame.target.clone_from(&deal.recipient);
        frame.goods.clone_from(&deal.goods);
        frame.instrument = Some(self.words(at, tree::bare_phrase(noun)));
        frame.action = Some(model::Action::Proposed);
        Some(frame)
    }

    /// A wish that a transfer be stopped is a measure, proposed (codebook, "Settled cases").
    fn as_measure(&self, frame: Frame, verdict: &Verdict, buys: bool) -> Frame {
        let instrument = self.words(frame.at, frame.evidence.tokens());
        let deal = self.text.blocks[frame.at].token(frame.trigger);
        let told = !buys && is_deal(deal) && !frame.recipient.is_empty();
        let deal = told.then(|| decided(deal));
        let factuality = match verdict.factuality {
            Factuality::Denied => Factuality::Denied,
            _ => Factuality::Certain,
        };
        let (imposer, target) = match buys {
            true => (frame.recipient.clone(), frame.supplier.clone()),
            false => (frame.supplier.clone(), frame.recipient.clone()),
        };
        Frame {
            kind: Kind::Measure,
            stage: None,
            action: Some(model::Action::Proposed),
            imposer,
            target,
            supplier: Vec::new(),
            recipient: Vec::new(),
            instrument: Some(instrument),
            factuality,
            deal,
            ..frame
        }
    }
}

/// "turned back the resolution", "voted down the bill".
fn votes_down(verb: Token<'_>) -> bool {
    matches!(
        tree::phrasal(verb).as_deref(),
        Some("turn back" | "turn down" | "vote down" | "shoot down" | "strike down" | "beat back")
    )
}

/// "resolution of disapproval", "disapproval resolution".
fn is_disapproval(noun: Token<'_>) -> bool {
    let disapproves = |t: Token<'_>| t.lemma().eq_ignore_ascii_case("disapproval");
    let relates =
        |c: Token<'_>| matches!(c.lemma(), "relate" | "provide" | "express") && c.subtree().any(disapproves);
    noun.lemma().to_lowercase().starts_with("resolution")
        && (noun.children().any(relates)
            || tree::objects_of(noun, &["of"]).into_iter().any(disapproves)
            || noun.children().any(|c| c.dep() == "compound" && disapproves(c)))
}

/// "the proposed sale", "a $2 billion deal", "these shipments": one that is on the table.
fn is_deal(noun: Token<'_>) -> bool {
    let named = |c: Token<'_>| {
        let det =
            c.dep() == "det" && matches!(c.lemma(), "the" | "this" | "these" | "those" | "that" | "a" | "an");
        let sum = |t: Token<'_>| t.tag() == "$" || matches!(t.lemma(), "dollar" | "euro" | "pound");
        let one = det && (!c.lemma().starts_with('a') || noun.subtree().any(sum));
        one || matches!(
            c.lemma(),
            "propose" | "proposed" | "plan" | "planned" | "pending" | "late" | "recent"
        )
    };
    tree::is_noun(noun) && noun.children().any(named)
}

/// How far a deal has got that is to be stopped: "disapprove of the decision to allow the sale", "reject the plan to sell".
fn decided(deal: Token<'_>) -> model::Stage {
    let over = deal.ancestors().take(3).find(|t| {
        tree::is_noun(*t)
            && matches!(
                t.lemma(),
                "decision"
                    | "approval"
                    | "authorization"
                    | "authorisation"
                    | "licence"
                    | "license"
                    | "plan"
                    | "offer"
                    | "proposal"
                    | "intention"
                    | "intent"
            )
    });
    match over.map(|t| t.lemma()) {
        Some("plan" | "offer" | "proposal" | "intention" | "intent") => model::Stage::Offered,
        Some(_) => model::Stage::Authorised,
        None => model::Stage::Unstated,
    }
}
