//! Sentences with who and what must be found in them.

use std::path::Path;
use std::sync::OnceLock;

use lang::Model;
use model::{Block, BlockKind, Document, Span};

use super::{Cast, find};
use crate::Codebook;
use crate::text::Text;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let files = std::fs::read_dir(&folder).ok();
        let wheel = files
            .and_then(|f| f.flatten().map(|f| f.path()).find(|p| p.extension().is_some_and(|e| e == "whl")));
        let wheel =
            wheel.unwrap_or_else(|| panic!("no language model in {}: run `make model`", folder.display()));
        Model::open(&wheel).unwrap_or_else(|e| panic!("{e}"))
    })
}

/// The document with one paragraph a line of `text`.
fn document(text: &str) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + line.len()) });
        start += line.len() + 1;
    }
    Document { text: text.to_owned(), blocks, ..Document::default() }
}

fn cast(document: &Document) -> Cast {
    let parses: Vec<_> = document
        .blocks
        .iter()
        .map(|b| Some(model().parse(crate::text::told(document.block_text(b)))))
        .collect();
    find(&Text::new(document, &parses), Codebook::shared()).0
}

/// Asserts that the cast of `text` has every mention `words = identifier [affiliation]` and every goods
/// `words = category [min..max] [from identifier]` of `expected`.
fn check(text: &str, expected: &[&str]) {
    let document = document(text);
    let cast = cast(&document);
    let mut found = Vec::new();
    for mention in &cast.mentions {
        let actor = &cast.actors[mention.actor];
        let words = mention.span.of(&document.text);
        found.push(format!("{words} = {}", actor.id));
        let side = actor.stands_for.as_ref().or(actor.affiliation.as_ref());
        found.extend(side.map(|s| format!("{words} = {} [{s}]", actor.id)));
    }
    for goods in &cast.goods {
        let words = goods.span.of(&document.text);
        found.push(format!("{words} = {}", goods.category));
        let count = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        found.push(format!("{words} = {} [{}..{}]", goods.category, count(goods.min), count(goods.max)));
        let origin = goods.origin.map(|o| cast.actors[o].id.as_str());
        found.extend(origin.map(|o| format!("{words} = {} from {o}", goods.category)));
    }
    for row in expected {
        assert!(found.iter().any(|f| f == row), "{text}\nlacks: {row}\nfound: {found:#?}");
    }
}

/// Asserts that no goods are found in `text`.
fn check_no_goods(text: &str) {
    let document = document(text);
    let found: Vec<String> =
        cast(&document).goods.iter().map(|g| g.span.of(&document.text).to_owned()).collect();
    assert!(found.is_empty(), "{text}\nfound: {found:?}");
}

#[test]
fn states_by_all_their_names() {
    check("Pyongyang sold shells to Moscow.", &["Pyongyang = PRK [PRK]", "Moscow = RUS [RUS]"]);
    check(
        "The Kremlin said Iranian drones were not bought.",
        &["Kremlin = Kremlin [RUS]", "Iranian = IRN [IRN]"],
    );
    check("Britain and the UAE refused.", &["Britain = GBR", "UAE = ARE"]);
    check("The U.S. sells arms to Côte d’Ivoire.", &["U.S. = USA", "Côte d’Ivoire = CIV"]);
}

#[test]
fn offices_stand_for_their_states() {
    check("Sudan's army received the guns.", &["Sudan's army = Sudan's army [SDN]"]);
    check(
        "The government of Ghana signed the contract.",
        &["The government of Ghana = government of Ghana [GHA]"],
    );
    check(
        "The Norwegian defence ministry declined.",
        &["The Norwegian defence ministry = Norwegian defence ministry [NOR]"],
    );
    check("The Pentagon approved the sale.", &["Pentagon = Pentagon [USA]"]);
}

#[test]
fn groups_and_firms_are_themselves() {
    check("Iran armed the Houthis and Hezbollah.", &["Houthis = Houthis", "Hezbollah = Hezbollah"]);
    check("Norinco shipped rifles to the RSF.", &["Norinco = Norinco", "RSF = Rapid Support Forces"]);
}

#[test]
fn persons_are_one_under_all_their_names() {
    let text = "Defence Ministry spokeswoman Jane Doe spoke.\nMs Doe said that she had seen the shells.";
    check(text, &["Jane Doe = Jane Doe", "Doe = Jane Doe", "she = Jane Doe"]);
    check("Kenyan Foreign Minister John Roe met Ms Poe.", &["John Roe = John Roe [KEN]", "Poe = Poe"]);
    check("Senator Ann Moe (R-Ohio) opposed the sale.", &["Ann Moe = Ann Moe [USA]"]);
    check("Chad's ambassador to the United Nations, Paul Koe, denied it.", &["Paul Koe = Paul Koe [TCD]"]);
    check("Paul Koe, the spokesman for the Ghanaian army, denied it.", &["Paul Koe = Paul Koe [GHA]"]);
}

#[test]
fn what_refers_back() {
    check("Iran said its drones were old.", &["its = IRN"]);
    check("Russia asked Iran for drones.\nThe Kenyan army said it had none.", &["it = Kenyan army [KEN]"]);
}

#[test]
fn goods_take_the_category_of_what_they_are() {
    check("They sold artillery shells.", &["artillery shells = ammunition"]);
    check("They sold Patriot missiles.", &["Patriot missiles = air_defence"]);
    check("They sold four F-16s.", &["F-16s = aircraft [4..4]"]);
    check("They sold 120mm tank ammunition.", &["120mm tank ammunition = ammunition"]);
    check("They sold S-400 batteries.", &["S-400 batteries = air_defence"]);
    check("They gave Stinger and Javelin missiles.", &["Javelin missiles = missiles"]);
    check(
        "They sent military vehicles and lethal aid.",
        &["military vehicles = armour", "lethal aid = weapons"],
    );
}

#[test]
fn goods_with_how_many_and_whose() {
    check(
        "They bought more than 50 Iranian drones.",
        &["Iranian drones = drones [51..]", "Iranian drones = drones from IRN"],
    );
    check("They bought hundreds of rockets.", &["rockets = ammunition [200..999]"]);
    check("They bought US-made rifles.", &["US-made rifles = small_arms from USA"]);
}

#[test]
fn other_uses_of_the_words_are_no_goods() {
    check_no_goods("He broke both his arms in a fall.");
    check_no_goods("The think tank wrote of arms control.");
    check_no_goods("The water tank leaked.");
    check_no_goods("It condemned the missile test and the drone strikes.");
    check_no_goods("She won the javelin throw.");
    check_no_goods("A shell company owned it under the Patriot Act.");
}
