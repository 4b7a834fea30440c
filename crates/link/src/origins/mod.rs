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
use crate::actors::{Actors, key};
use crate::sets::Sets;

/// Where a document's own words come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// The document.
    pub doc: String,
    /// The agency credited for it, or else the publisher of the first copy of it; the document where none is known.
    pub voice: String,
}

/// Where the own words of each article come from, given the groups of copies, each with the earliest article first.
pub fn carriers(articles: &[Article], groups: &[Vec<String>]) -> Vec<Carrier> {
    let by_doc: FxHashMap<&str, &Article> = articles.iter().map(|a| (a.doc.as_str(), a)).collect();
    let mut voices: FxHashMap<&str, String> = FxHashMap::default();
    for group in groups {
        let members: Vec<&Article> =
            group.iter().filter_map(|doc| by_doc.get(doc.as_str()).copied()).collect();
        let agency = members.iter().find_map(|article| agency(article));
        let first = members.iter().min_by_key(|article| article.place());
        let voice = agency.or_else(|| first.map(|article| own_voice(article)));
        for article in members {
            if let Some(voice) = &voice {
                voices.insert(&article.doc, voice.clone());
            }
        }
    }
    articles
        .iter()
        .map(|article| Carrier {
            doc: article.doc.clone(),
            voice: match voices.get(article.doc.as_str()) {
                Some(voice) => voice.clone(),
                None => agency(article).unwrap_or_else(|| own_voice(article)),
            },
        })
        .collect()
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
    let outlet = source.chain.last().map_or(voice, String::as_str);
    let mut names: Vec<String> = Vec::new();
    for speaker in source.speaker.split('|').map(str::trim).filter(|s| !s.is_empty()) {
        if speaker == "author" {
            names.push(actors.resolve(outlet).to_owned());
        } else if is_unnamed(speaker, source.basis) {
            let who = source.affiliation.as_deref().map(|of| format!("officials of {}", actors.resolve(of)));
            names.push(format!("{} ({})", who.as_deref().unwrap_or(speaker), actors.resolve(outlet)));
        } else {
            names.push(actors.resolve(speaker).to_owned());
        }
    }
    // The author of a release and the person whose release it is are one source: the person is the one to name.
    names.sort_by_key(|name| actors.resolve(outlet) == name);
    if names.is_empty() { vec![outlet.to_owned()] } else { names }
}

/// Whether a speaker is nobody in particular: `officials`, `a senior diplomat`, `two people familiar with the deal`.
fn is_unnamed(speaker: &str, basis: Basis) -> bool {
    let has_name = speaker.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
    let general = speaker.to_lowercase();
    let noun = UNNAMED.iter().any(|word| general.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word));
    (basis == Basis::OfficialsUnnamed || speaker.starts_with(char::is_lowercase) || !has_name) && noun
}

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
    fn a_release_and_its_sender_are_one() {
        check(&["author|Ana Tessel @ Office of Ana Tessel", "Ana Tessel @ Lys Post"], &["Ana Tessel"]);
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
