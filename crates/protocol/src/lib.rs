//! Requests and responses between the page and the engine's worker.
//!
//! The page holds texts as editors do, in UTF-16 units; Postfix sees bytes. The two meet here and nowhere else:
//! [`text`] turns bytes into an editor's text and back without losing any, and every [`Mark`] of a [`Report`] is already
//! in the editor's units.

use postproof_model::maillog::{Refusals, Retries};
use postproof_model::{Diagnostic, Effect, Exchange, HostVerdict, MessageVerdict, Project, SmtpOutcome};
use serde::{Deserialize, Serialize};

pub mod answers;
pub mod desk;
pub mod text;

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// What do these files make of the input in front?
    Evaluate {
        /// Comes back with the response. Later requests have higher numbers.
        id: u32,
        /// The whole project.
        project: Project,
    },
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// The answer to a request.
    Evaluated {
        /// The request's number.
        id: u32,
        /// What was found.
        report: Box<Report>,
    },
    /// The project has a main.cf, and this engine knows tables only. The worker asks the one that knows more.
    NeedsServer {
        /// The request's number.
        id: u32,
    },
    /// The request could not be read; a defect of the page's or the engine's, never of the input's.
    Misunderstood {
        /// What could not be read, for a report of the defect.
        detail: String,
    },
}

/// What the project's files make of the input in front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The problems of all tables, in the order of the project's files.
    pub diagnostics: Vec<Diagnostic>,
    /// The verdict.
    pub verdict: Verdict,
    /// Per file of the project, in its order: what to mark in its editor.
    pub files: Vec<FileMarks>,
    /// What to mark in the input's editor.
    pub input: Vec<InputMark>,
}

/// The verdict on the input in front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// There is no input.
    Nothing,
    /// The input is a message.
    Message(Box<MessageVerdict>),
    /// The input is a list of hosts.
    Hosts(Box<HostsVerdict>),
    /// The input is what a client says to smtpd(8).
    Session(Box<SessionVerdict>),
    /// The input is a mail log.
    Log(Box<LogVerdict>),
}

/// What the access tables say of the clients of a mail log, and what the log says of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LogVerdict {
    /// How many lines the log has.
    pub lines: usize,
    /// How many of them say something of a client.
    pub read: usize,
    /// The clients by what the tables say of them today, each client once.
    pub counts: HostCounts,
    /// How many clients there are whose mail was taken.
    pub taken: usize,
    /// In how many lines mail was refused.
    pub refused: usize,
    /// How many of all [`LogVerdict::retries`] look like a mail server's.
    pub servers: usize,
    /// Clients whose mail was taken and that the tables refuse today: the first [`LOG_LISTED`], in the order of the log, each
    /// with the number of lines in which mail of it was taken.
    pub lost: Vec<(HostVerdict, usize)>,
    /// How many such clients there are.
    pub lost_total: usize,
    /// What was refused, the first [`LOG_LISTED`], each with what the tables say of its client today.
    pub retries: Vec<(Retries, HostVerdict)>,
    /// How many there are beyond these.
    pub left_out: usize,
    /// What refused it, the most frequent first: the first [`LOG_LISTED`].
    pub refusals: Vec<Refusals>,
    /// Whether the project has no table for clients, so that S25R's own rules were asked.
    pub built_in: bool,
}

/// How many entries of each list of a log's verdict are told one by one.
pub const LOG_LISTED: usize = 200;

/// What smtpd(8) says to a client.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionVerdict {
    /// Line by line, the greeting first: the first [`EXCHANGES_LISTED`] of them.
    pub exchanges: Vec<Exchange>,
    /// How many lines there are beyond these.
    pub left_out: usize,
    /// How many lines there are that get an answer.
    pub total: usize,
    /// How many of them are refused, for good or for now.
    pub refused: usize,
    /// How many answers cannot be told.
    pub unknown: usize,
    /// Whether there is no main.cf, without which there is no server to talk to.
    pub no_main_cf: bool,
}

/// How many lines of a session a report lists one by one.
pub const EXCHANGES_LISTED: usize = 300;

/// What the access tables say of a list of clients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HostsVerdict {
    /// The clients in the order of the input, the first [`HOSTS_LISTED`] of them.
    pub hosts: Vec<HostVerdict>,
    /// How many clients there are beyond these.
    pub left_out: usize,
    /// How many clients got which answer, all counted.
    pub counts: HostCounts,
    /// Whether the project has no table for clients, so that S25R's own rules were asked.
    pub built_in: bool,
}

/// How many clients a report lists one by one.
pub const HOSTS_LISTED: usize = 500;

/// How many clients got which answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCounts {
    /// Refused, for good or for now.
    pub refused: usize,
    /// Permitted.
    pub permitted: usize,
    /// No table decides.
    pub undecided: usize,
    /// What happens depends on the rest of the configuration.
    pub other: usize,
    /// It cannot be told.
    pub unknown: usize,
}

impl HostCounts {
    /// How many clients there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.refused + self.permitted + self.undecided + self.other + self.unknown
    }
}

/// A stretch of an editor's text, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The first unit.
    pub from: u32,
    /// One past the last unit.
    pub to: u32,
}

/// What to mark in a table's editor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMarks {
    /// The problems: where, and the index in [`Report::diagnostics`].
    pub problems: Vec<(Mark, usize)>,
    /// The rules that fired or would have fired.
    pub rules: Vec<RuleMark>,
}

/// A rule in an editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleMark {
    /// The whole logical line.
    pub whole: Mark,
    /// How many keys it answered.
    pub hits: usize,
    /// How many keys it would have answered had no earlier rule done so.
    pub would_hit: usize,
    /// For how many keys it might decide, but cannot be run.
    pub unknown: usize,
    /// What its action does, for the colour; none where it answered no key.
    pub tone: Option<Tone>,
    /// Whether it decided the verdict.
    pub decided: bool,
}

/// What an action does, in five kinds. The page gives each a colour and a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// The mail does not get through: rejected, deferred, discarded.
    Reject,
    /// Something is logged, or the mail waits.
    Warn,
    /// The mail passes.
    Pass,
    /// The mail is changed or sent elsewhere.
    Change,
    /// It cannot be told.
    Unknown,
}

/// The tone of what an action did.
#[must_use]
pub const fn tone_of_effect(effect: &Effect) -> Tone {
    match effect {
        Effect::Rejects(_) | Effect::Discards | Effect::Defers(_) => Tone::Reject,
        Effect::Holds | Effect::LogsWarning | Effect::LogsInfo | Effect::Refused(_) => Tone::Warn,
        Effect::Nothing | Effect::Passes => Tone::Pass,
        Effect::Filters(_)
        | Effect::Redirects(_)
        | Effect::AddsRecipient(_)
        | Effect::Removes
        | Effect::RemovesAndLogs
        | Effect::Replaces(_)
        | Effect::Prepends(_) => Tone::Change,
    }
}

/// The tone of what a server says.
#[must_use]
pub fn tone_of_exchange(outcome: &SmtpOutcome) -> Tone {
    match outcome {
        SmtpOutcome::Said(lines) => match lines.first().and_then(|line| line.first()) {
            Some(b'4' | b'5') => Tone::Reject,
            _ => Tone::Pass,
        },
        SmtpOutcome::Silent => Tone::Pass,
        SmtpOutcome::Unknown(_) => Tone::Unknown,
    }
}

/// What to mark in the input's editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputMark {
    /// The lines that made the key.
    pub lines: Mark,
    /// The stretches that matched; several where the match spans folded lines.
    pub matched: Vec<Mark>,
    /// What the action does.
    pub tone: Tone,
}
