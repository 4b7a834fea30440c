//! What the parser takes for a party though it is none: datelines, ordinals before a name; and what is expected to happen.

use lang::{Parse, Sentence, Token, TokenData};

/// Mends datelines, ordinals before names and infinitives of what is expected.
pub(super) fn mend_openers(parse: &Parse, sentence: &Sentence<'_>, tokens: &mut Option<Vec<TokenData>>) {
    if let Some((place, subject)) = dateline(sentence) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        if let Some(subject) = subject {
            tokens[subject.index()].head = place.head().index() as u32;
            tokens[subject.index()].dep = place.dep().into();
        }
        tokens[place.index()].dep = "dep".into();
    }
    for (ordinal, name) in sentence.tokens().filter_map(|t| Some((t, counted_name(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        let (at, to) = (ordinal.index(), name.index());
        tokens[to].head = if ordinal.is_root() { to as u32 } else { ordinal.head().index() as u32 };
        tokens[to].dep = ordinal.dep().into();
        for child in ordinal.children().filter(|c| c.index() != to) {
            tokens[child.index()].head = to as u32;
        }
        tokens[at].head = to as u32;
        tokens[at].dep = "amod".into();
    }
    for (clause, thing, verb) in sentence.tokens().filter_map(expected) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[clause.index()].head = verb.index() as u32;
        tokens[clause.index()].dep = "ccomp".into();
        tokens[thing.index()].head = clause.index() as u32;
        tokens[thing.index()].dep = "nsubjpass".into();
    }
}

/// "ACCRA, Ghana -- Officials sold …", with the place for the subject: the place, and who is the subject, where the
/// parser hangs it on the place.
fn dateline<'p>(sentence: &Sentence<'p>) -> Option<(Token<'p>, Option<Token<'p>>)> {
    let words: Vec<Token<'p>> = sentence.tokens().collect();
    let first = words.first()?.text();
    let loud = first.chars().count() > 2 && first.chars().all(char::is_uppercase);
    let dash = words.iter().take(14).position(|t| matches!(t.text(), "-" | "--" | "–" | "—"))?;
    let (place, story) = words.split_at(dash);
    let telling = place.iter().any(|t| t.tag().starts_with("VB"));
    if !loud || telling {
        return None;
    }
    let inside = |t: &Token<'_>| place.iter().any(|p| p == t);
    let taken = place.iter().find(|t| matches!(t.dep(), "nsubj" | "nsubjpass") && !inside(&t.head()))?;
    let verb = taken.head();
    let other = story.iter().any(|t| matches!(t.dep(), "nsubj" | "nsubjpass") && t.head() == verb);
    let hung = story
        .iter()
        .find(|t| matches!(t.dep(), "appos" | "conj") && inside(&t.head()) && t.index() < verb.index());
    (other || hung.is_some()).then(|| (*taken, hung.copied().filter(|_| !other)))
}

/// "a sixth Kestrel 9", with *sixth* for the noun: the name that it counts.
fn counted_name(ordinal: Token<'_>) -> Option<Token<'_>> {
    let counts = matches!(
        ordinal.text(),
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
    );
    let noun = matches!(ordinal.dep(), "dobj" | "pobj" | "nsubj" | "nsubjpass");
    let next = ordinal.index() + 1;
    if !counts || !noun || next >= ordinal.sentence().end {
        return None;
    }
    let name = ordinal.parse().token(next);
    (name.tag().starts_with("NN") && matches!(name.dep(), "appos" | "npadvmod" | "dep")).then_some(name)
}

/// "expects the rifles to be delivered", with the clause on the rifles: the clause, the things, the verb over both.
fn expected(clause: Token<'_>) -> Option<(Token<'_>, Token<'_>, Token<'_>)> {
    let passive = clause.tag() == "VBN"
        && clause.dep() == "relcl"
        && clause.children().any(|c| c.tag() == "TO")
        && clause.children().any(|c| c.dep() == "auxpass" && c.text() == "be")
        && !clause.children().any(|c| c.dep() == "nsubjpass");
    let over = [clause.head()].into_iter().chain(clause.head().ancestors().take(5));
    let within = |t: &Token<'_>| matches!(t.dep(), "conj" | "pobj" | "prep" | "dobj");
    let chain: Vec<Token<'_>> = over.take_while(within).collect();
    let (thing, verb) = match chain.iter().find(|t| t.dep() == "dobj") {
        Some(thing) => (*thing, thing.head()),
        None => {
            let verb = chain.last()?.head();
            (verb.children().find(|c| c.dep() == "dobj" && c.index() < clause.index())?, verb)
        }
    };
    let hopes = matches!(verb.lemma(), "expect" | "want" | "anticipate" | "like");
    (passive && hopes && thing.index() > verb.index()).then_some((clause, thing, verb))
}
