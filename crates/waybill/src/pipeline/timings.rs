//! How long each step took, over all threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A step of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Getting bytes from disk or standard input.
    Input,
    /// Bytes to documents.
    Read,
    /// Looking for the document in the ledger, and for the codebook's words in the document.
    Triage,
    /// Text to tokens, heads, entities.
    Parse,
    /// Parses to claims.
    Code,
    /// Writing to the ledger.
    Store,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 6] = [Step::Input, Step::Read, Step::Triage, Step::Parse, Step::Code, Step::Store];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Input => "input",
            Step::Read => "read",
            Step::Triage => "triage",
            Step::Parse => "parse",
            Step::Code => "code",
            Step::Store => "store",
        }
    }
}

/// The time of one step, over all threads, and its share of the time of all steps.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct StepTime {
    /// Which.
    pub step: &'static str,
    /// Seconds of one core.
    pub seconds: f64,
    /// Between 0 and 1.
    pub share: f64,
}

/// Clocks of the steps, to be shared by threads.
#[derive(Debug, Default)]
pub struct Timings {
    nanos: [AtomicU64; Step::ALL.len()],
}

impl Timings {
    /// Does `work` and counts its time as `step`'s.
    pub fn time<T>(&self, step: Step, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.add(step, start.elapsed());
        done
    }

    fn add(&self, step: Step, time: Duration) {
        self.nanos[step as usize].fetch_add(time.as_nanos() as u64, Ordering::Relaxed);
    }

    /// The time of every step so far.
    pub fn steps(&self) -> Vec<StepTime> {
        let seconds: Vec<f64> = self.nanos.iter().map(|n| n.load(Ordering::Relaxed) as f64 / 1e9).collect();
        let all: f64 = seconds.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let of = |(step, seconds): (&Step, &f64)| StepTime {
            step: step.as_str(),
            seconds: *seconds,
            share: seconds / all,
        };
        Step::ALL.iter().zip(&seconds).map(of).collect()
    }
}

/// The most memory that this process has held so far, in bytes, where the system tells (Linux: `VmHWM`).
pub fn peak_memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        let timings = Timings::default();
        timings.add(Step::Parse, Duration::from_millis(300));
        timings.add(Step::Code, Duration::from_millis(100));
        let steps = timings.steps();
        assert!((steps.iter().map(|s| s.share).sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(steps[3].step, "parse");
        assert!((steps[3].share - 0.75).abs() < 1e-9);
    }

    #[test]
    fn nothing_timed_has_no_share() {
        assert!(Timings::default().steps().iter().all(|s| s.share == 0.0));
    }
}
