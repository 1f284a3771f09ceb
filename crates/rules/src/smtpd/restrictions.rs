//! Lists of restrictions, and what each restriction does.
//!
//! postconf(5), smtpd_client_restrictions and its kin. (Postfix: `generic_checks`, `smtpd_check_client` and its kin.)

use postproof_model::{SmtpUnknown, TriedOutcome};

use super::access::{About, about};
use super::checks::{Checked, Checks, Stage, Status, Stop, Why};
use super::match_list::Failure;
use super::status::class;
use crate::message::Version;
use crate::names::mailhost_address;

/// The first release without restrictions that had been old for long.
pub(super) const WITHOUT_OLD_NAMES: Version = Version { major: 3, minor: 9 };

/// How many restrictions may be tried for one command: lists that refer to themselves would go on for long.
const MOST_STEPS: usize = 20_000;

/// Restrictions that are known to smtpd(8) but not here.
const NOT_KNOWN_HERE: &[&str] = &["reject_unverified_recipient", "reject_unverified_sender"];

/// The hosts behind a name, which check_WHAT_mx_access and its kin look up.
const SERVER_ACCESS: &[&str] = &[
    "check_client_a_access",
    "check_client_mx_access",
    "check_client_ns_access",
    "check_helo_a_access",
    "check_helo_mx_access",
    "check_helo_ns_access",
    "check_recipient_a_access",
    "check_recipient_mx_access",
    "check_recipient_ns_access",
    "check_reverse_client_hostname_a_access",
    "check_reverse_client_hostname_mx_access",
    "check_reverse_client_hostname_ns_access",
    "check_sender_a_access",
    "check_sender_mx_access",
    "check_sender_ns_access",
];

/// The words of a list that are still to come.
struct Rest<'w> {
    words: &'w [Vec<u8>],
    at: usize,
}

impl<'w> Rest<'w> {
    fn next(&mut self) -> Option<&'w [u8]> {
        let word = self.words.get(self.at)?;
        self.at += 1;
        Some(word)
    }
}

impl Checks<'_> {
    /// Tries restrictions until one decides.
    pub(super) fn restrictions(&mut self, list: &[Vec<u8>], about: About<'_>) -> Checked {
        let saved = self.memory.recursion;
        self.memory.recursion += 1;
        let mut status = Status::Undecided;
        let mut rest = Rest { words: list, at: 0 };
        while let Some(word) = rest.next() {
            if self.memory.discard {
                break;
            }
            if word.eq_ignore_ascii_case(b"warn_if_reject") {
                if self.memory.warn_if_reject == 0 {
                    self.memory.warn_if_reject = self.memory.recursion;
                }
                continue;
            }
            self.steps += 1;
            if self.steps > MOST_STEPS || self.memory.recursion > 200 {
                return Err(SmtpUnknown::Restriction { name: String::from_utf8_lossy(word).into_owned() }.into());
            }
            let before = rest.at;
            // A table by itself stands for the restriction that suits the list.
            let name = if word.contains(&b':') {
                rest.at -= 1;
                about.bare.map(str::as_bytes)
            } else {
                Some(word)
            };
            let current = self.begin(word.to_vec());
            let tried = match name {
                Some(name) => self.restriction(name, &mut rest, about),
                None => Err(self.configuration_error()),
            };
            let argument = rest.words.get(before..rest.at).unwrap_or_default();
            if let Some(entry) = self.tried.get_mut(self.current) {
                for word in argument {
                    entry.restriction.0.push(b' ');
                    entry.restriction.0.extend_from_slice(word);
                }
            }
            match &tried {
                Ok(Status::Permit) if self.memory.discard => {}
                Ok(Status::Permit) => self.note(TriedOutcome::Permits),
                Ok(Status::Reject(reply)) => self.note(TriedOutcome::Rejects(reply.clone())),
                Err(Stop::Reject(reply)) => self.note(TriedOutcome::Rejects(reply.clone())),
                Err(Stop::Unknown(unknown)) => self.note(TriedOutcome::Unknown(unknown.clone())),
                Ok(Status::Undecided) => {}
            }
            self.current = current;
            status = tried?;
            if self.memory.warn_if_reject >= self.memory.recursion {
                self.memory.warn_if_reject = 0;
            }
            if status != Status::Undecided {
                break;
            }
            if self.memory.defer_if_permit.active && self.memory.defer_if_reject.active {
                break;
            }
        }
        self.memory.recursion = saved;
        if self.memory.warn_if_reject >= self.memory.recursion {
            self.memory.warn_if_reject = 0;
        }
        Ok(status)
    }

    /// The table after a check_…_access.
    fn table_name<'w>(&mut self, rest: &mut Rest<'w>) -> Result<&'w [u8], Stop> {
        match rest.next() {
            Some(word) if word.contains(&b':') => Ok(word),
            _ => Err(self.configuration_error()),
        }
    }

    /// One restriction. Names are known in any case.
    fn restriction(&mut self, name: &[u8], rest: &mut Rest<'_>, on: About<'_>) -> Checked {
        let lower = String::from_utf8_lossy(name).to_ascii_lowercase();
        let helo = self.memory.helo.clone();
        let sender = self.memory.sender.clone();
        let recipient = self.memory.recipient.clone();
        let named_sender = sender.as_ref().filter(|sender| !sender.is_empty());
        let undecided = Ok(Status::Undecided);
        match lower.as_str() {
            "permit" => Ok(Status::Permit),
            "defer" => {
                let code = self.server.number("defer_code")?;
                let text = Self::rejected(on.name, on.class, b"Try again later");
                self.reject(Why::Policy, code, "4.3.2", &text)
            }
            "reject" => {
                let code = self.server.number("reject_code")?;
                let text = Self::rejected(on.name, on.class, b"Access denied");
                self.reject(Why::Policy, code, "5.7.1", &text)
            }
            "defer_if_permit" => {
                let text = Self::rejected(on.name, on.class, b"defer_if_permit requested");
                self.defer_if_permit(450, "4.7.0", text)
            }
            "defer_if_reject" => {
                let text = Self::rejected(on.name, on.class, b"defer_if_reject requested");
                self.defer_if_reject(450, "4.7.0", text)
            }
            "sleep" => match rest.next() {
                Some(seconds) if !seconds.is_empty() && seconds.iter().all(u8::is_ascii_digit) => undecided,
                _ => Err(self.configuration_error()),
            },
            // A transcript waits for each reply.
            "reject_unauth_pipelining" => undecided,
            "check_policy_service" => {
                let server = self.table_name(rest)?;
                self.policy(server, on)
            }
            // A transcript has no TLS.
            "reject_plaintext_session" => {
                let code = self.server.number("plaintext_reject_code")?;
                self.reject(Why::Policy, code, "4.7.1", b"Session encryption is required")
            }
            "permit_tls_all_clientcerts" | "permit_tls_clientcerts" => undecided,
            "check_ccert_access" => self.table_name(rest).map(|_| Status::Undecided),

            "reject_unknown_client_hostname" | "reject_unknown_client" => self.reject_unknown_client(),
            "reject_unknown_reverse_client_hostname" => self.reject_unknown_reverse_client(),
            "permit_inet_interfaces" => {
                let address = self.client()?.address;
                let own = self.server.inet_interfaces.holds_address_only(&address);
                Self::permit_if(own.map_err(|failure| self.failed(failure, on.name))?)
            }
            "permit_mynetworks" => {
                let client = self.client()?;
                let within = self.server.mynetworks.holds_host(&client.name, &client.address);
                Self::permit_if(within.map_err(|failure| self.failed(failure, on.name))?)
            }
            "permit_sasl_authenticated" => Self::permit_if(self.login()?.is_some()),
            "check_client_access" => {
                let table = self.table_name(rest)?;
                let client = self.client()?;
                let who = client.name_and_address();
                self.client_access(table, &client.name, &client.address, about(&who, class::CLIENT, on.bare))
            }
            "check_reverse_client_hostname_access" => {
                let table = self.table_name(rest)?;
                let client = self.client()?;
                let about = about(&client.reverse_name, class::REVERSE_CLIENT, on.bare);
                let status = self.client_access(table, &client.reverse_name, &client.address, about)?;
                self.forbid_ok(status)
            }
            "check_sasl_access" => {
                let table = self.table_name(rest)?;
                let login = self.login()?;
                match login.filter(|login| !login.is_empty()) {
                    Some(login) if self.server.yes("smtpd_sasl_auth_enable")? => {
                        self.key_access(table, &login, about(&login, class::SASL_USER, on.bare))
                    }
                    _ => undecided,
                }
            }
            "reject_rbl_client" | "reject_rbl" => match rest.next() {
                Some(list) => self.reject_listed_address(list),
                None => undecided,
            },
            "permit_dnswl_client" => match rest.next() {
                Some(list) => self.permit_listed(list, None),
                None => undecided,
            },
            "permit_rhswl_client" => match (rest.next(), self.client()?.name) {
                (Some(list), name) if !name.eq_ignore_ascii_case(b"unknown") => self.permit_listed(list, Some(&name)),
                _ => undecided,
            },
            "reject_rhsbl_client" => match (rest.next(), self.client()?.name) {
                (Some(list), name) if !name.eq_ignore_ascii_case(b"unknown") => {
                    self.reject_listed_domain(list, &name, class::CLIENT)
                }
                _ => undecided,
            },
            "reject_rhsbl_reverse_client" => match (rest.next(), self.client()?.reverse_name) {
                (Some(list), name) if !name.eq_ignore_ascii_case(b"unknown") => {
                    self.reject_listed_domain(list, &name, class::REVERSE_CLIENT)
                }
                _ => undecided,
            },
            "reject_rhsbl_helo" => match (rest.next(), &helo) {
                (Some(list), Some(helo)) => self.reject_listed_domain(list, helo, class::HELO),
                _ => undecided,
            },
            "reject_rhsbl_sender" => match (rest.next(), named_sender) {
                (Some(list), Some(sender)) => self.reject_listed_domain(list, sender, class::SENDER),
                _ => undecided,
            },
            "reject_rhsbl_recipient" => match (rest.next(), &recipient) {
                (Some(list), Some(recipient)) => self.reject_listed_domain(list, recipient, class::RECIPIENT),
                _ => undecided,
            },

            "check_helo_access" => {
                let table = self.table_name(rest)?;
                match &helo {
                    Some(helo) => self.domain_access(table, helo, about(helo, class::HELO, on.bare)),
                    None => undecided,
                }
            }
            "reject_invalid_helo_hostname" | "reject_invalid_hostname" => {
                helo.map_or(undecided, |helo| self.reject_invalid_helo(&helo))
            }
            "reject_unknown_helo_hostname" | "reject_unknown_hostname" => {
                helo.map_or(undecided, |helo| self.reject_unknown_helo(&helo))
            }
            "reject_non_fqdn_helo_hostname" | "reject_non_fqdn_hostname" => {
                helo.map_or(undecided, |helo| self.reject_non_fqdn_helo(&helo))
            }

            "check_sender_access" => {
                let table = self.table_name(rest)?;
                match &sender {
                    None => undecided,
                    Some(sender) if sender.is_empty() => {
                        let key = self.server.text("smtpd_null_access_lookup_key")?;
                        self.key_access(table, &key, about(sender, class::SENDER, on.bare))
                    }
                    Some(sender) => self.mail_access(table, sender, about(sender, class::SENDER, on.bare)),
                }
            }
            "reject_unknown_address" | "reject_unknown_sender_domain" => {
                named_sender.map_or(undecided, |sender| self.reject_unknown_address(sender, class::SENDER))
            }
            "reject_non_fqdn_sender" => {
                named_sender.map_or(undecided, |sender| self.reject_non_fqdn_address(sender, class::SENDER))
            }
            "reject_unlisted_sender" => {
                named_sender.map_or(undecided, |sender| self.reject_unlisted(sender, class::SENDER))
            }
            "reject_authenticated_sender_login_mismatch"
            | "reject_known_sender_login_mismatch"
            | "reject_unauthenticated_sender_login_mismatch" => match named_sender {
                Some(sender) if self.server.yes("smtpd_sasl_auth_enable")? => match lower.as_str() {
                    "reject_authenticated_sender_login_mismatch" => self.reject_sender_of_others(sender, false),
                    "reject_known_sender_login_mismatch" if self.login()?.is_some() => {
                        self.reject_sender_of_others(sender, true)
                    }
                    _ => self.reject_sender_without_login(sender),
                },
                _ => undecided,
            },

            "check_recipient_access" => {
                let table = self.table_name(rest)?;
                match &recipient {
                    Some(recipient) => self.mail_access(table, recipient, about(recipient, class::RECIPIENT, on.bare)),
                    None => undecided,
                }
            }
            "permit_auth_destination" => match &recipient {
                Some(recipient) => Self::permit_if(self.is_authorized_destination(recipient)?),
                None => undecided,
            },
            "reject_unauth_destination" => self.reject_unauthorized_destination(false),
            "defer_unauth_destination" => self.reject_unauthorized_destination(true),
            "reject_unknown_recipient_domain" => {
                recipient.map_or(undecided, |recipient| self.reject_unknown_address(&recipient, class::RECIPIENT))
            }
            "reject_non_fqdn_recipient" => {
                recipient.map_or(undecided, |recipient| self.reject_non_fqdn_address(&recipient, class::RECIPIENT))
            }
            "reject_unlisted_recipient" | "check_recipient_maps" => {
                recipient.map_or(undecided, |recipient| self.reject_unlisted(&recipient, class::RECIPIENT))
            }
            "reject_multi_recipient_bounce" => {
                let allowed = usize::from(self.stage != Stage::Recipient);
                let most = self.memory.recipients + self.memory.doubtful_recipients;
                if sender.is_none_or(|sender| !sender.is_empty()) || most <= allowed {
                    return undecided;
                }
                if self.memory.recipients <= allowed {
                    return Err(SmtpUnknown::Restriction { name: lower }.into());
                }
                let code = self.server.number("multi_recipient_bounce_reject_code")?;
                let text = Self::rejected(on.name, on.class, b"Multi-recipient bounce");
                self.reject(Why::Policy, code, "5.5.3", &text)
            }
            "check_etrn_access" => {
                let table = self.table_name(rest)?;
                match self.memory.etrn.clone() {
                    Some(domain) => self.domain_access(table, &domain, about(&domain, class::ETRN, on.bare)),
                    None => undecided,
                }
            }

            "check_relay_domains" | "reject_maps_rbl" | "permit_naked_ip_address" => self.old(&lower, on),
            "permit_mx_backup" => match &recipient {
                Some(recipient) => self.permit_mx_backup(recipient),
                None => undecided,
            },
            _ if SERVER_ACCESS.contains(&lower.as_str()) => {
                let table = self.table_name(rest)?;
                self.server_restriction(&lower, table, on.bare)
            }
            _ if NOT_KNOWN_HERE.contains(&lower.as_str()) => Err(SmtpUnknown::Restriction { name: lower }.into()),
            _ => match self.server.classes.get(name) {
                Some(list) => {
                    self.within.push(name.into());
                    let status = self.restrictions(list, on);
                    self.within.pop();
                    status
                }
                None => Err(self.configuration_error()),
            },
        }
    }

    fn permit_if(yes: bool) -> Checked {
        Ok(if yes { Status::Permit } else { Status::Undecided })
    }

    fn reject_unknown_client(&mut self) -> Checked {
        use super::checks::NameStatus;
        let client = self.client()?;
        let code = match client.name_status {
            NameStatus::Known => return Ok(Status::Undecided),
            NameStatus::Unknown => self.server.number("unknown_client_reject_code")?,
            NameStatus::NotNow => 450,
        };
        let text = [b"Client host rejected: cannot find your hostname, [", client.address.as_slice(), b"]"].concat();
        self.reject(Why::Policy, code, "4.7.25", &text)
    }

    fn reject_unknown_reverse_client(&mut self) -> Checked {
        use super::checks::NameStatus;
        let client = self.client()?;
        let code = match client.reverse_status {
            NameStatus::Known => return Ok(Status::Undecided),
            NameStatus::Unknown => self.server.number("unknown_client_reject_code")?,
            NameStatus::NotNow => 450,
        };
        let text =
            [b"Client host rejected: cannot find your reverse hostname, [", client.address.as_slice(), b"]"].concat();
        self.reject(Why::Policy, code, "4.7.1", &text)
    }

    /// What a policy server says counts as a table's result does.
    fn policy(&mut self, server: &[u8], on: About<'_>) -> Checked {
        let name = String::from_utf8_lossy(server).into_owned();
        let Some(action) = self.world.policy(server).map(<[u8]>::to_vec) else {
            self.note_asked(name.clone(), "?".to_owned());
            return Err(SmtpUnknown::NeedsPolicy { server: name }.into());
        };
        self.note_asked(name.clone(), String::from_utf8_lossy(&action).into_owned());
        self.result(&name, &action, on)
    }

    /// Restrictions of the past, which newer releases take for an error.
    fn old(&mut self, name: &str, on: About<'_>) -> Checked {
        if self.server.main_cf.version() >= WITHOUT_OLD_NAMES {
            return Err(self.configuration_error());
        }
        match name {
            "check_relay_domains" => {
                let Some(recipient) = self.memory.recipient.clone() else { return Ok(Status::Undecided) };
                let client = self.client()?;
                let known = self.server.domains.relay.holds_domain(&client.name);
                if known.map_err(|failure: Failure| self.failed(failure, on.name))?
                    || self.is_authorized_destination(&recipient)?
                {
                    return Ok(Status::Permit);
                }
                let code = self.server.number("relay_domains_reject_code")?;
                let text = Self::rejected(&recipient, class::RECIPIENT, b"Relay access denied");
                self.reject(Why::Policy, code, "5.7.1", &text)
            }
            "reject_maps_rbl" => {
                let lists = super::words(&self.server.text("maps_rbl_domains")?);
                for list in lists {
                    let status = self.reject_listed_address(&list)?;
                    if status != Status::Undecided {
                        return Ok(status);
                    }
                }
                Ok(Status::Undecided)
            }
            _ => match self.memory.helo.clone() {
                Some(helo) if helo.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':')) => {
                    if mailhost_address(&helo).is_some() {
                        return Ok(Status::Permit);
                    }
                    let code = self.server.number("invalid_hostname_reject_code")?;
                    let text = Self::rejected(&helo, class::HELO, b"invalid ip address");
                    self.reject(Why::Policy, code, "5.5.2", &text)
                }
                _ => Ok(Status::Undecided),
            },
        }
    }
}
