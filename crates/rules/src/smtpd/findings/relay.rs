//! Who may send mail to anywhere through this server.

use postproof_model::{Consequence, Diagnostic, Problem, RestrictionProblem};

use super::walk::{Item, Walk, place_of};
use super::{Server, permits};

/// Restrictions that keep strangers from relaying, or end the list without permitting.
const GUARDS: &[&str] =
    &["reject_unauth_destination", "defer_unauth_destination", "reject", "defer", "check_relay_domains"];
/// Restrictions whose key is whatever the client claims.
pub(super) const CLAIMS: &[&str] = &["check_helo_access", "check_sender_access"];
/// Restrictions whose key is who connects.
const CLIENTS: &[&str] = &["check_client_access"];

impl Server {
    /// Strangers that pass every list which should keep them from relaying.
    pub(super) fn relaying(&self, walks: &[(&'static str, Walk)]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let lists = || {
            walks
                .iter()
                .filter(|(name, _)| name.ends_with("_relay_restrictions") || name.ends_with("_recipient_restrictions"))
        };
        let guard =
            |walk: &Walk| walk.items.iter().position(|item| GUARDS.contains(&item.name.as_str()) && !item.warns);
        let guarded: Vec<(&Walk, usize)> = lists().filter_map(|(_, walk)| Some((walk, guard(walk)?))).collect();
        let mut passes = |names: &[&str], problem: &dyn Fn(&Item, usize) -> RestrictionProblem| {
            // Every list with a guard must be passed before it; the way past each is told.
            let ways: Vec<_> = guarded.iter().map(|(walk, guard)| self.permitting(walk, *guard, names)).collect();
            if ways.is_empty() || ways.iter().any(Vec::is_empty) {
                return;
            }
            for (item, line) in ways.into_iter().flatten() {
                let problem = Problem::Restriction(problem(item, line));
                found.push(Diagnostic { problem, consequence: Consequence::OpenRelay, place: item.place.clone() });
            }
        };
        passes(CLAIMS, &|item, line| RestrictionProblem::AnyoneMayRelay { restriction: item.text.clone(), line });
        passes(CLIENTS, &|item, line| RestrictionProblem::ClientsMayRelay { restriction: item.text.clone(), line });
        found.extend(self.every_address());
        found
    }

    /// What permits before a list's guard, and the line of its table.
    fn permitting<'w>(&self, walk: &'w Walk, guard: usize, names: &[&str]) -> Vec<(&'w Item, usize)> {
        let before = walk.items.iter().take(guard).filter(|item| names.contains(&item.name.as_str()));
        before.filter_map(|item| Some((item, permits(self.table(&item.argument)?)?))).collect()
    }

    /// mynetworks that leave nobody out.
    fn every_address(&self) -> Option<Diagnostic> {
        let value = self.main_cf.get("mynetworks");
        let list = value.list();
        let (span, word) = list.iter().find(|(_, word)| word.ends_with(b"/0") && !word.starts_with(b"/"))?;
        let network = String::from_utf8_lossy(word).into_owned();
        let place = match value.set {
            crate::maincf::Set::Here { .. } => self.main_cf.place(&value, *span),
            _ => place_of(&self.main_cf, "mynetworks"),
        };
        let problem = Problem::Restriction(RestrictionProblem::EveryAddressIsOwn { network });
        Some(Diagnostic { problem, consequence: Consequence::OpenRelay, place })
    }
}
