//! What a match took.

use postproof_model::Span;

/// The part of a key that a pattern matched, and the parts that its groups took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captures {
    whole: Option<Span>,
    groups: Option<Vec<Option<Span>>>,
}

impl Captures {
    /// Of spans that begin with the whole match.
    pub(super) fn known(mut spans: Vec<Option<Span>>) -> Self {
        let groups = spans.split_off(spans.len().min(1));
        Self { whole: spans.pop().flatten(), groups: Some(groups) }
    }

    /// There is a match; which bytes it takes is not known.
    pub(super) const fn unknown() -> Self {
        Self { whole: None, groups: None }
    }

    /// The whole match; none where it could not be found out.
    #[must_use]
    pub const fn whole(&self) -> Option<Span> {
        self.whole
    }

    /// The groups that were asked for, from 1: none for a group that took no part. Empty where they are not known.
    #[must_use]
    pub fn groups(&self) -> &[Option<Span>] {
        self.groups.as_deref().unwrap_or_default()
    }

    /// What a group took, counted from 1; none where it took no part, does not exist or is not known.
    #[must_use]
    pub fn group(&self, number: usize) -> Option<Span> {
        number.checked_sub(1).and_then(|index| self.groups().get(index).copied().flatten())
    }

    /// Whether it is not known what the groups took.
    #[must_use]
    pub const fn groups_unknown(&self) -> bool {
        self.groups.is_none()
    }
}
