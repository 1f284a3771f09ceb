//! `postproof encode`, as a list of promises; what it prints is put to postmap and to `postproof check`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it is nothing but tests")]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use support::{file, folder, postmap, postproof, run};

/// 当選 in each charset that has it, written down by hand.
const WON: [(&str, &[u8]); 4] = [
    ("UTF-8", "当選".as_bytes()),
    ("ISO-2022-JP", b"\x1b$BEvA*\x1b(B"),
    ("Shift_JIS", b"\x93\x96\x91\x49"),
    ("EUC-JP", b"\xc5\xf6\xc1\xaa"),
];

/// Messages whose body, or whose subject, holds 当選; or, with `other`, 落選 in UTF-8.
fn messages(other: bool) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = Vec::new();
    for (charset, won) in WON {
        let won = if other { "落選".as_bytes() } else { won };
        for pad in ["", "a", "ab"] {
            let text =
                [b"Dear customer, ", pad.as_bytes(), won, b" and so on, and so on, and so on, and so on"].concat();
            let encoded = STANDARD.encode(&text);
            let lines: Vec<&str> =
                encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
            let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("={byte:02X}")).collect::<String>();
            let head = |encoding: &str| {
                format!(
                    "Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
                )
            };
            all.push(("body", format!("{}{}\n", head("base64"), lines.join("\n")).into_bytes()));
            all.push(("body", format!("{}{}{}\n", head("quoted-printable"), pad, hex(won)).into_bytes()));
            all.push(("body", [head("8bit").as_bytes(), &text, b"\n"].concat()));
            let word = STANDARD.encode([pad.as_bytes(), won].concat());
            all.push(("header", format!("Subject: =?{charset}?B?{word}?=\n\nx\n").into_bytes()));
            all.push(("header", format!("Subject: =?{charset}?Q?{pad}{}?=\n\nx\n", hex(won)).into_bytes()));
            all.push(("header", [b"Subject: ", pad.as_bytes(), won, b"\n\nx\n"].concat()));
        }
    }
    all
}

/// The table that is printed for one part.
fn table(folder: &std::path::Path, kind: &str, part: &str) -> String {
    let said = postproof(&["encode", "--type", kind, "--part", part, "--action", "REJECT won", "当選"], b"");
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    format!("{kind}:{}", file(folder, &format!("{kind}-{part}"), &said.stdout))
}

#[test]
fn postmap_finds_the_phrase_and_warns_of_nothing() {
    let name = "postmap_finds_the_phrase_and_warns_of_nothing";
    let Some(postmap) = postmap(name) else { return };
    let folder = folder(name);
    for kind in ["regexp", "pcre"] {
        let [body, header] = ["body", "header"].map(|part| table(&folder, kind, part));
        for (other, status) in [(false, Some(0)), (true, Some(1))] {
            for (part, message) in messages(other) {
                let (class, map) = if part == "body" { ("-bq", &body) } else { ("-hq", &header) };
                let said = run(&postmap, &[class, "-", map], &message);
                assert_eq!((said.status, said.stderr.as_str()), (status, ""), "{kind}: {}", message.escape_ascii());
            }
        }
    }
}

#[test]
fn check_rejects_messages_that_hold_the_phrase_and_no_others() {
    let folder = folder("check_rejects_messages_that_hold_the_phrase_and_no_others");
    for kind in ["regexp", "pcre"] {
        let [body, header] = ["body", "header"].map(|part| table(&folder, kind, part));
        for (other, disposition) in [(false, "rejected"), (true, "accepted")] {
            let names: Vec<String> = messages(other)
                .iter()
                .enumerate()
                .map(|(index, (_, message))| file(&folder, &format!("{other}-{index}.eml"), message))
                .collect();
            let arguments = ["check", "--format", "json", "--header-checks", &header, "--body-checks", &body];
            let arguments: Vec<&str> = arguments.into_iter().chain(names.iter().map(String::as_str)).collect();
            let said = postproof(&arguments, b"");
            // The rules tell letter case apart on purpose, of which a note is made; nothing worse is said.
            let worse = said.stderr.lines().find(|line| !line.contains("The flag i switches case folding off"));
            assert_eq!((said.status, worse), (Some(0), None));
            let lines: Vec<Value> = String::from_utf8(said.stdout)
                .unwrap()
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            assert_eq!(lines.len(), names.len());
            for line in lines {
                assert_eq!(line["disposition"], disposition, "{kind}: {line}");
            }
        }
    }
}

#[test]
fn two_tables_with_comments_go_to_standard_output_and_the_rest_to_standard_error() {
    let said = postproof(&["encode", "--charset", "utf8", "viagra"], b"");
    assert_eq!(said.status, Some(2), "utf8 is not its name");
    let said = postproof(&["encode", "--charset", "utf-8", "viagra"], b"");
    assert_eq!(said.status, Some(0));
    let text = String::from_utf8(said.stdout).unwrap();
    let comments: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        comments,
        [
            "# body_checks, regexp: viagra",
            "# as it is, UTF-8; proved on: 1",
            "# base64, UTF-8; proved on: 3",
            "# quoted-printable, UTF-8; proved on: 1",
            "# header_checks, regexp: viagra",
            "# as it is, UTF-8; proved on: 1",
            "# encoded word (B), UTF-8; proved on: 3",
            "# encoded word (Q), UTF-8; proved on: 1",
        ]
    );
    assert!(text.contains("\n/viagra/ REJECT\n"), "{text}");
    assert!(said.stderr.starts_with("postproof: What these rules do not catch:\n"), "{}", said.stderr);
    assert!(said.stderr.contains("across the end of a line of base64"), "{}", said.stderr);
    let japanese = postproof(&["encode", "--lang", "ja", "viagra"], b"");
    assert!(japanese.stderr.contains("HTML") && japanese.stderr.contains("ほかの文字コード"), "{}", japanese.stderr);
}

#[test]
fn programs_get_the_rules_with_their_proofs() {
    let said = postproof(&["encode", "--format", "json", "--type", "pcre", "当選"], b"");
    assert_eq!((said.status, said.stderr.as_str()), (Some(0), ""));
    let made: Value = serde_json::from_slice(&said.stdout).unwrap();
    let rules = made["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 24);
    assert_eq!(rules[1]["charsets"], serde_json::json!(["iso-2022-jp"]));
    assert!(rules.iter().all(|rule| !rule["proved_on"].as_array().unwrap().is_empty()));
    assert!(made["not_caught"].as_array().unwrap().contains(&Value::from("html")));
}

#[test]
fn misuse_ends_with_2_and_no_rule_with_1() {
    for (arguments, status, why) in [
        (&["encode"][..], 2, "PHRASE"),
        (&["encode", ""], 2, "the phrase is empty"),
        (&["encode", "--type", "cidr", "viagra"], 2, "cidr"),
        (&["encode", "--charset", "klingon", "viagra"], 2, "klingon is none of the charsets"),
        (&["encode", "--action", "REJEKT", "viagra"], 2, "REJEKT is no action"),
        (&["encode", "a"], 1, "no rule, for it would look for"),
        (&["encode", "--charset", "iso-8859-1", "当選"], 1, "ISO-8859-1 has no way to write 当"),
    ] {
        let said = postproof(arguments, b"");
        assert_eq!(said.status, Some(status), "{arguments:?}: {}", said.stderr);
        assert!(said.stderr.contains(why), "{arguments:?}: {}", said.stderr);
    }
}
