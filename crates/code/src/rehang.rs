//! Mends clauses, lists and participles that the parser hangs on the wrong word: the larger part of [`crate::mend`].

use lang::{Parse, Sentence, Token, TokenData};

use crate::events::{EventTable, tree};
use crate::mend::is_speech;

/// Mends clauses, lists and participles that hang on the wrong word of a sentence.
pub(crate) fn rehang(
    parse: &Parse,
    sentence: &Sentence<'_>,
    book: &EventTable,
    tokens: &mut Option<Vec<TokenData>>,
) {
    for (noun, people) in sentence.tokens().filter_map(|t| Some((t, gathered(t)?))) {
        gather(noun, people, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
    }
    for (clause, verb) in sentence.tokens().filter_map(|t| Some((t, told_in(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[clause.index()].head = verb.index() as u32;
        tokens[clause.index()].dep = "ccomp".into();
    }
    for (word, verb) in sentence.tokens().filter_map(|t| Some((t, begun(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        let noun = word.head().index();
        tokens[word.index()].head = verb.index() as u32;
        tokens[word.index()].dep = "xcomp".into();
        tokens[word.index()].pos = "VERB".into();
        tokens[noun].head = word.index() as u32;
        for to in verb.children().filter(|c| c.dep() == "prep" && c.index() > noun) {
            tokens[to.index()].head = word.index() as u32;
        }
    }
    for (verb, inner, noun) in sentence.tokens().filter_map(said_of) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        let that = noun.index() + 1;
        tokens[verb.index()].head = noun.index() as u32;
        tokens[verb.index()].dep = "relcl".into();
        tokens[that].head = inner.index() as u32;
        tokens[that].tag = "WDT".into();
        tokens[that].pos = "PRON".into();
        let passive = inner.children().any(|c| c.dep() == "auxpass");
        let open = !inner.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
        let dep = if !open {
            "dobj"
        } else if passive {
            "nsubjpass"
        } else {
            "nsubj"
        };
        tokens[that].dep = dep.into();
    }
    for (verb, finite) in sentence.tokens().filter_map(|t| Some((t, joined_to(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[verb.index()].head = finite.index() as u32;
    }
    rehang_leave(parse, sentence, tokens);
    for verb in sentence.tokens().filter(|t| is_participle(*t)) {
        participle(verb, book, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
    }
    for (word, over, dep) in sentence.tokens().filter_map(misplaced) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[word.index()].head = over.index() as u32;
        tokens[word.index()].dep = dep.into();
    }
    for (item, first) in sentence.tokens().filter_map(|t| Some((t, list_of(t)?))) {
        rejoin(item, first, tokens.get_or_insert_with(|| parse.token_data().to_vec()));
    }
}

/// A word that hangs one step too deep, where it belongs, and as what.
///
/// "may have bought", with *may* on *have*; "a sale by Chad of jets", "a contract between A and B for jets", with the
/// goods on the name; "dismissed as false the claims", with the claims on *false*.
fn misplaced(word: Token<'_>) -> Option<(Token<'_>, Token<'_>, &'static str)> {
    let head = word.head();
    if word.dep() == "aux" && word.tag() == "MD" && head.dep() == "aux" && head.head().tag().starts_with("VB")
    {
        return Some((word, head.head(), "aux"));
    }
    if word.dep() == "pobj" && head.dep() == "prt" && head.index() < word.index() {
        return Some((word, head.head(), "dobj")); // "handing over jets"
    }
    let last = |t: &Token<'_>| t.index() == word.index();
    let goods = |p: Token<'_>| p.children().any(|c| c.dep() == "pobj" && matches!(c.tag(), "NN" | "NNS"));
    let source = || word.text() == "from" && word.children().any(|c| c.dep() == "pobj" && c.tag() == "NNP");
    let of_goods = || matches!(word.text(), "of" | "for") && goods(word);
    if word.dep() == "prep" && head.tag() == "NNP" && (of_goods() || source()) {
        let mut name = head;
        while name.dep() == "conj" {
            name = name.head();
        }
        let side = name.head();
        let over = side.head();
        let between =
            matches!(side.text(), "by" | "from" | "between") && side.dep() == "prep" && name.dep() == "pobj";
        let deed = matches!(over.tag(), "NN" | "NNS") && head.children().filter(last).count() == 1;
        return (between && deed).then_some((word, over, "prep"));
    }
    let stopped =
        matches!(head.lemma(), "detain" | "seize" | "intercept" | "stop" | "board" | "impound" | "capture");
    if word.dep() == "prep" && word.text() == "with" && stopped && tree::is_verb(head) {
        let craft = head.children().find(|c| c.dep() == "dobj" && crate::events::is_craft(*c))?;
        return Some((word, craft, "prep")); // "detained a ship with rifles"
    }
    let verb = head.head();
    let charged =
        matches!(verb.lemma(), "convict" | "accuse" | "acquit" | "charge" | "suspect" | "indict" | "find");
    let deed = matches!(word.text(), "of" | "with" | "for") && word.children().any(|c| c.dep() == "pcomp");
    if word.dep() == "prep" && deed && charged && head.dep() == "dobj" && tree::is_verb(verb) {
        return Some((word, verb, "prep")); // "convicted a trader of exporting"
    }
    let judged = head.tag() == "JJ" && matches!(head.dep(), "advcl" | "prep" | "xcomp" | "oprd");
    let as_it = head.children().any(|c| c.text() == "as" && c.index() < head.index());
    let thing = word.dep() == "dobj" && word.tag().starts_with("NN") && word.index() > head.index();
    (judged && as_it && thing && verb.tag().starts_with("VB")).then_some((word, verb, "dobj"))
}

/// Hangs requests, leave and loads with what tells them.
fn rehang_leave(parse: &Parse, sentence: &Sentence<'_>, tokens: &mut Option<Vec<TokenData>>) {
    for (clause, request) in sentence.tokens().filter_map(|t| Some((t, request_before(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[clause.index()].head = request.index() as u32;
        tokens[clause.index()].dep = "acl".into();
    }
    for (clause, who, leave) in sentence.tokens().filter_map(leave_for) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        let mark = who.head().index();
        tokens[clause.index()].head = leave.index() as u32;
        tokens[clause.index()].dep = "acl".into();
        tokens[who.index()].head = clause.index() as u32;
        let passive = clause.children().any(|c| c.dep() == "auxpass");
        tokens[who.index()].dep = if passive { "nsubjpass" } else { "nsubj" }.into();
        tokens[mark].head = clause.index() as u32;
        tokens[mark].dep = "mark".into();
    }
    for (way, load) in sentence.tokens().filter_map(|t| Some((t, bound_load(t)?))) {
        let tokens = tokens.get_or_insert_with(|| parse.token_data().to_vec());
        tokens[load.index()].head = way.head().index() as u32;
        tokens[load.index()].dep = "dobj".into();
        tokens[way.index()].head = load.index() as u32;
        tokens[way.index()].dep = "acl".into();
        tokens[way.index()].tag = "VBN".into();
    }
}

/// "Foreign ministers meeting in Accra agree", with *meeting* for a noun: who meets.
fn gathered(noun: Token<'_>) -> Option<Token<'_>> {
    let people = noun.parse().token(noun.index().checked_sub(1)?);
    let next = noun.index() + 1;
    let place = next < noun.parse().len() && matches!(noun.parse().token(next).text(), "in" | "at" | "on");
    let meets = noun.text() == "meeting" && people.tag() == "NNS" && people.head() == noun;
    (meets && place && matches!(noun.dep(), "nsubj" | "ROOT")).then_some(people)
}

/// Makes the people the subject, and the meeting what they do.
fn gather(noun: Token<'_>, people: Token<'_>, tokens: &mut [TokenData]) {
    let (at, who) = (noun.index(), people.index());
    for child in noun.children().filter(|c| c.index() < who) {
        tokens[child.index()].head = who as u32;
    }
    if !noun.is_root() {
        tokens[who].head = noun.head().index() as u32;
    } else {
        tokens[who].head = who as u32;
    }
    tokens[who].dep = noun.dep().into();
    tokens[at].head = who as u32;
    tokens[at].dep = "acl".into();
    tokens[at].tag = "VBG".into();
    tokens[at].pos = "VERB".into();
    tokens[at].lemma = "meet".into();
}

/// "confirms in a letter to X that Chad will buy", with the clause hung on the letter: the verb that it belongs to.
fn told_in(clause: Token<'_>) -> Option<Token<'_>> {
    let noun = clause.head();
    let verb = noun.head().head();
    let own = clause.children().any(|c| c.dep() == "nsubj" || c.dep() == "nsubjpass");
    let that = clause.children().any(|c| c.dep() == "mark" && c.lemma() == "that");
    let within =
        matches!(clause.dep(), "acl" | "relcl") && noun.dep() == "pobj" && noun.head().dep() == "prep";
    let speaks = is_speech(verb.lemma()) && verb.tag().starts_with("VB");
    let free = !verb.children().any(|c| c.dep() == "ccomp");
    (within && own && that && speaks && free && clause.index() > noun.index()).then_some(verb)
}

/// "rockets that the army says Chad was sending": the verb of speech, what is said, and the noun that both are about,
/// where the parser takes *that* for the mark of a clause of its own.
fn said_of(verb: Token<'_>) -> Option<(Token<'_>, Token<'_>, Token<'_>)> {
    let speaks =
        is_speech(verb.lemma()) || matches!(verb.lemma(), "believe" | "suspect" | "allege" | "think");
    let that = verb.children().find(|c| c.dep() == "mark" && c.text() == "that")?;
    let noun = verb.parse().token(that.index().checked_sub(1)?);
    let inner = verb.children().find(|c| c.dep() == "ccomp" && c.index() > verb.index())?;
    let open = !inner.children().any(|c| matches!(c.dep(), "dobj" | "nsubjpass" | "mark"));
    let named =
        noun.tag().starts_with("NN") && !is_speech(noun.lemma()) && noun.sentence() == verb.sentence();
    let hung =
        matches!(verb.dep(), "advcl" | "acl" | "relcl" | "ccomp") && verb.head().index() < that.index();
    let speech_above = verb.dep() == "ccomp" && is_speech(verb.head().lemma());
    let subject = verb.children().any(|c| c.dep() == "nsubj" && c.index() > that.index());
    (speaks && open && named && hung && subject && !speech_above).then_some((verb, inner, noun))
}

/// "has begun shipping rifles", with *shipping* for a part of the name of the rifles: the verb over both.
fn begun(word: Token<'_>) -> Option<Token<'_>> {
    let noun = word.head();
    let verb = noun.head();
    let doing = word.tag() == "VBG" && matches!(word.dep(), "compound" | "amod") && noun.dep() == "dobj";
    let begins = matches!(
        verb.lemma(),
        "begin"
            | "start"
            | "stop"
            | "continue"
            | "resume"
            | "cease"
            | "finish"
            | "restart"
            | "halt"
            | "consider"
            | "deny"
            | "admit"
            | "end"
            | "suspend"
    );
    let beside = word.index() == verb.index() + 1;
    (doing && begins && beside).then_some(verb)
}

/// "gave its go-ahead for Oslo and Lima to deliver jets", with *Oslo* for the object of *for*: the clause, who is to
/// act, and the leave that is given.
fn leave_for(clause: Token<'_>) -> Option<(Token<'_>, Token<'_>, Token<'_>)> {
    let infinitive = matches!(clause.tag(), "VB" | "VBN")
        && matches!(clause.dep(), "advcl" | "acl" | "xcomp" | "relcl" | "ccomp");
    let own = clause.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
    let to = clause.children().find(|c| c.tag() == "TO")?;
    let parse = clause.parse();
    let last = parse.token(to.index().checked_sub(1)?);
    let who = std::iter::once(last).chain(last.ancestors().take(3)).find(|t| t.dep() == "pobj")?;
    let leave = who.head().head();
    let grants = matches!(
        leave.lemma(),
        "ahead"
            | "approval"
            | "permission"
            | "licence"
            | "license"
            | "light"
            | "clearance"
            | "consent"
            | "nod"
            | "authorisation"
            | "authorization"
    );
    let end = who.subtree().map(|t| t.index()).max()? + 1;
    let ready = who.head().lemma() == "for" && end == to.index() && leave.tag().starts_with("NN");
    (infinitive && !own && grants && ready).then_some((clause, who, leave))
}

/// "approves a plan to use force and imposes an embargo", with *imposes* joined to *use*: the finite verb that it goes
/// on from.
fn joined_to(verb: Token<'_>) -> Option<Token<'_>> {
    let below = verb.head();
    let finite = |t: Token<'_>| matches!(t.tag(), "VBZ" | "VBD");
    let own = verb.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "aux" | "mark"));
    let bare = below.tag() == "VB" && below.children().any(|c| c.tag() == "TO");
    if verb.dep() != "conj" || !finite(verb) || own || !bare {
        return None;
    }
    below.ancestors().find(|a| finite(*a)).filter(|a| a.tag() == verb.tag() && a.index() < verb.index())
}

/// "vetoed a request from Denmark to send vehicles", with *to send* for why it vetoed: the request that it tells.
fn request_before(clause: Token<'_>) -> Option<Token<'_>> {
    let infinitive = clause.dep() == "advcl" && clause.children().any(|c| c.tag() == "TO");
    let verb = clause.head();
    let request = verb.children().find(|c| {
        matches!(c.dep(), "dobj" | "nsubjpass")
            && matches!(c.lemma(), "request" | "plea" | "appeal" | "demand" | "application" | "call" | "bid")
    })?;
    let end = request.subtree().map(|t| t.index()).max()? + 1;
    let first = clause.subtree().map(|t| t.index()).min()?;
    (infinitive && clause.tag() == "VB" && end == first).then_some(request)
}

/// "seized a shipment of arms destined for Chad", with *destined* for a clause of its own: what is seized.
fn bound_load(way: Token<'_>) -> Option<Token<'_>> {
    let bound = matches!(way.lemma(), "destine" | "bind" | "head" | "intend" | "mean" | "bound")
        && matches!(way.text(), "destined" | "bound" | "headed" | "intended" | "meant");
    let own = !way.children().any(|c| matches!(c.dep(), "aux" | "auxpass" | "mark" | "dobj"));
    let verb = way.head();
    let open =
        verb.tag().starts_with("VB") && !verb.children().any(|c| matches!(c.dep(), "dobj" | "nsubjpass"));
    let load = way.children().find(|c| c.dep() == "nsubj" && c.index() > verb.index())?;
    (bound && own && open && way.dep() == "ccomp" && verb.index() < way.index()).then_some(load)
}

/// "admits having parachuted rifles", with *parachuted* for an adjective of the rifles.
fn is_participle(token: Token<'_>) -> bool {
    let having = token.index().checked_sub(1).map(|i| token.parse().token(i));
    token.dep() == "amod"
        && token.text().ends_with("ed")
        && token.head().dep() == "dobj"
        && having.is_some_and(|h| h.lemma() == "have" && h.tag() == "VBG" && token.head().head() == h)
}

/// Makes such an adjective the verb that it is, with *having* for its auxiliary.
fn participle(token: Token<'_>, book: &EventTable, tokens: &mut [TokenData]) {
    let (at, noun) = (token.index(), token.head());
    let having = noun.head();
    let stem = token.text().trim_end_matches('d');
    let short = stem.trim_end_matches('e');
    let known = |l: &&str| book.verb(l).is_some() || book.operator(l).is_some();
    tokens[at].lemma = [stem, short].into_iter().find(known).unwrap_or(short).into();
    tokens[at].tag = "VBN".into();
    tokens[at].pos = "VERB".into();
    tokens[at].dep = having.dep().into();
    tokens[at].head = if having.is_root() { at as u32 } else { having.head().index() as u32 };
    for child in having.children() {
        tokens[child.index()].head = at as u32;
    }
    tokens[noun.index()].head = at as u32;
    tokens[having.index()].head = at as u32;
    tokens[having.index()].dep = "aux".into();
}

/// The object that begins the list which the parser ends too soon, and whose next item it hangs on the verb above:
/// "accuses firms of having sold jammers, goggles and missiles to X" with *goggles* for whom it accuses.
fn list_of(item: Token<'_>) -> Option<Token<'_>> {
    let parse = item.parse();
    let verb = item.head();
    if item.dep() != "dobj" || !verb.tag().starts_with("VB") || item.index() < verb.index() {
        return None;
    }
    let other = verb.children().any(|c| c.dep() == "dobj" && c.index() < item.index());
    let start = item.subtree().map(|t| t.index()).min()?;
    let before = parse.token(start.checked_sub(2)?);
    if !other || parse.token(start - 1).text() != "," {
        return None;
    }
    let inner = std::iter::once(before).chain(before.ancestors()).take_while(|a| *a != verb);
    inner.filter(|a| a.dep() == "dobj" && a.head() != verb && a.head().is_under(verb)).last()
}

/// Makes an item part of the list that `first` begins, and hangs what follows it on that list's verb.
fn rejoin(item: Token<'_>, first: Token<'_>, tokens: &mut [TokenData]) {
    let (verb, own) = (item.head(), first.head());
    tokens[item.index()].head = first.index() as u32;
    tokens[item.index()].dep = "conj".into();
    let follows = |c: &Token<'_>| {
        c.index() > item.index() && c.dep() == "prep" && matches!(c.lemma(), "to" | "from" | "for")
    };
    for child in verb.children().filter(follows) {
        tokens[child.index()].head = own.index() as u32;
    }
}
