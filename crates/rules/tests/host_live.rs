//! Clients through a main.cf, as `host` puts them through it, beside a real smtpd(8), where there is one: what each is told,
//! what it would be told without the white list's line that let it in, and that a proposed line lets it in.
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

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use postproof_model::{HostTold, SmtpUnknown};
use postproof_rules::host::propose::Refused;
use postproof_rules::host::saved::saved;
use postproof_rules::host::served::postmaster;
use postproof_rules::host::{Client, Envelope, Judge, Verdict};
use smtp_oracle::case::{Config, Group, Recorded};
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
";

const WORLD: &str = "*.list.example * nxdomain
9.2.0.192.list.example A 127.0.0.2
9.2.0.192.list.example TXT \"see https://list.example/\"
";

const WHITE: &str = "/\\.example\\.com$/ OK\n/^192\\.0\\.2\\.7$/ OK\n/^mail\\./ OK\n";

const CLIENTS: [&str; 14] = [
    "mail.example.net[192.0.2.1]",
    "ppp1-2.example.com[192.0.2.2]",
    "ppp1-2.example.org[192.0.2.7]",
    "ppp1-2.example.org[192.0.2.8]",
    "p12345.example.org[192.0.2.8]",
    "398pkj.cm.example.net[192.0.2.3]",
    "m226.net81.p.example.net[192.0.2.4]",
    "unknown[192.0.2.5]",
    "unknown[192.0.2.7]",
    "unknown[2001:db8::7]",
    "mail.example.com[192.0.2.9]",
    "p2-3.example.jp[192.0.2.9]",
    "reject.example.jp[192.0.2.10]",
    "www.example.jp[192.0.2.11]",
];

/// Lists of restrictions as sites have them.
fn configurations() -> Vec<BTreeMap<String, String>> {
    let access = |name: &str| format!("check_client_access regexp:/tables/{name}");
    let (white, rules, other) = (access("white"), access("rules"), access("other"));
    let practice = format!("permit_mynetworks, {white}, {rules}, {other}");
    let client = |list: &str| ("smtpd_client_restrictions".to_owned(), list.to_owned());
    let with = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    [
        vec![client(&practice)],
        vec![client(&format!("reject_rbl_client list.example, {practice}"))],
        vec![client(&practice), with("smtpd_delay_reject", "no")],
        vec![
            client(&format!("permit_mynetworks, {white}, quiet, {rules}")),
            with("smtpd_restriction_classes", "quiet"),
            with("quiet", &other),
        ],
        vec![client(&format!("warn_if_reject {rules}, reject_unknown_reverse_client_hostname, {other}"))],
        vec![with("smtpd_recipient_restrictions", &practice)],
        vec![
            client(&white),
            with("smtpd_helo_restrictions", "reject_non_fqdn_helo_hostname, reject_invalid_helo_hostname"),
            with("smtpd_sender_restrictions", &rules),
        ],
    ]
    .into_iter()
    .map(|parameters| parameters.into_iter().collect())
    .collect()
}

/// The client's lines in a session.
fn session(verdict: &Verdict) -> Vec<String> {
    let Verdict::Server(verdict) = verdict else { panic!("there is a server") };
    let client = Client::parse(&verdict.input);
    let name = if &client.name[..] == b"unknown" { "[UNAVAILABLE]".into() } else { client.name.lossy() };
    let address = client.address.unwrap();
    let tag = if address.contains(&b':') { "IPV6:" } else { "" };
    vec![
        format!("XCLIENT NAME={name} ADDR={tag}{}", address.lossy()),
        format!("HELO {}", verdict.helo.lossy()),
        format!("MAIL FROM:<{}>", verdict.sender.lossy()),
        format!("RCPT TO:<{}>", verdict.recipient.lossy()),
        "QUIT".to_owned(),
    ]
}

/// What a server says in a session: the first reply that refuses, from that to XCLIENT on.
fn told(recorded: &Recorded) -> HostTold {
    let refuses = |line: &&String| line.starts_with(['4', '5']);
    match recorded.server.iter().skip(1).flatten().find(refuses) {
        Some(line) => HostTold::Rejected(line.as_str().into()),
        None => HostTold::Permitted,
    }
}

fn group(configs: Vec<Config>, white: &str) -> Group {
    let rules = postproof_rules::s25r::table_source();
    let other = "/^reject\\./ REJECT 5.7.1 go away\n/^www\\.example\\.jp$/ DEFER_IF_PERMIT 4.7.1 wait\n/^x/ OK\n";
    let tables = [("white", white), ("rules", rules.as_str()), ("other", other)];
    Group {
        origin: String::new(),
        main_cf: MAIN_CF.to_owned(),
        world: WORLD.to_owned(),
        tables: tables.map(|(name, text)| (name.to_owned(), text.to_owned())).into(),
        configs,
    }
}

/// Each client, and where a line more or less counts, a session to be held with a white list that is changed.
#[test]
fn a_real_smtpd_tells_clients_the_same() {
    let Some(version) = namespace::enter("host_live", "a_real_smtpd_tells_clients_the_same") else { return };
    let oracle = run::Oracle::start(&version);
    let empty = |parameters| Config { parameters, policies: BTreeMap::new(), sessions: Vec::new() };
    let mut configs: Vec<Config> = configurations().into_iter().map(empty).collect();
    // What is expected of each session; and, by white list, sessions in which it would be another.
    let mut expected: Vec<Vec<HostTold>> = Vec::new();
    let mut changed: BTreeMap<String, Vec<(usize, Vec<String>, HostTold)>> = BTreeMap::new();
    let unasked = group(configs.clone(), WHITE);
    for (index, config) in configs.iter_mut().enumerate() {
        let server = Arc::new(unasked.server(config, version.parse().unwrap()));
        let world = unasked.world_of(config);
        let recipient = postmaster(server.main_cf()).unwrap();
        let envelope = Envelope { recipient, ..Envelope::default() };
        let judge = Judge::Server { server, world: &world, envelope: &envelope };
        let mut refused = Refused::default();
        let verdicts = CLIENTS.map(|client| judge.evaluate(client.as_bytes(), 1));
        verdicts.iter().for_each(|verdict| refused.add(verdict));
        expected.push(verdicts.iter().map(|verdict| verdict.decision().told).collect());
        for verdict in &verdicts {
            let lines = session(verdict);
            config.sessions.push(Recorded { client: lines.clone(), server: Vec::new() });
            if let Some(saved) = saved(&judge, verdict) {
                let gone: Vec<usize> =
                    saved.by.iter().filter_map(|by| by.rule.as_ref()).map(|rule| rule.lines.first).collect();
                let kept = WHITE.lines().enumerate().filter(|(index, _)| !gone.contains(&(index + 1)));
                let white: String = kept.map(|(_, line)| format!("{line}\n")).collect();
                changed.entry(white).or_default().push((index, lines.clone(), saved.otherwise.told));
            }
            // A line of the white list comes before what refuses the client where that is a table after it.
            for proposal in refused.proposals(&judge, verdict) {
                if proposal.before.starts_with(b"check_client_access") && index < 4 {
                    let white = format!("{WHITE}{}\n", proposal.line);
                    changed.entry(white).or_default().push((index, lines.clone(), HostTold::Permitted));
                }
            }
        }
    }
    let mut counts = [0; 3];
    let asked = oracle.ask(group(configs, WHITE), 1, 1);
    for (config, expected) in asked.configs.iter().zip(&expected) {
        for (recorded, expected) in config.sessions.iter().zip(expected) {
            if let HostTold::Unknown(why) = expected {
                assert_eq!(*why, Some(SmtpUnknown::NeedsReverseName), "{:?}", recorded.client);
                counts[2] += 1;
                continue;
            }
            assert_eq!(*expected, told(recorded), "{:?}, {}", recorded.client, postfix::Postfix::shown(config));
            counts[0] += 1;
        }
    }
    let mut again = group(Vec::new(), WHITE);
    let mut of_each = Vec::new();
    for (number, (white, sessions)) in changed.into_iter().enumerate() {
        let name = format!("white{number}");
        for (index, client, expected) in sessions {
            let mut config = empty(configurations()[index].clone());
            for value in config.parameters.values_mut() {
                *value = value.replace("/tables/white", &format!("/tables/{name}"));
            }
            let recorded = Recorded { client, server: Vec::new() };
            match again.configs.iter_mut().position(|known| known.parameters == config.parameters) {
                Some(known) => again.configs[known].sessions.push(recorded),
                None => again.configs.push(Config { sessions: vec![recorded], ..config.clone() }),
            }
            of_each.push((config.parameters, expected));
        }
        again.tables.insert(name, white);
    }
    let asked = oracle.ask(again, 2, 1);
    let mut held: Vec<_> = asked.configs.iter().map(|config| (config, config.sessions.iter())).collect();
    for (parameters, expected) in of_each {
        let (config, sessions) = held.iter_mut().find(|(config, _)| config.parameters == parameters).unwrap();
        let recorded = sessions.next().unwrap();
        assert_eq!(expected, told(recorded), "{:?}, {}", recorded.client, postfix::Postfix::shown(config));
        counts[1] += 1;
    }
    let [equal, changed, unknown] = counts;
    writeln!(std::io::stdout(), "equal: {equal}, with another white list: {changed}, unknown: {unknown}").unwrap();
    assert!(equal == 95 && changed > 20 && unknown == 3, "{counts:?}");
}
