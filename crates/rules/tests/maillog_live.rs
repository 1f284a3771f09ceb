//! What a real smtpd(8) logs of clients that are refused and let in, read again, where there is one: the client, the sender
//! and the recipient are those that were sent, or are not told.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

mod smtp_oracle;

use std::collections::{BTreeMap, BTreeSet};

use postproof_model::Bytes;
use postproof_rules::maillog::Log;
use smtp_oracle::case::{Config, Group};
use smtp_oracle::{namespace, postfix, run};

const MAIN_CF: &str = "compatibility_level = 3.6
myhostname = mx.example.net
mydestination = example.net
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
local_recipient_maps =
alias_maps =
relay_domains =
smtpd_relay_restrictions = reject_unauth_destination
smtpd_client_restrictions = check_client_access regexp:/tables/rejections
resolve_numeric_domain = yes
";

const REJECTIONS: &str = "/^mail\\./ OK\n/^p[0-9]/ 450 4.7.1 S25R check; from=<a> to=<b> proto=SMTP, be patient\n\
                          /^unknown$/ 450 reverse lookup failure, be patient\n";

const CLIENTS: [(&str, &str); 5] = [
    ("mail.example.net", "192.0.2.1"),
    ("p1.example.net", "192.0.2.2"),
    ("[UNAVAILABLE]", "192.0.2.3"),
    ("dsl.example.org", "192.0.2.4"),
    ("[UNAVAILABLE]", "IPV6:2001:db8::5"),
];

/// Some of them made to look like the log's own words.
const ADDRESSES: [&str; 10] = [
    "",
    "taro@example.net",
    "\"a b\"@example.org",
    "\"x> to=<y\"@example.org",
    "\"; from=<x> to=<y> proto=SMTP helo=<z>\"@example.org",
    "\"> proto=ESMTP helo=<\"@example.com",
    "a%example.org@example.net",
    "\"]: 450 x; from=<\"@example.net",
    "\"<x>\"@example.org",
    "x@[192.0.2.9]",
];

const HELOS: [&str; 4] = ["mx.example.org", "x; from=<a> to=<b> proto=SMTP helo=<c", "[192.0.2.9]", "a]: 550 b"];

#[test]
fn what_a_real_smtpd_logs_is_read_as_it_was_meant() {
    let Some(_) = namespace::enter("maillog_live", "what_a_real_smtpd_logs_is_read_as_it_was_meant") else { return };
    let group = Group {
        origin: String::new(),
        main_cf: MAIN_CF.to_owned(),
        world: String::new(),
        tables: BTreeMap::from([("rejections".to_owned(), REJECTIONS.to_owned())]),
        configs: vec![Config { parameters: BTreeMap::new(), policies: BTreeMap::new(), sessions: Vec::new() }],
    };
    let server = postfix::Postfix::start(&group, 0, &[]);
    let mut sent: BTreeSet<(Bytes, Bytes, Bytes, Bytes)> = BTreeSet::new();
    let mut refused = 0;
    for (number, (name, address)) in CLIENTS.iter().enumerate() {
        for (index, sender) in ADDRESSES.iter().enumerate() {
            let recipient = ADDRESSES[1 + (index * 7 + number) % (ADDRESSES.len() - 1)];
            let helo = HELOS[(index + number) % HELOS.len()];
            let client = [
                format!("XCLIENT NAME={name} ADDR={address}"),
                format!("EHLO {helo}"),
                format!("MAIL FROM:<{sender}>"),
                format!("RCPT TO:<{recipient}>"),
                "RSET".to_owned(),
                "QUIT".to_owned(),
            ];
            let (_, said) = run::session(server.address(0), &client, &[]);
            let told = said.get(4).and_then(|lines| lines.last()).cloned().unwrap_or_default();
            if said.get(3).and_then(|lines| lines.last()).is_some_and(|line| line.starts_with("250"))
                && told.starts_with(['4', '5'])
            {
                refused += 1;
            }
            let name = if name.starts_with('[') { "unknown" } else { name };
            let address = address.strip_prefix("IPV6:").unwrap_or(address);
            sent.insert([name, address, sender, recipient].map(Bytes::from).into());
        }
    }
    let log = server.log();
    let read = Log::read(log.as_bytes());
    if std::env::var_os("POSTPROOF_SHOW_LOG").is_some() {
        println!("{log}");
    }
    assert_eq!(read.events.iter().filter(|event| event.refused).count(), refused, "every refusal is read:\n{log}");
    let mut told = 0;
    for retries in &read.retries {
        let lines = &retries.lines;
        let client = CLIENTS.iter().any(|(name, address)| {
            let name = if name.starts_with('[') { "unknown" } else { name };
            retries.name[..] == *name.as_bytes()
                && retries.address[..] == *address.strip_prefix("IPV6:").unwrap_or(address).as_bytes()
        });
        assert!(client, "line {lines:?}: {:?}[{:?}]", retries.name, retries.address);
        let Some((sender, recipient)) = &retries.envelope else { continue };
        told += 1;
        let key = (retries.name.clone(), retries.address.clone(), sender.clone(), recipient.clone());
        assert!(sent.contains(&key), "line {lines:?} of\n{log}\nis read as {key:?}, which was not sent");
    }
    assert!(told >= 10, "{told} envelopes are told:\n{log}");
    // A client's words do not make lines of their own.
    assert_eq!(read.clients.len(), CLIENTS.len() + 1, "{:?}", read.clients);
}
