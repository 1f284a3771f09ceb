//! The part of a name that makes one of S25R's rules fire.
//!
//! Each rule has a few lines of its own here, which say of a name what the rule's pattern says of it: there is a reason
//! exactly where the pattern matches. The tests hold the two against each other.

use postproof_model::{Answer, Bytes, Hit, KeyLookup, RuleRef, S25rFired, S25rReason, Span};

use crate::table::source::c_string;

/// The kinds of line that rule 6 knows; before the last of them may stand one of the letters below.
const KINDS: [&[u8]; 4] = [b"dhcp", b"dialup", b"ppp", b"dsl"];
/// What may stand before `dsl`.
const BEFORE_DSL: &[u8] = b"achrsvx";

/// What a key has that makes the rule of this number fire; none where it does not fire, or there is no such rule.
///
/// ```
/// use postproof_model::{S25rReason, Span};
/// use postproof_rules::s25r::reason;
///
/// let (first, second) = (Span::new(0, 3), Span::new(4, 7));
/// let lowest = Span::new(0, 7);
/// assert_eq!(reason(1, b"220-139.example.net"), Some(S25rReason::DividedNumbers { lowest, first, second }));
/// assert_eq!(reason(2, b"220-139.example.net"), None);
/// ```
#[must_use]
pub fn reason(number: u8, key: &[u8]) -> Option<S25rReason> {
    let key = c_string(key);
    match number {
        0 => key.eq_ignore_ascii_case(b"unknown").then_some(S25rReason::Unverified { name: Span::new(0, key.len()) }),
        1 => divided_numbers(key),
        2 => five_digits(key),
        3 => begins_with_digit(key),
        4 => hyphen_above_digit(key),
        5 => end_in_digits(key),
        6 => kind_of_line(key),
        _ => None,
    }
}

/// The rules of S25R that a lookup shows to match, each with its reason: the one that answered, and later ones of the same
/// table that would have.
#[must_use]
pub fn fired(lookup: &KeyLookup) -> Vec<S25rFired> {
    let mut fired = Vec::new();
    if let Answer::Found(hit) = &lookup.answer {
        answered(&lookup.key, hit, &mut fired);
        fired.extend(lookup.also.iter().filter_map(|rule| by(rule, &lookup.key)));
    }
    fired
}

/// Of an answer, the rules that made it. In a pipeline each table was asked for another key.
fn answered(key: &Bytes, hit: &Hit, fired: &mut Vec<S25rFired>) {
    if hit.stages.is_empty() {
        fired.extend(by(&hit.rule, key));
    }
    for stage in &hit.stages {
        answered(&stage.key, &stage.hit, fired);
    }
}

fn by(rule: &RuleRef, key: &Bytes) -> Option<S25rFired> {
    let number = rule.s25r?;
    let reason = reason(number, key)?;
    Some(S25rFired { number, table: rule.table.clone(), line: rule.lines.first, key: key.clone(), reason })
}

/// Where the name that starts at `start` ends, if a dot ends it.
fn name_before_dot(key: &[u8], start: usize) -> Option<Span> {
    let length = memchr::memchr(b'.', key.get(start..)?)?;
    Some(Span::new(start, start + length))
}

/// The lowest name, whether a dot ends it or not.
fn lowest(key: &[u8]) -> Span {
    name_before_dot(key, 0).unwrap_or(Span::new(0, key.len()))
}

fn bytes(key: &[u8], span: Span) -> &[u8] {
    key.get(span.start..span.end).unwrap_or_default()
}

/// The numbers in a stretch of the key.
fn numbers(key: &[u8], within: Span) -> impl Iterator<Item = Span> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let rest = bytes(key, Span::new(at, within.end));
        let start = at + rest.iter().position(u8::is_ascii_digit)?;
        let rest = bytes(key, Span::new(start, within.end));
        let end = start + rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        at = end;
        Some(Span::new(start, end))
    })
}

/// The number at the end of a name.
fn ending(key: &[u8], name: Span) -> Option<Span> {
    let digits = bytes(key, name).iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    (digits > 0).then_some(Span::new(name.end - digits, name.end))
}

fn dots(key: &[u8]) -> usize {
    key.iter().filter(|&&byte| byte == b'.').count()
}

/// `^[^.]*[0-9][^0-9.]+[0-9].*\.`: two numbers in the lowest name, and a dot after it.
fn divided_numbers(key: &[u8]) -> Option<S25rReason> {
    let lowest = name_before_dot(key, 0)?;
    let mut numbers = numbers(key, lowest);
    Some(S25rReason::DividedNumbers { lowest, first: numbers.next()?, second: numbers.next()? })
}

/// `^[^.]*[0-9]{5}`.
fn five_digits(key: &[u8]) -> Option<S25rReason> {
    let lowest = lowest(key);
    let digits = numbers(key, lowest).find(|number| number.len() >= 5)?;
    Some(S25rReason::FiveDigits { lowest, digits })
}

/// `^([^.]+\.)?[0-9][^.]*\.[^.]+\..+\.[a-z]`: of the name that begins with a digit, the name above it is not empty, and above
/// that there is more, in which a letter follows a dot.
fn begins_with_digit(key: &[u8]) -> Option<S25rReason> {
    let of = |level: u8, label: Span| {
        if !bytes(key, label).first()?.is_ascii_digit() {
            return None;
        }
        let next = name_before_dot(key, label.end + 1).filter(|next| !next.is_empty())?;
        // One byte at least stands before that dot.
        let rest = key.get(next.end + 2..)?;
        if !rest.windows(2).any(|pair| matches!(pair, [b'.', letter] if letter.is_ascii_alphabetic())) {
            return None;
        }
        let above = Span::new(label.end + 1, key.len());
        Some(S25rReason::BeginsWithDigit { label, level, above, levels: dots(bytes(key, above)) + 1 })
    };
    let lowest = name_before_dot(key, 0)?;
    of(1, lowest).or_else(|| {
        let second = name_before_dot(key, lowest.end + 1)?;
        if lowest.is_empty() { None } else { of(2, second) }
    })
}

/// `^[^.]*[0-9]\.[^.]*[0-9]-[0-9]`.
fn hyphen_above_digit(key: &[u8]) -> Option<S25rReason> {
    let lowest = name_before_dot(key, 0)?;
    let ending = ending(key, lowest)?;
    let next_start = lowest.end + 1;
    let next = name_before_dot(key, next_start).unwrap_or(Span::new(next_start, key.len()));
    let mut before: Option<Span> = None;
    for number in numbers(key, next) {
        if let Some(first) = before
            && first.end + 1 == number.start
            && key.get(first.end) == Some(&b'-')
        {
            return Some(S25rReason::HyphenAboveDigit { lowest, ending, next, first, second: number });
        }
        before = Some(number);
    }
    None
}

/// `^[^.]*[0-9]\.[^.]*[0-9]\.[^.]+\..+\.`: above the two there is a name, and above that something with a dot after it.
fn end_in_digits(key: &[u8]) -> Option<S25rReason> {
    let lowest = name_before_dot(key, 0)?;
    let first = ending(key, lowest)?;
    let next = name_before_dot(key, lowest.end + 1)?;
    let second = ending(key, next)?;
    let third = name_before_dot(key, next.end + 1).filter(|third| !third.is_empty())?;
    memchr::memchr(b'.', key.get(third.end + 2..)?)?;
    Some(S25rReason::EndInDigits { lowest, first, next, second, levels: dots(key) + 1 })
}

/// `^(dhcp|dialup|ppp|[achrsvx]?dsl)[^.]*[0-9]`.
fn kind_of_line(key: &[u8]) -> Option<S25rReason> {
    let lowest = lowest(key);
    let name = bytes(key, lowest).to_ascii_lowercase();
    let letter = usize::from(name.first().is_some_and(|byte| BEFORE_DSL.contains(byte)));
    let length = KINDS.iter().find(|kind| name.starts_with(kind)).map(|kind| kind.len());
    let length = length.or_else(|| name.get(letter..)?.starts_with(b"dsl").then_some(letter + 3))?;
    let digits = numbers(key, Span::new(length, lowest.end)).next()?;
    Some(S25rReason::KindOfLine { lowest, kind: Span::new(0, length), digits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::s25r::{PATTERNS, TABLE_NAME, table_source};
    use crate::table::Table;
    use postproof_model::TableKind;

    fn parts(number: u8, name: &str) -> String {
        let text = |span: Span| name.get(span.start..span.end).unwrap();
        match reason(number, name.as_bytes()) {
            None => "-".to_owned(),
            Some(S25rReason::Unverified { name }) => text(name).to_owned(),
            Some(S25rReason::DividedNumbers { lowest, first, second }) => [lowest, first, second].map(text).join(" "),
            Some(S25rReason::FiveDigits { lowest, digits }) => [lowest, digits].map(text).join(" "),
            Some(S25rReason::BeginsWithDigit { label, level, above, levels }) => {
                format!("{} {level} {} {levels}", text(label), text(above))
            }
            Some(S25rReason::HyphenAboveDigit { lowest, ending, next, first, second }) => {
                [lowest, ending, next, first, second].map(text).join(" ")
            }
            Some(S25rReason::EndInDigits { lowest, first, next, second, levels }) => {
                format!("{} {levels}", [lowest, first, next, second].map(text).join(" "))
            }
            Some(S25rReason::KindOfLine { lowest, kind, digits }) => [lowest, kind, digits].map(text).join(" "),
        }
    }

    #[test]
    fn each_rule_names_its_part() {
        for (number, name, said) in [
            (0, "UNKNOWN", "UNKNOWN"),
            (1, "220-139-165-188.dynamic.example.net", "220-139-165-188 220 139"),
            (1, "220-139", "-"),
            (2, "p12ab1234567.example.jp", "p12ab1234567 1234567"),
            (2, "p1234.56789.example.jp", "-"),
            (3, "398pkj.cm.example.net", "398pkj 1 cm.example.net 3"),
            (3, "a.4x.cm.example.co.jp", "4x 2 cm.example.co.jp 4"),
            (3, "4x.example.co.1jp", "-"),
            (4, "d1.ab1-22.example.org", "d1 1 ab1-22 1 22"),
            (4, "d1.1--2.example.org", "-"),
            (5, "m226.net81.p.example.net", "m226 226 net81 81 5"),
            (5, "m226.net81.example.net", "-"),
            (6, "xDSL-a5.example.org", "xDSL-a5 xDSL 5"),
            (6, "dsl7", "dsl7 dsl 7"),
            (6, "zdsl7", "-"),
            (7, "unknown", "-"),
        ] {
            assert_eq!(parts(number, name), said, "rule {number}, {name}");
        }
    }

    #[test]
    fn a_lookup_gives_the_reasons_of_all_that_match() {
        let (table, _) = Table::parse(TableKind::Regexp, TABLE_NAME, table_source().as_bytes());
        let key = Bytes::from("ppp1-2.example.net");
        let answer = table.lookup(&key);
        let Answer::Found(hit) = &answer else { panic!("rule 1 fires") };
        let also = table.also(&key, hit);
        let fired = fired(&KeyLookup { table: TABLE_NAME.to_owned(), key, answer, also });
        assert_eq!(fired.iter().map(|fired| (fired.number, fired.line)).collect::<Vec<_>>(), [(1, 2), (6, 7)]);
    }

    #[test]
    fn a_pipelines_rule_was_asked_for_another_key() {
        let spec = format!("pipemap:{{inline:{{a.example=b1-2.example}},regexp:{{{{/{}/ x}}}}}}", PATTERNS[1]);
        let table = crate::table::MapSpec::parse(spec.as_bytes())
            .open(crate::table::Opener::POSTMAP_MESSAGE, &mut |_| Err(String::new()))
            .table;
        let key = Bytes::from("a.example");
        let answer = table.lookup(&key);
        assert!(matches!(answer, Answer::Found(_)), "{answer:?}");
        let fired = fired(&KeyLookup { table: String::new(), key, answer, also: Vec::new() });
        assert_eq!(fired.iter().map(|fired| &fired.key[..]).collect::<Vec<_>>(), [b"b1-2.example"]);
    }
}
