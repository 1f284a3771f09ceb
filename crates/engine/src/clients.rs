//! Clients through the tables: those of a list, and those of a mail log.

use crate::marks::{Marker, Seen};
use postproof_model::maillog::RetryLook;
use postproof_model::{HostOutcome, HostVerdict, TableKind};
use postproof_protocol::{HOSTS_LISTED, HostCounts, HostsVerdict, LOG_LISTED, LogVerdict};
use postproof_rules::maillog::{Log, name_and_address};
use postproof_rules::table::Table;
use postproof_rules::{host, s25r};
use std::collections::BTreeMap;

/// The tables that clients are looked up in: the project's, or S25R's rules where there is none.
#[derive(Debug)]
pub struct ClientTables {
    tables: Vec<Table>,
    built_in: bool,
}

impl ClientTables {
    /// These tables, in order.
    #[must_use]
    pub fn new(mut tables: Vec<Table>) -> Self {
        let built_in = tables.is_empty();
        if built_in {
            tables.push(Table::parse(TableKind::Regexp, s25r::TABLE_NAME, s25r::table_source().as_bytes()).0);
        }
        Self { tables, built_in }
    }

    /// What they say of every client of a list.
    pub fn hosts(&self, input: &[u8], marker: &mut Marker, seen: &mut Seen) -> HostsVerdict {
        let mut verdict = HostsVerdict { built_in: self.built_in, ..HostsVerdict::default() };
        for (line, client) in host::clients(input) {
            let found = host::evaluate(&self.tables, client, line);
            count(&mut verdict.counts, &found);
            marker.saw_host(&found);
            seen.saw_host(&found);
            if verdict.hosts.len() < HOSTS_LISTED {
                verdict.hosts.push(found);
            } else {
                verdict.left_out += 1;
            }
        }
        verdict
    }

    /// What they say today of the clients of a log.
    pub fn log(&self, input: &[u8], marker: &mut Marker, seen: &mut Seen) -> LogVerdict {
        let mut log = Log::read(input);
        let mut verdict = LogVerdict {
            lines: log.lines,
            read: log.read,
            taken: log.clients.iter().filter(|client| client.taken > 0).count(),
            refused: log.events.iter().filter(|event| event.refused).count(),
            servers: log.retries.iter().filter(|retries| retries.look == RetryLook::Server).count(),
            left_out: log.retries.len().saturating_sub(LOG_LISTED),
            built_in: self.built_in,
            ..LogVerdict::default()
        };
        log.retries.truncate(LOG_LISTED);
        log.refusals.truncate(LOG_LISTED);
        verdict.refusals = log.refusals;
        // What is listed is kept; of the other clients it is enough what becomes of them.
        let mut listed: BTreeMap<Vec<u8>, Option<HostVerdict>> = BTreeMap::new();
        for retries in &log.retries {
            listed.insert(name_and_address(&retries.name, &retries.address), None);
        }
        let mut outcomes = Vec::with_capacity(log.clients.len());
        for client in &log.clients {
            let found = host::evaluate(&self.tables, &client.name_and_address(), client.line);
            count(&mut verdict.counts, &found);
            marker.saw_host(&found);
            outcomes.push(Seen::of_client(&found));
            if client.taken > 0 && matches!(found.outcome, HostOutcome::Rejected(_)) {
                verdict.lost_total += 1;
                if verdict.lost.len() < LOG_LISTED {
                    verdict.lost.push((found.clone(), client.taken));
                }
            }
            if let Some(place) = listed.get_mut(&client.name_and_address()) {
                *place = Some(found);
            }
        }
        for event in &log.events {
            if let Some(Some(outcome)) = outcomes.get(event.client) {
                seen.saw_logged(event, outcome);
            }
        }
        for retries in log.retries {
            if let Some(Some(found)) = listed.get(&name_and_address(&retries.name, &retries.address)) {
                let found = found.clone();
                verdict.retries.push((retries, found));
            }
        }
        verdict
    }
}

fn count(counts: &mut HostCounts, found: &HostVerdict) {
    *match found.outcome {
        HostOutcome::Rejected(_) => &mut counts.refused,
        HostOutcome::Permitted => &mut counts.permitted,
        HostOutcome::Undecided => &mut counts.undecided,
        HostOutcome::Other(_) => &mut counts.other,
        HostOutcome::Unknown => &mut counts.unknown,
    } += 1;
}
