//! `$1` in a result: what part of the key goes where.
//!
//! regexp_table(5), "TEXT SUBSTITUTION"; the grammar of `$name`, `${name}` and `$(name)` is that of main.cf.
//! (Postfix: `mac_parse`, `dict_regexp_expand`.)

use postproof_model::{Problem, Span};

use super::number::atoi;

/// A result with its places for groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(Vec<u8>),
    Group(u32),
}

/// How long a result may grow. Postfix has no limit; a result of this size is an attack or a slip.
pub const RESULT_LIMIT: usize = 1 << 20;

/// Why a template could not be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFilled {
    /// This group's bounds are unknown.
    UnknownGroup(u32),
    /// The result would be longer than [`RESULT_LIMIT`].
    TooLong,
}

impl Template {
    /// Parses a result.
    ///
    /// # Errors
    ///
    /// What is wrong, and the bytes of `text` to blame.
    pub fn parse(text: &[u8]) -> Result<Self, (Problem, Span)> {
        let mut parts = Vec::new();
        let mut literal = Vec::new();
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if byte != b'$' {
                literal.push(byte);
                at += 1;
                continue;
            }
            let dollar = at;
            at += 1;
            let name = match text.get(at) {
                Some(b'$') => {
                    literal.push(b'$');
                    at += 1;
                    continue;
                }
                Some(&open @ (b'{' | b'(')) => {
                    let rest = text.get(at..).unwrap_or_default();
                    let Some(len) = balanced(rest, open) else {
                        return Err((Problem::UnclosedSubstitution, Span::new(dollar, text.len())));
                    };
                    at += len;
                    rest.get(1..len - 1).unwrap_or_default()
                }
                _ => {
                    let rest = text.get(at..).unwrap_or_default();
                    let len = rest.iter().take_while(|&&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
                    at += len;
                    rest.get(..len).unwrap_or_default()
                }
            };
            match group_number(name) {
                Some(group) => {
                    if !literal.is_empty() {
                        parts.push(Part::Literal(std::mem::take(&mut literal)));
                    }
                    parts.push(Part::Group(group));
                }
                None => {
                    let name = String::from_utf8_lossy(text.get(dollar + 1..at).unwrap_or_default()).into_owned();
                    return Err((Problem::BadSubstitution { name }, Span::new(dollar, at)));
                }
            }
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        Ok(Self { parts })
    }

    /// A result that is taken as it is, dollar signs included.
    #[must_use]
    pub fn literal(text: &[u8]) -> Self {
        Self { parts: vec![Part::Literal(text.to_vec())] }
    }

    /// The result, where it is the same for every key.
    #[must_use]
    pub fn text(&self) -> Option<&[u8]> {
        match self.parts.as_slice() {
            [] => Some(b""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The highest group it asks for; 0 when it asks for none.
    #[must_use]
    pub fn highest_group(&self) -> u32 {
        let groups = self.parts.iter().map(|part| match part {
            Part::Literal(_) => 0,
            Part::Group(group) => *group,
        });
        groups.max().unwrap_or_default()
    }

    /// The result for a key: `group` gives a group's part of it, none for a group that took no part.
    ///
    /// # Errors
    ///
    /// When a group's bounds are unknown, or the result would be too long.
    pub fn fill<'k>(&self, group: impl Fn(u32) -> Result<Option<&'k [u8]>, NotFilled>) -> Result<Vec<u8>, NotFilled> {
        let mut filled = Vec::new();
        for part in &self.parts {
            let bytes = match part {
                Part::Literal(literal) => literal.as_slice(),
                Part::Group(number) => group(*number)?.unwrap_or_default(),
            };
            if filled.len() + bytes.len() > RESULT_LIMIT {
                return Err(NotFilled::TooLong);
            }
            filled.extend_from_slice(bytes);
        }
        Ok(filled)
    }
}

/// How long the stretch is that `text` opens with `open`, up to and with the byte that closes it.
fn balanced(text: &[u8], open: u8) -> Option<usize> {
    let close = if open == b'{' { b'}' } else { b')' };
    let mut depth = 0usize;
    for (at, &byte) in text.iter().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

/// The group that a name of digits stands for. Postfix reads it with atoi(3), so a number past 2³¹ wraps round.
fn group_number(name: &[u8]) -> Option<u32> {
    if name.is_empty() || !name.iter().all(u8::is_ascii_digit) {
        return None;
    }
    u32::try_from(atoi(name)).ok().filter(|&group| group > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, (Problem, Span)> {
        let template = Template::parse(text.as_bytes())?;
        let filled = template.fill(|group| Ok([None, Some(&b"one"[..]), None][group as usize])).unwrap();
        Ok(String::from_utf8(filled).unwrap())
    }

    /// Each as Postfix 3.7.11's `postmap -q` answers.
    #[test]
    fn groups_and_dollars() {
        assert_eq!(filled("a $1 ${1}x$(1)$$1 \\1 $01[$2]").unwrap(), "a one onexone$1 \\1 one[]");
        assert_eq!(filled("$4294967297").unwrap(), "one");
    }

    #[test]
    fn what_is_no_group_is_said_with_its_place() {
        for (text, span) in
            [("x $1x y", (2, 5)), ("$", (0, 1)), ("$-", (0, 1)), ("$0", (0, 2)), ("${}", (0, 3)), ("${ 1}", (0, 5))]
        {
            let (problem, at) = filled(text).unwrap_err();
            assert!(matches!(problem, Problem::BadSubstitution { .. }), "{text}: {problem:?}");
            assert_eq!(at, Span::new(span.0, span.1), "{text}");
        }
        for text in ["${1", "$(1}", "${{1}"] {
            assert_eq!(filled(text).unwrap_err().0, Problem::UnclosedSubstitution, "{text}");
        }
    }

    #[test]
    fn a_result_cannot_grow_without_bound() {
        let template = Template::parse("$1".repeat(64).as_bytes()).unwrap();
        let key = vec![b'x'; 1 << 16];
        assert_eq!(template.fill(|_| Ok(Some(&key))), Err(NotFilled::TooLong));
    }
}
