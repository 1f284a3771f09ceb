//! Numbers as atoi(3) reads them.

/// The value of a number written in decimal digits, as atoi(3) has it on a machine of 64 bits: past 2⁶³ it stays there,
/// and of what remains the lower 32 bits count.
pub(super) fn atoi(digits: &[u8]) -> i32 {
    let long = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0i64, |number, &digit| number.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    #[expect(clippy::cast_possible_truncation, reason = "the wrap is what happens")]
    let int = long as i32;
    int
}

#[cfg(test)]
mod tests {
    use super::atoi;

    /// As glibc 2.36's atoi(3).
    #[test]
    fn big_numbers_wrap_round() {
        for (digits, value) in [
            ("24", 24),
            ("024", 24),
            ("4294967320", 24),
            ("2147483648", i32::MIN),
            ("9223372036854775807", -1),
            ("99999999999999999999", -1),
        ] {
            assert_eq!(atoi(digits.as_bytes()), value, "{digits}");
        }
    }
}
