//! What is peculiar to releases of governments: whom a penalty is for, tools that are given or used, policies that end.

use lang::Token;
use model::{Action, ActorRef, BlockKind, Kind, Stage};

use super::irrealis::is_class;
use super::slots::{Slot, is_state_code};
use super::table::{Shape, Word};
use super::transfers::same;
use super::{Frame, Reader, tree};
use crate::mentions::{Actor, ActorKind, Form};

impl Reader<'_> {
    /// "imposed sanctions on A, B and C for supplying Chad with rockets": all whom the measure hits supplied them.
    pub(crate) fn punished(&self, at: usize, frames: &mut [Frame]) {
        let block = &self.text.blocks[at];
        let hit: Vec<(usize, Vec<ActorRef>, Vec<ActorRef>)> = frames
            .iter()
            .filter(|f| f.kind == Kind::Measure && f.at == at && f.action == Some(Action::Imposed))
            .map(|f| (f.trigger, f.target.clone(), f.imposer.clone()))
            .collect();
        for frame in frames.iter_mut().filter(|f| f.kind == Kind::Transfer && f.at == at && !f.buys) {
            let trigger = block.token(frame.trigger);
            if !is_reason(trigger) {
                continue;
            }
            let sentence = trigger.sentence();
            let over = hit.iter().filter(|(t, target, _)| {
                *t < frame.trigger
                    && sentence.contains(t)
                    && !target.is_empty()
                    && !same(target, &frame.recipient)
            });
            let Some((_, target, imposer)) = over.max_by_key(|(t, _, _)| *t) else { continue };
            if frame.supplier.is_empty() || same(&frame.supplier, imposer) {
                frame.supplier.clone_from(target);
            } else if same(&frame.supplier, target) {
                let more = target.iter().filter(|t| frame.supplier.iter().all(|s| s.id != t.id));
                let more: Vec<ActorRef> = more.cloned().collect();
                frame.supplier.extend(more);
            }
        }
    }

    /// "use our tools to disrupt the flow of weapons into Chad": a resolve, which stops no deal. Whether it is one.
    pub(crate) fn is_resolve(&self, frame: &Frame) -> bool {
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let tool = |t: Token<'_>| {
            matches!(t.lemma(), "tool" | "authority" | "power" | "lever" | "sanction" | "action" | "measure")
        };
        let uses = |t: Token<'_>| {
            matches!(t.lemma(), "use" | "take" | "employ" | "leverage" | "wield" | "deploy")
                && t.children().any(|c| tool(c) && c.dep() == "dobj")
        };
        let aims = |t: Token<'_>| {
            let infinitive = t.tag() == "VB" && t.children().any(|c| c.tag() == "TO");
            infinitive
                && std::iter::once(t.head()).chain(t.head().ancestors().take(2)).any(|h| uses(h) || tool(h))
        };
        frame.kind == Kind::Transfer
            && frame.stage == Some(Stage::Halted)
            && std::iter::once(trigger).chain(trigger.ancestors().take(4)).any(aims)
    }

    /// Folds measures that say no more than others: "the sanctions apply only to the named firms", "a policy that bans
    /// sales, including restrictions on exports".
    pub(crate) fn fold_measures(&self, frames: &mut Vec<Frame>) {
        let told: Vec<Frame> = frames.iter().filter(|f| f.kind == Kind::Measure).cloned().collect();
        let alike = |a: &Frame, b: &Frame| {
            a.action == b.action
                && (a.imposer.is_empty() || same(&a.imposer, &b.imposer))
                && !b.target.is_empty()
        };
        frames.retain(|frame| {
            if frame.kind != Kind::Measure {
                return true;
            }
            let trigger = self.text.blocks[frame.at].token(frame.trigger);
            let again =
                frame.points_back || trigger.dep() == "pobj" && trigger.head().head().lemma() == "imposition";
            let class = !frame.target.is_empty() && frame.target.iter().all(is_class);
            let earlier =
                |f: &Frame| (f.at, f.trigger) < (frame.at, frame.trigger) && !f.target.iter().all(is_class);
            let whole = |f: &Frame| {
                f.at == frame.at && trigger.sentence().contains(&f.trigger) && f.trigger != frame.trigger
            };
            let repeats = again && class && told.iter().any(|f| alike(frame, f) && earlier(f));
            let part = frame.target.is_empty()
                && frame.goods.is_empty()
                && told.iter().any(|f| alike(frame, f) && whole(f));
            !(repeats || part)
        });
    }

    /// Whom an apposition that a measure hits describes: "Acme, a group that they designated".
    pub(crate) fn described(&self, at: usize, head: Token<'_>) -> Option<ActorRef> {
        let over = (head.dep() == "appos").then(|| head.head())?;
        let named = self.mention_headed(at, over.index()).filter(|m| m.form == Form::Name)?;
        let actor = &self.cast.actors[named.actor];
        let body = matches!(
            actor.kind,
            ActorKind::Organisation | ActorKind::Firm | ActorKind::Group | ActorKind::Person
        );
        self.reference(actor, named.span, Slot::Target).filter(|_| body)
    }

    /// "prohibits the sale or supply of arms to any person in Chad": the state in which the buyers are.
    pub(crate) fn buyers_banned(&self, at: usize, patients: &[Token<'_>]) -> Vec<ActorRef> {
        let whole = patients.iter().flat_map(|p| tree::conjuncts(*p));
        let below = whole.flat_map(|p| p.subtree().collect::<Vec<_>>());
        let to = below
            .filter(|t| t.dep() == "prep" && t.lemma() == "to")
            .filter_map(|t| tree::child(t, &["pobj"]));
        for buyer in to {
            let mut heads = vec![buyer];
            heads.extend(tree::objects_of(buyer, &["in", "of"]));
            let mut found = self.actors_of(at, &heads, Slot::Party);
            found.retain(|a| is_state_code(&a.id));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Whose goods are used that a relative clause speaks of: "drones, which Chad used", of those that X supplied.
    pub(crate) fn source_of_used(&self, at: usize, verb: Token<'_>) -> Vec<ActorRef> {
        if verb.dep() != "relcl" {
            return Vec::new();
        }
        let mut goods = verb.head();
        for _ in 0..4 {
            let from = tree::objects_of(goods, &["from"]);
            let mut heads: Vec<_> = from.iter().flat_map(|f| tree::owners(*f)).collect();
            heads.extend(from);
            let mut found = self.actors_of(at, &heads, Slot::Party);
            found.retain(|a| is_state_code(&a.id));
            if !found.is_empty() {
                return found;
            }
            if goods.is_root() || !matches!(goods.dep(), "appos" | "conj" | "pobj" | "prep" | "dobj") {
                break;
            }
            goods = goods.head();
            if tree::is_verb(goods) {
                let gives = self
                    .book
                    .transfer_verb(goods)
                    .is_some_and(|w| matches!(w.shape, Shape::Give | Shape::Equip));
                let agents = if gives { tree::agents(goods) } else { Vec::new() };
                return self.actors_of(at, &agents, Slot::Party);
            }
        }
        Vec::new()
    }

    /// Fills the sides that stand above an event: of goods that were supplied and are used, of ties that include it.
    pub(crate) fn sides_above(&self, at: usize, trigger: Token<'_>, shape: Shape, frame: &mut Frame) {
        if shape == Shape::Use && frame.supplier.is_empty() {
            frame.supplier = self.source_of_used(at, trigger);
        }
        if frame.supplier.is_empty()
            && frame.recipient.is_empty()
            && let Some((giver, getter)) = self.sides_between(at, trigger)
        {
            (frame.supplier, frame.recipient) = (giver, getter);
        }
    }

    /// "The Council" in a release of the European Union's.
    pub(crate) fn own_council(&self, actor: &Actor) -> Option<String> {
        let house = self.text.document.publisher.as_deref().unwrap_or_default();
        let named = matches!(actor.id.as_str(), "Council" | "the Council" | "The Council");
        let of = ["European Union", "EU ", "Consilium"].iter().any(|n| house.contains(n));
        (named && of).then(|| "EU".to_owned())
    }

    /// The two sides of cooperation that includes a transfer: "ties between A and B, including arms transfers".
    pub(crate) fn sides_between(&self, at: usize, noun: Token<'_>) -> Option<(Vec<ActorRef>, Vec<ActorRef>)> {
        let first = if noun.dep() == "conj" { noun.head() } else { noun };
        let listed = first.dep() == "pobj" && first.head().text().eq_ignore_ascii_case("including");
        let ties = first.head().head();
        let between = tree::objects_of(ties, &["between"]);
        let sides: Vec<_> = between.iter().flat_map(|b| tree::conjuncts(*b)).collect();
        let [a, b] = sides[..] else { return None };
        let (a, b) = (self.actors_of(at, &[a], Slot::Party), self.actors_of(at, &[b], Slot::Party));
        let first_only = |mut side: Vec<ActorRef>| {
            side.truncate(1);
            side
        };
        (listed && !a.is_empty() && !b.is_empty()).then(|| (first_only(a), first_only(b)))
    }

    /// "intended for drones in Chad", "destined for Chad's navy": for whom goods are, told by a clause on them.
    pub(crate) fn meant_for(&self, at: usize, goods: &[Token<'_>]) -> Vec<ActorRef> {
        let meant = |c: &Token<'_>| {
            c.dep() == "acl" && matches!(c.lemma(), "intend" | "mean" | "destine" | "bind" | "earmark")
        };
        let clauses = goods.iter().flat_map(|g| g.children().filter(meant).collect::<Vec<_>>());
        for clause in clauses {
            for user in tree::objects_of(clause, &["for"]) {
                let mut heads = vec![user];
                heads.extend(tree::owners(user));
                heads.extend(tree::objects_of(user, &["in", "of"]));
                let mut found = self.actors_of(at, &heads, Slot::Party);
                found.retain(|a| is_state_code(&a.id));
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// What is done with a policy, law or rule that a clause tells the content of: "the policy prohibiting sales is ended".
    pub(crate) fn fate_of_rule(&self, verb: Token<'_>) -> Option<Action> {
        let rule = verb.head();
        let named = matches!(
            rule.lemma(),
            "policy"
                | "rule"
                | "law"
                | "order"
                | "measure"
                | "provision"
                | "ban"
                | "decree"
                | "directive"
                | "regulation"
        );
        let bears =
            matches!(verb.dep(), "acl" | "relcl") && named && matches!(rule.dep(), "dobj" | "nsubjpass");
        let action =
            self.book.actions(rule.head().lemma()).first().copied().filter(|_| bears && !rule.is_root())?;
        matches!(action, Action::Lifted | Action::Eased | Action::Extended).then_some(action)
    }

    /// Whom a measure hits by a name that nothing is known of: "sanctioned Kestrel Trading".
    pub(crate) fn capitals(&self, at: usize, head: Token<'_>) -> Option<ActorRef> {
        let capital = |t: Token<'_>| matches!(t.tag(), "NNP" | "NNPS");
        let range = tree::bare_phrase(head);
        let block = &self.text.blocks[at];
        let long = range.clone().filter(|i| capital(block.token(*i))).count() > 1;
        let verb = head.head();
        let hit = head.dep() == "dobj" && matches!(verb.lemma(), "sanction" | "designate" | "blacklist");
        let known = self.cast.mention_at(at, head.index()).is_some() || self.goods_headed(at, head).is_some();
        if !hit || !long || known || !capital(head) || block.kind == BlockKind::Headline {
            return None;
        }
        let text = block.parse.words(range.clone()).to_owned();
        Some(ActorRef { id: text.clone(), text, span: block.span(range) })
    }

    /// Puts right whom a measure is aimed at: "with respect to X", "for past assistance by X to Y", "on X's economy".
    pub(crate) fn aimed_about<'p>(&self, heads: &mut Vec<Token<'p>>) {
        let about: Vec<_> =
            heads.iter().filter(|h| matches!(h.lemma(), "respect" | "regard")).copied().collect();
        heads.extend(about.iter().flat_map(|h| tree::objects_of(*h, &["to"])));
        let doers: Vec<_> = heads.iter().flat_map(|h| tree::objects_of(*h, &["by"])).collect();
        let deed =
            |h: &Token<'_>| matches!(h.lemma(), "assistance" | "transfer" | "activity" | "support" | "help");
        if !doers.is_empty() && heads.iter().all(deed) {
            *heads = doers;
        }
        let owned = self.owners_hit(heads);
        heads.extend(owned);
    }

    /// The state whose economy, trade or arms industry is hit: "sanctions on Chad's economy and the elite".
    fn owners_hit<'p>(&self, heads: &[Token<'p>]) -> Vec<Token<'p>> {
        let economy = |t: &Token<'_>| {
            matches!(
                t.lemma(),
                "economy"
                    | "sector"
                    | "industry"
                    | "programme"
                    | "program"
                    | "complex"
                    | "trade"
                    | "base"
                    | "machine"
            )
        };
        let all = heads.iter().flat_map(|h| tree::conjuncts(*h));
        all.filter(economy).flat_map(tree::owners).collect()
    }
}

/// "impose restrictions on X", "maintain restrictions with respect to X": a measure whatever is restricted.
pub(crate) fn is_laid_on(noun: Token<'_>) -> bool {
    let laid = matches!(noun.lemma(), "restriction" | "control" | "penalty")
        && matches!(noun.dep(), "dobj" | "nsubjpass")
        && matches!(
            noun.head().lemma(),
            "impose" | "place" | "maintain" | "slap" | "lay" | "reimpose" | "lift"
        );
    let on = tree::objects_of(noun, &["on", "against", "upon"]);
    let about = tree::objects_of(noun, &["with"]).into_iter().filter(|w| w.lemma() == "respect");
    laid && (on.iter().any(|o| tree::is_noun(*o)) || about.count() > 0)
}

/// Whether an event is what somebody is punished for: "for supplying", "for the transfer of".
fn is_reason(trigger: Token<'_>) -> bool {
    let under_for = |t: Token<'_>| matches!(t.dep(), "pcomp" | "pobj") && t.head().lemma() == "for";
    let part = |t: Token<'_>| matches!(t.dep(), "conj" | "pcomp" | "pobj" | "prep" | "dobj");
    under_for(trigger)
        || trigger.dep() == "conj" && under_for(trigger.head())
        || trigger.dep() == "pobj"
            && part(trigger)
            && trigger.head().head().dep() == "pobj"
            && under_for(trigger.head().head())
            && matches!(trigger.head().head().lemma(), "role" | "part" | "involvement" | "complicity")
}

/// "provides us tools to stop those who arm": what is given is leave or means, not the goods that stand below.
pub(crate) fn gives_means(verb: Token<'_>, word: &Word) -> bool {
    let means = |t: Token<'_>| {
        matches!(
            t.lemma(),
            "tool"
                | "authority"
                | "opportunity"
                | "ability"
                | "flexibility"
                | "basis"
                | "option"
                | "framework"
                | "power"
        )
    };
    word.shape == Shape::Give && verb.children().any(|c| matches!(c.dep(), "dobj" | "nsubjpass") && means(c))
}

/// "a rifle that he had bought at a store": retail, which is nobody's arms deal.
pub(crate) fn is_retail(verb: Token<'_>, word: &Word) -> bool {
    let shop = |t: &Token<'_>| {
        matches!(t.lemma(), "store" | "shop" | "dealer" | "retailer" | "pawnshop" | "counter" | "show")
    };
    word.shape == Shape::Get && tree::objects_of(verb, &["at", "from", "in", "over"]).iter().any(shop)
}

/// "measures designed to implement the embargo": what is done with the measures is done with the embargo.
pub(crate) fn serving(verb: Token<'_>) -> Option<Token<'_>> {
    let serves = matches!(verb.lemma(), "design" | "intend" | "mean" | "aim") && verb.dep() == "acl";
    (serves && verb.head().lemma() == "measure").then(|| verb.head())
}

/// "to enforce the sanctions": who keeps a measure up does not lay it.
pub(crate) fn is_kept_up(noun: Token<'_>) -> bool {
    let verb = noun.head();
    noun.dep() == "dobj"
        && matches!(verb.lemma(), "enforce" | "uphold" | "monitor" | "police" | "respect" | "observe")
        && verb.tag() == "VB"
        && verb.children().any(|c| c.tag() == "TO")
}

/// "a drawdown of up to $450 million": arms from one's own stocks, whatever they are.
pub(crate) fn is_drawn_down(noun: Token<'_>) -> bool {
    let money = |o: &Token<'_>| o.subtree().any(|t| t.text() == "$");
    noun.lemma() == "drawdown" && tree::objects_of(noun, &["of"]).iter().any(money)
}

/// "components intended for drones": the clause tells who is to use the goods, and offers nothing.
pub(crate) fn tells_user(verb: Token<'_>) -> bool {
    verb.dep() == "acl" && verb.lemma() == "intend" && !tree::objects_of(verb, &["for"]).is_empty()
}

/// "sanctions, including an embargo", "measures designed to implement the embargo": a part of what stands over it.
pub(crate) fn is_part(at: Token<'_>) -> bool {
    at.dep() == "pobj" && at.head().text().eq_ignore_ascii_case("including")
        || at.dep() == "xcomp" && serving(at.head()).is_some()
}

/// Whether what an office is of is only a department's name, of whichever state: "Commerce for Industry and Security".
pub(crate) fn is_department(name: &str) -> bool {
    let words: Vec<&str> = name.trim_start_matches("the ").split_whitespace().collect();
    let first = matches!(
        words.first(),
        Some(&("Commerce" | "State" | "Treasury" | "Defense" | "Defence" | "Trade" | "Energy" | "Justice"))
    );
    first && (words.len() == 1 || matches!(words[1], "for" | "and"))
}

#[test]
fn departments_are_nobodys_name() {
    assert!(is_department("Commerce for Industry and Security"));
    assert!(is_department("the Treasury"));
    assert!(!is_department("State Street Bank"));
}
