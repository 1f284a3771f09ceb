//! x
#![allow(
    clippy::all,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a tool for developers, which measures itself"
)]
use postproof_model::TableKind;
use postproof_rules::table::{Opener, Table, result::Outcome};
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let kind = if args[1] == "pcre" { TableKind::Pcre } else { TableKind::Regexp };
    let source = std::fs::read(&args[2]).unwrap();
    let keys = std::fs::read(&args[3]).unwrap();
    let start = Instant::now();
    let (table, _) = Table::parse_as(Opener::POSTMAP, kind, "t", &source);
    println!("parse {:?}", start.elapsed());
    let start = Instant::now();
    let _ = table.result(b"xyz", &mut |_| {});
    println!("first {:?}", start.elapsed());
    let lines: Vec<&[u8]> = keys.strip_suffix(b"\n").unwrap().split(|b| *b == b'\n').collect();
    for _ in 0..3 {
        let start = Instant::now();
        let mut found = 0;
        for line in &lines {
            if matches!(table.result(line, &mut |_| {}), Outcome::Found(_)) {
                found += 1;
            }
        }
        let t = start.elapsed();
        println!(
            "{} keys {} found {:?} = {:.1} ns each",
            lines.len(),
            found,
            t,
            t.as_nanos() as f64 / lines.len() as f64
        );
    }
}
