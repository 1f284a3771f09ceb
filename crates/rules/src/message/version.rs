//! Which Postfix is meant, where they differ.

use std::fmt;
use std::str::FromStr;

/// A release of Postfix: 3.7, 3.12.
///
/// What differs in taking messages apart and in checking them:
///
/// | since | what |
/// |---|---|
/// | 3.10 | a log line shows a byte above 127 only within valid UTF-8; before, a lead byte and any continuation bytes did |
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The number before the dot.
    pub major: u32,
    /// The number after it.
    pub minor: u32,
}

impl Version {
    /// The newest release whose ways are known here.
    pub const NEWEST: Self = Self { major: 3, minor: 12 };

    /// Whether log lines and replies show valid UTF-8 only.
    pub(crate) fn shows_valid_utf8_only(self) -> bool {
        self >= Self { major: 3, minor: 10 }
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::NEWEST
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// A text that is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoVersion;

impl FromStr for Version {
    type Err = NoVersion;

    /// Reads `3.7`, and `3.7.11`, whose last number does not count.
    fn from_str(text: &str) -> Result<Self, NoVersion> {
        let mut numbers = text.split('.').map(str::parse::<u32>);
        match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(major)), Some(Ok(minor)), None | Some(Ok(_)), None) => Ok(Self { major, minor }),
            _ => Err(NoVersion),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_ordered() {
        assert_eq!("3.7.11".parse(), Ok(Version { major: 3, minor: 7 }));
        assert!(Version { major: 3, minor: 7 } < Version::NEWEST);
        for text in ["", "3", "3.x", "3.7.1.2", "3..7", "-3.7"] {
            assert_eq!(text.parse::<Version>(), Err(NoVersion), "{text}");
        }
    }
}
