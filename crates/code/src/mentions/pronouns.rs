//! What refers back: "he", "its", "the ministry", "the kingdom".

use model::Span;

use super::builder::{Builder, Description};
use super::offices::kind_of;
use super::tables::Noun;
use super::{Actor, ActorKind, Form, Mention};
use crate::lexicon::folded;
use crate::text::Place;

/// How many sentences back a pronoun may reach.
const REACH_SENTENCES: usize = 4;

/// A mention as an antecedent.
#[derive(Debug, Clone, Copy)]
struct Antecedent {
    actor: usize,
    /// Running number of the sentence in the document.
    sentence: usize,
    at: usize,
    token: usize,
    subject: bool,
    plural: bool,
}

/// Which actors a word can refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person,
    Body,
    Several,
}

/// Adds the mentions of pronouns and descriptions, in order of the text.
pub(super) fn resolve(builder: &mut Builder<'_>) {
    let mut before: Vec<Antecedent> = Vec::new();
    let mut sentence = 0;
    let mut next = 0;
    let names = builder.cast.mentions.clone();
    let mut descriptions = std::mem::take(&mut builder.descriptions);
    descriptions.sort_by_key(|d| (d.place.at, d.place.first));
    let mut descriptions = descriptions.into_iter().peekable();
    for at in 0..builder.text.blocks.len() {
        let block = builder.block(at);
        for i in 0..block.parse.len() {
            if i == 0 || block.token(i).is_sent_start() {
                sentence += 1;
            }
            while next < names.len() && (names[next].place.at, names[next].head) <= (at, i) {
                if names[next].place.at == at {
                    before.push(antecedent(builder, &names[next], sentence));
                }
                next += 1;
            }
            while let Some(described) = descriptions.next_if(|d| (d.place.at, d.head) <= (at, i)) {
                let head = builder.block(described.place.at).token(described.head);
                let but = but_reproacher(&before, described.place.at, head);
                if let Some(mention) =
                    describe(builder, &described, but.as_deref().unwrap_or(&before), sentence)
                {
                    before.push(antecedent(builder, &mention, sentence));
                    builder.mention_as(mention);
                }
            }
            if let Some(wanted) = pronoun(builder, at, i)
                && let Some(actor) =
                    nearest(builder, &but_subject(&before, at, block.token(i)), (at, i, sentence), wanted)
            {
                let span = block.span(i..i + 1);
                let mention =
                    Mention { actor, place: Place::new(at, i..i + 1), head: i, span, form: Form::Pronoun };
                before.push(antecedent(builder, &mention, sentence));
                builder.mention_as(mention);
            }
        }
    }
}

/// Without the subject of the pronoun's own verb: "he told him" is of two.
fn but_subject(before: &[Antecedent], at: usize, pronoun: lang::Token<'_>) -> Vec<Antecedent> {
    if let Some(left) = but_reproacher(before, at, pronoun) {
        return left;
    }
    let verb = match pronoun.dep() {
        "dobj" | "dative" => pronoun.head(),
        "pobj" => pronoun.head().head(),
        _ => return before.to_vec(),
    };
    let mut verb = verb;
    let has_subject = |v: lang::Token<'_>| v.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
    for _ in 0..4 {
        let beside = verb.dep() == "advcl" && verb.tag() == "VBG"; // "embargoes Chad, accusing it of"
        let shares = (matches!(verb.dep(), "xcomp" | "conj" | "pcomp") || beside) && !verb.is_root();
        if has_subject(verb) || !shares {
            break;
        }
        verb = if verb.dep() == "pcomp" { verb.head().head() } else { verb.head() };
    }
    let subject = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass")).map(|s| s.index());
    let own = |a: &Antecedent| a.at == at && Some(a.token) == subject;
    let actor = before.iter().rev().find(|a| own(a)).map(|a| a.actor);
    before.iter().filter(|a| Some(a.actor) != actor).copied().collect()
}

/// Without who takes another to task: "imposes sanctions on Chad over its purchase", "sues Chad for its support".
fn but_reproacher(before: &[Antecedent], at: usize, word: lang::Token<'_>) -> Option<Vec<Antecedent>> {
    const REPROACHES: &[&str] = &[
        "sanction",
        "embargo",
        "ban",
        "restriction",
        "blacklist",
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "punish",
        "sue",
        "lawsuit",
        "complaint",
        "blame",
        "fine",
        "rebuke",
        "accuse",
        "tariff",
        "halt",
        "suspend",
        "cut",
        "freeze",
        "warn",
        "thank",
        "praise",
        "charge",
        "penalty",
        "sale",
        "export",
        "designate",
        "case",
        "expel",
    ];
    let reason = |t: &lang::Token<'_>| {
        matches!(t.dep(), "prep" | "agent" | "mark")
            && matches!(t.lemma(), "over" | "for" | "after" | "because" | "due")
    };
    let condition = |t: &lang::Token<'_>| {
        let opens = |c: lang::Token<'_>| c.dep() == "mark" && matches!(c.lemma(), "if" | "unless" | "should");
        t.dep() == "advcl" && t.children().any(opens)
    };
    let preposition = word.ancestors().take(8).find(|t| reason(t) || condition(t))?;
    let over = preposition.head();
    let object = over.children().filter(|c| c.dep() == "dobj" && c.index() < preposition.index());
    let reproach = std::iter::once(over)
        .chain(object)
        .chain(over.ancestors().take(2))
        .find(|t| REPROACHES.contains(&t.lemma()))?;
    let verb = std::iter::once(reproach)
        .chain(reproach.ancestors())
        .find(|t| t.children().any(|c| c.dep() == "nsubj"))
        .filter(|v| v.index() < preposition.index())?;
    let subject = verb.children().find(|c| c.dep() == "nsubj")?.index();
    let own = |a: &&Antecedent| a.at == at && a.token == subject;
    let actor = before.iter().rev().find(own)?.actor;
    let other = |a: &&Antecedent| a.at == at && a.token > verb.index() && a.actor != actor;
    before.iter().any(|a| other(&a)).then(|| before.iter().filter(|a| a.actor != actor).copied().collect())
}

fn antecedent(builder: &Builder<'_>, mention: &Mention, sentence: usize) -> Antecedent {
    let block = builder.block(mention.place.at);
    let head = block.token(mention.head);
    Antecedent {
        actor: mention.actor,
        sentence,
        at: mention.place.at,
        token: mention.head,
        subject: matches!(head.dep(), "nsubj" | "nsubjpass") && mention.form != Form::Demonym,
        plural: matches!(head.tag(), "NNS" | "NNPS") || head.children().any(|c| c.dep() == "conj"),
    }
}

/// What kind of actor the pronoun at token `i` can mean; `None` where it is none, or means nobody.
fn pronoun(builder: &Builder<'_>, at: usize, i: usize) -> Option<Wanted> {
    let token = builder.block(at).token(i);
    if !matches!(token.tag(), "PRP" | "PRP$") {
        return None;
    }
    match token.text().to_ascii_lowercase().as_str() {
        "he" | "she" | "him" | "his" | "her" | "hers" => Some(Wanted::Person),
        "its" => Some(Wanted::Body),
        "it" if !is_empty_subject(token) => Some(Wanted::Body),
        "they" | "their" | "them" => Some(Wanted::Several),
        _ => None,
    }
}

/// Whether an "it" means nobody: "it is clear that", "it seems".
fn is_empty_subject(token: lang::Token<'_>) -> bool {
    if token.dep() == "expl" {
        return true;
    }
    let verb = token.head();
    // "made it harder", "heard it": what happened, not who.
    let acts_on = [
        "arm", "supply", "provide", "equip", "sanction", "accuse", "support", "help", "sell", "give",
        "offer", "ask", "urge", "allow",
    ];
    if verb.pos() == "ADJ" || (token.dep() == "dobj" && !acts_on.contains(&verb.lemma())) {
        return true;
    }
    let clause =
        || verb.children().any(|c| matches!(c.dep(), "ccomp" | "xcomp" | "advcl" | "csubj" | "acomp"));
    matches!(token.dep(), "nsubj" | "nsubjpass")
        && match verb.lemma() {
            "be" if is_able(verb) => false,
            "be" | "take" => clause() || verb.children().any(|c| c.dep() == "attr"),
            "seem" | "appear" | "turn" | "happen" => true,
            _ => false,
        }
}

/// "it is ready to supply", "it was willing to": somebody is.
fn is_able(verb: lang::Token<'_>) -> bool {
    let able = |c: lang::Token<'_>| {
        c.dep() == "acomp"
            && matches!(
                c.lemma(),
                "ready"
                    | "willing"
                    | "prepared"
                    | "able"
                    | "unable"
                    | "unwilling"
                    | "reluctant"
                    | "eager"
                    | "keen"
                    | "open"
                    | "committed"
                    | "free"
                    | "due"
                    | "interested"
                    | "set"
                    | "short"
                    | "low"
            )
    };
    verb.children().any(able)
}

/// The antecedent that a word of kind `wanted` at `(block, token, sentence)` most likely means.
///
/// Subjects come before others, the same sentence before earlier ones, the nearer before the farther.
fn nearest(
    builder: &Builder<'_>,
    before: &[Antecedent],
    (at, token, sentence): (usize, usize, usize),
    wanted: Wanted,
) -> Option<usize> {
    let fits = |a: &&Antecedent| {
        let kind = builder.cast.actors[a.actor].kind;
        let person = matches!(kind, ActorKind::Person)
            || (kind == ActorKind::Unnamed && builder.cast.actors[a.actor].role.is_some() && !a.plural);
        let fits = match wanted {
            Wanted::Person => person,
            Wanted::Body => !person && kind != ActorKind::Unnamed && (!a.plural || kind == ActorKind::State),
            Wanted::Several => a.plural || !person,
        };
        fits && (a.at, a.token) < (at, token)
    };
    let recent: Vec<&Antecedent> =
        before.iter().rev().take_while(|a| a.sentence + REACH_SENTENCES >= sentence).filter(fits).collect();
    let score = |a: &Antecedent| {
        let back = (sentence - a.sentence) as i32;
        let plural = i32::from(wanted == Wanted::Several && a.plural) * 6;
        let state = builder.cast.actors[a.actor].kind == ActorKind::State;
        -4 * back + 3 * i32::from(a.subject) + plural + i32::from(state && wanted == Wanted::Body)
    };
    // The first of several with the best score is the nearest.
    let mut best: Option<(&Antecedent, i32)> = None;
    for antecedent in recent {
        let scored = score(antecedent);
        if best.is_none_or(|(_, top)| scored > top) {
            best = Some((antecedent, scored));
        }
    }
    best.map(|(a, _)| a.actor)
}

/// The mention that a description makes: of a known actor where it refers back, else of a new, unnamed one.
fn describe(
    builder: &mut Builder<'_>,
    described: &Description,
    before: &[Antecedent],
    sentence: usize,
) -> Option<Mention> {
    let back = if described.definite { refers_to(builder, described, before, sentence) } else { None };
    let actor = match back {
        Some(actor) => actor,
        None => {
            let words = &described.words;
            let home = builder.cast.home.filter(|_| described.definite && is_home_noun(&described.word));
            let side =
                home.map(|h| builder.cast.side(h).unwrap_or(builder.cast.actors[h].id.as_str()).to_owned());
            builder.actor(&format!("phrase::{}", folded(words)), || Actor {
                id: words.clone(),
                name: words.clone(),
                kind: kind_of(described.noun),
                role: matches!(described.noun, Noun::Role | Noun::Spokesman | Noun::Member)
                    .then(|| described.word.clone()),
                affiliation: side.clone(),
                stands_for: side,
            })
        }
    };
    let place = described.place.clone();
    let block = builder.block(place.at);
    let span: Span = block.span(place.tokens());
    Some(Mention { actor, place, head: described.head, span, form: Form::Description })
}

/// Nouns that mean the publisher's own state where nothing else is named: "the Government", "the President".
fn is_home_noun(word: &str) -> bool {
    matches!(
        word,
        "government"
            | "administration"
            | "president"
            | "prime minister"
            | "congress"
            | "senate"
            | "house of representatives"
            | "parliament"
            | "military"
            | "army"
            | "navy"
            | "air force"
            | "armed forces"
            | "secretary"
            | "foreign secretary"
            | "defence secretary"
            | "defense secretary"
            | "home secretary"
            | "minister for defence"
            | "minister of defence"
            | "minister for foreign affairs"
            | "minister of foreign affairs"
            | "deputy prime minister"
            | "ministry"
            | "vice president"
            | "department"
            | "cabinet"
            | "troops"
            | "police"
    )
}

/// The actor that a definite description refers back to.
fn refers_to(
    builder: &Builder<'_>,
    described: &Description,
    before: &[Antecedent],
    sentence: usize,
) -> Option<usize> {
    let actors = &builder.cast.actors;
    let word = described.word.trim_end_matches('s');
    let latest =
        |fits: &dyn Fn(&Actor) -> bool| before.iter().rev().map(|a| a.actor).find(|&a| fits(&actors[a]));
    let holds = |a: &Actor| {
        let named = folded(&a.name).contains(word) || folded(&a.id).contains(word);
        named || a.role.as_deref().map(folded).is_some_and(|r| r.contains(word))
    };
    match described.noun {
        Noun::Role | Noun::Spokesman | Noun::Member if !described.plural => {
            let spokes = described.noun == Noun::Spokesman;
            let fits = |a: &Actor| {
                let role = a.role.as_deref().map(folded).unwrap_or_default();
                matches!(a.kind, ActorKind::Person | ActorKind::Unnamed)
                    && (role.contains(word) || (spokes && role.contains("spokes")))
            };
            latest(&fits)
        }
        Noun::Office => {
            let own = latest(&|a| matches!(a.kind, ActorKind::Office | ActorKind::Organisation) && holds(a));
            own.or_else(|| {
                let open = is_state_body(word) && builder.cast.home.is_none();
                let named = || last_state(builder, before, (usize::MAX, 0, sentence));
                let seat = || builder.cast.index(builder.seat.as_deref()?);
                open.then(|| named().or_else(seat)).flatten()
            })
        }
        Noun::Bloc if !described.plural => {
            let at = (usize::MAX, 0, sentence);
            let country = matches!(
                word,
                "country" | "nation" | "state" | "kingdom" | "power" | "neighbour" | "neighbor"
            );
            if country { last_state(builder, before, at) } else { latest(&|a| a.kind == ActorKind::Bloc) }
        }
        Noun::Firm if !described.plural => {
            let own = |a: &Actor| builder.book.actors.index(&a.id).is_none() && a.stands_for.is_none();
            latest(&|a| a.kind == ActorKind::Firm && a.id.starts_with(char::is_uppercase))
                .or_else(|| latest(&|a| a.kind == ActorKind::Organisation && own(a)))
        }
        Noun::Group => latest(&|a| a.kind == ActorKind::Group),
        Noun::Organisation if !described.plural => latest(&|a| {
            matches!(a.kind, ActorKind::Group | ActorKind::Organisation)
                && a.id.starts_with(char::is_uppercase)
        }),
        Noun::Outlet => latest(&|a| a.kind == ActorKind::Outlet),
        _ => None,
    }
}

/// A body that every state has one of: "the ministry", "the army", "the coast guard".
fn is_state_body(word: &str) -> bool {
    const BODIES: &[&str] = &[
        "government",
        "regime",
        "authoritie",
        "junta",
        "leadership",
        "military",
        "army",
        "state",
        "cabinet",
        "parliament",
        "presidency",
        "ministry",
        "defence ministry",
        "defense ministry",
        "foreign ministry",
        "interior ministry",
        "navy",
        "air force",
        "coast guard",
        "armed force",
        "defence force",
        "defense force",
        "police",
        "national police",
        "custom",
        "border guard",
        "legislature",
        "national assembly",
        "lower house",
        "upper house",
        "ministry of defence",
        "ministry of defense",
        "ministry of foreign affair",
    ];
    BODIES.contains(&word)
}

/// The state that the text is about just now: the last subject, else the last mentioned.
fn last_state(
    builder: &Builder<'_>,
    before: &[Antecedent],
    (at, token, sentence): (usize, usize, usize),
) -> Option<usize> {
    let is_one = |a: &&Antecedent| builder.cast.actors[a.actor].kind == ActorKind::State;
    let said = |a: &&Antecedent| !super::seats::in_dateline(builder, a.at, a.token);
    let joined = |a: &&Antecedent| {
        let parse = builder.block(a.at).parse;
        a.token + 1 < parse.len() && matches!(parse.token(a.token + 1).text(), "-" | "–") // "the US-drafted text"
    };
    let all: Vec<Antecedent> = before.iter().filter(is_one).filter(said).copied().collect();
    let free: Vec<Antecedent> = all.iter().filter(|a| !joined(a)).copied().collect();
    let states = if free.is_empty() { all } else { free };
    nearest(builder, &states, (at, token, sentence), Wanted::Body).or_else(|| states.last().map(|a| a.actor))
}
