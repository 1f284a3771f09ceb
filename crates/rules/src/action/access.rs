//! The results of access tables: access(5), "ACCEPT ACTIONS", "REJECT ACTIONS", "OTHER ACTIONS".
//!
//! (Postfix: `check_table_result`, `smtpd_check_reject`, `dsn_split`, `smtpd_dsn_fix`.)

use postproof_model::{Action, Bytes, Reply, SmtpUnknown};

/// The code of REJECT without one of its own: access_map_reject_code's default.
const REJECT_CODE: u16 = 554;
/// The code of DEFER: access_map_defer_code's default.
const DEFER_CODE: u16 = 450;

/// The names of the actions. Codes, numbers and names of restrictions come beside them.
const ACTIONS: [(&str, Action); 15] = [
    ("OK", Action::Ok),
    ("RELAY", Action::Ok),
    ("DUNNO", Action::Dunno),
    ("REJECT", Action::Reject),
    ("DEFER", Action::Defer),
    ("DEFER_IF_REJECT", Action::DeferIfReject),
    ("DEFER_IF_PERMIT", Action::DeferIfPermit),
    ("DISCARD", Action::Discard),
    ("HOLD", Action::Hold),
    ("FILTER", Action::Filter),
    ("REDIRECT", Action::Redirect),
    ("BCC", Action::Bcc),
    ("PREPEND", Action::Prepend),
    ("WARN", Action::Warn),
    ("INFO", Action::Info),
];

/// The names of the actions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|(name, _)| *name)
}

/// The action that a result names, and the text after it.
///
/// What is neither an action nor a status is a restriction, or a list of them, as written.
#[must_use]
pub fn parse(result: &[u8]) -> (Action, Bytes) {
    let end = result.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(result.len());
    let (word, rest) = result.split_at_checked(end).unwrap_or((result, b""));
    let text = rest.trim_ascii_start();
    match ACTIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name.as_bytes())) {
        Some((_, action)) => (action.clone(), Bytes::from(text)),
        None => status_or_restriction(result),
    }
}

fn status_or_restriction(result: &[u8]) -> (Action, Bytes) {
    if !result.is_empty() && result.iter().all(u8::is_ascii_digit) {
        return (Action::AllDigits, Bytes::default());
    }
    match result {
        [first @ (b'4' | b'5'), second, third, rest @ ..]
            if second.is_ascii_digit()
                && third.is_ascii_digit()
                && rest.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) =>
        {
            let text = rest.trim_ascii_start();
            // Without a text it is no reply, but a restriction that nobody knows.
            if text.is_empty() {
                return (Action::Restriction(Bytes::from(result)), Bytes::default());
            }
            let code = [first, second, third].iter().fold(0, |code, digit| code * 10 + u16::from(**digit - b'0'));
            (Action::Status(code), Bytes::from(text))
        }
        _ => (Action::Restriction(Bytes::from(result)), Bytes::default()),
    }
}

/// What the client is told for an action that refuses it; none for the others.
///
/// `who` is what stands between the angle brackets (for a client `name[address]`), `class` what it is (`Client host`).
///
/// # Errors
///
/// smtpd(8) says what nobody knows: see [`split_text`].
pub fn reply(action: &Action, text: &[u8], who: &[u8], class: &str) -> Result<Option<Reply>, SmtpUnknown> {
    let (code, default_status) = match action {
        Action::Reject => (REJECT_CODE, "5.7.1"),
        Action::Defer => (DEFER_CODE, "4.7.1"),
        Action::Status(code) => (*code, if *code < 500 { "4.7.1" } else { "5.7.1" }),
        _ => return Ok(None),
    };
    let (status, text) = split_text(text, default_status)?;
    let status = fix_status(status, class);
    let digit = if code < 500 { '4' } else { '5' };
    let status = format!("{digit}{}", status.get(1..).unwrap_or_default());
    let text = if text.is_empty() { b"Access denied" } else { text };
    let said = [b"<", who, b">: ", class.as_bytes(), b" rejected: ", text].concat();
    Ok(Some(Reply { code, status, text: Bytes(said) }))
}

/// What the client is told when a table's result cannot be used: it came out empty.
#[must_use]
pub fn unusable_result(who: &[u8], class: &str) -> Reply {
    let said = [b"<", who, b">: ", class.as_bytes(), b" rejected: Server configuration error"].concat();
    Reply { code: 451, status: "4.3.5".to_owned(), text: Bytes(said) }
}

/// Splits an enhanced status code off the start of a reply's text. (Postfix: `dsn_split`.)
///
/// # Errors
///
/// Nothing follows the code: smtpd(8) then reads on past the end of the text, and what it says nobody knows.
pub fn split_text<'t>(text: &'t [u8], default: &'t str) -> Result<(&'t str, &'t [u8]), SmtpUnknown> {
    match status_length(text) {
        Some(length) if length == text.len() => Err(SmtpUnknown::PastTheEnd { text: text.into() }),
        _ => Ok(split_status(text, default)),
    }
}

/// Splits an enhanced status code off the start of a text.
#[must_use]
pub fn split_status<'t>(text: &'t [u8], default: &'t str) -> (&'t str, &'t [u8]) {
    match status_length(text) {
        Some(len) => {
            let (status, rest) = text.split_at_checked(len).unwrap_or((b"", text));
            (std::str::from_utf8(status).unwrap_or(default), rest.trim_ascii_start())
        }
        None => (default, text),
    }
}

/// The length of `5.7.1` at the start of a text: a class of 2, 4 or 5, then two numbers of one to three digits, then white
/// space or the end. RFC 3463, section 2. (Postfix: `dsn_valid`.)
fn status_length(text: &[u8]) -> Option<usize> {
    if !matches!(text.first(), Some(b'2' | b'4' | b'5')) {
        return None;
    }
    let mut at = 1;
    for _ in 0..2 {
        if text.get(at) != Some(&b'.') {
            return None;
        }
        let digits = text.get(at + 1..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        at += 1 + digits;
    }
    text.get(at).is_none_or(u8::is_ascii_whitespace).then_some(at)
}

/// What a reply is about, as it says itself.
pub(crate) mod class {
    pub(crate) const CLIENT: &str = "Client host";
    pub(crate) const REVERSE_CLIENT: &str = "Unverified Client host";
    pub(crate) const HELO: &str = "Helo command";
    pub(crate) const SENDER: &str = "Sender address";
    pub(crate) const RECIPIENT: &str = "Recipient address";
    pub(crate) const ETRN: &str = "Etrn command";
    pub(crate) const DATA: &str = "Data command";
    pub(crate) const END_OF_DATA: &str = "End-of-data";
    pub(crate) const SASL_USER: &str = "SASL login name";
}

/// The status that suits what a reply is about: one about addresses only where it is about an address, and then about the
/// right one of sender and recipient. Its class is settled later, by the reply's code. (Postfix: `smtpd_dsn_fix`.)
pub(crate) fn fix_status(status: &str, about: &str) -> String {
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

    /// Each reply as Postfix 3.7.11's smtpd gave it over XCLIENT, for `check_client_access` with a table of these results.
    #[test]
    fn replies_are_smtpds() {
        let cases: &[(&str, &str)] = &[
            ("REJECT", "554 5.7.1 <a[1]>: Client host rejected: Access denied"),
            ("REJECT go away", "554 5.7.1 <a[1]>: Client host rejected: go away"),
            ("reject\ttab text", "554 5.7.1 <a[1]>: Client host rejected: tab text"),
            ("REJECT 2.0.0 text", "554 5.0.0 <a[1]>: Client host rejected: text"),
            ("REJECT 4.7.1 mismatch", "554 5.7.1 <a[1]>: Client host rejected: mismatch"),
            ("REJECT 5.7 x", "554 5.7.1 <a[1]>: Client host rejected: 5.7 x"),
            ("450 reverse", "450 4.7.1 <a[1]>: Client host rejected: reverse"),
            ("450 5.7.1 mismatch", "450 4.7.1 <a[1]>: Client host rejected: mismatch"),
            ("550 5.1.0 xx", "550 5.0.0 <a[1]>: Client host rejected: xx"),
            ("550 4.7.1 mismatch", "550 5.7.1 <a[1]>: Client host rejected: mismatch"),
            ("550  5.7.1   spaced", "550 5.7.1 <a[1]>: Client host rejected: spaced"),
            ("421 bye", "421 4.7.1 <a[1]>: Client host rejected: bye"),
            ("DEFER", "450 4.7.1 <a[1]>: Client host rejected: Access denied"),
            ("DEFER wait", "450 4.7.1 <a[1]>: Client host rejected: wait"),
        ];
        for (result, expected) in cases {
            let (action, text) = parse(result.as_bytes());
            let said = reply(&action, &text, b"a[1]", "Client host").unwrap().map(|reply| reply.to_string());
            assert_eq!(said.as_deref(), Some(*expected), "{result}");
        }
    }

    /// smtpd(8) of Postfix 3.7.11 says the bytes that happen to stand behind such a text.
    #[test]
    fn a_status_with_nothing_after_it_is_unknown() {
        for result in ["REJECT 5.7.1", "DEFER 4.7.1", "550 5.7.1", "reject  4.2.0"] {
            let (action, text) = parse(result.as_bytes());
            let told = reply(&action, &text, b"a[1]", "Client host");
            assert!(matches!(told, Err(SmtpUnknown::PastTheEnd { .. })), "{result}: {told:?}");
        }
    }

    #[test]
    fn what_is_no_action_is_a_restriction() {
        for result in
            ["450text here", "45a foo", "350 x", "650 x", "550-5.7.1 x", "FOO", "OK, permit", "PERMIT", "450 "]
        {
            assert_eq!(parse(result.as_bytes()).0, Action::Restriction(result.into()), "{result}");
        }
        for result in ["554", "45", "4500", "600"] {
            assert_eq!(parse(result.as_bytes()).0, Action::AllDigits, "{result}");
        }
    }

    /// Each as Postfix 3.7.11 answered, for check_sender_access and check_recipient_access with `REJECT 5.1.N text`.
    #[test]
    fn statuses_about_addresses_suit_the_address() {
        let of =
            |about| (0..12).map(|number| fix_status(&format!("5.1.{number}"), about)).collect::<Vec<_>>().join(" ");
        assert_eq!(of(class::SENDER), "4.1.0 4.1.7 4.1.8 4.1.7 4.1.7 4.1.0 4.1.7 4.1.7 4.1.8 4.1.0 4.1.0 4.1.0");
        assert_eq!(of(class::RECIPIENT), "4.1.0 4.1.1 4.1.2 4.1.3 4.1.4 4.1.5 4.1.6 4.1.3 4.1.2 4.1.0 4.1.0 4.1.0");
        assert_eq!(fix_status("5.1.1", class::CLIENT), "4.0.0");
        assert_eq!(
            (fix_status("5.10.1", class::SENDER).as_str(), fix_status("2.0.0", class::SENDER).as_str()),
            ("5.10.1", "4.0.0")
        );
    }
}
