//! Denials of what was told before: "France denies the accusations", "the envoy dismissed the report as fake".

use lang::Token;
use model::{Factuality, Kind};

use super::slots::Slot;
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// "denied any delivery of tanks to Chad": who denies it would be its supplier, or who buys.
    pub(crate) fn denied_sides(&self, at: usize, noun: Token<'_>, frame: &mut Frame) {
        let denies = noun.dep() == "dobj" && is_denial(noun.head());
        let side = if frame.buys { &mut frame.recipient } else { &mut frame.supplier };
        if frame.kind != Kind::Transfer || !denies || !side.is_empty() {
            return;
        }
        *side = self.actors_of(at, &tree::agents(noun.head()), Slot::Party);
        if same(&frame.supplier, &frame.recipient) {
            frame.supplier.clear();
        }
    }

    /// "denies American claims that it has shipped shells": what is denied is told by whose claim it is.
    pub(crate) fn claimed_by_others(&self, at: usize, frames: &mut Vec<Frame>) {
        let block = &self.text.blocks[at];
        let mut twins: Vec<Frame> = Vec::new();
        for frame in
            frames.iter().filter(|f| f.at == at && matches!(f.kind, Kind::Transfer | Kind::Violation))
        {
            let trigger = block.token(frame.trigger);
            let over = trigger.ancestors().take(5);
            let claim = over.into_iter().find(|n| {
                is_claim(*n) && n.dep() == "dobj" && is_denial(n.head()) && !tree::is_negated(n.head())
            });
            let Some(noun) = claim else { continue };
            let clause =
                std::iter::once(trigger).chain(trigger.ancestors()).take_while(|a| *a != noun).last();
            if !clause.is_some_and(|c| matches!(c.dep(), "acl" | "relcl" | "ccomp")) {
                continue;
            }
            let mut by = tree::owners(noun);
            by.extend(tree::objects_of(noun, &["by", "from", "of"]));
            let denier = self.actors_of(at, &tree::agents(noun.head()), Slot::Party);
            let other = |t: &&Token<'_>| {
                let who = self.actors_of(at, &[**t], Slot::Party);
                !who.is_empty() && !same(&who, &denier)
            };
            if let Some(speaker) = by.iter().find(other) {
                let mut twin = frame.clone();
                twin.says = Some(speaker.index());
                twin.factuality = Factuality::Certain;
                twin.answers = true;
                twins.push(twin);
            }
        }
        frames.extend(twins);
    }

    /// Adds the denials of block `at` whose content is only pointed to; [`Reader::fill`] finds what they deny.
    pub(crate) fn denials(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        let mut told = Vec::new();
        let here = frames.iter_mut().rev().take_while(|f| f.at == at); // those of the block stand last
        for frame in here.filter(|f| f.kind == Kind::Transfer) {
            let Some((verb, speaker)) = called_false(parse.token(frame.trigger)) else { continue };
            frame.factuality = Factuality::Denied;
            frame.answers = true; // no stance above makes it surer
            frame.says = speaker.or(frame.says);
            told.push(verb);
        }
        let denies = |t: &Token<'_>| is_denial(*t) || calls_false(*t);
        for verb in parse.tokens().filter(|t| tree::is_verb(*t) && denies(t) && !tree::is_negated(*t)) {
            let small =
                verb.children().filter(|c| matches!(c.dep(), "ccomp" | "oprd")).flat_map(|c| c.children());
            let small = small.filter(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
            let object = tree::patients(verb).into_iter().chain(small).find(|o| is_pointer(*o));
            let which = |c: &Token<'_>| c.dep() == "dobj" && c.lemma() == "which" && verb.dep() == "relcl";
            let Some(object) = object.or_else(|| verb.children().find(which)) else { continue };
            if told.contains(&verb.index()) {
                continue; // what is denied stands beside it
            }
            let Some(speaker) = tree::agents(verb).into_iter().next() else { continue };
            let mut frame = Frame::new(Kind::Transfer, at, object.index(), self.clause(at, verb));
            frame.factuality = Factuality::Denied;
            frame.echoes = true;
            frame.says = Some(speaker.index());
            if object.lemma() == "involvement" {
                frame.supplier = self.actors_of(at, &[speaker], Slot::Party); // of what it is said to have given
            }
            frames.push(frame);
        }
        // "says that the evidence is fabricated": by whom is told by who says so.
        for verb in parse.tokens().filter(|t| t.lemma() == "be" && !tree::is_negated(*t)) {
            let subject = verb.children().find(|c| c.dep() == "nsubj" && is_pointer(*c) && tree::is_noun(*c));
            let said = says_false(verb);
            let passive = matches!(verb.dep(), "auxpass");
            let (subject, said) = if passive {
                let over = verb.head();
                let subject =
                    over.children().find(|c| c.dep() == "nsubjpass" && is_pointer(*c) && tree::is_noun(*c));
                (subject, is_false(over))
            } else {
                (subject, said)
            };
            let Some(subject) = subject.filter(|_| said) else { continue };
            if subject.children().any(|c| matches!(c.dep(), "acl" | "relcl")) {
                continue; // what the report says is told beside it
            }
            let mut frame = Frame::new(Kind::Transfer, at, subject.index(), self.clause(at, verb));
            frame.factuality = Factuality::Denied;
            frame.echoes = true;
            frames.push(frame);
        }
    }
}

fn is_denial(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "deny" | "dismiss" | "reject" | "refute" | "rebut" | "rubbish" | "dispute")
}

/// A noun for what somebody says of another.
fn is_claim(noun: Token<'_>) -> bool {
    tree::is_noun(noun) && CLAIMS.contains(&noun.lemma())
}

const CLAIMS: &[&str] = &["claim", "allegation", "accusation", "charge", "report", "assertion"];

/// What a statement is called by who denies it.
const FALSE: &[&str] = &[
    "fabricated",
    "fabrication",
    "false",
    "baseless",
    "groundless",
    "unfounded",
    "lie",
    "nonsense",
    "absurd",
    "ridiculous",
    "untrue",
    "fake",
    "fiction",
    "fantasy",
    "invention",
    "rubbish",
    "ludicrous",
    "propaganda",
    "slander",
    "preposterous",
    "laughable",
    "fabricate",
    "disinformation",
    "hoax",
    "incorrect",
    "misinformation",
    "wrong",
];

/// "reports that it sold drones are false".
pub(crate) fn is_called_false(trigger: Token<'_>) -> bool {
    let called = |noun: Token<'_>| {
        let verb = noun.head();
        matches!(noun.dep(), "nsubj" | "nsubjpass") && !tree::is_negated(verb) && says_false(verb)
    };
    std::iter::once(trigger).chain(trigger.ancestors().take(3)).any(called)
}

fn is_false(word: Token<'_>) -> bool {
    FALSE.contains(&word.lemma().to_lowercase().as_str())
}

/// "is a lie", "are false".
fn says_false(verb: Token<'_>) -> bool {
    verb.lemma() == "be" && verb.children().any(|c| matches!(c.dep(), "acomp" | "attr") && is_false(c))
}

/// "calls the evidence fabricated", "described the report as a lie".
fn calls_false(verb: Token<'_>) -> bool {
    let calls = matches!(verb.lemma(), "call" | "describe" | "label" | "brand" | "term" | "dub");
    calls && verb.subtree().any(|t| t.index() > verb.index() && is_false(t))
}

/// The verb by which a report of the deed is called false, and who calls it so: "called reports that X sold jets fake",
/// "'It's a lie,' X said of reports that", "the claim that X sold jets is untrue".
fn called_false(trigger: Token<'_>) -> Option<(usize, Option<usize>)> {
    let parse = trigger.parse();
    let report = trigger.ancestors().take(8).find(|a| tree::is_noun(*a) && is_pointer(*a))?;
    let agent = |verb: Token<'_>| tree::agents(verb).first().map(|t| t.index());
    let over = if report.dep() == "pobj" { report.head().head() } else { report.head() };
    let after = |from: usize, verb: Token<'_>| {
        let end = verb.sentence().end;
        (from + 1..end).map(|i| parse.token(i)).take_while(|t| t.text() != ",").any(is_false)
    };
    if report.dep() == "dobj" && calls_false(over) && after(trigger.index(), over) {
        return Some((over.index(), agent(over)));
    }
    let said = over.children().any(|c| c.dep() == "ccomp" && says_false(c));
    if report.dep() == "pobj" && said && matches!(report.head().lemma(), "of" | "about") {
        return Some((over.index(), agent(over)));
    }
    let untrue = !tree::is_negated(over) && says_false(over);
    (report.dep() == "nsubj" && untrue).then_some((over.index(), None))
}

/// A noun that stands for what somebody said.
fn is_pointer(noun: Token<'_>) -> bool {
    let plain = CLAIMS.contains(&noun.lemma());
    plain
        || matches!(
            noun.lemma(),
            "suggestion"
                | "something"
                | "involvement"
                | "evidence"
                | "insinuation"
                | "statement"
                | "finding"
                | "story"
                | "it"
                | "this"
                | "that"
        )
}
