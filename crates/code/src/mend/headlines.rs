//! Verbs that the parser takes for part of a name, as in headlines: "Sweden halts exports", "Peru buys fighter jets".

use lang::{Token, TokenData};

use crate::events::EventTable;

/// Whether a sentence has a verb of its own besides those of clauses inside it.
pub(super) fn has_finite_verb(root: Token<'_>) -> bool {
    has_finite_verb_but(root, None)
}

/// The same, with one word left aside.
fn has_finite_verb_but(root: Token<'_>, aside: Option<usize>) -> bool {
    let parse = root.parse();
    let finite = |i: usize| Some(i) != aside && matches!(parse.token(i).tag(), "VBZ" | "VBP" | "VBD" | "MD");
    let nested = |i: usize| {
        std::iter::once(parse.token(i))
            .chain(parse.token(i).ancestors())
            .any(|a| matches!(a.dep(), "relcl" | "ccomp" | "advcl" | "acl"))
    };
    root.sentence().any(|i| finite(i) && !nested(i))
}

/// The lemma of the codebook's verb of which `word` may be the third person.
pub(super) fn verb_lemma(word: &str, book: &EventTable) -> Option<String> {
    let word = word.to_lowercase();
    let stem = word.strip_suffix('s')?;
    let candidates = [
        stem.strip_suffix("ie").map(|s| format!("{s}y")),
        stem.strip_suffix('e').map(str::to_owned),
        Some(stem.to_owned()),
    ];
    let is_verb = |l: &String| {
        book.verb(l).is_some()
            || book.measure_verb(l).is_some()
            || book.operator(l).is_some()
            || matches!(l.as_str(), "vote" | "hand" | "urge" | "demand" | "warn" | "turn" | "call")
    };
    candidates.into_iter().flatten().find(is_verb)
}

/// "Sweden's government halts exports", "Peru buys fighter jets", with the verb for a part of the name of the thing: the
/// verb and its lemma.
pub(super) fn verb_before_root<'p>(root: Token<'p>, book: &EventTable) -> Option<(Token<'p>, String)> {
    let parse = root.parse();
    let first = root.sentence().start;
    let part = |v: &Token<'p>| {
        let near = v.head() == root || v.head().head() == root && v.head().index() < root.index();
        let plain = v.tag() == "NNS" && matches!(v.dep(), "compound" | "amod" | "nmod");
        let third = v.tag() == "VBZ" && matches!(v.dep(), "compound" | "amod" | "nmod");
        let before = parse.token(v.index() - 1);
        let named = before.tag().starts_with("NN")
            || before.text().starts_with(char::is_uppercase) && before.dep() == "amod";
        near && (plain || third) && v.text() != "arms" && named
    };
    if !matches!(root.tag(), "NNS" | "NN") || first + 1 >= root.index() {
        return None;
    }
    let mut before = (first + 1..root.index()).map(|i| parse.token(i));
    let verb = before.find(part)?;
    let joined = (verb.index() + 1..root.index()).all(|i| {
        let t = parse.token(i);
        t.pos() != "PUNCT" && (t.head() == root || t.head().head() == root)
    });
    if !joined || has_finite_verb_but(root, Some(verb.index())) {
        return None;
    }
    let lemma = verb_lemma(verb.text(), book)?;
    Some((verb, lemma))
}

/// Makes the word before the root its verb, what stands before it the subject, and the root the object.
pub(super) fn compound_to_verb(root: Token<'_>, verb: Token<'_>, lemma: String, tokens: &mut [TokenData]) {
    let (top, at) = (root.index(), verb.index());
    let subject = at - 1;
    tokens[at].tag = "VBZ".into();
    tokens[at].pos = "VERB".into();
    tokens[at].lemma = lemma.into();
    tokens[at].dep = "ROOT".into();
    tokens[at].head = at as u32;
    tokens[top].dep = "dobj".into();
    tokens[top].head = at as u32;
    let parts = root.parse();
    for child in (root.sentence().start..at).map(|i| parts.token(i)).filter(|c| c.head().index() >= at) {
        tokens[child.index()].head = subject as u32;
    }
    for child in verb.children().filter(|c| c.index() > at) {
        tokens[child.index()].head = top as u32;
    }
    tokens[subject].head = at as u32;
    tokens[subject].dep = "nsubj".into();
}

/// A noun with a subject and an object of its own, which is a verb: "that Iran 'smuggles weapons'"; its lemma.
pub(super) fn noun_with_sides(token: Token<'_>, book: &EventTable) -> Option<String> {
    let subject = token.children().any(|c| c.dep() == "nsubj" && c.index() < token.index());
    let object = token.children().any(|c| c.dep() == "dobj" && c.index() > token.index());
    let clause = matches!(token.dep(), "ccomp" | "ROOT" | "conj" | "relcl" | "advcl");
    let plain = token.tag() == "NNS" && token.text().starts_with(char::is_lowercase);
    if !(subject && object && clause && plain) {
        return None;
    }
    verb_lemma(token.text(), book)
}
