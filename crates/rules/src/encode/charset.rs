//! A phrase in the bytes of a charset.

use encoding_rs::{EUC_JP, EncoderResult, Encoding, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};
use postproof_model::encoded::Charset;

/// The escape sequences that ISO-2022-JP is written with here: to JIS X 0208 and to ASCII.
const TO_JIS: &[u8] = b"\x1b$B";
const TO_ASCII: &[u8] = b"\x1b(B";

/// A phrase in bytes: those that are the same whatever stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    /// Whether it starts among characters of two bytes, behind ISO-2022-JP's escape sequence to them.
    pub(super) wide: bool,
    /// Whether the bytes are UTF-8 and no other charset's.
    pub(super) utf8: bool,
}

/// A phrase in the bytes of a charset; or the first character that it has no way to write.
pub(super) fn write(phrase: &str, charset: Charset) -> Result<Written, char> {
    let bytes = encode(phrase, charset)?;
    let utf8 = charset == Charset::Utf8 && !bytes.is_ascii();
    if charset != Charset::Iso2022Jp {
        return Ok(Written { bytes, wide: false, utf8 });
    }
    let (bytes, wide) = match bytes.strip_prefix(TO_JIS) {
        Some(bytes) => (bytes, true),
        None => (bytes.as_slice(), false),
    };
    Ok(Written { bytes: without_end(bytes).to_vec(), wide, utf8 })
}

/// The bytes of a text without the escape sequence to ASCII at its end.
pub(super) fn without_end(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(TO_ASCII).unwrap_or(bytes)
}

/// A text in the bytes of a charset, escape sequences at its ends included.
pub(super) fn encode(text: &str, charset: Charset) -> Result<Vec<u8>, char> {
    match charset {
        Charset::Utf8 => Ok(text.as_bytes().to_vec()),
        // Not windows-1252, for which the web's standard takes it.
        Charset::Iso8859_1 => text.chars().map(|c| u8::try_from(u32::from(c)).map_err(|_| c)).collect(),
        Charset::Windows1252 => with(WINDOWS_1252, text),
        Charset::Iso2022Jp => japanese(ISO_2022_JP, text),
        Charset::ShiftJis => japanese(SHIFT_JIS, text),
        Charset::EucJp => japanese(EUC_JP, text),
    }
}

/// Characters that Unicode's and Microsoft's tables of JIS X 0208 give different code points: the first is what others
/// write, the second what encoding_rs knows.
const TWINS: [(char, char); 6] = [('〜', '～'), ('‖', '∥'), ('¢', '￠'), ('£', '￡'), ('¬', '￢'), ('—', '―')];

fn japanese(encoding: &'static Encoding, text: &str) -> Result<Vec<u8>, char> {
    let twin = |c: char| TWINS.iter().find(|(other, _)| *other == c).map_or(c, |(_, known)| *known);
    let written: String = text.chars().map(twin).collect();
    with(encoding, &written)
}

fn with(encoding: &'static Encoding, text: &str) -> Result<Vec<u8>, char> {
    let mut encoder = encoding.new_encoder();
    let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(room);
    match encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true) {
        (EncoderResult::Unmappable(character), _) => Err(character),
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_written_in_each_charset() {
        let bytes = |phrase: &str, charset| write(phrase, charset).map(|written| written.bytes);
        assert_eq!(bytes("当選", Charset::ShiftJis), Ok(b"\x93\x96\x91\x49".to_vec()));
        assert_eq!(bytes("当選", Charset::EucJp), Ok(b"\xc5\xf6\xc1\xaa".to_vec()));
        assert_eq!(bytes("当選", Charset::Iso2022Jp), Ok(b"EvA*".to_vec()));
        assert_eq!(bytes("当a選", Charset::Iso2022Jp), Ok(b"Ev\x1b(Ba\x1b$BA*".to_vec()));
        assert_eq!(bytes("a当", Charset::Iso2022Jp), Ok(b"a\x1b$BEv".to_vec()));
        assert_eq!(bytes("〜", Charset::ShiftJis), Ok(b"\x81\x60".to_vec()));
        assert_eq!(bytes("é", Charset::Iso8859_1), Ok(b"\xe9".to_vec()));
        assert_eq!(bytes("€", Charset::Windows1252), Ok(b"\x80".to_vec()));
        assert_eq!(bytes("a€", Charset::Iso8859_1), Err('€'));
        assert_eq!(bytes("é当", Charset::Windows1252), Err('当'));
        assert_eq!(bytes("é", Charset::ShiftJis), Err('é'));
    }

    #[test]
    fn what_starts_behind_an_escape_sequence_is_known() {
        let wide = |phrase: &str| write(phrase, Charset::Iso2022Jp).unwrap().wide;
        assert!(wide("当a") && !wide("a当") && !wide("a"));
    }
}
