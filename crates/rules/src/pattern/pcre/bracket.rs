//! Brackets: `[^a-z[:digit:]]`.
//!
//! pcre2pattern(3), "SQUARE BRACKETS AND CHARACTER CLASSES" and "POSIX CHARACTER CLASSES".

use postproof_model::{PcreErrorKind, Span};

use super::super::ast::{Class, ClassItem, ClassItemKind, ClassName, Direction, Kind, Look, Node};
use super::Fail;
use super::escape::Escape;
use super::reader::Reader;
use super::set::{self, Item, Mode};
use super::unicode;

/// How far a range has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    /// The last item cannot begin one.
    No,
    /// The last item was a character.
    Possible,
    /// A hyphen followed it.
    Started,
}

impl Reader<'_> {
    /// A bracket, whose opening at `start` is read.
    pub(super) fn bracket(&mut self, start: usize) -> Result<(), Fail> {
        self.repeatable = true;
        for (text, ends) in [(b"[:<:]]", false), (b"[:>:]]", true)] {
            if self.rest().starts_with(text) {
                self.at += text.len();
                self.word_edge(start, ends);
                return Ok(());
            }
        }
        if let Some((kind, _)) = self.posix_syntax(self.at) {
            let kind = if kind == b':' { PcreErrorKind::ClassOutsideBracket } else { PcreErrorKind::CollatingElement };
            return Err(Fail::new(kind, self.at - 1).blaming(start, self.at + 1));
        }
        let mut bracket = Bracket { start, negated: false, items: Vec::new(), sets: Vec::new() };
        // The first character that is neither a caret nor an empty quote; what was read last where there is none.
        let mut value = u32::from(b'[');
        let mut value_start = start;
        while self.at < self.source.len() {
            value_start = self.at;
            value = self.next_char();
            if value == u32::from(b'\\') {
                if self.byte_at(self.at) == Some(b'E') {
                    self.at += 1;
                } else if self.rest().starts_with(b"Q\\E") {
                    self.at += 3;
                } else {
                    break;
                }
            } else if self.options.extended_more && is_blank(value) {
            } else if !bracket.negated && value == u32::from(b'^') {
                bracket.negated = true;
            } else {
                break;
            }
        }
        self.bracket_items(&mut bracket, value, value_start)?;
        let mode = Mode { utf: self.utf, ucp: self.ucp, fold: self.options.fold };
        let set = set::bracket(&bracket.sets, bracket.negated, mode);
        let (bytes, chars) = self.settled(&set);
        self.push(start, Kind::Class(Box::new(Class { negated: bracket.negated, items: bracket.items, bytes, chars })));
        Ok(())
    }

    fn bracket_items(&mut self, bracket: &mut Bracket, first: u32, first_start: usize) -> Result<(), Fail> {
        let (mut value, mut start) = (first, first_start);
        let mut range = Range::No;
        loop {
            if self.quoted {
                if value == u32::from(b'\\') && self.byte_at(self.at) == Some(b'E') {
                    self.quoted = false;
                    self.at += 1;
                } else {
                    range = self.bracket_char(bracket, range, start, value)?;
                }
            } else if self.options.extended_more && is_blank(value) {
            } else if value == u32::from(b'[')
                && let Some((kind, end)) = self.posix_syntax(self.at)
            {
                range = self.posix_class(bracket, range, start, kind, end)?;
            } else if value == u32::from(b'-') && range == Range::Possible {
                range = Range::Started;
            } else if value == u32::from(b'\\') {
                range = self.bracket_escape(bracket, range, start)?;
            } else {
                range = self.bracket_char(bracket, range, start, value)?;
            }
            if self.at >= self.source.len() {
                return Err(self.fail(PcreErrorKind::UnclosedBracket).blaming(bracket.start, self.at));
            }
            start = self.at;
            value = self.next_char();
            if value == u32::from(b']') && !self.quoted {
                break;
            }
        }
        if range == Range::Started {
            // A hyphen just before the end stands for itself.
            self.bracket_char(bracket, Range::No, start - 1, u32::from(b'-'))?;
        }
        Ok(())
    }

    /// A character, which may end a range.
    fn bracket_char(&mut self, bracket: &mut Bracket, range: Range, start: usize, value: u32) -> Result<Range, Fail> {
        self.note_line_end(value);
        let span = Span::new(start, self.at);
        if range == Range::Started
            && let (Some(Item::Char(first)), Some(item)) = (bracket.sets.last().cloned(), bracket.items.last_mut())
        {
            if first > value {
                let fail = Fail::new(PcreErrorKind::RangeOrder, self.at - 1);
                return Err(fail.blaming(item.span.start, self.at));
            }
            item.span.end = span.end;
            if first < value {
                item.kind = ClassItemKind::Range(first, value);
                bracket.sets.pop();
                bracket.sets.push(Item::Range(first, value));
            }
            return Ok(Range::No);
        }
        bracket.items.push(ClassItem { span, kind: ClassItemKind::Literal(value) });
        bracket.sets.push(Item::Char(value));
        Ok(Range::Possible)
    }

    fn bracket_escape(&mut self, bracket: &mut Bracket, range: Range, start: usize) -> Result<Range, Fail> {
        // The name of a property is not read where none can stand.
        if range == Range::Started && matches!(self.byte_at(self.at), Some(b'p' | b'P')) {
            self.at += 1;
            return Err(self.fail(PcreErrorKind::ClassInRange).blaming(start, self.at));
        }
        let escape = self.escape(true).map_err(|fail| fail.blaming(start, self.at.max(start + 1)))?;
        let misplaced =
            |reader: &Self| Err(Fail::new(PcreErrorKind::EscapeInBracket, reader.at - 1).blaming(start, reader.at));
        match escape {
            Escape::Char(value) => return self.bracket_char(bracket, range, start, value),
            Escape::Boundary { negated: false } => return self.bracket_char(bracket, range, start, 0x08),
            Escape::Quote => {
                self.quoted = true;
                return Ok(range);
            }
            Escape::EndQuote => return Ok(range),
            Escape::Boundary { negated: true } | Escape::LineBreak | Escape::Grapheme => return misplaced(self),
            _ => {}
        }
        if range == Range::Started {
            return Err(self.fail(PcreErrorKind::ClassInRange).blaming(start, self.at));
        }
        let (kind, item) = match escape {
            Escape::NotNewline => return Err(self.fail(PcreErrorKind::NotNewlineInBracket).blaming(start, self.at)),
            Escape::Class { name, negated } => {
                let item = match name {
                    ClassName::HorizontalSpace | ClassName::VerticalSpace => Item::Space { name, negated },
                    _ if self.ucp => Item::Property { set: set::shorthand(name, true), negated },
                    _ => Item::Shorthand { name, negated },
                };
                (ClassItemKind::Named { name, negated }, item)
            }
            Escape::Property { set, negated } => (ClassItemKind::Property { negated }, Item::Property { set, negated }),
            _ => return misplaced(self),
        };
        bracket.items.push(ClassItem { span: Span::new(start, self.at), kind });
        bracket.sets.push(item);
        self.no_hyphen_follows(start)?;
        Ok(Range::No)
    }

    /// `[:name:]`; its `[` is read, `end` is where its closing colon stands.
    fn posix_class(
        &mut self,
        bracket: &mut Bracket,
        range: Range,
        start: usize,
        kind: u8,
        end: usize,
    ) -> Result<Range, Fail> {
        if range == Range::Started {
            return Err(self.fail(PcreErrorKind::ClassInRange).blaming(start, end + 2));
        }
        if kind != b':' {
            return Err(Fail::new(PcreErrorKind::CollatingElement, self.at - 1).blaming(start, end + 2));
        }
        self.at += 1;
        let negated = self.byte_at(self.at) == Some(b'^');
        if negated {
            self.at += 1;
        }
        let name = match self.source.get(self.at..end).unwrap_or_default() {
            b"word" => Some(ClassName::Word),
            b"ascii" => Some(ClassName::Ascii),
            name => ClassName::from_posix(name),
        };
        let Some(name) = name else {
            return Err(self.fail(PcreErrorKind::UnknownClass).blaming(start, end + 2));
        };
        self.at = end + 2;
        self.no_hyphen_follows(start)?;
        let item = match posix_by_unicode(name).filter(|_| self.ucp) {
            Some(ByUnicode::Blank) => Item::Space { name: ClassName::HorizontalSpace, negated },
            Some(ByUnicode::Property(property)) => {
                Item::Property { set: unicode::property(property).unwrap_or_default(), negated }
            }
            None => Item::Posix { name, negated },
        };
        bracket.items.push(ClassItem { span: Span::new(start, self.at), kind: ClassItemKind::Named { name, negated } });
        bracket.sets.push(item);
        Ok(Range::No)
    }

    fn no_hyphen_follows(&self, start: usize) -> Result<(), Fail> {
        match self.rest() {
            [b'-', next, ..] if *next != b']' => {
                Err(self.fail(PcreErrorKind::ClassInRange).blaming(start, self.at + 1))
            }
            _ => Ok(()),
        }
    }

    /// Whether, after a `[`, this is `:…:]` or the like: which, and where its second colon stands.
    fn posix_syntax(&self, at: usize) -> Option<(u8, usize)> {
        let kind = self.byte_at(at).filter(|byte| matches!(byte, b':' | b'.' | b'='))?;
        let mut at = at + 1;
        loop {
            let (one, two) = (self.byte_at(at)?, self.byte_at(at + 1)?);
            match one {
                b'\\' if matches!(two, b']' | b'\\') => at += 1,
                b'[' if two == kind => return None,
                b']' => return None,
                _ if one == kind && two == b']' => return Some((kind, at)),
                _ => {}
            }
            at += 1;
        }
    }

    /// `[[:<:]]` and `[[:>:]]`: where a word begins or ends.
    fn word_edge(&mut self, start: usize, ends: bool) {
        let boundary = self.boundary(start, false);
        self.push(start, boundary);
        let (bytes, chars) = self.settled(&set::shorthand(ClassName::Word, self.ucp));
        let span = Span::new(start, self.at);
        let item = ClassItem { span, kind: ClassItemKind::Named { name: ClassName::Word, negated: false } };
        let node = Node::new(span, Kind::Class(Box::new(Class { negated: false, items: vec![item], bytes, chars })));
        let direction = if ends { Direction::Behind } else { Direction::Ahead };
        let steps = if ends { vec![1] } else { Vec::new() };
        self.push(start, Kind::Look(Box::new(Look { direction, negative: false, atomic: true, steps, node })));
    }
}

struct Bracket {
    start: usize,
    negated: bool,
    items: Vec<ClassItem>,
    /// The items as sets.
    sets: Vec<Item>,
}

/// What stands for a class with a name when it is a matter of Unicode.
enum ByUnicode {
    Property(&'static [u8]),
    /// `\h`
    Blank,
}

fn posix_by_unicode(name: ClassName) -> Option<ByUnicode> {
    Some(ByUnicode::Property(match name {
        ClassName::Alpha => b"l",
        ClassName::Lower => b"ll",
        ClassName::Upper => b"lu",
        ClassName::Alnum => b"xan",
        ClassName::Cntrl => b"cc",
        ClassName::Digit => b"nd",
        ClassName::Space => b"xps",
        ClassName::Word => b"xwd",
        ClassName::Blank => return Some(ByUnicode::Blank),
        _ => return None,
    }))
}

/// What `xx` leaves out between brackets.
const fn is_blank(value: u32) -> bool {
    value == 0x20 || value == 0x09
}
