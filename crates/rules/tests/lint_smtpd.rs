//! What findings say of access tables and restrictions, held against a real smtpd, where there is one; and against ours.
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
#[path = "support/statements.rs"]
mod statements;

use std::collections::BTreeMap;

use postproof_model::{Code, SmtpOutcome};
use postproof_rules::lint::Reader;
use serde::Deserialize;
use smtp_oracle::case::{Config, Group, Recorded};
use smtp_oracle::{namespace, run};
use statements::{Side, example, read};

const MAIN_CF: &str = "compatibility_level = 3.6
myhostname = mx.example.net
mydestination = example.net
inet_interfaces = 127.0.0.1
local_recipient_maps =
alias_maps =
relay_domains =
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    code: Code,
    side: Side,
    #[serde(default = "client")]
    client: String,
    #[serde(default = "sender")]
    sender: String,
    #[serde(default = "recipient")]
    recipient: String,
    reply: String,
}

fn client() -> String {
    "mail.example.com[192.0.2.25]".to_owned()
}

fn sender() -> String {
    "<a@example.com>".to_owned()
}

fn recipient() -> String {
    "<postmaster@example.net>".to_owned()
}

fn data() -> Vec<Statement> {
    read("smtpd.toml")
}

impl Statement {
    fn name(&self) -> String {
        format!("{}-{:?}", self.code.code(), self.side)
    }

    /// The files of the example, by names of their own, and the parameters that ask them.
    fn configuration(&self, tables: &mut BTreeMap<String, String>) -> BTreeMap<String, String> {
        let place = |file: &str| format!("{}-{file}", self.name());
        let mut parameters = BTreeMap::new();
        for (named, text) in example(self.code, self.side) {
            if *named == "main.cf" {
                let own = text.replace("$config_directory/", &format!("/tables/{}-", self.name()));
                for line in own.lines() {
                    let (name, value) = line.split_once('=').unwrap();
                    parameters.insert(name.trim().to_owned(), value.trim().to_owned());
                }
                continue;
            }
            let (kind, file) = named.split_once(':').unwrap_or(("", named));
            tables.insert(place(file), (*text).to_owned());
            if !kind.is_empty() {
                let reader = Reader::of_file(file);
                let (restriction, _) = Reader::NAMED.iter().find(|(_, other)| *other == reader).unwrap();
                let list = format!("{restriction} {kind}:/tables/{}", place(file));
                parameters.insert("smtpd_client_restrictions".to_owned(), list);
            }
        }
        for shared in ["compatibility_level", "myhostname", "mydestination"] {
            parameters.remove(shared);
        }
        parameters.entry("mynetworks".to_owned()).or_insert_with(|| "127.0.0.0/8".to_owned());
        parameters
    }

    fn lines(&self) -> Vec<String> {
        let (name, address) = self.client.trim_end_matches(']').split_once('[').unwrap();
        let name = if name == "unknown" { "[UNAVAILABLE]" } else { name };
        vec![
            format!("XCLIENT NAME={name} REVERSE_NAME={name} ADDR={address}"),
            "HELO mail.example.com".to_owned(),
            format!("MAIL FROM:{}", self.sender),
            format!("RCPT TO:{}", self.recipient),
        ]
    }
}

fn group(statements: &[Statement]) -> Group {
    let mut tables = BTreeMap::new();
    let configs = statements.iter().map(|statement| Config {
        parameters: statement.configuration(&mut tables),
        policies: BTreeMap::new(),
        sessions: vec![Recorded { client: statement.lines(), server: Vec::new() }],
    });
    let configs = configs.collect();
    Group { origin: String::new(), main_cf: MAIN_CF.to_owned(), world: "* * nxdomain\n".to_owned(), tables, configs }
}

/// Holds a statement against replies, those to XCLIENT and what follows it.
fn hold(statement: &Statement, replies: &[String]) {
    let refused = replies.iter().find(|line| line.starts_with(['4', '5']));
    match refused {
        Some(line) => assert!(line.starts_with(&statement.reply), "{}: {replies:?}", statement.name()),
        None => {
            let last = replies.last().map(String::as_str).unwrap_or_default();
            assert!(last.starts_with(&statement.reply) && last.starts_with("250"), "{}: {replies:?}", statement.name());
        }
    }
}

#[test]
fn smtpd_answers_as_recorded() {
    let Some(version) = namespace::enter("lint_smtpd", "smtpd_answers_as_recorded") else { return };
    let oracle = run::Oracle::start(&version);
    let statements = data();
    let asked = oracle.ask(group(&statements), 1, 1);
    for (statement, config) in statements.iter().zip(&asked.configs) {
        let recorded = config.sessions.first().unwrap();
        let replies: Vec<String> = recorded.server.iter().skip(1).flatten().cloned().collect();
        hold(statement, &replies);
    }
}

#[test]
fn ours_answers_as_recorded() {
    let statements = data();
    let group = group(&statements);
    for (statement, config) in statements.iter().zip(&group.configs) {
        let server = group.server(config, "3.7.11".parse().unwrap());
        let world = group.world_of(config);
        let exchanges = server.session(&world).run((statement.lines().join("\n") + "\n").as_bytes());
        let mut replies = Vec::new();
        for exchange in exchanges {
            match exchange.outcome {
                SmtpOutcome::Said(lines) if exchange.line > 0 => {
                    replies.extend(lines.iter().map(|line| line.lossy().into_owned()));
                }
                SmtpOutcome::Said(_) => {}
                other => panic!("{}: {other:?}", statement.name()),
            }
        }
        hold(statement, &replies);
    }
}
