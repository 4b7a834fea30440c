//! How many: the words before goods, and the range that they mean (codebook, "Goods").

use std::ops::Range;

use crate::text::Parsed;

/// A quantity: its words, and from how many to how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    /// The tokens.
    pub tokens: Range<usize>,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
}

/// How a number is hedged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hedge {
    Exactly,
    MoreThan,
    AtLeast,
    AtMost,
    LessThan,
    Nearly,
    About,
}

/// A number read from words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    /// So many.
    Count(f64),
    /// A noun for a rough number: "hundreds".
    Rough(u64, Option<u64>),
}

/// The quantity that stands right before token `end`, at or after token `floor`.
///
/// Covers "20", "more than 50", "two million", "dozens of", "3,000 rounds of", "between 10 and 20".
pub(super) fn before(block: &Parsed<'_>, floor: usize, end: usize) -> Option<Quantity> {
    let word = |i: usize| block.token(i).text().to_lowercase();
    let mut last = end;
    // "rounds of", "units of": what is counted; a weight or a load is not a count.
    let mut counts = true;
    if last >= floor + 2 && word(last - 1) == "of" {
        let unit = word(last - 2);
        if is_rough(&unit) || number_word(&unit).is_some() {
            last -= 1;
        } else if matches!(unit.as_str(), "rounds" | "pieces" | "units" | "sets" | "items") {
            last -= 2;
        } else if is_load(&unit) {
            counts = false;
            last -= 2;
        } else {
            return None;
        }
    }
    let mut first = last;
    while first > floor && is_number_part(block, first - 1) {
        first -= 1;
    }
    while first < last && matches!(word(first).as_str(), "and" | "of" | "-" | "a" | "an" | "to") {
        let article = matches!(word(first).as_str(), "a" | "an");
        if article && first + 1 < last {
            break;
        }
        first += 1;
    }
    if first == last && (counts || first <= floor) {
        return None;
    }
    // "a $23 billion F-16 sale": a price, not a count.
    if first > 0 && word(first - 1).ends_with(['$', '€', '£', '¥']) {
        return None;
    }
    let (first, hedge) = hedged(block, floor, first);
    let words: Vec<String> = (first..last).map(word).collect();
    let (min, max) = if counts { range(&words, hedge)? } else { (None, None) };
    let end = if last < end && word(end - 1) == "of" && counts { last } else { end };
    Some(Quantity { tokens: first..end, min, max })
}

fn is_load(unit: &str) -> bool {
    matches!(
        unit,
        "tons"
            | "tonnes"
            | "ton"
            | "kilograms"
            | "kg"
            | "pounds"
            | "crates"
            | "crate"
            | "containers"
            | "container"
            | "boxes"
            | "truckloads"
            | "planeloads"
            | "loads"
            | "barrels"
            | "shipments"
            | "batch"
            | "batches"
            | "consignments"
            | "stocks"
    )
}

/// Steps back over the words that hedge a number.
fn hedged(block: &Parsed<'_>, floor: usize, first: usize) -> (usize, Hedge) {
    const HEDGES: &[(&[&str], Hedge)] = &[
        (&["more", "than"], Hedge::MoreThan),
        (&["as", "many", "as"], Hedge::AtMost),
        (&["up", "to"], Hedge::AtMost),
        (&["at", "least"], Hedge::AtLeast),
        (&["no", "fewer", "than"], Hedge::AtLeast),
        (&["at", "most"], Hedge::AtMost),
        (&["fewer", "than"], Hedge::LessThan),
        (&["less", "than"], Hedge::LessThan),
        (&["upwards", "of"], Hedge::AtLeast),
        (&["over"], Hedge::MoreThan),
        (&["nearly"], Hedge::Nearly),
        (&["almost"], Hedge::Nearly),
        (&["under"], Hedge::LessThan),
        (&["about"], Hedge::About),
        (&["around"], Hedge::About),
        (&["roughly"], Hedge::About),
        (&["approximately"], Hedge::About),
        (&["some"], Hedge::About),
        (&["an", "estimated"], Hedge::About),
        (&["estimated"], Hedge::About),
        (&["potentially"], Hedge::Exactly),
        (&["another"], Hedge::Exactly),
        (&["an", "additional"], Hedge::Exactly),
        (&["additional"], Hedge::Exactly),
        (&["first"], Hedge::Exactly),
        (&["initial"], Hedge::Exactly),
        (&["remaining"], Hedge::Exactly),
        (&["literally"], Hedge::Exactly),
    ];
    let word = |i: usize| block.token(i).text().to_lowercase();
    for (words, hedge) in HEDGES {
        if first >= floor + words.len()
            && words.iter().enumerate().all(|(i, w)| word(first - words.len() + i) == *w)
        {
            return (first - words.len(), *hedge);
        }
    }
    (first, Hedge::Exactly)
}

fn is_number_part(block: &Parsed<'_>, i: usize) -> bool {
    let token = block.token(i);
    let word = token.text().to_lowercase();
    let joins = matches!(word.as_str(), "and" | "-" | "to" | "of" | "–") && i > 0 && {
        let before = block.token(i - 1).text().to_lowercase();
        let after = (i + 1 < block.parse.len()).then(|| block.token(i + 1).text().to_lowercase());
        let number = |w: &str| digits(w).is_some() || number_word(w).is_some();
        number(&before) && after.is_some_and(|a| number(&a) || is_rough(&a))
            || (word == "of" && matches!(before.as_str(), "tens" | "hundreds"))
    };
    digits(&word).is_some()
        || number_word(&word).is_some()
        || is_rough(&word)
        || matches!(word.as_str(), "several" | "a" | "between" | "couple") && i + 1 < block.parse.len() && {
            let next = block.token(i + 1).text().to_lowercase();
            number_word(&next).is_some() || is_rough(&next) || digits(&next).is_some() && word == "between"
        }
        || joins
}

fn digits(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit())
        || !word.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
    {
        return None;
    }
    word.replace(',', "").trim_end_matches('.').parse().ok()
}

fn number_word(word: &str) -> Option<u64> {
    let word = word.trim_end_matches('-');
    const SMALL: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some((tens, ones)) = word.split_once('-') {
        return Some(number_word(tens)? + number_word(ones)?);
    }
    if let Some(at) = SMALL.iter().position(|w| *w == word) {
        return Some(at as u64);
    }
    if let Some(at) = TENS.iter().position(|w| *w == word) {
        return Some(20 + 10 * at as u64);
    }
    Some(match word {
        "dozen" => 12,
        "pair" => 2,
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    })
}

fn is_rough(word: &str) -> bool {
    matches!(word, "dozens" | "scores" | "hundreds" | "thousands" | "millions" | "tens")
}

/// The number that `words` say, hedges left out.
fn read(words: &[String]) -> Option<Number> {
    let text = words.join(" ");
    let rough = match text.as_str() {
        t if t.ends_with("hundreds of thousands") => Some((200_000, Some(999_999))),
        t if t.ends_with("tens of thousands") => Some((20_000, Some(99_999))),
        t if t.ends_with("tens of millions") => Some((20_000_000, None)),
        t if t.ends_with("millions") => Some((2_000_000, None)),
        t if t.ends_with("thousands") => Some((2_000, None)),
        t if t.ends_with("several hundred") => Some((200, Some(999))),
        t if t.ends_with("several thousand") => Some((2_000, Some(9_999))),
        t if t.ends_with("several dozen") => Some((24, Some(99))),
        t if t.ends_with("hundreds") => Some((200, Some(999))),
        t if t.ends_with("scores") => Some((40, None)),
        t if t.ends_with("dozens") => Some((24, None)),
        _ => None,
    };
    if let Some((min, max)) = rough {
        return Some(Number::Rough(min, max));
    }
    let (mut total, mut part, mut any) = (0.0, 0.0, false);
    for word in words {
        if let Some(value) = digits(word) {
            part += value;
        } else if let Some(value) = number_word(word) {
            let value = value as f64;
            match word.as_str() {
                "hundred" | "dozen" => part = f64::max(part, 1.0) * value,
                "thousand" | "million" | "billion" => {
                    total += f64::max(part, 1.0) * value;
                    part = 0.0;
                }
                _ => part += value,
            }
        } else {
            continue;
        }
        any = true;
    }
    any.then_some(Number::Count(total + part))
}

/// The range of a number with its hedge.
fn range(words: &[String], hedge: Hedge) -> Option<(Option<u64>, Option<u64>)> {
    let joint = words.iter().position(|w| matches!(w.as_str(), "to" | "–" | "and") && words.len() > 2);
    if let Some(joint) = joint {
        let between = words[0] == "between" || matches!(words[joint].as_str(), "to" | "–");
        if let (true, Some(Number::Count(low)), Some(Number::Count(high))) =
            (between, read(&words[..joint]), read(&words[joint + 1..]))
        {
            return Some((Some(low as u64), Some(high as u64)));
        }
    }
    match read(words)? {
        Number::Rough(min, max) => Some((Some(min), max)),
        Number::Count(n) => {
            let whole = n.round() as u64;
            let tenth = |share: f64| (n * share).round() as u64;
            Some(match hedge {
                Hedge::Exactly => (Some(whole), Some(whole)),
                Hedge::MoreThan => (Some(whole + 1), None),
                Hedge::AtLeast => (Some(whole), None),
                Hedge::AtMost => (None, Some(whole)),
                Hedge::LessThan => (None, Some(whole.saturating_sub(1))),
                Hedge::Nearly => (Some(tenth(0.9)), Some(whole.saturating_sub(1))),
                Hedge::About => (Some(tenth(0.9)), Some(tenth(1.1))),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use lang::{Parse, TokenData};
    use model::BlockKind;

    use super::*;

    /// The range of the quantity before the last word of `text`.
    fn check(text: &str, min: Option<u64>, max: Option<u64>) {
        let mut tokens = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            tokens.push(TokenData {
                start,
                end: start + word.len() as u32,
                sent_start: start == 0,
                ..TokenData::default()
            });
            start += word.len() as u32 + 1;
        }
        let count = tokens.len();
        let parse = Parse::new(text.to_owned(), tokens, Vec::new());
        let block = Parsed { block: 0, kind: BlockKind::Paragraph, offset: 0, parse: &parse };
        let found = before(&block, 0, count - 1).map(|q| (q.min, q.max));
        assert_eq!(found, Some((min, max)), "{text}");
    }

    #[test]
    fn counts() {
        check("20 jets", Some(20), Some(20));
        check("2,500 missiles", Some(2500), Some(2500));
        check("two million shells", Some(2_000_000), Some(2_000_000));
        check("One hundred forty-nine radars", Some(149), Some(149));
        check("Forty - eight engines", Some(48), Some(48));
        check("a dozen tanks", Some(12), Some(12));
        check("3,000 rounds of ammunition", Some(3000), Some(3000));
        check("another 30 tanks", Some(30), Some(30));
    }

    #[test]
    fn hedged_counts() {
        check("more than 50 tanks", Some(51), None);
        check("nearly 40 tanks", Some(36), Some(39));
        check("about 40 tanks", Some(36), Some(44));
        check("at least 10 drones", Some(10), None);
        check("as many as 3,000 rifles", None, Some(3000));
        check("fewer than 10 drones", None, Some(9));
        check("between 10 and 20 drones", Some(10), Some(20));
    }

    #[test]
    fn rough_numbers() {
        check("millions of shells", Some(2_000_000), None);
        check("thousands of rockets", Some(2_000), None);
        check("hundreds of drones", Some(200), Some(999));
        check("hundreds of thousands of shells", Some(200_000), Some(999_999));
        check("several hundred missiles", Some(200), Some(999));
    }
}
