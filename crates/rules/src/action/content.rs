//! What a result of header_checks(5) or body_checks says, and what cleanup(8) does about it.
//!
//! (Postfix: `cleanup_act`, `dsn_prepend`, and cleanup's table of failures, `cleanup_stat_detail`.)

use postproof_model::{Action, Bytes, Effect, FaultKind, Refusal, Reply};

use crate::message::header::name_length;

/// Which kind of line a result is about: what may stand in the place of it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A header of any class.
    Header,
    /// A line of the body.
    Body,
}

/// Who reads a result: not all actions exist everywhere. header_checks(5), "ACTIONS".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// cleanup(8), with a message that comes in.
    Arrival,
    /// cleanup(8), with a header that a milter adds: milter_header_checks.
    Milter,
    /// smtp(8), with a message that it delivers.
    Delivery,
}

impl Context {
    /// Whether an action exists here.
    const fn knows(self, action: &Action) -> bool {
        match self {
            Self::Arrival => true,
            Self::Milter => !matches!(action, Action::Pass),
            Self::Delivery => matches!(
                action,
                Action::Warn
                    | Action::Info
                    | Action::Dunno
                    | Action::Ok
                    | Action::Ignore
                    | Action::Strip
                    | Action::Replace
                    | Action::Prepend
            ),
        }
    }
}

/// A result, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The action named.
    pub action: Action,
    /// What comes after it.
    pub text: Vec<u8>,
    /// What Postfix does.
    pub effect: Effect,
}

/// The names of the actions, with what carries each out.
const ACTIONS: [(&str, Action); 15] = [
    ("REJECT", Action::Reject),
    ("WARN", Action::Warn),
    ("INFO", Action::Info),
    ("FILTER", Action::Filter),
    ("PASS", Action::Pass),
    ("DISCARD", Action::Discard),
    ("HOLD", Action::Hold),
    ("PREPEND", Action::Prepend),
    ("REPLACE", Action::Replace),
    ("REDIRECT", Action::Redirect),
    ("BCC", Action::Bcc),
    ("STRIP", Action::Strip),
    ("IGNORE", Action::Ignore),
    ("DUNNO", Action::Dunno),
    ("OK", Action::Ok),
];

/// The names of the actions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|(name, _)| *name)
}

/// Reads a result as cleanup(8) does: the action is what comes before the first blank, in any case.
///
/// ```
/// use postproof_model::Effect;
/// use postproof_rules::action::content::{Part, read};
///
/// let Effect::Rejects(reply) = read(b"reject 4.7.1 try later", Part::Header).effect else { panic!() };
/// assert_eq!(reply.to_string(), "451 4.7.1 try later");
/// ```
#[must_use]
pub fn read(result: &[u8], part: Part) -> Outcome {
    read_in(result, part, Context::Arrival)
}

/// As [`read`], for a place where fewer actions exist.
#[must_use]
pub fn read_in(result: &[u8], part: Part, context: Context) -> Outcome {
    if result.is_empty() {
        // Postfix takes it for a lookup that failed.
        let effect = Effect::Defers(lookup_failure());
        return Outcome { action: Action::Other(Bytes::default()), text: Vec::new(), effect };
    }
    let end = result.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(result.len());
    let (word, rest) = result.split_at_checked(end).unwrap_or((result, &[]));
    let text = without_blanks(rest);
    let named = ACTIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name.as_bytes()));
    let action = named.map_or_else(|| Action::Other(word.into()), |(_, action)| action.clone());
    let effect = match &action {
        Action::Other(_) => Effect::Refused(Refusal::UnknownAction),
        action if !context.knows(action) => Effect::Refused(Refusal::NotHere),
        action => match effect(action, text, part) {
            // It is logged as if it were done.
            Effect::Prepends(_) if context == Context::Milter => Effect::Refused(Refusal::NotHere),
            effect => effect,
        },
    };
    Outcome { action, text: text.to_vec(), effect }
}

fn effect(action: &Action, text: &[u8], part: Part) -> Effect {
    match action {
        Action::Reject => Effect::Rejects(reply(text)),
        Action::Warn => Effect::LogsWarning,
        Action::Info => Effect::LogsInfo,
        Action::Filter if text.contains(&b':') => Effect::Filters(text.into()),
        Action::Filter => Effect::Refused(Refusal::NoFilterDestination),
        Action::Pass => Effect::Passes,
        Action::Discard => Effect::Discards,
        Action::Hold => Effect::Holds,
        Action::Prepend | Action::Replace if text.is_empty() => Effect::Refused(Refusal::NoText),
        Action::Prepend | Action::Replace if part == Part::Header && name_length(text).is_none() => {
            Effect::Refused(Refusal::NotAHeader)
        }
        Action::Prepend => Effect::Prepends(text.into()),
        Action::Replace => Effect::Replaces(text.into()),
        Action::Redirect | Action::Bcc if !text.contains(&b'@') => Effect::Refused(Refusal::NoAddress),
        Action::Redirect => Effect::Redirects(text.into()),
        Action::Bcc => Effect::AddsRecipient(text.into()),
        Action::Strip => Effect::RemovesAndLogs,
        Action::Ignore => Effect::Removes,
        Action::Dunno | Action::Ok => Effect::Nothing,
        _ => Effect::Refused(Refusal::UnknownAction),
    }
}

/// The enhanced status and the reason of REJECT with this text.
///
/// A status at its start is taken; one of class 2 becomes one of class 4, since Postfix changes that digit only.
#[must_use]
pub fn rejection(text: &[u8]) -> (String, &[u8]) {
    if text.is_empty() {
        return ("5.7.1".to_owned(), b"message content rejected");
    }
    let Some((status, rest)) = status_length(text).and_then(|length| text.split_at_checked(length)) else {
        return ("5.7.1".to_owned(), text);
    };
    let mut status = String::from_utf8_lossy(status).into_owned();
    if status.starts_with('2') {
        status.replace_range(..1, "4");
    }
    (status, without_blanks(rest))
}

/// What REJECT with this text tells the sender: class 4 is answered with 451, class 5 with 550.
fn reply(text: &[u8]) -> Reply {
    let (status, reason) = rejection(text);
    let code = if status.starts_with('4') { 451 } else { 550 };
    Reply { code, status, text: reason.into() }
}

fn without_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|&&byte| byte == 0x0b || byte.is_ascii_whitespace()).count();
    text.get(blanks..).unwrap_or_default()
}

/// The length of an enhanced status code at the start of a text: RFC 3463's three numbers, then a blank or the end.
/// (Postfix: `dsn_valid`.)
#[must_use]
pub fn status_length(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let length = text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        (1..=3).contains(&length).then_some(from + length)
    };
    let class = matches!(text.first(), Some(b'2' | b'4' | b'5')) && text.get(1) == Some(&b'.');
    let subject = digits(class.then_some(2)?)?;
    if text.get(subject) != Some(&b'.') {
        return None;
    }
    let end = digits(subject + 1)?;
    text.get(end).is_none_or(|&byte| byte == 0x0b || byte.is_ascii_whitespace()).then_some(end)
}

/// The reply where a lookup failed, or gave an empty result.
#[must_use]
pub fn lookup_failure() -> Reply {
    Reply { code: 451, status: "4.3.0".to_owned(), text: "Error: queue file write error".into() }
}

/// The reply to a message with too many Received headers.
#[must_use]
pub fn too_many_hops() -> Reply {
    Reply { code: 554, status: "5.4.0".to_owned(), text: "Error: too many hops".into() }
}

/// What Postfix says of an error of MIME; none for other faults. (Postfix: `mime_state_detail`. It has a word for headers
/// longer than header_size_limit, too, which cleanup(8) never asks for.)
#[must_use]
pub const fn mime_error(kind: FaultKind) -> Option<&'static str> {
    match kind {
        FaultKind::NestedTooDeep => Some("MIME nesting exceeds safety limit"),
        FaultKind::EightBitHeader => Some("improper use of 8-bit data in message header"),
        FaultKind::EightBitBody => Some("improper use of 8-bit data in message body"),
        FaultKind::EncodingDomain => Some("invalid message/* or multipart/* encoding domain"),
        FaultKind::TooManyHops | FaultKind::NothingLeft => None,
    }
}

/// The reply to a message with an error of MIME, which [`mime_error`] tells.
#[must_use]
pub fn not_mime(error: &str) -> Reply {
    Reply { code: 550, status: "5.6.0".to_owned(), text: error.into() }
}

/// What becomes of a reply where soft_bounce is set: what was for good is for later. (Postfix: `smtpd_chat_reply`.)
pub fn soften(reply: &mut Reply) {
    if (500..600).contains(&reply.code) {
        reply.code -= 100;
    }
    if reply.status.starts_with('5') {
        reply.status.replace_range(..1, "4");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reject_takes_a_status_only_if_it_is_one() {
        for (result, reply) in [
            ("REJECT", "550 5.7.1 message content rejected"),
            ("REJECT some text", "550 5.7.1 some text"),
            ("REJECT 4.7.1 later", "451 4.7.1 later"),
            ("REJECT 2.0.0 x", "451 4.0.0 x"),
            ("REJECT 550 5.7.1 x", "550 5.7.1 550 5.7.1 x"),
            ("REJECT 5.7.1", "550 5.7.1 "),
            ("REJECT 5.7.1x y", "550 5.7.1 5.7.1x y"),
            ("REJECT 5.7.1234 y", "550 5.7.1 5.7.1234 y"),
            ("reject 5.7.9\ttab text", "550 5.7.9 tab text"),
        ] {
            let Effect::Rejects(told) = read(result.as_bytes(), Part::Header).effect else { panic!("{result}") };
            assert_eq!(told.to_string(), reply, "{result}");
        }
    }

    #[test]
    fn what_cannot_be_carried_out_says_why() {
        for (result, part, why) in [
            ("FILTER a", Part::Header, Refusal::NoFilterDestination),
            ("REDIRECT a", Part::Body, Refusal::NoAddress),
            ("BCC", Part::Body, Refusal::NoAddress),
            ("PREPEND", Part::Body, Refusal::NoText),
            ("PREPEND x", Part::Header, Refusal::NotAHeader),
            ("REPLACE x", Part::Header, Refusal::NotAHeader),
            ("frobnicate x", Part::Body, Refusal::UnknownAction),
            (" REJECT", Part::Body, Refusal::UnknownAction),
            ("REJECTX", Part::Body, Refusal::UnknownAction),
            ("550 x", Part::Body, Refusal::UnknownAction),
        ] {
            assert_eq!(read(result.as_bytes(), part).effect, Effect::Refused(why), "{result}");
        }
        assert_eq!(read(b"REPLACE x", Part::Body).effect, Effect::Replaces("x".into()));
        assert_eq!(read(b"PREPEND X : y", Part::Header).effect, Effect::Prepends("X : y".into()));
    }
}
