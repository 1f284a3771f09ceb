//! Patterns that Postfix takes without a word, and that mean something other than they look like.

use serde::{Deserialize, Serialize};

/// A pattern that means something other than it looks like. regexp_table(5), pcre_table(5), regex(7), pcre2pattern(3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipProblem {
    /// An escape of PCRE's in a regexp: table, where it stands for the character after the backslash.
    NotAnEscape {
        /// The escape, as written: `\d`.
        written: String,
        /// What a regexp: table matches with it; none where it matches nothing at all, as small letters after a backslash
        /// do where case is folded.
        means: Option<String>,
        /// What a regexp: table writes for it; none where there is nothing like it.
        instead: Option<String>,
    },
    /// The flag `x` of a regexp: table: basic regular expressions, where this operator is a character.
    BasicSyntax {
        /// The operator.
        operator: String,
    },
    /// The flag `x` of a pcre: table: white space in the pattern is left out.
    SpaceIgnored,
    /// The flag `x` of a pcre: table: a comment starts within the pattern.
    CommentInPattern,
    /// The flag `s` of a pcre: table switches DOTALL off: a dot stops where a header is folded.
    DotStopsAtFold,
    /// The flag `m`: `^` and `$` match at every line of a folded header.
    AnchorAtFold {
        /// `^` or `$`.
        anchor: char,
    },
    /// A bracket expression that is a word: one character of it matches.
    WordAsClass {
        /// The word.
        word: String,
    },
    /// A space between two words of a header: where the header is folded there, a line break stands before it.
    SpaceAtFold {
        /// The word before the space, and the one after it.
        words: String,
    },
    /// Characters beyond ASCII, which headers and bodies mostly carry encoded.
    Encoded {
        /// The characters.
        text: String,
        /// Whether the table is asked for headers.
        header: bool,
    },
    /// A dot between the parts of a domain's name that matches any character.
    BareDot {
        /// The name around it, as written.
        name: String,
        /// A key that it matches, and should not.
        example: String,
    },
    /// A domain's name without an anchor at one of its ends.
    Unanchored {
        /// The name, as written.
        name: String,
        /// A key that it matches, and should not.
        example: String,
    },
}
