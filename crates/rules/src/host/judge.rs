//! What says of clients whether they are let in: tables by themselves, or a server with a main.cf. Either can be asked again
//! with a line more or less.

use std::sync::Arc;

use postproof_model::{Answer, Bytes, HostDecider, HostDecision, HostOutcome, HostTold, HostVerdict, ServedVerdict};

use super::{Envelope, served};
use crate::smtpd::{Server, World};
use crate::table::Table;

/// What is asked about clients.
#[derive(Clone, Debug)]
pub enum Judge<'w> {
    /// Access tables, in order.
    Tables(Vec<Table>),
    /// A server.
    Server {
        /// The server.
        server: Arc<Server>,
        /// What DNS and policy servers answer.
        world: &'w World,
        /// Who writes to whom.
        envelope: &'w Envelope,
    },
}

/// What it says of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Access tables.
    Tables(Box<HostVerdict>),
    /// A server.
    Server(Box<ServedVerdict>),
}

impl Judge<'_> {
    /// What comes of a client. `line` is where it stands in the input, from 1.
    #[must_use]
    pub fn evaluate(&self, input: &[u8], line: usize) -> Verdict {
        match self {
            Self::Tables(tables) => Verdict::Tables(Box::new(super::evaluate(tables, input, line))),
            Self::Server { server, world, envelope } => {
                Verdict::Server(Box::new(served::evaluate(server, world, envelope, input, line)))
            }
        }
    }

    /// The same without what decided: the rule of a table, or else the restriction. None where that cannot be told.
    #[must_use]
    pub(super) fn without(&self, decider: &HostDecider) -> Option<Self> {
        match self {
            Self::Tables(tables) => {
                let rule = decider.rule.as_ref()?;
                let mut tables = tables.clone();
                // A table that is given twice has its lines twice.
                let mut changed = false;
                for table in tables.iter_mut().filter(|table| table.name() == rule.table) {
                    *table = table.without(rule)?;
                    changed = true;
                }
                changed.then_some(Self::Tables(tables))
            }
            Self::Server { server, world, envelope } => {
                let server = match (&decider.rule, &decider.restriction) {
                    (Some(rule), _) => server.without_rule(rule)?,
                    (None, Some((list, restriction))) => server.without_restriction(list, restriction)?,
                    (None, None) => return None,
                };
                Some(Self::Server { server: Arc::new(server), world, envelope })
            }
        }
    }

    /// Where a line of a white list must come to let this client in: before the table or the restriction that refuses it.
    /// None where no such line would be right: what refuses the client is not about the client, or would no longer keep it
    /// from relaying.
    #[must_use]
    pub(super) fn place(&self, verdict: &Verdict) -> Option<Place> {
        match (self, verdict) {
            (Self::Tables(_), Verdict::Tables(verdict)) => {
                let table = verdict.lookups.last()?.table.clone();
                Some(Place { list: None, before: table.into_bytes().into() })
            }
            (Self::Server { server, .. }, Verdict::Server(verdict)) => {
                let tried = served::in_list(&verdict.tried, verdict.decided?)?;
                let lower = tried.restriction.to_ascii_lowercase();
                let name = lower.split(|&byte| byte == b' ').next().unwrap_or_default();
                let about_clients = name.windows(6).any(|part| part == b"client") || name.ends_with(b"_rbl");
                let safe = match tried.list.as_str() {
                    "smtpd_client_restrictions" => true,
                    "smtpd_helo_restrictions" | "smtpd_sender_restrictions" => about_clients,
                    "smtpd_recipient_restrictions" => about_clients && server.relay_list_protects(),
                    _ => false,
                };
                safe.then(|| Place { list: Some(tried.list.clone()), before: tried.restriction.clone() })
            }
            _ => None,
        }
    }

    /// The same with a table of clients at this place.
    #[must_use]
    pub(super) fn with_table(&self, place: &Place, table: Table) -> Option<Self> {
        match self {
            Self::Tables(tables) => {
                let at = tables.iter().position(|table| table.name().as_bytes() == &place.before[..])?;
                let mut tables = tables.clone();
                tables.insert(at, table);
                Some(Self::Tables(tables))
            }
            Self::Server { server, world, envelope } => {
                let server = server.with_client_access_before(place.list.as_deref()?, &place.before, table)?;
                Some(Self::Server { server: Arc::new(server), world, envelope })
            }
        }
    }
}

/// A place for a table of clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The parameter that holds the list; none for tables by themselves.
    list: Option<String>,
    /// The restriction, or the table's name, before which it comes.
    pub(super) before: Bytes,
}

impl Verdict {
    /// The client's name.
    #[must_use]
    pub const fn name(&self) -> &Bytes {
        match self {
            Self::Tables(verdict) => &verdict.name,
            Self::Server(verdict) => &verdict.name,
        }
    }

    /// The client's address, where it was given.
    #[must_use]
    pub const fn address(&self) -> Option<&Bytes> {
        match self {
            Self::Tables(verdict) => verdict.address.as_ref(),
            Self::Server(verdict) => verdict.address.as_ref(),
        }
    }

    /// The client as given.
    #[must_use]
    pub const fn input(&self) -> &Bytes {
        match self {
            Self::Tables(verdict) => &verdict.input,
            Self::Server(verdict) => &verdict.input,
        }
    }

    /// What comes of the client, and what decided.
    #[must_use]
    pub fn decision(&self) -> HostDecision {
        match self {
            Self::Tables(verdict) => {
                let told = match &verdict.outcome {
                    HostOutcome::Undecided => HostTold::Undecided,
                    HostOutcome::Permitted => HostTold::Permitted,
                    HostOutcome::Rejected(reply) => {
                        let code = format!("{} {} ", reply.code, reply.status);
                        HostTold::Rejected(Bytes([code.as_bytes(), &reply.text].concat()))
                    }
                    HostOutcome::Other(action) => HostTold::Other(action.clone()),
                    HostOutcome::Unknown => HostTold::Unknown(verdict.unknown.clone()),
                };
                let decided = verdict.lookups.last().filter(|_| told != HostTold::Undecided);
                let decider = decided.and_then(|lookup| {
                    let rule = match &lookup.answer {
                        Answer::Found(hit) => hit.rule.clone(),
                        Answer::Unknown { rule, .. } => rule.clone(),
                        Answer::NotFound => return None,
                    };
                    Some(HostDecider { restriction: None, rule: Some(rule), key: Some(lookup.key.clone()) })
                });
                HostDecision { told, decider, fired: verdict.fired.clone() }
            }
            Self::Server(verdict) => HostDecision {
                told: verdict.told.clone(),
                decider: verdict.decided.and_then(|index| served::decider(&verdict.tried, index)),
                fired: verdict.fired.clone(),
            },
        }
    }
}
