//! The parser: spaCy's arc-eager transition system with moves that undo (non-monotonic).

use crate::error::LangError;
use crate::labels::Label;
use crate::nn::kernel::Isa;
use crate::transition::{MoveBuffers, MoveNet};

/// No token.
const NONE: i32 = -1;

/// Shift, reduce, left arc, right arc, break.
const MOVES: usize = 5;

/// The tree of one document.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// For each token, its head; the token itself for a root.
    pub(crate) heads: Vec<u32>,
    /// For each token, the label of the arc to its head; the empty label for a root.
    pub(crate) deps: Vec<Label>,
}

/// An arc in the list of its head.
#[derive(Debug, Clone, Copy)]
struct Arc {
    child: i32,
    label: Label,
    /// The arc before it in the list, or -1.
    before: i32,
}

/// The stack, buffer and arcs of a document that is being parsed.
#[derive(Debug, Default)]
struct State {
    len: i32,
    heads: Vec<i32>,
    stack: Vec<i32>,
    rebuffer: Vec<i32>,
    next: i32,
    unshiftable: Vec<bool>,
    /// 1 for a sentence start, -1 for a token that cannot be one, 0 where it is not known.
    starts: Vec<i8>,
    arcs: Vec<Arc>,
    left: Vec<i32>,
    right: Vec<i32>,
}

impl State {
    fn new(starts: &[i8]) -> Self {
        let len = starts.len();
        State {
            len: len as i32,
            heads: vec![NONE; len],
            unshiftable: vec![false; len],
            starts: starts.to_vec(),
            left: vec![NONE; len],
            right: vec![NONE; len],
            ..State::default()
        }
    }

    fn s(&self, i: usize) -> i32 {
        if i < self.stack.len() { self.stack[self.stack.len() - 1 - i] } else { NONE }
    }

    fn b(&self, i: usize) -> i32 {
        if i < self.rebuffer.len() {
            return self.rebuffer[self.rebuffer.len() - 1 - i];
        }
        let at = self.next + (i - self.rebuffer.len()) as i32;
        if at < self.len { at } else { NONE }
    }

    fn buffer_len(&self) -> usize {
        (self.len - self.next) as usize + self.rebuffer.len()
    }

    fn starts_sentence(&self, token: i32) -> bool {
        token >= 0 && self.starts[token as usize] == 1
    }

    fn cannot_start_sentence(&self, token: i32) -> bool {
        token >= 0 && self.starts[token as usize] == -1
    }

    fn has_head(&self, token: i32) -> bool {
        self.heads[token as usize] >= 0
    }

    /// The `n`th child of `head` from the end of its list on one side.
    fn child(&self, lists: &[i32], head: i32, n: usize) -> i32 {
        if head < 0 {
            return NONE;
        }
        let mut at = lists[head as usize];
        for _ in 1..n {
            if at >= 0 {
                at = self.arcs[at as usize].before;
            }
        }
        if at >= 0 { self.arcs[at as usize].child } else { NONE }
    }

    /// The tokens that the network looks at.
    fn context(&self, tokens: &mut [i32]) {
        let (b0, s0, s1) = (self.b(0), self.s(0), self.s(1));
        let left = |head, n| self.child(&self.left, head, n);
        let right = |head, n| self.child(&self.right, head, n);
        if tokens.len() == 13 {
            // The eighth of spaCy's thirteen writes over the seventh.
            let all = [
                b0,
                self.b(1),
                s0,
                s1,
                self.s(2),
                left(s0, 1),
                right(s0, 1),
                left(b0, 1),
                right(s0, 2),
                left(s1, 1),
                left(s1, 2),
                right(s1, 1),
                right(s1, 2),
            ];
            tokens.copy_from_slice(&all);
        } else {
            let all = [b0, self.b(1), s0, s1, self.s(2), left(b0, 1), left(s0, 1), right(s0, 1)];
            tokens.copy_from_slice(&all);
        }
    }

    fn valid(&self) -> [bool; MOVES] {
        let (depth, left, b0) = (self.stack.len(), self.buffer_len(), self.b(0));
        let starts = self.starts_sentence(b0);
        let unshiftable = b0 >= 0 && self.unshiftable[b0 as usize];
        let shift = depth == 0 || (left >= 2 && !starts && !unshiftable);
        let reduce = depth > 0 && (left == 0 || depth != 1 || !self.cannot_start_sentence(b0));
        let arc = depth > 0 && left > 0 && !starts;
        let b1 = self.b(1);
        let cut = left >= 2 && b1 == b0 + 1 && !self.starts_sentence(b1) && !self.cannot_start_sentence(b1);
        [shift, reduce, arc, arc, cut]
    }

    fn push(&mut self) {
        let token = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn add_arc(&mut self, head: i32, child: i32, label: Label) {
        let old = self.heads[child as usize];
        if old >= 0 {
            // spaCy takes the arc out of its head's list only where it is the last one there.
            let list = if old > child { &mut self.left } else { &mut self.right };
            let last = list[old as usize];
            if last >= 0 && self.arcs[last as usize].child == child {
                list[old as usize] = self.arcs[last as usize].before;
            }
        }
        let list = if head > child { &mut self.left } else { &mut self.right };
        self.arcs.push(Arc { child, label, before: list[head as usize] });
        list[head as usize] = self.arcs.len() as i32 - 1;
        self.heads[child as usize] = head;
    }

    fn apply(&mut self, action: u8, label: Label) {
        let (s0, b0) = (self.s(0), self.b(0));
        match action {
            0 => self.push(),
            1 => {
                self.stack.pop();
                if s0 >= 0 && !self.has_head(s0) && !self.stack.is_empty() {
                    self.unshiftable[s0 as usize] = true;
                    self.rebuffer.push(s0);
                }
            }
            2 => {
                self.add_arc(b0, s0, label);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            3 => {
                self.add_arc(s0, b0, label);
                self.push();
            }
            _ => {
                let b1 = self.b(1);
                self.starts[b1 as usize] = 1;
            }
        }
    }

    /// The tree: arcs to the left first, then arcs to the right, as spaCy writes them.
    fn tree(&self) -> Tree {
        let mut tree = Tree { heads: (0..self.len as u32).collect(), deps: vec![0; self.len as usize] };
        for lists in [&self.left, &self.right] {
            for (head, &last) in lists.iter().enumerate() {
                let mut at = last;
                while at >= 0 {
                    let arc = self.arcs[at as usize];
                    tree.heads[arc.child as usize] = head as u32;
                    tree.deps[arc.child as usize] = arc.label;
                    at = arc.before;
                }
            }
        }
        tree
    }
}

/// A dependency parser.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) net: MoveNet,
    classes: Vec<(u8, Label)>,
}

impl Parser {
    /// A parser with a network and the moves that it scores.
    pub(crate) fn new(net: MoveNet, classes: Vec<(u8, Label)>) -> Result<Self, LangError> {
        if !matches!(net.features(), 8 | 13) {
            return Err(LangError::unsupported("the parser", format!("{} state tokens", net.features())));
        }
        if classes.iter().any(|&(action, _)| usize::from(action) >= MOVES) {
            return Err(LangError::damaged(
                "parser/moves",
                "there is an action that the parser does not have",
            ));
        }
        Ok(Parser { net, classes })
    }

    /// Parses the document whose first token is `first` in the batch that `buffers` was prepared for.
    pub(crate) fn parse(&self, isa: Isa, first: usize, starts: &[i8], buffers: &mut MoveBuffers) -> Tree {
        let mut state = State::new(starts);
        let mut tokens = [NONE; 13];
        let tokens = &mut tokens[..self.net.features()];
        while !(state.stack.is_empty() && state.buffer_len() == 0) {
            state.context(tokens);
            for token in tokens.iter_mut().filter(|t| **t >= 0) {
                *token += first as i32;
            }
            let scores = self.net.scores(isa, tokens, buffers);
            let valid = state.valid();
            let mut best: Option<(f32, u8, Label)> = None;
            for (&score, &(action, label)) in scores.iter().zip(&self.classes) {
                if valid[usize::from(action)] && best.is_none_or(|(b, ..)| score > b) {
                    best = Some((score, action, label));
                }
            }
            match best {
                Some((_, action, label)) => state.apply(action, label),
                None => break,
            }
        }
        state.tree()
    }
}
