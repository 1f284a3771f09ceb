//! Sets of bytes.

use std::fmt;

/// A set of bytes: one bit for each of the 256.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// The set of no byte.
    pub const EMPTY: Self = Self([0; 4]);
    /// The set of every byte.
    pub const ALL: Self = Self([u64::MAX; 4]);

    /// The set of one byte.
    #[must_use]
    pub fn of(byte: u8) -> Self {
        let mut set = Self::EMPTY;
        set.insert(byte);
        set
    }

    /// The bytes that `keep` says yes to.
    #[must_use]
    pub fn filter(keep: impl Fn(u8) -> bool) -> Self {
        let mut set = Self::EMPTY;
        for byte in 0..=u8::MAX {
            if keep(byte) {
                set.insert(byte);
            }
        }
        set
    }

    /// Adds a byte.
    pub fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    /// Adds the bytes from `first` to `last`, both included; none where `last` comes before `first`.
    pub fn insert_range(&mut self, first: u8, last: u8) {
        for byte in first..=last {
            self.insert(byte);
        }
    }

    /// Takes a byte out.
    pub fn remove(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] &= !(1 << (byte & 63));
    }

    /// Whether a byte is in the set.
    #[must_use]
    pub const fn contains(&self, byte: u8) -> bool {
        self.0[(byte >> 6) as usize] >> (byte & 63) & 1 == 1
    }

    /// Whether no byte is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// How many bytes are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The bytes in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// The bytes in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// The bytes that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self(std::array::from_fn(|word| !self.0[word]))
    }

    /// The bytes in the set, from the lowest.
    pub fn iter(&self) -> impl Iterator<Item = u8> + use<> {
        let set = *self;
        (0..=u8::MAX).filter(move |&byte| set.contains(byte))
    }

    /// The first byte from `from` on that is in the set, or is not.
    fn next(&self, from: usize, contained: bool) -> Option<usize> {
        let mut skipped = from % 64;
        for (word, bits) in self.0.iter().enumerate().skip(from / 64) {
            let bits = (if contained { *bits } else { !*bits }) >> skipped << skipped;
            if bits != 0 {
                return Some(64 * word + bits.trailing_zeros() as usize);
            }
            skipped = 0;
        }
        None
    }

    /// The set as ranges of neighbouring bytes, first and last included, from the lowest.
    #[must_use]
    pub fn ranges(&self) -> Vec<(u8, u8)> {
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(first) = self.next(at, true) {
            let after = self.next(first, false).unwrap_or(256);
            let byte = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
            ranges.push((byte(first), byte(after - 1)));
            at = after;
        }
        ranges
    }
}

impl fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (first, last) in self.ranges() {
            if first == last {
                write!(f, "{}", first.escape_ascii())?;
            } else {
                write!(f, "{}-{}", first.escape_ascii(), last.escape_ascii())?;
            }
        }
        f.write_str("]")
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSet;

    #[test]
    fn ranges_join_neighbours_to_the_very_last_byte() {
        let mut set = ByteSet::of(b'a');
        set.insert_range(b'b', b'd');
        set.insert(b'x');
        set.insert_range(0xFE, 0xFF);
        assert_eq!(set.ranges(), [(b'a', b'd'), (b'x', b'x'), (0xFE, 0xFF)]);
        assert_eq!(set.complement().complement(), set);
        assert_eq!(set.len(), 7);
    }
}
