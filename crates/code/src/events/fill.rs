//! Fills what a frame leaves open from what the document told before: "the purchase", "those weapons", "the embargo".

use model::{ActorRef, BlockKind, Category, Goods, Kind, Stage};

use super::transfers::same;
use super::{Frame, Reader};

impl Reader<'_> {
    /// Fills open sides and drops what says too little to be a claim.
    pub(crate) fn fill(&self, frames: Vec<Frame>) -> Vec<Frame> {
        let mut done: Vec<Frame> = Vec::new();
        for mut frame in frames {
            match frame.kind {
                Kind::Transfer => self.fill_transfer(&mut frame, &done),
                Kind::Measure => self.fill_measure(&mut frame, &done),
                _ => {}
            }
            if says_enough(&frame, self.text.blocks[frame.at].kind) {
                done.push(frame);
            }
        }
        done
    }

    fn fill_transfer(&self, frame: &mut Frame, done: &[Frame]) {
        if frame.supplier.is_empty() || frame.recipient.is_empty() || frame.goods.is_empty() {
            let earlier = done.iter().rev().filter(|f| f.kind == Kind::Transfer).find(|f| fits(frame, f));
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

fn says_enough(frame: &Frame, block: BlockKind) -> bool {
    match frame.kind {
        Kind::Transfer => {
            let sides = usize::from(!frame.supplier.is_empty()) + usize::from(!frame.recipient.is_empty());
            let stage = frame.stage.unwrap_or(Stage::Unstated);
            match sides {
                2 => true,
                1 if block == BlockKind::Headline => false,
                1 => {
                    let stages =
                        [Stage::Intercepted, Stage::Agreed, Stage::Delivered, Stage::Sought, Stage::Shipped];
                    stages.contains(&stage) && (!frame.recipient.is_empty() || stage == Stage::Intercepted)
                }
                _ => stage == Stage::Intercepted && !frame.goods.is_empty(),
            }
        }
        Kind::Measure => {
            !frame.target.is_empty() && !frame.imposer.is_empty()
                || !frame.goods.is_empty() && !frame.imposer.is_empty()
        }
        _ => true,
    }
}
