//! Time expressions, resolved against the day of publication (codebook, "Time").

mod calendar;

use jiff::ToSpan;
use jiff::civil::Date;
use model::When;

use crate::text::{Parsed, Place};
use calendar::{Days, Unit, month_of, shifted, weekday_of};

/// A time expression with its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The time: words, and days where they could be resolved.
    pub when: When,
    /// The tokens, preposition included.
    pub place: Place,
}

/// Finds the time expressions of block `at`; relative ones stay unresolved where `published` is unknown.
pub fn find(block: &Parsed<'_>, at: usize, published: Option<Date>) -> Vec<Dated> {
    let words: Vec<&str> = block.parse.tokens().map(|t| t.text()).collect();
    let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
    let reader = Reader { words: &words, lower: &lower, published };
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match reader.expression(i) {
            Some((end, days)) => {
                let place = Place::new(at, i..end);
                let span = block.span(i..end);
                let when = When {
                    text: block.parse.words(i..end).to_owned(),
                    start: days.start.map(|d| d.to_string()),
                    end: days.end.map(|d| d.to_string()),
                    span,
                };
                found.push(Dated { when, place });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

struct Reader<'a> {
    words: &'a [&'a str],
    lower: &'a [String],
    published: Option<Date>,
}

/// One past the last token, and the days.
type Read = Option<(usize, Days)>;

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// An expression with its preposition.
    fn expression(&self, i: usize) -> Read {
        let unknown = |end: usize| Some((end, Days::default()));
        let until_now = |end: usize| Some((end, Days { start: None, end: self.published }));
        match self.word(i) {
            "since" => {
                let (end, days) = self.point(i + 1, true)?;
                Some((end, Days { start: days.start, end: self.published }))
            }
            "by" | "until" | "till" | "before" => {
                let (end, days) = self.point(i + 1, true)?;
                Some((end, Days { start: None, end: days.end }))
            }
            "after" => {
                let (end, days) = self.point(i + 1, true)?;
                Some((end, Days { start: days.end, end: None }))
            }
            "from" | "between" => {
                let (joint, first) = self.point(i + 1, true)?;
                if matches!(self.word(joint), "to" | "and" | "until" | "through" | "-" | "–") {
                    let (end, last) = self.point(joint + 1, true)?;
                    return Some((end, Days { start: first.start, end: last.end }));
                }
                (self.word(i) == "from").then_some((joint, first))
            }
            "as" if self.word(i + 1) == "of" => self.point(i + 2, true),
            "back" if matches!(self.word(i + 1), "in" | "on") => self.point(i + 2, true),
            "in" | "on" | "during" | "at" | "over" | "within" | "throughout" => {
                let start = i + 1 + usize::from(self.word(i + 1) == "the");
                self.past_units(start).or_else(|| self.point(i + 1, true))
            }
            "for" if Unit::of(self.word(i + 1)).is_some() && self.word(i + 1).ends_with('s') => {
                until_now(i + 2)
            }
            "for" => self.past_units(i + 1 + usize::from(self.word(i + 1) == "the")),
            "earlier" | "later" => self.part_of_unit(i),
            "recently" | "lately" => until_now(i + 1),
            "recent" if Unit::of(self.word(i + 1)).is_some() => until_now(i + 2),
            "every" if Unit::of(self.word(i + 1)).is_some() => match self.expression(i + 2) {
                Some(read) if self.word(i + 2) == "since" => Some(read),
                _ => unknown(i + 2),
            },
            "annually" | "yearly" => unknown(i + 1),
            _ => self.point(i, false),
        }
    }

    /// "earlier this year", "later this month".
    fn part_of_unit(&self, i: usize) -> Read {
        if self.word(i + 1) == "in" {
            return self.point(i + 2, true);
        }
        let (end, days) = self.point(i + 1, false)?;
        let relative = matches!(self.word(i + 1), "this");
        if !relative {
            return Some((end, days));
        }
        let days = match self.word(i) {
            "earlier" => Days { start: days.start, end: self.published },
            _ => Days { start: self.published, end: days.end },
        };
        Some((end, days))
    }

    /// "past two years", "last six months", "recent weeks", after a preposition.
    fn past_units(&self, i: usize) -> Read {
        let end = Some(self.published).flatten();
        match self.word(i) {
            "recent" => {
                Unit::of(self.word(i + 1))?;
                Some((i + 2, Days { start: None, end }))
            }
            "past" | "last" | "previous" => {
                let count = count_of(self.word(i + 1));
                let at = if count.is_some() { i + 2 } else { i + 1 };
                let unit = Unit::of(self.word(at))?;
                if count.is_none() && self.word(i) != "past" {
                    return None;
                }
                let span = unit.times(-count.unwrap_or(1))?;
                Some((at + 1, Days { start: end.and_then(|d| shifted(d, span)), end }))
            }
            _ => None,
        }
    }

    /// A time without its preposition; a bare year or month needs one, or the word `placed` before it.
    fn point(&self, i: usize, placed: bool) -> Read {
        let i = i + usize::from(placed && self.word(i) == "the");
        self.edge(i)
            .or_else(|| self.relative_day(i))
            .or_else(|| self.relative_unit(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.date(i, placed))
            .or_else(|| self.fiscal_year(i))
            .or_else(|| self.year(i, placed))
    }

    /// "the end of this decade", "early 2012", "mid-July".
    fn edge(&self, i: usize) -> Read {
        let at = i + usize::from(self.word(i) == "the");
        match self.word(at) {
            "end" | "close" | "beginning" | "start" | "middle" if self.word(at + 1) == "of" => {
                let (end, days) = self.point(at + 2, true)?;
                let edge = match self.word(at) {
                    "end" | "close" => Days { start: days.end, end: days.end },
                    "beginning" | "start" => Days { start: days.start, end: days.start },
                    _ => days,
                };
                Some((end, edge))
            }
            "early" | "late" | "mid" => {
                let next = at + 1 + usize::from(matches!(self.word(at + 1), "-" | "in"));
                self.point(next, true)
            }
            _ => None,
        }
    }

    fn relative_day(&self, i: usize) -> Read {
        let day = |offset: i64| {
            self.published.and_then(|d| shifted(d, offset.days())).map(Days::day).unwrap_or_default()
        };
        match self.word(i) {
            "today" | "tonight" => Some((i + 1, day(0))),
            "yesterday" => Some((i + 1, day(-1))),
            "tomorrow" => Some((i + 1, day(1))),
            "this" if matches!(self.word(i + 1), "morning" | "afternoon" | "evening") => {
                Some((i + 2, day(0)))
            }
            "last" if self.word(i + 1) == "night" => Some((i + 2, day(-1))),
            _ => self.weekday(i),
        }
    }

    /// "Tuesday", "last Saturday", "next Monday": the nearest in that direction, of the bare name the last one.
    fn weekday(&self, i: usize) -> Read {
        let directed = matches!(self.word(i), "last" | "next" | "this" | "past" | "coming");
        let at = if directed { i + 1 } else { i };
        let wanted = weekday_of(self.word(at)).filter(|_| self.words[at].starts_with(char::is_uppercase))?;
        // "Tuesday, Sept. 6": the date says it.
        let comma = at + 1 + usize::from(self.word(at + 1) == ",");
        if let Some(read) = self.date(comma, true).filter(|_| !directed) {
            return Some(read);
        }
        let Some(published) = self.published else { return Some((at + 1, Days::default())) };
        let back = i64::from(published.weekday().to_monday_zero_offset() - wanted).rem_euclid(7);
        let offset = match self.word(i) {
            "last" if back == 0 => -7,
            "next" | "coming" => 7 - back,
            _ => -back,
        };
        Some((at + 1, shifted(published, offset.days()).map(Days::day).unwrap_or_default()))
    }

    /// "last week", "this year", "next month".
    fn relative_unit(&self, i: usize) -> Read {
        let steps = match self.word(i) {
            "last" | "past" | "previous" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        // "last July" is a month of its own.
        if let Some(month) =
            month_of(self.word(i + 1)).filter(|_| self.words[i + 1].starts_with(char::is_uppercase))
        {
            let days = self.published.and_then(|d| month_near(d, month, steps)).unwrap_or_default();
            return Some((i + 2, days));
        }
        let unit = Unit::of(self.word(i + 1)).filter(|u| *u != Unit::Day)?;
        if self.word(i + 1).ends_with('s') {
            return None;
        }
        let steps = if unit == Unit::Weekend && steps == -1 { 0 } else { steps };
        Some((i + 2, self.published.and_then(|d| unit.around(d, steps)).unwrap_or_default()))
    }

    /// "two years ago", "a week ago", "three days earlier".
    fn ago(&self, i: usize) -> Read {
        let count = count_of(self.word(i))?;
        let unit = Unit::of(self.word(i + 1))?;
        if self.word(i + 2) != "ago" {
            return None;
        }
        let days = self.published.and_then(|published| {
            let then = shifted(published, unit.times(-count)?)?;
            unit.around(then, 0)
        });
        Some((i + 3, days.unwrap_or_default()))
    }

    /// "Sept. 6, 2022", "24 February", "July 2012", "2022-09-06"; a bare month only where `placed`.
    fn date(&self, i: usize, placed: bool) -> Read {
        if let Some(day) = model::parse_date(self.word(i)).filter(|_| self.word(i).len() == 10) {
            return Some((i + 1, Days::day(day)));
        }
        if let Some(month) = self.month(i) {
            if let Some(day) = day_of(self.word(i + 1)) {
                let (end, year) = self.year_after(i + 2);
                return self.day_of_month(end, year, month, day);
            }
            // Written without a space: "Dec. 17,2012".
            if let Some((day, year)) = self.word(i + 1).split_once(',') {
                return self.day_of_month(i + 2, year_of(year), month, day_of(day)?);
            }
            let (end, year) = self.year_after(i + 1);
            if let Some(year) = year {
                return Some((end, Days::of_month(year, month)?));
            }
            if self.word(i + 1) == "of" && self.word(i + 2) == "this" && self.word(i + 3) == "year" {
                return Some((
                    i + 4,
                    self.published.and_then(|d| Days::of_month(d.year(), month)).unwrap_or_default(),
                ));
            }
            let clear = placed && self.words[i].starts_with(char::is_uppercase);
            let days = self.published.and_then(|d| month_near(d, month, 0)).unwrap_or_default();
            return clear.then_some((i + 1, days));
        }
        let day = day_of(self.word(i))?;
        let month = self.month(i + 1)?;
        let (end, year) = self.year_after(i + 2);
        self.day_of_month(end, year, month, day)
    }

    fn month(&self, i: usize) -> Option<i8> {
        month_of(self.word(i)).filter(|_| self.words[i].starts_with(char::is_uppercase))
    }

    /// The year that follows a month or day, after a comma or not.
    fn year_after(&self, i: usize) -> (usize, Option<i16>) {
        let at = i + usize::from(self.word(i) == ",");
        match year_of(self.word(at)) {
            Some(year) => (at + 1, Some(year)),
            None => (i, None),
        }
    }

    fn day_of_month(&self, end: usize, year: Option<i16>, month: i8, day: i8) -> Read {
        if let Some(year) = year {
            return Some((end, Days::of_day(year, month, day)?));
        }
        let Some(published) = self.published else { return Some((end, Days::default())) };
        // The nearest such day: an event lies at most two months ahead, else it was a year ago.
        let near =
            [published.year() + 1, published.year(), published.year() - 1].into_iter().find_map(|year| {
                let days = Days::of_day(year, month, day)?;
                (days.start? <= shifted(published, 2.months())?).then_some(days)
            });
        Some((end, near.unwrap_or_default()))
    }

    /// "fiscal year 2023", "FY2023", "FY 23".
    fn fiscal_year(&self, i: usize) -> Read {
        let full = |digits: &str| match digits.len() {
            2 => digits.parse::<i16>().ok().map(|y| 2000 + y),
            _ => year_of(digits),
        };
        let word = self.word(i);
        if word == "fiscal" && self.word(i + 1) == "year" {
            return Some((i + 3, Days::of_fiscal_year(full(self.word(i + 2))?)));
        }
        let digits = word.strip_prefix("fy")?;
        if digits.is_empty() {
            return Some((i + 2, Days::of_fiscal_year(full(self.word(i + 1))?)));
        }
        Some((i + 1, Days::of_fiscal_year(full(digits)?)))
    }

    /// A year or decade; bare, only after a preposition.
    fn year(&self, i: usize, placed: bool) -> Read {
        let word = self.word(i);
        if let Some(decade) = word.strip_suffix('s').or_else(|| word.strip_suffix("'s")).and_then(year_of) {
            return (decade % 10 == 0).then(|| (i + 1, Days::of_years(decade, decade + 9)));
        }
        let year = year_of(word).filter(|_| placed)?;
        // "in 2000 tanks" counts; so does "in 2012 dollars", which is rare.
        Some((i + 1, Days::of_year(year)))
    }
}

/// The month next to `day`: the last one up to it, the one before that year, or the next.
fn month_near(day: Date, month: i8, steps: i64) -> Option<Days> {
    let this_year = Days::of_month(day.year(), month)?;
    let past = this_year.start? <= day;
    let year = match steps {
        1 if past => day.year() + 1,
        0 | -1 if !past => day.year() - 1,
        _ => day.year(),
    };
    Days::of_month(year, month)
}

fn year_of(word: &str) -> Option<i16> {
    let plain = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| plain && (1900..2100).contains(y))
}

fn day_of(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    digits.parse().ok().filter(|d| ordinal && (1..=31).contains(d))
}

fn count_of(word: &str) -> Option<i64> {
    const SMALL: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    SMALL
        .iter()
        .position(|w| *w == word)
        .map(|n| n as i64)
        .or_else(|| word.parse().ok().filter(|n| (1..1000).contains(n)))
}

#[cfg(test)]
mod tests {
    use lang::{Parse, TokenData};
    use model::BlockKind;

    use super::*;

    /// The time expressions of `text`, split at white space, published on Tuesday, 6 September 2022.
    fn times(text: &str, published: Option<&str>) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            let sent_start = start == 0;
            tokens.push(TokenData {
                start,
                end: start + word.len() as u32,
                sent_start,
                ..TokenData::default()
            });
            start += word.len() as u32 + 1;
        }
        let parse = Parse::new(text.to_owned(), tokens, Vec::new());
        let block = Parsed { block: 0, kind: BlockKind::Paragraph, offset: 0, parse: &parse };
        let published = published.and_then(model::parse_date);
        let days = |d: &Option<String>| d.clone().unwrap_or_default();
        let found = find(&block, 0, published);
        found
            .iter()
            .map(|d| format!("{} {}/{}", d.when.text, days(&d.when.start), days(&d.when.end)))
            .collect()
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(times(text, Some("2022-09-06")).join("; "), expected, "{text}");
    }

    #[test]
    fn days_around_the_publication() {
        check("It said today", "today 2022-09-06/2022-09-06");
        check("It said yesterday", "yesterday 2022-09-05/2022-09-05");
        check("They met on Tuesday .", "on Tuesday 2022-09-06/2022-09-06");
        check("They met on Friday .", "on Friday 2022-09-02/2022-09-02");
        check("They met last Saturday .", "last Saturday 2022-09-03/2022-09-03");
        check("They meet next Monday .", "next Monday 2022-09-12/2022-09-12");
    }

    #[test]
    fn weeks_months_years() {
        check("It sold them last week .", "last week 2022-08-29/2022-09-04");
        check("It meets next week .", "next week 2022-09-12/2022-09-18");
        check("It sold them this weekend .", "this weekend 2022-09-03/2022-09-04");
        check("It sold them last month .", "last month 2022-08-01/2022-08-31");
        check("Earlier this year it signed .", "Earlier this year 2022-01-01/2022-09-06");
        check("It signed two years ago .", "two years ago 2020-01-01/2020-12-31");
        check("over the past two years", "over the past two years 2020-09-06/2022-09-06");
        check("in recent weeks", "in recent weeks /2022-09-06");
        check("for months", "for months /2022-09-06");
    }

    #[test]
    fn dates() {
        check("On Sept. 6 , 2022 it came", "On Sept. 6 , 2022 2022-09-06/2022-09-06");
        check("On Dec. 17,2012 it came", "On Dec. 17,2012 2012-12-17/2012-12-17");
        check("it came on 24 February", "on 24 February 2022-02-24/2022-02-24");
        check("it came on December 24", "on December 24 2021-12-24/2021-12-24");
        check("it came in July", "in July 2022-07-01/2022-07-31");
        check("it came in November", "in November 2021-11-01/2021-11-30");
        check("in July 2012", "in July 2012 2012-07-01/2012-07-31");
        check("July of this year", "July of this year 2022-07-01/2022-07-31");
        check("It may march on .", "");
    }

    #[test]
    fn open_intervals() {
        check("Since 2009 it has", "Since 2009 2009-01-01/2022-09-06");
        check("by the end of 2013", "by the end of 2013 /2013-12-31");
        check("By the end of this decade", "By the end of this decade /2029-12-31");
        check("from 2010 to 2012", "from 2010 to 2012 2010-01-01/2012-12-31");
        check("in fiscal year 2023", "in fiscal year 2023 2022-10-01/2023-09-30");
        check("during the 1990s", "during the 1990s 1990-01-01/1999-12-31");
    }

    #[test]
    fn without_a_publication_date_relative_times_stay_open() {
        assert_eq!(times("last week", None), ["last week /"]);
        assert_eq!(times("in July", None), ["in July /"]);
        assert_eq!(times("on 24 February", None), ["on 24 February /"]);
        assert_eq!(times("in July 2012", None), ["in July 2012 2012-07-01/2012-07-31"]);
    }
}
