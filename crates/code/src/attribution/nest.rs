//! Statements inside statements: which attribution stands in which, and through whom it came.

use model::Basis;

use super::Attribution;
use super::cues::CueTable;
use crate::mentions::{ActorKind, Cast};
use crate::text::{Place, Text};

fn size(attribution: &Attribution) -> usize {
    attribution.content.iter().map(|p| p.end - p.first).sum()
}

fn holds(content: &[Place], place: &Place) -> bool {
    content.iter().any(|p| p.holds(place.at, place.first))
}

/// Sets the parent of each attribution: the one with the least content that holds its cue, and has more than its own.
pub(crate) fn set_parents(attributions: &mut [Attribution]) {
    for i in 0..attributions.len() {
        let Some(cue) = attributions[i].cue.first().cloned() else { continue };
        let own = size(&attributions[i]);
        let parent = (0..attributions.len())
            .filter(|&j| j != i && size(&attributions[j]) > own && holds(&attributions[j].content, &cue))
            .min_by_key(|&j| size(&attributions[j]));
        attributions[i].parent = parent;
    }
}

/// Adds to each chain the outlets in whose statements the attribution stands, nearest first.
pub(crate) fn set_chains(attributions: &mut [Attribution], cast: &Cast) {
    for i in 0..attributions.len() {
        let mut at = attributions[i].parent;
        while let Some(outer) = at {
            let actor = attributions[outer].actor.map(|a| &cast.actors[a]);
            if let Some(outlet) = actor.filter(|a| a.kind == ActorKind::Outlet)
                && attributions[outer].actor != attributions[i].actor
                && !attributions[i].chain.contains(&outlet.id)
            {
                attributions[i].chain.push(outlet.id.clone());
            }
            at = attributions[outer].parent;
        }
    }
}

/// Gives a source that says once what it goes by, intelligence or imagery, the same basis for all that it states.
pub(crate) fn spread_bases(attributions: &mut [Attribution]) {
    let told: Vec<(usize, Basis)> = attributions
        .iter()
        .filter(|a| matches!(a.basis, Basis::Intelligence | Basis::SatelliteImagery))
        .filter_map(|a| Some((a.actor?, a.basis)))
        .collect();
    for attribution in attributions.iter_mut().filter(|a| a.basis == Basis::NoneGiven && a.is_statement()) {
        let basis = told.iter().find(|(actor, _)| Some(*actor) == attribution.actor);
        attribution.basis = basis.map_or(Basis::NoneGiven, |(_, basis)| *basis);
    }
}

/// How many sentences back the maker of "the statement" may have spoken.
const BACK: usize = 4;

/// Gives "the statement said" the speaker of the statement last before it, where it names none itself.
///
/// "The letter" and "the senators" in a legislator's release are the release's own, so its owner speaks there. A
/// letter or report that is nobody's is taken for no speaker: it says nothing that the author does not. "I" and "we" are the
/// speaker of the statement around them, or the owner.
pub(crate) fn set_makers(attributions: &mut [Attribution], text: &Text<'_>, cast: &Cast, table: &CueTable) {
    let owner = cast.author;
    for i in 0..attributions.len() {
        let Some(source) = attributions[i].source.clone() else { continue };
        let parse = text.blocks[source.at].parse;
        if source.end - source.first == 1 && matches!(parse.token(source.first).lemma(), "I" | "we") {
            let outer = attributions[i].parent.map(|p| attributions[p].actor);
            let before = quoted_before(attributions, i).filter(|_| outer.is_none() && owner.is_none());
            if let Some(parent) = attributions[i].parent.filter(|_| outer == Some(None)) {
                attributions[i].source =
                    attributions[parent].source.clone().or(attributions[i].source.take());
            }
            attributions[i].actor = outer.unwrap_or(owner).or(attributions[i].actor);
            if let Some(before) = before {
                attributions[i].actor = attributions[before].actor;
                attributions[i].source = attributions[before].source.clone();
            }
            continue;
        }
        if attributions[i].actor.is_none()
            && matches!(parse.token(source.end - 1).text(), "he" | "He" | "she" | "She")
        {
            let person = |a: &usize| cast.actors[*a].kind == ActorKind::Person;
            attributions[i].actor = maker(attributions, text, &source).filter(person);
        }
        let unnamed = attributions[i].actor.is_none_or(|a| cast.actors[a].kind == ActorKind::Unnamed);
        if !unnamed {
            continue;
        }
        let head = parse.token(source.end - 1);
        let definite = matches!(parse.token(source.first).lemma(), "the" | "this" | "that");
        let spoken = head.pos() == "NOUN" && table.stance(head.lemma(), "NOUN").is_some();
        if matches!(head.lemma(), "report" | "article") && attributions[i].actor.is_none() {
            attributions[i].by_instrument = true;
            continue;
        }
        if !definite {
            continue;
        }
        match head.lemma() {
            "senator" | "lawmaker" | "member" | "congressman" | "representative" if owner.is_some() => {
                attributions[i].actor = owner;
            }
            "letter" => {
                attributions[i].actor = owner;
                attributions[i].by_instrument = owner.is_none();
            }
            _ if spoken && head.tag() == "NN" => attributions[i].actor = maker(attributions, text, &source),
            _ => {}
        }
    }
}

/// The quotation before statement `i` in its block, whose speaker goes on: "We think so," he said. "We have no proof."
fn quoted_before(attributions: &[Attribution], i: usize) -> Option<usize> {
    let cue = attributions[i].cue.first()?;
    let before = |j: &usize| {
        let other = &attributions[*j];
        let near = other.cue.first().is_some_and(|c| c.at == cue.at && c.first < cue.first);
        near && other.source.is_some()
            && other.directness != model::Directness::Indirect
            && other.is_statement()
    };
    (0..attributions.len()).filter(before).max_by_key(|&j| attributions[j].cue.first().map(|c| c.first))
}

/// Who spoke last before `place`, if it is not far.
fn maker(attributions: &[Attribution], text: &Text<'_>, place: &Place) -> Option<usize> {
    let before = |a: &&Attribution| {
        let speaks = a.is_statement() && a.actor.is_some() && a.parent.is_none();
        speaks && a.source.as_ref().is_some_and(|s| s < place && sentences(text, s, place) <= BACK)
    };
    attributions.iter().filter(before).max_by(|a, b| a.source.cmp(&b.source)).and_then(|a| a.actor)
}

/// How many sentences lie between two places, the first before the second.
fn sentences(text: &Text<'_>, first: &Place, second: &Place) -> usize {
    let starts = |at: usize, from: usize, to: usize| {
        (from..to).filter(|&i| text.blocks[at].parse.token(i).is_sent_start()).count()
    };
    if first.at == second.at {
        return starts(first.at, first.first + 1, second.first + 1);
    }
    let between: usize = (first.at + 1..second.at).map(|at| text.blocks[at].parse.sentences().len()).sum();
    starts(first.at, first.first + 1, text.blocks[first.at].parse.len())
        + between
        + starts(second.at, 0, second.first + 1)
}

#[cfg(test)]
mod tests {
    use super::super::check::{show, show_published};

    fn holds(lines: &[String], expected: &str) {
        assert!(lines.iter().any(|l| l == expected), "{expected} is not in {lines:#?}");
    }

    #[test]
    fn a_statement_belongs_to_who_spoke_before() {
        let lines =
            show("A German official said the guns were sold.\n\"They went by rail,\" the statement said.");
        let who = |words: &str| {
            lines.iter().find(|l| l.contains(words)).and_then(|l| l.split(" / ").next()).map(str::to_owned)
        };
        assert!(who("by rail").is_some());
        assert_eq!(who("by rail"), who("guns"), "{lines:#?}");
    }

    #[test]
    fn the_letter_in_a_release_is_its_owners() {
        let publisher = "Office of Jane Roe (US Congress, roe.senate.gov)";
        let words = "Senator Jane Roe wrote to the president.\n\"The sale must end,\" the senators wrote.";
        holds(
            &show_published(words, publisher),
            "Jane Roe / wrote / \"The sale must end,\" / Asserts direct",
        );
    }
}
