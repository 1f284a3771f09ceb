//! A message as cleanup(8) and postmap(1) take it apart: headers, parts, body lines.
//!
//! Postfix does not read a message as mail programs do. Its one-pass state machine (the functions of `mime_state` in
//! its sources) knows headers, parts and attached messages, decodes nothing, and has its own idea of where each ends.
//! The keys of header_checks(5) and body_checks(5) are what that machine sees, so it is built again here.
//!
//! | idea | file |
//! |---|---|
//! | input bytes to records: a line, or a stretch of a long one | [`record`] |
//! | what a header is, and which table looks at it | [`header`] |
//! | Content-Type: parts and their boundaries | [`content_type`] |
//! | Content-Transfer-Encoding, as far as it matters | [`transfer_encoding`] |
//! | records to headers and body lines | [`mime`] |
//! | the limits of main.cf | [`limits`] |
//! | where releases of Postfix differ | [`version`] |
//! | what people see of a message (feature `decode`) | `decode` |
//! | the keys that `postmap -h -b -m -q -` asks for | [`query`] |
//!
//! ```
//! use postproof_rules::message::{Limits, QueryMode, query_keys};
//!
//! let message = b"From: a\nSubject : x\n\tviagra\n\nbody\n";
//! let mode = QueryMode { headers: true, body: false, mime: false };
//! let keys: Vec<_> = query_keys(message, mode, &Limits::default()).map(|key| key.bytes.into_owned()).collect();
//! assert_eq!(keys, [&b"From: a"[..], b"Subject: x\n\tviagra"]);
//! ```

pub mod content_type;
#[cfg(feature = "decode")]
pub mod decode;
pub mod header;
pub mod limits;
pub mod mime;
pub mod query;
pub mod record;
pub mod transfer_encoding;
pub mod version;

pub use header::{Block, Header};
pub use limits::{Limits, Strict};
pub use mime::{BodyLine, Edge, Mime, Piece};
pub use query::{QueryKey, QueryMode, query_keys};
pub use record::{Record, smtp_records};
pub use version::Version;
