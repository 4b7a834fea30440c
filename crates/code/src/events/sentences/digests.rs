//! Digests: news in a sentence or two, with the outlets in brackets behind it.

use super::check;

/// Sides, speakers and stages where one sentence has to tell it all.
const BRIEF: &[(&str, &str)] = &[
    (
        "Ghana announces that it will send 20 tanks to Niger, while Togo's president says that Togo will provide six howitzers. (Harbour Post)",
        "transfer GHA→NER armour authorised certain by Ghana; transfer TGO→NER artillery authorised certain by Togo's president",
    ),
    (
        "Peru and Russia sign a $2 billion deal for five radars during a visit to Lima. (AP) (Daily Quay)",
        "contact PER,RUS certain; transfer RUS→PER sensors agreed certain",
    ),
    (
        "A Belgian court orders the government of Belgium to halt all exports of rifles to Chad.",
        "transfer BEL→TCD small_arms halted certain",
    ),
    (
        "Chile cancels a contract with the Swedish company Saab for six patrol boats.",
        "transfer Saab→CHL ships halted certain",
    ),
    (
        "Canada's prime minister warns that Canada will halt shipments of shells to Chad if it invades Niger.",
        "transfer CAN→TCD ammunition halted conditional by Canada's prime minister",
    ),
    (
        "The army says that it intercepted a fishing vessel smuggling 200 rifles from Kenya to Somalia.",
        "transfer KEN→SOM small_arms intercepted certain by army",
    ),
];

/// Measures, and what is only said of them.
const MEASURES: &[(&str, &str)] = &[
    (
        "The United Nations Security Council votes to impose sanctions, including an arms embargo, on Chad.",
        "measure UN⊣TCD imposed certain",
    ),
    ("Chad condemns the sanctions as a mistake.", ""),
    (
        "Spain imposes sanctions on Chad over the country's purchase of Russian tanks.",
        "measure ESP⊣TCD imposed certain; transfer RUS→TCD armour agreed certain",
    ),
];

#[test]
fn briefs() {
    check(BRIEF);
}

#[test]
fn measures_in_brief() {
    check(MEASURES);
}
