//! Enhanced status codes in the replies of restrictions. (Postfix: `dsn_split`.)

use postproof_model::SmtpUnknown;

use crate::action::access::split_status;
pub(super) use crate::action::access::{class, fix_status as fix};

/// Splits a status off the start of a text. Where nothing follows it, smtpd(8) reads on past the end of the text, and what
/// it then says nobody knows.
pub(super) fn split<'t>(text: &'t [u8], default: &'t str) -> Result<(&'t str, &'t [u8]), SmtpUnknown> {
    let (status, rest) = split_status(text, default);
    if status.len() == text.len() && status.as_bytes() == text {
        return Err(SmtpUnknown::PastTheEnd { text: text.into() });
    }
    Ok((status, rest))
}
