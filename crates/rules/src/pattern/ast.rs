//! The tree of a pattern, one for every dialect.
//!
//! The same tree compiles, explains itself and is checked for mistakes, so it keeps two things side by side: what a
//! piece means (folding and newline handling are already settled in each node, none depends on flags elsewhere), and
//! where it was written (each node's span, in bytes of the pattern without its delimiters). How it was written can
//! always be read from the source at the span.

use postproof_model::Span;

use super::{ByteSet, CharSet};

/// A whole pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ast {
    /// Everything in it.
    pub root: Node,
    /// How many groups it captures.
    pub groups: u32,
    /// Whether it matches UTF-8 text rather than bytes: then a [`Literal`]'s value is a code point.
    pub utf8: bool,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the pattern it was written as.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

impl Node {
    /// A piece written at `span`.
    #[must_use]
    pub const fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind }
    }

    /// The pieces directly inside this one, in the order they were written.
    #[must_use]
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Group(group) => vec![&group.node],
            Kind::Repeat(repeat) => vec![&repeat.node],
            Kind::Look(look) => vec![&look.node],
            Kind::Alternation(nodes) | Kind::Concat(nodes) => nodes.iter().collect(),
            Kind::Conditional(conditional) => {
                let test = match &conditional.test {
                    Test::Look(node) => Some(&**node),
                    Test::Group(_) | Test::Recursing(_) | Test::Any(_) | Test::Always(_) => None,
                };
                test.into_iter().chain([&conditional.yes, &conditional.no]).collect()
            }
            Kind::Empty
            | Kind::Literal(_)
            | Kind::Class(_)
            | Kind::Any(_)
            | Kind::Assertion(_)
            | Kind::Backreference(_)
            | Kind::Recursion(_)
            | Kind::LineBreak(_)
            | Kind::Grapheme
            | Kind::SingleByte
            | Kind::Verb(_)
            | Kind::Keep => Vec::new(),
        }
    }
}

impl Node {
    /// What stands in the parentheses of a group: of the first that has the number; the whole for 0.
    #[must_use]
    pub fn group(&self, number: u32) -> Option<&Self> {
        if number == 0 {
            return Some(self);
        }
        match &self.kind {
            Kind::Group(inner) if matches!(inner.kind, GroupKind::Capture { index, .. } if index == number) => {
                Some(&inner.node)
            }
            _ => self.children().into_iter().find_map(|child| child.group(number)),
        }
    }
}

/// What a piece of a pattern is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing at all, which always matches: `()`, an empty alternative, a setting such as `(?i)`.
    Empty,
    /// One character that stands for itself.
    Literal(Literal),
    /// One character out of a set: a bracket expression, `\w`.
    Class(Box<Class>),
    /// One character, whichever: `.`, `\N`.
    Any(Any),
    /// A place that must be of some kind; takes no bytes.
    Assertion(Assertion),
    /// Parentheses.
    Group(Box<Group>),
    /// A piece, so many times.
    Repeat(Box<Repeat>),
    /// The first of these that leads to a match (in POSIX, the one that leads to the longest). Two or more.
    Alternation(Vec<Node>),
    /// These, one after another. Two or more.
    Concat(Vec<Node>),
    /// What a group took, once more.
    Backreference(Backreference),
    /// Something that must, or must not, stand after or before this place; takes no bytes.
    Look(Box<Look>),
    /// One of two pieces, as a test says: `(?(1)yes|no)`.
    Conditional(Box<Conditional>),
    /// The pattern of a group once more, or the whole pattern's: `(?1)`, `(?R)`.
    Recursion(Recursion),
    /// A line break, which may take two bytes: `\R`.
    LineBreak(LineBreak),
    /// What a reader takes for one character, marks that belong to it included: `\X`.
    Grapheme,
    /// One byte of UTF-8 text, whichever, even in the middle of a character: `\C`.
    SingleByte,
    /// What was matched so far is no part of the match: `\K`.
    Keep,
    /// An order to the search: `(*COMMIT)`. Takes no bytes.
    Verb(Verb),
}

/// One character that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The character as it was written (escapes undone, case kept): a byte, or a code point where the pattern is one
    /// of UTF-8 text.
    pub value: u32,
    /// The bytes of a key that match it, with folding settled; empty where it can match none. A character that takes
    /// more than one byte has only its `value`.
    pub bytes: ByteSet,
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Whether it was written as what must *not* be there: `[^…]`, `\W`.
    pub negated: bool,
    /// What stands between the brackets, in order; a single item for a shorthand such as `\w`.
    pub items: Vec<ClassItem>,
    /// The bytes that match it, with negation, folding and newline settled; in UTF-8 text, ASCII only.
    pub bytes: ByteSet,
    /// In UTF-8 text, the characters beyond ASCII that match it; none in patterns of bytes.
    pub chars: CharSet,
}

/// One item of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassItem {
    /// The bytes of the pattern it was written as.
    pub span: Span,
    /// What it is.
    pub kind: ClassItemKind,
}

/// What an item of a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassItemKind {
    /// One character.
    Literal(u32),
    /// The characters from one to another, both included.
    Range(u32, u32),
    /// A named class: `[:alpha:]`; with `negated`, `[:^alpha:]`.
    Named {
        /// Which.
        name: ClassName,
        /// Whether its complement is meant.
        negated: bool,
    },
    /// An equivalence class, `[=a=]`: in the C locale, the character alone.
    Equivalence(u32),
    /// A collating symbol, `[.-.]`: in the C locale, the character alone.
    Collating(u32),
    /// A property of Unicode's, `\p{Lu}`. Its name stands in the source.
    Property {
        /// Whether its complement is meant: `\P{Lu}`, `\p{^Lu}`.
        negated: bool,
    },
}

/// The names of classes, those of POSIX first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClassName {
    /// Letters.
    Alpha,
    /// `0` to `9`.
    Digit,
    /// Letters and digits.
    Alnum,
    /// Upper-case letters.
    Upper,
    /// Lower-case letters.
    Lower,
    /// Space, tab, newline, vertical tab, form feed, carriage return.
    Space,
    /// Space and tab.
    Blank,
    /// What prints and is neither a space nor alphanumeric.
    Punct,
    /// What prints, the space included.
    Print,
    /// What prints, without the space.
    Graph,
    /// Control characters.
    Cntrl,
    /// Hexadecimal digits.
    Xdigit,
    /// Letters, digits and the underscore: `\w`.
    Word,
    /// The first 128 characters: PCRE's `[:ascii:]`.
    Ascii,
    /// Spaces of any width, tab: `\h`.
    HorizontalSpace,
    /// Whatever ends a line or a page: `\v`.
    VerticalSpace,
}

impl ClassName {
    /// The class of a POSIX name such as `alpha`.
    #[must_use]
    pub const fn from_posix(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"alpha" => Self::Alpha,
            b"digit" => Self::Digit,
            b"alnum" => Self::Alnum,
            b"upper" => Self::Upper,
            b"lower" => Self::Lower,
            b"space" => Self::Space,
            b"blank" => Self::Blank,
            b"punct" => Self::Punct,
            b"print" => Self::Print,
            b"graph" => Self::Graph,
            b"cntrl" => Self::Cntrl,
            b"xdigit" => Self::Xdigit,
            _ => return None,
        })
    }

    /// The bytes of the class in the C locale: ASCII only, but for PCRE's two kinds of space, which count Latin-1's.
    #[must_use]
    pub fn bytes(self) -> ByteSet {
        ByteSet::filter(|byte| match self {
            Self::Alpha => byte.is_ascii_alphabetic(),
            Self::Digit => byte.is_ascii_digit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Upper => byte.is_ascii_uppercase(),
            Self::Lower => byte.is_ascii_lowercase(),
            Self::Space => matches!(byte, b' ' | b'\t'..=b'\r'),
            Self::Blank => matches!(byte, b' ' | b'\t'),
            Self::Punct => byte.is_ascii_punctuation(),
            Self::Print => matches!(byte, b' '..=b'~'),
            Self::Graph => byte.is_ascii_graphic(),
            Self::Cntrl => byte.is_ascii_control(),
            Self::Xdigit => byte.is_ascii_hexdigit(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Ascii => byte.is_ascii(),
            Self::HorizontalSpace => matches!(byte, b' ' | b'\t' | 0xA0),
            Self::VerticalSpace => matches!(byte, b'\n'..=b'\r' | 0x85),
        })
    }
}

/// One character, whichever. In UTF-8 text, any character beyond ASCII is one, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Any {
    /// The bytes that match it: all, or all but a newline.
    pub bytes: ByteSet,
}

/// A place that must be of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assertion {
    /// The start of the key: `^`, `\A`, `` \` ``.
    Start,
    /// The end of the key: POSIX `$`, `\z`, `\'`.
    End,
    /// The start of the key, or the place after a newline: `^` in a pattern of lines.
    LineStart,
    /// The end of the key, or the place before a newline: `$` in a pattern of lines.
    LineEnd,
    /// The end of the key, or the place before a newline that ends it: PCRE's `$`, `\Z`.
    EndOrFinalNewline,
    /// Where the search began: `\G`.
    SearchStart,
    /// Between a word character and another, or the key's start or end: `\b`.
    WordBoundary,
    /// Anywhere else: `\B`.
    NotWordBoundary,
    /// Where a word begins: `\<`.
    WordStart,
    /// Where a word ends: `\>`.
    WordEnd,
}

/// Parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they do.
    pub kind: GroupKind,
    /// What stands between them.
    pub node: Node,
}

/// What parentheses do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// They keep what they matched.
    Capture {
        /// The group's number, from 1.
        index: u32,
        /// The group's name: `(?<name>…)`.
        name: Option<String>,
    },
    /// They only hold together: `(?:…)`, `(?i:…)`.
    Plain,
    /// What they matched first is not tried otherwise: `(?>…)`.
    Atomic,
}

/// A piece, so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The piece.
    pub node: Node,
    /// At least so many times.
    pub min: u32,
    /// At most so many times; none for any number.
    pub max: Option<u32>,
    /// Which number of times is tried first.
    pub greed: Greed,
    /// Where the operator was written: `*`, `{2,3}?`.
    pub operator: Span,
}

/// Which number of times a repetition tries first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Greed {
    /// The most.
    Greedy,
    /// The fewest.
    Lazy,
    /// The most, and then no other.
    Possessive,
}

/// What a group took, once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backreference {
    /// The group's number, from 1.
    pub group: u32,
    /// Whether upper and lower case are the same.
    pub fold: bool,
}

/// Something that must, or must not, stand after or before a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// On which side.
    pub direction: Direction,
    /// Whether it must not be there.
    pub negative: bool,
    /// Whether what matched there first is not tried otherwise: all but PCRE's `(?*…)` and `(?<*…)`.
    pub atomic: bool,
    /// Before a place: how many characters back each alternative at the top begins.
    pub steps: Vec<u32>,
    /// What.
    pub node: Node,
}

/// A side of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// After it.
    Ahead,
    /// Before it.
    Behind,
}

/// One of two pieces, as a test says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The test.
    pub test: Test,
    /// The piece where the test holds.
    pub yes: Node,
    /// The piece where it does not.
    pub no: Node,
}

/// The test of a conditional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Whether a group took part: `(?(1)…)`.
    Group(u32),
    /// Whether this is run by a recursion into a group, or into any: `(?(R1)…)`, `(?(R)…)`.
    Recursing(Option<u32>),
    /// Whether one of these holds: several groups may have one name.
    Any(Vec<Test>),
    /// A look-around, which is a [`Kind::Look`].
    Look(Box<Node>),
    /// Settled by the pattern: `(?(DEFINE)…)` never holds.
    Always(bool),
}

/// The pattern of a group once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recursion {
    /// The group's number; 0 for the whole pattern.
    pub group: u32,
}

/// A line break: `\R`. Carriage return and newline are taken together where they can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineBreak {
    /// Whether form feed and the other line ends of Unicode count, too: not after `(*BSR_ANYCRLF)`.
    pub unicode: bool,
}

/// An order to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// This is the end of the match: `(*ACCEPT)`.
    Accept,
    /// This never matches: `(*FAIL)`.
    Fail,
    /// Once passed, there is no match but one that goes on from here: `(*COMMIT)`.
    Commit,
    /// Once passed, no other way from the same start is tried: `(*PRUNE)`.
    Prune,
    /// Once passed, no other way is tried from any start before this place: `(*SKIP)`.
    Skip,
    /// The same, up to the place where the mark of a name was passed: `(*SKIP:name)`.
    SkipToMark,
    /// Once passed, the next alternative around it is tried: `(*THEN)`.
    Then,
    /// Remembers this place under a name: `(*MARK:name)`.
    Mark,
}
