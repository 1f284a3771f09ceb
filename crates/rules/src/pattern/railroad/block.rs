//! From parts to blocks: pieces of a diagram that know how much room they take.
//!
//! A block is entered at its left edge and left at its right edge, both on its own middle line; `up` and `down` say how
//! far it reaches above and below that line.

use postproof_model::Span;
use postproof_model::drawing::{Label, RADIUS, Role, Tone};
use postproof_model::explain::{Explanation, Group, Part, What};

use super::measure::width;
use super::row;

/// Half the height of a box.
pub(super) const HALF: i32 = 14;
/// The room between a box's edge and its text.
const PAD: i32 = 11;
/// The room between the pieces of a box.
pub(super) const PIECE_GAP: i32 = 8;
/// How high a line of pieces is, in a box of several.
pub(super) const LINE: i32 = 20;
/// The widest that a box with several pieces gets.
const MAX_BOX: i32 = 340;
/// The rail between what follows one another.
pub(super) const GAP: i32 = 14;
/// The room between what stands above one another.
pub(super) const ROW_GAP: i32 = 9;
/// The room between a frame and what it holds, at the sides and below.
pub(super) const FRAME_PAD: i32 = 10;
/// The room above what a frame holds, for its caption.
pub(super) const FRAME_TOP: i32 = 22;
/// The radius of the dots at the ends.
pub(super) const DOT: i32 = 5;
/// The least width that frames and branches leave to what they hold.
const MIN_INNER: i32 = 160;

/// A piece of a diagram.
pub(super) struct Block {
    pub(super) width: i32,
    pub(super) up: i32,
    pub(super) down: i32,
    pub(super) kind: Kind,
}

/// A text in a box, its type, and its width.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) tone: Tone,
    pub(super) width: i32,
}

/// What a block is.
pub(super) enum Kind {
    /// A rail and nothing else.
    Rail,
    /// Where the pattern begins or ends.
    Dot(Role),
    /// A box with its texts, in one line or several.
    Box { span: Span, role: Role, lines: Vec<Vec<Piece>>, sentence: String },
    /// Blocks one after another.
    Row(Vec<Block>),
    /// Rows below one another, left at the end of the last where they are the whole, else lifted to the first's line.
    Rows { rows: Vec<Block>, whole: bool },
    /// One of several blocks; each with a caption, which may be empty.
    Branches(Vec<(String, Block)>),
    /// A block with a way around it, a way back, or both.
    Loop { inner: Box<Block>, around: bool, back: bool, span: Span, caption: String, sentence: String },
    /// A frame around a block.
    Framed { inner: Box<Block>, span: Span, role: Role, caption: String, sentence: String },
}

/// The whole pattern between its two dots.
pub(super) fn root(explanation: &Explanation, limit: i32, say: &dyn Fn(&Part) -> Label) -> Block {
    let builder = Builder { say };
    let root = &explanation.root;
    let mut blocks = vec![dot(Role::Start)];
    if root.what == What::Sequence {
        blocks.extend(root.parts.iter().map(|part| builder.part(part, limit)));
    } else {
        blocks.push(builder.part(root, limit - 2 * (2 * DOT + GAP)));
    }
    blocks.push(dot(Role::Finish));
    row::rows(blocks, limit, true)
}

fn dot(role: Role) -> Block {
    Block { width: 2 * DOT, up: DOT + 2, down: DOT + 2, kind: Kind::Dot(role) }
}

/// A rail of some width.
pub(super) fn rail(width: i32) -> Block {
    Block { width, up: 1, down: 1, kind: Kind::Rail }
}

struct Builder<'s> {
    say: &'s dyn Fn(&Part) -> Label,
}

impl Builder<'_> {
    fn part(&self, part: &Part, limit: i32) -> Block {
        let limit = limit.max(MIN_INNER);
        match &part.what {
            What::Nothing | What::Comment => rail(GAP),
            What::Text(_) => self.leaf(part, Role::Text, limit),
            What::Never(_) => self.leaf(part, Role::Never, limit),
            What::Characters(characters) => {
                self.leaf(part, if characters.negated { Role::NegatedSet } else { Role::Set }, limit)
            }
            What::Any { .. } | What::LineBreak { .. } | What::Grapheme | What::SingleByte => {
                self.leaf(part, Role::Set, limit)
            }
            What::At { .. } => self.leaf(part, Role::Anchor, limit),
            What::SameAs { .. } | What::Again { .. } => self.leaf(part, Role::Reference, limit),
            What::Setting | What::Keep | What::Verb { .. } | What::AndSoOn { .. } => {
                self.leaf(part, Role::Remark, limit)
            }
            What::Group(Group::Capture { .. }) => self.framed(part, Role::Capture, limit),
            What::Group(Group::Atomic) => self.framed(part, Role::Plain, limit),
            // Parentheses that only hold together: the rails show that already.
            What::Group(Group::Plain) => self.inner(part, limit),
            What::Look { negative, .. } => {
                self.framed(part, if *negative { Role::NegativeLook } else { Role::Look }, limit)
            }
            What::Repeat(repeat) => {
                let label = (self.say)(part);
                let (around, back) = (repeat.min == 0, repeat.max != Some(1) && repeat.max != Some(0));
                let inner = self.inner(part, limit - 4 * RADIUS);
                looped(inner, around, back, part.span, label)
            }
            What::Either => {
                // Many short texts are one box that lists them, if the words for it say so.
                let label = (self.say)(part);
                if !label.pieces.is_empty() {
                    return boxed(label, part.span, Role::Text, limit);
                }
                let limit = limit - 4 * RADIUS;
                branches(part.parts.iter().map(|part| (String::new(), self.part(part, limit))).collect())
            }
            What::Sequence => row::rows(part.parts.iter().map(|part| self.part(part, limit)).collect(), limit, false),
            What::Conditional { .. } => self.conditional(part, limit),
        }
    }

    fn leaf(&self, part: &Part, role: Role, limit: i32) -> Block {
        boxed((self.say)(part), part.span, role, limit)
    }

    /// What a part with one part in it holds.
    fn inner(&self, part: &Part, limit: i32) -> Block {
        part.parts.first().map_or_else(|| rail(GAP), |part| self.part(part, limit))
    }

    fn framed(&self, part: &Part, role: Role, limit: i32) -> Block {
        let inner = self.inner(part, limit - 2 * FRAME_PAD);
        framed(inner, part.span, role, (self.say)(part))
    }

    fn conditional(&self, part: &Part, limit: i32) -> Block {
        let label = (self.say)(part);
        let inner_limit = limit - 2 * FRAME_PAD - 4 * RADIUS;
        let (looks, ways) = part.parts.split_at(part.parts.len().saturating_sub(2));
        let captions = label.branches.iter().cloned().chain(std::iter::repeat(String::new()));
        let ways = captions.zip(ways.iter().map(|way| self.part(way, inner_limit))).collect();
        let mut blocks: Vec<Block> = looks.iter().map(|look| self.part(look, inner_limit)).collect();
        blocks.push(branches(ways));
        framed(row::rows(blocks, inner_limit, false), part.span, Role::Conditional, label)
    }
}

/// A box with the pieces of a label, in as few lines as the limit allows.
fn boxed(label: Label, span: Span, role: Role, limit: i32) -> Block {
    let limit = limit.min(MAX_BOX) - 2 * PAD;
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let (mut room, mut widest) = (0, 0);
    for (text, tone) in label.pieces {
        let piece = Piece { width: width(&text, tone), text, tone };
        room -= piece.width + PIECE_GAP;
        match lines.last_mut() {
            Some(line) if room >= 0 => line.push(piece),
            _ => {
                room = limit - piece.width;
                lines.push(vec![piece]);
            }
        }
        widest = widest.max(limit - room);
    }
    let half = HALF + LINE * i32::try_from(lines.len().saturating_sub(1)).unwrap_or_default() / 2;
    let width = (widest + 2 * PAD).max(2 * HALF);
    Block { width, up: half, down: half, kind: Kind::Box { span, role, lines, sentence: label.sentence } }
}

fn framed(inner: Block, span: Span, role: Role, label: Label) -> Block {
    let caption = label.caption.unwrap_or_default();
    let (top, caption_width) =
        if caption.is_empty() { (FRAME_PAD, 0) } else { (FRAME_TOP, width(&caption, Tone::Caption) + 16) };
    Block {
        width: (inner.width + 2 * FRAME_PAD).max(caption_width),
        up: inner.up + top,
        down: inner.down + FRAME_PAD,
        kind: Kind::Framed { inner: Box::new(inner), span, role, caption, sentence: label.sentence },
    }
}

fn looped(inner: Block, around: bool, back: bool, span: Span, label: Label) -> Block {
    let caption = label.caption.unwrap_or_default();
    // The caption stands in a gap of its rail, which must leave something of the rail on both sides.
    let caption_width = if caption.is_empty() { 0 } else { width(&caption, Tone::Caption) + 24 };
    let half_caption = if caption.is_empty() { 1 } else { Tone::Caption.size() / 2 + 1 };
    Block {
        width: inner.width.max(caption_width) + 4 * RADIUS,
        up: if around { reach(inner.up) + if back { 1 } else { half_caption } } else { inner.up },
        down: if back { reach(inner.down) + half_caption.max(4) } else { inner.down },
        kind: Kind::Loop { inner: Box::new(inner), around, back, span, caption, sentence: label.sentence },
    }
}

/// How far the line of a loop's way around, or back, is from the middle line.
pub(super) fn reach(side: i32) -> i32 {
    (side + ROW_GAP).max(2 * RADIUS)
}

fn branches(branches: Vec<(String, Block)>) -> Block {
    let widest = branches.iter().map(branch_width).max().unwrap_or_default();
    let mut down = 0;
    for (index, y) in branch_lines(&branches).into_iter().enumerate() {
        down = branches.get(index).map_or(down, |(_, block)| down.max(y + block.down));
    }
    let up = branches.first().map_or(1, |(_, block)| block.up);
    Block { width: widest + 4 * RADIUS, up, down, kind: Kind::Branches(branches) }
}

/// How wide a branch is with its caption.
pub(super) fn branch_width((caption, block): &(String, Block)) -> i32 {
    caption_room(caption) + block.width
}

/// The room that a branch's caption takes on its rail.
pub(super) fn caption_room(caption: &str) -> i32 {
    if caption.is_empty() { 0 } else { width(caption, Tone::Caption) + 16 }
}

/// How far below the first each branch's middle line is.
pub(super) fn branch_lines(branches: &[(String, Block)]) -> Vec<i32> {
    let mut lines = Vec::with_capacity(branches.len());
    let mut y = 0;
    let mut bottom = 0;
    for (index, (_, block)) in branches.iter().enumerate() {
        if index > 0 {
            // The rail must have room for two turns.
            y = (bottom + ROW_GAP + block.up).max(y + 2 * RADIUS);
        }
        lines.push(y);
        bottom = y + block.down;
    }
    lines
}
