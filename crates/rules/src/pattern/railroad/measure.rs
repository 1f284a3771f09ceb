//! How much room a text takes.
//!
//! Nobody here knows the reader's fonts, so these are widths that common fonts stay below; a text is centred in the
//! room it gets.

use postproof_model::drawing::Tone;

/// The width of a text, rounded up.
#[must_use]
pub fn width(text: &str, tone: Tone) -> i32 {
    let size = i64::from(tone.size());
    let thousandths: i64 = text.chars().map(|c| advance(c, tone)).sum();
    i32::try_from((thousandths * size + 999) / 1000).unwrap_or(i32::MAX / 4)
}

/// How far a character moves the pen, in thousandths of the type's size.
fn advance(c: char, tone: Tone) -> i64 {
    match c {
        '\u{300}'..='\u{36F}' => 0,
        c if is_wide(c) => 1020,
        _ if tone == Tone::Verbatim => 610,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' => 300,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '“' | '”' => 420,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '×' => 960,
        'A'..='Z' => 720,
        _ => 620,
    }
}

/// Whether a character takes the room of two: the East Asian blocks.
fn is_wide(c: char) -> bool {
    matches!(
        u32::from(c),
        0x1100..=0x115F
            | 0x2E80..=0xA4CF
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE6F
            | 0xFF00..=0xFF60
            | 0xFFE0..=0xFFE6
            | 0x1F300..=0x1FAFF
    )
}
