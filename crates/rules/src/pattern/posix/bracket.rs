//! Bracket expressions: POSIX.1-2017, XBD 9.3.5, in the C locale.

use postproof_model::{PatternError, PatternErrorKind, Span};

use super::super::ast::{Class, ClassItem, ClassItemKind, ClassName};
use super::super::{ByteSet, CharSet};
use super::{Items, PosixFlags, folded};

/// glibc keeps a name between `[:` and `:]` in so many bytes.
const NAME_LIMIT: usize = 32;

/// What can stand in a bracket expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    End,
    Close,
    Hyphen,
    /// `[.`, `[=` or `[:`
    Named(u8),
    Byte(u8),
}

/// What an item turned out to be, before it is known whether a range follows.
#[derive(Clone, Copy, Debug)]
enum Element {
    Byte(u8),
    Collating(Option<u8>),
    Equivalence(Option<u8>),
    Class(Option<ClassName>),
}

/// Parses the bracket expression whose `[` stands just before `at`; gives the class and the place after its `]`.
pub(super) fn parse(source: &[u8], at: usize, flags: PosixFlags) -> Result<(Class, usize), PatternError> {
    Bracket { source, start: at.saturating_sub(1), at, flags }.parse()
}

struct Bracket<'s> {
    source: &'s [u8],
    start: usize,
    at: usize,
    flags: PosixFlags,
}

impl Bracket<'_> {
    fn parse(mut self) -> Result<(Class, usize), PatternError> {
        let negated = self.source.get(self.at) == Some(&b'^');
        if negated {
            self.at += 1;
        }
        if self.at == self.source.len() {
            return Err(self.unclosed(PatternErrorKind::BracketAtEnd));
        }
        let (items, set) = self.items()?;
        let newline = self.flags.newline;
        let bytes = ByteSet::filter(|byte| {
            let listed = set.contains(folded(byte, self.flags)) || negated && newline && byte == b'\n';
            listed != negated
        });
        Ok((Class { negated, items, bytes, chars: CharSet::EMPTY }, self.at))
    }

    fn items(&mut self) -> Result<Items, PatternError> {
        let mut items = Vec::new();
        let mut set = ByteSet::EMPTY;
        let mut first = true;
        loop {
            let start = self.at;
            let (mut token, mut width) = self.peek();
            if first && token == Token::Close {
                token = Token::Byte(b']');
            }
            let element = match token {
                Token::End => return Err(self.unclosed(PatternErrorKind::UnclosedBracket)),
                Token::Close => {
                    self.at += width;
                    return Ok((items, set));
                }
                _ => self.element(token, width, first)?,
            };
            first = false;

            let mut range_end = None;
            if matches!(element, Element::Byte(_) | Element::Collating(_)) {
                let hyphen = self.at;
                (token, width) = self.peek();
                if token == Token::End {
                    return Err(self.unclosed(PatternErrorKind::UnclosedBracket));
                }
                if token == Token::Hyphen {
                    self.at += width;
                    (token, width) = self.peek();
                    match token {
                        Token::End => return Err(self.unclosed(PatternErrorKind::UnclosedBracket)),
                        // A hyphen just before the end stands for itself: the next item.
                        Token::Close => {
                            self.item(&mut items, &mut set, start, hyphen, element)?;
                            set.insert(b'-');
                            items.push(ClassItem {
                                span: Span::new(hyphen, self.at),
                                kind: ClassItemKind::Literal(u32::from(b'-')),
                            });
                            self.at += width;
                            return Ok((items, set));
                        }
                        _ => range_end = Some(self.element(token, width, true)?),
                    }
                }
            }
            match range_end {
                Some(last) => self.range(&mut items, &mut set, start, element, last)?,
                None => self.item(&mut items, &mut set, start, self.at, element)?,
            }
        }
    }

    /// The token at hand, and how many bytes it takes.
    fn peek(&self) -> (Token, usize) {
        let byte_at = |ahead: usize| self.source.get(self.at + ahead).copied();
        match (byte_at(0), byte_at(1)) {
            (None, _) => (Token::End, 0),
            (Some(b'['), Some(kind @ (b'.' | b'=' | b':'))) => (Token::Named(kind), 2),
            (Some(b'-'), _) => (Token::Hyphen, 1),
            (Some(b']'), _) => (Token::Close, 1),
            (Some(byte), _) => (Token::Byte(byte), 1),
        }
    }

    fn element(&mut self, token: Token, width: usize, hyphen_allowed: bool) -> Result<Element, PatternError> {
        let start = self.at;
        self.at += width;
        match token {
            Token::Named(kind) => self.named(start, kind),
            Token::Hyphen if !hyphen_allowed && self.peek().0 != Token::Close => {
                Err(error(PatternErrorKind::BadRange, start, self.at))
            }
            Token::Hyphen => Ok(Element::Byte(b'-')),
            Token::Close => Ok(Element::Byte(b']')),
            Token::Byte(byte) => Ok(Element::Byte(byte)),
            Token::End => Err(self.unclosed(PatternErrorKind::UnclosedBracket)),
        }
    }

    /// `[:name:]`, `[=x=]` or `[.x.]`, after its opening.
    fn named(&mut self, start: usize, kind: u8) -> Result<Element, PatternError> {
        let name_start = self.at;
        loop {
            let Some(rest) = self.source.get(self.at..).filter(|rest| rest.len() >= 2) else {
                return Err(self.unclosed(PatternErrorKind::UnclosedBracket));
            };
            if self.at - name_start >= NAME_LIMIT {
                return Err(error(PatternErrorKind::UnclosedBracket, start, self.at));
            }
            if rest.starts_with(&[kind, b']']) {
                break;
            }
            self.at += 1;
        }
        let name = self.source.get(name_start..self.at).unwrap_or_default();
        self.at += 2;
        let single = if let [byte] = name { Some(*byte) } else { None };
        Ok(match kind {
            b':' => Element::Class(ClassName::from_posix(name)),
            b'=' => Element::Equivalence(single),
            _ => Element::Collating(single),
        })
    }

    fn item(
        &self,
        items: &mut Vec<ClassItem>,
        set: &mut ByteSet,
        start: usize,
        end: usize,
        element: Element,
    ) -> Result<(), PatternError> {
        let kind = match element {
            Element::Byte(byte) => {
                set.insert(folded(byte, self.flags));
                ClassItemKind::Literal(u32::from(byte))
            }
            Element::Collating(Some(byte)) => {
                set.insert(folded(byte, self.flags));
                ClassItemKind::Collating(u32::from(byte))
            }
            Element::Equivalence(Some(byte)) => {
                set.insert(folded(byte, self.flags));
                ClassItemKind::Equivalence(u32::from(byte))
            }
            Element::Class(Some(name)) => {
                // glibc does not fold a class; with folding it takes upper and lower for any letter.
                let meant = match name {
                    ClassName::Upper | ClassName::Lower if self.flags.fold_case => ClassName::Alpha,
                    _ => name,
                };
                *set = set.union(&meant.bytes());
                ClassItemKind::Named { name, negated: false }
            }
            Element::Collating(None) | Element::Equivalence(None) => {
                return Err(error(PatternErrorKind::UnknownCollatingElement, start, end));
            }
            Element::Class(None) => return Err(error(PatternErrorKind::UnknownClass, start, end)),
        };
        items.push(ClassItem { span: Span::new(start, end), kind });
        Ok(())
    }

    fn range(
        &self,
        items: &mut Vec<ClassItem>,
        set: &mut ByteSet,
        start: usize,
        first: Element,
        last: Element,
    ) -> Result<(), PatternError> {
        let bound = |element| match element {
            Element::Byte(byte) | Element::Collating(Some(byte)) => Ok(byte),
            Element::Equivalence(_) | Element::Class(_) => Err(error(PatternErrorKind::BadRange, start, self.at)),
            Element::Collating(None) => Err(error(PatternErrorKind::UnknownCollatingElement, start, self.at)),
        };
        // An end that can be no bound counts before a start that does not exist.
        if matches!(last, Element::Equivalence(_) | Element::Class(_)) {
            bound(last)?;
        }
        let (first, last) = (bound(first)?, bound(last)?);
        let (low, high) = (folded(first, self.flags), folded(last, self.flags));
        if low > high {
            return Err(error(PatternErrorKind::BadRange, start, self.at));
        }
        set.insert_range(low, high);
        items.push(ClassItem {
            span: Span::new(start, self.at),
            kind: ClassItemKind::Range(u32::from(first), u32::from(last)),
        });
        Ok(())
    }

    fn unclosed(&self, kind: PatternErrorKind) -> PatternError {
        error(kind, self.start, self.source.len())
    }
}

fn error(kind: PatternErrorKind, start: usize, end: usize) -> PatternError {
    PatternError { kind, span: Span::new(start, end) }
}
