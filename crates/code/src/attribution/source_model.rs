//! Which words name the source of a cue: a choice among the noun phrases of its sentence and none at all.

use super::cue_model::{signature, sort};
use super::cues::CueTable;
use super::flow::Flow;
use super::linear::Features;
use super::stance_word;

/// The words that may be heads of the source of cue `cue`, besides none.
pub(crate) fn candidates(flow: &Flow<'_>, cue: usize) -> Vec<usize> {
    flow.sentences[flow.words[cue].sentence].clone().filter(|&i| i != cue && may_be_source(flow, i)).collect()
}

fn may_be_source(flow: &Flow<'_>, i: usize) -> bool {
    let word = &flow.words[i];
    match word.pos {
        "PROPN" | "NOUN" => !matches!(word.dep, "compound" | "npadvmod"),
        "PRON" => true,
        "NUM" | "DET" | "ADJ" => {
            matches!(word.dep, "nsubj" | "nsubjpass" | "pobj" | "dobj" | "conj" | "ROOT")
        }
        _ => false,
    }
}

/// The labels of the way from word `from` to word `to` of one sentence: up, then down.
pub(crate) fn path(flow: &Flow<'_>, from: usize, to: usize) -> String {
    let mut ups = vec![from];
    let mut at = from;
    while !flow.is_under(to, at) && flow.words[at].head != at && ups.len() < 8 {
        at = flow.words[at].head;
        ups.push(at);
    }
    let mut downs = Vec::new();
    let mut at = to;
    let top = ups[ups.len() - 1];
    while at != top && flow.words[at].head != at && downs.len() < 8 {
        downs.push(flow.words[at].dep);
        at = flow.words[at].head;
    }
    let mut path = String::new();
    for &up in &ups[..ups.len() - 1] {
        path.push('^');
        path.push_str(flow.words[up].dep);
    }
    for dep in downs.iter().rev() {
        path.push('_');
        path.push_str(dep);
    }
    path
}

/// Adds the features of `source`, or of none, as the source of cue `cue`.
pub(crate) fn describe(
    flow: &Flow<'_>,
    table: &CueTable,
    cue: usize,
    source: Option<usize>,
    out: &mut Features,
) {
    let word = &flow.words[cue];
    let lemma = word.lemma.as_str();
    let class = table.stance(lemma, word.pos).map_or("-", stance_word);
    let lemma = if class == "-" { flow.plain(cue) } else { lemma };
    let sig = signature(flow, cue);
    let Some(i) = source else {
        out.add("s0", &[word.pos, word.dep]);
        out.add("s0l", &[lemma, word.tag]);
        out.add("s0s", &[&sig, word.tag]);
        out.add("s0c", &[class, &sig]);
        out.add("s0q", &[if word.quote.is_some() { "in" } else { "out" }, class]);
        return;
    };
    let named = &flow.words[i];
    let path = path(flow, cue, i);
    let sort = sort(flow, i);
    let side = if i < cue { "<" } else { ">" };
    let gap = match i.abs_diff(cue) {
        1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=8 => "8",
        9..=16 => "16",
        _ => "far",
    };
    out.add("sp", &[&path]);
    out.add("spp", &[&path, word.pos]);
    out.add("spt", &[&path, word.tag]);
    out.add("spl", &[&path, lemma]);
    out.add("sps", &[&path, &sig]);
    out.add("spo", &[&path, sort]);
    out.add("spg", &[&path, side, gap]);
    out.add("so", &[sort, side]);
    out.add("sol", &[sort, lemma]);
    out.add("sd", &[named.dep, side, gap, word.pos]);
    out.add("sdo", &[named.dep, sort, side]);
    out.add("sg", &[side, gap, word.tag]);
    out.add("sh", &[named.dep, flow.plain(named.head)]);
    if named.pos == "NOUN" {
        out.add("sn", &[&named.lemma]);
        out.add("snc", &[&named.lemma, class]);
    }
    let quotes = match (word.quote, named.quote) {
        (None, None) => "neither",
        (None, Some(_)) => "source",
        (Some(_), None) => "cue",
        (a, b) if a == b => "both",
        _ => "apart",
    };
    out.add("sq", &[quotes, named.dep]);
    out.add("sqp", &[quotes, sort]);
    let between = (i.min(cue) + 1..i.max(cue)).filter(|&j| may_be_source(flow, j)).count().min(4);
    let between = ["0", "1", "2", "3", "4"][between];
    out.add("sb", &[between, side, word.pos]);
    out.add("sbd", &[between, side, named.dep]);
    let verb_between = (i.min(cue) + 1..i.max(cue)).any(|j| flow.words[j].pos == "VERB");
    out.add("sv", &[if verb_between { "v" } else { "-" }, side, named.dep, word.pos]);
}
