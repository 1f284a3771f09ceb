//! Who asks a table, and for which keys: the same rule can be right in one place and a slip in another.

use postproof_model::Role;

use crate::action::content::{Context, Part};

/// Who asks a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// header_checks.
    Header,
    /// mime_header_checks.
    MimeHeader,
    /// nested_header_checks.
    NestedHeader,
    /// body_checks.
    Body,
    /// milter_header_checks.
    MilterHeader,
    /// smtp_header_checks.
    SmtpHeader,
    /// smtp_mime_header_checks.
    SmtpMimeHeader,
    /// smtp_nested_header_checks.
    SmtpNestedHeader,
    /// smtp_body_checks.
    SmtpBody,
    /// check_client_access.
    Client,
    /// check_reverse_client_hostname_access.
    ReverseClient,
    /// check_helo_access.
    Helo,
    /// check_sender_access.
    Sender,
    /// check_recipient_access.
    Recipient,
    /// Another restriction with an access table.
    OtherAccess,
    /// Nobody that is known.
    Unknown,
}

/// Words in files' names that tell what reads them, the longer ones first.
const FILES: &[(&str, Reader)] = &[
    ("smtp_nested_header_checks", Reader::SmtpNestedHeader),
    ("smtp_mime_header_checks", Reader::SmtpMimeHeader),
    ("smtp_header_checks", Reader::SmtpHeader),
    ("smtp_body_checks", Reader::SmtpBody),
    ("milter_header_checks", Reader::MilterHeader),
    ("nested_header_checks", Reader::NestedHeader),
    ("mime_header_checks", Reader::MimeHeader),
    ("header_checks", Reader::Header),
    ("body_checks", Reader::Body),
    ("reverse_client", Reader::ReverseClient),
    ("client_access", Reader::Client),
    ("client_checks", Reader::Client),
    ("helo_access", Reader::Helo),
    ("helo_checks", Reader::Helo),
    ("sender_access", Reader::Sender),
    ("sender_checks", Reader::Sender),
    ("recipient_access", Reader::Recipient),
    ("recipient_checks", Reader::Recipient),
];

impl Reader {
    /// All that a parameter, a restriction or an option can name, with the parameter or the restriction.
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("header_checks", Self::Header),
        ("mime_header_checks", Self::MimeHeader),
        ("nested_header_checks", Self::NestedHeader),
        ("body_checks", Self::Body),
        ("milter_header_checks", Self::MilterHeader),
        ("smtp_header_checks", Self::SmtpHeader),
        ("smtp_mime_header_checks", Self::SmtpMimeHeader),
        ("smtp_nested_header_checks", Self::SmtpNestedHeader),
        ("smtp_body_checks", Self::SmtpBody),
        ("check_client_access", Self::Client),
        ("check_reverse_client_hostname_access", Self::ReverseClient),
        ("check_helo_access", Self::Helo),
        ("check_sender_access", Self::Sender),
        ("check_recipient_access", Self::Recipient),
    ];

    /// The parameters of header and body checks, with what reads each's tables.
    pub fn parameters() -> impl Iterator<Item = (&'static str, Self)> {
        Self::NAMED.iter().copied().filter(|(_, reader)| reader.content().is_some())
    }

    /// What a restriction makes of its table.
    #[must_use]
    pub fn of_restriction(name: &str) -> Self {
        let named = Self::NAMED.iter().find(|(named, _)| *named == name);
        named.map_or(Self::OtherAccess, |(_, reader)| *reader)
    }

    /// What a file's name says of who reads it, folders left out: `header_checks.pcre`, `client_access`.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let name = name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase().replace('-', "_");
        FILES.iter().find(|(word, _)| name.contains(word)).map_or(Self::Unknown, |(_, reader)| *reader)
    }

    /// What reads a file of a project.
    #[must_use]
    pub const fn of_role(role: Role) -> Self {
        match role {
            Role::HeaderChecks => Self::Header,
            Role::MimeHeaderChecks => Self::MimeHeader,
            Role::NestedHeaderChecks => Self::NestedHeader,
            Role::BodyChecks => Self::Body,
            Role::ClientAccess => Self::Client,
            Role::Access => Self::OtherAccess,
            Role::MainCf | Role::World => Self::Unknown,
        }
    }

    /// Whether the keys are headers.
    #[must_use]
    pub const fn is_header(self) -> bool {
        matches!(
            self,
            Self::Header
                | Self::MimeHeader
                | Self::NestedHeader
                | Self::MilterHeader
                | Self::SmtpHeader
                | Self::SmtpMimeHeader
                | Self::SmtpNestedHeader
        )
    }

    /// Whether the keys are lines of bodies.
    #[must_use]
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::SmtpBody)
    }

    /// Whether results are those of access(5).
    #[must_use]
    pub const fn is_access(self) -> bool {
        matches!(
            self,
            Self::Client | Self::ReverseClient | Self::Helo | Self::Sender | Self::Recipient | Self::OtherAccess
        )
    }

    /// How results are read, where they are those of header_checks(5).
    #[must_use]
    pub const fn content(self) -> Option<(Part, Context)> {
        Some(match self {
            Self::Header | Self::MimeHeader | Self::NestedHeader => (Part::Header, Context::Arrival),
            Self::Body => (Part::Body, Context::Arrival),
            Self::MilterHeader => (Part::Header, Context::Milter),
            Self::SmtpHeader | Self::SmtpMimeHeader | Self::SmtpNestedHeader => (Part::Header, Context::Delivery),
            Self::SmtpBody => (Part::Body, Context::Delivery),
            _ => return None,
        })
    }
}

/// What else is configured, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Whether mime_header_checks has tables of its own, without this one: Content-* are not looked up here, then. Without
    /// a main.cf it has not.
    pub mime_elsewhere: bool,
    /// Whether the table is also header_checks', where it is mime_header_checks'.
    pub also_header: bool,
    /// The restriction classes, where main.cf is known. What a server with it tells of its tables by itself is not told again,
    /// then.
    pub classes: Option<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_who_reads_them() {
        for (name, reader) in [
            ("/etc/postfix/header_checks", Reader::Header),
            ("smtp_header_checks.pcre", Reader::SmtpHeader),
            ("outgoing-mime-header-checks", Reader::MimeHeader),
            ("custom_body_checks", Reader::Body),
            ("header_checks/transport", Reader::Unknown),
            ("reverse_client_hostname_access", Reader::ReverseClient),
            ("Client_Access", Reader::Client),
        ] {
            assert_eq!(Reader::of_file(name), reader, "{name}");
        }
    }
}
