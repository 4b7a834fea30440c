//! What stands for what was named before, and who is meant by it: pairs of states, governments, conditions.

use super::check;

/// Pairs of states, governments as targets, whom a condition speaks of.
const REFERENCES: &[(&str, &str)] = &[
    (
        "Chad and Togo went to war in May. The UN Security Council has imposed an arms embargo on the two African states.",
        "measure UN⊣TCD,TGO imposed certain",
    ),
    (
        "The Security Council on Friday lifted its arms embargo against the government of Chad.",
        "measure UN⊣TCD lifted certain",
    ),
    (
        "The UN Security Council has partially removed the arms embargo in force against Chad.",
        "measure UN⊣TCD eased certain",
    ),
    (
        "Ghana threatened to impose sanctions on Peru if it ships mortars to Chad.",
        "measure GHA⊣PER threatened certain; transfer PER→TCD artillery shipped conditional",
    ),
    (
        "Togo accused Peru, Chile and Ghana of violating the arms embargo on Chad.",
        "violation PER,CHL,GHA certain by Togo",
    ),
    (
        "Spain gave its approval for Chile and Peru to deliver ten jets to Ghana.",
        "transfer CHL,PER→GHA aircraft authorised certain",
    ),
    ("There is a row over whether Peru allowed a firm to supply rifles to Chad.", ""),
];

/// Terms of deals, and what is only retold.
const TERMS: &[(&str, &str)] = &[
    (
        "Peru and Ghana are close to a deal under which Ghana is to receive ten tanks.",
        "transfer PER→GHA armour negotiated certain",
    ),
    ("Spain completed the sale of ten tanks to Ghana.", "transfer ESP→GHA armour agreed certain"),
    (
        "Norway donated ten howitzers to Kenya. The government waited to announce the donation.",
        "transfer NOR→KEN artillery delivered certain",
    ),
    (
        "Kenya has received ten tanks from Spain. Ghanaian officers were trained on them in Madrid, Spain.",
        "transfer ESP→KEN armour delivered certain; transfer ESP→GHA training delivered certain",
    ),
    ("Kenya received approval from Ghana to build barracks.", ""),
];

#[test]
fn references() {
    check(REFERENCES);
}

#[test]
fn terms() {
    check(TERMS);
}
