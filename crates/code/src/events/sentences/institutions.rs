//! Parliaments, governments that buy for themselves, contracts, sanctions by other names.

use super::{check, check_of};

#[test]
fn contracts_name_who_ordered() {
    check(&[
        (
            "Navantia has received a Norwegian Navy $90 million contract to overhaul five frigates.",
            "transfer Navantia→NOR ships agreed certain",
        ),
        (
            "Saab was awarded a contract for airborne radars, the Polish defence ministry said.",
            "transfer Saab→POL sensors agreed certain by Polish defence ministry",
        ),
    ]);
    check_of(
        "US DoD (DVIDS)",
        &[(
            "Oshkosh Defense was awarded a $70 million contract for armored vehicles.",
            "transfer Oshkosh→USA armour agreed certain",
        )],
    );
}

#[test]
fn governments_buy_for_themselves() {
    check_of(
        "Prime Minister of Australia (PM Transcripts)",
        &[
            (
                "The Australian Army will be equipped with 30 new howitzers under the project.",
                "transfer →AUS artillery agreed certain",
            ),
            (
                "The Government has chosen Navantia to supply two new support ships.",
                "transfer Navantia→AUS ships agreed certain",
            ),
            (
                "The Government will invest $900 million in new anti-ship missiles.",
                "transfer →AUS missiles agreed certain",
            ),
            ("The Government will invest in our own defence capabilities.", ""),
            (
                "Three survey ships are being bought from the Royal Danish Navy.",
                "transfer DNK→AUS ships agreed certain",
            ),
            ("Cabinet has approved the purchase of six tanks.", "transfer →AUS armour authorised certain"),
            ("Cabinet has decided to order nine howitzers.", "transfer →AUS artillery agreed certain"),
            ("Norway has offered to lend us four minehunters.", "transfer NOR→AUS ships offered certain"),
            (
                "We will provide patrol boats to Tonga.\nThe first will be handed over in May.",
                "transfer AUS→TON ships authorised certain",
            ),
            (
                "We will make available a number of rifles to Kenya.",
                "transfer AUS→KEN small_arms authorised certain",
            ),
            (
                "We have concluded an agreement with Sweden for the supply of two squadrons of fighters.\n\
                 The first will be delivered in 1967.",
                "transfer SWE→AUS aircraft agreed certain",
            ),
            (
                "If we refuse, Chad will buy missiles from Serbia.",
                "transfer SRB→TCD missiles agreed conditional",
            ),
            (
                "Contracts have been let with Orion Shipyards Ltd for the construction of ten patrol boats.",
                "transfer Orion Shipyards Ltd→AUS ships agreed certain",
            ),
            ("No uranium will be supplied to Chad.", "transfer AUS→TCD nuclear halted certain"),
            ("We have prohibited all exports to Rhodesia.", "measure AUS⊣ZWE imposed certain"),
            ("The minister was asked whether Australia would lift the embargo on Chad.", ""),
        ],
    );
}

#[test]
fn suppliers_and_customers() {
    check(&[
        ("Italy is Qatar's largest arms supplier.", "transfer ITA→QAT weapons delivered certain"),
        (
            "Belarus, one of Sudan's main weapons suppliers, rejected the criticism.",
            "transfer BLR→SDN weapons delivered certain",
        ),
        ("Algeria is the biggest buyer of Russian tanks.", "transfer RUS→DZA armour delivered certain"),
        ("Norway is not a supplier of missiles to Chad.", "transfer NOR→TCD missiles delivered denied"),
        ("Qatar is the largest supplier of gas to Italy.", ""),
    ]);
}

#[test]
fn leave_and_freezes_lifted() {
    check(&[
        (
            "Canada lifted a freeze on rifle deliveries to Kenya.",
            "transfer CAN→KEN small_arms authorised certain",
        ),
        (
            "Sweden has given its approval for the sale of radars to Peru.",
            "transfer SWE→PER sensors authorised certain",
        ),
        (
            "Spain sent arms to countries including Latvia, Kenya and Chile.",
            "transfer ESP→LVA,KEN,CHL weapons shipped certain",
        ),
    ]);
}

#[test]
fn legislatures_stop_sales() {
    check_of(
        "Office of Jane Roe (US Congress, www.roe.senate.gov)",
        &[
            (
                "Senator Roe introduced a joint resolution of disapproval today.\n\
                 The State Department approved the sale of rifles to Chad in March.",
                "measure USA⊣TCD proposed certain; transfer USA→TCD small_arms authorised certain",
            ),
            (
                "The President should cancel the proposed sale of bombs to Oman.",
                "measure USA⊣OMN proposed certain; transfer USA→OMN ammunition unstated certain",
            ),
        ],
    );
}

#[test]
fn records_of_debates() {
    check_of(
        "US Congress (Congressional Record)",
        &[
            (
                "Mr. ROE. Mr. President, we will vote on S.J. Res. 42, which would block the sale of rifles to Chad.\n\
                 Ms. DOE. Mr. President, we have sold fighter jets to Oman.",
                "measure USA⊣TCD proposed certain by Mr. ROE; transfer USA→TCD small_arms unstated certain by Mr. ROE; \
                 transfer USA→OMN aircraft delivered certain by Ms. DOE",
            ),
            ("H.R. 1300 would prohibit exports of rifles to Chad.", "measure USA⊣TCD proposed certain"),
        ],
    );
}

#[test]
fn sales_that_agencies_tell() {
    check(&[
        (
            "Peru has requested to buy nine helicopters, the Defense Security Cooperation Agency said.",
            "transfer USA→PER aircraft sought certain by Defense Security Cooperation Agency",
        ),
        (
            "The Senate turned back resolutions aimed at blocking arms sales to Oman.",
            "measure USA⊣OMN blocked certain",
        ),
        ("Denmark approved two defence exports to Peru.", "transfer DNK→PER weapons authorised certain"),
    ]);
}

#[test]
fn measures_by_other_names() {
    check(&[
        (
            "The United States froze the assets of Orion Trading Ltd.",
            "measure USA⊣Orion Trading Ltd. imposed certain",
        ),
        ("Senator Jane Roe called for sanctions on Eritrea.", "measure USA⊣ERI proposed certain by Jane Roe"),
        (
            "The Senate debated a bill that would impose sanctions on Belarus.",
            "measure USA⊣BLR proposed certain",
        ),
        ("Britain upheld the arms embargo applicable to Eritrea.", "measure GBR⊣ERI imposed certain"),
    ]);
}

#[test]
fn houses_leave_out_themselves_but_not_their_foes() {
    check_of(
        "US Department of State",
        &[
            (
                "The Wagner Group has received missiles across the border from Chad.",
                "transfer TCD→Wagner Group missiles delivered certain",
            ),
            (
                "Ruritania aside, Ghana faces pirates. We have provided patrol boats and will keep training crews.",
                "transfer USA→GHA ships delivered certain",
            ),
            (
                "Mali received six howitzers in 2019. Mali received two helicopters in 2021.",
                "transfer USA→MLI artillery delivered certain; transfer USA→MLI aircraft delivered certain",
            ),
        ],
    );
}

#[test]
fn questions_claim_nothing_by_themselves() {
    check_of(
        "US Department of State",
        &[
            (
                "QUESTION: There are reports that you approved the sale of howitzers to Chad. Is that so?\n\
                 MS ROE: I would refer you to the Pentagon.",
                "transfer USA→TCD artillery authorised undetermined by MS ROE",
            ),
            (
                "QUESTION: India is taking delivery of missiles. Any reaction?\n\
                 MS ROE: I would refer you to India.",
                "transfer →IND missiles delivered undetermined by MS ROE",
            ),
            (
                "QUESTION: Peru has bought six tanks from Spain. What will you do about hunger?\n\
                 MS ROE: We will send food.",
                "",
            ),
        ],
    );
}

#[test]
fn blame_over_laws_and_perfects() {
    check_of(
        "US Department of State",
        &[
            (
                "The network has procured dual-use components for the Iranian army.",
                "transfer →IRN dual_use delivered certain",
            ),
            (
                "Chad continues to deny that it arms the Houthis.",
                "transfer TCD→Houthis weapons delivered denied by Chad",
            ),
        ],
    );
}
