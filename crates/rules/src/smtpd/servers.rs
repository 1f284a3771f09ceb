//! The hosts behind a name: its mail exchangers, its name servers, its addresses.
//!
//! check_sender_mx_access and its kin, permit_mx_backup. (Postfix: `check_server_access`, `permit_mx_backup`.)

use postproof_model::SmtpUnknown;

use super::access::About;
use super::checks::{Checked, Checks, Status, Stop};
use super::resolve::{AddressClass, split};
use super::status::class;
use super::unknown_names::Dns;
use crate::names::{mailhost_address, valid_hostaddr};

/// Which hosts are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Servers {
    /// Mail exchangers.
    Mx,
    /// Name servers.
    Ns,
    /// The name itself.
    Address,
}

/// The host names in MX and NS records, in the order of the answer.
fn hosts(records: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let host = |record: &Vec<u8>| {
        let host = record.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        host.strip_suffix(b".").unwrap_or(host).to_vec()
    };
    records.iter().map(host).collect()
}

impl Checks<'_> {
    /// Tries an access table with the names of hosts and their addresses. OK is not allowed: whoever is looked up has a say
    /// in the answer.
    pub(super) fn server_access(&mut self, table: &[u8], name: &[u8], which: Servers, about: About<'_>) -> Checked {
        let status = self.server_access_itself(table, name, which, about)?;
        self.forbid_ok(status)
    }

    fn server_access_itself(&mut self, table: &[u8], name: &[u8], which: Servers, about: About<'_>) -> Checked {
        let (local, domain) = split(name);
        let domain = domain.unwrap_or(local).to_vec();
        if domain.starts_with(b"[") {
            let literal = domain.get(1..).and_then(|text| text.strip_suffix(b"]")).and_then(mailhost_address);
            return match literal {
                Some(address) if which != Servers::Ns => {
                    Ok(self.address_access(table, address, about)?.unwrap_or(Status::Undecided))
                }
                _ => Ok(Status::Undecided),
            };
        }
        let servers = match which {
            Servers::Address => vec![domain],
            Servers::Mx => match self.dns(&domain, "MX")? {
                Dns::Records(records) => hosts(&records),
                Dns::NotFound => vec![domain],
                Dns::Failed | Dns::NullMx => return Ok(Status::Undecided),
            },
            Servers::Ns => {
                let mut part = domain.as_slice();
                loop {
                    match self.dns(part, "NS")? {
                        Dns::Records(records) => break hosts(&records),
                        Dns::Failed | Dns::NullMx => return Ok(Status::Undecided),
                        Dns::NotFound => {}
                    }
                    let dot = memchr::memchr(b'.', part).filter(|dot| dot + 1 < part.len());
                    let Some(dot) = dot else { return Ok(Status::Undecided) };
                    part = part.get(dot + 1..).unwrap_or_default();
                }
            }
        };
        for server in servers {
            if valid_hostaddr(&server) {
                if let Some(status) = self.address_access(table, &server, about)? {
                    return Ok(status);
                }
                continue;
            }
            if which != Servers::Address
                && let Some(status) = self.name_access(table, &server, about)?
            {
                return Ok(status);
            }
            let addresses = self.addresses(&server)?;
            // The order of several depends on the machine's routes.
            let mut found = Vec::new();
            for address in &addresses {
                found.push(self.address_answer(table, address)?);
            }
            if found.iter().any(|answer| Some(answer) != found.first()) {
                return Err(SmtpUnknown::Restriction { name: String::from_utf8_lossy(&server).into_owned() }.into());
            }
            if let Some(address) = addresses.first()
                && let Some(status) = self.address_access(table, address, about)?
            {
                return Ok(status);
            }
        }
        Ok(Status::Undecided)
    }

    /// A host's addresses, as getaddrinfo(3) gives them without the machine's own file of hosts.
    fn addresses(&mut self, host: &[u8]) -> Result<Vec<Vec<u8>>, Stop> {
        let last = host.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
        if last.eq_ignore_ascii_case(b"localhost") {
            // Not for DNS to say.
            let name = String::from_utf8_lossy(host).into_owned();
            return Err(SmtpUnknown::NeedsDns { record: "A".to_owned(), name }.into());
        }
        // getaddrinfo(3) takes fewer than four numbers for an address, and hexadecimal ones.
        if last.first().is_some_and(u8::is_ascii_digit) && last.iter().all(u8::is_ascii_alphanumeric) {
            return Err(SmtpUnknown::Address { address: host.into() }.into());
        }
        let protocols = self.server.text("inet_protocols")?.to_ascii_lowercase();
        let has = |name: &[u8]| protocols.windows(name.len()).any(|part| part == name);
        let mut addresses = Vec::new();
        for (kind, wanted) in [("A", has(b"ipv4")), ("AAAA", has(b"ipv6"))] {
            if (wanted || has(b"all"))
                && let Dns::Records(records) = self.dns(host, kind)?
            {
                addresses.extend(records);
            }
        }
        Ok(addresses)
    }

    /// permit_mx_backup. Of mail for others, which mail exchangers and addresses are this machine's own is not known here.
    pub(super) fn permit_mx_backup(&mut self, recipient: &[u8]) -> Checked {
        let resolved = self.server.resolve(recipient).map_err(|failure| self.failed(failure, recipient))?;
        if matches!(resolved.class, AddressClass::Local | AddressClass::VirtualAlias | AddressClass::VirtualMailbox) {
            return Ok(Status::Permit);
        }
        Err(SmtpUnknown::Restriction { name: "permit_mx_backup".to_owned() }.into())
    }

    /// The restriction check_WHAT_mx_access and its kin: what is looked up, and what the reply says of it.
    pub(super) fn server_restriction(&mut self, name: &str, table: &[u8], bare: Option<&'static str>) -> Checked {
        let Some(rest) = name.strip_prefix("check_").and_then(|rest| rest.strip_suffix("_access")) else {
            return Err(self.configuration_error());
        };
        let Some((what, which)) = rest.rsplit_once('_') else { return Err(self.configuration_error()) };
        let which = match which {
            "mx" => Servers::Mx,
            "ns" => Servers::Ns,
            _ => Servers::Address,
        };
        let (looked_up, shown, class) = match what {
            "client" => {
                let client = self.client()?;
                (Some(client.name.clone()), client.name_and_address(), class::CLIENT)
            }
            "reverse_client_hostname" => {
                let name = self.client()?.reverse_name;
                (Some(name.clone()), name, class::REVERSE_CLIENT)
            }
            "helo" => (self.memory.helo.clone(), self.memory.helo.clone().unwrap_or_default(), class::HELO),
            "sender" => (self.memory.sender.clone(), self.memory.sender.clone().unwrap_or_default(), class::SENDER),
            _ => {
                let recipient = self.memory.recipient.clone();
                (recipient.clone(), recipient.unwrap_or_default(), class::RECIPIENT)
            }
        };
        let Some(looked_up) = looked_up.filter(|name| !name.is_empty()) else { return Ok(Status::Undecided) };
        if matches!(class, class::CLIENT | class::REVERSE_CLIENT) && looked_up.eq_ignore_ascii_case(b"unknown") {
            return Ok(Status::Undecided);
        }
        self.server_access(table, &looked_up, which, About { name: &shown, class, bare })
    }
}
