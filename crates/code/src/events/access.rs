//! Measures that keep somebody from goods: "restrict China's access to chipmaking tools".

use std::ops::Range;

use lang::Token;
use model::{Action, Kind};

use super::slots::{Slot, is_state_code};
use super::transfers::same;
use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// "would mandate a review of any chip exports to China": a control on what is reviewed.
    pub(crate) fn review_required(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        if !requires(verb) {
            return None;
        }
        let review = tree::patients(verb).into_iter().find(|p| is_review(*p))?;
        let trade = tree::objects_of(review, &["of", "for", "on"])
            .into_iter()
            .find(|t| self.book.noun(t.lemma()).is_some())?;
        let goods = self.goods_in(at, &[trade]);
        let mut target = self.actors_of(at, &tree::objects_of(trade, &["to"]), Slot::Target);
        target.extend(self.actors_of(at, &tree::objects_of(review, &["to"]), Slot::Target));
        if goods.is_empty() || target.is_empty() {
            return None;
        }
        let frame = self.control(at, verb, tree::bare_phrase(review));
        Some(Frame { goods, target, ..frame })
    }

    /// A verb that limits whose access to which goods.
    pub(crate) fn access_limited(&self, at: usize, verb: Token<'_>) -> Option<Frame> {
        let limits = matches!(
            verb.lemma(),
            "restrict"
                | "limit"
                | "curb"
                | "deny"
                | "block"
                | "cut"
                | "hinder"
                | "constrain"
                | "reduce"
                | "curtail"
                | "stop"
        );
        if !limits || !tree::is_verb(verb) {
            return None;
        }
        let access = tree::patients(verb).into_iter().find(|p| p.lemma() == "access")?;
        let things = tree::objects_of(access, &["to"]);
        let goods = self.goods_in(at, &things);
        let mut whose = tree::owners(access);
        whose.extend(tree::objects_of(access, &["by", "of", "for"]));
        whose.extend(verb.children().filter(|c| c.dep() == "dative"));
        let mut target = self.actors_of(at, &whose, Slot::Target);
        target.retain(|t| is_state_code(&t.id) || t.id.starts_with(char::is_uppercase));
        if goods.is_empty() || target.is_empty() {
            return None;
        }
        let frame = self.control(at, verb, verb.index()..tree::end_of(access).max(verb.index() + 1));
        (!same(&frame.imposer, &target)).then_some(Frame { goods, target, ..frame })
    }

    /// The control that `verb` tells, named by the tokens `instrument`: by whom, what is done with it and how sure.
    fn control(&self, at: usize, verb: Token<'_>, instrument: Range<usize>) -> Frame {
        let outcome = self.outcome(verb, Action::Imposed);
        let mut frame = Frame::new(Kind::Measure, at, verb.index(), self.clause(at, outcome.top));
        frame.imposer = self.actors_of(at, &tree::agents(verb), Slot::Party);
        if frame.imposer.is_empty() {
            frame.imposer = self.subjects(at, &outcome.verbs);
        }
        frame.instrument = Some(self.words(at, instrument));
        frame.action = Some(outcome.action);
        frame.factuality = outcome.factuality;
        frame
    }
}

/// Whether a noun is of a step that goods may not leave without.
fn is_review(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "review"
            | "approval"
            | "licence"
            | "license"
            | "authorisation"
            | "authorization"
            | "verification"
            | "consent"
    )
}

/// Whether trade is only what must be reviewed: "mandate a review of any exports".
pub(crate) fn is_reviewed(trade: Token<'_>) -> bool {
    let review = trade.head().head();
    trade.dep() == "pobj" && is_review(review) && requires(review.head())
}

fn requires(verb: Token<'_>) -> bool {
    tree::is_verb(verb) && matches!(verb.lemma(), "require" | "mandate")
}
