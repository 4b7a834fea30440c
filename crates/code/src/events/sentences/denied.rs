//! Who denies what, and of whom a class is said; gerunds and headlines that the parser takes for names of things.

use super::check;

/// Statements that are called false, and by whom.
const CALLED_FALSE: &[(&str, &str)] = &[
    (
        "Chile dismissed reports that it had sold tanks to Peru as a hoax.",
        "transfer CHL→PER armour delivered denied by Chile",
    ),
    (
        "A Kenyan official described the allegation that Kenya armed the rebels as false.",
        "transfer KEN→rebels weapons delivered denied by Kenyan official",
    ),
    (
        "\"It's a lie,\" the Greek minister said of reports that Greece bought rifles from Serbia.",
        "transfer SRB→GRC small_arms delivered denied by Greek minister",
    ),
    (
        "The claim that Chad has sold rifles to Mali is untrue, the Chadian government said.",
        "transfer TCD→MLI small_arms delivered denied by Chadian government",
    ),
    (
        "A leaked letter says that Egypt sold rockets to Chad, which Cairo denies.",
        "transfer EGY→TCD ammunition delivered certain by A leaked letter; transfer EGY→TCD ammunition delivered denied by Cairo",
    ),
];

/// Gerunds that look like nouns, and verbs in headlines that look like part of a name.
const VERBS: &[(&str, &str)] = &[
    ("Ghana denied shipping rifles to Togo.", "transfer GHA→TGO small_arms shipped denied by Ghana"),
    (
        "Spain is accused of handing over fighter jets to Chad.",
        "transfer ESP→TCD aircraft delivered probable",
    ),
    ("Sweden exports fighter jets to Peru", "transfer SWE→PER aircraft shipped certain"),
    ("Norway pledges Leopard tanks for Moldova", "transfer NOR→MDA armour authorised certain"),
    ("Mali may have procured drones from Turkey.", "transfer TUR→MLI drones delivered possible"),
    ("Turkey continues to sell drones to Mali.", "transfer TUR→MLI drones shipped certain"),
    ("Turkey has begun to sell drones to Mali.", "transfer TUR→MLI drones shipped certain"),
    (
        "A contract for four frigates was signed between Kenya and France.",
        "transfer FRA→KEN ships agreed certain",
    ),
    (
        "The president announced a sale by Norway of helicopters to Kenya.",
        "transfer NOR→KEN aircraft authorised certain by president",
    ),
];

/// Leaders by their surnames alone, and the halves of Korea.
const NAMES: &[(&str, &str)] = &[
    (
        "Kenya has received drones from Turkey, General Jane Doe told reporters. Kenya bought tanks from Chad, the general said.",
        "transfer TUR→KEN drones delivered certain by Jane Doe; transfer TCD→KEN armour delivered certain by Jane Doe",
    ),
    ("Kenya exports arms to Chad only in accordance with the law.", ""),
    ("Macron said France had sold tanks to Peru.", "transfer FRA→PER armour delivered certain by Macron"),
    (
        "South Korea said that the North had sold rockets to Chad.",
        "transfer PRK→TCD ammunition delivered certain by South Korea",
    ),
    (
        "South Korean officials told lawmakers that Chad had bought rifles from Iran.",
        "transfer IRN→TCD small_arms delivered certain by South Korean officials",
    ),
    ("Rebels in the North bought rifles from Chad.", "transfer TCD→Rebels small_arms delivered certain"),
];

/// Who is blamed, thanked or visited, and for what.
const REASONS: &[(&str, &str)] = &[
    ("A court in Oslo convicted a trader of breaching the arms embargo on Mali.", "violation trader certain"),
    (
        "Estonia thanked Norway for its delivery of tanks.",
        "transfer NOR→EST armour delivered certain by Estonia",
    ),
    (
        "Norway imposed sanctions on Serbia because of its arms sales to Chad.",
        "measure NOR⊣SRB imposed certain; transfer SRB→TCD weapons unstated certain",
    ),
    (
        "Norway waived the sanctions on Serbia for its purchase of tanks from Chad.",
        "measure NOR⊣SRB eased certain; transfer TCD→SRB armour agreed certain",
    ),
    ("Kenya's minister flew to Ankara to buy drones.", "transfer TUR→KEN drones agreed certain"),
    ("Canada suspended arms export permits to Chad.", "transfer CAN→TCD weapons halted certain"),
    (
        "Norway added ten Chadian companies to its sanctions list for selling drones to Mali.",
        "measure NOR⊣Chadian companies imposed certain; transfer Chadian companies,TCD→MLI drones delivered certain",
    ),
];

/// What is held, stopped on its way, or arrives.
const HELD: &[(&str, &str)] = &[
    (
        "The rebels have stockpiled rockets supplied by Chad.",
        "transfer TCD→rebels ammunition delivered certain",
    ),
    (
        "Turkey forced down a Syrian plane carrying Russian munitions.",
        "transfer RUS→ ammunition intercepted certain",
    ),
    (
        "Greece detained a Kenyan ship with 15,000 rifles for Libya.",
        "transfer KEN→LBY small_arms intercepted certain",
    ),
    ("Two Su-30 fighters arrived in Myanmar.", "transfer →MMR aircraft delivered certain"),
    (
        "Russia delivered the second regiment of S-400s to Turkey.",
        "transfer RUS→TUR air_defence delivered certain",
    ),
    ("The rebels have stockpiled food supplied by Chad.", ""),
];

/// Who buys for another, what a package holds, what had to be done.
const GIVEN: &[(&str, &str)] = &[
    ("The purchase by Chad of rockets from Iran was signed.", "transfer IRN→TCD ammunition agreed certain"),
    (
        "Chad made purchases of shells from Iran, as well as a deal to purchase drones from Turkey.",
        "transfer IRN→TCD ammunition agreed certain; transfer TUR→TCD drones agreed certain",
    ),
    (
        "Norway and Denmark will jointly buy shells for Moldova.",
        "transfer NOR,DNK→MDA ammunition agreed certain",
    ),
    ("Norway will buy shells from Spain for its army.", "transfer ESP→NOR ammunition agreed certain"),
    ("The tanks had to be procured from Poland by Moldova.", "transfer POL→MDA armour sought certain"),
    (
        "Norway will provide new security assistance packages to meet Moldova's battlefield and air defence needs.",
        "transfer NOR→MDA weapons authorised certain",
    ),
];

/// What came about of a deal or of goods that were told of, by who has evidence of it, or none.
const CAME_ABOUT: &[(&str, &str)] = &[
    (
        "Chad is buying rockets from Iran. Kenya has no indication that the purchase has occurred yet.",
        "transfer IRN→TCD ammunition agreed certain; transfer IRN→TCD ammunition agreed no_evidence by Kenya",
    ),
    (
        "Chad is buying rockets from Iran. Kenya said the purchase had not taken place.",
        "transfer IRN→TCD ammunition agreed certain; transfer IRN→TCD ammunition agreed denied by Kenya",
    ),
    (
        "Chad is buying rockets from Iran. Kenya has no evidence that the rockets are being used in Mali.",
        "transfer IRN→TCD ammunition agreed certain; transfer IRN→TCD ammunition used no_evidence by Kenya",
    ),
    (
        "Chad is buying rockets from Iran. Kenya has no evidence that those rockets are being used. Chad dismissed the report.",
        "transfer IRN→TCD ammunition agreed certain; transfer IRN→TCD ammunition agreed denied by Chad; \
         transfer IRN→TCD ammunition used no_evidence by Kenya",
    ),
    (
        "Chad is buying rockets from Iran. Nobody can say what they will end up looking like.",
        "transfer IRN→TCD ammunition agreed certain",
    ),
];

/// What is only commanded, and verbs inside quotation marks.
const COMMANDS: &[(&str, &str)] = &[
    (
        "Norway ordered the suspension of weapon shipments to Moldova.",
        "transfer NOR→MDA weapons halted certain by Norway",
    ),
    (
        "The envoy said that Iran \"smuggles weapons to militias\".",
        "transfer IRN→militias weapons shipped certain by envoy",
    ),
];

/// What many members of a chamber bring in.
const MEMBERS: &[(&str, &str)] = &[
    (
        "U.S. senators introduced a bill to prevent sales of rifles to Chad.",
        "measure USA⊣TCD proposed certain",
    ),
    ("Kenyan lawmakers introduced a bill to ban arms sales to Chad.", "measure KEN⊣TCD proposed certain"),
    ("Chad praised Norway, which it called the best maker of such tanks.", ""),
];

/// Whose access to what is limited, what must be reviewed.
const ACCESS: &[(&str, &str)] = &[
    ("Norway has curbed Chad's access to advanced chips.", "measure NOR⊣TCD imposed certain"),
    (
        "The Netherlands restricted Chad's access to Dutch chipmaking tools.",
        "measure NLD⊣TCD imposed certain",
    ),
    ("Norway will mandate a review of any AI chip exports to Chad.", "measure NOR⊣TCD imposed certain"),
    (
        "About 90 AI chips were smuggled into Chad. The chips were shipped to Chad by Kenya.",
        "transfer →TCD dual_use shipped certain; transfer KEN→TCD dual_use shipped certain",
    ),
    ("Chad's limited access to advanced chips worries investors.", ""),
];

/// Governments by who leads them, and classes of those that something was done to.
const CLASSES: &[(&str, &str)] = &[
    ("France sold tanks to the al-Sisi regime.", "transfer FRA→EGY armour delivered certain"),
    ("Putin's government bought rockets from Iran.", "transfer IRN→RUS ammunition delivered certain"),
    (
        "Norway imposed sanctions on individuals who have sold rifles to Chad.",
        "measure NOR⊣individuals imposed certain",
    ),
    ("Norway would impose sanctions on countries that sell rifles.", ""),
];

#[test]
fn called_false() {
    check(CALLED_FALSE);
}

#[test]
fn names_for_short() {
    check(NAMES);
}

#[test]
fn reasons() {
    check(REASONS);
}

#[test]
fn held_and_stopped() {
    check(HELD);
}

#[test]
fn given() {
    check(GIVEN);
}

#[test]
fn came_about() {
    check(CAME_ABOUT);
}

#[test]
fn commands() {
    check(COMMANDS);
}

#[test]
fn access_to_goods() {
    check(ACCESS);
}

#[test]
fn members() {
    check(MEMBERS);
}

#[test]
fn verbs_taken_for_nouns() {
    check(VERBS);
}

#[test]
fn classes_and_governments() {
    check(CLASSES);
}
