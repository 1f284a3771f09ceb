//! What header and body checks do to a message.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Hit, RuleRef, Span, UnknownReason};

/// Which table looks at a key: header_checks(5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A header of the message itself, other than the MIME headers: header_checks.
    Header,
    /// A MIME header, or any header of a MIME part: mime_header_checks.
    MimeHeader,
    /// A header of an attached message, other than the MIME headers: nested_header_checks.
    NestedHeader,
    /// A header that a milter adds: milter_header_checks.
    MilterHeader,
    /// A line that is no header: body_checks.
    Body,
}

/// An action as the result names it; the table of actions is in header_checks(5) and access(5).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the action of that name in header_checks(5) or access(5)")]
pub enum Action {
    Reject,
    Discard,
    Filter,
    Hold,
    Redirect,
    Bcc,
    Warn,
    Info,
    Dunno,
    Ok,
    Ignore,
    Strip,
    Replace,
    Prepend,
    Pass,
    Defer,
    DeferIfReject,
    DeferIfPermit,
    /// A three-digit status of an access table: `450 text`, `554 5.7.1 text`.
    Status(u16),
    /// A result of digits only in an access table, which counts as OK.
    AllDigits,
    /// A restriction, or a list of them, in an access table: the text as written.
    Restriction(Bytes),
    /// A word that is no action here.
    Other(Bytes),
}

/// What the sender is told: `550 5.7.1 text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The SMTP code: 250, 450, 550 …
    pub code: u16,
    /// The enhanced status code, `5.7.1`.
    pub status: String,
    /// The text after them.
    pub text: Bytes,
}

impl std::fmt::Display for Reply {
    /// The reply line as it goes over the wire, without its line end.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.code, self.status, self.text.lossy())
    }
}

/// What Postfix does because of one rule that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The message is refused; inspection ends.
    Rejects(Reply),
    /// The sender is told that all is well, and the message is dropped; inspection ends.
    Discards,
    /// The message goes through this content filter, `transport:destination`.
    Filters(Bytes),
    /// The message is put on hold.
    Holds,
    /// The message goes to this address instead of its recipients; inspection ends.
    Redirects(Bytes),
    /// This recipient is added.
    AddsRecipient(Bytes),
    /// A warning is logged.
    LogsWarning,
    /// A line is logged.
    LogsInfo,
    /// Nothing: as if no rule had matched, but no later rule is asked.
    Nothing,
    /// This header or line is left out.
    Removes,
    /// This header or line is left out, and that is logged.
    RemovesAndLogs,
    /// This header or line becomes this text.
    Replaces(Bytes),
    /// This text goes before the header or line.
    Prepends(Bytes),
    /// Inspection ends; the message passes.
    Passes,
    /// The mail is deferred: the lookup failed or its result cannot be used.
    Defers(Reply),
    /// The action is not carried out, and the mail goes on.
    Refused(Refusal),
}

/// Why an action is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The word is no action: "unknown command" in the log.
    UnknownAction,
    /// FILTER without `transport:destination`.
    NoFilterDestination,
    /// REDIRECT or BCC with something that is no address.
    NoAddress,
    /// REPLACE or PREPEND without text.
    NoText,
    /// REPLACE or PREPEND in a header, with text that is no header.
    NotAHeader,
    /// The action does not exist for this class of key.
    NotHere,
}

/// One rule that fired on one key of the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Which class the key belongs to.
    pub class: Class,
    /// The lines of the input it was made from, line ends between them included; the last one's left out.
    pub span: Span,
    /// The line of the input it starts on, from 1; 0 for the Received header that smtpd(8) adds.
    pub line: usize,
    /// The key as the table saw it. Byte `i` of the key is not always byte `i` of the input: see [`Event::key_map`].
    pub key: Bytes,
    /// Where the key's bytes come from: pairs (offset in the key, offset in the input) at the start of each stretch that
    /// is carried over unchanged. Between two pairs both sides run in step. What comes before the first pair stands
    /// nowhere in the input.
    pub key_map: Vec<(usize, usize)>,
    /// The rule and what it said.
    pub hit: Hit,
    /// The action its result names.
    pub action: Action,
    /// The text after the action.
    pub text: Bytes,
    /// What Postfix does.
    pub effect: Effect,
    /// The line logged for it, as cleanup(8) or smtp(8) writes it after the queue id; none where nothing is logged. Where
    /// there are two, a newline stands between them.
    pub log: Option<Bytes>,
    /// Later rules of the table that would have matched the key, too, had this one not answered.
    pub also: Vec<RuleRef>,
}

/// A key for which it cannot be told what a table answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownKey {
    /// Which class the key belongs to.
    pub class: Class,
    /// As [`Event::span`].
    pub span: Span,
    /// As [`Event::line`].
    pub line: usize,
    /// The key as the table saw it.
    pub key: Bytes,
    /// The rule that cannot be run.
    pub rule: RuleRef,
    /// Why.
    pub reason: UnknownReason,
}

/// What becomes of the message as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It is queued and goes on its way.
    Accepted,
    /// It is refused for good.
    Rejected,
    /// The sender is told to try again later.
    Deferred,
    /// It is accepted and thrown away.
    Discarded,
    /// It waits in the hold queue.
    Held,
    /// It goes to another address.
    Redirected,
    /// It cannot be told: a rule that might decide cannot be run.
    Unknown,
}

/// What keeps a message from being delivered, though no rule says so. Of several, the first in this order is what the sender
/// is told of. (Postfix: `mime_state_detail` has the order of those about MIME; the others end the message's way.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// There are hopcount_limit Received headers.
    TooManyHops,
    /// Parts are nested deeper than mime_nesting_limit, and header checks or the strict parameters are in use.
    NestedTooDeep,
    /// A header has bytes above 127, and strict_7bit_headers or strict_8bitmime is set.
    EightBitHeader,
    /// A body line has bytes above 127 where Content-Transfer-Encoding says 7bit or nothing, and strict_8bitmime_body or
    /// strict_8bitmime is set.
    EightBitBody,
    /// A message or multipart is encoded as base64 or quoted-printable, or a fragment of a message is not 7bit, and
    /// strict_mime_encoding_domain is set.
    EncodingDomain,
    /// Rules took away every header and line. The message is accepted, but qmgr(8) takes what is left for a damaged file
    /// and sets it aside in the corrupt queue.
    NothingLeft,
}

/// Something that keeps a message from being delivered, though no rule says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The line of the input it was seen on; 0 where it is about the whole.
    pub line: usize,
    /// The line logged for it, as [`Event::log`]; none where nothing is logged.
    pub log: Option<Bytes>,
}

/// What smtp(8) does to a message while it delivers it: smtp_header_checks and its siblings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryVerdict {
    /// The rules that fired, in the order Postfix looks. Spans and lines are those of the queued message.
    pub events: Vec<Event>,
    /// How many further events there were past the limit on their number; 0 nearly always.
    pub events_left_out: usize,
    /// The keys for which it cannot be told.
    pub unknown: Vec<UnknownKey>,
    /// Whether the delivery is put off, because a lookup failed or gave an empty result.
    pub deferred: bool,
    /// The message as it is sent; none where that is put off or cannot be told.
    pub message_after: Option<Bytes>,
    /// Whether lines were broken that are longer than smtp_line_length_limit.
    pub lines_broken: bool,
}

/// Why a parameter of main.cf that a verdict depends on is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsettled {
    /// The machine that the main.cf is for decides.
    Machine {
        /// The parameter.
        name: String,
        /// What the machine decides: the parameter itself, or one that its value refers to.
        parameter: String,
    },
    /// Its value is bigger than is followed here.
    TooBig {
        /// The parameter.
        name: String,
    },
    /// Postfix's programs stop at it.
    Refused {
        /// The line of main.cf, from 1.
        line: usize,
    },
}

/// What Postfix does to a message, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageVerdict {
    /// What becomes of it.
    pub disposition: Disposition,
    /// What the sender is told at the end of DATA; none where it is the usual 250.
    pub reply: Option<Reply>,
    /// The index in [`MessageVerdict::events`] of the event that decided, where one did.
    pub decided_by: Option<usize>,
    /// What keeps the message from being delivered, though no rule says so, in the order in which it was seen.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// The rules that fired, in the order Postfix looks.
    pub events: Vec<Event>,
    /// How many further events there were past the limit on their number; 0 nearly always.
    pub events_left_out: usize,
    /// The keys for which it cannot be told.
    pub unknown: Vec<UnknownKey>,
    /// The parameters of main.cf that are not known. Where there are any, the disposition is not known, either.
    #[serde(default)]
    pub unsettled: Vec<Unsettled>,
    /// What is known about the message for sure where the disposition is unknown: what it would be if no unknown rule
    /// matched; none where parameters are unsettled.
    pub if_unknown_rules_miss: Option<Disposition>,
    /// How many headers were looked up.
    pub headers: usize,
    /// How many body lines were looked up.
    pub body_lines: usize,
    /// The message as it is queued, with what the actions changed; none where it is refused or discarded.
    pub message_after: Option<Bytes>,
    /// The content filter set by FILTER, if any.
    pub filter: Option<Bytes>,
    /// The address set by REDIRECT, if any.
    pub redirect: Option<Bytes>,
    /// The recipients added by BCC.
    pub bcc: Vec<Bytes>,
}

impl MessageVerdict {
    /// The fault that the sender is told of, unless a rule had ended the message's way before.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        self.faults.iter().min_by_key(|fault| fault.kind)
    }
}
