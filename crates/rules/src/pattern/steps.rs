//! How much work may be done to find an answer.
//!
//! Patterns and keys come from anyone. One search is bounded, but a table may have thousands of rules and a message
//! thousands of keys: so all that is tried for one lookup, and all lookups for one message, share what they may spend.

use std::cell::Cell;

/// How many steps may still be taken. A step looks at one piece of a pattern at one place of a key, and takes up to ten
/// nanoseconds. What an automaton answers, in time that grows with the key's length alone, is not counted.
#[derive(Debug)]
pub struct Steps(Cell<u64>);

impl Steps {
    /// For one lookup in a table: less than a quarter of a second.
    pub const LOOKUP: u64 = 20_000_000;

    /// For all lookups for one message or one client: about a second.
    pub const MESSAGE: u64 = 200_000_000;

    /// And for each byte of the message. To find a match's groups takes some fifty steps for each of its bytes.
    pub const MESSAGE_BYTE: u64 = 300;

    /// So many steps.
    #[must_use]
    pub const fn new(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    /// Enough for one lookup.
    #[must_use]
    pub const fn for_lookup() -> Self {
        Self::new(Self::LOOKUP)
    }

    /// Enough for a message of so many bytes.
    #[must_use]
    pub const fn for_message(bytes: usize) -> Self {
        Self::new((bytes as u64).saturating_mul(Self::MESSAGE_BYTE).saturating_add(Self::MESSAGE))
    }

    /// How many steps are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes steps; false where so many are not left. Then none are left.
    pub fn spend(&self, steps: u64) -> bool {
        let left = self.left().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Does something that may take so many steps at most, however many are left.
    pub fn at_most<T>(&self, most: u64, something: impl FnOnce(&Self) -> T) -> T {
        let granted = most.min(self.left());
        let part = Self::new(granted);
        let result = something(&part);
        self.spend(granted - part.left());
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_comes_out_of_the_whole() {
        let whole = Steps::new(10);
        assert!(whole.at_most(4, |part| part.spend(3)));
        assert_eq!(whole.left(), 7);
        assert!(!whole.at_most(4, |part| part.spend(5)));
        assert_eq!(whole.left(), 3);
        assert!(whole.at_most(4, |part| part.spend(3)));
        assert!(!whole.spend(1));
    }
}
