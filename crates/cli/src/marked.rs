//! A stretch of a line, marked for people's eyes: as reports mark it.

pub(crate) use postproof_report::marked::{lines, printable, width};
