//! What is wrong with a table or with main.cf, and what Postfix does about it.

use serde::{Deserialize, Serialize};

use crate::{PatternErrorKind, Place, TableKind};

/// A problem with where it stands and what follows from it. The words come from `postproof-words`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// What Postfix does about it, or what this tool cannot do.
    pub consequence: Consequence,
    /// Where.
    pub place: Place,
}

impl Diagnostic {
    /// How bad it is; follows from the consequence.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.consequence.severity()
    }
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The table's first text starts with white space, so there is no line that it could continue.
    StartsWithSpace,
    /// A line that starts with a letter or digit and is neither `if` nor `endif`.
    NotARule,
    /// `if` or the second pattern of a pair without a pattern after it.
    NoPattern,
    /// The pattern's second delimiter is missing.
    NoClosingDelimiter {
        /// The delimiter that opened the pattern.
        delimiter: char,
    },
    /// A flag this kind of table does not know.
    UnknownFlag {
        /// The flag.
        flag: char,
        /// The kind of table.
        kind: TableKind,
    },
    /// A flag that no longer does anything.
    ObsoleteFlag {
        /// The flag.
        flag: char,
    },
    /// The pattern does not compile.
    Pattern(PatternErrorKind),
    /// A rule without a result.
    NoResult,
    /// `$n` where the pattern has fewer groups.
    GroupOutOfRange {
        /// The number after the dollar sign.
        group: u32,
        /// How many groups the pattern has.
        groups: u32,
    },
    /// `$n` in the result of a negated pattern.
    GroupInNegated,
    /// A `$` that is followed by something other than a group number or another dollar sign.
    BadSubstitution {
        /// What follows the dollar sign, as written.
        name: String,
    },
    /// A `${` or `$(` that is never closed.
    UnclosedSubstitution,
    /// `if` never closed by `endif`.
    IfWithoutEndif,
    /// `endif` without an `if`.
    EndifWithoutIf,
    /// Text after the pattern of an `if`.
    TextAfterIf,
    /// Text after an `endif`.
    TextAfterEndif,
    /// A pattern's first character is a tilde: nearly always a slip for `^`.
    TildeForCaret,
    /// The flag `i` switches case folding off.
    FoldingOff,
    /// `{,3}` in a PCRE pattern: text for PCRE2 before 10.43, a count for later ones.
    CountByVersion,
    /// A rule that begins with white space continues the line above.
    SwallowedRule,
    /// The table's lookup gives an empty result, which its callers refuse.
    EmptyResult,
    /// A zero byte: C strings end there.
    ZeroByte,
    /// A line over Postfix's or this tool's limit.
    LineTooLong,
    /// What stands for a network in a cidr: table is none.
    Network(NetworkProblem),
    /// A line that should hold a key and a value.
    Entry(EntryProblem),
    /// A table's name, `TYPE:NAME`, or what stands there in place of a name.
    Map(MapProblem),
    /// A line of main.cf, or a parameter's value.
    MainCf(MainCfProblem),
    /// A list of restrictions of smtpd(8).
    Restriction(RestrictionProblem),
    /// A pattern of a table that is asked for clients.
    ClientKey(ClientKeyProblem),
    /// A line of a file of facts that says nothing which is understood.
    NotAFact {
        /// The line.
        text: String,
    },
    /// main.cf names a file that the project does not have.
    FileMissing {
        /// Its path.
        path: String,
    },
    /// Something this tool cannot run faithfully yet.
    Unsupported {
        /// What it is, in Postfix's or PCRE's own notation.
        what: String,
    },
}

/// What is wrong with the network of a cidr: rule. cidr_table(5), "ADDRESS PATTERN SYNTAX".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkProblem {
    /// There is none.
    Missing,
    /// `[` without `]`.
    UnclosedBracket,
    /// Something other than `/length` after `]`.
    TextAfterBracket,
    /// No IPv4 or IPv6 address.
    BadAddress {
        /// What stands in its place.
        address: String,
    },
    /// No prefix length.
    BadLength {
        /// What stands in its place.
        length: String,
        /// The longest that the address allows, in bits.
        most: u8,
    },
    /// Bits after the prefix are not zero.
    HostBits {
        /// The network with these bits zero: `192.168.0.0/16`.
        network: String,
    },
}

/// What is wrong with a key and its value. postmap(1), "INPUT FILE FORMAT".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryProblem {
    /// A key alone.
    NoValue,
    /// A double quote that is never closed.
    UnclosedQuote,
    /// The line is not UTF-8.
    NotUtf8,
    /// The key ends in a colon, as in the file of another program: aliases(5).
    AliasFormat,
    /// The key was there before; case does not count.
    DuplicateKey {
        /// The line it stands on first.
        line: usize,
    },
    /// The key is longer than the database takes.
    KeyTooLong {
        /// How many bytes it takes.
        most: usize,
    },
}

/// What is wrong with a table's name. postconf(5) and DATABASE_README.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapProblem {
    /// No type before a colon.
    NoType,
    /// Nothing after the colon.
    NoName,
    /// A type that does not exist.
    UnknownType {
        /// What stands in its place.
        name: String,
    },
    /// An opening brace is missing.
    NoBrace,
    /// A brace that is never closed.
    UnclosedBrace,
    /// Something after the closing brace.
    TextAfterBrace,
    /// Nothing between the braces.
    Empty,
    /// A key without `=`.
    NoEqualsSign,
    /// Nothing before `=`.
    NoKey,
    /// A double quote that is never closed.
    UnclosedQuote,
    /// The text is not UTF-8.
    NotUtf8,
    /// The file cannot be read.
    CannotRead {
        /// Why, as the system says.
        reason: String,
    },
    /// Tables inside tables, deeper than this tool follows.
    TooDeep,
}

/// What is wrong in main.cf. postconf(1) and postconf(5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MainCfProblem {
    /// The first text starts with white space, so there is no setting that it could continue.
    NothingToContinue,
    /// A line without `=` after the parameter's name.
    NoEqualsSign,
    /// A line that starts with `=`.
    NoName,
    /// The parameter is set again further down.
    SetAgain {
        /// The parameter.
        name: String,
        /// The line that counts.
        line: usize,
    },
    /// No parameter of this name is known, and none refers to it.
    UnknownParameter {
        /// The name.
        name: String,
        /// A known parameter whose name looks like it.
        like: Option<String>,
    },
    /// The parameter belongs to the past.
    ObsoleteParameter {
        /// The name.
        name: String,
        /// The parameter to use in its place; none where it is best left out.
        instead: Option<String>,
    },
    /// A parameter that nobody can set.
    ReadOnlyParameter {
        /// The name.
        name: String,
    },
    /// `$name` where nothing of this name is known.
    UndefinedName {
        /// The name.
        name: String,
    },
    /// A dollar sign without a name after it.
    EmptyName,
    /// `${` or `$(` that is never closed.
    UnclosedReference,
    /// Something between `${` and `}` that is no name.
    BadName,
    /// `{` within `${…}` that is never closed.
    UnclosedBrace,
    /// No operator between the sides of a comparison.
    NoOperator,
    /// Letters after an operator other than `level`.
    UnknownOperator {
        /// The operator, as written.
        operator: String,
    },
    /// No right side of a comparison in braces.
    NoRightSide,
    /// Something other than `?` or `:` after a comparison.
    NoQuestionMark,
    /// Something other than `:` after the first choice.
    NoColon,
    /// Something after the second choice.
    TextAfterChoice,
    /// A number that is too big to be compared.
    NumberTooBig {
        /// The number.
        number: String,
    },
    /// Something other than a compatibility level at `<level` and the like.
    BadLevel {
        /// What stands there.
        level: String,
    },
    /// Parameters that refer to each other in a circle.
    Loop {
        /// One of them.
        name: String,
    },
    /// References nest too deeply.
    TooDeep,
    /// The value comes out bigger than this tool follows.
    TooBig,
    /// Neither yes nor no.
    NotBoolean {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// No whole number that Postfix can hold.
    NotInteger {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// A number below the least, or above the most, that Postfix accepts.
    OutOfRange {
        /// The parameter.
        name: String,
        /// Its value.
        value: i64,
        /// The least.
        least: Option<i64>,
        /// The most.
        most: Option<i64>,
    },
    /// No time.
    NotTime {
        /// The parameter.
        name: String,
        /// Its value.
        value: String,
    },
    /// `#` within a value: no comment starts there.
    CommentInValue,
}

/// What is wrong with a list of restrictions. postconf(5), smtpd_recipient_restrictions and its kin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestrictionProblem {
    /// No restriction has this name, and no class.
    Unknown {
        /// The name, as written.
        name: String,
        /// A restriction whose name looks like it.
        like: Option<String>,
    },
    /// What a restriction needs after it is missing, or something else stands there.
    BadArgument {
        /// The restriction.
        restriction: String,
        /// What it needs.
        wanted: RestrictionArgument,
        /// What stands there; none at the end of the list.
        found: Option<String>,
    },
    /// It stands after one that always decides.
    NeverReached {
        /// The restriction.
        restriction: String,
        /// The one that decides.
        after: String,
    },
    /// A DNS list is asked for clients that a later restriction, or none in this list, lets through.
    OwnClientsAsked {
        /// The restriction with its list.
        restriction: String,
        /// What should stand before it: permit_mynetworks, or permit_sasl_authenticated.
        permit: String,
    },
    /// A DNS list that has been closed.
    ClosedZone {
        /// The list's domain.
        zone: String,
        /// The year in which it was closed, where it is known.
        year: Option<u16>,
    },
    /// Nothing keeps strangers from relaying: smtpd(8) does not start.
    NoRelayGuard,
    /// A table permits what anyone may claim to be, before anything keeps strangers from relaying.
    AnyoneMayRelay {
        /// The restriction with its table.
        restriction: String,
        /// The line of the table that permits.
        line: usize,
    },
    /// A table permits clients before anything keeps strangers from relaying: these may send mail to anywhere.
    ClientsMayRelay {
        /// The restriction with its table.
        restriction: String,
        /// The line of the table that permits.
        line: usize,
    },
    /// mynetworks holds every address there is.
    EveryAddressIsOwn {
        /// The network.
        network: String,
    },
    /// Who claims to be what the table permits gets past the restrictions after it.
    SkippedByClaim {
        /// The restriction with its table.
        restriction: String,
        /// The line of the table that permits.
        line: usize,
        /// The first restriction that is skipped.
        skipped: String,
    },
    /// A white list stands after a table that rejects clients which it permits.
    WhiteListTooLate {
        /// The restriction with the white list.
        white: String,
        /// The restriction with the table that rejects.
        rules: String,
        /// A client's name or address that both have.
        client: String,
        /// The line that permits it.
        line: usize,
        /// The line that rejects it before.
        rejected: usize,
    },
    /// A table gives OK where smtpd(8) does not take it, since the client's owner decides what the key is.
    OkForbidden {
        /// The restriction with its table.
        restriction: String,
        /// The line of the table.
        line: usize,
    },
}

/// What is wrong with a pattern of a table that is asked for a client's name and address: check_client_access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientKeyProblem {
    /// No name and no address matches it.
    NoClient,
    /// Only an address matches it, and none is ever asked for: the rules up to this line answer every name.
    AddressHidden {
        /// The line.
        line: usize,
    },
    /// A negated pattern that no address matches: a client whose name it leaves out is asked for by its address next, and
    /// the rule fires on that.
    NegatedHitsAddress {
        /// A name that it leaves out, in vain.
        example: String,
    },
}

/// What stands after a restriction's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestrictionArgument {
    /// A table, `TYPE:NAME`.
    Table,
    /// A domain.
    Domain,
    /// A number of seconds.
    Seconds,
}

/// What follows from a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// Postfix warns, drops the rule and keeps the rest of the table.
    RuleDropped,
    /// Postfix warns and drops the `if`, so that its block applies unconditionally.
    BlockUnconditional,
    /// Postfix warns and ignores the text in question; the rest of the line stands.
    TextIgnored,
    /// Postfix warns; the rule stays in use.
    RuleKept,
    /// Postfix warns; the rest of the table is inside the block.
    BlockToTheEnd,
    /// Postfix says nothing; the rule does what it says, which may not be what was meant.
    Silent,
    /// The table cannot be opened: Postfix's programs stop or answer "try again later".
    TableRefused,
    /// Postfix warns; the setting stays in use.
    SettingKept,
    /// Postfix's programs that read this stop.
    ConfigurationRefused,
    /// When smtpd(8) comes to it, it warns and answers "451 4.3.5 Server configuration error".
    ServerError,
    /// Postfix says nothing, and strangers can send mail to anywhere through this server.
    OpenRelay,
    /// This tool cannot run the rule; where it might decide, the verdict is unknown.
    Unknown,
}

impl Consequence {
    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::RuleDropped
            | Self::BlockUnconditional
            | Self::BlockToTheEnd
            | Self::TableRefused
            | Self::ServerError
            | Self::OpenRelay
            | Self::ConfigurationRefused => Severity::Error,
            Self::TextIgnored | Self::RuleKept | Self::SettingKept => Severity::Warning,
            Self::Silent => Severity::Hint,
            Self::Unknown => Severity::Unknown,
        }
    }

    /// Whether something that was written down is not in use: a rule is dropped, a table or a whole configuration refused.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        matches!(
            self,
            Self::RuleDropped
                | Self::BlockUnconditional
                | Self::BlockToTheEnd
                | Self::TableRefused
                | Self::ConfigurationRefused
        )
    }

    /// Whether Postfix itself writes a warning about it.
    #[must_use]
    pub const fn postfix_warns(self) -> bool {
        !matches!(self, Self::Silent | Self::OpenRelay | Self::Unknown)
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Postfix does not do what the line says.
    Error,
    /// Postfix warns, and does what the line says.
    Warning,
    /// This tool cannot tell.
    Unknown,
    /// Postfix says nothing, but it may not be what was meant.
    Hint,
}
