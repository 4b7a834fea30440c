//! One deal: its state at a glance, who said what when, what differs, what it touches, and judgements in place.

use std::collections::BTreeMap;

use axum::extract::{Extension, State};
use axum::response::Html;
use ledger::StoredJudgement;
use link::deals::Deal;
use link::embargo::Touch;
use link::judgements::Verdict;
use maud::{Markup, html};
use model::Factuality;

use super::following::follow;
use super::layout::{button, mark, page};
use super::text::{count, cut, day, encoded, factuality, flags, label, parties, said, stage, title, word};
use super::timeline::timeline;
use crate::api::embargoes::touches;
use crate::serve::{Caller, Named, Problem, Role, Shared, View};

/// Most claims of a deal that are shown.
const SHOWN: usize = 500;

/// Shows one deal.
pub(super) async fn show(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Named(id): Named,
) -> Result<Html<String>, Problem> {
    let view = app.view().await?;
    let deal = view.deal(&id).ok_or_else(|| Problem::not_found("deal", &id))?;
    let touched = touches(deal)?;
    let screened = super::screening::of_deal(&app, &view, deal, &caller).await?;
    let main = html! {
        h1 { (parties(deal)) " " span.small { (word(deal.category.as_str())) } }
        (glance(deal))
        (follow(&caller, "deal", (&deal.id, &title(deal)), "Follow this deal"))
        (judging(deal, &caller, &view.judgements))
        section aria-labelledby="timeline" { h2 id="timeline" { "Timeline" } (timeline(deal)) }
        section aria-labelledby="sources" { h2 id="sources" { "Independent sources" } (sources(deal)) }
        (denials(deal))
        section aria-labelledby="claims" { h2 id="claims" { "Claims, in their own words" } (claims(deal, &caller, &view)) }
        section aria-labelledby="values" { h2 id="values" { "Values side by side" } (values(deal)) }
        section aria-labelledby="embargoes" { h2 id="embargoes" { "Embargoes touched" } (embargoes(&touched)) }
        section aria-labelledby="screening" {
            h2 id="screening" { "Screening of parties" }
            (screened)
        }
        p.small {
            "As " a href={ "/deals/" (deal.id) "/brief" } { "a brief to print" } ", "
            a href={ "/deals/" (deal.id) "/brief.md" } { "Markdown" } ", "
            a href={ "/api/v1/deals/" (deal.id) } { "JSON" } ", "
            a href={ "/feeds/deals/" (deal.id) } { "a feed to follow" } ". Deal " code { (deal.id) } "."
        }

    };
    Ok(page(Some(&caller), &title(deal), "/deals", &main))
}

fn glance(deal: &Deal) -> Markup {
    html! {
        dl.glance {
            div { dt { "Furthest stage held" } dd { (stage(deal.stage)) } }
            div { dt { "How sure" } dd { (factuality(deal.factuality)) } }
            div { dt { "Independent sources" } dd { (deal.independent_sources()) } }
            div { dt { "Documents" } dd { (deal.docs.len()) } }
            div { dt { "Days" } dd { (day(deal.days.0.as_deref())) " – " (day(deal.days.1.as_deref())) } }
            @if !flags(deal).is_empty() {
                div { dt { "Flags" } dd { @for flag in flags(deal) { span.flag { (flag) } " " } } }
            }
            @if let Some(verdict) = deal.verdict {
                div { dt { "Judged" } dd { (match verdict { Verdict::Accepted => "accepted", Verdict::Rejected => "rejected" }) } }
            }
        }
    }
}

fn judging(deal: &Deal, caller: &Caller, all: &[StoredJudgement]) -> Markup {
    if caller.role < Role::Analyst {
        return html! {};
    }
    let back = format!("/deals/{}", deal.id);
    let own: Vec<&StoredJudgement> = all.iter().filter(|j| j.judgement.subject == deal.id).collect();
    html! {
        details.judging {
            summary { "Judge this deal" @if !own.is_empty() { " (" (count(own.len(), "judgement")) ")" } }
            div.row {
                (button(caller, &deal.id, "accept", &back, "Accept"))
                (button(caller, &deal.id, "reject", &back, "Reject"))
                @if !own.is_empty() { (button(caller, &deal.id, "undo", &back, "Undo the last")) }
                form.inline method="post" action="/judgements" {
                    (mark(caller))
                    input type="hidden" name="subject" value=(deal.id);
                    input type="hidden" name="verdict" value="merge";
                    input type="hidden" name="back" value=(back);
                    label { span { "Merge with deal" } input name="with" required pattern="w[0-9a-f]{5,}" placeholder="w…"; }
                    button { "Merge" }
                }
            }
            @for kept in &own {
                p.small {
                    (kept.at) ": " (said(&kept.judgement.author)) " says " (kept.judgement.verdict)
                    @if let Some(reason) = &kept.judgement.reason { ": " (said(reason)) }
                }
            }
        }
    }
}

fn sources(deal: &Deal) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Sources" {
            table {
                thead { tr { th scope="col" { "Source" } th scope="col" { "Holds" } th scope="col" { "How sure" } th scope="col" { "Since" } th.number scope="col" { "Documents" } } }
                tbody {
                    @for state in &deal.states {
                        tr {
                            th scope="row" { (said(&cut(&state.source, 80))) }
                            td { (stage(state.stage)) } td { (factuality(state.factuality)) }
                            td.day { (day(state.day.as_deref())) } td.number { (state.docs.len()) }
                        }
                    }
                }
            }
        }
    }
}

fn denials(deal: &Deal) -> Markup {
    let denied: Vec<_> =
        deal.history.iter().filter(|e| e.factuality == Factuality::Denied && !e.withdrawn).collect();
    html! {
        section aria-labelledby="denials" {
            h2 id="denials" { "Who denies" }
            @if denied.is_empty() { p.none { "Nobody does, in what was read." } } @else {
                ul {
                    @for event in denied {
                        li {
                            (said(&cut(&event.source, 80))) " denies that it was " (stage(event.stage)) ", " (day(event.day.as_deref())) ": "
                            q { (said(&event.words)) }
                        }
                    }
                }
            }
        }
    }
}

fn claims(deal: &Deal, caller: &Caller, view: &View) -> Markup {
    let back = format!("/deals/{}", deal.id);
    let judges = caller.role >= Role::Analyst;
    let mut verdicts: BTreeMap<&str, &str> = BTreeMap::new();
    for kept in view.judgements.iter().map(|kept| &kept.judgement).filter(|j| j.subject_kind == "claim") {
        verdicts.insert(&kept.subject, &kept.verdict);
    }
    html! {
        div.scroll tabindex="0" role="region" aria-label="Claims" {
            table.claims {
                thead { tr {
                    th scope="col" { "Day" } th scope="col" { "Source" } th scope="col" { "Stage" } th scope="col" { "How sure" } th scope="col" { "Words" }
                    @if judges { th scope="col" { "Judge" } }
                } }
                tbody {
                    @for event in deal.history.iter().skip(deal.history.len().saturating_sub(SHOWN)) {
                        tr id={ "claim-" (event.claim) } {
                            td.day { (day(event.day.as_deref())) }
                            td { (said(&cut(&event.source, 60))) }
                            td { (stage(event.stage)) @if event.withdrawn { " (withdrawn)" } }
                            td { (factuality(event.factuality)) }
                            td {
                                q { (said(&event.words)) } " "
                                a href={ "/documents/" (encoded(&event.doc)) "#" (event.claim) } { "in " (said(&cut(&event.doc, 60))) }
                            }
                            @if judges {
                                td.judge {
                                    @let verdict = verdicts.get(event.claim.as_str()).copied().unwrap_or("undo");
                                    @if verdict == "undo" {
                                        (button(caller, &event.claim, "reject", &back, "Reject"))
                                        (button(caller, &event.claim, "accept", &back, "Accept"))
                                        form.inline method="post" action="/judgements" {
                                            (mark(caller))
                                            input type="hidden" name="subject" value=(deal.id);
                                            input type="hidden" name="verdict" value="split";
                                            input type="hidden" name="claims" value=(event.claim);
                                            input type="hidden" name="back" value=(back);
                                            button { "Split off" }
                                        }
                                    } @else {
                                        span.small { (verdict) "ed " } (button(caller, &event.claim, "undo", &back, "Undo"))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if deal.history.len() > SHOWN {
            p.small { "The newest " (SHOWN) " of " (count(deal.history.len(), "claim")) "; " a href={ "/api/v1/deals/" (deal.id) } { "all as JSON" } "." }
        }
        (rejected(deal, caller, view))
    }
}

/// Rejected claims of the same documents: they are in no deal any more, and can be brought back from here.
fn rejected(deal: &Deal, caller: &Caller, view: &View) -> Markup {
    let mut last: BTreeMap<&str, &StoredJudgement> = BTreeMap::new();
    for kept in view.judgements.iter().filter(|kept| kept.judgement.subject_kind == "claim") {
        last.insert(&kept.judgement.subject, kept);
    }
    let gone: Vec<_> = last.into_iter().filter(|(_, kept)| kept.judgement.verdict == "reject").collect();
    let back = format!("/deals/{}", deal.id);
    html! {
        @if !gone.is_empty() && caller.role >= Role::Analyst {
            details {
                summary { (count(gone.len(), "rejected claim")) " in the ledger" }
                @for (claim, kept) in gone.iter().rev().take(20) {
                    p.small { code { (claim) } " by " (said(&kept.judgement.author)) ", " (kept.at) " " (button(caller, claim, "undo", &back, "Undo")) }
                }
            }
        }
    }
}

/// A value of a slot: states by their names.
fn shown<'a>(slot: &str, value: &'a str) -> &'a str {
    if matches!(slot, "supplier" | "recipient" | "via" | "by") { label(value) } else { value }
}

/// What sources disagree on stands side by side; what all give alike, or only one gives, is a table below.
fn values(deal: &Deal) -> Markup {
    let (differ, alike): (Vec<_>, Vec<_>) = deal.slots.iter().partition(|(_, all)| all.len() > 1);
    html! {
        @for (slot, all) in &differ {
            h3 { (word(slot)) " " span.small { "(" (all.len()) " values)" } }
            ul.side {
                @for value in *all {
                    li { strong { (said(shown(slot, &value.value))) } div.small { (said(&cut(&value.sources.join("; "), 160))) } }
                }
            }
        }
        @if !alike.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="Values" {
                table {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Value" } th scope="col" { "Said by" } } }
                    tbody {
                        @for (slot, value) in alike.iter().flat_map(|(slot, all)| all.iter().map(move |value| (slot, value))) {
                            tr {
                                th scope="row" { (word(slot)) }
                                td { (said(shown(slot, &value.value))) } td { (said(&cut(&value.sources.join("; "), 160))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn embargoes(touched: &[Touch]) -> Markup {
    html! {
        @if touched.is_empty() { p.none { "None of the register, on the days of these claims." } } @else {
            p.small { "A deal touches a measure; whether it breaks one is for lawyers." }
            ul {
                @for touch in touched {
                    li {
                        strong { (touch.by) } ", " (touch.instrument) ", " (touch.paragraph) @if !touch.binding { " (calls upon, does not bind)" }
                        ": " (said(&touch.why)) ". As of " (day(Some(&touch.as_of.day().to_string()))) "."
                        @if let Some(exemptions) = &touch.exemptions { div.small { "Does not cover: " (exemptions) } }
                        @for doubt in &touch.doubts { div.small { "Doubt: " (doubt) } }
                    }
                }
            }
        }
    }
}
