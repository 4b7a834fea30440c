//! The speakers' turns of a transcript: "PRIME MINISTER: …", until the next speaker.

use std::ops::Range;

use model::{Basis, Directness};

use super::flow::Flow;
use super::settle::actor;
use super::{Attribution, Stance};
use crate::mentions::Cast;

/// How many words may name a speaker.
const LONGEST: usize = 8;

/// A block that opens with a speaker's name and a colon.
struct Turn {
    name: Range<usize>,
    /// The colon; the last word of the name where there is none ("Q").
    cue: usize,
}

/// The turns of a document with at least two of them; none of others, which have colons for other reasons.
pub(crate) fn find(flow: &Flow<'_>, cast: &Cast) -> Vec<Attribution> {
    let starts = (0..flow.words.len()).filter(|&i| i == 0 || flow.words[i - 1].block != flow.words[i].block);
    let starts: Vec<usize> = starts.collect();
    let of = |i: usize| turn(flow, i).or_else(|| record_turn(flow, i)).or_else(|| hansard_turn(flow, i));
    let mut turns: Vec<Turn> = starts.iter().filter_map(|&i| of(i)).collect();
    let named: Vec<Turn> = starts.iter().filter_map(|&i| named_turn(flow, cast, i)).collect();
    if named.iter().any(|t| asks(flow, t)) || named.len() > 2 && turns.is_empty() {
        turns.extend(named.into_iter().filter(|n| turns.iter().all(|t| t.cue != n.cue)).collect::<Vec<_>>());
        turns.sort_by_key(|t| t.cue);
    }
    if turns.len() < 2 {
        return Vec::new();
    }
    let ends = turns.iter().skip(1).map(|t| t.name.start).chain([flow.words.len()]);
    turns.iter().zip(ends).filter_map(|(turn, end)| attribution(flow, cast, turn, end)).collect()
}

fn turn(flow: &Flow<'_>, start: usize) -> Option<Turn> {
    let block = flow.words[start].block;
    let longest = flow.words.len().min(start + LONGEST);
    if flow.words[start].text == "Q"
        && flow.words.get(start + 1).is_some_and(|w| w.text != ":" && w.block == block)
    {
        return Some(Turn { name: start..start + 1, cue: start });
    }
    let cue = (start + 1..longest).find(|&i| flow.words[i].text == ":" && flow.words[i].block == block)?;
    let capital = |i: usize| {
        let text = flow.words[i].text;
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        letters().next().is_none() || (letters().all(char::is_uppercase))
    };
    let letters = (start..cue).map(|i| flow.words[i].text.len()).sum::<usize>();
    ((start..cue).all(capital) && letters > 0 && flow.words[start].pos != "PUNCT")
        .then_some(Turn { name: start..cue, cue })
}

/// A turn in a parliament's record: "Mr. MURPHY. Mr. President, …", "The SPEAKER pro tempore. …".
fn record_turn(flow: &Flow<'_>, start: usize) -> Option<Turn> {
    let block = flow.words[start].block;
    let longest = flow.words.len().min(start + LONGEST);
    let title = matches!(flow.words[start].text, "Mr." | "Mrs." | "Ms." | "Miss" | "Dr." | "The" | "Senator");
    let cue = (start + 2..longest).find(|&i| flow.words[i].text == "." && flow.words[i].block == block)?;
    let capitals = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let loud = |word: &str| capitals(word) && word.chars().filter(|c| c.is_lowercase()).count() <= 2;
    let place = |i: usize| {
        let word = flow.words[i].text;
        matches!(word, "of" | "pro" | "tempore")
            || flow.words[i - 1].text == "of"
            || word.starts_with(char::is_uppercase)
    };
    let rest = start + 2..cue;
    (title && loud(flow.words[start + 1].text) && rest.into_iter().all(place))
        .then_some(Turn { name: start..cue, cue })
}

/// A turn in a Hansard: "Senator ROE:", "Mr Doe :", "Mr ROE (Bass) (14:22): …", "Mr DOE (Kennedy) - by leave- …".
fn hansard_turn(flow: &Flow<'_>, start: usize) -> Option<Turn> {
    let block = flow.words[start].block;
    let end = flow.words.len().min(start + 4 * LONGEST);
    let inside = |i: &usize| flow.words[*i].block == block;
    let title = matches!(
        flow.words[start].text.trim_end_matches('.'),
        "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "Senator" | "Sir" | "Dame"
    );
    let name = |i: &usize| {
        let word = flow.words[*i].text;
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '.')
            || word == "-" && flow.words.get(i + 1).is_some_and(|w| w.text.starts_with(char::is_uppercase))
    };
    let last = (start + 1..end).filter(inside).take_while(name).last().filter(|_| title)?;
    let mut at = last + 1;
    let mut described = false;
    while at < end && inside(&at) && flow.words[at].text.starts_with('(') {
        at = (at..end).take_while(inside).find(|&i| flow.words[i].text.contains(')'))?;
        described = true;
        if flow.words[at].text.ends_with(':') {
            return Some(Turn { name: start..last + 1, cue: at }); // "(14:22):"
        }
        at += 1;
    }
    let loud = flow.words[start + 1].text.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let opens = flow.words.get(at).filter(|w| w.block == block)?.text;
    let ends = opens == ":" || described && loud && matches!(opens, "-" | "–" | "—");
    ends.then(|| Turn { name: start..last + 1, cue: at })
}

/// A turn whose speaker stands in small letters: "Reporter: …", "Jane Roe: …".
fn named_turn(flow: &Flow<'_>, cast: &Cast, start: usize) -> Option<Turn> {
    let block = flow.words[start].block;
    let longest = flow.words.len().min(start + LONGEST);
    let cue = (start + 1..longest).find(|&i| flow.words[i].text == ":" && flow.words[i].block == block)?;
    let label = cue == start + 1 && is_label(flow.words[start].lower.as_str());
    let person = |i: usize| {
        actor(flow, cast, i).is_some_and(|a| cast.actors[a].kind == crate::mentions::ActorKind::Person)
    };
    let name = (start..cue).all(|i| flow.words[i].text.starts_with(char::is_uppercase)) && person(cue - 1);
    (label || name).then_some(Turn { name: start..cue, cue })
}

/// Whether a word is what stands before a turn in place of a name.
fn is_label(word: &str) -> bool {
    matches!(
        word,
        "q" | "a"
            | "question"
            | "answer"
            | "journalist"
            | "reporter"
            | "host"
            | "interviewer"
            | "moderator"
            | "spokesperson"
            | "spokesman"
            | "spokeswoman"
            | "correspondent"
            | "media"
    )
}

/// "Answer:", which names nobody: the house that gives it speaks.
fn is_bare_answer(flow: &Flow<'_>, turn: &Turn) -> bool {
    turn.name.len() == 1 && matches!(flow.words[turn.name.start].lower.as_str(), "answer" | "a")
}

fn asks(flow: &Flow<'_>, turn: &Turn) -> bool {
    turn.name.clone().any(|i| {
        matches!(
            flow.words[i].lower.as_str(),
            "q" | "question" | "journalist" | "reporter" | "host" | "interviewer" | "correspondent" | "media"
        )
    })
}

fn attribution(flow: &Flow<'_>, cast: &Cast, turn: &Turn, end: usize) -> Option<Attribution> {
    let content = turn.cue + 1..end;
    if content.is_empty() {
        return None;
    }
    let asks = asks(flow, turn);
    Some(Attribution {
        source: flow.places(turn.name.clone()).into_iter().next().filter(|_| !is_bare_answer(flow, turn)),
        actor: turn.name.clone().rev().find_map(|i| actor(flow, cast, i)),
        cue: flow.places(turn.cue..turn.cue + 1),
        content: flow.places(content),
        stance: if asks { Stance::Asks } else { Stance::Asserts },
        negated: false,
        basis: Basis::NoneGiven,
        directness: Directness::Direct,
        chain: Vec::new(),
        parent: None,
        by_instrument: false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::check::{check, show};

    const TALK: &str = "PRIME MINISTER: We will send six more vehicles.\nThey leave next week.\n\
        JOURNALIST: Have the missiles been ordered?\nPRIME MINISTER: Yes, they have.";

    #[test]
    fn a_turn_lasts_until_the_next_speaker() {
        check(
            TALK,
            "PRIME MINISTER / : / We will send six more vehicles. … They leave next week. / Asserts direct",
        );
        check(TALK, "JOURNALIST / : / Have the missiles been ordered? / Asks direct");
        check(TALK, "PRIME MINISTER / : / Yes, they have. / Asserts direct");
    }

    #[test]
    fn records_of_parliaments_have_turns() {
        let debate = "Mr. ROE. Mr. President, we sold the jets.\nThey are old.\n\
            Ms. McDOE of Ohio. Mr. Speaker, I thank my friend.";
        check(debate, "ROE / . / Mr. President, we sold the jets. … They are old. / Asserts direct");
    }

    #[test]
    fn hansards_name_the_seat_and_the_hour() {
        let debate = "Senator ROE: We sold the jets.\nMr Doe : They are old.\n\
            Mr McDOE (Kennedy) (14:22): The ships were sold.";
        check(debate, "ROE / : / We sold the jets. / Asserts direct");
        check(debate, "Doe / : / They are old. / Asserts direct");
        check(debate, "McDOE / ): / The ships were sold. / Asserts direct");
    }

    #[test]
    fn one_colon_makes_no_transcript() {
        let lines = show("BACKGROUND: The tanks were built in 1985.\nThey were stored for years.");
        assert!(lines.iter().all(|l| !l.contains("stored")), "{lines:?}");
    }
}
