//! Rules under test: test files, what runs them, and which rules they reach.
//!
//! A test file says which tables stand where, what is tried on them, and what is expected. Bytes come in and a report goes
//! out; the caller reads the files that a test file names ([`Files`]), and runs cases side by side if it likes to.
//! `docs/test-files.md` tells people how test files are written, `docs/postproof-test.schema.json` tells editors.
//!
//! | idea | file |
//! |---|---|
//! | the TOML, as it stands | `raw` |
//! | what it means, and what is wrong with it | [`read`](mod@read) |
//! | what it expects | `read_expect` |
//! | where other files come from | [`files`] |
//! | how much is taken | [`limits`] |
//! | files read, tables opened | [`prepare`] |
//! | the inputs of a case | `inputs` |
//! | what is seen of an input | `observe` |
//! | what is expected, and what of it is not met | [`expect`] |
//! | one case | [`run`] |
//! | snapshots, and how they get into the file | `snapshot`, [`update`](mod@update) |
//! | which rules fired | [`coverage`] |
//! | a project as a test file, and back | [`export`](mod@export), [`import`](mod@import) |
//! | cases from what is seen now | [`keep`](mod@keep) |
//!
//! ```
//! use postproof_model::report::CaseOutcome;
//! use postproof_suite::{NoFiles, Prepared, read};
//!
//! let source = br#"
//! [tables]
//! header_checks = "regexp:header_checks"
//!
//! [files]
//! header_checks = '/^Subject:.*(winner|prize)/ REJECT no ${1}s'
//!
//! [[case]]
//! name = "prizes"
//! header = "Subject: You are a winner"
//! expect = { verdict = "rejected", reply = "550 5.7.1 no winners", rule = "header_checks:1", groups = ["winner"] }
//! "#;
//! let suite = read(source).unwrap();
//! let prepared = Prepared::new(suite, "prizes.postproof.toml", &mut NoFiles).unwrap();
//! assert_eq!(prepared.run(0).unwrap().report.outcome, CaseOutcome::Passed);
//! ```

pub mod coverage;
pub mod expect;
pub mod export;
pub mod files;
pub mod import;
mod inputs;
pub mod keep;
pub mod limits;
mod observe;
pub mod prepare;
mod raw;
pub mod read;
mod read_expect;
pub mod run;
mod snapshot;
pub mod update;

pub use coverage::{Hits, merge};
pub use expect::{RuleName, rule_name};
pub use export::{Exported, export};
pub use files::{Files, NoFiles};
pub use import::{Imported, import, input_of_case};
pub use keep::{change, keep};
pub use prepare::Prepared;
pub use read::{Suite, read};
pub use run::CaseRun;
pub use update::update;
