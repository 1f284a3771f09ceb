//! From blocks to rails and figures at their places.

use postproof_model::Span;
use postproof_model::drawing::{Figure, Frame, RADIUS, Role, Step, Text, Tone};

use super::block::{
    Block, DOT, FRAME_PAD, GAP, HALF, Kind, LINE, PIECE_GAP, Piece, ROW_GAP, branch_lines, branch_width, caption_room,
    reach,
};
use super::measure::width;
use super::row::row_lines;

/// Draws blocks. The pen is lifted between strokes; strokes that continue each other are one.
#[derive(Default)]
pub(super) struct Pen {
    pub(super) rails: Vec<Step>,
    pub(super) figures: Vec<Figure>,
    at: Option<(i32, i32)>,
}

impl Pen {
    fn move_to(&mut self, x: i32, y: i32) {
        if self.at != Some((x, y)) {
            self.rails.push(Step::Move(x, y));
            self.at = Some((x, y));
        }
    }

    fn across(&mut self, x: i32) {
        let Some((from, y)) = self.at else { return };
        if from == x {
            return;
        }
        match self.rails.last_mut() {
            Some(Step::Across(end)) => *end = x,
            _ => self.rails.push(Step::Across(x)),
        }
        self.at = Some((x, y));
    }

    fn down(&mut self, y: i32) {
        let Some((x, from)) = self.at else { return };
        if from != y {
            self.rails.push(Step::Down(y));
            self.at = Some((x, y));
        }
    }

    /// A quarter of a circle, so far to the right and down.
    fn turn(&mut self, dx: i32, dy: i32, clockwise: bool) {
        let Some((x, y)) = self.at else { return };
        let (x, y) = (x + dx, y + dy);
        self.rails.push(Step::Turn { x, y, clockwise });
        self.at = Some((x, y));
    }

    fn rail(&mut self, from: i32, to: i32, y: i32) {
        if from < to {
            self.move_to(from, y);
            self.across(to);
        }
    }

    /// An arrowhead whose tip is at `x`, `y`, pointing to the left.
    fn arrow_left(&mut self, x: i32, y: i32) {
        self.move_to(x + 4, y - 4);
        self.rails.push(Step::Line(x, y));
        self.rails.push(Step::Line(x + 4, y + 4));
        self.at = Some((x + 4, y + 4));
    }

    /// Draws a block whose left end is at `x`, on the line `y`.
    pub(super) fn block(&mut self, block: &Block, x: i32, y: i32) {
        match &block.kind {
            Kind::Rail => self.rail(x, x + block.width, y),
            Kind::Dot(role) => {
                let radius = if *role == Role::Start { DOT - 1 } else { DOT };
                let center = x + DOT;
                let frame =
                    Frame { x: center - radius, y: y - radius, width: 2 * radius, height: 2 * radius, corner: radius };
                let role = *role;
                self.figures.push(Figure {
                    span: Span::default(),
                    role,
                    frame: Some(frame),
                    texts: Vec::new(),
                    sentence: String::new(),
                });
            }
            Kind::Box { span, role, lines, sentence } => {
                let corner = match role {
                    Role::Text | Role::Never | Role::Anchor => HALF,
                    _ => 4,
                };
                let height = block.up + block.down;
                self.figures.push(Figure {
                    span: *span,
                    role: *role,
                    frame: Some(Frame { x, y: y - block.up, width: block.width, height, corner }),
                    texts: texts(lines, x + block.width / 2, y),
                    sentence: sentence.clone(),
                });
            }
            Kind::Row(blocks) => self.row(blocks, x, y),
            Kind::Rows { rows, whole } => self.rows(block, rows, *whole, x, y),
            Kind::Branches(branches) => self.branches(block, branches, x, y),
            Kind::Loop { inner, around, back, span, caption, sentence } => {
                let inner_x = x + 2 * RADIUS;
                let inner_end = x + block.width - 2 * RADIUS;
                // Where the caption is wider than what it is about, that stands in the middle.
                let left = inner_x + (inner_end - inner_x - inner.width) / 2;
                self.rail(x, left, y);
                self.block(inner, left, y);
                self.rail(left + inner.width, x + block.width, y);
                let count = |x: i32, y: i32| Figure {
                    span: *span,
                    role: Role::Count,
                    frame: None,
                    texts: vec![Text { x, y, text: caption.clone(), tone: Tone::Caption }],
                    sentence: sentence.clone(),
                };
                let center = i32::midpoint(inner_x, inner_end);
                let half = if caption.is_empty() { 0 } else { width(caption, Tone::Caption) / 2 + 5 };
                if *around {
                    let line = y - reach(inner.up);
                    self.move_to(x, y);
                    self.turn(RADIUS, -RADIUS, false);
                    self.down(line + RADIUS);
                    self.turn(RADIUS, -RADIUS, true);
                    if !*back && half > 0 {
                        self.across(center - half);
                        self.move_to(center + half, line);
                        self.figures.push(count(center, line + 4));
                    }
                    self.across(inner_end);
                    self.turn(RADIUS, RADIUS, true);
                    self.down(y - RADIUS);
                    self.turn(RADIUS, RADIUS, false);
                }
                if *back {
                    let line = y + reach(inner.down);
                    self.move_to(inner_end, y);
                    self.turn(RADIUS, RADIUS, true);
                    self.down(line - RADIUS);
                    self.turn(-RADIUS, RADIUS, true);
                    if half > 0 {
                        self.across(center + half);
                        self.move_to(center - half, line);
                        self.figures.push(count(center, line + 4));
                    }
                    self.across(inner_x);
                    self.turn(-RADIUS, -RADIUS, true);
                    self.down(y + RADIUS);
                    self.turn(RADIUS, -RADIUS, true);
                    self.arrow_left(if half > 0 { inner_x } else { center - 2 }, line);
                }
            }
            Kind::Framed { inner, span, role, caption, sentence } => {
                let frame = Frame { x, y: y - block.up, width: block.width, height: block.up + block.down, corner: 8 };
                let texts = if caption.is_empty() {
                    Vec::new()
                } else {
                    let middle = x + 8 + width(caption, Tone::Caption) / 2;
                    vec![Text { x: middle, y: y - block.up + 14, text: caption.clone(), tone: Tone::Caption }]
                };
                self.figures.push(Figure {
                    span: *span,
                    role: *role,
                    frame: Some(frame),
                    texts,
                    sentence: sentence.clone(),
                });
                let left = x + FRAME_PAD + (block.width - 2 * FRAME_PAD - inner.width) / 2;
                self.rail(x, left, y);
                self.block(inner, left, y);
                self.rail(left + inner.width, x + block.width, y);
            }
        }
    }

    fn row(&mut self, blocks: &[Block], x: i32, y: i32) {
        let mut left = x;
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                self.rail(left, left + GAP, y);
                left += GAP;
            }
            self.block(block, left, y);
            left += block.width;
        }
    }

    fn rows(&mut self, block: &Block, rows: &[Block], whole: bool, x: i32, y: i32) {
        let lines = row_lines(rows);
        let right = x + block.width;
        let mut left = x;
        for (index, (row, line)) in rows.iter().zip(&lines).enumerate() {
            let here = y + line;
            self.block(row, left, here);
            let end = left + row.width;
            if let Some(next) = lines.get(index + 1).zip(rows.get(index + 1)) {
                // Between the rows, at half the height of the gap, back to the left.
                let next_line = y + next.0;
                let between = next_line - next.1.up - ROW_GAP;
                let between = between.max(here + 2 * RADIUS).min(next_line - 2 * RADIUS);
                self.rail(end, end + RADIUS, here);
                self.move_to(end + RADIUS, here);
                self.turn(RADIUS, RADIUS, true);
                self.down(between - RADIUS);
                self.turn(-RADIUS, RADIUS, true);
                self.across(x + RADIUS);
                self.turn(-RADIUS, RADIUS, false);
                self.down(next_line - RADIUS);
                self.turn(RADIUS, RADIUS, false);
                self.across(x + 2 * RADIUS);
                left = x + 2 * RADIUS;
            } else if !whole {
                self.rail(end, right - 2 * RADIUS, here);
                self.move_to(end.max(right - 2 * RADIUS), here);
                self.turn(RADIUS, -RADIUS, false);
                self.down(y + RADIUS);
                self.turn(RADIUS, -RADIUS, true);
            }
        }
    }

    fn branches(&mut self, block: &Block, branches: &[(String, Block)], x: i32, y: i32) {
        let lines = branch_lines(branches);
        let inner_x = x + 2 * RADIUS;
        let inner_end = x + block.width - 2 * RADIUS;
        let mut before = y;
        for (index, (branch, line)) in branches.iter().zip(&lines).enumerate() {
            let here = y + line;
            if index == 0 {
                self.rail(x, inner_x, here);
            } else {
                if index == 1 {
                    self.move_to(x, y);
                    self.turn(RADIUS, RADIUS, true);
                } else {
                    self.move_to(x + RADIUS, before - RADIUS);
                }
                self.down(here - RADIUS);
                self.turn(RADIUS, RADIUS, false);
            }
            let room = caption_room(&branch.0);
            if room > 0 {
                self.rail(inner_x, inner_x + 4, here);
                self.figures.push(Figure {
                    span: Span::default(),
                    role: Role::Count,
                    frame: None,
                    texts: vec![Text {
                        x: inner_x + room / 2,
                        y: here + 4,
                        text: branch.0.clone(),
                        tone: Tone::Caption,
                    }],
                    sentence: String::new(),
                });
                self.rail(inner_x + room - 4, inner_x + room, here);
            }
            self.block(&branch.1, inner_x + room, here);
            let end = inner_x + branch_width(branch);
            if index == 0 {
                self.rail(end, x + block.width, here);
            } else {
                self.rail(end, inner_end, here);
                self.move_to(inner_end, here);
                self.turn(RADIUS, -RADIUS, false);
                if index == 1 {
                    self.down(y + RADIUS);
                    self.turn(RADIUS, -RADIUS, true);
                } else {
                    self.down(before - RADIUS);
                }
            }
            before = here;
        }
    }
}

/// The texts of a box, each line centred on `x`, the lines centred on `y`.
fn texts(lines: &[Vec<Piece>], x: i32, y: i32) -> Vec<Text> {
    let mut texts = Vec::new();
    let count = i32::try_from(lines.len()).unwrap_or_default();
    let mut baseline = y + 4 - LINE * (count - 1) / 2;
    for line in lines {
        let width: i32 = line.iter().map(|piece| piece.width + PIECE_GAP).sum::<i32>() - PIECE_GAP;
        let mut left = x - width / 2;
        for piece in line {
            texts.push(Text { x: left + piece.width / 2, y: baseline, text: piece.text.clone(), tone: piece.tone });
            left += piece.width + PIECE_GAP;
        }
        baseline += LINE;
    }
    texts
}
