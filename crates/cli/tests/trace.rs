//! `postproof query --trace`: why a rule did or did not fire.
#![allow(clippy::unwrap_used, reason = "it is a test")]

mod support;

use serde_json::Value;
use support::{file, folder, postproof};

const TABLE: &[u8] =
    b"/^Subject:.*casino/ A\nif /^From:/\n/x/ B\nendif\n!/win/ C\n/^(dialup|dhcp)[0-9]/ D\n/winner/ E\n";

#[test]
fn each_rule_says_why_and_standard_output_stays_postmaps() {
    let folder = folder("each_rule_says_why_and_standard_output_stays_postmaps");
    let map = format!("regexp:{}", file(&folder, "t", TABLE));
    let said = postproof(&["query", "--trace", "-q", "Subject: winner", &map], b"");
    assert_eq!((said.status, said.stdout.as_slice()), (Some(0), &b"E\n"[..]));
    let name = map.trim_start_matches("regexp:");
    let lines: Vec<String> = said.stderr.lines().map(|line| line.replace(name, "t")).collect();
    assert_eq!(
        lines,
        [
            "postproof: t, asked for Subject: winner:",
            "postproof:   t line 1: /^Subject:.*casino/: does not match",
            "postproof:       ^Subject:.* matches \"Subject: winner\", but nowhere does c follow",
            "postproof:   t line 2: /^From:/: does not hold, so its block is passed over",
            "postproof:       ^ matches \"\", but nowhere does F follow",
            "postproof:   t line 3: /x/: not tried: it stands inside an if that does not hold",
            "postproof:   t line 5: !/win/: matches \"win\", and so does not apply: it is negated",
            "postproof:   t line 6: /^(dialup|dhcp)[0-9]/: does not match",
            "postproof:       ^ matches \"\", but nowhere does dialup|dhcp follow",
            "postproof:   t line 7: /winner/: answers",
            "postproof:   finds E",
        ]
    );
}

#[test]
fn tables_in_tables_are_told_one_inside_the_other() {
    let map = "pipemap:{inline:{a=b},regexp:{{/c/ d} {/b/ e}}}";
    let said = postproof(&["query", "--trace", "-q", "A", map], b"");
    assert_eq!(said.stdout, b"e\n");
    let lines: Vec<&str> = said.stderr.lines().map(|line| line.trim_start_matches("postproof: ")).collect();
    assert_eq!(
        lines,
        [
            "pipemap:{inline:{a=b},regexp:{{/c/ d} {/b/ e}}}, asked for a:",
            "  inline:{a=b}, asked for a:",
            "    inline:{a=b} line 1: a: answers",
            "    finds b",
            "  regexp:{{/c/ d} {/b/ e}}, asked for b:",
            "    regexp:{{/c/ d} {/b/ e}} line 1: /c/: does not match",
            "        c matches nowhere",
            "    regexp:{{/c/ d} {/b/ e}} line 2: /b/: answers",
            "    finds e",
            "  finds e",
        ]
    );
}

#[test]
fn programs_get_one_object_for_each_table_asked() {
    let maps = ["regexp:{{/x/ y}}", "static:z"];
    let said = postproof(&["query", "--trace", "--format", "json", "-q", "a", maps[0], maps[1]], b"");
    let lines: Vec<Value> =
        std::str::from_utf8(&said.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["trace"]["answer"], "not_found");
    assert!(lines[0]["trace"]["steps"][0]["outcome"]["misses"]["near"].is_object());
    assert_eq!(lines[1]["trace"]["answer"]["found"]["result"], "z");
}
