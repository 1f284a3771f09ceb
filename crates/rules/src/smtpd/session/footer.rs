//! What stands at the end of replies that refuse: smtpd_reject_footer, smtpd_reject_footer_maps.
//!
//! (Postfix: `vsmtpd_chat_reply`, `smtp_reply_footer`.)

use postproof_model::SmtpUnknown;

use super::Session;
use crate::smtpd::rbl_reply::{self, Names};

impl Session<'_> {
    /// A reply with its footer, if it refuses and there is one.
    pub(super) fn with_footer(&self, mut lines: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, SmtpUnknown> {
        let Some(first) = lines.first().filter(|first| matches!(first.first(), Some(b'4' | b'5'))) else {
            return Ok(lines);
        };
        let Some(template) = self.footer(first)? else { return Ok(lines) };
        // A reply without a code and a text after it gets none.
        let coded =
            first.get(..3).is_some_and(|code| code.iter().all(u8::is_ascii_digit)) && first.get(3) == Some(&b' ');
        if !coded {
            return Ok(lines);
        }
        let status = first.get(4..).unwrap_or_default().split(|&byte| byte == b' ').next().unwrap_or_default();
        let start = if is_status(status) { first.get(..5 + status.len()) } else { first.get(..4) };
        let start = start.unwrap_or_default().to_vec();
        let (same_line, template) = match template.strip_prefix(b"\\c") {
            Some(rest) => (true, rest.to_vec()),
            None => (false, template),
        };
        for (index, part) in parts(&template).into_iter().enumerate() {
            let text = self.filled(part)?;
            match lines.last_mut() {
                Some(last) if index == 0 && same_line => last.extend(text),
                _ => lines.push([start.as_slice(), &text].concat()),
            }
        }
        let last = lines.len() - 1;
        for line in lines.iter_mut().take(last) {
            if let Some(between) = line.get_mut(3) {
                *between = b'-';
            }
        }
        Ok(lines)
    }

    /// The template for a reply.
    fn footer(&self, reply: &[u8]) -> Result<Option<Vec<u8>>, SmtpUnknown> {
        let maps = match self.server.maps.get("smtpd_reject_footer_maps") {
            Some(Ok(maps)) => maps.tables(),
            Some(Err(unknown)) => return Err(unknown.clone()),
            None => &[],
        };
        for table in maps {
            match table.lookup(reply) {
                postproof_model::Answer::NotFound => {}
                postproof_model::Answer::Found(hit) if !hit.result.is_empty() => return Ok(Some(hit.result.to_vec())),
                postproof_model::Answer::Found(_) => break,
                postproof_model::Answer::Unknown { reason, .. } => {
                    return Err(SmtpUnknown::Table { table: table.name().to_owned(), reason });
                }
            }
        }
        let text = self.server.text("smtpd_reject_footer")?;
        Ok((!text.is_empty()).then_some(text))
    }

    fn filled(&self, template: &[u8]) -> Result<Vec<u8>, SmtpUnknown> {
        let unknown = || SmtpUnknown::Expansion { text: template.into() };
        let memory = &self.memory;
        let names = |name: &[u8]| template.windows(name.len()).any(|part| part == name);
        if let Some(line) = self.transaction_lost.or(self.recipients_lost)
            && (names(b"sender") || names(b"recipient"))
        {
            return Err(SmtpUnknown::Earlier { line });
        }
        let Some(client) = &memory.client else {
            return if template.contains(&b'$') { Err(SmtpUnknown::NeedsClient) } else { Ok(template.to_vec()) };
        };
        if names(b"rbl_") {
            return Err(unknown());
        }
        let names = Names::of_session(client, memory);
        let filter = rbl_reply::unescaped(&self.server.text("smtpd_expansion_filter")?);
        rbl_reply::expand(template, &names, &filter)
    }
}

/// An enhanced status code: three numbers.
fn is_status(text: &[u8]) -> bool {
    let number = |part: &[u8]| (1..=3).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    let mut parts = text.split(|&byte| byte == b'.');
    matches!(parts.next(), Some(b"4" | b"5"))
        && parts.next().is_some_and(number)
        && parts.next().is_some_and(number)
        && parts.next().is_none()
}

/// The lines of a template, which the two letters `\n` divide.
fn parts(template: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.windows(2).position(|two| two == b"\\n") {
        parts.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}
