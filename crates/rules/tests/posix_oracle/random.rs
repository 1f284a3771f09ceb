//! Random numbers that a seed repeats: xorshift64*. And where a run has its seed from.

use std::hash::{BuildHasher, RandomState};

/// A seed that no run had before.
pub fn fresh_seed() -> u64 {
    RandomState::new().hash_one(0)
}

/// The seed of a test: that of POSTPROOF_SEED, which repeats a run, or a fresh one.
pub fn seed_of_test() -> u64 {
    std::env::var("POSTPROOF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(fresh_seed)
}

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from((self.next() >> 11) % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// Yes, once in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
