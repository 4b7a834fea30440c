//! Shows that finding copies costs about the same per document however many there are:
//! `cargo run -p waybill-link --release --example copies_growth -- 1000000`
//!
//! Documents are made up from their number alone: new stories, copies with edits, cuts, new heads and digests around
//! them, and fillings of templates. At each power of ten it prints time, memory, and copies found against those
//! planted.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use link::Article;
use link::copies::{Copies, Link};

/// Documents in a day.
const PER_DAY: u64 = 1000;
/// Families of templates, such as weekly notices.
const FAMILIES: u64 = 40;

/// A small generator (SplitMix64): the same numbers for the same seed everywhere.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % below
    }

    /// A word; common ones come more often, as in real text.
    fn word(&mut self) -> String {
        let rank = self.next(3000) * self.next(3000) / 3000;
        let parts = [
            "ka", "lo", "min", "tar", "es", "vor", "ni", "sel", "dra", "pu", "gen", "tho", "ri", "ban", "ul",
        ];
        let mut word = String::new();
        let mut left = rank + 15;
        while left > 0 {
            word.push_str(parts[(left % 15) as usize]);
            left /= 15;
        }
        word
    }

    fn sentence(&mut self) -> String {
        let length = 8 + self.next(18);
        let mut words: Vec<String> = (0..length).map(|_| self.word()).collect();
        if self.next(2) == 0 {
            words.insert(3, format!("{}", 2 + self.next(900)));
        }
        let name = self.word();
        words.insert(1, format!("{}{}", name[..1].to_uppercase(), &name[1..]));
        format!("{}.", words.join(" "))
    }

    fn text(&mut self, sentences: u64) -> Vec<String> {
        (0..sentences).map(|_| self.sentence()).collect()
    }
}

/// What a document is, by its number.
enum Role {
    Story,
    Copy(u64),
    Template(u64),
}

fn role(number: u64) -> Role {
    let mut numbers = Numbers(number ^ 0xc0de);
    match numbers.next(10) {
        0..=6 => Role::Story,
        7 | 8 => {
            // A story of the last two days, looked for from a random one downwards.
            let mut of = number.saturating_sub(1 + numbers.next(2 * PER_DAY - 1));
            while of > 0 && !matches!(Numbers(of ^ 0xc0de).next(10), 0..=6) {
                of -= 1;
            }
            if matches!(Numbers(of ^ 0xc0de).next(10), 0..=6) && of < number {
                Role::Copy(of)
            } else {
                Role::Story
            }
        }
        _ => Role::Template(numbers.next(FAMILIES)),
    }
}

fn story(number: u64) -> Vec<String> {
    let mut numbers = Numbers(number.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let sentences = 8 + numbers.next(12);
    numbers.text(sentences)
}

fn body(number: u64) -> String {
    let mut numbers = Numbers(number ^ 0xfeed_beef);
    match role(number) {
        Role::Story => story(number).join(" "),
        Role::Copy(of) => {
            let mut sentences = story(of);
            match numbers.next(5) {
                0 => {}
                1 => {
                    // Edits: one word in every third sentence.
                    for sentence in sentences.iter_mut().step_by(3) {
                        let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
                        let at = 4 + numbers.next(words.len() as u64 - 5) as usize;
                        words[at] = numbers.word();
                        *sentence = words.join(" ");
                    }
                }
                2 => sentences.truncate(sentences.len() * 2 / 3),
                3 => {
                    sentences.remove(0);
                    sentences.insert(0, numbers.sentence());
                    sentences.insert(0, numbers.sentence());
                }
                _ => {
                    let around = numbers.text(15);
                    sentences =
                        around[..7].iter().cloned().chain(sentences).chain(around[7..].to_vec()).collect();
                }
            }
            sentences.join(" ")
        }
        Role::Template(family) => {
            let mut fixed = Numbers(family.wrapping_mul(0x1234_5678_9abc_def1) + 7);
            let mut filled = Vec::new();
            for sentence in fixed.text(9) {
                let words: Vec<&str> = sentence.trim_end_matches('.').split(' ').collect();
                let figure = 10 + numbers.next(5000);
                filled.push(format!("{} {figure} {}.", words[..6].join(" "), words[6..].join(" ")));
            }
            filled.join(" ")
        }
    }
}

fn article(number: u64) -> Article {
    Article {
        doc: format!("{number:09}"),
        day: (number / PER_DAY) as i32,
        dated: true,
        url: None,
        publisher: Some(format!("paper {}", number % 300)),
        title: String::new(),
        body: body(number),
    }
}

/// Copies planted and found, and links between texts that have nothing to do with each other.
#[derive(Default)]
struct Tally {
    planted: u64,
    found: u64,
    wrong: u64,
}

impl Tally {
    fn count(&mut self, from: u64, to: u64, links: &[Link]) {
        let mut by_doc: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for link in links {
            by_doc.entry(number(&link.doc)).or_default().push(number(&link.of));
        }
        for doc in from..to {
            let found = by_doc.get(&doc).map(Vec::as_slice).unwrap_or_default();
            self.wrong += found.iter().filter(|&&other| root(other) != root(doc)).count() as u64;
            if matches!(role(doc), Role::Copy(_)) {
                self.planted += 1;
                self.found += u64::from(found.iter().any(|&other| root(other) == root(doc)));
            }
        }
    }
}

fn number(doc: &str) -> u64 {
    doc.parse().unwrap_or(0)
}

fn root(number: u64) -> u64 {
    match role(number) {
        Role::Copy(of) => of,
        _ => number,
    }
}

/// Memory in use now, in MiB; 0 where the system does not tell.
fn memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let total: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let mut copies = Copies::new();
    let mut tally = Tally::default();
    let (mut shown, mut spent, mut making) = (0, 0.0, 0.0);
    writeln!(out, "documents  ms/document (last stretch)  memory MiB  keys  planted  found  wrong links")?;
    for from in (0..total).step_by(PER_DAY as usize) {
        let to = (from + PER_DAY).min(total);
        let started = Instant::now();
        let batch: Vec<Article> = (from..to).map(article).collect();
        making += started.elapsed().as_secs_f64();
        let started = Instant::now();
        let links = copies.add(batch, &mut |doc| Some(article(number(doc))));
        spent += started.elapsed().as_secs_f64();
        tally.count(from, to, &links);
        if to == total || [10_000, 100_000, 1_000_000].contains(&to) {
            writeln!(
                out,
                "{to:9}  {:.3}  {}  {}  {}  {}  {}",
                spent * 1000.0 / (to - shown) as f64,
                memory_mib(),
                copies.keys(),
                tally.planted,
                tally.found,
                tally.wrong
            )?;
            out.flush()?;
            (shown, spent) = (to, 0.0);
        }
    }
    writeln!(out, "making the documents took {making:.1} s besides")
}
