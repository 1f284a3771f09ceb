//! x
#![allow(
    clippy::all,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "x"
)]
use regex_automata::{
    Anchored, MatchKind,
    dfa::{Automaton, dense},
    util::start,
};
use std::time::Instant;
fn main() {
    let keys = std::fs::read("/tmp/hA/hosts1m").unwrap();
    let lines: Vec<&[u8]> = keys.strip_suffix(b"\n").unwrap().split(|b| *b == b'\n').collect();
    let start = Instant::now();
    let pats: Vec<String> = postproof_rules::s25r::PATTERNS.iter().map(|p| format!("(?i-u){p}")).collect();
    let dfa = dense::Builder::new()
        .syntax(regex_automata::util::syntax::Config::new().unicode(false).utf8(false))
        .thompson(regex_automata::nfa::thompson::Config::new().utf8(false))
        .configure(dense::Config::new().match_kind(MatchKind::All).starts_for_each_pattern(false))
        .build_many(&pats)
        .unwrap();
    println!("build {:?} {} bytes", start.elapsed(), dfa.memory_usage());
    for _ in 0..3 {
        let t = Instant::now();
        let mut found = 0;
        for line in &lines {
            let mut s = dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).unwrap();
            let mut hit = false;
            for &b in *line {
                s = dfa.next_state(s, b);
                if dfa.is_special_state(s) {
                    if dfa.is_match_state(s) {
                        hit = true;
                    }
                    if dfa.is_dead_state(s) {
                        break;
                    }
                }
            }
            s = dfa.next_eoi_state(s);
            if dfa.is_match_state(s) {
                hit = true;
            }
            found += hit as usize;
        }
        println!("{found} {:.1} ns each", t.elapsed().as_nanos() as f64 / lines.len() as f64);
    }
    for _ in 0..3 {
        let t = Instant::now();
        let mut found = 0;
        for line in &lines {
            let mut s = dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).unwrap();
            let mut hit = false;
            for &b in *line {
                s = dfa.next_state(s, b);
                if dfa.is_special_state(s) {
                    if dfa.is_match_state(s) {
                        hit = true;
                        break;
                    }
                    if dfa.is_dead_state(s) {
                        break;
                    }
                }
            }
            if !hit {
                s = dfa.next_eoi_state(s);
                if dfa.is_match_state(s) {
                    hit = true;
                }
            }
            found += hit as usize;
        }
        println!("first match {found} {:.1} ns each", t.elapsed().as_nanos() as f64 / lines.len() as f64);
    }
}
