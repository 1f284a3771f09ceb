//! Who sends the message to whom.

/// The session's part of a message: what log lines and smtpd's own Received header carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The client's verified name, or `unknown`.
    pub client_name: String,
    /// The client's address, as logs have it.
    pub client_address: String,
    /// The name in HELO or EHLO.
    pub helo: String,
    /// `ESMTP`, or `SMTP` after HELO.
    pub protocol: String,
    /// The sender's address, without angle brackets; empty for bounces.
    pub sender: String,
    /// The recipient's address; of several, the last one.
    pub recipient: String,
    /// Headers that milters add at the end of the message's own, in order: `X-Spam-Flag: YES`.
    pub milter_headers: Vec<Vec<u8>>,
    /// The Received header that smtpd(8) puts on top, for the rules to see. None leaves it off.
    pub received: Option<Received>,
}

/// What smtpd's Received header says that the envelope does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// myhostname.
    pub my_hostname: String,
    /// mail_name.
    pub mail_name: String,
    /// The queue id.
    pub queue_id: String,
    /// The date, as RFC 5322 writes it.
    pub date: String,
    /// Whether the message has one recipient, who is named then.
    pub names_recipient: bool,
}

impl Default for Envelope {
    /// `mail.example.com[192.0.2.25]` says `EHLO mail.example.com` and sends from sender@example.com to
    /// recipient@example.net; no Received header.
    fn default() -> Self {
        Self {
            client_name: "mail.example.com".to_owned(),
            client_address: "192.0.2.25".to_owned(),
            helo: "mail.example.com".to_owned(),
            protocol: "ESMTP".to_owned(),
            sender: "sender@example.com".to_owned(),
            recipient: "recipient@example.net".to_owned(),
            milter_headers: Vec::new(),
            received: None,
        }
    }
}

impl Default for Received {
    /// Postfix on mx.example.net, with a queue id and a date that are none.
    fn default() -> Self {
        Self {
            my_hostname: "mx.example.net".to_owned(),
            mail_name: "Postfix".to_owned(),
            queue_id: "0123456789A".to_owned(),
            date: "Thu, 01 Jan 1970 00:00:00 +0000 (UTC)".to_owned(),
            names_recipient: true,
        }
    }
}

impl Envelope {
    /// The client's address as mail writes it: RFC 5321 has a tag before an IPv6 address. (Postfix: `rfc_addr`.)
    #[must_use]
    pub fn address_literal(&self) -> String {
        let tag = if self.client_address.contains(':') { "IPv6:" } else { "" };
        format!("[{tag}{}]", self.client_address)
    }

    /// How long the queue id is, which takes room in log lines: eleven characters where none is given.
    pub(super) fn queue_id_length(&self) -> usize {
        self.received.as_ref().map_or(11, |received| received.queue_id.len())
    }

    /// The lines of smtpd's Received header, if there is to be one. (Postfix: smtpd's `data_cmd`.)
    pub(crate) fn received_lines(&self) -> Vec<Vec<u8>> {
        let Some(received) = &self.received else { return Vec::new() };
        let Self { client_name, helo, protocol, recipient, .. } = self;
        let address = self.address_literal();
        let Received { my_hostname, mail_name, queue_id, date, names_recipient } = received;
        let mut lines = vec![format!("Received: from {helo} ({client_name} {address})")];
        let by = format!("\tby {my_hostname} ({mail_name}) with {protocol} id {queue_id}");
        if *names_recipient {
            lines.extend([by, format!("\tfor <{recipient}>; {date}")]);
        } else {
            lines.push(format!("{by}; {date}"));
        }
        lines.into_iter().map(String::into_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Postfix 3.7.11 does it: the header has the tag, log lines have not.
    #[test]
    fn an_ipv6_address_has_a_tag_in_the_received_header() {
        let received = |address: &str| {
            let envelope = Envelope {
                client_address: address.to_owned(),
                received: Some(Received::default()),
                ..Envelope::default()
            };
            String::from_utf8(envelope.received_lines().swap_remove(0)).unwrap()
        };
        assert_eq!(received("2001:db8::1"), "Received: from mail.example.com (mail.example.com [IPv6:2001:db8::1])");
        assert_eq!(received("192.0.2.1"), "Received: from mail.example.com (mail.example.com [192.0.2.1])");
    }
}
