//! What is a host name, and what is an address. (Postfix: `valid_hostname`, `valid_hostaddr`, `valid_mailhost_addr`.)

use std::net::Ipv6Addr;

/// Whether this is a host name: labels of letters, digits, `_` and inner hyphens, not digits alone.
pub(crate) fn valid_hostname(name: &[u8]) -> bool {
    if name.is_empty() || name.len() > 255 {
        return false;
    }
    let label_holds = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-')
    };
    let numeric = name.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    !numeric && name.split(|&byte| byte == b'.').all(label_holds)
}

/// Whether this is an IPv4 or IPv6 address.
pub(crate) fn valid_hostaddr(text: &[u8]) -> bool {
    if text.contains(&b':') { valid_ipv6(text) } else { valid_ipv4(text) }
}

/// Four numbers to 255, the first of them not 0 unless all are.
fn valid_ipv4(text: &[u8]) -> bool {
    let mut numbers = Vec::new();
    for part in text.split(|&byte| byte == b'.') {
        if part.is_empty() || part.len() > 10 || !part.iter().all(u8::is_ascii_digit) {
            return false;
        }
        let number = part.iter().fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
        if number > 255 {
            return false;
        }
        numbers.push(number);
    }
    numbers.len() == 4 && (numbers.first() != Some(&0) || numbers.iter().all(|&number| number == 0))
}

pub(crate) fn valid_ipv6(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok())
}

/// The address in a literal, without its brackets: `192.0.2.1`, `IPv6:2001:db8::1`; none where there is none.
pub(crate) fn mailhost_address(text: &[u8]) -> Option<&[u8]> {
    if let Some(start) = text.get(..5).filter(|start| start.eq_ignore_ascii_case(b"ipv6:")) {
        let address = text.get(start.len()..)?;
        return valid_ipv6(address).then_some(address);
    }
    valid_ipv4(text).then_some(text)
}

/// A name without the dot at its end, if there is just one.
pub(crate) fn without_final_dot(name: &[u8]) -> &[u8] {
    match name {
        [rest @ .., b'.'] if rest.last().is_some_and(|&byte| byte != b'.') => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names() {
        for name in ["a", "a.b", "a_b.c-d.9", "1a.2", "xn--a.b"] {
            assert!(valid_hostname(name.as_bytes()), "{name}");
        }
        for name in
            ["", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "1.2.3.4", "12", "a b", "a:b", "\u{e9}.b", "[1.2.3.4]"]
        {
            assert!(!valid_hostname(name.as_bytes()), "{name}");
        }
    }
}
