//! The two hash functions that the weights were trained with, and spaCy's numbering of strings.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The strings that have a fixed small number, in order; the first line is the empty string.
const SYMBOLS: &str = include_str!("symbols.txt");

/// MurmurHash64A of `bytes` with seed 1.
pub(crate) fn murmur64a(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = 1u64 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k = u64::from_le_bytes([
            chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7],
        ]);
        k = k.wrapping_mul(M);
        k ^= k >> R;
        k = k.wrapping_mul(M);
        h ^= k;
        h = h.wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        for (i, &byte) in rest.iter().enumerate() {
            h ^= u64::from(byte) << (8 * i);
        }
        h = h.wrapping_mul(M);
    }
    h ^= h >> R;
    h = h.wrapping_mul(M);
    h ^ (h >> R)
}

/// The number that spaCy's string store gives `string`: a symbol's own, or its hash; 0 for the empty one.
pub(crate) fn string_id(string: &str) -> u64 {
    static IDS: OnceLock<HashMap<&'static str, u64>> = OnceLock::new();
    let ids = IDS.get_or_init(|| SYMBOLS.lines().zip(0u64..).collect());
    match ids.get(string) {
        Some(&id) => id,
        None => murmur64a(string.as_bytes()),
    }
}

/// The string with a fixed small number.
pub(crate) fn symbol(id: u64) -> Option<&'static str> {
    SYMBOLS.lines().nth(usize::try_from(id).ok()?)
}

/// The four rows of a hash table with `rows` rows in which thinc keeps what belongs to `id`.
///
/// This is the 128-bit x64 MurmurHash3 of one 64-bit number; `rows` must not be 0.
pub(crate) fn hash_rows(id: u64, seed: u32, rows: u32) -> [u32; 4] {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    let mut h1 = id.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2) ^ u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32 % rows, (h1 >> 32) as u32 % rows, h2 as u32 % rows, (h2 >> 32) as u32 % rows]
}

fn mix(mut k: u64) -> u64 {
    k ^= k >> 33;
    k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
    k ^= k >> 33;
    k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ (k >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values printed by spaCy's string store.
    #[test]
    fn strings_have_the_numbers_that_spacy_gives_them() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("agent"), 401);
        assert_eq!(string_id("LAW"), 390);
        assert_eq!(string_id("law"), 12_630_948_021_571_808_299);
        assert_eq!(string_id("noun"), 16_833_663_260_455_505_849);
    }
}
