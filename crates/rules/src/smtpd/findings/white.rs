//! White lists: too late, at the wrong place, or not taken.

use postproof_model::{Answer, Consequence, RestrictionProblem};

use super::relay::CLAIMS;
use super::walk::{Item, Walk};
use super::{Says, Server, answers, permits, says};
use crate::action::access_keys::{address_keys, domain_keys};
use crate::lint::clients::{Clients, same_client};
use crate::table::Table;
use crate::table::rule::{Op, Test};

/// Whether a restriction does not take OK: who owns the network or the domain decides what the key is.
fn takes_no_ok(name: &str) -> bool {
    name == "check_reverse_client_hostname_access"
        || name.ends_with("_a_access")
        || name.ends_with("_mx_access")
        || name.ends_with("_ns_access")
}

/// How many pairs of rules are compared for a client that both match.
const PAIRS: usize = 300;

impl Server {
    pub(super) fn white_lists(&self, walk: &mut Walk) {
        let mut said = Vec::new();
        for (index, item) in walk.items.iter().enumerate() {
            let Some(table) = self.table(&item.argument) else { continue };
            let Some(line) = permits(table) else { continue };
            if takes_no_ok(&item.name) {
                let problem = RestrictionProblem::OkForbidden { restriction: item.text.clone(), line };
                said.push((problem, Consequence::ServerError, item));
            }
            if CLAIMS.contains(&item.name.as_str())
                && let Some(skipped) = walk.items.iter().skip(index + 1).find(|item| keeps_out(item))
            {
                let (restriction, skipped) = (item.text.clone(), skipped.text.clone());
                said.push((
                    RestrictionProblem::SkippedByClaim { restriction, line, skipped },
                    Consequence::Silent,
                    item,
                ));
            }
            if item.name == "check_client_access"
                && let Some(problem) = self.too_late(item, table, walk.items.get(..index).unwrap_or_default())
            {
                said.push((problem, Consequence::Silent, item));
            }
        }
        let said: Vec<_> =
            said.into_iter().map(|(problem, consequence, item)| (problem, consequence, item.place.clone())).collect();
        for (problem, consequence, place) in said {
            walk.say(problem, consequence, place);
        }
    }

    /// A client that this white list permits, and that a table before it rejects.
    fn too_late(&self, item: &Item, white: &Table, before: &[Item]) -> Option<RestrictionProblem> {
        // A table that rejects as well is a site's own mixture, with an order that was chosen.
        if answers(white).any(|(_, says)| says == Says::Reject) {
            return None;
        }
        let clients = Clients::new()?;
        for rules in before.iter().filter(|rules| rules.name == item.name && !rules.warns) {
            let Some(table) = self.table(&rules.argument) else { continue };
            if permits(table).is_some() || !answers(table).any(|(_, says)| says == Says::Reject) {
                continue;
            }
            if let Some((client, rejected, line)) = both(table, white, &clients) {
                let (white, rules) = (item.text.clone(), rules.text.clone());
                return Some(RestrictionProblem::WhiteListTooLate { white, rules, client, line, rejected });
            }
        }
        None
    }
}

/// Restrictions that keep something out, so that to skip them is worth telling.
fn keeps_out(item: &Item) -> bool {
    let guards = ["reject_unauth_destination", "defer_unauth_destination", "reject", "defer"];
    !guards.contains(&item.name.as_str()) && (item.name.starts_with("reject_") || item.name == "check_policy_service")
}

/// A client that `rules` rejects and `white` permits, with the lines that do.
fn both(rules: &Table, white: &Table, clients: &Clients) -> Option<(String, usize, usize)> {
    let mut pairs = 0;
    let answering = |table: &Table, wanted: Says| {
        answers(table).filter(|(_, says)| *says == wanted).map(|(index, _)| index).take(PAIRS).collect::<Vec<_>>()
    };
    let rejecting = answering(rules, Says::Reject);
    for permitting in answering(white, Says::Permit) {
        let mut candidates: Vec<Vec<u8>> = key_of(white, permitting).into_iter().collect();
        for &index in &rejecting {
            candidates.extend(key_of(rules, index));
            if pairs < PAIRS
                && let (Some(one), Some(other)) = (white.rules().get(permitting), rules.rules().get(index))
            {
                pairs += 1;
                candidates.extend(same_client(one, other, clients));
            }
            for key in candidates.drain(..) {
                let permits = line(white, &key, Says::Permit);
                if let (Some(permits), Some(rejects)) = (permits, line(rules, &key, Says::Reject)) {
                    return Some((String::from_utf8_lossy(&key).into_owned(), rejects, permits));
                }
            }
            if pairs >= PAIRS {
                return None;
            }
        }
    }
    None
}

/// A client that a rule of fixed keys answers.
fn key_of(table: &Table, index: usize) -> Option<Vec<u8>> {
    let rule = table.rules().get(index)?;
    let Op::Answer { condition, .. } = &rule.op else { return None };
    match &condition.test {
        Ok(Test::Key) => Some(table.source().get(condition.source.start..condition.source.end)?.to_ascii_lowercase()),
        _ => None,
    }
}

/// The line on which a table says this of a client.
fn line(table: &Table, client: &[u8], wanted: Says) -> Option<usize> {
    let is_address = client.contains(&b':') || client.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let mut keys = if is_address { address_keys(client) } else { domain_keys(client, true) };
    keys.truncate(if table.holds_keys() { keys.len() } else { 1 });
    for key in keys {
        match table.lookup(key) {
            Answer::Found(hit) => return (says(&hit.result) == wanted).then_some(hit.rule.lines.first),
            Answer::NotFound => {}
            Answer::Unknown { .. } => return None,
        }
    }
    None
}
