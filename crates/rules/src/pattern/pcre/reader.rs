//! Reads a pattern from left to right, and puts the tree together.
//!
//! A pattern is read twice: first to learn how many groups there are and what they are called, then, with that known, to
//! make the tree. References may point forward.

use postproof_model::{PcreErrorKind, Span};

use super::super::ast::{
    Any, Assertion, Ast, Class, ClassItem, ClassItemKind, ClassName, Direction, Greed, Group, GroupKind, Kind, Look,
    Node, Repeat, Verb,
};
use super::super::{ByteSet, CharSet};
use super::group::{Frame, Shape};
use super::name::{Known, Name};
use super::start::{self, Start};
use super::{Fail, Newline, Parsed, PcreFlags, Settings, lookbehind, size};

/// How deep parentheses may nest.
const MAX_DEPTH: usize = 250;
/// The greatest count between braces.
const MAX_COUNT: u32 = 65_535;

/// Parses a pattern.
pub(super) fn parse(source: &[u8], flags: PcreFlags) -> Result<Parsed, Fail> {
    let start = start::read(source)?;
    let utf = flags.utf || start.utf;
    if utf && let Err(error) = std::str::from_utf8(source) {
        return Err(Fail::new(PcreErrorKind::NotUtf8, error.valid_up_to()));
    }
    let first = Reader::new(source, flags, start, None).read()?;
    let known = Known { names: first.names, groups: first.groups };
    let second = Reader::new(source, flags, start, Some(&known)).read()?;
    let steps = lookbehind::check(&second.root, &second.lookbehinds, &known, utf)?;
    if let Some(fail) = second.references.first() {
        return Err(*fail);
    }
    let small = size::check(&second.root, source, utf)?;
    if let Some(fail) = second.branches.first() {
        return Err(*fail);
    }
    let settings = Settings {
        anchored: flags.anchored,
        ucp: start.ucp,
        newline: start.newline,
        not_empty: start.not_empty,
        not_empty_at_start: start.not_empty_at_start,
        no_auto_possess: start.no_auto_possess,
        no_start_opt: start.no_start_opt,
        names_line_ends: second.names_line_ends,
        unsupported: start.lower_limit.or(second.unsupported).or((!small).then_some("a pattern of about 64 kilobytes")),
    };
    let mut root = second.root;
    lookbehind::set_steps(&mut root, &steps);
    Ok(Parsed { ast: Ast { root, groups: known.groups, utf8: utf }, settings })
}

/// Settings that may change within a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) fold: bool,
    pub(super) multiline: bool,
    pub(super) dot_all: bool,
    pub(super) extended: bool,
    /// Blanks in brackets are left out, too: `xx`.
    pub(super) extended_more: bool,
    /// Plain parentheses do not capture: `n`.
    pub(super) no_capture: bool,
    pub(super) ungreedy: bool,
    /// Groups may have the same name: `J`.
    pub(super) same_names: bool,
}

/// What the checks of look-behinds need beyond the tree.
#[derive(Clone, Debug, Default)]
pub(super) struct LookbehindNotes {
    /// Where each look-behind's error is to be reported, by where it begins.
    pub(super) offsets: Vec<(usize, usize)>,
    /// Where the conditionals begin that have one branch.
    pub(super) single_branches: Vec<usize>,
    /// Where groups are called or referred to, and the offset to report.
    pub(super) references: Vec<(usize, usize)>,
    /// Whether groups of one number may occur twice: `(?|`.
    pub(super) same_numbers: bool,
    /// Where back-references stand that name groups of which there are several.
    pub(super) ambiguous: Vec<usize>,
    /// Where calls and back-references stand whose name no group has.
    pub(super) unknown: Vec<usize>,
    /// Where `(?(DEFINE)…)` stands.
    pub(super) defines: Vec<usize>,
}

pub(super) struct Reader<'s> {
    pub(super) source: &'s [u8],
    pub(super) at: usize,
    pub(super) utf: bool,
    pub(super) ucp: bool,
    pub(super) newline: Newline,
    /// `\R` takes all of Unicode's line ends.
    pub(super) unicode_breaks: bool,
    dollar_end_only: bool,
    pub(super) options: Options,
    /// How many groups have begun; in `(?|` the count goes back.
    pub(super) groups: u32,
    pub(super) names: Vec<Name>,
    pub(super) known: Option<&'s Known>,
    pub(super) frames: Vec<Frame>,
    /// Whether a repetition may follow.
    pub(super) repeatable: bool,
    /// Whether the last piece was a repetition, which `?` or `+` may change.
    after_repetition: bool,
    /// After `\Q`.
    pub(super) quoted: bool,
    /// In the name of a verb: where it begins, and the verb.
    pub(super) verb: Option<(usize, usize, Verb)>,
    /// After `(?(`: 2 until something else was read, 1 after a callout.
    pub(super) assertion_expected: u8,
    /// Where each of the back-references 1 to 9 was first seen.
    pub(super) first_reference: [Option<usize>; 10],
    /// What is wrong with references, in order.
    pub(super) references: Vec<Fail>,
    /// What is wrong with the branches of conditionals, in order.
    pub(super) branches: Vec<Fail>,
    pub(super) lookbehinds: LookbehindNotes,
    pub(super) names_line_ends: bool,
    pub(super) unsupported: Option<&'static str>,
}

/// What a reading found.
pub(super) struct Reading {
    root: Node,
    names: Vec<Name>,
    groups: u32,
    references: Vec<Fail>,
    branches: Vec<Fail>,
    lookbehinds: LookbehindNotes,
    names_line_ends: bool,
    unsupported: Option<&'static str>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s [u8], flags: PcreFlags, start: Start, known: Option<&'s Known>) -> Self {
        let options = Options {
            fold: flags.fold_case,
            multiline: flags.multiline,
            dot_all: flags.dot_all,
            extended: flags.extended,
            extended_more: false,
            no_capture: false,
            ungreedy: flags.ungreedy,
            same_names: false,
        };
        Self {
            source,
            at: start.end,
            utf: flags.utf || start.utf,
            ucp: start.ucp,
            newline: start.newline,
            unicode_breaks: !start.plain_line_breaks,
            dollar_end_only: flags.dollar_end_only,
            options,
            groups: 0,
            names: Vec::new(),
            known,
            frames: vec![Frame::new(Shape::Whole, 0, start.end, options)],
            repeatable: false,
            after_repetition: false,
            quoted: false,
            verb: None,
            assertion_expected: 0,
            first_reference: [None; 10],
            references: Vec::new(),
            branches: Vec::new(),
            lookbehinds: LookbehindNotes::default(),
            names_line_ends: false,
            unsupported: None,
        }
    }

    fn read(mut self) -> Result<Reading, Fail> {
        while self.at < self.source.len() {
            if self.frames.len() > MAX_DEPTH + 1 {
                return Err(self.fail(PcreErrorKind::TooDeep));
            }
            let start = self.at;
            let value = self.next_char();
            if self.quoted {
                self.quoted_char(start, value)?;
            } else if self.verb.is_some() {
                self.verb_name_char(value)?;
            } else if !self.skipped(start, value)? {
                self.piece(start, value)?;
            }
        }
        if self.verb.is_some() {
            return Err(self.fail(PcreErrorKind::UnknownVerb));
        }
        let end = self.source.len();
        match self.frames.pop() {
            Some(frame) if self.frames.is_empty() => Ok(Reading {
                root: frame.body(end),
                names: self.names,
                groups: self.groups,
                references: self.references,
                branches: self.branches,
                lookbehinds: self.lookbehinds,
                names_line_ends: self.names_line_ends,
                unsupported: self.unsupported,
            }),
            open => Err(self.fail(PcreErrorKind::UnclosedGroup).blaming(open.map_or(0, |frame| frame.start), end)),
        }
    }

    /// A character between `\Q` and `\E`.
    fn quoted_char(&mut self, start: usize, value: u32) -> Result<(), Fail> {
        if value == u32::from(b'\\') && self.byte_at(self.at) == Some(b'E') {
            self.at += 1;
            self.quoted = false;
        } else if self.assertion_expected > 0 {
            return Err(Fail::new(PcreErrorKind::ConditionNoAssertion, self.at - 1));
        } else if self.verb.is_none() {
            self.push_literal(start, value);
            self.after_repetition = false;
        }
        Ok(())
    }

    /// Leaves out what is no part of the pattern and changes nothing: quotes, comments, white space.
    fn skipped(&mut self, start: usize, value: u32) -> Result<bool, Fail> {
        if value == u32::from(b'\\')
            && let Some(letter @ (b'Q' | b'E')) = self.byte_at(self.at)
        {
            self.quoted = letter == b'Q';
            self.at += 1;
            return Ok(true);
        }
        if self.options.extended {
            if is_pattern_space(value) {
                return Ok(true);
            }
            if value == u32::from(b'#') {
                while self.at < self.source.len() {
                    if let Some(len) = self.newline_at(self.at) {
                        self.at += len;
                        break;
                    }
                    self.next_char();
                }
                return Ok(true);
            }
        }
        if value == u32::from(b'(') && self.rest().starts_with(b"?#") {
            match memchr::memchr(b')', self.rest()) {
                Some(len) => self.at += len + 1,
                None => {
                    self.at = self.source.len();
                    return Err(self.fail(PcreErrorKind::UnclosedComment).blaming(start, self.at));
                }
            }
            self.push(start, Kind::Empty);
            return Ok(true);
        }
        Ok(false)
    }

    /// One piece of the pattern; `value`, its first character, is read.
    fn piece(&mut self, start: usize, value: u32) -> Result<(), Fail> {
        if self.assertion_expected > 0 {
            self.check_assertion_follows(value)?;
        }
        let expected = std::mem::take(&mut self.assertion_expected);
        let repeatable = std::mem::take(&mut self.repeatable);
        if std::mem::take(&mut self.after_repetition) && (value == u32::from(b'?') || value == u32::from(b'+')) {
            self.change_greed(value == u32::from(b'+'));
            return Ok(());
        }
        let Some(byte) = u8::try_from(value).ok().filter(u8::is_ascii) else {
            self.push_literal(start, value);
            return Ok(());
        };
        match byte {
            b'\\' => self.escaped(start),
            b'^' => {
                let assertion = if self.options.multiline { Assertion::LineStart } else { Assertion::Start };
                self.push(start, Kind::Assertion(assertion));
                Ok(())
            }
            b'$' => {
                let assertion = match (self.options.multiline, self.dollar_end_only) {
                    (true, _) => Assertion::LineEnd,
                    (false, true) => Assertion::End,
                    (false, false) => Assertion::EndOrFinalNewline,
                };
                self.push(start, Kind::Assertion(assertion));
                Ok(())
            }
            b'.' => {
                let kind = self.dot(start, self.options.dot_all);
                self.push(start, kind);
                self.repeatable = true;
                Ok(())
            }
            b'*' => self.repetition(start, 0, None, repeatable),
            b'+' => self.repetition(start, 1, None, repeatable),
            b'?' => self.repetition(start, 0, Some(1), repeatable),
            b'{' => match self.counts()? {
                Some((min, max)) => self.repetition(start, min, max, repeatable),
                None => {
                    self.push_literal(start, value);
                    Ok(())
                }
            },
            b'[' => self.bracket(start),
            b'(' => self.open(start, expected),
            b'|' => {
                self.next_branch();
                Ok(())
            }
            b')' => self.close(),
            _ => {
                self.push_literal(start, value);
                Ok(())
            }
        }
    }

    fn repetition(&mut self, start: usize, min: u32, max: Option<u32>, repeatable: bool) -> Result<(), Fail> {
        if !repeatable {
            return Err(Fail::new(PcreErrorKind::NothingToRepeat, self.at - 1).blaming(start, self.at));
        }
        let (end, ungreedy) = (self.at, self.options.ungreedy);
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        // A comment between a piece and its repetition changes nothing.
        while frame.items.last().is_some_and(|node| is_comment(node, self.source)) {
            frame.items.pop();
        }
        let Some(mut node) = frame.items.pop() else { return Ok(()) };
        let span = Span::new(node.span.start, end);
        if matches!(node.kind, Kind::Verb(_)) {
            // PCRE2 puts a repeated (*ACCEPT) in parentheses of its own.
            node = Node::new(node.span, Kind::Group(Box::new(Group { kind: GroupKind::Plain, node })));
        }
        let greed = if ungreedy { Greed::Lazy } else { Greed::Greedy };
        let operator = Span::new(start, end);
        frame.items.push(Node::new(span, Kind::Repeat(Box::new(Repeat { node, min, max, greed, operator }))));
        self.after_repetition = true;
        Ok(())
    }

    /// A `?` or `+` after a repetition.
    fn change_greed(&mut self, possessive: bool) {
        let end = self.at;
        let Some(frame) = self.frames.last_mut() else { return };
        while frame.items.last().is_some_and(|node| is_comment(node, self.source)) {
            frame.items.pop();
        }
        if let Some(node) = frame.items.last_mut()
            && let Kind::Repeat(repeat) = &mut node.kind
        {
            repeat.greed = match repeat.greed {
                _ if possessive => Greed::Possessive,
                Greed::Lazy => Greed::Greedy,
                Greed::Greedy | Greed::Possessive => Greed::Lazy,
            };
            repeat.operator.end = end;
            node.span.end = end;
        }
    }

    /// The counts after an opening brace; none, and nothing read, where the brace stands for itself.
    pub(super) fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, Fail> {
        let rest = self.rest();
        let Some(len) = memchr::memchr(b'}', rest) else { return Ok(None) };
        let between = rest.get(..len).unwrap_or_default();
        let commas = between.iter().filter(|byte| **byte == b',').count();
        // PCRE2 10.42 wants a first count: {,3} stands for itself.
        let form = commas <= 1 && between.first().is_some_and(u8::is_ascii_digit);
        if !form || !between.iter().all(|byte| byte.is_ascii_digit() || *byte == b',') {
            return Ok(None);
        }
        let min = self.count()?;
        let max = if self.byte_at(self.at) == Some(b',') {
            self.at += 1;
            if self.byte_at(self.at) == Some(b'}') { None } else { Some(self.count()?) }
        } else {
            Some(min)
        };
        if max.is_some_and(|max| max < min) {
            return Err(self.fail(PcreErrorKind::BraceOrder));
        }
        self.at += 1;
        Ok(Some((min, max)))
    }

    fn count(&mut self) -> Result<u32, Fail> {
        let mut count = 0;
        while let Some(digit) = self.byte_at(self.at).filter(u8::is_ascii_digit) {
            count = count * 10 + u32::from(digit - b'0');
            self.at += 1;
            if count > MAX_COUNT {
                return Err(self.fail(PcreErrorKind::BraceTooBig));
            }
        }
        Ok(count)
    }

    /// Any character, a newline only if `all`.
    pub(super) fn dot(&self, start: usize, all: bool) -> Kind {
        let without = |out: &[u8]| Kind::Any(Any { bytes: ByteSet::filter(|byte| !out.contains(&byte)) });
        match self.newline {
            _ if all => without(b""),
            Newline::Lf => without(b"\n"),
            Newline::Cr => without(b"\r"),
            Newline::Nul => without(b"\0"),
            Newline::AnyCrLf => without(b"\r\n"),
            Newline::Any => {
                let (bytes, chars) = self.settled(&super::set::vertical_space().complement());
                let kind = ClassItemKind::Named { name: ClassName::VerticalSpace, negated: false };
                let item = ClassItem { span: Span::new(start, self.at), kind };
                Kind::Class(Box::new(Class { negated: true, items: vec![item], bytes, chars }))
            }
            // A carriage return is taken unless a newline follows.
            Newline::CrLf => {
                let span = Span::new(start, self.at);
                let literal = |byte: u8| Node::new(span, self.exactly(u32::from(byte)));
                let node = Node::new(span, Kind::Concat(vec![literal(b'\r'), literal(b'\n')]));
                let direction = Direction::Ahead;
                let look = Look { direction, negative: true, atomic: true, steps: Vec::new(), node };
                let look = Node::new(span, Kind::Look(Box::new(look)));
                Kind::Concat(vec![look, Node::new(span, without(b""))])
            }
        }
    }

    /// How many bytes the newline at `at` takes, where there is one.
    fn newline_at(&self, at: usize) -> Option<usize> {
        self.newline.length(self.source.get(at..)?, || {
            let (value, len) = self.char_at(at)?;
            matches!(value, 0x0A..=0x0D | 0x85 | 0x2028 | 0x2029).then_some(len)
        })
    }

    // What follows is shared by all that read.

    pub(super) fn fail(&self, kind: PcreErrorKind) -> Fail {
        Fail::new(kind, self.at)
    }

    pub(super) fn rest(&self) -> &'s [u8] {
        self.source.get(self.at..).unwrap_or_default()
    }

    pub(super) fn byte_at(&self, at: usize) -> Option<u8> {
        self.source.get(at).copied()
    }

    /// The character at `at` and its length: a byte, or a code point.
    pub(super) fn char_at(&self, at: usize) -> Option<(u32, usize)> {
        let first = self.byte_at(at)?;
        if !self.utf || first.is_ascii() {
            return Some((u32::from(first), 1));
        }
        super::super::utf8::decode(self.source, at)
    }

    /// Takes the next character. There must be one.
    pub(super) fn next_char(&mut self) -> u32 {
        let (value, len) = self.char_at(self.at).unwrap_or((0, 1));
        self.at += len;
        value
    }

    /// Adds a piece that was written from `start` up to here.
    pub(super) fn push(&mut self, start: usize, kind: Kind) {
        let node = Node::new(Span::new(start, self.at), kind);
        if let Some(frame) = self.frames.last_mut() {
            frame.items.push(node);
        }
    }

    /// Adds a character that stands for itself.
    pub(super) fn push_literal(&mut self, start: usize, value: u32) {
        self.note_line_end(value);
        let kind = self.literal(Span::new(start, self.at), value);
        self.push(start, kind);
        self.repeatable = true;
    }

    pub(super) fn note_line_end(&mut self, value: u32) {
        self.names_line_ends |= value == u32::from(b'\r') || value == u32::from(b'\n');
    }

    /// The byte sets of a set of characters, split as the mode wants it.
    pub(super) fn settled(&self, set: &CharSet) -> (ByteSet, CharSet) {
        super::set::settled(set, self.utf)
    }
}

fn is_comment(node: &Node, source: &[u8]) -> bool {
    matches!(node.kind, Kind::Empty) && source.get(node.span.start..).is_some_and(|rest| rest.starts_with(b"(?#"))
}

/// White space that an extended pattern leaves out.
const fn is_pattern_space(value: u32) -> bool {
    matches!(value, 0x09..=0x0D | 0x20 | 0x85 | 0x200E | 0x200F | 0x2028 | 0x2029)
}
