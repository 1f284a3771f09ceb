//! Where an address belongs: to this machine, to a domain it knows, or elsewhere.
//!
//! ADDRESS_CLASS_README. (Postfix: `resolve_addr` of trivial-rewrite(8), `smtpd_resolve_addr`, `resolve_local`,
//! `split_addr`, `mail_addr_find`.)

use postproof_model::SmtpUnknown;

use super::Server;
use super::match_list::Failure;
use crate::names::valid_hostname;

/// What a domain is to this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressClass {
    /// mydestination.
    Local,
    /// virtual_alias_domains.
    VirtualAlias,
    /// virtual_mailbox_domains.
    VirtualMailbox,
    /// relay_domains.
    Relay,
    /// None of them.
    Default,
}

/// An address, resolved.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// `user@domain`, the domain filled in where there was none.
    pub(super) address: Vec<u8>,
    pub(super) class: AddressClass,
}

impl Resolved {
    /// The domain.
    pub(super) fn domain(&self) -> &[u8] {
        split(&self.address).1.unwrap_or_default()
    }
}

/// The local part and the domain.
pub(super) fn split(address: &[u8]) -> (&[u8], Option<&[u8]>) {
    match memchr::memrchr(b'@', address) {
        Some(at) => (address.get(..at).unwrap_or_default(), address.get(at + 1..)),
        None => (address, None),
    }
}

/// Whether an address is of the plain form whose handling is known here: `user@domain` or `user`, with nothing to quote,
/// no route and no address literal.
pub(super) fn is_plain(address: &[u8]) -> bool {
    let (local, domain) = split(address);
    let atom = |byte: &u8| byte.is_ascii_alphanumeric() || b"#$&'*+-/=?^_`{|}~".contains(byte);
    let local_holds = local.len() <= 200
        && !local.starts_with(b"-")
        && local.split(|&byte| byte == b'.').all(|part| !part.is_empty() && part.iter().all(atom));
    local_holds && domain.is_none_or(valid_hostname)
}

impl Server {
    /// Resolves an address that is not empty.
    pub(super) fn resolve(&self, address: &[u8]) -> Result<Resolved, Failure> {
        if !is_plain(address) {
            return Err(Failure::Unknown(SmtpUnknown::Address { address: address.into() }));
        }
        if split(address).1.is_none() && !self.yes("append_at_myorigin").map_err(Failure::Unknown)? {
            return Err(Failure::Unknown(SmtpUnknown::NotCovered { parameter: "append_at_myorigin".to_owned() }));
        }
        let address = match split(address).1 {
            Some(_) => address.to_vec(),
            None => [address, b"@", &self.text("myorigin").map_err(Failure::Unknown)?].concat(),
        };
        let domain = split(&address).1.unwrap_or_default();
        let lists = &self.domains;
        let class = if lists.mydestination.holds(domain)? {
            AddressClass::Local
        } else if lists.virtual_alias.holds(domain)? {
            AddressClass::VirtualAlias
        } else if lists.virtual_mailbox.holds(domain)? {
            AddressClass::VirtualMailbox
        } else if lists.relay.holds_domain(domain)? {
            AddressClass::Relay
        } else {
            AddressClass::Default
        };
        // Whatever asks tables for a resolved address asks in lower case.
        Ok(Resolved { address: address.to_ascii_lowercase(), class })
    }

    /// The local part without its extension; none where it has none. (Postfix: `split_addr`.)
    pub(super) fn without_extension<'a>(&self, local: &'a [u8]) -> Result<Option<&'a [u8]>, SmtpUnknown> {
        let delimiters = self.text("recipient_delimiter")?;
        let double_bounce = self.text("double_bounce_sender")?;
        let reserved = [b"postmaster".as_slice(), b"mailer-daemon", &double_bounce];
        if delimiters.is_empty() || reserved.iter().any(|name| local.eq_ignore_ascii_case(name)) {
            return Ok(None);
        }
        if delimiters.contains(&b'-') {
            let lower = local.to_ascii_lowercase();
            if lower.starts_with(b"owner-") || lower.ends_with(b"-request") {
                return Ok(None);
            }
        }
        // A delimiter at the very start is none.
        let at = local.iter().skip(1).position(|byte| delimiters.contains(byte)).map(|at| at + 1);
        if local.first().is_some_and(|first| delimiters.contains(first)) {
            return Ok(None);
        }
        Ok(at.and_then(|at| local.get(..at)))
    }
}

/// Which forms of an address are looked up, beside the whole and the one without its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    /// Those of access(5): the domain and those above it, `user@`.
    Access,
    /// Those of recipient maps: `user` where the domain is local, `@domain`.
    Maps,
}

impl Server {
    /// The keys for a resolved address, in order; whether each is for tables of fixed keys alone.
    pub(super) fn address_keys(&self, address: &[u8], forms: Forms) -> Result<Vec<(Vec<u8>, bool)>, Failure> {
        let (local, domain) = split(address);
        let domain = domain.unwrap_or_default();
        let bare = self.without_extension(local).map_err(Failure::Unknown)?;
        let mut keys = vec![(address.to_vec(), false)];
        let mut add = |parts: &[&[u8]]| keys.push((parts.concat(), true));
        if let Some(bare) = bare {
            add(&[bare, b"@", domain]);
        }
        match forms {
            Forms::Maps => {
                let origin = self.text("myorigin").map_err(Failure::Unknown)?;
                if domain.eq_ignore_ascii_case(&origin) || self.domains.mydestination.holds(domain)? {
                    add(&[local]);
                    if let Some(bare) = bare {
                        add(&[bare]);
                    }
                }
                add(&[b"@", domain]);
            }
            Forms::Access => {
                for name in crate::action::access_keys::domain_keys(domain, self.access_parents) {
                    add(&[name]);
                }
                add(&[local, b"@"]);
                if let Some(bare) = bare {
                    add(&[bare, b"@"]);
                }
            }
        }
        Ok(keys)
    }
}
