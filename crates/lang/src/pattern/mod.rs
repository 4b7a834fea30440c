//! Python's regular expressions, as far as spaCy's tokenizers use them.
//!
//! Alternatives are tried in order and the first that matches wins, as in Python's `re`; look-ahead,
//! look-behind of a fixed width and `(?i)` are there, groups capture nothing. Every alternative at the
//! top knows the characters that it can start with, so most positions of a text cost one look-up.

mod charset;
mod compile;
mod parse;

use crate::error::LangError;
use charset::CharSet;

/// The most steps that one search may take, besides 64 for each byte of the text: past them it finds nothing.
const MAX_STEPS: usize = 1 << 20;

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Pattern {
    code: Vec<Step>,
    sets: Vec<CharSet>,
    /// By first character (the last list is for all that is not ASCII), the alternatives to try in order.
    by_first: Vec<Vec<u16>>,
    /// The alternatives that can match nothing, for the end of the text.
    at_end: Vec<u16>,
    starts: Vec<u32>,
    /// Whether every alternative begins with `^`.
    from_start: bool,
    /// Where every alternative ends with `$`: how far from the end a match can begin.
    tail: Option<Tail>,
}

/// How far from the end of a text a match can begin.
#[derive(Debug)]
struct Tail {
    /// The width in characters of the widest alternative that has a bound.
    chars: usize,
    /// For each alternative without a bound, what its characters can be.
    runs: Vec<CharSet>,
}

/// One step of the machine.
#[derive(Debug, Clone)]
enum Step {
    Char(char),
    Set(u32),
    Any,
    Start,
    End,
    /// Goes on at the first address, and at the second where that fails.
    Split(u32, u32),
    Jump(u32),
    /// As many of a set as there are (or as few, where not greedy), at least and at most.
    Repeat {
        set: u32,
        min: u32,
        max: u32,
        greedy: bool,
    },
    /// A look-around: its body follows, `then` is where to go on; `back` characters back for look-behind.
    Look {
        back: u32,
        negative: bool,
        then: u32,
    },
    Match,
}

/// What a run may do.
struct Limits<'l> {
    /// The steps that are left.
    steps: &'l mut usize,
    /// Whether a match must not be empty.
    must_move: bool,
}

/// What to try again when a step fails.
enum Retry {
    At(u32, usize),
    /// Give back one character of a greedy repeat, down to the position.
    Shrink {
        next: u32,
        least: usize,
        at: usize,
    },
    /// Take one more character in a lazy repeat.
    Grow {
        pc: u32,
        left: u32,
        at: usize,
    },
}

impl Pattern {
    /// Compiles a Python expression; `part` names it in errors.
    pub(crate) fn new(source: &str, part: &str) -> Result<Self, LangError> {
        compile::compile(source).map_err(|what| LangError::unsupported(part, what))
    }

    /// The first match.
    pub(crate) fn search(&self, text: &str) -> Option<(usize, usize)> {
        self.search_from(text, 0, usize::MAX)
    }

    /// All matches that do not overlap, in the order and with the empty ones that Python's `finditer` gives.
    pub(crate) fn find_all(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut from = 0;
        let mut not_empty_at = usize::MAX;
        while let Some((start, end)) = self.search_from(text, from, not_empty_at) {
            found.push((start, end));
            from = end;
            not_empty_at = if start == end { end } else { usize::MAX };
        }
        found
    }

    /// The first match at or after byte `from` that is not empty at `not_empty_at`.
    fn search_from(&self, text: &str, from: usize, not_empty_at: usize) -> Option<(usize, usize)> {
        let mut steps = MAX_STEPS.saturating_add(64 * text.len());
        let mut at = from;
        if let Some(tail) = &self.tail {
            at = at.max(tail.first(text));
        }
        loop {
            for &alternative in self.candidates(text, at) {
                let start = self.starts[usize::from(alternative)];
                let must_move = at == not_empty_at;
                if let Some(end) = self.run(start, text, at, &mut Limits { steps: &mut steps, must_move }) {
                    return Some((at, end));
                }
            }
            if self.from_start {
                return None;
            }
            at += text[at..].chars().next()?.len_utf8();
        }
    }

    /// The end of the match at the start of the text.
    pub(crate) fn match_start(&self, text: &str) -> Option<usize> {
        let mut steps = MAX_STEPS.saturating_add(64 * text.len());
        self.candidates(text, 0).iter().find_map(|&a| {
            let limits = &mut Limits { steps: &mut steps, must_move: false };
            self.run(self.starts[usize::from(a)], text, 0, limits)
        })
    }

    fn candidates(&self, text: &str, at: usize) -> &[u16] {
        match text.as_bytes().get(at) {
            None => &self.at_end,
            Some(&byte) => &self.by_first[usize::from(byte.min(128))],
        }
    }

    /// Runs the code at `pc` on the text from byte `at`; the end of the match where there is one.
    fn run(&self, mut pc: u32, text: &str, mut at: usize, limits: &mut Limits<'_>) -> Option<usize> {
        let mut retries: Vec<Retry> = Vec::new();
        let from = at;
        loop {
            if *limits.steps == 0 {
                return None;
            }
            *limits.steps -= 1;
            let next = match &self.code[pc as usize] {
                Step::Match if limits.must_move && at == from => None,
                Step::Match => return Some(at),
                Step::Char(c) => take(text, at, |x| x == *c),
                Step::Set(set) => take(text, at, |x| self.sets[*set as usize].contains(x)),
                Step::Any => take(text, at, |x| x != '\n'),
                Step::Start => (at == 0).then_some(at),
                Step::End => (at == text.len() || &text[at..] == "\n").then_some(at),
                Step::Split(first, second) => {
                    retries.push(Retry::At(*second, at));
                    pc = *first;
                    continue;
                }
                Step::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Step::Repeat { .. } => {
                    let next = self.repeat(pc, text, at, &mut retries);
                    *limits.steps = limits.steps.saturating_sub(next.map_or(0, |end| end - at) / 4);
                    next
                }
                Step::Look { back, negative, then } => {
                    let found = step_back(text, at, *back)
                        .and_then(|from| {
                            let limits = &mut Limits { steps: limits.steps, must_move: false };
                            self.run(pc + 1, text, from, limits)
                        })
                        .is_some();
                    if found == *negative {
                        None
                    } else {
                        pc = *then;
                        continue;
                    }
                }
            };
            (pc, at) = match next {
                Some(next) => (pc + 1, next),
                None => self.retry(text, &mut retries)?,
            };
        }
    }

    fn repeat(&self, pc: u32, text: &str, at: usize, retries: &mut Vec<Retry>) -> Option<usize> {
        let Step::Repeat { set, min, max, greedy } = self.code[pc as usize] else {
            return None;
        };
        let set = &self.sets[set as usize];
        let mut end = at;
        let mut least = (min == 0).then_some(at);
        let mut taken = 0;
        for c in text[at..].chars() {
            if taken == max || !set.contains(c) || (!greedy && taken == min) {
                break;
            }
            end += c.len_utf8();
            taken += 1;
            if taken == min {
                least = Some(end);
            }
        }
        let least = least?;
        if greedy && least < end {
            retries.push(Retry::Shrink { next: pc + 1, least, at: end });
        } else if !greedy && taken < max {
            retries.push(Retry::Grow { pc, left: max - taken, at: end });
        }
        Some(end)
    }

    fn retry(&self, text: &str, retries: &mut Vec<Retry>) -> Option<(u32, usize)> {
        while let Some(retry) = retries.pop() {
            match retry {
                Retry::At(pc, at) => return Some((pc, at)),
                Retry::Shrink { next, least, at } => {
                    let at = step_back(text, at, 1)?;
                    if least < at {
                        retries.push(Retry::Shrink { next, least, at });
                    }
                    return Some((next, at));
                }
                Retry::Grow { pc, left, at } => {
                    let Step::Repeat { set, .. } = self.code[pc as usize] else {
                        continue;
                    };
                    let Some(at) = take(text, at, |c| self.sets[set as usize].contains(c)) else {
                        continue;
                    };
                    if left > 1 {
                        retries.push(Retry::Grow { pc, left: left - 1, at });
                    }
                    return Some((pc + 1, at));
                }
            }
        }
        None
    }
}

impl Tail {
    /// The first byte at which a match can begin.
    fn first(&self, text: &str) -> usize {
        let mut first = step_back_at_most(text, self.chars + 1);
        for set in &self.runs {
            let body = text.strip_suffix('\n').unwrap_or(text);
            let run = body.chars().rev().take_while(|&c| set.contains(c)).map(char::len_utf8).sum::<usize>();
            first = first.min(body.len() - run);
        }
        first
    }
}

fn take(text: &str, at: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let c = text[at..].chars().next()?;
    wanted(c).then(|| at + c.len_utf8())
}

fn step_back(text: &str, at: usize, chars: u32) -> Option<usize> {
    let mut at = at;
    for _ in 0..chars {
        at -= text[..at].chars().next_back()?.len_utf8();
    }
    Some(at)
}

fn step_back_at_most(text: &str, chars: usize) -> usize {
    text.char_indices().rev().take(chars).last().map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, expected: Option<(usize, usize)>) {
        let found = Pattern::new(pattern, "test").unwrap().search(text);
        assert_eq!(found, expected, "{pattern} in {text:?}");
    }

    #[test]
    fn expressions_match_as_in_python() {
        check("abc|ab", "xxabc", Some((2, 5)));
        check("ab|abc", "xxabc", Some((2, 4)));
        check("a+?b*", "aab", Some((0, 1)));
        check("a{2,3}", "aaaa", Some((0, 3)));
        check("(?:ab){2}", "ababab", Some((0, 4)));
        check("(?<=[0-9])km$", "10km", Some((2, 4)));
        check("(?<=[0-9])km$", "akm", None);
        check("(?<!a)b(?!c)", "abbcb", Some((4, 5)));
        check(r"^\+(?![0-9])", "+1", None);
        check(r"\.\.+$", "a.....", Some((1, 6)));
        check(r"…$|'s$", "it's", Some((2, 4)));
        check("(?i)É[a-c]", "xéB", Some((1, 4)));
        check(r"[\u00e9-\u00eb]", "aé", Some((1, 3)));
        check(r"[^a-z\d]+", "ab1-_c", Some((3, 5)));
        check(r"^(?:\S+@)?b$", "aa@b", Some((0, 4)));
        check("$", "ab", Some((2, 2)));
        check("a$", "a\n", Some((0, 1)));
        check("(?=b)", "ab", Some((1, 1)));
        check("x*", "", Some((0, 0)));
    }

    #[test]
    fn what_is_not_an_expression_is_an_error() {
        for pattern in ["(", "a)", "[a", "*", "a{3,2}", "(?<=a+)b", "(?P<n>a)(?P=n)", "\\", "[z-a]", "(?"] {
            assert!(Pattern::new(pattern, "test").is_err(), "{pattern}");
        }
        assert!(Pattern::new(&"(".repeat(10_000), "test").is_err());
        assert!(Pattern::new("((((a{99}){99}){99}){99}){99}", "test").is_err());
    }

    #[test]
    fn all_matches_are_found() {
        let pattern = Pattern::new("(?<=')(?=[a-z])|-", "test").unwrap();
        assert_eq!(pattern.find_all("l'a-b'-c"), [(2, 2), (3, 4), (6, 7)]);
        assert_eq!(Pattern::new("x*", "test").unwrap().find_all("axb"), [(0, 0), (1, 2), (2, 2), (3, 3)]);
    }

    #[test]
    fn a_search_ends() {
        let pattern = Pattern::new("^(?:a*)*b$", "test").unwrap();
        assert_eq!(pattern.search(&"a".repeat(200)), None);
    }
}
