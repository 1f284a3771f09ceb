//! What is wrong with smtpd(8)'s lists of restrictions, and with the tables that they ask.

use serde::{Deserialize, Serialize};

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
    /// It answers names with DUNNO, and a rule for addresses only is then not asked.
    DunnoHidesAddress {
        /// The line of that rule.
        line: usize,
        /// A name that it answers.
        example: String,
    },
    /// A negated pattern that no address matches: a client whose name it leaves out is asked for by its address next, and
    /// the rule fires on that.
    NegatedHitsAddress {
        /// A name that it leaves out, in vain.
        example: String,
    },
}
