//! A mail log: who connected, whose mail was taken, who was refused, and who came back.
//!
//! What Postfix logged is a fact; what tries look like ([`RetryLook`]) is a guess, and told as one.
//!
//! | idea | file |
//! |---|---|
//! | a log as a whole: its clients, and the tries that belong together | here |
//! | a line | `record` |
//! | its time | `time` |
//! | what tries look like, and what refused them | `tries` |
//!
//! ```
//! let log = b"Nov 24 09:00:00 mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 450 4.7.1 \
//!             <unknown[192.0.2.9]>: Client host rejected: be patient; from=<a@example.net> to=<b@example.jp> proto=SMTP \
//!             helo=<x>\n";
//! let read = postproof_rules::maillog::Log::read(log);
//! assert_eq!(read.retries[0].envelope.as_ref().unwrap().0, b"a@example.net"[..].into());
//! assert_eq!(read.clients[0].name_and_address(), b"unknown[192.0.2.9]");
//! ```

mod record;
mod time;
mod tries;

use std::collections::BTreeMap;

use postproof_model::maillog::{Refusals, RefusedBy, Retries};
use postproof_model::{Bytes, Span};

pub use record::{Record, What};

use time::Clock;
use tries::Tries;

/// A client of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedClient {
    /// Its verified name: `unknown` when there is none.
    pub name: Bytes,
    /// Its address; empty where the log has none.
    pub address: Bytes,
    /// The first line that it is in, from 1.
    pub line: usize,
    /// In how many lines mail of it was taken.
    pub taken: usize,
    /// In how many lines it was refused.
    pub refused: usize,
}

impl LoggedClient {
    /// `name[address]`, as Postfix writes it; the name alone where there is no address.
    #[must_use]
    pub fn name_and_address(&self) -> Vec<u8> {
        name_and_address(&self.name, &self.address)
    }
}

/// `name[address]`, as Postfix writes it; the name alone where there is no address.
#[must_use]
pub fn name_and_address(name: &[u8], address: &[u8]) -> Vec<u8> {
    if address.is_empty() { name.to_vec() } else { [name, b"[", address, b"]"].concat() }
}

/// A line in which mail was taken or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedLine {
    /// The line, from 1.
    pub line: usize,
    /// The client: an index of [`Log::clients`].
    pub client: usize,
    /// The whole line in the log, without its end.
    pub span: Span,
    /// Where the client's name and address stand in the log.
    pub named: Span,
    /// Whether it was refused.
    pub refused: bool,
}

/// What a log says. It takes memory and time in proportion to the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// How many lines there are.
    pub lines: usize,
    /// How many of them say something of a client.
    pub read: usize,
    /// The clients, in the order in which they come.
    pub clients: Vec<LoggedClient>,
    /// The lines in which mail was taken or refused, in order.
    pub events: Vec<LoggedLine>,
    /// What was refused, tries of the same mail together: what looks like a mail server first, then that of most tries.
    pub retries: Vec<Retries>,
    /// What refused it, the most frequent first.
    pub refusals: Vec<Refusals>,
}

impl Log {
    /// Reads a log. Lines that are not Postfix's, or say nothing of a client, are passed over.
    #[must_use]
    pub fn read(log: &[u8]) -> Self {
        let mut read = Self::default();
        let mut numbers: BTreeMap<(Bytes, Bytes), usize> = BTreeMap::new();
        let mut tries = Tries::default();
        let mut refusals: BTreeMap<RefusedBy, usize> = BTreeMap::new();
        let mut clock = Clock::default();
        let mut at = 0;
        for line in log.split_inclusive(|byte| *byte == b'\n') {
            let start = at;
            at += line.len();
            read.lines += 1;
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let Some((moment, record)) = record::read(line) else { continue };
            read.read += 1;
            let when = moment.and_then(|moment| clock.tick(moment));
            let key = (record.name, record.address);
            let client = *numbers.entry(key).or_insert_with_key(|(name, address)| {
                read.clients.push(LoggedClient {
                    name: name.clone(),
                    address: address.clone(),
                    line: read.lines,
                    taken: 0,
                    refused: 0,
                });
                read.clients.len() - 1
            });
            let Some(seen) = read.clients.get_mut(client) else { continue };
            let refused = match record.what {
                What::Connected => continue,
                What::Taken => {
                    seen.taken += 1;
                    tries.taken(client, read.lines);
                    false
                }
                What::Refused { reply, envelope } => {
                    seen.refused += 1;
                    *refusals.entry(tries::refused_by(&reply)).or_default() += 1;
                    tries.refused(client, envelope, reply, read.lines, when);
                    true
                }
            };
            let span = Span::new(start, start + line.len());
            let named = record.client.shifted(start);
            read.events.push(LoggedLine { line: read.lines, client, span, named, refused });
        }
        read.retries = tries.retries(&read.clients);
        read.refusals = refusals.into_iter().map(|(by, lines)| Refusals { by, lines }).collect();
        read.refusals.sort_by_key(|refusals| std::cmp::Reverse(refusals.lines));
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::maillog::RetryLook;

    fn refused(time: &str, client: &str, from: &str, reply: &str) -> String {
        format!(
            "{time} mx postfix/smtpd[7]: NOQUEUE: reject: RCPT from {client}: {reply}; from=<{from}> to=<b@example.jp> \
             proto=ESMTP helo=<x>\n"
        )
    }

    const WAIT: &str = "450 4.7.1 <x>: Client host rejected: be patient";

    #[test]
    fn a_servers_queue_is_told_from_other_tries() {
        let of = |times: &[&str]| {
            let log: String = times.iter().map(|time| refused(time, "mail.example[192.0.2.1]", "a@b", WAIT)).collect();
            let read = Log::read(log.as_bytes());
            assert_eq!(read.retries.len(), 1);
            (read.retries[0].look, read.retries[0].pauses.clone())
        };
        let growing = ["Nov 24 09:00:00", "Nov 24 09:05:00", "Nov 24 09:15:00", "Nov 24 09:35:00"];
        assert_eq!(of(&growing), (RetryLook::Server, vec![300, 600, 1200]));
        assert_eq!(of(&["Dec 31 23:30:00", "Jan  1 00:00:00", "Jan  1 00:30:00"]).0, RetryLook::Server);
        // Within one connection it is one try.
        assert_eq!(of(&["Nov 24 09:00:00", "Nov 24 09:00:01"]), (RetryLook::Open, vec![]));
        assert_eq!(of(&["Nov 24 09:00:00"]).0, RetryLook::Once);
        // Sooner each time, or every second, or not for long.
        assert_eq!(of(&["Nov 24 09:00:00", "Nov 24 09:40:00", "Nov 24 09:45:00"]).0, RetryLook::Open);
        assert_eq!(of(&["Nov 24 09:00:00", "Nov 24 09:00:20", "Nov 24 09:45:00"]).0, RetryLook::Open);
        assert_eq!(of(&["Nov 24 09:00:00", "Nov 24 09:05:00", "Nov 24 09:15:00"]).0, RetryLook::Open);
    }

    #[test]
    fn many_senders_at_once_are_a_flood() {
        let log: String = (0..5)
            .map(|n| refused(&format!("Nov 24 09:00:0{n}"), "unknown[192.0.2.1]", &format!("{n}@b"), WAIT))
            .collect();
        let read = Log::read(log.as_bytes());
        assert_eq!(read.retries.len(), 5);
        assert!(read.retries.iter().all(|retries| retries.look == RetryLook::Flood), "{read:?}");
        let slow: String = (0..5)
            .map(|n| refused(&format!("Nov 24 09:0{n}:00"), "unknown[192.0.2.1]", &format!("{n}@b"), WAIT))
            .collect();
        assert!(Log::read(slow.as_bytes()).retries.iter().all(|retries| retries.look == RetryLook::Once));
    }

    #[test]
    fn who_was_let_in_later_is_known() {
        let log = refused("Nov 24 09:00:00", "mail.example[192.0.2.1]", "a@b", WAIT)
            + "Nov 24 09:40:00 mx postfix/smtpd[7]: 4F1D2A: client=mail.example[192.0.2.1], sasl_method=PLAIN\n";
        let read = Log::read(log.as_bytes());
        assert_eq!(read.retries[0].let_in, Some(2));
        assert_eq!((read.clients.len(), read.clients[0].taken, read.clients[0].refused), (1, 1, 1));
        let [first, second] = read.events.as_slice() else { panic!("two lines") };
        assert_eq!((first.refused, second.refused), (true, false));
        let cut = &log.as_bytes()[second.named.start..second.named.end];
        assert_eq!(cut, b"mail.example[192.0.2.1]");
    }

    #[test]
    fn what_refused_is_counted_without_what_differs() {
        let list =
            |n: u8| format!("554 5.7.1 Service unavailable; Client host [192.0.2.{n}] blocked using list.example; x");
        let log = refused("Nov 24 09:00:00", "a.example[192.0.2.1]", "a@b", &list(1))
            + &refused("Nov 24 09:00:00", "b.example[192.0.2.2]", "a@b", &list(2))
            + &refused("Nov 24 09:00:00", "c.example[192.0.2.3]", "a@b", WAIT)
            // postscreen(8), and a milter's refusal, without an envelope.
            + "2026-11-24T09:00:00Z mx postfix/postscreen[1]: NOQUEUE: reject: RCPT from [192.0.2.4]:47407: 550 5.7.1 x\n"
            + "2026-11-24T09:00:00Z postfix/submission/smtpd[1]: 4F: milter-reject: END-OF-MESSAGE from a[192.0.2.4]: 451 y;\n"
            + "Nov 24 09:00:00 mx postfix/smtpd[7]: NOQUEUE: reject_warning: RCPT from d[192.0.2.4]: 450 z; from=<> to=<>\n"
            + "Nov 24 09:00:00 mx postfix/cleanup[7]: 4F: message-id=<connect from x[192.0.2.9]>\n";
        let read = Log::read(log.as_bytes());
        let by: Vec<(RefusedBy, usize)> =
            read.refusals.into_iter().map(|refusals| (refusals.by, refusals.lines)).collect();
        assert_eq!(by[0], (RefusedBy::DnsList("list.example".into()), 2));
        let told: Vec<RefusedBy> = by[1..].iter().map(|(by, _)| by.clone()).collect();
        let expected = ["450 4.7.1 Client host rejected: be patient", "451 y", "550 5.7.1 x"];
        assert_eq!(told, expected.map(|told| RefusedBy::Told(told.into())));
        assert_eq!((read.lines, read.read), (7, 5));
        assert_eq!(read.clients[3].name_and_address(), b"unknown[192.0.2.4]");
    }

    #[test]
    fn postscreen_parts_its_fields_with_commas() {
        let log = "Nov 24 09:00:00 mx postfix/postscreen[1]: NOQUEUE: reject: RCPT from [192.0.2.4]:47407: 550 5.7.1 Service \
                   unavailable; client [192.0.2.4] blocked using list.example; from=<\"> to=<x\"@b>, to=<c@d>, \
                   proto=ESMTP, helo=<e>\n";
        let read = Log::read(log.as_bytes());
        assert_eq!(read.retries[0].envelope, Some(("\"> to=<x\"@b".into(), "c@d".into())));
        assert_eq!(read.refusals[0].by, RefusedBy::DnsList("list.example".into()));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        let log = refused("Nov 24 09:00:00", "a.example[192.0.2.1]", "\"> to=<x\"@b", WAIT);
        assert_eq!(Log::read(log.as_bytes()).retries[0].envelope, None);
        let log =
            refused("Nov 24 09:00:00", "a.example[192.0.2.1]", "a@b", "450 <; from=<x> to=<y> proto=z>: be patient");
        assert_eq!(Log::read(log.as_bytes()).retries[0].envelope, None);
    }
}
