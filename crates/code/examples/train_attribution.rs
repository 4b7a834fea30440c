//! Learns the weights of the attribution models from PolNeAR's train part.
//!
//! `cargo run --release -p waybill-code --example train_attribution -- SHARED DUMP OUT [FOLDS HELD]`

#[path = "support/gold.rs"]
mod gold;
#[path = "support/mod.rs"]
mod support;

use std::path::Path;

use code::Codebook;
use code::attribution::learn::{Sample, learn};
use code::text::Text;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [shared, dump, out, ..] = args.as_slice() else {
        return Err("SHARED DUMP OUT".into());
    };
    let train = Path::new(shared).join("polnear/train");
    let mut all = support::load(&train.join("text"), Path::new(dump))?;
    if let (Some(folds), Some(held)) = (args.get(3), args.get(4)) {
        let (folds, held): (usize, usize) = (folds.parse()?, held.parse()?);
        all = all.into_iter().enumerate().filter(|(i, _)| i % folds != held).map(|(_, p)| p).collect();
    }
    let mut samples = Vec::new();
    for parsed in &all {
        let gold = gold::golds(&train.join("attributions"), &parsed.id, &parsed.document.text)?;
        samples.push(Sample { text: Text::new(&parsed.document, &parsed.parses), gold });
    }
    let learned = learn(&samples, &Codebook::shared().cues);
    let files = [("cues", learned.cues), ("sources", learned.sources), ("contents", learned.contents)];
    for (name, text) in files {
        std::fs::write(Path::new(out).join(format!("{name}.txt")), text)?;
    }
    Ok(())
}
