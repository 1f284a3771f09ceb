//! What of a project a test file does not hold, and what of a test file a project does not: told, never dropped in
//! silence.

use serde::{Deserialize, Serialize};

use crate::InputKind;

/// Something that does not come along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// A file whose bytes are no UTF-8, which a test file is.
    NotText {
        /// Its name.
        file: String,
    },
    /// A file that would come back with another use or kind, or not at all.
    File {
        /// Its name.
        file: String,
    },
    /// An input that is in no case.
    Input {
        /// What it is.
        kind: InputKind,
        /// Its name; may be empty.
        name: String,
    },
    /// A file that the test file names, but does not hold.
    NotInside {
        /// Its name, or the pattern of names.
        file: String,
    },
    /// Comments between what becomes tables.
    Comments {
        /// How many lines.
        lines: usize,
    },
}
