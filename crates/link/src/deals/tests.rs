use model::{ActorRef, Evidence, Goods, Kind, Source, Span};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::judgements::tests::judged;

/// A claim from `doc day voice | speaker | SUP→REC category stage factuality`; `-` is unknown, `!` at the start of the
/// line marks one that a later version no longer makes.
fn said(line: &str) -> Said {
    let withdrawn = line.starts_with('!');
    let parts: Vec<&str> = line.trim_start_matches('!').split(" | ").collect();
    let [head, speaker, what] = parts[..] else { panic!("{line}") };
    let mut head = head.splitn(3, ' ');
    let (doc, day, voice) = (head.next().unwrap(), head.next().unwrap(), head.next().unwrap());
    let mut words: Vec<&str> = what.rsplitn(4, ' ').collect();
    words.reverse();
    let (supplier, recipient) = words[0].split_once('→').unwrap();
    let actor = |id: &str| -> Vec<ActorRef> {
        let named = id.split('+').filter(|id| *id != "-");
        named.map(|id| ActorRef { id: id.into(), text: id.into(), span: Span::default() }).collect()
    };
    let mut claim = Claim::new(Kind::Transfer);
    claim.supplier = actor(supplier);
    claim.recipient = actor(recipient);
    for category in words[1].split('+').filter(|category| *category != "-") {
        claim.goods.push(Goods {
            text: category.replace('_', " "),
            category: category.parse().unwrap(),
            quantity: None,
            min: None,
            max: None,
            span: Span::default(),
        });
    }
    claim.stage = Some(words[2].parse().unwrap());
    claim.factuality = words[3].parse().unwrap();
    claim.source = Source { speaker: speaker.into(), ..Source::author() };
    claim.evidence.push(Evidence { text: what.into(), span: Span::default(), block: 0 });
    Said {
        id: crate::ids::id("c", &[line]),
        doc: doc.into(),
        published: Some(day.into()).filter(|day: &String| day != "-"),
        ingested_at: format!("{}T06:00:00Z", if day == "-" { "2030-12-31" } else { day }),
        voice: voice.into(),
        withdrawn,
        claim,
    }
}

pub(crate) fn all(lines: &[&str]) -> Vec<Said> {
    lines.iter().map(|line| said(line)).collect()
}

/// A deal in one line: parties, class, headline, documents and sources, flags.
fn shown(deal: &Deal) -> String {
    let mut line = format!(
        "{}→{} {} {} {} {}d {}s",
        deal.supplier.as_deref().unwrap_or("-"),
        deal.recipient.as_deref().unwrap_or("-"),
        deal.category,
        deal.stage,
        deal.factuality,
        deal.docs.len(),
        deal.independent_sources()
    );
    let flags = deal.flags;
    for (set, name) in [
        (flags.contested, "contested"),
        (flags.retracted, "retracted"),
        (flags.no_evidence, "no_evidence"),
        (flags.conditional_only, "conditional_only"),
    ] {
        if set {
            line.push(' ');
            line.push_str(name);
        }
    }
    line
}

fn check(lines: &[&str], expected: &[&str]) {
    let found: Vec<String> = deals(&all(lines), &[]).iter().map(shown).collect();
    assert_eq!(found, expected);
}

const SHELLS: &[&str] = &[
    "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER ammunition sought certain",
    "b 2030-05-01 Odrin Daily | Ana Tessel | NOR→VER ammunition sought certain",
    "c 2030-05-20 Lys Post | Embassy of Verania | NOR→VER ammunition agreed denied",
    "d 2030-06-02 Harbour Gazette | author | NOR→VER ammunition shipped certain",
    "e 2030-06-09 Odrin Daily | Ana Tessel | NOR→VER ammunition delivered no_evidence",
];

#[test]
fn keeps_what_each_source_holds() {
    check(SHELLS, &["NOR→VER ammunition shipped certain 5d 3s contested no_evidence"]);
    let deal = &deals(&all(SHELLS), &[])[0];
    let states: Vec<String> = deal
        .states
        .iter()
        .map(|s| format!("{}: {} {} in {}", s.source, s.stage, s.factuality, s.docs.join(" ")))
        .collect();
    assert_eq!(
        states,
        [
            "Ana Tessel: delivered no_evidence in a b e",
            "Embassy of Verania: agreed denied in c",
            "Harbour Gazette: shipped certain in d",
        ]
    );
    let days: Vec<&str> = deal.history.iter().filter_map(|event| event.day.as_deref()).collect();
    assert_eq!(days, ["2030-05-01", "2030-05-01", "2030-05-20", "2030-06-02", "2030-06-09"]);
}

#[test]
fn a_denial_contests_what_it_reaches() {
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones sought certain",
            "b 2030-05-02 Lys Post | Norrland Dynamics | NOR→VER drones delivered denied",
        ],
        &["NOR→VER drones sought certain 2d 2s"],
    );
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones delivered certain",
            "b 2030-05-02 Lys Post | Norrland Dynamics | NOR→VER drones agreed denied",
        ],
        &["NOR→VER drones delivered certain 2d 2s contested"],
    );
}

#[test]
fn tells_retractions_and_conditions() {
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones delivered certain",
            "b 2030-05-09 Lys Post | Ana Tessel | NOR→VER drones delivered denied",
        ],
        &["NOR→VER drones delivered denied 2d 1s retracted"],
    );
    check(
        &[
            "!a 2030-05-01 Lys Post | author | NOR→VER drones delivered certain",
            "b 2030-05-09 Odrin Daily | author | NOR→VER drones sought probable",
        ],
        &["NOR→VER drones sought probable 1d 1s retracted"],
    );
    check(
        &["a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones offered conditional"],
        &["NOR→VER drones offered conditional 1d 1s conditional_only"],
    );
}

#[test]
fn open_sides_join_where_nothing_contradicts() {
    // One deal fits: it is joined. "Weapons" joins the one class that is told.
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones agreed certain",
            "b 2030-05-02 Odrin Daily | Ben Aro | -→VER drones shipped probable",
            "c 2030-05-03 Odrin Daily | Cy Holt | NOR→VER weapons delivered possible",
        ],
        &["NOR→VER drones shipped probable 3d 3s"],
    );
    // Two fit: it stays apart, unless its own document speaks of one of them only.
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones agreed certain",
            "b 2030-05-01 Odrin Daily | Ben Aro | SOR→VER drones agreed certain",
            "b 2030-05-01 Odrin Daily | Cy Holt | -→VER drones shipped certain",
            "c 2030-05-03 Harbour Gazette | Di Lund | -→VER drones delivered certain",
        ],
        &[
            "NOR→VER drones agreed certain 1d 1s",
            "SOR→VER drones shipped certain 1d 2s",
            "-→VER drones delivered certain 1d 1s",
        ],
    );
}

#[test]
fn a_firm_goes_with_its_state() {
    check(
        &[
            "a 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones sought certain",
            "a 2030-05-01 Lys Post | Norrland Dynamics | Norrland Dynamics→VER drones offered certain",
            "b 2030-06-01 Odrin Daily | author | Norrland Dynamics+NOR→VER drones agreed certain",
            "c 2030-06-01 Odrin Daily | author | Falke Werke→VER drones agreed certain",
        ],
        &["NOR→VER drones agreed certain 2d 3s", "Falke Werke→VER drones agreed certain 1d 1s"],
    );
}

#[test]
fn a_long_silence_parts_two_deals() {
    check(
        &[
            "a 2027-05-01 Lys Post | Ana Tessel | NOR→VER drones delivered certain",
            "b 2030-05-01 Lys Post | Ana Tessel | NOR→VER drones sought certain",
        ],
        &["NOR→VER drones delivered certain 1d 1s", "NOR→VER drones sought certain 1d 1s"],
    );
}

#[test]
fn judgements_are_obeyed_and_can_be_undone() {
    let claims = all(SHELLS);
    let shown = |judged: &[Judged]| deals(&claims, judged).iter().map(shown).collect::<Vec<_>>();
    let whole = shown(&[]);
    let reject = judged(1, "claim", &claims[3].id, "reject", json!(null));
    let without = "NOR→VER ammunition sought certain 4d 2s no_evidence";
    assert_eq!(shown(std::slice::from_ref(&reject)), [without]);
    let undo = judged(2, "claim", &claims[3].id, "undo", json!(null));
    assert_eq!(shown(&[reject, undo]), whole);
    let id = deals(&claims, &[])[0].id.clone();
    let split = judged(3, "deal", &id, "split", json!({ "claims": [claims[4].id] }));
    let parts = deals(&claims, std::slice::from_ref(&split));
    assert_eq!(parts.len(), 2);
    let merge = judged(4, "deal", &id, "merge", json!({ "with": parts[1].id }));
    assert_eq!(shown(&[split, merge]), whole);
}

#[test]
fn an_identifier_outlives_later_finds() {
    let later = deals(&all(&SHELLS[1..]), &[])[0].id.clone();
    let whole = deals(&all(SHELLS), &[]);
    assert!(whole[0].is(&later) && whole[0].is(&whole[0].id));
}

#[test]
fn stands_as_it_stood() {
    let claims = all(SHELLS);
    let then = as_of(&claims, &AsOf { published: Some("2030-05-20".into()), ingested: None });
    let (before, after) = (deals(&then, &[]), deals(&claims, &[]));
    assert_eq!(shown(&before[0]), "NOR→VER ammunition sought certain 3d 2s");
    let kinds: Vec<(ChangeKind, String)> = changes(&before, &after)
        .into_iter()
        .map(|c| (c.kind, format!("{} → {}", c.before, c.after)))
        .collect();
    assert_eq!(kinds, [(ChangeKind::Stage, "sought certain → shipped certain".to_owned())]);
    let first = as_of(&claims, &AsOf { published: None, ingested: Some("2030-05-01".into()) });
    let kinds: Vec<ChangeKind> = changes(&deals(&first, &[]), &before).into_iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [ChangeKind::Denial]);
    assert_eq!(changes(&[], &after)[0].kind, ChangeKind::NewDeal);
}

/// The claims of the sample stories as a person would write them down; `samples/README.md` tells what the texts are.
const SAMPLES: &[&str] = &[
    "shells-1 2031-03-03 Meridian Press | two Maltese officials | MKD→LBY ammunition intercepted certain",
    "shells-1 2031-03-03 Meridian Press | author | Vardar Metal Trade→LBY ammunition delivered certain",
    "shells-1 2031-03-03 Meridian Press | Salem Ghariani | MKD→LBY ammunition agreed denied",
    "shells-2 2031-03-03 Meridian Press | two Maltese officials | MKD→LBY ammunition intercepted certain",
    "shells-2 2031-03-03 Meridian Press | Salem Ghariani | MKD→LBY ammunition agreed denied",
    "shells-3 2031-03-04 Meridian Press | two Maltese officials | MKD→LBY ammunition intercepted certain",
    "shells-3 2031-03-04 Meridian Press | author | Vardar Metal Trade→LBY ammunition delivered certain",
    "shells-4 2031-03-05 Ministry of Economy | Ministry of Economy|Elena Trajkova | MKD→LBY ammunition delivered denied",
    "shells-5 2031-03-21 Meridian Press | UN panel of experts|Teodoro Vasquez | -→LBY ammunition delivered no_evidence",
    "shells-5 2031-03-21 Meridian Press | Goran Stefkov | Vardar Metal Trade→LBY ammunition shipped denied",
    "drones-1 2031-01-14 Nairobi Ledger | Peter Lokwang | TUR→KEN drones sought certain",
    "drones-1 2031-01-14 Nairobi Ledger | Toros Aerospace | Toros Aerospace→KEN drones offered certain",
    "drones-2 2031-04-09 Bosporus Business Wire | three people with knowledge of the talks | Toros Aerospace→KEN drones negotiated certain",
    "drones-3 2031-06-17 Ministry of Defence | author|Ministry of Defence | Toros Aerospace+TUR→KEN drones agreed certain",
    "drones-3 2031-06-17 Ministry of Defence | Peter Lokwang | TUR→KEN drones authorised certain",
    "drones-4#1 2031-10-28 Nairobi Ledger | Ruth Cheptoo | TUR→KEN drones delivered certain",
    "drones-4#2 2031-11-19 Bosporus Business Wire | Levent Yalin | Toros Aerospace→KEN drones sought possible",
    "airdefence-1 - Northern Observer | two Western intelligence officials | BLR→MMR air_defence offered certain",
    "airdefence-1 - Northern Observer | two Western intelligence officials | BLR→MMR air_defence shipped no_evidence",
    "airdefence-1 - Northern Observer | Northern Arms Monitor|Ingrid Halvorsen | BLR→MMR air_defence delivered conditional",
    "airdefence-2 2031-06-11 Ministry of Foreign Affairs | Darya Kunitskaya | BLR→MMR air_defence offered denied",
    "airdefence-3 2031-07-02 Brussels Docket | Council of the European Union | Zenit Export→MMR air_defence offered certain",
    "airdefence-4 2031-07-08 Department of Foreign Relations | Ms Hargrove | BLR→MMR missiles delivered no_evidence",
];

#[test]
fn the_sample_stories_become_their_deals() {
    let mut text = String::new();
    for deal in deals(&all(SAMPLES), &[]) {
        text.push_str(&shown(&deal));
        text.push('\n');
        for state in &deal.states {
            text.push_str(&format!("    {}: {} {}\n", state.source, state.stage, state.factuality));
        }
    }
    insta::assert_snapshot!(text);
}

proptest! {
    #[test]
    fn order_changes_nothing(order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
        let claims = all(SHELLS);
        let shuffled: Vec<Said> = order.into_iter().map(|i| claims[i].clone()).collect();
        prop_assert_eq!(deals(&claims, &[]), deals(&shuffled, &[]));
    }
}

#[test]
fn what_was_not_yet_so_or_not_of_all_goods_contests_nothing() {
    // In January nothing was signed; in June it was.
    check(
        &[
            "a 2030-01-14 Lys Post | author | NOR→VER drones agreed denied",
            "b 2030-06-17 Odrin Daily | Ministry of Defence | NOR→VER drones agreed certain",
        ],
        &["NOR→VER drones agreed certain 2d 2s"],
    );
    // A denial of a few days before is an answer to the same story.
    check(
        &[
            "a 2030-06-14 Lys Post | Ana Tessel | NOR→VER drones agreed denied",
            "b 2030-06-17 Odrin Daily | Ministry of Defence | NOR→VER drones agreed certain",
        ],
        &["NOR→VER drones agreed certain 2d 2s contested"],
    );
    // "The other four have not been delivered yet", says who has told of the first two.
    check(
        &[
            "a 2030-10-28 Lys Post | Air Force of Verania | NOR→VER drones delivered certain",
            "a 2030-10-28 Lys Post | Ruth Tessel | NOR→VER drones delivered certain",
            "a 2030-10-28 Lys Post | Ruth Tessel | NOR→VER drones delivered denied",
        ],
        &["NOR→VER drones delivered certain 1d 2s"],
    );
}

#[test]
fn a_seizure_stands_above_the_sale_that_the_same_text_tells() {
    let text = [
        "a 2030-03-03 Lys Post | customs | NOR→VER ammunition intercepted certain",
        "a 2030-03-03 Lys Post | cargo papers | NOR→VER ammunition delivered certain",
    ];
    check(&text, &["NOR→VER ammunition intercepted certain 1d 2s"]);
    let later = "b 2030-04-09 Odrin Daily | author | NOR→VER ammunition delivered certain";
    check(&[text[0], text[1], later], &["NOR→VER ammunition delivered certain 2d 3s"]);
}
