//! Names and numbers of groups.

use std::sync::OnceLock;

use postproof_model::PcreErrorKind;

use super::super::CharSet;
use super::reader::Reader;
use super::{Fail, unicode};

/// The greatest number a group can have.
pub(super) const MAX_GROUP: u32 = 65_535;
/// How many bytes a name can have.
const MAX_NAME: usize = 32;
/// How many names a pattern can have.
pub(super) const MAX_NAMES: usize = 10_000;

/// A group's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) name: Vec<u8>,
    pub(super) number: u32,
}

/// What a whole reading found: it is known to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The names in the order of their groups.
    pub(super) names: Vec<Name>,
    /// How many groups there are.
    pub(super) groups: u32,
}

impl Known {
    /// The numbers of the groups with this name.
    pub(super) fn numbers(&self, name: &[u8]) -> Vec<u32> {
        self.names.iter().filter(|known| known.name == name).map(|known| known.number).collect()
    }
}

/// What a number may begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Digits only.
    None,
    /// A sign makes it relative to the groups so far.
    Relative,
}

impl Reader<'_> {
    /// A number from here on; none, and nothing read, where there is none.
    pub(super) fn number(&mut self, sign: Sign, max: u32, too_big: PcreErrorKind) -> Result<Option<u32>, Fail> {
        let mut at = self.at;
        let mut max = max;
        let mut relative = None;
        if sign == Sign::Relative {
            match self.byte_at(at) {
                Some(b'+') => {
                    relative = Some(true);
                    max = max.saturating_sub(self.groups);
                    at += 1;
                }
                Some(b'-') => {
                    relative = Some(false);
                    at += 1;
                }
                _ => {}
            }
        }
        if !self.byte_at(at).is_some_and(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        let mut number: u32 = 0;
        while let Some(digit) = self.byte_at(at).filter(u8::is_ascii_digit) {
            number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            at += 1;
            if number > max {
                self.at = at;
                return Err(self.fail(too_big));
            }
        }
        self.at = at;
        match relative {
            None => {}
            Some(_) if number == 0 => return Err(self.fail(PcreErrorKind::RelativeZero)),
            Some(true) => number += self.groups,
            Some(false) if number > self.groups => return Err(self.fail(PcreErrorKind::UnknownGroup)),
            Some(false) => number = self.groups + 1 - number,
        }
        Ok(Some(number))
    }

    /// A group's name after the byte at hand, and the byte that must end it. Gives where the name begins and the name.
    pub(super) fn group_name(&mut self, terminator: u8) -> Result<(usize, Vec<u8>), Fail> {
        let (start, name) = self.name(true)?;
        if name.is_empty() {
            return Err(self.fail(PcreErrorKind::NameExpected));
        }
        if self.byte_at(self.at) != Some(terminator) {
            return Err(self.fail(PcreErrorKind::NameNotEnded).blaming(start, self.at));
        }
        self.at += 1;
        Ok((start, name))
    }

    /// The word after the byte at hand, which is an asterisk.
    pub(super) fn verb_name(&mut self) -> Result<Vec<u8>, Fail> {
        self.name(false).map(|(_, name)| name)
    }

    fn name(&mut self, of_group: bool) -> Result<(usize, Vec<u8>), Fail> {
        self.at += 1;
        let start = self.at;
        let Some(first) = self.char_at(start) else {
            let kind = if of_group { PcreErrorKind::NameExpected } else { PcreErrorKind::UnknownVerb };
            return Err(self.fail(kind));
        };
        let unicode = of_group && self.utf;
        let is_digit = |value: u32| {
            if unicode { is_decimal(value) } else { u8::try_from(value).is_ok_and(|byte| byte.is_ascii_digit()) }
        };
        if of_group && is_digit(first.0) {
            return Err(self.fail(PcreErrorKind::NameStartsWithDigit));
        }
        while let Some((value, len)) = self.char_at(self.at) {
            let of_word = match u8::try_from(value) {
                Ok(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || byte == b'_',
                _ => unicode && (is_letter(value) || is_digit(value)),
            };
            if !of_word {
                break;
            }
            self.at += len;
        }
        if self.at > start + MAX_NAME {
            return Err(self.fail(PcreErrorKind::NameTooLong).blaming(start, self.at));
        }
        Ok((start, self.source.get(start..self.at).unwrap_or_default().to_owned()))
    }
}

fn is_letter(value: u32) -> bool {
    static LETTERS: OnceLock<CharSet> = OnceLock::new();
    LETTERS.get_or_init(|| unicode::property(b"l").unwrap_or_default()).contains(value)
}

fn is_decimal(value: u32) -> bool {
    static DECIMALS: OnceLock<CharSet> = OnceLock::new();
    DECIMALS.get_or_init(|| unicode::property(b"nd").unwrap_or_default()).contains(value)
}
