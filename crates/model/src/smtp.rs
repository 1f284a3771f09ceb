//! What smtpd(8) says in an SMTP session, and each restriction's part in it.

use serde::{Deserialize, Serialize};

use crate::{Action, Bytes, KeyLookup, Reply, UnknownReason};

/// One line of the client, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The line of the transcript, from 1; 0 for the greeting.
    pub line: usize,
    /// What the client says; for a message, the end of its data. Empty for the greeting.
    pub command: Bytes,
    /// What the server says.
    pub outcome: SmtpOutcome,
    /// The restrictions that were tried, in order.
    pub tried: Vec<Tried>,
}

/// What the server says to one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpOutcome {
    /// These lines, without line ends. The queue id at the end of a message is `QUEUEID`.
    Said(Vec<Bytes>),
    /// Nothing: the line belongs to a message.
    Silent,
    /// It cannot be told.
    Unknown(SmtpUnknown),
}

/// Why it cannot be told what the server says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpUnknown {
    /// DNS would be asked, and the world does not say what it answers.
    NeedsDns {
        /// `A`, `MX`, `TXT` and the like.
        record: String,
        /// The name.
        name: String,
    },
    /// A policy server would be asked, and the world does not say what it answers.
    NeedsPolicy {
        /// The server, as main.cf names it.
        server: String,
    },
    /// Milters see each step, and the world does not say that they accept it.
    NeedsMilters,
    /// How clients log in is for SASL to say, and the world does not.
    NeedsSasl,
    /// Nobody said who the client is.
    NeedsClient,
    /// Nobody said to which name the client's address maps: it has no verified name, so it may have none at all or one that
    /// does not lead back.
    NeedsReverseName,
    /// A parameter that the machine decides, or whose value cannot be told.
    Parameter {
        /// Its name.
        name: String,
    },
    /// A parameter whose effect is not known here is set.
    NotCovered {
        /// Its name.
        parameter: String,
    },
    /// A restriction whose working is not known here.
    Restriction {
        /// Its name.
        name: String,
    },
    /// A command, or a part of one, whose working is not known here.
    Command {
        /// The line.
        line: Bytes,
    },
    /// An address of a form whose handling is not known here: quoted, source-routed, an address literal.
    Address {
        /// The address.
        address: Bytes,
    },
    /// A text to be expanded holds something that is not known here.
    Expansion {
        /// The text.
        text: Bytes,
    },
    /// A reply's text ends after its enhanced status code: smtpd(8) then reads past its end.
    PastTheEnd {
        /// The text.
        text: Bytes,
    },
    /// A table's answer cannot be told.
    Table {
        /// The table's name.
        table: String,
        /// Why.
        reason: UnknownReason,
    },
    /// A list of domains, networks or addresses holds something that is not known here.
    List {
        /// The parameter.
        parameter: String,
        /// The part of it.
        part: Bytes,
    },
    /// Header or body checks of the message cannot be told.
    Message,
    /// It depends on an answer that was unknown before.
    Earlier {
        /// The line of the transcript that got it.
        line: usize,
    },
    /// It depends on what the same smtpd(8) process did in sessions before this one.
    EarlierSessions,
    /// smtpd(8) does not start with this configuration.
    Refused {
        /// The parameter that it complains of.
        parameter: String,
    },
}

/// One restriction that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The parameter that holds the list: `smtpd_client_restrictions`; or the one that asks for a check at a list's end.
    pub list: String,
    /// The restriction classes and tables that led to it, outermost first.
    pub within: Vec<Bytes>,
    /// The restriction as written, with its argument.
    pub restriction: Bytes,
    /// The tables that were asked, and their answers.
    pub lookups: Vec<KeyLookup>,
    /// What DNS and policy servers were asked, and their answers.
    pub asked: Vec<Asked>,
    /// What came of it.
    pub outcome: TriedOutcome,
}

/// A question that the world answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question: `2.2.0.192.list.example A`.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// What one restriction decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriedOutcome {
    /// Nothing: the next one is asked.
    Undecided,
    /// Permit: the list ends here.
    Permits,
    /// The client is told this.
    Rejects(Reply),
    /// It would reject, but stands under warn_if_reject.
    WouldReject(Reply),
    /// If all else permits, the client is told this.
    DefersIfPermitted(Reply),
    /// If something rejects, the client is told this instead.
    DefersIfRejected(Reply),
    /// Something is done with the message if it is accepted, and the next restriction is asked.
    Does(Action, Bytes),
    /// It cannot be told.
    Unknown(SmtpUnknown),
}
