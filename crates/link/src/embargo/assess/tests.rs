//! Dated cases: who supplies whom with what on which day, and the embargoes touched.

use super::*;

/// `PRK>RUS` or `PRK>RUS/CHN` (via), goods apart by blanks, a day, and the identifiers of the embargoes touched, in order.
fn check(parties: &str, goods: &str, day: &str, expected: &str) {
    let register = Register::bundled().unwrap();
    let (parties_only, via) = parties.split_once('/').unwrap_or((parties, ""));
    let (supplier, recipient) = parties_only.split_once('>').unwrap();
    let one =
        |text: &str| -> Vec<String> { Some(text.to_owned()).filter(|t| !t.is_empty()).into_iter().collect() };
    let goods: Vec<Category> = goods.split_whitespace().map(|g| g.parse().unwrap()).collect();
    let (suppliers, recipients, via) = (one(supplier), one(recipient), one(via));
    let transfer = Transfer {
        suppliers: &suppliers,
        recipients: &recipients,
        via: &via,
        goods: &goods,
        stage: Some(Stage::Delivered),
        as_of: AsOf::Event(day.parse().unwrap()),
    };
    let mut got: Vec<String> = assess(&register, &transfer).into_iter().map(|t| t.embargo).collect();
    got.dedup();
    assert_eq!(got.join(" "), expected, "{parties} {goods:?} {day}");
}

#[test]
fn north_korea() {
    check("PRK>RUS", "ammunition", "2022-09-06", "un-north-korea");
    check("RUS>PRK", "air_defence", "2024-11-22", "un-north-korea");
    check("PRK>RUS", "ammunition", "2006-10-13", "");
    check("PRK>SYR", "missiles", "2006-10-14", "un-north-korea");
    check("PRK>SYR", "small_arms", "2007-05-01", "");
    check("PRK>SYR", "small_arms", "2009-06-12", "un-north-korea");
    check("CHN>PRK", "small_arms", "2010-01-01", "");
    check("CHN>PRK", "small_arms", "2016-03-02", "un-north-korea");
    check("CHN>PRK", "dual_use", "2016-11-29", "");
    check("CHN>PRK", "dual_use", "2017-01-01", "un-north-korea");
    check("DEU>PRK", "training", "2012-01-01", "un-north-korea eu-north-korea");
    check("PRK>UGA", "training", "2015-01-01", "un-north-korea");
    check("PRK>", "missiles", "2012-01-01", "un-north-korea");
    check("CHN>PRK", "training", "2008-01-01", "un-north-korea");
}

#[test]
fn iran() {
    check("RUS>IRN", "air_defence", "2009-01-01", "un-iran");
    check("RUS>IRN", "armour", "2010-06-09", "un-iran");
    check("RUS>IRN", "small_arms", "2012-01-01", "");
    check("IRN>SYR", "ammunition", "2007-03-23", "");
    check("IRN>SYR", "ammunition", "2007-03-24", "un-iran");
    check("IRN>SYR", "ammunition", "2019-01-01", "un-iran");
    check("IRN>SYR", "ammunition", "2020-10-18", "");
    check("IRN>RUS", "drones", "2022-09-15", "un-iran");
    check("IRN>RUS", "drones", "2023-10-18", "");
    check("IRN>RUS", "drones", "2025-10-01", "un-iran");
    check("FRA>IRN", "aircraft", "2021-01-01", "eu-iran");
    check("IRN>SYR", "nuclear", "2010-01-01", "un-iran");
    check("GBR>IRN", "armour", "1995-01-01", "uk-iran-iraq");
}

#[test]
fn russia_and_belarus() {
    check("FRA>RUS", "ships", "2014-07-31", "");
    check("FRA>RUS", "ships", "2014-08-01", "eu-russia");
    check("RUS>GRC", "air_defence", "2016-01-01", "eu-russia");
    check("CHN>RUS", "drones", "2023-01-01", "");
    check("CHN>RUS/DEU", "drones", "2023-01-01", "eu-russia");
    check("GBR>RUS", "weapons", "2019-01-01", "eu-russia");
    check("GBR>RUS", "weapons", "2021-01-01", "uk-russia");
    check("USA>RUS", "weapons", "1996-04-02", "us-russia");
    check("USA>RUS", "weapons", "1996-04-03", "");
    check("USA>RUS", "weapons", "2021-03-17", "");
    check("USA>RUS", "weapons", "2021-03-18", "us-russia");
    check("DEU>BLR", "dual_use", "2022-03-01", "");
    check("DEU>BLR", "dual_use", "2022-03-02", "eu-belarus-dual");
    check("GBR>RUS", "dual_use", "2022-02-28", "");
    check("GBR>RUS", "dual_use", "2022-03-01", "uk-russia");
    check("RUS>GBR", "ammunition", "2021-06-01", "uk-russia");
    check("GBR>BLR", "dual_use", "2022-07-05", "uk-belarus");
}

#[test]
fn africa() {
    check("UKR>SOM", "small_arms", "1992-01-22", "");
    check("UKR>SOM", "small_arms", "1992-01-23", "un-somalia");
    check("UKR>SOM", "small_arms", "2023-11-30", "un-somalia");
    check("UKR>SOM", "small_arms", "2023-12-01", "un-somalia");
    check("DEU>SOM", "small_arms", "2024-03-20", "un-somalia eu-somalia");
    check("YEM>Al-Shabaab", "small_arms", "2024-06-01", "un-somalia");
    check("TUR>LBY", "drones", "2020-01-01", "un-libya-2011");
    check("LBY>MLI", "small_arms", "2013-01-01", "un-libya-2011");
    check("FRA>LBY", "aircraft", "2000-01-01", "eu-libya-1986");
    check("RUS>LBY", "aircraft", "2000-01-01", "");
    check("RUS>LBY", "aircraft", "1995-01-01", "un-libya-1992");
    check("TUR>LBY", "dual_use", "2020-01-01", "");
    check("CHN>SDN", "aircraft", "2010-01-01", "un-sudan-darfur");
    check("ARE>Rapid Support Forces", "drones", "2024-01-01", "un-sudan-darfur");
    check("DEU>SDN", "small_arms", "1995-01-01", "eu-sudan");
    check("SDN>SSD", "small_arms", "2018-07-12", "");
    check("UGA>SSD", "small_arms", "2018-07-13", "un-south-sudan");
    check("SSD>UGA", "small_arms", "2019-01-01", "");
    check("RUS>CAF", "small_arms", "2018-01-01", "un-central-african-republic");
    check("RUS>CAF", "small_arms", "2024-07-30", "un-central-african-republic");
    check("RWA>M23", "small_arms", "2024-01-01", "un-drc");
    check("CHN>COD", "artillery", "2006-01-01", "un-drc");
    check("BLR>CIV", "aircraft", "2005-01-01", "un-ivory-coast");
    check("BLR>CIV", "aircraft", "2016-04-28", "");
}

#[test]
fn horn_west_and_south_of_africa() {
    check("BGR>ERI", "artillery", "2000-05-17", "un-eritrea-ethiopia");
    check("BGR>ETH", "artillery", "2001-05-16", "un-eritrea-ethiopia");
    check("BGR>ETH", "artillery", "2001-05-17", "");
    check("ERI>SOM", "small_arms", "2011-01-01", "un-somalia un-eritrea-2009");
    check("FRA>ERI", "small_arms", "2018-12-11", "eu-eritrea");
    check("FRA>ERI", "small_arms", "2018-12-12", "");
    check("USA>ETH", "aircraft", "2022-01-01", "us-ethiopia");
    check("ETH>USA", "small_arms", "2022-01-01", "");
    check("FRA>LBR", "small_arms", "2016-06-21", "eu-liberia");
    check("FRA>LBR", "small_arms", "2016-06-22", "");
    check("USA>LBR", "small_arms", "2016-09-28", "us-liberia");
    check("USA>LBR", "small_arms", "2016-09-29", "");
    check("GHA>TGO", "small_arms", "2005-02-19", "ecowas-togo");
    check("FRA>TGO", "small_arms", "2005-02-25", "");
    check("FRA>SLE", "small_arms", "1998-06-04", "un-sierra-leone eu-sierra-leone");
    check("FRA>SLE", "small_arms", "1998-06-05", "un-sierra-leone");
    check("FRA>SLE", "small_arms", "1998-06-29", "un-sierra-leone eu-sierra-leone");
    check("ZAF>TGO", "small_arms", "2005-02-24", "");
    check("ZAF>TGO", "small_arms", "2005-03-01", "au-togo");
    check("ZAF>TGO", "small_arms", "2005-05-28", "");
    check("UKR>LBR", "small_arms", "1999-01-01", "un-liberia");
    check("GBR>ZWE", "aircraft", "2002-02-17", "");
    check("GBR>ZWE", "aircraft", "2002-02-18", "eu-zimbabwe");
    check("CHN>ZWE", "ammunition", "2008-04-18", "");
    check("BGR>UNITA", "ammunition", "1996-01-01", "un-angola-unita");
    check("FRA>RWA", "ammunition", "1994-05-16", "");
    check("ZAF>RWA", "ammunition", "1994-05-17", "un-south-africa un-rwanda");
    check("ISR>ZAF", "missiles", "1990-01-01", "un-south-africa");
    check("ISR>ZAF", "missiles", "1994-05-25", "");
    check("USA>ZAF", "missiles", "1994-08-16", "us-south-africa");
    check("USA>ZAF", "missiles", "1994-08-17", "");
    check("USA>UNITA", "missiles", "2003-05-05", "us-angola-unita");
    check("USA>UNITA", "missiles", "2003-05-06", "");
}

#[test]
fn middle_east() {
    check("IRN>Houthis", "missiles", "2015-04-13", "un-iran");
    check("IRN>Houthis", "missiles", "2021-01-01", "un-iran un-yemen-houthi");
    check("SAU>YEM", "small_arms", "2016-01-01", "un-yemen-houthi");
    check("IRN>Hezbollah", "ammunition", "2021-01-01", "un-lebanon");
    check("USA>LBN", "armour", "2012-01-01", "un-lebanon us-lebanon");
    check("RUS>IRQ", "aircraft", "2000-01-01", "un-iraq");
    check("RUS>IRQ", "dual_use", "2003-06-01", "");
    check("FRA>IRQ", "small_arms", "2003-12-01", "un-iraq eu-iraq");
    check("FRA>IRQ", "small_arms", "2010-01-01", "un-iraq eu-iraq");
    check("RUS>SYR", "air_defence", "2012-01-01", "");
    check("FRA>SYR", "small_arms", "2012-01-01", "eu-syria");
    check("FRA>SYR", "small_arms", "2013-06-01", "");
    check("SYR>FRA", "small_arms", "2012-10-14", "");
    check("SYR>FRA", "small_arms", "2012-10-15", "eu-syria-from");
    check("FRA>SYR", "small_arms", "2013-05-31", "eu-syria");
    check("DEU>SYR", "equipment", "2014-01-01", "eu-syria");
    check("FRA>SYR", "armour", "1990-01-01", "eu-syria-1986");
    check("FRA>SYR", "armour", "1994-11-28", "");
    check("GBR>SYR", "small_arms", "2021-06-01", "");
    check("SYR>GBR", "small_arms", "2021-06-01", "uk-syria");
    check("QAT>SYR", "small_arms", "2012-01-01", "arab-league-syria");
    check("QAT>SYR", "small_arms", "2014-01-01", "arab-league-syria");
    check("GBR>ISR", "missiles", "1990-01-01", "uk-israel");
    check("GBR>ISR", "missiles", "1994-05-26", "");
    check("USA>ISR", "missiles", "2024-10-01", "un-israel-assembly");
    check("USA>YEM", "aircraft", "2012-07-02", "us-yemen");
    check("USA>YEM", "aircraft", "2012-07-03", "");
    check("USA>CYP", "small_arms", "2023-01-01", "");
}

#[test]
fn asia_americas_europe() {
    check("FRA>CHN", "aircraft", "2005-01-01", "eu-china");
    check("CHN>FRA", "aircraft", "2005-01-01", "");
    check("USA>CHN", "aircraft", "2005-01-01", "us-china");
    check("RUS>CHN", "aircraft", "2005-01-01", "");
    check("CHN>MMR", "aircraft", "2021-06-17", "");
    check("CHN>MMR", "aircraft", "2021-06-18", "un-myanmar-assembly");
    check("DEU>MMR", "equipment", "2015-01-01", "eu-myanmar");
    check("GBR>MMR", "dual_use", "2022-01-01", "uk-myanmar");
    check("USA>VNM", "aircraft", "2016-09-28", "us-vietnam");
    check("USA>VNM", "aircraft", "2016-09-29", "");
    check("USA>IND", "aircraft", "1998-05-20", "us-pakistan-india");
    check("USA>PAK", "aircraft", "1998-05-20", "");
    check("USA>PAK", "aircraft", "1998-05-30", "us-pakistan-india");
    check("ESP>VEN", "ships", "2017-11-12", "");
    check("ESP>VEN", "ships", "2017-11-13", "eu-venezuela");
    check("USA>HTI", "small_arms", "1993-09-15", "us-haiti");
    check("DOM>HTI", "small_arms", "1993-10-18", "");
    check("DOM>HTI", "small_arms", "1993-10-19", "un-haiti-1993");
    check("DOM>HTI", "small_arms", "2024-01-01", "un-haiti-2022");
    check("RUS>HRV", "artillery", "1994-01-01", "un-yugoslavia");
    check("ARG>HRV", "artillery", "1996-06-18", "");
    check("USA>HRV", "artillery", "1996-07-11", "us-yugoslavia");
    check("USA>HRV", "artillery", "1996-07-12", "");
    check("YUG>CYP", "small_arms", "1993-01-01", "un-yugoslavia");
    check("ALB>Kosovo Liberation Army", "small_arms", "1998-06-01", "un-kosovo");
    check("ISR>AZE", "drones", "2020-10-01", "un-nagorno-karabakh");
    check("RUS>ARM", "missiles", "2018-01-01", "un-nagorno-karabakh osce-nagorno-karabakh");
    check(
        "GBR>AZE",
        "drones",
        "2025-10-12",
        "un-nagorno-karabakh uk-armenia-azerbaijan osce-nagorno-karabakh-aze",
    );
    check("GBR>AZE", "drones", "2025-10-13", "un-nagorno-karabakh osce-nagorno-karabakh-aze");
    check(
        "USA>ARM",
        "drones",
        "2002-03-28",
        "un-nagorno-karabakh us-armenia-azerbaijan osce-nagorno-karabakh",
    );
    check("USA>MNG", "small_arms", "1997-06-29", "us-mongolia");
    check("USA>MNG", "small_arms", "1997-06-30", "");
    check("USA>KGZ", "small_arms", "1996-07-16", "us-former-soviet");
    check("USA>KGZ", "small_arms", "1996-07-17", "");
    check("USA>TJK", "small_arms", "2002-01-08", "us-tajikistan");
    check("FRA>AFG", "small_arms", "2001-01-01", "un-afghanistan-taliban eu-afghanistan");
    check("FRA>AFG", "small_arms", "2001-12-01", "");
    check("GBR>Taliban", "small_arms", "2022-01-01", "un-afghanistan-taliban uk-afghanistan");
    check("PAK>Taliban", "small_arms", "2001-01-18", "");
    check("PAK>Taliban", "small_arms", "2010-01-01", "un-afghanistan-taliban");
}

#[test]
fn a_touch_tells_who_why_and_what_is_doubtful() {
    let register = Register::bundled().unwrap();
    let (prk, rus) = (vec!["PRK".to_owned()], vec!["RUS".to_owned()]);
    let day: Date = "2022-09-06".parse().unwrap();
    let transfer = Transfer {
        suppliers: &prk,
        recipients: &rus,
        via: &[],
        goods: &[Category::Ammunition],
        stage: Some(Stage::Negotiated),
        as_of: AsOf::Claim(day),
    };
    let touches = assess(&register, &transfer);
    assert!(
        touches[0].why.starts_with("RUS would be the recipient of ammunition from PRK: para. 8(b) bars"),
        "{}",
        touches[0].why
    );
    assert_eq!(touches[0].as_of, AsOf::Claim(day));
    let sudan = vec!["SDN".to_owned()];
    let partly = assess(&register, &Transfer { recipients: &sudan, suppliers: &[], goods: &[], ..transfer });
    assert_eq!(partly[0].doubts.len(), 3, "{:?}", partly[0].doubts);
    for touch in touches.iter().chain(&partly) {
        assert!(!touch.why.contains("break") && !touch.why.contains("violat"), "{}", touch.why);
    }
}
