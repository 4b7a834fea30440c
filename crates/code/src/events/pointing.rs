//! What points back, what is taken delivery of, and what only looks like a deal.

use lang::Token;
use model::Stage;

use super::table::{Shape, Word};
use super::tree;

/// Whether a verb's "it" or "them" is likely goods: "delivered them", not "wants it".
pub(crate) fn may_point(verb: Token<'_>, word: &Word) -> bool {
    let plain = !matches!(
        verb.lemma(),
        "get"
            | "want"
            | "need"
            | "give"
            | "return"
            | "drop"
            | "lend"
            | "require"
            | "oppose"
            | "support"
            | "reject"
            | "veto"
            | "kill"
    );
    plain && matches!(word.shape, Shape::Give | Shape::Get | Shape::Take)
}

/// "the weapons they need", "any person that sells arms": no deal of anybody's.
pub(crate) fn is_aside(verb: Token<'_>) -> bool {
    if verb.dep() != "relcl" {
        return false;
    }
    let needs = matches!(verb.lemma(), "need" | "want" | "require");
    let pronoun = tree::child(verb, &["nsubj"]).is_some_and(|s| s.tag() == "PRP");
    let generic = tree::agents(verb).iter().any(|a| {
        matches!(a.lemma(), "anyone" | "anybody" | "whoever")
            || a.children().any(|c| c.dep() == "det" && matches!(c.lemma(), "any" | "every"))
    });
    needs && pronoun || generic
}

/// A pronoun for goods that were told before: "received any of them".
pub(crate) fn is_pointer(token: Token<'_>) -> bool {
    let plain = |t: Token<'_>| {
        matches!(t.text().to_lowercase().as_str(), "it" | "them" | "these" | "those" | "they")
            && matches!(t.tag(), "PRP" | "DT")
    };
    let counts =
        matches!(token.tag(), "CD" | "DT") || matches!(token.lemma(), "some" | "all" | "half" | "most");
    let generic =
        matches!(token.lemma(), "system" | "capability" | "item" | "munition" | "platform" | "equipment")
            && token
                .children()
                .any(|c| c.dep() == "det" && matches!(c.lemma(), "this" | "these" | "those" | "such"));
    let any = matches!(token.text().to_lowercase().as_str(), "any" | "anything");
    let alone = any && !token.children().any(|c| c.dep() == "prep");
    alone || generic || plain(token) || counts && tree::objects_of(token, &["of"]).into_iter().any(plain)
}

/// Whether a noun phrase points back to something told before.
pub(crate) fn points_back(noun: Token<'_>) -> bool {
    noun.children().any(|c| {
        c.dep() == "det" && matches!(c.lemma(), "this" | "that" | "these" | "those" | "such" | "the")
    }) || matches!(noun.lemma(), "it" | "they")
}

/// Whether a noun without goods may point back to a deal: "the sale", "that planned purchase", not "the rules-based
/// order" or "the use of force".
pub(crate) fn may_return(noun: Token<'_>) -> bool {
    const PLAIN: &[&str] = &[
        "arm",
        "arms",
        "weapon",
        "weapons",
        "military",
        "defense",
        "defence",
        "proposed",
        "plan",
        "planned",
        "reported",
        "alleged",
        "latest",
        "recent",
        "new",
        "whole",
        "controversial",
        "same",
        "possible",
        "potential",
        "initial",
        "first",
        "second",
        "pending",
        "illegal",
        "illicit",
        "massive",
        "aid",
        "assistance",
        "security",
    ];
    let common = matches!(
        noun.lemma(),
        "use" | "order" | "trade" | "export" | "import" | "agreement" | "pact" | "buy"
    );
    let other = |c: Token<'_>| {
        let plain =
            PLAIN.contains(&c.text().to_lowercase().as_str()) || c.text().starts_with(char::is_uppercase);
        let modifies = matches!(c.dep(), "amod" | "compound" | "nmod") && !plain;
        let of = c.dep() == "prep" && c.lemma() == "of";
        let thing = of && tree::child(c, &["pobj"]).is_some_and(|o| o.pos() == "NOUN");
        common && (modifies || of || c.dep() == "prep" && matches!(c.lemma(), "for" | "between")) || thing
    };
    !noun.children().any(other)
}

/// The verb in "take delivery", "await the arrival": its subject receives.
pub(crate) fn takes(noun: Token<'_>) -> Option<Token<'_>> {
    let verb = noun.head();
    let light = matches!(verb.lemma(), "take" | "accept" | "await" | "get" | "receive" | "expect");
    let gives =
        matches!(noun.lemma(), "delivery" | "possession" | "receipt" | "shipment" | "handover" | "donation");
    (noun.dep() == "dobj" && light && gives && tree::is_verb(verb)).then_some(verb)
}

/// "signed a deal with Y for tanks": who signs it buys the tanks from Y.
pub(crate) fn buys_from(deal: Token<'_>) -> bool {
    let is_deal = matches!(deal.lemma(), "deal" | "contract" | "agreement" | "pact");
    let verb = deal.head();
    let signs = deal.dep() == "dobj"
        && matches!(
            verb.lemma(),
            "sign" | "reach" | "strike" | "ink" | "conclude" | "seal" | "finalise" | "finalize" | "make"
        );
    let after = |name: &str| [deal, verb].iter().flat_map(|t| tree::objects_of(*t, &[name])).next();
    let (with, for_goods) = (after("with"), after("for"));
    is_deal && signs && with.zip(for_goods).is_some_and(|(with, goods)| goods.index() > with.index())
}

/// How far a delivery has got that is taken or awaited.
pub(crate) fn taken_stage(noun: Token<'_>) -> Stage {
    let verb = noun.head();
    let ahead = matches!(verb.lemma(), "await" | "expect") || tree::modal(verb).is_some();
    if ahead || verb.tag() == "VB" { Stage::Agreed } else { Stage::Delivered }
}

/// A noun for leave to export.
pub(crate) fn is_licence(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "licence" | "license" | "permit" | "approval" | "authorisation" | "authorization")
}

/// "are on their way to", "is en route to": the subject moves.
pub(crate) fn is_on_the_way(verb: Token<'_>) -> bool {
    let way = |t: Token<'_>| t.lemma() == "way" || t.lemma() == "route";
    verb.lemma() == "be" && tree::objects_of(verb, &["on", "en"]).into_iter().any(way)
}
