//! Releases of legislators: bills, letters, what must be certified, parties that are only a class.

use super::{check, check_of};

const OFFICE: &str = "Office of Jane Roe (US Congress, www.roe.senate.gov)";

#[test]
fn classes_are_no_parties() {
    check(&[
        ("Norway sells missiles to countries that respect the law.", ""),
        ("Foreign governments have bought Swedish radars for years.", ""),
        ("Any firm that smuggles arms into Chad is beyond our reach.", ""),
    ]);
    check_of(
        OFFICE,
        &[(
            "The bill would impose sanctions on any person that sells arms to Eritrea.",
            "measure USA⊣ERI proposed certain",
        )],
    );
}

#[test]
fn wishes_reach_down() {
    check_of(
        OFFICE,
        &[
            (
                "We urge you to use every available authority to expedite the delivery of rifles to Kenya.",
                "transfer USA→KEN small_arms sought certain",
            ),
            (
                "Roe asked that the Secretary take action to delay the delivery of tanks to Oman.",
                "measure USA⊣OMN proposed certain; transfer USA→OMN armour unstated certain",
            ),
            ("I will try to block any future sale of bombs to Oman.", "measure USA⊣OMN proposed certain"),
            (
                "We condemn the decision to deny Poland the option to send jets to Georgia.",
                "transfer POL→GEO aircraft halted certain",
            ),
        ],
    );
}

#[test]
fn what_must_be_certified_is_not_said() {
    check_of(
        OFFICE,
        &[(
            "The bill would pause arms sales to Oman until the Secretary can certify that Oman is not arming rebels in Chad.",
            "measure USA⊣OMN proposed certain",
        )],
    );
}

#[test]
fn controls_without_a_state() {
    check_of(
        OFFICE,
        &[(
            "Senator Roe introduced a bill to restrict the use and export of cluster munitions.",
            "measure USA⊣ proposed certain",
        )],
    );
    check(&[(
        "The Navy of Norway has awarded Navantia (NAV) a contract for four frigates.",
        "transfer Navantia→NOR ships agreed certain",
    )]);
}

#[test]
fn calls_and_lists() {
    check_of(
        OFFICE,
        &[
            (
                "It is crucial that your Administration provide Kenya with howitzers.",
                "transfer USA→KEN artillery sought certain",
            ),
            (
                "Senator Roe called on President Biden to provide rifles, armored vehicles and ammunition to Kenya.",
                "transfer USA→KEN ammunition,armour,small_arms sought certain",
            ),
            (
                "We urge you to hold off on the sale of jets to Oman.",
                "measure USA⊣OMN proposed certain; transfer USA→OMN aircraft unstated certain",
            ),
            (
                "The last administration put the sale of jets to Oman on hold.",
                "transfer USA→OMN aircraft halted certain",
            ),
            (
                "We ask that you place Orion Ltd. on the Entity List.",
                "measure USA⊣Orion Ltd. proposed certain",
            ),
        ],
    );
}
