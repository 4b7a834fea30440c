//! Sums of money, and what is given in exchange.

use model::Span;

use crate::text::{Parsed, Place};

/// What is paid: money ("over $1.2 billion") or goods ("in exchange for food").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The tokens.
    pub place: Place,
    /// Where they stand in the document's text.
    pub span: Span,
    /// Whether it is paid in kind.
    pub barter: bool,
}

/// The prices in block `at`.
pub(super) fn find(block: &Parsed<'_>, at: usize) -> Vec<Price> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < block.parse.len() {
        let tokens = money(block, i).map(|t| (t, false)).or_else(|| barter(block, i).map(|t| (t, true)));
        match tokens {
            Some((tokens, barter)) => {
                i = tokens.end;
                let span = block.span(tokens.clone());
                found.push(Price { place: Place::new(at, tokens), span, barter });
            }
            None => i += 1,
        }
    }
    found
}

/// A sum that begins at token `i`.
fn money(block: &Parsed<'_>, i: usize) -> Option<std::ops::Range<usize>> {
    let length = block.parse.len();
    let text = |j: usize| if j < length { block.token(j).text() } else { "" };
    let number = |j: usize| text(j).starts_with(|c: char| c.is_ascii_digit());
    let scale = |j: usize| {
        matches!(
            text(j).to_lowercase().as_str(),
            "million" | "billion" | "trillion" | "thousand" | "bn" | "m" | "b"
        )
    };
    let sign = text(i).ends_with(['$', '€', '£', '¥']) && text(i).chars().count() <= 4;
    let joined = text(i).starts_with(['$', '€', '£']) && text(i).chars().any(|c| c.is_ascii_digit());
    let mut end = if sign && number(i + 1) {
        i + 2
    } else if joined {
        i + 1
    } else if number(i) {
        let unit = if scale(i + 1) { i + 2 } else { i + 1 };
        let currency = matches!(
            text(unit).to_lowercase().as_str(),
            "dollars"
                | "euros"
                | "pounds"
                | "rubles"
                | "roubles"
                | "yuan"
                | "yen"
                | "won"
                | "rupees"
                | "shekels"
                | "francs"
                | "kronor"
        );
        if !currency || (text(unit).eq_ignore_ascii_case("pounds") && !scale(i + 1)) {
            return None;
        }
        return Some(hedge_start(block, i)..unit + 1);
    } else {
        return None;
    };
    if text(end) == "-" && scale(end + 1) {
        end += 2;
    } else if scale(end) {
        end += 1;
    }
    Some(hedge_start(block, i)..end.min(length))
}

/// Where the words that hedge a sum begin: "more than", "nearly", "up to".
fn hedge_start(block: &Parsed<'_>, i: usize) -> usize {
    let word = |j: usize| block.token(j).text().to_lowercase();
    let one = i >= 1
        && matches!(
            word(i - 1).as_str(),
            "over"
                | "nearly"
                | "almost"
                | "about"
                | "around"
                | "roughly"
                | "approximately"
                | "some"
                | "under"
        );
    let two = i >= 2
        && matches!(
            (word(i - 2).as_str(), word(i - 1).as_str()),
            ("more" | "less" | "fewer", "than") | ("up", "to") | ("at", "least") | ("an", "estimated")
        );
    if two {
        i - 2
    } else if one {
        i - 1
    } else {
        i
    }
}

/// What is given "in exchange for" or "in return for" goods.
fn barter(block: &Parsed<'_>, i: usize) -> Option<std::ops::Range<usize>> {
    let word =
        |j: usize| if j < block.parse.len() { block.token(j).text().to_lowercase() } else { String::new() };
    let exchange =
        word(i) == "in" && matches!(word(i + 1).as_str(), "exchange" | "return") && word(i + 2) == "for";
    if !exchange {
        return None;
    }
    let start = i + 3;
    let noun = |&j: &usize| {
        matches!(
            block.token(j).tag(),
            "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "CC" | "DT" | "POS" | "HYPH" | "CD" | "PRP$"
        )
    };
    let end = (start..block.parse.len()).take_while(noun).last()? + 1;
    Some(start..end)
}
