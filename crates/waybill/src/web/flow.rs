//! Suppliers and recipients as a drawing, with the same as a table.

use std::collections::{BTreeMap, HashMap};

use link::deals::Deal;
use maud::{Markup, html};

use super::text::{actor, count, cut, label as called, visible};

/// Most actors on each side; the rest stand together.
const SIDE: usize = 10;

/// Height of one deal's band, where there is room.
const BAND: f64 = 14.0;

/// Most height of the drawing.
const HEIGHT: f64 = 420.0;

const GAP: f64 = 12.0;

/// The measures of a drawing: its name, its width, where the bands begin and end, and the longest name in letters.
struct Shape {
    name: &'static str,
    width: f64,
    left: f64,
    right: f64,
    letters: usize,
}

/// One drawing for desks and one for phones; the style shows the one that fits.
const SHAPES: [Shape; 2] = [
    Shape { name: "wide", width: 720.0, left: 210.0, right: 510.0, letters: 24 },
    Shape { name: "narrow", width: 360.0, left: 118.0, right: 242.0, letters: 9 },
];

/// What the actors that have no place of their own are called.
const OTHERS: &str = "others";

/// An actor on one side of the drawing.
struct Place {
    name: String,
    deals: usize,
    top: f64,
    /// Where its next band begins.
    next: f64,
}

/// Draws who supplies whom, each band as wide as there are deals.
pub(super) fn flow<'a>(deals: impl Iterator<Item = &'a Deal>) -> Markup {
    // Deals may be hundreds of thousands, pairs are not.
    let mut counted: HashMap<(&str, &str), usize> = HashMap::new();
    for deal in deals {
        if let (Some(supplier), Some(recipient)) = (&deal.supplier, &deal.recipient) {
            *counted.entry((supplier, recipient)).or_default() += 1;
        }
    }
    let pairs: BTreeMap<(String, String), usize> =
        counted.into_iter().map(|((s, r), n)| ((s.to_owned(), r.to_owned()), n)).collect();
    if pairs.is_empty() {
        return html! { p { "No deal here has both a supplier and a recipient." } };
    }
    let table = table(&pairs);
    let (suppliers, recipients) = (chief(&pairs, |(s, _)| s), chief(&pairs, |(_, r)| r));
    let own = |name: &str, all: &[String]| {
        if all.iter().any(|one| one == name) { name.to_owned() } else { OTHERS.to_owned() }
    };
    let mut bands: BTreeMap<(String, String), usize> = BTreeMap::new();
    for ((supplier, recipient), n) in &pairs {
        *bands.entry((own(supplier, &suppliers), own(recipient, &recipients))).or_default() += n;
    }
    let all: usize = bands.values().sum();
    let rows = suppliers.len().max(recipients.len()) + 1;
    let band = BAND.min((HEIGHT - GAP * rows as f64).max(60.0) / all as f64);
    html! {
        figure.flow {
            @for shape in &SHAPES { (drawing(&bands, band, shape)) }
            figcaption { "Deals between suppliers (left) and recipients (right)" }
        }
        (table)
    }
}

fn drawing(bands: &BTreeMap<Pair, usize>, band: f64, shape: &Shape) -> Markup {
    let mut left = places(bands, |(s, _)| s, band);
    let mut right = places(bands, |(_, r)| r, band);
    let bottom =
        |side: &[Place]| side.last().map_or(0.0, |p| (p.top + p.deals as f64 * band).max(p.top + 12.0));
    let height = bottom(&left).max(bottom(&right)) + GAP;
    let mut ribbons = Vec::new();
    for ((s, r), n) in bands {
        ribbons.push(ribbon((s, &mut left), (r, &mut right), *n as f64 * band, shape));
    }
    let Shape { name, width, left: from, right: to, letters } = shape;
    html! {
        svg class=(name) viewBox={ "0 0 " (width) " " (format!("{height:.0}")) } role="img" aria-labelledby={ "flow-" (name) } {
            title id={ "flow-" (name) } { "Suppliers on the left, recipients on the right; the table below has the same" }
            @for ribbon in ribbons { (ribbon) }
            @for place in &left { (side(place, band, (from - 8.0, from - 14.0), ("end", *letters))) }
            @for place in &right { (side(place, band, (*to, to + 14.0), ("start", *letters))) }
        }
    }
}

fn table(pairs: &BTreeMap<(String, String), usize>) -> Markup {
    let mut rows: Vec<(&(String, String), &usize)> = pairs.iter().collect();
    rows.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    html! {
        details.table-of {
            summary { "The same as a table (" (count(rows.len(), "pair")) ")" }
            div.scroll tabindex="0" role="region" aria-label="Suppliers and recipients" {
                table {
                    thead { tr { th scope="col" { "Supplier" } th scope="col" { "Recipient" } th.number scope="col" { "Deals" } } }
                    tbody {
                        @for ((supplier, recipient), n) in rows.iter().take(100) {
                            tr { td { (actor(Some(supplier))) } td { (actor(Some(recipient))) } td.number { (n) } }
                        }
                    }
                }
            }
            @if rows.len() > 100 { p { "The hundred pairs with the most deals are shown." } }
        }
    }
}

type Pair = (String, String);

/// The actors of one side with the most deals.
fn chief(pairs: &BTreeMap<Pair, usize>, of: impl Fn(&Pair) -> &String) -> Vec<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    pairs.iter().for_each(|(pair, n)| *counts.entry(of(pair)).or_default() += n);
    let mut all: Vec<(&String, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().take(SIDE).map(|(name, _)| name.clone()).collect()
}

fn places(bands: &BTreeMap<Pair, usize>, of: impl Fn(&Pair) -> &String, band: f64) -> Vec<Place> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    bands.iter().for_each(|(pair, n)| *counts.entry(of(pair)).or_default() += n);
    let mut all: Vec<(&String, usize)> = counts.into_iter().collect();
    all.sort_by(|a, b| {
        (a.0 == OTHERS).cmp(&(b.0 == OTHERS)).then_with(|| b.1.cmp(&a.1)).then_with(|| a.0.cmp(b.0))
    });
    let mut top = GAP;
    let mut places = Vec::new();
    for (name, deals) in all {
        places.push(Place { name: name.clone(), deals, top, next: top });
        top += (deals as f64 * band).max(12.0) + GAP;
    }
    places
}

/// The top of the next band at an actor, which is then taken.
fn take(name: &str, side: &mut [Place], width: f64) -> f64 {
    let Some(place) = side.iter_mut().find(|place| place.name == name) else { return 0.0 };
    let top = place.next;
    place.next += width;
    top
}

fn ribbon(from: (&str, &mut [Place]), to: (&str, &mut [Place]), width: f64, shape: &Shape) -> Markup {
    let Shape { left, right, .. } = shape;
    let words = format!("{} → {}", visible(called(from.0)), visible(called(to.0)));
    let (a, b) = (take(from.0, from.1, width), take(to.0, to.1, width));
    let (middle, a2, b2) = ((left + right) / 2.0, a + width, b + width);
    let path = format!(
        "M{left} {a:.1}C{middle} {a:.1} {middle} {b:.1} {right} {b:.1}L{right} {b2:.1}\
         C{middle} {b2:.1} {middle} {a2:.1} {left} {a2:.1}Z"
    );
    html! { path.band d=(path) { title { (words) } } }
}

fn side(place: &Place, band: f64, (bar, label): (f64, f64), (anchor, letters): (&str, usize)) -> Markup {
    let height = (place.deals as f64 * band).max(2.0);
    let middle = place.top + height / 2.0 + 4.0;
    let name = format!("{} ({})", cut(&visible(called(&place.name)), letters), place.deals);
    html! {
        rect.actor x=(bar) y=(format!("{:.1}", place.top)) width="8" height=(format!("{height:.1}")) {}
        text x=(label) y=(format!("{middle:.1}")) text-anchor=(anchor) { (name) }
    }
}
