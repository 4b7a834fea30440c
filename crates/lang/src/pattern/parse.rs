//! From the text of an expression to its tree.

use std::collections::HashMap;

use super::charset::{CharSet, Class};

/// How deep groups may be nested.
const MAX_DEPTH: u32 = 60;

/// A part of an expression.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Char(char),
    Set(u32),
    Any,
    Start,
    End,
    Concat(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: u32, greedy: bool },
    Look { node: Box<Node>, ahead: bool, negative: bool },
}

/// The tree of an expression with the sets in it.
pub(super) struct Tree {
    pub(super) root: Node,
    pub(super) sets: Vec<CharSet>,
}

/// Parses a whole expression.
pub(super) fn parse(source: &str) -> Result<Tree, String> {
    let mut parser =
        Parser { source, at: 0, sets: Vec::new(), by_source: HashMap::new(), any_case: false, depth: 0 };
    let root = parser.alternatives()?;
    if parser.at < source.len() {
        return Err(parser.error("a parenthesis too many"));
    }
    Ok(Tree { root, sets: parser.sets })
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
    sets: Vec<CharSet>,
    by_source: HashMap<(&'s str, bool), u32>,
    any_case: bool,
    depth: u32,
}

impl<'s> Parser<'s> {
    fn error(&self, why: &str) -> String {
        format!("{why} at byte {} of an expression", self.at)
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn next(&mut self) -> Result<char, String> {
        let c = self.peek().ok_or_else(|| self.error("the end comes early"))?;
        self.at += c.len_utf8();
        Ok(c)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.source[self.at..].starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error("groups nested too deep"));
        }
        let mut alternatives = vec![self.concat()?];
        while self.eat("|") {
            alternatives.push(self.concat()?);
        }
        self.depth -= 1;
        if alternatives.len() == 1 {
            return Ok(alternatives.remove(0));
        }
        Ok(Node::Alternatives(alternatives))
    }

    fn concat(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            if let Some(node) = self.atom()? {
                nodes.push(self.repeated(node)?);
            }
        }
        if nodes.len() == 1 {
            return Ok(nodes.remove(0));
        }
        Ok(Node::Concat(nodes))
    }

    /// One part without its repeat; nothing for a group of flags.
    fn atom(&mut self) -> Result<Option<Node>, String> {
        let start = self.at;
        let node = match self.next()? {
            '(' => return self.group(),
            '[' => Node::Set(self.set(start)?),
            '.' => Node::Any,
            '^' => Node::Start,
            '$' => Node::End,
            '\\' => self.escape(start)?,
            '*' | '+' | '?' => return Err(self.error("nothing to repeat")),
            c => self.char(c, start),
        };
        Ok(Some(node))
    }

    fn char(&mut self, c: char, start: usize) -> Node {
        if self.any_case && (c.is_alphabetic()) {
            let code = u32::from(c);
            return Node::Set(
                self.add_set(start, || CharSet::new(vec![(code, code)], Vec::new(), false, true)),
            );
        }
        Node::Char(c)
    }

    fn group(&mut self) -> Result<Option<Node>, String> {
        let look = [("?=", true, false), ("?!", true, true), ("?<=", false, false), ("?<!", false, true)];
        let mut kind = None;
        for (mark, ahead, negative) in look {
            if self.eat(mark) {
                kind = Some((ahead, negative));
                break;
            }
        }
        if kind.is_none() && !self.eat("?:") && self.eat("?") {
            return self.flags().map(|()| None);
        }
        let node = self.alternatives()?;
        if !self.eat(")") {
            return Err(self.error("a parenthesis is not closed"));
        }
        Ok(Some(match kind {
            Some((ahead, negative)) => Node::Look { node: Box::new(node), ahead, negative },
            None => node,
        }))
    }

    fn flags(&mut self) -> Result<(), String> {
        loop {
            match self.next()? {
                'i' => self.any_case = true,
                'u' => {}
                ')' => return Ok(()),
                _ => return Err(self.error("an extension that we do not know")),
            }
        }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, String> {
        let mut node = node;
        loop {
            let (min, max) = if self.eat("*") {
                (0, u32::MAX)
            } else if self.eat("+") {
                (1, u32::MAX)
            } else if self.eat("?") {
                (0, 1)
            } else if let Some(bounds) = self.bounds()? {
                bounds
            } else {
                return Ok(node);
            };
            let greedy = !self.eat("?");
            node = Node::Repeat { node: Box::new(node), min, max, greedy };
        }
    }

    /// `{2}`, `{2,}`, `{2,3}`; a brace that is none of these stands for itself.
    fn bounds(&mut self) -> Result<Option<(u32, u32)>, String> {
        let rest = &self.source[self.at..];
        let Some(inside) = rest.strip_prefix('{').and_then(|r| r.split_once('}')).map(|(i, _)| i) else {
            return Ok(None);
        };
        let (min, max) = inside.split_once(',').unwrap_or((inside, inside));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if inside.is_empty() || inside == "," || !digits(min) || !digits(max) {
            return Ok(None);
        }
        let number = |s: &str, default| {
            if s.is_empty() { Ok(default) } else { s.parse::<u32>() }
        };
        let (Ok(low), Ok(high)) = (number(min, 0), number(max, u32::MAX)) else {
            return Err(self.error("a repeat count too large"));
        };
        if low > high {
            return Err(self.error("a repeat whose bounds are the wrong way round"));
        }
        self.at += inside.len() + 2;
        Ok(Some((low, high)))
    }

    fn escape(&mut self, start: usize) -> Result<Node, String> {
        if let Some(class) = self.class() {
            return Ok(Node::Set(
                self.add_set(start, || CharSet::new(Vec::new(), vec![class], false, false)),
            ));
        }
        if self.eat("A") {
            return Ok(Node::Start);
        }
        let c = self.escaped_char()?;
        Ok(self.char(c, start))
    }

    fn class(&mut self) -> Option<Class> {
        let classes = [
            ("d", Class::Digit),
            ("D", Class::NotDigit),
            ("w", Class::Word),
            ("W", Class::NotWord),
            ("s", Class::Space),
            ("S", Class::NotSpace),
        ];
        classes.into_iter().find(|(mark, _)| self.eat(mark)).map(|(_, class)| class)
    }

    /// The character that the escape after a backslash stands for.
    fn escaped_char(&mut self) -> Result<char, String> {
        let digits = match self.next()? {
            'n' => return Ok('\n'),
            't' => return Ok('\t'),
            'r' => return Ok('\r'),
            'f' => return Ok('\x0c'),
            'v' => return Ok('\x0b'),
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if c.is_alphanumeric() => return Err(self.error("an escape that we do not know")),
            c => return Ok(c),
        };
        let hex = self.source.get(self.at..self.at + digits);
        let code = hex.and_then(|h| u32::from_str_radix(h, 16).ok());
        let Some(code) = code else {
            return Err(self.error("an escape that is cut short"));
        };
        self.at += digits;
        // Surrogates cannot be in a text, so what stands for one may as well match nothing usual.
        Ok(char::from_u32(code).unwrap_or('\u{fffff}'))
    }

    /// A set after its opening bracket at `start`.
    fn set(&mut self, start: usize) -> Result<u32, String> {
        let negative = self.eat("^");
        let mut ranges = Vec::new();
        let mut classes = Vec::new();
        let mut first = true;
        loop {
            let c = match self.next()? {
                ']' if !first => break,
                '\\' => match self.class() {
                    Some(class) => {
                        classes.push(class);
                        first = false;
                        continue;
                    }
                    None => self.escaped_char()?,
                },
                c => c,
            };
            first = false;
            let mut last = c;
            let rest = &self.source.as_bytes()[self.at..];
            if rest.first() == Some(&b'-') && rest.get(1).is_some_and(|&b| b != b']') {
                self.at += 1;
                last = match self.next()? {
                    '\\' => self.escaped_char()?,
                    c => c,
                };
            }
            if last < c {
                return Err(self.error("a range whose ends are the wrong way round"));
            }
            ranges.push((u32::from(c), u32::from(last)));
        }
        let any_case = self.any_case;
        Ok(self.add_set(start, || CharSet::new(ranges, classes, negative, any_case)))
    }

    fn add_set(&mut self, start: usize, make: impl FnOnce() -> CharSet) -> u32 {
        let key = (&self.source[start..self.at], self.any_case);
        if let Some(&id) = self.by_source.get(&key) {
            return id;
        }
        let id = self.sets.len() as u32;
        self.sets.push(make());
        self.by_source.insert(key, id);
        id
    }
}
