//! Railroad diagrams: a pattern as tracks from left to right; every way through is a text that matches.
//!
//! | idea | file |
//! |---|---|
//! | from parts to blocks that know how much room they take | [`block`] |
//! | rows that are too wide go on below | [`row`] |
//! | from blocks to rails and figures at their places | [`place`] |
//! | how much room a text takes | [`measure`] |
//! | the drawing as SVG | [`svg`] |
//!
//! The words in a diagram are the caller's: it says for each part what stands in its box.
//!
//! ```
//! use postproof_model::drawing::{Label, Tone};
//! use postproof_rules::pattern::explain::explain;
//! use postproof_rules::pattern::railroad::{draw, svg};
//! use postproof_rules::pattern::{Pattern, PosixFlags};
//!
//! let pattern = Pattern::posix(b"^a*", PosixFlags { extended: true, fold_case: true, newline: false })?;
//! let explanation = explain(pattern.source(), pattern.ast());
//! let drawing = draw(&explanation, 720, &|part| Label {
//!     pieces: vec![(explanation.source.slice(part.span).escape_ascii().to_string(), Tone::Verbatim)],
//!     ..Label::default()
//! });
//! let svg = svg::render(&drawing, &svg::Document { title: "^a*", ..svg::Document::default() });
//! assert!(svg.starts_with("<svg "));
//! # Ok::<(), postproof_model::PatternError>(())
//! ```

mod block;
pub mod measure;
mod place;
mod row;
pub mod svg;

use postproof_model::drawing::{Drawing, Label};
use postproof_model::explain::{Explanation, Part};

/// The room around a diagram.
const MARGIN: i32 = 8;

/// The narrowest that a diagram is laid out for, whatever is asked.
const MIN_WIDTH: i32 = 240;

/// Draws a pattern. `width` is the room there is: rows that need more go on below, though a single part never does, so
/// that the drawing may come out wider. `say` gives the words for a part.
#[must_use]
pub fn draw(explanation: &Explanation, width: i32, say: &dyn Fn(&Part) -> Label) -> Drawing {
    let root = block::root(explanation, width.max(MIN_WIDTH) - 2 * MARGIN, say);
    let mut pen = place::Pen::default();
    pen.block(&root, MARGIN, MARGIN + root.up);
    Drawing {
        width: root.width + 2 * MARGIN,
        height: root.up + root.down + 2 * MARGIN,
        rails: pen.rails,
        figures: pen.figures,
    }
}

#[cfg(test)]
mod tests;
