//! What must hold at a place in a key for an anchor to match there.

/// A set of demands on the bytes around a place; every one of them must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Condition(u8);

impl Condition {
    const AFTER_WORD: u8 = 1;
    const AFTER_OTHER: u8 = 1 << 1;
    const AFTER_NEWLINE: u8 = 1 << 2;
    const AT_START: u8 = 1 << 3;
    const BEFORE_WORD: u8 = 1 << 4;
    const BEFORE_OTHER: u8 = 1 << 5;
    const BEFORE_NEWLINE: u8 = 1 << 6;
    const AT_END: u8 = 1 << 7;

    pub(super) const NONE: Self = Self(0);
    pub(super) const START: Self = Self(Self::AT_START);
    pub(super) const END: Self = Self(Self::AT_END);
    pub(super) const LINE_START: Self = Self(Self::AFTER_NEWLINE);
    pub(super) const LINE_END: Self = Self(Self::BEFORE_NEWLINE);
    pub(super) const WORD_START: Self = Self(Self::AFTER_OTHER | Self::BEFORE_WORD);
    pub(super) const WORD_END: Self = Self(Self::AFTER_WORD | Self::BEFORE_OTHER);
    pub(super) const INSIDE_WORD: Self = Self(Self::AFTER_WORD | Self::BEFORE_WORD);
    pub(super) const OUTSIDE_WORD: Self = Self(Self::AFTER_OTHER | Self::BEFORE_OTHER);

    /// Both conditions at once.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn is_none(self) -> bool {
        self.0 == 0
    }

    const BEFORE: u8 = Self::BEFORE_WORD | Self::BEFORE_OTHER | Self::BEFORE_NEWLINE | Self::AT_END;

    /// Whether the demands on what comes before the place are met.
    pub(super) const fn holds_behind(self, place: Place) -> bool {
        self.0 & !Self::BEFORE & !place.0 == 0
    }

    /// Whether the demands on what comes after the place are met.
    pub(super) const fn holds_ahead(self, place: Place) -> bool {
        self.0 & Self::BEFORE & !place.0 == 0
    }
}

/// Everything that is true of a place between two bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place(u8);

impl Place {
    /// What is true at `at` in `key`. Without `lines`, a newline is a byte like others.
    pub(super) fn new(key: &[u8], at: usize, lines: bool) -> Self {
        let facts = match Side::before(key, at, lines) {
            Side::Start => Condition::AT_START | Condition::AFTER_NEWLINE | Condition::AFTER_OTHER,
            Side::Newline => Condition::AFTER_NEWLINE | Condition::AFTER_OTHER,
            Side::Word => Condition::AFTER_WORD,
            Side::Other => Condition::AFTER_OTHER,
        };
        Self(
            facts
                | match key.get(at) {
                    None => Condition::AT_END | Condition::BEFORE_NEWLINE | Condition::BEFORE_OTHER,
                    Some(b'\n') if lines => Condition::BEFORE_NEWLINE | Condition::BEFORE_OTHER,
                    Some(&byte) if is_word(byte) => Condition::BEFORE_WORD,
                    Some(_) => Condition::BEFORE_OTHER,
                },
        )
    }
}

impl Place {
    /// Whether what comes before the place is neither a word, a line's end nor the key's start.
    pub(super) const fn is_after_other(self) -> bool {
        self.behind() == Condition::AFTER_OTHER
    }

    /// What is true of what comes before the place, as a number.
    pub(super) const fn behind(self) -> u8 {
        self.0 & !Condition::BEFORE
    }
}

/// What stands before a place, as far as any condition can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    Newline,
    Word,
    Other,
}

impl Side {
    /// What stands before `at` in `key`. Without `lines`, a newline is a byte like others.
    pub(super) fn before(key: &[u8], at: usize, lines: bool) -> Self {
        match at.checked_sub(1).and_then(|before| key.get(before)) {
            None => Self::Start,
            Some(b'\n') if lines => Self::Newline,
            Some(&byte) if is_word(byte) => Self::Word,
            Some(_) => Self::Other,
        }
    }
}

/// Whether a byte belongs to words in the C locale.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
