//! Climbs from a word of an event through the words that stand over it.
//!
//! "Germany *refuses* to *approve* the *sale* of tanks": from `sale` over `approve` to `refuses`. Each step says how
//! far the event has got or how sure it is; factuality is composed from the inside out (after FactBank's scheme).

use lang::Token;
use model::{Factuality, Stage};

use super::Reader;
use super::table::{Operator, Shape};
use super::tenses::{has_have, has_yet};
use super::tree;

/// A word that stands over an event, nearest first.
#[derive(Debug, Clone)]
pub(crate) struct Step<'p, 'b> {
    /// The word.
    pub(crate) token: Token<'p>,
    /// What the codebook says of it, if it is an operator.
    pub(crate) operator: Option<&'b Operator>,
    /// Whether what is below is what its object may do: "cleared Chad to buy".
    pub(crate) lets: bool,
    /// Whether what is below is its object or complement (else it is its subject: "the sale was delayed").
    pub(crate) governs: bool,
}

/// What the words over an event make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// How far it has got.
    pub(crate) stage: Stage,
    /// How sure it is.
    pub(crate) factuality: Factuality,
    /// Whether somebody wants another to act so.
    pub(crate) wished: bool,
    /// Whether it is an effort or attempt so far.
    pub(crate) effort: bool,
    /// Whether it was asked for and refused: "turned down a request to send".
    pub(crate) refused: bool,
    /// Whether what is wished for, planned or asked is that the transfer be stopped.
    pub(crate) stopped: bool,
}

impl<'b> Reader<'b> {
    /// The words over `start` that bear on it, nearest first; stops at the first that does not.
    pub(crate) fn climb<'p>(&self, start: Token<'p>) -> Vec<Step<'p, 'b>> {
        let mut steps: Vec<Step<'p, 'b>> = Vec::new();
        self.adjectives(start, &mut steps);
        let mut at = start;
        for _ in 0..10 {
            let Some((above, governs)) = link(at) else { break };
            if matches!(at.dep(), "conj" | "appos") {
                at = above;
                continue;
            }
            let topic = matches!(at.dep(), "pobj") && matches!(at.head().lemma(), "on" | "to");
            let held = above.children().filter(|c| topic && tree::is_verb(above) && c.dep() == "dobj");
            let mut held = held.filter(|c| tree::is_noun(*c));
            let held =
                held.find_map(|c| self.book.noun_operator(c.lemma()).filter(|o| o.halts).map(|o| (c, o)));
            if let Some((noun, halt)) = held {
                // "placed a hold on the sale", "lifted the freeze on exports"
                steps.push(Step { token: noun, operator: Some(halt), lets: false, governs: true });
                let own = self.book.verb_operator(above).filter(|o| o.frees || o.halts);
                steps.push(Step { token: above, operator: own, lets: false, governs: true });
                at = above;
                continue;
            }
            let operator = self.operator_for(above, at);
            let counts = matches!(above.tag(), "CD" | "DT" | "PDT") || self.book.is_carrier(above.lemma());
            let meant = at.dep() == "nsubjpass" && is_meant(above);
            let shelved = matches!(above.lemma(), "put" | "place")
                && tree::objects_of(above, &["on"]).into_iter().any(is_standstill);
            if operator.is_none() && !is_transparent(above) && !counts && !meant && !shelved {
                break;
            }
            let state = tree::objects_of(above, &["on", "in"]).into_iter().find(|o| is_standstill(*o));
            let puts = matches!(above.lemma(), "put" | "place" | "keep") && at.dep() != "nsubj";
            let operator = match state.filter(|_| above.lemma() == "be" && !governs || puts) {
                Some(noun) => self.book.noun_operator(noun.lemma()).filter(|o| o.halts).or(operator),
                None => operator,
            };
            let lets = at.dep() == "xcomp"
                && tree::child(above, &["dobj"]).is_some_and(|o| o.index() < at.index())
                || at.dep() == "ccomp" && at.tag() == "VB" && tree::child(at, &["nsubj"]).is_some();
            steps.push(Step { token: above, operator, lets, governs });
            self.adjectives(above, &mut steps);
            at = above;
        }
        let wished = |s: &Step<'_, '_>| s.operator.is_some_and(|o| o.wishes);
        let acts = |s: &Step<'_, '_>| s.operator.is_some_and(|o| o.give.is_some());
        if !steps.iter().any(wished) && (tree::is_verb(start) || steps.iter().any(acts)) {
            steps.extend(self.wish_above(at).or_else(|| self.wish_above(start)));
        }
        steps
    }

    /// The operator that `above` is for the word `below` it.
    fn operator_for(&self, above: Token<'_>, below: Token<'_>) -> Option<&'b Operator> {
        let on_it = matches!(below.dep(), "pobj") && matches!(below.head().lemma(), "on" | "to");
        let objects = || above.children().filter(|c| c.dep() == "dobj" && tree::is_noun(*c));
        if on_it && tree::is_verb(above) {
            let green = |c: Token<'_>| c.lemma() == "light" && c.children().any(|a| a.lemma() == "green");
            let given = objects().find_map(|c| self.book.noun_operator(c.lemma()));
            if let Some(leave) = given.filter(|o| o.give == Some(Stage::Authorised) && !o.halts) {
                return Some(leave); // "gave clearance to the export"
            }
            if objects().any(green) {
                return self.book.operator("approve"); // "gave the green light to the sale"
            }
        }
        let chamber = |c: Token<'_>| {
            c.dep() == "dobj"
                && matches!(c.lemma(), "Congress" | "Parliament" | "parliament" | "lawmaker" | "Senate")
        };
        let told = below.dep() == "ccomp" && tree::child(below, &["nsubj", "nsubjpass"]).is_some();
        if matches!(above.lemma(), "inform" | "tell" | "brief" | "advise")
            && !told
            && above.children().any(chamber)
        {
            return self.book.operator("notify"); // "informs Congress of a plan to sell"
        }
        let leave = |t: Token<'_>| {
            matches!(
                t.lemma(),
                "option" | "permission" | "right" | "ability" | "chance" | "request" | "access"
            )
        };
        if above.lemma() == "deny" && tree::is_verb(above) && below.dep() == "dobj" && leave(below) {
            return self.book.operator("refuse"); // "denied Poland the option to send"
        }
        let reason =
            below.dep() == "pobj" && matches!(below.head().lemma(), "for" | "over" | "after" | "because");
        if reason && objects().any(|c| self.book.measure_noun(c.lemma()).is_some()) {
            return None; // "waived the sanctions on X for its purchase"
        }
        let place =
            |c: Token<'_>| c.dep() == "dobj" && c.lemma() == "place" && c.index() == above.index() + 1;
        if above.lemma() == "take" && below.dep() == "nsubj" && above.children().any(place) {
            return self.book.operator("complete"); // "the purchase took place"
        }
        if above.lemma() == "order" && tree::is_verb(above) && matches!(below.dep(), "dobj" | "nsubjpass") {
            return self.book.operator("approve"); // "orders the suspension of shipments"
        }
        let named = matches!(below.dep(), "dobj" | "nsubj" | "ccomp" | "oprd" | "attr");
        if above.lemma() == "call" && named && tree::is_verb(above) {
            return None; // "called the sale a success", "which he called the maker of such jets"
        }
        let operator = match tree::is_noun(above) {
            true => self.book.noun_operator(above.lemma())?,
            false => self.book.verb_operator(above)?,
        };
        let infinitive = below.tag() == "VB" && below.children().any(|c| c.tag() == "TO");
        if above.lemma() == "time" && !(matches!(below.dep(), "relcl" | "acl") && infinitive) {
            return None;
        }
        let clause = matches!(below.dep(), "ccomp") && tree::child(below, &["nsubj", "nsubjpass"]).is_some();
        let leave = matches!(above.lemma(), "allow" | "permit" | "let" | "enable") && below.tag() == "VB";
        let speaks =
            clause && !leave && (!operator.wishes || is_indicative(below)) && operator.sure.is_none();
        (!speaks).then_some(operator)
    }

    /// Adjectives and participles before a noun that bear on it: "alleged delivery", "suspended shipments".
    fn adjectives<'p>(&self, noun: Token<'p>, steps: &mut Vec<Step<'p, 'b>>) {
        if !tree::is_noun(noun) {
            for adverb in noun.children() {
                let Some(sure) = hedge(adverb) else { continue };
                steps.push(Step {
                    token: adverb,
                    operator: self.book.operator(sure),
                    lets: false,
                    governs: true,
                });
            }
            return;
        }
        for adjective in noun.children().filter(|c| c.dep() == "amod") {
            let lemma = adjective.lemma().to_lowercase();
            let word = adjective.text().to_lowercase();
            let found = self.book.operator(&word).or_else(|| self.book.operator(&lemma));
            let Some(operator) = found.filter(|o| !o.wishes) else {
                continue;
            };
            steps.push(Step { token: adjective, operator: Some(operator), lets: false, governs: true });
        }
    }
}

/// The operator that an adverb stands for: "allegedly", "possibly".
pub(crate) fn hedge(adverb: Token<'_>) -> Option<&'static str> {
    if adverb.dep() != "advmod" {
        return None;
    }
    match adverb.lemma() {
        "allegedly" | "reportedly" | "apparently" | "probably" | "supposedly" | "purportedly"
        | "presumably" | "likely" | "seemingly" => Some("alleged"),
        "possibly" | "potentially" | "perhaps" | "maybe" => Some("possible"),
        _ => None,
    }
}

/// The word that `at` hangs on in a way that the event may climb, and whether it governs what is below.
fn link(at: Token<'_>) -> Option<(Token<'_>, bool)> {
    if at.is_root() {
        return None;
    }
    let head = at.head();
    match at.dep() {
        "conj" if tree::is_verb(at) && tree::child(at, &["nsubj", "nsubjpass"]).is_some() => None,
        "conj" | "appos" => Some((head, true)),
        "xcomp" | "ccomp" | "oprd" | "acl" | "dobj" | "attr" | "compound" | "nmod" | "amod" => {
            let told = matches!(
                head.lemma(),
                "evidence" | "indication" | "sign" | "proof" | "report" | "allegation"
            );
            if at.dep() == "acl" && !matches!(at.tag(), "VB" | "VBG") && !told {
                None
            } else {
                Some((head, true))
            }
        }
        "relcl" if at.tag() == "VB" && (tree::is_plan(head) || head.lemma() == "time") => Some((head, true)),
        "nsubjpass" => Some((head, true)),
        "nsubj" | "csubj" => Some((head, false)),
        "pobj" | "pcomp" => {
            let above = head.head();
            let informed = above.dep() == "dobj"
                && matches!(above.head().lemma(), "notify" | "inform" | "advise" | "brief" | "assure");
            if informed && matches!(head.lemma(), "of" | "about") {
                return Some((above.head(), true)); // "notifies parliament of plans", hung on parliament
            }
            let bears = [
                "of", "on", "for", "to", "with", "against", "in", "about", "from", "toward", "towards",
                "over", "into",
            ];
            let blames =
                head.lemma() == "for" && at.dep() == "pcomp" && at.tag() == "VBG" && tree::is_verb(above);
            let reason =
                matches!(head.lemma(), "over" | "about") && tree::is_verb(above) && !talks(above) || blames;
            if reason {
                return None;
            }
            let warned = tree::is_verb(above)
                && at.dep() == "pcomp"
                && matches!(above.lemma(), "warn" | "caution" | "discourage" | "dissuade" | "deter")
                && matches!(head.lemma(), "over" | "about" | "against" | "from");
            if warned {
                return Some((above, true));
            }
            if is_including(head)
                && matches!(above.lemma(), "deal" | "contract" | "agreement" | "package" | "accord" | "pact")
            {
                return Some((above, true)); // "signed deals, including the sale of jets"
            }
            let by_gerund = at.dep() == "pcomp" && head.lemma() == "by";
            (bears.contains(&head.lemma()) && !by_gerund && !head.is_root()).then_some((above, true))
        }
        "advcl" if at.tag() == "VB" && deal_before(at).is_some() => deal_before(at).map(|deal| (deal, true)),
        "advcl"
            if (at.tag() == "VB" || is_infinitive(at))
                && (head.pos() == "ADJ" || wishes(head) || quits(head) || tree::hires(head)) =>
        {
            Some((head, true))
        }
        _ => None,
    }
}

fn is_including(preposition: Token<'_>) -> bool {
    preposition.lemma() == "include" || preposition.text().eq_ignore_ascii_case("including")
}

/// "for sales to be halted": an infinitive in the passive.
fn is_infinitive(verb: Token<'_>) -> bool {
    verb.tag() == "VBN" && verb.children().any(|c| c.dep() == "aux" && c.tag() == "TO")
}

/// Whether a clause tells what is so, not what is wished for: "insists that the cargo is".
fn is_indicative(verb: Token<'_>) -> bool {
    let finite = |t: Token<'_>| matches!(t.tag(), "VBZ" | "VBD");
    let helper = |c: Token<'_>| matches!(c.dep(), "aux" | "auxpass");
    tree::modal(verb).is_none()
        && (finite(verb) || verb.children().any(|c| helper(c) && (finite(c) || c.tag() == "VBP")))
}

/// The agreement that an infinitive tells the content of, where the parser hangs both on one verb: "reached a deal with
/// Ukraine to buy".
fn deal_before(verb: Token<'_>) -> Option<Token<'_>> {
    let deal = tree::child(verb.head(), &["dobj"]).filter(|d| d.index() < verb.index())?;
    let agrees = matches!(deal.lemma(), "deal" | "agreement" | "contract" | "pact" | "accord" | "memorandum");
    let infinitive = verb.children().any(|c| c.tag() == "TO");
    (agrees && infinitive).then_some(deal)
}

/// "on hold", "on ice".
fn is_standstill(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "hold" | "pause" | "ice" | "limbo" | "standstill")
        && noun.children().all(|c| c.index() > noun.index())
}

/// "withdraws from talks to purchase": the talks, and so the purchase, are off.
fn quits(verb: Token<'_>) -> bool {
    let from = verb.children().filter(|c| c.lemma() == "from").filter_map(|c| tree::child(c, &["pobj"]));
    let plans =
        |t: Token<'_>| matches!(t.lemma(), "talk" | "talks" | "negotiation" | "deal" | "plan" | "contract");
    matches!(verb.lemma(), "withdraw" | "pull" | "walk" | "back") && from.into_iter().any(plans)
}

fn talks(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "talk"
            | "negotiate"
            | "discuss"
            | "haggle"
            | "bargain"
            | "agree"
            | "think"
            | "speak"
            | "confer"
            | "be"
    )
}

/// Verbs whose infinitive the parser often takes for one of purpose: "called on her to delay".
fn wishes(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "call" | "urge" | "press" | "ask" | "request" | "demand" | "appeal" | "push" | "lobby"
    )
}

/// "may have been meant for": said of where goods go, and as sure as its helpers say.
fn is_meant(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "mean" | "intend" | "destine" | "bind" | "earmark" | "route" | "address")
}

/// Words that an event may pass through though they say nothing of it.
fn is_transparent(token: Token<'_>) -> bool {
    token.lemma() == "be" || token.lemma() == "have"
}

/// Composes stage and factuality over the words above an event, from the inside out.
pub(crate) fn compose(
    trigger: Token<'_>,
    own: (Stage, bool),
    shape: Shape,
    steps: &[Step<'_, '_>],
) -> Verdict {
    let mut verdict = Verdict {
        stage: own.0,
        factuality: Factuality::Certain,
        wished: own.1,
        effort: false,
        refused: false,
        stopped: false,
    };
    if has_yet(trigger) {
        verdict.factuality = Factuality::Denied;
    }
    apply_local(trigger, &mut verdict);
    for step in steps {
        let effort = matches!(step.token.lemma(), "effort" | "attempt" | "bid");
        verdict.effort |= effort;
        verdict.wished |= effort && verdict.stopped;
        if super::alongside::is_leave(step) && matches!(verdict.stage, Stage::Shipped | Stage::Unstated) {
            verdict.stage = Stage::Authorised; // "to allow the firm to resume sales"
        }
        if let Some(operator) = step.operator {
            let proposed = verdict.factuality == Factuality::Possible && tree::is_noun(trigger);
            apply_operator(trigger, operator, shape, step, &mut verdict);
            if proposed && verdict.stage == Stage::Authorised {
                verdict.factuality = Factuality::Certain; // who approves a possible sale approves it
            }
        }
        apply_local(step.token, &mut verdict);
        if spends_nothing(step.token) {
            verdict.stopped = true;
            verdict.wished = true;
            verdict.stage = Stage::Halted;
            verdict.factuality = Factuality::Certain;
        }
    }
    let over = || std::iter::once(trigger).chain(steps.iter().map(|s| s.token));
    if in_condition(trigger) || over().any(super::alongside::under_condition) {
        verdict.factuality = Factuality::Conditional;
    }
    if std::iter::once(trigger).chain(trigger.ancestors().take(3)).any(is_asked) {
        verdict.factuality = Factuality::Undetermined;
        verdict.wished = false; // who is asked whether it would stop asks for nothing
    }
    if super::denials::is_called_false(trigger) {
        verdict.factuality = Factuality::Denied;
    }
    verdict
}

/// "none of the funds may be used to provide": what a legislature writes to stop it.
fn spends_nothing(verb: Token<'_>) -> bool {
    let none = |t: Token<'_>| {
        matches!(t.lemma().to_lowercase().as_str(), "none" | "no")
            || t.children().any(|c| c.dep() == "det" && c.lemma() == "no")
    };
    let money = |t: Token<'_>| {
        t.lemma() == "fund"
            || t.lemma() == "money"
            || t.subtree().any(|s| matches!(s.lemma(), "fund" | "appropriation"))
    };
    matches!(verb.lemma(), "use" | "obligate" | "expend" | "spend")
        && tree::child(verb, &["nsubjpass"]).is_some_and(|s| none(s) && money(s))
}

fn apply_operator(
    trigger: Token<'_>,
    operator: &Operator,
    shape: Shape,
    step: &Step<'_, '_>,
    verdict: &mut Verdict,
) {
    if let Some(sure) = operator.sure {
        verdict.factuality = match (verdict.factuality, sure) {
            (Factuality::Certain, _) => sure,
            (kept, _) => kept,
        };
        return;
    }
    let own =
        if matches!(shape, Shape::Get | Shape::Use | Shape::Ask) { operator.get } else { operator.give };
    let acts = !step.governs && tree::is_verb(step.token) && tree::child(step.token, &["dobj"]).is_some();
    if acts && (operator.halts || operator.wishes) {
        return; // "the sale will support our policy", "the deal would limit": what it does, not what is done with it
    }
    let offered = matches!(verdict.stage, Stage::Offered | Stage::Authorised | Stage::Negotiated);
    let backs = matches!(step.token.lemma(), "support" | "endorse");
    if backs && offered && !verdict.stopped && trigger.ancestors().take(3).any(|a| a.lemma() == "offer") {
        return; // "full support for the offer to sell": it is still an offer
    }
    if operator.frees && verdict.stopped {
        verdict.stopped = false;
        verdict.stage = Stage::Authorised;
        return; // "lifted the freeze on transfers"
    }
    if operator.halts {
        if verdict.effort {
            return; // who stops an effort to buy leaves it an effort
        }
        if verdict.wished && !verdict.stopped && step.governs {
            verdict.wished = false;
            verdict.refused = true;
        }
        // "end the suspension of deliveries"
        verdict.stopped = !verdict.stopped;
        verdict.stage = if verdict.stopped { Stage::Halted } else { Stage::Authorised };
        return;
    }
    if operator.wishes {
        if !step.governs && tree::is_noun(trigger) {
            return; // "the sale needs the consent of parliament"
        }
        verdict.wished = true;
        if !verdict.stopped {
            verdict.stage = Stage::Sought;
        }
        return;
    }
    let Some(stage) = own.map(|s| of_sale(trigger, s)) else { return };
    if verdict.stopped || verdict.wished {
        return;
    }
    if !keeps(stage, shape, step, verdict) {
        verdict.stage = stage;
    }
}

/// Whether a word over an event that is further on leaves its stage as it is.
fn keeps(stage: Stage, shape: Shape, step: &Step<'_, '_>, verdict: &Verdict) -> bool {
    match stage {
        Stage::Offered if matches!(step.token.lemma(), "decide" | "decision") => {
            verdict.stage == Stage::Authorised // "the decision to move forward with the sale"
        }
        Stage::Shipped if shape == Shape::Get => verdict.stage != Stage::Unstated, // "began receiving"
        Stage::Shipped => !matches!(verdict.stage, Stage::Delivered | Stage::Unstated | Stage::Authorised),
        Stage::Delivered => matches!(verdict.stage, Stage::Used | Stage::Intercepted),
        Stage::Intercepted => verdict.factuality != Factuality::Certain,
        Stage::Authorised => {
            matches!(verdict.stage, Stage::Used | Stage::Intercepted)
                || (!step.governs && verdict.stage != Stage::Unstated)
        }
        _ => verdict.stage == Stage::Intercepted,
    }
}

/// "completed the sale": a sale that is complete is agreed.
fn of_sale(trigger: Token<'_>, stage: Stage) -> Stage {
    let sale = matches!(trigger.lemma(), "sale" | "purchase" | "deal" | "acquisition");
    if stage == Stage::Delivered && sale { Stage::Agreed } else { stage }
}

/// "asked whether it would sell": raised, and no more.
fn is_asked(clause: Token<'_>) -> bool {
    let whether = |c: Token<'_>| c.dep() == "mark" && c.text().eq_ignore_ascii_case("whether");
    matches!(clause.head().lemma(), "ask" | "wonder" | "question") && clause.children().any(whether)
}

/// "will no longer arm": what was done is done no more.
fn is_no_longer(verb: Token<'_>) -> bool {
    verb.children().any(|c| {
        c.dep() == "advmod" && c.lemma() == "long" && c.children().any(|n| n.lemma() == "no")
            || c.dep() == "advmod" && c.lemma() == "longer" && c.children().any(|n| n.lemma() == "no")
            || c.lemma() == "anymore"
    })
}

/// Negation and modality at one word.
fn apply_local(token: Token<'_>, verdict: &mut Verdict) {
    if is_no_longer(token) && !verdict.stopped {
        verdict.stage = Stage::Halted;
        verdict.stopped = true;
        return;
    }
    let modal = if tree::is_verb(token) { tree::modal(token) } else { None };
    match modal.as_deref() {
        Some("may" | "might" | "could") if verdict.factuality == Factuality::Certain => {
            verdict.factuality = Factuality::Possible;
        }
        Some("should" | "must" | "ought") if !has_have(token) => verdict.wished = true,
        _ => {}
    }
    let called = token.lemma() == "be" && tree::child(token, &["attr"]).is_some_and(tree::is_noun);
    if !tree::is_negated(token) || called || modal.as_deref() == Some("should") && has_have(token) {
        return; // "the purchase would not be a priority" denies no purchase
    }
    if tree::is_noun(token) && matches!(token.lemma(), "evidence" | "indication" | "sign") {
        verdict.factuality = Factuality::NoEvidence;
    } else if verdict.factuality == Factuality::Denied {
        verdict.factuality = Factuality::Certain;
    } else if modal.as_deref() == Some("will") && !verdict.stopped {
        verdict.stage = Stage::Halted;
        verdict.stopped = true;
    } else if matches!(modal.as_deref(), Some("should" | "must")) {
        verdict.stopped = !verdict.stopped;
        verdict.stage = if verdict.stopped { Stage::Halted } else { Stage::Sought };
    } else {
        verdict.factuality = Factuality::Denied;
    }
}

/// Whether the word stands in a clause with `if`, `unless`, or under "any … would".
pub(crate) fn in_condition(trigger: Token<'_>) -> bool {
    let conditional = |t: Token<'_>| {
        t.children().any(|c| c.dep() == "mark" && matches!(c.text().to_lowercase().as_str(), "if" | "unless"))
            && t.dep() == "advcl"
    };
    let any_would = trigger.children().any(|c| c.dep() == "det" && c.lemma() == "any")
        && trigger.dep() == "nsubj"
        && tree::modal(trigger.head()).as_deref() == Some("would");
    // "If we reject it, they will buy from others."
    let ahead = matches!(tree::modal(trigger).as_deref(), Some("will" | "would" | "can" | "could"));
    let under = ahead && trigger.children().any(|c| conditional(c) && c.index() < trigger.index());
    under || any_would || conditional(trigger) || trigger.ancestors().take(4).any(conditional)
}
