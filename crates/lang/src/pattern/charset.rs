//! Sets of characters.

use crate::chars;

/// A set of characters: `[a-z\d]`.
#[derive(Debug, Clone, Default)]
pub(super) struct CharSet {
    /// One bit for each ASCII character, after negation.
    ascii: u128,
    /// Sorted ranges of the rest, before negation.
    ranges: Vec<(u32, u32)>,
    classes: Vec<Class>,
    negative: bool,
    /// Whether a character is in it when its lower or upper case is.
    any_case: bool,
}

/// A class of characters that has an escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Digit,
    NotDigit,
    Word,
    NotWord,
    Space,
    NotSpace,
}

impl Class {
    fn contains(self, c: char) -> bool {
        match self {
            Class::Digit => chars::is_decimal(c),
            Class::NotDigit => !chars::is_decimal(c),
            Class::Word => chars::is_word(c),
            Class::NotWord => !chars::is_word(c),
            Class::Space => chars::is_pattern_space(c),
            Class::NotSpace => !chars::is_pattern_space(c),
        }
    }
}

impl CharSet {
    /// A set of ranges (both ends in it) and classes.
    pub(super) fn new(
        mut ranges: Vec<(u32, u32)>,
        classes: Vec<Class>,
        negative: bool,
        any_case: bool,
    ) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match merged.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => merged.push((from, to)),
            }
        }
        let mut set = CharSet { ascii: 0, ranges: merged, classes, negative, any_case };
        for byte in 0..128u8 {
            if set.looks_up(char::from(byte)) {
                set.ascii |= 1 << byte;
            }
        }
        set
    }

    /// The union of several sets.
    pub(super) fn union<'s>(sets: impl Iterator<Item = &'s CharSet>) -> Option<Self> {
        let mut union = CharSet::default();
        for set in sets {
            if set.negative || set.any_case {
                return None;
            }
            union.ascii |= set.ascii;
            union.ranges.extend_from_slice(&set.ranges);
            union.classes.extend_from_slice(&set.classes);
        }
        union.ranges.sort_unstable();
        Some(CharSet::new(union.ranges, union.classes, false, false))
    }

    /// Whether `c` is in it.
    pub(super) fn contains(&self, c: char) -> bool {
        if c.is_ascii() { self.ascii >> u32::from(c) & 1 == 1 } else { self.looks_up(c) }
    }

    /// The ASCII characters in it, one bit each.
    pub(super) fn ascii(&self) -> u128 {
        self.ascii
    }

    fn looks_up(&self, c: char) -> bool {
        let mut found = self.has(c);
        if self.any_case && !found {
            found = c.to_lowercase().any(|c| self.has(c)) || c.to_uppercase().any(|c| self.has(c));
        }
        found != self.negative
    }

    fn has(&self, c: char) -> bool {
        let code = u32::from(c);
        let at = self.ranges.partition_point(|&(_, to)| to < code);
        self.ranges.get(at).is_some_and(|&(from, _)| from <= code)
            || self.classes.iter().any(|class| class.contains(c))
    }
}
