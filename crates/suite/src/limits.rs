//! How much is taken: a test file is hostile input, and a run must end.

/// The longest test file, in bytes.
pub const FILE_BYTES: usize = 4 << 20;
/// The most cases of one test file.
pub const CASES: usize = 10_000;
/// The most inputs of one test file.
pub const INPUTS: usize = 1_000_000;
/// The most bytes that one test file reads from others.
pub const BYTES: usize = 256 << 20;
/// The most files that one pattern of names may match.
pub const MATCHES: usize = 10_000;
/// The most failing inputs of a case that are listed.
pub const FAILURES: usize = 20;
/// The longest name of an input that is shown, in characters.
pub const LABEL: usize = 80;
/// The longest snapshot, in bytes.
pub const SNAPSHOT: usize = 256 << 10;
