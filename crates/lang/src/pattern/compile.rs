//! From the tree of an expression to the code that runs it.

use super::charset::CharSet;
use super::parse::{Node, Tree, parse};
use super::{Pattern, Step, Tail};

/// The most steps that an expression may compile to.
const MAX_CODE: usize = 1 << 20;

/// Compiles an expression; what is wrong with it otherwise.
pub(super) fn compile(source: &str) -> Result<Pattern, String> {
    let Tree { root, sets } = parse(source)?;
    let alternatives = match root {
        Node::Alternatives(alternatives) => alternatives,
        other => vec![other],
    };
    if alternatives.len() > usize::from(u16::MAX) {
        return Err("too many alternatives in an expression".into());
    }
    let mut compiler = Compiler { code: Vec::new(), sets };
    let mut starts = Vec::with_capacity(alternatives.len());
    let mut by_first = vec![Vec::new(); 129];
    let mut at_end = Vec::new();
    for (i, node) in alternatives.iter().enumerate() {
        starts.push(compiler.code.len() as u32);
        compiler.emit(node)?;
        compiler.push(Step::Match)?;
        let first = compiler.first(node);
        for (byte, list) in by_first.iter_mut().enumerate() {
            if first.has(byte) {
                list.push(i as u16);
            }
        }
        if first.empty {
            at_end.push(i as u16);
        }
    }
    let from_start = alternatives.iter().all(begins_with_start);
    let tail = compiler.tail(&alternatives);
    Ok(Pattern { code: compiler.code, sets: compiler.sets, by_first, at_end, starts, from_start, tail })
}

/// What a part can begin with.
#[derive(Clone, Copy)]
struct First {
    ascii: u128,
    other: bool,
    /// Whether it can match nothing, so that what follows counts too.
    empty: bool,
}

impl First {
    const NOTHING: First = First { ascii: 0, other: false, empty: false };
    const ANY: First = First { ascii: u128::MAX, other: true, empty: true };

    fn has(self, byte: usize) -> bool {
        self.empty || if byte < 128 { self.ascii >> byte & 1 == 1 } else { self.other }
    }

    fn or(self, other: First) -> First {
        First {
            ascii: self.ascii | other.ascii,
            other: self.other || other.other,
            empty: self.empty || other.empty,
        }
    }
}

fn begins_with_start(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Concat(nodes) => nodes.first().is_some_and(begins_with_start),
        Node::Alternatives(nodes) => nodes.iter().all(begins_with_start),
        _ => false,
    }
}

/// The width in characters, where every match has the same.
fn fixed_width(node: &Node) -> Option<u32> {
    match node {
        Node::Char(_) | Node::Set(_) | Node::Any => Some(1),
        Node::Start | Node::End | Node::Look { .. } => Some(0),
        Node::Concat(nodes) => nodes.iter().try_fold(0u32, |sum, n| sum.checked_add(fixed_width(n)?)),
        Node::Alternatives(nodes) => {
            let width = fixed_width(nodes.first()?)?;
            nodes.iter().all(|n| fixed_width(n) == Some(width)).then_some(width)
        }
        Node::Repeat { node, min, max, .. } if min == max => fixed_width(node)?.checked_mul(*min),
        Node::Repeat { .. } => None,
    }
}

/// The width in characters of the widest match, where there is one.
fn max_width(node: &Node) -> Option<usize> {
    match node {
        Node::Char(_) | Node::Set(_) | Node::Any => Some(1),
        Node::Start | Node::End | Node::Look { .. } => Some(0),
        Node::Concat(nodes) => nodes.iter().try_fold(0usize, |sum, n| sum.checked_add(max_width(n)?)),
        Node::Alternatives(nodes) => nodes.iter().try_fold(0, |widest, n| Some(max_width(n)?.max(widest))),
        Node::Repeat { node, max, .. } if *max < u32::MAX => max_width(node)?.checked_mul(*max as usize),
        Node::Repeat { .. } => None,
    }
}

struct Compiler {
    code: Vec<Step>,
    sets: Vec<CharSet>,
}

impl Compiler {
    fn push(&mut self, step: Step) -> Result<u32, String> {
        if self.code.len() >= MAX_CODE {
            return Err("an expression that is too large".into());
        }
        self.code.push(step);
        Ok(self.code.len() as u32 - 1)
    }

    fn here(&self) -> u32 {
        self.code.len() as u32
    }

    fn emit(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::Char(c) => self.push(Step::Char(*c)).map(drop),
            Node::Set(set) => self.push(Step::Set(*set)).map(drop),
            Node::Any => self.push(Step::Any).map(drop),
            Node::Start => self.push(Step::Start).map(drop),
            Node::End => self.push(Step::End).map(drop),
            Node::Concat(nodes) => nodes.iter().try_for_each(|n| self.emit(n)),
            Node::Alternatives(nodes) => self.emit_alternatives(nodes),
            Node::Look { node, ahead, negative } => {
                let back = if *ahead { Some(0) } else { fixed_width(node) };
                let back = back.ok_or("a look-behind without a fixed width")?;
                let at = self.push(Step::Look { back, negative: *negative, then: 0 })?;
                self.emit(node)?;
                self.push(Step::Match)?;
                let then = self.here();
                self.code[at as usize] = Step::Look { back, negative: *negative, then };
                Ok(())
            }
            Node::Repeat { node, min, max, greedy } => self.emit_repeat(node, *min, *max, *greedy),
        }
    }

    fn emit_alternatives(&mut self, nodes: &[Node]) -> Result<(), String> {
        let mut ends = Vec::new();
        for (i, node) in nodes.iter().enumerate() {
            if i + 1 == nodes.len() {
                self.emit(node)?;
                break;
            }
            let split = self.push(Step::Split(0, 0))?;
            self.emit(node)?;
            ends.push(self.push(Step::Jump(0))?);
            self.code[split as usize] = Step::Split(split + 1, self.here());
        }
        let end = self.here();
        for at in ends {
            self.code[at as usize] = Step::Jump(end);
        }
        Ok(())
    }

    fn emit_repeat(&mut self, node: &Node, min: u32, max: u32, greedy: bool) -> Result<(), String> {
        let set = match node {
            Node::Set(set) => Some(*set),
            Node::Char(c) => {
                let code = u32::from(*c);
                self.sets.push(CharSet::new(vec![(code, code)], Vec::new(), false, false));
                Some(self.sets.len() as u32 - 1)
            }
            _ => None,
        };
        if let Some(set) = set {
            return self.push(Step::Repeat { set, min, max, greedy }).map(drop);
        }
        for _ in 0..min {
            self.emit(node)?;
        }
        let order = |first, second| {
            if greedy { Step::Split(first, second) } else { Step::Split(second, first) }
        };
        if max == u32::MAX {
            let split = self.push(Step::Split(0, 0))?;
            self.emit(node)?;
            self.push(Step::Jump(split))?;
            self.code[split as usize] = order(split + 1, self.here());
            return Ok(());
        }
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.push(Step::Split(0, 0))?);
            self.emit(node)?;
        }
        let end = self.here();
        for split in splits {
            self.code[split as usize] = order(split + 1, end);
        }
        Ok(())
    }

    fn first(&self, node: &Node) -> First {
        match node {
            Node::Char(c) if c.is_ascii() => First { ascii: 1 << u32::from(*c), ..First::NOTHING },
            Node::Char(_) => First { other: true, ..First::NOTHING },
            Node::Set(set) => {
                First { ascii: self.sets[*set as usize].ascii(), other: true, ..First::NOTHING }
            }
            Node::Any => First { empty: false, ..First::ANY },
            Node::Look { node, ahead: true, negative: false } => self.first(node),
            Node::Start | Node::End | Node::Look { .. } => First { empty: true, ..First::NOTHING },
            Node::Concat(nodes) => {
                let mut first = First { empty: true, ..First::NOTHING };
                for node in nodes {
                    first = First { empty: false, ..first }.or(self.first(node));
                    if !first.empty {
                        break;
                    }
                }
                first
            }
            Node::Alternatives(nodes) => nodes.iter().fold(First::NOTHING, |f, n| f.or(self.first(n))),
            Node::Repeat { node, min, .. } => {
                let first = self.first(node);
                First { empty: first.empty || *min == 0, ..first }
            }
        }
    }

    fn tail(&self, alternatives: &[Node]) -> Option<Tail> {
        let mut tail = Tail { chars: 0, runs: Vec::new() };
        for node in alternatives {
            match node {
                Node::End => {}
                Node::Concat(nodes) if matches!(nodes.last(), Some(Node::End)) => {}
                _ => return None,
            }
            match max_width(node) {
                Some(width) => tail.chars = tail.chars.max(width),
                None => {
                    let mut sets = Vec::new();
                    self.alphabet(node, &mut sets)?;
                    tail.runs.push(CharSet::union(sets.iter())?);
                }
            }
        }
        Some(tail)
    }

    /// The sets of all characters that a part can take; nothing where that is not known.
    fn alphabet(&self, node: &Node, sets: &mut Vec<CharSet>) -> Option<()> {
        match node {
            Node::Char(c) => {
                let code = u32::from(*c);
                sets.push(CharSet::new(vec![(code, code)], Vec::new(), false, false));
            }
            Node::Set(set) => sets.push(self.sets[*set as usize].clone()),
            Node::Any => return None,
            Node::Start | Node::End | Node::Look { .. } => {}
            Node::Concat(nodes) | Node::Alternatives(nodes) => {
                for node in nodes {
                    self.alphabet(node, sets)?;
                }
            }
            Node::Repeat { node, .. } => self.alphabet(node, sets)?,
        }
        Some(())
    }
}
