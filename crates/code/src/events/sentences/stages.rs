//! One table for each stage of a transfer.

use super::check;

#[test]
fn sought() {
    check(&[
        ("Estonia asked Germany for howitzers.", "transfer DEU→EST artillery sought certain"),
        ("Qatar wants to buy fighter jets from France.", "transfer FRA→QAT aircraft sought certain"),
        ("Sudan is looking to buy drones from Turkey.", "transfer TUR→SDN drones sought certain"),
        ("Kyiv urged Berlin to send tanks to Ukraine.", "transfer DEU→UKR armour sought certain"),
        ("Peru plans to buy submarines from Germany.", "transfer DEU→PER ships sought certain"),
        ("Chad turned to Turkey for drones.", "transfer TUR→TCD drones sought certain"),
    ]);
}

#[test]
fn offered() {
    check(&[
        ("Sweden offered to supply Gripen fighters to Ukraine.", "transfer SWE→UKR aircraft offered certain"),
        ("Iran plans to send missiles to Russia.", "transfer IRN→RUS missiles offered certain"),
        (
            "Italy is considering sending air defence systems to Ukraine.",
            "transfer ITA→UKR air_defence offered certain",
        ),
        ("China is willing to sell drones to Niger.", "transfer CHN→NER drones offered certain"),
        ("Israel tried to sell rifles to Myanmar.", "transfer ISR→MMR small_arms offered certain"),
        ("Spain is prepared to supply ammunition to Ukraine.", "transfer ESP→UKR ammunition offered certain"),
    ]);
}

#[test]
fn negotiated() {
    check(&[
        (
            "Egypt is negotiating the purchase of drones from China.",
            "transfer CHN→EGY drones negotiated certain",
        ),
        ("Norway is in talks to buy tanks from Germany.", "transfer DEU→NOR armour negotiated certain"),
        (
            "Iraq is negotiating to buy helicopters from France.",
            "transfer FRA→IRQ aircraft negotiated certain",
        ),
        ("Oman is nearing a deal to buy frigates from Italy.", "transfer ITA→OMN ships negotiated certain"),
        (
            "Kenya is discussing the purchase of radars from Israel.",
            "transfer ISR→KEN sensors negotiated certain",
        ),
    ]);
}

#[test]
fn agreed() {
    check(&[
        ("Greece agreed to buy frigates from France.", "transfer FRA→GRC ships agreed certain"),
        (
            "Poland signed a contract to buy howitzers from South Korea.",
            "transfer KOR→POL artillery agreed certain",
        ),
        ("Thailand will buy submarines from China.", "transfer CHN→THA ships agreed certain"),
        ("Serbia is buying drones from China.", "transfer CHN→SRB drones agreed certain"),
        ("Kuwait ordered helicopters from the United States.", "transfer USA→KWT aircraft agreed certain"),
        (
            "Malaysia signed an agreement on the purchase of missiles from Turkey.",
            "transfer TUR→MYS missiles agreed certain",
        ),
    ]);
}

#[test]
fn authorised() {
    check(&[
        (
            "Washington approved the sale of missiles to Finland.",
            "transfer USA→FIN missiles authorised certain",
        ),
        ("Portugal pledged armoured vehicles to Ukraine.", "transfer PRT→UKR armour authorised certain"),
        (
            "Canada announced a package of ammunition for Ukraine.",
            "transfer CAN→UKR ammunition authorised certain by Canada",
        ),
        (
            "Germany granted an export licence for submarines to Israel.",
            "transfer DEU→ISR ships authorised certain",
        ),
        (
            "The Netherlands authorised the export of radars to Egypt.",
            "transfer NLD→EGY sensors authorised certain",
        ),
        ("Denmark will send howitzers to Ukraine.", "transfer DNK→UKR artillery authorised certain"),
    ]);
}

#[test]
fn shipped() {
    check(&[
        ("Russia is shipping tanks to Mali.", "transfer RUS→MLI armour shipped certain"),
        ("Turkey has begun delivering drones to Kuwait.", "transfer TUR→KWT drones shipped certain"),
        (
            "Iran continues to supply missiles to Hezbollah.",
            "transfer IRN→Hezbollah missiles shipped certain",
        ),
        ("Bulgaria exported ammunition to Ukraine.", "transfer BGR→UKR ammunition shipped certain"),
        ("Belarus sends radars to Armenia.", "transfer BLR→ARM sensors shipped certain"),
    ]);
}

#[test]
fn delivered() {
    check(&[
        ("Japan provided patrol boats to Vietnam.", "transfer JPN→VNM ships delivered certain"),
        (
            "Nigeria has received attack helicopters from Russia.",
            "transfer RUS→NGA aircraft delivered certain",
        ),
        ("Croatia bought fighter jets from France.", "transfer FRA→HRV aircraft delivered certain"),
        ("Slovakia gave Ukraine howitzers.", "transfer SVK→UKR artillery delivered certain"),
        (
            "Rifles supplied by Belgium to Mexico were sold on.",
            "transfer BEL→MEX small_arms delivered certain",
        ),
        ("Mexico has not received any rifles from Belgium.", "transfer BEL→MEX small_arms delivered denied"),
    ]);
}

#[test]
fn used() {
    check(&[
        ("Russia has used Iranian drones in the war.", "transfer IRN→RUS drones used certain"),
        ("Ethiopia is using Turkish drones.", "transfer TUR→ETH drones used certain"),
        ("The Houthis fired Iranian missiles at the port.", "transfer IRN→Houthis missiles used certain"),
        ("Iranian drones were used by Russia in the attack.", "transfer IRN→RUS drones used certain"),
        ("Hamas fired Iranian-made rockets at the town.", "transfer IRN→Hamas ammunition used certain"),
        ("Russia has used Russian drones in the war.", ""),
    ]);
}

#[test]
fn halted() {
    check(&[
        ("Norway suspended arms sales to Turkey.", "transfer NOR→TUR weapons halted certain"),
        ("Belgium refused to sell ammunition to Saudi Arabia.", "transfer BEL→SAU ammunition halted certain"),
        (
            "The United States paused the delivery of bombs to Israel.",
            "transfer USA→ISR ammunition halted certain",
        ),
        ("Spain cancelled the sale of missiles to Israel.", "transfer ESP→ISR missiles halted certain"),
        ("Canada halted exports of drones to Turkey.", "transfer CAN→TUR drones halted certain"),
        ("Italy has not suspended arms sales to Egypt.", "transfer ITA→EGY weapons halted denied"),
    ]);
}

#[test]
fn intercepted() {
    check(&[
        ("Nigeria seized a shipment of rifles from Turkey.", "transfer TUR→ small_arms intercepted certain"),
        (
            "The navy intercepted Iranian missiles bound for Yemen.",
            "transfer IRN→YEM missiles intercepted certain",
        ),
        ("Greek police confiscated ammunition.", "transfer → ammunition intercepted certain"),
        ("A cargo of Iranian rockets was seized by Israel.", "transfer IRN→ ammunition intercepted certain"),
        ("Panama impounded missiles from Cuba.", "transfer CUB→ missiles intercepted certain"),
    ]);
}

#[test]
fn unstated() {
    check(&[
        (
            "Critics spoke about British arms sales to Saudi Arabia.",
            "transfer GBR→SAU weapons unstated certain",
        ),
        ("The arms trade between Russia and India is old.", ""),
        (
            "The report describes Chinese arms sales to Sudan.",
            "transfer CHN→SDN weapons unstated certain by The report",
        ),
        ("The film is about an Israeli arms deal with Chile.", "transfer ISR→CHL weapons unstated certain"),
        ("A debate on French arms sales to Egypt was held.", "transfer FRA→EGY weapons unstated certain"),
    ]);
}
