//! Measures how fast a model opens and parses: prints one JSON record.
//!
//! `cargo run --release -p waybill-lang --example speed MODEL THREADS < texts.jsonl`
//! The texts are JSON strings, one a line. `tools/bench/lang/bench.py` runs this beside spaCy.

use std::error::Error;
use std::io::{BufRead, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lang::{Model, Workspace};
use serde_json::json;

/// How often all texts are parsed; the fastest round counts.
const ROUNDS: usize = 5;

/// How many texts a thread takes at once.
const BATCH_TEXTS: usize = 16;

/// What one round took.
#[derive(Debug, Clone, Copy, Default)]
struct Round {
    words: usize,
    /// Wall-clock time.
    wall: Duration,
    /// Processor time of all threads, where the system tells it.
    cpu: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name a model: a wheel or an unpacked folder")?;
    let threads: usize = args.next().as_deref().unwrap_or("1").parse()?;
    let mut texts: Vec<String> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        texts.push(serde_json::from_str(&line?)?);
    }
    let (began, cpu) = (Instant::now(), cpu_time());
    let model = Model::open(path)?;
    let (open, open_cpu) = (began.elapsed(), cpu_time() - cpu);
    let rounds: Vec<Round> = (0..ROUNDS).map(|_| parse_all(&model, &texts, threads)).collect();
    let words = rounds[0].words;
    let wall = rounds.iter().map(|r| r.wall).min().unwrap_or_default().as_secs_f64();
    let cpu = rounds.iter().map(|r| r.cpu).min().unwrap_or_default().as_secs_f64();
    let record = json!({
        "threads": threads,
        "open_s": open.as_secs_f64(),
        "open_cpu_s": open_cpu.as_secs_f64(),
        "words": words,
        "wall_s": wall,
        "cpu_s": cpu,
        "words_per_s": (words as f64 / wall).round(),
        "words_per_cpu_s": (words as f64 / cpu).round(),
        "peak_mb": peak_mb(),
    });
    writeln!(std::io::stdout(), "{record}")?;
    Ok(())
}

/// Parses all texts; words are tokens that are not white space.
fn parse_all(model: &Model, texts: &[String], threads: usize) -> Round {
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    let work = || {
        let cpu = cpu_time();
        let mut workspace = Workspace::default();
        let mut words = 0;
        loop {
            let from = next.fetch_add(BATCH_TEXTS, Ordering::Relaxed);
            if from >= texts.len() {
                return (words, cpu_time() - cpu);
            }
            let batch = &texts[from..texts.len().min(from + BATCH_TEXTS)];
            for parse in model.parse_batch(batch, &mut workspace) {
                words += parse.tokens().filter(|t| t.pos() != "SPACE").count();
            }
        }
    };
    let mut round = Round::default();
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for handle in handles {
            let (words, cpu) = handle.join().unwrap_or_default();
            round.words += words;
            round.cpu += cpu;
        }
    });
    round.wall = began.elapsed();
    round
}

/// How long this thread has run on a processor.
fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// The most memory that this process has held, in MB, where the system tells.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
