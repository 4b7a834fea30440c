//! Whose an office is that many states have: "the Ministry of Defence", "the Senate".
//!
//! It is the state's that the words beside it name, else the publisher's own, else that of the dateline or of the state
//! last named; where nothing tells, it stays nobody's.

use super::builder::Builder;
use super::names::{Named, What};
use super::offices::{side_after, side_in};
use super::phrase::{head_of, phrase_start};
use super::tables::Noun;
use super::{ActorKind, Form};
use crate::text::Parsed;

/// How many blocks back the state may have been named whose office it is.
const REACH_BLOCKS: usize = 3;

/// Reads where the document was written, off its dateline: "SKOPJE, March 5 (Meridian Press) -".
pub(super) fn read(builder: &mut Builder<'_>) {
    let found = (0..builder.text.blocks.len().min(5)).find_map(|at| Some((at, dateline(builder, at)?)));
    let Some((at, (state, end))) = found else { return };
    builder.dateline = Some((at, end));
    builder.seat = builder.seat.take().or(Some(state));
}

/// Reads "the North" and "the South" as the Koreas, where the document names either.
pub(super) fn read_halves(builder: &mut Builder<'_>) {
    let named = |id: &str| {
        let entry = builder.book.actors.index(id)?;
        let is = |n: &Named| matches!(n.what, What::Entry(e, _) if e == entry);
        builder.names.iter().flatten().any(is).then_some(entry)
    };
    if named("PRK").is_none() && named("KOR").is_none() {
        return;
    }
    for at in 0..builder.text.blocks.len() {
        let block = builder.block(at);
        for i in 1..block.parse.len() {
            let token = block.token(i);
            let half = match token.text() {
                "North" => "PRK",
                "South" => "KOR",
                _ => continue,
            };
            let joined =
                i + 1 < block.parse.len() && block.token(i + 1).text().starts_with(char::is_uppercase);
            let alone = block.token(i - 1).text().eq_ignore_ascii_case("the") && !joined;
            let place = i > 1 && matches!(block.token(i - 2).text(), "in" | "from" | "across" | "of");
            let taken = builder.names[at].iter().any(|n| n.tokens.contains(&i));
            if let Some(entry) = builder.book.actors.index(half).filter(|_| alone && !place && !taken) {
                let what = What::Entry(entry, Form::Name);
                builder.names[at].push(Named { tokens: i..i + 1, bytes: token.range(), what });
            }
        }
        builder.names[at].sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    }
}

/// Whether a token stands in the dateline: where the story was written, which is nobody.
pub(super) fn in_dateline(builder: &Builder<'_>, at: usize, token: usize) -> bool {
    let end = builder.dateline.filter(|(block, _)| *block == at).map(|(_, end)| end);
    end.is_some_and(|end| builder.block(at).token(token).range().start < end)
}

/// The state of a block's dateline, and the byte where that ends.
fn dateline(builder: &Builder<'_>, at: usize) -> Option<(String, usize)> {
    let text = builder.block(at).parse.text();
    let end = [" - ", " — ", " – ", "--", " —", "(", ": "].iter().filter_map(|dash| text.find(dash)).min()?;
    let place = text.get(..end).filter(|p| p.len() < 50)?;
    let first = place.split([',', '(', '/']).next()?.trim();
    let capitals = first.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let dated = place.contains(',') || text.get(end..)?.starts_with('(');
    if first.is_empty() || !(capitals || dated) {
        return None;
    }
    let title: Vec<String> = first.split(' ').map(titled).collect();
    let found = builder.book.actors.names.get(&title.join(" "))?.entry;
    let entry = &builder.book.actors.entries[found];
    (entry.kind == ActorKind::State).then(|| (entry.id.clone(), end))
}

/// A word in capitals as names are written.
fn titled(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().into_iter().chain(signs.flat_map(char::to_lowercase)).collect()
}

/// The state whose office heads the page: "Ministry of Economy / Republic of North Macedonia".
pub(super) fn letterhead(builder: &Builder<'_>) -> Option<String> {
    let mut office = false;
    let mut state = None;
    for at in 0..builder.text.blocks.len().min(3) {
        let block = builder.block(at);
        if !is_heading(block) {
            break;
        }
        office |= builder.nouns[at].iter().any(|n| n.noun == Noun::Office);
        let named = builder.names[at].iter().find_map(|n| match n.what {
            What::Entry(entry, Form::Name) => {
                let entry = &builder.book.actors.entries[entry];
                (entry.kind == ActorKind::State).then(|| entry.id.clone())
            }
            _ => None,
        });
        state = state.or(named);
    }
    state.filter(|_| office)
}

/// Whether a block is of names alone, as a letterhead is: capitals, no verb, no full stop.
fn is_heading(block: &Parsed<'_>) -> bool {
    const HEADS: &[&str] = &[
        "ministry",
        "department",
        "government",
        "embassy",
        "presidency",
        "office",
        "service",
        "mission",
        "forces",
        "affairs",
    ];
    let small = |t: lang::Token<'_>| matches!(t.text(), "of" | "the" | "for" | "and" | "to" | "on" | "in");
    let word = |t: lang::Token<'_>| t.text().chars().all(char::is_alphabetic);
    let capital = |t: lang::Token<'_>| t.text().starts_with(char::is_uppercase);
    let states = |t: lang::Token<'_>| HEADS.contains(&t.text().to_lowercase().as_str());
    let alone = block.parse.len() <= 5;
    block.parse.len() <= 14
        && (alone || block.parse.tokens().any(states))
        && block.parse.tokens().all(|t| {
            (!word(t) || small(t) || capital(t))
                && !t.tag().starts_with("VB")
                && !matches!(t.text(), ":" | "." | "?")
        })
}

/// The state whose office a name is that the codebook knows as one state's and many have; `None` for that one.
pub(super) fn of_shared(builder: &Builder<'_>, at: usize, named: &Named, entry: usize) -> Option<String> {
    let block = builder.block(at);
    if !builder.book.actors.is_shared(block.parse.words(named.tokens.clone())) {
        return None;
    }
    let usual = builder.book.actors.entries[entry].affiliation.clone()?;
    let other = |s: &String| s.len() == 3 && *s != usual;
    if let Some(beside) = beside(builder, at, named) {
        return Some(beside).filter(other);
    }
    if let Some(home) = builder.cast.home {
        return Some(builder.cast.actors[home].id.clone()).filter(other);
    }
    let known = builder.names.iter().enumerate().any(|(block, names)| {
        let words = |n: &Named| builder.block(block).parse.words(n.tokens.clone()).to_owned();
        names.iter().any(|n| match n.what {
            What::Entry(e, _) => {
                let entry = &builder.book.actors.entries[e];
                entry.affiliation.as_ref() == Some(&usual) && !builder.book.actors.is_shared(&words(n))
            }
            _ => false,
        })
    });
    if known {
        return None;
    }
    builder.seat.clone().or_else(|| state_before(builder, at, named.tokens.start)).filter(other)
}

/// The state whose office a name is that stands in no table: "the Ministry of Economy".
pub(super) fn of_office(builder: &Builder<'_>, at: usize, named: &Named) -> Option<String> {
    let words = builder.block(at).parse.words(named.tokens.clone()).to_lowercase();
    const COMMON: &[&str] = &[
        "ministry",
        "defence ministry",
        "defense ministry",
        "foreign ministry",
        "interior ministry",
        "department of",
        "parliament",
        "cabinet",
        "national assembly",
        "customs",
        "coast guard",
        "navy",
        "army",
        "air force",
        "armed forces",
        "general staff",
        "council of ministers",
        "presidency",
        "office of the president",
    ];
    if !COMMON.iter().any(|c| words.starts_with(c)) {
        return None;
    }
    let home = builder.cast.home.map(|h| builder.cast.actors[h].id.clone()).filter(|id| id.len() == 3);
    home.or_else(|| builder.seat.clone()).or_else(|| state_before(builder, at, named.tokens.start))
}

/// The state that the words of the same phrase name: "the Nigerian Senate", "the Senate of Nigeria".
fn beside(builder: &Builder<'_>, at: usize, named: &Named) -> Option<String> {
    let block = builder.block(at);
    let start = phrase_start(block, head_of(block, &named.tokens)).min(named.tokens.start);
    side_in(builder, at, start..named.tokens.start)
        .or_else(|| side_after(builder, at, named.tokens.end, &["of"]))
        .filter(|s| s.len() == 3)
}

/// The state that was named last before a token.
fn state_before(builder: &Builder<'_>, at: usize, token: usize) -> Option<String> {
    if let Some(state) = subject_before(builder, at, token) {
        return Some(state);
    }
    (at.saturating_sub(REACH_BLOCKS)..=at).rev().find_map(|block| {
        let before = builder.names[block].iter().rev().filter(|n| block < at || n.tokens.end <= token);
        before.into_iter().find_map(|n| match n.what {
            What::Entry(entry, _) => {
                let entry = &builder.book.actors.entries[entry];
                (entry.kind == ActorKind::State && entry.id.len() == 3).then(|| entry.id.clone())
            }
            _ => None,
        })
    })
}

/// The state that is the subject of the sentence before a token's own: who that sentence is about.
fn subject_before(builder: &Builder<'_>, at: usize, token: usize) -> Option<String> {
    let parse = builder.block(at).parse;
    let own = parse.token(token).sentence().start;
    let sentence = parse.token(own.checked_sub(1)?).sentence();
    let root = sentence.clone().map(|i| parse.token(i)).find(|t| t.is_root())?;
    let subject = root.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"))?.index();
    builder.names[at].iter().find_map(|n| match n.what {
        What::Entry(entry, _) if n.tokens.contains(&subject) => {
            let entry = &builder.book.actors.entries[entry];
            (entry.kind == ActorKind::State && entry.id.len() == 3).then(|| entry.id.clone())
        }
        _ => None,
    })
}
