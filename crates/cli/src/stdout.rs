//! Standard output as postmap(1) writes it: in blocks, and what is not written when a lookup fails is lost.

use std::io::Write as _;

/// The size of a block. (Postfix: `VSTREAM_BUFSIZE`.)
const BLOCK: usize = 4096;

/// How much is held before blocks are written, so that there are few writes.
const AT_ONCE: usize = 32 * BLOCK;

/// Standard output, with what is not written yet.
#[derive(Debug, Default)]
pub(crate) struct Stdout {
    held: Vec<u8>,
}

impl Stdout {
    /// Writes, or holds for later.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.held.extend_from_slice(bytes);
        if self.held.len() > AT_ONCE { self.write_blocks() } else { Ok(()) }
    }

    /// Writes the blocks that are full.
    pub(crate) fn write_blocks(&mut self) -> std::io::Result<()> {
        // A block that is just full waits for the next byte.
        let full = self.held.len().saturating_sub(1) / BLOCK * BLOCK;
        if full > 0 {
            std::io::stdout().lock().write_all(self.held.get(..full).unwrap_or_default())?;
            self.held.drain(..full);
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
