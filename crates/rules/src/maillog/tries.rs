//! Tries that belong together, and what they look like.

use std::collections::{BTreeMap, BTreeSet};

use postproof_model::Bytes;
use postproof_model::maillog::{LINES_LISTED, RefusedBy, Retries, RetryLook, SAME_TRY};

use super::LoggedClient;

/// A mail server goes on for at least so many seconds,
const SERVER_LASTS: u32 = 30 * 60;
/// with at least so many tries,
const SERVER_TRIES: usize = 3;
/// and at least so many seconds between them.
const SERVER_WAITS: u32 = 60;
/// A flood has at least so many senders
const FLOOD_SENDERS: usize = 5;
/// within so many seconds.
const FLOOD_LASTS: i64 = 60;

/// Gathers tries, line by line.
#[derive(Debug, Default)]
pub(super) struct Tries {
    groups: Vec<Group>,
    numbers: BTreeMap<(usize, Option<(Bytes, Bytes)>), usize>,
    /// By client: the lines with which its mail was taken last.
    taken: BTreeMap<usize, usize>,
    /// By client: senders by when they came.
    senders: BTreeMap<usize, Vec<(i64, Bytes)>>,
}

#[derive(Debug)]
struct Group {
    client: usize,
    envelope: Option<(Bytes, Bytes)>,
    reply: Bytes,
    lines: Vec<usize>,
    tries: usize,
    last_line: usize,
    last: Option<i64>,
    /// None once a time is missing.
    pauses: Option<Pauses>,
}

/// The seconds between tries.
#[derive(Debug, Default)]
struct Pauses {
    listed: Vec<u32>,
    count: usize,
    all: u32,
    longest: u32,
    /// Whether every pause is one of a queue: not short, and not much shorter than one before it.
    steady: bool,
}

impl Pauses {
    fn add(&mut self, pause: u32) {
        // A queue runs every few minutes: its pauses may be off by as much. Half is well within that.
        self.steady &= pause >= SERVER_WAITS && pause >= self.longest / 2;
        self.longest = self.longest.max(pause);
        self.all = self.all.saturating_add(pause);
        self.count += 1;
        if self.listed.len() < LINES_LISTED {
            self.listed.push(pause);
        }
    }
}

impl Tries {
    /// Mail of a client was taken.
    pub(super) fn taken(&mut self, client: usize, line: usize) {
        self.taken.insert(client, line);
    }

    /// Mail of a client was refused.
    pub(super) fn refused(
        &mut self,
        client: usize,
        envelope: Option<(Bytes, Bytes)>,
        reply: Bytes,
        line: usize,
        when: Option<i64>,
    ) {
        if let (Some(when), Some((sender, _))) = (when, &envelope) {
            self.senders.entry(client).or_default().push((when, sender.clone()));
        }
        let groups = &mut self.groups;
        let number = *self.numbers.entry((client, envelope)).or_insert_with_key(|(_, envelope)| {
            groups.push(Group {
                client,
                envelope: envelope.clone(),
                reply: Bytes::default(),
                lines: Vec::new(),
                tries: 0,
                last_line: line,
                last: None,
                pauses: Some(Pauses { steady: true, ..Pauses::default() }),
            });
            groups.len() - 1
        });
        let Some(group) = self.groups.get_mut(number) else { return };
        group.tries += 1;
        group.reply = reply;
        group.last_line = line;
        if group.lines.len() < LINES_LISTED {
            group.lines.push(line);
        }
        let Some(when) = when else {
            group.pauses = None;
            return;
        };
        let Some(last) = group.last else {
            group.last = Some(when);
            return;
        };
        // A line that was logged a little late counts as one of the same moment.
        let pause = u32::try_from((when - last).max(0)).unwrap_or(u32::MAX);
        if pause > SAME_TRY {
            group.last = Some(when);
            if let Some(pauses) = &mut group.pauses {
                pauses.add(pause);
            }
        }
    }

    /// All of them: what looks like a mail server first, then those of most tries.
    pub(super) fn retries(self, clients: &[LoggedClient]) -> Vec<Retries> {
        let floods: BTreeSet<usize> =
            self.senders.into_iter().filter(|(_, senders)| is_flood(senders)).map(|(client, _)| client).collect();
        let mut retries: Vec<Retries> = Vec::new();
        for group in self.groups {
            let Some(client) = clients.get(group.client) else { continue };
            let look = look(&group, floods.contains(&group.client));
            retries.push(Retries {
                name: client.name.clone(),
                address: client.address.clone(),
                envelope: group.envelope,
                reply: group.reply,
                lines: group.lines,
                tries: group.tries,
                pauses: group.pauses.map(|pauses| pauses.listed).unwrap_or_default(),
                look,
                let_in: self.taken.get(&group.client).copied().filter(|line| *line > group.last_line),
            });
        }
        retries.sort_by_key(|retries| (retries.look, std::cmp::Reverse(retries.tries)));
        retries
    }
}

fn look(group: &Group, flood: bool) -> RetryLook {
    let server = group.envelope.is_some()
        && group
            .pauses
            .as_ref()
            .is_some_and(|pauses| pauses.count + 1 >= SERVER_TRIES && pauses.all >= SERVER_LASTS && pauses.steady);
    match group.tries {
        _ if server => RetryLook::Server,
        _ if flood => RetryLook::Flood,
        1 => RetryLook::Once,
        _ => RetryLook::Open,
    }
}

/// Whether many senders came within a short time.
fn is_flood(senders: &[(i64, Bytes)]) -> bool {
    let mut within: BTreeMap<&Bytes, usize> = BTreeMap::new();
    let mut first = 0;
    for (when, sender) in senders {
        *within.entry(sender).or_default() += 1;
        while let Some((_, gone)) = senders.get(first).filter(|(old, _)| *old < when - FLOOD_LASTS) {
            if let Some(count) = within.get_mut(gone) {
                *count -= 1;
                if *count == 0 {
                    within.remove(gone);
                }
            }
            first += 1;
        }
        if within.len() >= FLOOD_SENDERS {
            return true;
        }
    }
    false
}

/// What refused mail, from what its client was told.
pub(super) fn refused_by(reply: &[u8]) -> RefusedBy {
    // default_rbl_reply: `… blocked using ZONE; the list's text`.
    const USING: &[u8] = b" blocked using ";
    if let Some(at) = memchr::memmem::find(reply, USING) {
        let zone = reply.get(at + USING.len()..).unwrap_or_default();
        let end = zone.iter().position(|byte| matches!(byte, b';' | b' ' | b','));
        let zone = zone.get(..end.unwrap_or(zone.len())).unwrap_or_default();
        if !zone.is_empty() {
            return RefusedBy::DnsList(zone.to_ascii_lowercase().into());
        }
    }
    // `450 4.7.1 <what>: Client host rejected: text`: what differs from client to client is left out.
    let told = match memchr::memmem::find(reply, b" <") {
        Some(open) => match memchr::memmem::find(reply.get(open..).unwrap_or_default(), b">: ") {
            Some(close) => {
                let (before, after) = (reply.get(..open), reply.get(open + close + 2..));
                [before.unwrap_or_default(), after.unwrap_or_default()].concat()
            }
            None => reply.to_vec(),
        },
        None => reply.to_vec(),
    };
    RefusedBy::Told(told.into())
}
