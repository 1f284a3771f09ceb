//! A lookup asks only the rules that may answer, and says what it would say if it asked every rule: on made-up tables of
//! `if`s, negations, pairs and patterns that are not run, and keys of any bytes. A seed makes a table, the same one every
//! time; POSTPROOF_CASES says how many there are.
#![allow(
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, beside which others run Postfix"
)]

mod support;

use postproof_model::{Answer, Step, StepOutcome, TableKind, UnknownReason};
use postproof_rules::pattern::Steps;
use postproof_rules::table::{Opener, Table, result::Outcome};
use support::nasty::Dice;

const WORDS: &[&str] = &[
    "viagra",
    "mail",
    "example",
    "\\.example\\.net",
    "foo",
    "foobar",
    "obar",
    "aaa",
    "aaaa",
    "ab",
    "x",
    "Subject:",
    "\\.com",
];
const PIECES: &[&str] = &[
    "[0-9]",
    "[0-9]+",
    "[a-c]{2}",
    ".*",
    ".*",
    ".",
    "(a|b)*",
    "(foo|bar|ba[rz])",
    "(foo|[0-9])",
    "\\.",
    "-",
    "[^.]+",
    "x?",
    "(aa|a){1,3}",
    "\\bmail",
    "\\W",
    "\\w+",
    "(viagra|cialis|levitra)",
    "[Vv]iagra",
    "\\<a",
    "()",
    "a{0}",
    "[fF][oO]o",
];
const POSIX: &[&str] = &["(a)\\1", "([ab]*)x\\1", "(^a|b)", "(a|b$)c", "\\(", "a^b"];
const PCRE: &[&str] = &[
    "(?=foo)",
    "(?!bar)",
    "(?<=a)b",
    "(?i)foo",
    "(?-i)foo",
    "(a)\\1",
    "a++",
    "(*COMMIT)a",
    "(?:mail|web)",
    "\\d+",
    "(*FAIL)",
    "(?R)?",
    "\\Qa.b\\E",
    "foo(*THEN)x",
    "(?>ab?)",
    "\\x61",
    "$",
    "\\Z",
    "a*?b",
];
const NOT_RUN: &[&str] = &["(*LIMIT_MATCH=5)a", "(*UTF)a", "(?C1)a"];
const TEXTS: &[&str] = &[
    "viagra",
    "mail",
    "mail1",
    "example.net",
    ".example.net",
    "foo",
    "foobar",
    "FOO",
    "aaa",
    "aaaa",
    "ab",
    "x",
    "bar",
    "baz",
    "0",
    "12",
    ".",
    "-",
    " ",
    "\n",
    "Subject: ",
    "cialis",
    "b",
    "c",
    ".com",
    "a",
];

fn pattern(dice: &mut Dice, kind: TableKind) -> String {
    let mut pattern = String::new();
    if dice.below(4) == 0 {
        pattern.push('^');
    }
    for _ in 0..dice.below(4) + 1 {
        let piece = match dice.below(20) {
            0..8 => dice.pick(WORDS),
            8 if kind == TableKind::Pcre => dice.pick(PCRE),
            8 => dice.pick(POSIX),
            _ => dice.pick(PIECES),
        };
        pattern.push_str(piece);
    }
    if dice.below(5) == 0 {
        pattern.push('$');
    }
    if kind == TableKind::Pcre && dice.below(60) == 0 {
        pattern = dice.pick(NOT_RUN).to_owned();
    }
    if dice.below(60) == 0 {
        pattern = "(.{1,40}){1,40}x".to_owned();
    }
    pattern
}

fn condition(dice: &mut Dice, kind: TableKind, negated_of: usize) -> String {
    let negation = if dice.below(negated_of) == 0 { "!" } else { "" };
    let flags = match dice.below(12) {
        0 => "i",
        1 => "m",
        2 if kind == TableKind::Pcre => "A",
        3 => "x",
        _ => "",
    };
    format!("{negation}/{}/{flags}", pattern(dice, kind))
}

fn table(dice: &mut Dice, kind: TableKind) -> String {
    let mut source = String::new();
    let mut open = 0;
    let rules = [3, 8, 14, 30, 80][dice.below(5)];
    for rule in 0..rules {
        match dice.below(14) {
            0 | 1 => {
                source += &format!("if {}\n", condition(dice, kind, 3));
                open += 1;
            }
            2 if open > 0 => {
                source += "endif\n";
                open -= 1;
            }
            3 if kind == TableKind::Regexp => {
                source += &format!("{}!{} pair{rule}\n", condition(dice, kind, 8), condition(dice, kind, 8));
            }
            4 => source += &format!("/({}){}/ group{rule} $1\n", pattern(dice, kind), pattern(dice, kind)),
            _ => source += &format!("{} rule{rule}\n", condition(dice, kind, 12)),
        }
    }
    source
}

fn key(dice: &mut Dice) -> Vec<u8> {
    let mut key = Vec::new();
    for _ in 0..dice.below(6) {
        if dice.below(15) == 0 {
            key.push([0xff, 0xe9, 0, 0x80][dice.below(4)]);
        }
        key.extend_from_slice(dice.pick(TEXTS).as_bytes());
    }
    if dice.below(40) == 0 {
        key = key.repeat(30);
    }
    key
}

/// What the trace, which asks every rule, comes to.
fn rule_by_rule(steps: &[Step]) -> Option<&Step> {
    steps.last().filter(|step| matches!(step.outcome, StepOutcome::Answers | StepOutcome::Unknown(_)))
}

#[derive(Debug, Default)]
struct Counts {
    found: usize,
    not_found: usize,
    unknown: usize,
    also: usize,
}

fn check(seed: u64, counts: &mut Counts) {
    let mut dice = Dice::new(seed);
    let kind = if dice.below(2) == 0 { TableKind::Regexp } else { TableKind::Pcre };
    let source = table(&mut dice, kind);
    let opener = if dice.below(2) == 0 { Opener::POSTMAP } else { Opener::CONTENT };
    let (table, _) = Table::parse_as(opener, kind, "t", source.as_bytes());
    for _ in 0..30 {
        let key = key(&mut dice);
        let said = format!("seed {seed}, key {:?}\n{source}", key.escape_ascii().to_string());
        let answer = table.lookup(&key);
        let trace = table.trace(&key);
        assert_eq!(trace.answer, answer, "{said}");
        assert_eq!(trace.steps_left_out, 0);
        let (rule, outcome) = match &answer {
            Answer::Found(hit) => (Some(&hit.rule), Some(&StepOutcome::Answers)),
            // A result that cannot be filled is found out after the rule has matched.
            Answer::Unknown { reason: UnknownReason::Group { .. }, rule } => (Some(rule), Some(&StepOutcome::Answers)),
            Answer::Unknown { reason, rule } => (Some(rule), Some(&StepOutcome::Unknown(reason.clone()))),
            Answer::NotFound => (None, None),
        };
        let by_rule = rule_by_rule(&trace.steps);
        assert_eq!(by_rule.map(|step| &step.rule), rule, "{said}");
        assert_eq!(by_rule.map(|step| &step.outcome), outcome, "{said}");
        match (&answer, table.result(&key, &mut |_| {})) {
            (Answer::Found(hit), Outcome::Found(result)) => assert_eq!(&*hit.result, &*result, "{said}"),
            (Answer::NotFound, Outcome::NotFound) => {}
            (Answer::Unknown { reason, .. }, Outcome::Unknown(other)) => assert_eq!(*reason, other, "{said}"),
            (_, other) => panic!("{other:?}: {said}"),
        }
        match &answer {
            Answer::Found(hit) => {
                counts.found += 1;
                also(&table, &key, hit, &said, counts);
            }
            Answer::NotFound => counts.not_found += 1,
            Answer::Unknown { .. } => counts.unknown += 1,
        }
    }
}

/// The rules after the one that answered, each asked by itself.
fn also(table: &Table, key: &[u8], hit: &postproof_model::Hit, said: &str, counts: &mut Counts) {
    let listed = table.also(key, hit);
    let mut others = Vec::new();
    let at = table.rules().iter().position(|rule| rule.span.start == hit.rule.span.start).unwrap();
    // Blocks that the answer stands in are open; others are asked.
    for index in at + 1..table.rules().len() {
        let rule = table.rule_ref(index);
        let is_answer = matches!(table.rules()[index].op, postproof_rules::table::rule::Op::Answer { .. });
        if is_answer && matches!(table.rule_match_within(&rule, key, &Steps::for_lookup()), Ok(Some(_))) {
            others.push(rule);
        }
    }
    others.truncate(postproof_rules::table::lookup::ALSO_LIMIT);
    counts.also += others.len();
    assert_eq!(listed, others, "{said}");
}

#[test]
fn asking_few_rules_is_asking_all() {
    let cases = std::env::var("POSTPROOF_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400);
    let first: u64 = std::env::var("POSTPROOF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut counts = Counts::default();
    for seed in first..first + cases {
        check(seed, &mut counts);
    }
    let Counts { found, not_found, unknown, also } = counts;
    println!("{cases} tables: {found} found, {not_found} not found, {unknown} unknown; {also} rules more");
    assert!(found > 1000 && not_found > 100 && unknown > 100 && also > 1000, "{counts:?}");
}

/// A table's first keys are asked of each rule, later ones of those that may answer: both are answered alike, with the same
/// warnings.
#[test]
fn a_first_key_is_answered_as_a_later_one() {
    let (mut found, mut not_found, mut unknown) = (0, 0, 0);
    for seed in 1..300 {
        let mut dice = Dice::new(seed);
        let kind = if dice.below(2) == 0 { TableKind::Regexp } else { TableKind::Pcre };
        let mut source = String::new();
        while source.lines().count() < 100 {
            // Rules that answer many keys come last.
            source = table(&mut dice, kind) + &source;
            source = format!("/^only{}z/ ONLY\n", dice.below(1000)).repeat(20) + &source;
        }
        let open = || Table::parse_as(Opener::POSTMAP, kind, "t", source.as_bytes()).0;
        let later = open();
        (0..8).for_each(|_| drop(later.lookup(b"nothing like it")));
        for _ in 0..10 {
            let key = key(&mut dice);
            let ask = |table: &Table| {
                let mut said = Vec::new();
                (table.ask(&key, &mut |remark| said.push(format!("{remark:?}"))), said)
            };
            let answer = ask(&open());
            assert_eq!(answer, ask(&later), "seed {seed}, key {:?}\n{source}", key.escape_ascii().to_string());
            match answer.0 {
                Answer::Found(_) => found += 1,
                Answer::NotFound => not_found += 1,
                Answer::Unknown { .. } => unknown += 1,
            }
        }
    }
    println!("{found} found, {not_found} not found, {unknown} unknown");
    assert!(found > 500 && not_found > 50 && unknown > 50, "{found} {not_found} {unknown}");
}
