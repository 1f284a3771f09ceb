//! What a run of test files found, in each format: one file each, from a report to bytes.
//!
//! | format | file |
//! |---|---|
//! | for people | [`pretty`] |
//! | for programs, an object a line | [`json`] |
//! | JUnit's XML | [`junit`] |
//! | TAP, version 14 | [`tap`] |
//! | GitHub's annotations | [`github`] |
//! | which rules fired, for people | [`coverage`] |
//! | which rules fired, as lcov has it | [`lcov`] |
//! | what lint found, in four formats | [`lint`] |
//!
//! What they share: how a failing case is told ([`failure`]), how texts of several lines are compared ([`diff`]), how a
//! stretch of a line is marked ([`marked`]).
//!
//! ```
//! use postproof_model::report::Report;
//! use postproof_words::Lang;
//!
//! let mut out = Vec::new();
//! postproof_report::tap::write(&mut out, &Report::default(), Lang::En)?;
//! assert_eq!(out, b"TAP version 14\n1..0\n");
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod coverage;
pub mod diff;
pub mod failure;
pub mod github;
pub mod json;
pub mod junit;
pub mod lcov;
pub mod lint;
pub mod marked;
pub mod pretty;
pub mod tap;
