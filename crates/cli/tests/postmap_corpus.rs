//! Real tables beside postmap: those below POSTPROOF_CORPUS (`tables/`, `mail/`, `hostnames.txt`), where that is set.
//!
//! Every file is read as every kind of table, since what a file of one kind is to another is junk as people write it.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "it is a test")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use support::case::{Case, Programs, TableFile};
use support::{folder, postmap};

const KINDS: &[&str] = &["regexp", "pcre", "cidr", "texthash", "hash", "btree", "lmdb", "cdb"];

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
    let mut tables = Vec::new();
    files(&corpus.join("tables"), &mut tables);
    tables.retain(|path| path.extension().is_none_or(|extension| extension != "tsv"));

    // postmap sleeps for a second when it gives up: so several threads, each with its share of the tables.
    let postproof = PathBuf::from(env!("CARGO_BIN_EXE_postproof"));
    let jobs = 4;
    let folder = folder(name);
    let totals: Vec<Totals> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs)
            .map(|job| {
                let folder = folder.join(job.to_string());
                std::fs::create_dir_all(&folder).unwrap();
                let programs = Programs { postmap: postmap.clone(), postproof: postproof.clone(), folder };
                let (tables, messages, hosts) = (&tables, &messages, &hosts);
                scope.spawn(move || {
                    let mut totals = Totals::default();
                    for (index, path) in tables.iter().enumerate().skip(job).step_by(jobs) {
                        let messages = messages.iter().skip(index % every).step_by(every);
                        table(path, messages, hosts, &programs, &mut totals);
                    }
                    totals
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sum = |of: fn(&Totals) -> usize| totals.iter().map(of).sum::<usize>();
    println!(
        "{name}: {} tables as {} kinds, {} comparisons, {} keys, {} answered unknown, {} differences",
        tables.len(),
        KINDS.len(),
        sum(|totals| totals.comparisons),
        sum(|totals| totals.keys),
        sum(|totals| totals.unknown),
        sum(|totals| totals.differences),
    );
    assert_eq!(sum(|totals| totals.differences), 0);
}

#[derive(Default)]
struct Totals {
    comparisons: usize,
    keys: usize,
    unknown: usize,
    differences: usize,
}

fn table<'p>(
    path: &Path,
    messages: impl Iterator<Item = &'p PathBuf>,
    hosts: &[u8],
    programs: &Programs,
    totals: &mut Totals,
) {
    let bytes = std::fs::read(path).unwrap();
    let keys = keys(&bytes, hosts);
    let mut ask = |kind: &'static str, option: &'static str, stdin: &[u8]| {
        let build = matches!(kind, "hash" | "btree" | "lmdb" | "cdb").then_some(kind);
        let file = TableFile { bytes: bytes.clone(), build };
        let maps = vec![format!("{kind}:FILE0")];
        let case = Case { about: kind, maps, files: vec![file], option, key: None, stdin: stdin.to_vec() };
        let both = case.ask(programs);
        totals.comparisons += 1;
        totals.keys += case.keys();
        totals.unknown += both.unknown.len();
        if let Some(difference) = both.difference() {
            totals.differences += 1;
            let smallest = case.shrunk(programs);
            let difference = smallest.ask(programs).difference().unwrap_or(difference);
            println!("{} as {kind}: {}\n{difference}", path.display(), smallest.show());
        }
    };
    for &kind in KINDS {
        ask(kind, "-q", &keys);
    }
    let name = path.to_string_lossy();
    let Some(kind) = ["regexp", "pcre"].into_iter().find(|kind| name.contains(kind)) else { return };
    for message in messages {
        let message = std::fs::read(message).unwrap();
        ask(kind, "-hmq", &message);
        ask(kind, "-bmq", &message);
    }
}

/// Names and addresses of real hosts, and the words of the table itself with what lies near them.
fn keys(table: &[u8], hosts: &[u8]) -> Vec<u8> {
    let mut keys: BTreeSet<Vec<u8>> = BTreeSet::new();
    for host in hosts.split(|&byte| byte == b'\n') {
        keys.extend(host.split(|byte| b"[]".contains(byte)).map(<[u8]>::to_vec));
        keys.insert(host.to_vec());
    }
    for word in table.split(|byte| b" \t\r\n".contains(byte)) {
        keys.insert(word.to_vec());
        keys.insert(word.to_ascii_uppercase());
        let inside = word.trim_ascii();
        let inside = inside.strip_prefix(b"/").and_then(|word| word.strip_suffix(b"/")).unwrap_or(inside);
        keys.insert(inside.iter().copied().filter(|byte| !b"\\^$".contains(byte)).collect());
        let network = word.split(|&byte| byte == b'/').next().unwrap_or_default();
        keys.insert(network.to_vec());
        if let Some(last) = network.iter().rposition(|byte| b".:".contains(byte)) {
            keys.extend([&b"1"[..], b"7", b"130", b"255", b"ffff"].map(|host| [&network[..=last], host].concat()));
        }
    }
    // LMDB's answer to an empty key depends on the keys before it.
    keys.remove(&b""[..]);
    let mut lines = keys.into_iter().collect::<Vec<_>>().join(&b'\n');
    lines.push(b'\n');
    lines
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() { files(&entry, found) } else { found.push(entry) }
    }
}
