//! Conditionals: `(?(1)yes|no)`.
//!
//! pcre2pattern(3), "CONDITIONAL GROUPS".

use postproof_model::PcreErrorKind;

use super::super::ast::Test;
use super::Fail;
use super::group::Shape;
use super::name::{MAX_GROUP, Sign};
use super::reader::Reader;

/// The version whose patterns these are, for `(?(VERSION>=10.4)…)`.
const VERSION: (u32, u32) = (10, 42);

impl Reader<'_> {
    /// Between `(?(` and the look-around that must follow, nothing else can stand.
    pub(super) fn check_assertion_follows(&self, value: u32) -> Result<(), Fail> {
        let follows = value == u32::from(b'(')
            && match self.rest() {
                [b'*', letter, _, ..] => letter.is_ascii_lowercase(),
                [b'?', b'C', _, ..] => self.assertion_expected == 2,
                [b'?', b'=' | b'!', _, ..] => true,
                [b'?', b'<', sign, ..] => matches!(sign, b'=' | b'!'),
                _ => false,
            };
        if follows { Ok(()) } else { Err(Fail::new(PcreErrorKind::ConditionNoAssertion, self.at - 1)) }
    }

    /// A conditional, whose second parenthesis comes next.
    pub(super) fn condition(&mut self, start: usize) -> Result<(), Fail> {
        self.at += 1;
        let Some(first) = self.byte_at(self.at) else { return Err(self.unclosed(start)) };
        if matches!(first, b'?' | b'*') {
            self.at -= 1;
            self.assertion_expected = 2;
            self.enter(start, Shape::Conditional { test: None, define: false, offset: 0 });
            return Ok(());
        }
        let (test, define, offset) = self.test(start)?;
        if self.byte_at(self.at) != Some(b')') {
            return Err(self.fail(PcreErrorKind::UnclosedCondition));
        }
        self.at += 1;
        self.enter(start, Shape::Conditional { test: Some(test), define, offset });
        Ok(())
    }

    /// The test, whether it is DEFINE, and the offset at which too many branches are reported.
    fn test(&mut self, start: usize) -> Result<(Test, bool, usize), Fail> {
        if let Some(number) = self.number(Sign::Relative, MAX_GROUP, PcreErrorKind::GroupNumberTooBig)? {
            if number == 0 {
                return Err(self.fail(PcreErrorKind::UnknownGroup));
            }
            let offset = self.at.saturating_sub(2);
            if self.known.is_some_and(|known| number > known.groups) {
                self.references.push(Fail::new(PcreErrorKind::UnknownGroup, offset).blaming(start, self.at));
            }
            return Ok((Test::Group(number), false, offset.saturating_sub(2)));
        }
        let rest = self.rest();
        if rest.len() >= 10 && rest.starts_with(b"VERSION") && rest.get(7) != Some(&b')') {
            self.at += 7;
            return Ok((Test::Always(self.version()?), false, 0));
        }
        let recursion = rest.starts_with(b"R&");
        let terminator = match rest.first() {
            _ if recursion => b')',
            Some(b'<') => b'>',
            Some(b'\'') => b'\'',
            _ => b')',
        };
        if recursion {
            self.at += 1;
        } else if terminator == b')' {
            self.at -= 1;
        }
        let (offset, name) = self.group_name(terminator)?;
        if terminator == b')' {
            self.at -= 1;
        }
        if recursion {
            let groups = self.named_groups(start, &name, offset);
            return Ok((any(groups.into_iter().map(|group| Test::Recursing(Some(group)))), false, offset));
        }
        if terminator == b')' && name == b"DEFINE" {
            return Ok((Test::Always(false), true, offset));
        }
        let digits = name.strip_prefix(b"R").filter(|digits| digits.iter().all(u8::is_ascii_digit));
        let known = self.known.map(|known| known.numbers(&name)).unwrap_or_default();
        if let (Some(digits), b')', true) = (digits, terminator, known.is_empty()) {
            return Ok((self.recursing(start, digits, offset), false, offset));
        }
        let groups = self.named_groups(start, &name, offset);
        Ok((any(groups.into_iter().map(Test::Group)), false, offset))
    }

    /// `R` with digits or none, which is no group's name.
    fn recursing(&mut self, start: usize, digits: &[u8], offset: usize) -> Test {
        let Some(known) = self.known else { return Test::Recursing(None) };
        let mut number: u32 = 0;
        for (index, digit) in digits.iter().enumerate() {
            number = number * 10 + u32::from(digit - b'0');
            if number > MAX_GROUP {
                let fail = Fail::new(PcreErrorKind::GroupNumberTooBig, offset + index + 1);
                self.references.push(fail.blaming(start, self.at));
                return Test::Recursing(None);
            }
        }
        if number > known.groups {
            self.references.push(Fail::new(PcreErrorKind::UnknownGroup, offset).blaming(start, self.at));
        }
        Test::Recursing(Some(number).filter(|number| *number > 0))
    }

    /// What follows `VERSION`: whether it holds.
    fn version(&mut self) -> Result<bool, Fail> {
        let bad = |reader: &Self| reader.fail(PcreErrorKind::BadVersion);
        let at_least = self.byte_at(self.at) == Some(b'>');
        if at_least {
            self.at += 1;
        }
        if self.byte_at(self.at) != Some(b'=') {
            return Err(bad(self));
        }
        self.at += 1;
        let Some(major) = self.number(Sign::None, 1000, PcreErrorKind::BadVersion)? else { return Err(bad(self)) };
        let mut minor = 0;
        match self.byte_at(self.at) {
            None => return Err(bad(self)),
            Some(b'.') => {
                self.at += 1;
                let digit = |reader: &Self| reader.byte_at(reader.at).filter(u8::is_ascii_digit);
                let Some(tens) = digit(self) else { return Err(bad(self)) };
                minor = u32::from(tens - b'0') * 10;
                self.at += 1;
                if self.at >= self.source.len() {
                    return Err(bad(self));
                }
                if let Some(ones) = digit(self) {
                    minor += u32::from(ones - b'0');
                    self.at += 1;
                }
                if self.byte_at(self.at) != Some(b')') {
                    return Err(bad(self));
                }
            }
            Some(_) => {}
        }
        Ok(if at_least { VERSION >= (major, minor) } else { VERSION == (major, minor) })
    }
}

/// Whether one of some tests holds.
fn any(tests: impl Iterator<Item = Test>) -> Test {
    let mut tests: Vec<Test> = tests.collect();
    if tests.len() == 1 { tests.remove(0) } else { Test::Any(tests) }
}
