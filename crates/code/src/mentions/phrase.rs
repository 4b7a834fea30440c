//! Noun phrases around a head, read off tags and heads.

use std::ops::Range;

use lang::Token;

use crate::text::Parsed;

/// The tokens of the block that the bytes `bytes` of its text touch.
pub(super) fn tokens_of(block: &Parsed<'_>, bytes: &Range<usize>) -> Range<usize> {
    let data = block.parse.token_data();
    let first = data.partition_point(|t| t.end as usize <= bytes.start);
    let end = data.partition_point(|t| (t.start as usize) < bytes.end);
    first..end.max(first + 1).min(data.len())
}

/// The token of `tokens` whose head lies outside of them; of several, the last noun.
pub(super) fn head_of(block: &Parsed<'_>, tokens: &Range<usize>) -> usize {
    let outside = |&i: &usize| {
        let token = block.token(i);
        token.is_root() || !tokens.contains(&token.head().index())
    };
    let noun = |&i: &usize| matches!(block.token(i).pos(), "NOUN" | "PROPN" | "ADJ");
    let nouns = tokens.clone().rfind(|i| outside(i) && noun(i));
    nouns.or_else(|| tokens.clone().rfind(outside)).unwrap_or(tokens.end - 1)
}

/// Whether a token may stand before the head inside a noun phrase.
fn is_modifier(token: Token<'_>) -> bool {
    matches!(
        token.tag(),
        "DT" | "PDT"
            | "JJ"
            | "JJR"
            | "JJS"
            | "NN"
            | "NNS"
            | "NNP"
            | "NNPS"
            | "POS"
            | "PRP$"
            | "CD"
            | "VBN"
            | "VBG"
            | "HYPH"
            | "AFX"
            | "$"
            | "FW"
            | "RBS"
            | "ADD"
    ) || token.text() == "-"
        || token.text() == "/"
}

/// Whether "new and used" may be joined by it.
fn is_adjective(token: Token<'_>) -> bool {
    matches!(token.tag(), "JJ" | "JJR" | "VBN")
}

/// Where the noun phrase with head `head` begins: modifiers, possessor and determiner included.
pub(super) fn phrase_start(block: &Parsed<'_>, head: usize) -> usize {
    let top = block.token(head);
    let sentence = top.sentence().start;
    let mut start = head;
    while start > sentence {
        let before = block.token(start - 1);
        let joins = before.tag() == "CC"
            && start - 1 > sentence
            && is_adjective(block.token(start - 2))
            && is_adjective(block.token(start));
        if !(is_modifier(before) || joins) || !(before.is_under(top) || before.head().index() >= start) {
            break;
        }
        let verbal = matches!(before.tag(), "VBG" | "VBN");
        if verbal && (before.head().index() < start - 1 || !before.is_under(top)) {
            break; // "has not supplied shells"
        }
        let opens = matches!(block.token(start).tag(), "DT" | "PRP$");
        if opens && !matches!(before.tag(), "DT" | "PDT") {
            break; // "have ordered no ammunition"
        }
        start -= 1;
    }
    start
}

/// The start of a phrase without its determiners and numbers.
pub(super) fn without_determiner(block: &Parsed<'_>, tokens: Range<usize>) -> Range<usize> {
    let mut start = tokens.start;
    while start + 1 < tokens.end && matches!(block.token(start).tag(), "DT" | "PDT" | "PRP$" | "CD" | "WP$") {
        start += 1;
    }
    start..tokens.end
}

/// Whether the phrase starts with a definite determiner ("the", "this", "that", "these", "those", "its").
pub(super) fn is_definite(block: &Parsed<'_>, start: usize) -> bool {
    matches!(
        block.token(start).text().to_ascii_lowercase().as_str(),
        "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her"
    )
}

/// Whether what stands before byte `end` of the block's text is joined to the next word by a hyphen ("Iran-backed").
pub(super) fn is_joined(block: &Parsed<'_>, end: usize) -> bool {
    let rest = &block.parse.text()[end..];
    let mut signs = rest.chars();
    matches!(signs.next(), Some('-' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
        && signs.next().is_some_and(char::is_alphabetic)
}
