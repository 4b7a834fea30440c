//! What the server counts, in Prometheus's text form.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the classes of time, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.5, 1.0, 5.0];

#[derive(Default)]
struct Times {
    counts: [u64; BOUNDS.len()],
    all: u64,
    seconds: f64,
}

#[derive(Default)]
struct Inside {
    requests: BTreeMap<(String, String, u16), u64>,
    times: BTreeMap<String, Times>,
}

/// Counters of requests, and how long they took, by route.
#[derive(Default)]
pub struct Metrics {
    inside: Mutex<Inside>,
}

impl Metrics {
    /// Counts one request; `route` is the pattern, so that there are as many series as routes.
    pub fn count(&self, method: &str, route: &str, status: u16, time: Duration) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        *inside.requests.entry((method.to_owned(), route.to_owned(), status)).or_default() += 1;
        let times = inside.times.entry(route.to_owned()).or_default();
        let seconds = time.as_secs_f64();
        for (bound, count) in BOUNDS.iter().zip(&mut times.counts) {
            *count += u64::from(seconds <= *bound);
        }
        times.all += 1;
        times.seconds += seconds;
    }

    /// Everything counted, with `gauges` (name, help, value) behind it.
    pub fn text(&self, gauges: &[(&str, &str, f64)]) -> String {
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        // Writing to a string never fails.
        let _ = self.requests(&inside, &mut out).and_then(|()| Self::times(&inside, &mut out));
        for (name, help, value) in gauges {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
        }
        out
    }

    fn requests(&self, inside: &Inside, out: &mut String) -> std::fmt::Result {
        let name = "waybill_http_requests_total";
        writeln!(out, "# HELP {name} Requests answered.\n# TYPE {name} counter")?;
        for ((method, route, status), count) in &inside.requests {
            writeln!(out, "{name}{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}")?;
        }
        Ok(())
    }

    fn times(inside: &Inside, out: &mut String) -> std::fmt::Result {
        let name = "waybill_http_request_seconds";
        writeln!(out, "# HELP {name} How long requests took.\n# TYPE {name} histogram")?;
        for (route, times) in &inside.times {
            for (bound, count) in BOUNDS.iter().zip(times.counts) {
                writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}")?;
            }
            writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", times.all)?;
            writeln!(out, "{name}_sum{{route=\"{route}\"}} {}", times.seconds)?;
            writeln!(out, "{name}_count{{route=\"{route}\"}} {}", times.all)?;
        }
        Ok(())
    }
}
