//! Parameters and their defaults, as data: `parameters.txt` is what Postfix 3.7.11 says, `newer.txt` what came later,
//! `obsolete.txt` what took the place of parameters of the past.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::message::Version;

/// What a parameter is where nobody sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// This text, in which `$name` is still to be expanded.
    Text(&'static str),
    /// The machine or the build decides.
    Machine,
}

type Known = BTreeMap<&'static str, Vec<(Version, Default)>>;

const OLDEST: Version = Version { major: 0, minor: 0 };

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known::new();
        for line in include_str!("parameters.txt").lines() {
            known.extend(named(line).map(|(name, default)| (name, vec![(OLDEST, default)])));
        }
        for line in include_str!("newer.txt").lines() {
            let Some((since, line)) = line.split_once(' ') else { continue };
            if let (Ok(since), Some((name, default))) = (since.parse::<Version>(), named(line)) {
                known.entry(name).or_default().push((since, default));
            }
        }
        known
    })
}

fn named(line: &'static str) -> Option<(&'static str, Default)> {
    if line.starts_with('#') {
        return None;
    }
    let (name, rest) = line.split_once(' ')?;
    Some((name, rest.strip_prefix('=').map_or(Default::Machine, |text| Default::Text(text.trim()))))
}

/// The default of a parameter in this release; none where the release has no such parameter. For releases before 3.7
/// those of 3.7.11 are given.
#[must_use]
pub fn default(name: &str, version: Version) -> Option<Default> {
    let of = known().get(name)?;
    of.iter().rev().find(|(since, _)| *since <= version).map(|&(_, default)| default)
}

/// The names of all parameters of this release, in order.
pub fn names(version: Version) -> impl Iterator<Item = &'static str> {
    known().keys().copied().filter(move |name| default(name, version).is_some())
}

/// Parameters whose `$name`s are left to the program that uses the value, such as `$rbl_code`.
const RAW: &[&str] = &[
    "command_execution_directory",
    "default_rbl_reply",
    "forward_path",
    "luser_relay",
    "mailbox_command",
    "postscreen_expansion_filter",
    "postscreen_reject_footer",
    "smtpd_expansion_filter",
    "smtpd_reject_footer",
];

/// Whether references in this parameter's value are left as they are. (Postfix: `get_mail_conf_raw`.)
#[must_use]
pub fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Parameters that only Postfix itself sets.
#[must_use]
pub fn is_read_only(name: &str) -> bool {
    matches!(name, "process_id" | "process_name" | "service_name")
}

/// What a parameter of the past is replaced by: none where it is none of those, an empty name where nothing took its
/// place.
#[must_use]
pub fn replacement(name: &str) -> Option<&'static str> {
    include_str!("obsolete.txt").lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let (old, new) = line.split_once(' ').unwrap_or((line, ""));
        (old == name).then_some(new)
    })
}

/// What follows the name of a service of master.cf in a parameter's name: `smtp_destination_concurrency_limit`.
const OF_SERVICES: &[&str] = &[
    "_delivery_slot_cost",
    "_delivery_slot_discount",
    "_delivery_slot_loan",
    "_destination_concurrency_failed_cohort_limit",
    "_destination_concurrency_limit",
    "_destination_concurrency_negative_feedback",
    "_destination_concurrency_positive_feedback",
    "_destination_rate_delay",
    "_destination_recipient_limit",
    "_extra_recipient_limit",
    "_initial_destination_concurrency",
    "_minimum_delivery_slots",
    "_recipient_limit",
    "_recipient_refill_delay",
    "_recipient_refill_limit",
    "_time_limit",
    "_transport_rate_delay",
];

/// Whether a parameter belongs to a service of master.cf, which is not known here.
#[must_use]
pub fn is_of_service(name: &str) -> bool {
    OF_SERVICES.iter().any(|suffix| name.strip_suffix(suffix).is_some_and(|service| !service.is_empty()))
}

/// A parameter whose name is nearly this one, for a person who mistyped it.
#[must_use]
pub fn like(name: &str, version: Version) -> Option<&'static str> {
    near(name, names(version))
}

/// The name of these that is nearest to one that a person mistyped.
pub(crate) fn near(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    let near = known.filter(|known| known.len().abs_diff(name.len()) <= 2);
    let near = near.map(|known| (distance(name.as_bytes(), known.as_bytes()), known));
    near.filter(|(distance, _)| *distance <= 2).min().map(|(_, known)| known)
}

/// How many letters must be put in, taken out or changed to come from the one to the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let changed = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const V3_7: Version = Version { major: 3, minor: 7 };

    #[test]
    fn defaults_are_those_of_the_release() {
        assert_eq!(default("header_size_limit", V3_7), Some(Default::Text("102400")));
        assert_eq!(default("mime_header_checks", V3_7), Some(Default::Text("$header_checks")));
        assert_eq!(default("smtpd_forbid_bare_newline", V3_7), Some(Default::Text("no")));
        assert_eq!(default("smtpd_forbid_bare_newline", Version::NEWEST), Some(Default::Text("normalize")));
        assert_eq!(default("myhostname", V3_7), Some(Default::Machine));
        assert_eq!(default("use_srv_lookup", V3_7), None);
        assert!(names(V3_7).count() > 800);
    }

    #[test]
    fn what_was_mistyped_is_found() {
        assert_eq!(like("heade_checks", V3_7), Some("header_checks"));
        assert_eq!(like("smtpd_recipient_restriction", V3_7), Some("smtpd_recipient_restrictions"));
        assert_eq!(like("something_else", V3_7), None);
    }
}
