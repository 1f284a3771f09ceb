//! DNS, asked as Postfix asks it.
//!
//! Postfix 3.7.11 asks through res_query(3) of the C library, and so it is done here, whatever the library that carries the
//! questions would do by itself:
//!
//! - Names are asked as they are: no search domains, no file of hosts, no names that are answered without asking.
//! - Servers are asked one after the other: one that fails, refuses, or does not answer in time is passed over.
//! - Questions go over UDP without EDNS; an answer that does not fit into 512 bytes is asked for again over TCP.
//! - Nothing is asked about DNSSEC. A resolver that validates answers `servfail` where a signature is wrong, to Postfix too.
//! - The records that an alias leads to count as the name's own; an alias whose target is not in the answer is followed, at
//!   most ten times (`dns_lookup_x`).
//! - Of a TXT record only the first string counts, and what is not printable ASCII is a blank (`dns_get_rr`; asked of a
//!   Postfix 3.7.11).
//!
//! What is neither an answer nor the want of one (a resolver that cannot be reached, a response code without a meaning here,
//! records whose names are none) stays unknown.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::xfer::{DnsHandle as _, FirstAnswer as _};
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::{DnsRequestOptions, DnsResponse, Query, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::system_conf::read_system_conf;
use hickory_resolver::{NameServerPool, PoolContext, TlsConfig};

/// How many aliases are followed.
const MOST_ALIASES: usize = 10;

/// How many questions are under way at one time.
const SIDE_BY_SIDE: usize = 16;

/// The longest that one server is waited for, whatever resolv.conf says.
const MOST_PATIENCE: Duration = Duration::from_secs(10);

/// A question: a name, and `A`, `AAAA`, `MX`, `NS`, `PTR` or `TXT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Question {
    pub(crate) name: String,
    pub(crate) record: String,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The data of records, each as a line of a world has it.
    Records(Vec<String>),
    /// `nxdomain`, `nodata`, `servfail` or `timeout`.
    Without(&'static str),
    /// Nothing that is understood, or nobody to ask: why.
    NotKnown(String),
}

type Server = NameServerPool<TokioRuntimeProvider>;

/// The servers that are asked.
pub(crate) struct Resolver {
    runtime: tokio::runtime::Runtime,
    asker: Asker,
}

#[derive(Clone)]
struct Asker {
    servers: Arc<[Server]>,
    attempts: usize,
    patience: Duration,
}

impl Resolver {
    /// The servers of resolv.conf for `live`, else the server at this address, port 53 unless it has one.
    ///
    /// # Errors
    ///
    /// It is no address, or resolv.conf names no server, in words.
    pub(crate) fn new(place: &str) -> Result<Self, String> {
        let (configs, options) = if place == "live" {
            let (config, options) = read_system_conf().map_err(|error| error.to_string())?;
            (config.into_parts().2, options)
        } else {
            (vec![server_at(place).ok_or_else(|| place.to_owned())?], ResolverOpts::default())
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let patience = options.timeout.clamp(Duration::from_secs(1), MOST_PATIENCE);
        let attempts = options.attempts.clamp(1, 3);
        let mut own = ResolverOpts::default();
        own.timeout = patience;
        own.edns0 = false;
        let context = Arc::new(PoolContext::new(own, TlsConfig::new().map_err(|error| error.to_string())?));
        let server = |config| Server::from_config([config], Arc::clone(&context), TokioRuntimeProvider::default());
        let servers = {
            let _inside = runtime.enter();
            configs.into_iter().take(3).map(server).collect()
        };
        Ok(Self { runtime, asker: Asker { servers, attempts, patience } })
    }

    /// Asks several questions side by side; the answers come in the order of the questions.
    pub(crate) fn ask(&self, questions: &[Question]) -> Vec<Answer> {
        let mut answers = Vec::new();
        for part in questions.chunks(SIDE_BY_SIDE) {
            let tasks: Vec<_> = part
                .iter()
                .map(|question| {
                    let (asker, question) = (self.asker.clone(), question.clone());
                    self.runtime.spawn(async move { asker.followed(&question).await })
                })
                .collect();
            for task in tasks {
                let answer = self.runtime.block_on(task);
                answers.push(answer.unwrap_or_else(|error| Answer::NotKnown(error.to_string())));
            }
        }
        answers
    }
}

/// The server at `ADDRESS`, `IPv4:PORT` or `[IPv6]:PORT`.
fn server_at(place: &str) -> Option<NameServerConfig> {
    let (address, port) = match (place.parse::<IpAddr>(), place.parse::<SocketAddr>()) {
        (Ok(address), _) => (address, 53),
        (_, Ok(both)) => (both.ip(), both.port()),
        _ => return None,
    };
    let mut config = NameServerConfig::udp_and_tcp(address);
    for connection in &mut config.connections {
        connection.port = port;
    }
    Some(config)
}

impl Asker {
    /// The answer to a question, with aliases followed.
    async fn followed(&self, question: &Question) -> Answer {
        let Ok(kind) = question.record.parse::<RecordType>() else {
            return Answer::NotKnown(question.record.clone());
        };
        let Ok(mut name) = Name::from_ascii(format!("{}.", question.name.trim_end_matches('.'))) else {
            return Answer::NotKnown(question.name.clone());
        };
        for _ in 0..MOST_ALIASES {
            let response = match self.answered(&name, kind).await {
                Ok(response) => response,
                Err(answer) => return answer,
            };
            let found: Vec<&RData> =
                response.answers.iter().map(|record| &record.data).filter(|data| data.record_type() == kind).collect();
            if !found.is_empty() {
                return records(&found);
            }
            if response.response_code == ResponseCode::NXDomain {
                return Answer::Without("nxdomain");
            }
            let alias = response.answers.iter().rev().find_map(|record| match &record.data {
                RData::CNAME(target) => Some(target.0.clone()),
                _ => None,
            });
            match alias {
                Some(target) => name = target,
                None => return Answer::Without("nodata"),
            }
        }
        Answer::NotKnown("a circle of aliases".to_owned())
    }

    /// What the first server says that says something; else why nothing is said.
    async fn answered(&self, name: &Name, kind: RecordType) -> Result<DnsResponse, Answer> {
        let mut last = Answer::Without("timeout");
        for _ in 0..self.attempts {
            for server in self.servers.iter() {
                let mut query = Query::query(name.clone(), kind);
                query.name.set_fqdn(true);
                let mut options = DnsRequestOptions::default();
                options.use_edns = false;
                options.recursion_desired = true;
                let answer = server.lookup(query, options).first_answer();
                // The library keeps its own time; this is for the case that it does not.
                let answer = tokio::time::timeout(self.patience * 2, answer).await.unwrap_or(Err(NetError::Timeout));
                let answer = match answer {
                    Ok(response) => DnsError::from_response(response).map_err(NetError::from),
                    Err(error) => Err(error),
                };
                last = match answer {
                    Ok(response) => return Ok(response),
                    Err(NetError::Dns(DnsError::NoRecordsFound(none))) => {
                        return Err(Answer::Without(match none.response_code {
                            ResponseCode::NXDomain => "nxdomain",
                            _ => "nodata",
                        }));
                    }
                    Err(NetError::Dns(DnsError::ResponseCode(
                        ResponseCode::ServFail | ResponseCode::Refused | ResponseCode::NotImp,
                    ))) => Answer::Without("servfail"),
                    Err(NetError::Timeout) => Answer::Without("timeout"),
                    Err(error) => Answer::NotKnown(error.to_string()),
                };
            }
        }
        Err(last)
    }
}

/// Records as a world writes them.
fn records(found: &[&RData]) -> Answer {
    let lines: Option<Vec<String>> = found.iter().map(|data| line(data, found.len())).collect();
    lines.map_or_else(|| Answer::NotKnown(format!("{found:?}")), Answer::Records)
}

fn line(data: &RData, records: usize) -> Option<String> {
    match data {
        RData::A(address) => Some(address.0.to_string()),
        RData::AAAA(address) => Some(address.0.to_string()),
        RData::MX(mx) if mx.exchange.is_root() => (records == 1).then(|| format!("{} .", mx.preference)),
        RData::MX(mx) => Some(format!("{} {}", mx.preference, host(&mx.exchange)?)),
        RData::NS(name) => host(&name.0),
        RData::PTR(name) => host(&name.0),
        RData::TXT(text) => {
            let first = text.txt_data.first()?;
            let shown = first.iter().map(|&byte| if matches!(byte, b' '..=b'~') { char::from(byte) } else { ' ' });
            Some(format!("\"{}\"", shown.collect::<String>()))
        }
        _ => None,
    }
}

/// The name of a host; none where it could not be one.
fn host(name: &Name) -> Option<String> {
    let mut labels = Vec::new();
    for label in name {
        let letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !label.iter().all(letter) {
            return None;
        }
        labels.push(String::from_utf8_lossy(label).into_owned());
    }
    (!labels.is_empty()).then(|| labels.join("."))
}
