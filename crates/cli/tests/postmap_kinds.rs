//! Tables of every kind beside postmap: random ones, with keys that are likely to find something.

mod support;

use std::path::Path;

use support::random::fresh_seed;
use support::runs::Run;
use support::{folder, postmap};

#[test]
fn random_tables_of_every_kind_answer_as_postmap_does() {
    let name = "random_tables_of_every_kind_answer_as_postmap_does";
    let Some(postmap) = postmap(name) else { return };
    let seed = std::env::var("POSTPROOF_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(fresh_seed);
    let run = Run { seed, cases: 1000, jobs: 16 };
    println!("{name}: POSTPROOF_SEED={seed}");
    let postproof = Path::new(env!("CARGO_BIN_EXE_postproof"));
    let figures = run.go(&postmap, postproof, &folder(name), |difference| println!("{difference}"));
    println!("{name}: {}", figures.show(&run));
    assert!(figures.differences.is_empty(), "{} differences", figures.differences.len());
}
