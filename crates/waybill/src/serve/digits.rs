//! Identifiers as numbers: a sorted list finds a million of them, whole or by their beginnings, in little memory.

/// Hexadecimal digits that are kept of an identifier.
const DIGITS: usize = 16;

/// What identifiers lead to, by the letter and the digits that they are made of.
///
/// Of longer identifiers the first sixteen digits count: whoever looks one up checks what is found.
#[derive(Default)]
pub(super) struct Digits(Vec<(u64, u32)>);

/// The numbers of the identifiers that begin like `word`: first and last.
fn range(word: &str) -> Option<(u64, u64)> {
    let digits = word.get(1..)?;
    let digits = digits.get(..DIGITS).unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()) {
        return None;
    }
    let number = u64::from_str_radix(digits, 16).ok()?;
    let open = 4 * (DIGITS - digits.len()) as u32;
    Some((number << open, (number << open) | ((1_u64 << open) - 1)))
}

impl Digits {
    /// Takes in what each identifier leads to.
    pub(super) fn of<'a>(all: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut list: Vec<(u64, u32)> = all.filter_map(|(id, to)| Some((range(id)?.0, to))).collect();
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
        Digits(list)
    }

    /// What the identifiers that begin like `word` may lead to.
    pub(super) fn beginning(&self, word: &str) -> impl Iterator<Item = u32> {
        let (first, last) = range(word).unwrap_or((1, 0));
        let from = self.0.partition_point(|(id, _)| *id < first);
        self.0[from..].iter().take_while(move |(id, _)| *id <= last).map(|(_, to)| *to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_found_whole_and_by_their_beginnings() {
        let all =
            [("w00ff00ff00ff", 0), ("w00ff11", 1), ("c0123456789abcdef0123", 2), ("c0123456789abcdef9", 3)];
        let digits = Digits::of(all.into_iter());
        let found = |word: &str| digits.beginning(word).collect::<Vec<_>>();
        assert_eq!(found("w00ff00ff00ff"), [0]);
        assert_eq!(found("w00ff"), [0, 1]);
        assert_eq!(found("c0123456789abcdef0123"), [2, 3]);
        for odd in ["", "w", "wX", "w00FF", "é", "w00ff22", "w\u{e9}1"] {
            assert_eq!(found(odd), [0_u32; 0], "{odd}");
        }
    }
}
