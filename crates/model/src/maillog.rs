//! What a mail log says of clients.

use serde::{Deserialize, Serialize};

use crate::Bytes;

/// Mail of one client, from one sender to one recipient, that was refused: the tries that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retries {
    /// The client's verified name: `unknown` when there is none.
    pub name: Bytes,
    /// Its address; empty where the log has none.
    pub address: Bytes,
    /// The sender, and the recipient, as logged. None where the log does not say, or where what it says can be read in more
    /// than one way.
    pub envelope: Option<(Bytes, Bytes)>,
    /// What it was told last, code first.
    pub reply: Bytes,
    /// The log's lines, from 1: the first [`LINES_LISTED`].
    pub lines: Vec<usize>,
    /// How many lines there are.
    pub tries: usize,
    /// The seconds between one try and the next, the first [`LINES_LISTED`]; empty where the log's times cannot be read.
    /// Lines within [`SAME_TRY`] of each other are one try.
    pub pauses: Vec<u32>,
    /// What they look like.
    pub look: RetryLook,
    /// The line with which mail of this client was let in later.
    pub let_in: Option<usize>,
}

/// How many lines and pauses are listed one by one.
pub const LINES_LISTED: usize = 20;

/// Lines that are at most this many seconds apart are one try: a client may ask twice in one connection.
pub const SAME_TRY: u32 = 10;

/// What tries look like. A guess from how mail servers queue, not something that Postfix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryLook {
    /// Like a mail server's queue: again and again, over a long time, never sooner than before.
    Server,
    /// Too little to tell.
    Open,
    /// Once.
    Once,
    /// Like a sender of floods: many senders within a short time.
    Flood,
}

/// Why mail was refused, as far as the log's words say, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusals {
    /// What refused it.
    pub by: RefusedBy,
    /// How many lines of the log.
    pub lines: usize,
}

/// What refused mail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBy {
    /// A DNS list, by its zone.
    DnsList(Bytes),
    /// Anything else, by what the client is told, without what differs from client to client.
    Told(Bytes),
}
