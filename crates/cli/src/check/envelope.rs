//! Who sends the messages to whom: what log lines and smtpd's Received header carry.

use clap::ArgMatches;
use postproof_rules::content::{Envelope, Received};
use postproof_rules::host::Client;
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
        let texts = values(matches, name);
        if texts.iter().any(|text| text.chars().any(char::is_control)) {
            return Err(Failure::misuse(command::CONTROL_CHARACTER.fill(lang, &[("option", name)])));
        }
        Ok(texts.last().copied())
    };
    if let Some(written) = text("client")? {
        let Client { name, address: Some(address) } = Client::parse(written.as_bytes()) else {
            return Err(Failure::misuse(command::CLIENT_MALFORMED.fill(lang, &[("client", written)])));
        };
        envelope.client_name = name.lossy().into_owned();
        envelope.client_address = address.lossy().into_owned();
        // Most clients say what their name is; one without a name says its address.
        envelope.helo = match &envelope.client_name {
            name if name == "unknown" => envelope.address_literal(),
            name => name.clone(),
        };
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
    if let Some(last) = text("recipient")? {
        without_brackets(last).clone_into(&mut envelope.recipient);
        if let Some(received) = &mut envelope.received {
            received.names_recipient = values(matches, "recipient").len() == 1;
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
