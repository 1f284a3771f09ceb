//! Proofs end soon, whatever the table; and what was not looked at is said.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use postproof_model::{Diagnostic, Problem, RuleProblem, TableKind};
use postproof_rules::lint::proof::{Keys, rules};
use postproof_rules::table::Table;

/// In a debug build on a busy machine; it takes about a second in a release build.
const LIMIT: Duration = Duration::from_secs(20);

fn timed(name: &str, kind: TableKind, keys: Keys, source: &str) -> Vec<Diagnostic> {
    let (table, _) = Table::parse(kind, "t", source.as_bytes());
    let start = Instant::now();
    let found = rules(&table, keys);
    let took = start.elapsed();
    let big = found.iter().filter(|found| matches!(found.problem, Problem::Rule(RuleProblem::TooBig { .. }))).count();
    println!(
        "{name}: {} rules, {} found, {big} too big, {:.2} s",
        table.rules().len(),
        found.len(),
        took.as_secs_f32()
    );
    assert!(took < LIMIT, "{name} took {took:?}");
    found
}

/// Whether the table was left off somewhere, and it was said.
fn left_off(found: &[Diagnostic]) -> bool {
    found.iter().any(|found| matches!(found.problem, Problem::Rule(RuleProblem::TooBig { rest: true })))
}

fn table(count: usize, rule: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{} REJECT {number}", rule(number));
        text
    })
}

fn word(number: usize) -> String {
    let syllables = ["ba", "ci", "do", "fu", "ge", "ha", "ki", "lo", "mu", "ne", "pa", "ri", "so", "tu", "ve", "wa"];
    (0..4).map(|place| syllables[number.wrapping_mul(2_654_435_761) >> (4 * place + 3) & 15]).collect()
}

#[test]
fn ordinary_tables() {
    let headers = table(1_000, |number| match number % 4 {
        0 => format!("/^Subject:.*{}/", word(number)),
        1 => format!("/^From:.*@{}\\.{}\\.example/", word(number), word(number * 7)),
        2 => format!("/^(To|Cc):.*<{}@/", word(number)),
        _ => format!("/^X-{}: *{}[0-9]+/", word(number), word(number * 3)),
    });
    let hosts = table(1_000, |number| {
        format!("/^[^.]*[0-9]{{1,3}}[-.].*\\.{}\\.{}\\.(net|com)$/", word(number), word(number * 5))
    });
    for kind in [TableKind::Regexp, TableKind::Pcre] {
        assert!(!left_off(&timed("headers", kind, Keys::Header, &headers)));
        assert!(!left_off(&timed("headers, any key", kind, Keys::Unknown, &headers)));
        assert!(!left_off(&timed("hosts", kind, Keys::Client, &hosts)));
    }
}

#[test]
fn hostile_tables() {
    let tables = [
        ("ten thousand words", table(10_000, |number| format!("/{}{number}/", word(number)))),
        ("all alike", table(10_000, |_| "/^Subject:.*casino/".to_owned())),
        ("each within the next", table(10_000, |number| format!("/^a{{{},}}/", 255 - number % 250))),
        ("everything first", format!("/./ X\n{}", table(10_000, |number| format!("/{}/", word(number))))),
        ("counts in counts", table(400, |number| format!("/(a{{1,100}}b{{1,{}}}){{1,60}}c/", 30 + number % 100))),
        ("states without end", table(400, |number| format!("/x.{{{}}}a.{{100}}[bd].{{100}}c/", 1 + number % 200))),
        (
            "stars",
            table(1_000, |number| {
                format!("/{}/", (0..12).fold(String::new(), |text, at| text + ".*" + &word(number + at)))
            }),
        ),
        (
            "blocks in blocks",
            format!(
                "{}/x/ Y\n",
                (0..3_000).fold(String::new(), |text, number| text + &format!("if /{}/\n", word(number)))
            ),
        ),
    ];
    let asked = [(TableKind::Regexp, Keys::Header), (TableKind::Pcre, Keys::Unknown)];
    for ((name, source), (kind, keys)) in tables.iter().zip(asked.iter().cycle()) {
        timed(name, *kind, *keys, source);
    }
}
