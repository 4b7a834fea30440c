//! What stands over "for supplying X": who is taken to task, and the law by which.

use lang::Token;

use super::tree::{child, is_noun, is_verb};

/// Verbs whose object is taken to task for what it did.
pub(crate) fn blames(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "sanction"
            | "blacklist"
            | "designate"
            | "punish"
            | "arrest"
            | "charge"
            | "condemn"
            | "criticize"
            | "criticise"
            | "blame"
            | "fine"
            | "penalize"
            | "penalise"
            | "target"
            | "indict"
            | "convict"
            | "jail"
            | "detain"
            | "thank"
            | "praise"
            | "denounce"
            | "rebuke"
            | "prosecute"
    )
}

/// The word on which "pursuant to Order 13382", "under section 3" hangs, where what follows hangs on the law.
pub(crate) fn over_law(token: Token<'_>) -> Token<'_> {
    let mut at = token;
    for _ in 0..6 {
        let law =
            matches!(at.lemma().to_lowercase().as_str(), "pursuant" | "order" | "section" | "e.o." | "act")
                || at.pos() == "NUM" && at.dep() != "nummod"
                || matches!(at.lemma(), "authority" | "resolution");
        let inside =
            matches!(at.dep(), "pobj" | "prep" | "oprd" | "advmod" | "amod" | "nummod" | "acomp" | "appos");
        if at.is_root() || is_verb(at) || !(law && inside || at.pos() == "ADP" && at.dep() == "prep") {
            break;
        }
        at = at.head();
    }
    if is_verb(at) || is_noun(at) { at } else { token }
}

/// What somebody is punished for: "sanctions on X for dealing with Y".
pub(crate) fn blamed_for(verb: Token<'_>) -> Option<Token<'_>> {
    let hits = |t: Token<'_>| matches!(t.lemma(), "sanction" | "penalty" | "restriction" | "ban" | "embargo");
    if !is_verb(verb) || !(blames(verb) || verb.children().any(|c| c.dep() == "dobj" && hits(c))) {
        return None;
    }
    let law = |c: &Token<'_>| matches!(c.dep(), "prep" | "oprd" | "advmod") && c.lemma() != "for";
    let inner = verb.children().filter(law).flat_map(|c| c.subtree().collect::<Vec<_>>());
    let near = verb.children().chain(inner);
    near.filter(|c| c.lemma() == "for").find_map(|f| child(f, &["pcomp"]))
}
