//! Plain data that crosses Postproof's borders.
//!
//! Everything here is written down by one part and read by another: the rules crate answers in these types, the command
//! and the page render them, the worker's protocol and the share link carry them. There is no behaviour beyond what
//! reading them needs (a span's length, a severity), and no prose: words come from `postproof-words`.
//!
//! | idea | file |
//! |---|---|
//! | bytes that are mostly text | [`bytes`] |
//! | a stretch of a file, and the lines it stands on | [`place`] |
//! | what is wrong with a table, and what Postfix does about it | [`problem`] |
//! | permanent codes for what can be wrong | [`code`] |
//! | what lint found, and what mends it | [`lint`] |
//! | what is wrong with a pattern | [`pattern`] |
//! | what PCRE2 refuses in one | [`pcre`] |
//! | a pattern, part by part | [`explain`] |
//! | a pattern as a railroad diagram | [`drawing`] |
//! | what a table answers to a key | [`answer`] |
//! | what header and body checks do to a message | [`message`] |
//! | what people see of a message, beside what tables see | [`decoded`] |
//! | rules that catch a phrase in its encodings | [`encoded`] |
//! | what access tables say of a client | [`host`] |
//! | what a mail log says of clients | [`maillog`] |
//! | what smtpd says in a session | [`smtp`] |
//! | kinds of tables | [`table_kind`] |
//! | what each rule of a table made of a key | [`trace`] |
//! | a project: files, inputs | [`project`] |
//! | what a run of test files found | [`report`] |
//!
//! ```
//! use postproof_model::{Bytes, Span};
//!
//! let line = Bytes::from("Subject: hello");
//! assert_eq!(line.slice(Span::new(9, 14)), b"hello");
//! ```

pub mod answer;
pub mod bytes;
pub mod code;
pub mod decoded;
pub mod drawing;
pub mod encoded;
pub mod explain;
pub mod host;
pub mod left_out;
pub mod lint;
pub mod maillog;
pub mod message;
pub mod pattern;
pub mod pcre;
pub mod place;
pub mod problem;
pub mod project;
pub mod report;
pub mod s25r;
pub mod smtp;
pub mod table_kind;
pub mod trace;

pub use answer::{Answer, Hit, LookupFailure, RuleRef, Shortcut, Stage, UnknownReason};
pub use bytes::Bytes;
pub use code::Code;
pub use host::{
    Counted, HostDecider, HostDecision, HostFate, HostOutcome, HostSummary, HostTold, HostVerdict, KeyLookup, Proposal,
    ProposalScope, S25rCounted, Saved, ServedVerdict,
};
pub use left_out::LeftOut;
pub use message::{
    Action, Class, DeliveryVerdict, Disposition, Effect, Event, Fault, FaultKind, MessageVerdict, Refusal, Reply,
    UnknownKey, Unsettled,
};
pub use pattern::{PatternError, PatternErrorKind};
pub use pcre::{PcreErrorKind, PcreMatchError};
pub use place::{Lines, Place, Span};
pub use problem::{
    ClientKeyProblem, Consequence, Diagnostic, EntryProblem, KeyProblem, MainCfProblem, MapProblem, NetworkProblem,
    NoKeyReason, Problem, RestrictionArgument, RestrictionProblem, ResultProblem, RuleProblem, Severity, SlipProblem,
    TextProblem,
};
pub use project::{CaseChange, Input, InputKind, Project, ProjectFile, Role};
pub use s25r::{S25rFired, S25rReason};
pub use smtp::{Asked, Exchange, SmtpOutcome, SmtpUnknown, Tried, TriedOutcome};
pub use table_kind::{TableKind, TableSource};
pub use trace::{NearMiss, Step, StepOutcome, Trace};
