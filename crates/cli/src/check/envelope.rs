//! Who sends the messages to whom: what log lines and smtpd's Received header carry.

use clap::ArgMatches;
use postproof_rules::content::{Envelope, Received};
use postproof_rules::message::header::name_length;
use postproof_words::{Lang, command};

use crate::arguments::values;
use crate::outcome::Failure;

/// The envelope that the options describe.
///
/// # Errors
///
/// A client that is not written as `name[address]`, and a value that would break the line it is written into.
pub(super) fn envelope(matches: &ArgMatches, lang: Lang) -> Result<Envelope, Failure> {
    let mut envelope = Envelope { received: Some(Received::default()), ..Envelope::default() };
    let text = |name: &str| -> Result<Option<&str>, Failure> {
        let Some(text) = matches.get_one::<String>(name) else { return Ok(None) };
        if text.chars().any(char::is_control) {
            let values = [("option", name)];
            return Err(Failure::misuse(command::CONTROL_CHARACTER.fill(lang, &values)));
        }
        Ok(Some(text))
    };
    if let Some(client) = text("client")? {
        let parts = client.strip_suffix(']').and_then(|client| client.rsplit_once('['));
        let Some((name, address)) = parts.filter(|(_, address)| !address.is_empty()) else {
            return Err(Failure::misuse(command::CLIENT_MALFORMED.fill(lang, &[("client", client)])));
        };
        let name = if name.is_empty() { "unknown" } else { name };
        name.clone_into(&mut envelope.client_name);
        address.clone_into(&mut envelope.client_address);
        // Most clients say what their name is; one without a name says its address.
        envelope.helo = if name == "unknown" { format!("[{address}]") } else { name.to_owned() };
    }
    if let Some(helo) = text("helo")? {
        helo.clone_into(&mut envelope.helo);
    }
    if let Some(protocol) = text("proto")? {
        protocol.clone_into(&mut envelope.protocol);
    }
    if let Some(sender) = text("sender")? {
        without_brackets(sender).clone_into(&mut envelope.sender);
    }
    let recipients = values(matches, "recipient");
    if let Some(last) = recipients.last() {
        if recipients.iter().any(|recipient| recipient.chars().any(char::is_control)) {
            return Err(Failure::misuse(command::CONTROL_CHARACTER.fill(lang, &[("option", "recipient")])));
        }
        without_brackets(last).clone_into(&mut envelope.recipient);
        if let Some(received) = &mut envelope.received {
            received.names_recipient = recipients.len() == 1;
        }
    }
    for header in values(matches, "milter-header") {
        if name_length(header.as_bytes()).is_none() {
            return Err(Failure::misuse(command::NOT_A_HEADER.fill(lang, &[("header", header)])));
        }
        envelope.milter_headers.push(header.as_bytes().to_vec());
    }
    Ok(envelope)
}

/// An address without the angle brackets around it; `<>` is the sender of bounces.
fn without_brackets(address: &str) -> &str {
    address.strip_prefix('<').and_then(|address| address.strip_suffix('>')).unwrap_or(address)
}
