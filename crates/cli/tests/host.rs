//! `postproof host` as its users meet it: reasons, white lists, many clients, a main.cf.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use serde_json::{Value, json};
use support::{file, folder, postproof};

const MAIN_CF: &str = "compatibility_level = 3.6
myhostname = mx.example.net
mydestination = example.net
mynetworks = 127.0.0.0/8
local_recipient_maps =
smtpd_client_restrictions =
    permit_mynetworks
    check_client_access regexp:/etc/postfix/white_list
    check_client_access regexp:/etc/postfix/rejections
    reject_rbl_client list.example
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
";

const WORLD: &str =
    "*.list.example * nxdomain\n9.2.0.192.list.example A 127.0.0.2\n9.2.0.192.list.example TXT \"listed\"\n";

const RULES: &str = "/^unknown$/ 450 no name\n/^[^.]*[0-9]{5}/ 450 digits\n/^odd/ REJECT 5.7.1\n";

/// A main.cf, its tables, a world.
struct Site {
    main_cf: String,
    white: String,
    rules: String,
    world: String,
}

impl Site {
    fn new(test: &str) -> Self {
        let folder = folder(test);
        Self {
            main_cf: file(&folder, "main.cf", MAIN_CF.as_bytes()),
            white: format!("regexp:{}", file(&folder, "white_list", b"/\\.example\\.com$/ OK\n")),
            rules: format!("regexp:{}", file(&folder, "rejections", RULES.as_bytes())),
            world: file(&folder, "world", WORLD.as_bytes()),
        }
    }

    fn tables(&self) -> [&str; 5] {
        ["host", "--table", &self.white, "--table", &self.rules]
    }

    fn server(&self) -> [&str; 5] {
        ["host", "-c", &self.main_cf, "--world", &self.world]
    }
}

fn text(options: &[&str], more: &[&str], stdin: &str) -> String {
    String::from_utf8(postproof(&[options, more].concat(), stdin.as_bytes()).stdout).unwrap()
}

fn objects(options: &[&str], more: &[&str], stdin: &str) -> Vec<Value> {
    let said = text(options, &[&["--format", "json"], more].concat(), stdin);
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_rule_of_s25r_says_which_part_of_the_name_it_is_about() {
    for (name, english, japanese) in [
        ("unknown", "there is no verified name: unknown", "検証された名前がありません"),
        (
            "220-139.example.net",
            "the lowest name, 220-139, has two numbers divided by other characters: 220 and 139",
            "220 と 139",
        ),
        ("pc12345.example.jp", "the lowest name, pc12345, has five digits or more in a row: 12345", "数字 12345"),
        (
            "398pkj.cm.example.net",
            "the lowest name, 398pkj, begins with a digit, and 3 levels stand above it: cm.example.net",
            "3 階層",
        ),
        (
            "a.4x.cm.example.net",
            "the second lowest name, 4x, begins with a digit, and 3 levels",
            "下位 2 番目の名前 4x",
        ),
        (
            "d1.ab1-22.example.org",
            "ends in a digit (1), and the next, ab1-22, has two numbers joined by a hyphen: 1-22",
            "数字列 1-22",
        ),
        ("m226.net81.p.example.net", "m226 in 226 and net81 in 81, and the whole has 5 levels", "全体は 5 階層"),
        ("xdsl5.example.org", "the lowest name, xdsl5, begins with xdsl and has a number: 5", "xdsl で始まり"),
    ] {
        let said = text(&["host"], &[name], "");
        assert!(said.contains(english), "{said}");
        let said = text(&["host", "--lang", "ja"], &[name], "");
        assert!(said.contains(japanese), "{said}");
    }
    let lines = objects(&["host"], &["ppp1-2.example.net"], "");
    let fired: Vec<_> = lines[0]["fired"].as_array().unwrap().iter().map(|fired| &fired["number"]).collect();
    assert_eq!(fired, [1, 6]);
    let span = |start: usize, end: usize| json!({"start": start, "end": end});
    let reason = json!({"divided_numbers": {"lowest": span(0, 6), "first": span(3, 4), "second": span(5, 6)}});
    assert_eq!(lines[0]["fired"][0]["reason"], reason);
}

#[test]
fn a_white_lists_line_says_what_it_saved_the_client_from() {
    let site = Site::new("a_white_lists_line_says_what_it_saved_the_client_from");
    for options in [site.tables(), site.server()] {
        let said = text(&options, &["p12345.example.com[192.0.2.1]"], "");
        let without = said.split_once("    without ").unwrap().1;
        assert!(without.contains("white_list line 1: Told to try again later\n"), "{said}");
        assert!(without.contains("Client host rejected: digits\n"), "{said}");
        assert!(without.contains("rejections line 2 (S25R rule 2): /^[^.]*[0-9]{5}/\n"), "{said}");
        assert!(without.contains("five digits or more in a row: 12345\n"), "{said}");
        let line = &objects(&options, &["p12345.example.com[192.0.2.1]"], "")[0];
        assert_eq!(line["saved"]["by"][0]["rule"]["lines"]["first"], 1);
        assert_eq!(line["saved"]["otherwise"]["decider"]["rule"]["s25r"], 2);
    }
}

#[test]
fn proposals_say_what_else_they_would_let_in() {
    let site = Site::new("proposals_say_what_else_they_would_let_in");
    let clients = "p12345.example.org[192.0.2.1]\nq12345.example.org[192.0.2.2]\nunknown[192.0.2.3]\nwww.example.org[192.0.2.4]\n";
    for options in [site.tables(), site.server()] {
        let said = text(&options, &["--propose", "-"], clients);
        for line in [
            "        /^p12345\\.example\\.org$/ OK  # lets in no other that is refused here\n",
            "        /\\.example\\.org$/ OK         # also lets in 1 other that is refused here\n",
            "        /^192\\.0\\.2\\.3$/ OK  # lets in no other that is refused here\n",
        ] {
            assert!(said.contains(line), "{line}{said}");
        }
        let lines = objects(&options, &["--propose", "-"], clients);
        assert_eq!(
            (&lines[0]["proposals"][1]["scope"], &lines[0]["proposals"][1]["frees"]),
            (&json!("domain"), &json!(1))
        );
        assert_eq!(lines[3]["proposals"], json!([]));
        // Without being asked for, none are made.
        assert!(!text(&options, &["-"], clients).contains("# "));
    }
}

#[test]
fn a_summary_counts_by_outcome_and_by_what_decided() {
    let site = Site::new("a_summary_counts_by_outcome_and_by_what_decided");
    let clients = "p12345.example.org[192.0.2.1]\nq12345.example.org[192.0.2.2]\n\n# no client\nunknown[192.0.2.3]\n\
                   www.example.org[192.0.2.4]\nwww.example.org[192.0.2.9]\np12345.example.com[192.0.2.5]\nodd.example[192.0.2.6]\n";
    let said = text(&site.tables(), &["--summary", "-"], clients);
    for line in [
        "clients: 7\n    3  Told to try again later\n    1  Permitted\n    2  No table decides\n    1  Unknown\n",
        "    2  Told to try again later, ",
        "by S25R's rules:\n    S25R rule 0: decided 1, matched 1\n    S25R rule 2: decided 2, matched 2\n",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    let options = [&site.server()[..], &["--summary", "-"]].concat();
    let said = postproof(&options, clients.as_bytes());
    assert_eq!(said.status, Some(1));
    let summary = &objects(&options, &[], clients)[0];
    let totals: Vec<_> = ["hosts", "permitted", "deferred", "rejected", "unknown"]
        .iter()
        .map(|name| summary[name].as_u64().unwrap())
        .collect();
    assert_eq!(totals, [7, 2, 3, 1, 1]);
    assert_eq!(summary["deciders"][0]["hosts"], 2);
    let restrictions: Vec<_> =
        summary["deciders"].as_array().unwrap().iter().map(|row| row["restriction"][1].as_str().unwrap()).collect();
    assert!(restrictions.contains(&"reject_rbl_client list.example"), "{restrictions:?}");
    let long = format!("a.example\n{}\n", "x".repeat(70_000));
    let said = postproof(&["host", "-"], long.as_bytes());
    assert!(said.stderr.contains("line 2 of standard input is longer"), "{}", said.stderr);
    assert_eq!(said.status, Some(2));
}

#[test]
fn a_main_cf_tells_clients_what_smtpd_would() {
    let site = Site::new("a_main_cf_tells_clients_what_smtpd_would");
    for (client, told) in [
        ("127.0.0.1", "Accepted\n    by permit_mynetworks (smtpd_client_restrictions)\n"),
        ("www.example.org[192.0.2.1]", "Accepted\n    no restriction refuses it\n"),
        (
            "www.example.org[192.0.2.9]",
            "Rejected\n    554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using list.example; listed\n    \
             by reject_rbl_client list.example (smtpd_client_restrictions)\n",
        ),
        ("odd.example[192.0.2.1]", "Unknown\n    the text ends after its status code, 5.7.1"),
        ("www.example.org", "Unknown\n    needs the client's address"),
    ] {
        let said = text(&site.server(), &[client], "");
        assert!(said.starts_with(&format!("{client}: {told}")), "{said}");
    }
    // Without a world, what DNS would be asked is named.
    let said = postproof(&["host", "-c", &site.main_cf, "www.example.org[192.0.2.9]"], b"");
    let shown = String::from_utf8(said.stdout).unwrap();
    assert_eq!(said.status, Some(1));
    assert!(
        shown.contains("    needs DNS A of 9.2.0.192.list.example\n    by reject_rbl_client list.example"),
        "{shown}"
    );
    let line = &objects(&site.server(), &["www.example.org[192.0.2.9]"], "")[0];
    assert_eq!((&line["helo"], &line["recipient"]), (&json!("www.example.org"), &json!("postmaster@example.net")));
    assert_eq!(line["tried"].as_array().unwrap().len(), 4);
    assert_eq!(line["tried"][3]["asked"][0]["answer"], "127.0.0.2");
    assert_eq!(line["decided"], 3);
    let elsewhere =
        ["--helo", "x", "--sender", "a@example.org", "--recipient", "b@example.com", "www.example.org[192.0.2.1]"];
    let said = text(&site.server(), &elsewhere, "");
    assert!(
        said.contains("    554 5.7.1 <b@example.com>: Relay access denied\n    by reject_unauth_destination"),
        "{said}"
    );
    let line = &objects(&site.server(), &elsewhere, "")[0];
    assert_eq!((&line["helo"], &line["sender"]), (&json!("x"), &json!("a@example.org")));
}

#[test]
fn what_makes_no_sense_together_is_misuse() {
    let site = Site::new("what_makes_no_sense_together_is_misuse");
    let nowhere = file(&folder("what_makes_no_sense_together_nowhere"), "main.cf", b"compatibility_level = 3.6\n");
    for arguments in [
        &["host", "-c", &site.main_cf, "--table", &site.rules, "a.example[192.0.2.1]"][..],
        &["host", "--recipient", "a@example.net", "a.example[192.0.2.1]"],
        &["host", "--world", &site.world, "a.example[192.0.2.1]"],
        &["host", "--summary", "--propose", "a.example"],
        &["host", "-c", &site.main_cf, "--helo", "a\nDATA", "a.example[192.0.2.1]"],
        &["host", "-c", &nowhere, "a.example[192.0.2.1]"],
    ] {
        let said = postproof(arguments, b"");
        assert_eq!((said.status, said.stdout.as_slice()), (Some(2), &b""[..]), "{arguments:?}: {}", said.stderr);
        assert!(!said.stderr.is_empty(), "{arguments:?}");
    }
}
