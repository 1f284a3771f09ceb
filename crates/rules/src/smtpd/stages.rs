//! Which lists are checked when, and what is remembered between them: smtpd_delay_reject.
//!
//! (Postfix: `smtpd_check_client`, `smtpd_check_helo`, `smtpd_check_mail`, `smtpd_check_rcpt`, `smtpd_check_etrn`,
//! `smtpd_check_data`, `smtpd_check_eod`.)

use postproof_model::{Reply, SmtpUnknown, Tried};

use super::access::about;
use super::checks::{Checked, Checks, Memory, Stage, Status, Stop};
use super::status::class;
use super::{Server, World};

/// The reply that refuses the command, if one does.
pub(super) type Refused = Result<Option<Reply>, SmtpUnknown>;

/// What the checks of one command need.
pub(super) struct Stages<'s> {
    pub(super) server: &'s Server,
    pub(super) world: &'s World,
    pub(super) memory: &'s mut Memory,
    pub(super) stage: Stage,
    pub(super) tried: &'s mut Vec<Tried>,
}

fn settled(status: Checked) -> Result<Status, SmtpUnknown> {
    match status {
        Ok(status) => Ok(status),
        Err(Stop::Reject(reply)) => Ok(Status::Reject(reply)),
        Err(Stop::Unknown(unknown)) => Err(unknown),
    }
}

fn refused(status: Status) -> Option<Reply> {
    match status {
        Status::Reject(reply) => Some(reply),
        Status::Undecided | Status::Permit => None,
    }
}

impl Stages<'_> {
    fn checks(&mut self, list: &'static str) -> Checks<'_> {
        let current = self.tried.len();
        Checks {
            server: self.server,
            world: self.world,
            memory: self.memory,
            stage: self.stage,
            list,
            within: Vec::new(),
            tried: self.tried,
            current,
            steps: 0,
        }
    }

    fn reset(&mut self) {
        self.memory.recursion = 0;
        self.memory.warn_if_reject = 0;
        self.memory.defer_if_reject.active = false;
    }

    fn list(
        &mut self,
        list: &'static str,
        name: &[u8],
        class: &'static str,
        bare: Option<&'static str>,
    ) -> Result<Status, SmtpUnknown> {
        let words = match self.server.lists.get(list) {
            Some(Ok(words)) => words,
            Some(Err(unknown)) => return Err(unknown.clone()),
            None => return Ok(Status::Undecided),
        };
        if words.is_empty() {
            return Ok(Status::Undecided);
        }
        settled(self.checks(list).restrictions(words, about(name, class, bare)))
    }

    /// One check at the end of a list, which a parameter asks for.
    fn implied(&mut self, parameter: &'static str, address: &[u8], class: &'static str) -> Result<Status, SmtpUnknown> {
        let mut checks = self.checks(parameter);
        checks.begin(
            b"reject_unlisted"
                .iter()
                .chain(if class == class::SENDER { b"_sender".as_slice() } else { b"_recipient" })
                .copied()
                .collect(),
        );
        checks.current = checks.tried.len().saturating_sub(1);
        let status = checks.reject_unlisted(address, class);
        if let Err(Stop::Unknown(unknown)) = &status {
            checks.note(postproof_model::TriedOutcome::Unknown(unknown.clone()));
        }
        settled(status)
    }

    fn kept(&mut self, list: &'static str, status: Status) -> Result<Status, SmtpUnknown> {
        if matches!(status, Status::Reject(_)) || !self.memory.defer_if_permit.active {
            return Ok(status);
        }
        // The trace has the restriction that asked for it; there is none to name here.
        let mut checks = self.checks(list);
        checks.current = usize::MAX;
        match settled(checks.reject_kept())? {
            Status::Undecided => Ok(status),
            decided => Ok(decided),
        }
    }

    /// The client's restrictions.
    pub(super) fn client(&mut self) -> Refused {
        self.memory.defer_if_permit.active = false;
        self.reset();
        let name = self.memory.client.as_ref().map(super::checks::Client::name_and_address).unwrap_or_default();
        let words = self.server.lists.get("smtpd_client_restrictions");
        if self.memory.client.is_none()
            && words.is_some_and(|words| words.as_ref().is_ok_and(|words| !words.is_empty()))
        {
            return Err(SmtpUnknown::NeedsClient);
        }
        let status = self.list("smtpd_client_restrictions", &name, class::CLIENT, Some("check_client_access"))?;
        self.memory.defer_if_permit_client = self.memory.defer_if_permit.active;
        Ok(refused(status))
    }

    /// The restrictions of HELO and EHLO.
    pub(super) fn helo(&mut self, helo: &[u8]) -> Refused {
        self.memory.defer_if_permit.active = self.memory.defer_if_permit_client;
        self.reset();
        let saved = self.memory.helo.replace(helo.to_vec());
        let status = self.list("smtpd_helo_restrictions", helo, class::HELO, Some("check_helo_access"));
        self.memory.helo = saved;
        self.memory.defer_if_permit_helo = self.memory.defer_if_permit.active;
        Ok(refused(status?))
    }

    /// The sender's restrictions.
    pub(super) fn sender(&mut self, sender: &[u8]) -> Refused {
        self.memory.defer_if_permit.active = self.memory.defer_if_permit_client || self.memory.defer_if_permit_helo;
        self.memory.sender_checked = Some(false);
        self.reset();
        let saved = self.memory.sender.replace(sender.to_vec());
        let checked = self.sender_itself(sender);
        self.memory.sender = saved;
        Ok(refused(checked?))
    }

    fn sender_itself(&mut self, sender: &[u8]) -> Result<Status, SmtpUnknown> {
        let status = self.list("smtpd_sender_restrictions", sender, class::SENDER, Some("check_sender_access"))?;
        self.memory.defer_if_permit_sender = self.memory.defer_if_permit.active;
        if matches!(status, Status::Reject(_))
            || self.memory.sender_checked == Some(true)
            || self.memory.discard
            || sender.is_empty()
        {
            return Ok(status);
        }
        if self.server.yes("smtpd_reject_unlisted_sender")? {
            return self.implied("smtpd_reject_unlisted_sender", sender, class::SENDER);
        }
        Ok(status)
    }

    /// The restrictions of a recipient; with smtpd_delay_reject all those before, too.
    pub(super) fn recipient(&mut self, recipient: &[u8]) -> Refused {
        if recipient.eq_ignore_ascii_case(b"postmaster") {
            return Ok(None);
        }
        let saved = self.memory.recipient.replace(recipient.to_vec());
        let checked = self.recipient_itself(recipient);
        self.memory.recipient = saved;
        checked
    }

    fn recipient_itself(&mut self, recipient: &[u8]) -> Refused {
        self.memory.recipient_checked = Some(false);
        if self.server.yes("smtpd_delay_reject")? {
            if let Some(reply) = self.client()? {
                return Ok(Some(reply));
            }
            if let Some(helo) = self.memory.helo.clone()
                && let Some(reply) = self.helo(&helo)?
            {
                return Ok(Some(reply));
            }
            if let Some(sender) = self.memory.sender.clone()
                && let Some(reply) = self.sender(&sender)?
            {
                return Ok(Some(reply));
            }
        }
        self.memory.defer_if_permit.active = self.memory.defer_if_permit_sender;
        self.reset();
        let mut lists = ["smtpd_recipient_restrictions", "smtpd_relay_restrictions"];
        if self.server.yes("smtpd_relay_before_recipient_restrictions")? {
            lists.reverse();
        }
        let mut status = Status::Undecided;
        for list in lists {
            status = self.list(list, recipient, class::RECIPIENT, Some("check_recipient_access"))?;
            if matches!(status, Status::Reject(_)) {
                break;
            }
        }
        status = self.kept("smtpd_recipient_restrictions", status)?;
        if !matches!(status, Status::Reject(_))
            && self.memory.recipient_checked != Some(true)
            && !self.memory.discard
            && self.server.yes("smtpd_reject_unlisted_recipient")?
        {
            status = self.implied("smtpd_reject_unlisted_recipient", recipient, class::RECIPIENT)?;
        }
        Ok(refused(status))
    }

    /// The restrictions of ETRN; with smtpd_delay_reject those of the client and of HELO before.
    pub(super) fn etrn(&mut self, domain: &[u8]) -> Refused {
        if self.server.yes("smtpd_delay_reject")? {
            if let Some(reply) = self.client()? {
                return Ok(Some(reply));
            }
            if let Some(helo) = self.memory.helo.clone()
                && let Some(reply) = self.helo(&helo)?
            {
                return Ok(Some(reply));
            }
        }
        self.memory.defer_if_permit.active = self.memory.defer_if_permit_client || self.memory.defer_if_permit_helo;
        self.reset();
        let list = "smtpd_etrn_restrictions";
        self.memory.etrn = Some(domain.to_vec());
        let status = self.list(list, domain, class::ETRN, Some("check_etrn_access"));
        let status = status.and_then(|status| self.kept(list, status));
        self.memory.etrn = None;
        Ok(refused(status?))
    }

    /// The restrictions of DATA, and those of the end of a message.
    pub(super) fn data(&mut self) -> Refused {
        let (list, name, class) = match self.stage {
            Stage::EndOfData => ("smtpd_end_of_data_restrictions", b"END-OF-MESSAGE".as_slice(), class::END_OF_DATA),
            _ => ("smtpd_data_restrictions", b"DATA".as_slice(), class::DATA),
        };
        // With several recipients none of them is named.
        let saved = if self.memory.recipients > 1 { self.memory.recipient.take() } else { None };
        self.memory.defer_if_permit.active = false;
        self.reset();
        let status = self.list(list, name, class, None).and_then(|status| self.kept(list, status));
        if saved.is_some() {
            self.memory.recipient = saved;
        }
        Ok(refused(status?))
    }
}
