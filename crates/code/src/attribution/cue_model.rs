//! Which words are heads of cues: a logistic model of each word and what stands around it.

use super::cues::CueTable;
use super::flow::Flow;
use super::linear::Features;
use super::stance_word;

/// Whether word `i` may be the head of a cue at all.
pub(crate) fn is_candidate(flow: &Flow<'_>, i: usize) -> bool {
    let word = &flow.words[i];
    match word.pos {
        "VERB" | "NOUN" | "ADJ" | "ADV" | "ADP" | "AUX" => true,
        "PROPN" => word.dep != "compound",
        "PUNCT" => word.text == ":",
        _ => false,
    }
}

/// Adds the features of word `i` as the head of a cue.
pub(crate) fn describe(flow: &Flow<'_>, table: &CueTable, i: usize, out: &mut Features) {
    let word = &flow.words[i];
    let lemma = word.lemma.as_str();
    let class = table.stance(lemma, word.pos).map_or("-", stance_word);
    let lemma = if class == "-" { flow.plain(i) } else { lemma };
    let sig = signature(flow, i);
    out.add("c0", &[word.pos, word.tag]);
    out.add("cl", &[lemma, word.pos]);
    out.add("clt", &[lemma, word.tag]);
    out.add("cld", &[lemma, word.dep]);
    out.add("cls", &[lemma, &sig]);
    out.add("cs", &[&sig, word.tag, class]);
    out.add("cst", &[&sig, word.tag]);
    out.add("ccd", &[class, word.dep, word.pos]);
    out.add("cct", &[class, word.tag]);
    let suffix: String = lemma.chars().rev().take(3).collect();
    out.add("csuf", &[&suffix, word.pos]);
    describe_children(flow, i, class, out);
    describe_head(flow, i, class, out);
    describe_subject(flow, i, class, out);
    describe_quotes(flow, i, class, &sig, out);
    describe_neighbours(flow, table, i, class, out);
}

/// The kinds of dependents that word `i` has, one letter each.
pub(crate) fn signature(flow: &Flow<'_>, i: usize) -> String {
    let letter = |dep: &str| match dep {
        "nsubj" => Some('s'),
        "nsubjpass" => Some('p'),
        "csubj" | "csubjpass" => Some('z'),
        "ccomp" => Some('c'),
        "xcomp" => Some('x'),
        "dobj" => Some('o'),
        "dative" => Some('d'),
        "agent" => Some('a'),
        "neg" => Some('n'),
        "acl" | "relcl" => Some('r'),
        "advcl" => Some('v'),
        "poss" => Some('q'),
        "pcomp" => Some('m'),
        "pobj" => Some('b'),
        "prt" => Some('t'),
        "acomp" | "attr" | "oprd" => Some('e'),
        "parataxis" => Some('y'),
        _ => None,
    };
    let mut sig: Vec<char> = flow.children(i).iter().filter_map(|&c| letter(flow.words[c].dep)).collect();
    sig.sort_unstable();
    sig.dedup();
    sig.into_iter().collect()
}

fn describe_children(flow: &Flow<'_>, i: usize, class: &str, out: &mut Features) {
    let lemma = flow.plain(i);
    let pos = flow.words[i].pos;
    for &c in flow.children(i) {
        let child = &flow.words[c];
        let side = if c < i { "<" } else { ">" };
        match child.dep {
            "punct" | "compound" => continue,
            "det" | "amod" | "advmod" => {
                out.add("ck", &[lemma, child.dep]);
                out.add("ckp", &[pos, child.dep, flow.plain(c)]);
            }
            "aux" | "auxpass" | "neg" | "prt" | "mark" | "poss" => {
                out.add("ckw", &[lemma, child.dep, &child.lower]);
                out.add("ckc", &[class, pos, child.dep, &child.lower]);
            }
            "prep" | "agent" | "dative" => {
                out.add("ckw", &[lemma, child.dep, &child.lemma]);
                out.add("ckc", &[class, pos, child.dep, &child.lemma]);
                if let Some(object) = flow.child(c, "pobj") {
                    let (entity, pos) = (flow.words[object].entity, flow.words[object].pos);
                    out.add("cpo", &[lemma, &child.lemma, entity, pos]);
                    out.add("cpl", &[class, &child.lemma, flow.plain(object)]);
                }
                if flow.child(c, "pcomp").is_some() {
                    out.add("cpc", &[lemma, &child.lemma]);
                }
            }
            _ => {
                out.add("ck", &[lemma, child.dep]);
                out.add("cks", &[class, pos, child.dep, side]);
            }
        }
        if matches!(child.dep, "dobj" | "xcomp" | "acomp" | "attr" | "ccomp" | "oprd") {
            out.add("cko", &[child.dep, lemma, child.tag]);
            out.add("ckl", &[lemma, child.dep, flow.plain(c)]);
            out.add("ckx", &[class, child.dep, flow.plain(c)]);
        }
        if child.dep == "ccomp" {
            let mark = flow.child(c, "mark").map_or("", |m| flow.words[m].lower.as_str());
            out.add("ckm", &[lemma, mark, side]);
            out.add("ckn", &[class, pos, mark, child.tag, side]);
        }
    }
}

fn describe_head(flow: &Flow<'_>, i: usize, class: &str, out: &mut Features) {
    let word = &flow.words[i];
    let head = &flow.words[word.head];
    let side = if word.head < i { "<" } else { ">" };
    let root = if word.head == i { "root" } else { flow.plain(word.head) };
    out.add("ch", &[word.dep, root]);
    out.add("chl", &[flow.plain(i), word.dep, root]);
    out.add("chp", &[word.pos, word.dep, head.pos, side]);
    out.add("chc", &[class, word.dep, head.pos]);
    let above = &flow.words[head.head];
    out.add("cha", &[word.pos, word.dep, head.dep, above.pos]);
}

/// The word that stands as subject of word `i`: its own, or that of the verb that it is joined to.
pub(crate) fn subject(flow: &Flow<'_>, i: usize) -> Option<(usize, &'static str)> {
    let own = ["nsubj", "nsubjpass", "poss", "agent"];
    if let Some(found) = own.iter().find_map(|d| flow.child(i, d)) {
        return Some((found, "own"));
    }
    let mut at = i;
    for _ in 0..3 {
        let word = &flow.words[at];
        if word.head == at {
            return None;
        }
        let (head, how) = match word.dep {
            "conj" => (word.head, "conj"),
            "xcomp" => (word.head, "xcomp"),
            "advcl" => (word.head, "advcl"),
            "acl" | "relcl" => return Some((word.head, "acl")),
            "ccomp" | "dobj" | "prep" | "pcomp" => (word.head, "up"),
            _ => return None,
        };
        if let Some(found) = flow.child(head, "nsubj").filter(|&s| s != i) {
            return Some((found, how));
        }
        at = head;
    }
    None
}

/// What sort of thing word `i` names.
pub(crate) fn sort<'a>(flow: &'a Flow<'_>, i: usize) -> &'a str {
    let word = &flow.words[i];
    match word.pos {
        "PRON" | "DET" => &word.lower,
        _ if !word.entity.is_empty() => word.entity,
        "PROPN" => "name",
        "NOUN" if word.tag == "NNS" => "nouns",
        "NOUN" => "noun",
        _ => word.pos,
    }
}

fn describe_subject(flow: &Flow<'_>, i: usize, class: &str, out: &mut Features) {
    let word = &flow.words[i];
    let Some((subject, how)) = subject(flow, i) else {
        out.add("cu", &["none", word.pos, class]);
        out.add("cul", &["none", flow.plain(i)]);
        return;
    };
    let sort = sort(flow, subject);
    let side = if subject < i { "<" } else { ">" };
    out.add("cu", &[sort, how, word.pos]);
    out.add("cuc", &[sort, class, how]);
    out.add("cul", &[sort, flow.plain(i)]);
    out.add("cuh", &[how, side, class, word.tag]);
    if flow.words[subject].pos == "NOUN" {
        out.add("cun", &[&flow.words[subject].lemma, how]);
        out.add("cunc", &[&flow.words[subject].lemma, class]);
    }
    let quoted = flow.words[subject].quote == word.quote;
    out.add("cuq", &[if quoted { "same" } else { "other" }, class]);
}

fn describe_quotes(flow: &Flow<'_>, i: usize, class: &str, sig: &str, out: &mut Features) {
    let word = &flow.words[i];
    let inside = match word.quote {
        None => "out",
        Some(q) if flow.quotes[q].words.len() <= 6 => "short",
        Some(_) => "in",
    };
    let sentence = flow.sentences[word.sentence].clone();
    let quoted = |mut range: std::ops::Range<usize>| range.any(|j| flow.words[j].quote.is_some());
    let before = quoted(sentence.start..i);
    let after = quoted(i..sentence.end);
    let near_before = quoted(i.saturating_sub(5).max(sentence.start)..i);
    let near_after = quoted(i + 1..(i + 6).min(sentence.end));
    let flag = |b: bool, yes: &'static str| if b { yes } else { "-" };
    let far = [flag(before, "b"), flag(after, "a")].concat();
    let near = [flag(near_before, "b"), flag(near_after, "a")].concat();
    out.add("cq", &[inside, word.pos, class]);
    out.add("cql", &[inside, flow.plain(i)]);
    out.add("cqs", &[inside, sig, word.pos]);
    out.add("cqf", &[inside, &far, class]);
    out.add("cqn", &[inside, &near, class, word.pos]);
    out.add("cqnl", &[inside, &near, flow.plain(i)]);
    out.add("cqns", &[inside, &near, sig, word.tag]);
    let next_quote =
        flow.sentences.get(word.sentence + 1).is_some_and(|s| flow.words[s.start].quote.is_some());
    out.add("cqx", &[flag(next_quote, "n"), inside, class, &far]);
}

fn describe_neighbours(flow: &Flow<'_>, table: &CueTable, i: usize, class: &str, out: &mut Features) {
    let word = &flow.words[i];
    let sentence = flow.sentences[word.sentence].clone();
    let at = |offset: isize| -> &str {
        i.checked_add_signed(offset).filter(|j| sentence.contains(j)).map_or("#", |j| {
            match flow.words[j].pos {
                "PROPN" | "NUM" => flow.plain(j),
                _ => flow.words[j].lower.as_str(),
            }
        })
    };
    let lemma = flow.plain(i);
    out.add("cp1", &[at(-1), lemma]);
    out.add("cn1", &[lemma, at(1)]);
    out.add("cn2", &[lemma, at(1), at(2)]);
    out.add("cp2", &[at(-2), at(-1), lemma]);
    out.add("cpw", &[at(-1), class, word.tag]);
    out.add("cnw", &[at(1), class, word.tag]);
    let asserting = |j: &usize| {
        *j != i
            && flow.words[*j].pos == "VERB"
            && flow.words[*j].quote.is_none()
            && table.stance(&flow.words[*j].lemma, "VERB").is_some()
    };
    let others = sentence.clone().filter(asserting).count().min(2);
    let others = ["0", "1", "2"][others];
    out.add("co", &[others, class, word.pos]);
    out.add("col", &[others, lemma]);
    let under = std::iter::successors(Some(i), |&j| {
        let head = flow.words[j].head;
        (head != j).then_some(head)
    })
    .skip(1)
    .take(6)
    .find(asserting);
    if let Some(above) = under {
        out.add("cv", &[class, word.pos, word.tag]);
        out.add("cvl", &[&flow.words[above].lemma, lemma]);
    }
    let place = match (word.block, sentence.len()) {
        (0, _) => "first",
        (_, 0..=7) => "short",
        _ => "body",
    };
    out.add("cb", &[place, class, word.tag]);
    out.add("cbl", &[place, lemma]);
}
