//! Clients through access tables: what check_client_access makes of a name and an address.
//!
//! access(5) and check_client_access in postconf(5): each table is asked for the verified name first and, if that is not
//! found, for the address. A pattern table gets both as they are; a table of fixed keys is asked for the parent domains and
//! the networks around them, too. OK ends the list, DUNNO and the like go on to the next
//! table; but a name that is found, be it with DUNNO, keeps its table from being asked for the address.
//! (Postfix: `check_namadr_access`, `check_access`, `check_addr_access`.)
//!
//! | idea | file |
//! |---|---|
//! | clients; what tables say of one | here |
//! | what a server with a main.cf says of one | [`served`] |
//! | either of them, and with a line more or less | [`judge`] |
//! | the white list's line that let a client in | [`saved`] |
//! | a line that would let a client in | [`propose`] |
//! | many clients, counted | [`summary`] |

pub mod judge;
pub mod propose;
pub mod saved;
pub mod served;
pub mod summary;

use std::net::IpAddr;

use postproof_model::{Action, Answer, Bytes, HostOutcome, HostVerdict, KeyLookup, SmtpUnknown, UnknownReason};

pub use judge::{Judge, Verdict};
pub use served::Envelope;

use crate::s25r;

use crate::action::access::{self, class};
use crate::action::access_keys::{address_keys, domain_keys};
use crate::pattern::Steps;
use crate::table::Table;

/// What a name is when it cannot be looked up or does not map back.
const UNKNOWN_NAME: &[u8] = b"unknown";
/// What stands for the address in a reply when none was given.
const NO_ADDRESS: &[u8] = b"?";

/// A client: its verified name, and its address where it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The name, or `unknown`.
    pub name: Bytes,
    /// The address as Postfix writes it: an IPv4 address, or an IPv6 address without a prefix.
    pub address: Option<Bytes>,
}

impl Client {
    /// Reads a client as Postfix's log has it, `name[address]`; a name alone, or an address alone (whose name is then
    /// `unknown`), will do.
    ///
    /// ```
    /// use postproof_rules::host::Client;
    ///
    /// let client = Client::parse(b"mail.example.net[192.0.2.7]");
    /// assert_eq!((&client.name[..], client.address.as_deref()), (&b"mail.example.net"[..], Some(&b"192.0.2.7"[..])));
    /// assert_eq!(&Client::parse(b"192.0.2.7").name[..], b"unknown");
    /// ```
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        let text = text.trim_ascii();
        if let Some(address) = address(text) {
            return Self { name: UNKNOWN_NAME.into(), address: Some(address) };
        }
        let inside = text.strip_suffix(b"]").and_then(|text| {
            let open = memchr::memrchr(b'[', text)?;
            Some((text.get(..open)?, address(text.get(open + 1..)?)?))
        });
        match inside {
            Some((b"", address)) => Self { name: UNKNOWN_NAME.into(), address: Some(address) },
            Some((name, address)) => Self { name: name.into(), address: Some(address) },
            None => Self { name: text.into(), address: None },
        }
    }

    /// `name[address]`, with a question mark for an address that was not given.
    #[must_use]
    pub fn name_and_address(&self) -> Vec<u8> {
        let address = self.address.as_deref().unwrap_or(NO_ADDRESS);
        [&self.name, b"[".as_slice(), address, b"]"].concat()
    }
}

/// An address in the form that Postfix looks up: as inet_ntop(3) writes it.
fn address(text: &[u8]) -> Option<Bytes> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.get(..5).filter(|start| start.eq_ignore_ascii_case("ipv6:")).map_or(text, |_| &text[5..]);
    text.parse::<IpAddr>().ok().map(|address| Bytes::from(address.to_string()))
}

/// What the tables, asked in order, say of one client. `line` is where it stands in the input, from 1.
#[must_use]
pub fn evaluate(tables: &[Table], input: &[u8], line: usize) -> HostVerdict {
    let client = Client::parse(input);
    let who = client.name_and_address();
    let mut verdict = HostVerdict {
        line,
        input: input.into(),
        name: client.name.clone(),
        address: client.address.clone(),
        lookups: Vec::new(),
        outcome: HostOutcome::Undecided,
        action: None,
        fired: Vec::new(),
        unknown: None,
    };
    let steps = Steps::new(Steps::MESSAGE);
    for table in tables {
        for key in keys(table, &client) {
            let answer = table.lookup_within(&key, &steps);
            let (found, decided) = match &answer {
                Answer::NotFound => (false, None),
                Answer::Unknown { reason: UnknownReason::Fails(_), .. } => {
                    let reply = access::unusable_result(&who, class::CLIENT);
                    (true, Some(Decided::without_action(HostOutcome::Rejected(reply))))
                }
                Answer::Unknown { .. } => (true, Some(Decided::without_action(HostOutcome::Unknown))),
                Answer::Found(hit) => (true, decide(&hit.result, &who)),
            };
            let also = match &answer {
                Answer::Found(hit) => table.also_within(&key, hit, &steps),
                Answer::NotFound | Answer::Unknown { .. } => Vec::new(),
            };
            let lookup = KeyLookup { table: table.name().to_owned(), key, answer, also };
            verdict.fired.extend(s25r::fired(&lookup));
            verdict.lookups.push(lookup);
            if let Some(decided) = decided {
                verdict.action = decided.action;
                verdict.outcome = decided.outcome;
                verdict.unknown = decided.unknown;
                return verdict;
            }
            if found {
                break;
            }
        }
    }
    verdict
}

/// The keys that a table is asked for, in order: the name, the address, and in a table of fixed keys after each of them what
/// contains it, for as long as nothing is found. An empty key is never looked up.
///
/// With smtpd_access_maps in parent_domain_matches_subdomains, as by default. (Postfix: `check_namadr_access`.)
fn keys(table: &Table, client: &Client) -> Vec<Bytes> {
    let mut keys = domain_keys(&client.name, true);
    keys.truncate(if table.holds_keys() { keys.len() } else { 1 });
    if let Some(address) = &client.address {
        let mut around = address_keys(address);
        around.truncate(if table.holds_keys() { around.len() } else { 1 });
        keys.extend(around);
    }
    keys.into_iter().filter(|key| !key.is_empty()).map(Bytes::from).collect()
}

/// What a result decides.
struct Decided {
    action: Option<(Action, Bytes)>,
    outcome: HostOutcome,
    unknown: Option<SmtpUnknown>,
}

impl Decided {
    const fn without_action(outcome: HostOutcome) -> Self {
        Self { action: None, outcome, unknown: None }
    }
}

/// What a result decides; none when the next table is asked.
fn decide(result: &[u8], who: &[u8]) -> Option<Decided> {
    if result.is_empty() {
        return Some(Decided::without_action(HostOutcome::Rejected(access::unusable_result(who, class::CLIENT))));
    }
    let (action, text) = access::parse(result);
    let mut unknown = None;
    let outcome = match &action {
        // These log or mark something for later, and the list goes on.
        Action::Dunno
        | Action::Warn
        | Action::Info
        | Action::Hold
        | Action::Filter
        | Action::Redirect
        | Action::Bcc
        | Action::Prepend => return None,
        Action::Ok | Action::AllDigits => HostOutcome::Permitted,
        Action::Reject | Action::Defer | Action::Status(_) => match access::reply(&action, &text, who, class::CLIENT) {
            Ok(Some(reply)) => HostOutcome::Rejected(reply),
            Ok(None) => HostOutcome::Unknown,
            Err(why) => {
                unknown = Some(why);
                HostOutcome::Unknown
            }
        },
        // What these do depends on the rest of main.cf.
        _ => HostOutcome::Other(action.clone()),
    };
    Some(Decided { action: Some((action, text)), outcome, unknown })
}

/// The clients of an input, one a line; empty lines and lines that start with `#` are passed over.
pub fn clients(input: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = input.split(|&byte| byte == b'\n').enumerate();
    lines
        .map(|(index, line)| (index + 1, line.trim_ascii()))
        .filter(|(_, line)| !line.is_empty() && line.first() != Some(&b'#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Opener;
    use postproof_model::TableKind;

    fn tables(sources: &[&str]) -> Vec<Table> {
        sources.iter().map(|source| Table::parse(TableKind::Regexp, "t", source.as_bytes()).0).collect()
    }

    fn outcome(sources: &[&str], client: &str) -> String {
        match evaluate(&tables(sources), client.as_bytes(), 1).outcome {
            HostOutcome::Rejected(reply) => reply.to_string(),
            other => format!("{other:?}"),
        }
    }

    /// Each as Postfix 3.7.11 answered over XCLIENT with the tables under smtpd_client_restrictions.
    #[test]
    fn the_name_is_asked_before_the_address() {
        let rejects_address = "/^192\\.0\\.2\\.9$/ REJECT addr\n";
        assert_eq!(
            outcome(&[rejects_address], "other.net[192.0.2.9]"),
            "554 5.7.1 <other.net[192.0.2.9]>: Client host rejected: addr"
        );
        assert_eq!(
            outcome(&[rejects_address], "192.0.2.9"),
            "554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: addr"
        );
        // A name that is found, even with DUNNO, hides the address from its own table, not from the next.
        let both = format!("/^other/ DUNNO\n{rejects_address}");
        assert_eq!(outcome(&[&both], "other.net[192.0.2.9]"), "Undecided");
        assert_eq!(
            outcome(&[&both, rejects_address], "other.net[192.0.2.9]"),
            "554 5.7.1 <other.net[192.0.2.9]>: Client host rejected: addr"
        );
    }

    /// The keys are those that Postfix 3.7.11's `smtpd -v` logs for the same clients.
    #[test]
    fn tables_of_fixed_keys_are_asked_for_what_contains_the_client() {
        let hash = Table::parse(TableKind::Hash, "t", b"x y\n").0;
        let asked = |client: &str| {
            let keys = keys(&hash, &Client::parse(client.as_bytes()));
            keys.iter().map(|key| key.lossy().into_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            asked("A.Mail.Example.NET[192.0.2.7]"),
            "A.Mail.Example.NET Mail.Example.NET Example.NET NET 192.0.2.7 192.0.2 192.0 192"
        );
        assert_eq!(
            asked("host.example.net[2001:db8:0:5::7]"),
            "host.example.net example.net net 2001:db8:0:5::7 2001:db8:0:5: 2001:db8:0:5 2001:db8:0 2001:db8 2001"
        );
        assert_eq!(asked("x.example[2001:db8::]"), "x.example example 2001:db8:: 2001:db8: 2001:db8 2001");
        assert_eq!(asked("unknown[::1]"), "unknown ::1 :");
        assert_eq!(asked("192.0.2.9"), "unknown 192.0.2.9 192.0.2 192.0 192");
        let regexp = Table::parse(TableKind::Regexp, "t", b"/x/ y\n").0;
        assert_eq!(keys(&regexp, &Client::parse(b"a.example.net[192.0.2.7]")).len(), 2);
    }

    /// Each as Postfix 3.7.11 answered over XCLIENT.
    #[test]
    fn tables_of_fixed_keys_decide_by_domain_and_network() {
        let source = "example.net REJECT dom\n192.0.2 REJECT net\n2001:db8 REJECT six\nunknown DUNNO\n";
        let parse = |source: &str| Table::parse_as(Opener::ACCESS, TableKind::Texthash, "t", source.as_bytes()).0;
        let said = |source: &str, client: &str| match evaluate(&[parse(source)], client.as_bytes(), 1).outcome {
            HostOutcome::Rejected(reply) => reply.text.lossy().into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(
            said(source, "a.b.example.net[198.51.100.1]"),
            "<a.b.example.net[198.51.100.1]>: Client host rejected: dom"
        );
        assert_eq!(
            said(source, "A.EXAMPLE.NET[198.51.100.1]"),
            "<A.EXAMPLE.NET[198.51.100.1]>: Client host rejected: dom"
        );
        assert_eq!(said(source, "x.example[192.0.2.9]"), "<x.example[192.0.2.9]>: Client host rejected: net");
        assert_eq!(said(source, "x.example[2001:db8::1]"), "<x.example[2001:db8::1]>: Client host rejected: six");
        assert_eq!(said(source, "unknown[192.0.2.9]"), "Undecided");
        assert_eq!(
            said("a x\na y\n", "unknown[192.0.2.9]"),
            "<unknown[192.0.2.9]>: Client host rejected: Server configuration error"
        );
    }

    #[test]
    fn the_first_ok_ends_the_list() {
        assert_eq!(outcome(&["/^a/ OK\n", "/^a/ REJECT\n"], "a.example"), "Permitted");
        assert_eq!(outcome(&["/^a/ DUNNO\n", "/^a/ REJECT x\n"], "a.example[192.0.2.1]"), {
            "554 5.7.1 <a.example[192.0.2.1]>: Client host rejected: x"
        });
        assert_eq!(outcome(&["/^a/ 20041231\n"], "a.example"), "Permitted");
    }

    #[test]
    fn an_empty_result_is_a_server_error() {
        assert_eq!(
            outcome(&["/^y/\n"], "y.x.net[192.0.2.1]"),
            "451 4.3.5 <y.x.net[192.0.2.1]>: Client host rejected: Server configuration error"
        );
    }

    /// smtpd(8) says what stands behind the text in its memory.
    #[test]
    fn a_status_with_nothing_after_it_is_unknown() {
        let verdict = evaluate(&tables(&["/^a/ REJECT 5.7.1\n"]), b"a.example[192.0.2.1]", 1);
        assert_eq!(verdict.outcome, HostOutcome::Unknown);
        assert_eq!(verdict.unknown, Some(SmtpUnknown::PastTheEnd { text: "5.7.1".into() }));
    }

    #[test]
    fn hosts_are_read_line_by_line() {
        let input = b"# comment\r\nmail.example.net[2001:DB8:0::7]\r\n\r\n unknown \n";
        let lines: Vec<_> = clients(input).map(|(line, text)| (line, Client::parse(text))).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].0, 2);
        assert_eq!(lines[0].1.address.as_deref(), Some(&b"2001:db8::7"[..]));
        assert_eq!(lines[1], (4, Client { name: "unknown".into(), address: None }));
    }
}
