//! A lookup ends within about a second, and a message within a few, whatever patterns and keys are. What was not found out
//! by then is unknown, never "no match".
#![allow(clippy::disallowed_types, clippy::unwrap_used, clippy::panic, reason = "a test, which measures time")]

use std::time::{Duration, Instant};

use postproof_model::{Answer, Disposition, TableKind, UnknownReason};
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::pattern::Steps;
use postproof_rules::table::{MapSpec, Opener, Table};

/// Each takes all the steps that one search may take.
const SLOW: &str = "/(?:a|aa)+$(?<!a)/ x\n";
const KEY: &[u8] = &[b'a'; 40];

/// How long a lookup may take here: without optimisation a step takes many times as long.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 1 });

fn pcre(source: &str) -> Table {
    Table::parse(TableKind::Pcre, "slow", source.as_bytes()).0
}

/// What a table answers, and how many steps it took of more than any lookup may take.
fn lookup(table: &Table, key: &[u8]) -> (Answer, u64) {
    let steps = Steps::new(u64::MAX);
    let started = Instant::now();
    let answer = table.lookup_within(key, &steps);
    let elapsed = started.elapsed();
    assert!(elapsed < PATIENCE, "{elapsed:?} for {:?}", table.name());
    (answer, u64::MAX - steps.left())
}

fn gave_up(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { reason: UnknownReason::GaveUp, .. })
}

#[test]
fn the_rules_of_a_table_share_their_steps() {
    // The first rule that is not found out makes the answer unknown; where many have an end, they add up.
    let (answer, taken) = lookup(&pcre(&SLOW.repeat(190)), KEY);
    assert!(gave_up(&answer) && taken <= Steps::LOOKUP, "{answer:?}, {taken} steps");
    let (answer, taken) = lookup(&pcre(&SLOW.repeat(190)), &KEY[..22]);
    assert!(gave_up(&answer) && taken == Steps::LOOKUP, "{answer:?}, {taken} steps");
    let (answer, taken) = lookup(&pcre(&SLOW.repeat(19)), &KEY[..14]);
    assert!(answer == Answer::NotFound && taken > 0, "{answer:?}, {taken} steps");
    // What an automaton answers needs none.
    let steps = Steps::new(0);
    assert_eq!(pcre("/(?:a|aa)+$(?<!a)b/ x\n").lookup_within(KEY, &steps), Answer::NotFound);
    assert!(gave_up(&pcre(SLOW).lookup_within(KEY, &steps)));
}

#[test]
fn a_negated_rule_does_not_fire_for_want_of_steps() {
    let source = SLOW.repeat(190) + "!/(?=b)/ fires\n";
    assert!(gave_up(&lookup(&pcre(&source), &KEY[..22]).0));
    assert!(gave_up(&pcre("!/(?:a|aa)+$(?<!a)/ fires\n").lookup_within(KEY, &Steps::new(1000))));
}

#[test]
fn tables_of_tables_share_them_too() {
    let inner = format!("pcre:{{ {} }}", "{ /(?:a|aa)+$(?<!a)/ x } ".repeat(190));
    for spec in [
        format!("unionmap:{{ {} }}", vec![inner.as_str(); 30].join(", ")),
        format!("pipemap:{{ inline:{{ {0}={0} }}, {inner} }}", "a".repeat(22)),
    ] {
        let table = MapSpec::parse(spec.as_bytes()).open(Opener::CONTENT, &mut |_| Err(String::new())).table;
        let (answer, taken) = lookup(&table, &KEY[..22]);
        assert!(gave_up(&answer) && taken <= Steps::LOOKUP, "{answer:?}, {taken} steps");
        let started = Instant::now();
        assert_eq!(table.trace(&KEY[..22]).answer, answer);
        assert!(started.elapsed() < 4 * PATIENCE, "{:?}", started.elapsed());
    }
}

#[test]
fn a_trace_says_what_the_lookup_says() {
    let table = pcre(&SLOW.repeat(190));
    let started = Instant::now();
    let trace = table.trace(&KEY[..22]);
    assert!(started.elapsed() < 3 * PATIENCE, "{:?}", started.elapsed());
    assert_eq!(trace.answer, table.lookup(&KEY[..22]));
}

#[test]
fn the_keys_of_a_message_share_them() {
    let checks = ContentChecks { body: vec![pcre(SLOW)], ..ContentChecks::default() };
    let message = [b"A: b\n\n".to_vec(), [&KEY[..20], b"\n"].concat().repeat(2000)].concat();
    let started = Instant::now();
    let verdict = checks.evaluate(&message, &Envelope::default());
    assert!(started.elapsed() < 6 * PATIENCE, "{:?}", started.elapsed());
    assert_eq!(verdict.disposition, Disposition::Unknown);
    let gave_up = verdict.unknown.iter().filter(|unknown| unknown.reason == UnknownReason::GaveUp).count();
    assert!(gave_up > 0 && gave_up == verdict.unknown.len(), "{gave_up} of {}", verdict.unknown.len());
}

#[test]
fn posix_patterns_are_bounded_too() {
    let regexp = |source: &[u8]| Table::parse(TableKind::Regexp, "posix", source).0;
    let key = [b'a'; 4000];
    // Thousands of copies: what is written with a plus is written out twice each time.
    // What is sought has all the words that the pattern needs, so that no short cut answers.
    let copies = regexp(b"/^((a|(b))*{2}++++++++++++;+++++++)))))))))x/ $1\n");
    let (answer, taken) = lookup(&copies, &[&key[..3000], b";))))))))x"].concat());
    assert!(
        matches!(answer, Answer::Unknown { reason: UnknownReason::Group { group: 1 }, .. }) && taken <= Steps::LOOKUP,
        "{answer:?}, {taken} steps"
    );
    // An end before a byte is nowhere, so that an automaton tells.
    let nowhere = regexp(b"/^((a|(b))*{2}++++++++++++;+++++++)))))))))$\xa1/ $1\n");
    assert_eq!(lookup(&nowhere, &key).0, Answer::NotFound);
    let (answer, taken) = lookup(&regexp(&b"/(a*)*(b*)*\\2c/ x\n".repeat(200)), &key);
    assert!(gave_up(&answer) && taken <= Steps::LOOKUP, "{answer:?}, {taken} steps");
    // Automata of tens of thousands of states: the building of each counts. A key without the word needs none.
    let big = regexp(&b"/(.{1,250}){1,30}x/ y\n".repeat(190));
    let (answer, taken) = lookup(&big, &[b"x".as_slice(), &key].concat());
    assert!(gave_up(&answer) && taken <= Steps::LOOKUP, "{answer:?}, {taken} steps");
    assert_eq!(lookup(&big, &key), (Answer::NotFound, 0));
    // Where no match begins, not every beginning is tried by itself.
    let (answer, taken) = lookup(&regexp(b"/(a*)(b|$x)*c/ $1\n"), &key);
    assert!(answer == Answer::NotFound && taken < 1_000_000, "{answer:?}, {taken} steps");
}
