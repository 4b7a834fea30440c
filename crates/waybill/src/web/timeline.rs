//! A deal's history as a drawing with one lane a source; the table below it has the same.

use std::collections::BTreeMap;

use link::day_number;
use link::deals::{Deal, Event};
use maud::{Markup, html};
use model::{Factuality, Stage};

use super::text::{count, cut, day, sign, visible, word};

/// Height of a lane with one row of words above its line and one below.
const LANE: f64 = 52.0;
/// Height of each further row of words.
const ROW: f64 = 15.0;
const LEFT: f64 = 190.0;
const WIDTH: f64 = 880.0;
const RIGHT: f64 = 50.0;
/// Least distance between the middles of two marks.
const APART: f64 = 21.0;
/// Width of a letter.
const LETTER: f64 = 7.0;

/// Most lanes; a deal with more sources has the rest in the table only.
const LANES: usize = 24;

/// Draws who said what when: along the line the days, the sign for how sure, the word for how far.
pub(super) fn timeline(deal: &Deal) -> Markup {
    let mut lanes: BTreeMap<&str, Vec<(&Event, i32)>> = BTreeMap::new();
    for event in &deal.history {
        let date = event.day.as_deref().and_then(model::parse_date);
        if let Some(date) = date {
            lanes.entry(&event.source).or_default().push((event, day_number(date)));
        }
    }
    let days: Vec<i32> = lanes.values().flatten().map(|(_, day)| *day).collect();
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return html! { p { "Nothing in it has a day, so there is no timeline to draw." } };
    };
    let more = lanes.len().saturating_sub(LANES);
    let span = f64::from((last - first).max(1));
    let x = |day: i32| LEFT + 30.0 + (WIDTH - LEFT - RIGHT - 30.0) * f64::from(day - first) / span;
    let drawn: Vec<Lane<'_>> =
        lanes.iter().take(LANES).map(|(source, events)| Lane::of(source, events, &x)).collect();
    let height = drawn.iter().map(Lane::height).sum::<f64>() + 40.0;
    let mut top = 0.0;
    let drawn = drawn.iter().map(|lane| {
        top += lane.height();
        lane.drawn(top - lane.height())
    });
    let bounds = (deal.days.0.as_deref(), deal.days.1.as_deref());
    html! {
        figure.timeline {
            div.scroll tabindex="0" role="region" aria-label="Timeline" {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-labelledby="timeline-title" {
                    title id="timeline-title" { "Who said what on which day; the table below has the same" }
                    @for lane in drawn { (lane) }
                    text.axis x=(LEFT + 30.0) y=(height - 10.0) { (day(bounds.0)) }
                    @if bounds.0 != bounds.1 {
                        text.axis x=(WIDTH - RIGHT) y=(height - 10.0) text-anchor="end" { (day(bounds.1)) }
                    }
                }
            }
            figcaption {
                "One lane a source. " @for value in Factuality::ALL {
                    span.key { (sign(*value)) " " (word(value.as_str())) } " "
                }
            }
        }
        @let unknown = deal.history.iter().filter(|event| event.day.is_none()).count();
        @if unknown > 0 { p.small { (count(unknown, "claim")) " of an unknown day stand in the table below only." } }
        @if more > 0 { p { "The table has " (more) " more sources." } }
    }
}

/// A mark with its words: what, how often, where along the line, and in which row of words (odd ones are below).
struct Mark<'a> {
    event: &'a Event,
    words: String,
    x: f64,
    /// Middle of the words.
    at: f64,
    row: usize,
}

/// What one source said, laid out so that nothing runs into anything.
struct Lane<'a> {
    source: &'a str,
    marks: Vec<Mark<'a>>,
    rows: usize,
}

impl<'a> Lane<'a> {
    fn of(source: &'a str, events: &[(&'a Event, i32)], x: &dyn Fn(i32) -> f64) -> Self {
        let mut alike: BTreeMap<(i32, &str, &str), (&Event, usize)> = BTreeMap::new();
        for (event, day) in events {
            let key = (*day, event.stage.as_str(), event.factuality.as_str());
            alike.entry(key).or_insert((event, 0)).1 += 1;
        }
        let count = alike.len();
        let mut marks: Vec<Mark<'a>> = Vec::new();
        for ((day, ..), (event, n)) in alike {
            let times = if n > 1 { format!(" ×{n}") } else { String::new() };
            let withdrawn = if event.withdrawn { " (withdrawn)" } else { "" };
            let words = format!("{}{times}{withdrawn}", far(event.stage));
            let after = marks.last().map_or(0.0, |last| last.x + APART);
            marks.push(Mark { event, words, x: x(day).max(after), at: 0.0, row: 0 });
        }
        // Those that were pushed over the end go back, as far as there is room.
        for (n, mark) in marks.iter_mut().enumerate() {
            mark.x = mark.x.min(WIDTH - RIGHT - APART * (count - 1 - n) as f64).max(LEFT + 12.0);
        }
        let mut edges: Vec<f64> = Vec::new();
        for mark in &mut marks {
            let half = LETTER * mark.words.chars().count() as f64 / 2.0;
            mark.at = mark.x.clamp(LEFT + half, (WIDTH - half).max(LEFT + half));
            let free = edges.iter().position(|edge| *edge < mark.at - half - 6.0);
            mark.row = free.unwrap_or_else(|| {
                edges.push(0.0);
                edges.len() - 1
            });
            edges[mark.row] = mark.at + half;
        }
        Lane { source, marks, rows: edges.len() }
    }

    /// Rows of words above the line, beyond the first.
    fn above(&self) -> f64 {
        ROW * self.rows.saturating_sub(1).div_euclid(2) as f64
    }

    fn height(&self) -> f64 {
        LANE + ROW * self.rows.saturating_sub(2) as f64
    }

    fn drawn(&self, top: f64) -> Markup {
        let middle = top + LANE / 2.0 + self.above();
        let source = visible(self.source);
        html! {
            line.lane x1=(LEFT) x2=(WIDTH) y1=(middle) y2=(middle) {}
            text.source x=(LEFT - 8.0) y=(middle + 4.0) text-anchor="end" { (cut(&source, 22)) title { (source) } }
            @for mark in &self.marks { (mark.drawn(middle)) }
        }
    }
}

impl Mark<'_> {
    fn drawn(&self, y: f64) -> Markup {
        let event = self.event;
        let words = format!("{}: {}", day(event.day.as_deref()), cut(&visible(&event.words), 160));
        let further = ROW * (self.row / 2) as f64;
        let line = if self.row.is_multiple_of(2) { y - 13.0 - further } else { y + 22.0 + further };
        html! {
            a href={ "#claim-" (event.claim) } {
                g class={ "mark " (event.factuality.as_str()) } {
                    title { (words) }
                    circle cx=(format!("{:.1}", self.x)) cy=(y) r="9" {}
                    text.sign x=(format!("{:.1}", self.x)) y=(y + 5.0) text-anchor="middle" { (sign(event.factuality)) }
                    text.far x=(format!("{:.1}", self.at)) y=(line) text-anchor="middle" { (self.words) }
                }
            }
        }
    }
}

fn far(stage: Stage) -> String {
    word(stage.as_str())
}
