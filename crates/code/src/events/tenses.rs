//! What stage an event's own word gives, by tense and modality.

use lang::Token;
use model::Stage;

use super::table::Shape;
use super::tree;

/// What stage the word of the event itself gives, by tense and modality.
pub(crate) fn own_stage(trigger: Token<'_>, word: &super::table::Word) -> (Stage, bool) {
    if !tree::is_verb(trigger) {
        return (word.stage, false);
    }
    if has_yet(trigger) || is_first_to(trigger) {
        return (word.stage, false);
    }
    let ahead = word.will.unwrap_or(word.stage);
    let going = word.going.unwrap_or(word.stage);
    let topic = |p: Token<'_>| matches!(p.lemma(), "on" | "about" | "toward" | "towards" | "regarding");
    let alone = trigger.dep() == "csubj" && tree::child(trigger, &["nsubj"]).is_none();
    if trigger.tag() == "VBG" && (trigger.dep() == "pcomp" && topic(trigger.head()) || alone) {
        return (Stage::Unstated, false); // "talked about selling", "selling them would be wrong"
    }
    match tree::modal(trigger).as_deref() {
        Some("will" | "would" | "can" | "could" | "may" | "might") if !has_have(trigger) => {
            return (ahead, false);
        }
        Some("should" | "must" | "ought") if !has_have(trigger) => return (Stage::Sought, true),
        _ => {}
    }
    if has_to(trigger) {
        return (Stage::Sought, true);
    }
    let under_way = trigger.children().any(|c| c.dep() == "auxpass" && c.text() == "being");
    let stage = match trigger.tag() {
        "VBN" if under_way => going, // "are being supplied"
        "VBD" | "VBN" => word.stage,
        "VB" if tree::child(trigger, &["aux"]).is_some_and(|a| a.lemma() == "do") => word.stage,
        "VBZ" | "VBP" if is_package(trigger) => ahead,
        "VB" if goes_on(trigger) => going,
        "VB" => ahead,
        "VBG" if tree::child(trigger, &["aux"]).is_none() => word.stage,
        _ if has_have(trigger) => word.stage,
        "VBZ" | "VBP" if matches!(word.shape, Shape::Give | Shape::Equip) => word.stage,
        _ => going,
    };
    (stage, false)
}

/// "this package provides", "the drawdown includes": what has been decided is told in the present.
fn is_package(verb: Token<'_>) -> bool {
    let decided = |s: Token<'_>| {
        matches!(
            s.lemma(),
            "package"
                | "tranche"
                | "drawdown"
                | "announcement"
                | "authorization"
                | "authorisation"
                | "order"
                | "decision"
        )
    };
    tree::child(verb, &["nsubj"]).is_some_and(decided)
}

/// "continues to sell", "has begun to ship": what is going on.
fn goes_on(verb: Token<'_>) -> bool {
    verb.dep() == "xcomp"
        && matches!(verb.head().lemma(), "continue" | "begin" | "start" | "resume" | "commence" | "persist")
        && tree::modal(verb.head()).is_none()
        && !verb.head().children().any(|c| c.tag() == "TO")
}

/// "had to be bought": what was needed, which is not said to have been done.
fn has_to(verb: Token<'_>) -> bool {
    verb.dep() == "xcomp"
        && verb.head().lemma() == "have"
        && tree::is_passive(verb)
        && verb.children().any(|c| c.tag() == "TO")
}

/// "among the first countries to supply": what has been done.
fn is_first_to(verb: Token<'_>) -> bool {
    let ordinal =
        |t: Token<'_>| matches!(t.lemma(), "first" | "only" | "last" | "latest" | "second" | "third");
    let noun = verb.head();
    verb.tag() == "VB"
        && matches!(verb.dep(), "relcl" | "acl" | "xcomp" | "advcl")
        && tree::modal(verb).is_none()
        && (ordinal(noun) || tree::is_noun(noun) && noun.children().any(|c| c.dep() == "amod" && ordinal(c)))
}

/// "has yet to receive": what is told has not happened.
pub(crate) fn has_yet(verb: Token<'_>) -> bool {
    let yet = |t: Token<'_>| t.children().any(|c| c.dep() == "advmod" && c.lemma() == "yet");
    verb.tag() == "VB"
        && verb.dep() == "xcomp"
        && verb.head().lemma() == "have"
        && (yet(verb) || yet(verb.head()))
}

pub(crate) fn has_have(verb: Token<'_>) -> bool {
    verb.children().any(|c| c.dep() == "aux" && c.lemma() == "have")
}
