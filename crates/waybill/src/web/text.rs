//! Words as pages show them: everything that an article or a person wrote is text, whatever it looks like.

use std::borrow::Cow;

use link::deals::Deal;
use link::screening::country_name;
use maud::{Markup, html};
use model::{Factuality, Stage};

pub(super) use crate::api::ask::encoded;

/// Words of an article, a person or a name: escaped, and apart from the direction of what stands around them.
pub(super) fn said(text: &str) -> Markup {
    html! { bdi { (visible(text)) } }
}

/// The same text with characters that would not be seen, or would turn what follows around, by their numbers.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
            || (c.is_control() && !matches!(c, '\n' | '\t'))
    };
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// At most so many characters, with a mark where more were.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// A word of a closed vocabulary as people write it.
pub(super) fn word(word: &str) -> String {
    word.replace('_', " ")
}

/// A day such as `2 May 2031`, which nobody reads as the fifth of February.
pub(super) fn day(day: Option<&str>) -> String {
    let Some(date) = day.and_then(model::parse_date) else { return "unknown day".to_owned() };
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).unwrap_or(&"?");
    format!("{} {month} {}", date.day(), date.year())
}

/// A count with what is counted, such as `1 document`, `2,000 documents`.
pub(super) fn count(n: usize, one: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let many = one.strip_suffix('y').map_or_else(|| format!("{one}s"), |stem| format!("{stem}ies"));
    if n == 1 { format!("1 {one}") } else { format!("{out} {many}") }
}

/// What readers call an actor: a state by its name, everybody else as they are called.
pub(super) fn label(id: &str) -> &str {
    country_name(id).unwrap_or(id)
}

/// A link to an actor's page; `unknown` where nobody says who it is.
pub(super) fn actor(id: Option<&str>) -> Markup {
    match id {
        Some(id) => html! {
            a href={ "/actors/" (encoded(id)) } title=[country_name(id).map(|_| id)] { (said(&cut(label(id), 60))) }
        },
        None => html! { span.unknown { "unknown" } },
    }
}

/// Who supplies whom, as links.
pub(super) fn parties(deal: &Deal) -> Markup {
    html! { (actor(deal.supplier.as_deref())) " → " (actor(deal.recipient.as_deref())) }
}

/// Who supplies whom, in words.
pub(super) fn title(deal: &Deal) -> String {
    let name = |actor: &Option<String>| visible(actor.as_deref().map_or("unknown", label)).into_owned();
    let (supplier, recipient) = (cut(&name(&deal.supplier), 60), cut(&name(&deal.recipient), 60));
    format!("{supplier} → {recipient}: {}", word(deal.category.as_str()))
}

/// How sure a source is, with a sign that does not rest on colour.
pub(super) fn factuality(value: Factuality) -> Markup {
    html! { span class={ "factuality " (value.as_str()) } { (sign(value)) " " (word(value.as_str())) } }
}

/// A stage.
pub(super) fn stage(value: Stage) -> Markup {
    html! { span.stage { (word(value.as_str())) } }
}

/// A sign for each factuality, told apart by its shape.
pub(super) fn sign(value: Factuality) -> &'static str {
    match value {
        Factuality::Certain => "●",
        Factuality::Probable => "◕",
        Factuality::Possible => "◔",
        Factuality::Denied => "✕",
        Factuality::NoEvidence => "○",
        Factuality::Conditional => "◇",
        Factuality::Undetermined => "?",
    }
}

/// The flags that are set.
pub(super) fn flags(deal: &Deal) -> Vec<&'static str> {
    let f = &deal.flags;
    let all = [
        (f.contested, "contested"),
        (f.retracted, "retracted"),
        (f.no_evidence, "no evidence"),
        (f.conditional_only, "conditional only"),
    ];
    all.into_iter().filter(|(set, _)| *set).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(visible("a\u{202e}b\u{2066}\u{7}"), "a⟨U+202E⟩b⟨U+2066⟩⟨U+0007⟩");
        assert_eq!(said("<b onclick=x>&\"").into_string(), "<bdi>&lt;b onclick=x&gt;&amp;&quot;</bdi>");
    }

    #[test]
    fn days_and_counts_are_plain() {
        assert_eq!(day(Some("2031-02-05")), "5 Feb 2031");
        assert_eq!(day(None), "unknown day");
        assert_eq!(count(1_234_567, "story"), "1,234,567 stories");
        assert_eq!(count(1, "document"), "1 document");
    }
}
