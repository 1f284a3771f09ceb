//! The lines that cleanup(8) logs, as they stand in the log after the queue id.

use postproof_model::{Action, Class, Effect, Refusal};

use super::Envelope;
use super::printable::printable;
use crate::action::content::{Outcome, rejection};
use crate::message::Version;

/// How much of a key a line shows, bytes.
const KEY_SHOWN: usize = 200;
/// How long a line gets, bytes, from the queue id on or after `warning: `; the rest is cut off.
const LINE: usize = 2000;
/// How much of a header or line a complaint about MIME shows, bytes.
const TEXT_SHOWN: usize = 100;

/// The main.cf parameter that names the tables for a class.
#[must_use]
pub const fn parameter(class: Class) -> &'static str {
    match class {
        Class::Header => "header_checks",
        Class::MimeHeader => "mime_header_checks",
        Class::NestedHeader => "nested_header_checks",
        Class::MilterHeader => "milter_header_checks",
        Class::Body => "body_checks",
    }
}

/// The line for an action that is carried out, or a warning about one that is not; none where cleanup is silent.
/// (Postfix: `cleanup_act_log`, and the warnings of `cleanup_act`.)
pub(super) fn action(
    outcome: &Outcome,
    class: Class,
    key: &[u8],
    result: &[u8],
    envelope: &Envelope,
    version: Version,
) -> Option<Vec<u8>> {
    if class == Class::MilterHeader {
        return milter(outcome, key, result, envelope, version);
    }
    let text = outcome.text.as_slice();
    let map = parameter(class).as_bytes();
    let line = match &outcome.effect {
        Effect::Rejects(_) => {
            let (status, reason) = rejection(text);
            carried_out("reject", class, key, &[status.as_bytes(), b" ", reason].concat(), envelope)
        }
        Effect::LogsWarning => carried_out("warning", class, key, text, envelope),
        Effect::LogsInfo => carried_out("info", class, key, text, envelope),
        Effect::Filters(_) => carried_out("filter", class, key, text, envelope),
        Effect::Passes => carried_out("pass", class, key, text, envelope),
        Effect::Discards => carried_out("discard", class, key, text, envelope),
        Effect::Holds => carried_out("hold", class, key, text, envelope),
        Effect::Prepends(_) => carried_out("prepend", class, key, text, envelope),
        Effect::Replaces(_) => carried_out("replace", class, key, text, envelope),
        Effect::Redirects(_) => carried_out("redirect", class, key, text, envelope),
        Effect::AddsRecipient(_) => carried_out("bcc", class, key, text, envelope),
        Effect::RemovesAndLogs => carried_out("strip", class, key, text, envelope),
        Effect::Removes | Effect::Nothing => return None,
        Effect::Defers(_) => lookup_problem(map),
        Effect::Refused(refusal) => {
            return Some(warning(&refused(*refusal, &outcome.action, map, text, result), version));
        }
    };
    Some(shown(&line, envelope, version))
}

/// The lines for a header that a milter adds: two for PREPEND. (Postfix: `cleanup_milter_hbc_log`,
/// `cleanup_milter_hbc_extend`, `hbc_action`.)
fn milter(outcome: &Outcome, key: &[u8], result: &[u8], envelope: &Envelope, version: Version) -> Option<Vec<u8>> {
    let text = outcome.text.as_slice();
    let map = parameter(Class::MilterHeader).as_bytes();
    let (status, reason) = rejection(text);
    let rejected = [status.as_bytes(), b" ", reason].concat();
    let (done, text) = match &outcome.effect {
        Effect::Rejects(_) => ("reject", rejected.as_slice()),
        Effect::LogsWarning => ("warning", text),
        Effect::LogsInfo => ("info", text),
        Effect::Filters(_) => ("filter", text),
        Effect::Discards => ("discard", text),
        Effect::Holds => ("hold", text),
        Effect::Replaces(_) => ("replace", text),
        Effect::Redirects(_) => ("redirect", text),
        Effect::AddsRecipient(_) => ("bcc", text),
        Effect::RemovesAndLogs => ("strip", text),
        Effect::Refused(Refusal::NotHere) if outcome.action == Action::Prepend => ("prepend", text),
        Effect::Refused(refusal) => return Some(warning(&refused_later(*refusal, outcome, map, result), version)),
        Effect::Defers(_) => return Some(lookup_problem(map)),
        _ => return None,
    };
    let shown = key.get(..KEY_SHOWN_LATER).unwrap_or(key);
    let about = who(envelope);
    let line = [b"milter-header-", done.as_bytes(), b": header ", shown, about.as_bytes(), b": ", text].concat();
    let mut line = self::shown(&line, envelope, version);
    if done == "prepend" {
        line.extend_from_slice(b"\nwarning: the milter_header/body_checks prepend action is not implemented");
    }
    Some(line)
}

/// How much of a key a line of smtp(8) or about a milter's header shows, bytes.
const KEY_SHOWN_LATER: usize = 60;

/// The line that smtp(8) logs, after the queue id, or its warning about an action that is not carried out. (Postfix:
/// `smtp_hbc_logger`, and the warnings of `hbc_action`.)
pub(super) fn delivery(
    outcome: &Outcome,
    class: Class,
    key: &[u8],
    result: &[u8],
    version: Version,
) -> Option<Vec<u8>> {
    let map = format!("smtp_{}", parameter(class));
    let part = if class == Class::Body { "body" } else { "header" };
    let done = match &outcome.effect {
        Effect::LogsWarning => "warning",
        Effect::LogsInfo => "info",
        Effect::Prepends(_) => "prepend",
        Effect::Replaces(_) => "replace",
        Effect::RemovesAndLogs => "strip",
        Effect::Refused(refusal) => {
            return Some(warning(&refused_later(*refusal, outcome, map.as_bytes(), result), version));
        }
        Effect::Defers(_) => return Some(format!("smtp {part} checks lookup error").into_bytes()),
        _ => return None,
    };
    let shown = key.get(..KEY_SHOWN_LATER).unwrap_or(key);
    let mut line = [done.as_bytes(), b": ", part.as_bytes(), b" ", shown].concat();
    if !outcome.text.is_empty() {
        line.extend_from_slice(b": ");
        line.extend_from_slice(&outcome.text);
    }
    let mut line = printable(&line, b'?', version);
    line.truncate(LINE);
    Some(line)
}

fn carried_out(action: &str, class: Class, key: &[u8], text: &[u8], envelope: &Envelope) -> Vec<u8> {
    let part = if class == Class::Body { "body" } else { "header" };
    let shown = key.get(..KEY_SHOWN).unwrap_or(key);
    let mut line = [action.as_bytes(), b": ", part.as_bytes(), b" ", shown, who(envelope).as_bytes()].concat();
    if !text.is_empty() {
        line.extend_from_slice(b": ");
        line.extend_from_slice(text);
    }
    line
}

/// Who sends the message to whom, as lines have it.
fn who(envelope: &Envelope) -> String {
    let Envelope { client_name, client_address, helo, protocol, sender, recipient, .. } = envelope;
    format!(" from {client_name}[{client_address}]; from=<{sender}> to=<{recipient}> proto={protocol} helo=<{helo}>")
}

/// What is said where a lookup fails or gives an empty result, after the queue id of a warning.
fn lookup_problem(map: &[u8]) -> Vec<u8> {
    [map, b" map lookup problem -- message not accepted, try again later"].concat()
}

/// A warning as it gets into the log.
fn warning(said: &[u8], version: Version) -> Vec<u8> {
    let mut said = printable(said, b'?', version);
    said.truncate(LINE);
    [b"warning: ", said.as_slice()].concat()
}

/// Why an action is not carried out, where not all actions exist. (Postfix: `hbc_action`.)
fn refused_later(refusal: Refusal, outcome: &Outcome, map: &[u8], result: &[u8]) -> Vec<u8> {
    match refusal {
        Refusal::UnknownAction | Refusal::NotHere => [b"unsupported command in ", map, b" map: ", result].concat(),
        _ => refused(refusal, &outcome.action, map, &outcome.text, result),
    }
}

fn refused(refusal: Refusal, action: &Action, map: &[u8], text: &[u8], result: &[u8]) -> Vec<u8> {
    let name: &[u8] = match action {
        Action::Replace => b"REPLACE",
        Action::Prepend => b"PREPEND",
        Action::Redirect => b"REDIRECT target",
        Action::Bcc => b"BCC address",
        _ => b"FILTER",
    };
    let line: &[&[u8]] = match refusal {
        Refusal::NoFilterDestination if text.is_empty() => &[b"missing FILTER command argument in ", map, b" map"],
        Refusal::NoFilterDestination => {
            &[b"bad FILTER command ", text, b" in ", map, b" -- need transport:destination"]
        }
        Refusal::NoAddress => &[b"bad ", name, b" \"", text, b"\" in ", map, b" map -- need user@domain"],
        Refusal::NoText => &[name, b" action without text in ", map, b" map"],
        Refusal::NotAHeader => {
            &[b"bad ", name, b" header text \"", text, b"\" in ", map, b" map -- need \"headername: headervalue\""]
        }
        Refusal::UnknownAction | Refusal::NotHere => &[b"unknown command in ", map, b" map: ", result],
    };
    line.concat()
}

/// The line for an error of MIME, with the text that shows it. (Postfix: `cleanup_mime_error_callback`.)
pub(super) fn mime_error(error: &str, text: &[u8], envelope: &Envelope, version: Version) -> Vec<u8> {
    let start = text.get(..TEXT_SHOWN).unwrap_or(text);
    let Envelope { client_name, client_address, sender, recipient, .. } = envelope;
    let mut line = [b"reject: mime-error ", error.as_bytes(), b": ", start].concat();
    line.extend_from_slice(
        format!(" from {client_name}[{client_address}]; from=<{sender}> to=<{recipient}>").as_bytes(),
    );
    shown(&line, envelope, version)
}

/// The line for a message with too many Received headers.
pub(super) const TOO_MANY_HOPS: &str = "message rejected: hopcount exceeded";

/// A line as it gets into the log.
fn shown(line: &[u8], envelope: &Envelope, version: Version) -> Vec<u8> {
    const COLON: usize = 2;
    let mut shown = printable(line, b'?', version);
    shown.truncate(LINE.saturating_sub(envelope.queue_id_length() + COLON));
    shown
}
