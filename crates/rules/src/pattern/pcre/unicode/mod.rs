//! What PCRE2 knows of Unicode: properties, and which characters are the same when case is folded.
//!
//! `properties.bin` was recorded from PCRE2 10.42 itself (Unicode 14) by `cargo run --example record_unicode`, which also
//! says how it is laid out. Newer versions of PCRE2 know some characters more.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::super::CharSet;

static RECORD: &[u8] = include_bytes!("properties.bin");

/// Characters that are the same when case is folded.
type CaseClass = Box<[u32]>;

struct Tables {
    /// Where in the record each name's ranges begin.
    names: HashMap<&'static [u8], usize>,
    classes: Vec<CaseClass>,
    /// The class of each character that is in one, by character.
    class_of: Vec<(u32, u32)>,
}

/// The characters with a property of this name, ASCII among them; none where PCRE2 knows no such property.
///
/// The name is in lower case and without separators: `lu`, `han`, `sc:han`, `bidil`. Names that begin with a plus sign are
/// the record's own.
pub(crate) fn property(name: &[u8]) -> Option<CharSet> {
    let mut reader = Reader { at: *tables().names.get(name)? };
    Some(CharSet::new(reader.ranges()))
}

/// The other characters that are the same as this one when case is folded; at most three.
pub(super) fn other_cases(value: u32) -> impl Iterator<Item = u32> {
    let tables = tables();
    let class = tables
        .class_of
        .binary_search_by_key(&value, |(char, _)| *char)
        .ok()
        .and_then(|index| tables.class_of.get(index))
        .and_then(|(_, class)| tables.classes.get(usize::try_from(*class).ok()?));
    class.into_iter().flat_map(|class| class.iter().copied()).filter(move |other| *other != value)
}

/// The characters that are the same as one from `first` to `last`, but for these themselves.
pub(super) fn other_cases_of_range(first: u32, last: u32) -> impl Iterator<Item = u32> {
    let class_of = &tables().class_of;
    let from = class_of.partition_point(|(char, _)| *char < first);
    let to = class_of.partition_point(|(char, _)| *char <= last);
    class_of.get(from..to).unwrap_or_default().iter().flat_map(|(char, _)| other_cases(*char))
}

/// Whether two characters are the same when case is folded.
pub(crate) fn same_folded(one: u32, other: u32) -> bool {
    one == other || other_cases(one).any(|char| char == other)
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut reader = Reader { at: 0 };
        let mut names = HashMap::new();
        for _ in 0..reader.number() {
            let own: Vec<&'static [u8]> = (0..reader.number()).map(|_| reader.name()).collect();
            let ranges = reader.at;
            reader.ranges();
            names.extend(own.into_iter().map(|name| (name, ranges)));
        }
        let mut classes = Vec::new();
        let mut class_of = Vec::new();
        let mut start = 0;
        for index in 0..reader.number() {
            let mut char = start;
            let class: CaseClass = (0..reader.number())
                .map(|_| {
                    char += reader.number();
                    char
                })
                .collect();
            start = class.first().copied().unwrap_or(start);
            class_of.extend(class.iter().map(|char| (*char, index)));
            classes.push(class);
        }
        class_of.sort_unstable();
        Tables { names, classes, class_of }
    })
}

/// Reads the record from a place on. Past its end there are zeros.
struct Reader {
    at: usize,
}

impl Reader {
    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let byte = RECORD.get(self.at).copied().unwrap_or_default();
            self.at += 1;
            number |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    fn name(&mut self) -> &'static [u8] {
        let len = self.number() as usize;
        let name = RECORD.get(self.at..self.at + len).unwrap_or_default();
        self.at += len;
        name
    }

    fn ranges(&mut self) -> Vec<(u32, u32)> {
        let mut at = 0;
        (0..self.number())
            .map(|_| {
                let first = at + self.number();
                let last = first + self.number();
                at = last + 1;
                (first, last)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found_by_name() {
        let upper = property(b"lu").unwrap();
        assert!(upper.contains(u32::from('A')) && upper.contains(u32::from('É')) && !upper.contains(u32::from('a')));
        assert!(property(b"hiragana").unwrap().contains(u32::from('あ')));
        // The mark of length is written with both kana: it is common by itself, and both scripts have it.
        assert!(property(b"scx:hira").unwrap().contains(0x30FC) && !property(b"sc:hira").unwrap().contains(0x30FC));
        assert_eq!(property(b"nosuch"), None);
    }

    #[test]
    fn case_classes_hold_what_folds_together() {
        let others = |char| other_cases(u32::from(char)).filter_map(char::from_u32).collect::<String>();
        assert_eq!(others('k'), "K\u{212A}");
        assert_eq!(others('é'), "É");
        assert_eq!(others('3'), "");
        // Turkish is left alone.
        assert_eq!(others('i'), "I");
        assert!(same_folded(u32::from('ſ'), u32::from('S')));
        assert_eq!(other_cases_of_range(u32::from('α'), u32::from('γ')).count(), 4);
    }
}
