//! Phrases with a noun that says what someone is: "Sudan's army", "the Russian foreign minister", "European allies".

use std::ops::Range;

use super::builder::{Builder, Description};
use super::names::{NounHit, What};
use super::phrase::{head_of, is_definite, is_joined, phrase_start, without_determiner};
use super::tables::Noun;
use super::{Actor, ActorKind, Form};
use crate::lexicon::folded;
use crate::text::Place;

/// Reads the phrases of block `at`.
pub(super) fn read(builder: &mut Builder<'_>, at: usize) {
    for hit in builder.nouns[at].clone() {
        if !is_covered(builder, at, &hit) {
            read_phrase(builder, at, &hit);
        }
    }
}

/// Whether the noun is part of a name, or only modifies another noun, or stands before a person's name.
fn is_covered(builder: &Builder<'_>, at: usize, hit: &NounHit) -> bool {
    let block = builder.block(at);
    let head = block.token(head_of(block, &hit.tokens));
    let named = &builder.names[at];
    let inside = named.iter().any(|n| n.tokens.start <= hit.tokens.start && hit.tokens.end <= n.tokens.end);
    let before_name = named.iter().any(|n| {
        let person = matches!(n.what, What::Person)
            || matches!(n.what, What::Entry(e, _) if builder.book.actors.entries[e].kind == ActorKind::Person);
        person && n.tokens.start == hit.tokens.end && hit.noun != Noun::Firm
    });
    let modifies = matches!(head.dep(), "compound" | "nmod" | "amod")
        && head.head().index() >= hit.tokens.end
        && head.head().pos() != "VERB";
    let held = || {
        builder.cast.mentions.iter().any(|m| {
            m.place.at == at
                && m.place.first == hit.tokens.start
                && m.place.end > hit.tokens.end
                && m.form == Form::Name
        })
    };
    inside || before_name || modifies || held()
}

fn read_phrase(builder: &mut Builder<'_>, at: usize, hit: &NounHit) {
    let block = builder.block(at);
    let head = head_of(block, &hit.tokens);
    let start = phrase_start(block, head).min(hit.tokens.start);
    let end = phrase_end(builder, at, hit);
    // "our troops": whose they are depends on who speaks.
    if matches!(block.token(start).text().to_ascii_lowercase().as_str(), "our" | "my" | "your") {
        return;
    }
    let word = folded(block.parse.words(hit.tokens.clone()));
    let side = side_in(builder, at, start..hit.tokens.start)
        .or_else(|| side_after(builder, at, end, prepositions(hit.noun, &word)))
        .or_else(|| office_before(builder, at, start..hit.tokens.start))
        .or_else(|| ruler_before(builder, at, hit));
    let words = block.parse.words(without_determiner(block, start..end)).to_owned();
    let plural = matches!(block.token(head).tag(), "NNS" | "NNPS");
    let described = Description {
        place: Place::new(at, start..end),
        head,
        noun: hit.noun,
        word: word.clone(),
        words: words.clone(),
        definite: is_definite(block, start),
        plural,
    };
    let Some(side) = side else {
        if hit.noun == Noun::Firm {
            name_firm(builder, at, head);
        }
        builder.descriptions.push(described);
        return;
    };
    if hit.noun == Noun::Firm {
        name_firm(builder, at, head);
    }
    let state = hit.noun == Noun::Bloc && !plural && is_nation(&word);
    if let Some(state) = side_after(builder, at, hit.tokens.end, &["of"]).filter(|s| state && s.len() == 3)
        && let Some(actor) = builder.side_actor(&state)
    {
        builder.mention(at, start..end, actor, Form::Description); // "the West African nation of Togo"
        return;
    }
    let kind = kind_of(hit.noun);
    let acts =
        matches!(hit.noun, Noun::Office | Noun::Role) || (hit.noun == Noun::People && is_official(&word));
    if matches!(hit.noun, Noun::Role | Noun::Spokesman | Noun::Member) && (!plural || described.definite) {
        // May be a person who is named elsewhere: decided when all are known.
        let key = format!("role:{side}:{word}");
        let actor = builder.actor(&key, || Actor {
            id: words,
            name: String::new(),
            kind: ActorKind::Unnamed,
            role: Some(word.clone()),
            affiliation: Some(side.clone()),
            stands_for: acts.then_some(side),
        });
        builder.mention(at, start..end, actor, Form::Description);
        return;
    }
    let key = format!("phrase:{side}:{}", folded(&words));
    let actor = builder.actor(&key, || Actor {
        id: words.clone(),
        name: words,
        kind,
        role: None,
        affiliation: Some(side.clone()),
        stands_for: acts.then_some(side),
    });
    builder.mention(at, start..end, actor, Form::Description);
}

/// The state that a leader of the codebook rules whose surname stands before a government: "the al-Sisi regime".
fn ruler_before(builder: &Builder<'_>, at: usize, hit: &NounHit) -> Option<String> {
    let block = builder.block(at);
    let body = block.token(hit.tokens.start);
    let rules = matches!(body.lemma(), "regime" | "government" | "administration" | "junta" | "dictatorship");
    let mut last = hit.tokens.start.checked_sub(1)?;
    if block.token(last).tag() == "POS" {
        last = last.checked_sub(1)?;
    }
    if !rules || !block.token(last).text().starts_with(char::is_uppercase) {
        return None;
    }
    let name = block.token(last).text();
    let surname = name.strip_prefix("al-").or(name.strip_prefix("el-")).unwrap_or(name);
    let spellings = [name.to_owned(), surname.to_owned(), format!("al-{surname}"), format!("el-{surname}")];
    let leader = spellings.iter().find_map(|n| builder.book.actors.by_surname(n))?;
    leader.stands_for.clone().filter(|s| s.len() == 3)
}

/// Gives a body that is named by its letters the side of the name before the brackets: "the Kenya Defence Force (KDF)".
pub(super) fn join_acronyms(builder: &mut Builder<'_>) {
    for at in 0..builder.text.blocks.len() {
        let block = builder.block(at);
        for i in 1..block.parse.len().saturating_sub(1) {
            let letters = block.parse.token(i).text();
            let acronym = letters.len() > 1 && letters.chars().all(char::is_uppercase);
            if !acronym || block.parse.token(i - 1).text() != "(" || block.parse.token(i + 1).text() != ")" {
                continue;
            }
            let full =
                |m: &&super::Mention| m.place.at == at && m.place.end + 1 == i && m.form != Form::Pronoun;

            let Some(known) =
                builder.cast.mentions.iter().find(full).map(|m| builder.cast.actors[m.actor].clone())
            else {
                continue;
            };
            let state = known.stands_for.is_some() && known.kind == ActorKind::Office;
            for actor in
                builder.cast.actors.iter_mut().filter(|a| state && a.id == letters && a.stands_for.is_none())
            {
                actor.kind = known.kind;
                actor.affiliation.clone_from(&known.affiliation);
                actor.stands_for.clone_from(&known.stands_for);
            }
        }
    }
}

/// Makes a firm of the name that "a company" explains: "Vardar Metal Trade, a company based in Skopje".
fn name_firm(builder: &mut Builder<'_>, at: usize, head: usize) {
    let token = builder.block(at).token(head);
    let above = token.head().index();
    let below = token.children().filter(|c| c.dep() == "appos" && c.index() > head).map(|c| c.index());
    let explains = matches!(token.dep(), "appos" | "attr").then_some(above);
    for other in below.chain(explains).collect::<Vec<_>>() {
        let name = |m: &&super::Mention| m.place.at == at && m.head == other && m.form == Form::Name;
        if let Some(actor) = builder.cast.mentions.iter().find(name).map(|m| m.actor) {
            let known = &mut builder.cast.actors[actor];
            if known.kind == ActorKind::Organisation && known.stands_for.is_none() {
                known.kind = ActorKind::Firm;
            }
        }
    }
}

/// Finds firms and bodies named in full elsewhere by the first word of their name: "Vardar" for "Vardar Metal Trade".
pub(super) fn read_short_names(builder: &mut Builder<'_>) {
    let long = |a: &Actor| {
        let first = a.id.split(' ').next()?;
        let listed =
            builder.book.actors.names.get(first).is_some() || builder.book.actors.nouns.get(first).is_some();
        let plain = first.chars().count() > 3 && first.starts_with(char::is_uppercase) && !listed;
        let body = matches!(a.kind, ActorKind::Firm | ActorKind::Organisation) && a.stands_for.is_none();
        (plain && body && a.id.contains(' ') && builder.book.actors.index(&a.id).is_none())
            .then(|| first.to_owned())
    };
    let firms: Vec<(usize, String)> =
        builder.cast.actors.iter().enumerate().filter_map(|(i, a)| Some((i, long(a)?))).collect();
    for at in 0..builder.text.blocks.len() {
        let block = builder.block(at);
        for token in block.parse.tokens().filter(|t| t.tag().starts_with("NN") && t.dep() != "compound") {
            let i = token.index();
            let Some((actor, _)) = firms.iter().find(|(_, first)| first == token.text()) else { continue };
            if builder.names[at].iter().all(|n| !n.tokens.contains(&i)) {
                builder.mention(at, i..i + 1, *actor, Form::Name);
            }
        }
    }
}

/// What an actor is whose phrase has such a noun.
pub(super) fn kind_of(noun: Noun) -> ActorKind {
    match noun {
        Noun::Role | Noun::Spokesman | Noun::Member | Noun::People => ActorKind::Unnamed,
        Noun::Group => ActorKind::Group,
        Noun::Bloc => ActorKind::Bloc,
        Noun::Office => ActorKind::Office,
        Noun::Firm => ActorKind::Firm,
        Noun::Organisation => ActorKind::Organisation,
        Noun::Outlet => ActorKind::Outlet,
        Noun::Vessel => ActorKind::Vessel,
    }
}

fn is_nation(word: &str) -> bool {
    ["nation", "country", "state", "kingdom", "republic", "power"].contains(&word)
}

/// Whether a name is that of armed forces: "Kenya Defence Force", "Royal Thai Navy".
pub(super) fn is_forces_name(words: &str) -> bool {
    const FORCES: &[&str] = &[
        "army",
        "navy",
        "air force",
        "defence force",
        "defence forces",
        "defense force",
        "defense forces",
        "armed forces",
        "coast guard",
        "coastguard",
        "national guard",
        "air arm",
        "land forces",
        "police force",
        "national police",
        "gendarmerie",
    ];
    let words = words.to_lowercase();
    FORCES.iter().any(|f| words.ends_with(f))
}

fn is_official(word: &str) -> bool {
    ["official", "diplomat", "delegation", "negotiator"].iter().any(|w| word.starts_with(w))
}

/// The prepositions after which a phrase with such a noun names whose it is.
fn prepositions(noun: Noun, word: &str) -> &'static [&'static str] {
    // A government sits in its country; troops may be in any.
    let seated =
        ["government", "regime", "authorit", "junta", "leadership"].iter().any(|w| word.starts_with(w));
    match noun {
        Noun::Spokesman => &["for", "of"],
        Noun::Office if seated => &["of", "in"],
        Noun::Role | Noun::Member => &["of", "for", "at"],
        Noun::People => &["from", "of", "at", "with"],
        _ => &["from", "of"],
    }
}

/// Where the phrase ends: after "of" and its noun ("countries of concern"), for a ministry or office after all of it.
fn phrase_end(builder: &Builder<'_>, at: usize, hit: &NounHit) -> usize {
    let block = builder.block(at);
    let mut end = hit.tokens.end;
    while end + 1 < block.parse.len() && block.token(end).text() == "of" {
        let mut next = end + 1;
        while next < block.parse.len()
            && matches!(block.token(next).tag(), "DT" | "JJ" | "NN" | "NNS" | "NNP" | "NNPS" | "POS")
            && next < end + 6
        {
            next += 1;
        }
        if next == end + 1 {
            break;
        }
        end = next;
    }
    let last = block.token(end - 1);
    if last.tag() == "POS" || last.tag() == "DT" { end - 1 } else { end }
}

/// Whose the words in `tokens` are, by the last name in them that is not joined to another word ("U.S.-led").
pub(super) fn side_in(builder: &Builder<'_>, at: usize, tokens: Range<usize>) -> Option<String> {
    let block = builder.block(at);
    let inside = |n: &&super::names::Named| {
        tokens.start <= n.tokens.start && n.tokens.end <= tokens.end && !is_joined(block, n.bytes.end)
    };
    builder.names[at].iter().rev().filter(inside).find_map(|n| side_of(builder, at, n))
}

/// Whose it is by a preposition and a name that follow at token `end`.
pub(super) fn side_after(
    builder: &Builder<'_>,
    at: usize,
    end: usize,
    prepositions: &[&str],
) -> Option<String> {
    let block = builder.block(at);
    let word = |i: usize| (i < block.parse.len()).then(|| block.token(i).text().to_ascii_lowercase());
    // The phrase may already hold "of" and its name.
    let inner = builder.names[at].iter().find(|n| {
        n.tokens.end == end && n.tokens.start > 0 && {
            let before = word(n.tokens.start - 1);
            matches!(before.as_deref(), Some("of" | "the"))
        }
    });
    if let Some(named) = inner {
        return side_of(builder, at, named);
    }
    let preposition = word(end)?;
    if !prepositions.contains(&preposition.as_str()) {
        return None;
    }
    let first = if word(end + 1)?.as_str() == "the" { end + 2 } else { end + 1 };
    let named =
        builder.names[at].iter().find(|n| n.tokens.start == first && !is_joined(block, n.bytes.end))?;
    side_of(builder, at, named)
}

/// An office without a name before a role: "a ministry spokesman" belongs to the side of the last ministry.
fn office_before(builder: &Builder<'_>, at: usize, tokens: Range<usize>) -> Option<String> {
    let hit = builder.nouns[at]
        .iter()
        .find(|n| n.noun == Noun::Office && tokens.start <= n.tokens.start && n.tokens.end <= tokens.end)?;
    let word = folded(builder.block(at).parse.words(hit.tokens.clone()));
    let known = builder.cast.mentions.iter().rev().map(|m| &builder.cast.actors[m.actor]);
    let mut offices = known.filter(|a| a.kind == ActorKind::Office);
    offices.find(|a| folded(&a.name).contains(&word) || folded(&a.id).contains(&word))?.stands_for.clone()
}

/// The state or body that a name belongs to, by identifier.
fn side_of(builder: &Builder<'_>, at: usize, named: &super::names::Named) -> Option<String> {
    let mention =
        builder.cast.mentions.iter().rfind(|m| m.place.at == at && m.place.first == named.tokens.start);
    if let What::Entry(entry, _) = named.what {
        let entry = &builder.book.actors.entries[entry];
        return entry
            .stands_for
            .clone()
            .or_else(|| entry.affiliation.clone())
            .or_else(|| Some(entry.id.clone()));
    }
    let actor = &builder.cast.actors[mention?.actor];
    actor.stands_for.clone().or_else(|| actor.affiliation.clone())
}
