//! What stands after a backslash.
//!
//! pcre2pattern(3), "BACKSLASH".

use postproof_model::{PcreErrorKind, Span};

use super::super::CharSet;
use super::super::ast::{
    Assertion, Backreference, Class, ClassItem, ClassItemKind, ClassName, Conditional, Direction, Group, GroupKind,
    Kind, LineBreak, Literal, Look, Node, Recursion, Test,
};
use super::name::{MAX_GROUP, Sign};
use super::reader::Reader;
use super::{Fail, set, unicode};

/// What an escape is.
#[derive(Clone, Debug)]
pub(super) enum Escape {
    /// A character.
    Char(u32),
    /// `\d \s \w \h \v` and their complements.
    Class {
        name: ClassName,
        negated: bool,
    },
    /// `\p{…}`
    Property {
        set: CharSet,
        negated: bool,
    },
    /// `\A \Z \z \G`
    Assertion(Assertion),
    /// `\b \B`, where `\b` between brackets is a backspace.
    Boundary {
        negated: bool,
    },
    /// `\1`, `\g1`
    Reference(u32),
    /// `\k` and `\g{name}`, before the name.
    NamedReference,
    /// `\g<` and `\g'`
    Call,
    /// `\N`
    NotNewline,
    /// `\R`
    LineBreak,
    /// `\X`
    Grapheme,
    /// `\C`
    SingleByte,
    /// `\K`
    Keep,
    /// `\Q` and `\E`, which only brackets get to see.
    Quote,
    EndQuote,
}

impl Reader<'_> {
    /// The piece that an escape makes outside of brackets. The backslash, at `start`, is read.
    pub(super) fn escaped(&mut self, start: usize) -> Result<(), Fail> {
        let escape = self.escape(false).map_err(|fail| fail.blaming(start, self.at.max(start + 1)))?;
        let kind = match escape {
            Escape::Char(value) => {
                self.push_literal(start, value);
                return Ok(());
            }
            Escape::Assertion(assertion) => {
                self.push(start, Kind::Assertion(assertion));
                return Ok(());
            }
            Escape::Boundary { negated } => {
                let kind = self.boundary(start, negated);
                self.push(start, kind);
                return Ok(());
            }
            Escape::Keep => {
                if self.in_lookaround() {
                    let fail = Fail::new(PcreErrorKind::KeepInLookaround, self.source.len());
                    self.references.push(fail.blaming(start, self.at));
                }
                self.push(start, Kind::Keep);
                return Ok(());
            }
            Escape::Quote | Escape::EndQuote => return Ok(()),
            Escape::Class { name, negated } => self.shorthand(start, name, negated),
            Escape::Property { set, negated } => self.property_class(start, &set, negated),
            Escape::NotNewline => self.dot(start, false),
            Escape::LineBreak => Kind::LineBreak(LineBreak { unicode: self.unicode_breaks }),
            Escape::Grapheme => Kind::Grapheme,
            Escape::SingleByte if self.utf => {
                // What is in the middle of a character is no UTF-8, and PCRE2's manual leaves open what that matches.
                self.unsupported = self.unsupported.or(Some("\\C in UTF-8 text"));
                Kind::SingleByte
            }
            Escape::SingleByte => self.dot(start, true),
            Escape::Reference(group) => {
                let offset = self.at - 1;
                let first = usize::try_from(group).ok().and_then(|index| self.first_reference.get_mut(index));
                let offset = first.map_or(offset, |first| *first.get_or_insert(offset));
                self.reference(start, group, offset);
                Kind::Backreference(Backreference { group, fold: self.options.fold })
            }
            Escape::Call | Escape::NamedReference => self.named(start, matches!(escape, Escape::Call))?,
        };
        self.push(start, kind);
        self.repeatable = true;
        Ok(())
    }

    /// `\g<…>`, `\g'…'`, `\k<…>`, `\k'…'`, `\k{…}` or `\g{…}`, from its delimiter on.
    fn named(&mut self, start: usize, call: bool) -> Result<Kind, Fail> {
        let terminator = match self.byte_at(self.at) {
            Some(b'<') => b'>',
            Some(b'\'') => b'\'',
            Some(b'{') => b'}',
            _ if call => return Err(self.fail(PcreErrorKind::ReferenceExpected).blaming(start, self.at)),
            _ => return Err(self.fail(PcreErrorKind::NamedReferenceExpected).blaming(start, self.at)),
        };
        if call && terminator != b'}' {
            let before = self.at;
            self.at += 1;
            // On the way to an error PCRE2 has not yet moved on.
            let number = self.number(Sign::Relative, MAX_GROUP, PcreErrorKind::GroupNumberTooBig);
            match number.map_err(|fail| Fail { offset: before, ..fail })? {
                Some(number) if self.byte_at(self.at) == Some(terminator) => {
                    let offset = self.at;
                    self.at += 1;
                    return Ok(self.call(start, number, offset));
                }
                Some(_) => {
                    self.at = before;
                    return Err(self.fail(PcreErrorKind::ReferenceExpected).blaming(start, before));
                }
                None => self.at = before,
            }
        }
        let (offset, name) = self.group_name(terminator)?;
        Ok(if call { self.call_by_name(start, &name, offset) } else { self.reference_by_name(start, &name, offset) })
    }

    /// A call of the pattern of a group.
    pub(super) fn call(&mut self, start: usize, group: u32, offset: usize) -> Kind {
        self.reference(start, group, offset);
        Kind::Recursion(Recursion { group })
    }

    pub(super) fn call_by_name(&mut self, start: usize, name: &[u8], offset: usize) -> Kind {
        let group = self.named_groups(start, name, offset).first().copied().unwrap_or_default();
        self.lookbehinds.references.push((start, offset));
        Kind::Recursion(Recursion { group })
    }

    /// A back-reference by name: to the first of the groups with that name that took part.
    pub(super) fn reference_by_name(&mut self, start: usize, name: &[u8], offset: usize) -> Kind {
        let mut groups = self.named_groups(start, name, offset);
        self.lookbehinds.references.push((start, offset));
        let (fold, span) = (self.options.fold, Span::new(start, self.at));
        let mut kind = Kind::Backreference(Backreference { group: groups.pop().unwrap_or_default(), fold });
        if !groups.is_empty() {
            self.lookbehinds.ambiguous.push(start);
        }
        while let Some(group) = groups.pop() {
            let yes = Node::new(span, Kind::Backreference(Backreference { group, fold }));
            let no = Node::new(span, kind);
            kind = Kind::Conditional(Box::new(Conditional { test: Test::Group(group), yes, no }));
        }
        kind
    }

    /// The groups of a name. That there is none is noted, once all groups are known.
    pub(super) fn named_groups(&mut self, start: usize, name: &[u8], offset: usize) -> Vec<u32> {
        let Some(known) = self.known else { return Vec::new() };
        let groups = known.numbers(name);
        if groups.is_empty() {
            self.lookbehinds.unknown.push(start);
            self.references.push(Fail::new(PcreErrorKind::UnknownGroup, offset).blaming(start, self.at));
        }
        groups
    }

    /// Notes a reference by number, and that there is no such group.
    pub(super) fn reference(&mut self, start: usize, group: u32, offset: usize) {
        self.lookbehinds.references.push((start, offset));
        if self.known.is_some_and(|known| group > known.groups) {
            self.references.push(Fail::new(PcreErrorKind::UnknownGroup, offset).blaming(start, self.at));
        }
    }

    /// A character that stands for itself, folded as the setting is.
    pub(super) fn literal(&self, span: Span, value: u32) -> Kind {
        let set = self.folded(value);
        let (bytes, chars) = self.settled(&set);
        let single = set.ranges() == [(value, value)];
        if chars.is_empty() || single {
            return Kind::Literal(Literal { value, bytes });
        }
        // Several characters beyond ASCII, or ASCII and others: a set of one item.
        let item = ClassItem { span, kind: ClassItemKind::Literal(value) };
        Kind::Class(Box::new(Class { negated: false, items: vec![item], bytes, chars }))
    }

    /// A character that stands for itself, whatever folding says.
    pub(super) fn exactly(&self, value: u32) -> Kind {
        let (bytes, _) = self.settled(&CharSet::new(vec![(value, value)]));
        Kind::Literal(Literal { value, bytes })
    }

    /// A character and those that are the same to the folding at hand.
    pub(super) fn folded(&self, value: u32) -> CharSet {
        let mut ranges = vec![(value, value)];
        if self.options.fold {
            if self.utf || self.ucp {
                ranges.extend(unicode::other_cases(value).map(|other| (other, other)));
            } else if let Some(byte) = u8::try_from(value).ok().filter(u8::is_ascii_alphabetic) {
                let other = u32::from(byte ^ 0x20);
                ranges.push((other, other));
            }
        }
        CharSet::new(ranges)
    }

    fn shorthand(&self, start: usize, name: ClassName, negated: bool) -> Kind {
        let set = set::shorthand(name, self.ucp);
        let (bytes, chars) = self.settled(&if negated { set.complement() } else { set });
        let item = ClassItem { span: Span::new(start, self.at), kind: ClassItemKind::Named { name, negated: false } };
        Kind::Class(Box::new(Class { negated, items: vec![item], bytes, chars }))
    }

    fn property_class(&self, start: usize, set: &CharSet, negated: bool) -> Kind {
        let (bytes, chars) = self.settled(&if negated { set.complement() } else { set.clone() });
        let item = ClassItem { span: Span::new(start, self.at), kind: ClassItemKind::Property { negated } };
        Kind::Class(Box::new(Class { negated: false, items: vec![item], bytes, chars }))
    }

    /// `\b` or `\B`. With Unicode's idea of a word it is spelt out.
    pub(super) fn boundary(&self, start: usize, negated: bool) -> Kind {
        if !self.ucp {
            let (yes, no) = (Assertion::WordBoundary, Assertion::NotWordBoundary);
            return Kind::Assertion(if negated { no } else { yes });
        }
        let span = Span::new(start, self.at);
        let word = |direction, negative| {
            let steps = if direction == Direction::Behind { vec![1] } else { Vec::new() };
            let node = Node::new(span, self.shorthand(start, ClassName::Word, false));
            Node::new(span, Kind::Look(Box::new(Look { direction, negative, atomic: true, steps, node })))
        };
        let both = |before: bool, after: bool| {
            Node::new(span, Kind::Concat(vec![word(Direction::Behind, !before), word(Direction::Ahead, !after)]))
        };
        let node = Node::new(span, Kind::Alternation(vec![both(true, negated), both(false, !negated)]));
        Kind::Group(Box::new(Group { kind: GroupKind::Plain, node }))
    }

    /// Reads an escape after its backslash.
    pub(super) fn escape(&mut self, in_bracket: bool) -> Result<Escape, Fail> {
        if self.at >= self.source.len() {
            return Err(self.fail(PcreErrorKind::TrailingBackslash));
        }
        let value = self.next_char();
        let Some(byte) = u8::try_from(value).ok().filter(u8::is_ascii_alphanumeric) else {
            return Ok(Escape::Char(value));
        };
        let class = |name, negated| Ok(Escape::Class { name, negated });
        match byte {
            b'a' => Ok(Escape::Char(0x07)),
            b'e' => Ok(Escape::Char(0x1B)),
            b'f' => Ok(Escape::Char(0x0C)),
            b'n' => Ok(Escape::Char(0x0A)),
            b'r' => Ok(Escape::Char(0x0D)),
            b't' => Ok(Escape::Char(0x09)),
            b'd' | b'D' => class(ClassName::Digit, byte == b'D'),
            b's' | b'S' => class(ClassName::Space, byte == b'S'),
            b'w' | b'W' => class(ClassName::Word, byte == b'W'),
            b'h' | b'H' => class(ClassName::HorizontalSpace, byte == b'H'),
            b'v' | b'V' => class(ClassName::VerticalSpace, byte == b'V'),
            b'b' | b'B' => Ok(Escape::Boundary { negated: byte == b'B' }),
            b'A' => Ok(Escape::Assertion(Assertion::Start)),
            b'Z' => Ok(Escape::Assertion(Assertion::EndOrFinalNewline)),
            b'z' => Ok(Escape::Assertion(Assertion::End)),
            b'G' => Ok(Escape::Assertion(Assertion::SearchStart)),
            b'C' => Ok(Escape::SingleByte),
            b'K' => Ok(Escape::Keep),
            b'R' => Ok(Escape::LineBreak),
            b'X' => Ok(Escape::Grapheme),
            b'Q' => Ok(Escape::Quote),
            b'E' => Ok(Escape::EndQuote),
            b'k' => Ok(Escape::NamedReference),
            b'p' | b'P' => self.property(byte == b'P'),
            b'N' => self.not_newline(),
            b'F' | b'l' | b'L' | b'u' | b'U' => Err(self.fail(PcreErrorKind::PerlOnlyEscape)),
            b'g' if in_bracket => Ok(Escape::Char(value)),
            b'g' => self.group_escape(),
            b'0' => self.octal(0),
            b'1'..=b'9' => self.digits(byte, in_bracket),
            b'o' => self.braced_octal(),
            b'x' if self.byte_at(self.at) == Some(b'{') => self.braced_hexadecimal(),
            b'x' => {
                let mut number = 0;
                for _ in 0..2 {
                    let Some(digit) = self.hexadecimal_at(self.at) else { break };
                    number = number << 4 | digit;
                    self.at += 1;
                }
                Ok(Escape::Char(number))
            }
            b'c' => {
                let Some(byte) = self.byte_at(self.at) else {
                    return Err(self.fail(PcreErrorKind::TrailingControl));
                };
                if !matches!(byte, b' '..=b'~') {
                    return Err(self.fail(PcreErrorKind::BadControl));
                }
                self.at += 1;
                Ok(Escape::Char(u32::from(byte.to_ascii_uppercase() ^ 0x40)))
            }
            _ => {
                self.at -= 1;
                Err(self.fail(PcreErrorKind::UnknownEscape).blaming(self.at - 1, self.at + 1))
            }
        }
    }

    /// `\N`: a character's number may follow, or counts, but no character's name.
    fn not_newline(&mut self) -> Result<Escape, Fail> {
        if self.byte_at(self.at) != Some(b'{') {
            return Ok(Escape::NotNewline);
        }
        if self.rest().starts_with(b"{U+") {
            if !self.utf {
                return Err(self.fail(PcreErrorKind::CharacterNumberInBytes));
            }
            self.at += 2;
            return self.braced_hexadecimal();
        }
        let before = self.at;
        self.at += 1;
        let counts = self.counts();
        self.at = before;
        match counts {
            Ok(Some(_)) => Ok(Escape::NotNewline),
            Ok(None) => Err(self.fail(PcreErrorKind::PerlOnlyEscape)),
            Err(fail) => Err(Fail { offset: before, ..fail }),
        }
    }

    /// `\g`: a reference by number or name, or a call.
    fn group_escape(&mut self) -> Result<Escape, Fail> {
        let too_big = PcreErrorKind::GroupNumberTooBig;
        let before = self.at;
        let number = match self.byte_at(self.at) {
            None => return Err(self.fail(PcreErrorKind::ReferenceExpected)),
            Some(b'<' | b'\'') => return Ok(Escape::Call),
            Some(b'{') => {
                self.at += 1;
                let number = self.number(Sign::Relative, MAX_GROUP, too_big);
                let number = number.map_err(|fail| Fail { offset: before, ..fail })?;
                let Some(number) = number else {
                    self.at = before;
                    return Ok(Escape::NamedReference);
                };
                if self.byte_at(self.at) != Some(b'}') {
                    self.at = before;
                    return Err(self.fail(PcreErrorKind::ReferenceExpected));
                }
                self.at += 1;
                number
            }
            Some(_) => {
                let number = self.number(Sign::Relative, MAX_GROUP, too_big)?;
                number.ok_or_else(|| self.fail(PcreErrorKind::ReferenceExpected))?
            }
        };
        if number == 0 {
            return Err(self.fail(PcreErrorKind::UnknownGroup));
        }
        Ok(Escape::Reference(number))
    }

    /// A digit but zero: a reference where there can be one, else an octal number, else the digit itself.
    fn digits(&mut self, first: u8, in_bracket: bool) -> Result<Escape, Fail> {
        if !in_bracket {
            let before = self.at;
            self.at -= 1;
            // A number that no group can have is none of a group.
            let number = self.number(Sign::None, i32::MAX.unsigned_abs() / 10 - 1, PcreErrorKind::GroupNumberTooBig);
            if let Ok(Some(number)) = number
                && (number < 10 || first >= b'8' || number <= self.groups)
            {
                if number > MAX_GROUP {
                    return Err(self.fail(PcreErrorKind::GroupNumberTooBig));
                }
                return Ok(Escape::Reference(number));
            }
            self.at = before;
        }
        if first >= b'8' { Ok(Escape::Char(u32::from(first))) } else { self.octal(u32::from(first - b'0')) }
    }

    /// Up to two more octal digits.
    fn octal(&mut self, first: u32) -> Result<Escape, Fail> {
        let mut number = first;
        for _ in 0..2 {
            let Some(digit) = self.byte_at(self.at).filter(|byte| matches!(byte, b'0'..=b'7')) else { break };
            number = number * 8 + u32::from(digit - b'0');
            self.at += 1;
        }
        if !self.utf && number > 0xFF {
            return Err(self.fail(PcreErrorKind::OctalTooBig));
        }
        Ok(Escape::Char(number))
    }

    fn braced_octal(&mut self) -> Result<Escape, Fail> {
        if self.byte_at(self.at) != Some(b'{') {
            // PCRE2 looks past the end, and steps back.
            let offset = if self.at < self.source.len() { self.at } else { self.at - 1 };
            return Err(Fail::new(PcreErrorKind::OctalBrace, offset));
        }
        self.at += 1;
        let digit = |byte: u8| matches!(byte, b'0'..=b'7').then(|| u32::from(byte - b'0'));
        self.braced(8, digit, PcreErrorKind::NotOctal)
    }

    /// `{…}` of `\x` or, from its plus sign on, of `\N{U+…}`.
    fn braced_hexadecimal(&mut self) -> Result<Escape, Fail> {
        self.at += 1;
        self.braced(16, |byte| char::from(byte).to_digit(16), PcreErrorKind::NotHexadecimal)
    }

    fn braced(&mut self, base: u32, digit: fn(u8) -> Option<u32>, other: PcreErrorKind) -> Result<Escape, Fail> {
        if self.at >= self.source.len() || self.byte_at(self.at) == Some(b'}') {
            return Err(self.fail(PcreErrorKind::DigitsMissing));
        }
        let max = if self.utf { 0x0010_FFFF } else { 0xFF };
        let mut number: u32 = 0;
        let mut too_big = false;
        while let Some(digit) = self.byte_at(self.at).and_then(digit) {
            number = number.saturating_mul(base).saturating_add(digit);
            too_big |= number > max;
            self.at += 1;
        }
        if too_big {
            return Err(self.fail(PcreErrorKind::CharacterTooBig));
        }
        if self.byte_at(self.at) != Some(b'}') {
            // Past the end PCRE2 steps back although it did not step ahead.
            let offset = if self.at < self.source.len() { self.at } else { self.at - 1 };
            return Err(Fail::new(other, offset));
        }
        if self.utf && (0xD800..=0xDFFF).contains(&number) {
            return Err(self.fail(PcreErrorKind::Surrogate));
        }
        self.at += 1;
        Ok(Escape::Char(number))
    }

    fn hexadecimal_at(&self, at: usize) -> Option<u32> {
        char::from(self.byte_at(at)?).to_digit(16)
    }

    /// `\p` or `\P`, from the name on.
    fn property(&mut self, mut negated: bool) -> Result<Escape, Fail> {
        const MAX_NAME: usize = 49;
        let malformed = |reader: &Self| Err(reader.fail(PcreErrorKind::MalformedProperty));
        let Some(first) = self.byte_at(self.at) else { return malformed(self) };
        self.at += 1;
        let mut name = Vec::new();
        if first == b'{' {
            if self.at >= self.source.len() {
                return malformed(self);
            }
            if self.byte_at(self.at) == Some(b'^') {
                negated = !negated;
                self.at += 1;
            }
            loop {
                let Some(byte) = self.byte_at(self.at) else { return malformed(self) };
                self.at += 1;
                match byte {
                    b'_' | b'-' | b' ' | b'\t'..=b'\r' => {}
                    b'}' => break,
                    0 => return malformed(self),
                    _ => name.push(byte.to_ascii_lowercase()),
                }
                if name.len() == MAX_NAME {
                    return malformed(self);
                }
            }
        } else if first.is_ascii_alphabetic() {
            name.push(first.to_ascii_lowercase());
        } else {
            return malformed(self);
        }
        let unknown = |reader: &Self| reader.fail(PcreErrorKind::UnknownProperty);
        let name = match name.iter().position(|byte| matches!(byte, b':' | b'=')) {
            None => name,
            Some(colon) => {
                let prefix: &[u8] = match name.get(..colon).unwrap_or_default() {
                    b"bidiclass" | b"bc" => b"bidi",
                    b"script" | b"sc" => b"sc:",
                    b"scriptextensions" | b"scx" => b"scx:",
                    _ => return Err(unknown(self)),
                };
                [prefix, name.get(colon + 1..).unwrap_or_default()].concat()
            }
        };
        // Names of the record's own begin with a plus sign.
        let set = if name.starts_with(b"+") { None } else { unicode::property(&name) };
        Ok(Escape::Property { set: set.ok_or_else(|| unknown(self))?, negated })
    }
}
