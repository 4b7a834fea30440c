//! Publication dates, wherever a page or a release tells them; always a whole day, never a guess.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

/// Years that a publication can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const WEEKDAYS: &str = "(?:(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?\\.?,?\\s+)?";

fn pattern(text: String) -> Regex {
    Regex::new(&text).expect("the pattern is fixed and was tested")
}

/// "6 September 2022", "Tuesday, 6 Sept. 2022".
static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(format!(r"(?i-u)\b{WEEKDAYS}(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTHS})\.?,?\s+(\d{{4}})\b"))
});
/// "September 6, 2022", "Tues, Sept. 6, 2022".
static MONTH_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(format!(r"(?i-u)\b{WEEKDAYS}({MONTHS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"))
});
/// "2022-09-06", "2022/09/06", "2022-09-06T10:00:00Z".
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^0-9])([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[^0-9]|$)".to_owned())
});
/// "…/20220906/…" as a whole part of an address.
static COMPACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:[/_=-])((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[/_.?&-]|$)".to_owned()));
/// "…/2022/sep/06/…", "…/2005_April_15".
static WORDY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(format!(r"(?i-u)[/_-]((?:19|20)\d{{2}})[/_ -]({MONTHS})[/_ -](\d{{1,2}})(?:[/_.?#-]|$)"))
});
/// "FOR IMMEDIATE RELEASE: June 28, 2005", "Published: 6 September 2022", "Date: '2010-10-31'".
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]*(?:for immediate release|for release|immediate release|release date|date of release|press release|published(?: on| at)?|publication date|posted(?: on)?|date|dated|issued(?: on)?|first published(?: on)?)(?-u:\b\s*)[:–—-]?(?-u:\s*)(\S.+)$".to_owned())
});
/// "WASHINGTON, Sept. 6, 2022 (Agency) - ", "LONDON – 6 September 2022 – ".
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\(?[A-Z][A-Z .,'/-]{2,40}(?:,\s*[A-Z][a-z.]+)?\s*[,–—-]\s*([^()–—-]{8,30}?)\s*(?:\([^)]{2,40}\)\s*)?(?:--|[–—-])\s".to_owned())
});

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month_number(month)?, day.parse().ok()?).ok()?;
    YEARS.contains(&date.year()).then(|| date.to_string())
}

fn month_number(month: &str) -> Option<i8> {
    if let Ok(number) = month.parse() {
        return Some(number);
    }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = month.get(..3)?.to_ascii_lowercase();
    names.iter().position(|n| *n == start).map(|i| i as i8 + 1)
}

/// The first date written in full in `text` (a metadata field, a `<time>`): ISO 8601, RFC 2822, or in words.
///
/// Days and months as bare numbers (`02/03/05`) are ambiguous and never read.
pub(crate) fn parse(text: &str) -> Option<String> {
    if let Some(found) = ISO.captures(text).and_then(|c| day(&c[1], &c[2], &c[3])) {
        return Some(found);
    }
    if let Some(found) = MONTH_FIRST.captures(text).and_then(|c| day(&c[3], &c[1], &c[2])) {
        return Some(found);
    }
    DAY_FIRST.captures(text).and_then(|c| day(&c[3], &c[2], &c[1]))
}

/// The date that an address tells: `…/2022/09/06/…`, `…/2022/sep/06/…`, `…-20220906.html`; a bare month is no date.
pub(crate) fn in_address(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if let Some(found) = ISO.captures(path).and_then(|c| day(&c[1], &c[2], &c[3])) {
        return Some(found);
    }
    if let Some(found) = WORDY.captures(path).and_then(|c| day(&c[1], &c[2], &c[3])) {
        return Some(found);
    }
    COMPACT.captures(path).and_then(|c| day(&c[1], &c[2], &c[3]))
}

/// The date of a line that is nothing but a date (a place in capitals or a weekday may stand before it, a time after).
pub(crate) fn whole_line(line: &str) -> Option<String> {
    let line = line.trim().trim_end_matches('.');
    let line = match line.split_once(", ") {
        Some((place, rest))
            if place.len() > 2 && place.chars().all(|c| c.is_uppercase() || " .'-".contains(c)) =>
        {
            rest
        }
        _ => line,
    };
    if line.len() > 60 {
        return None;
    }
    let found = parse(line)?;
    let rest = [&*MONTH_FIRST, &*DAY_FIRST, &*ISO]
        .iter()
        .find(|p| p.is_match(line))
        .map(|p| p.replace(line, " "))?;
    let letters = rest.split_whitespace().filter(|w| !is_time_word(w)).flat_map(str::chars);
    (letters.filter(|c| c.is_alphanumeric()).count() == 0).then_some(found)
}

fn is_time_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let zone = ["am", "pm", "a.m", "p.m", "gmt", "utc", "est", "edt", "cet", "bst", "at", "on"];
    let bare = word.trim_end_matches("am").trim_end_matches("pm");
    bare.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.') || zone.contains(&word.as_str())
}

/// The date behind a label, such as "For Immediate Release: June 28, 2005" or "Published: 6 September 2022".
pub(crate) fn labelled(line: &str) -> Option<String> {
    let rest = LABELLED.captures(line.trim())?.get(1)?.as_str();
    parse(rest).filter(|_| rest.split_whitespace().count() <= 8)
}

/// The date of an agency's dateline, only where it tells the year: "WASHINGTON, Sept. 6, 2022 (Agency) - …".
pub(crate) fn in_dateline(paragraph: &str) -> Option<String> {
    whole_line(DATELINE.captures(paragraph)?.get(1)?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Option<String>, want: &str) {
        assert_eq!(found.as_deref().unwrap_or("none"), want);
    }

    #[test]
    fn fields() {
        check(parse("2022-09-06T23:30:00-05:00"), "2022-09-06");
        check(parse("Tue, 06 Sep 2022 10:00:00 GMT"), "2022-09-06");
        check(parse("Sept. 6th, 2022"), "2022-09-06");
        check(parse("6 September 2022"), "2022-09-06");
        check(parse("2022-13-40"), "none");
        check(parse("02/03/05"), "none");
        check(parse("30 February 2022"), "none");
        check(parse("yesterday"), "none");
    }

    #[test]
    fn addresses() {
        check(in_address("https://a.example/news/2022/09/06/shells"), "2022-09-06");
        check(in_address("https://a.example/world/2022/sep/06/shells"), "2022-09-06");
        check(in_address("https://a.example/shells-20220906.html"), "2022-09-06");
        check(in_address("https://a.example/wiki/Events/2005_April_15"), "2005-04-15");
        check(in_address("https://a.example/2022/09/shells"), "none");
        check(in_address("https://a.example/story/380b9de0ce5400761f8d35a570cc4ee4"), "none");
        check(in_address("https://a.example/story?day=2022-09-06"), "none");
    }

    #[test]
    fn lines() {
        check(whole_line("Tuesday, January 22, 2013"), "2013-01-22");
        check(whole_line("6 September 2022, 10:30 GMT"), "2022-09-06");
        check(whole_line("3 March 2031, 7:42pm"), "2031-03-03");
        check(whole_line("ANKARA, 9 April 2031"), "2031-04-09");
        check(whole_line("Since January 22, 2013 nothing has moved"), "none");
        check(labelled("FOR IMMEDIATE RELEASE: June 28, 2005"), "2005-06-28");
        check(labelled("Date: '2010-10-31'"), "2010-10-31");
        check(
            labelled("Published works of 1 May 1999 were discussed at length by all who came to the hall"),
            "none",
        );
        check(in_dateline("WASHINGTON, Sept. 6, 2022 (Agency) - The ministry said so."), "2022-09-06");
        check(in_dateline("VALLETTA, Malta – 6 September 2022 – The yard said so."), "2022-09-06");
        check(in_dateline("WASHINGTON, Sept 6 (Agency) - The ministry said so."), "none");
    }
}
