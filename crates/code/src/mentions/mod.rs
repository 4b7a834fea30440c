//! Who and what is named: actors with their mentions, and goods with how many.

mod builder;
mod goods;
mod goods_tables;
mod names;
mod offices;
mod persons;
mod phrase;
mod price;
mod pronouns;
mod quantity;
mod seats;
#[cfg(test)]
mod sentences;
mod tables;

use model::{Category, Note, Span};

use crate::book::Codebook;
use crate::text::{Place, Text};

pub use goods_tables::{GoodsTables, GoodsWord};
pub use price::Price;
pub use tables::{ActorTables, Entry, Naming, Noun, State};

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A state; its name is its alpha-3 code.
    State,
    /// A bloc of states: the European Union, NATO, the West, "European nations".
    Bloc,
    /// A body that acts for a state: a ministry, a legislature, an agency, armed forces.
    Office,
    /// Any other organisation: UN, NGOs, courts of law, parties.
    Organisation,
    /// A firm.
    Firm,
    /// An armed group or movement.
    Group,
    /// A person.
    Person,
    /// A newspaper, agency or broadcaster.
    Outlet,
    /// A ship or aircraft with a name.
    Vessel,
    /// People without a name: "officials", "a spokesman", "arms dealers".
    Unnamed,
}

/// One actor of a document, with what the document says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Alpha-3 code of a state, or the fullest name in the document ("John Kirby"), or the words for an unnamed one.
    pub id: String,
    /// The fullest words of the document for it ("the European Union" has the identifier EU), without determiner.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// What a person is, in the document's words ("National Security Council spokesman").
    pub role: Option<String>,
    /// The state (alpha-3) or organisation that it belongs to or speaks for.
    pub affiliation: Option<String>,
    /// The state (alpha-3) that it stands for when it acts: `the Kremlin`, `Moscow`, the Pentagon, a president.
    pub stands_for: Option<String>,
}

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// A name, whole or in part ("John Kirby", "Mr Kirby", "North Korea", "the Pentagon", "Pyongyang").
    Name,
    /// An adjective or possessive demonym ("Russian", "Iranian-made").
    Demonym,
    /// A pronoun resolved to an actor ("he", "its").
    Pronoun,
    /// A description ("the spokesman", "the ministry", "the regime").
    Description,
}

/// Some tokens that name an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`Cast::actors`].
    pub actor: usize,
    /// The tokens.
    pub place: Place,
    /// The syntactic head among the tokens.
    pub head: usize,
    /// Where it stands in the document's text.
    pub span: Span,
    /// How it names its actor.
    pub form: Form,
}

/// Some tokens that name goods.
#[derive(Debug, Clone, PartialEq)]
pub struct GoodsMention {
    /// The tokens of the noun phrase, without quantity and determiner.
    pub place: Place,
    /// The head noun.
    pub head: usize,
    /// Where the words stand in the document's text.
    pub span: Span,
    /// The class.
    pub category: Category,
    /// The words of the quantity ("more than 50").
    pub quantity: Option<String>,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Actor (index into [`Cast::actors`]) whose goods they are said to be: "Iranian drones", "US-made", "Boeing C-17".
    pub origin: Option<usize>,
    /// The named system (codebook id), where it is one.
    pub system: Option<String>,
}

/// Everyone and everything that a document names.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The actors, each once.
    pub actors: Vec<Actor>,
    /// Their mentions, in order of the text.
    pub mentions: Vec<Mention>,
    /// The goods, in order of the text.
    pub goods: Vec<GoodsMention>,
    /// Words that are goods only where something is said to be supplied: "support", "equipment", "parts".
    pub possible_goods: Vec<GoodsMention>,
    /// Sums of money and what is given in exchange, in order of the text.
    pub prices: Vec<Price>,
    /// Who published the document, where its publisher or address names an actor: "we" in its own voice.
    pub home: Option<usize>,
    /// The person whose release the document is ("Office of Jane Doe").
    pub author: Option<usize>,
}

impl Cast {
    /// The state or organisation that `actor` acts or speaks for, by identifier; a state's own code.
    pub fn side(&self, actor: usize) -> Option<&str> {
        let actor = &self.actors[actor];
        actor.stands_for.as_deref().or(actor.affiliation.as_deref())
    }

    /// The actor that "we", "our" and "us" mean when `speaker` says them: the state or body spoken for.
    ///
    /// With no speaker, the document's own voice: who published it.
    pub fn first_person(&self, speaker: Option<usize>) -> Option<usize> {
        let speaker = speaker.or(self.author).or(self.home)?;
        let side = self.side(speaker)?;
        self.actors.iter().position(|a| a.id == side).or(Some(speaker))
    }

    /// The index of the actor with identifier `id`.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.actors.iter().position(|a| a.id == id)
    }

    /// The mentions of block `at`, in order of the text.
    pub fn mentions_in(&self, at: usize) -> &[Mention] {
        let first = self.mentions.partition_point(|m| m.place.at < at);
        let count = self.mentions[first..].partition_point(|m| m.place.at == at);
        &self.mentions[first..first + count]
    }

    /// The goods of block `at`, in order of the text.
    pub fn goods_in(&self, at: usize) -> &[GoodsMention] {
        let first = self.goods.partition_point(|g| g.place.at < at);
        let count = self.goods[first..].partition_point(|g| g.place.at == at);
        &self.goods[first..first + count]
    }

    /// The actor that the mention at token `token` of block `at` means.
    pub fn actor_at(&self, at: usize, token: usize) -> Option<&Actor> {
        self.mention_at(at, token).map(|m| &self.actors[m.actor])
    }

    /// The innermost mention whose head is token `token` of block `at`, or that covers it.
    pub fn mention_at(&self, at: usize, token: usize) -> Option<&Mention> {
        let covering = |m: &&Mention| m.place.holds(at, token);
        let mentions = self.mentions_in(at);
        mentions
            .iter()
            .filter(|m| m.head == token)
            .min_by_key(|m| m.place.end - m.place.first)
            .or_else(|| mentions.iter().filter(covering).min_by_key(|m| m.place.end - m.place.first))
    }

    /// The goods whose head is token `token` of block `at`, or that cover it.
    pub fn goods_at(&self, at: usize, token: usize) -> Option<&GoodsMention> {
        let goods = self.goods_in(at);
        goods.iter().find(|g| g.head == token).or_else(|| goods.iter().find(|g| g.place.holds(at, token)))
    }
}

/// Finds who and what a document names, by the codebook and the parser's entities.
///
/// What was noticed and could not be told comes back as notes.
pub fn find(text: &Text<'_>, book: &Codebook) -> (Cast, Vec<Note>) {
    builder::build(text, book)
}
