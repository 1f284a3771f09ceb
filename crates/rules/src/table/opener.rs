//! How a program opens its tables: the same file answers some keys to one program and not to another.

use postproof_model::Role;

/// What a program asks of its tables when it opens them. (Postfix: the flags of `dict_open`.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Opener {
    /// Keys and results must be UTF-8, keys are folded as Unicode folds, and pcre: patterns match characters rather than
    /// bytes. (Postfix: `DICT_FLAG_UTF8_REQUEST`, while smtputf8_enable is on, as it is by default.)
    pub utf8: bool,
    /// Keys are folded to lower case where the table holds fixed keys. (Postfix: `DICT_FLAG_FOLD_FIX`.)
    pub fold: bool,
    /// Of two equal keys in a texthash: table the first counts; without this, the table is refused. (Postfix:
    /// `DICT_FLAG_DUP_WARN`.)
    pub first_of_equal_keys: bool,
}

impl Opener {
    /// postmap -q.
    pub const POSTMAP: Self = Self { utf8: true, fold: true, first_of_equal_keys: true };
    /// postmap -q with -h or -b: what is looked up is a message, which may be in any encoding.
    pub const POSTMAP_MESSAGE: Self = Self { utf8: false, ..Self::POSTMAP };
    /// smtpd(8) with access tables.
    pub const ACCESS: Self = Self { first_of_equal_keys: false, ..Self::POSTMAP };
    /// cleanup(8), and smtp(8), with header and body checks.
    pub const CONTENT: Self = Self { utf8: false, fold: false, first_of_equal_keys: false };

    /// The program that reads the tables of this parameter.
    #[must_use]
    pub const fn of_role(role: Role) -> Self {
        match role {
            Role::HeaderChecks | Role::MimeHeaderChecks | Role::NestedHeaderChecks | Role::BodyChecks => Self::CONTENT,
            Role::ClientAccess | Role::Access | Role::MainCf | Role::World => Self::ACCESS,
        }
    }
}
