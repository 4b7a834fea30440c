//! What the components have found out about a document so far, and the tree work after parsing.

use smol_str::SmolStr;

use crate::arc_eager::Tree;
use crate::labels::{Label, Labels};

/// The annotations of one document, by token.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) tag: Vec<Label>,
    pub(crate) pos: Vec<Label>,
    pub(crate) morph: Vec<Label>,
    pub(crate) dep: Vec<Label>,
    pub(crate) head: Vec<u32>,
    /// The lemma; empty where none is set.
    pub(crate) lemma: Vec<SmolStr>,
    /// 1 where a sentence starts, -1 where none does, 0 where it is not known.
    pub(crate) start: Vec<i8>,
    /// First token, one past the last, label.
    pub(crate) entities: Vec<(usize, usize, Label)>,
}

impl Notes {
    /// Empty annotations for `len` tokens; a sentence starts at the first, where that is known (`opened`).
    pub(crate) fn new(len: usize, opened: bool) -> Self {
        let mut start = vec![0; len];
        if let Some(first) = start.first_mut() {
            *first = i8::from(opened);
        }
        Notes {
            tag: vec![0; len],
            pos: vec![0; len],
            morph: vec![0; len],
            dep: vec![0; len],
            head: (0..len as u32).collect(),
            lemma: vec![SmolStr::default(); len],
            start,
            entities: Vec::new(),
        }
    }

    /// Takes over a tree: labels roots, moves what was lifted back, marks the sentences.
    pub(crate) fn put_tree(&mut self, tree: Tree, is_space: &[bool], root: Label, lifted: &Lifted) {
        self.head = tree.heads;
        self.dep = tree.deps;
        for (i, dep) in self.dep.iter_mut().enumerate() {
            if self.head[i] as usize == i {
                *dep = root;
            }
        }
        let edges = Edges::new(&self.head);
        if lifted.any {
            self.put_back(is_space, lifted, &edges);
        }
        let edges = if lifted.any { Edges::new(&self.head) } else { edges };
        self.start.fill(-1);
        for (i, &head) in self.head.iter().enumerate() {
            if head as usize == i {
                self.start[edges.left[i] as usize] = 1;
            }
        }
    }

    /// Gives every token with a label `X||Y` the label X and the head Y that it was lifted from.
    fn put_back(&mut self, is_space: &[bool], lifted: &Lifted, edges: &Edges) {
        for i in 0..self.head.len() {
            let Some((label, of_head)) = lifted.parts[usize::from(self.dep[i])] else {
                continue;
            };
            self.head[i] = self.find_head(i, of_head, is_space, edges);
            self.dep[i] = label;
        }
    }

    /// Searches below the head of `token`, level by level, for a token with the label `wanted`.
    fn find_head(&self, token: usize, wanted: Label, is_space: &[bool], edges: &Edges) -> u32 {
        let mut level = vec![self.head[token]];
        // A level is never met twice in a tree; the bound is for heads that are no tree any more.
        for _ in 0..self.head.len() {
            let mut next = Vec::new();
            for &above in &level {
                for child in edges.left[above as usize]..=edges.right[above as usize] {
                    let c = child as usize;
                    if self.head[c] != above || child == above || is_space[c] || c == token {
                        continue;
                    }
                    if self.dep[c] == wanted {
                        return child;
                    }
                    next.push(child);
                }
            }
            if next.is_empty() {
                break;
            }
            level = next;
        }
        self.head[token]
    }
}

/// The labels `X||Y` of arcs that were lifted to make trees projective.
#[derive(Debug, Default)]
pub(crate) struct Lifted {
    any: bool,
    parts: Vec<Option<(Label, Label)>>,
}

impl Lifted {
    /// Finds them among all labels. `X` and `Y` must be labels, too.
    pub(crate) fn new(labels: &mut Labels) -> Result<Self, crate::error::LangError> {
        let mut at = 0;
        let mut lifted = Lifted::default();
        while at < labels.len() {
            let name = labels.name(at as Label).clone();
            let parts = match name.split_once("||") {
                Some((label, of_head)) => Some((labels.add(label)?, labels.add(of_head)?)),
                None => None,
            };
            lifted.any |= parts.is_some();
            lifted.parts.push(parts);
            at += 1;
        }
        Ok(lifted)
    }
}

/// The first and last token at or below every token.
struct Edges {
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Edges {
    /// As spaCy works them out: over and over while a head lies outside its sentence, ten times at most.
    fn new(heads: &[u32]) -> Self {
        let len = heads.len() as u32;
        let mut edges = Edges { left: (0..len).collect(), right: (0..len).collect() };
        for _ in 0..12 {
            for (i, &head) in heads.iter().enumerate() {
                edges.widen(head as usize, i);
            }
            for (i, &head) in heads.iter().enumerate().rev() {
                edges.widen(head as usize, i);
            }
            if edges.heads_are_within(heads) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, head: usize, child: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }

    fn heads_are_within(&self, heads: &[u32]) -> bool {
        let mut starts = vec![false; heads.len()];
        for (i, &head) in heads.iter().enumerate() {
            if head as usize == i {
                starts[self.left[i] as usize] = true;
            }
        }
        let mut from = 0;
        for i in 0..heads.len() {
            if (i > 0 && starts[i]) || i + 1 == heads.len() {
                if heads[from..i].iter().any(|&h| (h as usize) < from || h as usize > i) {
                    return false;
                }
                from = i;
            }
        }
        true
    }
}
