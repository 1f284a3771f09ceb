//! Sets of characters: their items, and the names that fit them.

use postproof_model::Bytes;
use postproof_model::explain::{Case, Characters, Item, ItemKind, Named};

use super::super::ByteSet;
use super::super::ast::{Class, ClassItem, ClassItemKind, ClassName};

/// How many items of a set are listed at most.
const MAX_ITEMS: usize = 40;

/// The names, in the order in which they are tried: what people say first.
const NAMES: [ClassName; 16] = [
    ClassName::Digit,
    ClassName::Alpha,
    ClassName::Alnum,
    ClassName::Lower,
    ClassName::Upper,
    ClassName::Xdigit,
    ClassName::Word,
    ClassName::Space,
    ClassName::Blank,
    ClassName::Punct,
    ClassName::Graph,
    ClassName::Print,
    ClassName::Cntrl,
    ClassName::Ascii,
    ClassName::HorizontalSpace,
    ClassName::VerticalSpace,
];

/// What a class holds.
pub(super) fn characters(class: &Class, source: &[u8], utf8: bool) -> Characters {
    let listed = if class.negated { class.bytes.complement() } else { class.bytes };
    let written = class.items.iter().fold(ByteSet::EMPTY, |set, item| set.union(&item_bytes(item.kind)));
    let properties = class.items.iter().any(|item| matches!(item.kind, ClassItemKind::Property { .. }));
    // With REG_NEWLINE and the like, a newline is kept out of negated sets although it is not listed.
    let hidden = if class.negated && !written.contains(b'\n') { ByteSet::of(b'\n') } else { ByteSet::EMPTY };
    let closed = closed_under_case(&listed);
    let folds = closed && (!closed_under_case(&written) || !properties && differ(&listed, &written, &hidden, utf8));
    let settled = Settled { listed, folds, utf8 };
    let named = name(class, &hidden, utf8);
    Characters {
        negated: named.map_or(class.negated, |(_, negated)| negated),
        items: class
            .items
            .iter()
            .take(MAX_ITEMS)
            .map(|item| Item { span: item.span, kind: item_kind(item, source, &settled) })
            .collect(),
        left_out: class.items.len().saturating_sub(MAX_ITEMS),
        known: named.map(|(name, _)| name),
        newline: class.bytes.contains(b'\n'),
        case: match (closed, folds) {
            (true, true) => Case::Folded,
            // A property is what it is, whatever folds.
            (false, _) if !properties => Case::Exact,
            _ => Case::Neither,
        },
    }
}

/// The name of a whole set, and whether the set is what the name is not. The items need not be written that way round:
/// `[^\W]` is a set of word characters.
fn name(class: &Class, hidden: &ByteSet, utf8: bool) -> Option<(Named, bool)> {
    let shown = hidden.complement();
    let ways = [class.negated, !class.negated];
    ways.into_iter().find_map(|negated| {
        let (bytes, chars) = if negated {
            (class.bytes.complement().intersection(&shown), class.chars.complement())
        } else {
            (class.bytes, class.chars.clone())
        };
        // The names are of ASCII's characters. (No character is a surrogate.)
        let beyond = utf8 && !(chars.between(0x80, 0xD7FF).is_empty() && chars.between(0xE000, u32::MAX).is_empty());
        let name = name_of(&bytes, utf8).filter(|_| !beyond)?;
        Some((name, negated))
    })
}

/// A character's bytes.
pub(super) fn bytes(value: u32, utf8: bool) -> Vec<u8> {
    match (utf8, u8::try_from(value)) {
        (false, Ok(byte)) => vec![byte],
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER).to_string().into_bytes(),
    }
}

/// What is settled of a whole set.
struct Settled {
    /// The bytes of its items, with folding.
    listed: ByteSet,
    /// Whether folding makes a difference to them.
    folds: bool,
    utf8: bool,
}

fn item_kind(item: &ClassItem, source: &[u8], settled: &Settled) -> ItemKind {
    let &Settled { folds, utf8, .. } = settled;
    let text = |value| Bytes(bytes(value, utf8));
    match item.kind {
        ClassItemKind::Literal(value) | ClassItemKind::Equivalence(value) | ClassItemKind::Collating(value) => {
            ItemKind::Character(text(value))
        }
        ClassItemKind::Range(first, last) => {
            let (mut first, mut last) = (first, last);
            let mut folded = item_bytes(ClassItemKind::Range(first, last));
            if folds {
                folded = with_other_case(&folded);
                if folded.intersection(&settled.listed) != folded {
                    // glibc folds the ends of a range before it counts through it: `[!-z]` ends at `Z`.
                    (first, last) = (upper(first), upper(last));
                    folded = with_other_case(&item_bytes(ClassItemKind::Range(first, last)));
                }
            }
            let known = name_of(&folded, utf8).filter(|_| !utf8 || last <= 0x7F);
            ItemKind::Range { first: text(first), last: text(last), known }
        }
        // With folding, glibc takes upper and lower for any letter.
        ClassItemKind::Named { name: ClassName::Upper | ClassName::Lower, negated } if folds => {
            ItemKind::Named { name: Named::Alpha, negated }
        }
        ClassItemKind::Named { name, negated } => ItemKind::Named { name: named(name), negated },
        ClassItemKind::Property { .. } => {
            let written = source.get(item.span.start..item.span.end).unwrap_or_default();
            ItemKind::Property { written: String::from_utf8_lossy(written).into_owned() }
        }
    }
}

/// The bytes of an item as it was written, before folding.
fn item_bytes(kind: ClassItemKind) -> ByteSet {
    let mut set = ByteSet::EMPTY;
    match kind {
        ClassItemKind::Literal(value) | ClassItemKind::Equivalence(value) | ClassItemKind::Collating(value) => {
            if let Ok(byte) = u8::try_from(value) {
                set.insert(byte);
            }
        }
        ClassItemKind::Range(first, last) => {
            if let Ok(first) = u8::try_from(first) {
                set.insert_range(first, u8::try_from(last).unwrap_or(u8::MAX));
            }
        }
        ClassItemKind::Named { name, negated } => {
            set = if negated { name.bytes().complement() } else { name.bytes() };
        }
        // It has characters of both cases, or it has none that fold.
        ClassItemKind::Property { .. } => {}
    }
    set
}

/// Whether two sets differ in more than `hidden`.
fn differ(one: &ByteSet, other: &ByteSet, hidden: &ByteSet, utf8: bool) -> bool {
    let beyond = if utf8 { ByteSet::filter(|byte| !byte.is_ascii()) } else { ByteSet::EMPTY };
    let shown = hidden.union(&beyond).complement();
    one.intersection(&shown) != other.intersection(&shown)
}

fn upper(value: u32) -> u32 {
    u8::try_from(value).map_or(value, |byte| u32::from(byte.to_ascii_uppercase()))
}

fn other_case(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

fn with_other_case(set: &ByteSet) -> ByteSet {
    ByteSet::filter(|byte| set.contains(byte) || set.contains(other_case(byte)))
}

fn closed_under_case(set: &ByteSet) -> bool {
    with_other_case(set) == *set
}

/// The class that has exactly these bytes.
fn name_of(set: &ByteSet, utf8: bool) -> Option<Named> {
    let counted = if utf8 { ByteSet::filter(|byte| byte.is_ascii()) } else { ByteSet::ALL };
    let set = set.intersection(&counted);
    NAMES.into_iter().find(|name| name.bytes() == set).map(named)
}

const fn named(name: ClassName) -> Named {
    match name {
        ClassName::Alpha => Named::Alpha,
        ClassName::Digit => Named::Digit,
        ClassName::Alnum => Named::Alnum,
        ClassName::Upper => Named::Upper,
        ClassName::Lower => Named::Lower,
        ClassName::Space => Named::Space,
        ClassName::Blank => Named::Blank,
        ClassName::Punct => Named::Punct,
        ClassName::Print => Named::Print,
        ClassName::Graph => Named::Graph,
        ClassName::Cntrl => Named::Cntrl,
        ClassName::Xdigit => Named::Xdigit,
        ClassName::Word => Named::Word,
        ClassName::Ascii => Named::Ascii,
        ClassName::HorizontalSpace => Named::HorizontalSpace,
        ClassName::VerticalSpace => Named::VerticalSpace,
    }
}
