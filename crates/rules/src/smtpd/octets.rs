//! `reject_rbl_client list.example=127.0.0.[2..11]`: which answers of a list count. (Postfix: `ip_match_parse`.)

/// Which addresses count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    octets: Vec<Vec<(u8, u8)>>,
}

impl Filter {
    /// Reads four numbers, or sets of them `[2;4..7]`, with dots between them; none where smtpd(8) would stop.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let mut octets = Vec::new();
        let mut rest = text;
        loop {
            let ranges = if let Some(inside) = rest.strip_prefix(b"[") {
                let close = memchr::memchr(b']', inside)?;
                let (set, after) = inside.split_at_checked(close)?;
                rest = after.get(1..)?;
                let ranges: Option<Vec<_>> = set.split(|&byte| byte == b';').map(range).collect();
                ranges?
            } else {
                let end = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
                let (digits, after) = rest.split_at_checked(end)?;
                rest = after;
                let value = number(digits)?;
                vec![(value, value)]
            };
            octets.push(ranges);
            match rest {
                [] => break,
                [b'.', after @ ..] => rest = after,
                _ => return None,
            }
        }
        (octets.len() == 4).then_some(Self { octets })
    }

    /// Whether an address counts.
    pub(super) fn matches(&self, address: [u8; 4]) -> bool {
        self.octets
            .iter()
            .zip(address)
            .all(|(ranges, octet)| ranges.iter().any(|(first, last)| (*first..=*last).contains(&octet)))
    }
}

fn number(digits: &[u8]) -> Option<u8> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn range(text: &[u8]) -> Option<(u8, u8)> {
    let Some(dots) = text.windows(2).position(|pair| pair == b"..") else {
        return number(text).map(|value| (value, value));
    };
    let range = (number(text.get(..dots)?)?, number(text.get(dots + 2..)?)?);
    (range.0 <= range.1).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_and_ranges() {
        let filter = Filter::parse(b"127.0.[0;2].[1..3;9]").unwrap();
        assert!(filter.matches([127, 0, 2, 9]) && filter.matches([127, 0, 0, 2]));
        assert!(!filter.matches([127, 0, 1, 2]) && !filter.matches([127, 0, 0, 4]));
        for text in ["127.0.0", "127.0.0.[3..1]", "127.0.0.[2", "127.0.0.256", "", "127.0.0.2x", "1.2.3.4.5"] {
            assert_eq!(Filter::parse(text.as_bytes()), None, "{text}");
        }
    }
}
