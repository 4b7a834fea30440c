//! Mends parses where the small model errs at words that the codebook knows: "The ministry notifies parliament of …"
//! with *notifies* for a noun.
//!
//! The parser's own output stays as it is; what is mended here is a copy for the coder alone.

use std::ops::Range;

use lang::{Parse, Sentence, Token, TokenData};

mod clauses;
mod gerunds;
mod headlines;
mod openers;

use crate::events::{EventTable, tree};
use crate::rehang::rehang;
use clauses::{is_loading, is_ordered, verb_of_load};
use headlines::{compound_to_verb, has_finite_verb, verb_before_root, verb_lemma};

/// The parse mended, or `None` where nothing is amiss.
pub(crate) fn mended(parse: &Parse, book: &EventTable) -> Option<Parse> {
    let mut tokens: Option<Vec<TokenData>> = None;
    for sentence in parse.sentences() {
        let Some(root) = sentence.root() else { continue };
        if let Some((verb, lemma)) = verb_before_root(root, book) {
            let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
            compound_to_verb(root, verb, lemma, tokens);
        } else if let Some(lemma) = verb_for_noun(root, book) {
            root_to_verb(root, lemma, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
        }
        if let Some((speaker, verb)) = trailing_speech(root) {
            speak(root, speaker, verb, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
        }
        for token in sentence.tokens().filter(|t| is_daily(*t)) {
            let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
            let (at, name) = (token.index(), token.index() - 1);
            tokens[at].tag = "NN".into();
            tokens[at].pos = "NOUN".into();
            tokens[at].dep = "nsubj".into();
            tokens[name].head = at as u32;
            tokens[name].dep = "compound".into();
        }
        for token in sentence.tokens().filter(|t| is_loading(*t)) {
            verb_of_load(token, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
        }
        for token in sentence.tokens() {
            if let Some(lemma) = headlines::noun_with_sides(token, book) {
                let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
                tokens[token.index()].tag = "VBZ".into();
                tokens[token.index()].pos = "VERB".into();
                tokens[token.index()].lemma = lemma.into();
            }
            if let Some(found) = gerunds::gerund(token, book) {
                gerunds::to_verb(token, found, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
            }
        }
        for token in sentence.tokens().filter(|t| is_ordered(*t)) {
            let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
            tokens[token.index()].dep = "xcomp".into();
        }
        for token in sentence.tokens().filter(|t| is_noun_for_verb(*t)) {
            verb_to_noun(token, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
        }
        rehang(parse, &sentence, book, &mut tokens);
        for (token, noun) in sentence.tokens().filter_map(|t| Some((t, noun_before(t)?))) {
            let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
            tokens[token.index()].head = noun.index() as u32;
            tokens[token.index()].dep = "acl".into();
        }
        relist(parse, &sentence, &mut tokens);
        openers::mend_openers(parse, &sentence, &mut tokens);
        name_bills(parse, &sentence, &mut tokens);
        for token in sentence.tokens().filter(|t| is_headed_phrase(*t)) {
            let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
            tokens[token.index()].tag = "NN".into();
            tokens[token.index()].pos = "NOUN".into();
        }
    }
    let tokens = tokens?;
    Some(Parse::new(parse.text().to_owned(), tokens, parse.entities().to_vec()))
}

/// Hangs the items of lists, what is awarded and clauses on things where they belong.
fn relist(parse: &Parse, sentence: &Sentence<'_>, tokens: &mut Option<Vec<TokenData>>) {
    for (item, first) in sentence.tokens().filter_map(|t| Some((t, list_head(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[item.index()].dep = "conj".into();
        tokens[item.index()].head = first.index() as u32;
    }
    for (verb, firm, thing) in sentence.tokens().filter_map(two_objects) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[firm.index()].dep = "dative".into();
        tokens[thing.index()].dep = "dobj".into();
        tokens[thing.index()].head = verb.index() as u32;
    }
    for (clause, noun) in sentence.tokens().filter_map(|t| Some((t, thing_of_which(t, parse)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[clause.index()].head = noun.index() as u32;
    }
    for (have, verb, object) in sentence.tokens().filter_map(perfect) {
        perfect_to_verb(have, verb, object, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
    }
}

/// "called on him to send rifles, tanks and shells", with *tanks* for an object of the verb above: what it goes on from.
fn list_head(item: Token<'_>) -> Option<Token<'_>> {
    let verb = item.head();
    let listed = item.children().any(|c| c.dep() == "conj");
    if item.dep() != "dobj" || verb.index() > item.index() || !listed || !item.tag().starts_with("NN") {
        return None;
    }
    let parse = item.parse();
    let first = item.subtree().map(|t| t.index()).min()?;
    let comma = parse.token(first.checked_sub(1)?);
    let before = parse.token(comma.index().checked_sub(1)?);
    let object = std::iter::once(before)
        .chain(before.ancestors().take(4))
        .find(|t| t.dep() == "dobj" && t.tag().starts_with("NN") && t.head().index() > verb.index())?;
    let under = object.head().ancestors().any(|a| a.index() == verb.index());
    (comma.text() == "," && under).then_some(object)
}

/// Makes the trailing verb of speech the root, who speaks its subject, and all before it what is said.
fn speak(root: Token<'_>, speaker: Token<'_>, verb: Token<'_>, tokens: &mut [TokenData]) {
    let at = verb.index();
    tokens[speaker.index()].head = at as u32;
    tokens[speaker.index()].dep = "nsubj".into();
    tokens[root.index()].head = at as u32;
    tokens[root.index()].dep = "ccomp".into();
    tokens[at].head = at as u32;
    tokens[at].dep = "ROOT".into();
    tokens[at].tag = "VBD".into();
    tokens[at].pos = "VERB".into();
}

/// "awarded Acme (AC) a contract", with *contract* for an apposition of the name: the verb, who gets, what.
fn two_objects(thing: Token<'_>) -> Option<(Token<'_>, Token<'_>, Token<'_>)> {
    let firm = thing.head();
    let verb = firm.head();
    let gives =
        matches!(verb.lemma(), "award" | "give" | "grant" | "send" | "sell" | "offer" | "hand" | "lend");
    let named = firm.tag().starts_with("NNP") && firm.dep() == "dobj" && firm.index() > verb.index();
    let article = thing.children().find(|c| c.dep() == "det" && matches!(c.lemma(), "a" | "an" | "the"))?;
    let before = thing.parse().token(article.index().checked_sub(1)?);
    let joined = before.text() == ")" || before.index() == firm.index();
    (thing.dep() == "appos" && thing.tag() == "NN" && gives && named && joined).then_some((verb, firm, thing))
}

/// "a bill by Sen. Roe, which would stop": what *which* stands for, where the parser takes the person for it.
fn thing_of_which<'p>(clause: Token<'p>, parse: &Parse) -> Option<Token<'p>> {
    if clause.dep() != "relcl" {
        return None;
    }
    let which = clause.children().find(|c| c.dep().starts_with("nsubj"))?;
    let person = clause.head();
    let named = parse.entities().iter().any(|e| e.label == "PERSON" && e.tokens.contains(&person.index()));
    if !which.text().eq_ignore_ascii_case("which") || !named {
        return None;
    }
    let thing = |t: &Token<'p>| {
        t.tag().starts_with("NN")
            && t.index() < person.index()
            && matches!(t.dep(), "dobj" | "nsubj" | "nsubjpass" | "pobj" | "attr" | "ROOT" | "conj")
            && !parse.entities().iter().any(|e| e.label == "PERSON" && e.tokens.contains(&t.index()))
    };
    person.ancestors().find(thing)
}

/// "The network has procured servomotors", with *procured* for an adjective: the auxiliary, the verb and its object.
fn perfect(verb: Token<'_>) -> Option<(Token<'_>, Token<'_>, Token<'_>)> {
    let (parse, object) = (verb.parse(), verb.head());
    let have = object.head();
    let before = parse.token(verb.index().checked_sub(1)?);
    let aux = before.index() == have.index()
        || before.pos() == "ADV"
            && verb.index() >= 2
            && parse.token(verb.index() - 2).index() == have.index();
    let opens = object.children().all(|c| c.index() >= verb.index() || c.index() == before.index());
    (verb.tag() == "VBN"
        && verb.dep() == "amod"
        && matches!(object.dep(), "dobj" | "attr")
        && object.index() > verb.index()
        && have.lemma() == "have"
        && have.tag() != "VBG"
        && aux
        && opens)
        .then_some((have, verb, object))
}

/// Hangs all that stood on *have* on the verb, and makes *have* its auxiliary.
fn perfect_to_verb(have: Token<'_>, verb: Token<'_>, object: Token<'_>, tokens: &mut [TokenData]) {
    let (have_at, at) = (have.index(), verb.index());
    tokens[at].dep = tokens[have_at].dep.clone();
    tokens[at].head = if have.is_root() { at as u32 } else { tokens[have_at].head };
    for child in have.children() {
        tokens[child.index()].head = at as u32;
    }
    tokens[object.index()].dep = "dobj".into();
    tokens[have_at].head = at as u32;
    tokens[have_at].dep = "aux".into();
    tokens[at].pos = "VERB".into();
}

/// Makes nouns of the names of bills in a sentence.
fn name_bills(parse: &Parse, sentence: &lang::Sentence<'_>, tokens: &mut Option<Vec<TokenData>>) {
    for name in bills(sentence) {
        name_bill(parse, name, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
    }
}

/// Where a sentence names a bill by its number: "S.J. Res. 42", "H.R. 1300", "S. 9".
fn bills(sentence: &lang::Sentence<'_>) -> Vec<Range<usize>> {
    let tokens: Vec<Token<'_>> = sentence.tokens().collect();
    let chamber = |t: Token<'_>| {
        matches!(
            t.text(),
            "S.J." | "H.J." | "S." | "H." | "H.R." | "S.Con" | "H.Con" | "S.Con." | "H.Con." | "HR" | "H.Res"
        )
    };
    let inside = |t: Token<'_>| matches!(t.text(), "J." | "J" | "R." | "Con" | "Con." | "Res" | "Res." | ".");
    let mut found = Vec::new();
    for (i, first) in tokens.iter().enumerate().filter(|(_, t)| chamber(**t)) {
        let count = tokens[i + 1..].iter().take(4).take_while(|t| inside(**t)).count();
        let number = tokens.get(i + 1 + count);
        if let Some(number) = number.filter(|n| n.text().chars().all(|c| c.is_ascii_digit())) {
            found.push(first.index()..number.index() + 1);
        }
    }
    found
}

/// Makes one noun of a bill's name, which holds what hung on any of its parts.
fn name_bill(parse: &Parse, name: Range<usize>, tokens: &mut [TokenData]) {
    let outside = |i: &usize| !name.contains(&parse.token(*i).head().index()) || parse.token(*i).is_root();
    let mut linked = name.clone().filter(outside);
    let Some(link) = linked.clone().find(|i| parse.token(*i).dep() != "punct").or_else(|| linked.next())
    else {
        return;
    };
    let head = name.start;
    let (above, dep) = (tokens[link].head, tokens[link].dep.clone());
    let root = parse.token(link).is_root();
    for (i, token) in tokens.iter_mut().enumerate() {
        if !name.contains(&i) && name.contains(&(token.head as usize)) {
            token.head = head as u32;
        }
    }
    for i in name.clone().skip(1) {
        tokens[i].head = head as u32;
        tokens[i].dep = "nummod".into();
        tokens[i].tag = "CD".into();
        tokens[i].pos = "NUM".into();
    }
    tokens[head].head = if root { head as u32 } else { above };
    tokens[head].dep = dep;
    tokens[head].tag = "NN".into();
    tokens[head].pos = "NOUN".into();
    tokens[head].lemma = "bill".into();
}

/// "The Harbour Post daily reported": a newspaper, which the parser takes for how often.
fn is_daily(token: Token<'_>) -> bool {
    let before = token.index().checked_sub(1).map(|i| token.parse().token(i));
    let named =
        before.is_some_and(|b| b.tag().starts_with("NNP") && b.head().index() == token.head().index());
    matches!(token.text(), "daily" | "weekly")
        && token.dep() == "advmod"
        && named
        && is_speech(token.head().lemma())
}

/// "…, a source at the firm said on Friday", with *source* for an apposition and *said* for its clause: who says, and the
/// verb.
fn trailing_speech(root: Token<'_>) -> Option<(Token<'_>, Token<'_>)> {
    let parse = root.parse();
    let sentence = root.sentence();
    if !root.tag().starts_with("VB") && root.pos() != "AUX" {
        return None;
    }
    let speaks = |t: &Token<'_>| {
        let past = matches!(t.tag(), "VBD" | "VBN" | "VBZ" | "VBP");
        let clause = matches!(t.dep(), "acl" | "advcl" | "relcl" | "conj" | "dep" | "appos");
        let alone = !t.children().any(|c| {
            matches!(c.dep(), "nsubj" | "nsubjpass" | "ccomp" | "aux" | "auxpass" | "mark" | "cc" | "agent")
                || c.dep() == "prep" && matches!(c.lemma(), "by" | "to")
        });
        past && clause && alone && is_speech(t.lemma())
    };
    let verb =
        sentence.clone().rev().map(|i| parse.token(i)).find(speaks).filter(|v| v.index() > root.index())?;
    let comma =
        (sentence.start..verb.index()).rev().find(|i| matches!(parse.token(*i).text(), "," | "”" | "\""))?;
    let within = comma + 1..verb.index();
    if within.is_empty() || within.len() > 14 || comma < root.index() {
        return None;
    }
    let outside = |i: &usize| !within.contains(&parse.token(*i).head().index());
    let mut heads = within.clone().filter(outside).filter(|i| parse.token(*i).pos() != "PUNCT");
    let speaker = parse.token(heads.next()?);
    let named = speaker.tag().starts_with("NN")
        && matches!(speaker.dep(), "appos" | "conj" | "nsubj" | "npadvmod" | "dep");
    let under = speaker.ancestors().all(|a| a.index() != verb.index());
    let next = parse.len().min(sentence.end).min(verb.index() + 2);
    let rest = (verb.index() + 1..next).map(|i| parse.token(i)).all(|t| {
        matches!(t.pos(), "PUNCT" | "ADP" | "PROPN" | "ADV" | "SPACE")
            || matches!(t.dep(), "npadvmod" | "dobj" | "dative")
    });
    (heads.next().is_none() && named && under && rest).then_some((speaker, verb))
}

/// Verbs by which something is said.
pub(crate) fn is_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "report"
            | "announce"
            | "add"
            | "tell"
            | "confirm"
            | "state"
            | "claim"
            | "declare"
            | "note"
            | "acknowledge"
            | "explain"
            | "disclose"
            | "reveal"
            | "write"
            | "admit"
            | "insist"
            | "argue"
            | "warn"
            | "stress"
            | "complain"
            | "allege"
            | "assert"
            | "testify"
            | "promise"
            | "repeat"
            | "reiterate"
            | "concede"
            | "contend"
            | "maintain"
            | "deny"
            | "suggest"
            | "hint"
            | "indicate"
            | "conclude"
            | "respond"
            | "reply"
    )
}

/// The lemma of the verb that a sentence's root should be, where it is taken for a noun and there is no other verb.
fn verb_for_noun(root: Token<'_>, book: &EventTable) -> Option<String> {
    if let Some(lemma) = report_for_noun(root) {
        return Some(lemma.to_owned());
    }
    let plural = |c: Token<'_>| c.dep() == "nsubj" && c.index() < root.index() && c.tag().starts_with("NN");
    let base = root.text().to_lowercase();
    if root.tag() == "NN"
        && root.children().any(plural)
        && !has_finite_verb(root)
        && book.verb(&base).is_some()
    {
        return Some(base); // "the first components arrive"
    }
    if !matches!(root.tag(), "NNS" | "NNPS") || !root.text().starts_with(char::is_lowercase) {
        return None;
    }
    let before = root.children().any(|c| c.index() < root.index() && is_name(c));
    let titled = root
        .index()
        .checked_sub(1)
        .map(|i| root.parse().token(i))
        .is_some_and(|b| b.head() == root && matches!(b.tag(), "NN" | "NNP") && b.dep() == "compound");
    let before = before || titled; // "The Rinaldi administration notifies"
    let next = root.index() + 1;
    let parse = root.parse();
    let opens = |t: Token<'_>| matches!(t.tag(), "DT" | "CD" | "NNP" | "NNPS" | "PRP$" | "$" | "JJ");
    let pleads = matches!(root.text(), "appeals" | "begs" | "asks" | "pleads" | "calls" | "turns");
    let particle = |t: Token<'_>| {
        let phrase = verb_lemma(root.text(), book).map(|l| format!("{l} {}", t.text()));
        phrase.is_some_and(|p| {
            book.verb(&p).is_some() || book.operator(&p).is_some() || !book.actions(&p).is_empty()
        })
    };
    let asks = |t: Token<'_>| {
        let infinitive = t.tag() == "TO" && t.head().index() > t.index() && t.head().tag() == "VB";
        pleads && matches!(t.tag(), "IN" | "TO") || infinitive || t.tag() == "RB" || particle(t)
    };
    if !before || next >= parse.len() || !opens(parse.token(next)) && !asks(parse.token(next)) {
        return None;
    }
    if has_finite_verb(root) {
        return None;
    }
    verb_lemma(root.text(), book)
}

/// "Chadian media report that", with *report* for what the media are: a verb of speech after a plural.
fn report_for_noun(root: Token<'_>) -> Option<&str> {
    let parse = root.parse();
    let before = parse.token(root.index().checked_sub(1)?);
    let next = root.index() + 1;
    let says =
        matches!(root.text(), "report" | "claim" | "charge" | "claims" | "reports" | "warns" | "states");
    let clause = next < parse.len() && parse.token(next).lemma() == "that";
    let named = before.head() == root && before.tag().starts_with("NN");
    (says && clause && named && !has_finite_verb(root)).then(|| root.lemma())
}

/// The noun whose clause a verb begins that the parser hangs on the verb above: "cancelled a deal to buy tanks",
/// "intercepted a dhow carrying rifles".
fn noun_before(clause: Token<'_>) -> Option<Token<'_>> {
    let parse = clause.parse();
    if clause.dep() != "advcl" {
        return None;
    }
    if clause.tag() == "VBG" && crate::events::tree::is_carrying(clause) {
        let craft = |c: &Token<'_>| {
            matches!(c.dep(), "dobj" | "nsubjpass")
                && c.index() < clause.index()
                && crate::events::is_craft(*c)
        };
        if let Some(craft) = clause.head().children().find(craft) {
            return Some(craft); // "intercepts a ship off Cyprus carrying arms"
        }
    }
    let first = match clause.tag() {
        "VB" => clause.children().find(|c| c.tag() == "TO")?.index(),
        "VBG" if clause.lemma() == "carry" || clause.lemma() == "transport" => clause.index(),
        _ => return None,
    };
    let noun = parse.token(first.checked_sub(1)?);
    let of_verb = matches!(noun.dep(), "dobj" | "nsubjpass") && noun.head() == clause.head();
    let plan = || tree::is_plan(noun) || matches!(noun.lemma(), "offer" | "pact" | "request" | "demand");
    (of_verb && (clause.tag() == "VBG" || plan())).then_some(noun)
}

fn is_name(token: Token<'_>) -> bool {
    matches!(token.dep(), "compound" | "nmod" | "nsubj" | "amod")
        && token.text().starts_with(char::is_uppercase)
}

/// Makes the root a verb: the name before it its subject, the phrase after it its object.
fn root_to_verb(root: Token<'_>, lemma: String, tokens: &mut [TokenData]) {
    let at = root.index();
    tokens[at].tag = "VBZ".into();
    tokens[at].pos = "VERB".into();
    tokens[at].lemma = lemma.into();
    let noun = |c: Token<'_>| is_name(c) || c.dep() == "compound" && c.index() + 1 == at;
    let Some(subject) = root.children().filter(|c| c.index() < at && noun(*c)).last() else { return };
    tokens[subject.index()].dep = "nsubj".into();
    for child in root.children().filter(|c| c.index() < subject.index()) {
        if matches!(child.dep(), "det" | "compound" | "amod" | "nmod" | "poss" | "nummod") {
            tokens[child.index()].head = subject.index() as u32;
        }
    }
    for infinitive in root.children().filter(|c| c.index() > at && c.tag() == "VB") {
        if matches!(infinitive.dep(), "advcl" | "acl" | "relcl") {
            tokens[infinitive.index()].dep = "xcomp".into(); // "votes to extend"
        }
    }
    let next = at + 1;
    let particle = root.children().find(|c| {
        c.index() == next
            && c.dep() == "prep"
            && matches!(c.text(), "over" | "up" | "down" | "out" | "off" | "back")
    });
    if let Some(particle) = particle {
        tokens[next].dep = "prt".into();
        tokens[next].tag = "RP".into();
        for object in particle.children().filter(|c| c.dep() == "pobj") {
            tokens[object.index()].head = at as u32;
            tokens[object.index()].dep = "dobj".into();
        }
    }
    let object = root.children().find(|c| {
        c.index() > at
            && matches!(c.dep(), "appos" | "npadvmod" | "dep" | "nsubj" | "dobj" | "nummod" | "conj")
    });
    if let Some(object) = object {
        tokens[object.index()].dep = "dobj".into();
    }
}

/// "raised the weapons hold", with *hold* for a verb though it heads a noun phrase.
fn is_headed_phrase(token: Token<'_>) -> bool {
    let phrase = |c: Token<'_>| {
        c.index() < token.index()
            && (matches!(c.dep(), "det" | "compound")
                && matches!(c.tag(), "DT" | "NN" | "NNS" | "NNP" | "PRP$"))
    };
    matches!(token.tag(), "VB" | "VBP")
        && matches!(token.dep(), "dobj" | "pobj" | "nsubj" | "nsubjpass" | "attr")
        && token.children().any(phrase)
        && !token.children().any(|c| matches!(c.dep(), "dobj" | "nsubj" | "aux"))
}

/// "rejects US claims that", with *claims* for the verb of a clause without a mark.
fn is_noun_for_verb(token: Token<'_>) -> bool {
    let rejects =
        |t: Token<'_>| matches!(t.lemma(), "deny" | "reject" | "dismiss" | "refute" | "repeat" | "echo");
    matches!(token.text(), "claims" | "reports" | "charges" | "claim")
        && token.dep() == "ccomp"
        && rejects(token.head())
        && token.head().index() < token.index()
        && !token.children().any(|c| c.dep() == "mark")
}

fn verb_to_noun(token: Token<'_>, tokens: &mut [TokenData]) {
    let at = token.index();
    tokens[at].tag = "NNS".into();
    tokens[at].pos = "NOUN".into();
    tokens[at].dep = "dobj".into();
    tokens[at].lemma = token.text().trim_end_matches('s').into();
    for child in token.children() {
        let dep = match child.dep() {
            "nsubj" => "nmod",
            "ccomp" => "acl",
            _ => continue,
        };
        tokens[child.index()].dep = dep.into();
    }
}
