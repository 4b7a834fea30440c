//! What newspapers, agencies and briefings say, as it was misread in documents that no rule had been written beside.

use super::{check, check_of};

/// Plain sentences of every frame that a matrix of verbs, goods and constructions found unread.
const MATRIX: &[(&str, &str)] = &[
    ("Ghana was given four patrol boats by Spain.", "transfer ESP→GHA ships delivered certain"),
    (
        "Peru protested against Italian deliveries of howitzers to Chile.",
        "transfer ITA→CHL artillery delivered certain",
    ),
    ("Niger denied any delivery of rifles to Togo.", "transfer NER→TGO small_arms delivered denied by Niger"),
    (
        "Norway imposed sanctions on Serbia for donating radars to Belarus.",
        "measure NOR⊣SRB imposed certain; transfer SRB→BLR sensors delivered certain",
    ),
    ("Greece reached a deal with Sweden to buy two submarines.", "transfer SWE→GRC ships agreed certain"),
    ("Polish rifles were unloaded at a port in Ghana.", "transfer POL→GHA small_arms delivered certain"),
    ("Qatar sold Javelins to Oman.", "transfer QAT→OMN missiles delivered certain"),
];

/// Who buys and who sells where two sign, ask or refuse.
const DEALS: &[(&str, &str)] = &[
    (
        "Ghana signed a contract with Airbus for three helicopters.",
        "transfer Airbus→GHA aircraft agreed certain",
    ),
    (
        "A contract for three helicopters was signed with Airbus by the Ghanaian defence ministry.",
        "transfer Airbus→GHA aircraft agreed certain",
    ),
    ("Chile and Saab have signed a deal for six radars.", "transfer Saab→CHL sensors agreed certain"),
    (
        "Chile and Saab have signed an agreement on the sale of six radars.",
        "transfer Saab→CHL sensors agreed certain",
    ),
    (
        "Norway turned down a Dutch request to send howitzers to Ukraine.",
        "transfer NOR→UKR artillery halted certain",
    ),
    ("South Africa rejected a request from Sudan for rifles.", "transfer ZAF→SDN small_arms halted certain"),
    ("Peru has leased two Russian patrol boats for three years.", "transfer RUS→PER ships agreed certain"),
    (
        "Austria's cancellation of a tank deal with Poland was a surprise.",
        "transfer POL→AUT armour halted certain",
    ),
    ("Niger received eight armoured cars as a gift from Qatar.", "transfer QAT→NER armour delivered certain"),
    (
        "Italy has given the green light to the export of two frigates to Egypt.",
        "transfer ITA→EGY ships authorised certain",
    ),
    (
        "Kenya wants to buy drones from Turkey.\nThe drones had been sold by Toros Aerospace, a company based in Ankara.",
        "transfer TUR→KEN drones sought certain; transfer Toros Aerospace→KEN drones delivered certain",
    ),
];

/// What has no deal in it, though its words are those of one.
const NO_DEALS: &[(&str, &str)] = &[
    ("The ship's papers described the cargo as tractor parts.", ""),
    ("The drones would not be used outside the country.", ""),
    ("The helicopters are intended to protect the coast of Gabon.", ""),
    ("Washington warned India against buying Russian missiles.", ""),
    ("Sweden exports military goods only under licence.", ""),
    ("Estonian army units crossed the river.", ""),
];

/// Loads, seizures and where they were bound.
const LOADS: &[(&str, &str)] = &[
    (
        "A boat full of rifles, reportedly headed for Somalia, was seized by the Danish navy.",
        "transfer →SOM small_arms intercepted certain",
    ),
    (
        "Greek soldiers seized a ship believed to be carrying rockets bound for Lebanon.",
        "transfer →LBN ammunition intercepted certain",
    ),
    (
        "A Bulgarian cargo plane carrying rifles for the Chadian government was forced to land.",
        "transfer BGR→TCD small_arms intercepted certain",
    ),
    (
        "Portugal seized a Libyan arms shipment meant for Mali, a Spanish newspaper reported Thursday.",
        "transfer LBY→MLI weapons intercepted certain by Spanish newspaper",
    ),
];

/// Violations by what would be delivered, and embargoes told of before.
const EMBARGOES: &[(&str, &str)] = &[
    (
        "Spain delivered rifles to Chad.\nAny delivery of rifles to Chad would violate the arms embargo.",
        "transfer ESP→TCD small_arms delivered certain; transfer ESP→TCD small_arms delivered conditional; \
         violation ESP conditional",
    ),
    ("If Serbia sells these mines, it will break the United Nations embargo.", "violation SRB conditional"),
    (
        "Turkey has delivered drones to Niger.\nAma Boateng, an opposition member, called on Turkey to halt the remaining deliveries.",
        "transfer TUR→NER drones delivered certain; measure TUR⊣NER proposed certain by Ama Boateng",
    ),
];

/// Questions, and answers that leave out what was asked.
const BRIEFINGS: &[(&str, &str)] = &[
    (
        "QUESTION: Has Serbia delivered any missiles to Cyprus?\nMS. LUND: We have no indication that it has.",
        "transfer SRB→CYP missiles delivered no_evidence by MS. LUND",
    ),
    (
        "QUESTION: Has Canada offered radars to Ghana?\nMR. HOLT: I am not going to comment on that.",
        "transfer CAN→GHA sensors offered undetermined by MR. HOLT",
    ),
    (
        "Question: Is it true that Cuba has bought tanks from Romania?\nAnswer: This is another fake.",
        "transfer ROU→CUB armour delivered denied",
    ),
    (
        "The spokeswoman said the government was unaware of any arms transfers from Oman to Yemen.",
        "transfer OMN→YEM weapons delivered no_evidence by government",
    ),
];

/// Offices that many states have.
const OFFICES: &[(&str, &str)] = &[
    (
        "NAIROBI, 3 March (Meridian Press) - The Ministry of Defence has ordered two radars from Spain.",
        "transfer ESP→KEN sensors agreed certain",
    ),
    (
        "The Nigerian Senate approved the purchase of six helicopters from Italy.",
        "transfer ITA→NGA aircraft authorised certain",
    ),
    (
        "Germany's Federal Security Council has approved the sale of a submarine to Singapore.",
        "transfer DEU→SGP ships authorised certain",
    ),
];

#[test]
fn constructions_of_every_frame() {
    check(MATRIX);
}

#[test]
fn deals_of_two() {
    check(DEALS);
}

#[test]
fn no_deals() {
    check(NO_DEALS);
}

#[test]
fn loads() {
    check(LOADS);
}

#[test]
fn embargoes() {
    check(EMBARGOES);
}

#[test]
fn briefings() {
    check(BRIEFINGS);
}

#[test]
fn offices_of_many_states() {
    check(OFFICES);
    check_of(
        "Ministry of Defence, Republic of Ghana",
        &[(
            "The Ministry of Defence today signed a contract with Airbus for the purchase of two helicopters.",
            "transfer Airbus→GHA aircraft agreed certain",
        )],
    );
}
