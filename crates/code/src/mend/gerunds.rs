//! Gerunds that the parser takes for nouns: "denied shipping missiles to", "accused of handing over jets".

use lang::{Token, TokenData};

use crate::events::EventTable;

/// A gerund taken for a noun: what stands over it, its lemma, and its object.
pub(super) struct Gerund<'p> {
    over: Token<'p>,
    lemma: String,
    particle: Option<Token<'p>>,
    object: Token<'p>,
}

/// Verbs after which a deed stands in a gerund.
const BEFORE: &[&str] = &[
    "deny",
    "admit",
    "consider",
    "avoid",
    "stop",
    "begin",
    "start",
    "continue",
    "halt",
    "delay",
    "resume",
    "oppose",
    "support",
    "propose",
    "recommend",
    "suspend",
    "finish",
    "rule",
    "defend",
    "discuss",
    "risk",
    "favor",
    "favour",
    "ban",
    "prohibit",
    "reject",
];

/// "shipping" in "denied shipping missiles", "handing" in "suspected of handing over jets": read as a noun.
pub(super) fn gerund<'p>(token: Token<'p>, book: &EventTable) -> Option<Gerund<'p>> {
    if !matches!(token.tag(), "NN" | "VBG") || !token.text().ends_with("ing") || token.pos() == "VERB" {
        return None;
    }
    let parse = token.parse();
    let over = parse.token(token.index().checked_sub(1)?);
    let verb = over.tag().starts_with("VB") && BEFORE.contains(&over.lemma());
    let preposition = over.dep() == "prep"
        && matches!(
            over.lemma(),
            "of" | "by" | "from" | "without" | "before" | "after" | "to" | "with" | "for" | "over" | "about"
        );
    let next = (token.index() + 1 < parse.len()).then(|| parse.token(token.index() + 1))?;
    let particle =
        Some(next).filter(|n| matches!(n.text(), "over" | "up" | "off" | "out") && n.head() == token);
    let object = match particle {
        Some(particle) => particle.children().find(|c| c.dep() == "pobj")?,
        None => Some(token.head()).filter(|h| token.dep() == "compound" && h.tag().starts_with("NN"))?,
    };
    let lemma = lemma(token.text(), particle, book)?;
    (verb || preposition).then_some(Gerund { over, lemma, particle, object })
}

/// The lemma of the codebook's verb that a word in "-ing" is of.
fn lemma(word: &str, particle: Option<Token<'_>>, book: &EventTable) -> Option<String> {
    let word = word.to_lowercase();
    let stem = word.strip_suffix("ing")?;
    let mut forms = vec![stem.to_owned(), format!("{stem}e")];
    let mut letters = stem.chars().rev();
    if letters.next().is_some_and(|l| letters.next() == Some(l)) {
        forms.push(stem[..stem.len() - 1].to_owned());
    }
    let known = |l: &String| match particle {
        Some(p) => book.verb(&format!("{l} {}", p.text())).is_some(),
        None => book.verb(l).is_some() || book.measure_verb(l).is_some(),
    };
    forms.into_iter().find(known)
}

/// Makes a verb of it: what it was part of is its object, and what follows that hangs on it.
pub(super) fn to_verb(token: Token<'_>, found: Gerund<'_>, tokens: &mut [TokenData]) {
    let (at, object) = (token.index(), found.object.index());
    tokens[at].tag = "VBG".into();
    tokens[at].pos = "VERB".into();
    tokens[at].lemma = found.lemma.into();
    tokens[at].head = found.over.index() as u32;
    tokens[at].dep = if found.over.dep() == "prep" { "pcomp".into() } else { "xcomp".into() };
    tokens[object].head = at as u32;
    tokens[object].dep = "dobj".into();
    if let Some(particle) = found.particle {
        tokens[particle.index()].dep = "prt".into();
        tokens[particle.index()].tag = "RP".into();
    }
    for later in found.over.children().filter(|c| c.index() > object && matches!(c.dep(), "prep" | "dative"))
    {
        if matches!(later.lemma(), "to" | "from" | "into" | "for") {
            tokens[later.index()].head = at as u32;
        }
    }
}
