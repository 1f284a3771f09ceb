//! Access tables: the keys that smtpd(8) asks for, and what their results do. access(5).
//!
//! (Postfix: `check_access`, `check_domain_access`, `check_addr_access`, `check_namadr_access`, `check_mail_access`,
//! `check_table_result`.)

use postproof_model::{Action, Answer, SmtpUnknown, TriedOutcome};

use super::checks::{Checked, Checks, Stage, Status, Stop, Why};
use super::match_list::Failure;
use super::resolve::Forms;
use super::status;
use super::words;
use crate::action::access;
use crate::action::access_keys::{address_keys, domain_keys};
use crate::message::header::name_length;
use crate::table::Table;

/// What a result is about: what the reply names, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    pub(super) name: &'a [u8],
    pub(super) class: &'static str,
    /// The restriction that a bare table in a list of restrictions stands for.
    pub(super) bare: Option<&'static str>,
}

/// Whether something was found, and what it decides.
pub(super) type Found = Result<Option<Status>, Stop>;

impl Checks<'_> {
    /// The table that a list of restrictions names.
    fn table(&self, name: &[u8]) -> Result<Table, Stop> {
        let missing = || Stop::Unknown(SmtpUnknown::Restriction { name: String::from_utf8_lossy(name).into_owned() });
        self.server.tables.get(name).cloned().ok_or_else(missing)
    }

    /// Asks a table for keys, the first in tables of any kind, the rest where keys are fixed.
    fn find(&mut self, table: &Table, keys: &[&[u8]], about: About<'_>) -> Found {
        for (index, key) in keys.iter().enumerate() {
            if index > 0 && !table.holds_keys() {
                break;
            }
            match self.lookup(table, key) {
                Ok(None) => {}
                Ok(Some(result)) => return self.table_result(table, &result, about).map(Some),
                Err(Failure::Fails | Failure::Empty) => {
                    return self.table_result(table, b"451 4.3.5 Server configuration error", about).map(Some);
                }
                Err(Failure::Unknown(unknown)) => return Err(unknown.into()),
            }
        }
        Ok(None)
    }

    /// One key.
    pub(super) fn key_access(&mut self, table: &[u8], key: &[u8], about: About<'_>) -> Checked {
        let table = self.table(table)?;
        Ok(self.find(&table, &[key], about)?.unwrap_or(Status::Undecided))
    }

    /// A host's name.
    pub(super) fn domain_access(&mut self, table: &[u8], name: &[u8], about: About<'_>) -> Checked {
        let table = self.table(table)?;
        let keys = domain_keys(name, self.server.access_parents);
        Ok(self.find(&table, &keys, about)?.unwrap_or(Status::Undecided))
    }

    /// The name of a server.
    pub(super) fn name_access(&mut self, table: &[u8], name: &[u8], about: About<'_>) -> Found {
        let table = self.table(table)?;
        self.find(&table, &domain_keys(name, self.server.access_parents), about)
    }

    /// The address of a server.
    pub(super) fn address_access(&mut self, table: &[u8], address: &[u8], about: About<'_>) -> Found {
        let table = self.table(table)?;
        self.find(&table, &address_keys(address), about)
    }

    /// What a table answers to an address, without anything coming of it.
    pub(super) fn address_answer(&self, table: &[u8], address: &[u8]) -> Result<Option<Answer>, Stop> {
        let table = self.table(table)?;
        let mut keys = address_keys(address);
        keys.truncate(if table.holds_keys() { keys.len() } else { 1 });
        let answers = keys.into_iter().filter(|key| !key.is_empty()).map(|key| table.lookup(key));
        Ok(answers.into_iter().find(|answer| *answer != Answer::NotFound))
    }

    /// A client's name, then its address.
    pub(super) fn client_access(&mut self, table: &[u8], name: &[u8], address: &[u8], about: About<'_>) -> Checked {
        let table = self.table(table)?;
        let names = domain_keys(name, self.server.access_parents);
        if let Some(status) = self.find(&table, &names, about)? {
            return Ok(status);
        }
        Ok(self.find(&table, &address_keys(address), about)?.unwrap_or(Status::Undecided))
    }

    /// A sender or a recipient.
    pub(super) fn mail_access(&mut self, table: &[u8], address: &[u8], about: About<'_>) -> Checked {
        let table = self.table(table)?;
        let resolved = self.server.resolve(address).map_err(|failure| self.failed(failure, address))?;
        let keys = self.server.address_keys(&resolved.address, Forms::Access);
        let keys = keys.map_err(|failure| self.failed(failure, address))?;
        match self.lookup_address(std::slice::from_ref(&table), &keys) {
            Ok(None) => Ok(Status::Undecided),
            Ok(Some(result)) => self.table_result(&table, &result, about),
            Err(Failure::Fails | Failure::Empty) => {
                self.table_result(&table, b"451 4.3.5 Server configuration error", about)
            }
            Err(Failure::Unknown(unknown)) => Err(unknown.into()),
        }
    }

    /// What a table's result decides.
    fn table_result(&mut self, table: &Table, result: &[u8], about: About<'_>) -> Checked {
        self.result(table.name(), result, about)
    }

    /// What a result decides; `source` names the table or the policy server.
    pub(super) fn result(&mut self, source: &str, result: &[u8], about: About<'_>) -> Checked {
        let (action, text) = access::parse(result);
        match action {
            Action::Dunno | Action::Info | Action::Warn => Ok(Status::Undecided),
            Action::Ok | Action::AllDigits => Ok(Status::Permit),
            Action::Reject => {
                let code = self.server.number("access_map_reject_code")?;
                self.refuse(code, "5.7.1", &text, b"Access denied", about)
            }
            Action::Defer => {
                let code = self.server.number("access_map_defer_code")?;
                self.refuse(code, "4.7.1", &text, b"Access denied", about)
            }
            Action::Status(code) => {
                let default = if code < 500 { "4.7.1" } else { "5.7.1" };
                self.refuse(i64::from(code), default, &text, b"Access denied", about)
            }
            Action::DeferIfPermit => {
                let code = self.server.number("access_map_defer_code")?;
                let (status, said) = Self::said("4.7.1", &text, b"Service unavailable", about)?;
                self.defer_if_permit(code, &status, said)
            }
            Action::DeferIfReject => {
                let code = self.server.number("access_map_defer_code")?;
                let (status, said) = Self::said("4.7.1", &text, b"Service unavailable", about)?;
                self.defer_if_reject(code, &status, said)
            }
            Action::Filter => Ok(self.effect(Action::Filter, &text, !text.contains(&b':'))),
            Action::Redirect => Ok(self.effect(Action::Redirect, &text, !text.contains(&b'@'))),
            Action::Bcc => Ok(self.effect(Action::Bcc, &text, !text.contains(&b'@'))),
            Action::Hold => {
                let held = self.memory.held;
                let status = self.effect(Action::Hold, &text, held);
                self.memory.held |= self.memory.sender.is_some();
                Ok(status)
            }
            Action::Prepend => {
                let unusable = self.stage == Stage::EndOfData || name_length(&text).is_none();
                Ok(self.effect(Action::Prepend, &text, unusable))
            }
            Action::Discard => {
                // Outside of a mail transaction there is nothing to discard.
                if self.memory.sender.is_none() {
                    return Ok(Status::Undecided);
                }
                let _ = self.effect(Action::Discard, &text, false);
                self.memory.discard = true;
                Ok(Status::Permit)
            }
            _ if hangs_up(result) => Err(SmtpUnknown::Restriction { name: "HANGUP".to_owned() }.into()),
            _ if result.contains(&b':') => Err(self.configuration_error()),
            _ if self.memory.recursion > 100 => Err(self.configuration_error()),
            _ => {
                let list = words(result);
                if list.is_empty() {
                    return Ok(Status::Permit);
                }
                self.within.push(source.into());
                let status = self.restrictions(&list, about);
                self.within.pop();
                status
            }
        }
    }

    /// The status and the text of a refusal.
    fn said(default: &str, text: &[u8], otherwise: &[u8], about: About<'_>) -> Result<(String, Vec<u8>), Stop> {
        let (status, text) = status::split(text, default)?;
        let text = if text.is_empty() { otherwise } else { text };
        Ok((status::fix(status, about.class), Self::rejected(about.name, about.class, text)))
    }

    fn refuse(&mut self, code: i64, default: &str, text: &[u8], otherwise: &[u8], about: About<'_>) -> Checked {
        let (status, said) = Self::said(default, text, otherwise, about)?;
        self.reject(Why::Policy, code, &status, &said)
    }

    /// Something to be done with the message if it is accepted. Outside of a mail transaction nothing is; nor with a text
    /// that cannot be used.
    fn effect(&mut self, action: Action, text: &[u8], unusable: bool) -> Status {
        if self.memory.sender.is_some() && !unusable {
            self.note(TriedOutcome::Does(action.clone(), text.into()));
            self.memory.effects.push((action, text.to_vec()));
        }
        Status::Undecided
    }

    /// An OK that is not allowed where the client can choose what is looked up. (Postfix: `forbid_allowlist`.)
    pub(super) fn forbid_ok(&mut self, status: Status) -> Checked {
        if status == Status::Permit && !self.memory.discard {
            return Err(self.configuration_error());
        }
        Ok(status)
    }
}

/// Whether a result is HANGUP, with a text or without.
fn hangs_up(result: &[u8]) -> bool {
    let word = result.split(|byte| matches!(byte, b' ' | b'\t')).next();
    word.is_some_and(|word| word.eq_ignore_ascii_case(b"HANGUP"))
}

/// The client of a check_client_access.
pub(super) const fn about<'a>(name: &'a [u8], class: &'static str, bare: Option<&'static str>) -> About<'a> {
    About { name, class, bare }
}
