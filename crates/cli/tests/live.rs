//! `--dns`: DNS is asked for what the world does not say. The server that is asked is the test's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::collections::HashMap;

use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::rdata::{A, CNAME, MX, TXT};
use hickory_resolver::proto::rr::{Name, RData};
use support::dns::{Dns, Says};
use support::{Said, file, folder, postproof};

const MAIN_CF: &str = "compatibility_level = 3.6
myhostname = mx.example.net
mydestination = example.net
mynetworks = 127.0.0.0/8
local_recipient_maps =
smtpd_client_restrictions =
    permit_mynetworks
    reject_rbl_client one.example
    reject_rbl_client two.example
    reject_rbl_client three.example
smtpd_helo_restrictions = reject_unknown_helo_hostname
smtpd_sender_restrictions = reject_unknown_sender_domain
smtpd_relay_restrictions = reject_unauth_destination
";

fn name(text: &str) -> Name {
    Name::from_ascii(format!("{text}.")).unwrap()
}

fn records(all: &[(&str, RData)]) -> Says {
    let all = all.iter().map(|(owner, data)| ((*owner).to_owned(), data.clone())).collect();
    Says::Records(ResponseCode::NoError, all)
}

fn address(text: &str) -> RData {
    RData::A(A(text.parse().unwrap()))
}

fn facts() -> HashMap<String, Says> {
    let long = "x".repeat(200);
    let code = |code| Says::Records(code, Vec::new());
    let text = |strings: &[&str]| RData::TXT(TXT::new(strings.iter().map(|text| (*text).to_owned()).collect()));
    [
        ("9.2.0.192.two.example A", records(&[("9.2.0.192.two.example", address("127.0.0.2"))])),
        // Postfix shows the first string of each record.
        ("9.2.0.192.two.example TXT", records(&[("9.2.0.192.two.example", text(&["caf\u{e9}\nlisted", " and more"]))])),
        // Too much for UDP.
        ("8.2.0.192.three.example A", records(&[("8.2.0.192.three.example", address("127.0.0.3"))])),
        (
            "8.2.0.192.three.example TXT",
            records(&[
                ("8.2.0.192.three.example", text(&[&long])),
                ("8.2.0.192.three.example", text(&[&long, "z"])),
                ("8.2.0.192.three.example", text(&[&long])),
            ]),
        ),
        (
            "alias.example A",
            records(&[
                ("alias.example", RData::CNAME(CNAME(name("far.example")))),
                ("far.example", address("192.0.2.3")),
            ]),
        ),
        // An alias alone: its target is asked for.
        ("short.example A", records(&[("short.example", RData::CNAME(CNAME(name("far.example"))))])),
        ("far.example A", records(&[("far.example", address("192.0.2.3"))])),
        ("circle.example A", records(&[("circle.example", RData::CNAME(CNAME(name("circle.example"))))])),
        (
            "mail.example MX",
            records(&[
                ("mail.example", RData::MX(MX::new(5, name("a.example")))),
                ("mail.example", RData::MX(MX::new(10, name("b.example")))),
            ]),
        ),
        ("nullmx.example MX", records(&[("nullmx.example", RData::MX(MX::new(0, Name::root())))])),
        ("empty.example MX", code(ResponseCode::NoError)),
        ("empty.example A", code(ResponseCode::NoError)),
        ("empty.example AAAA", code(ResponseCode::NoError)),
        ("slow.example MX", code(ResponseCode::ServFail)),
        ("slow.example A", code(ResponseCode::Refused)),
        ("slow.example AAAA", code(ResponseCode::NotImp)),
        ("odd.example MX", code(ResponseCode::FormErr)),
        ("silent.example MX", Says::Nothing),
        ("helo.example A", records(&[("helo.example", address("192.0.2.1"))])),
        ("localhost A", records(&[("localhost", address("192.0.2.99"))])),
    ]
    .map(|(key, says)| (key.to_owned(), says))
    .into()
}

fn transcript(client: &str, helo: &str, sender: &str) -> String {
    format!("XCLIENT {client}\nHELO {helo}\nMAIL FROM:<x@{sender}>\nRCPT TO:<b@example.net>\nQUIT\n")
}

/// What is said to RCPT.
fn reply(said: &Said) -> String {
    let text = String::from_utf8(said.stdout.clone()).unwrap();
    let after = text.split_once("C: RCPT TO:<b@example.net>\nS: ").unwrap_or_else(|| panic!("{text}{}", said.stderr)).1;
    after.lines().next().unwrap().to_owned()
}

/// The reply to RCPT with DNS, and what the world then holds; without DNS and with that world the reply is the same.
fn twice(test: &str, dns: &Dns, session: &str) -> (String, String, String) {
    let folder = folder(test);
    let main_cf = file(&folder, "main.cf", MAIN_CF.as_bytes());
    let saved = folder.join("world").to_str().unwrap().to_owned();
    let live = ["smtp", "-c", &main_cf, "--dns", &dns.place, "--save-world", &saved];
    let said = postproof(&live, session.as_bytes());
    let again = postproof(&["smtp", "-c", &main_cf, "--world", &saved], session.as_bytes());
    assert_eq!(String::from_utf8(said.stdout.clone()), String::from_utf8(again.stdout), "{}", said.stderr);
    assert_eq!(said.status, again.status);
    (reply(&said), std::fs::read_to_string(&saved).unwrap(), said.stderr)
}

#[test]
fn lists_are_asked_one_after_the_other_until_one_lists() {
    let dns = Dns::start(facts());
    let session = transcript("NAME=a.example ADDR=192.0.2.9", "helo.example", "mail.example");
    let (reply, world, warnings) = twice("live_lists", &dns, &session);
    // The letter is two bytes, the newline one; neither is printable ASCII.
    let expected = "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using two.example; caf   listed";
    assert_eq!((reply.as_str(), warnings.as_str()), (expected, ""));
    assert_eq!(
        world,
        format!(
            "# What DNS answered ({})\n9.2.0.192.one.example A nxdomain\n9.2.0.192.two.example A 127.0.0.2\n\
             9.2.0.192.two.example TXT \"caf   listed\"\n",
            dns.place
        )
    );
    let asked = ["9.2.0.192.one.example A", "9.2.0.192.two.example A", "9.2.0.192.two.example TXT"];
    assert_eq!(dns.asked(), asked, "nothing else, no search domains, no EDNS");
}

#[test]
fn what_does_not_fit_comes_over_tcp() {
    let dns = Dns::start(facts());
    let session = transcript("NAME=a.example ADDR=192.0.2.8", "helo.example", "mail.example");
    let (reply, ..) = twice("live_tcp", &dns, &session);
    let long = "x".repeat(200);
    let whole = format!(
        "554 5.7.1 Service unavailable; Client host [192.0.2.8] blocked using three.example; {long} / {long} / {long}"
    );
    assert_eq!(reply, whole[..510]);
}

#[test]
fn each_kind_of_answer_is_what_it_is_to_postfix() {
    let dns = Dns::start(facts());
    for (test, helo, sender, expected, learned) in [
        ("alias", "alias.example", "mail.example", "250 2.1.5 Ok", "alias.example A 192.0.2.3\n"),
        ("short", "short.example", "mail.example", "250 2.1.5 Ok", "short.example A 192.0.2.3\n"),
        (
            "mx",
            "helo.example",
            "mail.example",
            "250 2.1.5 Ok",
            "mail.example MX 5 a.example\nmail.example MX 10 b.example\n",
        ),
        (
            "nullmx",
            "helo.example",
            "nullmx.example",
            "550 5.7.27 <x@nullmx.example>: Sender address rejected: Domain nullmx.example does not accept mail (nullMX)",
            "nullmx.example MX 0 .\n",
        ),
        (
            "nodata",
            "helo.example",
            "empty.example",
            "450 4.1.8 <x@empty.example>: Sender address rejected: Domain not found",
            "empty.example MX nodata\nempty.example A nodata\nempty.example AAAA nodata\n",
        ),
        (
            "servfail",
            "helo.example",
            "slow.example",
            "450 4.1.8 <x@slow.example>: Sender address rejected: Domain not found",
            "slow.example MX servfail\nslow.example A servfail\nslow.example AAAA servfail\n",
        ),
        (
            "nxdomain",
            "gone.example",
            "mail.example",
            "450 4.7.1 <gone.example>: Helo command rejected: Host not found",
            "gone.example A nxdomain\ngone.example AAAA nxdomain\ngone.example MX nxdomain\n",
        ),
        // A name that libraries like to answer by themselves; Postfix asks.
        ("localhost", "localhost", "mail.example", "250 2.1.5 Ok", "localhost A 192.0.2.99\n"),
    ] {
        let session = transcript("NAME=a.example ADDR=192.0.2.7", helo, sender);
        let (reply, world, warnings) = twice(&format!("live_{test}"), &dns, &session);
        assert_eq!((reply.as_str(), warnings.as_str()), (expected, ""), "{test}");
        assert!(world.contains(learned), "{test}: {world}");
    }
}

#[test]
fn a_server_that_says_nothing_is_a_failure_with_a_word_about_it() {
    let dns = Dns::start(facts());
    let session = transcript("NAME=a.example ADDR=192.0.2.7", "helo.example", "silent.example");
    let (reply, world, warnings) = twice("live_silent", &dns, &session);
    assert_eq!(reply, "450 4.1.8 <x@silent.example>: Sender address rejected: Domain not found");
    assert!(world.contains("silent.example MX timeout\n"), "{world}");
    assert!(warnings.contains("no answer in time for DNS MX of silent.example"), "{warnings}");
}

#[test]
fn what_is_no_answer_stays_unknown() {
    let dns = Dns::start(facts());
    for (helo, sender, unknown) in [
        ("helo.example", "odd.example", "MX of odd.example"),
        ("circle.example", "mail.example", "A of circle.example"),
    ] {
        let session = transcript("NAME=a.example ADDR=192.0.2.7", helo, sender);
        let (reply, world, warnings) = twice("live_odd", &dns, &session);
        assert_eq!(reply, format!("? unknown: needs DNS {unknown}"));
        assert!(!world.contains("odd.example") && !world.contains("circle.example"), "{world}");
        assert!(warnings.contains(&format!("DNS {unknown} stays unknown: ")), "{warnings}");
    }
}

#[test]
fn a_resolver_that_never_answers_is_no_resolver() {
    let folder = folder("live_nobody");
    let main_cf = file(&folder, "main.cf", MAIN_CF.as_bytes());
    let nobody = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let place = nobody.local_addr().unwrap().to_string();
    let session = transcript("NAME=a.example ADDR=192.0.2.7", "helo.example", "mail.example");
    let said = postproof(&["smtp", "-c", &main_cf, "--dns", &place], session.as_bytes());
    assert_eq!(reply(&said), "? unknown: needs DNS A of 7.2.0.192.one.example");
    assert!(said.stderr.contains(&format!("the resolver {place} does not answer")), "{}", said.stderr);
}

#[test]
fn the_world_that_is_given_is_believed_and_kept() {
    let dns = Dns::start(facts());
    let folder = folder("live_given");
    let main_cf = file(&folder, "main.cf", MAIN_CF.as_bytes());
    let given = "# mine\n*.one.example * nxdomain\n*.two.example * nxdomain\n*.three.example * nxdomain\nhelo.example A 192.0.2.200";
    let world = file(&folder, "given", given.as_bytes());
    let saved = folder.join("saved").to_str().unwrap().to_owned();
    let session = transcript("NAME=a.example ADDR=192.0.2.9", "helo.example", "mail.example");
    let options = ["smtp", "-c", &main_cf, "--world", &world, "--dns", &dns.place, "--save-world", &saved];
    let said = postproof(&options, session.as_bytes());
    assert_eq!(reply(&said), "250 2.1.5 Ok", "{}", said.stderr);
    assert_eq!(dns.asked(), ["mail.example MX"]);
    let kept = std::fs::read_to_string(&saved).unwrap();
    assert!(kept.starts_with(&format!("{given}\n# ")) && kept.ends_with("mail.example MX 10 b.example\n"), "{kept}");
}

#[test]
fn misuse_is_told() {
    let folder = folder("live_misuse");
    let main_cf = file(&folder, "main.cf", MAIN_CF.as_bytes());
    let said = postproof(&["smtp", "-c", &main_cf, "--dns", "resolver.example"], b"");
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.contains("resolver.example"), "{}", said.stderr);
    let said = postproof(&["smtp", "-c", &main_cf, "--save-world", "x"], b"");
    assert_eq!(said.status, Some(2), "nothing is learned without --dns");
}
