#![allow(clippy::all)]
use lang::{Entity, Parse, TokenData};
use model::*;
use rayon::prelude::*;
use serde_json::json;
fn main() {
    let wheel = std::env::args().nth(1).unwrap();
    let m = std::sync::OnceLock::new();
    let m = || m.get_or_init(|| lang::Model::open(&wheel).unwrap());
    let m = &m;
    std::fs::create_dir_all("/tmp/parses").unwrap();
    let files: Vec<String> = std::env::args().skip(2).collect();
    let bk = code::Codebook::load_dir(std::path::Path::new("codebook")).unwrap_or_else(|e| panic!("{e}"));
    let book = &bk;
    let out: Vec<String>=files.par_iter().map(|f|{ let raw=read::Raw::new(f.clone(),std::fs::read(f).unwrap()); let mut o=String::new();
  for d in read::documents(&raw,&Default::default()){ let d=d.unwrap(); use std::hash::{Hash,Hasher}; let mut h=std::collections::hash_map::DefaultHasher::new(); d.text.hash(&mut h); for b in &d.blocks{(b.span.start,b.span.end,b.kind.is_main()).hash(&mut h);} let file=format!("/tmp/parses/{:x}.tsv",h.finish());
   let parses=match std::fs::read_to_string(&file){Ok(t)=>read_parses(&d,&t),Err(_)=>{let p:Vec<Parse>=d.blocks.iter().map(|b|m().parse(if b.kind.is_main(){d.block_text(b)}else{""})).collect(); std::fs::write(&file,p.iter().map(write).collect::<String>()).unwrap(); p}};
   let p:Vec<Option<Parse>>=parses.into_iter().zip(&d.blocks).map(|(p,b)|b.kind.is_main().then_some(p)).collect();
   let c=code::Coder::new(book).code(&d,&p); let ids=|v:&Vec<ActorRef>|v.iter().map(|a|a.id.clone()).collect::<Vec<_>>();
   let stem=std::path::Path::new(f).file_stem().unwrap().to_str().unwrap().to_string();
   for c in &c.claims { let s=&c.source; let j=json!({"doc":stem,"kind":c.kind.as_str(),"supplier":ids(&c.supplier),"recipient":ids(&c.recipient),"via":ids(&c.via),"by":ids(&c.by),"goods":c.goods.iter().map(|g|json!({"text":g.text,"category":g.category.as_str(),"quantity":g.quantity,"min":g.min,"max":g.max})).collect::<Vec<_>>(),"stage":c.stage.map(|s|s.as_str()),"imposer":ids(&c.imposer),"target":ids(&c.target),"instrument":c.instrument.as_ref().map(|p|&p.text),"action":c.action.map(|s|s.as_str()),"actor":ids(&c.actor),"parties":ids(&c.parties),"factuality":c.factuality.as_str(),"source":{"speaker":s.speaker,"affiliation":s.affiliation,"basis":s.basis.as_str()},"evidence":c.evidence.iter().map(|e|json!({"text":e.text})).collect::<Vec<_>>()});
     o.push_str(&j.to_string()); o.push('\n'); } } o }).collect();
    print!("{}", out.concat());
}

fn read_parses(document: &Document, tsv: &str) -> Vec<Parse> {
    let parts = tsv.strip_prefix("B\t").unwrap_or("").split("\nB\t");
    let parse = |(block, part): (&model::Block, &str)| {
        let (mut tokens, mut entities) = (Vec::new(), Vec::new());
        for line in part.lines().skip(1) {
            let f: Vec<&str> = line.split('\t').collect();
            let n = |i: usize| f.get(i).and_then(|x| x.parse::<u32>().ok()).unwrap_or(0);
            if f[0] == "E" {
                entities.push(Entity { tokens: n(1) as usize..n(2) as usize, label: f[3].into() });
            } else {
                tokens.push(TokenData {
                    start: n(1),
                    end: n(2),
                    head: n(3),
                    sent_start: n(4) == 1,
                    tag: f[5].into(),
                    pos: f[6].into(),
                    morph: f[7].into(),
                    lemma: f[8].into(),
                    dep: f[9].into(),
                });
            }
        }
        Parse::new(
            if block.kind.is_main() { document.block_text(block).to_owned() } else { String::new() },
            tokens,
            entities,
        )
    };
    document.blocks.iter().zip(parts).map(parse).collect()
}

fn write(parse: &Parse) -> String {
    let mut out = format!("B\t{}\n", parse.text().len());
    for t in parse.token_data() {
        let start = u8::from(t.sent_start);
        let numbers = format!("T\t{}\t{}\t{}\t{start}", t.start, t.end, t.head);
        let lemma = t.lemma.replace(['\t', '\n'], " ");
        out.push_str(&format!("{numbers}\t{}\t{}\t{}\t{lemma}\t{}\n", t.tag, t.pos, t.morph, t.dep));
    }
    for e in parse.entities() {
        out.push_str(&format!("E\t{}\t{}\t{}\n", e.tokens.start, e.tokens.end, e.label));
    }
    out
}
