//! Days, weeks, months and years as intervals of days.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

/// Some days, from the first to the last; either may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Days {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

impl Days {
    /// From `start` to `end`.
    pub(super) fn new(start: Date, end: Date) -> Days {
        Days { start: Some(start), end: Some(end) }
    }

    /// One day.
    pub(super) fn day(day: Date) -> Days {
        Days::new(day, day)
    }

    /// The day of a month, where there is such a day.
    pub(super) fn of_day(year: i16, month: i8, day: i8) -> Option<Days> {
        Date::new(year, month, day).ok().map(Days::day)
    }

    /// A month.
    pub(super) fn of_month(year: i16, month: i8) -> Option<Days> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Days::new(first, first.last_of_month()))
    }

    /// A year.
    pub(super) fn of_year(year: i16) -> Days {
        Days::new(date(year, 1, 1), date(year, 12, 31))
    }

    /// Years from `first` to `last`.
    pub(super) fn of_years(first: i16, last: i16) -> Days {
        Days::new(date(first, 1, 1), date(last, 12, 31))
    }

    /// A budget year of the United States: `2023` is October 2022 to September 2023.
    pub(super) fn of_fiscal_year(year: i16) -> Days {
        Days::new(date(year - 1, 10, 1), date(year, 9, 30))
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Season(i8),
    Year,
    Decade,
}

impl Unit {
    /// The unit of a word in small letters.
    pub(super) fn of(word: &str) -> Option<Unit> {
        Some(match word {
            "day" | "days" => Unit::Day,
            "week" | "weeks" => Unit::Week,
            "weekend" => Unit::Weekend,
            "month" | "months" => Unit::Month,
            "quarter" => Unit::Quarter,
            "spring" => Unit::Season(3),
            "summer" => Unit::Season(6),
            "autumn" | "fall" => Unit::Season(9),
            "winter" => Unit::Season(12),
            "year" | "years" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            _ => return None,
        })
    }

    /// The unit that is `steps` of it after the one in which `day` lies.
    pub(super) fn around(self, day: Date, steps: i64) -> Option<Days> {
        Some(match self {
            Unit::Day => Days::day(shifted(day, steps.days())?),
            Unit::Week => {
                let monday = shifted(day, (-i64::from(day.weekday().to_monday_zero_offset())).days())?;
                let monday = shifted(monday, (7 * steps).days())?;
                Days::new(monday, shifted(monday, 6.days())?)
            }
            // "This weekend" of a weekday's paper is the one just past.
            Unit::Weekend => {
                let back = (i64::from(day.weekday().to_monday_zero_offset()) + 2) % 7;
                let saturday = shifted(day, (7 * steps - back).days())?;
                Days::new(saturday, shifted(saturday, 1.days())?)
            }
            Unit::Month => {
                let month = shifted(day.first_of_month(), steps.months())?;
                Days::new(month, month.last_of_month())
            }
            Unit::Quarter => {
                let first = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?;
                let first = shifted(first, (3 * steps).months())?;
                Days::new(first, shifted(first, 2.months())?.last_of_month())
            }
            Unit::Season(month) => {
                let year = day.year() + steps as i16;
                let first = Date::new(year, month, 1).ok()?;
                Days::new(first, shifted(first, 2.months())?.last_of_month())
            }
            Unit::Year => Days::of_year(day.year() + steps as i16),
            Unit::Decade => {
                let first = day.year() / 10 * 10 + 10 * steps as i16;
                Days::of_years(first, first + 9)
            }
        })
    }

    /// `count` of this unit as a span.
    pub(super) fn times(self, count: i64) -> Option<Span> {
        Some(match self {
            Unit::Day => count.days(),
            Unit::Week => count.weeks(),
            Unit::Month => count.months(),
            Unit::Year => count.years(),
            Unit::Decade => (10 * count).years(),
            Unit::Weekend | Unit::Quarter | Unit::Season(_) => return None,
        })
    }
}

/// The day that is `span` later, within the calendar.
pub(super) fn shifted(day: Date, span: Span) -> Option<Date> {
    day.checked_add(span).ok()
}

/// The number of a month's name in small letters, also shortened.
pub(super) fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|m| {
        *m == word
            || (word.len() >= 3 && word.len() <= 4 && m.starts_with(word) && word != "mar.")
            || (word == "sept" && *m == "september")
    })?;
    Some(at as i8 + 1)
}

/// The days after Monday of a weekday's name in small letters, also shortened.
pub(super) fn weekday_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter()
        .position(|d| {
            *d == word
                || (matches!(word, "mon" | "tue" | "tues" | "wed" | "thu" | "thurs" | "fri" | "sat" | "sun")
                    && d.starts_with(word))
        })
        .map(|d| d as i8)
}
