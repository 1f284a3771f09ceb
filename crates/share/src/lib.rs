//! A project as a link's fragment, and back.
//!
//! A link holds the whole project behind its `#`, so it can be passed on with nothing stored anywhere: browsers send no
//! fragment to the server. Links stay in wikis and tickets for years; every link ever made must open for ever, which
//! `tests/links` of the repository watches over.
//!
//! ```
//! use postproof_model::{Input, InputKind, Project, ProjectFile, Role, TableKind};
//!
//! let project = Project {
//!     files: vec![ProjectFile {
//!         name: "header_checks".to_owned(),
//!         role: Role::HeaderChecks,
//!         kind: TableKind::Regexp,
//!         content: "/^Subject:.*casino/ REJECT\n".into(),
//!     }],
//!     inputs: vec![Input { name: String::new(), kind: InputKind::Message, content: "Subject: casino\n".into() }],
//!     ..Project::default()
//! };
//! let fragment = postproof_share::to_fragment(&project)?;
//! assert!(fragment.starts_with("1."));
//! assert_eq!(postproof_share::from_fragment(&fragment)?, project);
//! # Ok::<(), postproof_share::Error>(())
//! ```
//!
//! # The format
//! A fragment is `VERSION.DATA`. Version 1's data is the project as JSON ([`v1`]), compressed as zlib does (RFC 1950:
//! deflate with a checksum, so that a link which a mail program broke is noticed), in base64url without padding
//! (RFC 4648, section 5).
//!
//! # What it refuses
//! A link is hostile input. Nothing longer than [`FRAGMENT_LIMIT`] is looked at, inflating stops at
//! [`PROJECT_LIMIT`], and a project may hold no more than [`PARTS_LIMIT`] files and as many inputs. An [`Error`] says by
//! its [`ErrorKind`] what is wrong.

mod deflate;
mod error;
mod file;
pub mod privacy;
mod v1;

pub use file::{FILE_LIMIT, from_file, to_file};

pub use error::{Error, ErrorKind};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use postproof_model::Project;

/// The longest fragment, in characters, that is made or opened.
///
/// Browsers take far longer ones; chat and mail programs and ticket systems do not.
pub const FRAGMENT_LIMIT: usize = 64 * 1024;

/// The most bytes that a link's data may inflate to, and that a project may have as JSON.
pub const PROJECT_LIMIT: usize = 2 * 1024 * 1024;

/// The most files, and the most inputs, of a project in a link.
pub const PARTS_LIMIT: usize = 100;

/// The longest name of a file or an input, and the longest title, in bytes.
pub const NAME_LIMIT: usize = 255;

/// The project as a link's fragment, without the `#`.
///
/// # Errors
/// [`ErrorKind::TooLarge`] when the project is past one of the limits; [`Error::size`] then says how long the fragment
/// would be, where that is what is too long.
pub fn to_fragment(project: &Project) -> Result<String, Error> {
    let json = v1::write(project)?;
    if json.len() > PROJECT_LIMIT {
        return Err(ErrorKind::TooLarge.into());
    }
    let fragment = format!("1.{}", URL_SAFE_NO_PAD.encode(deflate::pack(&json)));
    if fragment.len() > FRAGMENT_LIMIT {
        return Err(Error::too_large(fragment.len()));
    }
    Ok(fragment)
}

/// The project in a link's fragment, with or without the `#` in front.
///
/// # Errors
/// Every fragment that [`to_fragment`] could not have made gives an error, whatever it is; see [`ErrorKind`].
pub fn from_fragment(fragment: &str) -> Result<Project, Error> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (version, data) = split(fragment).ok_or(ErrorKind::NotALink)?;
    if fragment.len() > FRAGMENT_LIMIT {
        return Err(Error::too_large(fragment.len()));
    }
    if version != "1" {
        return Err(ErrorKind::UnknownVersion.into());
    }
    let packed = URL_SAFE_NO_PAD.decode(data).map_err(|error| match error {
        // What remains when a link is cut: a last group of one character.
        base64::DecodeError::InvalidLength(_) => ErrorKind::Truncated,
        _ => ErrorKind::Damaged,
    })?;
    v1::read(&deflate::unpack(&packed, PROJECT_LIMIT)?)
}

/// The version and the data of what looks like a link's fragment.
fn split(fragment: &str) -> Option<(&str, &str)> {
    let (version, data) = fragment.split_once('.')?;
    let number = (1..=4).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    number.then_some((version, data))
}
