//! What the tests and oracles about messages share.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod live;
pub mod nasty;
pub mod private_postfix;
pub mod rule_set;
pub mod smtp_session;
