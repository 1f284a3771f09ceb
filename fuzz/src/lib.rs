//! What must hold for any input, however hostile: one module for each target of the fuzzer.
//!
//! `fuzz_targets` hands made-up inputs to these checks, and `crates/rules/tests/fuzz_corpus.rs` the inputs kept below
//! `corpus`, so that what was found once is asked for ever. A check panics where a promise is broken.
//!
//! | input | checks |
//! |---|---|
//! | a kind of table, and its source | [`table`] |
//! | flags, and a pattern | [`posix`], [`pcre`] |
//! | a kind of table, its source, and a key | [`lookup`] |
//! | limits, and a message | [`message`] |
//! | a mail log | [`maillog`] |

mod answer;
pub mod lookup;
pub mod maillog;
pub mod message;
mod pattern;
pub mod pcre;
pub mod posix;
mod span;
pub mod table;

/// The choice that an input's first byte stands for, and the rest of the input. `A` is the first choice, so that kept
/// inputs can be read.
fn choice<'c, 'i, T>(input: &'i [u8], choices: &'c [T]) -> Option<(&'c T, &'i [u8])> {
    let (&first, rest) = input.split_first()?;
    let index = usize::from(first.wrapping_sub(b'A')) % choices.len().max(1);
    Some((choices.get(index)?, rest))
}
