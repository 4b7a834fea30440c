//! Persons: one actor for all forms of a name, with role and affiliation from the words around it.

use std::ops::Range;

use super::builder::Builder;
use super::names::{Named, NounHit, What, name_words};
use super::offices::{side_after, side_in};
use super::tables::Noun;
use super::{Actor, ActorKind, Form};
use crate::lexicon::folded;
use crate::text::Parsed;

/// A person as far as known.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// Index into the cast's actors.
    pub actor: usize,
    /// The words of the fullest name.
    pub words: Vec<String>,
    /// The codebook's entry with this full name.
    pub entry: Option<usize>,
    /// What the noun of the role says.
    pub noun: Option<Noun>,
}

/// A role read beside a name.
struct Role {
    words: String,
    noun: Noun,
    side: Option<String>,
}

/// Adds a mention of a person, new or known.
pub(super) fn read_name(builder: &mut Builder<'_>, at: usize, named: &Named, entry: Option<usize>) {
    let block = builder.block(at);
    let name =
        block.parse.words(named.tokens.clone()).trim_end_matches("'s").trim_end_matches("’s").to_owned();
    let words = name_words(&name);
    if words.is_empty() {
        return;
    }
    let person = find_or_add(builder, &name, words, entry);
    let role =
        role_before(builder, at, named.tokens.start).or_else(|| role_after(builder, at, named.tokens.end));
    let member = is_member_in_brackets(block, named.tokens.end);
    let actor = builder.people[person].actor;
    if let Some(role) = role {
        let known = &mut builder.cast.actors[actor];
        if known.affiliation.is_none() && role.side.is_some() || known.role.is_none() {
            known.affiliation = role.side.or(known.affiliation.take());
            known.role = Some(role.words);
            builder.people[person].noun = Some(role.noun);
        }
    }
    if member && builder.cast.actors[actor].affiliation.is_none() {
        builder.cast.actors[actor].affiliation = Some(chamber_of(builder));
        builder.people[person].noun = Some(Noun::Member);
    }
    builder.mention(at, named.tokens.clone(), actor, Form::Name);
    if let Some(first) = office_of(builder, at, named.tokens.start) {
        builder.mention(at, first..named.tokens.end, actor, Form::Name);
    }
}

/// Where the office begins that stands before its holder's name with what it is of between them: "Secretary of State
/// for Defence Ben Wallace".
fn office_of(builder: &Builder<'_>, at: usize, start: usize) -> Option<usize> {
    let block = builder.block(at);
    let hit = builder.nouns[at].iter().rev().find(|n| is_personal(n.noun) && n.tokens.end <= start)?;
    let between = hit.tokens.end..start;
    let of =
        between.len() > 1 && between.len() < 8 && matches!(block.token(hit.tokens.end).text(), "of" | "for");
    let named = block.token(start - 1).text().starts_with(char::is_uppercase);
    let plain = hit.noun == Noun::Role && between.clone().all(|i| joins_role(block, i));
    (of && named && plain && block.token(start).sentence() == block.token(hit.tokens.start).sentence())
        .then_some(hit.tokens.start)
}

/// Whether a name of one word is the last name of somebody who was named before: "Psaki", which the parser calls a body.
pub(super) fn is_surname(builder: &Builder<'_>, at: usize, named: &Named) -> bool {
    let words = name_words(builder.block(at).parse.words(named.tokens.clone()));
    let [one] = words.as_slice() else { return false };
    builder.people.iter().any(|p| p.words.len() > 1 && p.words.last() == Some(one))
}

/// The person with this name, who may be known by a shorter or longer form.
fn find_or_add(builder: &mut Builder<'_>, name: &str, words: Vec<String>, entry: Option<usize>) -> usize {
    let same = |p: &Person| same_person(&p.words, &words) || (entry.is_some() && p.entry == entry);
    if let Some(at) = builder.people.iter().rposition(same) {
        let person = &mut builder.people[at];
        person.entry = person.entry.or(entry);
        let known = &mut builder.cast.actors[person.actor];
        if words.len() > person.words.len() {
            person.words = words;
            known.id = name.to_owned();
        }
        return at;
    }
    let actor = builder.actor(&format!("person:{}:{}", words.join(" "), builder.people.len()), || Actor {
        id: name.to_owned(),
        name: String::new(),
        kind: ActorKind::Person,
        role: None,
        affiliation: None,
        stands_for: None,
    });
    builder.people.push(Person { actor, words, entry, noun: None });
    builder.people.len() - 1
}

/// Whether two names can be one person's: one is the other's last name, or part of it, or first names begin alike.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match short {
        [] => false,
        [one] => {
            long.last() == Some(one)
                || (long.len() > 2 && long[1..].contains(one))
                || is_family_first(one, long)
        }
        _ if short.last() != long.last() => short.iter().all(|w| long.contains(w)),
        _ => {
            short[0] == long[0]
                || short[0].starts_with(&long[0])
                || long[0].starts_with(&short[0])
                || long.contains(&short[0])
        }
    }
}

/// Chinese and Korean names put the family first: "Kim" for "Kim Jong Un", "Xi" for "Xi Jinping".
fn is_family_first(one: &str, long: &[String]) -> bool {
    const FAMILIES: &[&str] = &[
        "kim", "lee", "park", "choi", "choe", "moon", "yoon", "roh", "xi", "wang", "li", "hu", "jiang",
        "zhang", "mao", "qin", "hua", "zhao", "lin", "chen", "tsai", "lai", "ban", "cho", "chung", "kang",
        "shin", "suh", "ri", "pak", "wei", "liu", "wu", "yang", "wen", "tan", "geng", "ma", "guo", "he",
        "fu", "lu",
    ];
    long.first().is_some_and(|f| f == one) && FAMILIES.contains(&one)
}

/// The role in the words before a name: "National Security Council spokesman", "Russia's ambassador to X,".
fn role_before(builder: &Builder<'_>, at: usize, start: usize) -> Option<Role> {
    let block = builder.block(at);
    let mut end = start;
    let title = |t: &str| {
        matches!(
            t,
            "Sheikh"
                | "General"
                | "Gen."
                | "Lieutenant"
                | "Colonel"
                | "Col."
                | "Major"
                | "Admiral"
                | "Sir"
                | "Lord"
                | "Prince"
                | "Dr"
                | "Dr."
                | "Mr"
                | "Mr."
                | "Mrs"
                | "Ms"
                | "Ayatollah"
                | "Captain"
                | "Brigadier"
                | "Marshal"
                | "King"
                | "Emir"
                | "Sultan"
                | "Lt."
                | "Air"
        )
    };
    let mut titled = end;
    while titled > 0 && title(block.token(titled - 1).text()) {
        titled -= 1;
    }
    // "the minister, General X": the office counts more than the rank, where one stands before the comma.
    let office = |comma: usize| {
        let hit = builder.nouns[at].iter().rev().find(|n| is_personal(n.noun) && n.tokens.end <= comma);
        hit.is_some_and(|h| comma - h.tokens.end <= 16 && (h.tokens.end..comma).all(|i| joins_role(block, i)))
    };
    if titled > 0 && block.token(titled - 1).text() == "," && office(titled - 1) {
        end = titled;
    }
    if end > 0 && matches!(block.token(end - 1).text(), ",") {
        end -= 1;
    }
    let hit = builder.nouns[at].iter().rev().find(|n| is_personal(n.noun) && n.tokens.end <= end)?;
    let owns = |i: usize| block.token(i).tag() == "POS";
    if end - hit.tokens.end > 16 || !(hit.tokens.end..end).all(|i| joins_role(block, i) && !owns(i)) {
        return None;
    }
    // "the minister, Jane Doe" needs the comma; without it nothing but "of X" may stand between.
    if end != start && role_is_subject(block, hit, start) {
        return None;
    }
    let first = role_start(block, hit.tokens.start);
    Some(read_role(builder, at, first..end, hit))
}

/// Whether the role before the comma governs a verb of its own, so that the name begins another phrase.
fn role_is_subject(block: &Parsed<'_>, hit: &NounHit, start: usize) -> bool {
    let head = block.token(hit.tokens.end - 1);
    let name = block.token(start);
    name.sentence() != head.sentence()
}

/// The role in the words after a name: ", the spokesman for X,".
fn role_after(builder: &Builder<'_>, at: usize, end: usize) -> Option<Role> {
    let block = builder.block(at);
    let mut comma = end;
    if comma < block.parse.len() && block.token(comma).text() == "(" {
        comma = (comma..block.parse.len().min(comma + 8)).find(|&i| block.token(i).text() == ")")? + 1;
    }
    if comma >= block.parse.len() || block.token(comma).text() != "," {
        return None;
    }
    let hit = builder.nouns[at].iter().find(|n| is_personal(n.noun) && n.tokens.start > comma)?;
    if hit.tokens.start - comma > 8 || !(comma + 1..hit.tokens.start).all(|i| is_before_role(block, i)) {
        return None;
    }
    let mut last = hit.tokens.end;
    while last < block.parse.len() && last < hit.tokens.end + 9 && joins_role(block, last) {
        last += 1;
    }
    // "X, the minister Y": the role belongs to the name that follows.
    let names = &builder.names[at];
    if names.iter().any(|n| n.tokens.start == hit.tokens.end && matches!(n.what, What::Person)) {
        return None;
    }
    Some(read_role(builder, at, comma + 1..last, hit))
}

fn read_role(builder: &Builder<'_>, at: usize, tokens: Range<usize>, hit: &NounHit) -> Role {
    let block = builder.block(at);
    let side = side_in(builder, at, tokens.start..hit.tokens.start)
        .or_else(|| side_after(builder, at, hit.tokens.end, &["of", "for", "at", "with"]))
        .or_else(|| {
            let text = block.parse.words(hit.tokens.end..tokens.end);
            let to = text.trim_start().starts_with("to ");
            if to { None } else { side_in(builder, at, hit.tokens.end..tokens.end) }
        });
    let tokens = super::phrase::without_determiner(block, tokens);
    let words = block.parse.words(tokens).trim_end_matches(',').to_owned();
    let member = hit.noun == Noun::Member && is_congress_word(&folded(block.parse.words(hit.tokens.clone())));
    Role { words, noun: hit.noun, side: side.or_else(|| member.then(|| chamber_of(builder))) }
}

fn is_congress_word(word: &str) -> bool {
    ["sen", "rep", "congress", "representative"].iter().any(|w| word.starts_with(w))
}

fn is_personal(noun: Noun) -> bool {
    matches!(noun, Noun::Role | Noun::Spokesman | Noun::Member | Noun::People)
}

/// Whether a token may stand between a role's noun and the name: "of", "the", nouns.
fn joins_role(block: &Parsed<'_>, i: usize) -> bool {
    let token = block.token(i);
    matches!(token.tag(), "NN" | "NNS" | "NNP" | "NNPS" | "DT" | "POS" | "JJ" | "HYPH")
        || matches!(token.text(), "of" | "for" | "to" | "at" | "and" | "&" | "." | "on" | "in")
            && token.text() != "."
}

/// Whether a token may stand between the comma and a role's noun: ", the country's former".
fn is_before_role(block: &Parsed<'_>, i: usize) -> bool {
    matches!(
        block.token(i).tag(),
        "NN" | "NNP" | "NNPS" | "DT" | "POS" | "JJ" | "HYPH" | "PRP$" | "RB" | "CD" | "JJS" | "NNS"
    )
}

/// Where the words of a role begin, left of its noun.
fn role_start(block: &Parsed<'_>, noun: usize) -> usize {
    let sentence = block.token(noun).sentence().start;
    let mut start = noun;
    while start > sentence {
        let tag = block.token(start - 1).tag();
        let hyphen = block.token(start - 1).text() == "-";
        if !matches!(tag, "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "POS" | "HYPH" | "AFX") && !hyphen {
            break;
        }
        start -= 1;
    }
    while start < noun
        && (matches!(block.token(start).tag(), "POS" | "HYPH") || block.token(start).text() == "-")
    {
        start += 1;
    }
    start
}

/// Whether a name is followed by a party and state of the United States: "(R-Ark.)".
fn is_member_in_brackets(block: &Parsed<'_>, end: usize) -> bool {
    let Some(last) = end.checked_sub(1) else { return false };
    let rest = &block.parse.text()[block.token(last).range().end..];
    let mut signs = rest.trim_start_matches(['\u{2019}', '\'', 's', ' ', ',']).chars();
    signs.next() == Some('(')
        && matches!(signs.next(), Some('R' | 'D' | 'I'))
        && matches!(signs.next(), Some('-' | '\u{2013}' | '\u{2011}' | ' ' | ',' | '\u{2014}'))
        && signs.next().is_some_and(char::is_uppercase)
}

/// Reads who published the document: its home, and the person whose release it is.
pub(super) fn read_publisher(builder: &mut Builder<'_>) {
    let document = builder.text.document;
    let publisher = document.publisher.clone().unwrap_or_default();
    let mission = ["mbassy", "onsulate", "Mission"].iter().any(|w| publisher.contains(w));
    let seat = if mission { publisher.find(" in ").or_else(|| publisher.find(" to ")) } else { None };
    let found = builder.book.actors.names.find(&publisher[..seat.unwrap_or(publisher.len())]); // an embassy is not its host's
    let entries = || found.iter().map(|(_, namings)| &builder.book.actors.entries[namings[0].entry]);
    let state = entries().find(|e| e.kind == ActorKind::State); // "House of Commons of Canada"
    let side =
        state.or_else(|| entries().find(|e| e.stands_for.is_some())).and_then(|e| e.stands_for.clone());
    let paper = builder.book.actors.is_outlet_name(&publisher);
    let (seat, side) = if paper { (side, None) } else { (None, side) };
    builder.seat = seat.filter(|s| s.len() == 3); // the "Nairobi Ledger" does not speak for Kenya
    let side = bracketed(builder, &publisher).or(side);
    let side = side.or_else(|| document.url.as_deref().and_then(side_of_address).map(str::to_owned));
    let side = side.or_else(|| super::seats::letterhead(builder));
    if let Some(side) = side {
        builder.cast.home = builder.side_actor(&side);
    }
    let person = publisher
        .strip_prefix("Office of ")
        .map(|rest| rest.split(['(', ',']).next().unwrap_or_default().trim());
    if let Some(name) = person.filter(|n| n.contains(' ') && n.split(' ').count() <= 4) {
        let side = builder.cast.home.map(|h| builder.cast.actors[h].id.clone());
        let at = find_or_add(builder, name, name_words(name), None);
        let actor = builder.people[at].actor;
        builder.people[at].noun = Some(Noun::Member);
        builder.cast.actors[actor].affiliation = side;
        builder.cast.author = Some(actor);
    }
}

/// The state named in brackets behind a publisher: "Select Committee on Chad (US Congress)".
fn bracketed(builder: &Builder<'_>, publisher: &str) -> Option<String> {
    let inside = publisher.split_once('(')?.1.split(')').next()?;
    let found = builder.book.actors.names.find(inside);
    let entries = || found.iter().map(|(_, namings)| &builder.book.actors.entries[namings[0].entry]);
    let state = entries().find(|e| e.kind == ActorKind::State && e.stands_for.is_some());
    state.or_else(|| entries().find(|e| e.stands_for.is_some())).and_then(|e| e.stands_for.clone())
}

/// Whose senators and members are meant: the state's whose parliament publishes, else those of Congress.
fn chamber_of(builder: &Builder<'_>) -> String {
    let publisher = builder.text.document.publisher.as_deref().unwrap_or_default().to_lowercase();
    let own =
        ["parliament", "hansard", "house of commons", "house of lords"].iter().any(|w| publisher.contains(w));
    let home = builder.cast.home.filter(|_| own).map(|h| builder.cast.actors[h].id.clone());
    home.unwrap_or_else(|| "USA".to_owned())
}

/// The state whose government's address this is.
fn side_of_address(url: &str) -> Option<&'static str> {
    let host = url.split("://").last()?.split('/').next()?.split(':').next()?;
    let ends = |ending: &str| host.ends_with(ending);
    [
        (".gov", "USA"),
        (".mil", "USA"),
        (".gov.au", "AUS"),
        (".gov.uk", "GBR"),
        (".mod.uk", "GBR"),
        (".gc.ca", "CAN"),
        (".canada.ca", "CAN"),
        (".gouv.fr", "FRA"),
        (".bund.de", "DEU"),
        (".gov.il", "ISR"),
        (".gov.ua", "UKR"),
        (".gov.in", "IND"),
        (".gov.cn", "CHN"),
        (".gov.ru", "RUS"),
        ("mid.ru", "RUS"),
        ("kremlin.ru", "RUS"),
        ("mil.ru", "RUS"),
        (".gov.tr", "TUR"),
        (".go.jp", "JPN"),
        (".go.kr", "KOR"),
        (".govt.nz", "NZL"),
        (".europa.eu", "EU"),
        ("nato.int", "NATO"),
        (".un.org", "UN"),
        ("dvidshub.net", "USA"),
    ]
    .into_iter()
    .find(|(ending, _)| ends(ending))
    .map(|(_, side)| side)
}

/// Finds the last names of known persons where the parser saw no person: in headlines, and after "and".
pub(super) fn read_surnames(builder: &mut Builder<'_>) {
    for at in 0..builder.text.blocks.len() {
        let block = builder.block(at);
        for i in 0..block.parse.len() {
            let token = block.token(i);
            if !token.text().starts_with(char::is_uppercase) || token.text().len() < 3 {
                continue;
            }
            if builder.names[at].iter().any(|n| n.tokens.contains(&i)) {
                continue;
            }
            let word = folded(token.text().trim_end_matches("'s").trim_end_matches("’s"));
            let known = builder.people.iter().any(|p| p.words.len() > 1 && p.words.last() == Some(&word));
            let common = token.pos() != "PROPN" && !token.text().chars().all(char::is_uppercase);
            if !known || common {
                continue;
            }
            let bytes = token.range();
            let named = Named { tokens: i..i + 1, bytes, what: What::Person };
            read_name(builder, at, &named, None);
            builder.names[at].push(named);
        }
    }
}

/// Reads the speaker of a turn in a transcript: "PRIME MINISTER:", "MR. KIRBY:".
pub(super) fn read_turn(builder: &mut Builder<'_>, at: usize) {
    let block = builder.block(at);
    let text = block.parse.text();
    let Some(colon) = text.find(':').filter(|&c| (3..40).contains(&c)) else { return };
    let speaker = &text[..colon];
    if speaker.chars().any(|c| c.is_lowercase() || c.is_ascii_digit()) || speaker.starts_with("QUESTION") {
        return;
    }
    let tokens = super::phrase::tokens_of(block, &(0..colon));
    let nouns = &builder.nouns[at];
    let role = nouns.iter().find(|n| is_personal(n.noun) && n.tokens.end <= tokens.end).cloned();
    let name_from = role.as_ref().map_or(tokens.start, |r| r.tokens.end);
    let first = (name_from..tokens.end).find(|&i| !builder.book.actors.is_title(block.token(i).text()));
    match (first, role) {
        (Some(first), role) => {
            let named = Named { tokens: first..tokens.end, bytes: 0..colon, what: What::Person };
            if !builder.names[at].iter().any(|n| n.tokens.start < named.tokens.end) {
                let words = name_words(block.parse.words(named.tokens.clone()));
                let known = builder.people.iter().any(|p| same_person(&p.words, &words));
                if known || role.is_some() {
                    read_name(builder, at, &named, None);
                }
            }
        }
        (None, Some(role)) => {
            let word = folded(block.parse.words(role.tokens));
            let side = builder.cast.home.map(|h| builder.cast.actors[h].id.clone());
            let actor =
                builder.actor(&format!("role:{}:{word}", side.clone().unwrap_or_default()), || Actor {
                    id: speaker.to_owned(),
                    name: String::new(),
                    kind: ActorKind::Unnamed,
                    role: Some(word.clone()),
                    affiliation: side.clone(),
                    stands_for: side,
                });
            builder.mention(at, tokens, actor, Form::Description);
        }
        (None, None) => {}
    }
}

/// Fills what the document does not say beside the names from the codebook, and joins roles with their holders.
pub(super) fn finish(builder: &mut Builder<'_>) {
    for person in builder.people.clone() {
        let actor = &builder.cast.actors[person.actor];
        let by_name = person.entry.map(|e| &builder.book.actors.entries[e]);
        let surname = || {
            if person.words.len() == 1 && !has_rank(actor) {
                builder.book.actors.by_surname(&person.words[0])
            } else {
                None
            }
        };
        let full = || builder.book.actors.index(&actor.id).map(|e| &builder.book.actors.entries[e]);
        let entry = by_name.or_else(full).or_else(surname).cloned();
        let actor = &mut builder.cast.actors[person.actor];
        if let Some(entry) = entry {
            if actor.affiliation.is_none() {
                actor.affiliation = entry.affiliation.clone();
            }
            if actor.role.is_none() {
                actor.stands_for = entry.stands_for.clone();
            }
        }
        let holds_office = person.noun == Some(Noun::Role);
        if holds_office {
            actor.stands_for = actor.affiliation.clone();
        }
    }
    join_roles(builder);
}

/// Whether a person is told to hold a rank that no leader goes by: "Admiral Keating" is not the prime minister Keating.
fn has_rank(actor: &Actor) -> bool {
    const RANKS: &[&str] = &[
        "admiral",
        "general",
        "colonel",
        "major",
        "captain",
        "commander",
        "lieutenant",
        "sergeant",
        "ambassador",
        "analyst",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "director",
        "judge",
        "professor",
    ];
    let role = actor.role.as_deref().unwrap_or_default().to_lowercase();
    RANKS.iter().any(|r| role.contains(r))
}

/// "The Ukrainian president" is the person whose role says so, where the document names one.
fn join_roles(builder: &mut Builder<'_>) {
    for unnamed in 0..builder.cast.actors.len() {
        let actor = &builder.cast.actors[unnamed];
        let (ActorKind::Unnamed, Some(role), Some(side)) = (actor.kind, &actor.role, &actor.affiliation)
        else {
            continue;
        };
        let holder = builder.people.iter().find(|p| {
            let person = &builder.cast.actors[p.actor];
            let named = person.role.as_deref().map(folded).is_some_and(|r| r.contains(role.as_str()));
            named && person.affiliation.as_ref() == Some(side)
        });
        if let Some(holder) = holder.map(|h| h.actor) {
            builder.cast.mentions.iter_mut().filter(|m| m.actor == unnamed).for_each(|m| m.actor = holder);
        }
    }
}
