//! Sessions with a real smtpd(8).

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use postproof_rules::message::Version;
use postproof_rules::smtpd::World;

use super::case::{Group, compare};
use super::generate::{self, Dice};
use super::postfix::Postfix;
use super::{dns_server, namespace, policy_server};

/// Sends a client's lines, one after the other, and hears what is said to each; first the greeting. Where DATA is taken,
/// the message follows, whose lines are not answered but the last. Gives all that was sent, and what was said. A server
/// that hangs up says nothing more.
pub fn session(address: SocketAddr, client: &[String], message: &[String]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut stream = TcpStream::connect(address).expect("smtpd listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
    stream.set_nodelay(true).expect("no delay");
    let mut replies = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut said = vec![reply(&mut replies)];
    let mut sent = Vec::new();
    let mut say = |line: &str, sent: &mut Vec<String>| {
        sent.push(line.to_owned());
        stream.write_all(format!("{line}\r\n").as_bytes()).is_ok()
    };
    for line in client {
        let mut lines = if say(line, &mut sent) { reply(&mut replies) } else { Vec::new() };
        let taken = lines.iter().any(|line| line.starts_with("354"));
        said.push(lines);
        if taken {
            for line in message {
                say(line, &mut sent);
            }
            lines = reply(&mut replies);
            said.push(lines);
        }
    }
    (sent, said)
}

fn reply(replies: &mut BufReader<TcpStream>) -> Vec<String> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        if replies.read_until(b'\n', &mut line).is_err() || line.is_empty() {
            return lines;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']).to_owned();
        let last = text.get(3..4) != Some("-");
        lines.push(text);
        if last {
            return lines;
        }
    }
}

/// What several groups come to.
#[derive(Debug, Default)]
pub struct Tally {
    pub sessions: usize,
    pub configs: usize,
    pub equal: usize,
    pub differences: usize,
    pub unknown: BTreeMap<String, usize>,
    /// Sessions in which the server said nothing at all.
    pub silent: usize,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (reason, count) in &self.unknown {
            writeln!(f, "unknown {count}: {reason}")?;
        }
        let unknown: usize = self.unknown.values().sum();
        write!(
            f,
            "{} configurations, {} sessions: {} replies equal, {unknown} unknown, {} sessions with a difference",
            self.configs, self.sessions, self.equal, self.differences
        )
    }
}

/// The servers that stand for the world.
pub struct Oracle {
    world: Arc<Mutex<World>>,
    says: policy_server::Says,
    policies: Vec<(String, u16)>,
    version: String,
}

/// How many differences are told.
const TOLD: usize = 12;

impl Oracle {
    /// Starts them. Only in the namespace.
    pub fn start(version: &str) -> Self {
        let world = Arc::default();
        let address = namespace::inside().expect("in the namespace");
        dns_server::start(address, Arc::clone(&world)).expect("a DNS server");
        let says: policy_server::Says = Arc::default();
        let policies = ["inet:policy-a:1", "inet:policy-b:1"]
            .map(|name| (name.to_owned(), policy_server::start(name, Arc::clone(&says))))
            .to_vec();
        Self { world, says, policies, version: version.to_owned() }
    }

    /// Asks Postfix: fills in what the server says. Where it takes DATA, a message is sent.
    pub fn ask(&self, mut group: Group, number: usize, seed: u64) -> Group {
        let (world, bad) = World::parse(group.world.as_bytes());
        assert_eq!(bad, [], "the world is understood");
        *self.world.lock().expect("no panic before") = world;
        for (index, config) in group.configs.iter().enumerate() {
            let mut says = self.says.lock().expect("no panic before");
            for (name, action) in &config.policies {
                says.insert((index.to_string(), name.clone()), action.clone());
            }
        }
        let postfix = Postfix::start(&group, number, &self.policies);
        let mut dice = Dice::new(seed);
        for (index, config) in group.configs.iter_mut().enumerate() {
            let mut refused = None;
            for (number, recorded) in config.sessions.iter_mut().enumerate() {
                let message = generate::message(&mut dice);
                (recorded.client, recorded.server) = session(postfix.address(index), &recorded.client, &message);
                if recorded.server.first().is_none_or(Vec::is_empty) {
                    refused = Some(number);
                    break;
                }
            }
            // An smtpd that does not start lets each client wait for long.
            if let Some(number) = refused {
                config.sessions.truncate(number + 1);
            }
        }
        group.origin = format!("Postfix {}", self.version);
        group
    }

    /// Compares, and tells of differences.
    pub fn compare(&self, group: &Group, tally: &mut Tally) {
        let version: Version = self.version.parse().unwrap_or_default();
        for config in &group.configs {
            let server = group.server(config, version);
            let world = group.world_of(config);
            tally.configs += 1;
            // An smtpd that has died is not started again soon.
            let mut died = false;
            for recorded in &config.sessions {
                tally.sessions += 1;
                let transcript = recorded.client.join("\n") + "\n";
                let exchanges =
                    server.session(&world).connected_from(b"localhost", b"127.0.0.1").run(transcript.as_bytes());
                if died && recorded.server.first().is_none_or(Vec::is_empty) {
                    continue;
                }
                let compared = compare(&exchanges, recorded);
                died |= compared.unknown.keys().any(|reason| reason.starts_with("Refused"));
                tally.equal += compared.equal;
                for (reason, count) in compared.unknown {
                    *tally.unknown.entry(reason).or_default() += count;
                }
                if let Some(difference) = compared.difference {
                    tally.differences += 1;
                    if tally.differences <= TOLD {
                        println!("{}{}{difference}\n", group.main_cf, Postfix::shown(config));
                    }
                }
            }
        }
    }
}
