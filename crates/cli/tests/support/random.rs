//! A small generator of numbers: xorshift64*.

/// A seed of this run's own.
pub(crate) fn fresh_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::from(now.subsec_nanos()) ^ now.as_secs()
}

/// The generator.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn from_seed(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    /// A text, with a byte put in, taken out or changed now and then.
    pub(crate) fn mutated(&mut self, text: &[u8], with: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        while self.once_in(6) {
            let at = self.below(text.len() + 1);
            match self.below(3) {
                0 => text.insert(at, *self.pick(with)),
                1 if at < text.len() => drop(text.remove(at)),
                _ if at < text.len() => text[at] = *self.pick(with),
                _ => {}
            }
        }
        text
    }
}
