//! Compressed copies beside the files, for hosts that serve them as they are.

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Kinds of files that shrink; pictures and fonts have shrunk already.
const KINDS: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Writes NAME.br and NAME.gz beside each file of a kind that shrinks, in all folders below.
pub(super) fn folder(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            self::folder(&path)?;
        } else if path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)) {
            let bytes = fs::read(&path)?;
            write_if_smaller(&path, "br", &bytes, &brotli(&bytes)?)?;
            write_if_smaller(&path, "gz", &bytes, &gzip(&bytes)?)?;
        }
    }
    Ok(())
}

fn write_if_smaller(path: &Path, kind: &str, bytes: &[u8], compressed: &[u8]) -> Result<()> {
    if compressed.len() >= bytes.len() {
        return Ok(());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    fs::write(&name, compressed).with_context(|| name.display().to_string())
}

/// Brotli (RFC 7932) at its best quality.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

/// gzip (RFC 1952) without a time or a name in its header, so that the same bytes come out every time.
fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_copies_hold_the_same_bytes() {
        let bytes = b"/^Subject:.*viagra/ REJECT\n".repeat(50);
        let mut from_gzip = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&bytes).unwrap()[..]).read_to_end(&mut from_gzip).unwrap();
        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&bytes).unwrap()[..], &mut from_brotli).unwrap();
        assert_eq!(from_gzip, bytes);
        assert_eq!(from_brotli, bytes);
    }

    #[test]
    fn a_copy_is_the_same_every_time() {
        let bytes = b"If-Modified-Since".repeat(9);
        assert_eq!(gzip(&bytes).unwrap(), gzip(&bytes).unwrap());
    }
}
