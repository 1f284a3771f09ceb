//! The commands beside those of a mail transaction: VRFY, ETRN, AUTH, STARTTLS, and what is no command.
//!
//! (Postfix: `smtpd_proto`, `vrfy_cmd`, `etrn_cmd`, `smtpd_sasl_auth_cmd`, `starttls_cmd`, `bdat_cmd`.)

use postproof_model::{SmtpUnknown, Tried, UnknownReason};

use super::ehlo::Tls;
use super::{Answer, Session, line_of, one};
use crate::message::header::name_length;
use crate::names::{mailhost_address, valid_hostname};
use crate::smtpd::checks::Stage;
use crate::smtpd::match_list::{Failure, MatchList};

/// Commands that clients could repeat for ever without an error, and of which there may be just so many.
const LIMITED: [&[u8]; 6] = [b"HELO", b"EHLO", b"RSET", b"NOOP", b"VRFY", b"ETRN"];

/// Commands that go before TLS where TLS is required.
const BEFORE_TLS: [&[u8]; 6] = [b"HELO", b"EHLO", b"STARTTLS", b"NOOP", b"QUIT", b"XCLIENT"];

/// Commands that smtpd(8) has.
pub(super) const KNOWN: [&[u8]; 15] = [
    b"HELO",
    b"EHLO",
    b"STARTTLS",
    b"AUTH",
    b"MAIL",
    b"RCPT",
    b"DATA",
    b"BDAT",
    b"RSET",
    b"NOOP",
    b"VRFY",
    b"ETRN",
    b"QUIT",
    b"XCLIENT",
    b"XFORWARD",
];

/// Whether a list of commands holds a word. A lookup that fails finds nothing.
fn holds(list: &MatchList, word: &[u8]) -> Result<bool, SmtpUnknown> {
    match list.holds(word) {
        Ok(holds) => Ok(holds),
        Err(Failure::Unknown(unknown)) => Err(unknown),
        Err(Failure::Fails | Failure::Empty) => Ok(false),
    }
}

impl Session<'_> {
    /// A command as smtpd_command_filter leaves it.
    pub(super) fn filtered(&mut self, line: &[u8], tried: &mut Vec<Tried>) -> Answer {
        let Some(filter) = &self.server.command_filter else { return self.command(line, tried) };
        if self.server.yes("smtputf8_enable")? && std::str::from_utf8(line).is_err() {
            return self.command(line, tried);
        }
        let start = line.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(line.len());
        match filter.lookup(line.get(start..).unwrap_or_default()) {
            postproof_model::Answer::NotFound => self.command(line, tried),
            postproof_model::Answer::Found(hit) => self.command(&hit.result, tried),
            postproof_model::Answer::Unknown { reason: UnknownReason::Fails(_), .. } => {
                self.closed = true;
                one([b"421 4.3.0 ".as_slice(), &self.server.text("myhostname")?, b" Server local error"].concat())
            }
            postproof_model::Answer::Unknown { reason, .. } => {
                self.lost = Some(self.line);
                Err(SmtpUnknown::Table { table: filter.name().to_owned(), reason })
            }
        }
    }

    /// What comes before any command is done: lines that are none, smtpd_noop_commands, smtpd_forbidden_commands.
    pub(super) fn before(&mut self, line: &[u8], words: &[&[u8]], verb: &[u8]) -> Result<Option<Vec<u8>>, SmtpUnknown> {
        if self.server.yes("smtputf8_enable")? && std::str::from_utf8(line).is_err() {
            return Ok(Some(b"500 5.5.2 Error: bad UTF-8 syntax".to_vec()));
        }
        let Some(word) = words.first() else { return Ok(Some(b"500 5.5.2 Error: bad syntax".to_vec())) };
        if word.iter().any(|byte| b"\"\\<>()".contains(byte)) {
            // Such words end elsewhere.
            return Err(SmtpUnknown::Command { line: line.into() });
        }
        if holds(&self.server.noop_commands, word)? {
            self.count_junk()?;
            return Ok(Some(b"250 2.0.0 Ok".to_vec()));
        }
        if !KNOWN.contains(&verb) && (name_length(word).is_some() || holds(&self.server.forbidden_commands, word)?) {
            self.closed = true;
            return Ok(Some(b"221 2.7.0 Error: I can break rules, too. Goodbye.".to_vec()));
        }
        Ok(None)
    }

    /// Whether the command is one that has to wait for TLS.
    pub(super) fn waits_for_tls(&self, verb: &[u8]) -> Result<bool, SmtpUnknown> {
        Ok(!BEFORE_TLS.contains(&verb) && self.server.tls()? == Tls::Required)
    }

    /// Counts a command of which there may be just so many, once it was done: smtpd_junk_command_limit.
    pub(super) fn count_limited(&mut self, verb: &[u8]) -> Result<(), SmtpUnknown> {
        if LIMITED.contains(&verb) { self.count_junk() } else { Ok(()) }
    }

    fn count_junk(&mut self) -> Result<(), SmtpUnknown> {
        let limit = self.server.number("smtpd_junk_command_limit")?;
        if self.junk > limit {
            self.errors += 1;
        } else if self.junk + self.doubtful_junk > limit {
            self.doubtful += 1;
        }
        self.junk += 1;
        Ok(())
    }

    pub(super) fn vrfy(&mut self, line: &[u8], arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        let server = self.server;
        if server.yes("disable_vrfy_command")? {
            return one("502 5.5.1 VRFY command is disabled");
        }
        let argument = match arguments {
            [] => {
                let more = if server.yes("smtputf8_enable")? { " [SMTPUTF8]" } else { "" };
                return one(format!("501 5.5.4 Syntax: VRFY address{more}"));
            }
            [argument] => *argument,
            _ => return Err(SmtpUnknown::Command { line: line.into() }),
        };
        let address = argument.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")).unwrap_or(argument);
        if address.is_empty() {
            return one("501 5.1.3 Bad recipient address syntax");
        }
        self.plain(address)?;
        // Restrictions may look at the sender.
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        let refused = self.stages(Stage::Verify, tried).recipient(address);
        match refused {
            Ok(Some(reply)) => one(line_of(&reply)),
            Ok(None) => one([b"252 2.0.0 ".as_slice(), argument].concat()),
            Err(unknown) => {
                self.memory.sender_checked = None;
                if self.memory.sender.is_some() {
                    self.recipients_lost.get_or_insert(self.line);
                    self.memory.effects.clear();
                }
                Err(unknown)
            }
        }
    }

    pub(super) fn etrn(&mut self, arguments: &[&[u8]], tried: &mut Vec<Tried>) -> Answer {
        let server = self.server;
        if server.yes("smtpd_helo_required")? && self.memory.helo.is_none() {
            return one("503 Error: send HELO/EHLO first");
        }
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        if self.memory.sender.is_some() {
            return one("503 Error: MAIL transaction in progress");
        }
        let [argument] = arguments else { return one("500 Syntax: ETRN domain") };
        let domain = argument.strip_prefix(b"@").or_else(|| argument.strip_prefix(b"#")).unwrap_or(argument);
        let literal = domain.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]")).and_then(mailhost_address);
        if !valid_hostname(domain) && literal.is_none() {
            return one("501 Error: invalid parameter syntax");
        }
        if let Some(reply) = self.stages(Stage::Etrn, tried).etrn(domain)? {
            return one(line_of(&reply));
        }
        match server.fast_flush.holds_domain(domain) {
            Ok(true) => one("250 Queuing started"),
            Ok(false) => one([b"459 <".as_slice(), domain, b">: service unavailable"].concat()),
            Err(Failure::Unknown(unknown)) => Err(unknown),
            Err(Failure::Fails | Failure::Empty) => one("458 Unable to queue messages"),
        }
    }

    pub(super) fn auth(&mut self, arguments: &[&[u8]]) -> Answer {
        let server = self.server;
        if server.yes("smtpd_helo_required")? && self.memory.helo.is_none() {
            return one("503 5.5.1 Error: send HELO/EHLO first");
        }
        if !server.sasl_without_tls()? || self.discarded()?.contains(&"AUTH") {
            return one("503 5.5.1 Error: authentication not enabled");
        }
        if let Some(lost) = self.transaction_lost {
            return Err(SmtpUnknown::Earlier { line: lost });
        }
        if self.memory.sender.is_some() {
            return one("503 5.5.1 Error: MAIL transaction in progress");
        }
        if self.memory.client.as_ref().is_some_and(|client| client.login.is_some()) {
            return one("503 5.5.1 Error: already authenticated");
        }
        if !(1..=2).contains(&arguments.len()) {
            return one("501 5.5.4 Syntax: AUTH mechanism");
        }
        // Lines that are no commands may follow, and who the client is afterwards is not known.
        self.lost = Some(self.line);
        Err(SmtpUnknown::NeedsSasl)
    }

    pub(super) fn starttls(&mut self, line: &[u8], arguments: &[&[u8]]) -> Answer {
        let server = self.server;
        if !arguments.is_empty() {
            return one("501 5.5.4 Syntax: STARTTLS");
        }
        if server.tls()? == Tls::None || self.discarded()?.contains(&"STARTTLS") {
            return one("502 5.5.1 Error: command not implemented");
        }
        let certificates =
            ["smtpd_tls_cert_file", "smtpd_tls_dcert_file", "smtpd_tls_eccert_file", "smtpd_tls_chain_files"];
        for parameter in certificates {
            if !server.text(parameter)?.is_empty() {
                self.lost = Some(self.line);
                return Err(SmtpUnknown::Command { line: line.into() });
            }
        }
        one("454 4.7.0 TLS not available due to local problem")
    }

    /// BDAT as far as it takes no message. Its errors hang up.
    pub(super) fn bdat(&mut self, line: &[u8], arguments: &[&[u8]]) -> Answer {
        if self.discarded()?.contains(&"CHUNKING") {
            return one("521 5.5.1 Error: command not implemented");
        }
        let digits = |word: &&[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
        let right = match arguments {
            [count] => digits(count),
            [count, last] => digits(count) && last.eq_ignore_ascii_case(b"LAST"),
            _ => false,
        };
        if !right {
            return one("521 5.5.4 Syntax: BDAT count [LAST]");
        }
        self.lost = Some(self.line);
        Err(SmtpUnknown::Command { line: line.into() })
    }
}
