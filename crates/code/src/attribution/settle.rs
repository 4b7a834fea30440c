//! Makes an attribution of what the models found: actor, stance, basis, directness.

use std::ops::Range;

use model::{Basis, Directness};

use super::Attribution;
use super::content_model::Link;
use super::cues::CueTable;
use super::find::{Found, source_words};
use super::flow::Flow;
use super::stance::stance;
use crate::mentions::{ActorKind, Cast};

/// How far before a participle the noun that it belongs to may stand.
const NEAR: usize = 12;

/// What `found` says, with its source looked up in `cast`.
///
/// "The paper reported, citing officials, that" has the officials for its source and the paper in its chain; in "a
/// response from the ministry stating that" it is the ministry.
pub(crate) fn settle(flow: &Flow<'_>, cast: &Cast, table: &CueTable, found: &Found) -> Attribution {
    let (stance, negated) = stance(flow, table, &found.link);
    let cue = found.link.cue;
    let cited = cited(flow, cast, table, &found.link);
    let content = with_contrast(flow, cue, without_cited(flow, cue, &found.content));
    let other = cited.or_else(|| owner(flow, table, cue)).map(|source| Link {
        cue,
        source: Some(source),
        source_words: source_words(flow, source, cue),
    });
    let link = other.as_ref().unwrap_or(&found.link);
    let mut chain = Vec::new();
    if cited.is_some()
        && let Some(outlet) = found.link.source
    {
        chain.push(name_of(flow, cast, outlet, &found.link.source_words));
    }
    chain.extend(told(flow, cast, cue));
    Attribution {
        source: flow.places(link.source_words.clone()).into_iter().next(),
        actor: link.source.and_then(|s| speaker(flow, cast, table, s)),
        cue: flow.places(cue_words(flow, found)),
        content: content.iter().flat_map(|r| flow.places(r.clone())).collect(),
        stance,
        negated,
        basis: basis(flow, cast, table, link),
        directness: directness(flow, &content),
        chain,
        parent: None,
        by_instrument: link.source.is_some_and(|s| table.is_instrument(&flow.words[s].lemma)),
    }
}

/// The person whom the words after a role name: "the minister, Jane Roe, said".
fn person_beside(flow: &Flow<'_>, cast: &Cast, i: usize) -> Option<usize> {
    let last = flow.words[i].edges.1.min(i + 16);
    let beside = (i..=last).filter(|&c| flow.words[c].dep == "appos" && flow.words[c].entity == "PERSON");
    let beside = beside.chain(flow.children(i).iter().copied().filter(|&c| flow.words[c].dep == "appos"));
    beside.filter_map(|c| actor(flow, cast, c)).find(|&a| cast.actors[a].kind == ActorKind::Person)
}

/// Whose words word `i` names: its own actor, or for "his statement", "a report by the ministry" whose they are.
fn speaker(flow: &Flow<'_>, cast: &Cast, table: &CueTable, i: usize) -> Option<usize> {
    let word = &flow.words[i];
    if word.pos == "NOUN" && table.stance(&word.lemma, "NOUN").is_some() {
        let named = |&&c: &&usize| {
            matches!(flow.words[c].dep, "compound" | "nmod" | "amod") && actor(flow, cast, c).is_some()
        };
        let maker = maker(flow, i).or_else(|| flow.children(i).iter().find(named).copied());
        return actor(flow, cast, maker.unwrap_or(i));
    }
    let own = actor(flow, cast, i);
    let nameless = own.is_none_or(|a| cast.actors[a].kind == ActorKind::Unnamed);
    own.filter(|_| !nameless).or_else(|| person_beside(flow, cast, i)).or(own)
}

/// Who made the words that noun `i` names: "the ministry's report", "a letter from senators", "a statement by her".
fn maker(flow: &Flow<'_>, i: usize) -> Option<usize> {
    let by =
        |&&c: &&usize| flow.words[c].dep == "prep" && matches!(flow.words[c].lower.as_str(), "from" | "by");
    flow.child(i, "poss").or_else(|| {
        let prep = flow.children(i).iter().find(by)?;
        flow.child(*prep, "pobj")
    })
}

/// Who is the source of a participle that follows a noun of speech: "the ministry's letter stating that".
///
/// Parsers hang such a participle on the verb or on another noun as often as on the right one.
fn owner(flow: &Flow<'_>, table: &CueTable, cue: usize) -> Option<usize> {
    let word = &flow.words[cue];
    let start = flow.sentences[word.sentence].start.max(cue.saturating_sub(NEAR));
    if word.tag != "VBG"
        || cue == start
        || matches!(flow.words[cue - 1].pos, "PUNCT" | "CCONJ" | "ADP" | "AUX")
    {
        return None;
    }
    let spoken = |&n: &usize| {
        let noun = &flow.words[n];
        let listed = table.stance(&noun.lemma, "NOUN").is_some()
            || matches!(noun.lemma.as_str(), "case" | "suit" | "lawsuit" | "filing");
        noun.pos == "NOUN" && listed && (noun.edges.1 + 1 >= cue)
    };
    let noun = (start..cue).rev().find(spoken)?;
    maker(flow, noun).filter(|&m| m < cue).or(Some(noun))
}

/// The outlet that a source told: "told Reuters", "in an interview with the BBC".
fn told(flow: &Flow<'_>, cast: &Cast, cue: usize) -> Vec<String> {
    let objects = flow.children(cue).iter().flat_map(|&c| match flow.words[c].dep {
        "dobj" | "dative" => vec![c],
        "prep" => flow
            .child(c, "pobj")
            .into_iter()
            .flat_map(|o| flow.children(o).iter().filter_map(|&p| flow.child(p, "pobj")).chain([o]))
            .collect(),
        _ => Vec::new(),
    });
    let outlet = |o: usize| {
        let actor = &cast.actors[actor(flow, cast, o)?];
        (actor.kind == ActorKind::Outlet).then(|| actor.id.clone())
    };
    objects.filter_map(outlet).collect()
}

/// Index in `cast` of whom word `i` names; of whom a relative pronoun stands for.
pub(crate) fn actor(flow: &Flow<'_>, cast: &Cast, i: usize) -> Option<usize> {
    let i = antecedent(flow, i).unwrap_or(i);
    let word = &flow.words[i];
    cast.mention_at(word.block, word.token).map(|m| m.actor)
}

/// The noun that relative pronoun `i` stands for.
fn antecedent(flow: &Flow<'_>, i: usize) -> Option<usize> {
    let relative = matches!(flow.words[i].tag, "WDT" | "WP") && flow.words[i].head != i;
    let verb = flow.words[i].head;
    (relative && flow.words[verb].dep == "relcl").then_some(flow.words[verb].head)
}

fn name_of(flow: &Flow<'_>, cast: &Cast, i: usize, words: &Range<usize>) -> String {
    match actor(flow, cast, i) {
        Some(actor) => cast.actors[actor].id.clone(),
        None => {
            let texts: Vec<&str> = flow.words[words.clone()].iter().map(|w| w.text).collect();
            texts.join(" ")
        }
    }
}

/// Where a source is said to cite another beside a cue: the word "citing" before or after it.
fn citing(flow: &Flow<'_>, cue: usize) -> Option<usize> {
    let sentence = flow.sentences[flow.words[cue].sentence].clone();
    let cites = |&i: &usize| matches!(flow.words[i].lower.as_str(), "citing" | "quoting") && i != cue;
    let beside = |i: &usize| flow.words[*i].head == cue || i.abs_diff(cue) <= 3;
    let before = flow.child(cue, "nsubj").map_or(cue, |s| flow.words[s].edges.0);
    sentence
        .filter(cites)
        .find(|i| beside(i) || (before..cue).contains(i) || flow.words[*i].edges.1 + 2 >= cue && *i < cue)
}

/// Whom an outlet is said to cite: "the paper reported, citing two officials". What a person cites is a basis only.
fn cited(flow: &Flow<'_>, cast: &Cast, table: &CueTable, link: &Link) -> Option<usize> {
    let object = flow.child(citing(flow, link.cue)?, "dobj")?;
    let person = flow.words[link.source?].entity == "PERSON"
        || actor(flow, cast, link.source?).is_some_and(|a| cast.actors[a].kind == ActorKind::Person);
    let speaks = matches!(flow.words[object].entity, "PERSON" | "ORG" | "GPE" | "NORP")
        || table.basis(&flow.words[object].lemma) == Some(Basis::OfficialsUnnamed);
    (speaks && !person).then_some(object)
}

/// The content without "citing two officials" where it was taken along.
fn without_cited(flow: &Flow<'_>, cue: usize, content: &[Range<usize>]) -> Vec<Range<usize>> {
    let Some((verb, object)) = citing(flow, cue).and_then(|v| Some((v, flow.child(v, "dobj")?))) else {
        return content.to_vec();
    };
    let cited = verb..flow.words[object].edges.1 + 1;
    let mut left = Vec::new();
    for run in content {
        if run.start >= cited.end || run.end <= cited.start {
            left.push(run.clone());
            continue;
        }
        left.push(run.start..cited.start.max(run.start));
        let rest = (cited.end..run.end).find(|&i| flow.words[i].pos != "PUNCT").unwrap_or(run.end);
        left.push(rest..run.end);
    }
    left.retain(|run| !run.is_empty());
    left
}

/// The content with the contrast that its own clause goes on to: "claims that A armed X, while B armed Y".
fn with_contrast(flow: &Flow<'_>, cue: usize, mut content: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let parted = |run: &Range<usize>| {
        run.end <= cue && (run.end..cue).any(|i| flow.words[i].text == ";" && flow.words[i].quote.is_none())
    };
    if content.iter().any(|run| run.start > cue) {
        content.retain(|run| !parted(run)); // "A stops a ship; B says that": B does not say the first
    }
    let Some(last) = content.last_mut() else { return content };
    let comma = |i: usize| i < flow.words.len() && flow.words[i].text == ",";
    let next = if comma(last.end) { last.end + 1 } else { last.end };
    let opens = next < flow.words.len()
        && matches!(flow.words[next].lower.as_str(), "while" | "whereas")
        && next > cue
        && flow.words[next].sentence == flow.words[last.end - 1].sentence;
    if !opens {
        return content;
    }
    let verb = flow.words[next].head;
    let under = last.contains(&flow.words[verb].head) && flow.words[verb].dep == "advcl";
    let end = flow.words[verb].edges.1 + 1;
    if under && end > last.end {
        last.end = end;
    }
    content
}

/// The head of the cue with its helpers, as far as they stand together.
fn cue_words(flow: &Flow<'_>, found: &Found) -> Range<usize> {
    let cue = found.link.cue;
    let helps = |i: usize| {
        flow.words[i].head == cue
            && matches!(flow.words[i].dep, "aux" | "auxpass" | "neg" | "prt" | "advmod")
            && !found.content.iter().any(|r| r.contains(&i))
    };
    let (mut start, mut end) = (cue, cue + 1);
    while start > 0 && helps(start - 1) {
        start -= 1;
    }
    while end < flow.words.len() && flow.words[end].dep == "prt" && helps(end) {
        end += 1;
    }
    start..end
}

/// What the source is, or is said to go by: intelligence, documents, officials without a name.
fn basis(flow: &Flow<'_>, cast: &Cast, table: &CueTable, link: &Link) -> Basis {
    let adjunct = adjuncts(flow, link.cue).into_iter().find_map(|i| noun_basis(flow, table, i));
    let Some(source) = link.source else { return adjunct.unwrap_or(Basis::NoneGiven) };
    let own = noun_basis(flow, table, source).filter(|b| *b != Basis::OfficialsUnnamed);
    if let Some(basis) = own.or(adjunct.filter(|b| *b != Basis::OfficialsUnnamed)) {
        return basis;
    }
    let unnamed = match actor(flow, cast, source) {
        Some(a) => cast.actors[a].kind == ActorKind::Unnamed,
        None => !flow.words[link.source_words.clone()].iter().any(|w| w.entity == "PERSON"),
    };
    let word = &flow.words[source];
    let officials = table.basis(&word.lemma) == Some(Basis::OfficialsUnnamed) && word.pos == "NOUN";
    let indefinite = word.tag == "NNS"
        || flow
            .child(source, "det")
            .is_none_or(|d| matches!(flow.words[d].lower.as_str(), "a" | "an" | "one"));
    if officials && unnamed && indefinite { Basis::OfficialsUnnamed } else { Basis::NoneGiven }
}

/// What a noun, or else its modifiers, names as a basis.
fn noun_basis(flow: &Flow<'_>, table: &CueTable, i: usize) -> Option<Basis> {
    let own = table.basis(&flow.words[i].lemma);
    if own.is_some() {
        return own;
    }
    let modifiers =
        flow.children(i).iter().filter(|&&c| matches!(flow.words[c].dep, "compound" | "amod" | "nmod"));
    let plain = |b: &Basis| *b != Basis::OfficialsUnnamed;
    modifiers.filter_map(|&c| table.basis(&flow.words[c].lemma)).find(plain)
}

/// The objects of "based on", "citing", "from" beside a cue.
fn adjuncts(flow: &Flow<'_>, cue: usize) -> Vec<usize> {
    let mut objects: Vec<usize> = citing(flow, cue).and_then(|v| flow.child(v, "dobj")).into_iter().collect();
    for &child in flow.children(cue) {
        let word = &flow.words[child];
        if word.lemma == "base" {
            let on = flow.child(child, "prep").and_then(|p| flow.child(p, "pobj"));
            objects.extend(on);
        }
    }
    objects
}

/// Whether the words of the content are quoted, all, some or none.
fn directness(flow: &Flow<'_>, content: &[Range<usize>]) -> Directness {
    let words = content.iter().flat_map(|r| &flow.words[r.clone()]).filter(|w| w.pos != "PUNCT");
    let (mut inside, mut outside) = (0, 0);
    for word in words {
        if word.quote.is_some() { inside += 1 } else { outside += 1 }
    }
    match (inside, outside) {
        (0, _) => Directness::Indirect,
        (_, 0) => Directness::Direct,
        _ => Directness::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::check;

    #[test]
    fn bases() {
        check(
            "US intelligence indicates that Moscow has received the missiles.",
            "USA / indicates / that Moscow has received the missiles / Asserts by intelligence",
        );
        check(
            "Leaked documents show that the company shipped engines to Iran.",
            "(Leaked documents) / show / that the company shipped engines to Iran / Asserts by documents",
        );
        check(
            "Two officials, who asked not to be named, said the weapons had come by sea.",
            "officials / said / the weapons had come by sea / Asserts by officials_unnamed",
        );
    }

    #[test]
    fn the_maker_of_a_text_speaks() {
        check(
            "The report by the panel found that Eritrea supplied arms to the rebels.",
            "panel / found / that Eritrea supplied arms to the rebels / Asserts",
        );
        check(
            "A UN report found that Eritrea supplied arms to the rebels.",
            "UN / found / that Eritrea supplied arms to the rebels / Asserts",
        );
        check(
            "A statement by the company said the engines were never exported.",
            "company / said / the engines were never exported / Asserts",
        );
        check(
            "The letter from the ministry states that the licence was revoked.",
            "ministry / states / that the licence was revoked / Asserts",
        );
    }
}
