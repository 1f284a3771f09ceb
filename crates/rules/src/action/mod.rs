//! Actions: what a result says, and what Postfix does about it.
//!
//! | idea | file |
//! |---|---|
//! | results of access tables, and their replies | [`access`] |
//! | what an access table of fixed keys is asked for | `access_keys` |
//! | results of header and body checks | [`content`] |

pub mod access;
pub(crate) mod access_keys;
pub mod content;
