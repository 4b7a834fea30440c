//! News in brief: one long sentence in the present tense, with who says so and what came before.

use super::check;

/// Ships that are stopped, and what they carried.
const VOYAGES: &[(&str, &str)] = &[
    (
        "The Chilean navy stops a freighter off Arica carrying mortars that had been sent from Peru and were destined for Bolivia.",
        "transfer PER→BOL artillery intercepted certain",
    ),
    (
        "Peru seizes a trawler, the Santa Rita, with a consignment of rifles that was being smuggled from Chile to Bolivia.",
        "transfer CHL→BOL small_arms intercepted certain",
    ),
    (
        "Omani coast guards intercept a boat loaded with mortars; officials say that the vessel came from Kenya.",
        "transfer KEN→ artillery intercepted certain",
    ),
];

/// Who breaks an embargo is never who says so; who calls the evidence false denies.
const BREACHES: &[(&str, &str)] = &[
    (
        "Ghana accuses Togo of arming the Chadian rebels. Togo says that the evidence is fabricated.",
        "transfer TGO→Chadian rebels weapons delivered certain by Ghana; transfer TGO→Chadian rebels weapons delivered denied by Togo",
    ),
    (
        "Ghana accuses Togo of having sold radios, night-vision goggles and mortars to Chad in breach of UN sanctions.",
        "transfer TGO→TCD artillery,sensors delivered certain by Ghana; violation TGO certain by Ghana",
    ),
    (
        "Togo admits having parachuted rifles to rebels in Chad. Ghana describes the drop as a violation of the UN arms embargo.",
        "transfer TGO→rebels small_arms delivered certain by Togo; violation TGO certain by Ghana",
    ),
];

/// Verbs that the parser takes for nouns, and words that only sound like a wish.
const VERBS: &[(&str, &str)] = &[
    (
        "The Malian administration notifies parliament of plans to sell rifles to Togo.",
        "transfer MLI→TGO small_arms authorised certain",
    ),
    (
        "Ghanaian media report that Togo has sold mortars to Chad.",
        "transfer TGO→TCD artillery delivered certain by Ghanaian media",
    ),
    ("Togo insists that the mortars were sold to Chad.", "transfer →TCD artillery delivered certain by Togo"),
    (
        "Kenya and Oman sign an agreement under which Kenya is to receive ten tanks.",
        "transfer OMN→KEN armour agreed certain",
    ),
];

/// Sides that hang where the parser does not look for them.
const SIDES: &[(&str, &str)] = &[
    (
        "Ghana offers Togo a loan of two billion dollars to buy tanks.",
        "transfer GHA→TGO armour offered certain",
    ),
    (
        "The Kenyan defence minister arrives in Muscat for talks about the purchase of ten tanks.",
        "transfer OMN→KEN armour negotiated certain",
    ),
    (
        "Ghana and Togo suspend new approvals of weapons exports to Chad.",
        "transfer GHA,TGO→TCD weapons halted certain",
    ),
    (
        "The president of Ghana confirms in a letter to the speaker that Ghana will sell Kenya mortars.",
        "transfer GHA→KEN artillery agreed certain by president of Ghana",
    ),
    (
        "Peru seizes mortars that the army says Chile was sending to Bolivia.",
        "transfer CHL→BOL artillery intercepted certain",
    ),
    (
        "Ghana says that Togo will no longer arm the Chadian rebels.",
        "transfer TGO→Chadian rebels weapons halted certain by Ghana",
    ),
];

/// Resolutions that are vetoed, and what is only asked.
const VETOES: &[(&str, &str)] = &[(
    "Oman vetoes a UN Security Council resolution that would have imposed an arms embargo on Chad.",
    "measure UN⊣TCD blocked certain",
)];

/// Decrees and resolutions that are in force.
const DECREES: &[(&str, &str)] = &[
    ("The UN Security Council votes to tighten sanctions on Eritrea.", "measure UN⊣ERI extended certain"),
    (
        "The president of Ghana signs a law that bans all Chadian arms exports.",
        "measure GHA⊣TCD imposed certain",
    ),
    (
        "The president of Ghana signs a decree banning the delivery of tanks to Togo.",
        "measure GHA⊣TGO imposed certain",
    ),
    (
        "The UN Security Council extends an arms embargo on the Kidal region of Mali.",
        "measure UN⊣MLI extended certain",
    ),
];

#[test]
fn voyages() {
    check(VOYAGES);
}

#[test]
fn breaches() {
    check(BREACHES);
}

#[test]
fn verbs() {
    check(VERBS);
}

#[test]
fn decrees() {
    check(DECREES);
}

#[test]
fn sides() {
    check(SIDES);
}

#[test]
fn vetoes() {
    check(VETOES);
}
