//! What Postfix's tables and checks answer.
//!
//! Bytes come in, the types of `postproof-model` go out. Nothing here reads a file, a clock or the network, so the same
//! code answers in the browser, in the command and in tests.
//!
//! | question | where it is decided |
//! |---|---|
//! | does this pattern match, and which groups | [`pattern`] |
//! | what does a result such as `450 4.7.1 later` say | [`action`] |
//! | what do access tables make of a client | [`host`] |
//! | who a mail log says was refused, and who came back | [`maillog`] |
//! | which names look like an end user's line | [`s25r`] |
//! | what does smtpd tell a client, and which restriction decides | [`smtpd`] |
//! | what does main.cf say | [`maincf`] |
//! | which rules do something other than what was meant | [`lint`] |
//! | where does a rule end, what do its flags mean, which rule answers | [`table`] |
//! | which headers and body lines a message has, and which table looks at each | [`message`] |
//! | what header and body checks do to a message | [`content`] |
//! | which rules catch a phrase in its encodings (feature `decode`) | `encode` |

pub mod action;
pub mod content;
#[cfg(feature = "decode")]
pub mod encode;
pub mod host;
pub mod lint;
pub mod maillog;
pub mod maincf;
pub mod message;
mod names;
pub mod pattern;
pub mod s25r;
pub mod smtpd;
pub mod table;
