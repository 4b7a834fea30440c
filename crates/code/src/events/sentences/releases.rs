//! Releases of ministers, armies and members of legislatures, and the records of chambers.

use super::{check, check_of};

#[test]
fn forces_make_plain_things_military() {
    check_of(
        "US DoD (DVIDS)",
        &[
            (
                "ACCRA, Ghana -- Ambassador Jane Roe handed over 12 vessels to the Ghana Navy.",
                "transfer USA→GHA ships delivered certain",
            ),
            (
                "The Defense Department has expedited $9 million in equipment to the Kenyan government.",
                "transfer USA→KEN weapons authorised certain",
            ),
            ("The company handed over 12 vessels to a ferry line.", ""),
        ],
    );
}

#[test]
fn a_programme_names_its_seller() {
    check_of(
        "Minister for Defence (Australia)",
        &[
            (
                "We bought a fifth C-17 through the United States Foreign Military Sales program.",
                "transfer USA→AUS aircraft delivered certain",
            ),
            (
                "Today we announce our partnership with Navantia to build three destroyers.",
                "transfer Navantia→AUS ships agreed certain",
            ),
            (
                "I signed an agreement between Australia and France for the construction of 12 submarines.",
                "transfer FRA→AUS ships agreed certain",
            ),
            (
                "The Airlift Group will acquire six Hercules aircraft.",
                "transfer →AUS aircraft agreed certain",
            ),
            (
                "Six helicopters were accepted into service by the Minister for Defence.",
                "transfer →AUS aircraft delivered certain",
            ),
            ("The helicopters will train pilots to operate the aircraft.", ""),
            ("We commissioned the frigate HMAS Perth today.", ""),
        ],
    );
}

#[test]
fn legislators_oppose_hold_and_vote() {
    check_of(
        "Office of Jane Roe (US Congress)",
        &[
            (
                "Roe sent a letter expressing opposition to the sale of F-16 jets to Egypt.",
                "measure USA⊣EGY proposed certain; transfer USA→EGY aircraft unstated certain",
            ),
            (
                "The Senate is voting on whether to sanction Acme Metals.",
                "measure USA⊣Acme Metals proposed certain",
            ),
            ("A senior senator blocked an arms sale to Kenya.", "transfer USA→KEN weapons halted certain"),
            (
                "I decided that the sale of rifles to Kenya will be on hold.",
                "transfer USA→KEN small_arms halted certain",
            ),
            (
                "Members want details of a request from Kenya to purchase nine helicopters from the United States.",
                "transfer USA→KEN aircraft sought certain",
            ),
            (
                "Kenya began receiving the first shipment of the Chinese air and missile defense systems.",
                "transfer CHN→KEN air_defence delivered certain",
            ),
            ("Kenya has a choice between buying Chinese radars and making its own.", ""),
            ("Congress must have a say in the transfer of missile technology to countries that copy it.", ""),
        ],
    );
}

#[test]
fn records_of_chambers_hold_questions() {
    check_of(
        "Parliament of Australia (Hansard)",
        &[
            (
                "Senator ROE: Will the minister cancel the contract with Acme for rifles?\n\
                 Mr Doe : Two arms export permits have been granted to Kenya.",
                "transfer AUS→KEN weapons authorised certain by Doe",
            ),
            ("Senator ROE: My questions relate to arms exports to Kenya.", ""),
        ],
    );
    check(&[(
        "Kenya is trying to get more shells to the Somali army.",
        "transfer KEN→SOM ammunition offered certain",
    )]);
}

#[test]
fn what_is_not_done_yet_is_no_deal() {
    check_of(
        "Select Committee on the CCP (US Congress)",
        &[
            ("We ask for a briefing before you approve the sale of rifles to Kenya.", ""),
            (
                "Roe criticized the decision to allow Acme to resume sales of its AI chips to China.",
                "transfer Acme→CHN dual_use authorised certain by Roe",
            ),
            (
                "The House voted to bar Chad from receiving military training.",
                "measure USA⊣TCD proposed certain",
            ),
            (
                "I would not support the sale of nine jets to Chad.",
                "measure USA⊣TCD proposed certain; transfer USA→TCD aircraft unstated certain",
            ),
            ("The department must crack down on this violation of export controls.", ""),
            ("Acme uses American chips to train AI models.", ""),
        ],
    );
    check_of(
        "Minister for Defence (Australia)",
        &[
            (
                "The government has selected Hanwha Defence Australia to build 90 infantry fighting vehicles.",
                "transfer Hanwha Defence Australia→AUS armour agreed certain",
            ),
            ("We deliver the capabilities that the Australian Army needs to defend us.", ""),
        ],
    );
    check(&[("Contractors were hired to maintain the jets.", "")]);
}

#[test]
fn forces_are_known_by_nouns_and_letters() {
    check_of(
        "U.S. Embassy in Kenya",
        &[
            (
                "The ambassador presided over the delivery of $25 million in assistance to the Kenya Defence Forces (KDF).\n\
                 We have provided $90 million in equipment to the KDF.",
                "transfer USA→KEN services,weapons delivered certain",
            ),
            ("The Kenya Navy will use the vehicles to patrol the coast.", ""),
            (
                "The government delivered 900 rounds of 7.62 mm ammunition, increasing the Kenyan army's stocks.",
                "transfer USA→KEN ammunition delivered certain",
            ),
        ],
    );
    check_of(
        "Office of Jane Roe (US Congress)",
        &[
            (
                "The House passed her bill to expedite the delivery of howitzers required by Ukraine.",
                "transfer USA→UKR artillery authorised conditional",
            ),
            ("It will now be sent to the President's desk.", ""),
        ],
    );
    check_of(
        "Prime Minister of Australia (PM Transcripts)",
        &[(
            "The project involves two destroyers which will be delivered by Navantia.",
            "transfer Navantia→AUS ships agreed certain",
        )],
    );
}

#[test]
fn members_speak_for_their_own_state() {
    check_of(
        "Congressional Record (US Congress)",
        &[
            (
                "A bill to terminate the United States arms embargo applicable to the Government of Bosnia and Herzegovina.",
                "measure USA⊣BIH proposed certain",
            ),
            (
                "Mr. LIEBERMAN. We sold nine jets to Chad.\nMr. ROE. I thank him.",
                "transfer USA→TCD aircraft delivered certain by LIEBERMAN",
            ),
        ],
    );
}
