//! What a document says elsewhere of a frame: who buys, who imposes, and what is only told again.

use model::{ActorRef, Factuality, Kind, Stage};

use super::slots::is_state_code;
use super::transfers::same;
use super::{Frame, Reader};

impl Reader<'_> {
    /// Fills who imposes a measure: the publisher's state, who announces it, whose it was told to be before.
    pub(crate) fn fill_imposer(&self, frame: &mut Frame, done: &[Frame]) {
        let mut earlier = done.iter().rev().filter(|f| matches!(f.kind, Kind::Measure | Kind::Violation));
        let ours = |id: &String| frame.target.iter().all(|t| &t.id != id);
        let aimed = !frame.target.is_empty()
            || frame.action == Some(model::Action::Proposed) && !frame.goods.is_empty();
        if frame.imposer.is_empty()
            && aimed
            && let Some(state) = self.publisher.as_ref().filter(|id| ours(id))
        {
            let span = frame.instrument.as_ref().map(|i| i.span).unwrap_or_default();
            frame.imposer = vec![ActorRef {
                id: state.clone(),
                text: span.of(&self.text.document.text).to_owned(),
                span,
            }];
        }
        let embargo = frame.instrument.as_ref().is_some_and(|i| i.text.contains("embargo"));
        if frame.imposer.is_empty()
            && embargo
            && !frame.target.is_empty()
            && let Some(mention) = self.united_nations()
        {
            frame.imposer = vec![mention];
        }
        self.fill_announcer(frame);
        if frame.imposer.is_empty() && frame.points_back && !frame.target.is_empty() {
            let near = |f: &&Frame| f.kind == Kind::Measure && f.at + 3 >= frame.at && !f.imposer.is_empty();
            if let Some(found) = done.iter().rev().find(near).filter(|f| !same(&f.imposer, &frame.target)) {
                frame.imposer.clone_from(&found.imposer); // "the sanctions would remain in force against"
            }
        }
        if frame.imposer.is_empty()
            && matches!(frame.action, Some(model::Action::Proposed | model::Action::Blocked))
            && !frame.target.is_empty()
            && let Some(state) = self.legislating(frame)
        {
            frame.imposer = vec![state];
        }
        if frame.imposer.is_empty()
            && let Some(found) = earlier.find(|f| !f.imposer.is_empty() && same(&f.target, &frame.target))
        {
            frame.imposer = found.imposer.clone();
        }
    }
}

/// "X and Y signed a deal for missiles": who of two buys that is told elsewhere to be supplied.
pub(crate) fn buyers_by_document(frames: &mut [Frame]) {
    let alone =
        |f: &Frame| (f.kind == Kind::Transfer && f.recipient.len() == 1).then(|| f.recipient[0].id.clone());
    let gets: Vec<String> = frames.iter().filter_map(alone).collect();
    let states = |f: &Frame| f.recipient.len() == 2 && f.recipient.iter().all(|a| is_state_code(&a.id));
    for frame in
        frames.iter_mut().filter(|f| f.kind == Kind::Transfer && f.supplier.is_empty() && f.buys && states(f))
    {
        let known = |i: usize| gets.contains(&frame.recipient[i].id);
        if known(0) != known(1) {
            let seller = frame.recipient.remove(usize::from(known(0)));
            frame.supplier = vec![seller];
        }
    }
}

/// "waited to announce the donation": an earlier stage of what was told to have been given says nothing new.
pub(crate) fn is_retold(named: &Frame, filled: &Frame, done: &[Frame]) -> bool {
    let bare = named.recipient.is_empty() && named.goods.is_empty();
    let early = matches!(filled.stage, Some(Stage::Authorised | Stage::Offered));
    let given = |f: &Frame| {
        matches!(f.stage, Some(Stage::Delivered | Stage::Shipped))
            && f.factuality == Factuality::Certain
            && same(&f.supplier, &filled.supplier)
            && same(&f.recipient, &filled.recipient)
    };
    filled.kind == Kind::Transfer
        && filled.factuality == Factuality::Certain
        && bare
        && early
        && done.last().is_some_and(given)
}
