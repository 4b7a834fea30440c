//! What a cue says of how sure its source is: the table's word, and what its objects and helpers make of it.

use super::Stance;
use super::content_model::Link;
use super::cues::CueTable;
use super::flow::Flow;

/// Verbs of speech that, declined or refused, leave a matter open.
const TELLING: &[&str] = &[
    "answer",
    "comment",
    "confirm",
    "detail",
    "disclose",
    "discuss",
    "divulge",
    "elaborate",
    "identify",
    "name",
    "provide",
    "reply",
    "respond",
    "reveal",
    "say",
    "specify",
    "speculate",
    "tell",
    "verify",
];
/// Nouns of what would support a statement.
const EVIDENCE: &[&str] =
    &["confirmation", "evidence", "indication", "indicator", "information", "proof", "sign", "trace"];
/// What is refused rather than denied.
const GRANTS: &[&str] = &[
    "access",
    "application",
    "aid",
    "entry",
    "export",
    "licence",
    "license",
    "permission",
    "permit",
    "request",
    "right",
    "support",
    "visa",
    "weapon",
];

/// The stance of the cue of `link`, and whether it is negated.
pub(crate) fn stance(flow: &Flow<'_>, table: &CueTable, link: &Link) -> (Stance, bool) {
    let cue = link.cue;
    let word = &flow.words[cue];
    let base = table.stance(&word.lemma, word.pos).unwrap_or_else(|| unlisted(flow, table, cue));
    let negated = is_negated(flow, link);
    if lacks_evidence(flow, cue) {
        return (Stance::NoEvidence, false);
    }
    if withholds(flow, cue, negated) {
        return (Stance::Withholds, false);
    }
    let has = |dep: &str| flow.child(cue, dep).is_some();
    let stance = match word.lemma.as_str() {
        "ask" | "tell" | "signal" if has("xcomp") && !has("ccomp") => Stance::Urges,
        "tell" | "remind" | "warn" | "order" if to_clause(flow, cue) => Stance::Urges,
        "ask" if to_clause(flow, cue) || has_prep(flow, cue, &["for"]) => Stance::Urges,
        "call" if has_prep(flow, cue, &["for", "on", "upon"]) || has("xcomp") => Stance::Urges,
        "agree" if has("ccomp") && !to_clause(flow, cue) => Stance::Asserts,
        "deny" if has("dative") || object_is(flow, cue, GRANTS) => Stance::Intends,
        "reject" | "dismiss" | "discount" | "rebuff" if !denies_words(flow, table, cue) => Stance::Urges,
        "push" | "press" if has_prep(flow, cue, &["back"]) || has_particle(flow, cue, "back") => {
            Stance::Denies
        }
        "rule" if has_particle(flow, cue, "out") => Stance::Denies,
        "brush" | "shrug" if has_particle(flow, cue, "off") => Stance::Denies,
        "decline" => Stance::Intends,
        _ => base,
    };
    let bare = word.tag == "NNS" && word.lemma == "report" && flow.child(cue, "poss").is_none();
    let unsigned = bare && !has_prep(flow, cue, &["by", "from", "in", "of"]);
    let hearsay = link.source.is_none() && (word.tag == "VBN" && has("auxpass") || unsigned);
    match stance {
        Stance::Asserts if hearsay => (Stance::Alleges, negated),
        Stance::Asserts | Stance::Denies | Stance::Alleges if is_supposed(flow, cue) => {
            (Stance::Intends, negated)
        }
        Stance::Intends if matches!(word.lemma.as_str(), "refuse" | "decline") => (Stance::Intends, !negated),
        _ => (stance, negated),
    }
}

/// The stance of a word that the table lacks: that of the verb it leads to ("went on to say"), else an act.
///
/// Prepositions and colons bring words; "approved", "signed", "voted for" are acts and bring none.
fn unlisted(flow: &Flow<'_>, table: &CueTable, cue: usize) -> Stance {
    let word = &flow.words[cue];
    if matches!(word.pos, "ADP" | "SCONJ" | "PUNCT" | "ADV") || word.dep == "prep" {
        return Stance::Asserts;
    }
    let light = matches!(
        word.lemma.as_str(),
        "be" | "begin" | "come" | "continue" | "go" | "have" | "put" | "start" | "take"
    );
    if let Some(next) = flow.child(cue, "xcomp").filter(|_| light)
        && let Some(stance) = table.stance(&flow.words[next].lemma, flow.words[next].pos)
    {
        return stance;
    }
    let clear = |&c: &usize| matches!(flow.words[c].lemma.as_str(), "clear" | "plain" | "known" | "public");
    let nested = |&c: &usize| flow.children(c).iter().any(clear);
    if flow.children(cue).iter().any(|c| clear(c) || nested(c)) {
        return Stance::Asserts;
    }
    let sentence = flow.sentences[word.sentence].clone();
    let quote_beside =
        sentence.clone().any(|i| flow.words[i].quote.is_some_and(|q| flow.quotes[q].words.len() > 6));
    if quote_beside && word.quote.is_none() && word.pos == "VERB" { Stance::Asserts } else { Stance::Intends }
}

/// Whether the cue itself is only supposed: "until she certifies that", "could one argue that", "would insist that".
fn is_supposed(flow: &Flow<'_>, cue: usize) -> bool {
    let opens = |&c: &usize| {
        matches!(flow.words[c].dep, "mark" | "advmod")
            && matches!(flow.words[c].lower.as_str(), "if" | "unless" | "until")
    };
    let modal = |&c: &usize| {
        flow.words[c].dep == "aux"
            && matches!(
                flow.words[c].lower.as_str(),
                "can" | "could" | "may" | "might" | "must" | "should" | "would"
            )
    };
    let children = flow.children(cue);
    children.iter().any(opens) || (flow.words[cue].quote.is_none() && children.iter().any(modal))
}

/// "did not say", "never said", "no official said".
fn is_negated(flow: &Flow<'_>, link: &Link) -> bool {
    let no = |i: usize| matches!(flow.words[i].lower.as_str(), "no" | "neither" | "none" | "nobody");
    let never = |i: &usize| matches!(flow.words[*i].lower.as_str(), "never" | "neither" | "nor");
    let cue = link.cue;
    let own = flow.child(cue, "neg").is_some() || flow.children(cue).iter().any(never);
    let above = matches!(flow.words[cue].dep, "xcomp") && flow.child(flow.words[cue].head, "neg").is_some();
    let subject = link.source.is_some_and(|s| no(s) || flow.child(s, "det").is_some_and(no));
    own || above || subject
}

fn withholds(flow: &Flow<'_>, cue: usize, negated: bool) -> bool {
    let word = &flow.words[cue];
    let telling = |i: usize| TELLING.contains(&flow.words[i].lemma.as_str());
    let told = flow.child(cue, "xcomp").is_some_and(telling);
    let modal = flow
        .children(cue)
        .iter()
        .any(|&c| matches!(flow.words[c].lower.as_str(), "would" | "could" | "can" | "will" | "wo" | "ca"));
    let respond = || {
        let no_answer = matches!(word.lemma.as_str(), "respond" | "reply" | "answer" | "comment" | "return");
        no_answer && flow.child(cue, "ccomp").is_none()
    };
    match word.lemma.as_str() {
        "decline" | "refuse" => told || object_is(flow, cue, &["comment"]),
        "confirm" | "deny" if confirms_nor_denies(flow, cue) => true,
        "unable" => told,
        "reveal" | "disclose" | "specify" | "divulge" | "elaborate" if negated => true,
        _ if negated && modal => telling(cue),
        _ if negated => respond(),
        _ => false,
    }
}

/// "could neither confirm nor deny", "would not confirm or deny".
fn confirms_nor_denies(flow: &Flow<'_>, cue: usize) -> bool {
    let sentence = flow.sentences[flow.words[cue].sentence].clone();
    let near = |lemma: &str| {
        let close = cue.saturating_sub(4).max(sentence.start)..(cue + 5).min(sentence.end);
        close.into_iter().any(|i| flow.words[i].lemma == lemma)
    };
    near("confirm") && near("deny") && (near("nor") || near("or"))
}

/// Whether word `i` names what would support a statement.
pub(crate) fn is_evidence(flow: &Flow<'_>, i: usize) -> bool {
    flow.words[i].pos == "NOUN" && EVIDENCE.contains(&flow.words[i].lemma.as_str())
}

/// "unaware of", "not aware of".
pub(crate) fn is_unaware(flow: &Flow<'_>, i: usize) -> bool {
    let word = &flow.words[i];
    let not = |at: usize| flow.child(at, "neg").is_some();
    word.lower == "unaware" || word.lower == "aware" && (not(i) || word.head != i && not(word.head))
}

/// "has seen nothing that would show X", "there is nothing to suggest X": the verb of showing.
pub(crate) fn nothing_shows(flow: &Flow<'_>, i: usize) -> Option<usize> {
    if flow.words[i].lower != "nothing" {
        return None;
    }
    let clause = ["relcl", "acl", "advcl"].iter().find_map(|d| flow.child(i, d))?;
    let shows = matches!(
        flow.words[clause].lemma.as_str(),
        "show" | "suggest" | "indicate" | "prove" | "confirm" | "corroborate" | "substantiate" | "support"
    );
    shows.then_some(clause)
}

/// "has no evidence that", "did not see any indication", "there is no sign".
pub(crate) fn lacks_evidence(flow: &Flow<'_>, cue: usize) -> bool {
    let with_no = |i: usize| {
        flow.children(i).iter().any(|&c| matches!(flow.words[c].lower.as_str(), "no" | "little" | "zero"))
    };
    let negated = |i: usize| {
        flow.child(i, "neg").is_some() || flow.children(i).iter().any(|&c| flow.words[c].lower == "never")
    };
    if nothing_shows(flow, cue).is_some() || is_unaware(flow, cue) {
        return true;
    }
    if is_evidence(flow, cue) {
        let head = flow.words[cue].head;
        return with_no(cue) || (head != cue && flow.words[head].pos != "NOUN" && negated(head));
    }
    let object =
        ["dobj", "attr", "nsubj"].iter().find_map(|d| flow.child(cue, d)).filter(|&o| is_evidence(flow, o));
    object.is_some_and(|o| with_no(o) || negated(cue))
}

/// Whether what is rejected or dismissed is words: "rejected the claims", "dismissed it as false".
fn denies_words(flow: &Flow<'_>, table: &CueTable, cue: usize) -> bool {
    let states = flow.child(cue, "ccomp").is_some() && !to_clause(flow, cue);
    if states || has_prep(flow, cue, &["as"]) {
        return true;
    }
    let spoken = |o: usize| {
        let lemma = flow.words[o].lemma.as_str();
        matches!(table.stance(lemma, "NOUN"), Some(Stance::Alleges | Stance::Asserts | Stance::Believes))
            || matches!(lemma, "notion" | "charge" | "talk")
    };
    ["dobj", "nsubjpass"].iter().filter_map(|d| flow.child(cue, d)).any(spoken)
}

fn object_is(flow: &Flow<'_>, cue: usize, lemmas: &[&str]) -> bool {
    let object = flow.child(cue, "dobj").or(flow.child(cue, "nsubjpass"));
    object.is_some_and(|o| lemmas.contains(&flow.words[o].lemma.as_str()))
}

/// Whether a clause of `cue` is an infinitive: "asked them to send".
fn to_clause(flow: &Flow<'_>, cue: usize) -> bool {
    let infinitive = |&c: &usize| {
        matches!(flow.words[c].dep, "ccomp" | "xcomp" | "advcl")
            && flow.children(c).iter().any(|&t| flow.words[t].tag == "TO" && flow.words[t].dep == "aux")
    };
    flow.children(cue).iter().any(infinitive)
}

fn has_prep(flow: &Flow<'_>, cue: usize, preps: &[&str]) -> bool {
    let is = |&c: &usize| {
        matches!(flow.words[c].dep, "prep" | "prt" | "dative" | "advmod")
            && preps.contains(&flow.words[c].lower.as_str())
    };
    flow.children(cue).iter().any(is)
}

fn has_particle(flow: &Flow<'_>, cue: usize, particle: &str) -> bool {
    let is = |&c: &usize| matches!(flow.words[c].dep, "prt" | "advmod") && flow.words[c].lower == particle;
    flow.children(cue).iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::super::check::{check, check_stance};

    #[test]
    fn stances_of_cues() {
        check_stance("Kyiv accuses Belarus of letting arms pass to Russia.", "Asserts");
        check_stance("Officials believe that Russia is buying shells from North Korea.", "Believes");
        check_stance("The White House denied that it had approved the sale.", "Denies");
        check_stance("Reporters asked whether the missiles had been delivered.", "Asks");
        check_stance("Senators urged the president to halt the sale of jets to Egypt.", "Urges");
        check_stance("Lawmakers called for an embargo on arms to Sudan.", "Urges");
        check_stance("Turkey plans to buy 40 fighter jets from the United States.", "Intends");
        check_stance("The prime minister promised to send more tanks.", "Intends");
        check_stance("Canada announced a package of ammunition for Ukraine.", "Asserts");
        check_stance("Canada announced that the shells had arrived in Ukraine.", "Asserts");
        check_stance("Germany has not said that it will deliver the missiles.", "Asserts not");
        check_stance("Poland refused to sell the helicopters to Serbia.", "Intends not");
    }

    #[test]
    fn what_is_left_open() {
        check_stance("A spokesman for the ministry declined to comment on the shipment.", "Withholds");
        check_stance("The embassy would neither confirm nor deny the purchase.", "Withholds");
        check(
            "The agency could not confirm that the drones had crossed the border.",
            "agency / could not confirm / that the drones had crossed the border / Withholds",
        );
    }

    #[test]
    fn words_are_denied_and_bids_are_refused() {
        check_stance("North Korea dismissed the claims as a fabrication.", "Denies");
        check(
            "Moscow has repeatedly rejected claims that it received shells.",
            "RUS / has repeatedly rejected / claims that it received shells / Denies",
        );
        check_stance("The council rejected a bid to extend the embargo.", "Urges");
    }
}
