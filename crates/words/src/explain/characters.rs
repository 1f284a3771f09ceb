//! Sets of characters in words: "a digit or “.”", "characters other than “@”".

use postproof_model::Bytes;
use postproof_model::explain::{Characters, ItemKind, Named};

use super::{QUOTE, Speaker, phrases as p, shown};
use crate::{Lang, Phrase};

/// From how many single characters on they are quoted together.
const TOGETHER: usize = 4;

impl Speaker<'_> {
    /// One character of a set.
    pub(super) fn one(&self, characters: &Characters) -> String {
        let list = self.list(characters);
        if characters.negated {
            self.fill(p::OTHER_THAN, &[("what", &list)])
        } else if self.lang == Lang::Ja && single(characters).is_some() {
            list
        } else {
            self.fill(p::ONE, &[("what", &list)])
        }
    }

    /// So many characters of a set; `count` is in words.
    pub(super) fn several(&self, characters: &Characters, count: &str) -> String {
        if characters.negated {
            let what = self.fill(p::OTHERS_THAN, &[("what", &self.list(characters))]);
            return self.fill(p::COUNTED, &[("count", count), ("what", &what)]);
        }
        match characters.known {
            Some(named) => {
                let what = p::named(named).1.say(self.lang);
                self.fill(p::COUNTED, &[("count", count), ("what", what)])
            }
            None => self.fill(p::EACH, &[("count", count), ("what", &self.list(characters))]),
        }
    }

    /// What a set lists, whether it is to be there or not: "a digit or “.”", or for what is not to be, "digits or “.”".
    fn list(&self, characters: &Characters) -> String {
        let pick = |one: Phrase, several: Phrase| self.say(if characters.negated { several } else { one });
        let named = |name: Named| pick(p::named(name).0, p::named(name).1);
        // With these, `[^a]` takes no newline either.
        let no_newline = characters.negated && !characters.newline && !lists_newline(characters);
        let mut words = Vec::new();
        if let Some(known) = characters.known {
            words.push(named(known));
        } else {
            let (mut alone, mut together, mut bytes) = (Vec::new(), String::new(), String::new());
            for item in &characters.items {
                match &item.kind {
                    ItemKind::Character(character) => match &**character {
                        b" " => words.push(pick(p::SPACE, p::SPACES)),
                        b"\t" => words.push(pick(p::TAB, p::TABS)),
                        b"\n" => words.push(pick(p::NEWLINE, p::NEWLINES)),
                        [byte @ 0x80..=0xFF] => bytes.push_str(&shown::shown(&[*byte])),
                        character => {
                            let text = shown::shown(character);
                            together.push_str(&text);
                            alone.push(self.fill(p::QUOTED, &[("text", &text)]));
                        }
                    },
                    ItemKind::Range { known: Some(known), .. } => words.push(named(*known)),
                    ItemKind::Range { first, last, known: None } => {
                        let (first, last) = (shown::shown(first), shown::shown(last));
                        words.push(self.fill(p::RANGE, &[("first", &first), ("last", &last)]));
                    }
                    ItemKind::Property { written } => {
                        let part = shown::shortened(&shown::shown(written.as_bytes()), QUOTE);
                        words.push(self.fill(p::PROPERTY, &[("part", &part)]));
                    }
                    ItemKind::Named { name, negated: false } => words.push(named(*name)),
                    ItemKind::Named { name, negated: true } => {
                        words.push(self.fill(p::BUT, &[("what", &self.say(p::named(*name).1))]));
                    }
                }
            }
            if alone.len() >= TOGETHER {
                words.push(self.fill(p::ONE_OF, &[("text", &together)]));
            } else {
                words.append(&mut alone);
            }
            match bytes.len() {
                0 => {}
                // One byte as an escape.
                4 => words.push(self.fill(p::BYTE, &[("text", &bytes)])),
                _ => words.push(self.fill(p::ONE_BYTE_OF, &[("text", &shown::shortened(&bytes, QUOTE))])),
            }
        }
        if characters.left_out > 0 {
            words.push(self.fill(p::MORE_ITEMS, &[("count", &characters.left_out.to_string())]));
        }
        if no_newline {
            words.push(pick(p::NEWLINE, p::NEWLINES));
        }
        words.dedup();
        self.or(&words)
    }
}

/// The character that a set consists of, where it is but one.
pub(super) fn single(characters: &Characters) -> Option<&Bytes> {
    match characters.items.as_slice() {
        [item] if !characters.negated && characters.left_out == 0 => match &item.kind {
            ItemKind::Character(character) => Some(character),
            _ => None,
        },
        _ => None,
    }
}

fn lists_newline(characters: &Characters) -> bool {
    characters.items.iter().any(|item| match &item.kind {
        ItemKind::Character(character) => &**character == b"\n",
        ItemKind::Range { first, last, .. } => **first <= b"\n"[..] && **last >= b"\n"[..],
        ItemKind::Named { name: Named::Space | Named::Cntrl | Named::VerticalSpace | Named::Ascii, negated } => {
            !negated
        }
        ItemKind::Named { negated, .. } => *negated,
        ItemKind::Property { .. } => true,
    })
}
