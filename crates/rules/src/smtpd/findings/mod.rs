//! What is wrong with lists of restrictions: slips that smtpd(8) complains of, and lists that do something other than was
//! meant.
//!
//! | idea | file |
//! |---|---|
//! | a list's restrictions in order, with those of its classes | `walk` |
//! | what smtpd(8) knows, and what each needs after it | `known` |
//! | DNS lists that were closed | `zones` |
//! | strangers that may relay | `relay` |
//! | white lists that come too late, OK that skips or is not taken | `white` |

mod known;
mod relay;
mod walk;
mod white;
mod zones;

use postproof_model::{Action, Consequence, Diagnostic, Problem, RestrictionProblem, SmtpUnknown};

use super::{LISTS, Server};
use crate::action::access;
use crate::lint;
use crate::table::Table;
use crate::table::rule::Op;
use walk::{Walk, place_of};

/// How many findings are told.
const MOST: usize = 500;

/// A list, and what a table by itself stands for in it.
const fn bare(list: &str) -> Option<&'static str> {
    match list.as_bytes() {
        b"smtpd_client_restrictions" => Some("check_client_access"),
        b"smtpd_helo_restrictions" => Some("check_helo_access"),
        b"smtpd_sender_restrictions" => Some("check_sender_access"),
        b"smtpd_recipient_restrictions" | b"smtpd_relay_restrictions" => Some("check_recipient_access"),
        _ => None,
    }
}

impl Server {
    /// What is wrong with the lists, in the order of the file.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut walks: Vec<(&'static str, Walk)> = Vec::new();
        for list in LISTS {
            let mut walk = self.walk(list, bare(list));
            self.dns_lists(&mut walk);
            self.white_lists(&mut walk);
            found.append(&mut walk.diagnostics);
            walks.push((list, walk));
        }
        found.extend(self.relaying(&walks));
        if matches!(&self.refused, Some(SmtpUnknown::Refused { parameter }) if parameter == "smtpd_relay_restrictions")
            && self.lacks_required().is_some()
        {
            let set = ["smtpd_relay_restrictions", "smtpd_recipient_restrictions"];
            let parameter = set.into_iter().find(|name| self.main_cf.is_set(name)).unwrap_or(set[0]);
            found.push(Diagnostic {
                problem: Problem::Restriction(RestrictionProblem::NoRelayGuard),
                consequence: Consequence::ConfigurationRefused,
                place: place_of(&self.main_cf, parameter),
            });
        }
        for (_, walk) in &walks {
            let clients = walk.items.iter().filter(|item| item.name == "check_client_access");
            found.extend(clients.filter_map(|item| self.table(&item.argument)).flat_map(lint::client_table));
        }
        found.sort_by_key(|found| (found.place.file.clone(), found.place.span));
        found.dedup();
        found.truncate(MOST);
        found
    }

    /// The restrictions of a list in their order, those of its classes in their places: each by name, in lower case, with
    /// what stands after it.
    pub(crate) fn restrictions(&self, list: &str) -> Vec<(String, Vec<u8>)> {
        let items = self.walk(list, bare(list)).items;
        items.into_iter().map(|item| (item.name, item.argument)).collect()
    }

    /// DNS lists: whom they are asked for, and whether they are still there.
    fn dns_lists(&self, walk: &mut Walk) {
        let logins = self.yes("smtpd_sasl_auth_enable").unwrap_or_default();
        let mut wanted = vec!["permit_mynetworks"];
        wanted.extend(logins.then_some("permit_sasl_authenticated"));
        let mut said = Vec::new();
        for item in &walk.items {
            wanted.retain(|name| *name != item.name);
            if !is_dns_list(&item.name) {
                continue;
            }
            let zone = item.argument.split(|&byte| byte == b'=').next().unwrap_or_default();
            if let Some(year) = zones::closed(zone) {
                let zone = String::from_utf8_lossy(zone).into_owned();
                said.push((RestrictionProblem::ClosedZone { zone, year }, item.place.clone()));
            }
            // Once for each list is enough.
            if ["reject_rbl_client", "reject_rbl", "reject_rhsbl_client"].contains(&item.name.as_str()) && !item.warns {
                for permit in wanted.drain(..) {
                    let (restriction, permit) = (item.text.clone(), permit.to_owned());
                    said.push((RestrictionProblem::OwnClientsAsked { restriction, permit }, item.place.clone()));
                }
            }
        }
        for (problem, place) in said {
            walk.say(problem, Consequence::Silent, place);
        }
    }
}

/// Whether some release's smtpd(8) knows a restriction of this name, in lower case.
pub(crate) fn restriction_exists(name: &str) -> bool {
    known::argument(name, true).is_some()
}

/// Whether a restriction asks a DNS list.
fn is_dns_list(name: &str) -> bool {
    name.contains("rbl_") || name.contains("rhsbl_") || name.contains("wl_client") || name == "reject_rbl"
}

/// What a result comes to, as far as it shows by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Permit,
    Reject,
    Other,
}

fn says(result: &[u8]) -> Says {
    match access::parse(result).0 {
        Action::Ok | Action::AllDigits => Says::Permit,
        Action::Restriction(text) if text.eq_ignore_ascii_case(b"permit") => Says::Permit,
        Action::Reject | Action::Defer | Action::Status(_) => Says::Reject,
        _ => Says::Other,
    }
}

/// The rules of a table that answer, each with what it says.
fn answers(table: &Table) -> impl Iterator<Item = (usize, Says)> + '_ {
    table.rules().iter().enumerate().filter_map(|(index, rule)| match &rule.op {
        Op::Answer { result, .. } => Some((index, says(result.text()?))),
        Op::If { .. } | Op::Endif => None,
    })
}

/// The first line on which a table permits.
fn permits(table: &Table) -> Option<usize> {
    let (index, _) = answers(table).find(|(_, says)| *says == Says::Permit)?;
    table.rules().get(index).map(|rule| rule.lines.first)
}

#[cfg(test)]
mod tests;
