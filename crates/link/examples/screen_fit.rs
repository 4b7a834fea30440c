//! Fits the weights of the screening score to labelled pairs of names and prints `weights.toml`.
//!
//! `cargo run -p waybill-link --release --example screen_fit -- ../shared/names/name_pairs_dev.csv`. Logistic
//! regression by gradient descent with a quadratic penalty; the F1 of ten-fold cross-validation goes to stderr.

use std::error::Error;
use std::io::Write;

use link::screening::{EntryKind, FEATURES, Feature, Name, Vocabulary, Weights, compare};

struct Pair {
    features: [f32; FEATURES],
    is_match: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "../shared/names/name_pairs_dev.csv".to_owned());
    let mut err = std::io::stderr();
    let Ok(text) = std::fs::read_to_string(&path) else {
        writeln!(err, "skipped: {path} is not there; give the path of a file of labelled pairs")?;
        return Ok(());
    };
    let penalty: f64 = std::env::args().nth(2).map_or(Ok(2.0), |p| p.parse())?;
    let vocabulary = Vocabulary::bundled()?;
    let pairs = read_pairs(&text, &vocabulary)?;
    let start = Weights::bundled()?;
    let mut scores = vec![0.0; pairs.len()];
    for fold in 0..10 {
        let train: Vec<&Pair> =
            pairs.iter().enumerate().filter(|(i, _)| i % 10 != fold).map(|(_, p)| p).collect();
        let weights = fit(&train, penalty, &start);
        for (i, pair) in pairs.iter().enumerate().filter(|(i, _)| i % 10 == fold) {
            scores[i] = weights.score(&pair.features);
        }
    }
    let (cross, at) = best_f1(&scores, &pairs);
    let all: Vec<&Pair> = pairs.iter().collect();
    let weights = fit(&all, penalty, &start);
    let own: Vec<f32> = pairs.iter().map(|p| weights.score(&p.features)).collect();
    let (best, threshold) = best_f1(&own, &pairs);
    writeln!(err, "cross-validated F1 {cross:.3} at {at:.2}, at 0.5 {:.3}", f1(&scores, &pairs, 0.5))?;
    writeln!(
        err,
        "on the pairs fitted: F1 {best:.3} at {threshold:.2}, at 0.5 {:.3}",
        f1(&own, &pairs, 0.5)
    )?;
    print_weights(&weights, &mut std::io::stdout())?;
    Ok(())
}

fn read_pairs(text: &str, vocabulary: &Vocabulary) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row?;
        let kind = kind_of(&row[1]);
        let (a, b) = (Name::new(&row[2], kind, vocabulary), Name::new(&row[3], kind, vocabulary));
        pairs.push(Pair { features: compare(&a, &b).features, is_match: &row[4] == "true" });
    }
    Ok(pairs)
}

fn kind_of(schema: &str) -> EntryKind {
    match schema {
        "Person" => EntryKind::Person,
        "Company" => EntryKind::Company,
        "Organization" => EntryKind::Organisation,
        "Vessel" => EntryKind::Vessel,
        _ => EntryKind::Unknown,
    }
}

/// Weights that cost score never become rewards: each is kept on the side of zero where it makes sense.
fn fit(pairs: &[&Pair], penalty: f64, start: &Weights) -> Weights {
    let mut w: Vec<f64> = start.values.iter().map(|v| f64::from(*v)).collect();
    let prior = w.clone();
    let mut bias = f64::from(start.bias);
    let n = pairs.len() as f64;
    for step in 0..20_000 {
        let rate = 0.3 / (1.0 + step as f64 / 5000.0);
        let mut gradient = [0.0; FEATURES];
        let mut gradient_bias = 0.0;
        for pair in pairs {
            let z: f64 = bias + w.iter().zip(&pair.features).map(|(w, f)| w * f64::from(*f)).sum::<f64>();
            let error = 1.0 / (1.0 + (-z).exp()) - f64::from(u8::from(pair.is_match));
            gradient_bias += error;
            for (g, f) in gradient.iter_mut().zip(&pair.features) {
                *g += error * f64::from(*f);
            }
        }
        bias -= rate * gradient_bias / n;
        for (i, g) in gradient.iter().enumerate() {
            w[i] -= rate * (g + penalty * (w[i] - prior[i])) / n;
            if Feature::ALL[i] != Feature::Near {
                w[i] = w[i].min(0.0);
            }
        }
    }
    let mut values = [0.0; FEATURES];
    for (value, w) in values.iter_mut().zip(&w) {
        *value = *w as f32;
    }
    Weights { bias: bias as f32, values, threshold: start.threshold }
}

fn f1(scores: &[f32], pairs: &[Pair], threshold: f32) -> f32 {
    let hit =
        |want: bool| scores.iter().zip(pairs).filter(|(s, p)| **s >= threshold && p.is_match == want).count();
    let missed = scores.iter().zip(pairs).filter(|(s, p)| **s < threshold && p.is_match).count();
    let (right, wrong) = (hit(true) as f32, hit(false) as f32);
    2.0 * right / (2.0 * right + wrong + missed as f32)
}

fn best_f1(scores: &[f32], pairs: &[Pair]) -> (f32, f32) {
    (1..100)
        .map(|t| t as f32 / 100.0)
        .map(|t| (f1(scores, pairs, t), t))
        .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a })
}

fn print_weights(weights: &Weights, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "# Fitted by `cargo run -p waybill-link --release --example screen_fit`; the threshold is chosen by hand."
    )?;
    writeln!(out, "threshold = {}\nbias = {:.3}\n\n[weights]", weights.threshold, weights.bias)?;
    for feature in Feature::ALL {
        writeln!(out, "{} = {:.3}", feature.key(), weights.values[*feature as usize])?;
    }
    Ok(())
}
