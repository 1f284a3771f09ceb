//! Names that are no names, and names that DNS does not know.
//!
//! (Postfix: `reject_invalid_hostname`, `reject_non_fqdn_hostname`, `reject_unknown_hostname`, `reject_unknown_mailhost`,
//! `reject_non_fqdn_address`, `reject_unknown_address`, `dns_lookup_l`.)

use postproof_model::SmtpUnknown;

use super::checks::{Checked, Checks, Status, Stop, Why};
use super::resolve::{AddressClass, split};
use super::status::class;
use super::world::Answer;
use crate::names::{mailhost_address, valid_hostaddr, valid_hostname, without_final_dot};

/// What a lookup comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dns {
    Records(Vec<Vec<u8>>),
    NotFound,
    Failed,
    /// A domain that says that it takes no mail: RFC 7505.
    NullMx,
}

impl Checks<'_> {
    /// Asks DNS. (Postfix: `dns_lookup`.)
    pub(super) fn dns(&mut self, name: &[u8], kind: &str) -> Result<Dns, Stop> {
        if !valid_hostname(name) {
            return Ok(Dns::NotFound);
        }
        let text = String::from_utf8_lossy(name).into_owned();
        let question = format!("{text} {kind}");
        let Some(answer) = self.world.dns(&text, kind) else {
            self.note_asked(question, "?".to_owned());
            return Err(SmtpUnknown::NeedsDns { record: kind.to_owned(), name: text }.into());
        };
        self.note_asked(question, answer.shown());
        // The filter sees how long records live, which the world does not say.
        let filter = "smtpd_dns_reply_filter";
        if matches!(answer, Answer::Records(_)) && !self.server.text(filter)?.trim_ascii().is_empty() {
            return Err(SmtpUnknown::NotCovered { parameter: filter.to_owned() }.into());
        }
        Ok(match answer {
            Answer::Records(records)
                if kind == "MX" && matches!(records.as_slice(), [only] if only.ends_with(b" .")) =>
            {
                Dns::NullMx
            }
            Answer::Records(records) => Dns::Records(records),
            Answer::NxDomain | Answer::NoData => Dns::NotFound,
            Answer::Failed => Dns::Failed,
        })
    }

    /// Asks for several types until one is there; a failure counts where none is.
    fn any_of(&mut self, name: &[u8], kinds: &[&str], stop_at_null_mx: bool) -> Result<Dns, Stop> {
        let (mut last, mut failed) = (Dns::NotFound, false);
        for kind in kinds {
            last = self.dns(name, kind)?;
            match last {
                Dns::Records(_) => return Ok(last),
                Dns::NullMx if stop_at_null_mx => return Ok(last),
                Dns::Failed => failed = true,
                _ => {}
            }
        }
        Ok(if failed { Dns::Failed } else { last })
    }

    fn tempfail_is_final(&self, parameter: &str) -> Result<bool, Stop> {
        match self.server.text(parameter)?.as_slice() {
            b"defer" => Ok(true),
            b"defer_if_permit" => Ok(false),
            _ => Err(SmtpUnknown::Refused { parameter: parameter.to_owned() }.into()),
        }
    }

    fn later(&mut self, parameter: &str, status: &str, text: Vec<u8>) -> Checked {
        if self.tempfail_is_final(parameter)? {
            self.reject(Why::Policy, 450, status, &text)
        } else {
            self.defer_if_permit(450, status, text)
        }
    }

    /// What the client calls itself, if it is an address literal: whether there is an address in it.
    fn invalid_literal(&mut self, helo: &[u8]) -> Checked {
        let inside = helo.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]")).filter(|text| !text.is_empty());
        if mailhost_address(inside.unwrap_or(helo)).is_some() {
            return Ok(Status::Undecided);
        }
        let code = self.server.number("invalid_hostname_reject_code")?;
        self.reject(Why::Policy, code, "5.5.2", &Self::rejected(helo, class::HELO, b"invalid ip address"))
    }

    pub(super) fn reject_invalid_helo(&mut self, helo: &[u8]) -> Checked {
        if helo.starts_with(b"[") {
            return self.invalid_literal(helo);
        }
        let name = without_final_dot(helo);
        if valid_hostname(name) || valid_hostaddr(name) {
            return Ok(Status::Undecided);
        }
        let code = self.server.number("invalid_hostname_reject_code")?;
        self.reject(Why::Policy, code, "5.5.2", &Self::rejected(helo, class::HELO, b"Invalid name"))
    }

    pub(super) fn reject_non_fqdn_helo(&mut self, helo: &[u8]) -> Checked {
        if helo.starts_with(b"[") {
            return self.invalid_literal(helo);
        }
        let name = without_final_dot(helo);
        if valid_hostname(name) && name.contains(&b'.') {
            return Ok(Status::Undecided);
        }
        let code = self.server.number("non_fqdn_reject_code")?;
        let text = Self::rejected(helo, class::HELO, b"need fully-qualified hostname");
        self.reject(Why::Policy, code, "5.5.2", &text)
    }

    pub(super) fn reject_unknown_helo(&mut self, helo: &[u8]) -> Checked {
        if helo.starts_with(b"[") {
            return self.invalid_literal(helo);
        }
        let text = Self::rejected(helo, class::HELO, b"Host not found");
        match self.any_of(helo, &["A", "AAAA", "MX"], false)? {
            Dns::Records(_) | Dns::NullMx => Ok(Status::Undecided),
            Dns::Failed => self.later("unknown_helo_hostname_tempfail_action", "4.7.1", text),
            Dns::NotFound => {
                let code = self.server.number("unknown_hostname_reject_code")?;
                self.reject(Why::Policy, code, "4.7.1", &text)
            }
        }
    }

    pub(super) fn reject_non_fqdn_address(&mut self, address: &[u8], about: &'static str) -> Checked {
        let domain = split(address).1.unwrap_or_default();
        if domain.starts_with(b"[") && domain.ends_with(b"]") {
            return Ok(Status::Undecided);
        }
        let name = without_final_dot(domain);
        if valid_hostname(name) && name.contains(&b'.') {
            return Ok(Status::Undecided);
        }
        let code = self.server.number("non_fqdn_reject_code")?;
        let text = Self::rejected(address, about, b"need fully-qualified address");
        self.reject(Why::Policy, code, "4.5.2", &text)
    }

    pub(super) fn reject_unknown_address(&mut self, address: &[u8], about: &'static str) -> Checked {
        let resolved = self.server.resolve(address).map_err(|failure| self.failed(failure, address))?;
        if matches!(resolved.class, AddressClass::Local | AddressClass::VirtualAlias | AddressClass::VirtualMailbox) {
            return Ok(Status::Undecided);
        }
        let domain = resolved.domain().to_vec();
        let is_sender = about == class::SENDER;
        let status = if is_sender { "4.1.8" } else { "4.1.2" };
        let text = Self::rejected(address, about, b"Domain not found");
        match self.any_of(&domain, &["MX", "A", "AAAA"], true)? {
            Dns::Records(_) => Ok(Status::Undecided),
            Dns::NullMx => {
                let said = [b"Domain ", domain.as_slice(), b" does not accept mail (nullMX)"].concat();
                let (code, status) = if is_sender { (550, "4.7.27") } else { (556, "4.1.10") };
                self.reject(Why::Policy, code, status, &Self::rejected(address, about, &said))
            }
            Dns::Failed => self.later("unknown_address_tempfail_action", status, text),
            Dns::NotFound => {
                let code = self.server.number("unknown_address_reject_code")?;
                self.reject(Why::Policy, code, status, &text)
            }
        }
    }
}
