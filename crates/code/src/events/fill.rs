//! Fills what a frame leaves open from what the document told before: "the purchase", "those weapons", "the embargo".

use model::{ActorRef, BlockKind, Category, Factuality, Goods, Kind, Stage};

use super::slots::is_state_code;
use super::transfers::same;
use super::{Frame, Reader};

impl Reader<'_> {
    /// Fills open sides and drops what says too little to be a claim.
    pub(crate) fn fill(&self, frames: Vec<Frame>) -> Vec<Frame> {
        let mut done: Vec<Frame> = Vec::new();
        for mut frame in frames {
            if frame.echoes && !self.echo(&mut frame, &done) {
                continue;
            }
            match frame.kind {
                Kind::Transfer => self.fill_transfer(&mut frame, &done),
                Kind::Measure => self.fill_measure(&mut frame, &done),
                _ => {}
            }
            let trigger = self.text.blocks[frame.at].token(frame.trigger);
            let open = frame.supplier.is_empty() && frame.recipient.is_empty();
            let found = open && !is_seized(trigger.lemma()) && !super::tree::is_passive(trigger);
            if !found && says_enough(&frame, self.text.blocks[frame.at].kind) {
                done.push(frame);
            }
        }
        done
    }

    /// The United Nations where the document names them: an embargo that names no authority is theirs.
    fn united_nations(&self) -> Option<ActorRef> {
        let is_one = |id: &str| id == "UN" || id.ends_with("Security Council");
        let mention = self.cast.mentions.iter().find(|m| is_one(&self.cast.actors[m.actor].id))?;
        let text = mention.span.of(&self.text.document.text).to_owned();
        Some(ActorRef { id: "UN".to_owned(), text, span: mention.span })
    }

    /// Fills a denial from the claim that it denies: the last told within two blocks that is not a denial itself.
    fn echo(&self, frame: &mut Frame, done: &[Frame]) -> bool {
        let near = |f: &&Frame| {
            f.at + 2 >= frame.at && f.kind == Kind::Transfer && f.factuality != Factuality::Denied
        };
        let Some(told) = done.iter().rev().find(near) else { return false };
        let denial = frame.clone();
        *frame = told.clone();
        frame.at = denial.at;
        frame.trigger = denial.trigger;
        frame.evidence = denial.evidence;
        frame.factuality = denial.factuality;
        frame.says = denial.says;
        frame.echoes = true;
        true
    }

    /// Who asks another for goods asks for itself, by the word ("begs") or because it was told to receive such.
    fn fill_asker(&self, frame: &mut Frame, done: &[Frame]) {
        if !frame.recipient.is_empty() || frame.asker.is_empty() || frame.supplier.is_empty() {
            return;
        }
        let is_state = frame.asker.iter().all(|a| is_state_code(&a.id));
        let ours = self.publisher.as_ref().is_some_and(|id| frame.asker.iter().any(|a| &a.id == id));
        let received = done.iter().any(|f| f.kind == Kind::Transfer && same(&f.recipient, &frame.asker));
        let supplies = done.iter().any(|f| f.kind == Kind::Transfer && same(&f.supplier, &frame.asker));
        if is_state && !ours && (received || !supplies) {
            frame.recipient = frame.asker.clone();
        }
    }

    /// Who is told of a supply that names no recipient: "informed him that his country would send tanks".
    fn fill_told(&self, frame: &mut Frame) {
        if !frame.recipient.is_empty() || frame.supplier.is_empty() {
            return;
        }
        let trigger = self.text.blocks[frame.at].token(frame.trigger);
        let tells = |t: &lang::Token<'_>| {
            matches!(t.lemma(), "inform" | "tell" | "assure" | "promise" | "notify" | "reassure" | "brief")
        };
        let Some(verb) = trigger.ancestors().take(4).find(tells) else { return };
        let told: Vec<_> = verb
            .children()
            .filter(|c| matches!(c.dep(), "dobj" | "dative") && c.index() < frame.trigger)
            .collect();
        let told = self.actors_of(frame.at, &told, super::slots::Slot::Party);
        if told.iter().all(|t| is_state_code(&t.id)) && !same(&told, &frame.supplier) {
            frame.recipient = told;
        }
    }

    /// "a regime at war with its people", "the country": the state that the story is about in that place.
    fn fill_described(frame: &mut Frame, done: &[Frame]) {
        let is_one = |a: &ActorRef| {
            let last = a.id.rsplit(' ').next().unwrap_or_default();
            matches!(
                last,
                "regime"
                    | "country"
                    | "nation"
                    | "kingdom"
                    | "dictatorship"
                    | "government"
                    | "ally"
                    | "junta"
            )
        };
        let known = |slot: &[ActorRef]| slot.iter().all(|a| is_state_code(&a.id)) && !slot.is_empty();
        let told = done.iter().rev().filter(|f| f.kind == Kind::Transfer);
        if frame.recipient.len() == 1 && is_one(&frame.recipient[0]) {
            let fits = |f: &&Frame| {
                known(&f.recipient) && (frame.supplier.is_empty() || same(&f.supplier, &frame.supplier))
            };
            if let Some(earlier) = told.clone().find(fits) {
                frame.recipient.clone_from(&earlier.recipient);
            }
        }
        if frame.supplier.len() == 1 && is_one(&frame.supplier[0]) {
            let fits = |f: &&Frame| known(&f.supplier) && same(&f.recipient, &frame.recipient);
            if let Some(earlier) = told.clone().find(fits) {
                frame.supplier.clone_from(&earlier.supplier);
            }
        }
    }

    fn fill_transfer(&self, frame: &mut Frame, done: &[Frame]) {
        Self::fill_described(frame, done);
        self.fill_told(frame);
        self.fill_asker(frame, done);
        if (frame.supplier.is_empty() || frame.recipient.is_empty() || frame.goods.is_empty())
            && !frame.opaque
        {
            let near = |f: &&Frame| f.at + 6 >= frame.at;
            let earlier =
                done.iter().rev().filter(|f| f.kind == Kind::Transfer).filter(near).find(|f| fits(frame, f));
            if let Some(earlier) = earlier {
                take(&mut frame.supplier, &earlier.supplier);
                take(&mut frame.recipient, &earlier.recipient);
                if frame.goods.is_empty() {
                    frame.goods = earlier.goods.clone();
                }
            }
        }
        let official = matches!(
            frame.stage,
            Some(
                Stage::Authorised
                    | Stage::Sought
                    | Stage::Shipped
                    | Stage::Delivered
                    | Stage::Halted
                    | Stage::Unstated
                    | Stage::Offered
            )
        );
        if frame.supplier.is_empty()
            && !frame.opaque
            && official
            && let Some(state) = &self.publisher
            && !frame.recipient.is_empty()
            && frame.recipient.iter().all(|r| &r.id != state)
        {
            let span = frame.goods.first().map(|g| g.span).unwrap_or_default();
            frame.supplier = vec![ActorRef {
                id: state.clone(),
                text: span.of(&self.text.document.text).to_owned(),
                span,
            }];
        }
    }

    fn fill_measure(&self, frame: &mut Frame, done: &[Frame]) {
        let earlier = done.iter().rev().filter(|f| f.kind == Kind::Measure);
        if frame.target.is_empty() && frame.points_back {
            let fits = |f: &&Frame| {
                !f.target.is_empty() && (frame.imposer.is_empty() || same(&f.imposer, &frame.imposer))
            };
            if let Some(found) = earlier.clone().find(fits) {
                frame.target = found.target.clone();
                take(&mut frame.imposer, &found.imposer);
            }
        }
        let ours = |id: &String| frame.target.iter().all(|t| &t.id != id);
        if frame.imposer.is_empty()
            && !frame.target.is_empty()
            && let Some(state) = self.publisher.as_ref().filter(|id| ours(id))
        {
            let span = frame.instrument.as_ref().map(|i| i.span).unwrap_or_default();
            frame.imposer = vec![ActorRef {
                id: state.clone(),
                text: span.of(&self.text.document.text).to_owned(),
                span,
            }];
        }
        let embargo = frame.instrument.as_ref().is_some_and(|i| i.text.contains("embargo"));
        if frame.imposer.is_empty()
            && embargo
            && !frame.target.is_empty()
            && let Some(mention) = self.united_nations()
        {
            frame.imposer = vec![mention];
        }
        if frame.imposer.is_empty()
            && let Some(found) =
                earlier.clone().find(|f| !f.imposer.is_empty() && same(&f.target, &frame.target))
        {
            frame.imposer = found.imposer.clone();
        }
    }
}

fn take(slot: &mut Vec<ActorRef>, from: &[ActorRef]) {
    if slot.is_empty() {
        *slot = from.to_vec();
    }
}

/// Whether an earlier transfer may be the one that a later one points back to.
fn fits(frame: &Frame, earlier: &Frame) -> bool {
    let sides = |a: &[ActorRef], b: &[ActorRef]| a.is_empty() || b.is_empty() || same(a, b);
    let agree = sides(&frame.supplier, &earlier.supplier) && sides(&frame.recipient, &earlier.recipient);
    let shares = same(&frame.supplier, &earlier.supplier) || same(&frame.recipient, &earlier.recipient);
    let goods =
        frame.goods.is_empty() || earlier.goods.is_empty() || goods_agree(&frame.goods, &earlier.goods);
    let crossed = same(&frame.supplier, &earlier.recipient) || same(&frame.recipient, &earlier.supplier);
    agree && !crossed && goods && (shares || frame.points_back)
}

/// Whether two lists of goods may be of the same deal.
pub(crate) fn goods_agree(a: &[Goods], b: &[Goods]) -> bool {
    let generic = |g: &[Goods]| g.is_empty() || g.iter().any(|x| x.category == Category::Weapons);
    generic(a) || generic(b) || a.iter().any(|x| b.iter().any(|y| x.category == y.category))
}

/// Whether seized goods are somebody's: what is only found lies about.
fn is_seized(trigger: &str) -> bool {
    !matches!(trigger, "find" | "discover" | "recover" | "capture")
}

fn says_enough(frame: &Frame, block: BlockKind) -> bool {
    match frame.kind {
        Kind::Transfer if frame.goods_told && frame.goods.is_empty() => false,
        Kind::Transfer => {
            let sides = usize::from(!frame.supplier.is_empty()) + usize::from(!frame.recipient.is_empty());
            let stage = frame.stage.unwrap_or(Stage::Unstated);
            match sides {
                2 => true,
                1 if block == BlockKind::Headline => false,
                1 => {
                    let stages =
                        [Stage::Intercepted, Stage::Agreed, Stage::Delivered, Stage::Sought, Stage::Shipped];
                    let awarded = frame.opaque && stage == Stage::Agreed;
                    stages.contains(&stage)
                        && (!frame.recipient.is_empty() || stage == Stage::Intercepted || awarded)
                }
                _ => stage == Stage::Intercepted && !frame.goods.is_empty(),
            }
        }
        Kind::Measure => {
            let words = frame.instrument.as_ref().map(|i| i.text.to_lowercase()).unwrap_or_default();
            let export = words.contains("export") && !frame.goods.is_empty();
            !frame.imposer.is_empty() && (!frame.target.is_empty() || export)
        }
        _ => true,
    }
}
