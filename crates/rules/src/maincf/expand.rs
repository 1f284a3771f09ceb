//! `$name` and its kin in values.
//!
//! postconf(5), "The general format of the main.cf file". (Postfix: `mac_parse`, `mac_expand`; for `<level`,
//! `compat_level`.)

use postproof_model::{MainCfProblem, Span};

/// How deep calls may nest; Postfix's own limit.
const MAX_LEVEL: usize = 100;
/// How deep all of it may nest, comparisons included, which Postfix does not limit.
const MAX_DEPTH: usize = 250;
/// The most bytes that a value may have, and the most steps to it.
const MAX_SIZE: usize = 1 << 20;

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The setting of this number.
    Setting(usize),
    /// A default.
    Default,
}

/// A stretch of a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) from: From,
    /// Where it starts in the value it belongs to.
    pub(super) start: usize,
}

impl<'t> Text<'t> {
    fn slice(self, start: usize, end: usize) -> Self {
        Self { bytes: self.bytes.get(start..end).unwrap_or_default(), start: self.start + start, ..self }
    }

    fn byte(self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn from(self, start: usize) -> Self {
        self.slice(start, self.bytes.len())
    }

    const fn span(self) -> Span {
        Span::new(self.start, self.start + self.bytes.len())
    }

    /// Where bytes of this kind from `at` on end.
    fn skip(self, at: usize, is: impl Fn(u8) -> bool) -> usize {
        at + self.bytes.get(at..).unwrap_or_default().iter().take_while(|&&byte| is(byte)).count()
    }

    fn lossy(self) -> String {
        String::from_utf8_lossy(self.bytes).into_owned()
    }
}

/// What a name stands for.
pub(super) enum Looked<'t> {
    Text(Text<'t>),
    /// Nothing has this name.
    Undefined,
    /// The machine decides.
    Unknown,
}

/// Bytes of the result that stand together in a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Where they start in the result.
    pub(super) at: usize,
    pub(super) from: From,
    pub(super) span: Span,
}

/// Why there is no result.
#[derive(Clone, Debug)]
pub(super) enum Stopped {
    /// Postfix refuses it: what is wrong, and where.
    Refused { problem: MainCfProblem, from: From, span: Span },
    /// The machine decides what this parameter is.
    Unknown { name: String },
    /// It is more than this tool follows.
    TooBig,
}

/// What a value comes out as.
#[derive(Clone, Debug, Default)]
pub(super) struct Expanded {
    pub(super) text: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
}

/// Expands a value; `name` is its parameter.
pub(super) fn expand<'t>(
    name: &str,
    value: Text<'t>,
    lookup: &dyn Fn(&[u8]) -> Looked<'t>,
) -> Result<Expanded, Stopped> {
    let mut run = Run { lookup, out: Expanded::default(), open: vec![name.as_bytes().to_vec()], steps: 0, depth: 0 };
    run.parse(value, 0)?;
    Ok(run.out)
}

/// Every name that a value refers to, those of choices not taken included, and the first mistake on the way.
/// (Postfix: `MAC_EXP_FLAG_SCAN`.)
pub(super) fn names<'t>(value: Text<'t>) -> (Vec<Text<'t>>, Option<Stopped>) {
    let mut found = Vec::new();
    let mut steps = 0;
    let stopped = scan(value, &mut found, &mut steps, 0).err();
    (found, stopped)
}

struct Run<'t, 'l> {
    lookup: &'l dyn Fn(&[u8]) -> Looked<'t>,
    out: Expanded,
    /// The parameters whose values are being expanded.
    open: Vec<Vec<u8>>,
    steps: usize,
    depth: usize,
}

/// A part of a value.
enum Part<'t> {
    Literal(Vec<(u8, usize)>),
    /// What stands in `${…}` or after `$`.
    Call(Text<'t>),
}

fn refused(problem: MainCfProblem, at: Text<'_>) -> Stopped {
    Stopped::Refused { problem, from: at.from, span: at.span() }
}

/// Literal text and calls, in order, until the first mistake. (Postfix: `mac_parse`.)
fn parts<'t>(text: Text<'t>, part: &mut dyn FnMut(Part<'t>) -> Result<(), Stopped>) -> Result<(), Stopped> {
    let mut literal = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.byte(at) {
        if byte != b'$' {
            literal.push((byte, text.start + at));
            at += 1;
            continue;
        }
        let (open, close) = match text.byte(at + 1) {
            Some(b'$') => {
                literal.push((byte, text.start + at));
                at += 2;
                continue;
            }
            Some(b'(') => (b'(', b')'),
            Some(b'{') => (b'{', b'}'),
            _ => (0, 0),
        };
        if !literal.is_empty() {
            part(Part::Literal(std::mem::take(&mut literal)))?;
        }
        let dollar = at;
        let body;
        if open == 0 {
            let end = text.skip(at + 1, is_name);
            body = text.slice(at + 1, end);
            at = end;
        } else {
            let end = closing(text, at + 1, open, close);
            let end = end.ok_or_else(|| refused(MainCfProblem::UnclosedReference, text.slice(dollar, dollar + 2)))?;
            body = text.slice(at + 2, end);
            at = end + 1;
        }
        if body.bytes.is_empty() {
            return Err(refused(MainCfProblem::EmptyName, text.slice(dollar, at)));
        }
        part(Part::Call(body))?;
    }
    if literal.is_empty() { Ok(()) } else { part(Part::Literal(literal)) }
}

/// Where what opens at `at` closes.
fn closing(text: Text<'_>, at: usize, open: u8, close: u8) -> Option<usize> {
    let mut level = 0usize;
    for (offset, &byte) in text.bytes.get(at..)?.iter().enumerate() {
        if byte == open {
            level += 1;
        } else if byte == close {
            level = level.saturating_sub(1);
            if level == 0 {
                return Some(at + offset);
            }
        }
    }
    None
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// `{…}` at `at` or behind white space there: what stands between the braces, and where the text after it and after white
/// space goes on. None where there is no brace.
fn braced(text: Text<'_>, at: usize) -> Result<Option<(Text<'_>, usize)>, Stopped> {
    let start = text.skip(at, is_blank);
    if text.byte(start) != Some(b'{') {
        return Ok(None);
    }
    let end = closing(text, start, b'{', b'}');
    let end = end.ok_or_else(|| refused(MainCfProblem::UnclosedBrace, text.slice(start, start + 1)))?;
    Ok(Some((text.slice(start + 1, end), text.skip(end + 1, is_blank))))
}

/// What a call asks first.
enum Subject<'t> {
    Name(Text<'t>),
    Comparison { left: Text<'t>, operator: Operator, level: bool, right: Text<'t> },
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    GreaterOrEqual,
    Greater,
}

impl Operator {
    fn of(written: &[u8]) -> Option<Self> {
        Some(match written {
            b"==" => Self::Equal,
            b"!=" => Self::NotEqual,
            b"<" => Self::Less,
            b"<=" => Self::LessOrEqual,
            b">=" => Self::GreaterOrEqual,
            b">" => Self::Greater,
            _ => return None,
        })
    }

    const fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::GreaterOrEqual => ordering.is_ge(),
            Self::Greater => ordering.is_gt(),
        }
    }
}

/// The subject of a call, the operator after it, and where the text after that starts.
fn subject(call: Text<'_>) -> Result<(Subject<'_>, Option<u8>, usize), Stopped> {
    if let Some((left, after)) = braced(call, 0)? {
        let operator_end = call.skip(after, |byte| b"<>!=?+-*/~&|%".contains(&byte));
        let written = call.slice(after, operator_end);
        let operator =
            Operator::of(written.bytes).ok_or_else(|| refused(MainCfProblem::NoOperator, call.from(after)))?;
        let suffix_end = call.skip(operator_end, |byte| byte.is_ascii_alphanumeric());
        let suffix = call.slice(operator_end, suffix_end);
        let level = match suffix.bytes {
            b"" => false,
            b"level" => true,
            _ => {
                let whole = call.slice(after, suffix_end);
                return Err(refused(MainCfProblem::UnknownOperator { operator: whole.lossy() }, whole));
            }
        };
        let right = braced(call, suffix_end)?;
        let (right, after) = right.ok_or_else(|| refused(MainCfProblem::NoRightSide, call.from(suffix_end)))?;
        let subject = Subject::Comparison { left, operator, level, right };
        return match call.byte(after) {
            None => Ok((subject, None, after)),
            Some(mark @ (b'?' | b':')) => Ok((subject, Some(mark), after + 1)),
            Some(_) => Err(refused(MainCfProblem::NoQuestionMark, call.from(after))),
        };
    }
    let start = call.skip(0, is_blank);
    let end = call.skip(start, is_name);
    let after = call.skip(end, is_blank);
    let name = Subject::Name(call.slice(start, end));
    match call.byte(after) {
        None => Ok((name, None, after)),
        // White space is counted from the name's end on, and left out after the mark in its place.
        Some(mark @ (b'?' | b':')) => Ok((name, Some(mark), after + 1)),
        Some(_) => Err(refused(MainCfProblem::BadName, call.from(end))),
    }
}

/// The texts for yes and no, and a mistake after them, which counts only once the text taken has been expanded.
struct Choices<'t> {
    yes: Option<Text<'t>>,
    no: Option<Text<'t>>,
    /// A mistake behind the first, and behind the second.
    mistake: Option<Stopped>,
}

fn choices(call: Text<'_>, mark: u8, at: usize) -> Choices<'_> {
    let mut choices = Choices { yes: None, no: None, mistake: None };
    let mut at = at;
    if mark == b'?' {
        match braced(call, at) {
            Err(stopped) => {
                choices.mistake = Some(stopped);
                return choices;
            }
            Ok(None) => {
                choices.yes = Some(call.from(at));
                return choices;
            }
            Ok(Some((yes, after))) => {
                choices.yes = Some(yes);
                match call.byte(after) {
                    None => return choices,
                    Some(b':') => at = after + 1,
                    Some(_) => {
                        choices.mistake = Some(refused(MainCfProblem::NoColon, call.from(after)));
                        return choices;
                    }
                }
            }
        }
    }
    match braced(call, at) {
        Err(stopped) => choices.mistake = Some(stopped),
        Ok(None) => choices.no = Some(call.from(at)),
        Ok(Some((no, after))) => {
            choices.no = Some(no);
            if call.byte(after).is_some() {
                choices.mistake = Some(refused(MainCfProblem::TextAfterChoice, call.from(after)));
            }
        }
    }
    choices
}

impl<'t> Run<'t, '_> {
    fn parse(&mut self, text: Text<'t>, level: usize) -> Result<(), Stopped> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stopped::TooBig);
        }
        parts(text, &mut |part| {
            self.steps += 1;
            if self.steps > MAX_SIZE || self.out.text.len() > MAX_SIZE {
                return Err(Stopped::TooBig);
            }
            if level > MAX_LEVEL {
                return Err(refused(MainCfProblem::TooDeep, text));
            }
            match part {
                Part::Literal(literal) => {
                    self.emit(text.from, &literal);
                    Ok(())
                }
                Part::Call(call) => self.call(call, level),
            }
        })?;
        self.depth -= 1;
        Ok(())
    }

    fn emit(&mut self, from: From, literal: &[(u8, usize)]) {
        for &(byte, start) in literal {
            let at = self.out.text.len();
            self.out.text.push(byte);
            match self.out.pieces.last_mut() {
                Some(piece) if piece.from == from && piece.span.end == start => piece.span.end += 1,
                _ => self.out.pieces.push(Piece { at, from, span: Span::new(start, start + 1) }),
            }
        }
    }

    fn call(&mut self, call: Text<'t>, level: usize) -> Result<(), Stopped> {
        let (subject, mark, at) = subject(call)?;
        let (value, name) = match subject {
            Subject::Name(name) => match (self.lookup)(name.bytes) {
                Looked::Text(value) => (Some(value), Some(name)),
                Looked::Undefined => (None, Some(name)),
                Looked::Unknown => return Err(Stopped::Unknown { name: name.lossy() }),
            },
            Subject::Comparison { left, operator, level, right } => {
                let holds = self.compare(left, operator, level, right)?;
                let bytes: &[u8] = if holds { b"true" } else { b"" };
                (Some(Text { bytes, from: From::Default, start: 0 }), None)
            }
        };
        let filled = value.filter(|value| !value.bytes.is_empty());
        if let Some(mark) = mark {
            let choices = choices(call, mark, at);
            if let Some(taken) = if filled.is_some() { choices.yes } else { choices.no } {
                self.parse(taken, level + 1)?;
            }
            return choices.mistake.map_or(Ok(()), Err);
        }
        let Some(value) = filled else { return Ok(()) };
        let Some(name) = name else { return self.parse(value, level + 1) };
        // What refers to itself does so for ever: Postfix gives up, or within a comparison crashes.
        if self.open.iter().any(|open| open == name.bytes) {
            return Err(refused(MainCfProblem::Loop { name: name.lossy() }, name));
        }
        self.open.push(name.bytes.to_vec());
        self.parse(value, level + 1)?;
        self.open.pop();
        Ok(())
    }

    fn side(&mut self, side: Text<'t>) -> Result<Vec<u8>, Stopped> {
        let out = std::mem::take(&mut self.out);
        // Postfix counts anew within a comparison.
        self.parse(side, 0)?;
        Ok(std::mem::replace(&mut self.out, out).text)
    }

    fn compare(&mut self, left: Text<'t>, by: Operator, level: bool, right: Text<'t>) -> Result<bool, Stopped> {
        let (a, b) = (self.side(left)?, self.side(right)?);
        let ordering = if level {
            compatibility_level(&a, left)?.cmp(&compatibility_level(&b, right)?)
        } else if all_digits(&a) && all_digits(&b) {
            number(&a, left)?.cmp(&number(&b, right)?)
        } else {
            a.cmp(&b)
        };
        Ok(by.holds(ordering))
    }
}

fn all_digits(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

fn number(text: &[u8], at: Text<'_>) -> Result<i64, Stopped> {
    match strtol(text) {
        Some((number, [])) => Ok(number),
        _ => Err(refused(MainCfProblem::NumberTooBig { number: String::from_utf8_lossy(text).into_owned() }, at)),
    }
}

/// A number as strtol(3) reads it, and what follows it. None where there is no digit, or where it is out of range.
pub(super) fn strtol(text: &[u8]) -> Option<(i64, &[u8])> {
    let blank = text.iter().take_while(|&&byte| crate::table::source::is_space(byte)).count();
    let rest = text.get(blank..)?;
    let (sign, rest) = match rest.first()? {
        b'-' => (-1, rest.get(1..)?),
        b'+' => (1, rest.get(1..)?),
        _ => (1, rest),
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let number = rest
        .get(..digits)?
        .iter()
        .try_fold(0i64, |number, digit| number.checked_mul(10)?.checked_add(sign * i64::from(digit - b'0')))?;
    Some((number, rest.get(digits..)?))
}

/// Major, minor, patch: `3.6`. The numbers may have signs and white space before them, as strtol(3) has it.
fn compatibility_level(text: &[u8], at: Text<'_>) -> Result<(i64, i64, i64), Stopped> {
    let mut numbers = [0; 3];
    let mut rest = Some(text);
    let mut good = true;
    for (number, most) in numbers.iter_mut().zip([i64::MAX >> 20, 1023, 1023]) {
        let Some(text) = rest else { break };
        match strtol(text) {
            Some((read, after)) if (0..=most).contains(&read) => {
                *number = read;
                rest = match after {
                    [] => None,
                    [b'.', after @ ..] => Some(after),
                    _ => {
                        good = false;
                        break;
                    }
                };
            }
            _ => {
                good = false;
                break;
            }
        }
    }
    if good && rest.is_none() {
        let [major, minor, patch] = numbers;
        return Ok((major, minor, patch));
    }
    Err(refused(MainCfProblem::BadLevel { level: String::from_utf8_lossy(text).into_owned() }, at))
}

fn scan<'t>(text: Text<'t>, found: &mut Vec<Text<'t>>, steps: &mut usize, depth: usize) -> Result<(), Stopped> {
    if depth > MAX_DEPTH {
        return Err(Stopped::TooBig);
    }
    parts(text, &mut |part| {
        *steps += 1;
        if *steps > MAX_SIZE {
            return Err(Stopped::TooBig);
        }
        let Part::Call(call) = part else { return Ok(()) };
        let (subject, mark, at) = subject(call)?;
        match subject {
            Subject::Name(name) => found.push(name),
            Subject::Comparison { left, right, .. } => {
                // A mistake on the left does not keep Postfix from looking at the right.
                let left = scan(left, found, steps, depth + 1);
                let right = scan(right, found, steps, depth + 1);
                left.and(right)?;
            }
        }
        let Some(mark) = mark else { return Ok(()) };
        let choices = choices(call, mark, at);
        for choice in [choices.yes, choices.no].into_iter().flatten() {
            scan(choice, found, steps, depth + 1)?;
        }
        choices.mistake.map_or(Ok(()), Err)
    })
}
