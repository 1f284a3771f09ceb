//! Sets of characters beyond ASCII.

use std::sync::Arc;

/// A set of code points as ranges, first and last included, in order, none touching the next. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CharSet(Option<Arc<[(u32, u32)]>>);

/// The greatest code point.
const LAST: u32 = 0x0010_FFFF;

impl CharSet {
    /// The set of no code point.
    pub const EMPTY: Self = Self(None);

    /// The set of these ranges, which may come in any order and overlap. A range the wrong way round is empty.
    #[must_use]
    pub fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|(first, last)| first <= last);
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
                _ => joined.push((first, last)),
            }
        }
        if joined.is_empty() { Self(None) } else { Self(Some(joined.into())) }
    }

    /// The ranges, in order.
    #[must_use]
    pub fn ranges(&self) -> &[(u32, u32)] {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether no code point is in the set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a code point is in the set.
    #[must_use]
    pub fn contains(&self, value: u32) -> bool {
        let ranges = self.ranges();
        let after = ranges.partition_point(|(first, _)| *first <= value);
        after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|(_, last)| value <= *last)
    }

    /// The code points in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.ranges().iter().chain(other.ranges()).copied().collect())
    }

    /// The code points that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.ranges().len() + 1);
        let mut from = 0;
        for (first, last) in self.ranges() {
            if from < *first {
                gaps.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= LAST {
            gaps.push((from, LAST));
        }
        Self::new(gaps)
    }

    /// The code points in the set that lie between two, both included.
    #[must_use]
    pub fn between(&self, first: u32, last: u32) -> Self {
        Self::new(self.ranges().iter().map(|(from, to)| ((*from).max(first), (*to).min(last))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::CharSet;

    #[test]
    fn ranges_join_and_complement_each_other() {
        let set = CharSet::new(vec![(0x100, 0x10F), (0x3B1, 0x3B1), (0x110, 0x11F), (9, 3)]);
        assert_eq!(set.ranges(), [(0x100, 0x11F), (0x3B1, 0x3B1)]);
        assert!(set.contains(0x11F) && !set.contains(0x120) && !set.contains(0));
        assert_eq!(set.complement().complement(), set);
        assert!(set.union(&set.complement()).contains(0x0010_FFFF));
        assert_eq!(set.complement().union(&set).complement(), CharSet::EMPTY);
        assert_eq!(set.between(0x105, 0x3B0).ranges(), [(0x105, 0x11F)]);
    }
}
