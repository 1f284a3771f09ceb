//! The text that a client on a DNS list is told: default_rbl_reply and rbl_reply_maps. (Postfix: `rbl_reject_reply`,
//! `rbl_expand_lookup`, `smtpd_expand_lookup`, `mac_expand`.)

use postproof_model::SmtpUnknown;

use super::checks::{Client, Memory};

/// What the `$name`s of a template stand for.
pub(super) struct Names<'n> {
    pub(super) rbl_code: i64,
    pub(super) rbl_domain: &'n [u8],
    pub(super) rbl_reason: &'n [u8],
    pub(super) rbl_what: &'n [u8],
    pub(super) rbl_class: &'n str,
    pub(super) client_name: &'n [u8],
    pub(super) client_address: &'n [u8],
    pub(super) reverse_client_name: &'n [u8],
    pub(super) helo_name: Option<&'n [u8]>,
    pub(super) sender: Option<&'n [u8]>,
    pub(super) recipient: Option<&'n [u8]>,
}

impl<'n> Names<'n> {
    /// What the names stand for that are about the session alone.
    pub(super) fn of_session(client: &'n Client, memory: &'n Memory) -> Self {
        Self {
            rbl_code: 0,
            rbl_domain: b"",
            rbl_reason: b"",
            rbl_what: b"",
            rbl_class: "",
            client_name: &client.name,
            client_address: &client.address,
            reverse_client_name: &client.reverse_name,
            helo_name: memory.helo.as_deref(),
            sender: memory.sender.as_deref(),
            recipient: memory.recipient.as_deref(),
        }
    }

    /// What a name stands for; none for a name that smtpd does not know or that is not known here.
    fn get(&self, name: &[u8]) -> Option<Vec<u8>> {
        Some(match name {
            b"rbl_code" => self.rbl_code.to_string().into_bytes(),
            b"rbl_domain" => self.rbl_domain.to_vec(),
            b"rbl_reason" | b"rbl_txt" => self.rbl_reason.to_vec(),
            b"rbl_what" => self.rbl_what.to_vec(),
            b"rbl_class" => self.rbl_class.as_bytes().to_vec(),
            b"client" => [self.client_name, b"[", self.client_address, b"]"].concat(),
            b"client_name" => self.client_name.to_vec(),
            b"client_address" => self.client_address.to_vec(),
            b"reverse_client_name" => self.reverse_client_name.to_vec(),
            b"helo_name" => self.helo_name.unwrap_or_default().to_vec(),
            _ => {
                let (address, part) = match name.strip_prefix(b"sender") {
                    Some(part) => (self.sender, part),
                    None => (self.recipient, name.strip_prefix(b"recipient")?),
                };
                of_address(address, part)?
            }
        })
    }
}

/// `sender`, `sender_name`, `sender_domain`, and so for the recipient.
fn of_address(address: Option<&[u8]>, part: &[u8]) -> Option<Vec<u8>> {
    let Some(address) = address else { return Some(Vec::new()) };
    let (local, domain) = super::resolve::split(address);
    Some(match (part, address.is_empty()) {
        (b"" | b"_name", true) => b"<>".to_vec(),
        (b"", false) => address.to_vec(),
        (b"_name", false) => local.to_vec(),
        (b"_domain", _) => domain.unwrap_or_default().to_vec(),
        _ => return None,
    })
}

/// How deep `${name?…}` may stand in one another.
const MOST_NESTED: usize = 20;

/// A template with its names filled in; what the filter does not allow in a value becomes `_`.
pub(super) fn expand(template: &[u8], names: &Names<'_>, filter: &[u8]) -> Result<Vec<u8>, SmtpUnknown> {
    fill(template, names, filter, 0).ok_or_else(|| SmtpUnknown::Expansion { text: template.into() })
}

fn fill(template: &[u8], names: &Names<'_>, filter: &[u8], depth: usize) -> Option<Vec<u8>> {
    if depth > MOST_NESTED {
        return None;
    }
    let mut filled = Vec::new();
    let mut rest = template;
    while let Some(at) = memchr::memchr(b'$', rest) {
        filled.extend_from_slice(rest.get(..at)?);
        rest = rest.get(at + 1..)?;
        let (text, after) = match rest.first()? {
            b'$' => (b"$".to_vec(), rest.get(1..)?),
            open @ (b'{' | b'(') => {
                let end = closing(rest, *open)?;
                let inside = rest.get(1..end)?;
                (conditional(inside, names, filter, depth)?, rest.get(end + 1..)?)
            }
            _ => {
                let end = name_length(rest);
                if end == 0 {
                    return None;
                }
                (value(rest.get(..end)?, names, filter)?, rest.get(end..)?)
            }
        };
        filled.extend(text);
        rest = after;
    }
    filled.extend_from_slice(rest);
    Some(filled)
}

fn name_length(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count()
}

/// Where the brace that the text begins with is closed.
fn closing(text: &[u8], open: u8) -> Option<usize> {
    let close = if open == b'{' { b'}' } else { b')' };
    let mut depth = 0usize;
    text.iter().position(|&byte| {
        depth = if byte == open {
            depth + 1
        } else if byte == close {
            depth.saturating_sub(1)
        } else {
            depth
        };
        depth == 0
    })
}

fn value(name: &[u8], names: &Names<'_>, filter: &[u8]) -> Option<Vec<u8>> {
    let value = names.get(name)?;
    Some(value.into_iter().map(|byte| if filter.contains(&byte) { byte } else { b'_' }).collect())
}

/// `name`, `name?text`, `name:text`; with braces around the text other forms are possible, which are not known here.
fn conditional(inside: &[u8], names: &Names<'_>, filter: &[u8], depth: usize) -> Option<Vec<u8>> {
    let end = name_length(inside);
    if end == 0 {
        return None;
    }
    let (name, rest) = inside.split_at_checked(end)?;
    let known = names.get(name)?;
    match rest.split_first() {
        None => value(name, names, filter),
        Some((b'?' | b':', text)) if text.first() == Some(&b'{') => None,
        Some((b'?', text)) if !known.is_empty() => fill(text, names, filter, depth + 1),
        Some((b':', text)) if known.is_empty() => fill(text, names, filter, depth + 1),
        Some((b'?' | b':', _)) => Some(Vec::new()),
        Some(_) => None,
    }
}

/// smtpd_expansion_filter with its escapes resolved. (Postfix: `unescape`.)
pub(super) fn unescaped(filter: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = filter.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'a') => bytes.push(7),
            Some(b'b') => bytes.push(8),
            Some(b'f') => bytes.push(12),
            Some(b'n') => bytes.push(b'\n'),
            Some(b'r') => bytes.push(b'\r'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'v') => bytes.push(11),
            Some(digit @ b'0'..=b'7') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(digit) = rest.next_if(|byte| matches!(byte, b'0'..=b'7')) else { break };
                    value = value * 8 + u32::from(digit - b'0');
                }
                bytes.push((value & 0xff) as u8);
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    bytes
}
