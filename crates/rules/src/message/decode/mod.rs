//! What people see of a message, beside the raw lines that Postfix's rules see.
//!
//! Where headers, parts and their bodies start and end is decided as everywhere else, by Postfix's state machine
//! ([`super::mime`]); mail-parser only decodes what lies between. So each decoded stretch can be tied to the raw lines it
//! was made from.
//!
//! | idea | file |
//! |---|---|
//! | a message as headers and bodies of parts | `parts` |
//! | encoded words (RFC 2047) and parameters (RFC 2231) in headers | `header` |
//! | base64 and quoted-printable bodies | `body` |
//! | bytes of a charset to text | `charset` |
//!
//! ```
//! use postproof_rules::message::Limits;
//! use postproof_rules::message::decode::{Bounds, decode};
//!
//! let message = b"Subject: =?UTF-8?B?44Kr44K444OO?=\nContent-Transfer-Encoding: base64\n\nY2FzaW5vCg==\n";
//! let decoded = decode(message, &Limits::default(), &Bounds::default());
//! assert_eq!(decoded.headers[0].text, "Subject: カジノ");
//! assert_eq!((decoded.bodies[0].text[0].text.as_str(), decoded.bodies[0].lines.first), ("casino", 4));
//! ```

mod body;
mod charset;
mod header;
mod parts;

use postproof_model::decoded::Decoded;

use super::{Limits, smtp_records};

pub(crate) use body::decode_part;
pub(crate) use header::decode_header;
pub(crate) use parts::{Part, Parts, Stretch};

/// How much is decoded. What lies beyond is left out, and the result says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The most bytes of text, of headers and bodies together. Twice as many bytes of the message are read for them.
    pub bytes: usize,
    /// The most headers.
    pub headers: usize,
    /// The most bodies.
    pub bodies: usize,
    /// The most lines of bodies.
    pub lines: usize,
}

impl Default for Bounds {
    /// 4 MiB of text, 2,000 headers, 500 bodies, 50,000 lines.
    fn default() -> Self {
        Self { bytes: 4 << 20, headers: 2_000, bodies: 500, lines: 50_000 }
    }
}

impl Bounds {
    /// Takes from what is left; false where that is not enough.
    fn take(left: &mut usize, wanted: usize) -> bool {
        let enough = wanted <= *left;
        *left = left.saturating_sub(wanted);
        enough
    }
}

/// Decodes a message: headers, an empty line, a body; lines end in LF or CRLF. It is taken apart as smtpd(8) and
/// cleanup(8) take it apart.
#[must_use]
pub fn decode(message: &[u8], limits: &Limits, bounds: &Bounds) -> Decoded {
    let mut parts = Parts::new(smtp_records(message, limits), limits, bounds);
    let mut decoded = Decoded::default();
    let mut left = *bounds;
    let mut complete = true;
    for stretch in parts.by_ref() {
        match stretch {
            Stretch::Header(header) => match decode_header(&header, message, &mut left) {
                Some(header) => decoded.headers.push(header),
                None => complete = false,
            },
            Stretch::Body(part) if Bounds::take(&mut left.bodies, 1) => {
                decoded.bodies.push(decode_part(&part, &mut left));
            }
            Stretch::Body(_) => complete = false,
        }
    }
    decoded.complete = complete && parts.complete();
    decoded
}

#[cfg(test)]
mod tests;
