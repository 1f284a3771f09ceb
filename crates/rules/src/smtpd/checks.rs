//! The state of a check, and how it rejects, defers, or only warns.
//!
//! (Postfix: `SMTPD_STATE`, `smtpd_check_reject`, `defer_if`, `reject_dict_retry`, `reject_server_error`.)

use postproof_model::{
    Action, Answer, Asked, Bytes, KeyLookup, Reply, SmtpUnknown, Tried, TriedOutcome, UnknownReason,
};

use super::match_list::Failure;
use super::{Server, World};
use crate::content::printable::printable;
use crate::table::Table;

/// Whether a client's name could be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameStatus {
    /// Yes.
    Known,
    /// No.
    Unknown,
    /// Not now.
    NotNow,
}

/// Who the client is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) name: Vec<u8>,
    pub(super) name_status: NameStatus,
    pub(super) reverse_name: Vec<u8>,
    pub(super) reverse_status: NameStatus,
    pub(super) address: Vec<u8>,
    /// Who is logged in.
    pub(super) login: Option<Vec<u8>>,
}

impl Client {
    pub(super) fn name_and_address(&self) -> Vec<u8> {
        [&self.name, b"[".as_slice(), &self.address, b"]"].concat()
    }
}

/// A reply kept for later.
#[derive(Clone, Debug, Default)]
pub(super) struct Deferral {
    pub(super) active: bool,
    reply: Option<(i64, String, Vec<u8>)>,
}

impl Deferral {
    /// Keeps the first reason.
    fn set(&mut self, code: i64, status: &str, text: Vec<u8>) {
        if !self.active {
            *self = Self { active: true, reply: Some((code, status.to_owned(), text)) };
        }
    }
}

/// What smtpd(8) remembers of a session and of the mail transaction in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) client: Option<Client>,
    pub(super) helo: Option<Vec<u8>>,
    pub(super) sender: Option<Vec<u8>>,
    pub(super) recipient: Option<Vec<u8>>,
    /// Whom ETRN asks to send to, while it is checked.
    pub(super) etrn: Option<Vec<u8>>,
    pub(super) recipients: usize,
    /// How many more there may be, whose replies are not known.
    pub(super) doubtful_recipients: usize,
    pub(super) recursion: usize,
    pub(super) warn_if_reject: usize,
    pub(super) defer_if_permit: Deferral,
    pub(super) defer_if_reject: Deferral,
    pub(super) defer_if_permit_client: bool,
    pub(super) defer_if_permit_helo: bool,
    pub(super) defer_if_permit_sender: bool,
    /// Whether reject_unlisted_sender was tried for this sender; none before anything has set it in this session, when
    /// smtpd(8) goes by what the last session left.
    pub(super) sender_checked: Option<bool>,
    pub(super) recipient_checked: Option<bool>,
    pub(super) discard: bool,
    pub(super) held: bool,
    /// What access tables do with the message, in order.
    pub(super) effects: Vec<(Action, Vec<u8>)>,
}

/// Which command is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Connect,
    Helo,
    Mail,
    Recipient,
    Verify,
    Etrn,
    Data,
    EndOfData,
}

/// What one restriction, or a list of them, decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Undecided,
    Permit,
    Reject(Reply),
}

/// What ends a check at once.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    Reject(Reply),
    Unknown(SmtpUnknown),
}

impl From<SmtpUnknown> for Stop {
    fn from(unknown: SmtpUnknown) -> Self {
        Self::Unknown(unknown)
    }
}

pub(super) type Checked = Result<Status, Stop>;

/// Why a reply is given: warn_if_reject turns only some into warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Policy,
    /// Errors of configuration and of tables.
    Fault,
}

/// One stage's checks.
pub(super) struct Checks<'s> {
    pub(super) server: &'s Server,
    pub(super) world: &'s World,
    pub(super) memory: &'s mut Memory,
    pub(super) stage: Stage,
    /// The parameter whose list is being checked.
    pub(super) list: &'static str,
    /// The classes and tables that led here.
    pub(super) within: Vec<Bytes>,
    pub(super) tried: &'s mut Vec<Tried>,
    /// Which of them is being tried.
    pub(super) current: usize,
    /// How many restrictions were tried for this command.
    pub(super) steps: usize,
}

/// The most restrictions that a trace holds.
const MOST_TRIED: usize = 5_000;

impl Checks<'_> {
    /// The client, which somebody must have named.
    pub(super) fn client(&self) -> Result<Client, Stop> {
        self.memory.client.clone().ok_or(Stop::Unknown(SmtpUnknown::NeedsClient))
    }

    /// Who is logged in, where anybody can; smtpd_sasl_exceptions_networks only keeps it from clients that they can.
    pub(super) fn login(&mut self) -> Result<Option<Vec<u8>>, Stop> {
        let client = self.client()?;
        if !self.server.yes("smtpd_sasl_auth_enable")? {
            return Ok(None);
        }
        // Postfix 3.7.11 has been seen to count such a login and not to count it.
        if client.login.is_some() && !self.server.sasl_without_tls()? {
            return Err(SmtpUnknown::NotCovered { parameter: "smtpd_tls_auth_only".to_owned() }.into());
        }
        Ok(client.login)
    }

    /// Begins a restriction's entry in the trace.
    pub(super) fn begin(&mut self, restriction: Vec<u8>) -> usize {
        if self.tried.len() < MOST_TRIED {
            self.tried.push(Tried {
                list: self.list.to_owned(),
                within: self.within.clone(),
                restriction: Bytes(restriction),
                lookups: Vec::new(),
                asked: Vec::new(),
                outcome: TriedOutcome::Undecided,
            });
        }
        std::mem::replace(&mut self.current, self.tried.len().saturating_sub(1))
    }

    /// Notes what came of the restriction that is being tried.
    pub(super) fn note(&mut self, outcome: TriedOutcome) {
        if let Some(tried) = self.tried.get_mut(self.current) {
            tried.outcome = outcome;
        }
    }

    pub(super) fn note_asked(&mut self, question: String, answer: String) {
        if let Some(tried) = self.tried.get_mut(self.current) {
            tried.asked.push(Asked { question, answer });
        }
    }

    /// The reply that smtpd_check_reject makes of these.
    fn reply(&self, code: i64, status: &str, text: &[u8]) -> Result<Reply, Stop> {
        let whole = [format!("{code} {status} ").as_bytes(), text].concat();
        let (code, mut whole) = match u16::try_from(code) {
            Ok(code) if (400..600).contains(&code) => (code, whole),
            _ => (450, b"450 4.7.1 Service unavailable".to_vec()),
        };
        whole.truncate(510);
        let whole = printable(&whole, b' ', self.server.main_cf.version());
        let mut parts = whole.splitn(3, |&byte| byte == b' ').skip(1);
        let status = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
        Ok(Reply { code, status, text: parts.next().unwrap_or_default().into() })
    }

    /// Rejects, or warns where warn_if_reject says so.
    pub(super) fn reject(&mut self, why: Why, code: i64, status: &str, text: &[u8]) -> Checked {
        let warn = self.memory.warn_if_reject != 0 && why == Why::Policy;
        let mut reply = self.reply(code, status, text)?;
        if !warn && self.memory.defer_if_reject.active && reply.code >= 500 {
            self.memory.warn_if_reject = 0;
            self.memory.defer_if_reject.active = false;
            if let Some((code, status, text)) = self.memory.defer_if_reject.reply.clone() {
                return self.reject(why, code, &status, &text);
            }
        }
        if reply.code >= 500 && self.server.yes("soft_bounce")? {
            reply.code -= 100;
        }
        reply.status = with_class_of(reply.code, &reply.status);
        if warn {
            self.note(TriedOutcome::WouldReject(reply));
            return Ok(Status::Undecided);
        }
        self.note(TriedOutcome::Rejects(reply.clone()));
        Ok(Status::Reject(reply))
    }

    /// Rejects with the reply that defer_if_permit kept.
    pub(super) fn reject_kept(&mut self) -> Checked {
        match self.memory.defer_if_permit.reply.clone() {
            Some((code, status, text)) => self.reject(Why::Policy, code, &status, &text),
            None => Ok(Status::Undecided),
        }
    }

    /// Rejects at the end of all checks, if nothing rejects before; under warn_if_reject warns.
    pub(super) fn defer_if_permit(&mut self, code: i64, status: &str, text: Vec<u8>) -> Checked {
        if self.memory.warn_if_reject != 0 {
            return self.reject(Why::Policy, code, status, &text);
        }
        let reply = self.reply(code, status, &text)?;
        self.note(TriedOutcome::DefersIfPermitted(reply));
        self.memory.defer_if_permit.set(code, status, text);
        Ok(Status::Undecided)
    }

    /// Turns a later rejection into this.
    pub(super) fn defer_if_reject(&mut self, code: i64, status: &str, text: Vec<u8>) -> Checked {
        let reply = self.reply(code, status, &text)?;
        self.note(TriedOutcome::DefersIfRejected(reply));
        self.memory.defer_if_reject.set(code, status, text);
        Ok(Status::Undecided)
    }

    /// `451 4.3.0 <address>: Temporary lookup failure`, at once.
    pub(super) fn lookup_failure(&mut self, about: &[u8]) -> Stop {
        let text = [b"<", about, b">: Temporary lookup failure"].concat();
        self.at_once(451, "4.3.0", &text)
    }

    /// `451 4.3.5 Server configuration error`, at once.
    pub(super) fn configuration_error(&mut self) -> Stop {
        self.at_once(451, "4.3.5", b"Server configuration error")
    }

    fn at_once(&mut self, code: i64, status: &str, text: &[u8]) -> Stop {
        match self.reject(Why::Fault, code, status, text) {
            Ok(Status::Reject(reply)) => Stop::Reject(reply),
            Ok(_) => Stop::Unknown(SmtpUnknown::Message),
            Err(stop) => stop,
        }
    }

    /// What a failure of a list or an address's lookup means here.
    pub(super) fn failed(&mut self, failure: Failure, about: &[u8]) -> Stop {
        match failure {
            Failure::Fails => self.lookup_failure(about),
            Failure::Empty => self.configuration_error(),
            Failure::Unknown(unknown) => Stop::Unknown(unknown),
        }
    }

    /// `<name>: Class rejected: text`.
    pub(super) fn rejected(name: &[u8], class: &str, text: &[u8]) -> Vec<u8> {
        [b"<", name, b">: ", class.as_bytes(), b" rejected: ", text].concat()
    }

    /// Looks a key up in one table, for the trace too. An empty key is never looked up.
    pub(super) fn lookup(&mut self, table: &Table, key: &[u8]) -> Result<Option<Vec<u8>>, Failure> {
        if key.is_empty() {
            return Ok(None);
        }
        let answer = table.lookup(key);
        let result = match &answer {
            Answer::NotFound => Ok(None),
            Answer::Found(hit) if hit.result.is_empty() => Err(Failure::Empty),
            Answer::Found(hit) => Ok(Some(hit.result.to_vec())),
            Answer::Unknown { reason: UnknownReason::Fails(_), .. } => Err(Failure::Fails),
            Answer::Unknown { reason, .. } => {
                Err(Failure::Unknown(SmtpUnknown::Table { table: table.name().to_owned(), reason: reason.clone() }))
            }
        };
        if let Some(tried) = self.tried.get_mut(self.current) {
            let also = match &answer {
                Answer::Found(hit) => table.also(key, hit),
                _ => Vec::new(),
            };
            tried.lookups.push(KeyLookup { table: table.name().to_owned(), key: key.into(), answer, also });
        }
        result
    }

    /// Looks up the forms of an address in several tables: each form in all tables, those for fixed keys in such tables
    /// alone. The whole address goes to every table first.
    pub(super) fn lookup_address(
        &mut self,
        tables: &[Table],
        keys: &[(Vec<u8>, bool)],
    ) -> Result<Option<Vec<u8>>, Failure> {
        for (key, fixed) in keys {
            for table in tables {
                if (!*fixed || table.holds_keys())
                    && let Some(result) = self.lookup(table, key)?
                {
                    return Ok(Some(result));
                }
            }
        }
        Ok(None)
    }
}

/// A status whose class is that of the code.
fn with_class_of(code: u16, status: &str) -> String {
    let class = if code < 500 { '4' } else { '5' };
    format!("{class}{}", status.get(1..).unwrap_or_default())
}
