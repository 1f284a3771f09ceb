//! A line of a white list that would let a client in: escaped, tried on the client, and tried on all others of the same input
//! that are refused now.

use std::collections::{HashMap, HashSet};

use postproof_model::{Answer, Bytes, HostTold, Proposal, ProposalScope, TableKind};

use super::UNKNOWN_NAME;
use super::judge::{Judge, Place, Verdict};
use crate::names::valid_hostname;
use crate::table::{Opener, Table};

/// How many others one line is tried on.
const MOST_OTHERS: usize = 1_000;

/// How many of a name's labels, from the top, count for the domains that it is in.
const MOST_LABELS: usize = 32;

/// What stands between a domain of two letters and the domains that people register, mostly: nobody wants all of `.co.jp` on
/// a white list.
const SECOND_LEVEL: [&[u8]; 20] = [
    b"ac", b"ad", b"co", b"com", b"ed", b"edu", b"geo", b"go", b"gob", b"gov", b"gr", b"lg", b"mil", b"ne", b"net",
    b"nom", b"or", b"org", b"plc", b"sch",
];

/// The clients of an input that are refused, each once.
#[derive(Clone, Debug, Default)]
pub struct Refused {
    inputs: Vec<Bytes>,
    seen: HashSet<(Vec<u8>, Option<Bytes>)>,
    by_name: HashMap<Vec<u8>, Vec<usize>>,
    by_domain: HashMap<Vec<u8>, Vec<usize>>,
    by_address: HashMap<Bytes, Vec<usize>>,
    /// What was found out about lines: how many they let in, and whether all that match were tried.
    tried: HashMap<(String, Place), (usize, bool)>,
}

/// The domains that hold a name, the narrowest first; at most as many as count.
fn domains(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let dots: Vec<usize> = memchr::memrchr_iter(b'.', name).take(MOST_LABELS).collect();
    dots.into_iter().rev().filter_map(|dot| name.get(dot + 1..))
}

impl Refused {
    /// Takes a client in if it is refused.
    pub fn add(&mut self, verdict: &Verdict) {
        if !matches!(verdict.decision().told, HostTold::Rejected(_)) {
            return;
        }
        let name = verdict.name().to_ascii_lowercase();
        if !self.seen.insert((name.clone(), verdict.address().cloned())) {
            return;
        }
        let index = self.inputs.len();
        self.inputs.push(verdict.input().clone());
        for domain in domains(&name) {
            self.by_domain.entry(domain.to_vec()).or_default().push(index);
        }
        self.by_name.entry(name).or_default().push(index);
        if let Some(address) = verdict.address() {
            self.by_address.entry(address.clone()).or_default().push(index);
        }
    }

    /// How many clients there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Lines that would let a client in that is refused, the narrowest first. None where none would: the reason is not the
    /// client, its name is no host name, or nobody knows its address.
    #[must_use]
    pub fn proposals(&mut self, judge: &Judge<'_>, verdict: &Verdict) -> Vec<Proposal> {
        if !matches!(verdict.decision().told, HostTold::Rejected(_)) {
            return Vec::new();
        }
        let Some(place) = judge.place(verdict) else { return Vec::new() };
        let lines = lines(verdict);
        lines.into_iter().filter_map(|line| self.proposal(judge, verdict, &place, line)).collect()
    }

    fn proposal(&mut self, judge: &Judge<'_>, verdict: &Verdict, place: &Place, line: Line) -> Option<Proposal> {
        let Line { scope, about, text } = line;
        let (table, wrong) = Table::parse_as(Opener::ACCESS, TableKind::Regexp, "", format!("{text}\n").as_bytes());
        let key = if scope == ProposalScope::Address { verdict.address()? } else { verdict.name() };
        if !wrong.is_empty() || !matches!(table.lookup(key), Answer::Found(_)) {
            return None;
        }
        let changed = judge.with_table(place, table)?;
        let lets_in = |input: &[u8]| changed.evaluate(input, 1).decision().told == HostTold::Permitted;
        if !lets_in(verdict.input()) {
            return None;
        }
        let tried = (text.clone(), place.clone());
        let (all_let_in, all_tried) = match self.tried.get(&tried) {
            Some(known) => *known,
            None => {
                let matching = match scope {
                    ProposalScope::Name => self.by_name.get(&about),
                    ProposalScope::Domain => self.by_domain.get(&about),
                    ProposalScope::Address => self.by_address.get(&Bytes(about)),
                };
                let matching = matching.map(Vec::as_slice).unwrap_or_default();
                let inputs = matching.iter().take(MOST_OTHERS).filter_map(|&index| self.inputs.get(index));
                let known = (inputs.filter(|input| lets_in(input)).count(), matching.len() <= MOST_OTHERS);
                self.tried.insert(tried, known);
                known
            }
        };
        // The client itself is one of them.
        let frees = all_let_in.saturating_sub(1);
        Some(Proposal { line: text, scope, before: place.before.clone(), frees, or_more: !all_tried })
    }
}

/// A line that might do.
struct Line {
    scope: ProposalScope,
    /// The name, the domain or the address, in lower case.
    about: Vec<u8>,
    text: String,
}

impl Line {
    fn new(scope: ProposalScope, about: &[u8]) -> Self {
        let start = if scope == ProposalScope::Domain { "\\." } else { "^" };
        // In host names and addresses the dot alone means something in a pattern.
        let escaped = String::from_utf8_lossy(about).replace('.', "\\.");
        Self { scope, about: about.to_ascii_lowercase(), text: format!("/{start}{escaped}$/ OK") }
    }
}

/// The lines for a client.
fn lines(verdict: &Verdict) -> Vec<Line> {
    let name = verdict.name();
    if name.eq_ignore_ascii_case(UNKNOWN_NAME) {
        return verdict.address().map(|address| Line::new(ProposalScope::Address, address)).into_iter().collect();
    }
    if !valid_hostname(name) {
        return Vec::new();
    }
    let domain = memchr::memchr(b'.', name).and_then(|dot| name.get(dot + 1..)).filter(|domain| is_somebodys(domain));
    let domain = domain.map(|domain| Line::new(ProposalScope::Domain, domain));
    std::iter::once(Line::new(ProposalScope::Name, name)).chain(domain).collect()
}

/// Whether a domain is one that somebody registered, or within one, as far as that can be told from the name.
fn is_somebodys(domain: &[u8]) -> bool {
    let labels: Vec<&[u8]> = domain.rsplit(|&byte| byte == b'.').collect();
    match labels.as_slice() {
        [] | [_] => false,
        [top, second] => top.len() != 2 || !SECOND_LEVEL.iter().any(|known| second.eq_ignore_ascii_case(known)),
        labels => labels.len() < MOST_LABELS,
    }
}
