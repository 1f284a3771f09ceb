//! DNS lists of clients and domains: reject_rbl_client and its kin, permit_dnswl_client.
//!
//! (Postfix: `find_dnsxl_addr`, `find_dnsxl_domain`, `rbl_pagein`, `rbl_reject_reply`, `permit_dnswl_addr`.)

use std::net::{IpAddr, Ipv4Addr};

use postproof_model::SmtpUnknown;

use super::checks::{Checked, Checks, Stage, Status, Stop, Why};
use super::match_list::Failure;
use super::octets::Filter;
use super::rbl_reply::{self, Names};
use super::resolve::split;
use super::status::{self, class};
use super::unknown_names::Dns;
use crate::names::valid_hostname;

/// The most bytes of texts that a reply shows.
const MOST_TEXT: usize = 500;

/// A longer text is in several strings, of which the first counts.
const MOST_IN_ONE: usize = 255;

/// What a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Listed {
    /// It is listed, with this text.
    Yes(Vec<u8>),
    No,
    /// No answer now.
    Failed,
}

/// The list's domain, and the filter after the equals sign.
fn domain_and_filter(list: &[u8]) -> (&[u8], Option<&[u8]>) {
    match memchr::memchr(b'=', list) {
        Some(at) => (list.get(..at).unwrap_or_default(), list.get(at + 1..)),
        None => (list, None),
    }
}

/// The address backwards, as lists are asked for it.
fn reversed(address: &[u8]) -> Vec<u8> {
    let parsed = std::str::from_utf8(address).ok().and_then(|text| text.parse::<IpAddr>().ok());
    if let Some(IpAddr::V6(address)) = parsed {
        let nibbles = address.octets().into_iter().rev().map(|octet| format!("{:x}.{:x}.", octet & 15, octet >> 4));
        return nibbles.collect::<String>().into_bytes();
    }
    let mut query = Vec::new();
    for octet in address.rsplit(|&byte| byte == b'.') {
        query.extend_from_slice(octet);
        query.push(b'.');
    }
    query
}

impl Checks<'_> {
    fn listed(&mut self, query: &[u8], filter: Option<&[u8]>) -> Result<Listed, Stop> {
        let filter = match filter {
            None => None,
            Some(text) => {
                Some(Filter::parse(text).ok_or_else(|| SmtpUnknown::Refused { parameter: self.list.to_owned() })?)
            }
        };
        let addresses = match self.dns(query, "A")? {
            Dns::Records(addresses) => addresses,
            Dns::Failed => return Ok(Listed::Failed),
            Dns::NotFound | Dns::NullMx => return Ok(Listed::No),
        };
        if let Some(filter) = filter {
            let octets = |address: &Vec<u8>| {
                std::str::from_utf8(address).ok().and_then(|text| text.parse::<Ipv4Addr>().ok()).map(|it| it.octets())
            };
            if !addresses.iter().filter_map(octets).any(|address| filter.matches(address)) {
                return Ok(Listed::No);
            }
        }
        let Dns::Records(texts) = self.dns(query, "TXT")? else { return Ok(Listed::Yes(Vec::new())) };
        let mut said: Vec<u8> = Vec::new();
        let last = texts.len().saturating_sub(1);
        for (index, text) in texts.iter().enumerate() {
            let left = MOST_TEXT.saturating_sub(said.len());
            if left == 0 {
                break;
            }
            // What is not printable ASCII comes out of DNS as a blank.
            let shown =
                text.iter().take(MOST_IN_ONE).map(|&byte| if matches!(byte, b' '..=b'~') { byte } else { b' ' });
            said.extend(shown.take(left));
            if index < last && MOST_TEXT.saturating_sub(said.len()) > 3 {
                said.extend_from_slice(b" / ");
            }
        }
        Ok(Listed::Yes(said))
    }

    fn address_listed(&mut self, list: &[u8], address: &[u8]) -> Result<Listed, Stop> {
        let (domain, filter) = domain_and_filter(list);
        self.listed(&[&reversed(address), domain].concat(), filter)
    }

    fn domain_listed(&mut self, list: &[u8], what: &[u8]) -> Result<Listed, Stop> {
        let (local, domain) = split(what);
        let name = domain.unwrap_or(local);
        let last = name.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
        let numeric = !last.is_empty() && last.iter().all(u8::is_ascii_digit);
        if numeric || !valid_hostname(name) {
            return Ok(Listed::No);
        }
        let (domain, filter) = domain_and_filter(list);
        self.listed(&[name, b".", domain].concat(), filter)
    }

    /// reject_rbl_client.
    pub(super) fn reject_listed_address(&mut self, list: &[u8]) -> Checked {
        let address = self.client()?.address;
        match self.address_listed(list, &address)? {
            Listed::Yes(text) => self.reject_listed(list, &text, &address, class::CLIENT),
            Listed::No | Listed::Failed => Ok(Status::Undecided),
        }
    }

    /// reject_rhsbl_*.
    pub(super) fn reject_listed_domain(&mut self, list: &[u8], what: &[u8], about: &'static str) -> Checked {
        match self.domain_listed(list, what)? {
            Listed::Yes(text) => self.reject_listed(list, &text, what, about),
            Listed::No | Listed::Failed => Ok(Status::Undecided),
        }
    }

    /// permit_dnswl_client, and permit_rhswl_client where there is a name.
    pub(super) fn permit_listed(&mut self, list: &[u8], name: Option<&[u8]>) -> Checked {
        // Nobody may relay because of a list.
        if self.stage == Stage::Recipient
            && let Some(recipient) = self.memory.recipient.clone()
            && !self.is_authorized_destination(&recipient)?
        {
            return Ok(Status::Undecided);
        }
        let address = self.client()?.address;
        let (listed, what) = match name {
            Some(name) => (self.domain_listed(list, name)?, name),
            None => (self.address_listed(list, &address)?, address.as_slice()),
        };
        match listed {
            Listed::Yes(_) => Ok(Status::Permit),
            Listed::No => Ok(Status::Undecided),
            Listed::Failed => {
                let text = Self::rejected(what, class::CLIENT, b"Service unavailable");
                self.defer_if_reject(450, "4.7.1", text)
            }
        }
    }

    fn reject_listed(&mut self, list: &[u8], text: &[u8], what: &[u8], about: &'static str) -> Checked {
        let client = self.client()?;
        let domain = domain_and_filter(list).0;
        let maps = match self.server.maps.get("rbl_reply_maps") {
            Some(Ok(maps)) => maps.tables().to_vec(),
            Some(Err(unknown)) => return Err(unknown.clone().into()),
            None => Vec::new(),
        };
        let mut template = None;
        for key in [list, domain] {
            if template.is_none() {
                template = match self.lookup_address(&maps, &[(key.to_vec(), false)]) {
                    Ok(found) => found,
                    Err(Failure::Fails | Failure::Empty) => return Err(self.configuration_error()),
                    Err(Failure::Unknown(unknown)) => return Err(unknown.into()),
                };
            }
        }
        let template = match template {
            Some(template) => template,
            None => self.server.text("default_rbl_reply")?,
        };
        let memory = &*self.memory;
        let names = Names {
            rbl_code: self.server.number("maps_rbl_reject_code")?,
            rbl_domain: domain,
            rbl_reason: text,
            rbl_what: what,
            rbl_class: about,
            ..Names::of_session(&client, memory)
        };
        let filter = rbl_reply::unescaped(&self.server.text("smtpd_expansion_filter")?);
        let said = rbl_reply::expand(&template, &names, &filter)?;
        let code = match said.as_slice() {
            [first @ (b'4' | b'5'), second, third, b' ', ..] if second.is_ascii_digit() && third.is_ascii_digit() => {
                [first, second, third].iter().fold(0, |code, digit| code * 10 + i64::from(**digit - b'0'))
            }
            _ => return self.reject(Why::Policy, 450, "4.7.1", b"Service unavailable"),
        };
        let (status, text) = status::split(said.get(4..).unwrap_or_default(), "4.7.1")?;
        let text = if text.is_empty() { b"Service unavailable" } else { text };
        let status = status::fix(status, about);
        self.reject(Why::Policy, code, &status, text)
    }
}
