//! Origins: which claims go back to one statement.
//!
//! Ten papers that carry one agency's report of one spokesman's words are one source. A claim goes back to its speaker
//! wherever one is named; the document's own words go back to the outlet that is credited with having reported them
//! first, or to the agency in the credit line, or to the first publisher of a text that was copied, or else to the
//! publisher. Claims that share one of these share their origin.

use std::collections::BTreeMap;

use model::{Basis, Claim};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::Article;
use crate::actors::{Actors, is_state, key};
use crate::sets::Sets;

/// Where a document's own words come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// The document.
    pub doc: String,
    /// The agency credited for it, or else the publisher of the first copy of it; the document where none is known.
    pub voice: String,
}

/// What of one article tells whose words it carries: little enough to be kept for every article there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The article's document.
    pub doc: String,
    /// The day that it is filed under.
    pub day: i32,
    /// The agency that it credits.
    agency: Option<String>,
    /// Its publisher; the document where none is known.
    own: String,
}

impl Voice {
    /// Reads an article's ends for whose words it carries.
    pub fn of(article: &Article) -> Self {
        Voice { doc: article.doc.clone(), day: article.day, agency: agency(article), own: own_voice(article) }
    }
}

/// Where the own words of each article come from, given the groups of copies, each with the earliest article first.
pub fn carriers(articles: &[Article], groups: &[Vec<String>]) -> Vec<Carrier> {
    carried(&articles.iter().map(Voice::of).collect::<Vec<_>>(), groups)
}

/// [`carriers`] for articles of which only the [`Voice`]s are there.
pub fn carried(all: &[Voice], groups: &[Vec<String>]) -> Vec<Carrier> {
    let by_doc: FxHashMap<&str, &Voice> = all.iter().map(|voice| (voice.doc.as_str(), voice)).collect();
    let mut shared: FxHashMap<&str, &str> = FxHashMap::default();
    for group in groups {
        let members: Vec<&Voice> = group.iter().filter_map(|doc| by_doc.get(doc.as_str()).copied()).collect();
        let agency = members.iter().find_map(|voice| voice.agency.as_deref());
        let first = members.iter().min_by_key(|voice| (voice.day, &voice.doc));
        if let Some(whose) = agency.or_else(|| first.map(|voice| voice.own.as_str())) {
            shared.extend(members.iter().map(|voice| (voice.doc.as_str(), whose)));
        }
    }
    let whose = |voice: &Voice| match shared.get(voice.doc.as_str()) {
        Some(whose) => (*whose).to_owned(),
        None => voice.agency.clone().unwrap_or_else(|| voice.own.clone()),
    };
    all.iter().map(|voice| Carrier { doc: voice.doc.clone(), voice: whose(voice) }).collect()
}

fn own_voice(article: &Article) -> String {
    article.publisher.clone().unwrap_or_else(|| article.doc.clone())
}

/// The agency that an article credits in its first or last lines, or that publishes it.
///
/// An agency that is not in the list here is known by its dateline: `LYS, 6 May (Harbour Wire) –`.
pub fn agency(article: &Article) -> Option<String> {
    if let Some(publisher) = &article.publisher {
        let publisher = key(publisher);
        if let Some(found) = AGENCIES.iter().find(|(name, _)| key(name) == publisher) {
            return Some(found.0.to_owned());
        }
    }
    let head: String = article.body.chars().take(240).collect();
    let tail: Vec<char> = article.body.trim_end().chars().rev().take(160).collect();
    let tail: String = tail.into_iter().rev().collect();
    let credited =
        |(name, marks): &&(&str, &[&str])| marks.iter().chain([name]).any(|mark| credits(&head, &tail, mark));
    let known = AGENCIES.iter().find(credited).map(|(name, _)| (*name).to_owned());
    known.or_else(|| dateline(&head))
}

/// The name in brackets that a dateline ends with: after a place in capitals, before a dash.
fn dateline(head: &str) -> Option<String> {
    for line in head.lines() {
        let Some((place, rest)) = line.split_once(" (") else { continue };
        let Some((name, after)) = rest.split_once(')') else { continue };
        let capitals =
            place.chars().take_while(|c| *c != ',').filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let dash = after.trim_start().starts_with(['-', '–', '—']);
        let short = place.split_whitespace().count() <= 8 && name.split_whitespace().count() <= 4;
        if capitals && dash && short && name.starts_with(char::is_uppercase) {
            return Some(name.to_owned());
        }
    }
    None
}

/// Whether the ends of a text credit an agency: `LYS, 6 May (Reuters) –`, `AFP -`, `– with Reuters`, `Source: TASS`.
fn credits(head: &str, tail: &str, mark: &str) -> bool {
    let bracketed = [format!("({mark})"), format!("[{mark}]")];
    let opens = ["-", "–", "—"].iter().any(|dash| head.contains(&format!("{mark} {dash}")));
    let named = [
        format!("Source: {mark}"),
        format!("with {mark}"),
        format!("By {mark}"),
        format!("/ {mark}"),
        format!("© {mark}"),
        format!("{mark} contributed"),
        format!("reporting by {mark}"),
        format!("Reporting by {mark}"),
    ];
    opens
        || bracketed.iter().any(|b| head.contains(b) || tail.contains(b))
        || named.iter().any(|n| tail.contains(n))
}

/// News agencies: the name, and how credit lines write it.
const AGENCIES: &[(&str, &[&str])] = &[
    ("Reuters", &[]),
    ("Associated Press", &["AP", "The Associated Press"]),
    ("Agence France-Presse", &["AFP"]),
    ("TASS", &["ITAR-TASS"]),
    ("Interfax", &[]),
    ("RIA Novosti", &["Sputnik"]),
    ("Xinhua", &[]),
    ("Yonhap", &[]),
    ("KCNA", &[]),
    ("Kyodo News", &["Kyodo"]),
    ("Deutsche Presse-Agentur", &["dpa", "DPA"]),
    ("ANSA", &[]),
    ("EFE", &[]),
    ("Press Trust of India", &["PTI"]),
    ("United Press International", &["UPI"]),
    ("Ukrinform", &[]),
    ("Anadolu Agency", &["AA", "Anadolu"]),
    ("IRNA", &[]),
    ("Press Association", &["PA"]),
];

/// A source that is independent of the others, and which claims go back to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Who: a speaker, an outlet, an agency, or the officials that an outlet quotes without their names.
    pub name: String,
    /// The claims, by their place in what was given.
    pub claims: Vec<usize>,
}

/// Folds claims by origin: each is given with the voice of its document. Origins come by their first claim.
pub fn origins(claims: &[(&Claim, &str)], actors: &Actors) -> Vec<Origin> {
    let keys: Vec<Vec<String>> =
        claims.iter().map(|(claim, voice)| origin_names(claim, voice, actors)).collect();
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    let mut sets = Sets::new(claims.len());
    for (i, names) in keys.iter().enumerate() {
        for name in names {
            let at = *first.entry(key(name)).or_insert(i);
            sets.join(at, i);
        }
    }
    let mut found = Vec::new();
    for group in sets.groups() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in group.iter().filter_map(|&i| keys[i].first()) {
            *counts.entry(name).or_default() += 1;
        }
        let best = counts.iter().max_by_key(|&(name, &n)| (n, std::cmp::Reverse(*name)));
        found
            .push(Origin { name: best.map_or(String::new(), |(name, _)| (*name).to_owned()), claims: group });
    }
    found
}

/// The names to which a claim goes back, the chief one first.
fn origin_names(claim: &Claim, voice: &str, actors: &Actors) -> Vec<String> {
    let source = &claim.source;
    let outlet = actors.resolve(source.chain.last().map_or(voice, String::as_str));
    let home = source.affiliation.as_deref().map(|of| actors.resolve(of));
    let mut names: Vec<String> = Vec::new();
    for speaker in source.speaker.split('|').map(str::trim).filter(|s| !s.is_empty()) {
        if speaker == "author" {
            names.push(outlet.to_owned());
            continue;
        }
        let name = actors.resolve(speaker);
        names.push(match (speaker_kind(speaker, source.basis), home) {
            (Speaker::Unnamed, Some(home)) => format!("officials of {home} ({outlet})"),
            (Speaker::Unnamed, None) => format!("{speaker} ({outlet})"),
            (Speaker::Office, Some(home)) if is_state(home) => format!("{} of {home}", bare(name)),
            (Speaker::Common, _) => format!("{} ({outlet})", bare(name)),
            _ => name.to_owned(),
        });
        // A body that speaks in its own release, and whoever speaks for it there, are one source.
        if key(name) == key(outlet) || home.is_some_and(|home| key(home) == key(outlet)) {
            names.push(outlet.to_owned());
        }
    }
    // The author of a release and the person whose release it is are one source: the person is the one to name.
    names.sort_by_key(|name| outlet == name);
    if names.is_empty() { vec![outlet.to_owned()] } else { names }
}

/// How far the words for a speaker tell who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaker {
    /// By name: `Ana Tessel`, `Harbour Gazette`.
    Named,
    /// As an office or body that many states have: `Ministry of Economy`, `the air force`.
    Office,
    /// As something that only its document tells apart: `the ship's papers`, `the minister`, `we`.
    Common,
    /// As nobody in particular: `officials`, `a senior diplomat`, `two people familiar with the deal`.
    Unnamed,
}

fn speaker_kind(speaker: &str, basis: Basis) -> Speaker {
    let words = || speaker.split_whitespace();
    let named = words().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let is_one_of = |list: &[&str]| {
        words().any(|word| {
            list.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        })
    };
    let small = speaker.starts_with(char::is_lowercase);
    if (basis == Basis::OfficialsUnnamed || small || !named) && is_one_of(UNNAMED) {
        return Speaker::Unnamed;
    }
    let body = |word: Option<&str>| word.is_some_and(|word| OFFICES.contains(&word.to_lowercase().as_str()));
    let bare = bare(speaker);
    let mut own = bare.split_whitespace();
    if body(own.next()) || body(own.next_back()) {
        return Speaker::Office;
    }
    let determined = bare.len() < speaker.len();
    let common = !bare.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
    if common && (small || determined) { Speaker::Common } else { Speaker::Named }
}

/// A speaker's words without what only points at it: `The ship's papers` and `Its papers` are `papers`.
fn bare(speaker: &str) -> &str {
    let mut rest = speaker;
    while let Some((first, more)) = rest.split_once(' ') {
        let common_owner = first.ends_with("'s") && first.starts_with(char::is_lowercase);
        if !common_owner && !POINTERS.contains(&first.to_lowercase().as_str()) {
            break;
        }
        rest = more;
    }
    rest
}

const POINTERS: &[&str] =
    &["the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "these", "those"];

/// Bodies and offices that every state has, as the first or last word of their names.
const OFFICES: &[&str] = &[
    "ministry",
    "department",
    "government",
    "parliament",
    "cabinet",
    "presidency",
    "army",
    "navy",
    "force",
    "forces",
    "military",
    "police",
    "customs",
    "guard",
    "embassy",
    "treasury",
];

const UNNAMED: &[&str] = &[
    "official",
    "officials",
    "source",
    "sources",
    "people",
    "person",
    "diplomat",
    "diplomats",
    "analysts",
    "experts",
    "officer",
    "officers",
    "aide",
    "aides",
    "insiders",
    "lawmakers",
    "authorities",
    "workers",
    "witnesses",
];

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Kind, Source};

    fn article(doc: &str, day: i32, publisher: &str, body: &str) -> Article {
        Article {
            doc: doc.into(),
            day,
            dated: true,
            url: None,
            publisher: Some(publisher.into()),
            title: String::new(),
            body: body.into(),
        }
    }

    /// Claims as `speaker < chain @ voice`; the origins as their names.
    fn check(claims: &[&str], expected: &[&str]) {
        let mut made: Vec<(Claim, &str)> = Vec::new();
        for line in claims {
            let (who, voice) = line.split_once(" @ ").unwrap();
            let mut who = who.split(" < ");
            let mut claim = Claim::new(Kind::Transfer);
            let speaker = who.next().unwrap().to_owned();
            claim.source = Source { speaker, chain: who.map(str::to_owned).collect(), ..Source::author() };
            made.push((claim, voice));
        }
        let given: Vec<(&Claim, &str)> = made.iter().map(|(claim, voice)| (claim, *voice)).collect();
        let names: Vec<String> = origins(&given, &Actors::default()).into_iter().map(|o| o.name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn one_speaker_in_several_papers_is_one() {
        check(
            &["Ana Tessel @ Harbour Gazette", "Ana Tessel @ Lys Post", "Ms. Ana Tessel @ Odrin Daily"],
            &["Ana Tessel"],
        );
    }

    #[test]
    fn what_was_first_reported_elsewhere_goes_back_there() {
        check(&["author < Harbour Gazette @ Lys Post", "author @ The Harbour Gazette"], &["Harbour Gazette"]);
        check(&["officials @ Lys Post", "officials < Lys Post @ Odrin Daily"], &["officials (Lys Post)"]);
        check(&["author @ Lys Post", "author @ Odrin Daily"], &["Lys Post", "Odrin Daily"]);
    }

    #[test]
    fn what_only_its_document_tells_apart_is_a_source_of_that_document() {
        check(&["The ship's papers @ Lys Wire", "Its papers @ Lys Wire"], &["papers (Lys Wire)"]);
        check(
            &["the minister @ Lys Post", "the minister @ Odrin Daily"],
            &["minister (Lys Post)", "minister (Odrin Daily)"],
        );
    }

    #[test]
    fn offices_that_every_state_has_are_told_apart_by_state() {
        let said = |state: &str| {
            let mut claim = Claim::new(Kind::Transfer);
            let affiliation = Some(state.to_owned());
            claim.source = Source { speaker: "Ministry of Defence".into(), affiliation, ..Source::author() };
            claim
        };
        let claims = [said("KEN"), said("NOR"), said("KEN")];
        let given = [(&claims[0], "Lys Post"), (&claims[1], "Lys Post"), (&claims[2], "Odrin Daily")];
        let found = origins(&given, &Actors::default());
        let names: Vec<&str> = found.iter().map(|o| o.name.as_str()).collect();
        assert_eq!(names, ["Ministry of Defence of KEN", "Ministry of Defence of NOR"]);
        assert_eq!(found[0].claims, [0, 2]);
    }

    #[test]
    fn a_release_and_its_sender_are_one() {
        check(&["author|Ana Tessel @ Office of Ana Tessel", "Ana Tessel @ Lys Post"], &["Ana Tessel"]);
        check(
            &["author @ Ministry of Trade", "the Ministry of Trade @ Ministry of Trade"],
            &["Ministry of Trade"],
        );
    }

    #[test]
    fn copies_and_credits_have_the_first_voice() {
        let all = [
            article("a", 1, "Lys Post", "LYS (Reuters) - A ship left."),
            article("b", 2, "Odrin Daily", "A ship left, it was said."),
            article("c", 2, "Harbour Gazette", "Another ship came."),
        ];
        let voices: Vec<String> =
            carriers(&all, &[vec!["a".into(), "b".into()]]).into_iter().map(|c| c.voice).collect();
        assert_eq!(voices, ["Reuters", "Reuters", "Harbour Gazette"]);
        assert_eq!(
            agency(&article("d", 3, "The Associated Press", "Text.")).as_deref(),
            Some("Associated Press")
        );
        let unknown = agency(&article("f", 3, "x", "LYS, May 3 (Harbour Wire) - A ship left."));
        assert_eq!(unknown.as_deref(), Some("Harbour Wire"));
        assert_eq!(agency(&article("g", 3, "x", "The ship (a freighter) - an old one - left.")), None);
        assert_eq!(agency(&article("e", 3, "x", "The map of Lys (APRIL) and more.")), None);
    }
}
