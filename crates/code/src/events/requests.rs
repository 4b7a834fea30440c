//! Nouns for what is asked of somebody, and for what is laid on somebody: whom they are put to.

use lang::Token;

use super::tree::{agents_within, is_noun, is_verb, objects_of};

/// A noun for what one asks of another.
pub(crate) fn is_request(noun: Token<'_>) -> bool {
    is_noun(noun)
        && matches!(
            noun.lemma(),
            "request" | "appeal" | "demand" | "plea" | "call" | "application" | "entreaty" | "overture"
        )
}

/// What one asks another to do, not leave to do oneself: "a request to send", not "a request to buy".
pub(super) fn is_asked_act(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "supply"
            | "provide"
            | "send"
            | "deliver"
            | "give"
            | "donate"
            | "ship"
            | "hand"
            | "lend"
            | "furnish"
            | "arm"
            | "equip"
            | "contribute"
            | "share"
            | "release"
            | "stop"
            | "halt"
            | "suspend"
            | "end"
            | "lift"
            | "ease"
            | "impose"
            | "train"
            | "block"
            | "freeze"
    )
}

/// Whom a request is put to: "its call on Spain to", or who refuses, weighs or grants it.
pub(super) fn asked(request: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let named = objects_of(request, &["on", "to"]);
    if !named.is_empty() {
        return named;
    }
    let above = request.head();
    match request.dep() {
        "dobj" if is_verb(above) && !makes_request(above) => agents_within(above, depth - 1),
        "nsubjpass" if is_verb(above) => objects_of(above, &["by"]),
        "pobj" if is_verb(above.head()) => agents_within(above.head(), depth - 1),
        _ => Vec::new(),
    }
}

/// "made a request": its subject asks.
pub(crate) fn makes_request(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "make"
            | "submit"
            | "send"
            | "repeat"
            | "renew"
            | "issue"
            | "have"
            | "file"
            | "lodge"
            | "reiterate"
            | "present"
            | "voice"
    )
}

/// What is laid on somebody for what it did.
pub(super) fn is_penalty(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "sanction" | "embargo" | "penalty" | "restriction" | "ban" | "charge" | "fine")
}
