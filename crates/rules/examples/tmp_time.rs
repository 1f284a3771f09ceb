//! x
#![allow(
    missing_docs,
    clippy::all,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types
)]
use postproof_rules::pattern::{Pattern, PosixFlags};
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let flags = PosixFlags { extended: a[0].contains('e'), fold_case: a[0].contains('i'), newline: a[0].contains('n') };
    let p = Pattern::posix(a[1].as_bytes(), flags).unwrap();
    let n: usize = a.get(3).map_or(1, |n| n.parse().unwrap());
    let key = a[2].repeat(n);
    let t = std::time::Instant::now();
    let m = p.is_match(key.as_bytes());
    println!("{m:?} {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let c = p.captures(key.as_bytes());
    println!("{:?} {:?}", c, t.elapsed());
}
