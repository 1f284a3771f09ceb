//! How long lookups take in this process, and made-up data for others: `cargo xtask bench` runs it.
//!
//! `measure_lookup data FOLDER` writes tables, host names and a message; `measure_lookup run FOLDER ROUNDS` looks the names
//! up in one thread and prints a line for each round: what was measured, and nanoseconds for each name.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a tool for developers, which measures itself"
)]

#[path = "../benches/data/mod.rs"]
mod data;

use std::path::Path;
use std::time::Instant;

use postproof_model::TableKind;
use postproof_rules::s25r;
use postproof_rules::table::result::Outcome;
use postproof_rules::table::{Opener, Table};
use regex_automata::dfa::{Automaton as _, dense};
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind, nfa::thompson};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["data", folder] => write(Path::new(folder)),
        ["run", folder, rounds] => run(Path::new(folder), rounds.parse().expect("a number of rounds")),
        _ => println!("measure_lookup data FOLDER | run FOLDER ROUNDS"),
    }
}

fn write(folder: &Path) {
    let s25r = s25r::table_source();
    let hosts = data::hosts(1_000_000);
    let first = hosts.match_indices('\n').nth(99_999).map_or(hosts.len(), |(at, _)| at + 1);
    for (name, text) in [
        ("s25r", s25r.clone()),
        ("white-1000", data::white_list(1000) + &s25r),
        ("white-10000", data::white_list(10_000) + &s25r),
        ("body-1000", data::body_checks(1000)),
        ("message", data::message(100_000)),
        ("hosts-100000", hosts[..first].to_owned()),
        ("hosts-1000000", hosts),
    ] {
        std::fs::write(folder.join(name), text).expect("the data can be written");
    }
}

fn run(folder: &Path, rounds: usize) {
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the data can be read");
    let hosts = read("hosts-1000000");
    let hosts: Vec<&[u8]> = hosts.split(|&byte| byte == b'\n').filter(|host| !host.is_empty()).collect();
    let bare = bare();
    let names = ["s25r", "white-1000", "white-10000"];
    let tables = names.map(|name| Table::parse_as(Opener::POSTMAP, TableKind::Regexp, name, &read(name)).0);
    // What is made when it is first needed is made.
    for table in &tables {
        hosts.iter().for_each(|host| drop(table.result(host, &mut |_| {})));
    }
    for _ in 0..rounds {
        report("bare", hosts.len(), || hosts.iter().filter(|host| search(&bare, host)).count());
        for table in &tables {
            report(table.name(), hosts.len(), || {
                hosts.iter().map(|host| table.result(host, &mut |_| {})).filter(Outcome::is_found).count()
            });
        }
    }
}

fn report(name: &str, count: usize, work: impl FnOnce() -> usize) {
    let start = Instant::now();
    let found = std::hint::black_box(work());
    println!("{name}\t{}\t{found}", start.elapsed().as_nanos() as f64 / count as f64);
}

/// S25R's rules as one dense automaton, which says at each byte which of them match.
fn bare() -> dense::DFA<Vec<u32>> {
    let patterns = s25r::PATTERNS.map(|pattern| format!("(?i){pattern}"));
    dense::Builder::new()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .configure(dense::Config::new().match_kind(MatchKind::All))
        .build_many(&patterns)
        .expect("S25R's rules are an automaton")
}

/// A pass over all of a name.
fn search(dfa: &dense::DFA<Vec<u32>>, host: &[u8]) -> bool {
    let start = start::Config::new().anchored(Anchored::Yes);
    let mut state = dfa.start_state(&start).expect("an automaton starts");
    let mut found = false;
    for &byte in host {
        state = dfa.next_state(state, byte);
        if dfa.is_special_state(state) {
            found |= dfa.is_match_state(state);
            if dfa.is_dead_state(state) {
                return found;
            }
        }
    }
    found | dfa.is_match_state(dfa.next_eoi_state(state))
}
