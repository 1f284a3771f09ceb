//! What is claimed of rules by proof, on random tables: no key that a table could be asked for shows otherwise.
//!
//! `POSTPROOF_SEED` takes other tables, `POSTPROOF_PROOF_TABLES` and `POSTPROOF_PROOF_KEYS` more of them and more keys for
//! each: the full size is 1000 and 10000.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test, which shares its generators with others"
)]

mod bounded;
#[path = "../pcre_oracle/generate.rs"]
mod pcre;
#[path = "../posix_oracle/generate.rs"]
mod posix;
mod postmap;
#[path = "../posix_oracle/random.rs"]
mod random;
mod tables;

use std::collections::BTreeMap;

use postproof_model::{Answer, Problem, RuleProblem};
use postproof_rules::lint::proof::{Keys, rules};
use postproof_rules::table::rule::Op;

use random::Random;
use tables::Made;

/// Repeats itself, so that a run in CI does.
const SEED: u64 = 20_261_124;

pub fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

pub fn seed() -> u64 {
    std::env::var("POSTPROOF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED)
}

/// What is claimed of a table: the indexes of rules that never fire, and of those, of rules that match no key; and of rules
/// that match every key.
#[derive(Debug, Default)]
pub struct Claims {
    pub dead: Vec<usize>,
    pub no_key: Vec<usize>,
    pub everything: Vec<usize>,
}

pub fn claims(made: &Made, keys: Keys, tally: &mut BTreeMap<&'static str, usize>) -> Claims {
    let mut claims = Claims::default();
    let table = &made.table;
    for found in rules(table, keys) {
        let index = table.rules().iter().position(|rule| rule.lines.first == found.place.lines.first).unwrap();
        let Problem::Rule(problem) = found.problem else { panic!("{:?}", found.problem) };
        let name = match problem {
            RuleProblem::NeverFires { key, answered, lines, .. } => {
                claims.dead.push(index);
                assert!(matches!(table.rule_match(&table.rule_ref(index), &key), Ok(Some(_))), "{key:?} {made}");
                if let Answer::Found(hit) = table.lookup(&key) {
                    assert_eq!(hit.rule.lines.first, answered, "{key:?} {made}");
                }
                assert!(lines.iter().all(|line| *line < found.place.lines.first), "{made}");
                if lines.len() == 1 { "dead by one" } else { "dead by several" }
            }
            RuleProblem::SameAs { line, key, .. } => {
                claims.dead.push(index);
                let same = table.rules().iter().position(|rule| rule.lines.first == line).unwrap();
                for rule in [index, same] {
                    assert!(matches!(table.rule_match(&table.rule_ref(rule), &key), Ok(Some(_))), "{key:?} {made}");
                }
                "same"
            }
            RuleProblem::Everything => {
                claims.everything.push(index);
                claims.dead.extend(index + 1..table.rules().len());
                "everything"
            }
            RuleProblem::NoKey { why } => {
                let end = match table.rules()[index].op {
                    Op::If { end, .. } => end,
                    _ => index + 1,
                };
                claims.no_key.extend(index..end);
                claims.dead.extend(index..end);
                match why {
                    postproof_model::NoKeyReason::Nothing => "nothing",
                    postproof_model::NoKeyReason::EmptyKey => "empty key",
                    postproof_model::NoKeyReason::LineBreak => "line break",
                    postproof_model::NoKeyReason::NoHeader => "no header",
                    postproof_model::NoKeyReason::Together => "together",
                }
            }
            RuleProblem::TooBig { .. } => "too big",
        };
        *tally.entry(name).or_default() += 1;
    }
    claims
}

#[test]
fn no_key_shows_otherwise() {
    let (count, each) = (number("POSTPROOF_PROOF_TABLES", 400), number("POSTPROOF_PROOF_KEYS", 2_000));
    println!("POSTPROOF_SEED={}", seed());
    let mut random = Random::new(seed());
    let mut tally = BTreeMap::new();
    let (mut hits, mut silent, mut rules, mut met) = (0_usize, 0_usize, 0_usize, 0_usize);
    for _ in 0..count {
        let made = Made::new(&mut random);
        let table = &made.table;
        let claims = claims(&made, made.keys, &mut tally);
        let mut hit = vec![0_usize; table.rules().len()];
        for _ in 0..each {
            let key = made.key(&mut random);
            if let Answer::Found(found) = table.lookup(&key) {
                let index = table.rules().iter().position(|rule| rule.span == found.rule.span).unwrap();
                hit[index] += 1;
                assert!(
                    !claims.dead.contains(&index),
                    "rule {index} fires on {:?}: {made}",
                    key.escape_ascii().to_string()
                );
            }
            for &index in &claims.no_key {
                if matches!(table.rules()[index].op, Op::Answer { .. }) {
                    let matched = table.rule_match(&table.rule_ref(index), &key);
                    assert!(!matches!(matched, Ok(Some(_))), "{index} {:?}: {made}", key.escape_ascii().to_string());
                }
            }
            for &index in &claims.everything {
                let matched = table.rule_match(&table.rule_ref(index), &key);
                assert!(matches!(matched, Ok(Some(_))), "{index} {:?}: {made}", key.escape_ascii().to_string());
            }
            // Keys that a dead rule matches are what a claim is about.
            let dead = claims.dead.iter().filter(|index| matches!(table.rules()[**index].op, Op::Answer { .. }));
            met += dead.take(1).filter(|i| matches!(table.rule_match(&table.rule_ref(**i), &key), Ok(Some(_)))).count();
        }
        let answers = table.rules().iter().enumerate().filter(|(_, rule)| matches!(rule.op, Op::Answer { .. }));
        for (index, _) in answers {
            rules += 1;
            hits += usize::from(hit[index] > 0);
            silent += usize::from(hit[index] == 0 && !claims.dead.contains(&index));
        }
    }
    println!("{rules} rules: {hits} hit, {silent} neither hit nor claimed dead; {met} keys of dead rules; {tally:?}");
    assert!(hits * 3 > rules, "too few rules are hit to prove anything");
    assert!(met > count, "too few keys of dead rules to prove anything");
    for name in ["dead by one", "dead by several", "same", "everything", "nothing", "no header", "together"] {
        assert!(tally.contains_key(name), "no rule was claimed to be so: {name}");
    }
}
