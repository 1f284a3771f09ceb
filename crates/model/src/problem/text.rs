//! Characters that look like others, and line ends of other systems.

use serde::{Deserialize, Serialize};

/// Bytes of a file that editors do not show, or show as others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextProblem {
    /// A quotation mark, a hyphen or the like that a word processor has put in the place of ASCII's.
    Typographic {
        /// What stands there.
        written: char,
        /// ASCII's.
        ascii: char,
    },
    /// A space that is no white space to Postfix: U+00A0, U+3000 and their kin.
    OtherSpace {
        /// Its number: `U+00A0`.
        code: String,
    },
    /// Lines that end in CR LF.
    CarriageReturns {
        /// How many.
        lines: usize,
    },
    /// A byte order mark at the start of the file, which is part of its first line.
    ByteOrderMark,
}
