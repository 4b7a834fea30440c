//! A deal's history as a drawing with one lane a source; the table below it has the same.

use std::collections::BTreeMap;

use link::day_number;
use link::deals::{Deal, Event};
use maud::{Markup, html};
use model::{Factuality, Stage};

use super::text::{cut, day, sign, visible, word};

const LANE: f64 = 46.0;
const LEFT: f64 = 190.0;
const WIDTH: f64 = 880.0;
const RIGHT: f64 = 60.0;

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
    let height = LANE * lanes.len().min(LANES) as f64 + 40.0;
    let span = f64::from((last - first).max(1));
    let x = |day: i32| LEFT + 30.0 + (WIDTH - LEFT - RIGHT - 30.0) * f64::from(day - first) / span;
    let bounds = (deal.days.0.as_deref(), deal.days.1.as_deref());
    html! {
        figure.timeline {
            div.scroll tabindex="0" role="region" aria-label="Timeline" {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-labelledby="timeline-title" {
                    title id="timeline-title" { "Who said what on which day; the table below has the same" }
                    @for (n, (source, events)) in lanes.iter().take(LANES).enumerate() {
                        (lane(source, n as f64 * LANE, events, &x))
                    }
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
        @if more > 0 { p { "The table has " (more) " more sources." } }
    }
}

fn lane(source: &str, top: f64, events: &[(&Event, i32)], x: &dyn Fn(i32) -> f64) -> Markup {
    let middle = top + LANE / 2.0;
    let mut marks: BTreeMap<(i32, &str, &str), (&Event, usize)> = BTreeMap::new();
    for (event, day) in events {
        marks.entry((*day, event.stage.as_str(), event.factuality.as_str())).or_insert((event, 0)).1 += 1;
    }
    let mut drawn = Vec::new();
    let (mut edge, mut low) = (0.0, false);
    for ((day, ..), (event, n)) in marks {
        let at: f64 = x(day);
        // Words that would run into those before them go below the line.
        low = at < edge && !low;
        edge = at + 9.0 * (event.stage.as_str().len() as f64);
        drawn.push(mark(event, n, (at, middle), low));
    }
    html! {
        line.lane x1=(LEFT) x2=(WIDTH) y1=(middle) y2=(middle) {}
        text.source x=(LEFT - 8.0) y=(middle + 4.0) text-anchor="end" { (cut(&visible(source), 24)) title { (visible(source)) } }
        @for mark in drawn { (mark) }
    }
}

fn mark(event: &Event, n: usize, (x, y): (f64, f64), low: bool) -> Markup {
    let times = if n > 1 { format!(" ×{n}") } else { String::new() };
    let words = format!("{}: {}", day(event.day.as_deref()), cut(&visible(&event.words), 160));
    let below = if low { y + 20.0 } else { y - 12.0 };
    let withdrawn = if event.withdrawn { " (withdrawn)" } else { "" };
    html! {
        a href={ "#claim-" (event.claim) } {
            g class={ "mark " (event.factuality.as_str()) } {
                title { (words) }
                circle cx=(format!("{x:.1}")) cy=(y) r="9" {}
                text.sign x=(format!("{x:.1}")) y=(y + 5.0) text-anchor="middle" { (sign(event.factuality)) }
                text.far x=(format!("{x:.1}")) y=(below) text-anchor="middle" { (far(event.stage)) (times) (withdrawn) }
            }
        }
    }
}

fn far(stage: Stage) -> String {
    word(stage.as_str())
}
