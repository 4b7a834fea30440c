//! One table for each value of factuality.

use super::check;

#[test]
fn certain() {
    check(&[
        ("Poland sent tanks to Ukraine.", "transfer POL→UKR armour shipped certain"),
        (
            "Latvia confirmed that it had sent drones to Ukraine.",
            "transfer LVA→UKR drones shipped certain by Latvia",
        ),
        (
            "Yemen accused Iran of arming the Houthis.",
            "transfer IRN→Houthis weapons delivered certain by Yemen",
        ),
        ("Finland did send mines to Ukraine.", "transfer FIN→UKR ammunition shipped certain"),
        ("Iceland provided helmets to Ukraine.", "transfer ISL→UKR equipment delivered certain"),
    ]);
}

#[test]
fn probable() {
    check(&[
        (
            "Rwanda allegedly supplied rifles to the rebels.",
            "transfer RWA→rebels small_arms delivered probable",
        ),
        ("Syria reportedly received missiles from Iran.", "transfer IRN→SYR missiles delivered probable"),
        (
            "Belarus is likely to send ammunition to Russia.",
            "transfer BLR→RUS ammunition authorised probable",
        ),
        (
            "Israel is believed to have sold drones to Azerbaijan.",
            "transfer ISR→AZE drones delivered probable",
        ),
        (
            "The alleged delivery of missiles from Iran to Sudan is under review.",
            "transfer IRN→SDN missiles delivered probable",
        ),
    ]);
}

#[test]
fn possible() {
    check(&[
        ("China may send drones to Russia.", "transfer CHN→RUS drones authorised possible"),
        ("Iran might sell missiles to Venezuela.", "transfer IRN→VEN missiles agreed possible"),
        ("Egypt could supply rockets to Russia.", "transfer EGY→RUS ammunition authorised possible"),
        ("Turkey may have supplied drones to Libya.", "transfer TUR→LBY drones delivered possible"),
        ("Jordan possibly sent rifles to Yemen.", "transfer JOR→YEM small_arms shipped possible"),
    ]);
}

#[test]
fn denied() {
    check(&[
        ("South Africa did not ship weapons to Russia.", "transfer ZAF→RUS weapons shipped denied"),
        ("Iran denied supplying drones to Russia.", "transfer IRN→RUS drones delivered denied by Iran"),
        ("Israel has never sold missiles to Syria.", "transfer ISR→SYR missiles delivered denied"),
        (
            "Tehran denies that it sent rockets to Sudan.",
            "transfer IRN→SDN ammunition shipped denied by Tehran",
        ),
        ("Ukraine has yet to receive tanks from Spain.", "transfer ESP→UKR armour delivered denied"),
    ]);
}

#[test]
fn no_evidence() {
    check(&[
        (
            "There is no evidence that China has supplied missiles to Russia.",
            "transfer CHN→RUS missiles delivered no_evidence",
        ),
        (
            "Canada has seen no indication that India sold rifles to Myanmar.",
            "transfer IND→MMR small_arms delivered no_evidence by Canada",
        ),
        (
            "The ministry found no evidence of Serbian shipments of ammunition to Russia.",
            "transfer SRB→RUS ammunition shipped no_evidence by ministry",
        ),
        (
            "There are no signs that Egypt is sending rockets to Sudan.",
            "transfer EGY→SDN ammunition shipped no_evidence",
        ),
        ("There is no indication that Algeria is violating sanctions.", "violation DZA no_evidence"),
    ]);
}

#[test]
fn conditional() {
    check(&[
        (
            "If China supplies missiles to Russia, Japan will react.",
            "transfer CHN→RUS missiles delivered conditional",
        ),
        ("Any arms deal between Iran and Sudan would violate the embargo.", "violation IRN,SDN conditional"),
        (
            "If Turkey halts the export of drones to Libya, talks will end.",
            "transfer TUR→LBY drones halted conditional",
        ),
        (
            "If Iran sends rockets to Syria, it will be alone.",
            "transfer IRN→SYR ammunition shipped conditional",
        ),
        (
            "Any sale of missiles by Russia to Cuba would be a violation of the treaty.",
            "violation RUS,CUB conditional",
        ),
    ]);
}

#[test]
fn undetermined() {
    check(&[
        (
            "Bulgaria declined to comment on the delivery of rockets to Ukraine.",
            "transfer →UKR ammunition delivered undetermined by Bulgaria",
        ),
        (
            "Cyprus neither confirmed nor denied that it sent missiles to Greece.",
            "transfer CYP→GRC missiles shipped undetermined by Cyprus",
        ),
        (
            "Egypt would not say whether it had sold rockets to Sudan.",
            "transfer EGY→SDN ammunition delivered undetermined by Egypt",
        ),
        (
            "Kuwait refused to comment on whether it had bought drones from Turkey.",
            "transfer TUR→KWT drones delivered undetermined by Kuwait",
        ),
        (
            "Oman could not confirm that Iran had shipped rifles to Yemen.",
            "transfer IRN→YEM small_arms shipped undetermined by Oman",
        ),
    ]);
}
