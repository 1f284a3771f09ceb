//! Patterns: one tree for every dialect, and what runs it.
//!
//! | idea | file |
//! |---|---|
//! | the tree | [`ast`] |
//! | sets of bytes | [`byte_set`] |

pub mod ast;
pub mod byte_set;

pub use byte_set::ByteSet;
