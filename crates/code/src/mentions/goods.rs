//! Goods: noun phrases with a word of the codebook's goods, their category, how many, and whose.

use std::ops::Range;

use lang::Token;
use model::Category;

use super::phrase::{is_joined, phrase_start, tokens_of};
use super::{ActorKind, Cast, Form, GoodsMention, GoodsWord, Mention, quantity};
use crate::book::Codebook;
use crate::text::{Parsed, Place, Text};

/// A goods word in a block.
#[derive(Debug, Clone)]
struct Hit<'b> {
    tokens: Range<usize>,
    word: &'b GoodsWord,
    /// Head of the noun phrase that it stands in.
    head: usize,
}

/// Adds the goods of a document to its cast, whose actors are known.
pub(super) fn read(text: &Text<'_>, book: &Codebook, cast: &mut Cast) {
    for (at, block) in text.blocks.iter().enumerate() {
        let hits = hits(block, book);
        let mut heads: Vec<usize> = hits.iter().map(|h| h.head).collect();
        heads.sort_unstable();
        heads.dedup();
        let mut possible = Vec::new();
        for head in heads {
            let group: Vec<&Hit<'_>> = hits.iter().filter(|h| h.head == head).collect();
            if let Some((mention, sure)) = mention(block, at, &group, cast) {
                if sure {
                    cast.goods.push(mention);
                } else {
                    possible.push(mention);
                }
            }
        }
        // "two ships to the navy": what a navy or coast guard is given is for its use.
        let naval = |m: &GoodsMention| {
            let words = || block.token(m.head).sentence().map(|i| block.token(i).text().to_lowercase());
            let given = block.token(m.head).ancestors().take(3).any(|v| {
                matches!(
                    v.lemma(),
                    "transfer"
                        | "donate"
                        | "deliver"
                        | "give"
                        | "hand"
                        | "sell"
                        | "provide"
                        | "buy"
                        | "order"
                        | "receive"
                        | "acquire"
                        | "supply"
                        | "convert"
                        | "refurbish"
                )
            });
            matches!(m.category, Category::Ships)
                && given
                && words()
                    .any(|w| matches!(w.as_str(), "navy" | "coastguard" | "patrol" | "warship" | "naval"))
        };
        let (ships, possible): (Vec<_>, Vec<_>) = possible.into_iter().partition(naval);
        cast.goods.extend(ships);
        // "rounds, rockets and shells": what is listed with goods is goods.
        let (listed, other): (Vec<_>, Vec<_>) =
            possible.into_iter().partition(|m| is_listed(block, m.head, &cast.goods, at));
        cast.goods.extend(listed);
        cast.possible_goods.extend(other);
    }
    cast.goods.sort_by_key(|g| (g.place.at, g.place.first));
    promote(text, cast);
}

/// Takes a plain word for dual-use goods where the document has it in a fuller phrase: "the chips", where "AI chips" stand.
fn promote(text: &Text<'_>, cast: &mut Cast) {
    let lemma = |m: &GoodsMention| text.blocks[m.place.at].token(m.head).lemma().to_lowercase();
    let dual = |m: &&GoodsMention| m.category == Category::DualUse;
    let mut known: Vec<String> =
        cast.goods.iter().filter(dual).filter(|m| m.place.tokens().len() > 1).map(lemma).collect();
    known.sort_unstable();
    known.dedup();
    let possible = std::mem::take(&mut cast.possible_goods);
    let (sure, open): (Vec<_>, Vec<_>) =
        possible.into_iter().partition(|m| m.category == Category::DualUse && known.contains(&lemma(m)));
    cast.possible_goods = open;
    if !sure.is_empty() {
        cast.goods.extend(sure);
        cast.goods.sort_by_key(|m| (m.place.at, m.place.first));
    }
}

/// Whether the noun is in one list with goods of the block.
fn is_listed(block: &Parsed<'_>, head: usize, goods: &[GoodsMention], at: usize) -> bool {
    let token = block.token(head);
    let above = (token.dep() == "conj").then(|| token.head().index());
    let below = token.children().filter(|c| c.dep() == "conj").map(|c| c.index());
    let mut linked = above.into_iter().chain(below);
    linked.any(|other| goods.iter().any(|g| g.place.at == at && g.head == other))
}

fn hits<'b>(block: &Parsed<'_>, book: &'b Codebook) -> Vec<Hit<'b>> {
    let mut found = Vec::new();
    for (bytes, words) in book.goods.words.find(block.parse.text()) {
        let tokens = tokens_of(block, &bytes);
        let word = words.iter().min_by_key(|w| rank(w)).copied().unwrap_or(words[0]);
        if matches!(word, GoodsWord::Trap) {
            continue;
        }
        let last = block.token(tokens.end - 1);
        let verb = matches!(last.pos(), "VERB" | "AUX") && last.tag() != "VBG";
        if verb
            && !matches!(word, GoodsWord::Military)
            && last.dep() != "compound"
            && last.text().starts_with(char::is_lowercase)
        {
            continue;
        }
        let Some(head) = phrase_head(block, &tokens, word, book) else { continue };
        found.push(Hit { tokens, word, head });
    }
    found
}

/// Which of two readings of the same words counts first.
fn rank(word: &GoodsWord) -> u8 {
    match word {
        GoodsWord::Trap => 0,
        GoodsWord::Noun(_) | GoodsWord::System(..) => 1,
        GoodsWord::Carrier(_) => 2,
        GoodsWord::WeakSystem(..) => 3,
        GoodsWord::Weak(_) => 4,
        GoodsWord::Generic => 5,
        GoodsWord::Military => 6,
    }
}

/// The head of the goods phrase that a word belongs to: the last goods noun of its noun phrase.
///
/// `None` where the phrase is about something else ("missile test", "arms dealer").
fn phrase_head(
    block: &Parsed<'_>,
    tokens: &Range<usize>,
    word: &GoodsWord,
    book: &Codebook,
) -> Option<usize> {
    let mut head = tokens.end - 1;
    loop {
        let token = block.token(head);
        let above = token.head();
        let modifies = matches!(
            token.dep(),
            "compound" | "nmod" | "amod" | "nummod" | "npadvmod" | "punct" | "quantmod"
        ) && above.index() > head
            && matches!(above.pos(), "NOUN" | "PROPN")
            && (head + 1..above.index()).all(|i| is_inside(block.token(i)));
        if !modifies {
            return Some(head);
        }
        // One is thrown out of "the F-35 program", and trained in "a training program".
        let program = matches!(above.lemma(), "program" | "programme")
            && (matches!(word, GoodsWord::System(..)) || word.category() == Some(Category::Training));
        if program {
            return Some(tokens.end - 1);
        }
        if book.goods.is_aside(above.lemma()) || above.text().eq_ignore_ascii_case("control") {
            return None;
        }
        // "C-130 transport planes": what stands between a name and the goods is a part of their name.
        let over = (above.dep() == "compound")
            .then(|| above.head())
            .filter(|o| o.index() == above.index() + 1 && !book.goods.is_aside(o.lemma()) && tree_noun(*o));
        let goods = std::iter::once(above).chain(over).find(|t| is_goods_noun(block, t.index(), book));
        let Some(goods) = goods else { return Some(tokens.end - 1) };
        head = goods.index();
    }
}

fn tree_noun(token: Token<'_>) -> bool {
    matches!(token.pos(), "NOUN" | "PROPN")
}

fn is_inside(token: Token<'_>) -> bool {
    matches!(token.pos(), "NOUN" | "PROPN" | "ADJ" | "NUM" | "X")
        || matches!(token.text(), "-" | "–" | "/" | "(" | ")")
        || token.tag() == "VBN"
}

/// Whether the token ends a goods word.
fn is_goods_noun(block: &Parsed<'_>, token: usize, book: &Codebook) -> bool {
    let word = book.goods.words.get(block.token(token).text());
    let lemma = || book.goods.words.get(block.token(token).lemma());
    matches!(
        word.or_else(lemma),
        Some(
            GoodsWord::Noun(_)
                | GoodsWord::Carrier(_)
                | GoodsWord::Weak(_)
                | GoodsWord::Generic
                | GoodsWord::System(..)
                | GoodsWord::WeakSystem(..)
        )
    )
}

/// The mention of the words of one phrase, and whether it is goods for sure.
fn mention(block: &Parsed<'_>, at: usize, group: &[&Hit<'_>], cast: &Cast) -> Option<(GoodsMention, bool)> {
    let head = group[0].head;
    let first = group.iter().map(|h| h.tokens.start).min()?;
    let (category, sure, system) = category(block, group)?;
    let start = phrase_start(block, head).min(first);
    let owner = owner_end(block, start, first);
    let content = content_start(block, owner, first);
    let quantity = quantity::before(block, floor(block, content, owner), content)
        .or_else(|| inner_quantity(block, content, first))
        .or_else(|| loose_quantity(block, start, content));
    let place = Place::new(at, content..head + 1);
    let span = block.span(place.tokens());
    let (words, min, max) = match quantity {
        Some(q) => (Some(block.parse.words(q.tokens.clone()).to_owned()), q.min, q.max),
        None => (None, None, None),
    };
    let words = words.map(|w| w.trim_end_matches(" of").to_owned());
    let origin = origin(block, at, phrase_left(block, head, start)..head + 1, cast);
    Some((GoodsMention { place, head, span, category, quantity: words, min, max, origin, system }, sure))
}

/// Where all that hangs before the head begins, also what is no plain modifier: "the Chadian air and missile defences".
fn phrase_left(block: &Parsed<'_>, head: usize, start: usize) -> usize {
    let top = block.token(head);
    let sentence = top.sentence().start;
    let mut left = start;
    while left > sentence && block.token(left - 1).is_under(top) && block.token(left - 1).text() != "," {
        left -= 1;
    }
    left
}

/// The category of a phrase; whether its words are goods by themselves; and the named system in it.
fn category(block: &Parsed<'_>, group: &[&Hit<'_>]) -> Option<(Category, bool, Option<String>)> {
    let last = group.iter().max_by_key(|h| h.tokens.end)?;
    let before: Vec<&&Hit<'_>> = group.iter().filter(|h| h.tokens.end < last.tokens.end).collect();
    let named = group.iter().rev().find_map(|h| match h.word {
        GoodsWord::System(c, id) | GoodsWord::WeakSystem(c, id) => Some((*c, id.clone())),
        _ => None,
    });
    let system = named.as_ref().map(|(_, id)| id.clone());
    let by_noun = before.iter().rev().find_map(|h| match h.word {
        GoodsWord::Noun(c) | GoodsWord::Carrier(c) => Some(*c),
        _ => None,
    });
    let carried = named.map(|(c, _)| c).or(by_noun);
    match last.word {
        GoodsWord::Noun(c) | GoodsWord::System(c, _) => Some((*c, true, system)),
        GoodsWord::Carrier(c) => {
            Some((carried.filter(|c| *c != Category::Weapons).unwrap_or(*c), true, system))
        }
        GoodsWord::WeakSystem(c, _) => {
            let token = block.token(last.tokens.end - 1);
            let plural = token.text().ends_with('s')
                && token.pos() != "VERB"
                && token.text().starts_with(char::is_uppercase);
            let listed =
                token.dep() == "conj" || token.children().any(|c| c.dep() == "conj" || c.dep() == "nummod");
            Some((*c, plural || listed || !before.is_empty(), system))
        }
        GoodsWord::Generic => carried.map(|c| (c, true, system)).or_else(|| {
            let military = before.iter().any(|h| matches!(h.word, GoodsWord::Military));
            let troops = matches!(block.token(last.tokens.end - 1).lemma(), "unit" | "squadron" | "body");
            (military && !troops).then_some((Category::Weapons, true, None))
        }),
        GoodsWord::Weak(c) => {
            let military = !before.is_empty();
            let category = match (carried, c) {
                (
                    Some(carried),
                    Category::Weapons | Category::DualUse | Category::Artillery | Category::Equipment,
                ) => carried,
                _ => *c,
            };
            Some((category, military, system))
        }
        GoodsWord::Military | GoodsWord::Trap => None,
    }
}

/// One past the owner at the start of a phrase: "Russia's", "its", "the country's".
fn owner_end(block: &Parsed<'_>, start: usize, first: usize) -> usize {
    let owner = |&i: &usize| {
        matches!(block.token(i).tag(), "POS" | "PRP$" | "WP$") || matches!(block.token(i).text(), "’s" | "'s")
    };
    (start..first).rfind(owner).map_or(start, |i| i + 1)
}

/// Where the words of the goods begin: after determiners, numbers and what belongs to them.
fn content_start(block: &Parsed<'_>, start: usize, first: usize) -> usize {
    let mut at = start;
    while at < first {
        let token = block.token(at);
        let counts = matches!(token.tag(), "DT" | "PDT" | "CD" | "$" | "PRP$")
            || matches!(
                token.text().to_lowercase().as_str(),
                "-" | "dozens"
                    | "hundreds"
                    | "thousands"
                    | "millions"
                    | "hundred"
                    | "thousand"
                    | "million"
                    | "more"
                    | "than"
                    | "additional"
                    | "several"
                    | "many"
                    | "other"
                    | "such"
                    | "some"
                    | "any"
                    | "initial"
                    | "first"
                    | "remaining"
                    | "least"
                    | "dozen"
            );
        if !counts {
            break;
        }
        at += 1;
    }
    at
}

/// How far left the words of a quantity may reach.
fn floor(block: &Parsed<'_>, content: usize, owner: usize) -> usize {
    let sentence = block.token(content).sentence().start;
    let before_owner =
        owner > sentence && owner > 0 && matches!(block.token(owner - 1).tag(), "POS" | "PRP$");
    if before_owner { owner } else { sentence.max(content.saturating_sub(8)) }
}

/// A number between other words of the phrase: "the Iranian 20 drones", "79 existing F-16s".
fn inner_quantity(block: &Parsed<'_>, content: usize, first: usize) -> Option<quantity::Quantity> {
    let number = (content..first).find(|&i| {
        let unit = i + 1 < block.parse.len()
            && matches!(block.token(i + 1).text(), "mm" | "-" | "km" | "kg" | "pound" | "lb" | "%");
        block.token(i).tag() == "CD" && block.token(i).dep() == "nummod" && !unit
    })?;
    quantity::before(block, content, number + 1)
}

/// Words that count without a number: "several", "some", "many".
fn loose_quantity(block: &Parsed<'_>, start: usize, content: usize) -> Option<quantity::Quantity> {
    let loose = |&i: &usize| {
        matches!(block.token(i).text().to_lowercase().as_str(), "several" | "some" | "many" | "numerous")
    };
    let at = (start..content).find(loose)?;
    Some(quantity::Quantity { tokens: at..at + 1, min: None, max: None })
}

/// Whose the goods are said to be: a demonym, an owner or a maker among their words.
fn origin(block: &Parsed<'_>, at: usize, tokens: Range<usize>, cast: &Cast) -> Option<usize> {
    // "British-built" may stand before what the parser takes for the phrase: the name, the hyphen, the participle.
    let near = tokens.start.saturating_sub(3);
    let made = |m: &Mention| {
        let end = m.span.end as usize - block.offset;
        m.place.end + 2 >= tokens.start && is_joined(block, end) && is_made(block, end)
    };
    let inside = cast.mentions.iter().filter(|m| {
        let first = m.place.first;
        m.place.at == at
            && first < tokens.end
            && (tokens.start <= first || near <= first && m.place.end <= tokens.start && made(m))
    });
    for mention in inside {
        if matches!(mention.form, Form::Pronoun | Form::Description) {
            continue;
        }
        let kind = cast.actors[mention.actor].kind;
        if !matches!(kind, ActorKind::State | ActorKind::Firm | ActorKind::Bloc) {
            continue;
        }
        let end = mention.span.end as usize - block.offset;
        if !is_joined(block, end) || is_made(block, end) {
            return Some(mention.actor);
        }
    }
    None
}

/// Whether a name is joined to a word of making or giving: "US-made", "Iranian-supplied".
fn is_made(block: &Parsed<'_>, end: usize) -> bool {
    let rest =
        block.parse.text()[end..].trim_start_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase();
    [
        "made",
        "built",
        "supplied",
        "produced",
        "manufactured",
        "provided",
        "donated",
        "origin",
        "delivered",
        "sold",
        "designed",
        "developed",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
}
