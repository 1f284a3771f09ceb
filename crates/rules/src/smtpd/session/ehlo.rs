//! What EHLO offers, and what of it is kept from whom: smtpd_discard_ehlo_keywords, TLS, SASL.
//!
//! (Postfix: `ehlo_cmd`, `ehlo_mask`, `pre_jail_init`, `smtpd_sasl_is_active`.)

use postproof_model::SmtpUnknown;

use super::{Answer, Session};
use crate::smtpd::Server;
use crate::smtpd::match_list::Failure;

/// What may be kept from a client. Other words of the list are nothing to smtpd(8).
const KEYWORDS: [&str; 12] = [
    "8BITMIME",
    "AUTH",
    "CHUNKING",
    "DSN",
    "ENHANCEDSTATUSCODES",
    "ETRN",
    "PIPELINING",
    "SIZE",
    "SMTPUTF8",
    "STARTTLS",
    "VRFY",
    "XCLIENT",
];

/// Whether there is TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tls {
    None,
    /// It is offered.
    May,
    /// Nothing else goes before it.
    Required,
}

impl Server {
    /// smtpd_tls_security_level, and the two parameters before it.
    pub(super) fn tls(&self) -> Result<Tls, SmtpUnknown> {
        if self.yes("smtpd_tls_wrappermode")? {
            return Err(SmtpUnknown::NotCovered { parameter: "smtpd_tls_wrappermode".to_owned() });
        }
        let level = self.text("smtpd_tls_security_level")?.to_ascii_lowercase();
        Ok(match level.as_slice() {
            b"" if self.yes("smtpd_enforce_tls")? => Tls::Required,
            b"" if self.yes("smtpd_use_tls")? => Tls::May,
            b"" | b"none" => Tls::None,
            b"may" => Tls::May,
            b"encrypt" | b"fingerprint" | b"verify" | b"secure" => Tls::Required,
            _ => return Err(SmtpUnknown::Refused { parameter: "smtpd_tls_security_level".to_owned() }),
        })
    }

    /// Whether a client can log in before there is TLS.
    pub(in crate::smtpd) fn sasl_without_tls(&self) -> Result<bool, SmtpUnknown> {
        Ok(self.yes("smtpd_sasl_auth_enable")? && !self.yes("smtpd_tls_auth_only")? && self.tls()? != Tls::Required)
    }
}

impl Session<'_> {
    /// What is kept from this client, whether it has said EHLO or not.
    pub(super) fn discarded(&self) -> Result<Vec<&'static str>, SmtpUnknown> {
        let server = self.server;
        let mut words = server.text("smtpd_discard_ehlo_keywords")?;
        let maps = match server.maps.get("smtpd_discard_ehlo_keyword_address_maps") {
            Some(Ok(maps)) => maps.tables(),
            Some(Err(unknown)) => return Err(unknown.clone()),
            None => &[],
        };
        if !maps.is_empty() {
            let client = self.memory.client.as_ref().ok_or(SmtpUnknown::NeedsClient)?;
            for table in maps {
                match table.lookup(&client.address) {
                    postproof_model::Answer::NotFound => {}
                    postproof_model::Answer::Found(hit) if !hit.result.is_empty() => {
                        words = hit.result.to_vec();
                        break;
                    }
                    _ => {
                        let parameter = "smtpd_discard_ehlo_keyword_address_maps".to_owned();
                        return Err(SmtpUnknown::NotCovered { parameter });
                    }
                }
            }
        }
        let words: Vec<&[u8]> =
            words.split(|byte| byte.is_ascii_whitespace() || *byte == b',').filter(|word| !word.is_empty()).collect();
        let named = |keyword: &&str| words.iter().any(|word| word.eq_ignore_ascii_case(keyword.as_bytes()));
        Ok(KEYWORDS.into_iter().filter(named).collect())
    }

    /// What EHLO offers. XCLIENT and XFORWARD, which only some clients are offered, are left out.
    pub(super) fn keywords(&self, host: &[u8]) -> Answer {
        let server = self.server;
        let discarded = self.discarded()?;
        let limit = server.number("message_size_limit")?;
        let mut keywords = vec!["PIPELINING".to_owned()];
        keywords.push(if limit > 0 { format!("SIZE {limit}") } else { "SIZE".to_owned() });
        if !server.yes("disable_vrfy_command")? {
            keywords.push("VRFY".to_owned());
        }
        keywords.push("ETRN".to_owned());
        if server.tls()? != Tls::None {
            keywords.push("STARTTLS".to_owned());
        }
        if server.sasl_without_tls()? && !discarded.contains(&"AUTH") && self.is_offered_auth()? {
            let mechanisms = self.world.sasl_mechanisms().ok_or(SmtpUnknown::NeedsSasl)?;
            keywords.push(format!("AUTH {mechanisms}"));
            if server.yes("broken_sasl_auth_clients")? {
                keywords.push(format!("AUTH={mechanisms}"));
            }
        }
        for keyword in ["ENHANCEDSTATUSCODES", "8BITMIME", "DSN"] {
            keywords.push(keyword.to_owned());
        }
        if server.yes("smtputf8_enable")? {
            keywords.push("SMTPUTF8".to_owned());
        }
        keywords.push("CHUNKING".to_owned());
        let kept = |keyword: &String| {
            let name = keyword.split([' ', '=']).next().unwrap_or_default();
            !discarded.contains(&name)
        };
        keywords.retain(kept);
        let mut lines = vec![host.to_vec()];
        lines.extend(keywords.into_iter().map(String::into_bytes));
        let last = lines.len() - 1;
        let with_code = |(index, line): (usize, Vec<u8>)| {
            let between: &[u8] = if index == last { b"250 " } else { b"250-" };
            [between, &line].concat()
        };
        Ok(lines.into_iter().enumerate().map(with_code).collect())
    }

    /// Whether smtpd_sasl_exceptions_networks lets the client know that it can log in.
    fn is_offered_auth(&self) -> Result<bool, SmtpUnknown> {
        let client = self.memory.client.as_ref().ok_or(SmtpUnknown::NeedsClient)?;
        match self.server.sasl_exceptions.holds_host(&client.name, &client.address) {
            Ok(excepted) => Ok(!excepted),
            Err(Failure::Unknown(unknown)) => Err(unknown),
            // It hangs up.
            Err(_) => Err(SmtpUnknown::NotCovered { parameter: "smtpd_sasl_exceptions_networks".to_owned() }),
        }
    }
}
