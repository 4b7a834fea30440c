//! Many inputs at once: reading, parsing and coding on all cores into a bounded channel, one writer at its end.

mod ingest;
mod timings;
mod workers;

pub use ingest::{Ingest, Progress, Summary, ingest, recode};
pub use timings::{Step, StepTime, Timings, peak_memory_bytes};
pub use workers::{Coder, Done, Found, InOrder, Item, Job, Work, is_catching, run};
