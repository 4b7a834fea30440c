//! How often one caller may ask: a bucket of tokens for each, filled at a steady rate.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Most addresses that are remembered; beyond, full buckets are forgotten.
const REMEMBERED: usize = 10_000;

struct Bucket {
    left: f64,
    at: Instant,
}

/// A limit on requests for each address.
pub struct Limiter {
    per_second: f64,
    burst: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Limiter {
    /// Allows `per_second` requests a second, and twice as many at once.
    pub fn new(per_second: u32) -> Self {
        let per_second = f64::from(per_second.max(1));
        Limiter { per_second, burst: per_second * 2.0, buckets: Mutex::default() }
    }

    /// Whether one more request may be answered at `now`, else how many seconds to wait.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn take(&self, who: IpAddr, now: Instant) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > REMEMBERED {
            let (rate, burst) = (self.per_second, self.burst);
            buckets.retain(|_, b| b.left + now.duration_since(b.at).as_secs_f64() * rate < burst);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: self.burst, at: now });
        let since = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + since * self.per_second).min(self.burst);
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(((1.0 - bucket.left) / self.per_second).ceil().max(1.0) as u64);
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_empties_and_fills() {
        let (limiter, start) = (Limiter::new(5), Instant::now());
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let allowed = (0..20).filter(|_| limiter.take(one, start).is_ok()).count();
        assert_eq!(allowed, 10);
        assert_eq!(limiter.take(one, start), Err(1));
        assert_eq!(limiter.take(other, start), Ok(()), "each has a bucket");
        let later = start + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| limiter.take(one, later).is_ok()).count(), 5);
    }
}
