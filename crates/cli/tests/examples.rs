//! The examples of the page: each is whole, its tests pass, and postmap agrees with every one of its tables.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::net::IpAddr;

use support::examples::{Variant, folder, names, texts, toml, variants};
use support::{file, postmap, postproof, ran, run};
use toml::{Table, Value};

#[test]
fn every_examples_tests_pass() {
    let ran = ran(&folder(), "test", &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.error);
    assert!(ran.out.ends_with(" passed, 0 failed\n"), "{}", ran.out);
    for name in names() {
        assert!(ran.out.contains(&format!("{name}/example.postproof.toml")), "{name} has no test that is run");
    }
}

#[test]
fn every_example_is_listed_once() {
    let list = toml(&folder().join("examples.toml"));
    let groups = list["group"].as_array().unwrap();
    let mut listed: Vec<String> = groups.iter().flat_map(|group| texts(group.get("examples"))).collect();
    for group in groups {
        in_both_languages("examples.toml", group.as_table().unwrap());
    }
    listed.sort();
    assert_eq!(listed, names());
    assert!(listed.len() >= 24, "{} examples", listed.len());
    let plain = |name: &String| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    assert!(listed.iter().all(plain), "a name that is a part of addresses: {listed:?}");
}

#[test]
fn every_lesson_stands_in_both_languages() {
    for name in names() {
        let about = toml(&folder().join(&name).join("example.toml"));
        for part in ["title", "see", "why", "mend"] {
            let part = about.get(part).and_then(Value::as_table).unwrap_or_else(|| panic!("{name} has no [{part}]"));
            in_both_languages(&name, part);
        }
    }
}

/// Something in each language, in its own letters.
fn in_both_languages(name: &str, part: &Table) {
    let text = |lang: &str| part.get(lang).and_then(Value::as_str).unwrap_or_else(|| panic!("{name}: no {lang}"));
    let kana_or_kanji = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    assert!(text("ja").contains(kana_or_kanji), "{name}: {}", text("ja"));
    assert!(!text("en").contains(kana_or_kanji) && text("en").contains(char::is_alphabetic), "{name}: {}", text("en"));
}

/// The lesson is that something happens which was not meant: mended, it does not.
#[test]
fn what_is_mended_has_another_verdict() {
    let variants = variants();
    let mended = |name: &str| variants.iter().find(|other| other.name == format!("{name}-mended"));
    let first = |variant: &Variant| {
        let case = variant.cases.first().unwrap();
        let input = texts(case.get("message_files").or(case.get("host_files")).or(case.get("session_files")));
        (input, case["expect"].clone())
    };
    let as_they_are: Vec<&Variant> = variants.iter().filter(|variant| !variant.name.ends_with("-mended")).collect();
    for variant in &as_they_are {
        let name = &variant.name;
        assert!(!variant.cases.is_empty(), "{name} expects nothing");
        // Only a practice has nothing to mend.
        let Some(mended) = mended(name) else {
            assert_eq!(name, "tests");
            continue;
        };
        let expectations =
            |variant: &Variant| -> Vec<Value> { variant.cases.iter().map(|case| case["expect"].clone()).collect() };
        assert_ne!(expectations(variant), expectations(mended), "{name}: nothing is mended");
        let (_, before) = first(variant);
        let seen = ["verdict", "reply", "rules", "message_after"];
        assert!(seen.iter().any(|key| before.get(key).is_some()), "{name}: the first case expects no verdict");
    }
}

/// Domains and addresses that belong to nobody (RFC 2606, RFC 6761, RFC 5737, RFC 3849).
#[test]
fn only_reserved_names_and_addresses_are_used() {
    for variant in variants() {
        for (file, text) in &variant.files {
            for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '\\'))) {
                let word = word.replace('\\', "").trim_matches(['.', ':']).to_owned();
                let place = format!("{}: {file}: {word}", variant.name);
                if let Ok(address) = word.parse::<IpAddr>() {
                    assert!(is_reserved(address), "{place}");
                }
                let mut labels = word.split('.').rev();
                let (last, others): (_, Vec<&str>) = (labels.next().unwrap_or_default(), labels.collect());
                if matches!(last, "com" | "net" | "org" | "jp") && !others.is_empty() {
                    let at = usize::from(last == "jp" && matches!(others[0], "co" | "ne" | "or"));
                    assert_eq!(others.get(at).copied(), Some("example"), "{place}");
                }
            }
        }
    }
}

fn is_reserved(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_documentation() || v4.is_loopback(),
        IpAddr::V6(v6) => v6.segments()[..2] == [0x2001, 0x0db8] || v6.is_loopback() || v6.is_unspecified(),
    }
}

/// How postmap is asked about the inputs of a table.
fn questions(parameter: &str, variant: &Variant) -> Vec<(&'static str, String)> {
    let messages = variant.inputs("message");
    let asked = |option: &'static str| messages.iter().map(|message| (option, message.clone())).collect();
    match parameter {
        "header_checks" | "nested_header_checks" => asked("-hq"),
        // Headers of parts are asked about as the headers of a message are.
        "mime_header_checks" => asked("-hmq"),
        "body_checks" => asked("-bq"),
        _ => {
            let keys = variant.inputs("host").into_iter().chain(variant.inputs("session"));
            let split = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>' | '=');
            let words: Vec<String> =
                keys.flat_map(|keys| keys.split(split).map(str::to_owned).collect::<Vec<_>>()).collect();
            vec![("-q", words.iter().filter(|word| !word.is_empty()).map(|word| format!("{word}\n")).collect())]
        }
    }
}

/// Each table of each example, as it is and mended, asked about what the example is tried on.
#[test]
fn postmap_says_the_same_of_every_table() {
    let name = "postmap_says_the_same_of_every_table";
    let Some(postmap) = postmap(name) else { return };
    let folder = support::folder(name);
    let mut found = 0;
    let mut asked = 0;
    for variant in variants() {
        let mut tables: Vec<(String, String)> = Vec::new();
        for (parameter, named) in &variant.tables {
            tables.extend(named.iter().map(|table| (parameter.clone(), table.clone())));
        }
        for (parameter, value) in variant.parameters() {
            let words = value.split(|c: char| c.is_whitespace() || c == ',').map(str::to_owned);
            let of_files = words.filter(|word| word.contains(":$config_directory/"));
            tables.extend(of_files.map(|word| (parameter.clone(), word.replace("$config_directory/", ""))));
        }
        assert!(!tables.is_empty(), "{}", variant.name);
        for (parameter, table) in tables {
            let (kind, table) = table.split_once(':').unwrap();
            let path = file(&folder, &format!("{}-{table}", variant.name), variant.files[table].as_bytes());
            for (option, input) in questions(&parameter, &variant) {
                let map = format!("{kind}:{path}");
                let theirs = run(&postmap, &[option, "-", &map], input.as_bytes());
                let ours = postproof(&["query", option, "-", &map], input.as_bytes());
                let context = || format!("{} {map}\n{input}\n{}\n{}", variant.name, theirs.stderr, ours.stderr);
                assert_eq!(
                    String::from_utf8_lossy(&theirs.stdout),
                    String::from_utf8_lossy(&ours.stdout),
                    "{}",
                    context()
                );
                assert_eq!(theirs.status, ours.status, "{}", context());
                assert!(!theirs.stderr.contains("unsupported dictionary type"), "{}", context());
                asked += 1;
                found += usize::from(!theirs.stdout.is_empty());
            }
        }
    }
    assert!(found > 30 && asked > 60, "{found} of {asked}");
}
