//! header_checks, mime_header_checks, nested_header_checks and body_checks over a message, as cleanup(8) does it.
//!
//! | idea | file |
//! |---|---|
//! | which tables look at what; the verdict | here |
//! | a list of tables, asked in turn | [`maps`] |
//! | who sends the message to whom, for log lines and Received | [`envelope`] |
//! | the lines that cleanup logs | [`log`] |
//! | bytes that logs and replies do not show | [`printable`] |
//! | the message as it is queued | `queue_file` |
//! | a key, and what a verdict lists about keys | `listing` |
//! | rules that match what people read only (feature `decode`) | `decoded_only` |
//! | one message's way through the checks | `inspection` |
//! | the checks of smtp(8) while it delivers a message | [`delivery`] |
//!
//! ```
//! use postproof_model::{Disposition, TableKind};
//! use postproof_rules::content::{ContentChecks, Envelope};
//! use postproof_rules::table::Table;
//!
//! let (header_checks, _) = Table::parse(TableKind::Regexp, "header_checks", b"/^Subject:.*viagra/ REJECT no, thanks\n");
//! let checks = ContentChecks { header: vec![header_checks], ..ContentChecks::default() };
//! let verdict = checks.evaluate(b"From: a@example.com\nSubject: cheap\n viagra\n\nHello\n", &Envelope::default());
//! assert_eq!(verdict.disposition, Disposition::Rejected);
//! assert_eq!(verdict.reply.unwrap().to_string(), "550 5.7.1 no, thanks");
//! ```

#[cfg(feature = "decode")]
pub mod decoded_only;
pub mod delivery;
pub mod envelope;
mod inspection;
mod listing;
pub mod log;
pub mod maps;
pub mod printable;
mod queue_file;

pub use delivery::DeliveryChecks;
pub use envelope::{Envelope, Received};
pub use maps::Lookup;

use postproof_model::{Class, MessageVerdict, Unsettled};

use crate::message::{Limits, Version};
use crate::table::Table;

/// The tables, and the limits that go with them.
#[derive(Clone, Debug)]
pub struct ContentChecks<T = Table> {
    /// header_checks: tables are asked in this order, and the first that answers wins.
    pub header: Vec<T>,
    /// mime_header_checks; none where it is not set and so has header_checks' tables.
    pub mime_header: Option<Vec<T>>,
    /// nested_header_checks; none where it is not set and so has header_checks' tables.
    pub nested_header: Option<Vec<T>>,
    /// body_checks.
    pub body: Vec<T>,
    /// milter_header_checks: for the headers that milters add ([`Envelope::milter_headers`]).
    pub milter_header: Vec<T>,
    /// message_drop_headers: names of headers that are left out of the message after the checks have seen them.
    pub drop_headers: Vec<String>,
    /// The limits of main.cf.
    pub limits: Limits,
    /// soft_bounce: smtpd(8) asks the sender to try again where it would refuse. What is logged does not change.
    pub soft_bounce: bool,
    /// The parameters of main.cf that these are made of and that are not known: with any, every verdict is unknown.
    pub unsettled: Vec<Unsettled>,
    /// The release of Postfix.
    pub version: Version,
    /// How much a verdict may hold.
    pub bounds: Bounds,
}

/// How much a verdict may hold. What is decided does not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The most events and the most unknown keys listed; further ones are counted.
    pub events: usize,
    /// The most bytes of keys, log lines and results in the events listed.
    pub event_bytes: usize,
    /// The most bytes of the message that results; a longer one is left out.
    pub message_bytes: usize,
}

impl Default for Bounds {
    /// 2,000 events, 4 MiB in them, a message of 256 MiB.
    fn default() -> Self {
        Self { events: 2_000, event_bytes: 4 << 20, message_bytes: 256 << 20 }
    }
}

impl<T> Default for ContentChecks<T> {
    /// No tables, and Postfix's defaults.
    fn default() -> Self {
        Self {
            header: Vec::new(),
            mime_header: None,
            nested_header: None,
            body: Vec::new(),
            milter_header: Vec::new(),
            drop_headers: ["bcc", "content-length", "resent-bcc", "return-path"].map(str::to_owned).to_vec(),
            limits: Limits::default(),
            soft_bounce: false,
            unsettled: Vec::new(),
            version: Version::NEWEST,
            bounds: Bounds::default(),
        }
    }
}

impl<T: Lookup> ContentChecks<T> {
    /// What Postfix does to this message: headers, an empty line, a body; lines end in LF or CRLF.
    ///
    /// The message is taken as smtpd(8) receives it from a client outside local_header_rewrite_clients, so that no
    /// header is added and no address rewritten. What results is as it is queued, with LF at its lines' ends.
    #[must_use]
    pub fn evaluate(&self, message: &[u8], envelope: &Envelope) -> MessageVerdict {
        inspection::Inspection::new(self, envelope).run(message)
    }

    /// The tables that look at keys of this class.
    #[must_use]
    pub fn tables(&self, class: Class) -> &[T] {
        match class {
            Class::Header => &self.header,
            Class::MimeHeader => self.mime_header.as_ref().unwrap_or(&self.header),
            Class::NestedHeader => self.nested_header.as_ref().unwrap_or(&self.header),
            Class::MilterHeader => &self.milter_header,
            Class::Body => &self.body,
        }
    }
}
