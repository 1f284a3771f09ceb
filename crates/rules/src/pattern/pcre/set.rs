//! Sets of characters: shorthands, classes with a name, and what the items between brackets come to.

use super::super::ast::ClassName;
use super::super::{ByteSet, CharSet};
use super::unicode;

/// The greatest code point.
const LAST: u32 = 0x0010_FFFF;
/// PCRE2 keeps a table of bits for the characters below this, and lists the others.
const TABLE: u32 = 0x100;

/// `\v`
pub(super) fn vertical_space() -> CharSet {
    CharSet::new(vec![(0x0A, 0x0D), (0x85, 0x85), (0x2028, 0x2029)])
}

/// `\h`
fn horizontal_space() -> CharSet {
    let one = |value| (value, value);
    CharSet::new(vec![
        one(0x09),
        one(0x20),
        one(0xA0),
        one(0x1680),
        one(0x180E),
        (0x2000, 0x200A),
        one(0x202F),
        one(0x205F),
        one(0x3000),
    ])
}

/// The characters of a class with a name, ASCII's alone unless it is a matter of Unicode.
fn named(name: ClassName) -> CharSet {
    match name {
        ClassName::HorizontalSpace => horizontal_space(),
        ClassName::VerticalSpace => vertical_space(),
        _ => from_bytes(&name.bytes()),
    }
}

/// What a shorthand outside of brackets stands for, before negation.
pub(super) fn shorthand(name: ClassName, ucp: bool) -> CharSet {
    let property = match name {
        ClassName::Digit => "nd",
        ClassName::Space => "xps",
        ClassName::Word => "xwd",
        _ => return named(name),
    };
    if ucp { unicode::property(property.as_bytes()).unwrap_or_default() } else { named(name) }
}

fn from_bytes(bytes: &ByteSet) -> CharSet {
    CharSet::new(bytes.ranges().into_iter().map(|(first, last)| (u32::from(first), u32::from(last))).collect())
}

/// The bytes of a set and, in UTF-8 text, its characters beyond ASCII.
pub(super) fn settled(set: &CharSet, utf: bool) -> (ByteSet, CharSet) {
    let limit = if utf { 0x7F } else { 0xFF };
    let mut bytes = ByteSet::EMPTY;
    for (first, last) in set.between(0, limit).ranges() {
        if let (Ok(first), Ok(last)) = (u8::try_from(*first), u8::try_from(*last)) {
            bytes.insert_range(first, last);
        }
    }
    (bytes, if utf { set.between(0x80, LAST) } else { CharSet::EMPTY })
}

/// An item between brackets.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A character.
    Char(u32),
    /// From one character to another.
    Range(u32, u32),
    /// `[:alpha:]`
    Posix { name: ClassName, negated: bool },
    /// `\d \s \w` and their complements.
    Shorthand { name: ClassName, negated: bool },
    /// `\h \v` and their complements.
    Space { name: ClassName, negated: bool },
    /// A property.
    Property { set: CharSet, negated: bool },
}

/// How a bracket is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mode {
    pub(super) utf: bool,
    pub(super) ucp: bool,
    pub(super) fold: bool,
}

/// Everything that a bracket matches.
///
/// PCRE2 keeps a table for the characters below 256 and a list of the others, and decides about the others from the
/// last item of some kinds alone. That shows: `[\D[:digit:]]` matches no character from 256 up.
pub(super) fn bracket(items: &[Item], negated: bool, mode: Mode) -> CharSet {
    if let [Item::Char(value)] = items {
        let set = with_other_cases(CharSet::new(vec![(*value, *value)]), mode);
        return if negated { set.complement() } else { set };
    }
    let mut table = Vec::new();
    let mut listed = Vec::new();
    let mut properties = CharSet::EMPTY;
    let (mut has_properties, mut complemented, mut all_or_none) = (false, false, false);
    let mut put = |set: &CharSet| {
        table.extend_from_slice(set.between(0, TABLE - 1).ranges());
        if mode.utf {
            listed.extend_from_slice(set.between(TABLE, LAST).ranges());
        }
    };
    for item in items {
        match item {
            Item::Char(value) => put(&with_other_cases(CharSet::new(vec![(*value, *value)]), mode)),
            Item::Range(first, last) => put(&with_other_cases(CharSet::new(vec![(*first, *last)]), mode)),
            Item::Posix { name, negated } => {
                let name = match name {
                    ClassName::Upper | ClassName::Lower if mode.fold => ClassName::Alpha,
                    name => *name,
                };
                complemented = *negated;
                if mode.ucp
                    && let Some(set) = posix_property(name)
                {
                    has_properties = true;
                    properties = properties.union(&if *negated { set.complement() } else { set });
                    continue;
                }
                all_or_none |= mode.ucp && mode.utf && *negated;
                let set = named(name);
                put(&(if *negated { set.complement() } else { set }).between(0, TABLE - 1));
            }
            Item::Shorthand { name, negated } => {
                complemented |= *negated;
                let set = named(*name);
                put(&(if *negated { set.complement() } else { set }).between(0, TABLE - 1));
            }
            Item::Space { name, negated } => {
                let set = named(*name);
                put(&if *negated { set.complement() } else { set });
            }
            Item::Property { set, negated } => {
                has_properties = true;
                properties = properties.union(&if *negated { set.complement() } else { set.clone() });
            }
        }
    }
    let low = CharSet::new(table);
    let listing = !listed.is_empty() || has_properties;
    if listing && (mode.ucp || has_properties || !complemented) {
        let mut high = CharSet::new(listed);
        if all_or_none || mode.utf && complemented && !negated && !mode.ucp {
            high = CharSet::new(vec![(TABLE, LAST)]);
        }
        let set = low.union(&high).union(&properties);
        return if negated { set.complement() } else { set };
    }
    let low = if negated { low.complement().between(0, TABLE - 1) } else { low };
    if negated == complemented { low } else { low.union(&CharSet::new(vec![(TABLE, LAST)])) }
}

/// What a class with a name is by Unicode, where that is another matter than the table of the first 256.
fn posix_property(name: ClassName) -> Option<CharSet> {
    let property: &[u8] = match name {
        ClassName::Graph => b"+graph",
        ClassName::Print => b"+print",
        ClassName::Punct => b"+punct",
        _ => return None,
    };
    unicode::property(property)
}

/// A set with all that is the same to the folding at hand.
fn with_other_cases(set: CharSet, mode: Mode) -> CharSet {
    if !mode.fold {
        return set;
    }
    let mut ranges = set.ranges().to_vec();
    for (first, last) in set.ranges() {
        if mode.utf || mode.ucp {
            ranges.extend(unicode::other_cases_of_range(*first, *last).map(|other| (other, other)));
        } else {
            let letters = (*first..=(*last).min(0x7F)).filter_map(|value| u8::try_from(value).ok());
            ranges.extend(letters.filter(u8::is_ascii_alphabetic).map(|byte| {
                let other = u32::from(byte ^ 0x20);
                (other, other)
            }));
        }
    }
    CharSet::new(ranges)
}
