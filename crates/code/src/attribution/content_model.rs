//! Which words are the content of a cue: a chain of labels over its sentence and the quotations beside it.

use std::ops::Range;

use super::cue_model::{signature, sort};
use super::cues::CueTable;
use super::flow::Flow;
use super::linear::Features;
use super::stance_word;

/// How many sentences on either side a quotation may lead to.
const REACH: usize = 14;

/// A cue with what is known of it when its content is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) cue: usize,
    pub(crate) source: Option<usize>,
    pub(crate) source_words: Range<usize>,
}

/// Whether each word is a cue of its own.
pub(crate) type IsCue = [bool];

/// The words that may belong to the content: the cue's sentence, and those beside it as long as they hold quotations.
pub(crate) fn window(flow: &Flow<'_>, cue: usize) -> Range<usize> {
    let own = flow.words[cue].sentence;
    let quoted = |s: usize| flow.sentences[s].clone().any(|i| flow.words[i].quote.is_some());
    let (mut first, mut last) = (own, own);
    while first > 0 && own - first < REACH && quoted(first - 1) {
        first -= 1;
    }
    while last + 1 < flow.sentences.len() && last - own < REACH && quoted(last + 1) {
        last += 1;
    }
    flow.sentences[first].start..flow.sentences[last].end
}

/// Where a word stands in the tree as seen from the cue.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    /// How many heads above the cue the ways part.
    ups: usize,
    /// The word below that point that the way goes through, unless the word itself is above the cue.
    branch: Option<usize>,
    /// The next word on the way down.
    second: Option<usize>,
}

/// Finds the ways from one cue to the words of its sentence.
struct Ways<'f, 'a> {
    flow: &'f Flow<'a>,
    above: Vec<usize>,
}

impl<'f, 'a> Ways<'f, 'a> {
    fn new(flow: &'f Flow<'a>, cue: usize) -> Self {
        let mut above = vec![cue];
        let mut at = cue;
        while flow.words[at].head != at {
            at = flow.words[at].head;
            above.push(at);
        }
        Ways { flow, above }
    }

    fn to(&self, i: usize) -> Way {
        let (mut branch, mut second) = (None, None);
        let mut at = i;
        loop {
            if let Some(ups) = self.above.iter().position(|&a| a == at) {
                return Way { ups, branch, second };
            }
            second = branch;
            branch = Some(at);
            let head = self.flow.words[at].head;
            if head == at {
                return Way { ups: self.above.len(), branch, second };
            }
            at = head;
        }
    }
}

/// Describes the words of one cue's window.
pub(crate) struct Describer<'f, 'a> {
    flow: &'f Flow<'a>,
    link: &'f Link,
    is_cue: &'f IsCue,
    ways: Ways<'f, 'a>,
    class: &'static str,
    sig: String,
    quoted_sentence: bool,
}

impl<'f, 'a> Describer<'f, 'a> {
    pub(crate) fn new(flow: &'f Flow<'a>, table: &CueTable, link: &'f Link, is_cue: &'f IsCue) -> Self {
        let word = &flow.words[link.cue];
        let class = table.stance(&word.lemma, word.pos).map_or("-", stance_word);
        let sentence = flow.sentences[word.sentence].clone();
        Describer {
            flow,
            link,
            is_cue,
            ways: Ways::new(flow, link.cue),
            class,
            sig: signature(flow, link.cue),
            quoted_sentence: sentence.clone().any(|i| flow.words[i].quote.is_some()),
        }
    }

    /// The label of the way to word `i`.
    fn way_label(&self, i: usize) -> (Way, String) {
        let own = self.flow.words[self.link.cue].sentence;
        let sentence = self.flow.words[i].sentence;
        if sentence != own {
            let far = (sentence as isize - own as isize).clamp(-3, 3);
            return (Way { ups: 0, branch: None, second: None }, format!("sent{far}"));
        }
        let way = self.ways.to(i);
        let label = match way.branch {
            None => format!("up{}", way.ups.min(4)),
            Some(b) => {
                let side = if b < self.link.cue { "<" } else { ">" };
                format!("{}{}{}", way.ups.min(4), side, self.flow.words[b].dep)
            }
        };
        (way, label)
    }

    /// How the quotations of word `i` and of the cue lie to each other.
    fn quote_label(&self, i: usize) -> &'static str {
        let (mine, cues) = (self.flow.words[i].quote, self.flow.words[self.link.cue].quote);
        match (mine, cues) {
            (None, None) if self.quoted_sentence => "out",
            (None, None) => "none",
            (Some(q), None) if self.flow.quotes[q].words.len() <= 6 => "short",
            (Some(_), None) => "in",
            (None, Some(_)) => "left",
            (Some(a), Some(b)) if a == b => "same",
            (Some(_), Some(_)) => "other",
        }
    }

    fn part(&self, i: usize) -> &'static str {
        if i == self.link.cue {
            "cue"
        } else if Some(i) == self.link.source {
            "head"
        } else if self.link.source_words.contains(&i) {
            "source"
        } else if self.is_cue[i] {
            "other"
        } else {
            "-"
        }
    }

    /// Where word `i` stands to source and cue.
    fn order(&self, i: usize) -> &'static str {
        let cue = self.link.cue;
        match self.link.source {
            None if i < cue => "ic",
            None => "ci",
            Some(s) if s < cue && i < s => "isc",
            Some(s) if s < cue && i < cue => "sic",
            Some(s) if s < cue => "sci",
            Some(_) if i < cue => "ics",
            Some(s) if i < s => "cis",
            Some(_) => "csi",
        }
    }

    /// Adds the features of word `i` as content.
    pub(crate) fn describe(&self, i: usize, out: &mut Features) {
        let (flow, word) = (self.flow, &self.flow.words[i]);
        let cue = &flow.words[self.link.cue];
        let (way, label) = self.way_label(i);
        let label = label.as_str();
        let (quote, part, order) = (self.quote_label(i), self.part(i), self.order(i));
        let lemma = if self.class == "-" { flow.plain(self.link.cue) } else { cue.lemma.as_str() };
        out.add("kw", &[label]);
        out.add("kwl", &[label, lemma]);
        out.add("kwc", &[label, self.class, cue.pos]);
        out.add("kws", &[label, &self.sig]);
        out.add("kwq", &[label, quote]);
        out.add("kwqc", &[label, quote, self.class]);
        out.add("kwo", &[label, order]);
        out.add("kp", &[part, label]);
        out.add("kpq", &[part, quote, cue.pos]);
        out.add("kq", &[quote, order, self.class]);
        out.add("kql", &[quote, lemma]);
        out.add("kt", &[word.tag, label]);
        out.add("kct", &[cue.tag, cue.dep, label]);
        if word.pos == "PUNCT" {
            out.add("kx", &[word.text, label, quote]);
        }
        let mut up = self.link.cue;
        let mut chain = String::new();
        for _ in 0..way.ups.min(3) {
            chain.push('^');
            chain.push_str(flow.words[up].dep);
            up = flow.words[up].head;
        }
        if let Some(b) = way.branch {
            let branch = &flow.words[b];
            out.add("kb", &[label, &chain, branch.pos]);
            out.add("kbt", &[label, branch.tag]);
            if matches!(branch.pos, "ADP" | "SCONJ" | "ADV" | "PART" | "AUX" | "CCONJ" | "VERB") {
                out.add("kbl", &[label, &branch.lemma]);
                out.add("kbll", &[label, &branch.lemma, lemma]);
            } else {
                out.add("kbs", &[label, sort(flow, b)]);
            }
            if b == i {
                out.add("kbi", &[label, self.class]);
            }
            if branch.dep == "advcl" || branch.dep == "ccomp" {
                let mark = flow.child(b, "mark").map_or("-", |m| flow.words[m].lower.as_str());
                out.add("kbm", &[label, mark]);
            }
            let second = way.second.map_or("-", |s| flow.words[s].dep);
            out.add("k2", &[label, second]);
            out.add("k2l", &[label, flow.plain(b), second, self.class]);
            out.add("k2c", &[label, second, cue.pos, order]);
        } else if !chain.is_empty() {
            out.add("ku", &[&chain, quote]);
            out.add("kul", &[&chain, lemma]);
        }
        self.describe_distance(i, label, quote, out);
    }

    fn describe_distance(&self, i: usize, label: &str, quote: &str, out: &mut Features) {
        let cue = self.link.cue;
        let gap = match i.abs_diff(cue) {
            0..=1 => "1",
            2..=3 => "3",
            4..=7 => "7",
            8..=15 => "15",
            16..=31 => "31",
            _ => "far",
        };
        let between = (i.min(cue) + 1..i.max(cue)).filter(|&j| self.is_cue[j]).count().min(2);
        let between = ["0", "1", "2"][between];
        out.add("kg", &[gap, label]);
        out.add("kgq", &[gap, quote, self.order(i)]);
        out.add("ki", &[between, label, quote]);
        out.add("kic", &[between, quote, self.order(i), self.class]);
        let (flow, word) = (self.flow, &self.flow.words[i]);
        if word.sentence != flow.words[cue].sentence {
            let own_cue = flow.sentences[word.sentence]
                .clone()
                .any(|j| self.is_cue[j] && flow.words[j].quote.is_none());
            let block = if word.block == flow.words[cue].block { "here" } else { "there" };
            let goes_on = word.quote.is_some_and(|q| flow.quotes[q].goes_on);
            let flag = |b: bool| if b { "y" } else { "n" };
            out.add("kz", &[label, quote, block, flag(own_cue), flag(goes_on)]);
            out.add("kzc", &[quote, block, flag(own_cue), between, flag(self.quoted_sentence), self.class]);
        }
    }

    /// Adds the features of a change before word `i` of `window`: `template` tells begin and end apart.
    pub(crate) fn describe_change(
        &self,
        i: usize,
        window: &Range<usize>,
        template: &str,
        out: &mut Features,
    ) {
        let flow = self.flow;
        let shape = |j: usize| -> &str {
            let word = &flow.words[j];
            match word.pos {
                "PUNCT" | "SCONJ" | "CCONJ" | "PART" | "ADP" => &word.lower,
                _ if j == self.link.cue => "CUE",
                _ => word.tag,
            }
        };
        let inside = |j: usize| window.contains(&j);
        let last = i.checked_sub(1).filter(|&j| inside(j));
        let this = Some(i).filter(|&j| inside(j));
        let (a, b) = (last.map_or("#", shape), this.map_or("#", shape));
        let way = |j: Option<usize>| j.map_or("#".to_owned(), |j| self.way_label(j).1);
        let (wa, wb) = (way(last), way(this));
        let quotes = match (last.map(|j| flow.words[j].quote), this.map(|j| flow.words[j].quote)) {
            (Some(x), Some(y)) if x == y => "same",
            (Some(None), Some(Some(_))) => "opens",
            (Some(Some(_)), Some(None)) => "closes",
            _ => "new",
        };
        let edge = match (last, this) {
            (Some(x), Some(y)) if flow.words[x].block != flow.words[y].block => "block",
            (Some(x), Some(y)) if flow.words[x].sentence != flow.words[y].sentence => "sent",
            (Some(_), Some(_)) => "-",
            _ => "#",
        };
        let parts = [last.map_or("#", |j| self.part(j)), this.map_or("#", |j| self.part(j))];
        out.add(template, &["b", edge, quotes]);
        out.add(template, &["ab", a, b]);
        out.add(template, &["a", a, quotes, edge]);
        out.add(template, &["B", b, quotes, edge]);
        out.add(template, &["w", &wa, &wb]);
        out.add(template, &["wa", &wa, b]);
        out.add(template, &["wb", a, &wb]);
        out.add(template, &["p", parts[0], parts[1], b]);
        out.add(template, &["P", parts[0], a, parts[1]]);
        out.add(template, &["c", self.class, quotes, edge, b]);
        out.add(template, &["l", flow.plain(self.link.cue), b]);
    }
}
