//! What the oracle of SMTP sessions and its tests share: made-up configurations and sessions, a DNS server, a policy
//! server and a Postfix of the test's own, and the comparison.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]

pub mod case;
pub mod dns_server;
pub mod generate;
pub mod namespace;
pub mod policy_server;
pub mod postfix;
pub mod run;
#[path = "../support/system.rs"]
pub mod system;
