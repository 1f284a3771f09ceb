//! Content-Transfer-Encoding as Postfix reads it: what a body is announced to hold. Nothing is decoded by it.

use super::content_type::Tokens;

/// What a Content-Transfer-Encoding announces. (Postfix: `mime_encoding_map`.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferEncoding {
    /// `7bit`; also where nothing is said, or nothing that Postfix knows.
    #[default]
    SevenBit,
    /// `8bit`.
    EightBit,
    /// `binary`.
    Binary,
    /// `base64`: 7-bit data once encoded.
    Base64,
    /// `quoted-printable`: the same.
    QuotedPrintable,
}

impl TransferEncoding {
    const ALL: [Self; 5] = [Self::SevenBit, Self::EightBit, Self::Binary, Self::Base64, Self::QuotedPrintable];

    /// Its name in a header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SevenBit => "7bit",
            Self::EightBit => "8bit",
            Self::Binary => "binary",
            Self::Base64 => "base64",
            Self::QuotedPrintable => "quoted-printable",
        }
    }

    /// Reads the value of the header: what comes after the colon. None where it says nothing that Postfix knows; what an
    /// earlier header has said stands then. (Postfix: `mime_state_content_encoding`.)
    #[must_use]
    pub fn parse(value: &[u8]) -> Option<Self> {
        let item = Tokens::new(value, is_special).next_item()?;
        let first = item.first()?;
        Self::ALL.into_iter().find(|encoding| first.is(encoding.name()))
    }

    /// Whether it changes the data, rather than say of which kind they are.
    #[must_use]
    pub const fn encodes(self) -> bool {
        matches!(self, Self::Base64 | Self::QuotedPrintable)
    }

    /// Whether it announces data of more than seven bits.
    #[must_use]
    pub const fn exceeds_seven_bits(self) -> bool {
        matches!(self, Self::EightBit | Self::Binary)
    }
}

/// RFC 822's specials, and control characters: not those that Content-Type has.
fn is_special(byte: u8) -> bool {
    byte.is_ascii_control()
        || matches!(byte, b'(' | b')' | b'<' | b'>' | b'@' | b',' | b';' | b':' | b'\\' | b'"' | b'.' | b'[' | b']')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Postfix 3.7.11 reads it, as far as a server with strict_mime_encoding_domain shows that.
    #[test]
    fn the_first_token_is_what_counts() {
        for (value, expected) in [
            (" base64", Some(TransferEncoding::Base64)),
            ("BASE64;x", Some(TransferEncoding::Base64)),
            (" (c (d)) Quoted-Printable x", Some(TransferEncoding::QuotedPrintable)),
            ("\n 8bit.x", Some(TransferEncoding::EightBit)),
            (" binary", Some(TransferEncoding::Binary)),
            (" 7bit", Some(TransferEncoding::SevenBit)),
            (" \"base64\"", None),
            (" base64/x", None),
            (" x-uuencode", None),
            (";base64", None),
            ("", None),
        ] {
            assert_eq!(TransferEncoding::parse(value.as_bytes()), expected, "{value:?}");
        }
    }
}
