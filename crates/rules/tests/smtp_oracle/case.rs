//! A configuration with its sessions, and what a server says in them.

use std::collections::BTreeMap;

use postproof_model::{Exchange, SmtpOutcome, SmtpUnknown};
use postproof_rules::maincf::MainCf;
use postproof_rules::message::Version;
use postproof_rules::smtpd::{Server, World};
use postproof_rules::table::Wanted;
use serde::{Deserialize, Serialize};

/// Where tables are, as configurations write it.
pub const TABLES: &str = "/tables";

/// What several configurations share: one Postfix, whose trivial-rewrite(8) and cleanup(8) they all use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Which Postfix it was, where answers were recorded: `Postfix 3.7.11`.
    #[serde(default)]
    pub origin: String,
    /// main.cf, as far as all have it.
    pub main_cf: String,
    /// What DNS answers.
    pub world: String,
    /// The files below [`TABLES`], by name.
    pub tables: BTreeMap<String, String>,
    /// The configurations.
    #[serde(rename = "config")]
    pub configs: Vec<Config>,
}

/// What one smtpd(8) has of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// Parameters.
    pub parameters: BTreeMap<String, String>,
    /// What policy servers say, by the server's name in the parameters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub policies: BTreeMap<String, String>,
    /// Sessions.
    #[serde(rename = "session")]
    pub sessions: Vec<Recorded>,
}

/// One session.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// The client's lines.
    pub client: Vec<String>,
    /// The server's lines: first the greeting, then those for each line of the client that is answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub server: Vec<Vec<String>>,
}

impl Group {
    /// The main.cf of a configuration as one file.
    pub fn source(&self, config: &Config) -> String {
        let own = config.parameters.iter().map(|(name, value)| format!("{name} = {value}\n"));
        self.main_cf.clone() + &own.collect::<String>()
    }

    /// The world of a configuration.
    pub fn world_of(&self, config: &Config) -> World {
        let policies = config.policies.iter().map(|(server, action)| format!("policy {server} {action}\n"));
        let (world, bad) = World::parse((self.world.clone() + &policies.collect::<String>()).as_bytes());
        assert_eq!(bad, [], "the world is understood");
        world
    }

    /// Our server for a configuration.
    pub fn server(&self, config: &Config, version: Version) -> Server {
        let (main_cf, _) = MainCf::parse_for(version, "main.cf", self.source(config).as_bytes());
        let mut read = |wanted: Wanted<'_>| match wanted {
            Wanted::File(name) => {
                let name = name.strip_prefix(TABLES).and_then(|name| name.strip_prefix('/')).unwrap_or(name);
                self.tables.get(name).map(|text| text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
            }
            Wanted::Answers { .. } => Err("no such server".to_owned()),
        };
        Server::new(main_cf, &mut read).0
    }
}

/// What came of comparing one session.
#[derive(Debug, Default)]
pub struct Compared {
    /// How many replies were equal.
    pub equal: usize,
    /// How many were unknown to us, by reason.
    pub unknown: BTreeMap<String, usize>,
    /// The first difference, told.
    pub difference: Option<String>,
}

/// What EHLO offers to some clients only.
fn is_private(line: &str) -> bool {
    line.get(4..).is_some_and(|keyword| keyword.starts_with("XCLIENT ") || keyword.starts_with("XFORWARD "))
}

/// A reply's lines in the form in which they are compared.
fn shown(lines: &[String]) -> Vec<String> {
    let lines = lines.iter().filter(|line| !is_private(line));
    lines
        .map(|line| {
            let mut line = line.clone();
            if line.is_char_boundary(3) && line.is_char_boundary(4) && line.get(3..4) == Some("-") {
                line.replace_range(3..4, " ");
            }
            match line.strip_prefix("250 2.0.0 Ok: queued as ") {
                Some(_) => "250 2.0.0 Ok: queued as QUEUEID".to_owned(),
                None => line,
            }
        })
        .collect()
}

/// Compares ours with theirs, reply by reply.
pub fn compare(exchanges: &[Exchange], recorded: &Recorded) -> Compared {
    let mut compared = Compared::default();
    let mut theirs = recorded.server.iter();
    for exchange in exchanges {
        let theirs = theirs.next();
        match &exchange.outcome {
            SmtpOutcome::Silent => {}
            SmtpOutcome::Unknown(unknown) => {
                *compared.unknown.entry(reason(unknown)).or_default() += 1;
            }
            SmtpOutcome::Said(lines) => {
                let ours: Vec<String> = lines.iter().map(|line| line.lossy().into_owned()).collect();
                let (ours, theirs) = (shown(&ours), shown(theirs.map_or(&[], Vec::as_slice)));
                if ours != theirs {
                    let tried: Vec<String> = exchange
                        .tried
                        .iter()
                        .map(|tried| format!("    {} {}: {:?}", tried.list, tried.restriction.lossy(), tried.outcome))
                        .collect();
                    compared.difference = Some(format!(
                        "{:?}\n  server {:?}\n  line {} {:?}\n  theirs {theirs:?}\n  ours   {ours:?}\n{}",
                        recorded.client,
                        recorded.server,
                        exchange.line,
                        exchange.command,
                        tried.join("\n")
                    ));
                    return compared;
                }
                compared.equal += 1;
            }
        }
    }
    compared
}

fn reason(unknown: &SmtpUnknown) -> String {
    let text = format!("{unknown:?}");
    match unknown {
        SmtpUnknown::Earlier { .. } => "Earlier".to_owned(),
        SmtpUnknown::Address { .. } => "Address".to_owned(),
        _ => text.chars().take(100).collect(),
    }
}
