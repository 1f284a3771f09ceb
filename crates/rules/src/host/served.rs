//! Clients through a server with a main.cf: what smtpd(8) tells one that sends mail, and which restriction of which list
//! decides.
//!
//! The client connects, says HELO, MAIL FROM and RCPT TO, and each waits for its reply: what is refused first, at whichever of
//! them, is the verdict. With smtpd_delay_reject, as by default, all lists are asked at RCPT TO.

use postproof_model::{
    Answer, Bytes, Exchange, HostDecider, HostTold, KeyLookup, ServedVerdict, SmtpOutcome, SmtpUnknown, Tried,
    TriedOutcome,
};

use super::{Client, UNKNOWN_NAME};
use crate::maincf::MainCf;
use crate::names::valid_hostname;
use crate::s25r;
use crate::smtpd::{Server, Session, World};

/// Who writes to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// What the client calls itself; without that its name, or its address in brackets where it has no name.
    pub helo: Option<Bytes>,
    /// The sender; empty as for a bounce.
    pub sender: Bytes,
    /// The recipient.
    pub recipient: Bytes,
}

/// Where mail to whoever is in charge of a server goes: postmaster in the first domain of mydestination, of the virtual
/// domains or of relay_domains, or else in myorigin. None where none of them certainly names a domain.
#[must_use]
pub fn postmaster(main_cf: &MainCf) -> Option<Bytes> {
    const PARAMETERS: [&str; 5] =
        ["mydestination", "virtual_mailbox_domains", "virtual_alias_domains", "relay_domains", "myorigin"];
    let domain = PARAMETERS.into_iter().find_map(|parameter| {
        let value = main_cf.get(parameter);
        let words = value.text()?.split(|byte| matches!(byte, b',' | b' ' | b'\t' | b'\r' | b'\n'));
        let domain = words.into_iter().find(|word| !word.is_empty())?;
        valid_hostname(domain).then(|| domain.to_vec())
    })?;
    Some(Bytes([b"postmaster@".as_slice(), &domain].concat()))
}

/// What the server tells a client. `line` is where it stands in the input, from 1.
///
/// A client `unknown` may still have a name to which its address maps, but which does not lead back. What depends on that is
/// unknown.
#[must_use]
pub fn evaluate(server: &Server, world: &World, envelope: &Envelope, input: &[u8], line: usize) -> ServedVerdict {
    let client = Client::parse(input);
    let mut verdict = ServedVerdict {
        line,
        input: input.into(),
        name: client.name.clone(),
        address: client.address.clone(),
        helo: envelope.helo.clone().unwrap_or_else(|| helo(&client)),
        sender: envelope.sender.clone(),
        recipient: envelope.recipient.clone(),
        command: Bytes::default(),
        told: HostTold::Unknown(Some(SmtpUnknown::NeedsClient)),
        tried: Vec::new(),
        decided: None,
        fired: Vec::new(),
    };
    let unnamed = client.name.eq_ignore_ascii_case(UNKNOWN_NAME);
    let Some(address) = client.address.filter(|_| unnamed || valid_hostname(&client.name)) else { return verdict };
    let session = || server.session(world).connected_from(&client.name, &address);
    let lines = [
        [b"HELO ".as_slice(), &verdict.helo].concat(),
        [b"MAIL FROM:<".as_slice(), &verdict.sender, b">"].concat(),
        [b"RCPT TO:<".as_slice(), &verdict.recipient, b">"].concat(),
    ];
    let mut first = session();
    let exchanges = held(first.greeting(), &mut first, &lines);
    let (last, told) = self::told(&exchanges);
    verdict.command = last.map(|exchange| exchange.command.clone()).unwrap_or_default();
    verdict.told = told;
    verdict.tried = exchanges.into_iter().flat_map(|exchange| exchange.tried).collect();
    verdict.decided = decided(&verdict.tried, &verdict.told);
    if unnamed {
        // So far its address maps to no name at all.
        let mut second = session();
        let exchanges = held(second.line(b"XCLIENT REVERSE_NAME=reverse.invalid"), &mut second, &lines);
        let asked = verdict.tried.iter().position(|tried| about_reverse_name(tried).is_some());
        let looked_up = verdict.tried.iter().any(|tried| about_reverse_name(tried) == Some(Reverse::LookedUp));
        if looked_up || self::told(&exchanges).1 != verdict.told {
            verdict.told = HostTold::Unknown(Some(SmtpUnknown::NeedsReverseName));
            verdict.decided = asked.or(verdict.decided);
        }
    }
    for lookup in verdict.tried.iter().flat_map(|tried| &tried.lookups) {
        for fired in s25r::fired(lookup) {
            if !verdict.fired.contains(&fired) {
                verdict.fired.push(fired);
            }
        }
    }
    verdict
}

/// A session from its first reply to the one that refuses, or to the last of these lines.
fn held(first: Exchange, session: &mut Session<'_>, lines: &[Vec<u8>]) -> Vec<Exchange> {
    let mut exchanges = vec![first];
    for line in lines {
        if exchanges.last().is_some_and(|exchange| refusal(exchange).is_some()) {
            break;
        }
        exchanges.push(session.line(line));
    }
    exchanges
}

/// What a restriction wants of the name to which a client's address maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reverse {
    /// Whether there is one.
    Exists,
    /// It is looked up.
    LookedUp,
}

fn about_reverse_name(tried: &Tried) -> Option<Reverse> {
    let name = tried.restriction.split(|&byte| byte == b' ').next().unwrap_or_default().to_ascii_lowercase();
    if name == b"reject_unknown_reverse_client_hostname" {
        return Some(Reverse::Exists);
    }
    memchr::memmem::find(&name, b"reverse_client").map(|_| Reverse::LookedUp)
}

/// What a client calls itself that says its name, or its address where it has none.
fn helo(client: &Client) -> Bytes {
    match &client.address {
        Some(address) if client.name.eq_ignore_ascii_case(UNKNOWN_NAME) => {
            let tag = if address.contains(&b':') { b"IPv6:".as_slice() } else { b"" };
            Bytes([b"[", tag, address, b"]"].concat())
        }
        _ => client.name.clone(),
    }
}

/// The reply, where it refuses.
fn refusal(exchange: &Exchange) -> Option<&Bytes> {
    match &exchange.outcome {
        SmtpOutcome::Said(lines) => lines.first().filter(|line| matches!(line.first(), Some(b'4' | b'5'))),
        SmtpOutcome::Silent | SmtpOutcome::Unknown(_) => None,
    }
}

/// What the whole comes to, and the exchange in which it does. What is unknown for an earlier reply is unknown for that
/// reply's reason.
fn told(exchanges: &[Exchange]) -> (Option<&Exchange>, HostTold) {
    let Some(mut last) = exchanges.last() else { return (None, HostTold::Unknown(None)) };
    for _ in 0..exchanges.len() {
        let SmtpOutcome::Unknown(SmtpUnknown::Earlier { line }) = &last.outcome else { break };
        let earlier = exchanges.iter().find(|exchange| exchange.line == *line);
        let Some(earlier) = earlier.filter(|exchange| matches!(exchange.outcome, SmtpOutcome::Unknown(_))) else {
            break;
        };
        last = earlier;
    }
    let told = match (&last.outcome, refusal(last)) {
        (_, Some(reply)) => HostTold::Rejected(reply.clone()),
        (SmtpOutcome::Unknown(unknown), None) => HostTold::Unknown(Some(unknown.clone())),
        (SmtpOutcome::Said(_) | SmtpOutcome::Silent, None) => HostTold::Permitted,
    };
    (Some(last), told)
}

/// Which restriction decided. Those inside classes and tables stand behind what led to them, so the last of several is the
/// innermost.
fn decided(tried: &[Tried], told: &HostTold) -> Option<usize> {
    let last = |wanted: fn(&TriedOutcome) -> bool| tried.iter().rposition(|tried| wanted(&tried.outcome));
    match told {
        HostTold::Rejected(reply) => last(|outcome| matches!(outcome, TriedOutcome::Rejects(_))).or_else(|| {
            let kept = |tried: &Tried| match &tried.outcome {
                TriedOutcome::DefersIfPermitted(kept) => reply.ends_with(&kept.text),
                _ => false,
            };
            tried.iter().position(kept)
        }),
        HostTold::Unknown(_) => last(|outcome| matches!(outcome, TriedOutcome::Unknown(_))),
        HostTold::Permitted => permits(tried).next(),
        HostTold::Undecided | HostTold::Other(_) => None,
    }
}

/// The restrictions whose permit ended a list, white lists first: tables, then what else is in the client's list.
pub(super) fn permits(tried: &[Tried]) -> impl Iterator<Item = usize> {
    let of = |with_rule: bool| {
        tried.iter().enumerate().filter_map(move |(index, tried)| {
            let permits = tried.outcome == TriedOutcome::Permits && found(&tried.lookups).is_some() == with_rule;
            (permits && (with_rule || tried.list == "smtpd_client_restrictions")).then_some(index)
        })
    };
    of(true).chain(of(false))
}

/// The last lookup that found something, or whose answer cannot be told.
fn found(lookups: &[KeyLookup]) -> Option<&KeyLookup> {
    lookups.iter().rev().find(|lookup| lookup.answer != Answer::NotFound)
}

/// A restriction of a trace as what decided: with the table's rule that it found, or that led to it.
pub(super) fn decider(tried: &[Tried], index: usize) -> Option<HostDecider> {
    let entry = tried.get(index)?;
    let around = tried.get(..index)?.iter().rev().filter(|other| {
        other.list == entry.list && other.within.len() < entry.within.len() && entry.within.starts_with(&other.within)
    });
    let lookup = std::iter::once(entry).chain(around).find_map(|tried| found(&tried.lookups));
    let rule = lookup.and_then(|lookup| match &lookup.answer {
        Answer::Found(hit) => Some(hit.rule.clone()),
        Answer::Unknown { rule, .. } => Some(rule.clone()),
        Answer::NotFound => None,
    });
    Some(HostDecider {
        restriction: Some((entry.list.clone(), entry.restriction.clone())),
        rule,
        key: lookup.map(|lookup| lookup.key.clone()),
    })
}

/// The restriction that stands in the list itself and holds the one at `index`.
pub(super) fn in_list(tried: &[Tried], index: usize) -> Option<&Tried> {
    tried.get(..=index)?.iter().rev().find(|tried| tried.within.is_empty())
}
