//! Why a rule of S25R fires: the part of the client's name that makes it.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Span};

/// A rule of S25R that matches a key, and the part of the key that makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct S25rFired {
    /// The rule's number, 0 to 6.
    pub number: u8,
    /// The table that holds the rule.
    pub table: String,
    /// The line on which the rule begins there, from 1.
    pub line: usize,
    /// The key.
    pub key: Bytes,
    /// The part of the key, and what it has.
    pub reason: S25rReason,
}

/// What a name has that one of S25R's rules looks for. The spans are within the key. A *name* is what stands between two dots,
/// the lowest being the first; a *number* is a row of digits with no digit beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum S25rReason {
    /// Rule 0: there is no verified name, for which `unknown` stands.
    Unverified {
        /// The whole key.
        name: Span,
    },
    /// Rule 1: the lowest name has two numbers with something else between them.
    DividedNumbers {
        /// The lowest name.
        lowest: Span,
        /// Its first number.
        first: Span,
        /// Its second number.
        second: Span,
    },
    /// Rule 2: the lowest name has five digits in a row.
    FiveDigits {
        /// The lowest name.
        lowest: Span,
        /// The first number in it that has five digits or more.
        digits: Span,
    },
    /// Rule 3: the lowest or second lowest name begins with a digit, and three levels or more stand above it.
    BeginsWithDigit {
        /// The name that begins with a digit.
        label: Span,
        /// Which it is: 1 for the lowest, 2 for the second lowest.
        level: u8,
        /// What stands above it.
        above: Span,
        /// How many levels that are.
        levels: usize,
    },
    /// Rule 4: the lowest name ends in a digit, and the next has two numbers with just a hyphen between them.
    HyphenAboveDigit {
        /// The lowest name.
        lowest: Span,
        /// The number at its end.
        ending: Span,
        /// The second lowest name.
        next: Span,
        /// The number before the hyphen.
        first: Span,
        /// The number after the hyphen.
        second: Span,
    },
    /// Rule 5: the two lowest names end in digits, and there are five levels or more.
    EndInDigits {
        /// The lowest name.
        lowest: Span,
        /// The number at its end.
        first: Span,
        /// The second lowest name.
        next: Span,
        /// The number at its end.
        second: Span,
        /// How many levels the whole name has.
        levels: usize,
    },
    /// Rule 6: the lowest name begins with the name of a kind of line, and has a digit.
    KindOfLine {
        /// The lowest name.
        lowest: Span,
        /// `dhcp`, `dialup`, `ppp`, `dsl`, `adsl` and the like, as written.
        kind: Span,
        /// The first number after it.
        digits: Span,
    },
}
