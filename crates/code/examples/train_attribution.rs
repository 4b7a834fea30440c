//! Learns the weights of the attribution models from PolNeAR's train part.
//!
//! `cargo run --release -p waybill-code --example train_attribution -- ../shared [OUT [KEPT]]` at the repository's root
//! writes the three files of weights into the folder OUT, by default that of the sources; parses are kept in KEPT.

#[path = "support/gold.rs"]
mod gold;
#[path = "support/mod.rs"]
mod support;

use std::path::Path;

use code::Codebook;
use code::attribution::learn::{Sample, learn};
use code::text::Text;

const WEIGHTS: &str = "crates/code/src/attribution/weights";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let shared = args.first().ok_or("name the folder that holds polnear/train")?;
    let out = args.get(1).map_or(WEIGHTS, String::as_str);
    let train = Path::new(shared).join("polnear/train");
    let all = support::load(&train.join("text"), args.get(2).map(Path::new))?;
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
