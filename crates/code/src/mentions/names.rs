//! Names in one block: the codebook's, the parser's entities, and what follows a title.

use std::ops::Range;

use super::phrase::tokens_of;
use super::tables::{Naming, Noun};
use super::{ActorKind, Form};
use crate::book::Codebook;
use crate::lexicon::folded;
use crate::text::Parsed;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// An actor of the codebook.
    Entry(usize, Form),
    /// A person.
    Person,
    /// An organisation, office or firm that the codebook does not know.
    Organisation,
    /// A firm, by how its name ends.
    Firm,
    /// A ship.
    Vessel,
}

/// A name in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The tokens that it touches.
    pub tokens: Range<usize>,
    /// Its bytes in the block's text.
    pub bytes: Range<usize>,
    /// What it names.
    pub what: What,
}

/// A noun that says what an actor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NounHit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it says.
    pub noun: Noun,
}

/// The nouns of the codebook's lists in a block, in order.
pub(super) fn nouns(block: &Parsed<'_>, book: &Codebook) -> Vec<NounHit> {
    let found = book.actors.nouns.find(block.parse.text());
    found
        .into_iter()
        .map(|(bytes, nouns)| NounHit { tokens: tokens_of(block, &bytes), noun: *nouns[0] })
        .filter(|hit| matches!(block.token(hit.tokens.end - 1).pos(), "NOUN" | "PROPN" | "ADJ" | "X"))
        .filter(|hit| !block.token(hit.tokens.start).text().contains(['@', '_']))
        .collect()
}

/// The names of a block, in order; a demonym may stand inside an organisation's name.
pub(super) fn names(block: &Parsed<'_>, nouns: &[NounHit], book: &Codebook) -> Vec<Named> {
    let mut found = of_codebook(block, book);
    let mut persons = of_entities(block, nouns, book, &found);
    persons.extend(surnames(block, book));
    persons.extend(after_titles(block, nouns, book));
    persons.extend(ships(block));
    persons.extend(firms(block, book));
    for name in persons {
        let name = Named { what: explained(block, nouns, &name), ..name };
        add(block, &mut found, name, book);
    }
    found.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    found
}

fn of_codebook(block: &Parsed<'_>, book: &Codebook) -> Vec<Named> {
    let mut found = Vec::new();
    let text = block.parse.text();
    for (mut bytes, mut namings) in book.actors.names.find(text) {
        let mut tokens = tokens_of(block, &bytes);
        let outlet = |n: &Naming| book.actors.entries[n.entry].kind == ActorKind::Outlet;
        if outlet(namings[0]) && text[bytes.clone()].starts_with("The ") && is_modifying(block, &tokens) {
            // "The Australian Army", which is no newspaper
            let start = bytes.start + "The ".len();
            let inner = book.actors.names.find(&text[start..]).into_iter().find(|(b, _)| b.start == 0);
            if let Some((inside, known)) = inner {
                (bytes, namings) = (start..start + inside.end, known);
                tokens = tokens_of(block, &bytes);
            }
        }
        let naming = namings[0];
        let kind = book.actors.entries[naming.entry].kind;
        if naming.stand_in && is_place(block, &tokens) {
            continue;
        }
        let hyphenated = naming.form == Form::Demonym && {
            let after = block.parse.text()[bytes.end..].trim_start_matches([' ', '-']);
            after.starts_with("American") // "Indian American lawmakers" are Americans
        };
        let price = hyphenated || block.parse.text()[bytes.end..].starts_with('$');
        let family = naming.form == Form::Demonym && is_family_name(block, &tokens);
        if is_other_word(block, &tokens, kind) || price || family || is_in_law(&text[bytes.end..]) {
            continue;
        }
        found.push(Named { tokens, bytes, what: What::Entry(naming.entry, naming.form) });
    }
    found
}

/// Whether the word for one of a people is somebody's last name: "Lt. Karen Finn".
fn is_family_name(block: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let Some(first) = tokens.start.checked_sub(1).map(|i| block.token(i)) else { return false };
    let name = block.token(tokens.start);
    let people = matches!(
        name.text(),
        "Finn" | "Dane" | "Pole" | "Scot" | "Swede" | "Turk" | "Kurd" | "Serb" | "Thai"
    );
    people && tokens.len() == 1 && first.tag() == "NNP" && first.dep() == "compound" && first.head() == name
}

/// Whether the words after a name make it part of a law's: "the Iran, North Korea, and Syria Nonproliferation Act".
fn is_in_law(after: &str) -> bool {
    let mut lists = after.starts_with(',');
    for word in after.split_whitespace().take(9) {
        let bare = word.trim_matches(',');
        if bare == "Act" || bare.starts_with("Act.") {
            return lists;
        }
        if !(bare.is_empty() || bare == "and" || bare.starts_with(char::is_uppercase)) {
            return false;
        }
        lists |= bare == "and";
        if word.ends_with(['.', ';', ':']) {
            return false;
        }
    }
    false
}

/// Whether the words stand before a noun that they belong to.
fn is_modifying(block: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let last = block.token(tokens.end - 1);
    matches!(last.dep(), "compound" | "amod" | "nmod" | "poss") && last.head().index() >= tokens.end
}

/// Whether a capital is only where something happens: "in Moscow", "Paris, France".
fn is_place(block: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let arrives = tokens.start > 0 && {
        let preposition = block.token(tokens.start - 1);
        matches!(preposition.head().lemma(), "arrive" | "land" | "dock" | "berth" | "unload")
    };
    if arrives {
        return false;
    }
    let before = (tokens.start > 0).then(|| block.token(tokens.start - 1).text().to_ascii_lowercase());
    matches!(before.as_deref(), Some("in" | "at" | "near" | "outside" | "around" | "across" | "downtown"))
        || (tokens.end < block.parse.len() && block.token(tokens.end).text() == "treaty")
}

/// Whether a short or common name is another word here: "Turkey" is seldom a bird in this trade, "Guard" a verb.
fn is_other_word(block: &Parsed<'_>, tokens: &Range<usize>, kind: ActorKind) -> bool {
    let one = tokens.len() == 1;
    let token = block.token(tokens.start);
    let common = matches!(token.pos(), "VERB" | "ADV" | "PRON" | "DET" | "ADP" | "CCONJ" | "AUX");
    one && common
        && !matches!(kind, ActorKind::State | ActorKind::Bloc)
        && token.text().chars().any(char::is_lowercase)
}

fn of_entities(block: &Parsed<'_>, nouns: &[NounHit], book: &Codebook, known: &[Named]) -> Vec<Named> {
    let mut found = Vec::new();
    for entity in block.parse.entities() {
        let what = match entity.label.as_str() {
            "PERSON" => What::Person,
            _ if is_surname(block, &entity.tokens, book) => What::Person,
            "ORG" => What::Organisation,
            _ => continue,
        };
        let tokens = match what {
            What::Person => {
                let whole = whole_name(block, entity.tokens.clone(), nouns, known);
                trimmed_person(block, whole, nouns, book, known)
            }
            _ => trimmed(block, entity.tokens.clone()),
        };
        if tokens.is_empty() || !looks_like_name(block, &tokens) {
            continue;
        }
        let last = block.token(tokens.end - 1).text();
        let what = match what {
            _ if tokens.len() > 1 && book.actors.ends_firm(last) && names_goods(block, &tokens, book) => {
                continue;
            }
            _ if tokens.len() > 1 && book.actors.ends_firm(last) && !opens_office(nouns, &tokens) => {
                What::Firm
            }
            _ if is_goods_name(block, &tokens, book) => continue,
            What::Person if tokens.len() > 1 && is_noise(block, &tokens) => continue,
            What::Person
                if tokens.clone().any(|i| block.token(i).text().chars().any(|c| c.is_ascii_digit())) =>
            {
                continue;
            }
            What::Organisation if is_noise(block, &tokens) => continue,
            What::Organisation
                if tokens.len() == 1 && nouns.iter().any(|n| n.tokens.contains(&tokens.start)) =>
            {
                continue;
            }
            what => what,
        };
        found.push(named(block, tokens, what));
    }
    found
}

/// Whether one word is a leader's surname where it stands for somebody who speaks or acts: "Macron said".
fn is_surname(block: &Parsed<'_>, tokens: &Range<usize>, book: &Codebook) -> bool {
    let token = block.token(tokens.start);
    let subject = token.dep() == "nsubj" && token.head().tag().starts_with('V');
    tokens.len() == 1
        && token.tag() == "NNP"
        && token.text().chars().any(char::is_lowercase)
        && subject
        && token.children().next().is_none()
        && book.actors.by_surname(token.text()).is_some()
}

/// Leaders by their surnames that the parser takes for no name: "Lula said".
fn surnames(block: &Parsed<'_>, book: &Codebook) -> Vec<Named> {
    let known = |i: usize| block.parse.entities().iter().any(|e| e.tokens.contains(&i));
    let speaks = |i: usize| crate::mend::is_speech(block.token(i).head().lemma());
    let one = |i: &usize| !known(*i) && speaks(*i) && is_surname(block, &(*i..*i + 1), book);
    (0..block.parse.len()).filter(one).map(|i| named(block, i..i + 1, What::Person)).collect()
}

/// What a name is by the noun before it: "the company Zenit Export" is no person, whatever the parser says.
fn explained(block: &Parsed<'_>, nouns: &[NounHit], name: &Named) -> What {
    let before = nouns.iter().find(|n| n.tokens.end == name.tokens.start);
    let beside = before.is_some_and(|n| block.token(n.tokens.end - 1).tag() == "NN");
    match (name.what, before.map(|n| n.noun)) {
        (What::Person | What::Organisation, Some(Noun::Firm)) if beside => What::Firm,
        (What::Person, Some(Noun::Vessel)) if beside => What::Vessel,
        (What::Person, Some(Noun::Organisation | Noun::Group | Noun::Outlet)) if beside => What::Organisation,
        (what, _) => what,
    }
}

/// Whether a name begins as an office's does: "Ministry of Defence".
fn opens_office(nouns: &[NounHit], tokens: &Range<usize>) -> bool {
    nouns.iter().any(|n| n.noun == Noun::Office && n.tokens.start == tokens.start)
}

/// A person's name with the parts before it that the parser left out of the entity: "Thura Aung Kyi".
fn whole_name(block: &Parsed<'_>, tokens: Range<usize>, nouns: &[NounHit], known: &[Named]) -> Range<usize> {
    let last = tokens.end - 1;
    let mut start = tokens.start;
    while start > 0 {
        let before = block.token(start - 1);
        let part = before.dep() == "compound" && before.tag() == "NNP" && before.head().index() == last;
        let free = nouns.iter().all(|n| !n.tokens.contains(&(start - 1)))
            && known.iter().all(|n| !n.tokens.contains(&(start - 1)));
        let name = before.text().chars().all(char::is_alphabetic) && before.text().len() > 2;
        if !(part && free && name && before.text().starts_with(char::is_uppercase)) {
            break;
        }
        start -= 1;
    }
    let mut end = tokens.end;
    let joined = |i: usize| {
        let (sign, next) = (block.token(i), block.token(i + 1));
        let close =
            block.token(i - 1).range().end == sign.range().start && sign.range().end == next.range().start;
        sign.text() == "-" && close && next.text().chars().all(char::is_alphabetic)
    };
    while end + 1 < block.parse.len() && end > start && joined(end) {
        end += 2; // "Ban Ki-moon"
    }
    start..end
}

fn named(block: &Parsed<'_>, tokens: Range<usize>, what: What) -> Named {
    let bytes = block.token(tokens.start).range().start..block.token(tokens.end - 1).range().end;
    Named { tokens, bytes, what }
}

/// Without determiner in front, and possessive and signs behind.
fn trimmed(block: &Parsed<'_>, mut tokens: Range<usize>) -> Range<usize> {
    let dates = |i: usize| {
        matches!(block.token(i).text(), "Today" | "today" | "Yesterday" | "yesterday" | "Tonight" | "Earlier")
    };
    while !tokens.is_empty()
        && (dates(tokens.start)
            || matches!(
                block.token(tokens.start).tag(),
                "DT" | "PRP$" | "IN" | "``" | "''" | ":" | "," | "-LRB-" | "CC"
            ))
    {
        tokens.start += 1;
    }
    while !tokens.is_empty()
        && (matches!(
            block.token(tokens.end - 1).tag(),
            "POS" | "." | "," | ":" | "''" | "``" | "-RRB-" | "-LRB-" | "CC" | "IN" | "DT"
        ) || matches!(block.token(tokens.end - 1).text(), "’s" | "'s" | "’" | "'"))
    {
        tokens.end -= 1;
    }
    let of = |&i: &usize| block.token(i).text() == "of";
    if let Some(second) = tokens.clone().filter(of).nth(1)
        && block.token(tokens.start).text() == "Government"
    {
        tokens.end = second; // "Government of Norway of AIM-120 missiles"
    }
    tokens
}

/// A person's name without the titles, roles and demonyms that the parser takes into it.
fn trimmed_person(
    block: &Parsed<'_>,
    tokens: Range<usize>,
    nouns: &[NounHit],
    book: &Codebook,
    known: &[Named],
) -> Range<usize> {
    let mut tokens = trimmed(block, tokens);
    if let Some(cut) = tokens
        .clone()
        .find(|&i| matches!(block.token(i).text(), "'s" | "’s" | "," | "(" | "–" | "—" | ":" | "/"))
    {
        tokens = if cut + 1 < tokens.end && block.token(cut).text() != "," && block.token(cut).text() != "(" {
            cut + 1..tokens.end
        } else {
            tokens.start..cut
        };
    }
    loop {
        let Some(first) = tokens.clone().next() else { return tokens };
        let noun = nouns.iter().find(|n| n.tokens.start == first && n.tokens.end < tokens.end);
        let demonym = known.iter().find(|n| {
            n.tokens.start == first
                && n.tokens.end < tokens.end
                && matches!(n.what, What::Entry(_, Form::Demonym))
        });
        if let Some(noun) = noun {
            tokens.start = noun.tokens.end;
        } else if let Some(demonym) = demonym {
            tokens.start = demonym.tokens.end;
        } else if tokens.len() > 1 && book.actors.is_title(block.token(first).text())
            || tokens.len() > 2 && is_party_word(block.token(first).text())
        {
            tokens.start += 1;
        } else {
            break;
        }
    }
    if let Some(cut) = tokens
        .clone()
        .skip(1)
        .find(|&i| matches!(block.token(i).tag(), "VBZ" | "VBD" | "VBP" | "IN" | "CC" | "DT"))
    {
        tokens.end = cut;
    }
    trimmed(block, tokens)
}

/// Whether a word before a politician's name tells the party: "Republican Jane Doe".
fn is_party_word(word: &str) -> bool {
    matches!(
        word,
        "Republican"
            | "Democrat"
            | "Democratic"
            | "Independent"
            | "Labour"
            | "Conservative"
            | "Tory"
            | "Liberal"
    )
}

fn looks_like_name(block: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let first = block.token(tokens.start).text();
    first.chars().next().is_some_and(char::is_uppercase)
        || first.starts_with("al-")
        || first.starts_with("el-")
}

/// Whether what may be a firm is a system: "Inertial Navigation Systems".
fn names_goods(block: &Parsed<'_>, tokens: &Range<usize>, book: &Codebook) -> bool {
    let last = block.token(tokens.end - 1).text();
    let either = matches!(last, "Systems" | "Defense" | "Defence" | "Air" | "Works");
    let goods = |word: &&super::GoodsWord| {
        !matches!(word, super::GoodsWord::Military | super::GoodsWord::Generic | super::GoodsWord::Trap)
    };
    let words = block.parse.words(tokens.clone());
    either && book.goods.words.find(words).iter().any(|(_, found)| found.iter().any(goods))
}

/// Whether what the parser takes for a name ends in a plural of goods: "Protected Mobility Vehicles".
fn is_goods_name(block: &Parsed<'_>, tokens: &Range<usize>, book: &Codebook) -> bool {
    let last = block.token(tokens.end - 1);
    let plural = last.text().ends_with('s') && !last.text().ends_with("ss") || last.text() == "Aircraft";
    let word = || book.goods.words.get(last.text()).or_else(|| book.goods.words.get(last.lemma()));
    let thing = |w: &super::GoodsWord| {
        matches!(w, super::GoodsWord::Noun(_) | super::GoodsWord::Carrier(_) | super::GoodsWord::Weak(_))
    };
    let force = matches!(last.text(), "Services" | "Arms" | "Mines" | "Weapons" | "Supplies" | "Electronics");
    tokens.len() > 1 && plural && !force && word().is_some_and(thing)
}

/// Things that the parser calls organisations and that are none: systems, acts, dates.
fn is_noise(block: &Parsed<'_>, tokens: &Range<usize>) -> bool {
    let last = block.token(tokens.end - 1).text();
    let digits = tokens.clone().any(|i| block.token(i).text().chars().any(|c| c.is_ascii_digit()));
    digits
        || matches!(
            last,
            "Act"
                | "Resolution"
                | "Treaty"
                | "Agreement"
                | "Amendment"
                | "Deal"
                | "Resolutions"
                | "Disapproval"
                | "Bills"
                | "Acts"
                | "Amendments"
                | "Sale"
                | "Sales"
                | "Order"
                | "Bill"
                | "Program"
                | "Plan"
                | "Strategy"
                | "Memorandum"
                | "Report"
                | "Dialogue"
                | "Summit"
                | "Missile"
                | "Missiles"
                | "Systems"
                | "System"
                | "Initiative"
                | "Law"
                | "Section"
        )
}

/// Names that follow a title and that the parser missed: "Mr Kirby", "Sen. Doe".
fn after_titles(block: &Parsed<'_>, nouns: &[NounHit], book: &Codebook) -> Vec<Named> {
    let mut found = Vec::new();
    for i in 0..block.parse.len().saturating_sub(1) {
        let title = block.token(i).text();
        if !title.starts_with(char::is_uppercase) || !book.actors.is_title(title) {
            continue;
        }
        let start = i + 1;
        let mut end = start;
        while end < block.parse.len() && end < start + 4 {
            let token = block.token(end);
            let starts_noun = nouns.iter().any(|n| n.tokens.start == end);
            if token.pos() != "PROPN" || starts_noun || !token.text().starts_with(char::is_uppercase) {
                break;
            }
            if book.actors.is_title(token.text()) || token.text().contains('@') {
                break;
            }
            end += 1;
        }
        if end > start {
            found.push(named(block, start..end, What::Person));
        }
    }
    found
}

/// Firms that the parser missed: capitals up to an ending that only firms have.
fn firms(block: &Parsed<'_>, book: &Codebook) -> Vec<Named> {
    const SURE: &[&str] = &[
        "inc",
        "corp",
        "corporation",
        "co",
        "ltd",
        "llc",
        "plc",
        "limited",
        "gmbh",
        "company",
        "jsc",
        "ojsc",
        "pjsc",
        "fze",
        "fzco",
        "fzc",
        "fz-llc",
        "ooo",
        "llp",
        "bv",
        "srl",
    ];
    let capital = |i: usize| {
        let token = block.token(i);
        let open = !matches!(token.pos(), "DET" | "ADP" | "PRON" | "CCONJ" | "AUX" | "SCONJ" | "ADV");
        token.text().starts_with(char::is_uppercase) && open || matches!(token.text(), "&" | "-")
    };
    let mut found = Vec::new();
    for last in 1..block.parse.len() {
        let word = block.token(last).text();
        let ending = word.trim_end_matches('.').to_lowercase();
        if !SURE.contains(&ending.as_str()) || !word.starts_with(char::is_uppercase) {
            continue;
        }
        let sentence = block.token(last).sentence().start;
        let mut first = last;
        while first > sentence && last - first < 6 && capital(first - 1) {
            first -= 1;
        }
        while first < last && !block.token(first).text().starts_with(char::is_alphanumeric) {
            first += 1;
        }
        if first < last && !names_goods(block, &(first..last + 1), book) {
            found.push(named(block, first..last + 1, What::Firm));
        }
    }
    found
}

/// Ships, by the letters before their names: "MV Arctic Star".
fn ships(block: &Parsed<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    for i in 0..block.parse.len().saturating_sub(1) {
        if !matches!(block.token(i).text(), "MV" | "M/V" | "MT" | "M/T" | "SS" | "MS") {
            continue;
        }
        let name = |j: &usize| {
            block.token(*j).pos() == "PROPN" && block.token(*j).text().starts_with(char::is_uppercase)
        };
        let end = (i + 1..block.parse.len().min(i + 5)).take_while(name).last().map_or(i, |last| last + 1);
        if end > i + 1 {
            found.push(named(block, i..end, What::Vessel));
        }
    }
    found
}

/// Adds a name unless a better one stands there.
fn add(block: &Parsed<'_>, found: &mut Vec<Named>, name: Named, book: &Codebook) {
    let kind_of = |what: What| match what {
        What::Entry(entry, _) => Some(book.actors.entries[entry].kind),
        _ => None,
    };
    let touches = |n: &&Named| n.tokens.start < name.tokens.end && name.tokens.start < n.tokens.end;
    let others: Vec<Named> = found.iter().filter(touches).cloned().collect();
    if name.what == What::Person {
        for other in &others {
            let covers = other.tokens.start <= name.tokens.start && name.tokens.end <= other.tokens.end;
            let place_inside = name.tokens.len() > other.tokens.len() && other.tokens.len() == 1;
            match other.what {
                // A longer form of a name that the codebook knows; or a person called Jordan or Chad.
                What::Entry(..) if kind_of(other.what) == Some(ActorKind::Person) && !covers => {}
                What::Person if !covers && other.tokens.len() < name.tokens.len() => {}
                What::Entry(_, Form::Name)
                    if place_inside && kind_of(other.what) == Some(ActorKind::State) => {}
                _ => return,
            }
        }
        found.retain(|n| !others.contains(n));
    } else {
        let covered = |o: &Named| o.tokens.start <= name.tokens.start && name.tokens.end <= o.tokens.end;
        let person = |o: &Named| kind_of(o.what) == Some(ActorKind::Person) || o.what == What::Person;
        let words = &block.parse.text()[name.bytes.clone()];
        let forces = name.what == What::Organisation && super::offices::is_forces_name(words);
        let group =
            |o: &Named| kind_of(o.what) == Some(ActorKind::Group) && o.tokens.len() < name.tokens.len();
        if forces && others.iter().any(group) {
            found.retain(|n| !group(n) || !others.contains(n)); // "Uganda People's Defence Forces" are Uganda's
        } else if others.iter().any(|o| covered(o) || person(o)) {
            return;
        }
    }
    found.push(name);
}

/// The words of a person's name that tell persons apart: without initials, accents, "Jr" and letter case.
pub(super) fn name_words(name: &str) -> Vec<String> {
    name.split([' ', '\u{a0}'])
        .map(|w| folded(w.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|w| w.chars().count() > 1 && !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
        .collect()
}
