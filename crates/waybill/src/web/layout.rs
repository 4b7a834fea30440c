//! The frame of every page.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use super::text::said;
use crate::serve::Caller;

/// The pages that the head of every page leads to.
const PLACES: [(&str, &str); 9] = [
    ("/", "Overview"),
    ("/deals", "Deals"),
    ("/stories", "Storylines"),
    ("/search", "Search"),
    ("/following", "Following"),
    ("/embargoes", "Embargoes"),
    ("/screening", "Screening"),
    ("/sources", "Sources"),
    ("/docs", "API"),
];

/// A page with its title, under the place of the head that it belongs to.
pub(super) fn page(caller: Option<&Caller>, title: &str, place: &str, main: &Markup) -> Html<String> {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · waybill" }
                link rel="stylesheet" href="/assets/style.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                script type="module" src="/assets/page.js" {}
            }
            body {
                a.skip href="#main" { "To the content" }
                header.site {
                    a.brand href="/" { "waybill" }
                    nav aria-label="Main" {
                        ul {
                            @for (path, name) in PLACES {
                                li { a href=(path) aria-current=[(path == place).then_some("page")] { (name) } }
                            }
                        }
                    }
                    @if let Some(caller) = caller.filter(|caller| caller.session) {
                        form.logout method="post" action="/logout" {
                            (mark(caller))
                            span { (said(&caller.name)) " (" (caller.role.as_str()) ")" }
                            button { "Log out" }
                        }
                    }
                }
                main id="main" tabindex="-1" { (main) }
                footer.site {
                    p {
                        "Reported, not established: every claim has its source and its words."
                        @if let Some(state) = caller.and_then(|caller| caller.state.as_ref()) {
                            " As of " time datetime=(state.at) { (moment(&state.at)) } ", state " code { (state.word) } "."
                        }
                    }
                }
            }
        }
    };
    Html(markup.into_string())
}

/// A time such as `2 May 2031, 10:20:30 UTC`.
fn moment(at: &str) -> String {
    let clock = at.get(11..19).unwrap_or("");
    format!("{}, {clock} UTC", super::text::day(at.get(..10)))
}

/// What a form must carry to be taken for one of this server's own.
pub(super) fn mark(caller: &Caller) -> Markup {
    html! { input type="hidden" name="csrf" value=(caller.csrf); }
}

/// A form of one button that judges.
pub(super) fn button(caller: &Caller, subject: &str, verdict: &str, back: &str, label: &str) -> Markup {
    html! {
        form.inline method="post" action="/judgements" {
            (mark(caller))
            input type="hidden" name="subject" value=(subject);
            input type="hidden" name="verdict" value=(verdict);
            input type="hidden" name="back" value=(back);
            button { (label) }
        }
    }
}

/// A labelled field of a form.
pub(super) fn field(label: &str, name: &str, value: &str, kind: &str) -> Markup {
    html! {
        label { span { (label) } input type=(kind) name=(name) value=(super::text::visible(value)) autocomplete="off"; }
    }
}

/// A labelled choice of a form; the first one, empty, means any.
pub(super) fn choice(label: &str, name: &str, chosen: &str, all: &[&str]) -> Markup {
    html! {
        label {
            span { (label) }
            select name=(name) {
                option value="" { "any" }
                @for one in all {
                    option value=(one) selected[*one == chosen] { (super::text::word(one)) }
                }
            }
        }
    }
}
