//! The overview: what is new, what is contested, who supplies whom; and the list of all deals.

use axum::extract::{Extension, State};
use axum::response::Html;
use link::deals::Deal;
use maud::{Markup, PreEscaped, html};
use model::{Category, Factuality, Stage};

use super::flow::flow;
use super::layout::{choice, field, page};
use super::text::{count, cut, day, encoded, factuality, flags, parties, said, stage, title, word};
use crate::api::ask::{DealFilter, DealQuery, Paging, filled};
use crate::serve::{Asked, Caller, Problem, Shared, View};

/// Deals of a short list.
const SHORT: usize = 8;

/// Deals with something new that are looked at, the latest first.
const LOOKED_AT: usize = 2000;

/// Days before the newest article that count as new where nobody says since when.
const DAYS: i64 = 14;

/// What the overview is asked with: the filters of deals, and since when things are new.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    supplier: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    #[serde(default)]
    goods: Vec<String>,
    #[serde(default)]
    stage: Vec<String>,
    #[serde(default)]
    contested: bool,
    since: Option<String>,
    after: Option<String>,
}

impl Wanted {
    fn filter(&self) -> Result<DealFilter, Problem> {
        let Wanted { supplier, recipient, goods, stage, contested, .. } = self;
        let query = DealQuery {
            supplier: supplier.clone(),
            recipient: recipient.clone(),
            goods: goods.clone(),
            stage: stage.clone(),
            contested: *contested,
            ..DealQuery::default()
        };
        query.filter()
    }

    /// The same filters as part of an address.
    fn address(&self) -> String {
        let lists = [
            ("supplier", &self.supplier),
            ("recipient", &self.recipient),
            ("goods", &self.goods),
            ("stage", &self.stage),
        ];
        let mut parts = Vec::new();
        for (name, values) in lists {
            parts.extend(values.iter().filter(|v| !v.is_empty()).map(|v| format!("{name}={}", encoded(v))));
        }
        parts.extend(self.contested.then(|| "contested=true".to_owned()));
        parts.extend(filled(&self.since).map(|since| format!("since={}", encoded(since))));
        parts.join("&")
    }
}

/// Shows the overview.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let filter = wanted.filter()?;
    let since = crate::api::ask::day("since", &wanted.since)?.or_else(|| view.newest().and_then(days_before));
    let head = head(&view);
    let name = format!("overview {}", wanted.address());
    let main = match view.made(&name) {
        Some(made) => made,
        None => {
            off_the_answering(move || {
                view.ready(&name, || overview(&view, &wanted, &filter, since.as_deref()).into_string())
            })
            .await?
        }
    };
    Ok(page(Some(&caller), "Overview", "/", &html! { (head) (PreEscaped(&*main)) }))
}

/// Makes what most people ask for first, before anybody asks.
pub fn make_ready(view: &View) {
    let (wanted, since) = (Wanted::default(), view.newest().and_then(days_before));
    let name = format!("overview {}", wanted.address());
    view.ready(&name, || overview(view, &wanted, &DealFilter::default(), since.as_deref()).into_string());
}

/// Runs what takes a while on a thread that may take it.
async fn off_the_answering<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal("the page was not made"))
}

fn head(view: &View) -> Markup {
    html! {
        h1 { "Overview" }
        p.lead {
            (count(view.docs.len(), "document")) ", " (count(view.deals.len(), "deal")) ", " (count(view.told().running, "storyline"))
            @if let Some(newest) = view.newest() { "; the newest is of " (day(Some(newest))) }
            "."
        }
    }
}

fn overview(view: &View, wanted: &Wanted, filter: &DealFilter, since: Option<&str>) -> Markup {
    let fits = |n: &&u32| filter.fits(&view.deals[**n as usize]);
    let deals: Vec<&Deal> = view.deals.iter().filter(|deal| filter.fits(deal)).collect();
    let news = News::of(view, filter, since);
    let most =
        |of: &[u32]| of.iter().filter(fits).take(SHORT).map(|n| counted(&view.deals[*n as usize])).collect();
    let list = |all: Vec<(&Deal, String)>, none: &str, name: &str| section(name, &all, none);
    html! {
        (form("/", wanted, since))
        p.since {
            "New is what was published after " (day(since)) ". "
            span data-last-look="" {}
        }
        div.columns {
            (section("New deals", &news.deals, "No new deal."))
            (section("New stages", &news.stages, "No deal has got further."))
            (section("New denials", &news.denials, "Nobody has denied anything new."))
            (list(most(&view.contested), "Nobody denies what others say.", "Most contested"))
            (list(most(&view.documented), "No deal fits.", "Most documents"))
        }
        section aria-labelledby="flow" {
            h2 id="flow" { "Who supplies whom" }
            (flow(deals.iter().copied()))
        }
        p { a href={ "/deals?" (wanted.address()) } { "All " (count(deals.len(), "deal")) } }
    }
}

/// Shows all deals, a page at a time.
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let filter = wanted.filter()?;
    let paging = Paging::new(Some(100), &wanted.after)?;
    // The newest come first.
    let end = paging.place(|after| view.deal_place(after))?.unwrap_or(view.deals.len());
    let all = view.deals[..end].iter().rev().filter(|deal| filter.fits(deal));
    let (deals, next) = paging.fill(all, |deal| &deal.id);
    let address = wanted.address();
    let main = html! {
        h1 { "Deals" }
        (form("/deals", &wanted, None))
        (table(&deals))
        @if let Some(next) = next {
            p { a rel="next" href={ "/deals?" (address) "&after=" (encoded(&next)) } { "Earlier deals" } }
        }
        p { "As " a href={ "/api/v1/deals?" (address) } { "JSON" } " or " a href={ "/api/v1/deals?format=csv&" (address) } { "CSV" } "." }
    };
    Ok(page(Some(&caller), "Deals", "/deals", &main))
}

fn days_before(newest: &str) -> Option<String> {
    let newest = model::parse_date(newest)?;
    newest.checked_sub(jiff::Span::new().days(DAYS)).ok().map(|day| day.to_string())
}

fn first(values: &[String]) -> &str {
    values.first().map_or("", String::as_str)
}

fn form(to: &str, wanted: &Wanted, since: Option<&str>) -> Markup {
    let categories: Vec<&str> = Category::ALL.iter().map(|c| c.as_str()).collect();
    let stages: Vec<&str> = Stage::ALL.iter().map(|s| s.as_str()).collect();
    html! {
        form.filters action=(to) role="search" aria-label="Filters" {
            (field("Supplier", "supplier", first(&wanted.supplier), "text"))
            (field("Recipient", "recipient", first(&wanted.recipient), "text"))
            (choice("Goods", "goods", first(&wanted.goods), &categories))
            (choice("Stage", "stage", first(&wanted.stage), &stages))
            @if let Some(since) = since { (field("New since", "since", since, "date")) }
            label.check { input type="checkbox" name="contested" value="true" checked[wanted.contested]; span { "contested only" } }
            button { "Show" }
            a href=(to) { "Clear" }
        }
    }
}

/// Deals with something new since a day, each with what it is.
#[derive(Default)]
struct News<'a> {
    deals: Vec<(&'a Deal, String)>,
    stages: Vec<(&'a Deal, String)>,
    denials: Vec<(&'a Deal, String)>,
}

impl<'a> News<'a> {
    /// What is new in the deals that were spoken of last, as far as the page shows it and a little further.
    fn of(view: &'a View, filter: &DealFilter, since: Option<&str>) -> Self {
        let mut news = News::default();
        let is_new =
            |day: &Option<String>| day.as_deref().is_some_and(|day| since.is_some_and(|since| day > since));
        let latest = view.latest.iter().map(|n| &view.deals[*n as usize]);
        let recent = latest.take_while(|deal| is_new(&deal.days.1)).filter(|deal| filter.fits(deal));
        for deal in recent.take(LOOKED_AT) {
            let (new, old): (Vec<_>, Vec<_>) = deal.history.iter().partition(|event| is_new(&event.day));
            if old.is_empty() {
                news.deals.push((deal, day(deal.days.0.as_deref())));
            } else if let Some(event) = new
                .iter()
                .find(|e| e.factuality != Factuality::Denied && old.iter().all(|o| o.stage != e.stage))
            {
                news.stages.push((deal, format!("{}, says {}", word(event.stage.as_str()), event.source)));
            }
            if let Some(event) = new.iter().find(|e| e.factuality == Factuality::Denied) {
                news.denials.push((deal, format!("{}, {}", event.source, day(event.day.as_deref()))));
            }
        }
        news
    }
}

/// A deal with how many speak of it.
fn counted(deal: &Deal) -> (&Deal, String) {
    let (sources, documents) = (deal.independent_sources(), deal.docs.len());
    (deal, format!("{}, {}", count(sources, "source"), count(documents, "document")))
}

fn section(name: &str, deals: &[(&Deal, String)], none: &str) -> Markup {
    html! {
        section.card {
            h2 { (name) }
            @if deals.is_empty() { p.none { (none) } } @else {
                ul.deals {
                    @for (deal, words) in deals.iter().take(SHORT) {
                        li {
                            a href={ "/deals/" (deal.id) } { (said(&title(deal))) }
                            div.small { (stage(deal.stage)) " " (factuality(deal.factuality)) " · " (said(&cut(words, 90))) }
                        }
                    }
                }
                @if deals.len() > SHORT { p.small { "and " (deals.len() - SHORT) " more" } }
            }
        }
    }
}

/// Deals as a table.
pub(super) fn table(deals: &[&Deal]) -> Markup {
    html! {
        @if deals.is_empty() { p.none { "No deal fits." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Deals" {
                table {
                    thead { tr {
                        th scope="col" { "Deal" } th scope="col" { "Supplier → recipient" } th scope="col" { "Stage" } th scope="col" { "How sure" }
                        th scope="col" { "First" } th scope="col" { "Last" } th scope="col" { "Flags" }
                        th.number scope="col" { "Sources" } th.number scope="col" { "Documents" }
                    } }
                    tbody {
                        @for deal in deals {
                            tr {
                                th scope="row" { a href={ "/deals/" (deal.id) } { (word(deal.category.as_str())) } }
                                td { (parties(deal)) }
                                td { (stage(deal.stage)) }
                                td { (factuality(deal.factuality)) }
                                td.day { (day(deal.days.0.as_deref())) }
                                td.day { (day(deal.days.1.as_deref())) }
                                td { @for flag in flags(deal) { span.flag { (flag) } " " } }
                                td.number { (deal.independent_sources()) }
                                td.number { (deal.docs.len()) }
                            }
                        }
                    }
                }
            }
        }
    }
}
