//! Enhanced status codes in the replies of restrictions. (Postfix: `dsn_split`, `smtpd_dsn_fix`, `dsn_valid`.)

use postproof_model::SmtpUnknown;

use crate::action::access::split_status;

/// Splits a status off the start of a text. Where nothing follows it, smtpd(8) reads on past the end of the text, and what
/// it then says nobody knows.
pub(super) fn split<'t>(text: &'t [u8], default: &'t str) -> Result<(&'t str, &'t [u8]), SmtpUnknown> {
    let (status, rest) = split_status(text, default);
    if status.len() == text.len() && status.as_bytes() == text {
        return Err(SmtpUnknown::PastTheEnd { text: text.into() });
    }
    Ok((status, rest))
}

/// What a reply is about, as it says itself.
pub(super) mod class {
    pub(in crate::smtpd) const CLIENT: &str = "Client host";
    pub(in crate::smtpd) const REVERSE_CLIENT: &str = "Unverified Client host";
    pub(in crate::smtpd) const HELO: &str = "Helo command";
    pub(in crate::smtpd) const SENDER: &str = "Sender address";
    pub(in crate::smtpd) const RECIPIENT: &str = "Recipient address";
    pub(in crate::smtpd) const DATA: &str = "Data command";
    pub(in crate::smtpd) const END_OF_DATA: &str = "End-of-data";
    pub(in crate::smtpd) const SASL_USER: &str = "SASL login name";
}

/// The status that suits what a reply is about: one about addresses only where it is about an address, and then about the
/// right one of sender and recipient. The class is settled later by the reply's code.
pub(super) fn fix(status: &str, about: &str) -> String {
    if !status.starts_with(['4', '5']) {
        return "4.0.0".to_owned();
    }
    let Some(detail) = status.get(1..).and_then(|rest| rest.strip_prefix(".1.")) else { return status.to_owned() };
    let (sender, recipient) = match detail {
        "1" => ("7", "1"),
        "2" => ("8", "2"),
        "3" => ("7", "3"),
        "4" => ("7", "4"),
        "5" => ("0", "5"),
        "6" => ("7", "6"),
        "7" => ("7", "3"),
        "8" => ("8", "2"),
        _ => ("0", "0"),
    };
    match about {
        class::SENDER => format!("4.1.{sender}"),
        class::RECIPIENT => format!("4.1.{recipient}"),
        _ => "4.0.0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as Postfix 3.7.11 answered, for check_sender_access and check_recipient_access with `REJECT 5.1.N text`.
    #[test]
    fn statuses_about_addresses_suit_the_address() {
        let of = |about| (0..12).map(|number| fix(&format!("5.1.{number}"), about)).collect::<Vec<_>>().join(" ");
        assert_eq!(of(class::SENDER), "4.1.0 4.1.7 4.1.8 4.1.7 4.1.7 4.1.0 4.1.7 4.1.7 4.1.8 4.1.0 4.1.0 4.1.0");
        assert_eq!(of(class::RECIPIENT), "4.1.0 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.1.3 4.1.2 4.1.0 4.1.0 4.1.0");
        assert_eq!(fix("5.1.1", class::CLIENT), "4.0.0");
        assert_eq!((fix("5.10.1", class::SENDER).as_str(), fix("2.0.0", class::SENDER).as_str()), ("5.10.1", "4.0.0"));
    }
}
