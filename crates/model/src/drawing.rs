//! A railroad diagram: rails, boxes and texts at their places.
//!
//! One unit is one CSS pixel at the size the diagram is meant for. The origin is the upper left corner, y grows
//! downwards. Nothing is drawn outside `0..width` and `0..height`.

use serde::{Deserialize, Serialize};

use crate::Span;

/// A whole diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The rails, as one path.
    pub rails: Vec<Step>,
    /// What stands on the rails, outer frames before what they hold.
    pub figures: Vec<Figure>,
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Lift the pen and go to `x`, `y`.
    Move(i32, i32),
    /// Draw straight across to `x`.
    Across(i32),
    /// Draw straight down or up to `y`.
    Down(i32),
    /// Draw a straight line to `x`, `y`.
    Line(i32, i32),
    /// Draw a quarter of a circle to `x`, `y`.
    Turn {
        /// Where it ends.
        x: i32,
        /// See `x`.
        y: i32,
        /// Whether it turns to the right, as a clock's hand does.
        clockwise: bool,
    },
}

/// The radius of every [`Step::Turn`].
pub const RADIUS: i32 = 8;

/// Something that stands on the rails: a box with its texts, a frame around others, a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The bytes of the pattern that it shows.
    pub span: Span,
    /// What it shows, which decides how it looks.
    pub role: Role,
    /// Its outline; none for a label.
    pub frame: Option<Frame>,
    /// Its texts.
    pub texts: Vec<Text>,
    /// The same in a sentence; may be empty.
    pub sentence: String,
}

/// The outline of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// The radius of its corners.
    pub corner: i32,
}

/// What a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Where the pattern begins.
    Start,
    /// Where it ends.
    Finish,
    /// Characters that stand for themselves.
    Text,
    /// Characters that can match no key.
    Never,
    /// One out of a set, or any character.
    Set,
    /// One that is not in a set.
    NegatedSet,
    /// A place: the start, the end, a word's edge.
    Anchor,
    /// A group that keeps what it matched.
    Capture,
    /// Parentheses that only hold together.
    Plain,
    /// Something that must stand beside a place.
    Look,
    /// Something that must not.
    NegativeLook,
    /// One of two, as a test says.
    Conditional,
    /// What a group took, or its pattern, once more.
    Reference,
    /// How often, beside a loop.
    Count,
    /// Anything that takes no text: a setting, "and so on".
    Remark,
}

impl Role {
    /// The class of its elements in SVG.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Start => "rr-start",
            Self::Finish => "rr-finish",
            Self::Text => "rr-text",
            Self::Never => "rr-never",
            Self::Set => "rr-set",
            Self::NegatedSet => "rr-negated",
            Self::Anchor => "rr-anchor",
            Self::Capture => "rr-capture",
            Self::Plain => "rr-plain",
            Self::Look => "rr-look",
            Self::NegativeLook => "rr-not-look",
            Self::Conditional => "rr-conditional",
            Self::Reference => "rr-reference",
            Self::Count => "rr-count",
            Self::Remark => "rr-remark",
        }
    }
}

/// A text at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The middle of the text, across.
    pub x: i32,
    /// Its baseline.
    pub y: i32,
    /// What it says.
    pub text: String,
    /// In which type it is set.
    pub tone: Tone,
}

/// In which type a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Characters of the pattern, in type of one width, 13 units high.
    Verbatim,
    /// Words beside them, 12 units high.
    Words,
    /// Captions of frames and loops, 11 units high.
    Caption,
}

impl Tone {
    /// The class of its elements in SVG.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Verbatim => "rr-verbatim",
            Self::Words => "rr-words",
            Self::Caption => "rr-caption",
        }
    }

    /// How high the type is.
    #[must_use]
    pub const fn size(self) -> i32 {
        match self {
            Self::Verbatim => 13,
            Self::Words => 12,
            Self::Caption => 11,
        }
    }
}

/// What a part of a pattern says in a diagram, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Above a frame, or on a loop.
    pub caption: Option<String>,
    /// In a box, side by side.
    pub pieces: Vec<(String, Tone)>,
    /// On the branches of a conditional.
    pub branches: Vec<String>,
    /// The whole in a sentence.
    pub sentence: String,
}

/// The steps as the `d` attribute of an SVG path.
#[must_use]
pub fn path(steps: &[Step]) -> String {
    use std::fmt::Write as _;
    let mut d = String::new();
    for step in steps {
        // Writing to a string cannot fail.
        let _ = match step {
            Step::Move(x, y) => write!(d, "M{x} {y}"),
            Step::Across(x) => write!(d, "H{x}"),
            Step::Down(y) => write!(d, "V{y}"),
            Step::Line(x, y) => write!(d, "L{x} {y}"),
            Step::Turn { x, y, clockwise } => {
                write!(d, "A{RADIUS} {RADIUS} 0 0 {} {x} {y}", u8::from(*clockwise))
            }
        };
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_svg_calls_one() {
        let steps = [Step::Move(0, 4), Step::Across(9), Step::Turn { x: 17, y: 12, clockwise: true }, Step::Down(20)];
        assert_eq!(path(&steps), "M0 4H9A8 8 0 0 1 17 12V20");
    }
}
