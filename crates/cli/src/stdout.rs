//! Standard output as postmap(1) writes it: in blocks, and what is not written when a lookup fails is lost.

use std::io::Write as _;

/// The size of a block. (Postfix: `VSTREAM_BUFSIZE`.)
const BLOCK: usize = 4096;

/// Standard output, with what is not written yet.
#[derive(Debug, Default)]
pub(crate) struct Stdout {
    held: Vec<u8>,
}

impl Stdout {
    /// Writes, or holds for later.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.held.extend_from_slice(bytes);
        // A block that is just full waits for the next byte.
        while self.held.len() > BLOCK {
            let rest = self.held.split_off(BLOCK);
            std::io::stdout().lock().write_all(&self.held)?;
            self.held = rest;
        }
        Ok(())
    }

    /// Writes all that is held.
    pub(crate) fn finish(&mut self) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(&self.held)?;
        self.held.clear();
        out.flush()
    }
}
