//! What PolNeAR does not annotate and claims need: "no evidence that", "reportedly", "would neither confirm nor deny".

use super::Stance;
use super::content_model::Link;
use super::cue_model::subject;
use super::cues::CueTable;
use super::find::{Found, source_words};
use super::flow::Flow;
use super::stance::{is_evidence, is_unaware, lacks_evidence, nothing_shows};

/// Adds to `found` what the rules of this module find at words that are no cues yet.
pub(crate) fn add(flow: &Flow<'_>, table: &CueTable, found: &mut Vec<Found>) {
    for i in 0..flow.words.len() {
        if found.iter().any(|f| f.link.cue == i) {
            continue;
        }
        let more = no_evidence(flow, i)
            .or_else(|| unaware(flow, i))
            .or_else(|| stated(flow, table, i))
            .or_else(|| hearsay(flow, table, i))
            .or_else(|| left_open(flow, i))
            .or_else(|| denial(flow, table, i))
            .or_else(|| kept_saying(flow, table, i));
        found.extend(more);
    }
    found.sort_by_key(|f| f.link.cue);
}

fn of(flow: &Flow<'_>, cue: usize, source: Option<usize>, content: (usize, usize)) -> Found {
    let source = source.filter(|s| !(content.0..=content.1).contains(s));
    let source_words = source.map_or(cue..cue, |s| source_words(flow, s, cue));
    let runs = [
        content.0..cue.clamp(content.0, content.1 + 1),
        (cue + 1).clamp(content.0, content.1 + 1)..content.1 + 1,
    ];
    let content = runs.into_iter().filter(|r| !r.is_empty()).collect();
    Found { link: Link { cue, source, source_words }, content }
}

/// "has seen no evidence that X", "there is no sign of X".
fn no_evidence(flow: &Flow<'_>, i: usize) -> Option<Found> {
    if let Some(shown) = nothing_shows(flow, i) {
        let object = ["ccomp", "dobj", "xcomp"].iter().find_map(|d| flow.child(shown, d))?;
        let source = flow.child(flow.words[i].head, "nsubj").filter(|&s| s != i);
        return Some(of(flow, i, source, flow.words[object].edges));
    }
    if !is_evidence(flow, i) || !lacks_evidence(flow, i) {
        return None;
    }
    let verb = flow.words[i].head;
    let clause =
        |at: usize| ["acl", "ccomp", "relcl"].iter().find_map(|d| flow.child(at, d)).filter(|&c| c > i);
    let of_noun = || {
        let of = flow.children(i).iter().find(|&&c| flow.words[c].dep == "prep" && c > i)?;
        flow.child(*of, "pobj").or(flow.child(*of, "pcomp"))
    };
    let content = clause(i).or_else(of_noun).or_else(|| clause(verb))?;
    let source = flow.child(verb, "nsubj").filter(|&s| s != i);
    Some(of(flow, i, source, flow.words[content].edges))
}

/// "is unaware of any deliveries", "not aware that they have arrived".
fn unaware(flow: &Flow<'_>, i: usize) -> Option<Found> {
    if !is_unaware(flow, i) {
        return None;
    }
    let of = || {
        let of =
            flow.children(i).iter().find(|&&c| flow.words[c].dep == "prep" && flow.words[c].lower == "of")?;
        flow.child(*of, "pobj").or(flow.child(*of, "pcomp"))
    };
    let content = flow.child(i, "ccomp").or_else(of)?;
    Some(self::of(flow, i, flow.child(flow.words[i].head, "nsubj"), flow.words[content].edges))
}

/// A verb of statements, or of calls on others, with who says it and what: "warns that", "accuses X of", "urges X to".
fn stated(flow: &Flow<'_>, table: &CueTable, i: usize) -> Option<Found> {
    let word = &flow.words[i];
    if word.pos != "VERB" {
        return None;
    }
    let stance = table.stance(&word.lemma, "VERB")?;
    let calls =
        matches!(word.lemma.as_str(), "urge" | "call" | "demand" | "appeal" | "implore" | "beg" | "propose");
    let vague = [
        "see", "know", "find", "show", "read", "prove", "continue", "learn", "mean", "feel", "discover",
        "call",
    ];
    let states = !matches!(stance, Stance::Urges | Stance::Intends | Stance::Asks);
    if !calls && (!states || vague.contains(&word.lemma.as_str())) {
        return None;
    }
    let source = subject(flow, i)?.0;
    if is_event(&flow.words[source].lemma) {
        return None; // "this purchase indicates that": nobody speaks
    }
    let preposition = |names: &[&str]| {
        let after = |c: &&usize| **c > i && flow.words[**c].dep == "prep";
        flow.children(i)
            .iter()
            .filter(after)
            .find(|&&c| names.contains(&flow.words[c].lower.as_str()))
            .copied()
    };
    let of_doing = || {
        let names: &[&str] = if faults(&word.lemma) { &["of", "for"] } else { &["of"] };
        let of = preposition(names).filter(|&p| flow.child(p, "pcomp").is_some())?;
        let object = flow.child(i, "dobj").filter(|&o| o > i)?;
        Some((flow.words[object].edges.0, flow.words[of].edges.1))
    };
    let clause = || flow.child(i, "ccomp").filter(|&c| c > i).map(|c| flow.words[c].edges);
    let to_do = || {
        let infinitive = flow.child(i, "xcomp").or(flow.child(i, "advcl")).filter(|&c| c > i)?;
        let first = flow.child(i, "dobj").or(preposition(&["on", "upon", "for", "to"])).filter(|&o| o > i);
        Some((
            first.map_or(infinitive, |f| flow.words[f].edges.0).min(infinitive),
            flow.words[infinitive].edges.1,
        ))
    };
    let content = match calls {
        true => clause().or_else(to_do).or_else(|| Some(flow.words[preposition(&["for"])?].edges))?,
        false => of_doing().or_else(clause)?,
    };
    Some(of(flow, i, Some(source), content))
}

/// Verbs that tell, of their object, a deed after "for"; "added ten firms to the list for selling" tells an act.
fn faults(lemma: &str) -> bool {
    const FAULTS: &[&str] = &[
        "condemn",
        "criticise",
        "criticize",
        "blame",
        "thank",
        "praise",
        "denounce",
        "rebuke",
        "fault",
        "slam",
        "applaud",
        "commend",
        "chide",
        "attack",
        "castigate",
        "lambast",
        "lambaste",
        "scold",
        "berate",
        "hail",
    ];
    FAULTS.contains(&lemma)
}

/// Whether a noun is of something that happens, which shows a thing and says nothing.
fn is_event(lemma: &str) -> bool {
    const EVENTS: &[&str] = &[
        "purchase",
        "sale",
        "deal",
        "delivery",
        "shipment",
        "transfer",
        "move",
        "step",
        "decision",
        "action",
        "acquisition",
        "visit",
        "use",
        "attack",
        "development",
        "fact",
        "case",
        "episode",
        "event",
        "situation",
        "seizure",
        "discovery",
        "presence",
        "increase",
        "lack",
        "need",
        "pattern",
        "trend",
        "reliance",
    ];
    EVENTS.contains(&lemma)
}

/// "reportedly", "allegedly": said, and not told by whom.
fn hearsay(flow: &Flow<'_>, table: &CueTable, i: usize) -> Option<Found> {
    let word = &flow.words[i];
    if word.pos != "ADV" || table.stance(&word.lemma, "ADV") != Some(Stance::Alleges) || word.head == i {
        return None;
    }
    Some(of(flow, i, None, flow.words[word.head].edges))
}

/// "would neither confirm nor deny X", "could not verify X".
fn left_open(flow: &Flow<'_>, i: usize) -> Option<Found> {
    let word = &flow.words[i];
    if word.pos != "VERB"
        || !matches!(word.lemma.as_str(), "confirm" | "verify" | "deny")
        || word.dep == "conj"
    {
        return None;
    }
    let joined =
        flow.child(i, "conj").filter(|&c| matches!(flow.words[c].lemma.as_str(), "deny" | "confirm"));
    let open = |c: &usize| {
        flow.words[*c].dep == "neg" || matches!(flow.words[*c].lower.as_str(), "neither" | "unable")
    };
    if !flow.children(i).iter().any(open) && joined.is_none() {
        return None;
    }
    let object = |at: usize| ["dobj", "ccomp"].iter().find_map(|d| flow.child(at, d));
    let content = object(i).or_else(|| joined.and_then(object))?;
    Some(of(flow, i, subject(flow, i).map(|s| s.0), flow.words[content].edges))
}

/// "denies that it arms them", "continues to deny arming them": a verb of denial with a clause for its object.
fn denial(flow: &Flow<'_>, table: &CueTable, i: usize) -> Option<Found> {
    let word = &flow.words[i];
    if word.pos != "VERB" || table.stance(&word.lemma, "VERB") != Some(Stance::Denies) {
        return None;
    }
    let gerund = |c: &usize| flow.words[*c].tag == "VBG" && *c > i;
    let content = flow.child(i, "ccomp").or_else(|| flow.child(i, "xcomp").filter(gerund))?;
    Some(of(flow, i, teller(flow, i), flow.words[content].edges))
}

/// "continues to insist that", "has gone on to say that": speech under a verb that only says that it goes on.
fn kept_saying(flow: &Flow<'_>, table: &CueTable, i: usize) -> Option<Found> {
    let word = &flow.words[i];
    let asserts = table.stance(&word.lemma, "VERB") == Some(Stance::Asserts);
    let above = flow.words[word.head].lemma.as_str();
    let goes_on = matches!(above, "continue" | "keep" | "go" | "persist" | "begin" | "start");
    if word.pos != "VERB" || word.dep != "xcomp" || !asserts || !goes_on {
        return None;
    }
    let content = flow.child(i, "ccomp").filter(|&c| flow.child(c, "mark").is_some())?;
    Some(of(flow, i, teller(flow, i), flow.words[content].edges))
}

/// The subject of a verb, or of the verb that it is the infinitive of.
fn teller(flow: &Flow<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..3 {
        if let Some(found) = flow.child(at, "nsubj") {
            return Some(found);
        }
        if !matches!(flow.words[at].dep, "xcomp" | "conj" | "ccomp") || flow.words[at].head == at {
            return None;
        }
        at = flow.words[at].head;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::check::check;

    #[test]
    fn no_evidence_is_the_speakers() {
        check(
            "The general said he had seen no evidence that China was supplying shells.",
            "general / evidence / that China was supplying shells / NoEvidence",
        );
        check(
            "There is no indication that the shells have arrived, the spokesman said.",
            "- / indication / that the shells have arrived / NoEvidence",
        );
    }

    #[test]
    fn denials_under_other_verbs() {
        check(
            "Belarus continues to deny that it arms the rebels.",
            "BLR / to deny / that it arms the rebels / Denies",
        );
    }

    #[test]
    fn hearsay_has_no_source() {
        check(
            "The rebels were reportedly armed by a neighbouring state.",
            "- / reportedly / The rebels were … armed by a neighbouring state. / Alleges",
        );
        check(
            "The brokers allegedly moved rifles to Somalia.",
            "- / allegedly / The brokers … moved rifles to Somalia. / Alleges",
        );
    }

    #[test]
    fn neither_confirmed_nor_denied() {
        check(
            "The embassy would neither confirm nor deny the purchase.",
            "embassy / confirm / the purchase / Withholds",
        );
    }
}
