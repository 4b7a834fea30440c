//! Releases of governments: penalties and what they are for, tools, policies, drawdowns.

use super::{check, check_of};

const STATE: &str = "U.S. Department of State";

#[test]
fn penalties_and_what_they_are_for() {
    check_of(
        STATE,
        &[
            (
                "The United States sanctioned Kestrel Trading for shipping rockets to Yemen.",
                "measure USA⊣Kestrel Trading imposed certain; transfer Kestrel Trading→YEM ammunition shipped certain",
            ),
            (
                "The United States imposed sanctions on the Teal Group pursuant to the Iran, North Korea, and Syria Nonproliferation Act.",
                "measure USA⊣Teal Group imposed certain",
            ),
            (
                "The Department imposed restrictions on seven Iranian drone producers.",
                "measure USA⊣seven Iranian drone producers imposed certain",
            ),
            (
                "We have imposed severe sanctions on Belarus's economy and its elite.",
                "measure USA⊣its elite,BLR imposed certain",
            ),
        ],
    );
}

#[test]
fn tools_and_powers_are_no_deals() {
    check_of(
        STATE,
        &[
            ("We will use our tools to disrupt the flow of weapons into Sudan.", ""),
            (
                "The order provides the United States tools to hold accountable actors who support armed groups in the region with weapons.",
                "",
            ),
            ("We will provide Chad with the rockets.", "transfer USA→TCD ammunition authorised certain"),
        ],
    );
    check(&[
        ("The man had bought the rifle legally at a store in the area.", ""),
        ("Chad has bought rifles from Turkey.", "transfer TUR→TCD small_arms delivered certain"),
    ]);
}

#[test]
fn policies_and_embargoes_that_change() {
    check_of(
        STATE,
        &[
            (
                "The policy prohibiting the sale of lethal weapons to Vietnam has been terminated.",
                "measure USA⊣VNM lifted certain",
            ),
            (
                "The President has issued an order that prohibits the sale or supply of arms to any person in Haiti.",
                "measure USA⊣HTI imposed certain",
            ),
            (
                "The Security Council decided to renew measures designed to implement the arms embargo against Libya.",
                "measure UN⊣LBY extended certain",
            ),
        ],
    );
    check_of(
        "Council of the European Union",
        &[(
            "The Council prolonged the arms embargo on Belarus for a year.",
            "measure EU⊣BLR extended certain",
        )],
    );
}

#[test]
fn drawdowns_and_what_was_used() {
    check_of(
        STATE,
        &[
            (
                "The Pentagon authorised a drawdown of up to $450 million to meet Ukraine's arms needs.",
                "transfer USA→UKR weapons authorised certain",
            ),
            (
                "Iran has been providing Russia with drones, which Russia has been using to attack Ukraine.",
                "transfer IRN→RUS drones delivered certain; transfer IRN→RUS drones used certain",
            ),
        ],
    );
}

#[test]
fn sides_of_cooperation() {
    check(&[(
        "They spoke of growing cooperation between North Korea and Russia, including missile transfers.",
        "transfer PRK→RUS missiles delivered certain",
    )]);
}
