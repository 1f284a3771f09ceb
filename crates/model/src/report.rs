//! What a run of test files found: which expectations were not met, and which rules fired.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Class, Diagnostic, Disposition, HostOutcome, Lines, RuleRef, SmtpUnknown, Span, UnknownReason};

/// What a whole run found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The test files, in their order.
    pub files: Vec<FileReport>,
    /// The tables that were under test, by name.
    pub coverage: Vec<TableCoverage>,
}

/// What one test file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name.
    pub file: String,
    /// What people call it; may be empty.
    pub title: String,
    /// Why it could not be run; then there are no cases.
    pub error: Option<FileError>,
    /// Its cases, in their order.
    pub cases: Vec<CaseReport>,
    /// What is wrong with the tables and the main.cf that it names, though Postfix goes on.
    pub findings: Vec<Diagnostic>,
    /// Files that its main.cf names without a folder: Postfix looks for them in queue_directory, here they are read beside
    /// the test file.
    #[serde(default)]
    pub without_folder: Vec<String>,
}

/// Why a test file could not be run, and where that stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileError {
    /// The line, from 1; 0 where it is about the whole.
    pub line: usize,
    /// The column, from 1, in bytes; 0 where it is about the whole.
    pub column: usize,
    /// What is wrong.
    pub problem: FileProblem,
}

/// What is wrong with a test file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileProblem {
    /// It cannot be read.
    CannotRead {
        /// Why, in words for people.
        reason: String,
    },
    /// It holds more than is taken.
    TooMuch {
        /// Of what.
        what: Amount,
        /// The most that is taken.
        limit: usize,
    },
    /// It is no TOML, or a value is of another kind than it should be.
    NotToml {
        /// What the parser says.
        reason: String,
    },
    /// A key that does not exist.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that may have been meant.
        meant: Option<String>,
    },
    /// There is no case in it.
    NoCases,
    /// A case names nothing to try the tables on.
    NoInput,
    /// A case has inputs of several kinds.
    MixedInputs {
        /// Two of the keys.
        keys: [String; 2],
    },
    /// A case expects nothing.
    NoExpectation,
    /// This case cannot have this key.
    NotHere {
        /// The key.
        key: String,
    },
    /// A key is missing that such a case needs.
    Missing {
        /// The key.
        key: String,
    },
    /// No release of Postfix.
    NoVersion {
        /// What stands there.
        text: String,
    },
    /// No client: `name[address]`.
    NoClient {
        /// What stands there.
        text: String,
    },
    /// No header: `Name: text`.
    NoHeader {
        /// What stands there.
        text: String,
    },
    /// No table: `TYPE:NAME`.
    NoTable {
        /// What stands there.
        text: String,
    },
    /// No reference to a rule: `TABLE` or `TABLE:LINE`.
    NoRule {
        /// What stands there.
        text: String,
    },
    /// No group has this number.
    NoGroup {
        /// What stands there.
        text: String,
    },
    /// A file that is named cannot be read.
    CannotReadFile {
        /// The file.
        file: String,
        /// Why, in words for people.
        reason: String,
    },
    /// No file has a name like this.
    NothingMatches {
        /// The pattern of names.
        glob: String,
    },
    /// A file holds no input.
    NothingInside {
        /// The file.
        file: String,
    },
    /// A line of the world says nothing that is understood.
    BadWorld {
        /// The file.
        file: String,
        /// The line in it.
        line: usize,
        /// The line's text.
        text: String,
    },
    /// The machine that the main.cf is for decides what a parameter is.
    MachineDecides {
        /// The parameter.
        name: String,
        /// What the machine decides.
        parameter: String,
    },
    /// Postfix cannot open a table, drops a rule of it, or refuses a main.cf.
    Refused(Box<Diagnostic>),
    /// The link holds no project that can be opened here.
    BadLink {
        /// Why, in words for developers.
        reason: String,
    },
}

/// Of what there can be too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Bytes of the test file.
    FileBytes,
    /// Cases.
    Cases,
    /// Inputs of the file.
    Inputs,
    /// Bytes of all that it reads.
    Bytes,
}

/// What one case came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReport {
    /// Its name.
    pub name: String,
    /// Its place among all cases of the test file, from 0.
    pub index: usize,
    /// The line of the test file on which it starts, from 1.
    pub line: usize,
    /// How many inputs it has.
    pub inputs: usize,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// Why it is not expected to pass yet; none where it is.
    pub todo: Option<String>,
    /// The inputs of which an expectation was not met, as many as are listed.
    pub failures: Vec<InputFailure>,
    /// How many more there are.
    pub failures_left_out: usize,
    /// What its snapshot would be now, where it has one that is another.
    pub snapshot: Option<String>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseOutcome {
    /// All expectations were met.
    Passed,
    /// Some were not.
    Failed,
    /// Some were not, and that was expected.
    Todo,
    /// All were met, though that was not expected.
    TodoPassed,
    /// It was not run, since another had failed.
    NotRun,
}

/// An input of which an expectation was not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFailure {
    /// The input: a host, a key, a file's name. Empty for an input in the test file with no short name.
    pub input: String,
    /// What was expected and not met.
    pub mismatches: Vec<Mismatch>,
    /// What was seen instead.
    pub seen: Seen,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// Which one.
    pub expectation: Expectation,
    /// What was expected.
    pub expected: String,
    /// What there is; none where there is nothing.
    pub actual: Option<String>,
}

/// An expectation; each has the name of its key in test files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the key of that name")]
pub enum Expectation {
    Verdict,
    Reply,
    Rule,
    Pattern,
    Action,
    Result,
    Matched,
    Groups,
    S25r,
    Rules,
    NoRule,
    MessageAfter,
    MessageSent,
    Snapshot,
    At,
}

impl Expectation {
    /// The key's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Reply => "reply",
            Self::Rule => "rule",
            Self::Pattern => "pattern",
            Self::Action => "action",
            Self::Result => "result",
            Self::Matched => "matched",
            Self::Groups => "groups",
            Self::S25r => "s25r",
            Self::Rules => "rules",
            Self::NoRule => "no_rule",
            Self::MessageAfter => "message_after",
            Self::MessageSent => "message_sent",
            Self::Snapshot => "snapshot",
            Self::At => "at",
        }
    }
}

/// What becomes of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A message is queued; a session's line is answered with 2xx or 3xx.
    Accepted,
    /// It is refused for good.
    Rejected,
    /// The sender is told to try again later.
    Deferred,
    /// A message is accepted and thrown away.
    Discarded,
    /// A message waits in the hold queue.
    Held,
    /// A message goes to another address.
    Redirected,
    /// A table permits the client.
    Permitted,
    /// No table decides about the client.
    Undecided,
    /// A table answers with a restriction and the like: what it does depends on the rest of main.cf.
    Other,
    /// A key is found.
    Found,
    /// A key is not found.
    NotFound,
    /// It cannot be told.
    Unknown,
}

impl Verdict {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Accepted,
        Self::Rejected,
        Self::Deferred,
        Self::Discarded,
        Self::Held,
        Self::Redirected,
        Self::Permitted,
        Self::Undecided,
        Self::Other,
        Self::Found,
        Self::NotFound,
        Self::Unknown,
    ];

    /// Its name in test files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deferred => "deferred",
            Self::Discarded => "discarded",
            Self::Held => "held",
            Self::Redirected => "redirected",
            Self::Permitted => "permitted",
            Self::Undecided => "undecided",
            Self::Other => "other",
            Self::Found => "found",
            Self::NotFound => "not_found",
            Self::Unknown => "unknown",
        }
    }

    /// The verdict on a line that was answered with this code.
    #[must_use]
    pub const fn of_code(code: u16) -> Self {
        match code {
            500.. => Self::Rejected,
            400..500 => Self::Deferred,
            _ => Self::Accepted,
        }
    }
}

impl From<Disposition> for Verdict {
    fn from(disposition: Disposition) -> Self {
        match disposition {
            Disposition::Accepted => Self::Accepted,
            Disposition::Rejected => Self::Rejected,
            Disposition::Deferred => Self::Deferred,
            Disposition::Discarded => Self::Discarded,
            Disposition::Held => Self::Held,
            Disposition::Redirected => Self::Redirected,
            Disposition::Unknown => Self::Unknown,
        }
    }
}

impl From<&HostOutcome> for Verdict {
    fn from(outcome: &HostOutcome) -> Self {
        match outcome {
            HostOutcome::Undecided => Self::Undecided,
            HostOutcome::Permitted => Self::Permitted,
            HostOutcome::Rejected(reply) => Self::of_code(reply.code),
            HostOutcome::Other(_) => Self::Other,
            HostOutcome::Unknown => Self::Unknown,
        }
    }
}

/// What was seen of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What becomes of it.
    pub verdict: Verdict,
    /// What the client or sender is told, where that is said.
    pub reply: Option<Bytes>,
    /// The rules that fired, in order.
    pub fired: Vec<Fired>,
    /// What cannot be told.
    pub unknown: Vec<UnknownSeen>,
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// The rule.
    pub rule: RuleRef,
    /// Which kind of line of a message was looked up; none for other keys.
    pub class: Option<Class>,
    /// On which line of the input the key starts, from 1; 0 where it has none.
    pub line: usize,
    /// The key that was looked up.
    pub key: Bytes,
    /// The part of the key that matched.
    pub matched: Option<Span>,
    /// The groups' parts of the key; a group that took no part is none.
    pub groups: Vec<Option<Span>>,
    /// Whether the groups cannot be told.
    pub groups_unknown: bool,
    /// The action that the result names; empty where results are no actions.
    pub action: String,
    /// What the table answered.
    pub result: Bytes,
}

/// Something that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownSeen {
    /// What a table answers.
    Lookup {
        /// The rule that cannot be run.
        rule: Box<RuleRef>,
        /// The key.
        key: Bytes,
        /// Why.
        reason: UnknownReason,
    },
    /// What a server says in a session.
    Session {
        /// The line of the transcript.
        line: usize,
        /// Why.
        why: SmtpUnknown,
    },
}

/// Which rules of a table fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCoverage {
    /// The table's file; for a table inside a test file that file's name, `#` and its own.
    pub table: String,
    /// Whether it is a file of its own.
    pub is_file: bool,
    /// Its source, for listings.
    pub source: Bytes,
    /// Its rules, in order.
    pub rules: Vec<RuleCoverage>,
}

impl TableCoverage {
    /// How many rules fired.
    #[must_use]
    pub fn fired(&self) -> usize {
        self.rules.iter().filter(|rule| rule.hits > 0).count()
    }
}

/// How often a rule fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCoverage {
    /// The lines it stands on.
    pub lines: Lines,
    /// Its pattern or key, as written.
    pub text: Bytes,
    /// How often.
    pub hits: u64,
}

/// How many cases ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// See [`CaseOutcome::Passed`].
    pub passed: usize,
    /// See [`CaseOutcome::Failed`].
    pub failed: usize,
    /// See [`CaseOutcome::Todo`].
    pub todo: usize,
    /// See [`CaseOutcome::TodoPassed`].
    pub todo_passed: usize,
    /// See [`CaseOutcome::NotRun`].
    pub not_run: usize,
    /// Test files that could not be run.
    pub errors: usize,
}

impl Report {
    /// How many cases ended in which way.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts =
            Counts { errors: self.files.iter().filter(|file| file.error.is_some()).count(), ..Counts::default() };
        for case in self.files.iter().flat_map(|file| &file.cases) {
            let count = match case.outcome {
                CaseOutcome::Passed => &mut counts.passed,
                CaseOutcome::Failed => &mut counts.failed,
                CaseOutcome::Todo => &mut counts.todo,
                CaseOutcome::TodoPassed => &mut counts.todo_passed,
                CaseOutcome::NotRun => &mut counts.not_run,
            };
            *count += 1;
        }
        counts
    }

    /// How many rules fired, and how many there are.
    #[must_use]
    pub fn rules(&self) -> (usize, usize) {
        let fired = self.coverage.iter().map(TableCoverage::fired).sum();
        (fired, self.coverage.iter().map(|table| table.rules.len()).sum())
    }
}
