//! What an access table of fixed keys is asked for: a name or an address, and what contains it.
//!
//! access(5), "HOST NAME/ADDRESS PATTERNS". (Postfix: `check_domain_access`, `check_addr_access`.)

use crate::names::valid_hostaddr;

/// A name, and the domains above it: with the dot before them, or without where a domain stands for those below it.
pub(crate) fn domain_keys(name: &[u8], parents: bool) -> Vec<&[u8]> {
    let mut keys = vec![name];
    // No numbers of an address are domains.
    if valid_hostaddr(name) {
        return keys;
    }
    let mut rest = name;
    while let Some(dot) = rest.get(1..).and_then(|rest| memchr::memchr(b'.', rest)) {
        rest = rest.get(dot + 1 + usize::from(parents)..).unwrap_or_default();
        if rest.is_empty() {
            break;
        }
        keys.push(rest);
    }
    keys
}

/// An address, and the networks around it.
pub(crate) fn address_keys(address: &[u8]) -> Vec<&[u8]> {
    let separator = if address.contains(&b':') { b':' } else { b'.' };
    let mut keys = vec![address];
    let mut rest = address;
    while let Some(at) = memchr::memrchr(separator, rest) {
        rest = rest.get(..at).unwrap_or_default();
        keys.push(rest);
    }
    keys
}
