//! The restrictions that smtpd(8) knows, and what each needs after it. postconf(5).

use postproof_model::RestrictionArgument as Argument;

use crate::maincf::defaults::near;

/// Restrictions, and what stands after each.
const KNOWN: &[(&str, Option<Argument>)] = &[
    ("check_ccert_access", Some(Argument::Table)),
    ("check_client_a_access", Some(Argument::Table)),
    ("check_client_access", Some(Argument::Table)),
    ("check_client_mx_access", Some(Argument::Table)),
    ("check_client_ns_access", Some(Argument::Table)),
    ("check_etrn_access", Some(Argument::Table)),
    ("check_helo_a_access", Some(Argument::Table)),
    ("check_helo_access", Some(Argument::Table)),
    ("check_helo_mx_access", Some(Argument::Table)),
    ("check_helo_ns_access", Some(Argument::Table)),
    ("check_policy_service", None),
    ("check_recipient_a_access", Some(Argument::Table)),
    ("check_recipient_access", Some(Argument::Table)),
    ("check_recipient_maps", None),
    ("check_recipient_mx_access", Some(Argument::Table)),
    ("check_recipient_ns_access", Some(Argument::Table)),
    ("check_reverse_client_hostname_a_access", Some(Argument::Table)),
    ("check_reverse_client_hostname_access", Some(Argument::Table)),
    ("check_reverse_client_hostname_mx_access", Some(Argument::Table)),
    ("check_reverse_client_hostname_ns_access", Some(Argument::Table)),
    ("check_sasl_access", Some(Argument::Table)),
    ("check_sender_a_access", Some(Argument::Table)),
    ("check_sender_access", Some(Argument::Table)),
    ("check_sender_mx_access", Some(Argument::Table)),
    ("check_sender_ns_access", Some(Argument::Table)),
    ("defer", None),
    ("defer_if_permit", None),
    ("defer_if_reject", None),
    ("defer_unauth_destination", None),
    ("permit", None),
    ("permit_auth_destination", None),
    ("permit_dnswl_client", Some(Argument::Domain)),
    ("permit_inet_interfaces", None),
    ("permit_mx_backup", None),
    ("permit_mynetworks", None),
    ("permit_rhswl_client", Some(Argument::Domain)),
    ("permit_sasl_authenticated", None),
    ("permit_tls_all_clientcerts", None),
    ("permit_tls_clientcerts", None),
    ("reject", None),
    ("reject_authenticated_sender_login_mismatch", None),
    ("reject_invalid_helo_hostname", None),
    ("reject_invalid_hostname", None),
    ("reject_known_sender_login_mismatch", None),
    ("reject_multi_recipient_bounce", None),
    ("reject_non_fqdn_helo_hostname", None),
    ("reject_non_fqdn_hostname", None),
    ("reject_non_fqdn_recipient", None),
    ("reject_non_fqdn_sender", None),
    ("reject_plaintext_session", None),
    ("reject_rbl", Some(Argument::Domain)),
    ("reject_rbl_client", Some(Argument::Domain)),
    ("reject_rhsbl_client", Some(Argument::Domain)),
    ("reject_rhsbl_helo", Some(Argument::Domain)),
    ("reject_rhsbl_recipient", Some(Argument::Domain)),
    ("reject_rhsbl_reverse_client", Some(Argument::Domain)),
    ("reject_rhsbl_sender", Some(Argument::Domain)),
    ("reject_sender_login_mismatch", None),
    ("reject_unauth_destination", None),
    ("reject_unauth_pipelining", None),
    ("reject_unauthenticated_sender_login_mismatch", None),
    ("reject_unknown_address", None),
    ("reject_unknown_client", None),
    ("reject_unknown_client_hostname", None),
    ("reject_unknown_helo_hostname", None),
    ("reject_unknown_hostname", None),
    ("reject_unknown_recipient_domain", None),
    ("reject_unknown_reverse_client_hostname", None),
    ("reject_unknown_sender_domain", None),
    ("reject_unlisted_recipient", None),
    ("reject_unlisted_sender", None),
    ("reject_unverified_recipient", None),
    ("reject_unverified_sender", None),
    ("sleep", Some(Argument::Seconds)),
];

/// Restrictions of releases before 3.9.
const OLD: &[&str] = &["check_relay_domains", "permit_naked_ip_address", "reject_maps_rbl"];

/// What stands after a restriction of this name, in lower case; none where there is no such restriction.
pub(super) fn argument(name: &str, old: bool) -> Option<Option<Argument>> {
    if OLD.contains(&name) {
        return old.then_some(None);
    }
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, argument)| *argument)
}

/// A restriction whose name is nearly this one.
pub(super) fn like(name: &str) -> Option<&'static str> {
    near(name, KNOWN.iter().map(|(known, _)| *known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maincf::MainCf;
    use crate::smtpd::{Server, World};
    use postproof_model::SmtpOutcome;

    /// Whether smtpd would complain of this list at the first recipient.
    fn complains(list: &str) -> bool {
        let text = format!(
            "compatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nmynetworks = 127.0.0.1\n\
             local_recipient_maps =\nsmtpd_recipient_restrictions = {list}, reject\n"
        );
        let (main_cf, _) = MainCf::parse("main.cf", text.as_bytes());
        let (server, _) = Server::new(main_cf, &mut |_| Ok(Vec::new()));
        let transcript = b"XCLIENT NAME=a.example ADDR=192.0.2.9\nHELO a.example\nMAIL FROM:<x@a.example>\nRCPT TO:<y@example.net>\n";
        let exchanges = server.session(&World::default()).run(transcript);
        let SmtpOutcome::Said(lines) = &exchanges.last().unwrap().outcome else { return false };
        lines[0].lossy().contains("Server configuration error")
    }

    #[test]
    fn what_is_listed_is_what_smtpd_knows() {
        for (name, argument) in KNOWN {
            let list = match argument {
                _ if *name == "check_policy_service" => format!("{name} inet:127.0.0.1:9"),
                None => (*name).to_owned(),
                Some(Argument::Table) => format!("{name} regexp:{{{{/^\\/$/ DUNNO}}}}"),
                Some(Argument::Domain) => format!("{name} list.example"),
                Some(Argument::Seconds) => format!("{name} 1"),
            };
            assert!(!complains(&list), "{list}");
            if matches!(argument, Some(Argument::Table | Argument::Seconds)) {
                assert!(complains(name), "{name}");
            }
            assert!(complains(&format!("{name}x")), "{name}x");
        }
        for name in OLD {
            assert!(complains(name), "{name}");
        }
    }

    #[test]
    fn slips_are_seen() {
        assert_eq!(like("reject_rbl_clients"), Some("reject_rbl_client"));
        assert_eq!(like("permit_my_networks"), Some("permit_mynetworks"));
        assert_eq!(like("greylist"), None);
    }
}
