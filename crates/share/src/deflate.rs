//! zlib's format, with a limit on what comes out.

use crate::{Error, ErrorKind};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// miniz's best level that is still quick on a project at its limit.
const LEVEL: u8 = 9;
const FIRST_BUFFER: usize = 16 * 1024;

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(bytes, LEVEL)
}

/// Inflates, but never to more than `limit` bytes, and only a stream that ends where `packed` ends.
pub(crate) fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let flags = inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER
        | inflate_flags::TINFL_FLAG_COMPUTE_ADLER32
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = DecompressorOxide::new();
    let mut out = vec![0; FIRST_BUFFER.min(limit)];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = packed.get(read..).unwrap_or_default();
        let (status, taken, made) = decompress(&mut state, rest, &mut out, written, flags);
        read += taken;
        written += made;
        match status {
            TINFLStatus::Done if read == packed.len() => {
                out.truncate(written);
                return Ok(out);
            }
            TINFLStatus::HasMoreOutput if out.len() >= limit => return Err(ErrorKind::TooLarge.into()),
            TINFLStatus::HasMoreOutput => out.resize((out.len() * 2).min(limit), 0),
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => {
                return Err(ErrorKind::Truncated.into());
            }
            _ => return Err(ErrorKind::Damaged.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = pack(&vec![b' '; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(unpack(&bomb, 1_000_000).unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(unpack(&bomb, 9_999_999).unwrap_err().kind(), ErrorKind::TooLarge);
        assert_eq!(unpack(&bomb, 10_000_000).unwrap().len(), 10_000_000);
    }

    #[test]
    fn every_length_is_carried_and_every_cut_is_noticed() {
        for len in [0, 1, 2, FIRST_BUFFER - 1, FIRST_BUFFER, FIRST_BUFFER + 1, 3 * FIRST_BUFFER] {
            let bytes: Vec<u8> = (0..len).map(|at| (at * at % 251) as u8).collect();
            let packed = pack(&bytes);
            assert_eq!(unpack(&packed, usize::MAX >> 1).unwrap(), bytes);
            for cut in [0, 1, 2, packed.len() / 2, packed.len() - 5, packed.len() - 1] {
                assert_eq!(unpack(&packed[..cut], len + 1).unwrap_err().kind(), ErrorKind::Truncated, "{cut}");
            }
            let mut longer = packed.clone();
            longer.push(0);
            assert_eq!(unpack(&longer, len + 1).unwrap_err().kind(), ErrorKind::Damaged);
        }
    }
}
