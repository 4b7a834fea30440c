//! One-sentence news: who is accused in a breath with a measure, what verbs are joined, whose share of imports it is.

use super::check;

/// Sides and stages that a second verb in the sentence tells.
const JOINED: &[(&str, &str)] = &[
    (
        "The UN Security Council imposes an arms embargo on Eritrea, accusing it of supplying mortars to rebels in Chad.",
        "measure UN⊣ERI imposed certain; transfer ERI→rebels artillery delivered certain by UN Security Council",
    ),
    (
        "The UN Security Council approves a plan to send observers to Chad and imposes an arms embargo on Niger.",
        "measure UN⊣NER imposed certain",
    ),
    (
        "Ghana concealed from the United States its purchase of Chinese missiles.",
        "transfer CHN→GHA missiles agreed certain",
    ),
    (
        "Chad faces an arms embargo from the United States and the European Union.",
        "measure USA,EU⊣TCD imposed certain",
    ),
    (
        "Peru and Chile account for most of Togo's imports of rifles.",
        "transfer PER,CHL→TGO small_arms delivered certain",
    ),
    (
        "Germany decides to supply Kurdish fighters in Iraq with rifles.",
        "transfer DEU→Kurdish fighters small_arms authorised certain",
    ),
];

/// Ships that do not arrive, and who denies a part in it.
const TURNED: &[(&str, &str)] = &[
    (
        "A ship carrying Russian tanks to Chad turns back after its insurance is cancelled.",
        "transfer RUS→TCD armour intercepted certain",
    ),
    (
        "Kenya accuses Togo of supplying mortars to Chad. Togo denies any involvement.",
        "transfer TGO→TCD artillery delivered certain by Kenya; transfer TGO→TCD artillery delivered denied by Togo",
    ),
    (
        "Kenya has supplied mortars to Chad. Ghana denies any involvement.",
        "transfer KEN→TCD artillery delivered certain",
    ),
];

#[test]
fn joined() {
    check(JOINED);
}

#[test]
fn turned() {
    check(TURNED);
}
