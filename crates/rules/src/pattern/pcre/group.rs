//! Parentheses: what opens them, what they hold, what closing them makes.
//!
//! pcre2pattern(3), "GROUPS" and what follows.

use postproof_model::{PcreErrorKind, Span};

use super::super::ast::{Conditional, Direction, Group, GroupKind, Kind, Look, Node, Test};
use super::Fail;
use super::name::{MAX_GROUP, MAX_NAMES, Name, Sign};
use super::reader::{Options, Reader};

/// An open parenthesis, or the whole pattern.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) shape: Shape,
    /// Where it was opened.
    pub(super) start: usize,
    /// The settings that hold again after it.
    options: Options,
    branches: Vec<Node>,
    /// Where the branch at hand begins.
    branch_start: usize,
    pub(super) items: Vec<Node>,
    /// In `(?|`: how many groups there were before it, and how many a branch has led to at most.
    reset: Option<(u32, u32)>,
    /// Whether it is the look-around that a conditional tests.
    is_condition: bool,
}

/// What a parenthesis will be.
#[derive(Debug)]
pub(super) enum Shape {
    Whole,
    Group(GroupKind),
    Look {
        direction: Direction,
        negative: bool,
        atomic: bool,
    },
    /// `offset` is what PCRE2 reports when there are too many branches.
    Conditional {
        test: Option<Test>,
        define: bool,
        offset: usize,
    },
}

impl Frame {
    pub(super) const fn new(shape: Shape, start: usize, body: usize, options: Options) -> Self {
        Self {
            shape,
            start,
            options,
            branches: Vec::new(),
            branch_start: body,
            items: Vec::new(),
            reset: None,
            is_condition: false,
        }
    }

    fn end_branch(&mut self, end: usize) {
        let nodes = std::mem::take(&mut self.items);
        self.branches.push(joined(nodes, Span::new(self.branch_start, end), Kind::Concat));
        self.branch_start = end + 1;
    }

    /// All that stands in it, up to `end`.
    pub(super) fn body(mut self, end: usize) -> Node {
        self.end_branch(end);
        let start = self.branches.first().map_or(end, |node| node.span.start);
        joined(self.branches, Span::new(start, end), Kind::Alternation)
    }
}

/// Several nodes as one, where there are several.
fn joined(mut nodes: Vec<Node>, span: Span, join: impl Fn(Vec<Node>) -> Kind) -> Node {
    match nodes.len() {
        0 => Node::new(span, Kind::Empty),
        1 => nodes.remove(0),
        _ => Node::new(span, join(nodes)),
    }
}

impl Reader<'_> {
    /// A parenthesis, whose opening at `start` is read. `expected` is what a conditional waits for.
    pub(super) fn open(&mut self, start: usize, expected: u8) -> Result<(), Fail> {
        match self.byte_at(self.at) {
            None => Err(self.unclosed(start)),
            Some(b'*') => self.starred(start, expected),
            Some(b'?') => {
                self.at += 1;
                self.question(start, expected).map_err(|fail| fail.blaming(start, self.at.min(self.source.len())))
            }
            Some(_) => {
                let kind = if self.options.no_capture {
                    GroupKind::Plain
                } else {
                    GroupKind::Capture { index: self.next_group()?, name: None }
                };
                self.enter(start, Shape::Group(kind));
                Ok(())
            }
        }
    }

    pub(super) fn unclosed(&self, start: usize) -> Fail {
        self.fail(PcreErrorKind::UnclosedGroup).blaming(start, self.at)
    }

    /// What holds from here on stands within parentheses.
    pub(super) fn enter(&mut self, start: usize, shape: Shape) {
        self.frames.push(Frame::new(shape, start, self.at, self.options));
    }

    fn next_group(&mut self) -> Result<u32, Fail> {
        if self.groups >= MAX_GROUP {
            return Err(self.fail(PcreErrorKind::TooManyGroups));
        }
        self.groups += 1;
        Ok(self.groups)
    }

    /// What stands after `(?`.
    fn question(&mut self, start: usize, expected: u8) -> Result<(), Fail> {
        let rest = self.rest();
        match rest {
            [] => Err(self.unclosed(start)),
            [b'P', ..] => self.python(start),
            [b'R', ..] => {
                self.at += 1;
                if self.byte_at(self.at) != Some(b')') {
                    return Err(self.fail(PcreErrorKind::RecursionNotClosed));
                }
                self.call_ends(start, 0);
                Ok(())
            }
            [b'+', next, ..] if next.is_ascii_digit() => self.numbered_call(start),
            [b'+', ..] => Err(self.fail(PcreErrorKind::DigitExpected)),
            [b'-', next, ..] if next.is_ascii_digit() => self.numbered_call(start),
            [b'0'..=b'9', ..] => self.numbered_call(start),
            [b'&', ..] => self.named_call(start),
            [b'C', ..] => self.callout(start, expected),
            [b'(', ..] => self.condition(start),
            [b'>', ..] => {
                self.at += 1;
                self.enter(start, Shape::Group(GroupKind::Atomic));
                Ok(())
            }
            [b'=', ..] => self.look(start, 1, Direction::Ahead, false, true, expected),
            [b'!', ..] => self.look(start, 1, Direction::Ahead, true, true, expected),
            [b'*', ..] => self.look(start, 1, Direction::Ahead, false, false, expected),
            [b'<', sign @ (b'=' | b'!' | b'*'), ..] => {
                let sign = *sign;
                self.note_lookbehind(start, self.at);
                self.look(start, 2, Direction::Behind, sign == b'!', sign != b'*', expected)
            }
            [b'<', ..] => self.named_group(start, b'>'),
            [b'\'', ..] => self.named_group(start, b'\''),
            [b'|', ..] => {
                self.at += 1;
                self.enter(start, Shape::Group(GroupKind::Plain));
                self.lookbehinds.same_numbers = true;
                let groups = self.groups;
                if let Some(frame) = self.frames.last_mut() {
                    frame.reset = Some((groups, groups));
                }
                Ok(())
            }
            _ => self.settings(start),
        }
    }

    /// Remembers where an error of a look-behind is to be reported: two bytes before `at`.
    pub(super) fn note_lookbehind(&mut self, start: usize, at: usize) {
        self.lookbehinds.offsets.push((start, at.saturating_sub(2)));
    }

    /// A look-around, whose sign of `sign` bytes comes next.
    pub(super) fn look(
        &mut self,
        start: usize,
        sign: usize,
        direction: Direction,
        negative: bool,
        atomic: bool,
        expected: u8,
    ) -> Result<(), Fail> {
        self.at += sign;
        self.enter(start, Shape::Look { direction, negative, atomic });
        if let Some(frame) = self.frames.last_mut() {
            frame.is_condition = expected > 0;
        }
        Ok(())
    }

    /// `(?P<name>…)`, `(?P>name)`, `(?P=name)`
    fn python(&mut self, start: usize) -> Result<(), Fail> {
        self.at += 1;
        match self.byte_at(self.at) {
            None => Err(self.unclosed(start)),
            Some(b'<') => self.named_group(start, b'>'),
            Some(b'>') => self.named_call(start),
            Some(b'=') => {
                let (offset, name) = self.group_name(b')')?;
                let kind = self.reference_by_name(start, &name, offset);
                self.push(start, kind);
                self.repeatable = true;
                Ok(())
            }
            Some(_) => Err(self.fail(PcreErrorKind::UnknownPythonGroup)),
        }
    }

    fn named_call(&mut self, start: usize) -> Result<(), Fail> {
        let (offset, name) = self.group_name(b')')?;
        let kind = self.call_by_name(start, &name, offset);
        self.push(start, kind);
        self.repeatable = true;
        Ok(())
    }

    /// `(?1)`, `(?+1)`, `(?-1)`
    fn numbered_call(&mut self, start: usize) -> Result<(), Fail> {
        let number = self.number(Sign::Relative, MAX_GROUP, PcreErrorKind::GroupNumberTooBig)?.unwrap_or_default();
        if self.byte_at(self.at) != Some(b')') {
            return Err(self.unclosed(start));
        }
        self.call_ends(start, number);
        Ok(())
    }

    /// The closing parenthesis of a call by number.
    fn call_ends(&mut self, start: usize, number: u32) {
        let offset = self.at;
        self.at += 1;
        let kind = self.call(start, number, offset);
        self.push(start, kind);
        self.repeatable = true;
    }

    fn named_group(&mut self, start: usize, terminator: u8) -> Result<(), Fail> {
        let (_, name) = self.group_name(terminator)?;
        let index = self.next_group()?;
        let text = String::from_utf8_lossy(&name).into_owned();
        self.enter(start, Shape::Group(GroupKind::Capture { index, name: Some(text) }));
        if self.names.len() >= MAX_NAMES {
            return Err(self.fail(PcreErrorKind::TooManyNames));
        }
        for known in &self.names {
            if known.name == name {
                if known.number == index {
                    return Ok(());
                }
                if !self.options.same_names {
                    return Err(self.fail(PcreErrorKind::DuplicateName));
                }
            } else if known.number == index {
                return Err(self.fail(PcreErrorKind::NameMismatch));
            }
        }
        self.names.push(Name { name, number: index });
        Ok(())
    }

    /// `(?i-s)` and `(?i-s:…)`
    fn settings(&mut self, start: usize) -> Result<(), Fail> {
        let before = self.options;
        let mut hyphen_allowed = true;
        let mut value = true;
        let (mut set, mut unset) = (Changes::default(), Changes::default());
        if self.byte_at(self.at) == Some(b'^') {
            self.at += 1;
            hyphen_allowed = false;
            let options = &mut self.options;
            options.fold = false;
            options.multiline = false;
            options.no_capture = false;
            options.dot_all = false;
            options.extended = false;
            options.extended_more = false;
        }
        loop {
            let Some(byte) = self.byte_at(self.at) else {
                return Err(self.unclosed(start));
            };
            let changes = if value { &mut set } else { &mut unset };
            match byte {
                b')' | b':' => break,
                b'-' if !hyphen_allowed => return Err(self.fail(PcreErrorKind::SettingsHyphen)),
                b'-' => {
                    hyphen_allowed = false;
                    value = false;
                }
                b'J' => changes.same_names = true,
                b'i' => changes.fold = true,
                b'm' => changes.multiline = true,
                b'n' => changes.no_capture = true,
                b's' => changes.dot_all = true,
                b'U' => changes.ungreedy = true,
                b'x' => {
                    changes.extended = true;
                    if self.byte_at(self.at + 1) == Some(b'x') {
                        changes.extended_more = true;
                        self.at += 1;
                    }
                }
                _ => return Err(self.fail(PcreErrorKind::UnknownGroupKind)),
            }
            self.at += 1;
        }
        // A single x takes back a double one.
        unset.extended_more |= set.extended && !set.extended_more || unset.extended;
        let after = self.options.changed(set, unset);
        let group = self.byte_at(self.at) == Some(b':');
        self.at += 1;
        if group {
            self.options = before;
            self.enter(start, Shape::Group(GroupKind::Plain));
        } else {
            self.push(start, Kind::Empty);
        }
        self.options = after;
        Ok(())
    }

    /// `(?C)`, `(?C1)`, `(?C"text")`: a place to call a program, which Postfix does not do.
    fn callout(&mut self, start: usize, expected: u8) -> Result<(), Fail> {
        self.at += 1;
        let Some(first) = self.byte_at(self.at) else { return Err(self.unclosed(start)) };
        self.assertion_expected = expected.saturating_sub(1);
        if first == b')' || first.is_ascii_digit() {
            let mut number = 0;
            while let Some(digit) = self.byte_at(self.at).filter(u8::is_ascii_digit) {
                number = number * 10 + u32::from(digit - b'0');
                self.at += 1;
                if number > 255 {
                    return Err(self.fail(PcreErrorKind::CalloutTooBig));
                }
            }
        } else {
            let delimiter = match first {
                b'`' | b'\'' | b'"' | b'^' | b'%' | b'#' | b'$' => first,
                b'{' => b'}',
                _ => return Err(self.fail(PcreErrorKind::CalloutDelimiter)),
            };
            let text = self.at;
            loop {
                self.at += 1;
                match self.byte_at(self.at) {
                    None => {
                        self.at = text;
                        return Err(self.fail(PcreErrorKind::CalloutNotEnded));
                    }
                    // A doubled delimiter stands for itself.
                    Some(byte) if byte == delimiter => {
                        self.at += 1;
                        if self.byte_at(self.at) != Some(delimiter) {
                            break;
                        }
                    }
                    Some(_) => {}
                }
            }
        }
        if self.byte_at(self.at) != Some(b')') {
            return Err(self.fail(PcreErrorKind::UnclosedCallout));
        }
        self.at += 1;
        self.push(start, Kind::Empty);
        Ok(())
    }

    /// `|`
    pub(super) fn next_branch(&mut self) {
        let end = self.at - 1;
        let Some(frame) = self.frames.last_mut() else { return };
        frame.end_branch(end);
        if let Some((before, most)) = &mut frame.reset {
            *most = (*most).max(self.groups);
            self.groups = *before;
        }
    }

    /// `)`
    pub(super) fn close(&mut self) -> Result<(), Fail> {
        if self.frames.len() <= 1 {
            return Err(Fail::new(PcreErrorKind::UnopenedGroup, self.at - 1).blaming(self.at - 1, self.at));
        }
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        self.repeatable = true;
        self.options = frame.options;
        if let Some((_, most)) = frame.reset {
            self.groups = self.groups.max(most);
        }
        let (start, end) = (frame.start, self.at - 1);
        let shape = std::mem::replace(&mut frame.shape, Shape::Whole);
        let is_condition = frame.is_condition;
        let kind = match shape {
            Shape::Whole => Kind::Empty,
            Shape::Group(kind) => Kind::Group(Box::new(Group { kind, node: frame.body(end) })),
            Shape::Look { direction, negative, atomic } => {
                Kind::Look(Box::new(Look { direction, negative, atomic, steps: Vec::new(), node: frame.body(end) }))
            }
            Shape::Conditional { test, define, offset } => {
                frame.end_branch(end);
                self.conditional(start, test.unwrap_or(Test::Always(false)), define, offset, frame.branches)
            }
        };
        if is_condition {
            self.repeatable = false;
            let node = Node::new(Span::new(start, self.at), kind);
            let at = self.at;
            if let Some(Frame { shape: Shape::Conditional { test, .. }, branch_start, .. }) = self.frames.last_mut() {
                *test = Some(Test::Look(Box::new(node)));
                *branch_start = at;
            }
            return Ok(());
        }
        self.push(start, kind);
        Ok(())
    }

    fn conditional(&mut self, start: usize, test: Test, define: bool, offset: usize, mut branches: Vec<Node>) -> Kind {
        let end = self.at - 1;
        let too_many = match branches.len() {
            0 | 1 => None,
            2 => Some(PcreErrorKind::DefineBranches).filter(|_| define),
            _ if define => Some(PcreErrorKind::DefineBranches),
            _ => Some(PcreErrorKind::TooManyBranches),
        };
        self.branches.extend(too_many.map(|kind| Fail::new(kind, offset).blaming(start, self.at)));
        if define {
            self.lookbehinds.defines.push(start);
        }
        if branches.len() < 2 {
            self.lookbehinds.single_branches.push(start);
        }
        let no = branches.split_off(branches.len().min(1));
        let yes = branches.pop().unwrap_or_else(|| Node::new(Span::new(end, end), Kind::Empty));
        // Without a second branch there is nothing to match.
        let span = no.first().map_or(Span::new(end, end), |first| Span::new(first.span.start, end));
        Kind::Conditional(Box::new(Conditional { test, yes, no: joined(no, span, Kind::Alternation) }))
    }

    /// Whether a look-around is open.
    pub(super) fn in_lookaround(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame.shape, Shape::Look { .. }))
    }
}

/// Settings named in one go.
#[derive(Clone, Copy, Default)]
struct Changes {
    fold: bool,
    multiline: bool,
    dot_all: bool,
    extended: bool,
    extended_more: bool,
    no_capture: bool,
    ungreedy: bool,
    same_names: bool,
}

impl Options {
    /// With one set of settings made and the other taken back.
    const fn changed(self, set: Changes, unset: Changes) -> Self {
        Self {
            fold: (self.fold || set.fold) && !unset.fold,
            multiline: (self.multiline || set.multiline) && !unset.multiline,
            dot_all: (self.dot_all || set.dot_all) && !unset.dot_all,
            extended: (self.extended || set.extended) && !unset.extended,
            extended_more: (self.extended_more || set.extended_more) && !unset.extended_more,
            no_capture: (self.no_capture || set.no_capture) && !unset.no_capture,
            ungreedy: (self.ungreedy || set.ungreedy) && !unset.ungreedy,
            same_names: (self.same_names || set.same_names) && !unset.same_names,
        }
    }
}
