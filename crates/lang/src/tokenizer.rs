//! Splits a text into tokens as spaCy's tokenizer does.
//!
//! A text is cut at white space; each chunk loses prefixes and suffixes until it is a special case or
//! nothing more comes off, and what is left is split at infixes unless it is a URL. Special cases that
//! contain affixes are then looked for among the tokens and put back together.

use std::collections::HashMap;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::chars;
use crate::error::LangError;
use crate::lexicon::{Lexicon, Norms, WordId};
use crate::msgpack::Value;
use crate::pattern::Pattern;

/// The longest chunk whose tokens are remembered, in bytes.
const MAX_CACHED_BYTES: usize = 48;
/// How many chunks are remembered.
const MAX_CACHED_CHUNKS: usize = 1 << 16;

/// A token: a word at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The word.
    pub(crate) word: WordId,
    /// Its first byte in the text.
    pub(crate) start: u32,
    /// One past its last byte.
    pub(crate) end: u32,
    /// Whether a space that belongs to no token follows.
    pub(crate) space_after: bool,
}

/// The parts of a special case: words with the norms that they have there.
type Parts = Vec<(SmolStr, Option<SmolStr>)>;

/// The rules of a model's tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token: Option<Pattern>,
    url: Option<Pattern>,
    specials: HashMap<SmolStr, Parts>,
    /// The length in bytes of the longest special case.
    longest_special: usize,
    norms: Norms,
    /// By the number of the first word, the sequences of words that a special case falls into.
    sequences: FxHashMap<u64, Vec<Vec<u64>>>,
}

/// What tokenizing remembers from text to text; it changes the time that it takes and nothing else.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// All words met.
    pub(crate) lexicon: Lexicon,
    chunks: FxHashMap<SmolStr, (u32, u32)>,
    /// The tokens of the remembered chunks: word and length in bytes.
    tokens: Vec<(WordId, u32)>,
}

/// What lies between two places of white space.
#[derive(Clone, Copy)]
struct Chunk {
    start: usize,
    end: usize,
    /// Whether special cases count.
    specials: bool,
}

/// Where one chunk's tokens are collected.
struct Job<'j> {
    memory: &'j mut Memory,
    out: Vec<(WordId, u32)>,
    specials: bool,
}

impl Tokenizer {
    /// Reads the files `tokenizer` and `vocab/lookups.bin`.
    pub(crate) fn read(bytes: &[u8], lookups: &[u8]) -> Result<Self, LangError> {
        let value = Value::read(bytes, "tokenizer")?;
        let pattern = |name: &str| match value.get(name).and_then(Value::str) {
            Some(source) => Pattern::new(source, &format!("the tokenizer's {name}")).map(Some),
            None => Ok(None),
        };
        let mut tokenizer = Tokenizer {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token: pattern("token_match")?,
            url: pattern("url_match")?,
            longest_special: 0,
            specials: read_specials(&value)?,
            norms: Norms::read(lookups)?,
            sequences: FxHashMap::default(),
        };
        let faster = value.get("faster_heuristics") != Some(&Value::Bool(false));
        tokenizer.longest_special = tokenizer.specials.keys().map(SmolStr::len).max().unwrap_or(0);
        tokenizer.find_sequences(faster);
        Ok(tokenizer)
    }

    /// Adds the tokens of `text`, which must be shorter than 4 GiB, to `pieces`.
    ///
    /// Whether the first token is known to start a sentence is returned: as in spaCy, it is not where the
    /// token was put there anew when special cases were put together again.
    pub(crate) fn tokenize(&self, text: &str, memory: &mut Memory, pieces: &mut Vec<Piece>) -> bool {
        let first = pieces.len();
        self.split(text, memory, pieces, true);
        !self.merge_specials(text, memory, pieces, first)
    }

    /// Finds what the special cases with affixes or spaces in them fall into without their rule.
    fn find_sequences(&mut self, faster: bool) {
        let mut memory = Memory::default();
        let mut sequences: FxHashMap<u64, Vec<Vec<u64>>> = FxHashMap::default();
        let mut pieces = Vec::new();
        for chunk in self.specials.keys() {
            let affixed = |p: &Option<Pattern>| {
                p.as_ref().and_then(|p| p.search(chunk)).is_some_and(|(start, end)| start < end)
            };
            let has_infix = self.infix.as_ref().is_some_and(|p| !p.find_all(chunk).is_empty());
            if faster
                && !affixed(&self.prefix)
                && !affixed(&self.suffix)
                && !has_infix
                && !chunk.contains(' ')
            {
                continue;
            }
            pieces.clear();
            self.split(chunk, &mut memory, &mut pieces, false);
            let orths: Vec<u64> = pieces.iter().map(|p| memory.lexicon.word(p.word).orth()).collect();
            if let Some(&first) = orths.first() {
                sequences.entry(first).or_default().push(orths);
            }
        }
        self.sequences = sequences;
    }

    /// Cuts a text at white space and tokenizes the chunks.
    fn split(&self, text: &str, memory: &mut Memory, pieces: &mut Vec<Piece>, specials: bool) {
        let Some(first) = text.chars().next() else { return };
        let mut in_space = chars::is_space(first);
        let mut start = 0;
        for (i, c) in text.char_indices() {
            if chars::is_space(c) == in_space {
                continue;
            }
            if start < i {
                self.chunk(text, Chunk { start, end: i, specials }, memory, pieces);
            }
            start = i;
            if c == ' ' {
                if let Some(last) = pieces.last_mut() {
                    last.space_after = true;
                }
                start = i + 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.chunk(text, Chunk { start, end: text.len(), specials }, memory, pieces);
        }
    }

    /// Adds the tokens of one chunk of a text.
    fn chunk(&self, text: &str, chunk: Chunk, memory: &mut Memory, pieces: &mut Vec<Piece>) {
        let Chunk { start, end, specials } = chunk;
        let chunk = &text[start..end];
        let range = match memory.chunks.get(chunk) {
            Some(&range) if specials => range,
            _ => self.chunk_anew(chunk, memory, specials),
        };
        let mut at = start as u32;
        for &(word, len) in &memory.tokens[range.0 as usize..range.1 as usize] {
            pieces.push(Piece { word, start: at, end: at + len, space_after: false });
            at += len;
        }
        if chunk.len() > MAX_CACHED_BYTES || !specials {
            memory.tokens.truncate(range.0 as usize);
        }
    }

    fn chunk_anew(&self, chunk: &str, memory: &mut Memory, specials: bool) -> (u32, u32) {
        if memory.chunks.len() >= MAX_CACHED_CHUNKS {
            memory.chunks.clear();
            memory.tokens.clear();
        }
        let mut job = Job { memory, out: Vec::new(), specials };
        if !self.special(chunk, &mut job) {
            self.affixes(chunk, &mut job);
        }
        let out = job.out;
        let from = memory.tokens.len() as u32;
        memory.tokens.extend_from_slice(&out);
        let range = (from, memory.tokens.len() as u32);
        if specials && chunk.len() <= MAX_CACHED_BYTES {
            memory.chunks.insert(chunk.into(), range);
        }
        range
    }

    fn is_special(&self, text: &str, job: &Job<'_>) -> bool {
        // Without the bound, a chunk that loses one of a million brackets at a time is hashed as often.
        job.specials && text.len() <= self.longest_special && self.specials.contains_key(text)
    }

    /// Adds the tokens of the special case `text`, if it is one.
    fn special(&self, text: &str, job: &mut Job<'_>) -> bool {
        if !job.specials {
            return false;
        }
        let Some(parts) = self.specials.get(text) else {
            return false;
        };
        for (orth, norm) in parts {
            let word = job.memory.lexicon.add(orth, norm.as_deref(), &self.norms);
            job.out.push((word, orth.len() as u32));
        }
        true
    }

    fn add(&self, text: &str, job: &mut Job<'_>) {
        let word = job.memory.lexicon.add(text, None, &self.norms);
        job.out.push((word, text.len() as u32));
    }

    /// Takes prefixes and suffixes off and adds them and what is left.
    fn affixes(&self, chunk: &str, job: &mut Job<'_>) {
        let mut rest = chunk;
        let mut suffixes: Vec<&str> = Vec::new();
        let mut last_len = 0;
        while !rest.is_empty() && rest.len() != last_len {
            if self.token.as_ref().is_some_and(|p| p.match_start(rest).is_some())
                || self.is_special(rest, job)
            {
                break;
            }
            last_len = rest.len();
            let chars = affix_len(self.prefix.as_ref(), rest);
            let (prefix, after_prefix) = rest.split_at(first_bytes(rest, chars));
            if !prefix.is_empty() && !after_prefix.is_empty() && self.is_special(after_prefix, job) {
                self.add(prefix, job);
                rest = after_prefix;
                break;
            }
            let chars = affix_len(self.suffix.as_ref(), after_prefix);
            let at = rest.len() - last_bytes(after_prefix, chars);
            let (before_suffix, suffix) = rest.split_at(at);
            if !suffix.is_empty() && !before_suffix.is_empty() && self.is_special(before_suffix, job) {
                suffixes.push(suffix);
                rest = before_suffix;
                break;
            }
            if !prefix.is_empty() {
                self.add(prefix, job);
            }
            if !suffix.is_empty() {
                suffixes.push(suffix);
            }
            rest = &rest[prefix.len()..at];
        }
        if !rest.is_empty() {
            self.middle(rest, job);
        }
        for suffix in suffixes.into_iter().rev() {
            self.add(suffix, job);
        }
    }

    /// Adds what is left of a chunk without its affixes.
    fn middle(&self, text: &str, job: &mut Job<'_>) {
        if self.special(text, job) {
            return;
        }
        let matches = |p: &Option<Pattern>| p.as_ref().is_some_and(|p| p.match_start(text).is_some());
        if matches(&self.token) || matches(&self.url) {
            return self.add(text, job);
        }
        let infixes = self.infix.as_ref().map_or(Vec::new(), |p| p.find_all(text));
        let mut start = 0;
        for (from, to) in infixes {
            if from == 0 {
                continue;
            }
            if from != start {
                self.add(&text[start..from], job);
            }
            if from != to {
                self.add(&text[from..to], job);
            }
            start = to;
        }
        if start < text.len() {
            self.add(&text[start..], job);
        }
    }

    /// Puts special cases that fell apart together again, in the pieces from `first` on; tells whether the
    /// first piece is of a special case.
    fn merge_specials(&self, text: &str, memory: &mut Memory, pieces: &mut Vec<Piece>, first: usize) -> bool {
        let orths = |memory: &Memory, pieces: &[Piece], i: usize| memory.lexicon.word(pieces[i].word).orth();
        let mut matches: Vec<(usize, usize)> = Vec::new();
        for i in first..pieces.len() {
            let Some(sequences) = self.sequences.get(&orths(memory, pieces, i)) else {
                continue;
            };
            for sequence in sequences {
                let end = i + sequence.len();
                if end <= pieces.len()
                    && sequence.iter().enumerate().all(|(k, &o)| orths(memory, pieces, i + k) == o)
                    && !matches.iter().rev().take_while(|m| m.0 == i).any(|m| m.1 == end)
                {
                    matches.push((i, end));
                }
            }
        }
        if matches.is_empty() {
            return false;
        }
        let mut first_is_special = false;
        let tail = pieces.split_off(first);
        let mut from = first;
        for (start, end) in longest_first(matches) {
            pieces.extend_from_slice(&tail[from - first..start - first]);
            let old = &tail[start - first..end - first];
            let is_special = self.put_special(text, old, memory, pieces);
            first_is_special |= is_special && start == first;
            from = end;
        }
        pieces.extend_from_slice(&tail[from - first..]);
        first_is_special
    }

    /// Adds the tokens of the special case that `old` spells, or `old` itself where it spells none; tells
    /// which of the two it was.
    fn put_special(&self, text: &str, old: &[Piece], memory: &mut Memory, pieces: &mut Vec<Piece>) -> bool {
        let (Some(first), Some(last)) = (old.first(), old.last()) else {
            return false;
        };
        let Some(parts) = self.specials.get(&text[first.start as usize..last.end as usize]) else {
            pieces.extend_from_slice(old);
            return false;
        };
        let mut at = first.start;
        for (orth, norm) in parts {
            let word = memory.lexicon.add(orth, norm.as_deref(), &self.norms);
            let end = at + orth.len() as u32;
            pieces.push(Piece { word, start: at, end, space_after: false });
            at = end;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.space_after = last.space_after;
        }
        true
    }
}

/// The length in characters of what a pattern finds, wherever that is: as in spaCy, that many are cut off at
/// the end of the text that the pattern is for, also where it matches elsewhere.
fn affix_len(pattern: Option<&Pattern>, text: &str) -> usize {
    pattern.and_then(|p| p.search(text)).map_or(0, |(start, end)| text[start..end].chars().count())
}

/// How many bytes the first `count` characters have.
fn first_bytes(text: &str, count: usize) -> usize {
    text.chars().take(count).map(char::len_utf8).sum()
}

/// How many bytes the last `count` characters have.
fn last_bytes(text: &str, count: usize) -> usize {
    text.chars().rev().take(count).map(char::len_utf8).sum()
}

/// Of overlapping ranges the longest, then the first; in order of the text.
fn longest_first(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
    let mut seen = rustc_hash::FxHashSet::default();
    let mut kept = Vec::new();
    for (start, end) in ranges {
        if !seen.contains(&start) && !seen.contains(&(end - 1)) {
            kept.push((start, end));
        }
        // spaCy marks the tokens of ranges that it drops as well.
        seen.extend(start..end);
    }
    kept.sort_unstable();
    kept
}

fn read_specials(value: &Value<'_>) -> Result<HashMap<SmolStr, Parts>, LangError> {
    let damaged = |chunk: &str| LangError::damaged("tokenizer", format!("the exception {chunk:?} is none"));
    let mut specials = HashMap::new();
    for (chunk, tokens) in value.get("exceptions").and_then(Value::map).unwrap_or_default() {
        let chunk = chunk.str().ok_or_else(|| damaged("?"))?;
        let mut parts: Parts = Vec::new();
        for token in tokens.array().ok_or_else(|| damaged(chunk))? {
            let mut orth = None;
            let mut norm = None;
            for (key, text) in token.map().ok_or_else(|| damaged(chunk))? {
                match (key.int(), key.str()) {
                    (Some(65), _) | (_, Some("ORTH" | "orth")) => orth = text.str(),
                    (Some(67), _) | (_, Some("NORM" | "norm")) => norm = text.str(),
                    _ => return Err(damaged(chunk)),
                }
            }
            let orth = orth.filter(|o| !o.is_empty()).ok_or_else(|| damaged(chunk))?;
            parts.push((orth.into(), norm.map(SmolStr::from)));
        }
        let whole: String = parts.iter().map(|(orth, _)| orth.as_str()).collect();
        if whole != chunk {
            return Err(damaged(chunk));
        }
        specials.insert(chunk.into(), parts);
    }
    Ok(specials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_overlap_are_dropped() {
        assert_eq!(longest_first(vec![(0, 2), (1, 4), (4, 5)]), [(1, 4), (4, 5)]);
        assert_eq!(longest_first(vec![(0, 1), (0, 2)]), [(0, 2)]);
    }
}
