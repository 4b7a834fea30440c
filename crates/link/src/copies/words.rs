//! Words, shingles, and the two kinds of key that find candidates: MinHash bands and winnowed fingerprints.

/// Words in one shingle.
pub(super) const SHINGLE: usize = 5;
/// Shingles in a window of which the smallest is kept: a shared run of `SHINGLE + WINDOW - 1` words is always seen.
const WINDOW: usize = 16;
/// Bands of a signature.
const BANDS: usize = 12;
/// MinHashes in a band.
const ROWS: usize = 3;

/// A word of a text: its hash without case, and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) hash: u64,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Cuts a text into words: runs of letters and digits, with the points and commas inside a number.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut hash = OFFSET;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside_number = matches!(c, '.' | ',')
            && before.is_ascii_digit()
            && chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            for lower in c.to_lowercase() {
                hash = step(hash, lower as u64);
            }
        } else if !inside_number && let Some(from) = start.take() {
            found.push(Word { hash: mix(hash), start: from as u32, end: at as u32 });
            hash = OFFSET;
        }
        before = c;
    }
    if let Some(from) = start {
        found.push(Word { hash: mix(hash), start: from as u32, end: text.len() as u32 });
    }
    found
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a. Hashes are kept between runs, so they must not change with a dependency.
fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3)
}

/// The finaliser of SplitMix64, which spreads FNV's bits.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The hashes of all runs of [`SHINGLE`] words; a shorter text has one shingle.
pub(super) fn shingles(words: &[Word]) -> Vec<u64> {
    if words.is_empty() {
        return Vec::new();
    }
    let size = SHINGLE.min(words.len());
    words.windows(size).map(|run| mix(run.iter().fold(OFFSET, |hash, word| step(hash, word.hash)))).collect()
}

/// The keys under which a text is filed and looked for, each once.
///
/// MinHash bands (Broder 1997; banding after Leskovec, Rajaraman and Ullman) find texts that are alike as wholes;
/// winnowed fingerprints (Schleimer, Wilkerson and Aiken 2003) find one text inside another.
pub(super) fn keys(words: &[Word]) -> Vec<u32> {
    let shingles = shingles(words);
    let mut keys = bands(&shingles);
    winnow(&shingles, &mut keys);
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn bands(shingles: &[u64]) -> Vec<u32> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let mut least = [u64::MAX; BANDS * ROWS];
    for &shingle in shingles {
        for (i, slot) in least.iter_mut().enumerate() {
            // Multiply-shift with an odd multiplier for each row: cheap, and enough to find candidates.
            let odd = mix(i as u64 + 1) | 1;
            *slot = (*slot).min(shingle.wrapping_mul(odd).rotate_right(31));
        }
    }
    least
        .chunks(ROWS)
        .enumerate()
        .map(|(band, rows)| {
            (mix(rows.iter().fold(band as u64 + 1, |hash, &row| step(hash, mix(row)))) >> 32) as u32
        })
        .collect()
}

fn winnow(shingles: &[u64], keys: &mut Vec<u32>) {
    let size = WINDOW.min(shingles.len());
    if size == 0 {
        return;
    }
    let mut last = usize::MAX;
    for start in 0..=shingles.len() - size {
        if last != usize::MAX && last >= start && shingles[start + size - 1] > shingles[last] {
            continue;
        }
        let mut best = start;
        for at in start..start + size {
            if shingles[at] <= shingles[best] {
                best = at;
            }
        }
        if best != last {
            keys.push((shingles[best] >> 32) as u32);
            last = best;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).iter().map(|w| &text[w.start as usize..w.end as usize]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn cuts_words() {
        check(
            "Some 1,200 shells, at $3.5 each.",
            &["Some", "1,200", "shells", "at", "3", "each"].map(|w| if w == "3" { "3.5" } else { w }),
        );
        check("", &[]);
        check("«Größe»", &["Größe"]);
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(words("SHELLS")[0].hash, words("shells")[0].hash);
        assert_ne!(words("shells")[0].hash, words("shell")[0].hash);
    }

    #[test]
    fn a_shared_run_of_twenty_words_shares_a_key() {
        let run: String = (0..20).map(|i| format!("word{i} ")).collect();
        let a = words(&format!("{} {run} {}", "left of it ".repeat(9), "right of it ".repeat(9)));
        let b = words(&format!("{} {run} {}", "up there now ".repeat(5), "and so on ".repeat(30)));
        let (a, b) = (keys(&a), keys(&b));
        assert!(a.iter().any(|key| b.contains(key)));
    }

    #[test]
    fn the_same_words_have_the_same_keys() {
        assert_eq!(keys(&words("A b c d e f g.")), keys(&words("a, B! c d e f (g)")));
        assert!(keys(&words("")).is_empty());
    }
}
