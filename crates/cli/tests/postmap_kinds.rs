//! Tables of every kind beside postmap: random ones, with keys that are likely to find something.

mod support;

use std::path::Path;

use support::random::fresh_seed;
use support::runs::Run;
use support::{folder, postmap, postproof, run};

#[test]
fn random_tables_of_every_kind_answer_as_postmap_does() {
    let name = "random_tables_of_every_kind_answer_as_postmap_does";
    let Some(postmap) = postmap(name) else { return };
    let number = |variable: &str| std::env::var(variable).ok().and_then(|number| number.parse().ok());
    let seed = number("POSTPROOF_SEED").unwrap_or_else(fresh_seed);
    let run = Run { seed, cases: number("POSTPROOF_CASES").unwrap_or(1000), jobs: 16 };
    println!("{name}: POSTPROOF_SEED={seed}");
    let postproof = Path::new(env!("CARGO_BIN_EXE_postproof"));
    let figures = run.go(&postmap, postproof, &folder(name), |difference| println!("{difference}"));
    println!("{name}: {}", figures.show(&run));
    assert!(figures.differences.is_empty(), "{} differences", figures.differences.len());
}

/// Characters that Unicode has given a case since version 15, which a Postfix with an older ICU leaves as they are.
const NEWER: &[(u32, u32)] = &[(0x1C89, 0x1C89), (0xA7CB, 0xA7DC), (0x10D50, 0x10D65), (0x16EA0, 0x16EB8)];

/// A union whose first table holds keys hands its others the key as folded, and the second answers with it.
#[test]
fn every_character_folds_as_postmap_folds_it() {
    let name = "every_character_folds_as_postmap_folds_it";
    let Some(postmap) = postmap(name) else { return };
    let newer = |c: char| NEWER.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)));
    let characters = ('\u{1}'..=char::MAX).filter(|&c| c != '\n' && !newer(c));
    let keys: String = characters.flat_map(|c| [c, '\n']).collect();
    let map = "unionmap:{static:q,regexp:{{/(.*)/ $1}}}";
    let theirs = run(&postmap, &["-q", "-", map], keys.as_bytes());
    let ours = postproof(&["query", "-q", "-", map], keys.as_bytes());
    let count = theirs.stdout.iter().filter(|&&byte| byte == b'\n').count();
    assert!(count > 1_000_000, "{}", theirs.stderr);
    let lines = |stdout: &[u8]| stdout.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let different = lines(&theirs.stdout).into_iter().zip(lines(&ours.stdout)).find(|(theirs, ours)| theirs != ours);
    let shown = different.map(|(theirs, ours)| (theirs.escape_ascii().to_string(), ours.escape_ascii().to_string()));
    assert_eq!(shown, None);
    println!("{name}: {count} characters, 0 differences");
}
