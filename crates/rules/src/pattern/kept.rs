//! What automata have found out and keep for the next key, within one bound for all of them.
//!
//! The states of one automaton are bounded, but a table may have a hundred thousand patterns, and there may be many tables.
//! What goes beyond the bound is found out anew for each key: that takes longer, and answers the same.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many bytes all automata of patterns keep together.
const ALL: usize = if cfg!(target_pointer_width = "32") { 32 << 20 } else { 128 << 20 };

/// How many they keep.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

/// Something whose bytes are counted.
#[derive(Debug)]
pub(super) struct Kept<T> {
    thing: T,
    bytes: usize,
}

impl<T> Kept<T> {
    /// Nothing of it is counted yet.
    pub(super) const fn new(thing: T) -> Self {
        Self { thing, bytes: 0 }
    }

    /// Whether more may be kept.
    pub(super) fn is_room() -> bool {
        TAKEN.load(Ordering::Relaxed) < ALL
    }

    /// Counts it as so many bytes now; false where there is no room for them, and it must not be kept.
    pub(super) fn holds(&mut self, bytes: usize) -> bool {
        if bytes == self.bytes {
            return true;
        }
        TAKEN.fetch_sub(self.bytes, Ordering::Relaxed);
        self.bytes = bytes;
        TAKEN.fetch_add(bytes, Ordering::Relaxed) + bytes <= ALL
    }
}

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        TAKEN.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<T> DerefMut for Kept<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.thing
    }
}
