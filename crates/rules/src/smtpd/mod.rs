//! SMTP sessions as smtpd(8) holds them: access tables, restrictions, DNS lists, and the replies.
//!
//! | idea | file |
//! |---|---|
//! | a server: main.cf, its lists and tables | here |
//! | one client's session: commands in, replies out | [`session`] |
//! | what EHLO offers | `session/ehlo` |
//! | what stands at the end of replies that refuse | `session/footer` |
//! | VRFY, ETRN, AUTH, STARTTLS, and what is no command | `session/commands` |
//! | what DNS and policy servers answer, as data | [`world`] |
//! | which lists are checked when; smtpd_delay_reject | `stages` |
//! | the state of a check; rejecting, deferring, warn_if_reject | `checks` |
//! | a list of restrictions, one after the other | `restrictions` |
//! | access tables: keys, results | `access` |
//! | names that DNS does not know | `unknown_names` |
//! | the hosts behind a name; permit_mx_backup | `servers` |
//! | DNS lists | `dns_lists`, `octets`, `rbl_reply` |
//! | recipients and senders that no table lists; who may use a sender address | `listed` |
//! | where an address belongs | `resolve` |
//! | lists of domains, networks, addresses | `match_list` |
//! | enhanced status codes | `status` |
//! | what is wrong with the lists | `findings` |
//! | a line more or less than main.cf has | `changed` |
//!
//! ```
//! use postproof_model::SmtpOutcome;
//! use postproof_rules::maincf::MainCf;
//! use postproof_rules::smtpd::{Server, World};
//!
//! let main_cf = b"compatibility_level = 3.6\nmyhostname = mx.example.net\nmydestination = example.net\nmynetworks = 127.0.0.1\n\
//!     local_recipient_maps =\nsmtpd_client_restrictions = reject_rbl_client list.example\n";
//! let (main_cf, _) = MainCf::parse("main.cf", main_cf);
//! let (server, _) = Server::new(main_cf, &mut |_| Err("no files".to_owned()));
//! let (world, _) = World::parse(b"9.2.0.192.list.example A 127.0.0.2\n9.2.0.192.list.example TXT \"listed\"\n");
//! let transcript = b"XCLIENT NAME=a.example ADDR=192.0.2.9\nHELO a.example\nMAIL FROM:<x@a.example>\nRCPT TO:<y@example.net>\n";
//! let exchanges = server.session(&world).run(transcript);
//! let outcome = &exchanges.last().unwrap().outcome;
//! let SmtpOutcome::Said(lines) = outcome else { panic!("no answer: {outcome:?}") };
//! assert_eq!(lines[0].lossy(), "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using list.example; listed");
//! ```

mod access;
mod changed;
mod checks;
mod dns_lists;
mod findings;
mod listed;
mod match_list;
mod octets;
mod rbl_reply;
mod resolve;
mod restrictions;
mod servers;
pub mod session;
mod stages;
mod status;
mod unknown_names;
pub mod world;

use std::collections::BTreeMap;

use postproof_model::{Diagnostic, SmtpUnknown, Span};

use crate::content::ContentChecks;
use crate::maincf::{MainCf, State, Value};
use crate::table::open::Read;
use crate::table::{MapSpec, Maps, Opener, Table, braces};
pub(crate) use findings::restriction_exists;
use match_list::MatchList;
pub use session::Session;
pub use world::World;

/// Parameters whose effect is not known here: where one is set to something, no reply can be told.
const NOT_COVERED: &[&str] = &["smtpd_proxy_filter", "smtpd_upstream_proxy_protocol"];

/// The parameters that hold lists of restrictions.
pub const LISTS: &[&str] = &[
    "smtpd_client_restrictions",
    "smtpd_helo_restrictions",
    "smtpd_sender_restrictions",
    "smtpd_relay_restrictions",
    "smtpd_recipient_restrictions",
    "smtpd_data_restrictions",
    "smtpd_end_of_data_restrictions",
    "smtpd_etrn_restrictions",
];

/// Recipient tables, and others by which addresses are looked up.
const ADDRESS_MAPS: &[&str] = &[
    "canonical_maps",
    "local_recipient_maps",
    "rbl_reply_maps",
    "recipient_canonical_maps",
    "relay_recipient_maps",
    "relocated_maps",
    "sender_canonical_maps",
    "smtpd_discard_ehlo_keyword_address_maps",
    "smtpd_reject_footer_maps",
    "smtpd_sender_login_maps",
    "transport_maps",
    "virtual_alias_maps",
    "virtual_mailbox_maps",
];

/// The words of a list of restrictions.
type Words = Vec<Vec<u8>>;

/// The lists that say which domains are whose.
#[derive(Clone, Debug)]
struct Domains {
    mydestination: MatchList,
    virtual_alias: MatchList,
    virtual_mailbox: MatchList,
    relay: MatchList,
}

/// A mail server as main.cf makes it.
#[derive(Clone, Debug)]
pub struct Server {
    main_cf: MainCf,
    lists: BTreeMap<&'static str, Result<Words, SmtpUnknown>>,
    classes: BTreeMap<Vec<u8>, Words>,
    /// The tables that lists of restrictions name, by the names they have there.
    tables: BTreeMap<Vec<u8>, Table>,
    maps: BTreeMap<&'static str, Result<Maps, SmtpUnknown>>,
    domains: Domains,
    mynetworks: MatchList,
    inet_interfaces: MatchList,
    sasl_exceptions: MatchList,
    noop_commands: MatchList,
    forbidden_commands: MatchList,
    fast_flush: MatchList,
    command_filter: Option<Table>,
    /// Whether a domain in an access table stands for those below it, without a dot before it.
    access_parents: bool,
    content: ContentChecks,
    /// Whether there are milters.
    milters: bool,
    /// Why no reply can be told at all.
    refused: Option<SmtpUnknown>,
}

/// The name of what makes a value unknown.
fn unknown_name(value: &Value) -> String {
    match &value.state {
        State::Unknown { parameter } => parameter.clone(),
        _ => value.name.clone(),
    }
}

/// The words of a list of restrictions: between white space and commas that are not in braces.
fn words(text: &[u8]) -> Words {
    let parts = braces::parts(text, Span::new(0, text.len()));
    parts.into_iter().filter_map(|span| Some(text.get(span.start..span.end)?.to_vec())).collect()
}

/// Whether something else than a server follows a check_policy_service: smtpd(8) does not start then.
fn names_no_policy_server(words: &[Vec<u8>]) -> bool {
    words.windows(2).any(|pair| {
        let [name, server] = pair else { return false };
        name.eq_ignore_ascii_case(b"check_policy_service")
            && ![b"inet:".as_slice(), b"unix:", b"local:", b"{"].iter().any(|start| server.starts_with(start))
    })
}

impl Server {
    /// A server with this configuration. `read` gives the bytes of the files that it names; what is wrong with them comes
    /// beside it.
    #[must_use]
    pub fn new(main_cf: MainCf, read: &mut Read<'_>) -> (Self, Vec<Diagnostic>) {
        let (content, mut diagnostics) = main_cf.content_checks(read);
        let words_of = |name: &str| {
            let value = main_cf.get(name);
            match value.text() {
                Some(text) => Ok(words(text)),
                None => Err(SmtpUnknown::Parameter { name: unknown_name(&value) }),
            }
        };
        let lists: BTreeMap<_, _> = LISTS.iter().map(|name| (*name, words_of(name))).collect();
        let mut refused = None;
        let mut classes = BTreeMap::new();
        for name in words_of("smtpd_restriction_classes").unwrap_or_default() {
            let parameter = String::from_utf8_lossy(&name).into_owned();
            match words_of(&parameter) {
                Ok(words) if !words.is_empty() => {
                    classes.insert(name, words);
                }
                Ok(_) => refused = Some(SmtpUnknown::Refused { parameter }),
                Err(unknown) => refused = Some(unknown),
            }
        }
        let all = lists.iter().filter_map(|(name, words)| Some((*name, words.as_ref().ok()?)));
        for (name, words) in all.chain(classes.values().map(|words| ("smtpd_restriction_classes", words))) {
            if names_no_policy_server(words) {
                refused = Some(SmtpUnknown::Refused { parameter: name.to_owned() });
            }
        }
        let login = [
            b"reject_authenticated_sender_login_mismatch".to_vec(),
            b"reject_unauthenticated_sender_login_mismatch".to_vec(),
        ];
        classes.insert(b"reject_sender_login_mismatch".to_vec(), login.to_vec());
        let mut tables = BTreeMap::new();
        for words in lists.values().flatten().chain(classes.values()) {
            for (index, word) in words.iter().enumerate() {
                // A policy server's address looks like a table.
                let before = index.checked_sub(1).and_then(|before| words.get(before));
                let is_server = before.is_some_and(|word| word.eq_ignore_ascii_case(b"check_policy_service"));
                if is_server || !word.contains(&b':') || tables.contains_key(word) {
                    continue;
                }
                let opened = MapSpec::parse(word).open(Opener::ACCESS, read);
                diagnostics.extend(opened.diagnostics);
                tables.insert(word.clone(), opened.table);
            }
        }
        let mut open = |name: &'static str| {
            let value = main_cf.get(name);
            if value.text().is_none() {
                return (name, Err(SmtpUnknown::Parameter { name: unknown_name(&value) }));
            }
            (name, Ok(Maps::new(main_cf.open(&value, Opener::ACCESS, read, &mut diagnostics))))
        };
        let maps = ADDRESS_MAPS.iter().map(|name| open(name)).collect();
        let domains = Domains {
            mydestination: MatchList::of(&main_cf, "mydestination", read),
            virtual_alias: MatchList::of(&main_cf, "virtual_alias_domains", read),
            virtual_mailbox: MatchList::of(&main_cf, "virtual_mailbox_domains", read),
            relay: MatchList::of(&main_cf, "relay_domains", read),
        };
        let mynetworks = MatchList::of(&main_cf, "mynetworks", read);
        let inet_interfaces = MatchList::of(&main_cf, "inet_interfaces", read);
        let sasl_exceptions = MatchList::of(&main_cf, "smtpd_sasl_exceptions_networks", read);
        let command_filter = {
            let value = main_cf.get("smtpd_command_filter");
            match value.text().map(<[u8]>::trim_ascii) {
                Some(b"") => None,
                Some(text) => {
                    let opened = MapSpec::parse(text).open(Opener::ACCESS, read);
                    diagnostics.extend(opened.diagnostics);
                    Some(opened.table)
                }
                None => {
                    refused = Some(SmtpUnknown::Parameter { name: unknown_name(&value) });
                    None
                }
            }
        };
        let noop_commands = MatchList::of(&main_cf, "smtpd_noop_commands", read);
        let forbidden_commands = MatchList::of(&main_cf, "smtpd_forbidden_commands", read);
        let fast_flush = MatchList::of(&main_cf, "fast_flush_domains", read);
        let parents = main_cf.get("parent_domain_matches_subdomains");
        let access_parents = parents.list().iter().any(|(_, name)| *name == b"smtpd_access_maps");
        for name in NOT_COVERED {
            if main_cf.get(name).text().is_none_or(|text| !text.trim_ascii().is_empty()) {
                refused.get_or_insert(SmtpUnknown::NotCovered { parameter: (*name).to_owned() });
            }
        }
        let junk = main_cf.get("smtpd_junk_command_limit").integer(None, None);
        if junk.is_ok_and(|limit| limit.is_some_and(|limit| limit < 1)) {
            refused = Some(SmtpUnknown::Refused { parameter: "smtpd_junk_command_limit".to_owned() });
        }
        let empty = |name: &str| main_cf.get(name).text().is_some_and(|text| text.trim_ascii().is_empty());
        let milters = !empty("smtpd_milters") || !empty("smtpd_milter_maps");
        let mut server = Self {
            main_cf,
            lists,
            classes,
            tables,
            maps,
            domains,
            mynetworks,
            inet_interfaces,
            sasl_exceptions,
            noop_commands,
            forbidden_commands,
            fast_flush,
            command_filter,
            access_parents,
            content,
            milters,
            refused,
        };
        if server.refused.is_none() {
            server.refused = server.lacks_required();
        }
        diagnostics.extend(server.findings());
        (server, diagnostics)
    }

    /// The parameters.
    #[must_use]
    pub const fn main_cf(&self) -> &MainCf {
        &self.main_cf
    }

    /// What cleanup(8) does to messages, as main.cf has it.
    #[must_use]
    pub const fn content(&self) -> &ContentChecks {
        &self.content
    }

    /// The table that a list of restrictions names with this word, `TYPE:NAME`.
    #[must_use]
    pub fn table(&self, word: &[u8]) -> Option<&Table> {
        self.tables.get(word)
    }

    /// A session with a client that has just connected.
    #[must_use]
    pub fn session<'s>(&'s self, world: &'s World) -> Session<'s> {
        Session::new(self, world)
    }

    /// A parameter's text.
    fn text(&self, name: &str) -> Result<Vec<u8>, SmtpUnknown> {
        let value = self.main_cf.get(name);
        value.text().map(<[u8]>::to_vec).ok_or_else(|| SmtpUnknown::Parameter { name: unknown_name(&value) })
    }

    /// A parameter that is yes or no.
    fn yes(&self, name: &str) -> Result<bool, SmtpUnknown> {
        let value = self.main_cf.get(name);
        match value.boolean() {
            Ok(Some(yes)) => Ok(yes),
            Ok(None) => Err(SmtpUnknown::Parameter { name: unknown_name(&value) }),
            Err(_) => Err(SmtpUnknown::Refused { parameter: name.to_owned() }),
        }
    }

    /// A parameter that is a number.
    fn number(&self, name: &str) -> Result<i64, SmtpUnknown> {
        let value = self.main_cf.get(name);
        match value.integer(None, None) {
            Ok(Some(number)) => Ok(number),
            Ok(None) => Err(SmtpUnknown::Parameter { name: unknown_name(&value) }),
            Err(_) => Err(SmtpUnknown::Refused { parameter: name.to_owned() }),
        }
    }

    /// Whether some reply of this configuration may have a code with which smtpd(8) hangs up: after a reply that is not
    /// known, it is not known either whether the session goes on then.
    fn may_hang_up(&self, world: &World) -> bool {
        let holds = |text: &[u8]| text.windows(3).any(|part| part == b"421" || part == b"521");
        let codes = self.main_cf.settings().iter().any(|setting| {
            let named = setting.name.ends_with("_code") || LISTS.contains(&setting.name.as_str());
            (named || setting.name == "default_rbl_reply" || self.classes.contains_key(setting.name.as_bytes()))
                && holds(&setting.value)
        });
        let replies = self.maps.get("rbl_reply_maps").and_then(|maps| maps.as_ref().ok());
        let mut tables =
            self.tables.values().chain(&self.command_filter).chain(replies.into_iter().flat_map(Maps::tables));
        let table = |table: &Table| {
            let inside = std::iter::once(table).chain(table.tables());
            inside.into_iter().any(|table| holds(table.source()) || table.kind().has_server())
        };
        codes || tables.any(table) || world.policies().any(holds)
    }

    /// smtpd(8) refuses to start where neither smtpd_relay_restrictions nor smtpd_recipient_restrictions would keep a
    /// stranger from relaying. (Postfix: `has_required`, `fail_required`.)
    fn lacks_required(&self) -> Option<SmtpUnknown> {
        let list = |name: &str| match self.lists.get(name) {
            Some(Ok(words)) => Ok(words.as_slice()),
            Some(Err(unknown)) => Err(unknown.clone()),
            None => Ok([].as_slice()),
        };
        for name in ["smtpd_recipient_restrictions", "smtpd_relay_restrictions"] {
            match list(name) {
                Ok(words) if self.holds_required(words, 0) => return None,
                Ok(_) => {}
                Err(unknown) => return Some(unknown),
            }
        }
        Some(SmtpUnknown::Refused { parameter: "smtpd_relay_restrictions".to_owned() })
    }

    fn holds_required(&self, words: &[Vec<u8>], depth: usize) -> bool {
        const REQUIRED: [&str; 6] = [
            "reject_unauth_destination",
            "defer_unauth_destination",
            "reject",
            "defer",
            "defer_if_permit",
            "check_relay_domains",
        ];
        let is = |word: &[u8], name: &str| word.eq_ignore_ascii_case(name.as_bytes());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if is(word, "warn_if_reject") {
                words.next();
            } else if is(word, "permit") {
                return false;
            } else if REQUIRED.iter().any(|name| is(word, name))
                || (depth < 20 && self.classes.get(word).is_some_and(|class| self.holds_required(class, depth + 1)))
            {
                return true;
            }
        }
        false
    }
}
