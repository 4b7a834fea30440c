//! Puts the cast of a document together: names first, then phrases, then what refers back to them.

use std::ops::Range;

use model::{Note, Span};
use rustc_hash::FxHashMap;

use super::names::{Named, NounHit, What, names, nouns};
use super::phrase::{head_of, phrase_start};
use super::{Actor, ActorKind, Cast, Form, Mention, goods, offices, persons, price, pronouns, seats};
use crate::book::Codebook;
use crate::lexicon::folded;
use crate::text::{Parsed, Place, Text};

/// A phrase that refers back to an actor ("the ministry"), resolved when all names are known.
#[derive(Debug, Clone)]
pub(super) struct Description {
    /// Its tokens.
    pub place: Place,
    /// Its head.
    pub head: usize,
    /// What its noun says, and the noun in small letters.
    pub noun: super::Noun,
    /// The noun in small letters.
    pub word: String,
    /// The words without determiner.
    pub words: String,
    /// Whether it is definite, so that it must refer to something.
    pub definite: bool,
    /// Whether it is a plural.
    pub plural: bool,
}

/// The cast as far as it is known.
pub(super) struct Builder<'a> {
    pub text: &'a Text<'a>,
    pub book: &'a Codebook,
    pub cast: Cast,
    pub names: Vec<Vec<Named>>,
    pub nouns: Vec<Vec<NounHit>>,
    pub people: Vec<persons::Person>,
    pub descriptions: Vec<Description>,
    /// The block of the dateline, and the byte where it ends there.
    pub dateline: Option<(usize, usize)>,
    /// The state where the document was written or published: of its dateline or its paper's name.
    pub seat: Option<String>,
    keys: FxHashMap<String, usize>,
}

/// The cast of a document.
pub(super) fn build(text: &Text<'_>, book: &Codebook) -> (Cast, Vec<Note>) {
    let mut builder = Builder {
        text,
        book,
        cast: Cast::default(),
        names: Vec::new(),
        nouns: Vec::new(),
        people: Vec::new(),
        descriptions: Vec::new(),
        dateline: None,
        seat: None,
        keys: FxHashMap::default(),
    };
    for block in &text.blocks {
        let nouns = nouns(block, book);
        builder.names.push(names(block, &nouns, book));
        builder.nouns.push(nouns);
    }
    persons::read_publisher(&mut builder);
    seats::read(&mut builder);
    seats::read_halves(&mut builder);
    for at in 0..text.blocks.len() {
        builder.read_names(at);
    }
    persons::read_surnames(&mut builder);
    offices::read_short_names(&mut builder);
    for at in 0..text.blocks.len() {
        persons::read_turn(&mut builder, at);
        offices::read(&mut builder, at);
    }
    offices::join_acronyms(&mut builder);
    persons::finish(&mut builder);
    builder.add_sides();
    builder.sort();
    pronouns::resolve(&mut builder);
    builder.sort();
    let mut cast = builder.cast;
    goods::read(text, book, &mut cast);
    for (at, block) in text.blocks.iter().enumerate() {
        cast.prices.extend(price::find(block, at));
    }
    (cast, Vec::new())
}

impl<'a> Builder<'a> {
    /// Block `at`.
    pub(super) fn block(&self, at: usize) -> &'a Parsed<'a> {
        &self.text.blocks[at]
    }

    /// The actor with key `key`, made by `actor` where there is none yet.
    pub(super) fn actor(&mut self, key: &str, actor: impl FnOnce() -> Actor) -> usize {
        if let Some(&known) = self.keys.get(key) {
            return known;
        }
        let at = self.cast.actors.len();
        self.cast.actors.push(actor());
        self.keys.insert(key.to_owned(), at);
        at
    }

    /// The actor of the codebook's entry `entry`.
    pub(super) fn entry_actor(&mut self, entry: usize) -> usize {
        let known = &self.book.actors.entries[entry];
        self.actor(&format!("id:{}", known.id), || Actor {
            id: known.id.clone(),
            name: String::new(),
            kind: known.kind,
            role: None,
            affiliation: known.affiliation.clone(),
            stands_for: known.stands_for.clone(),
        })
    }

    /// The actor of a state or body by identifier, where the codebook has it.
    pub(super) fn side_actor(&mut self, id: &str) -> Option<usize> {
        if let Some(&known) = self.keys.get(&format!("id:{id}")) {
            return Some(known);
        }
        self.book.actors.index(id).map(|entry| self.entry_actor(entry))
    }

    /// Adds a mention of `actor` with the words of `tokens`; the fullest words become its name.
    pub(super) fn mention(&mut self, at: usize, tokens: Range<usize>, actor: usize, form: Form) {
        let block = self.block(at);
        let head = head_of(block, &tokens);
        let span = block.span(tokens.clone());
        self.mention_as(Mention { actor, place: Place::new(at, tokens), head, span, form });
    }

    /// Adds a mention; the fullest words become its actor's name.
    pub(super) fn mention_as(&mut self, mention: Mention) {
        let words = mention.span.of(&self.text.document.text);
        let known = &mut self.cast.actors[mention.actor];
        let words = words
            .trim_start_matches("the ")
            .trim_start_matches("The ")
            .trim_end_matches("'s")
            .trim_end_matches("’s");
        if mention.form == Form::Name && words.len() > known.name.len() {
            known.name = words.to_owned();
        }
        self.cast.mentions.push(mention);
    }

    fn read_names(&mut self, at: usize) {
        let block = self.block(at);
        for named in self.names[at].clone() {
            match named.what {
                What::Entry(entry, _) if self.book.actors.entries[entry].kind == ActorKind::Person => {
                    persons::read_name(self, at, &named, Some(entry));
                }
                What::Entry(entry, form) => {
                    let actor = match seats::of_shared(self, at, &named, entry) {
                        Some(state) => self.office_of(at, &named, state),
                        None => self.entry_actor(entry),
                    };
                    let span = Span::new(block.offset + named.bytes.start, block.offset + named.bytes.end);
                    let head = head_of(block, &named.tokens);
                    self.mention_as(Mention {
                        actor,
                        place: Place::new(at, named.tokens.clone()),
                        head,
                        span,
                        form,
                    });
                }
                What::Person => persons::read_name(self, at, &named, None),
                What::Organisation if persons::is_surname(self, at, &named) => {
                    persons::read_name(self, at, &named, None);
                }
                What::Organisation | What::Firm | What::Vessel => self.read_body(at, &named),
            }
        }
    }

    /// An organisation, office or firm that the codebook does not know.
    fn read_body(&mut self, at: usize, named: &Named) {
        let block = self.block(at);
        let words = block.parse.words(named.tokens.clone()).to_owned();
        if words.chars().count() < 2 {
            return;
        }
        if named.tokens.len() == 1 && named.what == What::Organisation {
            let name = folded(&words);
            let known = self.people.iter().any(|p| p.words.len() > 1 && p.words.last() == Some(&name));
            if known {
                return persons::read_name(self, at, named, None); // the parser's guess at a surname
            }
        }
        let nouns = &self.nouns[at];
        let is_office = nouns.iter().any(|n| {
            n.noun == super::Noun::Office
                && named.tokens.start <= n.tokens.start
                && n.tokens.end <= named.tokens.end
        });
        let is_office = is_office || offices::is_forces_name(&words);
        let start = phrase_start(block, head_of(block, &named.tokens)).min(named.tokens.start);
        let side = offices::side_in(self, at, start..named.tokens.end)
            .or_else(|| offices::side_after(self, at, named.tokens.end, &["of"]))
            .or_else(|| seats::of_office(self, at, named).filter(|_| is_office));
        let kind = match named.what {
            What::Firm => ActorKind::Firm,
            What::Vessel => ActorKind::Vessel,
            _ if self.is_outlet(at, named, &words) => ActorKind::Outlet,
            _ if is_office => ActorKind::Office,
            _ => ActorKind::Organisation,
        };
        let key = format!("name:{}", folded(&words));
        let office_side = side.clone().filter(|_| kind == ActorKind::Office);
        let actor = self.actor(&key, || Actor {
            affiliation: office_side.clone().or_else(|| Some(words.clone())),
            stands_for: office_side,
            id: words,
            name: String::new(),
            kind,
            role: None,
        });
        if let Some(alias) = bracketed_alias(block, named.tokens.end) {
            self.keys.insert(format!("name:{}", folded(alias)), actor);
        }
        self.mention(at, named.tokens.clone(), actor, Form::Name);
    }

    /// The office of `state` that bears a name which many states' offices have.
    fn office_of(&mut self, at: usize, named: &Named, state: String) -> usize {
        let words = self.block(at).parse.words(named.tokens.clone()).to_owned();
        self.actor(&format!("office:{state}:{}", folded(&words)), || Actor {
            id: words,
            name: String::new(),
            kind: ActorKind::Office,
            role: None,
            affiliation: Some(state.clone()),
            stands_for: Some(state),
        })
    }

    /// Whether a name is of who prints or sends the news: by its last word, or because it published the document.
    fn is_outlet(&self, at: usize, named: &Named, words: &str) -> bool {
        let publisher = self.text.document.publisher.as_deref().unwrap_or_default();
        let printed = named.what == What::Organisation && publisher.eq_ignore_ascii_case(words);
        let after = self.block(at).parse.text().get(named.bytes.end..).unwrap_or_default();
        let signs = after.starts_with(')') && after[1..].trim_start().starts_with(['-', '–', '—']);
        printed && self.cast.home.is_none()
            || named.what == What::Organisation && signs && at < 4
            || self.book.actors.is_outlet_name(words)
    }

    /// Makes sure that every state or body that someone stands for is itself an actor.
    fn add_sides(&mut self) {
        for at in 0..self.cast.actors.len() {
            let actor = &self.cast.actors[at];
            for side in [actor.stands_for.clone(), actor.affiliation.clone()].into_iter().flatten() {
                self.side_actor(&side);
            }
        }
        for actor in &mut self.cast.actors {
            if actor.name.is_empty() {
                actor.name = actor.id.clone();
            }
            let by_words = matches!(actor.kind, ActorKind::Office | ActorKind::Outlet);
            if by_words && actor.name.len() > 3 {
                actor.id = actor.name.clone();
            }
        }
    }

    fn sort(&mut self) {
        self.cast
            .mentions
            .sort_by_key(|m| (m.place.at, m.place.first, std::cmp::Reverse(m.place.end), m.actor));
        self.cast.mentions.dedup_by(|a, b| a.place == b.place && a.actor == b.actor);
    }
}

/// The short name in brackets after a name: `ABC` in "Acme Best Company (ABC)".
fn bracketed_alias<'a>(block: &Parsed<'a>, end: usize) -> Option<&'a str> {
    let open =
        block.parse.len() > end + 2 && block.token(end).text() == "(" && block.token(end + 2).text() == ")";
    let alias = block.parse.words(end + 1..(end + 2).min(block.parse.len()));
    (open && alias.chars().all(|c| c.is_uppercase() || c == '-')).then_some(alias)
}
