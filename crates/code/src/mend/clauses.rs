//! Clauses that the parser hangs wrongly: what a boat carries, what somebody is ordered to do.

use lang::{Token, TokenData};

use crate::events::tree;

/// "intercepted a fishing boat smuggling rifles", with *smuggling* for the head of *boat*.
pub(super) fn is_loading(token: Token<'_>) -> bool {
    let before = token.index().checked_sub(1).map(|i| token.parse().token(i));
    token.tag() == "NN"
        && token.text().ends_with("ing")
        && token.children().any(|c| c.dep() == "dobj" && c.index() > token.index())
        && before.is_some_and(|b| b.head() == token && b.tag().starts_with("NN") && b.dep() == "compound")
}

/// Makes the noun before the clause its head.
pub(super) fn verb_of_load(verb: Token<'_>, tokens: &mut [TokenData]) {
    let (at, noun) = (verb.index(), verb.index() - 1);
    let lemma = verb.text().to_lowercase();
    let stem = lemma.trim_end_matches("ing");
    let lemma = if matches!(stem, "smuggl" | "haul" | "mov") && stem != "haul" {
        format!("{stem}e")
    } else {
        stem.to_owned()
    };
    tokens[noun].head = if verb.is_root() { noun as u32 } else { verb.head().index() as u32 };
    tokens[noun].dep = verb.dep().into();
    for child in verb.children().filter(|c| c.index() < noun) {
        tokens[child.index()].head = noun as u32;
    }
    tokens[at].tag = "VBG".into();
    tokens[at].pos = "VERB".into();
    tokens[at].lemma = lemma.into();
    tokens[at].head = noun as u32;
    tokens[at].dep = "acl".into();
}

/// "orders the government to halt", with the infinitive for a purpose: what the object of the verb is to do.
pub(super) fn is_ordered(verb: Token<'_>) -> bool {
    let over = verb.head();
    let directs = matches!(
        over.lemma(),
        "order"
            | "instruct"
            | "direct"
            | "command"
            | "ask"
            | "tell"
            | "urge"
            | "force"
            | "compel"
            | "allow"
            | "authorize"
            | "authorise"
            | "permit"
            | "enable"
            | "require"
            | "press"
            | "pressure"
            | "lobby"
            | "call"
            | "request"
            | "implore"
            | "beg"
            | "encourage"
            | "persuade"
            | "convince"
            | "push"
            | "oblige"
            | "forbid"
            | "advise"
            | "warn"
            | "invite"
            | "clear"
            | "bar"
            | "get"
    );
    let object = over.children().find(|c| c.dep() == "dobj" && c.index() > over.index());
    verb.dep() == "advcl"
        && verb.tag() == "VB"
        && directs
        && tree::is_verb(over)
        && verb.children().any(|c| c.tag() == "TO")
        && object.is_some_and(|o| o.index() < verb.index())
}
