//! Shows how inputs are read: `cargo run -p waybill-read --example show -- PATH…`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let paths: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let options = read::Options::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for raw in read::sources(&paths, std::io::stdin(), &options) {
        let found = raw.map_or_else(|error| vec![Err(error)], |raw| read::documents(&raw, &options));
        for document in found {
            match document {
                Ok(document) => show(&document, &mut out)?,
                Err(error) => writeln!(out, "== set aside: {error}")?,
            }
        }
    }
    out.flush()
}

fn show(document: &model::Document, out: &mut impl Write) -> std::io::Result<()> {
    let or_none = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    writeln!(
        out,
        "== {} [{}] {} | {} | {} | {}\n   {}",
        document.doc,
        or_none(&document.language),
        or_none(&document.published),
        or_none(&document.publisher),
        or_none(&document.author),
        or_none(&document.url),
        or_none(&document.title),
    )?;
    for block in &document.blocks {
        writeln!(out, "{:10}{}", format!("{:?}", block.kind), document.block_text(block))?;
    }
    Ok(())
}
