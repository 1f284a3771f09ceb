//! `postproof query` beside postmap: the same standard output, warnings of the same lines, the same exit status.

mod support;

use std::path::Path;

use support::{Random, Said, file, folder, postmap, postproof, run, warned};

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

/// The pieces that random tables are made of: whole rules, halves, slips, junk.
const PIECES: &[&str] = &[
    "/a/ A",
    "/^b/ B",
    "/c$/ C",
    "/(a)(b)?/ x$1y$2",
    "/a(.*)b/ [${1}]",
    "!/a/ not",
    "! /b/ nb",
    "!!/a/ yes",
    "/a/!/b/ ab",
    "/a/!!/b/ both",
    "/a/! /b/i x",
    "if /a/",
    "if !/b/",
    "IF /c/ text",
    "endif",
    "endif x",
    "EndIf",
    "if",
    "if x",
    "if1a1",
    "endifx",
    "ifa",
    "/a/",
    "/a/ ",
    "/b/\t",
    "/(/ open",
    "/a)/ close",
    "/[a/ bracket",
    "/a{2/ brace",
    "/*a/ star",
    "/a\\",
    "/a/x X",
    "/A/i I",
    "/a/mm M",
    "/a/ix Y",
    "/a/q Q",
    "/a/b c",
    "#/a/ x",
    "# c",
    "",
    " ",
    "\t# d",
    "  more",
    " /c/ C",
    "/a/ $1",
    "/(a)/ $2",
    "/(a)/ ${1",
    "/(a)/ $",
    "/(a)/ $$1",
    "/(a)/ $1x",
    "/(a)/ $0",
    "/(a)/ $(1)",
    "!/(a)/ $1",
    "/(a)/!/b/ $1",
    "~a~ T",
    "@b@ AT",
    "\"c\" Q",
    "\\a\\ B",
    "!a! N",
    "/a\\/b/ S",
    "/\\(a\\)/x g$1",
    "/a|b/ OR",
    "/a||b/ E",
    "/^/ ALL",
    "/^$/ EMPTY",
    "/./ DOT",
    "/\\w/ W",
    "/[[:alpha:]]b/ AL",
    "/[b-a]/ R",
    "/(a|ab)(c|bcd)/ $1-$2",
    "/a\r/ CR",
    "word",
    "/\u{e9}/ eacute",
    "\u{e9}a\u{e9} D",
    "-a- M",
    "1a1 no",
    "/a/ REJECT  two  spaces ",
    "!",
    "! ",
    "/a/!",
    "/a/! ",
];

const KEY_BYTES: &[u8] = b"aabbcABC /)({x1\xc3\xa9";

fn random_table(random: &mut Random) -> Vec<u8> {
    let mut table = Vec::new();
    for _ in 0..1 + random.below(14) {
        if random.below(12) == 0 {
            table.push(b' ');
        }
        table.extend_from_slice(random.pick(PIECES).as_bytes());
        if random.below(25) == 0 {
            table.push(b'\r');
        }
        table.push(b'\n');
    }
    if random.below(8) == 0 {
        table.pop();
    }
    table
}

fn random_key(random: &mut Random) -> Vec<u8> {
    (0..random.below(8)).map(|_| *random.pick(KEY_BYTES)).collect()
}

#[test]
fn random_tables_answer_as_postmap_does() {
    let name = "random_tables_answer_as_postmap_does";
    let Some(postmap) = postmap(name) else { return };
    let mut random = Random::new(name);
    let folder = folder(name);
    for _ in 0..400 {
        let table = random_table(&mut random);
        let map = format!("regexp:{}", file(&folder, "table", &table));
        let keys: Vec<Vec<u8>> = (0..40).map(|_| random_key(&mut random)).collect();
        let mut lines = keys.join(&b'\n');
        lines.push(b'\n');
        compare(&postmap, &["-q", "-", &map], &lines, &table);
        compare(&postmap, &["-q", "ab", &map], b"", &table);
    }
}

#[test]
fn random_tables_over_a_message_answer_as_postmap_does() {
    let name = "random_tables_over_a_message_answer_as_postmap_does";
    let Some(postmap) = postmap(name) else { return };
    let mut random = Random::new(name);
    let folder = folder(name);
    for _ in 0..100 {
        let table = random_table(&mut random);
        let map = format!("regexp:{}", file(&folder, "table", &table));
        let mut message = Vec::new();
        for _ in 0..random.below(6) {
            message.extend_from_slice(
                random.pick(&["a: b", "Subject : a", " folded b", "b", "\tc", "c:", ": x", "ab:a"]).as_bytes(),
            );
            message.push(b'\n');
        }
        message.extend_from_slice(b"\nbody a\n\nb\n");
        for options in ["-hq", "-hmq", "-bq", "-bmq", "-hbq", "-hbmq"] {
            compare(&postmap, &[options, "-", &map], &message, &table);
        }
    }
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

/// Every regexp: table and message below POSTPROOF_CORPUS (`tables/regexp-*`, `mail/`, `hostnames.txt`), where that is set.
#[test]
fn a_corpus_of_real_tables_answers_as_postmap_does() {
    let name = "a_corpus_of_real_tables_answers_as_postmap_does";
    let Some(corpus) = std::env::var_os("POSTPROOF_CORPUS") else {
        println!("SKIPPED {name}: POSTPROOF_CORPUS names no folder of tables and messages");
        return;
    };
    let Some(postmap) = postmap(name) else { return };
    let corpus = Path::new(&corpus);
    let mut messages = Vec::new();
    files(&corpus.join("mail"), &mut messages);
    assert!(!messages.is_empty(), "no messages below {}", corpus.display());
    let hosts = std::fs::read(corpus.join("hostnames.txt")).unwrap();
    let every = std::env::var("POSTPROOF_CORPUS_EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(40);
    let (mut tables, mut compared) = (0, 0);
    for kind in ["regexp-header", "regexp-body", "regexp-access"] {
        let mut paths = Vec::new();
        files(&corpus.join("tables").join(kind), &mut paths);
        for (index, path) in paths.iter().enumerate() {
            tables += 1;
            let map = format!("regexp:{}", path.display());
            let table = std::fs::read(path).unwrap();
            compare(&postmap, &["-q", "-", &map], &hosts, &table);
            for message in messages.iter().skip(index % every).step_by(every) {
                let message = std::fs::read(message).unwrap();
                for options in ["-hmq", "-bmq"] {
                    compare(&postmap, &[options, "-", &map], &message, &table);
                    compared += 1;
                }
            }
        }
    }
    println!("{name}: {tables} tables, {compared} comparisons, 0 differences");
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() { files(&entry, found) } else { found.push(entry) }
    }
}
