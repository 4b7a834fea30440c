//! What a document is about, as weighted terms: words, names, and the actors and goods of its claims.

use std::sync::OnceLock;

use model::{ActorRef, Claim, Kind};
use rustc_hash::FxHashMap;

use crate::Article;

/// Words at the start of the body that say what it is about.
const LEAD: usize = 100;
/// Weights of the title, the lead and the rest.
const WEIGHTS: [f32; 3] = [3.0, 2.0, 1.0];
/// A name counts so many times a common word.
const NAME: f32 = 2.0;
/// What one claim adds for each actor or class of goods in it.
const CLAIMED: f32 = 2.0;
/// At most so many terms of one document are kept: those that are the rarest in news.
const TERMS: usize = 256;

/// The terms of one document, by hash, each with how much of it there is; in order of hash.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    pub(super) counts: Vec<(u32, f32)>,
}

/// Takes the terms of an article and of its claims; without claims the words alone serve.
pub fn terms(article: &Article, claims: &[Claim]) -> Terms {
    let mut found: FxHashMap<u32, f32> = FxHashMap::default();
    add_words(&article.title, WEIGHTS[0], 1.0, &mut found);
    let lead = article.body.split_whitespace().nth(LEAD).map_or(article.body.len(), |word| {
        // `word` is a slice of the body: the lead ends where it starts.
        word.as_ptr() as usize - article.body.as_ptr() as usize
    });
    add_words(&article.body[..lead], WEIGHTS[1], NAME, &mut found);
    add_words(&article.body[lead..], WEIGHTS[2], NAME, &mut found);
    add_claims(claims, &mut found);
    let mut counts: Vec<(u32, f32)> =
        found.into_iter().map(|(term, n)| (term, if n > 1.0 { 1.0 + n.ln() } else { n })).collect();
    let rarity = |&(term, n): &(u32, f32)| n * (1000.0 / (common(term) + 4.0)).ln();
    counts.sort_by(|a, b| rarity(b).total_cmp(&rarity(a)).then(a.0.cmp(&b.0)));
    counts.truncate(TERMS);
    counts.sort_unstable_by_key(|&(term, _)| term);
    Terms { counts }
}

fn add_claims(claims: &[Claim], found: &mut FxHashMap<u32, f32>) {
    for claim in claims {
        let actors: [&[ActorRef]; 7] = [
            &claim.supplier,
            &claim.recipient,
            &claim.imposer,
            &claim.target,
            &claim.actor,
            &claim.parties,
            &claim.via,
        ];
        for actor in actors.into_iter().flatten() {
            *found.entry(hash(&["actor", &actor.id])).or_default() += CLAIMED;
        }
        for goods in &claim.goods {
            *found.entry(hash(&["goods", goods.category.as_str()])).or_default() += CLAIMED;
        }
        if claim.kind == Kind::Transfer {
            for supplier in &claim.supplier {
                for recipient in &claim.recipient {
                    *found.entry(hash(&["pair", &supplier.id, &recipient.id])).or_default() += CLAIMED;
                }
            }
        }
    }
}

fn add_words(text: &str, weight: f32, name: f32, found: &mut FxHashMap<u32, f32>) {
    let mut starts = true;
    for word in tokens(text) {
        match word {
            Token::Stop => starts = true,
            Token::Word(word) => {
                let capital = !starts && word.starts_with(char::is_uppercase);
                starts = false;
                let lower = word.to_lowercase();
                if word.len() < 2
                    || stop_words().contains(&lower.as_str())
                    || lower.bytes().all(|b| b.is_ascii_digit())
                {
                    continue;
                }
                *found.entry(hash(&[stem(&lower)])).or_default() += weight * if capital { name } else { 1.0 };
            }
        }
    }
}

enum Token<'a> {
    /// The end of a sentence or line.
    Stop,
    Word(&'a str),
}

/// Words with the hyphens and points inside them (`F-16`, `U.S`), and the ends of sentences.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        let next = chars.peek().map(|&(_, next)| next);
        if start.is_some() && matches!(c, '-' | '.') && next.is_some_and(char::is_alphanumeric) {
            continue;
        }
        if let Some(from) = start.take() {
            found.push(Token::Word(&text[from..at]));
        }
        if c == '\n' || matches!(c, '.' | '!' | '?' | ':' | ';') && next.is_none_or(char::is_whitespace) {
            found.push(Token::Stop);
        }
    }
    if let Some(from) = start {
        found.push(Token::Word(&text[from..]));
    }
    found
}

/// A word without its commonest endings, so that `Iran` and `Iranian`, `ship` and `shipping` are near each other.
///
/// At least four characters stay. It errs towards joining; other terms keep unlike documents apart.
fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &["ians", "ian", "ese", "ing", "ed", "es", "s", "i", "an", "e", "a", "n"];
    for ending in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= 4
        {
            return rest;
        }
    }
    word
}

fn hash(parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    ((hash >> 32) ^ hash) as u32
}

/// In how many of a thousand news articles a term occurs; 0 for a rare one.
pub(super) fn common(term: u32) -> f32 {
    static TABLE: OnceLock<FxHashMap<u32, f32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        let mut step = 0.0;
        for line in include_str!("common.txt").lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(number) => step = number.parse().unwrap_or(0.0),
                None => table.extend(line.split(' ').map(|word| (hash(&[word]), step))),
            }
        }
        table
    });
    table.get(&term).copied().unwrap_or(0.0)
}

fn stop_words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| STOP.split_whitespace().collect())
}

/// Words that say nothing of what a text is about, those of reporting and of the calendar among them.
const STOP: &str = "a an the of to in on at by for with from as and or but nor not no is are was were be been being \
    has have had do does did will would shall should can could may might must that this these those it its he she \
    they them their his her him we our us you your i my me who whom whose which what when where why how than then \
    there here all any both each few more most other some such only own same so too very just also into over under \
    after before between during against about above below up down out off again further once because until while if \
    through per via said say says saying told tell tells according statement press release today yesterday tomorrow \
    week month year years day days time mr mrs ms dr president minister ministry secretary spokesman spokesperson \
    government state states official officials country countries national international new one two three first \
    second last including include make made take taken going know think well get got want like people things thing \
    lot question right yes okay thank thanks don t s re ve ll m d am pm january february march april june july \
    august september october november december monday tuesday wednesday thursday friday saturday sunday report \
    reports reported announce announces announced calls call called senator sen rep united u.s";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        assert_eq!(stem(word), expected);
    }

    #[test]
    fn stems() {
        check("iranian", "iran");
        check("iran", "iran");
        check("shells", "shell");
        check("arms", "arms");
        check("ukrainian", stem("ukraine"));
        check("größe", "größ");
    }

    #[test]
    fn keeps_designations_whole() {
        let words: Vec<&str> = tokens("U.S. F-16s left. Then S-400…")
            .into_iter()
            .map(|token| match token {
                Token::Word(word) => word,
                Token::Stop => "|",
            })
            .collect();
        assert_eq!(words, ["U.S", "|", "F-16s", "left", "|", "Then", "S-400"]);
    }

    #[test]
    fn claims_add_terms() {
        let article = Article {
            doc: "a".into(),
            day: 0,
            dated: true,
            url: None,
            publisher: None,
            title: "Shells".into(),
            body: "Forty crates.".into(),
        };
        let mut claim = Claim::new(Kind::Transfer);
        claim.supplier =
            vec![ActorRef { id: "PRK".into(), text: "Pyongyang".into(), span: model::Span::default() }];
        assert_eq!(terms(&article, &[claim]).counts.len(), terms(&article, &[]).counts.len() + 1);
        assert!(common(hash(&["peopl"])) >= 0.0);
    }
}
