//! Answers that leave out what was asked: "We have no indication that it has", "I am not going to comment on that".

use lang::Token;
use model::Factuality;

use super::{Frame, Reader, tree};
use crate::text::Place;

/// Words that open a reporter's turn.
const ASKS: &[&str] = &[
    "question:",
    "q:",
    "q.",
    "q ",
    "question.",
    "reporter:",
    "journalist:",
    "question ",
    "reporter",
    "journalist",
];

/// What tells that a sentence says nothing of the matter.
const WITHHOLDS: &[&str] = &[
    "going to comment",
    "no comment",
    "not comment",
    "decline to comment",
    "n't comment",
    "going to get into",
    "going to speak to",
    "speak to that",
    "to announce",
    "no announcement",
    "any announcement",
    "can't confirm",
    "cannot confirm",
    "not able to confirm",
    "nothing for you",
    "nothing to share",
    "anything to share",
    "nothing to add",
    "anything further",
    "anything on that",
    "not in a position to",
    "refer you to",
    "going to discuss",
    "neither confirm nor deny",
    "confirm or deny",
    "not going to go into",
    "nothing to say",
    "anything to say",
    "won't comment",
    "read out",
    "preview",
    "n't confirm",
    "not confirm",
    "look into",
    "looking into",
    "seen the report",
    "seen those report",
    "seen that report",
    "seen these report",
    "aware of the report",
    "aware of those report",
    "speculat",
    "telegraph",
    "hypothetical",
    "get ahead of",
    "getting ahead of",
    "not comment on",
    "no decision",
    "not made a decision",
    "n't made a decision",
    "decision has been made",
];

/// What tells that it is not so.
const DENIES: &[&str] = &[
    "not the case",
    "not true",
    "not correct",
    "is false",
    "are false",
    "fake",
    "untrue",
    "no truth",
    "not accurate",
    "inaccurate",
    "disinformation",
    "fabrication",
    "baseless",
    "unfounded",
    "groundless",
    "nonsense",
    "is a lie",
    "absolutely not",
    "not so",
    "that's wrong",
    "that is wrong",
    "no plans to",
    "no plan to",
    "not considering",
    "not under consideration",
    "not on the table",
];

/// What tells that it is so.
const CONFIRMS: &[&str] = &[
    "that's right",
    "that is right",
    "that's correct",
    "that is correct",
    "i can confirm",
    "we can confirm",
];

impl Reader<'_> {
    /// Whether a block is a reporter's turn.
    pub(crate) fn is_question(&self, at: usize) -> bool {
        let label = |i: usize| self.text.blocks[i].parse.text().trim_end().ends_with(':');
        if at > 0 && label(at - 1) && !label(at) && self.text.blocks[at - 1].parse.len() <= 4 {
            return self.is_question(at - 1); // "QUESTION:" on a line of its own
        }
        let words = self.text.blocks[at].parse.text().trim_start();
        let head: String = words.chars().take(12).collect::<String>().to_lowercase();
        let capital = words.starts_with(char::is_uppercase);
        capital && ASKS.iter().any(|q| head.starts_with(q)) && !head.starts_with("question of")
    }

    /// What was raised in the question before and block `at` answers without saying it again; empties `raised` where it does.
    pub(crate) fn answer(&self, at: usize, raised: &mut Vec<Frame>) -> Vec<Frame> {
        if raised.is_empty() {
            return Vec::new();
        }
        let parse = self.text.blocks[at].parse;
        for (count, sentence) in parse.sentences().enumerate().take(4) {
            let words = sentence.text().replace('’', "'").to_lowercase();
            let Some((factuality, said)) = self.reply(sentence.tokens(), &words, count) else { continue };
            let range = sentence.range();
            let told = std::mem::take(raised);
            return told.into_iter().map(|f| answered(f, at, said, range.clone(), factuality)).collect();
        }
        Vec::new()
    }

    /// What a sentence makes of the question, and the token that says so.
    fn reply<'p>(
        &self,
        tokens: impl Iterator<Item = Token<'p>>,
        words: &str,
        count: usize,
    ) -> Option<(Factuality, usize)> {
        let tokens: Vec<Token<'p>> = tokens.filter(|t| !t.text().trim().is_empty()).collect();
        let first = tokens.iter().position(|t| t.text() == ":").map_or(0, |i| if i < 6 { i + 1 } else { 0 });
        let opening = tokens.get(first)?;
        let evidence = tokens.iter().find(|t| {
            matches!(t.lemma(), "indication" | "evidence" | "information" | "confirmation" | "proof" | "sign")
                && is_open(**t)
        });
        if let Some(noun) = evidence {
            return Some((Factuality::NoEvidence, noun.index()));
        }
        if WITHHOLDS.iter().any(|w| words.contains(w)) {
            return Some((Factuality::Undetermined, opening.index()));
        }
        if DENIES.iter().any(|w| words.contains(w)) {
            return Some((Factuality::Denied, opening.index()));
        }
        let plain = count == 0 && tokens.len() < first + 8;
        let after = tokens.get(first + 1).is_none_or(|t| t.pos() == "PUNCT");
        match opening.text().to_lowercase().as_str() {
            "no" if plain && after => Some((Factuality::Denied, opening.index())),
            "yes" | "correct" | "yeah" if plain && after => Some((Factuality::Certain, opening.index())),
            _ if CONFIRMS.iter().any(|w| words.contains(w)) && tokens.len() < first + 8 => {
                Some((Factuality::Certain, opening.index()))
            }
            _ => None,
        }
    }
}

/// "no indication that it has", "no evidence of that": what it is of is left to the question.
fn is_open(noun: Token<'_>) -> bool {
    let none = |t: Token<'_>| t.children().any(|c| matches!(c.lemma(), "no" | "any" | "little"));
    let negated = noun.children().any(|c| c.lemma() == "no") || tree::is_negated(noun.head()) && none(noun);
    let clause = noun.children().find(|c| matches!(c.dep(), "acl" | "ccomp" | "relcl"));
    let bare = |verb: Token<'_>| {
        matches!(verb.lemma(), "have" | "do" | "be" | "happen" | "will")
            && !verb.children().any(|c| matches!(c.dep(), "dobj" | "acomp" | "xcomp" | "prep" | "ccomp"))
            || verb.lemma() == "be" && verb.children().any(|c| c.dep() == "attr" && c.lemma() == "case")
    };
    let that = tree::objects_of(noun, &["of", "to", "about"])
        .iter()
        .any(|o| matches!(o.lemma(), "that" | "this" | "it" | "effect"));
    let alone = clause.is_none() && !noun.children().any(|c| c.dep() == "prep");
    negated && (that || clause.is_some_and(bare) || alone)
}

fn answered(
    frame: Frame,
    at: usize,
    said: usize,
    sentence: std::ops::Range<usize>,
    sure: Factuality,
) -> Frame {
    Frame {
        at,
        trigger: said,
        evidence: Place::new(at, sentence),
        factuality: sure,
        answers: true,
        says: None,
        ..frame
    }
}
