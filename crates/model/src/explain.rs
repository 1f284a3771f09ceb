//! A pattern, part by part: what each part is, with its arguments, and where it was written.
//!
//! Everything is settled here that flags and dialect decide: whether case counts, whether `.` takes a newline, what `^`
//! means. Whoever turns a part into words or into a drawing needs no other knowledge of patterns.

use serde::{Deserialize, Serialize};

use crate::{Bytes, Span};

/// A pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The pattern as written, without delimiters. Every span counts its bytes.
    pub source: Bytes,
    /// The whole of it.
    pub root: Part,
    /// The groups it captures, by number: the first [`GROUPS_LISTED`] of them.
    pub groups: Vec<CapturingGroup>,
    /// Whether upper and lower case are told apart.
    pub case: Case,
    /// What is true of the pattern as a whole, or easily overlooked.
    pub notes: Vec<Note>,
}

/// How many groups an explanation lists at most.
pub const GROUPS_LISTED: usize = 99;

/// A group that keeps what it matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturingGroup {
    /// Its number, from 1.
    pub index: u32,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Where it was written, parentheses included.
    pub span: Span,
}

/// A part of a pattern. The spans of the parts in it lie within its own, in order, and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The bytes of the pattern it was written as.
    pub span: Span,
    /// What it is.
    pub what: What,
    /// What it consists of, in the order written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// What a part of a pattern is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum What {
    /// Nothing: an empty pattern, group or alternative. It always matches.
    Nothing,
    /// A setting for what follows, such as `(?i)`. Its effect is told where it is felt.
    Setting,
    /// A remark, `(?#…)`.
    Comment,
    /// Characters that stand for themselves.
    Text(Text),
    /// Characters that stand for themselves and can match no key, however it is written.
    Never(Text),
    /// One character out of a set.
    Characters(Characters),
    /// One character, whichever.
    Any {
        /// Whether a newline counts as one.
        newline: bool,
    },
    /// A place that must be of some kind.
    At {
        /// Of which.
        anchor: Anchor,
    },
    /// Parentheses around one part.
    Group(Group),
    /// One part, so many times.
    Repeat(Repeat),
    /// One of its parts.
    Either,
    /// Its parts, one after another.
    Sequence,
    /// What a group took, once more.
    SameAs {
        /// The group's number.
        group: u32,
        /// More groups, where several have one name: the first that took part counts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        or: Vec<u32>,
        /// Whether upper and lower case are told apart.
        case: Case,
    },
    /// Its one part must, or must not, stand here; it takes nothing.
    Look {
        /// Before or after this place.
        direction: Direction,
        /// Whether it must not stand there.
        negative: bool,
    },
    /// One of its last two parts, as a test says. A test that is a look-around is a third part, and the first.
    Conditional {
        /// The test.
        test: Test,
    },
    /// The pattern of a group once more, or the whole pattern's.
    Again {
        /// The group's number; 0 for the whole.
        group: u32,
    },
    /// A line break, which may take two bytes.
    LineBreak {
        /// Whether form feed and the other line ends of Unicode count, too.
        unicode: bool,
    },
    /// What a reader takes for one character, with the marks that belong to it.
    Grapheme,
    /// One byte, even in the middle of a character.
    SingleByte,
    /// What was matched so far is no part of the match: `\K`.
    Keep,
    /// An order to the search; it takes nothing.
    Verb {
        /// Which.
        verb: Verb,
    },
    /// More than an explanation has room for.
    AndSoOn {
        /// How many pieces of the pattern's tree are left out.
        left_out: usize,
    },
}

/// Characters that stand for themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The characters with escapes undone: the start of them, where there are very many.
    pub text: Bytes,
    /// Whether there are more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// Whether upper and lower case are told apart.
    pub case: Case,
}

/// Whether upper and lower case are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// It makes no difference: there are no letters, or both cases are listed.
    Neither,
    /// They count as the same.
    Folded,
    /// They are told apart.
    Exact,
    /// Some letters fold and others do not; each part says so itself.
    Mixed,
}

impl Case {
    /// What holds for two parts together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Neither, case) | (case, Self::Neither) => case,
            (one, two) if one == two => one,
            _ => Self::Mixed,
        }
    }
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characters {
    /// Whether the items say what must *not* be there.
    pub negated: bool,
    /// The items in the order written: the first of them, where there are very many.
    pub items: Vec<Item>,
    /// How many items there are beyond these.
    #[serde(default)]
    pub left_out: usize,
    /// The class of this name has exactly the characters of the items, with folding settled. `[0-9]` is a digit.
    pub known: Option<Named>,
    /// Whether a newline is one of the characters that match.
    pub newline: bool,
    /// Whether upper and lower case are told apart.
    pub case: Case,
}

/// An item of a set of characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where it was written.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item of a set is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// One character.
    Character(Bytes),
    /// The characters from one to another, both included.
    Range {
        /// The first.
        first: Bytes,
        /// The last.
        last: Bytes,
        /// The class of this name has exactly these characters, with folding settled.
        known: Option<Named>,
    },
    /// A class with a name.
    Named {
        /// Which.
        name: Named,
        /// Whether its complement is meant.
        negated: bool,
    },
    /// A property of Unicode's.
    Property {
        /// As it was written: `\p{Lu}`.
        written: String,
    },
}

/// A class of characters that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the POSIX class of that name")]
pub enum Named {
    Alpha,
    Digit,
    Alnum,
    Upper,
    Lower,
    Space,
    Blank,
    Punct,
    Print,
    Graph,
    Cntrl,
    Xdigit,
    /// Letters, digits and the underscore: `\w`.
    Word,
    /// The first 128 characters.
    Ascii,
    /// Spaces of any width, tab: `\h`.
    HorizontalSpace,
    /// Whatever ends a line or a page: `\v`.
    VerticalSpace,
}

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The start of the key.
    Start,
    /// The end of the key.
    End,
    /// The start of the key or of a line in it.
    LineStart,
    /// The end of the key or of a line in it.
    LineEnd,
    /// The end of the key, or just before a newline that ends it.
    EndOrFinalNewline,
    /// Where the search began; for Postfix that is the start of the key.
    SearchStart,
    /// Where a word begins or ends.
    WordBoundary,
    /// Anywhere but where a word begins or ends.
    NotWordBoundary,
    /// Where a word begins.
    WordStart,
    /// Where a word ends.
    WordEnd,
}

/// What parentheses do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Group {
    /// They keep what they matched.
    Capture {
        /// The group's number, from 1.
        index: u32,
        /// The group's name, where it has one.
        name: Option<String>,
    },
    /// They only hold together.
    Plain,
    /// What they matched first is not tried otherwise.
    Atomic,
}

/// How often a part is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Repeat {
    /// At least so many times.
    pub min: u32,
    /// At most so many times; none for any number.
    pub max: Option<u32>,
    /// Which number of times is tried first.
    pub greed: Greed,
    /// Where the operator was written.
    pub operator: Span,
}

/// Which number of times a repetition tries first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Greed {
    /// The most.
    Greedy,
    /// The fewest.
    Lazy,
    /// The most, and then no other.
    Possessive,
}

/// A side of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// After it.
    Ahead,
    /// Before it.
    Behind,
}

/// The test of a conditional.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Whether a group took part.
    Group(u32),
    /// Whether this is run by a recursion into a group, or into any.
    Recursing(Option<u32>),
    /// Whether one of these groups took part; several may have one name.
    AnyGroup(Vec<u32>),
    /// Whether this is run by a recursion into one of these groups.
    AnyRecursing(Vec<u32>),
    /// Whether a look-around holds: the conditional's first part.
    Look,
    /// Settled by the pattern.
    Always(bool),
}

/// An order to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// The match ends here.
    Accept,
    /// This never matches.
    Fail,
    /// Once passed, there is no match but one that goes on from here.
    Commit,
    /// Once passed, no other way from the same start is tried.
    Prune,
    /// Once passed, no other way is tried from any start before this place.
    Skip,
    /// The same, up to the place where a mark was passed.
    SkipToMark,
    /// Once passed, the next alternative around it is tried.
    Then,
    /// Remembers this place under a name.
    Mark,
}

/// Something that is true of a pattern as a whole, or easily overlooked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Nothing ties the pattern to the start: it may match anywhere in the key.
    Anywhere,
    /// The pattern can match nothing at all, so it matches every key.
    MatchesEverything,
    /// A part that takes any character, or any but some, takes a newline, too: it goes over a header's folds.
    TakesNewlines,
    /// A part can match no key at all.
    NeverMatches(Span),
    /// The pattern matches bytes, and here a single byte of a longer character is taken for itself.
    SplitCharacter(Span),
    /// A count of arbitrary characters counts bytes: a character beyond ASCII is two to four of them.
    CountsBytes(Span),
    /// The pattern has more parts than are listed.
    Cut,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_add_up() {
        assert_eq!(Case::Neither.and(Case::Folded), Case::Folded);
        assert_eq!(Case::Exact.and(Case::Exact), Case::Exact);
        assert_eq!(Case::Exact.and(Case::Folded), Case::Mixed);
        assert_eq!(Case::Mixed.and(Case::Neither), Case::Mixed);
    }

    #[test]
    fn a_part_reads_well_as_json_and_comes_back() {
        let part = Part {
            span: Span::new(0, 4),
            what: What::Group(Group::Capture { index: 1, name: None }),
            parts: vec![Part {
                span: Span::new(1, 3),
                what: What::Text(Text { text: "ab".into(), cut: false, case: Case::Folded }),
                parts: Vec::new(),
            }],
        };
        let json = serde_json::to_value(&part).unwrap();
        assert_eq!(json["what"]["is"], "group");
        assert_eq!(json["parts"][0]["what"]["text"], "ab");
        assert_eq!(serde_json::from_value::<Part>(json).unwrap(), part);
    }
}
