//! From tokens to the tree: alternatives, what stands one after another, repetitions, groups.

use postproof_model::{PatternError, PatternErrorKind, Span};

use super::super::ast::{
    Any, Ast, Backreference, Class, ClassItem, ClassItemKind, ClassName, Greed, Group, GroupKind, Kind, Literal, Node,
    Repeat,
};
use super::super::{ByteSet, CharSet};
use super::token::{Token, token};
use super::{MAX_DEPTH, PosixFlags, bracket, folded};

/// The greatest count between braces: RE_DUP_MAX of glibc.
const MAX_COUNT: u32 = 32767;

pub(super) struct Parser<'s> {
    source: &'s [u8],
    flags: PosixFlags,
    /// The token at hand, and its bytes.
    token: Token,
    span: Span,
    groups: u32,
    /// Which of the groups 1 to 9 are complete, on the way that leads here.
    complete: u16,
    /// How many groups are open here.
    depth: usize,
    /// How many repetitions of repetitions (`a**`) the pattern has.
    stacked: usize,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s [u8], flags: PosixFlags) -> Self {
        Self { source, flags, token: Token::End, span: Span::default(), groups: 0, complete: 0, depth: 0, stacked: 0 }
    }

    pub(super) fn parse(mut self) -> Result<Ast, PatternError> {
        if let Some(zero) = memchr::memchr(0, self.source) {
            return Err(error(PatternErrorKind::ZeroByte, Span::new(zero, zero + 1)));
        }
        self.advance(true);
        let root = self.alternation()?;
        Ok(Ast { root, groups: self.groups, utf8: false })
    }

    /// Moves to the next token. `caret` says that an expression begins there.
    fn advance(&mut self, caret: bool) {
        self.move_to(self.span.end, caret);
    }

    fn move_to(&mut self, at: usize, caret: bool) {
        let (token, width) = token(self.source, at, self.flags, caret);
        self.token = token;
        self.span = Span::new(at, at + width);
    }

    fn at_branch_end(&self) -> bool {
        match self.token {
            Token::End | Token::Alternation => true,
            Token::CloseGroup => self.depth > 0,
            _ => false,
        }
    }

    /// Branches between `|`.
    fn alternation(&mut self) -> Result<Node, PatternError> {
        let start = self.span.start;
        let complete_before = self.complete;
        let mut branches = vec![self.branch()?];
        while self.token == Token::Alternation {
            self.advance(true);
            // A group of another branch is not complete in this one.
            let complete = std::mem::replace(&mut self.complete, complete_before);
            branches.push(self.branch()?);
            self.complete |= complete;
        }
        Ok(joined(branches, Span::new(start, self.span.start), Kind::Alternation))
    }

    /// Expressions one after another.
    fn branch(&mut self) -> Result<Node, PatternError> {
        let start = self.span.start;
        let mut nodes = Vec::new();
        while !self.at_branch_end() {
            nodes.push(self.expression()?);
        }
        let end = nodes.last().map_or(start, |node: &Node| node.span.end);
        Ok(joined(nodes, Span::new(start, end), Kind::Concat))
    }

    /// One piece with its repetitions.
    fn expression(&mut self) -> Result<Node, PatternError> {
        let span = self.span;
        let kind = match self.token {
            Token::Anchor(assertion) => {
                self.advance(false);
                // No repetition can follow an anchor: what comes next begins an expression.
                return Ok(Node::new(span, Kind::Assertion(assertion)));
            }
            Token::TrailingBackslash => return Err(error(PatternErrorKind::TrailingBackslash, span)),
            Token::OpenBrace if !self.flags.extended => return Err(error(PatternErrorKind::NothingToRepeat, span)),
            token if token.repeats() && self.flags.extended => {
                return Err(error(PatternErrorKind::NothingToRepeat, span));
            }
            Token::CloseGroup if !self.flags.extended => return Err(error(PatternErrorKind::UnopenedGroup, span)),
            Token::OpenGroup => return self.group().and_then(|node| self.repetitions(node)),
            Token::OpenBracket => {
                let (class, end) = bracket::parse(self.source, span.end, self.flags)?;
                self.move_to(end, false);
                let node = Node::new(Span::new(span.start, end), Kind::Class(Box::new(class)));
                return self.repetitions(node);
            }
            Token::Byte { byte, escaped } => self.literal(byte, escaped),
            Token::Dot => Kind::Any(Any { bytes: self.any() }),
            Token::Shorthand { name, negated } => self.shorthand(name, negated),
            Token::Backreference(group) => {
                if self.complete >> group & 1 == 0 {
                    return Err(error(PatternErrorKind::UnknownGroup, span));
                }
                Kind::Backreference(Backreference { group: u32::from(group), fold: self.flags.fold_case })
            }
            // Operators that can be none here stand for themselves.
            token => token.as_byte().map_or(Kind::Empty, |byte| self.literal(byte, false)),
        };
        self.advance(false);
        self.repetitions(Node::new(span, kind))
    }

    fn literal(&self, byte: u8, escaped: bool) -> Kind {
        let meant = if escaped { byte } else { folded(byte, self.flags) };
        let bytes = ByteSet::filter(|key| folded(key, self.flags) == meant);
        Kind::Literal(Literal { value: u32::from(byte), bytes })
    }

    fn any(&self) -> ByteSet {
        let mut bytes = ByteSet::ALL;
        bytes.remove(0);
        if self.flags.newline {
            bytes.remove(b'\n');
        }
        bytes
    }

    fn shorthand(&self, name: ClassName, negated: bool) -> Kind {
        let set = name.bytes();
        let bytes = if negated { set.complement() } else { set };
        let item = ClassItem { span: self.span, kind: ClassItemKind::Named { name, negated: false } };
        Kind::Class(Box::new(Class { negated, items: vec![item], bytes, chars: CharSet::EMPTY }))
    }

    /// A group, from its opening parenthesis.
    fn group(&mut self) -> Result<Node, PatternError> {
        let open = self.span;
        self.deeper(open)?;
        self.groups += 1;
        let index = self.groups;
        self.advance(true);
        let node = self.alternation()?;
        if self.token != Token::CloseGroup {
            return Err(error(PatternErrorKind::UnclosedGroup, Span::new(open.start, self.source.len())));
        }
        if index <= 9 {
            self.complete |= 1 << index;
        }
        let span = Span::new(open.start, self.span.end);
        self.depth -= 1;
        self.advance(false);
        Ok(Node::new(span, Kind::Group(Box::new(Group { kind: GroupKind::Capture { index, name: None }, node }))))
    }

    fn deeper(&mut self, span: Span) -> Result<(), PatternError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(error(PatternErrorKind::TooDeep, span)) } else { Ok(()) }
    }

    /// The repetitions that follow a piece.
    fn repetitions(&mut self, mut node: Node) -> Result<Node, PatternError> {
        while self.token.repeats() {
            if matches!(node.kind, Kind::Repeat(_)) {
                self.stacked += 1;
                if self.stacked > MAX_DEPTH {
                    return Err(error(PatternErrorKind::TooDeep, self.span));
                }
            }
            let start = self.span.start;
            let (min, max) = match self.token {
                Token::Star => (0, None),
                Token::Plus => (1, None),
                Token::Question => (0, Some(1)),
                _ => self.counts()?,
            };
            let operator = Span::new(start, self.span.end);
            self.advance(false);
            let span = Span::new(node.span.start, operator.end);
            node = Node::new(span, Kind::Repeat(Box::new(Repeat { node, min, max, greed: Greed::Greedy, operator })));
            if !self.flags.extended && matches!(self.token, Token::Star | Token::OpenBrace) {
                return Err(error(PatternErrorKind::NothingToRepeat, self.span));
            }
        }
        Ok(node)
    }

    /// The counts between braces, from the opening one to the closing one.
    fn counts(&mut self) -> Result<(u32, Option<u32>), PatternError> {
        let open = self.span.start;
        let min = match self.count() {
            Count::Bad => return Err(self.bad_brace(open)),
            Count::None if self.token == Token::CloseBrace => return Err(self.bad_brace(open)),
            // {,n} is {0,n}.
            Count::None => 0,
            Count::Number(number) => number,
        };
        let max = if self.token == Token::CloseBrace {
            Some(min)
        } else {
            match self.count() {
                Count::Bad => return Err(self.bad_brace(open)),
                Count::None => None,
                Count::Number(number) => Some(number),
            }
        };
        if self.token != Token::CloseBrace || max.is_some_and(|max| max < min) {
            return Err(error(PatternErrorKind::BadBrace, Span::new(open, self.span.end)));
        }
        if max.unwrap_or(min) > MAX_COUNT {
            return Err(error(PatternErrorKind::TooBig, Span::new(open, self.span.end)));
        }
        Ok((min, max))
    }

    /// One count, and the comma or brace after it.
    fn count(&mut self) -> Count {
        let mut count = Count::None;
        loop {
            self.advance(false);
            match self.token {
                Token::End => return Count::Bad,
                Token::CloseBrace | Token::Byte { byte: b',', .. } => return count,
                Token::Byte { byte: digit @ b'0'..=b'9', .. } => {
                    let digit = u32::from(digit - b'0');
                    count = match count {
                        Count::Bad => Count::Bad,
                        Count::None => Count::Number(digit),
                        Count::Number(number) => Count::Number((number * 10 + digit).min(MAX_COUNT + 1)),
                    };
                }
                _ => count = Count::Bad,
            }
        }
    }

    fn bad_brace(&self, open: usize) -> PatternError {
        let kind = if self.token == Token::End { PatternErrorKind::UnclosedBrace } else { PatternErrorKind::BadBrace };
        error(kind, Span::new(open, self.span.end))
    }
}

#[derive(Clone, Copy)]
enum Count {
    None,
    Number(u32),
    Bad,
}

/// Several nodes as one, where there are several.
fn joined(mut nodes: Vec<Node>, span: Span, join: impl Fn(Vec<Node>) -> Kind) -> Node {
    match nodes.len() {
        0 => Node::new(span, Kind::Empty),
        1 => nodes.remove(0),
        _ => Node::new(span, join(nodes)),
    }
}

fn error(kind: PatternErrorKind, span: Span) -> PatternError {
    PatternError { kind, span }
}
