//! Reads roles off the dependencies: who does it, to what, with which prepositions.
//!
//! Labels are those of the CLEAR scheme that spaCy's English models use (`nsubj`, `dobj`, `pobj`, `agent`, …).

use std::ops::Range;

use lang::Token;

use super::blame::{blamed_for, blames, over_law};
use super::requests::{asked, asks_leave, is_asked_act, is_penalty};
pub(crate) use super::requests::{is_request, makes_request};

/// `token` and the conjuncts below it, in order of the text.
pub(crate) fn conjuncts(token: Token<'_>) -> Vec<Token<'_>> {
    let mut all = vec![token];
    let mut next = 0;
    while next < all.len() && all.len() < 64 {
        all.extend(all[next].children().filter(|c| c.dep() == "conj"));
        next += 1;
    }
    all.sort_by_key(Token::index);
    all
}

/// The first child with one of the labels.
pub(crate) fn child<'p>(token: Token<'p>, deps: &[&str]) -> Option<Token<'p>> {
    token.children().find(|c| deps.contains(&c.dep()))
}

/// Whether `token` is a verb used as one.
pub(crate) fn is_verb(token: Token<'_>) -> bool {
    token.tag().starts_with("VB") || token.pos() == "VERB" || token.pos() == "AUX"
}

/// The lemma of a verb with the particle or adverb that belongs to it: "rule out", "go ahead".
pub(crate) fn phrasal(verb: Token<'_>) -> Option<String> {
    let part = verb.children().find(|c| {
        c.dep() == "prt"
            || c.dep() == "advmod"
                && matches!(c.lemma(), "ahead" | "forward" | "back" | "down" | "up" | "short")
    })?;
    Some(format!("{} {}", verb.lemma(), part.lemma()))
}

/// Whether `token` is a noun.
pub(crate) fn is_noun(token: Token<'_>) -> bool {
    token.tag().starts_with("NN") && token.pos() != "VERB"
}

/// Whether the verb is passive here: a passive subject or auxiliary, or a bare participle after a noun.
pub(crate) fn is_passive(verb: Token<'_>) -> bool {
    if child(verb, &["nsubjpass", "auxpass", "agent"]).is_some() {
        return true;
    }
    if verb.tag() != "VBN" {
        return false;
    }
    match verb.dep() {
        "acl" | "amod" => child(verb, &["nsubj", "aux"]).is_none(),
        "conj" => is_passive(verb.head()) && child(verb, &["nsubj", "dobj"]).is_none(),
        "advcl" | "ROOT" => child(verb, &["nsubj", "aux"]).is_none(),
        _ => false,
    }
}

/// Whether a child negates the word: not, n't, never, no.
pub(crate) fn is_negated(token: Token<'_>) -> bool {
    token.children().any(|c| {
        c.dep() == "neg"
            || matches!(c.lemma(), "never" | "neither" | "hardly" | "nor")
            || (c.dep() == "det" && c.lemma() == "no")
    })
}

/// The clauses that say what a noun holds: "a ship carrying shells", "a ship believed to be carrying shells".
pub(crate) fn loads(noun: Token<'_>) -> Vec<Token<'_>> {
    let clauses = noun.children().filter(|c| matches!(c.dep(), "acl" | "relcl"));
    let hedged = |c: Token<'_>| {
        matches!(
            c.lemma(),
            "claim" | "believe" | "say" | "suspect" | "think" | "allege" | "report" | "find" | "understand"
        )
    };
    let mut found = Vec::new();
    for clause in clauses {
        if carries(clause) {
            found.push(clause);
        } else if hedged(clause) {
            let inner = clause.children().filter(|x| matches!(x.dep(), "xcomp" | "ccomp" | "pcomp"));
            found.extend(inner.filter(|x| is_carrying(*x)));
        }
    }
    found
}

/// Whether a clause says what its noun holds: "a ship carrying shells", "trucks that were loaded with rifles".
pub(crate) fn carries(clause: Token<'_>) -> bool {
    matches!(clause.dep(), "acl" | "relcl") && is_carrying(clause)
}

/// Whether a verb says what a craft holds.
pub(crate) fn is_carrying(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "load"
            | "carry"
            | "transport"
            | "contain"
            | "fill"
            | "pack"
            | "bring"
            | "haul"
            | "lade"
            | "stuff"
            | "ferry"
            | "smuggle"
    )
}

/// The modal auxiliary of a verb (`will`, `could`), if it has one, in its full form.
pub(crate) fn modal(verb: Token<'_>) -> Option<String> {
    match verb.children().find(|c| c.tag() == "MD" && c.index() < verb.index()) {
        Some(found) => Some(full_modal(&found.text().to_lowercase())),
        None if verb.dep() == "conj" && verb.tag() == "VB" && is_verb(verb.head()) => modal(verb.head()),
        None => None,
    }
}

fn full_modal(word: &str) -> String {
    match word {
        "'ll" | "’ll" | "wo" | "shall" => "will".to_owned(),
        "'d" | "’d" => "would".to_owned(),
        "ca" => "can".to_owned(),
        other => other.to_owned(),
    }
}

/// The noun that a relative pronoun stands for, where `token` is one inside a relative clause.
pub(crate) fn antecedent(token: Token<'_>) -> Option<Token<'_>> {
    let that = token.text().eq_ignore_ascii_case("that")
        && matches!(token.dep(), "dobj" | "nsubj" | "nsubjpass" | "pobj")
        && token.head().dep() == "relcl";
    if !that && !matches!(token.tag(), "WDT" | "WP" | "WP$") {
        return None;
    }
    token.ancestors().find(|a| a.dep() == "relcl").map(|clause| clause.head())
}

/// Replaces a relative pronoun by its noun.
pub(crate) fn through_relative(token: Token<'_>) -> Token<'_> {
    antecedent(token).unwrap_or(token)
}

/// Who does what `verb` says, after control, coordination and relative clauses are undone.
///
/// Gives heads of noun phrases, coordination not expanded; passive verbs give their agent.
pub(crate) fn agents(verb: Token<'_>) -> Vec<Token<'_>> {
    agents_within(verb, 6)
}

pub(super) fn agents_within(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    if depth == 0 {
        return Vec::new();
    }
    if is_passive(verb) {
        return objects_of(verb, &["by"]);
    }
    if let Some(subject) = child(verb, &["nsubj"]) {
        return vec![through_relative(subject)];
    }
    let aux = verb.children().filter(|c| matches!(c.dep(), "aux" | "auxpass"));
    if let Some(subject) = aux.filter_map(|a| child(a, &["nsubj"])).next() {
        return vec![through_relative(subject)]; // "is today imposing", with the subject on "is"
    }
    let head = verb.head();
    match verb.dep() {
        "xcomp" | "ccomp" => controller(verb, depth),
        "advcl" if verb.tag() == "VB" && (asks_of(head) || hires(head)) => controller(verb, depth),
        "advcl" | "oprd" | "dep" if is_verb(head) && is_passive(head) => patients(head),
        "conj" | "advcl" | "oprd" | "dep" if is_verb(head) => agents_within(head, depth - 1),
        "acl" | "relcl" if matches!(verb.tag(), "VBG" | "VB") => noun_controller(verb, depth),
        "pcomp" | "pobj" => preposition_controller(verb, depth),
        "dobj" if verb.tag() == "VBG" && is_verb(head) => agents_within(head, depth - 1),
        "acomp" | "attr" if is_verb(head) => agents_within(head, depth - 1),
        _ => Vec::new(),
    }
}

/// Who controls the subject of an infinitive: the object of "ask X to", else the subject above.
fn controller(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let head = verb.head();
    if let Some(object) = child(head, &["dobj", "dative"])
        && object.index() < verb.index()
        && !is_work(object)
        && !matches!(head.lemma(), "promise" | "offer" | "use" | "take" | "sign" | "have")
    {
        return vec![through_relative(object)];
    }
    if asks_of(head) {
        let asked = objects_of(head, &["on", "upon", "to", "for", "with"]);
        if !asked.is_empty() {
            return asked;
        }
    }
    if is_verb(head) && is_passive(head) { patients(head) } else { agents_within(head, depth - 1) }
}

/// A noun for what is done to get something: "relaunched the process to acquire jets".
fn is_work(noun: Token<'_>) -> bool {
    is_plan(noun) && noun.pos() == "NOUN"
        || matches!(
            noun.lemma(),
            "process"
                | "procedure"
                | "tender"
                | "competition"
                | "work"
                | "preparation"
                | "project"
                | "programme"
                | "campaign"
                | "funds"
                | "fund"
                | "money"
                | "step"
                | "negotiation"
                | "discussion"
                | "loan"
                | "budget"
        )
}

/// Whether a verb names whom it asks after a preposition: "called on Spain to".
fn asks_of(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "call" | "appeal" | "rely" | "plead" | "prevail" | "lean")
}

/// A paper that lets goods go out.
pub(crate) fn is_permit(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "licence" | "license" | "permit") && is_noun(noun)
}

/// Whether a verb names whom it takes on for what the infinitive says: "selected X to supply".
pub(crate) fn hires(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "select"
            | "choose"
            | "pick"
            | "contract"
            | "commission"
            | "task"
            | "tap"
            | "hire"
            | "appoint"
            | "nominate"
    )
}

/// Who acts in "efforts to acquire", "a bid to buy": the owner of the noun, or the subject of its verb.
fn noun_controller(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let noun = verb.head();
    if verb.tag() == "VBG" && !is_plan(noun) {
        return vec![noun];
    }
    let owners = owners(noun);
    if is_request(noun) && is_asked_act(verb) {
        let wants_leave = asks_leave(noun, verb, &owners);
        return if wants_leave.is_empty() { asked(noun, depth) } else { wants_leave };
    }
    if !owners.is_empty() {
        return owners;
    }
    let named = objects_of(noun, &["by", "of", "between", "for"]);
    if !named.is_empty() {
        return named;
    }
    let above = noun.head();
    let leave =
        matches!(noun.lemma(), "option" | "permission" | "right" | "ability" | "chance" | "authority");
    if let Some(given) = child(above, &["dative"]).filter(|_| leave && noun.dep() == "dobj") {
        return vec![given]; // "denied Poland the option to send"
    }
    match noun.dep() {
        "dobj" | "attr" | "oprd" if is_verb(above) => actors_of(above, depth),
        "pobj" if is_verb(above.head()) => actors_of(above.head(), depth),
        "pobj" if above.head().dep() == "acomp" => actors_of(above.head().head(), depth), // "is close to a deal"
        _ => Vec::new(),
    }
}

/// Who a verb is said of: its agent, or its passive subject.
fn actors_of(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    if is_passive(verb) { patients(verb) } else { agents_within(verb, depth - 1) }
}

/// The possessors of a noun, and the names and demonyms that stand before it.
pub(crate) fn owners(noun: Token<'_>) -> Vec<Token<'_>> {
    let money = |c: &Token<'_>| {
        matches!(c.text(), "USD" | "EUR" | "GBP" | "US" | "CHF" | "INR" | "AUD") && c.tag() != "NNP"
            || matches!(c.text(), "USD" | "EUR" | "GBP" | "CHF" | "INR" | "AUD")
    };
    let is_name = |c: &Token<'_>| c.text().starts_with(char::is_uppercase) && !money(c);
    let possessor: Vec<_> = noun.children().filter(|c| c.dep() == "poss").map(through_relative).collect();
    if !possessor.is_empty() {
        return possessor;
    }
    noun.children().filter(|c| matches!(c.dep(), "nmod" | "amod" | "compound") && is_name(c)).collect()
}

/// Whether a noun is a plan, request, agreement or the like, whose infinitive tells its content.
pub(crate) fn is_plan(noun: Token<'_>) -> bool {
    const PLANS: &[&str] = &[
        "effort",
        "attempt",
        "bid",
        "plan",
        "deal",
        "agreement",
        "contract",
        "talk",
        "decision",
        "proposal",
        "law",
        "intention",
        "willingness",
        "move",
        "request",
        "right",
        "policy",
        "program",
        "package",
        "statement",
        "way",
        "resolution",
        "bill",
        "letter",
        "announcement",
        "report",
        "amendment",
        "act",
        "measure",
        "legislation",
        "history",
        "order",
        "rule",
        "commitment",
        "pledge",
        "promise",
        "conspiracy",
        "authority",
        "ability",
        "call",
    ];
    PLANS.contains(&noun.lemma())
}

/// Who acts in "by delivering", "for supplying", "of supplying": the accused of an accusation, else the subject.
fn preposition_controller(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let preposition = if verb.dep() == "pcomp" || verb.dep() == "pobj" { verb.head() } else { verb };
    let above = over_law(preposition.head());
    let listed = super::pairs::first_of_list(above);
    if listed != above
        && listed.dep() == "dobj"
        && matches!(listed.head().lemma(), "accuse" | "suspect" | "convict")
    {
        return vec![listed]; // "accused Chad, Togo and Ghana of arming"
    }
    if matches!(preposition.lemma(), "by" | "through")
        && let Some(done) = blamed_for(above).filter(|d| d.index() < preposition.index())
    {
        return agents_within(done, depth - 1); // "sanctions on X for dealing with Y by procuring"
    }
    if is_verb(above) {
        let accuses = matches!(preposition.lemma(), "of" | "for" | "from" | "into" | "against" | "with");
        let helps = preposition.lemma() == "in"
            && matches!(above.lemma(), "assist" | "help" | "aid" | "train" | "support" | "back" | "guide");
        if let (true, Some(object)) = (accuses || helps, patients(above).into_iter().next()) {
            let hits = is_penalty(object);
            let mut hit = if hits { objects_of(object, &["on", "against"]) } else { Vec::new() };
            if hits && hit.is_empty() {
                hit = objects_of(above, &["on", "against", "upon"]);
            }
            return if hit.is_empty() { vec![object] } else { hit };
        }
        let thanks = child(above, &["acomp"]).filter(|a| matches!(a.lemma(), "grateful" | "thankful"));
        let thanked = thanks.map(|a| objects_of(a, &["to"])).unwrap_or_default();
        if !thanked.is_empty() {
            return thanked;
        }
        return if is_passive(above) { patients(above) } else { agents_within(above, depth - 1) };
    }
    let verb_above = above.head();
    if above.dep() == "pobj" && above.head().dep() == "agent" && !is_plan(above) {
        return patients(above.head().head()); // "found guilty by a jury of conspiring", "accused by Chad of selling"
    }
    let blamed = matches!(preposition.lemma(), "for" | "over") && matches!(above.dep(), "dobj" | "nsubjpass");
    if blamed && is_verb(verb_above) && blames(verb_above) {
        return vec![above];
    }
    if is_penalty(above) && matches!(preposition.lemma(), "for" | "over") {
        let mut hit = objects_of(above, &["on", "against"]);
        hit.extend(objects_of(verb_above, &["on", "against"]));
        if !hit.is_empty() {
            return hit; // "sanctions on Chad for supplying"
        }
    }
    let lists = above.head().head();
    let listed =
        matches!(lists.lemma(), "add" | "put" | "place" | "include" | "enter") && above.lemma() == "list";
    if listed && above.dep() == "pobj" && matches!(preposition.lemma(), "for" | "over") {
        return patients(lists); // "added X to its list for selling"
    }
    let owners = owners(above);
    if !owners.is_empty() {
        return owners;
    }
    match above.dep() {
        "dobj" | "attr" | "acomp" | "oprd" if is_verb(verb_above) => agents_within(verb_above, depth - 1),
        "pobj" if is_verb(verb_above.head()) => actors_of(verb_above.head(), depth),
        _ => Vec::new(),
    }
}

/// What a verb acts on: its object, its passive subject, or the noun that its clause modifies.
pub(crate) fn patients(verb: Token<'_>) -> Vec<Token<'_>> {
    if is_passive(verb) {
        return passive_patients(verb);
    }
    let objects: Vec<_> = verb.children().filter(|c| c.dep() == "dobj").map(through_relative).collect();
    if !objects.is_empty() {
        return objects;
    }
    if let Some(state) = available(verb) {
        let of = |t: Token<'_>| t.dep() == "nsubj" || t.dep() == "appos" && is_noun(t);
        return state
            .children()
            .chain(verb.children().filter(|c| c.index() > verb.index()))
            .filter(|c| of(*c))
            .collect();
    }
    let head = verb.head();
    match verb.dep() {
        "relcl" if child(verb, &["nsubj"]).is_some_and(|s| antecedent(s).is_none()) => vec![head],
        "acl" if verb.tag() == "VB" && !is_plan(head) => vec![head],
        "conj" if is_verb(head) => {
            head.children().filter(|c| c.dep() == "dobj" && c.index() > verb.index()).collect()
        }
        _ => {
            // "bought and shipped missiles": the shared object hangs on the last conjunct
            let next = verb.children().find(|c| c.dep() == "conj" && is_verb(*c));
            next.filter(|n| child(*n, &["nsubj", "nsubjpass"]).is_none())
                .map(|n| n.children().filter(|c| c.dep() == "dobj").collect())
                .unwrap_or_default()
        }
    }
}

/// The "available" in "will make trucks available", "were made available".
pub(crate) fn available(verb: Token<'_>) -> Option<Token<'_>> {
    let here = |c: &Token<'_>| c.text().eq_ignore_ascii_case("available");
    let objects = || verb.children().filter(|c| c.dep() == "dobj").flat_map(|o| o.children());
    (verb.lemma() == "make").then(|| verb.children().chain(objects()).find(here)).flatten()
}

fn passive_patients(verb: Token<'_>) -> Vec<Token<'_>> {
    if let Some(subject) = child(verb, &["nsubjpass", "nsubj"]) {
        return vec![through_relative(subject)];
    }
    let head = verb.head();
    match verb.dep() {
        "acl" | "amod" => vec![head],
        "conj" if is_verb(head) => patients(head),
        "xcomp" | "ccomp" if is_verb(head) => {
            child(head, &["nsubj", "nsubjpass"]).map(through_relative).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The objects of the prepositions `names` that hang on `token` directly, `from` inside `out of` and the like too.
pub(crate) fn objects_of<'p>(token: Token<'p>, names: &[&str]) -> Vec<Token<'p>> {
    let mut found = Vec::new();
    for preposition in token.children() {
        let is_one = matches!(preposition.dep(), "prep" | "dative" | "agent")
            && names.contains(&preposition.text().to_lowercase().as_str());
        if !is_one {
            continue;
        }
        found.extend(child(preposition, &["pobj"]).map(through_relative));
        for linked in preposition.children().filter(|c| matches!(c.dep(), "conj" | "prep")) {
            found.extend(child(linked, &["pobj"]).map(through_relative));
        }
    }
    found
}

/// The tokens of a noun phrase up to its head, without what follows it.
pub(crate) fn phrase(head: Token<'_>) -> Range<usize> {
    let before = head.children().filter(|c| {
        c.index() < head.index()
            && matches!(
                c.dep(),
                "det" | "amod" | "compound" | "nmod" | "nummod" | "poss" | "quantmod" | "advmod" | "npadvmod"
            )
    });
    let first = before.filter_map(|c| c.subtree().next()).map(|t| t.index()).min().unwrap_or(head.index());
    first..head.index() + 1
}

/// One past the last word of a noun phrase with what hangs on it by prepositions and "and".
pub(crate) fn end_of(noun: Token<'_>) -> usize {
    let inside = |c: &Token<'_>| matches!(c.dep(), "prep" | "conj" | "pobj");
    noun.children().filter(inside).map(end_of).max().unwrap_or(0).max(noun.index() + 1)
}

/// The same phrase without a leading determiner.
pub(crate) fn bare_phrase(head: Token<'_>) -> Range<usize> {
    let range = phrase(head);
    let parse = head.parse();
    let mut first = range.start;
    while first < head.index() && matches!(parse.token(first).dep(), "det" | "punct") {
        first += 1;
    }
    first..range.end
}
