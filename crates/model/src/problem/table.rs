//! What is wrong in the lines of tables that are no patterns, and in the names of tables.

use serde::{Deserialize, Serialize};

/// What is wrong with the network of a cidr: rule. cidr_table(5), "ADDRESS PATTERN SYNTAX".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkProblem {
    /// There is none.
    Missing,
    /// `[` without `]`.
    UnclosedBracket,
    /// Something other than `/length` after `]`.
    TextAfterBracket,
    /// No IPv4 or IPv6 address.
    BadAddress {
        /// What stands in its place.
        address: String,
    },
    /// No prefix length.
    BadLength {
        /// What stands in its place.
        length: String,
        /// The longest that the address allows, in bits.
        most: u8,
    },
    /// Bits after the prefix are not zero.
    HostBits {
        /// The network with these bits zero: `192.168.0.0/16`.
        network: String,
    },
}

/// What is wrong with a key and its value. postmap(1), "INPUT FILE FORMAT".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryProblem {
    /// A key alone.
    NoValue,
    /// A double quote that is never closed.
    UnclosedQuote,
    /// The line is not UTF-8.
    NotUtf8,
    /// The key ends in a colon, as in the file of another program: aliases(5).
    AliasFormat,
    /// The key was there before; case does not count.
    DuplicateKey {
        /// The line it stands on first.
        line: usize,
    },
    /// The key is longer than the database takes.
    KeyTooLong {
        /// How many bytes it takes.
        most: usize,
    },
}

/// What is wrong with a table's name. postconf(5) and DATABASE_README.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapProblem {
    /// No type before a colon.
    NoType,
    /// Nothing after the colon.
    NoName,
    /// A type that does not exist.
    UnknownType {
        /// What stands in its place.
        name: String,
    },
    /// An opening brace is missing.
    NoBrace,
    /// A brace that is never closed.
    UnclosedBrace,
    /// Something after the closing brace.
    TextAfterBrace,
    /// Nothing between the braces.
    Empty,
    /// A key without `=`.
    NoEqualsSign,
    /// Nothing before `=`.
    NoKey,
    /// A double quote that is never closed.
    UnclosedQuote,
    /// The text is not UTF-8.
    NotUtf8,
    /// The file cannot be read.
    CannotRead {
        /// Why, as the system says.
        reason: String,
    },
    /// Tables inside tables, deeper than this tool follows.
    TooDeep,
}
