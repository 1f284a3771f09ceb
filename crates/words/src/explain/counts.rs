//! How often, in words: "5 digits", "zero or more times".

use postproof_model::explain::{Characters, Greed, Part, Repeat, Text, What};

use super::{Said, Speaker, characters, phrases as p};
use crate::Phrase;

impl<'e> Speaker<'e> {
    /// A repetition, and what it repeats.
    pub(super) fn repeated(&self, repeat: &Repeat, part: &'e Part) -> Said<'e> {
        let Some(inner) = part.parts.first() else { return Said::all(self.say(p::NOTHING)) };
        let greedy = |words: String| Said::all(self.with_greed(words, repeat.greed));
        if repeat.max == Some(0) {
            return self.headed(p::TIMES_NONE.say(self.lang), inner);
        }
        match &inner.what {
            What::Any { newline } => greedy(self.any(repeat, *newline)),
            What::Characters(characters) => match characters::single(characters) {
                Some(character) => {
                    let text = Text { text: character.clone(), cut: false, case: characters.case };
                    greedy(self.counted(repeat, self.cased(self.text(&text), text.case)))
                }
                None => greedy(self.set(repeat, characters)),
            },
            _ => {
                let said = self.said(inner);
                if said.list.is_empty() && !said.headed && !matches!(inner.what, What::Repeat(_)) {
                    return greedy(self.counted(repeat, said.words));
                }
                self.headed(&self.with_greed(self.times(repeat), repeat.greed), inner)
            }
        }
    }

    fn any(&self, repeat: &Repeat, newline: bool) -> String {
        let pick = |one: Phrase, other: Phrase| if newline { one } else { other };
        match (repeat.min, repeat.max) {
            (0, None) => self.say(pick(p::ANY_TEXT, p::ANY_TEXT_BUT_NEWLINE)),
            (0, Some(1)) => {
                let one = pick(p::ANY, p::ANY_BUT_NEWLINE).say(self.lang);
                self.fill(p::OPTIONALLY, &[("what", one)])
            }
            (1, Some(1)) => self.say(pick(p::ANY, p::ANY_BUT_NEWLINE)),
            _ => {
                let what = pick(p::ANIES, p::ANIES_BUT_NEWLINE).say(self.lang);
                self.fill(p::COUNTED, &[("count", &self.count(repeat)), ("what", what)])
            }
        }
    }

    fn set(&self, repeat: &Repeat, characters: &Characters) -> String {
        let words = match (repeat.min, repeat.max) {
            (0, Some(1)) => self.fill(p::OPTIONALLY, &[("what", &self.one(characters))]),
            (1, Some(1)) => self.one(characters),
            _ => self.several(characters, &self.count(repeat)),
        };
        self.cased(words, characters.case)
    }

    /// Something that is said as it is, and how often.
    fn counted(&self, repeat: &Repeat, what: String) -> String {
        match (repeat.min, repeat.max) {
            (0, Some(1)) => self.fill(p::OPTIONALLY, &[("what", &what)]),
            (1, Some(1)) => what,
            _ => self.fill(p::TIMES, &[("what", &what), ("times", &self.times(repeat))]),
        }
    }

    /// "2 to 4", before a noun.
    fn count(&self, repeat: &Repeat) -> String {
        let (min, max) = (repeat.min.to_string(), repeat.max.unwrap_or_default().to_string());
        let phrase = match (repeat.min, repeat.max) {
            (0, None) => p::COUNT_ANY,
            (1, None) => p::COUNT_SOME,
            (_, None) => p::COUNT_FROM,
            (one, Some(other)) if one == other => p::COUNT_EXACT,
            (0, Some(_)) => p::COUNT_UP_TO,
            (one, Some(other)) if one.checked_add(1) == Some(other) => p::COUNT_EITHER,
            (_, Some(_)) => p::COUNT_BETWEEN,
        };
        self.fill(phrase, &[("min", &min), ("max", &max)])
    }

    /// "2 to 4 times".
    pub(super) fn times(&self, repeat: &Repeat) -> String {
        let (min, max) = (repeat.min.to_string(), repeat.max.unwrap_or_default().to_string());
        let phrase = match (repeat.min, repeat.max) {
            (0, None) => p::TIMES_ANY,
            (1, None) => p::TIMES_SOME,
            (_, None) => p::TIMES_FROM,
            (0, Some(0)) => p::TIMES_NONE,
            (0, Some(1)) => p::OPTIONAL,
            (1, Some(1)) => p::TIMES_ONE,
            (one, Some(other)) if one == other => p::TIMES_EXACT,
            (0, Some(_)) => p::TIMES_UP_TO,
            (one, Some(other)) if one.checked_add(1) == Some(other) => p::TIMES_EITHER,
            (_, Some(_)) => p::TIMES_BETWEEN,
        };
        self.fill(phrase, &[("min", &min), ("max", &max)])
    }

    fn with_greed(&self, what: String, greed: Greed) -> String {
        match self.greed(greed) {
            None => what,
            Some(greed) => self.fill(p::WITH_GREED, &[("what", &what), ("greed", greed)]),
        }
    }

    /// The order of trying, where it is not the usual one.
    pub(super) const fn greed(&self, greed: Greed) -> Option<&'static str> {
        match greed {
            Greed::Greedy => None,
            Greed::Lazy => Some(p::LAZY.say(self.lang)),
            Greed::Possessive => Some(p::POSSESSIVE.say(self.lang)),
        }
    }
}
