//! Addresses and networks, as cidr_table(5) writes them.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use postproof_model::{NetworkProblem, Span};

use super::number::atoi;

/// An address, as inet_pton(3) reads it: four decimal numbers without leading zeros, or an IPv6 address without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// Its bits; those of an IPv4 address are the lowest 32.
    bits: u128,
    /// Whether it is an IPv6 address.
    six: bool,
}

impl Address {
    /// Reads an address; none for anything else. A text with a colon is an IPv6 address or nothing.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        Some(if text.contains(':') {
            Self { bits: text.parse::<Ipv6Addr>().ok()?.to_bits(), six: true }
        } else {
            Self { bits: text.parse::<Ipv4Addr>().ok()?.to_bits().into(), six: false }
        })
    }

    /// Whether it is an IPv6 address.
    pub(super) const fn is_six(self) -> bool {
        self.six
    }

    /// How many bits it has: 32 or 128.
    const fn width(self) -> u8 {
        if self.six { 128 } else { 32 }
    }

    /// The address with all bits zero but the first `length`.
    const fn masked(self, length: u8) -> Self {
        let host = self.width().saturating_sub(length);
        let mask = if host >= 128 { 0 } else { u128::MAX << host };
        Self { bits: self.bits & mask, six: self.six }
    }
}

impl fmt::Display for Address {
    /// As inet_ntop(3) writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.six {
            return Ipv6Addr::from_bits(self.bits).fmt(f);
        }
        Ipv4Addr::from_bits(u32::try_from(self.bits).unwrap_or_default()).fmt(f)
    }
}

/// A network as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The network.
    pub network: Network,
    /// A length that is too long, but which Postfix takes without a word for a shorter one: 256 too many, or a multiple.
    /// What is wrong, and where.
    pub wrapped: Option<(NetworkProblem, Span)>,
}

/// A network: an address, and how many of its leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    address: Address,
    length: u8,
}

impl Network {
    /// Reads `address`, `address/length`, `[address]`, `[address/length]` or `[address]/length`.
    ///
    /// (Postfix: `cidr_match_parse`.)
    ///
    /// # Errors
    ///
    /// What is wrong, and the bytes of `text` to blame.
    pub fn parse(text: &[u8]) -> Result<Read, (NetworkProblem, Span)> {
        let (inner, slash) = match text.strip_prefix(b"[") {
            None => (Span::new(0, text.len()), memchr::memchr(b'/', text)),
            Some(rest) => {
                let close = memchr::memchr(b']', rest).map(|at| at + 1);
                let close = close.ok_or((NetworkProblem::UnclosedBracket, Span::new(0, 1)))?;
                match text.get(close + 1) {
                    None => (Span::new(1, close), memchr::memchr(b'/', text)),
                    Some(b'/') => (Span::new(1, close), Some(close + 1)),
                    Some(_) => return Err((NetworkProblem::TextAfterBracket, Span::new(close + 1, text.len()))),
                }
            }
        };
        // In `[address/length]` the address ends at the slash, in `[address]/length` at the bracket.
        let address_span = Span::new(inner.start, slash.map_or(inner.end, |slash| slash.min(inner.end)));
        let length_span =
            slash.map(|slash| Span::new(slash + 1, if slash < inner.end { inner.end } else { text.len() }));
        let slice = |span: Span| text.get(span.start..span.end).unwrap_or_default();
        let written = |span: Span| String::from_utf8_lossy(slice(span)).into_owned();
        let bad_address = || (NetworkProblem::BadAddress { address: written(address_span) }, address_span);
        let address = Address::parse(slice(address_span));
        let Some(length_span) = length_span else {
            let address = address.ok_or_else(bad_address)?;
            return Ok(Read { network: Self { address, length: address.width() }, wrapped: None });
        };
        let digits = slice(length_span);
        let address = address.ok_or_else(bad_address)?;
        let most = address.width();
        let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        // Postfix keeps the length in one byte.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the wrap is what happens")]
        let length = atoi(digits) as u8;
        let bad_length = || (NetworkProblem::BadLength { length: written(length_span), most }, length_span);
        if !all_digits || length > most {
            return Err(bad_length());
        }
        if address.masked(length) != address {
            let network = Self { address: address.masked(length), length };
            return Err((NetworkProblem::HostBits { network: network.to_string() }, Span::new(0, text.len())));
        }
        let network = Self { address, length };
        let significant = digits.iter().position(|&digit| digit != b'0').unwrap_or(digits.len());
        let too_many = digits.len() - significant > 3;
        let wrapped = too_many || atoi(digits) != i32::from(length);
        Ok(Read { network, wrapped: wrapped.then(bad_length) })
    }

    /// Whether an address is of the same family; if not, neither the network nor its complement holds it.
    #[must_use]
    pub const fn same_family(&self, address: Address) -> bool {
        self.address.six == address.six
    }

    /// Whether an address is in the network.
    #[must_use]
    pub fn contains(&self, address: Address) -> bool {
        self.same_family(address) && address.masked(self.length) == self.address
    }

    /// The network of this length that holds an address.
    pub(super) const fn around(address: Address, length: u8) -> Self {
        Self { address: address.masked(length), length }
    }

    /// Whether it is a network of IPv6 addresses.
    pub(super) const fn is_six(&self) -> bool {
        self.address.six
    }

    /// How many leading bits count.
    #[must_use]
    pub const fn length(&self) -> u8 {
        self.length
    }
}

impl fmt::Display for Network {
    /// `address/length`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (NetworkProblem, &str) {
        let (problem, span) = Network::parse(text.as_bytes()).unwrap_err();
        (problem, &text[span.start..span.end])
    }

    /// Each as Postfix 3.7.11's `postmap -q` took or refused it in a cidr: table.
    #[test]
    fn networks_are_read_as_postfix_reads_them() {
        for (text, network) in [
            ("1.2.3.4", "1.2.3.4/32"),
            ("1.2.3.0/24", "1.2.3.0/24"),
            ("[1.2.3.4]", "1.2.3.4/32"),
            ("[1.2.4.0/24]", "1.2.4.0/24"),
            ("[1.2.5.0]/24", "1.2.5.0/24"),
            ("1.2.16.0/024", "1.2.16.0/24"),
            ("1.2.15.0/4294967320", "1.2.15.0/24"),
            ("2001:db8::/332", "2001:db8::/76"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"),
            ("[2001:DB8::]/32", "2001:db8::/32"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4/128"),
        ] {
            assert_eq!(Network::parse(text.as_bytes()).unwrap().network.to_string(), network, "{text}");
        }
    }

    #[test]
    fn a_length_that_wraps_is_told_of() {
        let wrapped = |text: &str| Network::parse(text.as_bytes()).unwrap().wrapped.map(|(_, span)| span);
        assert_eq!(wrapped("1.2.3.0/280"), Some(Span::new(8, 11)));
        assert_eq!(wrapped("1.2.15.0/4294967320"), Some(Span::new(9, 19)));
        assert_eq!(wrapped("1.2.16.0/024"), None);
        assert_eq!(wrapped("1.2.16.0/0000024"), None);
    }

    #[test]
    fn what_is_no_network_is_said_with_its_place_and_how_to_mend_it() {
        use NetworkProblem as P;
        let bad_length = |length: &str, most| P::BadLength { length: length.to_owned(), most };
        let bad_address = |address: &str| P::BadAddress { address: address.to_owned() };
        assert_eq!(problem("1.2.3.5/24"), (P::HostBits { network: "1.2.3.0/24".to_owned() }, "1.2.3.5/24"));
        assert_eq!(problem("2001:db8::1/32"), (P::HostBits { network: "2001:db8::/32".to_owned() }, "2001:db8::1/32"));
        assert_eq!(problem("1.2.3.4/33"), (bad_length("33", 32), "33"));
        assert_eq!(problem("::/129"), (bad_length("129", 128), "129"));
        assert_eq!(problem("0.0.0.0/99999999999999999999").0, bad_length("99999999999999999999", 32));
        assert_eq!(problem("1.2.17.0/"), (bad_length("", 32), ""));
        assert_eq!(problem("[1.2.18.0/2x]"), (bad_length("2x", 32), "2x"));
        assert_eq!(problem("[1.2.7.0"), (P::UnclosedBracket, "["));
        assert_eq!(problem("[1.2.6.0]x"), (P::TextAfterBracket, "x"));
        for text in ["1.2.8", "01.2.3.4", "1.2.3.256", "fe80::1%eth0", "/24", "host.example", "1:2:3:4:5:6:7:8::"] {
            let address = text.split('/').next().unwrap();
            assert_eq!(problem(text), (bad_address(address), address), "{text}");
        }
    }

    #[test]
    fn networks_hold_addresses_of_their_family() {
        let network = Network::parse(b"0.0.0.0/0").unwrap().network;
        assert!(network.contains(Address::parse(b"192.0.2.1").unwrap()));
        assert!(!network.contains(Address::parse(b"::1").unwrap()));
        assert!(!Network::parse(b"::/0").unwrap().network.contains(Address::parse(b"192.0.2.1").unwrap()));
        assert!(
            Network::parse(b"2001:db8::/33").unwrap().network.contains(Address::parse(b"2001:db8:7fff::").unwrap())
        );
        assert!(
            !Network::parse(b"2001:db8::/33").unwrap().network.contains(Address::parse(b"2001:db8:8000::").unwrap())
        );
    }
}
