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

/// Who asks for leave to give what is its own to a third: "vetoed a request from Denmark to send vehicles to Ukraine",
/// "rejected Denmark's request to send Swiss vehicles".
pub(super) fn asks_leave<'p>(request: Token<'p>, verb: Token<'p>, owners: &[Token<'p>]) -> Vec<Token<'p>> {
    let moves = matches!(
        verb.lemma(),
        "send"
            | "deliver"
            | "give"
            | "donate"
            | "ship"
            | "hand"
            | "supply"
            | "provide"
            | "lend"
            | "export"
            | "re-export"
            | "transfer"
    );
    let mut to = objects_of(verb, &["to"]);
    to.extend(verb.children().filter(|c| c.dep() == "dative" && c.tag().starts_with("NN")));
    for goods in verb.children().filter(|c| c.dep() == "dobj") {
        to.extend(objects_of(goods, &["to"]));
    }
    let mut asking: Vec<_> = owners.to_vec();
    asking.extend(objects_of(request, &["from", "by"]));
    let other = !to.is_empty() && asking.iter().all(|a| to.iter().all(|t| t.text() != a.text()));
    let answer = request.head();
    let answered = matches!(request.dep(), "dobj" | "nsubjpass") && !makes_request(answer);
    let licenses = matches!(
        answer.lemma(),
        "veto" | "approve" | "authorise" | "authorize" | "clear" | "grant" | "block" | "license" | "allow"
    );
    let answerer: Vec<_> = agents_within(answer, 2).into_iter().flat_map(|t| t.subtree()).collect();
    let goods = verb.children().filter(|c| c.dep() == "dobj");
    let made_here = goods.flat_map(|g| g.subtree()).any(|t| {
        t.text().starts_with(char::is_uppercase)
            && t.text().len() > 3
            && answerer.iter().any(|a| a.text() == t.text())
    });
    if moves && other && answered && (licenses || made_here) { asking } else { Vec::new() }
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
