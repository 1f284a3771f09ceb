//! What stands after `(*`: orders to the search, and names for what `(?` writes with signs.
//!
//! pcre2pattern(3), "BACKTRACKING CONTROL", "Alphabetic assertion names", "SCRIPT RUNS".

use postproof_model::PcreErrorKind;

use super::super::ast::{Direction, GroupKind, Kind, Verb};
use super::Fail;
use super::group::Shape;
use super::reader::Reader;

/// How many bytes the name of a verb can have.
const MAX_NAME: usize = 255;

/// What a verb wants after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    /// A name.
    Needed,
    /// A name, or nothing.
    Optional,
}

impl Reader<'_> {
    /// `(*`, whose asterisk comes next. `expected` is what a conditional waits for.
    pub(super) fn starred(&mut self, start: usize, expected: u8) -> Result<(), Fail> {
        match self.byte_at(self.at + 1) {
            // The asterisk will find nothing to repeat.
            None | Some(b')') => Ok(()),
            Some(byte) if byte.is_ascii_lowercase() => self.assertion_by_name(start, expected),
            Some(_) => self.verb(start),
        }
    }

    fn assertion_by_name(&mut self, start: usize, expected: u8) -> Result<(), Fail> {
        let name = self.verb_name()?;
        let unknown = |reader: &Self| Err(reader.fail(PcreErrorKind::UnknownAssertionName).blaming(start, reader.at));
        if self.byte_at(self.at) != Some(b':') {
            return unknown(self);
        }
        let look = match name.as_slice() {
            b"pla" | b"positive_lookahead" => Some((Direction::Ahead, false, true)),
            b"nla" | b"negative_lookahead" => Some((Direction::Ahead, true, true)),
            b"napla" | b"non_atomic_positive_lookahead" => Some((Direction::Ahead, false, false)),
            b"plb" | b"positive_lookbehind" => Some((Direction::Behind, false, true)),
            b"nlb" | b"negative_lookbehind" => Some((Direction::Behind, true, true)),
            b"naplb" | b"non_atomic_positive_lookbehind" => Some((Direction::Behind, false, false)),
            b"atomic" | b"sr" | b"script_run" | b"asr" | b"atomic_script_run" => None,
            _ => return unknown(self),
        };
        if expected > 0 {
            match look {
                Some((_, _, true)) => {}
                Some(_) => return Err(self.fail(PcreErrorKind::ConditionNotAtomic).blaming(start, self.at)),
                None => return Err(self.fail(PcreErrorKind::ConditionNoAssertion).blaming(start, self.at)),
            }
        }
        if let Some((direction, negative, atomic)) = look {
            if direction == Direction::Behind {
                self.note_lookbehind(start, self.at - 1);
            }
            return self.look(start, 1, direction, negative, atomic, expected);
        }
        self.at += 1;
        let atomic = matches!(name.as_slice(), b"atomic" | b"asr" | b"atomic_script_run");
        if name != b"atomic" {
            self.unsupported = self.unsupported.or(Some("(*script_run:…)"));
        }
        self.enter(start, Shape::Group(if atomic { GroupKind::Atomic } else { GroupKind::Plain }));
        Ok(())
    }

    fn verb(&mut self, start: usize) -> Result<(), Fail> {
        let unknown = |reader: &Self| Err(reader.fail(PcreErrorKind::UnknownVerb).blaming(start, reader.at));
        let name = self.verb_name()?;
        if !matches!(self.byte_at(self.at), Some(b':' | b')')) {
            return unknown(self);
        }
        let (mut verb, argument) = match name.as_slice() {
            b"" | b"MARK" => (Verb::Mark, Argument::Needed),
            b"ACCEPT" => (Verb::Accept, Argument::Optional),
            b"F" | b"FAIL" => (Verb::Fail, Argument::Optional),
            b"COMMIT" => (Verb::Commit, Argument::Optional),
            b"PRUNE" => (Verb::Prune, Argument::Optional),
            b"SKIP" => (Verb::Skip, Argument::Optional),
            b"THEN" => (Verb::Then, Argument::Optional),
            _ => return unknown(self),
        };
        // An empty name is none.
        if self.rest().starts_with(b":)") {
            self.at += 1;
        }
        let named = self.byte_at(self.at) == Some(b':');
        if argument == Argument::Needed && !named {
            return Err(self.fail(PcreErrorKind::MarkWithoutName).blaming(start, self.at));
        }
        self.at += 1;
        if named && verb == Verb::Skip {
            verb = Verb::SkipToMark;
            self.unsupported = self.unsupported.or(Some("(*SKIP:…)"));
        }
        if named {
            self.verb = Some((start, self.at, verb));
        } else {
            self.push(start, Kind::Verb(verb));
        }
        // (*ACCEPT) alone may be repeated: the fewest times is none.
        self.repeatable = verb == Verb::Accept;
        Ok(())
    }

    /// A character of the name of a verb, which is read.
    pub(super) fn verb_name_char(&mut self, value: u32) -> Result<(), Fail> {
        let Some((start, name, verb)) = self.verb else { return Ok(()) };
        if value == u32::from(b')') {
            if self.at - name - 1 > MAX_NAME {
                return Err(Fail::new(PcreErrorKind::VerbNameTooLong, self.at - 1).blaming(start, self.at));
            }
            self.verb = None;
            self.push(start, Kind::Verb(verb));
        }
        Ok(())
    }
}
