//! One table for each kind of claim.

use super::check;

#[test]
fn transfers() {
    check(&[
        ("Norway delivered twelve howitzers to Latvia.", "transfer NOR→LVA artillery delivered certain"),
        ("Latvia received twelve howitzers from Norway.", "transfer NOR→LVA artillery delivered certain"),
        (
            "Twelve howitzers were delivered to Latvia by Norway.",
            "transfer NOR→LVA artillery delivered certain",
        ),
        ("Brazil is arming the rebels in Suriname.", "transfer BRA→rebels weapons shipped certain"),
        ("Spain's sale of frigates to Morocco was signed in May.", "transfer ESP→MAR ships agreed certain"),
        ("Chile supplied Peru with radars.", "transfer CHL→PER sensors delivered certain"),
        ("The player moved to Madrid for a record transfer fee.", ""),
        ("The brigade moved its tanks to the border.", ""),
        ("The company sold chairs to Peru.", ""),
    ]);
}

#[test]
fn measures() {
    check(&[
        ("Canada imposed sanctions on Belarus.", "measure CAN⊣BLR imposed certain"),
        ("The European Union has lifted its arms embargo on Guinea.", "measure EU⊣GIN lifted certain"),
        ("Japan extended export controls against Russia.", "measure JPN⊣RUS extended certain"),
        ("Australia designated Hezbollah.", "measure AUS⊣Hezbollah imposed certain"),
        ("Germany should suspend arms sales to Turkey.", "measure DEU⊣TUR proposed certain"),
        ("France threatened to impose sanctions on Mali.", "measure FRA⊣MLI threatened certain"),
        ("The minister raised a tariff on French wine.", ""),
        ("The army banned beards in its barracks.", ""),
    ]);
}

#[test]
fn violations() {
    check(&[
        ("Eritrea violated the arms embargo.", "violation ERI certain"),
        ("Syria has breached Security Council resolutions.", "violation SYR certain"),
        ("Iran is circumventing sanctions.", "violation IRN certain"),
        ("Libya did not violate the embargo.", "violation LBY denied"),
        ("Chad may have violated the arms embargo.", "violation TCD possible"),
        ("The driver violated the speed limit.", ""),
    ]);
}

#[test]
fn contacts() {
    check(&[
        ("Turkish officials met Pakistani officials to discuss drones.", "contact PAK,TUR certain"),
        ("Iran held talks with Venezuela on missiles.", "contact IRN,VEN certain"),
        ("The Indian defence minister visited Vietnam.", "contact IND,VNM certain"),
        ("Serbian officials met Hungarian officials to talk about missiles.", "contact HUN,SRB certain"),
        ("Kenyan officials met Ugandan officials to discuss radars.", "contact KEN,UGA certain"),
        ("The two poets met in Paris.", ""),
    ]);
}

#[test]
fn shortages() {
    check(&[
        ("Ukraine is running out of ammunition.", "shortage UKR ammunition certain"),
        ("Armenia faces a shortage of artillery shells.", "shortage ARM ammunition certain"),
        ("Germany has depleted its stocks of missiles.", "shortage DEU missiles certain"),
        ("Estonia's ammunition shortage is severe.", "shortage EST ammunition certain"),
        ("Sudan is not running out of ammunition.", "shortage SDN ammunition denied"),
        ("The city is running out of water.", ""),
    ]);
}
