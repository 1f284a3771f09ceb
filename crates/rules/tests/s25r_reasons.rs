//! The reasons of S25R's rules beside their patterns: a reason is there exactly where the pattern matches, and its parts of
//! the name are what it says that they are.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test, which reads a file where there is one"
)]

use std::io::Write as _;
use std::path::Path;

use postproof_model::{Answer, S25rReason, Span, TableKind};
use postproof_rules::host::Client;
use postproof_rules::s25r::{PATTERNS, reason};
use postproof_rules::table::Table;

/// Each rule as a table of its own.
fn rules() -> Vec<Table> {
    let table = |pattern: &&str| Table::parse(TableKind::Regexp, "t", format!("/{pattern}/ x\n").as_bytes()).0;
    PATTERNS.iter().map(table).collect()
}

/// Holds the reasons of a name against the patterns; gives how many rules match.
fn compare(rules: &[Table], name: &[u8]) -> usize {
    let mut matching = 0;
    for (number, rule) in rules.iter().enumerate() {
        let matches = match rule.lookup(name) {
            Answer::Found(_) => true,
            Answer::NotFound => false,
            Answer::Unknown { .. } => panic!("S25R's rules are regular"),
        };
        let shown = String::from_utf8_lossy(name);
        let reason = reason(u8::try_from(number).unwrap(), name);
        assert_eq!(reason.is_some(), matches, "rule {number}, {shown:?}: {reason:?}");
        if let Some(reason) = reason {
            matching += 1;
            assert!(holds(reason, name), "rule {number}, {shown:?}: {reason:?}");
        }
    }
    matching
}

/// Whether what a reason says of a name is so.
fn holds(reason: S25rReason, name: &[u8]) -> bool {
    let name = name.split(|&byte| byte == 0).next().unwrap();
    let text = |span: Span| name.get(span.start..span.end).unwrap();
    let levels: Vec<&[u8]> = name.split(|&byte| byte == b'.').collect();
    let is_lowest = |span: Span| span.start == 0 && text(span) == levels[0];
    let is_next = |span: Span, lowest: Span| span.start == lowest.end + 1 && text(span) == levels[1];
    // A number is all digits, and no digit stands beside it.
    let digit_at = |at: Option<usize>| at.and_then(|at| name.get(at)).is_some_and(u8::is_ascii_digit);
    let is_number = |span: Span| {
        !span.is_empty()
            && text(span).iter().all(u8::is_ascii_digit)
            && !digit_at(span.start.checked_sub(1))
            && !digit_at(Some(span.end))
    };
    let inside = |part: Span, whole: Span| whole.start <= part.start && part.end <= whole.end;
    match reason {
        S25rReason::Unverified { name } => text(name).eq_ignore_ascii_case(b"unknown"),
        S25rReason::DividedNumbers { lowest, first, second } => {
            is_lowest(lowest)
                && [first, second].into_iter().all(|number| is_number(number) && inside(number, lowest))
                && first.end < second.start
                && !name[first.end..second.start].iter().any(u8::is_ascii_digit)
        }
        S25rReason::FiveDigits { lowest, digits } => {
            is_lowest(lowest) && is_number(digits) && digits.len() >= 5 && inside(digits, lowest)
        }
        S25rReason::BeginsWithDigit { label, level, above, levels: count } => {
            let at = usize::from(level) - 1;
            let start = levels[..at].iter().map(|level| level.len() + 1).sum::<usize>();
            (1..=2).contains(&level)
                && label.start == start
                && text(label) == levels[at]
                && text(label)[0].is_ascii_digit()
                && above == Span::new(label.end + 1, name.len())
                && count == levels.len() - at - 1
                && count >= 3
        }
        S25rReason::HyphenAboveDigit { lowest, ending, next, first, second } => {
            is_lowest(lowest)
                && is_number(ending)
                && ending.end == lowest.end
                && inside(ending, lowest)
                && is_next(next, lowest)
                && [first, second].into_iter().all(|number| is_number(number) && inside(number, next))
                && name[first.end..second.start] == *b"-"
        }
        S25rReason::EndInDigits { lowest, first, next, second, levels: count } => {
            is_lowest(lowest)
                && is_next(next, lowest)
                && [(first, lowest), (second, next)]
                    .into_iter()
                    .all(|(number, name)| is_number(number) && number.end == name.end && inside(number, name))
                && count == levels.len()
                && count >= 5
        }
        S25rReason::KindOfLine { lowest, kind, digits } => {
            let kinds = ["dhcp", "dialup", "ppp", "dsl", "adsl", "cdsl", "hdsl", "rdsl", "sdsl", "vdsl", "xdsl"];
            is_lowest(lowest)
                && kind.start == 0
                && kinds.iter().any(|known| text(kind).eq_ignore_ascii_case(known.as_bytes()))
                && is_number(digits)
                && digits.start >= kind.end
                && inside(digits, lowest)
        }
    }
}

/// The next of a row of numbers that looks random enough. (xorshift64*)
fn next(state: &mut u64) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    usize::try_from(state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40).unwrap()
}

#[test]
fn made_up_names_have_a_reason_where_a_rule_matches() {
    const PIECES: [&[u8]; 26] = [
        b".", b".", b".", b".", b"1", b"2", b"90", b"12345", b"-", b"-", b"a", b"b", b"ab", b"dsl", b"ADSL", b"ppp",
        b"dhcp", b"dialup", b"unknown", b"x", b"_", b"--", b"\n", b"\xff", b"example", b"Z",
    ];
    let rules = rules();
    let mut state = 20_040_212;
    let mut matching = 0;
    for _ in 0..60_000 {
        let pieces = next(&mut state) % 14;
        let name: Vec<u8> = (0..pieces).flat_map(|_| PIECES[next(&mut state) % PIECES.len()].iter().copied()).collect();
        matching += compare(&rules, &name);
    }
    assert!(matching > 10_000, "{matching}");
    for name in [&b""[..], b"unknown", b"UnKnown", b"unknown\n", b"unknown\0x", b"1-2.a\0.b", b"1-2\0.a", b"."] {
        compare(&rules, name);
    }
}

/// Names of few kinds of bytes, all of them up to a length: rules 3 to 5 need many dots.
#[test]
fn all_short_names_have_a_reason_where_a_rule_matches() {
    let rules = rules();
    let mut name = Vec::new();
    for length in 0..=9 {
        for mut number in 0..4_usize.pow(length) {
            name.clear();
            for _ in 0..length {
                name.push(b".1-a"[number % 4]);
                number /= 4;
            }
            compare(&rules, &name);
        }
    }
}

#[test]
fn published_names_have_a_reason_where_a_rule_matches() {
    let Some(corpus) = std::env::var_os("POSTPROOF_CORPUS") else {
        // Past the test harness, which keeps what passing tests print to itself.
        writeln!(std::io::stdout(), "skipped: published_names, since POSTPROOF_CORPUS names no folder").unwrap();
        return;
    };
    let names = std::fs::read(Path::new(&corpus).join("hostnames.txt")).unwrap();
    let rules = rules();
    let matching: usize =
        names.split(|&byte| byte == b'\n').map(|line| compare(&rules, &Client::parse(line).name)).sum();
    assert!(matching > 100, "{matching}");
}
