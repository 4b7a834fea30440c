//! The entity recogniser: spaCy's BILUO transition system.

use crate::error::LangError;
use crate::labels::Label;
use crate::nn::kernel::Isa;
use crate::transition::{MoveBuffers, MoveNet};

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

/// What the recogniser must know of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// Whether a sentence starts here.
    pub(crate) starts_sentence: bool,
    /// Whether it is white space.
    pub(crate) is_space: bool,
}

/// An entity recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    pub(crate) net: MoveNet,
    classes: Vec<(u8, Label)>,
}

impl Recogniser {
    /// A recogniser with a network and the moves that it scores.
    pub(crate) fn new(net: MoveNet, classes: Vec<(u8, Label)>) -> Result<Self, LangError> {
        if !matches!(net.features(), 3 | 6) {
            return Err(LangError::unsupported("the recogniser", format!("{} state tokens", net.features())));
        }
        if classes.iter().any(|&(action, _)| !(BEGIN..=OUT).contains(&action)) {
            return Err(LangError::damaged(
                "ner/moves",
                "there is an action that the recogniser does not have",
            ));
        }
        Ok(Recogniser { net, classes })
    }

    /// Finds the entities of the document whose first token is `first` in the prepared batch.
    pub(crate) fn find(
        &self,
        isa: Isa,
        first: usize,
        sites: &[Site],
        buffers: &mut MoveBuffers,
    ) -> Vec<(usize, usize, Label)> {
        let mut found = Vec::new();
        let mut open: Option<(usize, Label)> = None;
        let mut tokens = [-1; 6];
        let tokens = &mut tokens[..self.net.features()];
        for at in 0..sites.len() {
            context(tokens, first, at, open.map(|(start, _)| start));
            let scores = self.net.scores(isa, tokens, buffers);
            let may = Allowed::new(sites, at, open.map(|(_, label)| label));
            let mut best: Option<(f32, u8, Label)> = None;
            for (&score, &(action, label)) in scores.iter().zip(&self.classes) {
                if may.allows(action, label) && best.is_none_or(|(b, ..)| score > b) {
                    best = Some((score, action, label));
                }
            }
            match best {
                Some((_, BEGIN, label)) => open = Some((at, label)),
                Some((_, UNIT, label)) => found.push((at, at + 1, label)),
                Some((_, LAST, label)) => {
                    found.extend(open.take().map(|(start, _)| (start, at + 1, label)));
                }
                Some(_) => {}
                None => break,
            }
        }
        found
    }
}

/// The tokens that the network looks at.
fn context(tokens: &mut [i32], first: usize, at: usize, start: Option<usize>) {
    let (first, at) = (first as i32, at as i32);
    tokens.fill(-1);
    tokens[0] = first + at;
    let Some(start) = start else { return };
    let start = start as i32;
    if tokens.len() == 3 {
        tokens[1] = first + start;
        tokens[2] = first + at - 1;
    } else {
        for (token, i) in tokens[1..].iter_mut().zip(start..at) {
            *token = first + i;
        }
    }
}

/// What is allowed at a token.
struct Allowed {
    open: Option<Label>,
    begin: bool,
    within: bool,
    unit: bool,
}

impl Allowed {
    fn new(sites: &[Site], at: usize, open: Option<Label>) -> Self {
        let next = sites.get(at + 1);
        let goes_on = next.is_some_and(|next| !next.starts_sentence);
        let space = sites[at].is_space;
        Allowed {
            open,
            begin: open.is_none() && goes_on && !space,
            within: goes_on,
            unit: open.is_none() && !space,
        }
    }

    fn allows(&self, action: u8, label: Label) -> bool {
        match action {
            BEGIN => label != 0 && self.begin,
            IN => label != 0 && self.open == Some(label) && self.within,
            LAST => label != 0 && self.open == Some(label),
            UNIT => label != 0 && self.unit,
            _ => self.open.is_none(),
        }
    }
}
