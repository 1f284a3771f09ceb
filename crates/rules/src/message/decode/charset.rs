//! Bytes of a charset to text.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Whether lines of this charset cannot be told apart byte by byte: a newline is more than one byte, or one that means
/// something else.
pub(super) fn is_wide(charset: Option<&str>) -> bool {
    charset.is_some_and(|name| {
        let name = name.to_ascii_lowercase().replace('-', "_");
        name.starts_with("utf_16") || name.starts_with("iso_10646") || name.ends_with("ucs_2") || name == "csunicode"
    })
}

/// Whether anything is known of this charset.
pub(super) fn is_known(name: &str) -> bool {
    let name = name.trim();
    // mail-parser has no decoder for what needs none.
    ["utf-8", "utf8"].iter().any(|utf8| name.eq_ignore_ascii_case(utf8)) || charset_decoder(name.as_bytes()).is_some()
}

/// The text; what is not of the charset becomes U+FFFD. Without a charset, or with one that nothing is known of, the bytes
/// are read as UTF-8.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>) -> String {
    match charset.and_then(|name| charset_decoder(name.trim().as_bytes())) {
        Some(decoder) if !bytes.is_empty() => decoder(bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
