//! The data of `tests/conformance/table` is what postmap answers: asked again where postmap is installed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it is a test")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Deserialize;
use support::case::write_old;
use support::{folder, postmap, run};

#[derive(Deserialize)]
struct Data {
    case: Vec<Case>,
}

#[derive(Clone, Deserialize)]
struct Case {
    name: String,
    origin: String,
    maps: Vec<String>,
    #[serde(default)]
    message: bool,
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    files: BTreeMap<String, String>,
    answers: Vec<Expected>,
}

#[derive(Clone, Deserialize)]
struct Expected {
    key: String,
    result: Option<String>,
    #[serde(default)]
    fails: bool,
}

/// Undoes `\\` and `\xNN`.
fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        if let Some(hex) = rest.strip_prefix('x') {
            bytes.push(u8::from_str_radix(&hex[..2], 16).unwrap());
            rest = &hex[2..];
        } else {
            bytes.push(b'\\');
            rest = rest.strip_prefix('\\').unwrap();
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

const BUILT: &[&str] = &["hash", "btree", "lmdb", "cdb"];

impl Case {
    fn check(&self, postmap: &Path, folder: &Path) -> Result<(), String> {
        let path = |name: &str| folder.join(name).display().to_string();
        let mut maps: Vec<String> = Vec::new();
        for map in &self.maps {
            let mut map = String::from_utf8(bytes(map)).unwrap();
            for (name, text) in &self.files {
                write_old(&folder.join(name), &bytes(text));
                for kind in ["regexp", "pcre", "cidr", "texthash"].iter().chain(BUILT) {
                    let (short, long) = (format!("{kind}:{name}"), format!("{kind}:{}", path(name)));
                    if map.contains(&short) && BUILT.contains(kind) {
                        run(postmap, &[&long], b"");
                    }
                    map = map.replace(&short, &long);
                }
            }
            maps.push(map);
        }
        let asked: Vec<&Expected> = self.answers.iter().filter(|expected| !expected.fails).collect();
        let keys: Vec<Vec<u8>> = asked.iter().map(|expected| bytes(&expected.key)).collect();
        let mut stdin = keys.join(&b'\n');
        stdin.push(b'\n');
        if self.message {
            stdin.insert(0, b'\n');
        }
        let option = if self.message { "-bq" } else { "-q" };
        let ask = |stdin: &[u8]| {
            let arguments: Vec<&str> = [option, "-"].into_iter().chain(maps.iter().map(String::as_str)).collect();
            run(postmap, &arguments, stdin)
        };
        let said = ask(&stdin);
        if self.refused {
            let ended = said.status == Some(1) && said.stderr.contains("fatal: ");
            return if ended { Ok(()) } else { Err(format!("not refused: {}", said.stderr)) };
        }
        let mut expected = Vec::new();
        for (asked, key) in asked.iter().zip(&keys) {
            if let Some(result) = &asked.result {
                expected.extend([key.as_slice(), b"\t", &bytes(result), b"\n"].concat());
            }
        }
        // The line that ends the headers is a key, too.
        let stdout: Vec<u8> = if self.message {
            let lines = said.stdout.split_inclusive(|&byte| byte == b'\n');
            lines.filter(|line| !line.starts_with(b"\t")).collect::<Vec<_>>().concat()
        } else {
            said.stdout
        };
        if stdout != expected {
            return Err(format!("{}\nexpected {}\n{}", stdout.escape_ascii(), expected.escape_ascii(), said.stderr));
        }
        if let Some(failing) = self.answers.iter().find(|expected| expected.fails) {
            let said = ask(&[bytes(&failing.key), b"\n".to_vec()].concat());
            if said.status != Some(1) || !said.stderr.contains("query error") {
                return Err(format!("{} does not fail: {}", failing.key, said.stderr));
            }
        }
        Ok(())
    }
}

#[test]
fn the_conformance_data_of_tables_is_what_postmap_answers() {
    let name = "the_conformance_data_of_tables_is_what_postmap_answers";
    let Some(postmap) = postmap(name) else { return };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/table");
    let mut cases: Vec<Case> = Vec::new();
    for entry in std::fs::read_dir(data).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let data: Data = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            cases.extend(data.case.into_iter().filter(|case| case.origin.starts_with("postmap ")));
        }
    }
    assert!(cases.len() > 100, "only {} cases", cases.len());
    let total = cases.len();
    // postmap sleeps for a second when it gives up.
    let (cases, wrong) = (Mutex::new(cases), Mutex::new(Vec::new()));
    let folder = folder(name);
    std::thread::scope(|scope| {
        for job in 0..16 {
            let folder = folder.join(job.to_string());
            std::fs::create_dir_all(&folder).unwrap();
            let (cases, wrong, postmap) = (&cases, &wrong, &postmap);
            scope.spawn(move || {
                loop {
                    let Some(case) = cases.lock().unwrap().pop() else { break };
                    if let Err(difference) = case.check(postmap, &folder) {
                        wrong.lock().unwrap().push(format!("{}: {difference}", case.name));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!("{name}: {total} cases, {} differences", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
