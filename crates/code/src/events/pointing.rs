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
    plain && matches!(word.shape, Shape::Give | Shape::Get | Shape::Take | Shape::Move | Shape::Ask)
}

/// "the weapons they need", "any person that sells arms": no deal of anybody's.
pub(crate) fn is_aside(verb: Token<'_>) -> bool {
    let needs = matches!(verb.lemma(), "need" | "want" | "require");
    if needs && verb.dep() == "acl" && verb.tag() == "VBN" {
        return true; // "equipment required by the navy"
    }
    if verb.dep() != "relcl" {
        return false;
    }
    let pronoun = tree::child(verb, &["nsubj"]).is_some_and(|s| s.tag() == "PRP");
    let generic = tree::agents(verb).iter().any(|a| {
        matches!(a.lemma(), "anyone" | "anybody" | "whoever")
            || a.children().any(|c| c.dep() == "det" && matches!(c.lemma(), "any" | "every"))
    });
    let forces = tree::child(verb, &["nsubj"]).is_some_and(|s| {
        let words = s.subtree().map(|t| t.text().to_lowercase()).collect::<Vec<_>>().join(" ");
        ["force", "forces", "army", "navy", "military", "troops", "soldiers"]
            .iter()
            .any(|f| words.ends_with(f))
    });
    needs && (pronoun || forces) || generic
}

/// "warned India against buying missiles", "after years without buying any": nobody buys.
pub(crate) fn is_warned(verb: Token<'_>) -> bool {
    let preposition = verb.head();
    if verb.dep() == "pcomp" && preposition.lemma() == "without" {
        return true;
    }
    verb.dep() == "pcomp"
        && matches!(preposition.lemma(), "over" | "about" | "against" | "from")
        && matches!(
            preposition.head().lemma(),
            "warn" | "caution" | "discourage" | "dissuade" | "deter" | "warning"
        )
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
    let unit = matches!(
        token.lemma(),
        "system" | "unit" | "item" | "platform" | "battery" | "launcher" | "one" | "model" | "version"
    );
    let plain_unit = token.children().all(|c| {
        matches!(c.dep(), "amod" | "nummod" | "det" | "prep" | "relcl" | "punct" | "advmod" | "quantmod")
            && (c.dep() != "amod"
                || matches!(c.lemma(), "similar" | "same" | "other" | "more" | "further" | "additional"))
            && (c.dep() != "prep" || matches!(c.lemma(), "to" | "from" | "in"))
    });
    let like = token.children().any(|c| c.dep() == "nummod" || matches!(c.lemma(), "similar" | "same"));
    if unit && plain_unit && like && token.tag().starts_with("NN") {
        return true; // "similar systems", "four units"
    }
    let determined = token.children().any(|c| c.dep() == "det" && c.lemma() == "the");
    let rest = matches!(token.lemma(), "rest" | "remainder" | "other" | "others" | "balance");
    let counted = token.tag() == "CD"
        && token.children().any(|c| {
            matches!(c.dep(), "amod" | "advmod")
                && matches!(
                    c.lemma(),
                    "other" | "remaining" | "remain" | "first" | "last" | "next" | "final" | "further"
                )
        });
    if determined && (rest || counted) && !token.children().any(|c| c.dep() == "prep") {
        return true; // "the other four", "the rest"
    }
    if is_counted(token) {
        return true;
    }
    let any = matches!(token.text().to_lowercase().as_str(), "any" | "anything");
    let alone = any && !token.children().any(|c| c.dep() == "prep");
    alone || generic || plain(token) || counts && tree::objects_of(token, &["of"]).into_iter().any(plain)
}

/// A number that stands for goods told before: "the first will be handed over", "each receives one", "asked for four".
fn is_counted(token: Token<'_>) -> bool {
    let place = matches!(token.dep(), "dobj" | "nsubj" | "nsubjpass" | "pobj" | "conj");
    let ordinal = matches!(
        token.text().to_lowercase().as_str(),
        "first" | "second" | "third" | "fourth" | "fifth" | "last" | "remainder" | "latter"
    );
    let the = token.children().any(|c| c.dep() == "det" && c.lemma() == "the");
    let number = token.tag() == "CD" && token.text().chars().all(|c| c.is_alphanumeric() || c == ',');
    let year = token.text().len() == 4 && token.text().starts_with(['1', '2']);
    let more = |c: Token<'_>| {
        matches!(c.dep(), "det" | "amod" | "advmod" | "quantmod" | "punct" | "nummod" | "cc" | "conj")
            && c.lemma() != "$"
    };
    place && (ordinal && the || number && !year) && token.children().all(more)
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

/// "a transport aircraft that landed in": what lands is no goods.
pub(crate) fn is_landing(verb: Token<'_>) -> bool {
    let one = |t: Token<'_>| {
        t.tag() == "NN"
            && t.children().any(|c| c.dep() == "det" && matches!(c.lemma(), "a" | "the" | "an"))
            && matches!(t.lemma(), "aircraft" | "plane" | "jet" | "helicopter" | "airliner")
    };
    matches!(verb.lemma(), "land" | "touch") && verb.dep() == "relcl" && one(verb.head())
}

/// "are on their way to", "is en route to": the subject moves.
pub(crate) fn is_on_the_way(verb: Token<'_>) -> bool {
    let way = |t: Token<'_>| t.lemma() == "way" || t.lemma() == "route";
    let sets_out = matches!(verb.lemma(), "set" | "hoist")
        && verb.children().any(|c| c.dep() == "dobj" && c.lemma() == "sail");
    sets_out || verb.lemma() == "be" && tree::objects_of(verb, &["on", "en"]).into_iter().any(way)
}

/// "No contract has been signed", "no deal was reached": the deal that was spoken of.
pub(crate) fn is_unsigned(deal: Token<'_>) -> bool {
    let none = deal.children().any(|c| c.dep() == "det" && c.lemma() == "no");
    let bare = !deal.children().any(|c| matches!(c.dep(), "amod" | "compound" | "prep"));
    let made = matches!(
        deal.head().lemma(),
        "sign"
            | "reach"
            | "conclude"
            | "place"
            | "strike"
            | "agree"
            | "award"
            | "make"
            | "finalise"
            | "finalize"
            | "seal"
    );
    let noun = matches!(deal.lemma(), "contract" | "deal" | "agreement" | "order" | "sale" | "purchase");
    none && bare && noun && made && matches!(deal.dep(), "nsubjpass" | "dobj")
}

/// "described the cargo as tractor parts": what papers call a load, which ships nothing.
pub(crate) fn is_declared(noun: Token<'_>) -> bool {
    let calls = matches!(
        noun.head().lemma(),
        "describe"
            | "declare"
            | "label"
            | "list"
            | "register"
            | "disguise"
            | "mark"
            | "manifest"
            | "identify"
            | "inspect"
    );
    let hides =
        matches!(noun.head().lemma(), "disguise" | "label" | "mislabel" | "manifest" | "declare" | "mark");
    let named = noun.head().children().any(|c| c.lemma() == "as");
    calls && (hides || named) && matches!(noun.dep(), "dobj" | "nsubjpass")
}

/// "India has not received such a request": the request for goods that was spoken of.
pub(crate) fn is_requested(noun: Token<'_>) -> bool {
    let back = noun.children().any(|c| {
        matches!(c.dep(), "det" | "predet" | "amod")
            && matches!(c.lemma(), "such" | "any" | "no" | "the" | "this" | "that")
    });
    let answers = matches!(
        noun.head().lemma(),
        "receive"
            | "get"
            | "refuse"
            | "reject"
            | "deny"
            | "decline"
            | "grant"
            | "accept"
            | "consider"
            | "weigh"
            | "study"
            | "rebuff"
    );
    let alone = !noun
        .children()
        .any(|c| matches!(c.dep(), "prep" | "acl" | "relcl" | "compound") && c.lemma() != "from");
    noun.lemma() == "request" && back && answers && alone && noun.dep() == "dobj"
}

/// "a delivery to Tripoli": of what was spoken of, where nothing else is told to be delivered.
pub(crate) fn is_any(noun: Token<'_>) -> bool {
    let open = noun.children().any(|c| c.dep() == "det" && matches!(c.lemma(), "a" | "an" | "any" | "no"));
    let bare = !noun
        .children()
        .any(|c| matches!(c.dep(), "amod" | "compound" | "nmod") || c.dep() == "prep" && c.lemma() == "of");
    open && bare && matches!(noun.lemma(), "delivery" | "shipment" | "transfer" | "sale" | "supply")
}

/// "a delivery date", "the export programme": what only has a name after a transfer.
pub(crate) fn is_scheduled(noun: Token<'_>) -> bool {
    noun.dep() == "compound"
        && noun.head().index() > noun.index()
        && matches!(
            noun.head().lemma(),
            "date"
                | "schedule"
                | "timeline"
                | "timetable"
                | "deadline"
                | "time"
                | "method"
                | "cost"
                | "price"
        )
}

/// "the transfer of technology to countries that could use it": whoever it is, it is nobody who was told of.
pub(crate) fn is_anybody(party: Token<'_>) -> bool {
    let several = party.tag() == "NNS"
        && matches!(
            party.lemma(),
            "country" | "nation" | "state" | "government" | "regime" | "customer" | "buyer"
        );
    let pointed = party.children().any(|c| {
        matches!(c.dep(), "det" | "poss" | "nummod" | "amod")
            && !matches!(c.lemma(), "other" | "foreign" | "certain")
    });
    several && !pointed && party.children().any(|c| matches!(c.dep(), "relcl" | "acl"))
}

/// "questions regarding arms exports", "my questions relate to exports": what is only asked about.
pub(crate) fn is_asked_about(noun: Token<'_>) -> bool {
    let asks = |t: Token<'_>| matches!(t.lemma(), "question" | "inquiry" | "enquiry" | "query");
    let preposition = noun.head();
    let over = preposition.head();
    let relates = over.lemma() == "relate";
    let by = relates && (asks(over.head()) || over.children().any(|c| c.dep() == "nsubj" && asks(c)));
    noun.dep() == "pobj" && preposition.dep() == "prep" && (asks(over) || by)
}

/// "was accepted into service", "took the jets into its inventory": who has them now.
pub(crate) fn is_inducted(verb: Token<'_>) -> bool {
    let takes = matches!(verb.lemma(), "accept" | "take" | "bring" | "induct" | "welcome" | "receive");
    let ranks = |t: &Token<'_>| matches!(t.lemma(), "service" | "inventory" | "fleet");
    takes && tree::is_verb(verb) && tree::objects_of(verb, &["into"]).iter().any(ranks)
}

/// "the purchase could cost $150 million", "the deal is worth": what a deal costs says nothing of how far it has got.
pub(crate) fn is_costed(noun: Token<'_>) -> bool {
    let verb = noun.head();
    let worth = verb.lemma() == "be"
        && verb.children().any(|c| matches!(c.dep(), "acomp" | "prep" | "attr") && c.lemma() == "worth");
    let costs = matches!(verb.lemma(), "cost" | "amount" | "total" | "exceed" | "run");
    noun.dep() == "nsubj" && (worth || costs)
}

/// "The drones would not be used abroad", "will use the vehicles": how goods will be used, which nobody has.
pub(crate) fn is_assurance(verb: Token<'_>, word: &Word) -> bool {
    let ahead = matches!(
        tree::modal(verb).as_deref(),
        Some("will" | "would" | "can" | "could" | "may" | "might" | "must" | "should")
    );
    let meant = matches!(tree::modal(verb).as_deref(), Some("will")) && !tree::is_passive(verb);
    word.shape == Shape::Use && (meant || ahead && tree::is_passive(verb) && tree::agents(verb).is_empty())
}
