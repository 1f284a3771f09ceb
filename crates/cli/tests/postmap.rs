//! `postproof query` beside postmap: the same standard output, warnings of the same lines, the same exit status.

mod support;

use std::path::Path;

use support::warnings::warned;
use support::{Said, file, folder, postmap, postproof, run};

/// Both programs on one table and one input, compared.
fn compare(postmap: &Path, arguments: &[&str], stdin: &[u8], table: &[u8]) {
    let theirs = run(postmap, arguments, stdin);
    let ours = postproof(&[&["query"], arguments].concat(), stdin);
    let context = || {
        format!(
            "{arguments:?}\ntable:\n{}\ninput:\n{}\n{}",
            String::from_utf8_lossy(table),
            String::from_utf8_lossy(&stdin[..stdin.len().min(4000)]),
            both(&theirs, &ours)
        )
    };
    assert_eq!(theirs.stdout, ours.stdout, "{}", context());
    assert_eq!(theirs.status, ours.status, "{}", context());
    assert_eq!(warned(&theirs.stderr), warned(&ours.stderr), "{}", context());
}

fn both(theirs: &Said, ours: &Said) -> String {
    let show = |said: &Said| {
        let stdout = String::from_utf8_lossy(&said.stdout[..said.stdout.len().min(2000)]).into_owned();
        format!("status {:?}\n{stdout}\n{}", said.status, &said.stderr)
    };
    format!("postmap: {}\npostproof: {}", show(theirs), show(ours))
}

#[test]
fn several_tables_and_misuse_end_as_postmap_does() {
    let name = "several_tables_and_misuse_end_as_postmap_does";
    let Some(postmap) = postmap(name) else { return };
    let folder = folder(name);
    let first = format!("regexp:{}", file(&folder, "first", b"/a/ A\n/empty/\n"));
    let second = format!("regexp:{}", file(&folder, "second", b"/b/ B\n/(/ dropped\n"));
    let missing = format!("regexp:{}", folder.join("missing").display());
    for (arguments, stdin) in [
        (vec!["-q", "-", &first, &second], &b"a\nb\nc\nempty\n"[..]),
        (vec!["-q", "b", &first, &second], b""),
        (vec!["-q", "c", &first, &second], b""),
        (vec!["-q", "a", &first, &missing], b""),
        (vec!["-q", "c", &first, &missing], b""),
        (vec!["-q", "-", &first, &missing], b"a\n"),
        (vec!["-q", "empty", &first], b""),
        (vec!["-q", "", &first], b""),
        (vec!["-q", "a", "nosuchtype:x"], b""),
        (vec!["-hq", "a", &first], b""),
        (vec!["-mq", "-", &first], b"a\n"),
        (vec!["-q", "-", &first], b""),
        (vec!["-q", "-", &first], b"a\r\nb\0a\n\xe9a\na"),
        (vec!["-hmq", "-", &first], b"From: a\nSubject: x\n viagra\n\nbody\n"),
    ] {
        compare(&postmap, &arguments, stdin, b"");
    }
}
