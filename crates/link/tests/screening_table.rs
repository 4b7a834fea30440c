//! Names against listed names, a line each: what must be found at the default threshold, and what must not.

use link::screening::{
    Entry, EntryKind, List, ListedName, NameQuality, Query, Screener, Vocabulary, Weights,
};

fn screener(kind: EntryKind, name: &str) -> Screener {
    let mut entry = Entry::new("T-1", kind);
    entry.names.push(ListedName { text: name.to_owned(), quality: NameQuality::Primary });
    let list = List { name: "test".to_owned(), date: None, entries: vec![entry] };
    Screener::new(vec![list], Vocabulary::bundled().expect("valid"), Weights::bundled().expect("valid"))
}

/// Lines of `listed = asked`, each in turn; all that are not as expected are told at once.
fn check(listed_as: EntryKind, asked_as: EntryKind, found: bool, lines: &str) {
    let mut wrong = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (listed, asked) = line.split_once(" = ").expect("listed = asked");
        let screener = screener(listed_as, listed);
        let query = Query { name: asked.to_owned(), kind: asked_as, ..Query::default() };
        let hits = screener.screen(&query, 0.0);
        let score = hits.first().map_or(0.0, |hit| hit.score);
        if (score >= screener.threshold()) != found {
            wrong.push(format!("{line}: {score:.2}"));
        }
    }
    assert!(wrong.is_empty(), "should {}be found:\n{}", if found { "" } else { "not " }, wrong.join("\n"));
}

#[test]
fn persons_are_found_however_they_are_written() {
    let lines = "
        AKSELROD, Nikolai Petrovich = Nikolai Akselrod
        AKSELROD, Nikolai Petrovich = Николай Петрович Аксельрод
        AKSELROD, Nikolai Petrovich = Nikolaj Axelrod
        AKSELROD, Nikolai Petrovich = N. P. Akselrod
        Tariq Hassan al-Khatib = Tarek Hasan Khateeb
        Tariq Hassan al-Khatib = طارق حسن الخطيب
        Tariq Hassan al-Khatib = al-Khatib, Tariq
        William Osterman = Bill Osterman
        Margarethe van der Velde = Margarethe Vandervelde
        Dr. Otto Brandwein = Otto Brandwien
        Joao da Silva Pereira = João Pereira da Silva
        PARK, Chol Ho = 박철호
    ";
    check(EntryKind::Person, EntryKind::Person, true, lines);
    check(EntryKind::Person, EntryKind::Unknown, true, lines);
}

#[test]
fn other_persons_are_not_found() {
    let lines = "
        AKSELROD, Nikolai Petrovich = Nikolai Petrenko
        AKSELROD, Nikolai Petrovich = Boris Akselrod
        Tariq Hassan al-Khatib = Hassan Ali
        William Osterman = Wilma Easterling
        Dr. Otto Brandwein = Otto Brandt
    ";
    check(EntryKind::Person, EntryKind::Person, false, lines);
    check(EntryKind::Person, EntryKind::Unknown, false, lines);
}

#[test]
fn firms_are_found_without_their_legal_form_and_by_their_letters() {
    let lines = "
        GREY HERON TRADING LLC = Grey Heron Trading Limited Liability Company
        GREY HERON TRADING LLC = Grey Heron Trading
        ООО «Северный Ветер» = Severny Veter OOO
        NORTHERN DEFENCE INDUSTRIES ORGANIZATION = NDIO
        MRTB = Maritime Research and Trade Bank
        ZENIT EXPORT CO., LTD. = Zenith Export
        DRAGAN BROTHERS SHIPPING = Dragan Bros Shipping
    ";
    check(EntryKind::Company, EntryKind::Company, true, lines);
    check(EntryKind::Company, EntryKind::Unknown, true, lines);
}

#[test]
fn a_persons_name_is_not_a_firms_or_ships_by_its_letters_or_by_one_word() {
    let lines = "
        KMC = Kelvin Moore Carter
        EP-KMC = Kelvin Moore Carter
        KMC EXPORTS LTDA = Kelvin Moore Carter
        CRYSTAL = Crystal Moore
        TARA LIMITED = Tara Sandoval
        IAN LIMITED = John Sandoval
    ";
    check(EntryKind::Company, EntryKind::Unknown, false, lines);
    check(EntryKind::Vessel, EntryKind::Unknown, false, lines);
}

#[test]
fn ships_are_found_by_name_and_told_apart_by_number() {
    check(
        EntryKind::Vessel,
        EntryKind::Vessel,
        true,
        "BLUE HERON = M/V Blue Heron\nNORD STAR 2 = Nord Star II",
    );
    check(EntryKind::Vessel, EntryKind::Vessel, false, "BLUE HERON = Blue Falcon\nNORD STAR = South Star");
}
