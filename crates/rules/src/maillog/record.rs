//! A line of a mail log: which of Postfix's programs wrote it, and what it says of a client.
//!
//! smtpd(8) logs `NOQUEUE: reject: RCPT from name[address]: 450 4.7.1 text; from=<sender> to=<recipient> proto=ESMTP
//! helo=<name>` (Postfix: `log_whatsup`), postscreen(8) the same with `[address]:port` and no name, and smtpd
//! `QUEUEID: client=name[address]` for a message that it takes. Senders, recipients and reply texts are a client's words:
//! they may look like the log's own. What can be read in two ways is not read at all.

use postproof_model::{Bytes, Span};

use super::time::{self, Moment};

/// What smtpd(8) or postscreen(8) says of a client in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The client's verified name: `unknown` when there is none.
    pub name: Bytes,
    /// Its address; empty where the log has none.
    pub address: Bytes,
    /// Where name and address stand in the line.
    pub client: Span,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It connected.
    Connected,
    /// Mail of it was taken.
    Taken,
    /// It was refused.
    Refused {
        /// What it was told, code first.
        reply: Bytes,
        /// The sender and the recipient, where both are there and can be told.
        envelope: Option<(Bytes, Bytes)>,
    },
}

/// Reads a line; none where it is not one of Postfix's about a client.
pub(super) fn read(line: &[u8]) -> Option<(Option<Moment>, Record)> {
    let (moment, rest) = match time::read(line) {
        Some((moment, rest)) => (Some(moment), rest),
        None => (None, line),
    };
    let (program, text) = text_of(rest)?;
    let at = line.len() - text.len();
    let (client, what) = client(program, text)?;
    let (name, address) = name_and_address(client)?;
    let start = at + memchr::memmem::find(text, client)?;
    let record = Record {
        name: if name.is_empty() { b"unknown"[..].into() } else { name.into() },
        address: address.into(),
        client: Span::new(start, start + client.len()),
        what,
    };
    Some((moment, record))
}

/// Which program wrote a line: they part the envelope's fields in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Smtpd,
    Postscreen,
}

/// What smtpd or postscreen says: the text after `postfix/smtpd[123]: `. Their names have syslog_name in front, and
/// `submission/` and the like where master.cf says so; the host's name may be missing.
fn text_of(rest: &[u8]) -> Option<(Program, &[u8])> {
    let colon = memchr::memmem::find(rest, b"]: ")?;
    let tag = rest.get(..colon)?;
    let open = memchr::memrchr(b'[', tag)?;
    if !tag.get(open + 1..)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let program = tag.get(..open)?;
    let program = program.rsplit(|byte| *byte == b' ').next()?;
    let program = program.rsplit(|byte| *byte == b'/').next()?;
    let program = match program {
        b"smtpd" => Program::Smtpd,
        b"postscreen" => Program::Postscreen,
        _ => return None,
    };
    Some((program, rest.get(colon + 3..)?))
}

/// The client of a line, as it stands there, and what happened.
fn client(program: Program, text: &[u8]) -> Option<(&[u8], What)> {
    if let Some(client) = text.strip_prefix(b"connect from ") {
        return Some((client, What::Connected));
    }
    let (queue_id, rest) = split(text, b": ")?;
    if !queue_id.iter().all(u8::is_ascii_alphanumeric) || queue_id.is_empty() {
        return None;
    }
    if let Some(client) = rest.strip_prefix(b"client=") {
        return Some((split(client, b", ").map_or(client, |(client, _)| client), What::Taken));
    }
    let (kind, rest) = split(rest, b": ")?;
    // `reject_warning` and the like let the mail pass.
    if !matches!(kind, b"reject" | b"milter-reject" | b"proxy-reject") {
        return None;
    }
    // The command: RCPT, END-OF-MESSAGE.
    let (_, rest) = split(rest, b" from ")?;
    // A client's name has no blank, and its address no bracket.
    let end = memchr::memmem::find(rest, b"]: ").map(|at| at + 1);
    // postscreen(8) has the port after it.
    let (client, rest) = match end {
        Some(end) => (rest.get(..end)?, rest.get(end + 2..)?),
        None => {
            let end = memchr::memmem::find(rest, b"]:")? + 1;
            let (port, after) = split(rest.get(end + 1..)?, b": ")?;
            if !port.iter().all(u8::is_ascii_digit) {
                return None;
            }
            (rest.get(..end)?, after)
        }
    };
    if client.contains(&b' ') {
        return None;
    }
    // A reply without an envelope ends in a semicolon.
    let reply = split(rest, b"; from=<").map_or(rest, |(reply, _)| reply);
    let reply = reply.strip_suffix(b";").unwrap_or(reply);
    if !reply.first_chunk::<3>().is_some_and(|code| code.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    Some((client, What::Refused { reply: reply.into(), envelope: envelope(program, rest) }))
}

/// The sender and the recipient. They are a client's words between words of the log's, and those may stand in them: only
/// what can be read in one way is taken.
fn envelope(program: Program, text: &[u8]) -> Option<(Bytes, Bytes)> {
    let (to, proto): (&[u8], &[u8]) = match program {
        Program::Smtpd => (b"> to=<", b"> proto="),
        Program::Postscreen => (b">, to=<", b">, proto="),
    };
    let (_, rest) = once(text, b"; from=<")?;
    let (sender, rest) = once(rest, to)?;
    let (recipient, _) = once(rest, proto)?;
    Some((sender.into(), recipient.into()))
}

/// What stands before and after a part that must stand there once.
fn once<'t>(text: &'t [u8], part: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let (before, after) = split(text, part)?;
    memchr::memmem::find(after, part).is_none().then_some((before, after))
}

fn split<'t>(text: &'t [u8], part: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let at = memchr::memmem::find(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// `name[address]`; smtpd(8) has the port behind it where smtpd_client_port_logging says so.
fn name_and_address(client: &[u8]) -> Option<(&[u8], &[u8])> {
    let open = memchr::memchr(b'[', client)?;
    let close = memchr::memrchr(b']', client)?;
    let after = client.get(close + 1..)?;
    let port = after.strip_prefix(b":").unwrap_or_default();
    if !after.is_empty() && (port.is_empty() || !port.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    Some((client.get(..open)?, client.get(open + 1..close)?))
}
