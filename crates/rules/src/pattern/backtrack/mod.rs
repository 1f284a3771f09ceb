//! Backtracking: tries the ways through a pattern one after another, in the order in which Perl and PCRE do.
//!
//! What is not regular runs here: back-references, look-around, atomic groups, conditionals, recursion, verbs. There is no
//! bound on how long that may take, so it is given up after so many steps.
//!
//! | idea | file |
//! |---|---|
//! | what the machine can do | [`program`] |
//! | from the tree to a program | [`compile`] |
//! | the machine | [`machine`] |
//! | what a way back is, and how far verbs throw | [`stack`] |
//! | one step that looks at the key | [`look`], [`grapheme`] |
//! | from one start to the next | [`search`] |

mod compile;
mod grapheme;
mod look;
mod machine;
mod program;
mod search;
mod stack;

pub(crate) use program::Program;
pub(crate) use search::{Found, Search};

/// How many steps a search may take, however many are left. PCRE2 may go back ten million times from each start before it gives up, and a step here
/// is never more than that: a search that ends within this budget, PCRE2 ends, too.
pub(super) const BUDGET: u64 = 5_000_000;
