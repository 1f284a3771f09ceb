//! Senders and recipients that no table lists, destinations that are not ours, and senders that belong to somebody.
//!
//! (Postfix: `check_rcpt_maps`, `permit_auth_destination`, `reject_unauth_destination`,
//! `reject_auth_sender_login_mismatch`, `reject_unauth_sender_login_mismatch`.)

use postproof_model::SmtpUnknown;

use super::checks::{Checked, Checks, Status, Stop, Why};
use super::match_list::Failure;
use super::resolve::{AddressClass, Forms, split};
use super::status::{self, class};

impl Checks<'_> {
    /// Looks an address up in a parameter's tables, in the forms of recipient tables.
    fn mapped(&mut self, parameter: &'static str, address: &[u8], about: &[u8]) -> Result<Option<Vec<u8>>, Stop> {
        let tables = match self.server.maps.get(parameter) {
            Some(Ok(maps)) => maps.tables().to_vec(),
            Some(Err(unknown)) => return Err(unknown.clone().into()),
            None => Vec::new(),
        };
        if tables.is_empty() {
            return Ok(None);
        }
        let keys = self.server.address_keys(address, Forms::Maps).map_err(|failure| self.failed(failure, about))?;
        self.lookup_address(&tables, &keys).map_err(|failure| self.failed(failure, about))
    }

    /// Whether mail for an address is ours to take: permit_auth_destination.
    pub(super) fn is_authorized_destination(&mut self, recipient: &[u8]) -> Result<bool, Stop> {
        let resolved = self.server.resolve(recipient).map_err(|failure| self.failed(failure, recipient))?;
        Ok(resolved.class != AddressClass::Default)
    }

    pub(super) fn reject_unauthorized_destination(&mut self, defer: bool) -> Checked {
        let Some(recipient) = self.memory.recipient.clone() else { return Ok(Status::Undecided) };
        if self.is_authorized_destination(&recipient)? {
            return Ok(Status::Undecided);
        }
        let code = self.server.number("relay_domains_reject_code")?;
        let text = [b"<", recipient.as_slice(), b">: Relay access denied"].concat();
        if defer {
            self.reject(Why::Policy, code - 100, "4.7.1", &text)
        } else {
            self.reject(Why::Policy, code, "5.7.1", &text)
        }
    }

    /// reject_unlisted_recipient and reject_unlisted_sender.
    pub(super) fn reject_unlisted(&mut self, address: &[u8], about: &'static str) -> Checked {
        let warns = self.memory.warn_if_reject != 0;
        let checked =
            if about == class::SENDER { &mut self.memory.sender_checked } else { &mut self.memory.recipient_checked };
        let before = *checked;
        if before == Some(true) {
            return Ok(Status::Undecided);
        }
        *checked = if warns { before } else { Some(true) };
        let status = self.unlisted(address, about);
        if before.is_none() && matches!(status, Ok(Status::Reject(_)) | Err(Stop::Reject(_))) {
            return Err(SmtpUnknown::EarlierSessions.into());
        }
        status
    }

    fn unlisted(&mut self, address: &[u8], about: &'static str) -> Checked {
        let is_sender = about == class::SENDER;
        let resolved = self.server.resolve(address).map_err(|failure| self.failed(failure, address))?;
        let full = resolved.address.as_slice();
        let mut aliases = vec!["recipient_canonical_maps", "canonical_maps", "virtual_alias_maps"];
        if is_sender {
            aliases.insert(1, "sender_canonical_maps");
        }
        for parameter in aliases {
            if self.mapped(parameter, full, address)?.is_some() {
                return Ok(Status::Undecided);
            }
        }
        self.transport_is_plain(full, resolved.class)?;
        let names_table = self.server.yes("show_user_unknown_table_name")?;
        let unknown_user = |table: &str| {
            if names_table { format!("User unknown in {table} table") } else { "User unknown".to_owned() }
        };
        let (parameter, code, table) = match resolved.class {
            AddressClass::VirtualAlias => {
                let code = self.server.number("unknown_virtual_alias_reject_code")?;
                let status = status::fix("5.1.1", about);
                let text = Self::rejected(address, about, unknown_user("virtual alias").as_bytes());
                return self.reject(Why::Policy, code, &status, &text);
            }
            AddressClass::Local => {
                let local = split(full).0;
                let double_bounce = self.server.text("double_bounce_sender")?;
                let always = [b"postmaster".as_slice(), b"mailer-daemon", &double_bounce];
                if always.iter().any(|name| local.eq_ignore_ascii_case(name)) {
                    return Ok(Status::Undecided);
                }
                ("local_recipient_maps", "unknown_local_recipient_reject_code", "local recipient")
            }
            AddressClass::VirtualMailbox => {
                ("virtual_mailbox_maps", "unknown_virtual_mailbox_reject_code", "virtual mailbox")
            }
            AddressClass::Relay => ("relay_recipient_maps", "unknown_relay_recipient_reject_code", "relay recipient"),
            AddressClass::Default => return Ok(Status::Undecided),
        };
        if self.server.text(parameter)?.is_empty() || self.mapped(parameter, full, address)?.is_some() {
            return Ok(Status::Undecided);
        }
        let code = self.server.number(code)?;
        let status = if is_sender { "5.1.0" } else { "5.1.1" };
        let text = Self::rejected(address, about, unknown_user(table).as_bytes());
        self.reject(Why::Policy, code, status, &text)
    }

    /// Where mail for the address would go to error(8) or retry(8), the reply would be theirs: that is not known here.
    fn transport_is_plain(&mut self, address: &[u8], class: AddressClass) -> Result<(), Stop> {
        let not_covered = |parameter: &str| Stop::Unknown(SmtpUnknown::NotCovered { parameter: parameter.to_owned() });
        let answers = |transport: &[u8]| {
            let transport = transport.trim_ascii();
            transport.starts_with(b"error") || transport.starts_with(b"retry")
        };
        let parameter = match class {
            AddressClass::VirtualAlias => return Ok(()),
            AddressClass::Local => "local_transport",
            AddressClass::VirtualMailbox => "virtual_transport",
            AddressClass::Relay => "relay_transport",
            AddressClass::Default => "default_transport",
        };
        if answers(&self.server.text(parameter)?) {
            return Err(not_covered(parameter));
        }
        if class == AddressClass::Default && !self.server.text("sender_dependent_default_transport_maps")?.is_empty() {
            return Err(not_covered("sender_dependent_default_transport_maps"));
        }
        if self.mapped("relocated_maps", address, address)?.is_some() {
            return Err(not_covered("relocated_maps"));
        }
        let tables = match self.server.maps.get("transport_maps") {
            Some(Ok(maps)) => maps.tables().to_vec(),
            Some(Err(unknown)) => return Err(unknown.clone().into()),
            None => Vec::new(),
        };
        if tables.is_empty() {
            return Ok(());
        }
        let domain = split(address).1.unwrap_or_default();
        let mut keys =
            self.server.address_keys(address, Forms::Maps).map_err(|failure| self.failed(failure, address))?;
        for parents in [false, true] {
            keys.extend(
                crate::action::access_keys::domain_keys(domain, parents).into_iter().map(|key| (key.to_vec(), true)),
            );
        }
        keys.push((b"*".to_vec(), true));
        for key in keys {
            match self.lookup_address(&tables, &[key]) {
                Ok(Some(result)) if answers(&result) => return Err(not_covered("transport_maps")),
                Ok(_) => {}
                Err(Failure::Fails | Failure::Empty) => return Err(not_covered("transport_maps")),
                Err(Failure::Unknown(unknown)) => return Err(unknown.into()),
            }
        }
        Ok(())
    }

    /// Who may use the sender address: smtpd_sender_login_maps. `owned` is for those who are logged in, and says whether an
    /// address that nobody owns is anybody's.
    pub(super) fn reject_sender_of_others(&mut self, sender: &[u8], allow_unowned: bool) -> Checked {
        let Some(login) = self.login()? else { return Ok(Status::Undecided) };
        let resolved = self.server.resolve(sender).map_err(|failure| self.failed(failure, sender))?;
        match self.mapped("smtpd_sender_login_maps", &resolved.address, sender)? {
            Some(owners) => {
                let mut owners = owners.split(|byte| matches!(byte, b',' | b' ' | b'\t' | b'\r' | b'\n'));
                if owners.any(|owner| !owner.is_empty() && owner.eq_ignore_ascii_case(&login)) {
                    return Ok(Status::Undecided);
                }
            }
            None if allow_unowned => return Ok(Status::Undecided),
            None => {}
        }
        let said = [b"not owned by user ", login.as_slice()].concat();
        self.reject(Why::Policy, 553, "5.7.1", &Self::rejected(sender, class::SENDER, &said))
    }

    /// As above, for those who are not logged in: an address that somebody owns is not theirs.
    pub(super) fn reject_sender_without_login(&mut self, sender: &[u8]) -> Checked {
        if self.login()?.is_some() {
            return Ok(Status::Undecided);
        }
        let resolved = self.server.resolve(sender).map_err(|failure| self.failed(failure, sender))?;
        if self.mapped("smtpd_sender_login_maps", &resolved.address, sender)?.is_none() {
            return Ok(Status::Undecided);
        }
        self.reject(Why::Policy, 553, "5.7.1", &Self::rejected(sender, class::SENDER, b"not logged in"))
    }
}
