//! Sets of characters in words: "a digit or “.”", "characters other than “@”".

use postproof_model::Bytes;
use postproof_model::explain::{Characters, Item, ItemKind, Named};

use super::{QUOTE, Speaker, phrases as p, shown};
use crate::Phrase;

/// From how many single characters on they are quoted together.
const TOGETHER: usize = 4;

/// What a set lists: in the singular, and in the plural where it has one.
struct Noun {
    one: String,
    several: Option<String>,
}

impl Speaker<'_> {
    /// One character of a set.
    pub(super) fn one(&self, characters: &Characters) -> String {
        let nouns = self.nouns(characters);
        let list = self.listed(&nouns, characters.negated);
        if characters.negated {
            return self.fill(p::OTHER_THAN, &[("what", &list)]);
        }
        let phrase = match nouns.as_slice() {
            // A character is itself one, and a byte is not always a character.
            [_] if single(characters).is_some() || only_bytes(characters) => return list,
            [_] => p::ONE,
            _ => p::ONE_OF_SEVERAL,
        };
        self.fill(phrase, &[("what", &list)])
    }

    /// So many characters of a set; `count` is in words.
    pub(super) fn several(&self, characters: &Characters, count: &str) -> String {
        let nouns = self.nouns(characters);
        let list = self.listed(&nouns, characters.negated);
        if characters.negated {
            let what = self.fill(p::OTHERS_THAN, &[("what", &list)]);
            return self.fill(p::COUNTED, &[("count", count), ("what", &what)]);
        }
        match nouns.as_slice() {
            [Noun { several: Some(several), .. }] => self.fill(p::COUNTED, &[("count", count), ("what", several)]),
            _ => self.fill(p::EACH, &[("count", count), ("what", &list)]),
        }
    }

    /// "a digit or “.”"; of what is not to be there, "digits or “.”".
    fn listed(&self, nouns: &[Noun], negated: bool) -> String {
        let word = |noun: &Noun| match &noun.several {
            Some(several) if negated => several.clone(),
            _ => noun.one.clone(),
        };
        self.or(&nouns.iter().map(word).collect::<Vec<_>>())
    }

    fn noun(&self, one: Phrase, several: Phrase) -> Noun {
        Noun { one: self.say(one), several: Some(self.say(several)) }
    }

    fn named(&self, named: Named) -> Noun {
        let (one, several, _) = p::named(named);
        self.noun(one, several)
    }

    fn quoted(&self, text: &str) -> Noun {
        Noun { one: self.fill(p::QUOTED, &[("text", text)]), several: None }
    }

    /// What a set lists, whether it is to be there or not.
    fn nouns(&self, characters: &Characters) -> Vec<Noun> {
        let mut nouns = match characters.known {
            Some(known) => vec![self.named(known)],
            None => self.items(characters),
        };
        if characters.left_out > 0 {
            let more = self.fill(p::MORE_ITEMS, &[("count", &characters.left_out.to_string())]);
            nouns.push(Noun { one: more, several: None });
        }
        // With some flags, `[^a]` takes no newline either.
        if characters.negated && !characters.newline && !lists_newline(characters) {
            nouns.push(self.noun(p::NEWLINE, p::NEWLINES));
        }
        nouns.dedup_by(|one, other| one.one == other.one);
        nouns
    }

    fn items(&self, characters: &Characters) -> Vec<Noun> {
        let (mut nouns, mut alone) = (Vec::new(), Vec::new());
        let (mut together, mut bytes) = (String::new(), Vec::new());
        for item in &characters.items {
            match &item.kind {
                ItemKind::Character(character) => match &**character {
                    b" " => nouns.push(self.noun(p::SPACE, p::SPACES)),
                    b"\t" => nouns.push(self.noun(p::TAB, p::TABS)),
                    b"\n" => nouns.push(self.noun(p::NEWLINE, p::NEWLINES)),
                    [byte @ 0x80..=0xFF] => bytes.push(*byte),
                    character => {
                        let text = shown::shown(character);
                        together.push_str(&text);
                        alone.push(self.quoted(&text));
                    }
                },
                ItemKind::Range { known: Some(known), .. } => nouns.push(self.named(*known)),
                ItemKind::Range { first, last, known: None } => nouns.push(self.range(first, last)),
                ItemKind::Property { written } => {
                    let part = shown::shortened(&shown::shown(written.as_bytes()), QUOTE);
                    nouns.push(Noun { one: self.fill(p::PROPERTY, &[("part", &part)]), several: None });
                }
                // In a list, "letters, digits" reads better than "letters or digits".
                ItemKind::Named { name: Named::Alnum, negated: false } if characters.items.len() > 1 => {
                    nouns.extend([self.named(Named::Alpha), self.named(Named::Digit)]);
                }
                ItemKind::Named { name: Named::Word, negated: false } if characters.items.len() > 1 => {
                    nouns.extend([self.named(Named::Alpha), self.named(Named::Digit), self.quoted("_")]);
                }
                ItemKind::Named { name, negated: false } => nouns.push(self.named(*name)),
                ItemKind::Named { name, negated: true } => {
                    let what = p::named(*name).1.say(self.lang);
                    nouns.push(Noun { one: self.fill(p::BUT, &[("what", what)]), several: None });
                }
            }
        }
        if alone.len() >= TOGETHER {
            let values = [("text", together.as_str())];
            nouns.push(Noun {
                one: self.fill(p::ONE_OF, &values),
                several: characters.negated.then(|| self.fill(p::ANY_OF, &values)),
            });
        } else {
            nouns.append(&mut alone);
        }
        if !bytes.is_empty() {
            let phrase = if bytes.len() == 1 { p::BYTE } else { p::ONE_BYTE_OF };
            let text = shown::shortened(&bytes.iter().map(|byte| shown::shown(&[*byte])).collect::<String>(), QUOTE);
            nouns.push(Noun { one: self.fill(phrase, &[("text", &text)]), several: None });
        }
        nouns
    }

    fn range(&self, first: &Bytes, last: &Bytes) -> Noun {
        let (one, several) = match (&**first, &**last) {
            ([first], [last]) if first.is_ascii_digit() && last.is_ascii_digit() => (p::DIGIT_RANGE, p::DIGIT_RANGES),
            ([first], [last]) if is_letter_range(*first, *last) => (p::LETTER_RANGE, p::LETTER_RANGES),
            _ => (p::RANGE, p::RANGES),
        };
        let (first, last) = (shown::shown(first), shown::shown(last));
        let values = [("first", first.as_str()), ("last", last.as_str())];
        Noun { one: self.fill(one, &values), several: Some(self.fill(several, &values)) }
    }
}

/// Whether there are but letters from one to another.
fn is_letter_range(first: u8, last: u8) -> bool {
    first.is_ascii_lowercase() && last.is_ascii_lowercase() || first.is_ascii_uppercase() && last.is_ascii_uppercase()
}

fn only_bytes(characters: &Characters) -> bool {
    let byte =
        |item: &Item| matches!(&item.kind, ItemKind::Character(character) if matches!(**character, [0x80..=0xFF]));
    characters.known.is_none() && characters.items.iter().all(byte)
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
