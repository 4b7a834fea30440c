//! Reports of agencies: a headline, a lead, and what stands behind it.

use super::check;

/// What a headline says again in other words is told once.
const HEADLINES: &[(&str, &str)] = &[
    (
        "# Ghana halts some rifle sales to Chad\nGhana's defence minister said that the country had suspended shipments of rifles to Chad.",
        "transfer GHA→TCD small_arms halted certain by Ghana's defence minister",
    ),
    (
        "# Peru bans sales of mortars to Chad\nPeru on Friday suspended exports of mortars to Chad.",
        "transfer PER→TCD artillery halted certain",
    ),
    (
        "# Kenya buys ten Spanish tanks\nOfficials would not say when the crews would be trained.",
        "transfer ESP→KEN armour agreed certain",
    ),
];

/// Loads that are stopped, and whence and whither they went.
const LOADS: &[(&str, &str)] = &[
    (
        "Police in Lima say they have seized a large shipment of rifles from Chile destined for Bolivia.",
        "transfer CHL→BOL small_arms intercepted certain by Police",
    ),
    (
        "Kenya's interior ministry announced the seizure of a mortar shipment en route to Somalia.",
        "transfer →SOM artillery intercepted certain by Kenya's interior ministry",
    ),
    (
        "Customs officers seized fifty rifles that were being smuggled into the country from Peru.",
        "transfer PER→ small_arms intercepted certain",
    ),
    (
        "The navy seized a freighter carrying a consignment of mortars to Togo.",
        "transfer →TGO artillery intercepted certain",
    ),
    (
        "Kenya's police thwarted an attempt to smuggle rifles into Somalia.",
        "transfer →SOM small_arms intercepted certain",
    ),
    (
        "Chadian warplanes strike a shipment of Libyan mortars near the border.",
        "transfer LBY→ artillery intercepted certain",
    ),
    ("Fighters of Boko Haram, who seized tanks when they took the town, were driven out on Monday.", ""),
    (
        "Hezbollah smuggled Kornet missiles from Syria into Lebanon.",
        "transfer SYR→Hezbollah missiles shipped certain",
    ),
];

/// Who sells where two states sign, who asks for leave, whose claim is denied.
const SIDES: &[(&str, &str)] = &[
    (
        "Russia has signed contracts with Chad for ten helicopters.",
        "transfer RUS→TCD aircraft agreed certain",
    ),
    (
        "Ghana signs a contract with Togo for the sale of four corvettes.",
        "transfer GHA→TGO ships agreed certain",
    ),
    (
        "The Swiss government has vetoed a request from Denmark to send 20 armoured vehicles to Kenya.",
        "transfer DNK→KEN armour halted certain",
    ),
    (
        "Spain is considering a request by Ghana to buy twelve helicopters.",
        "transfer ESP→GHA aircraft sought certain",
    ),
    (
        "Togo denies Ghanaian claims that it has shipped mortars to Chad.",
        "transfer TGO→TCD artillery shipped denied by Togo; transfer TGO→TCD artillery shipped certain by Ghanaian",
    ),
    (
        "Ghana receives the first of the Saab jets that it ordered from Sweden.",
        "transfer SWE→GHA aircraft delivered certain; transfer SWE→GHA aircraft agreed certain",
    ),
    (
        "Kenya agrees to sell ten tanks to Ghana, which has supplied similar systems to Chad.",
        "transfer KEN→GHA armour agreed certain; transfer GHA→TCD armour delivered certain",
    ),
    (
        "Kenya's navy said the delivery of the second of three Spanish frigates has been completed.",
        "transfer ESP→KEN ships delivered certain by Kenya's navy",
    ),
];

/// Votes and plans to stop, plans that are dropped.
const VOTES: &[(&str, &str)] = &[
    (
        "The United States Senate has voted to block the sale of bombs to Chad.",
        "measure USA⊣TCD proposed certain; transfer USA→TCD ammunition unstated certain",
    ),
    ("The sale of ten Spanish tanks to Chad could be vetoed by parliament.", ""),
    (
        "European Union foreign ministers shelved plans to lift an arms embargo on Chad.",
        "measure EU⊣TCD lifted denied",
    ),
    (
        "The boats are the first delivery of a deal under which Spain is to provide Kenya with six patrol boats.",
        "transfer ESP→KEN ships agreed certain",
    ),
];

const GIVERS: &[(&str, &str)] = &[
    (
        "Kenya has received three helicopters in Spanish military assistance.",
        "transfer ESP→KEN aircraft delivered certain",
    ),
    (
        "Kenya has received large numbers of rifles in secret shipments from Chad.",
        "transfer TCD→KEN small_arms delivered certain",
    ),
    (
        "Spain and Italy have announced that they are halting arms exports to Kenya.",
        "transfer ESP,ITA→KEN weapons halted certain by Spain and Italy",
    ),
];

#[test]
fn headlines() {
    check(HEADLINES);
}

#[test]
fn loads() {
    check(LOADS);
}

#[test]
fn sides_in_reports() {
    check(SIDES);
}

#[test]
fn votes() {
    check(VOTES);
}

#[test]
fn givers() {
    check(GIVERS);
}
