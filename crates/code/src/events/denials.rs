//! Denials of what was told before: "France denies the accusations", "the envoy dismissed the report as fake".

use lang::Token;
use model::{Factuality, Kind};

use super::{Frame, Reader, tree};

impl Reader<'_> {
    /// Adds the denials of block `at` whose content is only pointed to; [`Reader::fill`] finds what they deny.
    pub(crate) fn denials(&self, at: usize, frames: &mut Vec<Frame>) {
        let parse = self.text.blocks[at].parse;
        for verb in parse.tokens().filter(|t| tree::is_verb(*t) && is_denial(*t) && !tree::is_negated(*t)) {
            let Some(object) = tree::patients(verb).into_iter().find(|o| is_pointer(*o)) else { continue };
            let Some(speaker) = tree::agents(verb).into_iter().next() else { continue };
            let mut frame = Frame::new(Kind::Transfer, at, object.index(), self.clause(at, verb));
            frame.factuality = Factuality::Denied;
            frame.echoes = true;
            frame.says = Some(speaker.index());
            frames.push(frame);
        }
    }
}

fn is_denial(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "deny" | "dismiss" | "reject" | "refute" | "rebut" | "rubbish" | "dispute")
}

/// A noun that stands for what somebody said.
fn is_pointer(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "accusation"
            | "allegation"
            | "charge"
            | "claim"
            | "report"
            | "assertion"
            | "suggestion"
            | "it"
            | "this"
            | "that"
    )
}
