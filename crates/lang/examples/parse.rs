//! Parses what comes in and prints it as drawn trees, or as CoNLL-U.
//!
//! `echo 'Kyiv got two tanks.' | cargo run -p waybill-lang --example parse MODEL [--conllu]`

use std::error::Error;
use std::io::{BufWriter, Read};

use lang::Model;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path =
        args.iter().find(|a| !a.starts_with("--")).ok_or("name a model: a wheel or an unpacked folder")?;
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    let parse = Model::open(path)?.parse(text.trim_end());
    let mut out = BufWriter::new(std::io::stdout().lock());
    if args.iter().any(|a| a == "--conllu") {
        parse.write_conllu(&mut out)?;
    } else {
        parse.write_tree(&mut out)?;
    }
    Ok(())
}
