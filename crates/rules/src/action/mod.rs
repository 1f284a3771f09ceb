//! Actions: what a result says, and what Postfix does about it.

pub mod access;
pub mod content;
