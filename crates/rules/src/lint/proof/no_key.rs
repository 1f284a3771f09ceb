//! Why a rule matches no key that its table is asked for.

use postproof_model::NoKeyReason;

use super::cover::Found;
use super::effort::Effort;
use super::keys::{Keys, Shapes, find_any};
use super::reach::{Part, Reach, Reaches};
use crate::pattern::language::{Newlines, Term};

/// Tells why; for a rule of which it is known that no key meets its conditions.
pub(super) struct Emptiness<'e> {
    pub(super) keys: Keys,
    pub(super) shapes: &'e Shapes,
    pub(super) effort: &'e Effort,
}

/// What a condition by itself is good for, from nothing to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Alone {
    Nothing,
    EmptyKey,
    LineBreak,
    NoHeader,
    SomeKey,
}

impl Emptiness<'_> {
    /// The reason; none where finding it would take too much. Where one condition alone is to blame, it is that one's.
    pub(super) fn reason(&self, reach: &Reach, reaches: &Reaches<'_>) -> Option<NoKeyReason> {
        let mut least = Alone::SomeKey;
        for part in &reach.parts {
            least = least.min(self.alone(part, reaches)?);
        }
        Some(match least {
            Alone::Nothing => NoKeyReason::Nothing,
            Alone::EmptyKey => NoKeyReason::EmptyKey,
            Alone::LineBreak => NoKeyReason::LineBreak,
            Alone::NoHeader => NoKeyReason::NoHeader,
            Alone::SomeKey => NoKeyReason::Together,
        })
    }

    fn alone(&self, part: &Part, reaches: &Reaches<'_>) -> Option<Alone> {
        match self.shapes.find(&[part.term()], &[], self.effort) {
            Found::Key(_) => return Some(Alone::SomeKey),
            Found::TooBig => return None,
            Found::None => {}
        }
        // A text without newlines is a key of any such table, unless it is empty.
        let steps = self.effort.steps();
        let empty = part.term().language.matches(b"", steps).ok()? != part.negated;
        if empty && self.keys.newlines() == Newlines::Nowhere {
            return Some(Alone::EmptyKey);
        }
        if empty && matches!(find_any(part.term(), self.effort), Found::None) {
            return Some(Alone::EmptyKey);
        }
        // Whatever the table is asked for: is there a text that it matches?
        let Some(language) = reaches.anywhere(part) else { return Some(self.needs()) };
        let empty = language.matches(b"", steps).ok()? != part.negated;
        Some(match find_any(Term { language: &language, negated: part.negated }, self.effort) {
            Found::TooBig => return None,
            Found::None if !empty => Alone::Nothing,
            Found::Key(_) | Found::None => self.needs(),
        })
    }

    /// What a condition needs that some text meets, but no key.
    const fn needs(&self) -> Alone {
        match self.keys.newlines() {
            Newlines::Nowhere => Alone::LineBreak,
            Newlines::Inside | Newlines::Anywhere => Alone::NoHeader,
        }
    }
}
