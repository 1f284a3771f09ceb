//! Every input below `fuzz/corpus` through the checks that the fuzzer makes, so that what it found once stays mended.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test, which reads its inputs from files and measures time"
)]

use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../../fuzz/src/lib.rs"]
mod postproof_fuzz;

use postproof_fuzz::{lookup, maillog, message, pcre, posix, table};

/// Far above what any of them takes, and far below for ever.
const LIMIT: Duration = Duration::from_secs(20);

/// Checks every input of a target; a failure names the file.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "only {} inputs in {}", paths.len(), folder.display());
    let mut slowest = (Duration::ZERO, String::new());
    for path in &paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let input = std::fs::read(path).unwrap();
        let start = Instant::now();
        let result = std::panic::catch_unwind(|| check(&input));
        assert!(result.is_ok(), "fuzz/corpus/{target}/{name}");
        slowest = slowest.max((start.elapsed(), name));
    }
    println!("{target}: {} inputs, the slowest {} with {:.2} s", paths.len(), slowest.1, slowest.0.as_secs_f32());
    assert!(slowest.0 < LIMIT, "{slowest:?}");
}

#[test]
fn tables_stay_sound() {
    replay("table", table::check);
}

#[test]
fn posix_patterns_stay_sound() {
    replay("posix", posix::check);
}

#[test]
fn pcre_patterns_stay_sound() {
    replay("pcre", pcre::check);
}

#[test]
fn lookups_stay_sound() {
    replay("lookup", lookup::check);
}

#[test]
fn messages_stay_sound() {
    replay("message", message::check);
}

#[test]
fn logs_stay_sound() {
    replay("maillog", maillog::check);
}
