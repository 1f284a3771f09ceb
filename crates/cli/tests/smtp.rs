//! `postproof smtp` as its users meet it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use serde_json::Value;
use support::{file, folder, postproof};

const MAIN_CF: &str = "compatibility_level = 3.6
myhostname = mx.example.net
mydestination = example.net
mynetworks = 127.0.0.0/8
local_recipient_maps =
smtpd_client_restrictions =
    reject_rbl_client list.example
    permit_mynetworks
    check_client_access regexp:/etc/postfix/white-list.txt
    check_client_access regexp:/etc/postfix/white_list
    check_client_access regexp:/etc/postfix/rejections
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
";

const WORLD: &str = "# Who is listed
*.list.example          *    nxdomain
9.2.0.192.list.example  A    127.0.0.2
9.2.0.192.list.example  TXT  \"see https://list.example/\"
";

/// The practice of sites that use S25R: DNS lists, a published white list, their own, the rules. Gives the file's name.
fn practice(test: &str) -> (String, String) {
    let folder = folder(test);
    file(&folder, "white-list.txt", b"/^mail\\.example\\.com$/ OK\n");
    file(&folder, "white_list", b"/^192\\.0\\.2\\.7$/ OK\n");
    file(
        &folder,
        "rejections",
        b"/^unknown$/ 450 reverse lookup failure, be patient\n\
          /^[^.]*[0-9][^0-9.]+[0-9].*\\./ 450 S25R check, be patient\n",
    );
    (file(&folder, "main.cf", MAIN_CF.as_bytes()), file(&folder, "world", WORLD.as_bytes()))
}

fn session(client: &str) -> String {
    format!("XCLIENT {client}\nHELO a.example\nMAIL FROM:<a@example.org>\nRCPT TO:<b@example.net>\nQUIT\n")
}

#[test]
fn each_client_is_told_what_the_first_restriction_that_decides_says() {
    let (main_cf, world) = practice("smtp_practice");
    for (client, reply) in [
        ("NAME=mail.example.com ADDR=192.0.2.1", "250 2.1.5 Ok"),
        ("NAME=ppp1-2.example.org ADDR=192.0.2.7", "250 2.1.5 Ok"),
        (
            "NAME=ppp1-2.example.org ADDR=192.0.2.8",
            "450 4.7.1 <ppp1-2.example.org[192.0.2.8]>: Client host rejected: S25R check, be patient",
        ),
        (
            "NAME=[UNAVAILABLE] ADDR=192.0.2.8",
            "450 4.7.1 <unknown[192.0.2.8]>: Client host rejected: reverse lookup failure, be patient",
        ),
        (
            "NAME=mail.example.com ADDR=192.0.2.9",
            "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using list.example; \
             see https://list.example/",
        ),
    ] {
        let said = postproof(&["smtp", "-c", &main_cf, "--world", &world], session(client).as_bytes());
        let text = String::from_utf8(said.stdout).unwrap();
        assert_eq!(said.status, Some(0), "{client}: {}", said.stderr);
        assert!(text.contains(&format!("C: RCPT TO:<b@example.net>\nS: {reply}\n")), "{client}: {text}");
    }
}

#[test]
fn what_nobody_says_is_unknown() {
    let (main_cf, _) = practice("smtp_unknown");
    let client = session("NAME=mail.example.com ADDR=192.0.2.1");
    let said = postproof(&["smtp", "-c", &main_cf], client.as_bytes());
    let text = String::from_utf8(said.stdout).unwrap();
    assert_eq!(said.status, Some(1));
    assert!(text.contains("S: ? unknown: needs DNS A of 1.2.0.192.list.example\n"), "{text}");
    let said = postproof(&["smtp", "-c", &main_cf, "--lang", "ja"], client.as_bytes());
    assert!(
        String::from_utf8(said.stdout).unwrap().contains("S: ? 不明: 1.2.0.192.list.example の DNS A が要ります\n")
    );
}

#[test]
fn a_trace_names_each_restriction_its_keys_and_its_rule() {
    let (main_cf, world) = practice("smtp_trace");
    let client = session("NAME=ppp1-2.example.org ADDR=192.0.2.7");
    let options = ["smtp", "-c", &main_cf, "--world", &world, "--trace"];
    let text = String::from_utf8(postproof(&options, client.as_bytes()).stdout).unwrap();
    for line in [
        "    reject_rbl_client list.example (smtpd_client_restrictions): does not decide\n",
        "        7.2.0.192.list.example A? nxdomain\n",
        "        /etc/postfix/white_list, asked for 192.0.2.7: OK (/etc/postfix/white_list line 1)\n",
        "    check_client_access regexp:/etc/postfix/white_list (smtpd_client_restrictions): permits; the list ends here\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    let json = postproof(&[&options[..], &["--format", "json"]].concat(), client.as_bytes());
    let lines: Vec<Value> =
        String::from_utf8(json.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let rcpt = &lines[4];
    assert_eq!(rcpt["command"], "RCPT TO:<b@example.net>");
    assert_eq!(rcpt["outcome"]["said"][0], "250 2.1.5 Ok");
    assert_eq!(rcpt["tried"][3]["outcome"], "permits");
}

#[test]
fn milters_need_a_word_of_the_world() {
    let folder = folder("smtp_milters");
    let main_cf = file(
        &folder,
        "main.cf",
        b"compatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nmynetworks = 127.0.0.1\n\
          local_recipient_maps =\nsmtpd_milters = inet:127.0.0.1:8891\n",
    );
    let client = session("NAME=mail.example.com ADDR=192.0.2.1");
    let text = String::from_utf8(postproof(&["smtp", "-c", &main_cf], client.as_bytes()).stdout).unwrap();
    assert!(text.starts_with("S: ? unknown: needs what the milters do;"), "{text}");
    let world = file(&folder, "world", b"milters accept\n");
    let said = postproof(&["smtp", "-c", &main_cf, "--world", &world], client.as_bytes());
    assert_eq!(said.status, Some(0));
    assert!(String::from_utf8(said.stdout).unwrap().contains("S: 250 2.1.5 Ok\n"));
}

#[test]
fn what_cannot_be_used_is_misuse() {
    let (main_cf, _) = practice("smtp_misuse");
    let folder = folder("smtp_misuse_world");
    let world = file(&folder, "world", b"a.example A nonsense\n");
    let said = postproof(&["smtp", "-c", &main_cf, "--world", &world], b"");
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.contains("line 1 says nothing that is understood: a.example A nonsense"), "{}", said.stderr);
    assert_eq!(postproof(&["smtp"], b"").status, Some(2));
    assert_eq!(postproof(&["smtp", "-c", &main_cf, "--client", "nobody"], b"").status, Some(2));
}
